//! Rounds, who leaves in each, and who wins.

use super::{
    fields::{edit, problems},
    script,
};
use crate::kit::{explain::Explain, theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::{
    host::ConfigForm,
    text::{acts, badge_and_name, host as words},
};
use outcry_engine::OutcomeId;
use outcry_shared::config::{Choice, Elimination};

/// Returns whether something changed.
pub(super) fn list(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let mut changed = false;
    let mut gone = None;
    for index in 0..form.rounds.len() {
        widgets::card(ui, |ui| {
            changed |= round(ui, form, index, &mut gone);
        });
    }
    if let Some(index) = gone {
        form.rounds.remove(index);
        changed = true;
    }
    problems(ui, form, "rounds");
    problems(ui, form, "script.eliminate");
    if widgets::button(ui, "host.round.add", words::ADD_ROUND).clicked() {
        form.add_round();
        changed = true;
    }
    changed | winner(ui, form)
}

fn round(ui: &mut Ui, form: &mut ConfigForm, index: usize, gone: &mut Option<usize>) -> bool {
    let mut changed = false;
    let [at, freeze] = ["at_s", "freeze_s"].map(|name| format!("rounds[{index}].{name}"));
    let bad = [&at, &freeze].map(|field| form.errors(field).next().is_some());
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words::round(index + 1)).color(theme::TEXT));
        widgets::weak(ui, words::AT);
        changed |= edit(ui, (&at, words::AT), &mut form.rounds[index].at_s, 72.0, bad[0], true);
        widgets::weak(ui, words::FREEZE);
        changed |= edit(ui, (&freeze, words::FREEZE), &mut form.rounds[index].freeze_s, 72.0, bad[1], true);
        changed |= eliminate(ui, form, index);
        if widgets::button(ui, &format!("host.round.{index}.remove"), "×").clicked() {
            *gone = Some(index);
        }
    });
    for field in [&at, &freeze, &format!("script.eliminate[{index}]")] {
        problems(ui, form, field);
    }
    changed
}

/// So many at random, or these.
fn eliminate(ui: &mut Ui, form: &mut ConfigForm, index: usize) -> bool {
    let mut changed = false;
    let most = form.n_outcomes().saturating_sub(1).max(1) as u8;
    let outcomes: Vec<(OutcomeId, String)> = form.outcomes().map(|(id, name)| (id, name.to_owned())).collect();
    let name =
        |id: OutcomeId| outcomes.iter().find(|outcome| outcome.0 == id).map_or_else(String::new, |it| it.1.clone());
    let shown = match &form.rounds[index].eliminate {
        random @ Elimination::Random(_) => words::elimination(random, name),
        Elimination::Fixed(list) => words::fixed_hidden(list.len()),
    };
    let current = &mut form.rounds[index].eliminate;
    script::covered_list(ui, &format!("host.round.{index}.eliminate"), &shown, outcomes.len(), |ui, names| {
        for count in 1..=most.min(4) {
            let choice = Elimination::Random(count);
            if ui.selectable_value(current, choice.clone(), words::elimination(&choice, name)).changed() {
                changed = true;
                ui.close();
            }
        }
        if names {
            ui.separator();
            for (id, name) in &outcomes {
                changed |= fixed(ui, current, *id, name);
            }
        }
    });
    changed
}

/// An outcome that leaves, or not.
fn fixed(ui: &mut Ui, current: &mut Elimination, id: OutcomeId, name: &str) -> bool {
    let mut list = match current {
        Elimination::Fixed(list) => list.clone(),
        Elimination::Random(_) => vec![],
    };
    let mut on = list.contains(&id);
    let label = badge_and_name(id, name);
    if !widgets::check(ui, &format!("host.round.leaves.{}", id.0), &mut on, &label).changed() {
        return false;
    }
    if on {
        list.push(id);
    } else {
        list.retain(|other| *other != id);
    }
    *current = if list.is_empty() { Elimination::Random(1) } else { Elimination::Fixed(list) };
    true
}

fn winner(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let outcomes: Vec<(OutcomeId, String)> = form.outcomes().map(|(id, name)| (id, name.to_owned())).collect();
    let mut choice = Some(form.winner);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words::WINNER).color(theme::TEXT)).explained(words::WINNER_HELP);
        choose_winner(ui, "host.form.winner", &mut choice, &outcomes);
    });
    problems(ui, form, "script.winner");
    let choice = choice.unwrap_or(form.winner);
    let changed = choice != form.winner;
    form.winner = choice;
    changed
}

/// Random, or one of the outcomes; nothing as long as nobody has chosen.
pub(super) fn choose_winner(ui: &mut Ui, name: &str, choice: &mut Option<Choice>, outcomes: &[(OutcomeId, String)]) {
    let label = |choice: Choice| match choice {
        Choice::Random => words::RANDOM.to_owned(),
        Choice::Fixed(id) => {
            let named = outcomes.iter().find(|(other, _)| *other == id).map_or("?", |(_, name)| name.as_str());
            badge_and_name(id, named)
        }
    };
    // What is chosen is seen in the uncovered list alone: hosts' screens are mirrored.
    let selected = choice.map_or(acts::CHOOSE, |choice| match choice {
        Choice::Random => words::RANDOM,
        Choice::Fixed(_) => acts::CHOSEN,
    });
    script::covered_list(ui, name, selected, outcomes.len(), |ui, names| {
        let mut entry = |ui: &mut Ui, key: String, one: Choice| {
            let response = ui.selectable_value(choice, Some(one), label(one));
            widgets::note(ui, format!("{name}.{key}"), &response);
            if response.clicked() {
                ui.close();
            }
        };
        entry(ui, "random".to_owned(), Choice::Random);
        for (id, _) in outcomes.iter().filter(|_| names) {
            entry(ui, id.0.to_string(), Choice::Fixed(*id));
        }
    });
}
