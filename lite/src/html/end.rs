//! The end: who won, everyone's result, where one's money went, the maker over time.

use super::plot::{self, Scale};
use crate::kit::{badge, head, sign, stat};
use maud::{Markup, html};
use outcry_desk::{
    format::money,
    keepsake::Keepsake,
    text::{end as words, light, lobby::mark, term::Term, ui},
    view::end::{EndView, RankRow, StatementLine},
};
use outcry_engine::Usdc;

/// A figure of the maker over time: points of (minute, $).
pub type Series = (Term, Vec<[f64; 2]>);

/// What the end shows.
#[must_use]
pub fn end(view: &EndView, maker: &[Series], narrow: bool) -> Markup {
    html! {
        section.card.winner aria-labelledby="end-title" {
            h2 #end-title { (view.headline) }
            p { (badge(view.winner)) (view.drawn) }
            @if let Some(best) = &view.best_human { p.weak { (best) } }
            @if let Some(own) = &view.own { (result(own, &view.why)) }
        }
        (rankings(view, narrow))
        @if !view.statement.is_empty() { (statement(&view.statement)) }
        section.card aria-labelledby="maker-title" {
            h2 #maker-title { (words::MAKER) }
            dl.stats { @for (term, figure) in &view.maker { (stat(*term, figure, "plain")) } }
            div.series { @for one in maker { (series(one)) } }
        }
    }
}

/// One's own result, and what makes a picture of it; what the picture says stands at its button.
fn result(own: &Keepsake, why: &[String]) -> Markup {
    html! {
        div.result.first[own.rank == 1] role="group" aria-label=(words::YOUR_RESULT) {
            p.place { b { (own.place) } span.num.(sign(own.sign)) { (own.gain) } }
            @for words in why { p { (words) } }
            @if let Some(best) = &own.best { p { (own.best_words) ": " b.num { (best) } } }
            button.primary type="button" data-keep=(own.file) data-session=(own.session) data-player=(own.player)
                data-place=(own.place) data-gain=(own.gain) data-sign=(own.sign) data-balance=(own.balance)
                data-best-words=(own.best_words) data-best=[own.best.as_deref()]
            { (words::KEEP) }
        }
    }
}

fn rankings(view: &EndView, narrow: bool) -> Markup {
    // A column of nothing takes its room from names.
    let gas = !view.gas.is_empty();
    html! {
        section.card aria-labelledby="rankings-title" {
            h2 #rankings-title { (words::RANKINGS) }
            table.leaders {
                thead {
                    tr {
                        (head(Term::Rank)) th scope="col" { (ui::PLAYER) } th scope="col" { (words::BALANCE) } (head(Term::Pnl))
                        @if !narrow { (head(Term::Gain)) (head(Term::Trades)) @if gas { (head(Term::Gas)) } }
                    }
                }
                tbody { @for row in &view.rankings { (rank(row, narrow, gas)) } }
            }
            @if !view.gas.is_empty() { p.weak { (view.gas) } }
        }
    }
}

fn rank(row: &RankRow, narrow: bool, gas: bool) -> Markup {
    let gain = sign(row.pnl_sign);
    html! {
        tr.own[row.you] {
            td.num.weak { (row.rank) }
            th.name scope="row" { (row.name) (mark(row.you, row.bot)) }
            td.num { (row.balance) }
            td.num.(gain) { (row.pnl) }
            @if !narrow { td.num.(gain) { (row.gain) } td.num.weak { (row.trades) } @if gas { td.num.weak { (row.gas) } } }
        }
    }
}

/// Every line to the micro: it adds up, and one can check it.
fn statement(lines: &[StatementLine]) -> Markup {
    html! {
        section.card aria-labelledby="statement-title" {
            h2 #statement-title { (words::STATEMENT) }
            table.statement {
                tbody { @for line in lines { tr.sum[line.sum] { th scope="row" { (line.words) } td.num title=(words::exactly(&line.exact)) { (line.amount) } } } }
            }
        }
    }
}

/// One series on a scale of its own, with its extremes in words.
fn series((term, points): &Series) -> Markup {
    let Some(range) = plot::extent(points.iter().map(|point| point[1])) else { return html! {} };
    let last = points.last().map_or(1.0, |point| point[0].max(0.1));
    let scale = Scale { x: [0.0, last], y: range, across: [2.0, 298.0], up: [78.0, 2.0] };
    let figure = |dollars: f64| money(Usdc((dollars * 1_000_000.0) as i64));
    let extremes = light::extremes(&figure(range[0]), &figure(range[1]));
    html! {
        figure {
            svg.chart viewBox="0 0 300 80" role="img" aria-label={ (term.name()) ", " (extremes) } {
                path.line d=(plot::steps(points, &scale)) {}
            }
            figcaption title=(term.help()) { (term.name()) " " small.weak { (extremes) } }
        }
    }
}
