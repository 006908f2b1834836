//! The course of the session: the one next step, messages to all, the covered script, what was done.

use super::{
    acts::{Asked, BUTTON, answer},
    emergency, script,
};
use crate::kit::{field, layout, theme, widgets};
use egui::{Align, Align2, Button, Color32, CornerRadius, Layout, Response, RichText, Sense, Stroke, Ui, Vec2};
use outcry_desk::{
    action::Action,
    format,
    host::{Armed, HostDraft, facts},
    model::Model,
    text::{acts as words, host as said},
};
use outcry_shared::{
    limits::ANNOUNCEMENT_CHARS_MAX,
    message::{HostAct, HostState},
    phase::Phase,
};

/// Seconds that one press of "Play 60 s longer" adds.
const EXTEND_S: u32 = 60;
/// Height of the next step's button: twice that of others where there is height for it, in points.
const STEP: f32 = 2.0 * BUTTON;
/// Size of the letters on it, in points.
const LETTERS: f32 = 26.0;
/// Room that stays beside the clock for who is connected; where there is less, that has a line of its own, in points.
const CONNECTED: f32 = 250.0;
/// Corners of what a message can begin with, in points: round, unlike those of buttons that do something.
const CHIP: u8 = 22;

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.spacing_mut().interact_size.y = BUTTON;
    course(ui, model, state, now_ms);
    next_step(ui, model, state, draft, now_ms, &mut actions);
    emergency::panel(ui, model, state, draft, now_ms, &mut actions);
    ui.add_space(theme::GAP);
    announce(ui, model, draft, now_ms, &mut actions);
    if let Some(session) = model.session() {
        script::card(ui, state, draft, session, now_ms);
    }
    ui.add_space(theme::GAP);
    acts(ui, model, state, draft.is_peeking(now_ms));
    actions
}

/// Where the session stands.
fn course(ui: &mut Ui, model: &Model, state: &HostState, now_ms: u64) {
    let phase = model.phase();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        widgets::whole(ui, RichText::new(words::now(phase)).size(16.0));
        if let Some(session) = model.session()
            && phase.is_live()
        {
            let left = session.clock().end_ms.saturating_sub(model.session_ms(now_ms));
            widgets::whole(ui, RichText::new(said::left(phase, &format::clock(left))).size(16.0).color(theme::AMBER));
            if let Some(round_ms) = session.clock().next_freeze_ms.filter(|_| phase == Phase::Running) {
                let left = round_ms.saturating_sub(model.session_ms(now_ms));
                widgets::whole(ui, RichText::new(words::next_round(&format::clock(left))).size(16.0));
            }
        }
        if ui.available_size_before_wrap().x < CONNECTED {
            ui.end_row();
        }
        widgets::weak(ui, said::connected(&state.seats));
    });
    ui.add_space(2.0);
}

/// A step of the evening.
struct Step {
    /// By which its button is found.
    name: &'static str,
    label: &'static str,
    /// What it means.
    about: String,
    /// None while it has to wait.
    act: Option<HostAct>,
    /// Whether it is what comes next, and not what stops something.
    lit: bool,
}

/// The step that comes next by itself; after the end that is another session.
fn next(model: &Model, now_ms: u64) -> Option<Step> {
    let step = |name, label, about: &str, act, lit| Step { name, label, about: about.to_owned(), act: Some(act), lit };
    Some(match model.phase() {
        Phase::Draft => step("host.open", words::OPEN, words::ABOUT_OPEN, HostAct::OpenLobby, true),
        Phase::Lobby => step("host.start", words::START, words::ABOUT_START, HostAct::Start, true),
        Phase::Frozen => return go_on(model, now_ms).or_else(|| Some(step_pause())),
        Phase::Running => step_pause(),
        Phase::Paused => step("host.resume", words::RESUME, words::ABOUT_RESUME, HostAct::Resume, true),
        Phase::Resolved => return None,
    })
}

/// To stop is a step of its own only when something is wrong: it is not lit.
fn step_pause() -> Step {
    let about = words::ABOUT_PAUSE.to_owned();
    Step { name: "host.pause", label: words::PAUSE, about, act: Some(HostAct::Pause), lit: false }
}

/// The end of a break, once everyone is told who is out; none where the game ends before it.
fn go_on(model: &Model, now_ms: u64) -> Option<Step> {
    let clock = model.session()?.clock();
    let resume_ms = clock.resume_ms.filter(|resume_ms| *resume_ms < clock.end_ms)?;
    let told = !model.holds_breath();
    let left = format::clock(resume_ms.saturating_sub(model.session_ms(now_ms)));
    let about = if told { words::about_go_on(&left) } else { words::ABOUT_TELLING.to_owned() };
    let act = told.then_some(HostAct::EndFreeze { resume_ms });
    Some(Step { name: "host.go-on", label: words::GO_ON, about, act, lit: told })
}

/// The one step that comes next, too large to be missed.
fn next_step(
    ui: &mut Ui,
    model: &Model,
    state: &HostState,
    draft: &mut HostDraft,
    now_ms: u64,
    actions: &mut Vec<Action>,
) {
    let phase = model.phase();
    let Some(step) = next(model, now_ms) else { return anew(ui, model, draft, now_ms, actions) };
    let pressed = step_button(ui, step.name, step.label, step.lit, step.act.is_some());
    actions.extend(step.act.filter(|_| pressed).map(Action::Host));
    widgets::weak(ui, step.about);
    if !phase.is_live() {
        about_start(ui, state);
    }
    ui.horizontal_wrapped(|ui| {
        if phase.clock_runs() && step.name != "host.pause" && widgets::button(ui, "host.pause", words::PAUSE).clicked()
        {
            actions.push(Action::Host(HostAct::Pause));
        }
        if phase.is_live() && widgets::button(ui, "host.extend", words::EXTEND).clicked() {
            actions.push(Action::Host(HostAct::Extend { by_s: EXTEND_S }));
        }
        emergency::fold(ui, draft, now_ms);
    });
}

