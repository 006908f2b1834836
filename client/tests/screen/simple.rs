//! The ticket as a newcomer has it, by clicks and keys.
use crate::{
    panels::{Window, click},
    support::{
        Host, busy, limit, market, party, scenes,
        stage::{Screen, painted, stage},
    },
};
use egui::{Key, Modifiers, Popup};
use egui_kittest::kittest::Queryable as _;
use outcry_desk::{
    action::Action,
    page::Tab,
    prefs::Prefs,
    text::term::Term,
    view::ticket::{Draft, Kind, TicketView, Unit},
};
use outcry_engine::{Direction, OutcomeId, Side, Tokens};
use outcry_shared::{message::NewOrder, phase::Phase};

const LAPTOP: [f32; 2] = [1280.0, 800.0];
const PHONE: [f32; 2] = [360.0, 740.0];

fn orders(window: &Window) -> Vec<NewOrder> {
    let placed = window.state().actions.iter().filter_map(|action| match action {
        Action::PlaceOrder(placement) => Some(placement.order.clone()),
        _ => None,
    });
    placed.collect()
}

/// What was remembered of hints.
fn hints(window: &Window) -> Vec<u8> {
    let saved = window.state().actions.iter().filter_map(|action| match action {
        Action::SavePrefs(prefs) => Some(prefs.hints_done),
        _ => None,
    });
    saved.collect()
}

fn unasked(mut screen: Screen) -> Screen {
    screen.ui.prefs.confirm_orders = false;
    screen
}

#[test]
fn a_newcomer_trades_by_three_taps() {
    let mut window = stage(scenes::newcomer(), PHONE);
    click(&mut window, "outcome.1.yes");
    assert_eq!(window.state().ui.tab, Tab::Ticket);
    click(&mut window, "ticket.bet.no");
    assert_eq!(orders(&window), [], "asked first");
    click(&mut window, "ticket.confirm");
    let placed = orders(&window);
    let what: Vec<_> = placed.iter().map(|order| (order.outcome, order.side, order.direction)).collect();
    assert_eq!(what, [(OutcomeId(1), Side::No, Direction::Buy)]);
    assert_eq!(hints(&window), [0b001, 0b011], "a price was tapped, an order was sent");
    assert!(window.state().ui.draft.amount.is_empty());
}

#[test]
fn the_question_says_what_is_left_of_an_amount() {
    for is_left in [true, false] {
        let mut screen = scenes::newcomer();
        screen.ui.tab = Tab::Ticket;
        let typed = (10..40).map(|cents| Draft { amount: format!("0.{cents}"), ..screen.ui.draft.clone() });
        let mut comes_out =
            typed.filter(|draft| TicketView::new(&screen.model, draft).unwrap().left.is_some() == is_left);
        screen.ui.draft = comes_out.next().unwrap();
        let mut window = stage(screen, PHONE);
        click(&mut window, "ticket.bet.yes");
        assert_eq!(window.query_by_label_contains("stays yours").is_some(), is_left);
    }
}

#[test]
fn a_better_price_than_the_button_s_is_explained() {
    let mut host = busy();
    host.run(&[limit(3, 0, Side::No, Direction::Buy, 47, 40)]);
    for full_ticket in [false, true] {
        let mut screen = Screen::new(host.model());
        screen.ui.prefs.full_ticket = full_ticket;
        screen.ui.draft.amount = "10".to_owned();
        let mut window = stage(screen, LAPTOP);
        let told = |window: &Window| window.query_by_label_contains("costs less than 66.0¢").is_some();
        assert!(told(&window), "whole: {full_ticket}");
        click(&mut window, if full_ticket { "ticket.submit" } else { "ticket.bet.yes" });
        assert!(told(&window), "in the question, whole: {full_ticket}");
    }
}

#[test]
fn an_amount_and_enter_bet_on_the_side_that_is_filled() {
    let mut window = stage(unasked(scenes::newcomer()), LAPTOP);
    click(&mut window, "outcome.2.no");
    click(&mut window, "ticket.quick.1");
    assert_eq!(window.state().ui.draft.counts(), Unit::Money);
    let units = window.state().ui.draft.units().unwrap();
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.run_ok();
    let placed = orders(&window);
    assert_eq!((placed.len(), placed[0].outcome, placed[0].side), (1, OutcomeId(2), Side::No));
    assert!(placed[0].size > Tokens(units), "a token costs less than a dollar");
}

