//! What pages are made of: well-formed, named, escaped, and as still as their figures let them be.

use crate::{
    floor::Floor,
    reader::{Element, Read},
    support::{Host, busy, limit, market, party, scenes},
};
use outcry_desk::{
    format::spot_cents,
    model::{Model, REVEAL_MS},
    prefs::Prefs,
    view::{outcomes::outcomes, portfolio::PortfolioView, ticket::lines},
};
use outcry_engine::{Direction, Input, OutcomeId, Side};
use outcry_lite::{
    light::{PARTS, Start},
    page::Page,
    state::{State, Tab},
};
use outcry_shared::{ServerMessage, phase::Phase};
use std::collections::BTreeSet;

/// Every page there is: each moment, wide and narrow, behind each tab.
fn everywhere() -> Vec<(String, String)> {
    let lobby = Host::new(party()).model();
    let models = [
        ("lobby", lobby),
        ("trading", busy().model()),
        ("watching", busy().spectator()),
        ("pending", scenes::pending()),
        ("filled", scenes::filled()),
        ("rejected", scenes::rejected()),
        ("eliminated", scenes::eliminated()),
        ("over", scenes::resolved()),
    ];
    let mut pages = Vec::new();
    for (name, model) in models {
        for narrow in [false, true] {
            for tab in Tab::ALL {
                pages.push((format!("{name}, narrow {narrow}, {tab:?}"), html(&model, narrow, tab)));
            }
        }
    }
    for floor in [asking(), frozen(), out(), gone()] {
        pages.push(("a moment".to_owned(), floor.whole()));
    }
    pages
}

fn html(model: &Model, narrow: bool, tab: Tab) -> String {
    let Page { choose, act, look, tabs } = Page::new(model, &State { narrow, tab, ..State::default() });
    [choose, act, look, tabs].map(|part| part.into_string()).concat()
}

/// The question before an order.
fn asking() -> Floor {
    let mut floor = Floor::busy();
    floor.act("amount", "20");
    floor.act("send", "");
    floor
}

fn frozen() -> Floor {
    let mut host = busy();
    host.phase = Phase::Frozen;
    Floor::of(&host, Start { narrow: true, ..Start::default() })
}

/// Somebody is out.
fn out() -> Floor {
    let mut host = busy();
    let mut floor = Floor::of(&host, Start { narrow: true, ..Start::default() });
    host.phase = Phase::Frozen;
    host.now_ms += 1_000;
    let (now_ms, resume_ms) = (host.now_ms, host.now_ms + 9_000);
    let (update, own) = host.step(&Input::Eliminate { outcomes: vec![OutcomeId(2)], round: None, now_ms, resume_ms });
    floor.say(&ServerMessage::Tick(update));
    floor.say(&ServerMessage::Private(own));
    floor.turn(REVEAL_MS);
    floor
}

/// The seat is used elsewhere.
fn gone() -> Floor {
    let mut floor = Floor::busy();
    floor.say(&ServerMessage::Bye { reason: "this seat was opened in another window".to_owned() });
    floor
}

