//! The window and the plugins.

use crate::{
    errands, floor,
    frame::{DrawSystems, View},
    input,
    net::{self, Actions, Known},
    page,
    platform::{self, Trust},
    projector, sound,
    ui::{self, UiState},
    zoom,
};
use bevy::{
    asset::{AssetEventSystems, AssetMetaCheck},
    log::LogPlugin,
    prelude::*,
    render::error_handler::{ErrorType, RenderErrorHandler, RenderErrorPolicy},
    window::WindowResolution,
};
use bevy_egui::{EguiContexts, EguiPlugin, EguiPostUpdateSet, EguiPrimaryContextPass};
use outcry_desk::{action::Action, link::Server, model::Opening, view::ticket::Draft};
use outcry_shared::message::Step;

/// What the app starts with: read from flags, or from the page's address.
#[derive(Clone, Debug)]
pub struct Boot {
    /// Where the server is.
    pub server: Server,
    /// Whom one believes that it is the one.
    pub trust: Trust,
    /// How to be in touch, and with which seat.
    pub way: net::Way,
    /// Whose screen it is.
    pub view: View,
    /// The order that was being typed elsewhere.
    pub draft: Option<Draft>,
    /// Whether the page has a light floor to go to.
    pub light_floor: bool,
    /// How the page was opened.
    pub opening: Opening,
}

/// The whole client, ready to run.
pub fn build(boot: Boot) -> App {
    let mut app = App::new();
    app.insert_resource(RenderErrorHandler(on_render_error))
        .insert_resource(ClearColor(floor::palette::VOID))
        .insert_resource(boot.view)
        .insert_resource(ui_state(&boot))
        .add_plugins(
            DefaultPlugins
                .set(WindowPlugin { primary_window: Some(window()), ..default() })
                .set(AssetPlugin { meta_check: AssetMetaCheck::Never, ..default() })
                .set(LogPlugin {
                    filter: "warn,bevy_egui::text_agent=off,wgpu=error,naga=error,outcry_client=info".to_owned(),
                    ..default()
                }),
        )
        .add_plugins(EguiPlugin::default())
        .add_plugins((errands::plugin, floor::plugin, input::plugin, page::plugin, sound::plugin))
        .configure_sets(EguiPrimaryContextPass, (DrawSystems::Scene, DrawSystems::Under, DrawSystems::Panels).chain())
        // New glyphs are on the graphics card in the frame that shows them.
        .configure_sets(PostUpdate, EguiPostUpdateSet::PostProcessOutput.before(AssetEventSystems))
        .add_systems(Last, announce_first_frame);
    if boot.view == View::Floor {
        app.add_plugins(projector::plugin);
    } else {
        app.add_plugins(zoom::plugin).add_systems(EguiPrimaryContextPass, draw_panels.in_set(DrawSystems::Panels));
    }
    #[cfg(all(feature = "probe", target_arch = "wasm32"))]
    app.add_plugins(crate::probe::plugin);
    net::plugin(&mut app, boot.server, boot.trust, boot.way, boot.opening);
    app
}

fn ui_state(boot: &Boot) -> UiState {
    let mut state = UiState::new(errands::kept_prefs());
    state.touch = platform::is_touch();
    state.light_floor = boot.light_floor;
    state.draft = boot.draft.clone().unwrap_or_default();
    if boot.view == View::Host {
        state.open_host();
    }
    state
}

fn window() -> Window {
    Window {
        title: "Outcry".to_owned(),
        resolution: WindowResolution::new(1280, 720),
        canvas: Some("#floor".to_owned()),
        fit_canvas_to_parent: true,
        // The page's own inputs are typed into: nothing is taken from them.
        prevent_default_event_handling: false,
        ..default()
    }
}

/// A frame that fails is better than a floor that is gone: the next one may work.
fn on_render_error(
    error: &bevy::render::error_handler::RenderError,
    _main: &mut World,
    _render: &mut World,
) -> RenderErrorPolicy {
    error!("drawing failed: {}", error.description);
    match error.ty {
        ErrorType::DeviceLost => RenderErrorPolicy::StopRendering,
        _ => RenderErrorPolicy::Ignore,
    }
}

fn draw_panels(
    mut contexts: EguiContexts,
    known: Res<Known>,
    mut state: ResMut<UiState>,
    mut actions: ResMut<Actions>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let wanted = ui::draw(ctx, &known, &mut state, platform::now_ms());
    #[cfg(not(target_arch = "wasm32"))]
    for action in &wanted {
        if let outcry_desk::action::Action::Copy(text) = action {
            ctx.copy_text(text.clone());
        }
    }
    actions.add(wanted);
    let pressed = |event: &egui::Event| {
        matches!(event, egui::Event::PointerButton { pressed: true, .. } | egui::Event::Key { pressed: true, .. })
    };
    if known.session().is_some() && ctx.input(|input| input.events.iter().any(pressed)) {
        actions.add(vec![Action::Reached(Step::Tap)]);
    }
    Ok(())
}

/// Tells the page that there is something to see.
fn announce_first_frame(mut frames: Local<u32>) {
    /// Frames until the first picture is certainly on the screen.
    const FRAMES: u32 = 3;
    if *frames < FRAMES {
        *frames += 1;
        if *frames == FRAMES {
            platform::announce_ready();
        }
    }
}
