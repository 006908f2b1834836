//! A draft as one line of text, for a page that is left and come back to.

use super::draft::{Draft, Kind, Unit};
use outcry_engine::{Direction, OutcomeId, Price, Rate, Side};

/// The draft in one line: outcome, side, direction, kind, unit, limit and slippage ("-" when none was chosen),
/// auto-fill, and the amount as typed.
#[must_use]
pub fn to_keep(draft: &Draft) -> String {
    let side = draft.side.name();
    let way = if draft.direction == Direction::Buy { "buy" } else { "sell" };
    let kind = if draft.kind == Kind::Market { "market" } else { "limit" };
    let unit = if draft.unit == Unit::Money { "money" } else { "tokens" };
    let limit = draft.limit.map_or_else(|| "-".to_owned(), |price| price.0.to_string());
    let slippage = draft.max_slippage.map_or_else(|| "-".to_owned(), |rate| rate.0.to_string());
    let fill = if draft.af_opt_in { "fill" } else { "-" };
    format!("{} {side} {way} {kind} {unit} {limit} {slippage} {fill} {}", draft.outcome.0, draft.amount)
}

/// Longer amounts are nobody's.
const AMOUNT_CHARS_MAX: usize = 32;

/// The draft of such a line; nothing is confirmed by it. `None` when it is not one.
#[must_use]
pub fn kept(line: &str) -> Option<Draft> {
    let words: Vec<&str> = line.splitn(9, ' ').collect();
    let [outcome, side, way, kind, unit, limit, slippage, fill, amount] = words[..] else { return None };
    Some(Draft {
        outcome: OutcomeId(outcome.parse().ok()?),
        side: Side::BOTH.into_iter().find(|known| known.name() == side)?,
        direction: either(way, [("buy", Direction::Buy), ("sell", Direction::Sell)])?,
        kind: either(kind, [("market", Kind::Market), ("limit", Kind::Limit)])?,
        unit: either(unit, [("money", Unit::Money), ("tokens", Unit::Tokens)])?,
        limit: figure(limit)?.map(Price),
        max_slippage: figure(slippage)?.map(Rate),
        af_opt_in: fill == "fill",
        amount: amount.chars().take(AMOUNT_CHARS_MAX).collect(),
        confirming: false,
    })
}

fn either<T>(word: &str, known: [(&str, T); 2]) -> Option<T> {
    known.into_iter().find(|(name, _)| *name == word).map(|(_, value)| value)
}

/// Nothing chosen, or a number; `None` when it is neither.
fn figure<T: std::str::FromStr>(word: &str) -> Option<Option<T>> {
    if word == "-" { Some(None) } else { word.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let limit = Draft {
            outcome: OutcomeId(3),
            side: Side::No,
            direction: Direction::Sell,
            kind: Kind::Limit,
            unit: Unit::Tokens,
            amount: "1 234,5".to_owned(),
            limit: Some(Price(540_000)),
            max_slippage: Some(Rate(62_000_000)),
            af_opt_in: true,
            confirming: false,
        };
        for draft in [Draft::default(), limit.clone()] {
            assert_eq!(kept(&to_keep(&draft)), Some(draft));
        }
        let confirming = Draft { confirming: true, ..limit.clone() };
        assert_eq!(kept(&to_keep(&confirming)), Some(limit), "what was asked for again is asked for again");
    }

    #[test]
    fn what_is_no_draft_is_none() {
        for line in ["", "0 YES buy", "x YES buy market money - - - 5", "0 YES buy market money -1 - - 5"] {
            assert_eq!(kept(line), None, "{line}");
        }
    }
}
