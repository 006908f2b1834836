//! What an order would get: resting orders, implied levels and the rule, best first. Computes only.

use super::{book, state::State};
use outcry_engine::{CashKind, Direction, FillType, Leg, OpenOrder, Order, OrderKind, Params, Price, Tokens, Usdc};

/// A resting order on a taker's way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) fill_type: FillType,
    pub(super) resting: OpenOrder,
    pub(super) size: Tokens,
    /// What the taker pays or gets, without the fee.
    pub(super) value: Usdc,
    pub(super) fee: Usdc,
}

/// What the rule trades with a taker.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfRule {
    pub(super) size: Tokens,
    pub(super) value: Usdc,
    pub(super) fee: Usdc,
}

/// The whole way of an order.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) parts: Vec<Part>,
    pub(super) of_rule: Option<OfRule>,
    pub(super) filled: Tokens,
    /// What the taker pays or gets, without fees.
    pub(super) value: Usdc,
    pub(super) fee: Usdc,
    /// What of a market order nobody trades.
    pub(super) missing: Tokens,
}

impl Plan {
    /// ⌈rest·limit⌉ of a limit purchase.
    pub(super) fn escrow(&self, order: &Order) -> Usdc {
        match (order.kind, order.direction) {
            (OrderKind::Limit { price, .. }, Direction::Buy) => price.cost(order.size - self.filled),
            _ => Usdc::ZERO,
        }
    }

    /// What a purchase takes from the balance.
    pub(super) fn needed(&self, order: &Order) -> Usdc {
        self.value + self.fee + self.escrow(order)
    }
}

/// How the cash of a taker's trade is called.
pub(super) const fn cash_kind(direction: Direction) -> CashKind {
    match direction {
        Direction::Buy => CashKind::Cost,
        Direction::Sell => CashKind::Proceeds,
    }
}

/// A resting order with what the rule must beat.
struct Offer {
    fill_type: FillType,
    resting: OpenOrder,
    /// The rule is better up to this price.
    rule_price: f64,
}

/// 1 ∓ f_match/2: what of a pair's 1 USDC a mint leaves, or a merge costs.
fn net_of_match(params: &Params, direction: Direction) -> f64 {
    let half = params.f_match.as_f64() / 2.0;
    if direction == Direction::Buy { 1.0 - half } else { 1.0 + half }
}

/// The orders that a taker may meet, best first; nobody meets their own.
fn offers(params: &Params, state: &State, order: &Order) -> Vec<Offer> {
    let leg = order.leg();
    let others = |leg: Leg| state.book.ladder(leg).iter().filter(|resting| resting.user != order.user).copied();
    let direct = others(leg.opposite()).map(|resting| Offer {
        fill_type: FillType::Lob,
        resting,
        rule_price: resting.price.as_f64(),
    });
    if let OrderKind::Limit { price, .. } = order.kind {
        return direct.take_while(|offer| accepts(leg.direction, price, offer.resting.price)).collect();
    }
    let fill_type = if leg.direction == Direction::Buy { FillType::Mint } else { FillType::Merge };
    let f = if leg.direction == Direction::Buy { params.f.as_f64() } else { -params.f.as_f64() };
    let all_in = |price: Price| 1.0 / net_of_match(params, leg.direction) - price.as_f64();
    let implied = others(leg.paired()).filter(|_| pairs(params, state)).map(|resting| Offer {
        fill_type,
        resting,
        rule_price: all_in(resting.price) / (1.0 + f),
    });
    let mut offers: Vec<Offer> = direct.chain(implied.filter(|offer| offer.rule_price > 0.0)).collect();
    let better = |a: &Offer, b: &Offer| a.rule_price.total_cmp(&b.rule_price);
    match leg.direction {
        Direction::Buy => offers.sort_by(better),
        Direction::Sell => offers.sort_by(|a, b| better(b, a)),
    }
    offers
}

/// Whether YES and NO orders are matched: in a plain book nothing else makes tokens.
pub(super) fn pairs(params: &Params, state: &State) -> bool {
    params.cm_enabled || state.rule.is_none()
}

fn accepts(direction: Direction, limit: Price, price: Price) -> bool {
    if direction == Direction::Buy { price <= limit } else { price >= limit }
}

/// What the taker pays or gets for a part of an offer, and the fee on it.
fn value(params: &Params, offer: &Offer, direction: Direction, size: Tokens) -> (Usdc, Usdc) {
    let limit = offer.resting.price;
    if offer.fill_type == FillType::Lob {
        let value = if direction == Direction::Buy { limit.cost(size) } else { limit.proceeds(size) };
        return (value, params.f.of_up(value));
    }
    // Every whole pair is worth 1; the matching fee is on what both sides pay or get.
    let pair = size.0 as f64 / net_of_match(params, direction);
    let resting = book::cash(&offer.resting, size);
    let value = match direction {
        Direction::Buy => Usdc(pair.ceil() as i64) - resting,
        Direction::Sell => Usdc(pair.floor() as i64) - resting,
    };
    (Usdc(value.0.max(0)), Usdc::ZERO)
}

/// The way of an order through the market as it stands.
pub(super) fn plan(params: &Params, state: &State, order: &Order) -> Plan {
    let mut plan = Plan::default();
    let (mut from_levels, mut from_rule) = (Tokens::ZERO, Tokens::ZERO);
    for offer in offers(params, state, order) {
        if from_levels + from_rule >= order.size {
            break;
        }
        from_rule = from_rule.max(state.depth(order.leg(), offer.rule_price, order.size - from_levels));
        let size = (order.size - from_levels - from_rule).min(offer.resting.remaining());
        if size.0 <= 0 {
            continue;
        }
        from_levels += size;
        let (value, fee) = value(params, &offer, order.direction, size);
        plan.value += value;
        plan.fee += fee;
        plan.parts.push(Part { fill_type: offer.fill_type, resting: offer.resting, size, value, fee });
    }
    from_rule = match order.kind {
        OrderKind::Limit { price, .. } => {
            from_rule.max(state.depth(order.leg(), price.as_f64(), order.size - from_levels))
        }
        OrderKind::Market { .. } => order.size - from_levels,
    };
    plan.filled = from_levels;
    add_rule(params, state, order, from_rule, &mut plan);
    if matches!(order.kind, OrderKind::Market { .. }) {
        plan.missing = order.size - plan.filled;
    }
    plan
}

fn add_rule(params: &Params, state: &State, order: &Order, size: Tokens, plan: &mut Plan) {
    if size.0 <= 0 {
        return;
    }
    let Some(value) = state.value(order.leg(), size) else { return };
    // Where the rule's price is the limit all the way, the rounding alone may pass it.
    let within = match (order.kind, order.direction) {
        (OrderKind::Market { .. }, _) => true,
        (OrderKind::Limit { price, .. }, Direction::Buy) => value <= price.cost(size),
        (OrderKind::Limit { price, .. }, Direction::Sell) => value >= price.proceeds(size),
    };
    if within {
        let fee = params.f.of_up(value);
        plan.of_rule = Some(OfRule { size, value, fee });
        plan.filled += size;
        plan.value += value;
        plan.fee += fee;
    }
}
