//! What every way to trade has in common.

use crate::{action::Action, view::View};
use rand_chacha::ChaCha8Rng;

/// A way to trade. Called once a pace while trading is open; it may remember what it likes, and
/// takes chances from `rng` alone, so that a session can be played again.
pub trait Strategy {
    /// What to do now; nothing is fine.
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action>;
}
