//! What people do at the page, by its name and value: changes of the state, or actions for the desk.

use crate::{
    html::ticket::SHARES,
    state::{Copied, State, Tab},
};
use outcry_desk::{
    action::Action,
    model::Model,
    prefs::Prefs,
    view::{
        hint::{Hint, hint},
        ticket::{Draft, Kind, Unit, amount_step, bet, is_simple, press, quick, send, share_of, simplify, turn_unit},
    },
};
use outcry_engine::{Direction, OrderId, OutcomeId, Price, Side};

/// A confirmation within so many ms of its question was meant for what stood there before.
const CONFIRM_AFTER_MS: u64 = 300;

/// What came of it.
#[derive(Debug, Default, PartialEq)]
pub struct Done {
    /// Whether it meant anything: keys that did not are the browser's.
    pub taken: bool,
    /// What the desk is asked for.
    pub actions: Vec<Action>,
    /// The element that the focus goes to.
    pub focus: Option<&'static str>,
}

impl Done {
    fn yes() -> Option<Self> {
        Some(Self { taken: true, ..Self::default() })
    }

    fn asks(actions: Vec<Action>) -> Option<Self> {
        Some(Self { taken: true, actions, focus: None })
    }

    fn saves(prefs: Prefs) -> Self {
        Self { taken: true, actions: vec![Action::SavePrefs(prefs)], focus: None }
    }

    fn focus(id: &'static str) -> Option<Self> {
        Some(Self { taken: true, actions: vec![], focus: Some(id) })
    }
}

/// Does what was asked for at the page. What means nothing does nothing.
pub fn act(state: &mut State, model: &Model, what: &str, value: &str, now_ms: u64) -> Done {
    let done = match what {
        "key" => key(state, model, value, now_ms),
        "pick" | "outcome" | "token" | "way" | "kind" | "unit" | "amount" | "share" | "less" | "more" | "quick"
        | "slippage" | "limit" | "fill" | "repair" | "level" | "stake" | "mend" | "sell" | "keep" => {
            draft(state, what, value)
        }
        "bet" => pressed_side(state, value, now_ms),
        "send" => pressed(state, now_ms),
        "confirm" => confirmed(state, now_ms),
        "back" => back(state),
        _ => page(state, model, what, value),
    };
    let mut done = done.unwrap_or_default();
    if done.taken {
        learn(state, what, &mut done);
    }
    done
}

/// What was done needs no hint any more.
fn learn(state: &mut State, what: &str, done: &mut Done) {
    let sends = done.actions.iter().any(|action| matches!(action, Action::PlaceOrder(_)));
    let learnt = match what {
        "pick" => Some(Hint::Pick),
        "sell" => Some(Hint::Sell),
        _ if sends => Some(Hint::Bet),
        _ => None,
    };
    if learnt.is_some_and(|hint| hint.done(&mut state.prefs)) {
        done.actions.push(Action::SavePrefs(state.prefs));
    }
}

/// What changes the order being typed.
fn draft(state: &mut State, what: &str, value: &str) -> Option<Done> {
    let State { draft, ticket, .. } = state;
    let view = ticket.as_ref().map(|(_, view)| view);
    draft.confirming = false;
    match what {
        "pick" => return pick(state, value),
        "level" => return level(state, value),
        "sell" => return sell(state, value),
        "keep" => draft.turn_direction(Direction::Buy),
        "stake" => draft.set(draft.counts(), value.parse().ok()?),
        "mend" => mend(state, value)?,
        "outcome" => draft.turn_to(OutcomeId(value.parse().ok()?), draft.side),
        "token" => draft.turn_to(draft.outcome, token(value)?),
        "way" => draft.turn_direction(way(value)?),
        "kind" => draft.kind = if value == "limit" { Kind::Limit } else { Kind::Market },
        "unit" => turn_unit(view?, draft, if value == "tokens" { Unit::Tokens } else { Unit::Money }),
        "amount" => draft.amount = value.to_owned(),
        "share" => {
            let part = f64::from(value.parse::<u16>().ok()?) / SHARES;
            draft.set(draft.counts(), share_of(view?, draft, part));
        }
        "less" | "more" => draft.set(draft.counts(), amount_step(view?, draft, what == "more")),
        "quick" => {
            let (_, amount) = quick(view?, draft).into_iter().nth(value.parse().ok()?)?;
            draft.set(draft.counts(), amount);
        }
        "slippage" => draft.max_slippage = Some(Draft::slippage_step(view?.max_slippage, value == "1")),
        "limit" => {
            let view = view?;
            draft.limit = Some(view.grid.step(view.limit, value.parse().ok()?));
        }
        "fill" => draft.af_opt_in = value == "true",
        "repair" => {
            let view = view?;
            let (_, repair) = view.blocked.as_ref()?.repairs.get(value.parse::<usize>().ok()?)?;
            view.repair(draft, *repair);
        }
        _ => return None,
    }
    Done::yes()
}

