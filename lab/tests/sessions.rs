//! Whole sessions of the lab: the same seed plays the same, who knows something gains by it, and a session is lively.

use outcry_engine::{Tokens, Usdc};
use outcry_lab::{
    adversary::{Setting, attained, open},
    cards::Deck,
    grid::preset,
    metrics::{
        depth::buy_for,
        probe::{Probe, Quotes},
    },
    parallel,
    setup::{Maker, Setup},
    summary::{Summary, summarise},
};
use outcry_traders::Kind;

fn party() -> Setup {
    Setup::new(preset("party").expect("a preset"))
}

fn play(setup: &Setup, seed: u64) -> Summary {
    summarise(setup, seed).expect("a session")
}

fn gain(summary: &Summary, kind: Kind) -> f64 {
    let place = Kind::ALL.iter().position(|one| *one == kind).expect("a kind");
    summary.gains[place].expect("somebody plays it")
}

#[test]
fn the_same_seed_plays_the_same_session() {
    for maker in Maker::all() {
        let mut setup = Setup { maker, ..party() };
        // A minute of the plainest: rivals are slower than the engine.
        setup.config.params.total_duration = 60;
        setup.config.params.rounds.clear();
        setup.config.script.eliminate.clear();
        let (one, same, other) = (play(&setup, 7), play(&setup, 7), play(&setup, 8));
        assert_eq!(one, same, "{maker}");
        assert_ne!(one.digest, other.digest, "{maker}");
        assert!(one.fills > 0, "{maker}: {one:?}");
    }
}

/// With cards that say much to whoever holds one, the informed end with more than the noise in 19 of 20 sessions.
#[test]
fn who_knows_something_gains_by_it() {
    let setup = Setup { deck: Some(Deck::Sample { rho: 0.6, draws: 4 }), ..party() };
    let seeds: Vec<u64> = (1..=20).collect();
    let played = parallel::map(&seeds, |&seed| play(&setup, seed));
    let ahead = |summary: &&Summary| gain(summary, Kind::Informed) > gain(summary, Kind::Noise);
    let number = played.iter().filter(ahead).count();
    let gains: Vec<_> =
        played.iter().map(|summary| (gain(summary, Kind::Informed), gain(summary, Kind::Noise))).collect();
    assert!(number >= 19, "{number} of 20: {gains:.0?}");
    for summary in &played {
        assert!(summary.fills > 300 && summary.volume > Usdc::whole(1_000), "{summary:?}");
        assert!(summary.worst_loss <= setup.config.params.z, "{summary:?}");
        assert_eq!(summary.gains[6], None, "nobody snipes in the mix");
    }
}

/// The first figure that the lab was asked for: at equal loss found and the same start, 100 USDC of YES move this market,
/// as it was first designed, several times as far as a logarithmic one.
#[test]
fn mechanisms_side_by_side_at_equal_loss() {
    let params = preset("party-first").expect("a preset").params;
    let mut even = Setting::new(params.clone()).without_fees();
    even.params.q0 = Tokens(params.subsidy_start().0 / 5);
    let moved = |setting: &Setting| {
        let market = open(setting).expect("a market");
        let seen = market.seen();
        let quotes = Quotes { market: &*seen, now_ms: 0 };
        let before = quotes.spots()[0].expect("in the game")[0];
        buy_for(&quotes, 0, 100.0).map(|bought| bought.price - before)
    };
    let worst = |setting: &Setting| attained(setting, 1, 20).expect("a search").played.gain;
    let loss = worst(&even);
    // Finer steps find 3 620 where κ stays as it was at the start; less than this is no way into a corner.
    assert!((3_400.0..3_700.0).contains(&loss.as_f64()), "{loss}");
    let own = moved(&even).expect("somebody sells");
    for maker in Maker::all() {
        let rival = Setting { maker, loss: Some(loss), ..Setting::new(params.clone()).without_fees() };
        if let Maker::Rival(_) = maker {
            let found = worst(&rival);
            assert!(found <= loss && found.as_f64() > 0.98 * loss.as_f64(), "{maker} loses {found} of {loss}");
            let moved = moved(&rival).expect("somebody sells");
            assert!(own > 4.0 * moved, "{maker}: {own} {moved}");
        }
        if maker == Maker::Book {
            assert_eq!(moved(&rival), None, "nobody sells in an empty book");
        }
    }
}
