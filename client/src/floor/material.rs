//! The two materials of the floor and their shaders.

use bevy::{
    asset::embedded_asset,
    prelude::*,
    reflect::TypePath,
    render::render_resource::{AsBindGroup, ShaderType},
    shader::ShaderRef,
};

/// Most outcomes of a session; the ground's shader holds as many.
pub(super) const PILLARS_MAX: usize = 10;
/// Most ripples at a time; the oldest gives way.
pub(super) const RIPPLES_MAX: usize = 8;

pub(super) fn plugin(app: &mut App) {
    embedded_asset!(app, "shaders/ground.wgsl");
    embedded_asset!(app, "shaders/solid.wgsl");
    app.add_plugins((MaterialPlugin::<GroundMaterial>::default(), MaterialPlugin::<SolidMaterial>::default()));
}

/// What the ground's shader knows of the room. Its fields are those of the shader.
#[derive(ShaderType, Clone, Debug, Default, PartialEq)]
pub(super) struct Ground {
    /// x, z, height, presence.
    pub(super) pillars: [Vec4; PILLARS_MAX],
    /// Linear colour, glow.
    pub(super) colours: [Vec4; PILLARS_MAX],
    /// x, z, radius, strength.
    pub(super) ripples: [Vec4; RIPPLES_MAX],
    /// Number of pillars, number of ripples, light, frost.
    pub(super) scene: Vec4,
    /// Radius and strength of the tick's ring, radius of a pillar, whether to reflect.
    pub(super) beat: Vec4,
    /// Centre of the room: x, –, z; whether everything is drawn.
    pub(super) centre: Vec4,
    /// One's own figure: x, z, strength of its mark; –.
    pub(super) own: Vec4,
}

/// The polished ground, which mirrors what stands on it.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug, Default)]
pub(super) struct GroundMaterial {
    #[uniform(0)]
    pub(super) ground: Ground,
}

impl Material for GroundMaterial {
    fn fragment_shader() -> ShaderRef {
        "embedded://outcry_client/floor/shaders/ground.wgsl".into()
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }
}

/// What stands on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A pillar of frosted glass.
    Pillar,
    /// The scale above it, up to 100 ¢.
    Scale,
    /// Where the price would go.
    Ghost,
    /// A ring of the book.
    Ring,
    Figure,
    /// The wall behind everything.
    Wall,
    /// A spark in flight.
    Light,
    /// The heights to compare with, behind the pillars.
    Grid,
    /// A step of the podium.
    Step,
}

/// What the solids' shader knows. Its fields are those of the shader.
#[derive(ShaderType, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Solid {
    /// Linear colour, opacity.
    pub(super) colour: Vec4,
    /// Kind, height in m, whether selected, seed.
    pub(super) shape: Vec4,
    /// Frost, crack, glow, dimness.
    pub(super) state: Vec4,
    /// Light, motion, whether everything is drawn, –.
    pub(super) scene: Vec4,
}

impl Solid {
    /// A thing of a kind and a colour, in full light.
    pub(super) fn new(kind: Kind, colour: LinearRgba, opacity: f32) -> Self {
        Self {
            colour: colour.to_vec3().extend(opacity),
            shape: Vec4::new(f32::from(kind as u8), 0.0, 0.0, 0.0),
            state: Vec4::ZERO,
            scene: Vec4::new(1.0, 1.0, 1.0, 0.0),
        }
    }
}

/// What stands on the ground.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
pub(super) struct SolidMaterial {
    #[uniform(0)]
    pub(super) solid: Solid,
    pub(super) alpha: AlphaMode,
}

impl SolidMaterial {
    /// A thing of a kind and a colour.
    pub(super) fn new(kind: Kind, colour: LinearRgba, opacity: f32) -> Self {
        let alpha = match kind {
            Kind::Scale | Kind::Ghost | Kind::Grid => AlphaMode::Blend,
            Kind::Light => AlphaMode::Add,
            Kind::Pillar | Kind::Ring | Kind::Figure | Kind::Wall | Kind::Step => AlphaMode::Opaque,
        };
        Self { solid: Solid::new(kind, colour, opacity), alpha }
    }
}

impl Material for SolidMaterial {
    fn fragment_shader() -> ShaderRef {
        "embedded://outcry_client/floor/shaders/solid.wgsl".into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        self.alpha
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }
}

/// Changes a material only if it differs: every change goes to the graphics card.
pub(super) fn set_solid(materials: &mut Assets<SolidMaterial>, handle: &Handle<SolidMaterial>, solid: Solid) {
    if let Some(mut material) = materials.get_mut(handle)
        && material.solid != solid
    {
        material.solid = solid;
    }
}
