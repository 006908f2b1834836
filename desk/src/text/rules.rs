//! The same orders under other rules, in words. Of what people would have done under them nothing is known, and nothing
//! is said.

use crate::format::{NOTHING, count, money, percent};
use outcry_engine::{Rate, Usdc, amount::RATE_ONE};
use outcry_shared::message::{Shadow, ShadowRow};

words! {
    TITLE = "The same orders under other rules";
    WAITING = "Nothing to compare yet: they follow the market's ticks.";
}

/// Columns of the table of rules, each with one sentence of help.
pub const COLUMNS: [(&str, &str); 5] = [
    ("Rule", ""),
    ("Filled", "Of the orders that were filled here, the share that this rule would have filled, at least in part."),
    (
        "Cost",
        "What the market buys that both filled whole would have cost under this rule, fees included, beside here.",
    ),
    ("Worst case", "What its maker would lose now whoever wins, at worst."),
    ("Differs from", "The first tick in which somebody's fill would have been another by more than 5\u{a0}%."),
];

/// What was followed, and how far.
#[must_use]
pub fn lead(shadow: &Shadow) -> String {
    format!(
        "After {} ticks. Each could lose {} at most, as much as this market was found to lose at least. \
         People would have traded otherwise: these are their orders of here.",
        count(shadow.ticks),
        money(shadow.loss)
    )
}

/// A rule's name.
#[must_use]
pub fn name(rule: &str) -> &str {
    match rule {
        "lmsr" => "LMSR",
        "ls_lmsr" => "LS-LMSR",
        "fpmm" => "FPMM",
        "cpmm_multi" => "Multi CPMM",
        "pm_amm" => "pm-AMM",
        "book" => "Plain book",
        other => other,
    }
}

/// The cells of a rule's row.
#[must_use]
pub fn cells(row: &ShadowRow) -> [String; COLUMNS.len()] {
    let nothing = || NOTHING.to_owned();
    let share = |of: f64| percent(Rate((of * RATE_ONE as f64).round() as i64));
    let dearer = |by: f64| format!("{} {}", share(by.abs()), if by < 0.0 { "less" } else { "more" });
    let worst = row.worst_case_loss;
    [
        name(&row.rule).to_owned(),
        row.executed.map_or_else(nothing, share),
        row.dearer.map_or_else(nothing, dearer),
        match worst.0 {
            0 => "loses nothing".to_owned(),
            gain if gain < 0 => format!("gains {}", money(Usdc(-gain))),
            _ => format!("loses {}", money(worst)),
        },
        match (&row.stopped, row.first_changed) {
            (Some(why), _) => format!("stopped: {why}"),
            (None, Some(tick)) => format!("tick {}", count(tick)),
            (None, None) => nothing(),
        },
    ]
}

/// The same where there is no room for columns: the name, and the rest in words.
#[must_use]
pub fn line(row: &ShadowRow) -> [String; 2] {
    let [name, rest @ ..] = cells(row);
    let titled = |((title, _), cell): (&(&str, &str), &String)| format!("{title}: {cell}");
    let rest: Vec<String> = COLUMNS[1..].iter().zip(&rest).filter(|(_, cell)| *cell != NOTHING).map(titled).collect();
    [name, rest.join(" · ")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_said_in_words() {
        let row = ShadowRow {
            rule: "lmsr".to_owned(),
            executed: Some(0.973),
            first_changed: Some(3),
            dearer: Some(-0.0214),
            worst_case_loss: Usdc::whole(120),
            stopped: None,
        };
        assert_eq!(cells(&row), ["LMSR", "97.3\u{a0}%", "2.1\u{a0}% less", "loses $120.00", "tick 3"]);
        let [_, rest] = line(&row);
        assert_eq!(
            rest,
            "Filled: 97.3\u{a0}% · Cost: 2.1\u{a0}% less · Worst case: loses $120.00 · Differs from: tick 3"
        );
        let gains = ShadowRow { worst_case_loss: Usdc::whole(-5), dearer: None, first_changed: None, ..row.clone() };
        assert_eq!(cells(&gains), ["LMSR", "97.3\u{a0}%", NOTHING, "gains $5.00", NOTHING]);
        let even = ShadowRow { worst_case_loss: Usdc::ZERO, ..row.clone() };
        assert_eq!(cells(&even)[3], "loses nothing");
        let stopped = ShadowRow { stopped: Some("no such user".to_owned()), executed: None, ..row };
        assert_eq!(cells(&stopped)[4], "stopped: no such user");
    }
}
