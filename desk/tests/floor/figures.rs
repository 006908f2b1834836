//! Figures on the screen against the engine's, one view after the other.
use crate::support::{Host, ME, busy, party, scenes};
use outcry_desk::{
    format::{cents, count, gain_bp, money, pnl, tokens_column},
    view::{
        book::{BookRow, BookView},
        chart::ChartView,
        leaders::leaders,
        outcomes::{change, outcomes},
        portfolio::PortfolioView,
        scenario,
        tape::tape,
        top::TopView,
    },
};
use outcry_engine::{Direction, Input, Level, OutcomeId, Side, Tokens, Usdc};
use outcry_shared::phase::Phase;

fn outcomes_of(host: &Host) -> impl Iterator<Item = OutcomeId> + use<> {
    (0..host.market.params().n_outcomes).map(OutcomeId)
}

#[test]
fn a_change_has_the_colour_of_what_is_written_and_none_is_not_written() {
    let of = |before, after| change(before, after);
    assert_eq!(of(0.5, 0.541_4), ("+4.1¢ ▲".to_owned(), 1));
    assert_eq!(of(0.5, 0.496), ("−0.4¢ ▼".to_owned(), -1));
    for (before, after) in [(0.485, 0.484_96), (0.5, 0.500_01), (0.5, 0.5)] {
        assert_eq!(of(before, after), (String::new(), 0), "{before} to {after}");
    }
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    assert!(outcomes(&host.model()).iter().all(|row| row.change.is_empty()), "nobody has traded");
}

#[test]
fn prices_are_the_pools() {
    let host = busy();
    for row in outcomes(&host.model()) {
        let spots = Side::BOTH.map(|side| host.market.spot(row.id, side));
        assert_eq!(row.prices, spots.map(|spot| cents(outcome_price(spot))), "{}", row.name);
        assert_eq!(row.yes, spots[0]);
        let held: Vec<Tokens> = Side::BOTH
            .into_iter()
            .map(|side| {
                let positions = host.ledger.positions(ME);
                positions
                    .iter()
                    .filter(|p| (p.outcome, p.side) == (row.id, side))
                    .map(|p| p.tokens)
                    .next()
                    .unwrap_or_default()
            })
            .filter(|tokens| tokens.0 > 0)
            .collect();
        assert_eq!(row.holdings.len(), held.len(), "{}", row.name);
    }
}

fn outcome_price(spot: f64) -> outcry_engine::Price {
    outcry_engine::Price::of_spot(spot)
}

#[test]
fn the_book_is_the_engines() {
    let host = busy();
    let model = host.model();
    for (outcome, side) in outcomes_of(&host).flat_map(|outcome| Side::BOTH.map(|side| (outcome, side))) {
        let view = BookView::new(&model, outcome, side).unwrap();
        assert_eq!(view.pool, cents(outcome_price(host.market.spot(outcome, side))));
        let public = host.market.public();
        let levels = |direction| -> Vec<Level> {
            let all = &public.outcomes[outcome.index()].levels;
            all.iter().filter(|level| (level.side, level.direction) == (side, direction)).copied().collect()
        };
        let check = |rows: &[BookRow], mut levels: Vec<Level>, best_first: fn(&Level) -> i64| {
            levels.sort_by_key(best_first);
            let shown: Vec<_> = rows.iter().map(|row| (row.price, row.size.clone())).collect();
            let there: Vec<_> = levels.iter().map(|level| (level.price, tokens_column(level.total))).collect();
            assert_eq!(shown, there, "{outcome:?} {side:?}");
            assert!(rows.windows(2).all(|pair| pair[0].cumulative <= pair[1].cumulative));
        };
        check(&view.bids, levels(Direction::Buy), |level| -i64::from(level.price.0));
        check(&view.asks, levels(Direction::Sell), |level| i64::from(level.price.0));
    }
    let mine = BookView::new(&model, OutcomeId(0), Side::Yes).unwrap();
    let ask = mine.asks.iter().find(|row| row.own.is_some()).unwrap();
    let rests = host.market.open_orders(ME).into_iter().find(|order| order.direction == Direction::Sell).unwrap();
    assert_eq!(ask.price, rests.price);
}

#[test]
fn the_portfolio_is_the_ledgers() {
    let host = busy();
    let view = PortfolioView::new(&host.model()).unwrap();
    let account = host.market.account(ME).unwrap();
    let escrow = Usdc(host.market.open_orders(ME).iter().map(|order| order.escrow.0).sum());
    assert_eq!((view.cash.balance, view.cash.locked), (money(account.balance), money(escrow)));
    let positions = host.ledger.positions(ME);
    assert_eq!(view.positions.len(), positions.len());
    for (row, position) in view.positions.iter().zip(&positions) {
        let value = position.tokens.0 as f64 * host.market.spot(position.outcome, position.side);
        let value = Usdc(value.floor() as i64);
        assert_eq!(row.tokens, tokens_column(position.tokens));
        assert_eq!(row.value, money(value), "{}", row.name);
        assert_eq!(row.open, pnl(Usdc(value.0 - position.cost.0), position.cost), "{}", row.name);
    }
}

