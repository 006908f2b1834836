//! The end: who won, everyone's result, where one's money went.

use super::reckoning::reckoning;
use crate::{
    format::{count, gain_bp, money, money_exact, money_signed, ordinal},
    keepsake::Keepsake,
    model::Model,
    text::{self, end as words, names::ISOLATE, term::Term},
};
use outcry_engine::{OutcomeId, Usdc};
use outcry_shared::{
    ledger::Statement,
    message::{EndReport, RankingRow},
    replica::Replica,
};
use serde::Serialize;

/// A line of the statement: what, signed amount, whether it is a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementLine {
    /// What the money was for.
    pub words: &'static str,
    /// "+$12.34"
    pub amount: String,
    /// "$12.340000": in full precision, in which the lines add up.
    pub exact: String,
    /// The same as an amount.
    pub units: Usdc,
    /// Whether it is the sum of those above.
    pub sum: bool,
}

/// A row of the final ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankRow {
    /// The place; equal balances share it.
    pub rank: u32,
    /// The participant's name.
    pub name: String,
    /// "$1,034.20" in the end.
    pub balance: String,
    /// Against the deposit, after gas.
    pub pnl: String,
    /// −1, 0 or 1: the colour of `pnl`.
    pub pnl_sign: i64,
    /// "+5.6 %"
    pub gain: String,
    /// "12" fills in the session.
    pub trades: String,
    /// "$12.00" of gas paid.
    pub gas: String,
    /// Whether it is oneself.
    pub you: bool,
    /// Whether it declared itself a bot.
    pub bot: bool,
    /// What rows are ordered by, column by column without the name: place, balance, gain in money and in shares, fills,
    /// gas. Clicked once, places count up and figures down.
    pub keys: [i64; 6],
}

/// What the end shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndView {
    /// The outcome that won, for its colour and letter.
    pub winner: OutcomeId,
    /// The winner's name.
    pub name: String,
    /// "Bea Dask (bot) wins with $2,309.29": who has most money, whatever was drawn.
    pub headline: String,
    /// "The name drawn was Blaise."
    pub drawn: String,
    /// "Best human: Noor, 2nd with $1,120.40", where the first place is a bot's alone.
    pub best_human: Option<String>,
    /// What came of it for oneself.
    pub own: Option<Keepsake>,
    /// Why it came to that, in a sentence or two.
    pub why: Vec<String>,
    /// Everyone, best first.
    pub rankings: Vec<RankRow>,
    /// One's own statement; it adds up to the micro.
    pub statement: Vec<StatementLine>,
    /// The maker's figures.
    pub maker: Vec<(Term, String)>,
    /// "Gas paid by all: $12.00"; empty where nobody paid any.
    pub gas: String,
}

impl EndView {
    /// Computes it. `None` before the end.
    #[must_use]
    pub fn new(model: &Model) -> Option<Self> {
        let (end, session) = (model.end()?, model.session()?);
        let me = model.user();
        let name = text::apart(session.outcome_name(end.winner));
        Some(Self {
            winner: end.winner,
            headline: headline(&end.rankings),
            drawn: words::drawn(&name),
            best_human: best_human(&end.rankings),
            name,
            own: own(model, session, &end.rankings),
            why: why(model, session, end),
            rankings: end.rankings.iter().map(|row| rank_row(row, Some(row.user) == me)).collect(),
            statement: end.statement.as_ref().map(statement).unwrap_or_default(),
            maker: vec![
                (Term::Volume, money(end.metrics.volume)),
                (Term::MakerProfit, money_signed(end.metrics.mm_profit)),
                (Term::Fees, money(end.metrics.fees)),
                (Term::Seigniorage, money(end.metrics.seigniorage)),
            ],
            gas: if end.gas_total == Usdc::ZERO { String::new() } else { text::ui::gas_of_all(&money(end.gas_total)) },
        })
    }
}

/// Everyone in the first place; equal balances share it.
fn headline(rows: &[RankingRow]) -> String {
    let first: Vec<&RankingRow> = rows.iter().filter(|row| row.rank == 1).collect();
    let amount = first.first().map_or(Usdc::ZERO, |row| row.balance);
    let names: Vec<_> = first.iter().map(|row| (text::apart(&row.name), row.bot)).collect();
    words::wins(&names, &money(amount))
}

