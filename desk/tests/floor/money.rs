//! What is typed as money is what is spent, as nearly as there are tokens for it, and every word of it names one total.
use crate::support::{Host, ME, Wish, limit, market, party};
use outcry_desk::{
    action::{Action, Placement},
    format::money,
    preview,
    text::receipt::deal,
    view::{
        receipts::receipts,
        ticket::{Draft, Kind, TicketView, Unit, promise, sentence},
    },
};
use outcry_engine::{
    Cash, CashKind, Direction, Fill, OrderKind, OutcomeId, OwnView, Params, Price, Rate, SIZE_MIN, Side, Usdc,
};
use outcry_shared::{ServerMessage, config::presets, phase::Phase};

const AMOUNTS: [&str; 7] = ["0.10", "0.50", "1", "2", "5", "20", "100"];

/// The presets that people play, with gas and without.
fn played() -> Vec<(String, Params)> {
    let chosen = presets().into_iter().filter(|preset| ["party", "demo", "design"].contains(&preset.id));
    chosen
        .flat_map(|preset| {
            let free = preset.config.params.clone();
            let gas = Params { gas_fee: Usdc(50_000), ..free.clone() };
            [(preset.id.to_owned(), free), (format!("{} with gas", preset.id), gas)]
        })
        .collect()
}

/// A floor where somebody waits for NO at more than any pool asks, and so sells YES for little.
fn open(params: Params) -> Host {
    let mut host = Host::new(params);
    host.phase = Phase::Running;
    host.run(&[
        limit(2, 0, Side::No, Direction::Buy, 85, 900),
        limit(3, 1, Side::Yes, Direction::Buy, 70, 900),
        market(4, 1, Side::No, Direction::Buy, 3),
    ]);
    host
}

fn purchases() -> impl Iterator<Item = Draft> {
    let limits = [None, Some(Price(300_000)), Some(Price(900_000))];
    let tokens = (0..2).flat_map(|outcome| Side::BOTH.map(|side| (OutcomeId(outcome), side)));
    tokens.flat_map(move |(outcome, side)| {
        limits.into_iter().flat_map(move |limit| {
            let kind = if limit.is_none() { Kind::Market } else { Kind::Limit };
            AMOUNTS.map(|amount| Draft { outcome, side, kind, limit, amount: amount.to_owned(), ..Draft::default() })
        })
    })
}

#[test]
fn the_amount_typed_is_spent_to_the_last_hundredth_of_a_token() {
    let mut cheap = 0;
    for (name, params) in played() {
        let model = open(params).model();
        let session = model.session().unwrap();
        let rich = OwnView { balance: Usdc::whole(100_000), ..model.own_view().unwrap().clone() };
        for draft in purchases() {
            let typed = Usdc(draft.units().unwrap());
            let view = TicketView::new(&model, &draft).unwrap();
            let Some(shown) = view.preview.filter(|_| view.blocked.is_none()) else { continue };
            let (total, told) = (shown.quote.total, format!("{name}: {draft:?}, {:?}", shown.quote));
            assert!(total <= typed, "more than was typed: {told}");
            let more = outcry_engine::Order { size: shown.order.size + SIZE_MIN, ..shown.order.clone() };
            let next = preview::run(session.market(), &rich, &[], more, preview::quote_ms(session.clock())).quote;
            assert!(next.total > typed, "{} of {} is not spent: {told}", money(typed - total), money(typed));
            cheap += u32::from(shown.quote.average.is_some_and(|price| price.as_f64() * 2.0 < shown.quote.spot));
        }
    }
    assert!(cheap > 0, "nobody sells for less than half of what the pool asks: nothing is tried");
}

