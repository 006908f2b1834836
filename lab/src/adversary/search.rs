//! The search: random plans, then climbing from the best of them. The same seed finds the same plan.

use crate::adversary::{
    action::{Action, below},
    attack::Hunt,
    play::{Played, Setting, open, play},
};
use crate::mechanism::Mechanism;
use outcry_engine::{Input, Usdc};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::collections::BTreeSet;

/// The longest plan.
const ACTIONS_MAX: usize = 16;
/// Trials after which a climb begins anew, so as not to stay on a small hill; the best goes on for the rest.
const CLIMB: u32 = 250;

/// The best plan of a search, and how long was searched.
#[derive(Clone, Debug)]
pub struct Found {
    /// The actions.
    pub actions: Vec<Action>,
    /// What they come to, with the inputs that do it again.
    pub played: Played,
    /// Accounts that it took.
    pub accounts: u32,
    /// Plans that were tried: what was found is possible at least.
    pub trials: u32,
}

/// Accounts of so many that sent orders.
pub(super) fn senders(inputs: &[Input], accounts: u32) -> u32 {
    let orders =
        inputs.iter().filter_map(|input| if let Input::Orders { orders, .. } = input { Some(orders) } else { None });
    let users = orders.flatten().map(|order| order.user.0).filter(|user| *user < accounts);
    users.collect::<BTreeSet<_>>().len() as u32
}

/// The best plan that so many trials find.
///
/// # Errors
/// A setting that no market takes.
pub fn search(setting: &Setting, hunt: &Hunt, seed: u64, trials: u32) -> Result<Found, String> {
    let start = open(setting)?;
    let mut climber = Climber { setting, start: &*start, hunt, rng: ChaCha8Rng::seed_from_u64(seed) };
    let (mut best, mut current) = (Plan::none(), Plan::none());
    for trial in 0..trials {
        // The second half climbs on from the best.
        if trial == trials / 2 {
            current = best.clone();
        }
        let fresh = trial < trials / 2 && trial % CLIMB == 0;
        let tried = if fresh { climber.random() } else { climber.varied(&current.actions) };
        // A sure gain is made of parts that are none: the first half of a climb is for what they bring on average.
        let hopes = trial < trials / 2 && trial % CLIMB < CLIMB / 2;
        let is_better = if hopes { tried.hope >= current.hope } else { tried.gain >= current.gain };
        if fresh || is_better {
            current = tried;
        }
        if current.gain > best.gain {
            best = current.clone();
        }
    }
    let played = play(setting, &*start, &best.actions, hunt.goal, true);
    let accounts = senders(&played.inputs, setting.accounts);
    Ok(Found { actions: best.actions, played, accounts, trials })
}

#[derive(Clone)]
struct Plan {
    actions: Vec<Action>,
    gain: Usdc,
    hope: Usdc,
}

impl Plan {
    fn none() -> Self {
        Self { actions: Vec::new(), gain: Usdc::ZERO, hope: Usdc::ZERO }
    }
}

struct Climber<'a> {
    setting: &'a Setting,
    start: &'a dyn Mechanism,
    hunt: &'a Hunt,
    rng: ChaCha8Rng,
}

impl Climber<'_> {
    fn action(&mut self) -> Action {
        let Setting { params, accounts, .. } = self.setting;
        Action::random(&mut self.rng, *accounts, params.n_outcomes, &self.hunt.moves)
    }

    fn plan(&self, actions: Vec<Action>) -> Plan {
        let Played { gain, hope, .. } = play(self.setting, self.start, &actions, self.hunt.goal, false);
        Plan { actions, gain, hope }
    }

    fn random(&mut self) -> Plan {
        let actions = (0..3 + below(&mut self.rng, ACTIONS_MAX / 2)).map(|_| self.action()).collect();
        self.plan(actions)
    }

    /// The same with one action changed, added, taken away, repeated or moved.
    fn varied(&mut self, actions: &[Action]) -> Plan {
        let mut actions = actions.to_vec();
        let at = below(&mut self.rng, actions.len());
        let (outcomes, moves) = (self.setting.params.n_outcomes, &self.hunt.moves);
        match below(&mut self.rng, 8) {
            _ if actions.is_empty() => actions.push(self.action()),
            0 if actions.len() < ACTIONS_MAX => {
                let action = self.action();
                actions.insert(at, action);
            }
            1 if actions.len() < ACTIONS_MAX => {
                let again = actions[at].varied(&mut self.rng, outcomes, moves);
                actions.insert(at + 1, again);
            }
            2 if actions.len() > 1 => {
                actions.remove(at);
            }
            3 => {
                let other = below(&mut self.rng, actions.len());
                actions.swap(at, other);
            }
            4 => actions[at] = self.action(),
            _ => actions[at] = actions[at].varied(&mut self.rng, outcomes, moves),
        }
        self.plan(actions)
    }
}
