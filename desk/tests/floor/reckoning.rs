//! Why one ended where one did, from the statement's own figures.
use crate::support::{Host, market, party, scenes};
use outcry_desk::{format::money, model::Model, view::end::EndView};
use outcry_engine::{Direction, Input, OutcomeId, Side, Usdc};
use outcry_shared::{ServerMessage, ledger::Statement, phase::Phase};

/// What is said after these trades, when Ada wins, and the statement.
fn ended(ticks: &[Vec<crate::support::Wish>], gas: Usdc) -> (Vec<String>, Statement) {
    let mut params = party();
    params.gas_fee = gas;
    let mut host = Host::new(params);
    host.phase = Phase::Running;
    for wishes in ticks {
        host.run(wishes);
    }
    let mut model: Model = host.model();
    host.phase = Phase::Resolved;
    host.now_ms += 1_000;
    let (update, own) = host.step(&Input::Final { winner: OutcomeId(0), now_ms: host.now_ms });
    let statement = own.statement;
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::Private(own), 5_260);
    model.apply(ServerMessage::End(Box::new(scenes::end_report(&host, Some(statement)))), 5_270);
    (EndView::new(&model).unwrap().why, statement)
}

#[test]
fn what_won_what_was_sold_and_where_most_was_lost() {
    use Direction::{Buy, Sell};
    use Side::{No, Yes};
    let bought = vec![market(1, 0, Yes, Buy, 14), market(1, 1, Yes, Buy, 30), market(1, 2, No, Buy, 10)];
    let sold = vec![market(1, 2, No, Sell, 4)];
    let (said, statement) = ended(&[bought, sold], Usdc::ZERO);
    let (paid, back) = (money(statement.costs + statement.fees), money(statement.proceeds));
    assert_eq!(statement.payouts, Usdc::whole(20), "14 YES Ada and 6 NO Carl");
    let with = if statement.fees > Usdc::ZERO { ", fees included" } else { "" };
    assert_eq!(said[0], format!("You paid {paid}{with}; selling brought {back} and winning tokens $20.00."));
    assert!(said[1].starts_with("Most was lost on YES Blaise, which paid nothing: −$"), "{said:?}");
    assert_eq!(said.len(), 2);
}

#[test]
fn nothing_that_came_back_and_nothing_that_was_bought_are_said_as_such() {
    let (said, statement) = ended(&[vec![market(1, 1, Side::Yes, Direction::Buy, 30)]], Usdc::whole(1));
    let paid = money(statement.costs + statement.fees + statement.gas);
    assert_eq!(said[0], format!("You paid {paid}, fees included; no token of yours won."));
    let (said, _) = ended(&[], Usdc::ZERO);
    assert_eq!(said, ["You bought nothing, and so kept what you started with."]);
}

#[test]
fn who_only_gained_and_who_only_watched_are_told_of_no_loss() {
    let (said, statement) = ended(&[vec![market(1, 0, Side::Yes, Direction::Buy, 14)]], Usdc::ZERO);
    assert!(said[0].ends_with("; winning tokens brought $14.00."), "{said:?}");
    assert!(statement.balance() > statement.start);
    assert_eq!(said.len(), 1);
    let mut watching = Host::new(party()).spectator();
    let host = Host::new(party());
    watching.apply(ServerMessage::End(Box::new(scenes::end_report(&host, None))), 5_270);
    assert_eq!(EndView::new(&watching).map(|view| view.why), Some(vec![]));
}

#[test]
fn what_was_sold_without_a_win_is_said() {
    let bought = vec![market(1, 1, Side::Yes, Direction::Buy, 30)];
    let sold = vec![market(1, 1, Side::Yes, Direction::Sell, 30)];
    let (said, statement) = ended(&[bought, sold], Usdc::ZERO);
    let back = money(statement.proceeds);
    assert!(said[0].ends_with(&format!("; selling brought {back}, and no token of yours won.")), "{said:?}");
    assert_eq!(said.len(), 1 + usize::from(statement.balance() < statement.start));
}
