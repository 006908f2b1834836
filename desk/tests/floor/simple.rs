//! The ticket as a newcomer has it, and what it says of slippage.
use crate::support::{Host, ME, busy, party, scenes};
use outcry_desk::{
    format::{money, percent_up, spot_cents},
    model::Model,
    prefs::Prefs,
    text::{term::Term, ui},
    view::{
        hint::{Hint, hint},
        portfolio::PortfolioView,
        ticket::{Draft, Kind, SimpleView, TicketView, Unit, is_simple, lines, nice, quick, simplify},
    },
};
use outcry_engine::{Direction, OutcomeId, Rate, Side, Usdc};

fn outcomes(model: &Model) -> Vec<OutcomeId> {
    model.session().unwrap().ids().collect()
}

fn on(outcome: OutcomeId, side: Side) -> Draft {
    Draft { outcome, side, ..Draft::default() }
}

#[test]
fn every_amount_that_is_offered_passes_on_both_sides() {
    let model = busy().model();
    for outcome in outcomes(&model) {
        for slippage in [None, Some(Rate(5_000_000)), Some(Rate(200_000_000))] {
            let draft = Draft { max_slippage: slippage, ..on(outcome, Side::Yes) };
            let view = SimpleView::new(&model, &draft).unwrap();
            assert!(!view.amounts.is_empty(), "{outcome:?} {slippage:?}");
            for (words, amount) in &view.amounts {
                let mut chosen = draft.clone();
                chosen.set(Unit::Money, *amount);
                for offer in SimpleView::new(&model, &chosen).unwrap().offers {
                    assert_eq!(offer.ticket.blocked, None, "{words} on {:?} {outcome:?}, {slippage:?}", offer.side);
                }
            }
        }
    }
}

#[test]
fn every_quick_amount_of_the_whole_ticket_passes_too() {
    let model = busy().model();
    let tickets = outcomes(&model).into_iter().flat_map(|outcome| Side::BOTH.map(|side| on(outcome, side)));
    for draft in tickets
        .flat_map(|draft| [Direction::Buy, Direction::Sell].map(|direction| Draft { direction, ..draft.clone() }))
    {
        for unit in [Unit::Money, Unit::Tokens] {
            let draft = Draft { unit, ..draft.clone() };
            let view = TicketView::new(&model, &draft).unwrap();
            for (words, amount) in quick(&view, &draft) {
                let mut chosen = draft.clone();
                chosen.set(unit, amount);
                let blocked = TicketView::new(&model, &chosen).unwrap().blocked;
                assert_eq!(blocked, None, "{words} of {draft:?}");
            }
        }
    }
}

#[test]
fn amounts_are_those_that_people_think_in() {
    const DOLLAR: i64 = 1_000_000;
    let check = |most: i64, expected: &[i64]| {
        let found: Vec<i64> = nice(most, 10 * DOLLAR).into_iter().map(|amount| amount / (DOLLAR / 10)).collect();
        assert_eq!(found, expected, "up to {most}");
    };
    check(0, &[]);
    check(DOLLAR / 10, &[1]);
    check(3 * DOLLAR, &[2, 5, 10, 20]);
    check(63 * DOLLAR, &[50, 100, 200, 500]);
    check(999 * DOLLAR, &[100, 1_000, 2_000, 5_000]);
}

#[test]
fn both_sides_say_what_the_engine_says() {
    let model = busy().model();
    let view = SimpleView::new(&model, &on(OutcomeId(1), Side::No)).unwrap();
    assert_eq!(view.stake, 10_000_000, "a hundredth of the start, without a word typed");
    for offer in &view.offers {
        let typed = Draft { amount: "10".to_owned(), ..on(OutcomeId(1), offer.side) };
        let ticket = TicketView::new(&model, &typed).unwrap();
        let win = money(Usdc(ticket.size.unwrap().0));
        assert_eq!(offer.gets.as_deref(), Some(format!("Pays {win}").as_str()));
        let when = if offer.side == Side::Yes { "if Blaise wins" } else { "if Blaise does not win" };
        assert_eq!(offer.when, when);
        let total = money(ticket.preview.unwrap().quote.total);
        let promise = format!("{total} on {} Blaise → {win} {when}", offer.side.name());
        assert_eq!(offer.promise.as_deref(), Some(promise.as_str()));
    }
}

#[test]
fn an_amount_stays_with_its_outcome() {
    let mut draft = Draft { amount: "25".to_owned(), ..Draft::default() };
    draft.turn_to(OutcomeId(0), Side::No);
    assert_eq!(draft.amount, "25", "the other side of the same outcome");
    draft.turn_to(OutcomeId(1), Side::No);
    assert_eq!(draft.amount, "", "another outcome begins with the usual amount");
}

