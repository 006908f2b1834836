//! The ticket as a newcomer has it: an amount of money with what it pays on either side, or a sale of what is held.
//! Everything else is on the whole ticket.

use super::{
    blocked::Blocked,
    draft::{Draft, Kind, Unit},
    key::TicketKey,
    lines::promise,
    quick::{Quick, named, nice, quick},
    shown::{TicketView, most},
};
use crate::{
    format::{cents, money, tokens},
    model::Model,
    number,
    prefs::Prefs,
    text::ticket as words,
};
use outcry_engine::{Direction, OutcomeId, Side, Usdc};
use serde::Serialize;

/// Whether the order being typed is one of those that the simple ticket has, and nobody asked for the whole one.
#[must_use]
pub fn is_simple(draft: &Draft, prefs: Prefs) -> bool {
    !prefs.full_ticket
        && draft.kind == Kind::Market
        && (draft.direction == Direction::Sell || draft.unit == Unit::Money)
}

/// Makes an order being typed one of the simple ticket's: the amount is kept where it counts money.
pub fn simplify(draft: &mut Draft) {
    if draft.counts() == Unit::Tokens && draft.direction == Direction::Buy {
        draft.amount.clear();
    }
    (draft.kind, draft.unit, draft.limit, draft.af_opt_in) = (Kind::Market, Unit::Money, None, false);
    draft.confirming = false;
}

/// What the simple ticket shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimpleView {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Its name.
    pub name: String,
    /// Outcomes to turn to, with their names.
    pub outcomes: Vec<(OutcomeId, String)>,
    /// "you have $1,000.00"
    pub there: String,
    /// Amounts to choose from, all of which pass.
    pub amounts: Vec<Quick>,
    /// The amount that counts now, in its unit: as typed, or else the usual one.
    pub stake: i64,
    /// What can be done with it: of money YES and NO, of what is held its sale.
    pub offers: Vec<Offer>,
    /// What one holds of this outcome, as long as money is counted.
    pub held: Vec<(Side, String)>,
    /// Orders on their way or waiting for the tick.
    pub pending: usize,
}

/// What the amount would get on one side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// The side.
    pub side: Side,
    /// "YES 54.1¢"
    pub token: String,
    /// "Pays $18.40", or "Sell for $26.10"; nothing while it cannot be sent.
    pub gets: Option<String>,
    /// "if Ada wins", of a purchase.
    pub when: String,
    /// "$10.00 on YES Ada → $18.40 if Ada wins": the whole of it; nothing while it cannot be sent.
    pub promise: Option<String>,
    /// The order as it would be typed.
    pub draft: Draft,
    /// The whole ticket of it.
    pub ticket: TicketView,
}

