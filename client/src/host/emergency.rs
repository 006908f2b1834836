//! Acts for when the evening does not go by plan. Each asks what it means before it is done.

use super::{
    acts::{Asked, answer, asking, touched},
    rounds::choose_winner,
    script,
};
use crate::kit::{theme, widgets};
use egui::Ui;
use outcry_desk::{
    action::Action,
    host::{Armed, HostDraft},
    model::Model,
    text::{self, acts as words, host as said},
};
use outcry_engine::OutcomeId;
use outcry_shared::{
    config::Choice,
    message::{HostAct, HostState, Resolve},
    phase::Phase,
    replica::Replica,
};

/// What every act here looks at.
struct Scene<'a> {
    session: &'a Replica,
    state: &'a HostState,
    phase: Phase,
    now_ms: u64,
}

impl Scene<'_> {
    fn name(&self, id: OutcomeId) -> String {
        text::apart(self.session.outcome_name(id))
    }

    /// Those whom an act concerns.
    fn crowd(&self) -> String {
        said::crowd(&self.state.seats)
    }

    fn active(&self) -> Vec<(OutcomeId, String)> {
        self.session.ids().filter(|id| self.session.is_active(*id)).map(|id| (id, self.name(id))).collect()
    }
}

/// Whether an act is one of these.
const fn is_one(act: &HostAct) -> bool {
    matches!(act, HostAct::Resolve(_) | HostAct::SetWinner(_) | HostAct::Reset)
}

/// The acts, once they are unfolded, until one of them is carried out or nobody has touched them for a while.
pub(super) fn panel(
    ui: &mut Ui,
    model: &Model,
    state: &HostState,
    draft: &mut HostDraft,
    now_ms: u64,
    actions: &mut Vec<Action>,
) {
    // After the end there is nothing left to go wrong.
    draft.emergency.follow(model.host().done(is_one));
    let unfolded = draft.emergency.is_open(now_ms) && model.phase() != Phase::Resolved;
    let Some(session) = model.session().filter(|_| unfolded) else { return };
    let scene = Scene { session, state, phase: model.phase(), now_ms };
    let shown = ui.scope(|ui| {
        widgets::weak(ui, words::EMERGENCY_HELP);
        at_once(ui, &scene, draft, actions);
        another_winner(ui, &scene, draft, actions);
        by_hand(ui, &scene, draft, actions);
    });
    if touched(ui, shown.response.rect) {
        draft.emergency.touch(now_ms);
    }
    ui.add_space(theme::GAP);
}

/// Unfolds them, and folds them away.
pub(super) fn fold(ui: &mut Ui, draft: &mut HostDraft, now_ms: u64) {
    let label = if draft.emergency.is_open(now_ms) { words::HIDE_EMERGENCY } else { words::EMERGENCY };
    if widgets::button(ui, "host.emergency", label).clicked() {
        draft.emergency.toggle(now_ms);
    }
}

/// The next round, the end, another session: side by side until one of them asks.
fn at_once(ui: &mut Ui, scene: &Scene<'_>, draft: &mut HostDraft, actions: &mut Vec<Action>) {
    let (round, crowd) = (scene.state.next_round, scene.crowd());
    let number = round.unwrap_or_default();
    let label = round.map_or_else(|| words::NO_ROUND_LEFT.to_owned(), words::resolve_next);
    let (ask_round, ask_end) = (words::ask_round(number, &crowd), words::ask_end(&crowd));
    let winner = scene.state.winner.unwrap_or_default();
    let live = scene.phase.is_live();
    let list = [
        (
            Asked { name: "host.resolve.next", label: &label, question: &ask_round, yes: words::YES_ROUND },
            (Armed::ResolveNext(number), HostAct::Resolve(Resolve::Next(number))),
            live && round.is_some(),
        ),
        (
            Asked { name: "host.resolve.final", label: words::RESOLVE_FINAL, question: &ask_end, yes: words::YES_END },
            (Armed::ResolveFinal(winner), HostAct::Resolve(Resolve::Final(winner))),
            live && scene.state.winner.is_some(),
        ),
        (
            Asked { name: "host.reset", label: words::RESET, question: words::ASK_RESET, yes: words::YES_RESET },
            (Armed::Reset(scene.session.number()), HostAct::Reset),
            scene.phase != Phase::Resolved,
        ),
    ];
    let armed = list.iter().find(|(_, (act, _), enabled)| *enabled && draft.is_armed(act, scene.now_ms));
    if let Some((asked, (act, does), _)) = armed {
        if answer(ui, draft, act.clone(), asked, scene.now_ms) {
            actions.push(Action::Host(does.clone()));
        }
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (asked, (act, _), enabled) in &list {
            asking(ui, draft, act.clone(), asked, *enabled, scene.now_ms);
        }
    });
}

