//! A whole bot: sells what has risen most, by buying its NO.

use outcry_bots::{Action, Address, Bot, Strategy, View};
use outcry_engine::{Direction, Side};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::time::{Duration, Instant};

struct Contrarian;

impl Strategy for Contrarian {
    fn act(&mut self, view: &View<'_>, _rng: &mut ChaCha8Rng) -> Vec<Action> {
        let rise = |outcome| view.change(outcome, 5);
        let risen = view.active().into_iter().max_by(|&a, &b| rise(a).total_cmp(&rise(b)));
        let Some(outcome) = risen.filter(|&outcome| rise(outcome) > 0.005) else { return Vec::new() };
        let tokens = view.balance().as_f64() * 0.05 / view.spot(outcome, Side::No);
        Action::market(outcome, Side::No, Direction::Buy, tokens, 10).into_iter().collect()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address: Address = "http://127.0.0.1:7777".parse()?;
    let (mut bot, mut rng, mut acted) = (Bot::join(&address, "Contrarian")?, ChaCha8Rng::seed_from_u64(1), 0);
    while bot.session().end().is_none() {
        bot.pump(Instant::now() + Duration::from_secs(1))?;
        if bot.session().is_open() && bot.session().tick() > acted {
            acted = bot.session().tick();
            Contrarian.act(&bot.view(), &mut rng).iter().try_for_each(|action| bot.act(action).map(|_| ()))?;
        }
    }
    Ok(())
}