#[test]
fn one_total_stands_in_every_word_and_what_is_left_is_said() {
    let mut left = 0;
    for (name, params) in played() {
        let model = open(params).model();
        for draft in purchases().filter(|draft| draft.kind == Kind::Market) {
            let typed = Usdc(draft.units().unwrap());
            let view = TicketView::new(&model, &draft).unwrap();
            let Some(shown) = view.preview.as_ref().filter(|_| view.blocked.is_none()) else { continue };
            let (total, told) = (money(shown.quote.total), format!("{name}: {draft:?}, {:?}", shown.quote));
            assert!(sentence(&view, &draft).ends_with(&format!(" for {total}")), "{told}");
            assert!(promise(&view, &draft).unwrap().starts_with(&format!("{total} on ")), "{told}");
            let same = total == money(typed);
            assert_eq!(view.left.is_none(), same, "{told}: {:?}", view.left);
            if let Some(words) = &view.left {
                assert!(words.starts_with(&format!("Of {}, ", money(typed))), "{words}");
                left += 1;
            }
        }
    }
    assert!(left > 0, "every amount comes out even: nothing is tried");
}

#[test]
fn who_counts_tokens_is_told_nothing_of_a_rest() {
    let model = open(party()).model();
    let draft = Draft { unit: Unit::Tokens, amount: "0.37".to_owned(), ..Draft::default() };
    assert_eq!(TicketView::new(&model, &draft).unwrap().left, None);
}

/// What is bought for $20 after `others` came first: the title and the sentence of its message, and the receipt's lines.
fn bought(others: &[Wish]) -> (Usdc, [String; 2], Vec<String>, Vec<Fill>) {
    let mut host = open(party());
    let mut model = host.model();
    let draft = Draft { outcome: OutcomeId(2), amount: "20".to_owned(), ..Draft::default() };
    let view = TicketView::new(&model, &draft).unwrap();
    let (order, quote) = (view.order.unwrap(), view.preview.unwrap().quote);
    let placement = Placement { order: order.clone(), preview: Some(quote.clone()) };
    model.outgoing(&Action::PlaceOrder(Box::new(placement)), 5_100);
    let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
    let mine = Wish { size: order.size, kind, ..market(ME.0, 2, Side::Yes, Direction::Buy, 1) };
    let (update, mut own) = host.run(&[others, &[mine]].concat());
    own.receipts[0].client_order_id = Some(order.client_order_id);
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::Private(own), 5_260);
    let told = model.toasts().iter().last().unwrap();
    let fills = model.orders().iter().next().unwrap().fills.clone();
    (quote.total, [told.title.clone(), told.body.clone()], receipts(&model)[0].lines.clone(), fills)
}

#[test]
fn a_receipt_says_what_it_came_to_against_what_was_agreed() {
    let said = |others: &[Wish], ends: &str| {
        let (agreed, [title, body], lines, _) = bought(others);
        let ends = ends.replace("AGREED", &money(agreed));
        assert!(title.starts_with("Filled: buy ") && title.ends_with(" YES Carl"), "{title}");
        assert!(body.starts_with("You paid $") && body.ends_with(&ends), "{body}: {ends}");
        assert_eq!(lines[0], body, "what the message says stays with the order");
    };
    said(&[], "You paid AGREED, as agreed.");
    said(&[market(2, 2, Side::Yes, Direction::Buy, 60)], " instead of AGREED: the price rose before your turn.");
    said(&[market(2, 2, Side::No, Direction::Buy, 60)], " instead of AGREED: the price fell before your turn.");
    // A bid that rests just below the pool's price makes pairs: the pool's price has not fallen.
    let no = open(party()).model().session().unwrap().spot(OutcomeId(2), Side::No);
    let kind = OrderKind::Limit { price: Price((no * 100.0) as u32 * 10_000), af_opt_in: false };
    let offer = Wish { kind, ..market(2, 2, Side::No, Direction::Buy, 60) };
    said(&[offer], " instead of AGREED: prices were better by your turn.");
}

#[test]
fn a_cent_of_many_dollars_is_no_news() {
    let fill = bought(&[]).3;
    let told = |total: i64, agreed: i64| {
        let cash = [Cash { user: ME, amount: Usdc(-total), kind: CashKind::Cost, order: None, trade_id: None }];
        deal(&fill, &cash, Some(fill.iter().map(|fill| fill.size).sum()), Some(Usdc(agreed))).unwrap()
    };
    assert_eq!(told(2_004_000, 2_000_000), "You paid $2.00, as agreed.");
    assert_eq!(told(2_010_000, 2_000_000), "You paid $2.01 instead of $2.00: the price rose before your turn.");
    assert_eq!(told(500_030_000, 500_000_000), "You paid $500.03.");
}