#[test]
fn names_from_right_to_left_stand_apart_wherever_they_stand() {
    const NAMES: [&str; 3] = ["ירושלים", "שרה", "עדן"];
    let mut params = party();
    params.outcome_names[0] = NAMES[0].to_owned();
    let mut host = Host::with_names(params, &NAMES[1..]);
    let lobby = host.model();
    host.phase = Phase::Running;
    host.run(&[market(1, 0, Side::Yes, Direction::Buy, 20), market(2, 0, Side::No, Direction::Buy, 5)]);
    host.run(&[limit(1, 0, Side::Yes, Direction::Buy, 40, 10)]);
    let mut seen = [0; NAMES.len()];
    for model in [lobby, host.model()] {
        for (narrow, tab) in [false, true].into_iter().flat_map(|narrow| Tab::ALL.map(|tab| (narrow, tab))) {
            let html = html(&model, narrow, tab);
            for (name, seen) in NAMES.iter().zip(&mut seen) {
                let apart = html.matches(&format!("\u{2068}{name}\u{2069}")).count();
                assert_eq!(html.matches(name).count(), apart, "{name}, narrow {narrow}, {tab:?}");
                *seen += apart;
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen > 0), "{seen:?}");
}

#[test]
fn every_control_has_a_name_and_every_id_is_one() {
    for (page, html) in everywhere() {
        let read = Read::of(&html);
        let ids: Vec<&str> = read.0.iter().filter_map(|element| element.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{page}: an id twice in {ids:?}");
        for element in &read.0 {
            let labelled =
                read.all("label").any(|label| label.get("for").is_some() && label.get("for") == element.get("id"));
            let named =
                labelled || element.get("aria-label").is_some() || element.within.iter().any(|name| name == "label");
            match element.name.as_str() {
                "input" | "select" => assert!(named, "{page}: {element:?} has no label"),
                "button" | "summary" | "a" => {
                    assert!(named || !element.text.trim().is_empty(), "{page}: {element:?} has no words");
                }
                "img" => assert!(element.get("alt").is_some(), "{page}: a picture without words"),
                "svg" => assert!(
                    element.get("aria-hidden").is_some()
                        || element.get("aria-label").is_some_and(|label| !label.is_empty()),
                    "{page}: a drawing without words"
                ),
                "dialog" | "form" => {
                    assert!(element.get("aria-labelledby").is_some(), "{page}: {} without a title", element.name);
                }
                _ => {}
            }
            for attribute in ["aria-labelledby", "aria-describedby", "for"] {
                for id in element.get(attribute).into_iter().flat_map(str::split_whitespace) {
                    assert!(ids.contains(&id), "{page}: {attribute} leads to #{id}, which is not there");
                }
            }
            // The content policy forbids both, so they would do nothing.
            let forbidden = element.attributes.keys().find(|key| *key == "style" || key.starts_with("on"));
            assert_eq!(forbidden, None, "{page}: {element:?}");
        }
    }
}

#[test]
fn every_moment_has_its_page() {
    let shows = |page: &str, words: &str| {
        let found =
            everywhere().into_iter().filter(|(name, _)| name.starts_with(page)).any(|(_, html)| html.contains(words));
        assert!(found, "{page} does not show: {words}");
    };
    for (page, words) in [
        ("lobby", "Each YES pays $1 if its outcome wins"),
        ("lobby", "https://floor.example.org/"),
        ("trading", "Ada Lovelace"),
        ("trading", "If … wins"),
        ("trading", "If … leaves next"),
        ("trading", "Buy 50 YES Blaise at 34¢"),
        ("watching", "You are watching"),
        ("pending", "accepted, goes to market in a moment"),
        ("filled", "as agreed."),
        ("rejected", "Too much at once"),
        ("eliminated", "NO paid $1, YES nothing"),
        ("over", "The name drawn was Ada Lovelace."),
        ("over", "fees included; winning tokens brought $155.00."),
        ("over", "Cash at the start"),
        ("over", "Worst-case loss"),
        ("a moment", "Send this order?"),
        ("a moment", "Trading is frozen"),
        ("a moment", "Carl is out"),
        ("a moment", "Trading again in 0:08"),
        ("a moment", "This seat is used elsewhere"),
    ] {
        shows(page, words);
    }
}

#[test]
fn names_are_text_and_never_markup() {
    let mut params = party();
    params.outcome_names[0] = "<b onclick=x>&\"A\"".to_owned();
    let mut host = Host::new(params);
    host.phase = Phase::Running;
    host.run(&[market(1, 0, Side::Yes, Direction::Buy, 20), limit(1, 0, Side::Yes, Direction::Buy, 20, 5)]);
    let floor = Floor::of(&host, Start::default());
    let whole = floor.whole();
    assert!(!whole.contains("<b onclick"), "a name became an element");
    assert!(Read::of(&whole).0.iter().any(|element| element.text == "<b onclick=x>&\"A\""));
}

#[test]
fn figures_are_those_of_the_views() {
    let mut floor = Floor::full();
    floor.act("amount", "20");
    let (read, model) = (floor.read("choose"), floor.light.model());
    let view = floor.light.state().view().unwrap();
    let rows = outcomes(model);
    let prices: Vec<&str> = read.classed("price").map(|button| button.text.as_str()).collect();
    let expected: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            Side::BOTH.map(|side| {
                let ghost = spot_cents(view.ghosts()[row.id.index()][side.index()]);
                let held = row.holdings.iter().find(|(token, _)| *token == side).map_or("", |(_, words)| words);
                let held = if held.is_empty() { String::new() } else { format!(", you hold {held}") };
                let price = &row.prices[side.index()];
                format!("{} {} at {price}{held}→ {ghost} after your order", side.name(), row.name)
            })
        })
        .collect();
    assert_eq!(prices, expected, "prices of every outcome, with the ghosts of the order being typed");
    let ticket = floor.read("act");
    for (term, figure, _) in lines(view, &floor.light.state().draft) {
        assert!(ticket.all("dd").any(|dd| dd.text == figure), "{}: {figure}", term.name());
    }
    let value = PortfolioView::new(model).unwrap().cash.value;
    assert!(floor.read("act").all("dd").any(|dd| dd.text == value), "{value}");
}

#[test]
fn nothing_jumps_when_only_figures_change() {
    let mut host = busy();
    let prefs = Prefs { full_ticket: true, ..Prefs::default() };
    let mut floor = Floor::of(&host, Start { prefs, ..Start::default() });
    let before: Vec<_> = ["top", "choose"].map(|part| floor.read(part).skeleton()).into();
    floor.act("amount", "20");
    let (update, own) = host.run(&[market(3, 1, Side::Yes, Direction::Buy, 15)]);
    floor.say(&ServerMessage::Tick(update));
    floor.say(&ServerMessage::Private(own));
    let after: Vec<_> = ["top", "choose"].map(|part| floor.read(part).skeleton()).into();
    assert_eq!(before, after, "the same elements, whatever is typed and traded");
    let lines = floor.read("act").classed("lines").count();
    assert_eq!(lines, 1);
    floor.act("amount", "");
    assert_eq!(floor.read("act").classed("lines").count(), lines, "the figures keep their place");
}

