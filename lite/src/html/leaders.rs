//! Who leads; one's own row always.

use crate::kit::{head, sign};
use maud::{Markup, html};
use outcry_desk::{
    page::Tab,
    text::{lobby::mark, term::Term, ui},
    view::leaders::{LeaderView, Leaders},
};

/// The leaderboard.
#[must_use]
pub fn leaders(leaders: &Leaders) -> Markup {
    html! {
        section.card aria-labelledby="leaders-title" {
            h2 #leaders-title { (ui::tab(Tab::Leaders)) }
            @if leaders.rows.is_empty() { p.weak { (ui::NO_LEADERS) } } @else {
                table.leaders.board {
                    thead {
                        tr {
                            (head(Term::Rank)) th scope="col" { (ui::PLAYER) }
                            (head(Term::Value)) (head(Term::Gain)) (head(Term::Trades))
                        }
                    }
                    tbody { @for row in &leaders.rows { (line(row)) } }
                }
                @if let Some(more) = ui::and_more(leaders.others) { p.weak { (more) } }
            }
        }
    }
}

fn line(row: &LeaderView) -> Markup {
    html! {
        tr.own[row.you] {
            td.num.weak { (row.rank) }
            th.name scope="row" { (row.name) (mark(row.you, row.bot)) }
            td.num { (row.value) }
            td.num.(sign(row.gain_sign)) { (row.gain) }
            td.num.weak { (row.trades) }
        }
    }
}
