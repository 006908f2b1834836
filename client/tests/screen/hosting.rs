//! The host's overlay: what a press does, and what it needs to be armed.
use crate::{
    panels::{Window, click, click_at, type_text},
    support::{
        busy, scenes,
        stage::{Screen, stage},
    },
};
use egui::{accesskit::Role, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use outcry_desk::{
    action::{Action, Export},
    model::ToastKind,
    page::Section,
    text::toast,
};
use outcry_engine::{OutcomeId, Rate, UserId};
use outcry_shared::{
    ServerMessage,
    config::{Choice, Elimination, presets},
    message::{HostAct, Progress, Rehearsal, Resolve, Welcome},
    phase::Phase,
    secret::SeatCode,
};

const LAPTOP: [f32; 2] = [1280.0, 800.0];
const LYING: [f32; 2] = [740.0, 360.0];
/// High enough for everything that is unfolded.
pub(crate) const TALL: [f32; 2] = [1280.0, 1_500.0];

pub(crate) fn running(section: Section) -> Window {
    let mut screen = scenes::hosting(Phase::Running);
    screen.ui.host.section = section;
    let now_ms = screen.now_ms;
    screen.ui.host.emergency.toggle(now_ms);
    stage(screen, TALL)
}

pub(crate) fn acts(window: &Window) -> Vec<HostAct> {
    let acts = window.state().actions.iter().filter_map(|action| match action {
        Action::Host(act) => Some(act.clone()),
        _ => None,
    });
    acts.collect()
}

pub(crate) fn has(window: &Window, name: &str) -> bool {
    window.state().ui.widgets.get(name).is_some()
}

#[test]
fn the_winner_that_is_set_is_the_one_that_the_button_names() {
    let mut window = running(Section::Run);
    click(&mut window, "host.winner.set");
    click(&mut window, "host.winner.set");
    assert_eq!(acts(&window), [], "nobody has been chosen");
    click(&mut window, "host.winner");
    let past = pos2(4.0, TALL[1] - 4.0);
    click_at(&mut window, past);
    assert_eq!(window.state().ui.host.winner, None, "a click past the menu chooses nobody");
    assert!(!has(&window, "host.winner.set.1"), "and there is no button for a choice that was lost");
    let times = |window: &Window| said(window).matches("Blaise").count();
    let before = times(&window);
    click(&mut window, "host.winner");
    click(&mut window, "host.winner.show");
    click(&mut window, "host.winner.1");
    assert_eq!(times(&window), before, "the screen is mirrored: {}", said(&window));
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [], "armed");
    assert_eq!(times(&window), before, "nor does the question name it: {}", said(&window));
    click(&mut window, "host.winner.peek");
    assert!(said(&window).contains("Let the winner be Blaise"), "{}", said(&window));
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [HostAct::SetWinner(Choice::Fixed(OutcomeId(1)))]);
}

#[test]
fn whatever_an_act_was_armed_on_is_what_it_does() {
    let mut window = running(Section::Run);
    window.state_mut().ui.host.winner = Some(Choice::Fixed(OutcomeId(0)));
    window.run_ok();
    click(&mut window, "host.winner.set.0");
    window.state_mut().ui.host.winner = Some(Choice::Fixed(OutcomeId(1)));
    window.run_ok();
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [], "another winner");
    window.state_mut().ui.host.leaving = vec![OutcomeId(1)];
    window.run_ok();
    click(&mut window, "host.eliminate");
    window.state_mut().ui.host.leaving = vec![OutcomeId(2), OutcomeId(1)];
    window.run_ok();
    click(&mut window, "host.eliminate");
    assert_eq!(acts(&window), [], "others leave");
    click(&mut window, "host.eliminate");
    assert_eq!(acts(&window), [HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1), OutcomeId(2)]))]);
}

