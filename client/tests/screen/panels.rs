//! Panels driven as people drive them: clicks and keys in, actions out.
use crate::support::{
    busy, scenes,
    stage::{Screen, stage},
};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outcry_desk::{
    action::Action,
    model::REVEAL_MS,
    page::{Section, Tab},
    prefs::Prefs,
    view::ticket::{Kind, Unit},
};
use outcry_engine::{Direction, OrderKind, OutcomeId, Price, Side, Tokens};
use outcry_shared::{ServerMessage, message::HostAct, phase::Phase, secret::Secret};

pub(crate) type Window = Harness<'static, Screen>;

const LAPTOP: [f32; 2] = [1280.0, 800.0];
const PHONE: [f32; 2] = [360.0, 740.0];

/// Clicks the middle of a thing by its stable name.
pub(crate) fn click(window: &mut Window, name: &str) {
    let place = window.state().ui.widgets.get(name).unwrap_or_else(|| {
        let all: Vec<String> = window.state().ui.widgets.iter().map(|(name, _)| name.to_owned()).collect();
        panic!("{name} is not on the screen; there are {all:?}")
    });
    let pos = place.center();
    click_at(window, pos);
}

pub(crate) fn click_at(window: &mut Window, pos: egui::Pos2) {
    for event in [
        egui::Event::PointerMoved(pos),
        egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        },
        egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        },
    ] {
        // One frame each: a button that is held for long is not a click.
        window.event(event);
        window.step();
    }
    window.run_ok();
}

pub(crate) fn type_text(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_ok();
}

fn press(window: &mut Window, key: Key, modifiers: Modifiers) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

fn orders(window: &Window) -> Vec<outcry_shared::message::NewOrder> {
    let placed = window.state().actions.iter().filter_map(|action| match action {
        Action::PlaceOrder(placement) => Some(placement.order.clone()),
        _ => None,
    });
    placed.collect()
}

fn no_confirmation(mut screen: Screen) -> Screen {
    screen.ui.prefs = Prefs { confirm_orders: false, ..screen.ui.prefs };
    screen
}

#[test]
fn a_typed_amount_and_a_click_are_an_order() {
    let mut window = stage(no_confirmation(scenes::trading()), LAPTOP);
    click(&mut window, "outcome.1.no");
    click(&mut window, "ticket.amount");
    type_text(&mut window, "12");
    let expected = outcry_desk::view::ticket::TicketView::new(&window.state().model, &window.state().ui.draft).unwrap();
    click(&mut window, "ticket.submit");
    let placed = orders(&window);
    assert_eq!(placed.len(), 1);
    let order = &placed[0];
    assert_eq!((order.outcome, order.side, order.direction), (OutcomeId(1), Side::No, Direction::Buy));
    assert_eq!(Some(order.size), expected.size);
    assert!(expected.preview.unwrap().quote.total.0 <= 12_000_000);
    assert!(window.state().ui.draft.amount.is_empty(), "the amount is cleared, so that it is not sent twice");
}

#[test]
fn a_confirmation_stands_between_the_button_and_the_order() {
    let mut window = stage(scenes::trading(), LAPTOP);
    click(&mut window, "ticket.quick.0");
    click(&mut window, "ticket.submit");
    assert_eq!(orders(&window), []);
    click(&mut window, "ticket.back");
    assert_eq!(orders(&window), []);
    click(&mut window, "ticket.submit");
    click(&mut window, "ticket.confirm");
    assert_eq!(orders(&window).len(), 1);
}

#[test]
fn a_confirmation_waits_while_the_order_cannot_be_sent() {
    let mut screen = scenes::trading();
    screen.ui.draft.amount = "300".to_owned();
    screen.ui.draft.confirming = true;
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "ticket.confirm");
    assert_eq!(orders(&window), [], "its slippage is too large");
    assert!(window.state().ui.draft.confirming, "what one was asked stays");
    window.state_mut().ui.draft.amount = "10".to_owned();
    click(&mut window, "ticket.confirm");
    assert_eq!(orders(&window).len(), 1);
}

