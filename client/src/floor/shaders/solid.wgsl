// Everything that stands on the ground: frosted pillars, their scale, ghosts, rings of the
// book, figures, the hall, the heights to compare with, and the light that flies.

#import bevy_pbr::forward_io::VertexOutput
#import bevy_pbr::mesh_view_bindings::{view, globals}

struct Solid {
    // Linear colour, opacity.
    colour: vec4<f32>,
    // Kind, height in m, whether selected, seed.
    shape: vec4<f32>,
    // Frost, crack, glow, dimness.
    state: vec4<f32>,
    // Light, motion, whether everything is drawn, -.
    scene: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> solid: Solid;

const VOID: vec3<f32> = vec3<f32>(0.0033, 0.0052, 0.0144);
const AMBER: vec3<f32> = vec3<f32>(1.0, 0.56, 0.20);
const ICE: vec3<f32> = vec3<f32>(0.45, 0.66, 0.95);
const LAMP: vec3<f32> = vec3<f32>(-0.36, 0.80, 0.48);
const SCALE_M: f32 = 5.0;

fn hash(p: vec2<f32>) -> f32 {
    let q = fract(p * vec2<f32>(0.1031, 0.1030) + solid.shape.w * 0.37);
    let d = dot(q, q.yx + 33.33);
    return fract((q.x + d) * (q.y + d) * 17.17);
}

fn noise(p: vec2<f32>) -> f32 {
    let cell = floor(p);
    let f = fract(p);
    let s = f * f * (3.0 - 2.0 * f);
    let low = mix(hash(cell), hash(cell + vec2<f32>(1.0, 0.0)), s.x);
    let high = mix(hash(cell + vec2<f32>(0.0, 1.0)), hash(cell + vec2<f32>(1.0, 1.0)), s.x);
    return mix(low, high, s.y);
}

// The etched scale: lines at 25, 50 and 75 cents, stronger at 50.
fn marks(y: f32) -> f32 {
    let soft = fwidth(y);
    let quarter = abs(fract(y / (SCALE_M * 0.25) - 0.5) - 0.5) * SCALE_M * 0.25;
    let half = abs(y - SCALE_M * 0.5);
    let thin = 1.0 - smoothstep(0.008, 0.014 + soft, quarter);
    let thick = 1.0 - smoothstep(0.016, 0.022 + soft, half);
    return max(thin, thick) * step(0.3, y);
}

fn pillar(in: VertexOutput, n: vec3<f32>, eye: vec3<f32>) -> vec3<f32> {
    let colour = solid.colour.rgb;
    let light = solid.scene.x;
    let y = in.world_position.y;
    let height = solid.shape.y;
    let glow = solid.state.z;
    let facing = clamp(dot(n, eye), 0.0, 1.0);
    let rim = pow(1.0 - facing, 2.6);
    let around = atan2(n.x, n.z);
    let at = clamp(y / max(height, 0.05), 0.0, 1.0);

    // Frosted glass, lit from its own head downwards.
    var grain = 0.5;
    if solid.scene.z > 0.5 {
        grain = noise(vec2<f32>(around * 26.0, y * 26.0)) * 0.6 + noise(vec2<f32>(around * 3.0, y * 1.1)) * 0.4;
    }
    let inner = 0.030 + 0.16 * at * at + 1.15 * exp(-(height - y) * 1.7) + 0.20 * exp(-y * 2.6);
    let deep = mix(colour, colour * colour * 1.3, 0.55 * facing);
    var body = deep * inner * (0.90 + 0.20 * grain) * (0.45 + 0.55 * facing);
    // A slender core of light within the glass.
    body += colour * pow(facing, 10.0) * (0.12 + 0.34 * at);
    body += colour * glow * (0.25 + 0.35 * at);

    // The lamp: warm on one side, a streak where the glass turns.
    let lit = clamp(dot(n, normalize(LAMP)), 0.0, 1.0);
    let half_way = normalize(normalize(LAMP) + eye);
    let streak = pow(clamp(dot(n, half_way), 0.0, 1.0), 48.0);
    body += AMBER * (lit * 0.030 + streak * 0.34) * light;
    body += mix(colour, vec3<f32>(0.8, 0.9, 1.0), 0.30) * rim * 0.75;
    // Thick walls: a bright edge and a dark one within it.
    body *= 1.0 - 0.45 * (1.0 - smoothstep(0.12, 0.30, facing)) * smoothstep(0.02, 0.12, facing);
    body += vec3<f32>(0.75, 0.85, 1.0) * marks(y) * 0.16 * (0.5 + 0.5 * facing);

    // The head shines.
    let head = 1.0 - smoothstep(0.02, 0.09, height - y);
    body = mix(body, colour * (1.7 + 1.4 * glow) + vec3<f32>(0.28), head * 0.9);
    if n.y > 0.6 {
        body = colour * (1.15 + 1.1 * glow + 0.25 * solid.shape.z) + vec3<f32>(0.12);
    }
    body += colour * solid.shape.z * (0.10 + rim * 0.5);
    return body;
}

fn frosted(body: vec3<f32>, in: VertexOutput, n: vec3<f32>, rim: f32) -> vec3<f32> {
    let p = vec2<f32>(atan2(n.x, n.z) * 2.2, in.world_position.y * 1.7);
    let flakes = noise(p) * 0.55 + noise(p * 3.1) * 0.3 + noise(p * 9.0) * 0.15;
    let reach = solid.state.x;
    let cover = smoothstep(1.05 - reach, 1.25 - reach, flakes + 0.25);
    let ice = ICE * (0.10 + 0.30 * flakes + 0.35 * rim) + body * 0.25;
    return mix(body, ice, cover * 0.85 * reach);
}

fn cracked(body: vec3<f32>, in: VertexOutput, n: vec3<f32>) -> vec3<f32> {
    let p = vec2<f32>(atan2(n.x, n.z) * 1.6, in.world_position.y * 1.3) + 3.0;
    let vein = abs(noise(p * 1.7 + noise(p * 4.0)) - 0.5);
    let width = 0.012 + 0.05 * solid.state.y;
    let open = 1.0 - smoothstep(width * 0.3, width, vein);
    let grown = smoothstep(1.0 - solid.state.y * 1.3, 1.3 - solid.state.y, noise(p * 0.6) + 0.2);
    let ember = vec3<f32>(1.0, 0.30, 0.05) * open * grown * 1.3;
    return body * (1.0 - 0.75 * solid.state.y) + ember * solid.state.y;
}

// A silhouette before the light: dark, with a bright edge. Cool for others, warm for oneself.
fn figure(n: vec3<f32>, eye: vec3<f32>, y: f32) -> vec3<f32> {
    let lit = clamp(dot(n, normalize(LAMP)), 0.0, 1.0);
    let rim = pow(1.0 - clamp(dot(n, eye), 0.0, 1.0), 2.0);
    let above = clamp(n.y, 0.0, 1.0);
    var body = vec3<f32>(0.007, 0.009, 0.020) + vec3<f32>(0.010, 0.013, 0.026) * lit;
    body += vec3<f32>(0.26, 0.36, 0.68) * rim * (0.55 + 0.45 * above) * (0.35 + 0.65 * solid.scene.x);
    body += AMBER * (above * above * 0.16 + lit * 0.012) * solid.scene.x;
    body += solid.colour.rgb * (0.14 + 0.26 * lit + rim * 0.95 + 0.8 * solid.state.z);
    return body * (1.0 - 0.6 * solid.state.w);
}

fn step_of_podium(in: VertexOutput, n: vec3<f32>, rim: f32) -> vec3<f32> {
    let lit = clamp(dot(n, normalize(LAMP)), 0.0, 1.0);
    var body = solid.colour.rgb * (0.14 + 0.42 * lit + 0.30 * rim);
    if n.y > 0.6 {
        body = solid.colour.rgb * 0.85;
    }
    return body * (0.55 + 0.45 * smoothstep(0.0, 0.5, in.world_position.y));
}

// The hall: a colonnade around the floor, tall windows with the night behind them, a band of
// running quotes over the galleries. Dim, and dimmer with height.
fn hall(uv: vec2<f32>) -> vec3<f32> {
    let bay_at = uv.x * 64.0;
    let bay = floor(bay_at);
    let x = abs(fract(bay_at) - 0.5) * 2.0;
    let y = uv.y;
    let light = 0.40 + 0.60 * solid.scene.x;
    // Columns between the bays, lit from below.
    let column = smoothstep(0.74, 0.80, x);
    let round = sqrt(clamp(1.0 - pow((x - 0.90) / 0.16, 2.0), 0.0, 1.0));
    let uplight = exp(-max(y - 0.07, 0.0) * 9.0) * smoothstep(0.03, 0.10, y);
    var colour = AMBER * column * round * (0.030 * uplight + 0.0025) * light;
    // Windows with round heads.
    let arch = 0.56 - 0.13 * x * x / (0.58 * 0.58);
    let inside = (1.0 - smoothstep(0.55, 0.58, x)) * smoothstep(0.225, 0.232, y) * (1.0 - smoothstep(arch - 0.008, arch, y));
    let bars = (smoothstep(0.012, 0.03, x) * smoothstep(0.006, 0.016, abs(fract(y * 14.0) - 0.5) * 0.142));
    let sky = mix(vec3<f32>(0.010, 0.016, 0.046), vec3<f32>(0.034, 0.050, 0.110), 1.0 - smoothstep(0.22, 0.60, y));
    colour += sky * inside * (0.35 + 0.65 * bars) * (0.75 + 0.25 * light);
    // The gallery and its running quotes.
    if solid.scene.z > 0.5 && y > 0.135 && y < 0.185 {
        let grid = vec2<f32>(uv.x * 1500.0 + globals.time * 5.0 * solid.scene.y, (y - 0.135) * 140.0);
        let cell = floor(grid);
        let word = step(0.38, hash(vec2<f32>(floor(cell.x / 9.0), 3.0)));
        let on = step(0.45, hash(cell * 0.731)) * word * step(1.0, cell.x % 9.0);
        let f = fract(grid) - 0.5;
        let lamp = 1.0 - smoothstep(0.15, 0.45, length(f));
        let kind = hash(vec2<f32>(floor(cell.x / 9.0), 8.0));
        let tint = mix(AMBER, vec3<f32>(0.25, 0.45, 1.0), step(0.62, kind));
        let edge = smoothstep(0.0, 0.35, min(grid.y, 7.0 - grid.y));
        colour += tint * on * lamp * edge * 0.16 * light;
    }
    let rail = exp(-abs(y - 0.128) * 420.0) + exp(-abs(y - 0.192) * 420.0);
    colour += AMBER * rail * 0.012 * light;
    // Haze from the floor, and the dark under the roof.
    let haze = exp(-y * 5.5);
    colour = colour * (1.0 - smoothstep(0.30, 0.75, y)) + (vec3<f32>(0.0075, 0.0105, 0.026) + AMBER * 0.0028 * light) * haze;
    colour = mix(colour, ICE * 0.03 * haze + colour * 0.8, solid.state.x * 0.6);
    return VOID * 0.9 + colour * smoothstep(0.0, 0.06, y) + (VOID * 0.7 + AMBER * 0.0012 * light) * (1.0 - smoothstep(0.0, 0.06, y));
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let n = normalize(in.world_normal);
    let eye = normalize(view.world_position - in.world_position.xyz);
    let rim = pow(1.0 - clamp(abs(dot(n, eye)), 0.0, 1.0), 2.6);
    let y = in.world_position.y;
    let kind = u32(solid.shape.x);
    var colour = vec3<f32>(0.0);
    var opacity = 1.0;

    if kind == 0u {
        colour = pillar(in, n, eye);
        if solid.state.x > 0.01 {
            colour = frosted(colour, in, n, rim);
        }
        if solid.state.y > 0.01 {
            colour = cracked(colour, in, n);
        }
        colour *= (0.50 + 0.50 * solid.scene.x) * (1.0 - 0.75 * solid.state.w);
    } else if kind == 1u {
        // The scale above the head: what is left up to 100 cents.
        let above = step(solid.shape.y + 0.01, y);
        let ends = 1.0 - smoothstep(0.0, 0.03, abs(y - SCALE_M));
        opacity = above * (0.014 + rim * 0.07 + marks(y) * 0.14 + ends * 0.26) * solid.colour.a;
        colour = mix(vec3<f32>(0.45, 0.55, 0.8), solid.colour.rgb, 0.4);
    } else if kind == 2u {
        // A ghost: where the price would go.
        let stripes = smoothstep(0.35, 0.65, abs(fract(y * 3.0 - atan2(n.x, n.z) * 0.4775 - globals.time * 0.5 * solid.scene.y) - 0.5) * 2.0);
        let tip = 1.0 - smoothstep(0.02, 0.06, abs(y - solid.shape.y));
        opacity = (0.16 + 0.22 * stripes + rim * 0.35 + tip * 0.65) * solid.colour.a;
        colour = mix(solid.colour.rgb, vec3<f32>(1.0), 0.45 + 0.5 * tip) * (0.8 + 1.2 * tip);
    } else if kind == 3u {
        // A ring of the book: its edge shines, and its face lights up towards the edge.
        let from_above = clamp(n.y, 0.0, 1.0);
        let side = 1.0 - abs(n.y);
        colour = solid.colour.rgb * (0.30 + 0.35 * from_above + 0.95 * side) + vec3<f32>(0.10) * side;
        colour *= 0.55 + 0.45 * solid.scene.x;
    } else if kind == 4u {
        colour = figure(n, eye, y);
    } else if kind == 8u {
        colour = step_of_podium(in, n, rim);
#ifdef VERTEX_UVS_A
    } else if kind == 5u {
        colour = hall(in.uv);
    } else if kind == 7u {
        // Heights to compare with: a line at every quarter, lost towards the ends.
        let ends = smoothstep(0.0, 0.10, in.uv.x) * (1.0 - smoothstep(0.90, 1.0, in.uv.x));
        let soft = fwidth(y);
        let top = 1.0 - smoothstep(0.012, 0.018 + soft, SCALE_M - y);
        opacity = max(marks(y), top) * (0.05 + 0.17 * ends) * (0.5 + 0.5 * solid.scene.x);
        colour = solid.colour.rgb;
#ifdef VERTEX_COLORS
    } else {
        // Light that flies: soft discs, added up.
        let d = length(in.uv - 0.5) * 2.0;
        let core = 1.0 - smoothstep(0.0, 0.35, d);
        let halo = pow(clamp(1.0 - d, 0.0, 1.0), 2.0);
        return vec4<f32>(in.color.rgb * (halo * 0.55 + core * 0.9), 0.0);
#endif
#endif
    }
    return vec4<f32>(1.0 - exp(-colour * 1.25), opacity);
}