/// "3 yes": the ticket turns to a token.
fn pick(state: &mut State, value: &str) -> Option<Done> {
    let (outcome, side) = value.split_once(' ')?;
    state.draft.turn_to(OutcomeId(outcome.parse().ok()?), token(side)?);
    state.book_side = None;
    if state.narrow {
        state.tab = Tab::Trade;
        return Done::focus("act");
    }
    Done::focus("amount")
}

/// "3 yes": all of it that passes is offered for sale.
fn sell(state: &mut State, value: &str) -> Option<Done> {
    let (outcome, side) = value.split_once(' ')?;
    state.draft.offer(OutcomeId(outcome.parse().ok()?), token(side)?);
    if state.narrow {
        state.tab = Tab::Trade;
    }
    Done::focus("act")
}

/// "yes 0": the first of what would help the YES of the simple ticket.
fn mend(state: &mut State, value: &str) -> Option<()> {
    let (side, index) = value.split_once(' ')?;
    let offer = state.simple.view()?.offer(token(side)?)?;
    let (_, repair) = offer.ticket.blocked.as_ref()?.repairs.get(index.parse::<usize>().ok()?)?;
    let mut draft = offer.draft.clone();
    offer.ticket.repair(&mut draft, *repair);
    // What helps the other side does not turn the ticket to it.
    draft.side = state.draft.side;
    state.draft = draft;
    Some(())
}

/// A side of the simple ticket is pressed; nothing named is the one that the ticket stands on.
fn pressed_side(state: &mut State, value: &str, now_ms: u64) -> Option<Done> {
    if state.draft.confirming {
        return None;
    }
    let side = if value.is_empty() { state.draft.side } else { token(value)? };
    let State { draft, simple, prefs, .. } = state;
    let actions = bet(simple.view()?, side, draft, *prefs)?;
    if draft.confirming {
        state.asked_ms = now_ms;
    }
    Done::asks(actions)
}

/// "bid 540000": who presses a bid wants to sell to it, who presses an ask to buy from it.
fn level(state: &mut State, value: &str) -> Option<Done> {
    let (half, price) = value.split_once(' ')?;
    let side = state.book_side.unwrap_or(state.draft.side);
    let draft = &mut state.draft;
    draft.turn_to(draft.outcome, side);
    draft.turn_direction(if half == "bid" { Direction::Sell } else { Direction::Buy });
    draft.kind = Kind::Limit;
    draft.limit = Some(Price(price.parse().ok()?));
    Done::focus("amount")
}

fn pressed(state: &mut State, now_ms: u64) -> Option<Done> {
    let State { draft, ticket, prefs, .. } = state;
    if draft.confirming {
        return None;
    }
    let actions = press(&ticket.as_ref()?.1, draft, *prefs);
    if draft.confirming {
        state.asked_ms = now_ms;
    }
    Done::asks(actions)
}

fn confirmed(state: &mut State, now_ms: u64) -> Option<Done> {
    let State { draft, ticket, asked_ms, prefs, .. } = state;
    if !draft.confirming || now_ms < *asked_ms + CONFIRM_AFTER_MS {
        return None;
    }
    let view = &ticket.as_ref()?.1;
    if view.blocked.is_some() {
        return None;
    }
    let actions = send(view, draft, *prefs);
    Some(Done { taken: true, actions, focus: Some("amount") })
}

fn back(state: &mut State) -> Option<Done> {
    if !state.draft.confirming {
        return None;
    }
    state.draft.confirming = false;
    Done::focus(match (state.draft.direction, state.draft.side) {
        (Direction::Buy, Side::Yes) if is_simple(&state.draft, state.prefs) => "bet-yes",
        (Direction::Buy, Side::No) if is_simple(&state.draft, state.prefs) => "bet-no",
        _ => "send",
    })
}