#[test]
fn every_trade_is_possible_on_a_phone_without_a_keyboard() {
    let mut window = stage(no_confirmation(scenes::trading()), PHONE);
    click(&mut window, "outcome.0.yes");
    assert_eq!(window.state().ui.tab, Tab::Ticket);
    click(&mut window, "ticket.direction.1");
    click(&mut window, "ticket.quick.0");
    click(&mut window, "ticket.submit");
    let sold = orders(&window);
    assert_eq!(sold[0].direction, Direction::Sell);
    let held = window.state().model.free_tokens(OutcomeId(0), Side::Yes);
    assert_eq!(sold[0].size, Tokens(held.0 / 4 / 10_000 * 10_000));
    click(&mut window, "ticket.direction.0");
    click(&mut window, "ticket.kind.1");
    click(&mut window, "ticket.quick.1");
    click(&mut window, "ticket.submit");
    let placed = orders(&window);
    assert!(matches!(placed[1].kind, OrderKind::Limit { price, .. } if price.0 % 10_000 == 0));
}

#[test]
fn slippage_is_repaired_by_one_tap() {
    let mut screen = no_confirmation(scenes::trading());
    screen.ui.draft.amount = "300".to_owned();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "ticket.submit");
    assert_eq!(orders(&window), [], "it is disabled");
    click(&mut window, "ticket.repair.0");
    assert_eq!(window.state().ui.draft.counts(), Unit::Money, "who counts money goes on counting it");
    click(&mut window, "ticket.submit");
    assert_eq!(orders(&window).len(), 1);
}

#[test]
fn a_larger_slippage_can_be_allowed_by_one_tap() {
    let mut screen = scenes::trading();
    screen.ui.draft.amount = "150".to_owned();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "ticket.repair.1");
    click(&mut window, "ticket.submit");
    click(&mut window, "ticket.confirm");
    assert_eq!(orders(&window).len(), 1);
}

#[test]
fn what_is_in_the_way_is_said() {
    let check = |name: &str, screen: Screen, words: &str| {
        let mut window = stage(screen, LAPTOP);
        click(&mut window, "ticket.submit");
        assert_eq!(orders(&window), [], "{name}");
        let view = outcry_desk::view::ticket::TicketView::new(&window.state().model, &window.state().ui.draft).unwrap();
        let reason = view.blocked.unwrap().reason;
        assert!(reason.contains(words), "{name}: {reason}");
    };
    let typed = |amount: &str| {
        let mut screen = no_confirmation(scenes::trading());
        screen.ui.draft.amount = amount.to_owned();
        screen
    };
    check("nothing typed", typed(""), "Choose an amount");
    check("not a number", typed("ten"), "not a number");
    check("zero", typed("0"), "not a number above 0");
    let mut small = typed("0.001");
    small.ui.draft.unit = Unit::Tokens;
    check("too small", small, "0.01");
    check("slippage", typed("300"), "allow");
    let mut funds = typed("5000");
    funds.ui.draft.kind = Kind::Limit;
    funds.ui.draft.unit = Unit::Tokens;
    check("funds", funds, "you have");
    let mut nothing = typed("5");
    nothing.ui.draft.outcome = OutcomeId(3);
    nothing.ui.draft.direction = Direction::Sell;
    check("nothing to sell", nothing, "no free YES Dorothy");
    let mut paused = scenes::in_phase(Phase::Paused);
    paused.ui.draft.amount = "5".to_owned();
    check("paused", paused, "paused");
    let mut frozen = scenes::in_phase(Phase::Frozen);
    frozen.ui.draft.amount = "5".to_owned();
    check("frozen", frozen, "frozen");
    let mut away = typed("5");
    away.model.lose(0, None);
    check("away", away, "Not connected");
}

#[test]
fn the_ticket_leaves_the_outcome_that_left() {
    let mut screen = scenes::breathless();
    screen.ui.draft.outcome = OutcomeId(2);
    screen.ui.draft.amount = "5".to_owned();
    let mut window = stage(screen, LAPTOP);
    assert_eq!(window.state().ui.draft.outcome, OutcomeId(2), "nobody is told by it who left");
    let now_ms = window.state().now_ms + REVEAL_MS;
    window.state_mut().model.reveal(now_ms);
    window.state_mut().now_ms = now_ms;
    window.run_ok();
    let draft = &window.state().ui.draft;
    assert!(draft.outcome != OutcomeId(2) && draft.amount.is_empty(), "{draft:?}");
}

