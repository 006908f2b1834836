//! Where the session stands, and where one stands in it.

use crate::{
    kit::{sign, stat},
    state::Tab,
};
use maud::{Markup, html};
use outcry_desk::{
    page,
    text::{self, light, term::Term},
    view::top::{Health, TopView},
};
use outcry_shared::phase::Phase;

/// The head of the page. `beat` is the tick with its length in ms, for a bar
/// that fills from one to the next.
#[must_use]
pub fn top(view: &TopView, beat: Option<(u64, u32)>) -> Markup {
    html! {
        div.who {
            h1 { (view.session) }
            @if let Some(now) = view.phase { span.phase.(phase(now)) { (text::phase(now)) } }
        }
        dl.stats.urgent[view.urgent] {
            @for (term, left) in &view.countdowns { (stat(*term, left, "count")) }
            @if let Some(account) = &view.account {
                div.worth title=(Term::Worth.help()) {
                    dt { (Term::Worth.name()) }
                    dd.num { b { (account.worth) } " " span.(sign(account.gain_sign)) { (account.gain) } }
                }
                (stat(Term::Balance, &account.balance, "money"))
                @if let Some(locked) = &account.locked { (stat(Term::Locked, locked, "money even")) }
                @if let Some(rank) = &account.rank { (stat(Term::Rank, rank, "strong")) }
            }
        }
        p.health.(health(view.health)) title=(text::ui::CONNECTION) { (view.connection) }
        button.enter type="button" data-page="floor" { (light::ENTER_FLOOR) }
        @if let Some((tick, ms)) = beat { div.beat data-beat=(tick) data-ms=(ms) title=(text::ui::BEAT) {} }
    }
}

const fn health(health: Health) -> &'static str {
    match health {
        Health::Good => "gain",
        Health::Poor => "notable",
        Health::Lost => "loss",
    }
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Running => "running",
        Phase::Frozen => "frozen",
        Phase::Paused | Phase::Resolved => "paused",
        Phase::Draft | Phase::Lobby => "early",
    }
}

/// The tabs of a narrow page.
#[must_use]
pub fn tabs(chosen: Tab) -> Markup {
    html! {
        @for tab in Tab::ALL {
            button type="button" data-do="tab" value=(value(tab)) aria-current=[(tab == chosen).then_some("page")] {
                (name(tab))
            }
        }
    }
}

/// The value of a tab in the page.
#[must_use]
pub const fn value(tab: Tab) -> &'static str {
    match tab {
        Tab::Market => "market",
        Tab::Trade => "trade",
        Tab::Portfolio => "portfolio",
        Tab::More => "more",
    }
}

const fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Market => text::ui::tab(page::Tab::Outcomes),
        Tab::Trade => text::ui::tab(page::Tab::Ticket),
        Tab::Portfolio => text::ui::tab(page::Tab::Portfolio),
        Tab::More => text::ui::MORE,
    }
}