#[test]
fn what_did_not_change_is_not_drawn_again() {
    let mut floor = Floor::busy();
    let told = floor.light.turn(floor.now_ms);
    assert_eq!(told.parts, vec![], "the same moment twice");
    let told = floor.light.turn(floor.now_ms + 1_000);
    assert_eq!(told.parts.iter().map(|(part, _)| *part).collect::<Vec<_>>(), ["top"], "a second passed");
    assert_eq!(PARTS.len(), 9);
}

#[test]
fn no_list_is_empty_and_every_column_has_a_name() {
    for (page, html) in everywhere() {
        let read = Read::of(&html);
        for list in read.0.iter().filter(|element| ["ul", "ol"].contains(&element.name.as_str())) {
            assert!(!list.text.is_empty(), "{page}: an empty list: {list:?}");
        }
        let in_head = |element: &&Element| {
            element.within.last().is_some_and(|name| name == "tr") && element.within.iter().any(|name| name == "thead")
        };
        for cell in read.0.iter().filter(in_head) {
            assert!(cell.name == "th" && !cell.text.is_empty(), "{page}: a column without a name: {cell:?}");
        }
    }
}

#[test]
fn before_anything_is_heard_of_a_session_its_phase_is_not_claimed() {
    let mut floor = Floor::unheard();
    assert_eq!(floor.read("top").classed("phase").count(), 0, "{}", floor.part("top"));
    floor.say(&ServerMessage::Welcome(Box::new(Host::new(party()).welcome_me())));
    assert_eq!(floor.read("top").classed("phase").count(), 1, "{}", floor.part("top"));
}

#[test]
fn who_is_out_has_the_screen_and_says_what_it_meant() {
    let mut floor = out();
    let card = floor.read("moment");
    assert_eq!(card.id("moment-title").text, "Carl is out");
    let lines: Vec<String> = card.all("li").map(|line| line.text.clone()).collect();
    assert!(lines[0].starts_with("Your NO paid $"), "{lines:?}");
    assert_eq!(floor.part("banner"), "", "nothing stands over it");
    assert_eq!(floor.part("news"), "", "and nothing says it beside it");
    assert_ne!(floor.light.state().draft.outcome, OutcomeId(2), "the ticket has left it");
    let heard = floor.said.join(" ");
    assert!(heard.contains("Carl is out.") && heard.contains(&lines[1]), "{heard}");
    let times = heard.matches(&lines[1]).count();
    floor.turn(1_000);
    assert_eq!(floor.said.join(" ").matches(&lines[1]).count(), times, "said once");
    floor.act("tab", "portfolio");
    assert!(floor.part("moment").contains("Carl is out") && floor.part("look").contains("Cancel"));
}

#[test]
fn a_result_can_be_kept_by_what_its_button_says() {
    let html = html(&scenes::resolved(), true, Tab::Market);
    let read = Read::of(&html);
    let button = read.0.iter().find(|element| element.get("data-keep").is_some()).unwrap();
    assert_eq!(button.get("data-keep"), Some("outcry-friday-night.png"));
    for part in ["session", "player", "place", "gain", "sign", "balance", "best-words", "best"] {
        let value = button.get(&format!("data-{part}")).unwrap_or_default();
        assert!(!value.is_empty(), "the picture's {part}");
    }
    assert!(read.classed("result").any(|own| own.text.contains(button.get("data-place").unwrap())));
}

#[test]
fn the_head_says_what_one_is_worth_and_the_place_that_the_list_has_once_there_is_trading() {
    let top = |floor: &Floor| floor.read("top").all("dd").map(|figure| figure.text.clone()).collect::<Vec<_>>();
    let mut host = Host::new(party());
    host.phase = Phase::Lobby;
    let waiting = top(&Floor::of(&host, Start::default()));
    assert!(!waiting.contains(&"1st".to_owned()), "{waiting:?}");
    host.phase = Phase::Running;
    let fresh = top(&Floor::of(&host, Start::default()));
    assert!(fresh.contains(&"$1,000.00 $0.00".to_owned()) && fresh.contains(&"1st".to_owned()), "{fresh:?}");
}

#[test]
fn a_leaderboard_that_is_cut_short_says_so() {
    let mut host = busy();
    let (mut update, _) = host.run(&[]);
    let mut model = host.model();
    assert!(!html(&model, false, Tab::More).contains(" more</p>"), "everyone is there");
    update.tick += 1;
    update.leaders.truncate(3);
    model.apply(ServerMessage::Tick(update), 5_400);
    for (narrow, tab) in [(false, Tab::Market), (true, Tab::More)] {
        assert!(html(&model, narrow, tab).contains(r#"<p class="weak">and 4 more</p>"#), "narrow {narrow}");
    }
}
