//! "If X wins", and "if X leaves next".

use crate::kit::{badge, head, sign};
use maud::{Markup, html};
use outcry_desk::{text::term::Term, view::scenario::ScenarioRow};

/// One of both tables; nothing when there is nothing to ask.
#[must_use]
pub fn scenario(what: Term, rows: &[ScenarioRow], narrow: bool) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let cash = if what == Term::IfWins { Term::FinalCash } else { Term::Value };
    html! {
        section.card {
            table.scenario {
                caption { h2 { (what.name()) } p.weak { (what.help()) } }
                thead {
                    tr {
                        (head(what)) (head(Term::Payout)) (head(cash))
                        @if !narrow { (head(Term::Pnl)) }
                        (head(Term::RankThen))
                    }
                }
                tbody { @for row in rows { (line(row, narrow)) } }
            }
        }
    }
}

fn line(row: &ScenarioRow, narrow: bool) -> Markup {
    let class = sign(row.pnl_sign);
    html! {
        tr {
            th.token scope="row" { (badge(row.outcome)) (row.name) }
            td.num { (row.payout) }
            td.num.(if narrow { class } else { "plain" }) { (row.cash) }
            @if !narrow { td.num.(class) { (row.pnl) } }
            td.num.strong { (row.rank) }
        }
    }
}