#[test]
fn a_phone_shows_who_is_out_until_that_is_put_away() {
    let places = egui::Rect::from_min_size(egui::Pos2::ZERO, PHONE.into());
    let share = |window: &Window| window.state().ui.floor.free.height() / places.height();
    let mut window = stage(scenes::eliminated(), PHONE);
    assert!((share(&window) - 0.6).abs() < 0.01, "the floor has the screen: {}", share(&window));
    assert_eq!(window.state().ui.widgets.get("tab.portfolio"), None);
    let away = window.state().ui.widgets.get("moment.away").unwrap();
    assert!(away.top() > places.bottom() - 56.0, "in the tabs' place it says when they are back: {away}");
    click(&mut window, "moment.away");
    assert!(share(&window) < 0.3 && window.state().ui.tab == Tab::Portfolio, "orders can be cancelled");
    let mut window = stage(scenes::resolved(), PHONE);
    assert!((share(&window) - 0.6).abs() < 0.01, "and at the end");
    let seen = |label: &str| window.get_by_label_contains(label).rect().bottom() <= places.bottom();
    assert!(seen("The name drawn was "), "which name was drawn is no secret of the fold");
    assert!(
        window.state().ui.widgets.get("end.all").unwrap().bottom() <= places.bottom(),
        "and nothing gives way to it"
    );
    click(&mut window, "end.all");
    assert!(share(&window) < 0.3, "until one wants to see all");
}

#[test]
fn a_page_keeps_a_result_as_a_picture_and_a_window_has_none() {
    let window = stage(scenes::resolved(), LAPTOP);
    assert_eq!(window.state().ui.widgets.get("end.keep"), None);
    let mut screen = scenes::resolved();
    screen.ui.light_floor = true;
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "end.keep");
    let [Action::Keep(result)] = &window.state().actions[..] else { panic!("{:?}", window.state().actions) };
    assert_eq!(result.file, "outcry-friday-night.png");
}

#[test]
fn a_click_on_a_level_fills_the_ticket() {
    let mut screen = scenes::tab(Tab::Book);
    screen.ui.draft.amount = "20".to_owned();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "book.yes.bid.500000");
    let draft = &window.state().ui.draft;
    assert_eq!((draft.direction, draft.kind, draft.limit), (Direction::Sell, Kind::Limit, Some(Price(500_000))));
}

#[test]
fn orders_are_cancelled_one_by_one_and_all_at_once() {
    let mut window = stage(scenes::tab(Tab::Portfolio), LAPTOP);
    let open: Vec<_> = window.state().model.own().unwrap().open_orders.iter().map(|order| order.id).collect();
    assert_eq!(open.len(), 2);
    press(&mut window, Key::X, Modifiers::NONE);
    press(&mut window, Key::X, Modifiers::SHIFT);
    assert_eq!(window.state().actions, [Action::Cancel(open[1]), Action::CancelAll]);
}

#[test]
fn the_keyboard_trades() {
    let mut window = stage(no_confirmation(scenes::trading()), LAPTOP);
    for key in [Key::Num2, Key::N, Key::L] {
        press(&mut window, key, Modifiers::NONE);
    }
    let before = {
        let draft = &window.state().ui.draft;
        assert_eq!((draft.outcome, draft.side, draft.kind), (OutcomeId(1), Side::No, Kind::Limit));
        outcry_desk::view::ticket::TicketView::new(&window.state().model, draft).unwrap().limit
    };
    press(&mut window, Key::ArrowDown, Modifiers::SHIFT);
    press(&mut window, Key::ArrowUp, Modifiers::NONE);
    assert_eq!(window.state().ui.draft.limit, Some(Price(before.0 - 40_000)));
    click(&mut window, "ticket.amount");
    type_text(&mut window, "5");
    press(&mut window, Key::Enter, Modifiers::NONE);
    assert_eq!(orders(&window).len(), 1);
    press(&mut window, Key::Escape, Modifiers::NONE);
    assert!(window.state().ui.draft.amount.is_empty());
}

