//! The ticket as it is shown: figures of the order being typed, by the engine on the last state.

use super::{
    blocked::{self, Blocked, Typed},
    draft::{Draft, Unit},
    warn::{self, Warning},
};
use crate::{
    format::{cents, cents_between},
    model::{Model, SentOrder},
    preview::{self, Preview, Repair},
    text,
};
use outcry_engine::{Direction, Order, OutcomeId, OwnView, Price, PriceGrid, Rate, SIZE_MIN, Side, Tokens, Usdc};
use outcry_shared::{
    message::{NewOrder, Promise},
    replica::Replica,
};
use serde::Serialize;

/// What the ticket shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TicketView {
    /// Name of the outcome.
    pub name: String,
    /// Outcomes to turn to, with their names.
    pub outcomes: Vec<(OutcomeId, String)>,
    /// Pool prices of `[YES, NO]`.
    pub prices: [Price; 2],
    /// Free tokens of the side.
    pub free: Tokens,
    /// Cash that can be spent, without what is locked.
    pub balance: Usdc,
    /// The most that the amount can be and pass, in its unit.
    pub most: i64,
    /// An amount that a newcomer may start with, in its unit: a hundredth of what everyone has at the start.
    pub usual: i64,
    /// The limit price that would be sent: the chosen one, or else the pool's.
    pub limit: Price,
    /// The prices that it may have.
    pub grid: PriceGrid,
    /// The largest slippage allowed.
    pub max_slippage: Rate,
    /// Whether auto-fill exists in this market.
    pub af_enabled: bool,
    /// How many tokens, once an amount is typed.
    pub size: Option<Tokens>,
    /// What the order would get.
    pub preview: Option<Preview>,
    /// "Of $2.00, $0.01 stays yours: …": where the amount cannot be spent to the cent.
    pub left: Option<String>,
    /// "YES Ada costs less than 47.8¢: …": where somebody's order gives a better price than the one that is told.
    pub better: Option<String>,
    /// The order to send.
    pub order: Option<NewOrder>,
    /// The pool's price of the side before, 0 to 1.
    pub spot: f64,
    /// What to think about before sending.
    pub warnings: Vec<Warning>,
    /// Why it cannot be sent now, and what would help.
    pub blocked: Option<Blocked>,
    /// Orders on their way or waiting for the tick.
    pub pending: usize,
}

impl TicketView {
    /// Computes it. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model, draft: &Draft) -> Option<Self> {
        let session = model.session()?;
        let nobody = nobody(session);
        let own = model.own_view().unwrap_or(&nobody);
        let desk = Desk::new(model, session, own, draft);
        let (limit, max_slippage) = (desk.limit, desk.max_slippage);
        let size = desk.size();
        // An outcome that is out has no price to preview.
        let wanted = size.filter(|size| size.0 > 0 && session.is_active(draft.outcome));
        let preview = wanted.map(|size| desk.preview(size));
        let typed = Typed { draft, max_slippage, size, preview: preview.as_ref() };
        let blocked = blocked::blocked(model, session, &typed, |size| desk.preview(size).quote.total);
        let warnings = preview.as_ref().map(|preview| warn::warnings(preview, own.balance)).unwrap_or_default();
        let passes = preview.as_ref().filter(|_| blocked.is_none());
        let left = passes.and_then(|preview| desk.left(preview));
        let better = passes.and_then(|preview| desk.better(preview));
        let params = &session.market().params;
        Some(Self {
            name: text::apart(session.outcome_name(draft.outcome)),
            outcomes: active(session),
            prices: Side::BOTH.map(|side| session.price(draft.outcome, side)),
            free: model.free_tokens(draft.outcome, draft.side),
            balance: own.balance,
            most: desk.most(),
            usual: params.starting_balance.0 / 100,
            limit,
            grid: params.grid(),
            max_slippage,
            af_enabled: params.af_enabled,
            size,
            left,
            better,
            order: size.map(|size| NewOrder { promise: desk.promise(preview.as_ref()), ..desk.order(size) }),
            preview,
            spot: session.spot(draft.outcome, draft.side),
            warnings,
            blocked,
            pending: model.orders().pending().count(),
        })
    }

    /// Ghosts for the floor: spots after the order, of every outcome.
    #[must_use]
    pub fn ghosts(&self) -> &[[f64; 2]] {
        self.preview.as_ref().map_or(&[], |preview| &preview.quote.spots_after)
    }

    /// Applies a repair to the draft.
    pub fn repair(&self, draft: &mut Draft, repair: Repair) {
        match repair {
            Repair::Money(money) => draft.set(Unit::Money, money.0),
            Repair::Size(size) => draft.set(Unit::Tokens, size.0),
            Repair::Slippage(rate) => draft.max_slippage = Some(rate),
            Repair::Limit(price) => draft.limit = Some(price),
        }
        draft.confirming = false;
    }
}

/// A price is clearly better from this part of it on.
const CLEARLY: i64 = 100;

/// Everything a ticket is computed from.
struct Desk<'a> {
    model: &'a Model,
    session: &'a Replica,
    own: &'a OwnView,
    draft: &'a Draft,
    limit: Price,
    max_slippage: Rate,
    /// One's own orders that the next tick takes as well.
    waiting: Vec<Order>,
}