impl SimpleView {
    /// Computes it. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model, draft: &Draft) -> Option<Self> {
        match draft.direction {
            Direction::Buy => Self::purchase(model, draft),
            Direction::Sell => Self::sale(model, draft),
        }
    }

    fn purchase(model: &Model, draft: &Draft) -> Option<Self> {
        let sides = Side::BOTH.map(|side| Draft { side, confirming: false, ..draft.clone() });
        // What passes on both sides that can be bought at all passes wherever it is pressed.
        let most = sides.iter().map(|side| most(model, side)).filter(|most| *most > 0).min().unwrap_or(0);
        let usual = model.session()?.market().params.starting_balance.0 / 100;
        let amounts = nice(most, usual);
        let suggested = amounts.iter().rfind(|amount| **amount <= usual).or(amounts.first()).copied();
        // What was typed counts, also when it cannot be read.
        let stake = if draft.amount.is_empty() { suggested } else { draft.units() };
        let offers = sides.into_iter().filter_map(|mut side| {
            if draft.amount.is_empty() {
                side.amount = stake.map(number::typed).unwrap_or_default();
            }
            offer(model, side)
        });
        let offers: Vec<Offer> = offers.collect();
        let first = &offers.first()?.ticket;
        Some(Self {
            outcome: draft.outcome,
            name: first.name.clone(),
            outcomes: first.outcomes.clone(),
            there: words::you_have(&money(first.balance)),
            amounts: amounts.into_iter().map(|amount| (named(Unit::Money, amount), amount)).collect(),
            stake: stake.unwrap_or(0),
            held: held(model, draft.outcome),
            pending: first.pending,
            offers,
        })
    }

    fn sale(model: &Model, draft: &Draft) -> Option<Self> {
        let mut draft = Draft { confirming: false, ..draft.clone() };
        if draft.amount.is_empty() {
            draft.amount = number::typed(most(model, &draft));
        }
        let (stake, outcome) = (draft.units().unwrap_or(0), draft.outcome);
        let offer = offer(model, draft)?;
        let ticket = &offer.ticket;
        Some(Self {
            outcome,
            name: ticket.name.clone(),
            outcomes: ticket.outcomes.clone(),
            there: words::you_hold(&tokens(ticket.free)),
            amounts: quick(ticket, &offer.draft),
            stake,
            held: vec![],
            pending: ticket.pending,
            offers: vec![offer],
        })
    }

    /// The offer of a side.
    #[must_use]
    pub fn offer(&self, side: Side) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.side == side)
    }

    /// Why an offer comes to more than its price promises.
    pub fn better(&self) -> impl Iterator<Item = &str> {
        self.offers.iter().filter_map(|offer| offer.ticket.better.as_deref())
    }

    /// What is in the way, and of which offer: of the side's own, or else of the other, which is named then.
    #[must_use]
    pub fn obstacle(&self, side: Side) -> Option<(&Offer, &Blocked, String)> {
        let mut offers = self.offer(side).into_iter().chain(&self.offers);
        let (offer, blocked) = offers.find_map(|offer| Some((offer, offer.ticket.blocked.as_ref()?)))?;
        let of_other = || words::of_token(offer.side, &self.name, &blocked.reason);
        let reason = if offer.side == side { blocked.reason.clone() } else { of_other() };
        Some((offer, blocked, reason))
    }
}

fn offer(model: &Model, draft: Draft) -> Option<Offer> {
    let ticket = TicketView::new(model, &draft)?;
    let quote = ticket.preview.as_ref().filter(|_| ticket.blocked.is_none()).map(|preview| &preview.quote);
    let gets = quote.zip(ticket.size).map(|(quote, size)| match draft.direction {
        Direction::Buy => words::pays_figure(Usdc(size.0)),
        Direction::Sell => words::sell_for(quote.total),
    });
    let when = if draft.direction == Direction::Buy { words::when(draft.side, &ticket.name) } else { String::new() };
    let token = format!("{} {}", draft.side.name(), cents(ticket.prices[draft.side.index()]));
    Some(Offer { side: draft.side, token, gets, when, promise: promise(&ticket, &draft), draft, ticket })
}

/// "120 YES" of an outcome, as far as it is free to be sold.
fn held(model: &Model, outcome: OutcomeId) -> Vec<(Side, String)> {
    let held = Side::BOTH.map(|side| (side, model.free_tokens(outcome, side)));
    let held = held.into_iter().filter(|(_, free)| free.0 > 0);
    held.map(|(side, free)| (side, format!("{} {}", tokens(free), side.name()))).collect()
}

/// A simple ticket with what it was computed from.
#[derive(Clone, Debug, Default)]
pub struct SimpleTicket(Option<(TicketKey, SimpleView)>);

impl SimpleTicket {
    /// Computes it anew when something that it depends on has changed; forgets it while the whole ticket is shown.
    pub fn refresh(&mut self, model: &Model, draft: &Draft, prefs: Prefs) {
        if !is_simple(draft, prefs) {
            self.0 = None;
            return;
        }
        let key = TicketKey::new(model, draft);
        if self.0.as_ref().is_none_or(|(old, _)| *old != key) {
            self.0 = SimpleView::new(model, draft).map(|view| (key, view));
        }
    }

    /// As it was last computed; nothing while the whole ticket is shown.
    #[must_use]
    pub fn view(&self) -> Option<&SimpleView> {
        self.0.as_ref().map(|(_, view)| view)
    }
}