#[test]
fn a_holding_that_is_tapped_is_offered_for_sale() {
    for (size, tab) in [(PHONE, Tab::Ticket), (LAPTOP, Tab::Portfolio)] {
        let mut screen = unasked(scenes::newcomer());
        screen.ui.tab = Tab::Portfolio;
        let mut window = stage(screen, size);
        click(&mut window, "position.2.no");
        assert_eq!((window.state().ui.tab, window.state().ui.draft.direction), (tab, Direction::Sell));
        click(&mut window, "ticket.submit");
        let held = window.state().model.free_tokens(OutcomeId(2), Side::No);
        let sold = orders(&window);
        assert_eq!((sold.len(), sold[0].direction, sold[0].size), (1, Direction::Sell, held));
        assert_eq!(window.state().ui.draft.direction, Direction::Buy, "the next thing is a purchase again");
    }
}

#[test]
fn the_whole_ticket_is_one_press_away_and_remembered() {
    let mut window = stage(scenes::newcomer(), LAPTOP);
    click(&mut window, "ticket.full");
    assert!(window.state().ui.prefs.full_ticket);
    click(&mut window, "ticket.kind.1");
    assert_eq!(window.state().ui.draft.kind, Kind::Limit);
    assert!(
        window.state().actions.iter().any(|action| matches!(action, Action::SavePrefs(prefs) if prefs.full_ticket))
    );
    window.state_mut().ui.prefs.full_ticket = true;
    click(&mut window, "ticket.kind.0");
    click(&mut window, "ticket.simple");
    assert!(window.state().ui.widgets.get("ticket.bet.yes").is_some());
}

#[test]
fn too_much_is_mended_by_one_tap() {
    let mut screen = unasked(scenes::newcomer());
    screen.ui.draft.amount = "300".to_owned();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "ticket.bet.yes");
    assert_eq!(orders(&window), [], "it is disabled");
    click(&mut window, "ticket.repair.0");
    click(&mut window, "ticket.bet.yes");
    assert_eq!(orders(&window).len(), 1);
}

#[test]
fn a_hint_can_be_put_away() {
    let mut window = stage(scenes::newcomer(), LAPTOP);
    click(&mut window, "hint.done");
    assert_eq!(hints(&window), [0b001]);
}

#[test]
fn whoever_opts_in_to_auto_fill_reads_what_it_does() {
    let mut window = stage(scenes::trading(), LAPTOP);
    click(&mut window, "ticket.kind.1");
    assert!(window.query_by_label(Term::AutoFill.help()).is_none());
    click(&mut window, "ticket.autofill");
    assert!(window.query_by_label(Term::AutoFill.help()).is_some());
}

#[test]
fn a_tap_on_a_term_explains_it() {
    let mut screen = scenes::trading();
    screen.ui.draft.amount = "20".to_owned();
    let mut window = stage(screen, LAPTOP);
    let before = Popup::is_any_open(&window.ctx);
    let at = window.get_by_label("Max slippage").rect().center();
    crate::panels::click_at(&mut window, at);
    assert!(!before && Popup::is_any_open(&window.ctx));
}

#[test]
fn who_leads_is_named_whole_beside_the_ticket() {
    // As long as the longest of a crowd of bots.
    let names = ["Noor", "Max", "Reggie Strati-bot", "Minnie Spre-bot", "Priya"];
    let whole = ["Reggie Strati-bot (bot)", "Minnie Spre-bot (bot)", "Noor (you)"];
    for size in [LAPTOP, PHONE] {
        let mut host = Host::with_names(party(), &names);
        host.phase = Phase::Running;
        host.run(&[market(3, 0, Side::Yes, Direction::Buy, 20), market(4, 1, Side::Yes, Direction::Buy, 20)]);
        let mut screen = Screen::new(host.model());
        screen.ui.prefs = Prefs::default();
        screen.ui.tab = if size == PHONE { Tab::Leaders } else { Tab::Chart };
        let painted = painted(&stage(screen, size));
        for name in whole {
            assert!(painted.iter().any(|(_, text)| text == name), "{name} is cut: {painted:?}");
        }
    }
}
