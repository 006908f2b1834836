// The polished ground: rings of the room, the pillars' light and their reflections, the
// beat of the tick and the ripples of trades.

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
    // Centre of the room: x, -, z, -.
    centre: vec4<f32>,
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
        let blur = 0.03 + 0.07 * near;
        let inside = (1.0 - smoothstep(r - blur, r + blur, off)) * step(0.0, along);
        let below = 1.0 - smoothstep(pillar.z - blur, pillar.z + blur, y);
        let at = clamp(y / max(pillar.z, 0.05), 0.0, 1.0);
        let lit = 0.10 + 0.30 * at * at + 1.1 * pow(at, 12.0) + ground.colours[i].w * 0.5;
        sum += ground.colours[i].rgb * inside * below * lit * pillar.w * exp(-near * 0.10);
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

    // The one lamp: a warm pool in the middle of the room.
    let pool = exp(-range * range * 0.030);
    var colour = vec3<f32>(0.0042, 0.0066, 0.0175) + AMBER * pool * 0.020 * light;

    // Rings of the room, and marks around them.
    let rings = line(range / 1.6, 0.006) * 0.055;
    let angle = atan2(out.x, out.y);
    let spokes = line(angle * 7.6394, 0.012) * smoothstep(2.0, 5.0, range) * 0.020;
    let etched = (rings + spokes) * exp(-range * 0.085);
    colour += mix(vec3<f32>(0.55, 0.62, 0.85), AMBER, pool * 0.6) * etched * (0.35 + 0.65 * light);

    // Light and contact shadow of the pillars.
    var shade = 1.0;
    var glow = vec3<f32>(0.0);
    for (var i = 0u; i < u32(ground.scene.x); i += 1u) {
        let pillar = ground.pillars[i];
        let d = distance(p, pillar.xy) - ground.beat.z;
        let lit = exp(-max(d, 0.0) * 1.5) * (0.055 + 0.12 * ground.colours[i].w) * (0.3 + 0.14 * pillar.z);
        glow += ground.colours[i].rgb * lit * pillar.w;
        shade *= 1.0 - 0.75 * exp(-max(d, 0.0) * 5.0) * pillar.w;
    }
    colour = colour * shade + glow;

    let grazing = pow(1.0 - clamp(-ray.y, 0.0, 1.0), 3.0);
    if ground.beat.w > 0.5 {
        colour += reflection(p, ray) * (0.10 + 0.55 * grazing) * (0.55 + 0.45 * light);
    }

    // The tick's beat and the ripples of trades.
    let beat = (range - ground.beat.x) * 2.2;
    colour += AMBER * exp(-beat * beat) * ground.beat.y * 0.05;
    for (var i = 0u; i < u32(ground.scene.y); i += 1u) {
        let ripple = ground.ripples[i];
        let off = (distance(p, ripple.xy) - ripple.z) * 4.0;
        colour += vec3<f32>(0.45, 0.58, 0.85) * exp(-off * off) * ripple.w * 0.16;
    }

    colour = mix(colour, ICE * (0.010 + etched * 1.6) + colour * 0.7, frost * 0.8);
    let far = smoothstep(9.0, 34.0, range);
    colour = mix(1.0 - exp(-colour * 1.25), VOID, far);
    return vec4<f32>(colour, 1.0);
}