#[test]
fn the_leaders_are_ranked_by_the_published_value() {
    let host = busy();
    for (row, expected) in leaders(&host.model()).rows.iter().zip(host.leaders()) {
        let figures = (&row.rank, &row.value, &row.gain, &row.trades);
        let rank = expected.rank.to_string();
        assert_eq!(figures, (&rank, &money(expected.value), &gain_bp(expected.gain_bp), &count(expected.trades)));
        assert_eq!(row.you, expected.user == ME);
    }
}

#[test]
fn an_elimination_is_worth_what_the_scenario_says_before_prices_move() {
    let host = busy();
    for row in scenario::eliminations(&host.model()) {
        let mut future = host.clone();
        let now_ms = future.now_ms + 1;
        let spots: Vec<_> = outcomes_of(&host).map(|id| Side::BOTH.map(|side| host.market.spot(id, side))).collect();
        future.step(&Input::Eliminate { outcomes: vec![row.outcome], round: None, now_ms, resume_ms: now_ms });
        let balance = future.market.account(ME).unwrap().balance.0;
        let escrow: i64 = future.market.open_orders(ME).iter().map(|order| order.escrow.0).sum();
        let positions = future.ledger.positions(ME).into_iter().filter(|position| position.outcome != row.outcome);
        let kept = positions.map(|p| p.tokens.0 as f64 * spots[p.outcome.index()][p.side.index()]).sum::<f64>();
        let expected = balance + escrow + kept as i64;
        assert!((row.cash_units.0 - expected).abs() <= 10, "{}: {} and {expected}", row.name, row.cash_units);
    }
}

#[test]
fn the_tape_and_the_chart_are_the_engines_fills() {
    let model = scenes::filled();
    let session = model.session().unwrap();
    let rows = tape(&model);
    assert_eq!(rows.len(), session.tape().len());
    let (newest, last) = (&rows[0], session.tape().back().unwrap());
    assert_eq!(
        (newest.id, &newest.price, &newest.size),
        (last.trade_id, &cents(last.price), &tokens_column(last.size))
    );
    assert!(newest.own && newest.who.starts_with("Noor from "));
    let chart = ChartView::new(&model).unwrap();
    let own = rows.iter().filter(|row| row.own).count();
    assert_eq!(chart.fills.len(), own, "both tokens are marked");
    for (id, side, [minute, cents]) in &chart.fills {
        let line = session.price_at(*id, (minute * 60_000.0).round() as u64).unwrap() * 100.0;
        assert!((cents - line).abs() < 1e-6, "{side:?} of {id:?} at {cents}¢ is off its line at {line}¢");
    }
    for (id, _, points) in &chart.lines {
        let last = points.last().unwrap()[1];
        assert!((last - session.spot(*id, Side::Yes) * 100.0).abs() < 1e-3, "{id:?}");
    }
}

#[test]
fn lines_end_at_the_last_prices_before_all_was_paid() {
    let host = busy();
    let model = scenes::resolved();
    for (id, name, points) in ChartView::new(&model).unwrap().lines {
        let last = points.last().unwrap()[1];
        let traded = host.market.spot(id, Side::Yes) * 100.0;
        assert!((last - traded).abs() < 1e-3, "{name}: {last} and {traded}");
    }
    for row in outcomes(&model) {
        let last = f64::from(*row.spark.last().unwrap());
        let traded = host.market.spot(row.id, Side::Yes);
        assert!((last - traded).abs() < 1e-5, "{}, small: {last} and {traded}", row.name);
    }
    let row = outcomes(&scenes::eliminated()).swap_remove(2);
    let traded = host.market.spot(row.id, Side::Yes);
    assert!((f64::from(*row.spark.last().unwrap()) - traded).abs() < 1e-5, "{} left at {traded}", row.name);
}

#[test]
fn the_top_bar_has_ones_own_balance_and_rank() {
    let host = busy();
    let account = TopView::new(&host.model(), 5_000).account.unwrap();
    assert_eq!(account.balance, money(host.market.account(ME).unwrap().balance));
    let rank = host.leaders().iter().find(|row| row.user == ME).unwrap().rank;
    assert_eq!(account.rank, Some(outcry_desk::format::ordinal(rank)));
}

#[test]
fn the_top_bar_ranks_as_the_list_does_once_there_is_trading() {
    use outcry_shared::phase::Phase;
    let mut host = Host::new(party());
    host.phase = Phase::Lobby;
    assert_eq!(TopView::new(&host.model(), 5_000).account.unwrap().rank, None, "nobody is before anybody");
    host.phase = Phase::Running;
    let account = TopView::new(&host.model(), 5_000).account.unwrap();
    assert_eq!((account.rank.as_deref(), account.gain.as_str()), (Some("1st"), "$0.00"));
    assert_eq!(leaders(&host.model()).rows.into_iter().find(|row| row.you).unwrap().rank, "1");
    host.run(&[crate::support::market(1, 0, Side::Yes, Direction::Buy, 100)]);
    let account = TopView::new(&host.model(), 5_000).account.unwrap();
    assert!(account.rank.is_some());
    let value = host.leaders().into_iter().find(|row| row.user == ME).unwrap().value;
    let gain = Usdc(value.0 - host.market.account(ME).unwrap().deposit.0);
    assert_eq!(account.worth, money(value));
    assert_eq!((account.gain, account.gain_sign), (outcry_desk::format::money_arrow(gain), gain.0.signum()));
}
