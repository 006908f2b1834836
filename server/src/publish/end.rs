//! The end: rankings for all, a statement for each.

use crate::{
    market::{Beat, Session},
    net::{ConnId, Wire},
    players::Seat,
    record::Done,
};
use bevy::prelude::*;
use outcry_engine::{Input, Usdc, UserId};
use outcry_shared::{
    formulas,
    message::{EndReport, RankingRow, ServerMessage},
    standing::ranked,
};

/// Sends the end report once the settlement is committed.
pub(super) fn tell_end(done: Res<Done>, beat: Res<Beat>, session: Res<Session>, seats: Query<&Seat>, mut wire: Wire) {
    let settled = beat.steps().iter().any(|step| matches!(step.input, Input::Final { .. }));
    if !done.beat() || !settled {
        return;
    }
    let Some(report) = end_report(&session, seats.iter(), None) else { return };
    let followers: Vec<(ConnId, Option<UserId>)> =
        wire.links.followers().map(|conn| (conn, wire.links.seat(conn))).collect();
    for (conn, user) in followers {
        let statement = user.map(|user| session.floor().ledger().statement(user));
        wire.send(conn, &ServerMessage::End(Box::new(EndReport { statement, ..report.clone() })));
    }
}

/// The end report for a participant or, without a statement, for a spectator.
pub(super) fn end_report<'s>(
    session: &Session,
    seats: impl Iterator<Item = &'s Seat>,
    user: Option<UserId>,
) -> Option<EndReport> {
    let winner = session.floor().winner()?;
    let rankings = rankings(session, seats);
    Some(EndReport {
        winner,
        gas_total: session.market().metrics().gas,
        rankings,
        metrics: session.market().metrics(),
        statement: user.map(|user| session.floor().ledger().statement(user)),
    })
}

fn rankings<'s>(session: &Session, seats: impl Iterator<Item = &'s Seat>) -> Vec<RankingRow> {
    let row = |seat: &Seat| {
        let account = session.market().account(seat.user()).filter(|account| account.open)?;
        Some(RankingRow {
            rank: 0,
            user: seat.user(),
            name: seat.name().to_owned(),
            balance: account.balance,
            net_pnl: Usdc(account.balance.0 - account.deposit.0),
            gain_bp: formulas::gain_bp(account.balance, account.deposit),
            trades: account.trade_count,
            gas: account.gas_paid,
            bot: seat.bot(),
        })
    };
    let rows = ranked(seats.filter_map(row), |row| (row.balance, row.user));
    rows.into_iter().map(|(rank, row)| RankingRow { rank, ..row }).collect()
}