/// What concerns the page and no order being typed.
fn page(state: &mut State, model: &Model, what: &str, value: &str) -> Option<Done> {
    match what {
        "tab" => state.tab = tab(value)?,
        "narrow" => state.narrow = value == "true",
        "book" => state.book_side = Some(token(value)?),
        "full" if is_simple(&state.draft, state.prefs) == (value == "true") => {
            state.prefs.full_ticket = value == "true";
            if !state.prefs.full_ticket {
                simplify(&mut state.draft);
            }
            return Done::asks(vec![Action::SavePrefs(state.prefs)]);
        }
        "ask" | "ask-here" | "ask-once" => {
            state.prefs.confirm_orders = value == "true";
            return Done::asks(vec![Action::SavePrefs(state.prefs)]);
        }
        "contrast" => {
            state.prefs.more_contrast = value == "true";
            return Done::asks(vec![Action::SavePrefs(state.prefs)]);
        }
        "cancel" => return Done::asks(vec![Action::Cancel(OrderId(value.parse().ok()?))]),
        "cancel-all" => return Done::asks(vec![Action::CancelAll]),
        "reconnect" => return Done::asks(vec![Action::Reconnect]),
        "reload" | "rejoin" => return Done::asks(vec![Action::Reload]),
        "copy" => return Done::asks(vec![Action::Copy(model.join_url().to_owned())]),
        "hint" => {
            let hint = hint(model, state.prefs)?;
            return hint.done(&mut state.prefs).then(|| Done::saves(state.prefs));
        }
        "copied" => state.copied = Some(if value == "true" { Copied::Yes } else { Copied::No }),
        _ => return None,
    }
    Done::yes()
}

/// The keys of both floors.
fn key(state: &mut State, model: &Model, key: &str, now_ms: u64) -> Option<Done> {
    if state.draft.confirming && key != "Escape" {
        return None;
    }
    let limit = state.draft.kind == Kind::Limit;
    match key {
        "y" => draft(state, "token", "yes"),
        "n" => draft(state, "token", "no"),
        "b" => draft(state, "way", "buy"),
        "s" => draft(state, "way", "sell"),
        "m" => draft(state, "kind", "market"),
        "l" => draft(state, "kind", "limit"),
        "ArrowUp" if limit => draft(state, "limit", "1"),
        "ArrowDown" if limit => draft(state, "limit", "-1"),
        "Shift+ArrowUp" if limit => draft(state, "limit", "5"),
        "Shift+ArrowDown" if limit => draft(state, "limit", "-5"),
        "Enter" if state.simple.view().is_some() => pressed_side(state, "", now_ms),
        "Enter" => pressed(state, now_ms),
        "Escape" => escape(state),
        "?" => {
            state.tab = Tab::More;
            Done::focus("help-title")
        }
        "Shift+X" => Done::asks(vec![Action::CancelAll]),
        "x" => {
            let newest = model.own()?.open_orders.iter().map(|order| order.id).max()?;
            Done::asks(vec![Action::Cancel(newest)])
        }
        digit => {
            // 1 is A, and 0 comes after 9.
            let digit: u8 = digit.parse().ok().filter(|digit| *digit < 10)?;
            let outcome = OutcomeId((digit + 9) % 10);
            state.view()?.outcomes.iter().find(|(id, _)| *id == outcome)?;
            draft(state, "outcome", &outcome.0.to_string())
        }
    }
}

/// Takes back one thing: the confirmation, or the amount.
fn escape(state: &mut State) -> Option<Done> {
    if state.draft.confirming {
        return back(state);
    }
    state.draft.amount.clear();
    Done::yes()
}

fn token(value: &str) -> Option<Side> {
    Side::BOTH.into_iter().find(|side| crate::kit::side(*side) == value)
}

fn way(value: &str) -> Option<Direction> {
    Direction::BOTH.into_iter().find(|direction| crate::kit::way(*direction) == value)
}

fn tab(value: &str) -> Option<Tab> {
    Tab::ALL.into_iter().find(|tab| crate::html::top::value(*tab) == value)
}