#[test]
fn the_next_round_is_the_one_that_was_armed() {
    let mut window = running(Section::Run);
    click(&mut window, "host.resolve.next");
    let mut state = window.state().model.host().state.clone().unwrap();
    // The round has been held meanwhile, and it was the last.
    state.next_round = None;
    window.state_mut().model.apply(ServerMessage::HostState(state.clone()), 5_200);
    window.run_ok();
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.next");
    assert_eq!(acts(&window), [], "none is left");
    state.next_round = Some(1);
    window.state_mut().model.apply(ServerMessage::HostState(state), 5_200);
    window.run_ok();
    // It asks still, about the round that it had asked about.
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.final");
    click(&mut window, "host.resolve.final");
    let expected = [Resolve::Next(1), Resolve::Final(OutcomeId(3))].map(HostAct::Resolve);
    assert_eq!(acts(&window), expected);
}

#[test]
fn a_seat_is_given_to_another_device() {
    let mut window = running(Section::Lobby);
    click(&mut window, "host.seat.4");
    let user = UserId(4);
    assert_eq!(acts(&window), [HostAct::GiveBack { user }]);
    let code = SeatCode([0xab; 16]);
    window.state_mut().model.apply(ServerMessage::SeatCode { user, code, valid_ms: 600_000 }, 5_200);
    window.run_ok();
    click(&mut window, "host.seat.copy");
    let link = format!("https://floor.example.org/#seat={}", "ab".repeat(16));
    assert!(window.state().actions.contains(&Action::Copy(link)), "{:?}", window.state().actions);
    window.state_mut().now_ms += 600_000;
    window.run_ok();
    assert!(!has(&window, "host.seat.copy"), "it is worth nothing any more");
}

/// Everything that a screen says beside what is typed, as a screen reader would be told it.
pub(crate) fn said(window: &Window) -> String {
    let nodes = window.query_all_by(|_| true).map(|node| node.accesskit_node());
    let said = nodes.filter(|node| !node.is_text_input()).flat_map(|node| [node.label(), node.value()]);
    said.flatten().collect::<Vec<_>>().join("\n")
}

#[test]
fn the_script_is_covered_everywhere_until_somebody_asks_for_it() {
    for section in [Section::Run, Section::Lobby, Section::Watch, Section::Export, Section::Configure] {
        let phase = if section == Section::Configure { Phase::Lobby } else { Phase::Running };
        let mut screen = scenes::hosting(phase);
        let mut state = screen.model.host().state.clone().unwrap();
        let names = state.config.params.outcome_names.clone();
        state.config.script.winner = Choice::Fixed(OutcomeId(3));
        state.config.script.eliminate[0] = Elimination::Fixed(vec![OutcomeId(2)]);
        screen.model.apply(ServerMessage::HostState(state), 5_120);
        screen.ui.host.section = section;
        let now_ms = screen.now_ms;
        screen.ui.host.emergency.toggle(now_ms);
        let window = stage(screen, TALL);
        let said = said(&window);
        for secret in ["Winner: ", "set winner to"] {
            assert!(!said.contains(secret), "{section:?} says {secret}: {said}");
        }
        if section == Section::Configure {
            assert!(said.contains("chosen, hidden") && said.contains("1 chosen, hidden"), "{said}");
            let times = [2, 3].map(|id: usize| said.matches(names[id].as_str()).count());
            assert_eq!(times, [1, 1], "each in its own field alone: {said}");
        }
    }
    let mut window = running(Section::Run);
    assert!(said(&window).contains("Winner and eliminations: hidden"));
    click(&mut window, "host.peek");
    assert!(said(&window).contains("Winner: ") && said(&window).contains("set winner to Dorothy"));
    window.state_mut().now_ms += 10_000;
    window.run_ok();
    assert!(!said(&window).contains("Winner: "), "covered again by itself");
}

