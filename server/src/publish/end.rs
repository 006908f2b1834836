//! The end: rankings for all, a statement for each.

use super::splice::Results;
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
    message::{EndReport, RankingRow},
    standing::ranked,
};

/// Sends the end report once the settlement is committed.
pub(super) fn tell_end(done: Res<Done>, beat: Res<Beat>, session: Res<Session>, seats: Query<&Seat>, mut wire: Wire) {
    let settled = beat.steps().iter().any(|step| matches!(step.input, Input::Final { .. }));
    if !done.beat() || !settled {
        return;
    }
    let Some(results) = results(&session, seats.iter()) else { return };
    let followers: Vec<(ConnId, Option<UserId>)> =
        wire.links.followers().map(|conn| (conn, wire.links.seat(conn))).collect();
    for (conn, user) in followers {
        let statement = user.map(|user| session.floor().ledger().statement(user));
        wire.send_encoded(conn, &results.message(statement.as_ref()));
    }
    wire.pass_on(results.message(None));
}

/// What the session came to, for everyone; nothing before its end.
pub(super) fn results<'s>(session: &Session, seats: impl Iterator<Item = &'s Seat>) -> Option<Results> {
    let winner = session.floor().winner()?;
    Some(Results::of(&EndReport {
        winner,
        gas_total: session.market().metrics().gas,
        rankings: rankings(session, seats),
        metrics: session.market().metrics(),
        statement: None,
    }))
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