/// What the start begins, and how much of it costs the maker.
fn about_start(ui: &mut Ui, state: &HostState) {
    ui.label(RichText::new(facts(&state.config.params)).color(theme::AMBER));
    if !state.warnings.is_empty() {
        widgets::weak(ui, words::look_at_warnings(state.warnings.len()));
    }
}

/// After the end: another session, which is asked.
fn anew(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    let over = Armed::Reset(model.session().map_or(0, |session| session.number()));
    let asked = Asked { name: "host.reset", label: words::ANEW, question: words::ASK_RESET, yes: words::YES_RESET };
    if draft.is_armed(&over, now_ms) {
        if answer(ui, draft, over, &asked, now_ms) {
            actions.push(Action::Host(HostAct::Reset));
        }
        return;
    }
    if step_button(ui, asked.name, asked.label, true, true) {
        draft.press(over, now_ms);
    }
    widgets::weak(ui, words::ABOUT_ANEW);
}

fn step_button(ui: &mut Ui, name: &str, label: &str, lit: bool, enabled: bool) -> bool {
    let (fill, ink) = match (lit, enabled) {
        (true, _) => (theme::AMBER, theme::INK),
        (false, true) => (theme::RAISED, theme::TEXT),
        (false, false) => (theme::RAISED, theme::WEAK),
    };
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let height = if layout::is_lying(ui.ctx().content_rect()) { BUTTON } else { STEP };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), sense);
    let light = enabled && response.hovered() && !response.is_pointer_button_down_on();
    let fill = if light { fill.lerp_to_gamma(Color32::WHITE, 0.18) } else { fill };
    ui.painter().rect_filled(rect, CornerRadius::same(10), fill);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, label, theme::words(LETTERS.min(height / 2.0)), ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, enabled, label));
    widgets::note(ui, name, &response);
    response.clicked()
}

/// A message to all. What is offered goes into the field, to be changed there: it is sent by one button alone, which is
/// lit once there is something to send.
fn announce(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    widgets::section(ui, said::ANNOUNCE);
    let row = Vec2::new(ui.available_width(), theme::control_height(ui));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let text = draft.announcement.trim().to_owned();
        let send = ui.add_enabled_ui(!text.is_empty(), |ui| send_button(ui, text.is_empty())).inner;
        let (name, limit) = ("host.announcement", ANNOUNCEMENT_CHARS_MAX);
        let about = field::About { name, label: said::ANNOUNCE, kind: field::Kind::Text, limit };
        field::show(ui, &about, &mut draft.announcement, ui.available_size(), |edit| {
            let edit = edit.margin(egui::Margin::symmetric(8, 2)).vertical_align(egui::Align::Center);
            edit.hint_text(said::ANNOUNCE_HINT)
        });
        if send.clicked() {
            actions.push(Action::Host(HostAct::Announce { text }));
            draft.announcement.clear();
        }
    });
    let Some(session) = model.session() else { return };
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, said::BEGIN_WITH);
        for (index, words) in words::announcements(session.clock(), model.session_ms(now_ms)).into_iter().enumerate() {
            let chip = Button::new(RichText::new(&words).color(theme::WEAK)).fill(Color32::TRANSPARENT);
            let chip = chip.corner_radius(CornerRadius::same(CHIP)).min_size(Vec2::new(0.0, BUTTON));
            let response = ui.add(chip.stroke(Stroke::new(1.0, theme::LINE)));
            widgets::note(ui, format!("host.announce.{index}"), &response);
            if response.clicked() {
                draft.announcement = words;
            }
        }
    });
    ui.add_space(theme::GAP);
}

/// Lit while there is something to send.
fn send_button(ui: &mut Ui, nothing: bool) -> Response {
    let ink = if nothing { theme::WEAK } else { theme::INK };
    let fill = if nothing { theme::RAISED } else { theme::AMBER };
    let button = Button::new(RichText::new(said::SEND).color(ink)).fill(fill).min_size(Vec2::new(0.0, BUTTON));
    let response = ui.add(button);
    widgets::note(ui, "host.announce", &response);
    response
}

/// The acts so far with their effect, newest first. What would tell the script is covered with it.
fn acts(ui: &mut Ui, model: &Model, state: &HostState, uncovered: bool) {
    ui.spacing_mut().interact_size.y = 20.0;
    widgets::section(ui, said::ACTS);
    if model.host().waiting().is_some() {
        widgets::weak(ui, said::ASKING);
    }
    if state.acts.is_empty() {
        widgets::weak(ui, said::NO_ACTS);
    }
    for act in state.acts.iter().rev() {
        ui.horizontal_wrapped(|ui| {
            widgets::figure(ui, format::moment(act.at_ms), 12.5, theme::WEAK);
            let covered = act.secret && !uncovered && model.phase() != Phase::Resolved;
            ui.label(if covered { words::HIDDEN_ACT } else { &act.act });
            let (said, color) = match &act.effect {
                Ok(done) => (done, theme::GAIN),
                Err(reason) => (reason, theme::LOSS),
            };
            if !said.is_empty() {
                ui.label(RichText::new(said).color(color));
            }
        });
    }
}
