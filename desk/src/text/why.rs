//! The words of why a price moved.

use outcry_engine::{Direction, Side};

words! {
    OTHER_NAMES = "trades on other names";
    /// Within one tick nobody can say which did how much.
    MIXED = "trades on it and on other names at once";
    TERMS = "the maker's terms moved with the clock";
    EARLIER = "earlier trades";
    REST = "the rest";
    YOU = "you";
    OTHERS = "others";
    YOU_AND_OTHERS = "you and others";
    IN_A_MINUTE = "in a minute";
    /// Before there was a minute.
    SINCE_THE_START = "since the start";
}

/// "others bought YES": of the outcome that the sentence is about.
#[must_use]
pub fn traded(who: &str, direction: Direction, side: Side) -> String {
    let verb = match direction {
        Direction::Buy => "bought",
        Direction::Sell => "sold",
    };
    format!("{who} {verb} {}", side.name())
}

/// "Carl left"
#[must_use]
pub fn left(names: &[String]) -> String {
    format!("{} left", super::moment::list(names))
}

/// "Carl left, with trades just before": of one step as well.
#[must_use]
pub fn left_after_trades(names: &[String]) -> String {
    format!("{}, with trades just before", left(names))
}

/// "Dorothy rose 3.1¢ in a minute: others bought YES +2.4¢, Carl left +0.7¢."
#[must_use]
pub fn moved(name: &str, rose: bool, by: &str, span: &str, causes: &[(String, String)]) -> String {
    let verb = if rose { "rose" } else { "fell" };
    let causes: Vec<String> = match causes {
        [(cause, _)] => vec![cause.clone()],
        many => many.iter().map(|(cause, part)| format!("{cause} {part}")).collect(),
    };
    format!("{name} {verb} {by} {span}: {}.", causes.join(", "))
}
