//! How far the person at this page has come since it opened, for the host to see. The first time of each step counts.

use outcry_shared::message::Step;

/// How a page that enters the floor was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Time from the opening to the begin of the local clock, in ms: a page may have been left for another floor.
    pub lead_ms: u32,
    /// When the door took the name, in ms since the opening; none where the browser came back to its seat.
    pub named_ms: Option<u32>,
}

/// The steps of one page, with what of them the server was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Visit {
    lead_ms: u32,
    reached: [Option<u32>; Step::ALL.len()],
    told: [bool; Step::ALL.len()],
}

impl Visit {
    /// A visit that began like this.
    pub(super) fn new(opening: Opening) -> Self {
        let mut visit = Self { lead_ms: opening.lead_ms, ..Self::default() };
        visit.reached[Step::Named.index()] = opening.named_ms;
        visit
    }

    /// A step is reached now.
    pub(super) fn reach(&mut self, step: Step, now_local_ms: u64) {
        let after_ms = u64::from(self.lead_ms).saturating_add(now_local_ms);
        self.reached[step.index()].get_or_insert(u32::try_from(after_ms).unwrap_or(u32::MAX));
    }

    /// The server may have forgotten them: all are told again.
    pub(super) const fn tell_again(&mut self) {
        self.told = [false; Step::ALL.len()];
    }

    /// Another session begins: whoever has ordered in the one before is no newcomer any more.
    pub(super) fn go_on(&mut self) {
        self.told = [self.reached[Step::Order.index()].is_some(); Step::ALL.len()];
    }

    /// The steps that are to be told, with their times in ms since the page opened.
    pub(super) fn take_untold(&mut self) -> Vec<(Step, u32)> {
        let untold = Step::ALL.into_iter().filter(|step| !self.told[step.index()]);
        let untold: Vec<_> = untold.filter_map(|step| Some((step, self.reached[step.index()]?))).collect();
        for (step, _) in &untold {
            self.told[step.index()] = true;
        }
        untold
    }
}
