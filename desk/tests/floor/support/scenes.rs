//! Moments of a session, as a model knows them.

use super::{Host, ME, Wish, busy, market};
use outcry_desk::{
    action::{Action, Placement},
    model::{Model, REVEAL_MS},
    view::ticket::{Draft, TicketView},
};
use outcry_engine::{Direction, Input, OrderId, OrderKind, OutcomeId, Rate, Side, Usdc};
use outcry_shared::{
    ServerMessage,
    ledger::Statement,
    message::{EndReport, NewOrder, OrderAck, RankingRow},
    phase::Phase,
};

/// What the ticket sends for $20.
pub(crate) fn placement(model: &Model) -> Placement {
    let draft = Draft { amount: "20".to_owned(), ..Draft::default() };
    let view = TicketView::new(model, &draft).unwrap();
    Placement { order: view.order.unwrap(), preview: view.preview.map(|preview| preview.quote) }
}

/// An order that was sent and accepted; what it is is returned as well.
/// An order that was sent and is stored, and waits for its tick.
pub(crate) fn sent(host: &mut Host) -> (Model, NewOrder) {
    let mut model = host.model();
    let placement = placement(&model);
    let order = placement.order.clone();
    model.outgoing(&Action::PlaceOrder(Box::new(placement)), 5_100);
    let result = Ok((OrderId(9_000), host.now_ms));
    model.apply(ServerMessage::OrderAck(OrderAck { client_order_id: order.client_order_id, result }), 5_200);
    (model, order)
}

/// An order waits for its tick.
pub(crate) fn pending() -> Model {
    sent(&mut busy()).0
}

/// An order that went through the ticket, and its receipt.
pub(crate) fn filled() -> Model {
    let mut host = busy();
    let (mut model, order) = sent(&mut host);
    let wish = Wish { size: order.size, ..market(ME.0, 0, Side::Yes, Direction::Buy, 1) };
    receive(&mut model, &mut host, wish, order.client_order_id);
    model
}

/// An order that the tick refused: others came first.
pub(crate) fn rejected() -> Model {
    let mut host = busy();
    let (mut model, order) = sent(&mut host);
    let kind = OrderKind::Market { max_slippage: Rate(1_000_000) };
    let wish = Wish { kind, ..market(ME.0, 0, Side::Yes, Direction::Buy, 60) };
    receive(&mut model, &mut host, wish, order.client_order_id);
    model
}

fn receive(model: &mut Model, host: &mut Host, wish: Wish, number: u64) {
    let (update, mut own) = host.run(&[wish]);
    own.receipts[0].client_order_id = Some(number);
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::Private(own), 5_260);
}

/// An outcome has just left, and it is told which.
pub(crate) fn eliminated() -> Model {
    let mut model = breathless();
    model.reveal(5_250 + REVEAL_MS);
    model
}

/// The moment before.
pub(crate) fn breathless() -> Model {
    let mut host = busy();
    let mut model = host.model();
    host.phase = Phase::Frozen;
    let now_ms = host.now_ms + 1_000;
    host.now_ms = now_ms;
    let input = Input::Eliminate { outcomes: vec![OutcomeId(2)], round: Some(0), now_ms, resume_ms: now_ms + 9_000 };
    let (update, own) = host.step(&input);
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::Private(own), 5_260);
    model
}

/// Paid and ranked.
pub(crate) fn resolved() -> Model {
    let mut host = busy();
    let mut model = host.model();
    host.phase = Phase::Resolved;
    host.now_ms += 1_000;
    let (update, own) = host.step(&Input::Final { winner: OutcomeId(0), now_ms: host.now_ms });
    model.apply(ServerMessage::Tick(update), 5_250);
    let statement = own.statement;
    model.apply(ServerMessage::Private(own), 5_260);
    model.apply(ServerMessage::End(Box::new(end_report(&host, Some(statement)))), 5_270);
    model
}

pub(crate) fn end_report(host: &Host, statement: Option<Statement>) -> EndReport {
    let names = host.snapshot().seats;
    let rankings = host.leaders().into_iter().map(|row| {
        let account = host.market.account(row.user).unwrap();
        let seat = names.iter().find(|seat| seat.user == row.user).unwrap();
        RankingRow {
            rank: row.rank,
            user: row.user,
            name: seat.name.clone(),
            balance: account.balance,
            net_pnl: Usdc(account.balance.0 - account.deposit.0),
            gain_bp: row.gain_bp,
            trades: row.trades,
            gas: account.gas_paid,
            bot: seat.bot,
        }
    });
    let metrics = host.market.metrics();
    EndReport { winner: OutcomeId(0), rankings: rankings.collect(), gas_total: metrics.gas, metrics, statement }
}