/// What a pointer rests on, and what is marked as chosen, would tell the room.
#[test]
fn lists_to_choose_from_name_nobody_until_somebody_asks_and_forget_it_when_closed() {
    let configure = || {
        let mut screen = scenes::hosting(Phase::Lobby);
        screen.ui.host.section = Section::Configure;
        stage(screen, TALL)
    };
    let lists = [
        (running(Section::Run), "host.winner", "host.winner.4"),
        (configure(), "host.form.winner", "host.form.winner.4"),
        (configure(), "host.round.0.eliminate", "host.round.leaves.4"),
    ];
    for (mut window, list, entry) in lists {
        // The last of them, which is to be seen without a wheel.
        let before = said(&window).matches("Emmy").count();
        let names = |window: &Window| said(window).matches("Emmy").count() - before;
        click(&mut window, list);
        assert_eq!((names(&window), has(&window, entry)), (0, false), "{list} is open: {}", said(&window));
        click(&mut window, &format!("{list}.show"));
        assert_eq!((names(&window), has(&window, entry)), (1, true), "{list} is uncovered: {}", said(&window));
        click_at(&mut window, pos2(4.0, TALL[1] - 4.0));
        click(&mut window, list);
        assert_eq!((names(&window), has(&window, entry)), (0, false), "{list} is open again: {}", said(&window));
    }
}

#[test]
fn what_is_to_be_mended_is_led_to() {
    let mut screen = scenes::hosting(Phase::Lobby);
    screen.ui.host.section = Section::Configure;
    let mut config = outcry_shared::config::presets()[0].config.clone();
    config.params.f = Rate(90_000_000);
    config.name.clear();
    screen.ui.host.start_from(&config, true);
    let mut window = stage(screen, LAPTOP);
    assert!(!has(&window, "field.f"), "folded away");
    let mut typed = Vec::new();
    for _ in 0..2 {
        click(&mut window, "host.errors");
        window.run_ok();
        window.run_ok();
        typed.extend(["f", "name"].into_iter().find(|field| has(&window, &format!("field.{field}"))));
        type_text(&mut window, "0");
    }
    let form = window.state().ui.host.form.as_ref().unwrap();
    assert!(form.values["f"].contains('0') && form.name == "0", "typed into both: {:?}", form.checked().errors);
}

#[test]
fn the_floor_stays_visible_beside_the_panel() {
    for (size, least) in [([1_280.0, 720.0], 700.0), ([960.0, 600.0], 400.0), ([1_600.0, 900.0], 1_000.0)] {
        let window = stage(scenes::hosting(Phase::Running), size);
        let state = window.state();
        let panel = state.ui.widgets.get("host.section.0").unwrap();
        assert!(state.ui.floor.free.width() >= least, "{size:?}: {}", state.ui.floor.free);
        assert!(state.ui.floor.free.right() <= panel.left(), "{size:?}");
    }
}

#[test]
fn no_haste_answers_a_question() {
    let mut window = running(Section::Run);
    let place = window.state().ui.widgets.get("host.resolve.final").unwrap().center();
    click_at(&mut window, place);
    click_at(&mut window, place);
    assert_eq!(acts(&window), [], "a second press at the same place");
    assert!(said(&window).contains("End the game for"));
    click(&mut window, "host.resolve.final.not");
    assert!(!said(&window).contains("End the game for"));
    assert_eq!(acts(&window), []);
}

#[test]
fn what_is_typed_is_what_is_rehearsed() {
    let mut screen = scenes::hosting(Phase::Running);
    screen.ui.host.section = Section::Configure;
    let mut config = presets()[2].config.clone();
    config.name = "Saturday".to_owned();
    screen.ui.host.start_from(&config, true);
    let mut window = stage(screen, TALL);
    click(&mut window, "host.rehearsal");
    click(&mut window, "host.rehearse");
    assert_eq!(acts(&window), [HostAct::Rehearse(Box::new(config.clone()))], "also while another one is played");
    let mut state = window.state().model.host().state.clone().unwrap();
    state.rehearsal.progress = Some(Progress { done: 3, of: 1_006 });
    window.state_mut().model.apply(ServerMessage::HostState(state.clone()), 5_200);
    window.run_ok();
    assert!(!has(&window, "host.rehearse") && said(&window).contains("3 of 1,006 parts"), "one at a time");
    click(&mut window, "host.rehearse.stop");
    assert_eq!(acts(&window)[1..], [HostAct::StopRehearsal]);
    state.rehearsal = Rehearsal { sheet: Some(Box::new(scenes::sheet(config.clone()))), ..Rehearsal::default() };
    window.state_mut().model.apply(ServerMessage::HostState(state), 5_300);
    window.run_ok();
    assert!(said(&window).contains("Red: 1 light") && said(&window).contains("Start this very configuration"));
    click(&mut window, "host.rehearsal.sheet.html");
    let page = Action::Export(Export::Rehearsal { file: "sheet.html" });
    assert!(window.state().actions.contains(&page), "{:?}", window.state().actions);
    config.name.clear();
    window.state_mut().ui.host.start_from(&config, true);
    window.run_ok();
    click(&mut window, "host.rehearse");
    assert_eq!(acts(&window).len(), 2, "what is wrong cannot be rehearsed");
    assert!(said(&window).contains("another configuration"));
    click(&mut window, "host.rehearsal");
    assert!(has(&window, "host.load") || has(&window, "field.name"), "the form again");
}