fn best_human(rows: &[RankingRow]) -> Option<String> {
    let best = rows.iter().find(|row| !row.bot).filter(|row| row.rank > 1)?;
    Some(words::best_human(&text::apart(&best.name), &ordinal(best.rank), &money(best.balance)))
}

fn own(model: &Model, session: &Replica, rows: &[RankingRow]) -> Option<Keepsake> {
    let row = rows.iter().find(|row| Some(row.user) == model.user())?;
    Some(Keepsake {
        player: text::apart(&row.name),
        session: text::apart(session.name()),
        place: words::place(&ordinal(row.rank), rows.len()),
        rank: row.rank,
        balance: money(row.balance),
        gain: money_signed(row.net_pnl),
        sign: row.net_pnl.0.signum(),
        best_words: words::BEST_TRADE,
        best: best_trade(model, session),
        file: words::picture_file(session.name()),
    })
}

fn why(model: &Model, session: &Replica, end: &EndReport) -> Vec<String> {
    let known = end.statement.as_ref().zip(model.own());
    known.map_or_else(Vec::new, |(statement, own)| reckoning(session, end.winner, statement, &own.positions))
}

/// The token that brought most, over all that was bought and sold of it and what it paid.
fn best_trade(model: &Model, session: &Replica) -> Option<String> {
    let best = model.own()?.positions.iter().max_by_key(|position| position.realised)?;
    let token = text::token(best.side, &text::apart(session.outcome_name(best.outcome)));
    (best.realised > Usdc::ZERO).then(|| words::best_trade(&token, &money_signed(best.realised)))
}

/// The place of every row's name among all, whatever its capitals. A page that orders by nothing need not bring it.
#[must_use]
pub fn name_places(rows: &[RankRow]) -> Vec<i64> {
    let names: Vec<String> = rows.iter().map(|row| row.name.trim_start_matches(ISOLATE).to_lowercase()).collect();
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    names.iter().map(|name| sorted.partition_point(|other| *other < name) as i64).collect()
}

fn rank_row(row: &RankingRow, you: bool) -> RankRow {
    let (balance, pnl, gas) = (row.balance.0, row.net_pnl.0, row.gas.0);
    RankRow {
        rank: row.rank,
        name: text::apart(&row.name),
        balance: money(row.balance),
        pnl: money_signed(row.net_pnl),
        pnl_sign: row.net_pnl.0.signum(),
        gain: gain_bp(row.gain_bp),
        trades: count(row.trades),
        gas: money(row.gas),
        you,
        bot: row.bot,
        keys: [-i64::from(row.rank), balance, pnl, row.gain_bp, row.trades as i64, gas],
    }
}

/// start + proceeds − costs + payouts + rebates + refunds − fees − gas − escrow = balance.
#[must_use]
pub fn statement(statement: &Statement) -> Vec<StatementLine> {
    let line = |words: &'static str, units: i64, sum: bool| {
        let plus = if units > 0 && !sum && words != text::ui::STATEMENT[0] { "+" } else { "" };
        let (amount, exact) = (format!("{plus}{}", money(Usdc(units))), money_exact(Usdc(units)));
        StatementLine { words, amount, exact, units: Usdc(units), sum }
    };
    let [start, proceeds, costs, payouts, rebates, refunds, fees, gas, locked, balance] = text::ui::STATEMENT;
    let mut lines = vec![
        line(start, statement.start.0, false),
        line(proceeds, statement.proceeds.0, false),
        line(costs, -statement.costs.0, false),
        line(payouts, statement.payouts.0, false),
        line(rebates, statement.rebates.0, false),
        line(refunds, statement.refunds.0, false),
        line(fees, -statement.fees.0, false),
        line(gas, -statement.gas.0, false),
    ];
    if statement.escrow.0 != 0 {
        lines.push(line(locked, -statement.escrow.0, false));
    }
    // What did not happen is no line: nobody has to learn what a penalty would have been.
    lines.retain(|line| line.words == start || line.units != Usdc::ZERO);
    lines.push(line(balance, statement.balance().0, true));
    lines
}