/// The most that the amount of a draft can be, in its unit; 0 before there is a session.
#[must_use]
pub fn most(model: &Model, draft: &Draft) -> i64 {
    let Some(session) = model.session() else { return 0 };
    let nobody = nobody(session);
    Desk::new(model, session, model.own_view().unwrap_or(&nobody), draft).most()
}

/// Who only watches owns nothing.
fn nobody(session: &Replica) -> OwnView {
    OwnView { free: vec![[Tokens::ZERO; 2]; session.market().outcomes.len()], ..OwnView::default() }
}

impl<'a> Desk<'a> {
    fn new(model: &'a Model, session: &'a Replica, own: &'a OwnView, draft: &'a Draft) -> Self {
        let limit = limit(session, draft);
        let max_slippage = draft.max_slippage.unwrap_or(session.default_slippage());
        let waiting = waiting(model, preview::quote_ms(session.clock()));
        Self { model, session, own, draft, limit, max_slippage, waiting }
    }

    fn now_ms(&self) -> u64 {
        preview::quote_ms(self.session.clock())
    }

    fn order(&self, size: Tokens) -> NewOrder {
        let number = (self.session.number(), self.model.orders().next_id());
        self.draft.order(number, size, self.limit, self.max_slippage)
    }

    fn engine_order(&self, size: Tokens) -> Order {
        let user = self.model.user().unwrap_or(outcry_engine::UserId(u32::MAX));
        preview::order(&self.order(size), user, self.now_ms())
    }

    fn preview(&self, size: Tokens) -> Preview {
        preview::run(self.session.market(), self.own, &self.waiting, self.engine_order(size), self.now_ms())
    }

    /// What is not spent of an amount of money, and why.
    fn left(&self, preview: &Preview) -> Option<String> {
        if self.draft.counts() == Unit::Tokens {
            return None;
        }
        let (typed, total) = (Usdc(self.draft.units()?), preview.quote.total);
        let left = cents_between(total, typed);
        if left == Usdc::ZERO {
            return None;
        }
        // One step more is too dear, or cannot be had at all.
        let more = self.preview(preview.order.size + SIZE_MIN).quote.total > typed;
        Some(text::ticket::left(typed, left, more))
    }

    /// Why the order comes to clearly more than the price on its button promises: it meets somebody's.
    fn better(&self, Preview { order, quote }: &Preview) -> Option<String> {
        let (told, average) = (self.session.price(order.outcome, order.side), quote.average?);
        let [told_units, average_units] = [told, average].map(|price| i64::from(price.0));
        let gain = match order.direction {
            Direction::Buy => told_units - average_units,
            Direction::Sell => average_units - told_units,
        };
        let clear = gain * CLEARLY >= told_units && cents(average) != cents(told);
        // Own orders that come first may have moved the pool's price as well.
        let met = quote.slippage < Rate::ZERO && quote.rests == Tokens::ZERO;
        let token = text::token(order.side, &text::apart(self.session.outcome_name(order.outcome)));
        (clear && met).then(|| text::ticket::better(order.direction, &token, told))
    }

    /// What the ticket says of the order, for the record.
    fn promise(&self, preview: Option<&Preview>) -> Option<Promise> {
        let quote = &preview.filter(|preview| preview.quote.reject.is_none())?.quote;
        Some(Promise { tick: self.session.tick(), average: quote.average, total: quote.total })
    }

    /// The size that the amount means.
    fn size(&self) -> Option<Tokens> {
        let units = self.draft.units()?;
        if self.draft.counts() == Unit::Tokens || !self.session.is_active(self.draft.outcome) {
            return Some(Tokens(units));
        }
        let order = self.engine_order(Tokens::whole(1));
        Some(preview::size_for_money(
            self.session.market(),
            self.own,
            &self.waiting,
            &order,
            Usdc(units),
            self.now_ms(),
        ))
    }

    /// The most that the amount can be: what is affordable, or held, and passes within the slippage.
    fn most(&self) -> i64 {
        if !self.session.is_active(self.draft.outcome) {
            return 0;
        }
        let order = self.engine_order(Tokens::whole(1));
        let size = preview::max_size(self.session.market(), self.own, &self.waiting, &order, self.now_ms());
        if self.draft.counts() == Unit::Tokens || size.0 == 0 {
            return size.0;
        }
        self.preview(size).quote.total.0
    }
}

/// Orders on their way or waiting for the tick, as the engine takes them.
fn waiting(model: &Model, now_ms: u64) -> Vec<Order> {
    let Some(user) = model.user() else { return vec![] };
    let order = |sent: &SentOrder| {
        let order = preview::order(&sent.order, user, now_ms);
        Order { id: sent.id.unwrap_or(order.id), ..order }
    };
    model.orders().pending().map(order).collect()
}

fn active(session: &Replica) -> Vec<(OutcomeId, String)> {
    let ids = session.ids().filter(|id| session.is_active(*id));
    ids.map(|id| (id, text::apart(session.outcome_name(id)))).collect()
}

/// The limit price: as chosen, or the pool's price on the grid.
fn limit(session: &Replica, draft: &Draft) -> Price {
    let price = draft.limit.unwrap_or_else(|| session.price(draft.outcome, draft.side));
    session.market().params.grid().nearest(price)
}
