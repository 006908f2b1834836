//! The presets as cards: a sentence, and what a purchase does to every price, by the engine itself.

use crate::{format, preview};
use outcry_engine::{
    Direction, Market, Order, OrderId, OrderKind, OutcomeId, OwnView, Params, Rate, Side, Tokens, Usdc, UserId, quote,
};
use outcry_shared::config::{Preset, SessionConfig, presets};

/// What the purchase of a card's picture is worth.
const PURCHASE: Usdc = Usdc(200_000_000);
/// The purchase is as dear as it is: what it does to prices is what is to be seen.
const ANY_SLIPPAGE: Rate = Rate(1_000_000_000_000);

/// A preset with its picture.
#[derive(Clone, Debug)]
pub struct PresetCard {
    /// What it fills the form with, and its words.
    pub preset: Preset,
    /// YES prices at the start, 0 to 1.
    pub before: Vec<f64>,
    /// The same after somebody has bought YES of the first outcome for $200.
    pub after: Vec<f64>,
    /// When rounds begin, as shares of the length.
    pub rounds: Vec<f32>,
    /// "15:00 · 5 outcomes · 2 rounds"
    pub facts: String,
}

impl PresetCard {
    /// Whether a configuration plays by it, whatever session and outcomes are called and whoever is to win: that the room
    /// must not learn from a mark that is missing.
    #[must_use]
    pub fn is_in(&self, config: &SessionConfig) -> bool {
        let outcome_names = config.params.outcome_names.clone();
        let params = Params { outcome_names, ..self.preset.config.params.clone() };
        params == config.params
    }
}

/// Every preset as a card, the one chosen when nothing is said first.
pub(super) fn cards() -> Vec<PresetCard> {
    presets().into_iter().map(card).collect()
}

fn card(preset: Preset) -> PresetCard {
    let params = &preset.config.params;
    let length_s = params.total_duration.max(1);
    let rounds = params.rounds.iter().map(|round| round.at_s as f32 / length_s as f32).collect();
    let (before, after) = prices(&preset.config).unwrap_or_default();
    let facts = facts(params);
    PresetCard { before, after, rounds, facts, preset }
}

/// What is played, in a line: "15:00 · 5 outcomes · 2 rounds".
#[must_use]
pub fn facts(params: &Params) -> String {
    let rounds = match params.rounds.len() {
        0 => "no rounds".to_owned(),
        1 => "1 round".to_owned(),
        many => format!("{many} rounds"),
    };
    let length = format::clock(u64::from(params.total_duration) * 1_000);
    format!("{length} · {} outcomes · {rounds}", params.n_outcomes)
}

/// Prices before and after the purchase; none of a configuration that makes no market.
fn prices(config: &SessionConfig) -> Option<(Vec<f64>, Vec<f64>)> {
    let market = Market::new(config.params.clone()).ok()?.public();
    let outcomes = market.outcomes.len();
    let before = (0..outcomes as u8).map(|id| market.spot(OutcomeId(id), Side::Yes)).collect();
    let own = OwnView { balance: Usdc::whole(100_000), free: vec![[Tokens::ZERO; 2]; outcomes], orders: vec![] };
    let order = Order {
        id: OrderId(u64::MAX),
        user: UserId(0),
        outcome: OutcomeId(0),
        side: Side::Yes,
        direction: Direction::Buy,
        kind: OrderKind::Market { max_slippage: ANY_SLIPPAGE },
        size: Tokens::ZERO,
        ts_ms: 0,
    };
    let size = preview::size_for_money(&market, &own, &[], &order, PURCHASE, 0);
    let after = quote(&market, &own, &[], &Order { size, ..order }, 0).spots_after;
    Some((before, after.into_iter().map(|[yes, _]| yes).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::config::Choice;

    #[test]
    fn every_card_shows_what_its_market_does() {
        let cards = cards();
        for card in &cards {
            let (id, n) = (card.preset.id, card.preset.config.params.n_outcomes as usize);
            assert_eq!((card.before.len(), card.after.len()), (n, n), "{id}");
            assert!(card.after[0] > card.before[0] + 0.01, "{id}: buying pushes up: {:?}", card.after);
        }
        for (index, card) in cards.iter().enumerate() {
            let mut config = card.preset.config.clone();
            config.name = "Friday night".to_owned();
            config.params.outcome_names[0] = "Zoe".to_owned();
            config.script.winner = Choice::Fixed(OutcomeId(1));
            let marked: Vec<_> = (0..cards.len()).filter(|other| cards[*other].is_in(&config)).collect();
            assert_eq!(marked, [index], "{}: one card is marked", card.preset.id);
            config.params.gas_fee.0 += 1;
            assert!(!card.is_in(&config), "{}: another market", card.preset.id);
        }
        let lowers = |id: &str| {
            let card = cards.iter().find(|card| card.preset.id == id).expect("there");
            card.before[1] - card.after[1]
        };
        assert!(lowers("own-high-cross-high") > 2.0 * lowers("own-high-cross-low"), "cross impact is seen");
        assert_eq!(cards[0].facts, "15:00 · 5 outcomes · 2 rounds");
    }
}