#[test]
fn the_host_logs_in_and_starts() {
    let mut screen = scenes::in_phase(Phase::Lobby);
    screen.ui.open_host();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "host.password");
    type_text(&mut window, "open sesame");
    click(&mut window, "host.login");
    let login = Action::HostLogin(Secret::new("open sesame"));
    assert_eq!(window.state().actions, std::slice::from_ref(&login));
    let reason = "wrong password".to_owned();
    let now_ms = window.state().now_ms;
    window.state_mut().model.apply(ServerMessage::HostDenied { reason, retry_after_ms: 0 }, now_ms);
    window.run_ok();
    click(&mut window, "host.login");
    assert_eq!(
        window.state().actions,
        [login.clone(), login],
        "what was typed is there still, as the page's field has it"
    );
    let mut host = busy();
    host.phase = Phase::Lobby;
    scenes::log_in(&mut window.state_mut().model, &host);
    window.run_ok();
    assert_eq!(window.state().ui.host.password, "", "it is forgotten once it was right");
    click(&mut window, "host.start");
    assert_eq!(window.state().actions[2], Action::Host(HostAct::Start));
}

#[test]
fn destructive_acts_are_armed_first() {
    let mut screen = scenes::hosting(Phase::Running);
    let now_ms = screen.now_ms;
    screen.ui.host.emergency.toggle(now_ms);
    let mut window = stage(screen, [1_280.0, 1_400.0]);
    click(&mut window, "host.reset");
    assert_eq!(window.state().actions, []);
    window.state_mut().now_ms += 20_000;
    window.run_ok();
    click(&mut window, "host.reset");
    assert_eq!(window.state().actions, [], "the first press was forgotten");
    click(&mut window, "host.reset");
    assert_eq!(window.state().actions, [Action::Host(HostAct::Reset)]);
}

#[test]
fn errors_stand_at_their_fields_all_at_once() {
    let mut screen = scenes::hosting(Phase::Lobby);
    screen.ui.host.section = Section::Configure;
    screen.ui.host.advanced = true;
    let mut window = stage(screen, [1280.0, 3_000.0]);
    click(&mut window, "field.f");
    press(&mut window, Key::A, Modifiers::COMMAND);
    type_text(&mut window, "0.5");
    click(&mut window, "field.total_duration");
    press(&mut window, Key::A, Modifiers::COMMAND);
    type_text(&mut window, "soon");
    let form = window.state().ui.host.form.as_ref().unwrap();
    assert_eq!(form.errors("f").count(), 1);
    assert_eq!(form.errors("total_duration").count(), 1);
    assert!(form.checked().config.is_none());
    click(&mut window, "host.apply");
    assert_eq!(window.state().actions, [], "what is wrong cannot be applied");
    click(&mut window, "field.f");
    press(&mut window, Key::A, Modifiers::COMMAND);
    type_text(&mut window, "0.02");
    click(&mut window, "field.total_duration");
    press(&mut window, Key::A, Modifiers::COMMAND);
    type_text(&mut window, "20:00");
    click(&mut window, "host.apply");
    let [Action::Host(HostAct::Configure(config))] = &window.state().actions[..] else {
        panic!("expected one configuration: {:?}", window.state().actions)
    };
    assert_eq!((config.params.total_duration, config.params.f.0), (1_200, 20_000_000));
}

#[test]
fn a_saved_configuration_can_be_loaded_and_a_broken_file_says_why() {
    let mut screen = scenes::hosting(Phase::Lobby);
    let mut config = outcry_shared::config::presets()[1].config.clone();
    config.name = "Rehearsal".to_owned();
    screen.ui.load_config(Ok(config.to_json()));
    assert_eq!(screen.ui.host.form.as_ref().unwrap().checked().config.as_deref(), Some(&config));
    screen.ui.load_config(Ok("{".to_owned()));
    assert_eq!(screen.ui.host.file_errors.len(), 1);
    assert_eq!(screen.ui.host.form.as_ref().unwrap().name, "Rehearsal", "the form stays");
}

#[test]
fn an_order_is_sent_once_however_often_it_is_asked_for() {
    let mut screen = no_confirmation(scenes::trading());
    screen.ui.draft.amount = "5".to_owned();
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "ticket.submit");
    let action = window.state().actions[0].clone();
    let model = &mut window.state_mut().model;
    assert!(model.outgoing(&action, 6_000).is_some());
    assert!(model.outgoing(&action, 6_001).is_none());
    assert_eq!(model.orders().unanswered().count(), 1);
}