/// Nobody is invited to scan what cannot work.
#[test]
fn an_address_of_this_computer_alone_has_no_code() {
    let codes = |url: &str| {
        let mut screen = scenes::hosting(Phase::Lobby);
        screen.ui.host.section = Section::Lobby;
        let welcome = Welcome { join_url: url.to_owned(), ..busy().welcome_me() };
        screen.model.apply(ServerMessage::Welcome(Box::new(welcome)), 5_150);
        let window = stage(screen, TALL);
        window.query_all_by(|node| node.role() == Role::Image && node.label().as_deref() == Some(url)).count()
    };
    assert_eq!(codes("https://floor.example.org"), 1);
    assert_eq!(codes("http://127.0.0.1:7777"), 0);
}

#[test]
fn after_the_end_no_plan_is_told_and_before_the_start_what_it_begins() {
    let over = said(&stage(scenes::hosting(Phase::Resolved), TALL));
    assert!(over.contains("Winner: Dorothy") && !over.contains("trading stops for"), "{over}");
    let before = said(&stage(scenes::hosting(Phase::Lobby), TALL));
    assert!(
        before.contains("15:00 · 5 outcomes · 2 rounds") && before.contains("Drawn when the game starts"),
        "{before}"
    );
    let warned = before.find("Guests see it too").zip(before.find("Peek"));
    assert!(warned.is_some_and(|(warning, peek)| warning < peek), "who else sees it is said first: {before}");
}

#[test]
fn no_pillar_is_framed_for_whoever_has_no_seat() {
    let selected = |model| stage(Screen::new(model), LAPTOP).state().ui.floor.selected;
    assert_eq!(selected(busy().spectator()), None);
    assert!(selected(busy().model()).is_some(), "a ticket is about one");
}

/// A phone on its side has no room to spare: what happened lies over the controls, and goes.
#[test]
fn on_a_low_screen_the_acts_have_the_room_of_the_news() {
    let mut screen = scenes::hosting(Phase::Running);
    let now_ms = screen.now_ms;
    screen.model.toast(ToastKind::Info, toast::host_done("the end is 60 s later"), now_ms);
    let mut window = stage(screen, LYING);
    let news = |window: &Window| said(window).contains("The end is 60 s later.");
    assert!(news(&window), "{}", said(&window));
    let tabs = window.state().ui.widgets.get("host.section.0").unwrap();
    assert!(tabs.bottom() > LYING[1] - 20.0, "the tabs stand at the edge: {tabs}");
    let emergency = window.state().ui.widgets.get("host.emergency").unwrap();
    assert!(emergency.height() >= 40.0 && emergency.bottom() <= tabs.top(), "it is seen whole: {emergency}");
    window.state_mut().now_ms += 60_000;
    window.run_ok();
    assert!(!news(&window), "it has gone");
}

#[test]
fn after_the_end_nothing_can_be_lost_any_more() {
    let mut over = scenes::resolved();
    scenes::log_in(&mut over.model, &busy());
    over.ui.open_host();
    over.ui.host.section = Section::Watch;
    let mut state = over.model.host().state.clone().unwrap();
    state.watch.phase = Phase::Resolved;
    over.model.apply(ServerMessage::HostState(state), 5_290);
    let said = said(&stage(over, TALL));
    assert!(said.contains("Traded in all") && said.contains("That counts in what it took"), "{said}");
    assert!(!said.contains("Most it can lose") && !said.contains("Profit so far"), "{said}");
}
