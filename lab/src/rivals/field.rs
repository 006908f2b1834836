//! Which outcomes are in the game.

/// Outcomes by number, of which some have left.
#[derive(Clone, Debug)]
pub(super) struct Field {
    active: Vec<bool>,
}

impl Field {
    /// All of `n` outcomes.
    pub(super) fn new(n: usize) -> Self {
        Self { active: vec![true; n] }
    }

    pub(super) fn contains(&self, outcome: usize) -> bool {
        self.active[outcome]
    }

    /// Those in the game, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + Clone {
        let numbered = self.active.iter().enumerate();
        numbered.filter_map(|(outcome, active)| active.then_some(outcome))
    }

    /// Those in the game but one.
    pub(super) fn others(&self, outcome: usize) -> impl Iterator<Item = usize> + Clone {
        self.iter().filter(move |other| *other != outcome)
    }

    pub(super) fn remove(&mut self, outcome: usize) {
        self.active[outcome] = false;
    }
}