#[test]
fn too_much_money_is_answered_in_money_that_passes() {
    let model = busy().model();
    let draft = Draft { amount: "300".to_owned(), ..Draft::default() };
    let view = TicketView::new(&model, &draft).unwrap();
    let blocked = view.blocked.clone().unwrap();
    assert!(
        blocked.reason.starts_with("Too much at once: ") && blocked.reason.contains("spend at most $"),
        "{blocked:?}"
    );
    assert!(blocked.repairs[0].0.starts_with("Spend $"), "{blocked:?}");
    for (words, repair) in &blocked.repairs {
        let mut mended = draft.clone();
        view.repair(&mut mended, *repair);
        assert_eq!(TicketView::new(&model, &mended).unwrap().blocked, None, "{words}");
        assert_eq!(mended.unit, Unit::Money, "{words}: who counts money goes on counting it");
    }
}

#[test]
fn who_has_just_bought_is_not_told_that_nothing_came_of_it() {
    let mut host = Host::new(party());
    let said = |model: &Model| PortfolioView::new(model).unwrap().nothing;
    assert_eq!(said(&host.model()).as_deref(), Some(ui::NO_POSITIONS));
    assert_eq!(said(&scenes::sent(&mut host).0).as_deref(), Some("1 order goes to market in a moment…"));
    assert_eq!(said(&busy().model()), None);
}

#[test]
fn a_holding_offers_its_sale() {
    let model = busy().model();
    let positions = PortfolioView::new(&model).unwrap().positions;
    let held = positions.iter().filter(|row| model.free_tokens(row.outcome, row.side).0 > 0);
    for row in held.clone() {
        let draft = Draft { direction: Direction::Sell, ..on(row.outcome, row.side) };
        let view = SimpleView::new(&model, &draft).unwrap();
        let offer = &view.offers[0];
        assert_eq!((view.offers.len(), &offer.ticket.blocked), (1, &None), "{row:?}");
        let brings = money(offer.ticket.preview.as_ref().unwrap().quote.total);
        assert_eq!(offer.gets.as_deref(), Some(format!("Sell for {brings}").as_str()));
        let all = offer.ticket.size == Some(model.free_tokens(row.outcome, row.side));
        let expected = if all { format!("Sell now, about {brings}") } else { "Sell".to_owned() };
        assert_eq!(row.sale, Some(expected));
    }
    assert!(held.count() > 1);
}

#[test]
fn the_simple_ticket_is_left_for_what_it_has_not_and_come_back_to() {
    let simple = Prefs::default();
    let mut draft = Draft { amount: "7".to_owned(), ..Draft::default() };
    assert!(is_simple(&draft, simple) && !is_simple(&draft, Prefs { full_ticket: true, ..simple }));
    draft.kind = Kind::Limit;
    assert!(!is_simple(&draft, simple));
    simplify(&mut draft);
    assert!(is_simple(&draft, simple) && draft.amount == "7");
    draft.unit = Unit::Tokens;
    simplify(&mut draft);
    assert!(is_simple(&draft, simple) && draft.amount.is_empty(), "seven tokens are not seven dollars");
}

#[test]
fn slippage_stands_beside_the_price_that_it_is_measured_from() {
    let draft = Draft { amount: "20".to_owned(), ..Draft::default() };
    let shown = |model: &Model| {
        let view = TicketView::new(model, &draft).unwrap();
        let quote = view.preview.clone().unwrap().quote;
        (lines(&view, &draft), quote, view.spot)
    };
    let (alone, quote, spot) = shown(&busy().model());
    assert!(alone.iter().all(|(term, ..)| *term != Term::PriceMet) && quote.spot == spot);
    let (behind, quote, spot) = shown(&scenes::pending());
    let figure = |wanted| behind.iter().find(|(term, ..)| *term == wanted).map(|(_, figure, _)| figure.clone());
    assert!(quote.spot > spot, "the own order that waits comes first");
    assert_eq!(figure(Term::PriceMet), Some(spot_cents(quote.spot)));
    let worse = quote.average.unwrap().as_f64() / quote.spot - 1.0;
    assert_eq!(figure(Term::Slippage), Some(percent_up(Rate((worse * 1e9) as i64))));
    let draft = Draft { amount: "300".to_owned(), ..draft };
    let view = TicketView::new(&busy().model(), &draft).unwrap();
    let slippage = percent_up(view.preview.as_ref().unwrap().quote.slippage);
    assert!(lines(&view, &draft).iter().any(|(_, figure, _)| *figure == slippage));
    assert!(view.blocked.unwrap().reason.contains(&format!("would be {slippage} worse")), "one rounding");
}

#[test]
fn hints_come_one_at_a_time_and_go_for_good() {
    let (mut prefs, host) = (Prefs::default(), busy());
    let model = host.model();
    for expected in Hint::ALL {
        assert_eq!(hint(&model, prefs), Some(expected));
        assert!(expected.done(&mut prefs) && !expected.done(&mut prefs), "news once");
    }
    assert_eq!(hint(&model, prefs), None);
    assert_eq!(hint(&scenes::eliminated(), Prefs::default()), None, "nobody trades while a round is resolved");
    let mut early = Prefs::default();
    Hint::Bet.done(&mut early);
    Hint::Pick.done(&mut early);
    assert_eq!(hint(&model, early), Some(Hint::Sell));
    assert_eq!(hint(&host.spectator(), early), None);
    assert!(model.user() == Some(ME));
}
