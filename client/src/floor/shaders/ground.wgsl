// The polished ground: rings of the room, the pillars' light pooled on it and their
// reflections, the mark of one's own figure, the beat of the tick and the ripples of trades.

#import bevy_pbr::forward_io::VertexOutput
#import bevy_pbr::mesh_view_bindings::view

struct Ground {
    // x, z, height, presence (0 to 1).
    pillars: array<vec4<f32>, 10>,
    // Linear colour, glow.
    colours: array<vec4<f32>, 10>,
    // x, z, radius, strength.
    ripples: array<vec4<f32>, 8>,
    // Number of pillars, number of ripples, light, frost.
    scene: vec4<f32>,
    // Radius and strength of the tick's ring, radius of a pillar, whether to reflect.
    beat: vec4<f32>,
    // Centre of the room: x, -, z; whether everything is drawn.
    centre: vec4<f32>,
    // One's own figure: x, z, strength of its mark.
    own: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> ground: Ground;

const VOID: vec3<f32> = vec3<f32>(0.0033, 0.0052, 0.0144);
const AMBER: vec3<f32> = vec3<f32>(1.0, 0.56, 0.20);
const ICE: vec3<f32> = vec3<f32>(0.45, 0.66, 0.95);

// A line of a width at multiples of a step, soft at the pixel.
fn line(x: f32, width: f32) -> f32 {
    let soft = fwidth(x) + 0.0001;
    let off = abs(fract(x - 0.5) - 0.5);
    return (1.0 - smoothstep(width, width + soft * 1.5, off)) * clamp(0.25 / soft, 0.0, 1.0);
}

fn reflection(p: vec2<f32>, ray: vec3<f32>) -> vec3<f32> {
    let flat = length(ray.xz);
    let dir = ray.xz / flat;
    let rise = -ray.y / flat;
    let r = ground.beat.z;
    var sum = vec3<f32>(0.0);
    for (var i = 0u; i < u32(ground.scene.x); i += 1u) {
        let pillar = ground.pillars[i];
        let to = pillar.xy - p;
        let along = dot(to, dir);
        let off = abs(to.x * dir.y - to.y * dir.x);
        let near = max(along - sqrt(max(r * r - off * off, 0.0)), 0.0);
        let y = near * rise;
        let blur = 0.03 + 0.09 * near;
        let inside = (1.0 - smoothstep(r - blur, r + blur, off)) * step(0.0, along);
        let below = 1.0 - smoothstep(pillar.z - blur, pillar.z + blur, y);
        let at = clamp(y / max(pillar.z, 0.05), 0.0, 1.0);
        let lit = 0.12 + 0.34 * at * at + 1.3 * pow(at, 12.0) + ground.colours[i].w * 0.5;
        sum += ground.colours[i].rgb * inside * below * lit * pillar.w * exp(-near * 0.09);
    }
    return sum;
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let p = in.world_position.xz;
    let ray = normalize(in.world_position.xyz - view.world_position);
    let out = p - ground.centre.xz;
    let range = length(out);
    let light = ground.scene.z;
    let frost = ground.scene.w;
    let rich = ground.centre.w > 0.5;

    // The one lamp: a warm pool in the middle of the room.
    let pool = exp(-range * range * 0.022);
    var colour = vec3<f32>(0.0040, 0.0062, 0.0165) + AMBER * pool * 0.016 * light;

    // Rings of the room, and marks around them.
    var etched = line(range / 1.6, 0.006) * 0.055;
    if rich {
        let angle = atan2(out.x, out.y);
        etched += line(angle * 7.6394, 0.012) * smoothstep(2.0, 5.0, range) * 0.020;
    }
    etched *= exp(-range * 0.085);
    colour += mix(vec3<f32>(0.55, 0.62, 0.85), AMBER, pool * 0.6) * etched * (0.35 + 0.65 * light);

    // The pillars' light pools around them in their colours; at their feet it is dark.
    var shade = 1.0;
    var glow = vec3<f32>(0.0);
    for (var i = 0u; i < u32(ground.scene.x); i += 1u) {
        let pillar = ground.pillars[i];
        let d = max(distance(p, pillar.xy) - ground.beat.z, 0.0);
        let near = 1.0 / (1.0 + d * d * 3.2);
        let lit = near * (0.070 + 0.17 * ground.colours[i].w) * (0.35 + 0.16 * pillar.z);
        glow += ground.colours[i].rgb * lit * pillar.w;
        shade *= 1.0 - 0.75 * near * near * near * near * pillar.w;
    }
    colour = colour * shade + glow * (0.45 + 0.55 * light) * exp(-range * 0.035);

    if ground.beat.w > 0.5 {
        let grazing = pow(1.0 - clamp(-ray.y, 0.0, 1.0), 3.0);
        colour += reflection(p, ray) * (0.10 + 0.62 * grazing) * (0.50 + 0.50 * light);
    }

    // One's own place.
    if ground.own.z > 0.0 {
        let away = distance(p, ground.own.xy);
        let ring = (away - 0.36) * 16.0;
        colour += AMBER * (exp(-ring * ring) * 0.62 + exp(-away * away * 6.0) * 0.16) * ground.own.z;
    }

    // The tick's beat and the ripples of trades.
    let beat = (range - ground.beat.x) * 2.2;
    colour += AMBER * exp(-beat * beat) * ground.beat.y * 0.06;
    for (var i = 0u; i < u32(ground.scene.y); i += 1u) {
        let ripple = ground.ripples[i];
        let off = (distance(p, ripple.xy) - ripple.z) * 4.0;
        colour += vec3<f32>(0.45, 0.58, 0.85) * exp(-off * off) * ripple.w * 0.22;
    }

    if frost > 0.01 {
        colour = mix(colour, ICE * (0.012 + etched * 2.2) + colour * 0.7, frost * 0.8);
    }
    let far = smoothstep(9.0, 38.0, range);
    let haze = VOID * 1.6 + AMBER * 0.0012 * light;
    colour = mix(1.0 - exp(-colour * 1.25), haze, far);
    return vec4<f32>(colour, 1.0);
}
