//! The end: rankings for all, a statement for each.

use crate::{
    net::{ConnId, Wire},
    players::Seat,
    record::Done,
    session::Session,
    tick::Beat,
};
use bevy::prelude::*;
use outcry_engine::{Input, Usdc, UserId};
use outcry_shared::{
    formulas,
    message::{EndReport, RankingRow, ServerMessage},
};
use std::cmp::Reverse;

/// Sends the end report once the settlement is committed.
pub(super) fn tell_end(done: Res<Done>, beat: Res<Beat>, session: Res<Session>, seats: Query<&Seat>, mut wire: Wire) {
    let settled = beat.steps.iter().any(|step| matches!(step.input, Input::Final { .. }));
    if !done.beat || !settled {
        return;
    }
    let Some(report) = end_report(&session, &seats, None) else { return };
    let followers: Vec<(ConnId, Option<UserId>)> =
        wire.links.followers().map(|conn| (conn, wire.links.seat(conn))).collect();
    for (conn, user) in followers {
        let statement = user.map(|user| session.floor.ledger.statement(user));
        wire.send(conn, &ServerMessage::End(Box::new(EndReport { statement, ..report.clone() })));
    }
}

/// The end report for a participant or, without a statement, for a spectator.
pub(crate) fn end_report(session: &Session, seats: &Query<&Seat>, user: Option<UserId>) -> Option<EndReport> {
    let winner = session.floor.winner()?;
    let rankings = rankings(session, seats);
    Some(EndReport {
        winner,
        gas_total: session.floor.market.metrics().gas,
        rankings,
        metrics: session.floor.market.metrics(),
        statement: user.map(|user| session.floor.ledger.statement(user)),
    })
}

fn rankings(session: &Session, seats: &Query<&Seat>) -> Vec<RankingRow> {
    let row = |seat: &Seat| {
        let account = session.floor.market.account(seat.user).filter(|account| account.open)?;
        Some(RankingRow {
            rank: 0,
            user: seat.user,
            name: seat.name.clone(),
            balance: account.balance,
            net_pnl: Usdc(account.balance.0 - account.deposit.0),
            gain_bp: formulas::gain_bp(account.balance, account.deposit),
            trades: account.trade_count,
            gas: account.gas_paid,
            bot: seat.bot,
        })
    };
    let mut rows: Vec<_> = seats.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (Reverse(row.balance), row.user));
    let mut last: Option<(Usdc, u32)> = None;
    for (place, row) in (1..).zip(&mut rows) {
        row.rank = last.filter(|(balance, _)| *balance == row.balance).map_or(place, |(_, rank)| rank);
        last = Some((row.balance, row.rank));
    }
    rows
}