fn by_hand(ui: &mut Ui, scene: &Scene<'_>, draft: &mut HostDraft, actions: &mut Vec<Action>) {
    let active = scene.active();
    widgets::weak(ui, words::BY_HAND);
    ui.horizontal_wrapped(|ui| {
        for (id, name) in &active {
            let mut on = draft.leaving.contains(id);
            let label = text::badge_and_name(*id, name);
            if widgets::check(ui, &format!("host.leave.{}", id.0), &mut on, &label).changed() {
                if on {
                    draft.leaving.push(*id);
                } else {
                    draft.leaving.retain(|other| other != id);
                }
            }
        }
    });
    draft.leaving.retain(|id| active.iter().any(|(other, _)| other == id));
    draft.leaving.sort_unstable();
    let enabled = scene.phase.is_live() && !draft.leaving.is_empty() && draft.leaving.len() < active.len();
    let names: Vec<String> = draft.leaving.iter().map(|id| scene.name(*id)).collect();
    let (label, question) = (words::eliminate(&names), words::ask_eliminate(&names));
    let leaving = draft.leaving.clone();
    let asked = Asked { name: "host.eliminate", label: &label, question: &question, yes: words::YES_LEAVE };
    if asking(ui, draft, Armed::Eliminate(leaving.clone()), &asked, enabled, scene.now_ms) {
        draft.leaving.clear();
        actions.push(Action::Host(HostAct::Resolve(Resolve::Eliminate(leaving))));
    }
}

fn another_winner(ui: &mut Ui, scene: &Scene<'_>, draft: &mut HostDraft, actions: &mut Vec<Action>) {
    widgets::weak(ui, words::OVERRIDE);
    script::peek(ui, draft, "host.winner.peek", scene.now_ms, |ui, draft| {
        draft.winner = draft.winner.filter(|choice| match choice {
            Choice::Random => true,
            Choice::Fixed(id) => scene.session.is_active(*id),
        });
        choose_winner(ui, "host.winner", &mut draft.winner, &scene.active());
        matches!(draft.winner, Some(Choice::Fixed(_)))
    });
    set_winner(ui, scene, draft, actions);
}

/// The button names the winner that it sets only while the script is uncovered; the name by which it is found always does.
fn set_winner(ui: &mut Ui, scene: &Scene<'_>, draft: &mut HostDraft, actions: &mut Vec<Action>) {
    let Some(choice) = draft.winner else {
        super::acts::act_button(ui, "host.winner.set", words::SET_WINNER, false, None);
        return;
    };
    let (key, named) = match choice {
        Choice::Random => ("random".to_owned(), Some(said::RANDOM.to_owned())),
        Choice::Fixed(id) => (id.0.to_string(), draft.is_peeking(scene.now_ms).then(|| scene.name(id))),
    };
    let (title, question) = named.map_or_else(
        || (words::SET_HIDDEN_WINNER.to_owned(), words::ASK_HIDDEN_WINNER.to_owned()),
        |name| (words::set_winner(&name), words::ask_winner(&name)),
    );
    let name = format!("host.winner.set.{key}");
    let asked = Asked { name: &name, label: &title, question: &question, yes: words::YES_WINNER };
    let enabled = scene.phase != Phase::Resolved;
    if asking(ui, draft, Armed::SetWinner(choice), &asked, enabled, scene.now_ms) {
        actions.push(Action::Host(HostAct::SetWinner(choice)));
        draft.winner = None;
    }
}
