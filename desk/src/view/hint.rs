//! Hints for a first time: one at a time, each gone for good once it was done or put away.

use crate::{model::Model, prefs::Prefs, text::hint as words};
use serde::Serialize;

/// What a newcomer is told, in the order in which it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Hint {
    /// A price opens the ticket.
    Pick,
    /// The ticket's buttons trade.
    Bet,
    /// A holding can be sold.
    Sell,
}

impl Hint {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Pick, Self::Bet, Self::Sell];

    /// What it says.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pick => words::PICK,
            Self::Bet => words::BET,
            Self::Sell => words::SELL,
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Notes that it was done. Whether that is news, to be remembered on the device.
    pub const fn done(self, prefs: &mut Prefs) -> bool {
        let before = prefs.hints_done;
        prefs.hints_done |= self.bit();
        prefs.hints_done != before
    }

    /// Whether it makes sense now.
    fn applies(self, model: &Model) -> bool {
        match self {
            Self::Pick | Self::Bet => model.can_trade(),
            Self::Sell => {
                model.can_trade()
                    && model.own_view().is_some_and(|own| own.free.iter().flatten().any(|held| held.0 > 0))
            }
        }
    }
}

/// The one that is shown now, if any: the first that was not done.
#[must_use]
pub fn hint(model: &Model, prefs: Prefs) -> Option<Hint> {
    let next = Hint::ALL.into_iter().find(|hint| prefs.hints_done & hint.bit() == 0)?;
    next.applies(model).then_some(next)
}
