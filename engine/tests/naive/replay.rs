//! The naive model takes the engine's inputs.

use super::model::Model;
use outcry_engine::Input;

impl Model {
    /// Applies one input; false where it must be refused with nothing changed.
    pub(crate) fn apply(&mut self, input: &Input) -> bool {
        match input {
            Input::Join { user, deposit } => {
                if self.users.contains_key(user) || self.settled {
                    return false;
                }
                self.begin_step(self.now_ms);
                self.join(*user, i128::from(deposit.0));
            }
            Input::Orders { now_ms, orders } => {
                if self.settled {
                    return false;
                }
                self.tick(*now_ms, orders);
            }
            Input::Frozen { now_ms, orders } => {
                if self.settled {
                    return false;
                }
                self.frozen(*now_ms, orders);
            }
            Input::Cancel { user, order, now_ms } => {
                if !self.users.contains_key(user) {
                    return false;
                }
                self.begin_step(*now_ms);
                self.cancel(*user, *order);
            }
            Input::Close { user, now_ms } => {
                if !self.users.contains_key(user) {
                    return false;
                }
                self.begin_step(*now_ms);
                self.close(*user);
            }
            Input::Extend { by_ms, now_ms } => {
                let end_ms = u64::from(self.params.total_duration) * 1000 + by_ms;
                if self.settled || by_ms % 1000 != 0 || end_ms > 86_400_000 {
                    return false;
                }
                self.begin_step(*now_ms);
                self.extend(*by_ms);
            }
            Input::Eliminate { outcomes, round, now_ms, resume_ms } => {
                let list: Vec<usize> = outcomes.iter().map(|k| k.index()).collect();
                if self.settled || !self.can_eliminate(&list) || !self.is_to_come(*round) {
                    return false;
                }
                self.eliminate(&list, *round, *now_ms, *resume_ms);
            }
            Input::Final { winner, now_ms } => {
                if self.settled || !self.active().contains(&winner.index()) {
                    return false;
                }
                self.settle(winner.index(), *now_ms);
            }
        }
        true
    }
}
