//! What holds for every ticket, toast and term.
use crate::support::{busy, scenes};
use outcry_desk::{
    model::Model,
    text::{self, term::Term},
    view::{
        portfolio::PortfolioView,
        ticket::{Draft, TicketView},
    },
};
use outcry_engine::{Rate, amount::RATE_ONE};
use outcry_shared::ServerMessage;

#[test]
fn what_the_configuration_suggests_is_what_tickets_start_with() {
    let mut model = busy().model();
    let mut snapshot = busy().snapshot();
    snapshot.default_slippage_percent = 12;
    model.apply(ServerMessage::Snapshot(Box::new(snapshot)), 5_400);
    let ticket = |draft: Draft| TicketView::new(&model, &draft).unwrap().max_slippage;
    assert_eq!(ticket(Draft::default()), Rate(RATE_ONE / 100 * 12));
    let own = Rate(RATE_ONE / 100 * 3);
    assert_eq!(ticket(Draft { max_slippage: Some(own), ..Draft::default() }), own, "the player's own choice stands");
}

#[test]
fn an_accepted_order_is_said_until_its_receipt_comes() {
    let fresh =
        |model: &Model| -> Vec<String> { model.toasts().fresh(5_300).map(|toast| toast.title.clone()).collect() };
    let pending = fresh(&scenes::pending());
    assert!(pending.len() == 1 && pending[0].starts_with("Accepted: buy "), "{pending:?}");
    let filled = scenes::filled();
    let standing = fresh(&filled);
    assert!(standing.len() == 1 && standing[0].starts_with("Filled: buy "), "{standing:?}");
    assert!(filled.toasts().iter().any(|toast| toast.title == pending[0]), "the history keeps both");
}

#[test]
fn every_term_has_one_sentence_of_help() {
    for term in Term::ALL {
        let (name, help) = (term.name(), term.help());
        assert!(help.ends_with('.') && help.len() > 12 && help.len() < 200, "{name}: {help}");
    }
}

#[test]
fn a_spectator_sees_the_market_and_cannot_trade() {
    let model = busy().spectator();
    let draft = Draft { amount: "20".to_owned(), ..Draft::default() };
    let view = TicketView::new(&model, &draft).unwrap();
    assert!(view.preview.is_some(), "what it would cost is shown to everyone");
    assert_eq!(view.blocked.unwrap().reason, text::ticket::WATCHING);
}

#[test]
fn a_rejection_says_what_would_have_passed() {
    let model = scenes::rejected();
    let last = model.toasts().iter().last().unwrap();
    assert!(last.title.starts_with("Rejected: buy ") && last.body.starts_with("Too much at once: "), "{last:?}");
    assert!(last.body.contains(" tokens or allow 2.2\u{a0}%."), "what would be right: {last:?}");
    assert_eq!(model.orders().pending().count(), 0);
}

#[test]
fn what_is_shown_serialises() {
    let model = busy().model();
    let draft = Draft { amount: "20".to_owned(), ..Draft::default() };
    let ticket = serde_json::to_value(TicketView::new(&model, &draft)).unwrap();
    assert_eq!(ticket["name"], "Ada Lovelace");
    let portfolio = serde_json::to_value(PortfolioView::new(&model)).unwrap();
    assert_eq!(portfolio["orders"].as_array().unwrap().len(), 2);
}
