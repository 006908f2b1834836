//! The kinds of attacks by name: each a goal and the moves that it is made of. What the sizes, the order, the accounts
//! and the ticks are is for the search.

use crate::adversary::{
    action::{Kind, Moves},
    play::{Goal, Setting},
};
use outcry_engine::{OutcomeId, Side};
use outcry_traders::Kind as TraderKind;

/// What is searched for, and among which moves.
#[derive(Clone, Copy, Debug)]
pub struct Hunt {
    /// What it is after.
    pub goal: Goal,
    /// What it may do.
    pub moves: Moves,
}

/// A kind of attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attack {
    /// One token bought whole and sold in pieces, over ticks and accounts, or the other way round.
    Splitting,
    /// Pairs made by two accounts, and burnt, around trades with the maker.
    MintPump,
    /// NO of all outcomes, of which all but one pay.
    NoBasket,
    /// Tokens that pay more together than they cost, or less, with sets that are made or bought.
    Overround,
    /// Survivors bought before an outcome leaves, and sold in the first tick after.
    LastTick,
    /// Orders that are shown to others, taken back, and never met.
    Spoof,
    /// Anything, for cash before anybody has won.
    Cash,
    /// Anything, for a gain whoever wins.
    Sure,
    /// Anything, for the most that the maker can be made to lose.
    Loss,
}

/// Whom a spoof is shown to: those who follow prices, quote around them, and wait for bids.
const SPOOFED: [TraderKind; 4] = [TraderKind::Herder, TraderKind::Herder, TraderKind::Quoter, TraderKind::Sniper];

impl Attack {
    /// Every kind; the last three know nothing.
    pub const ALL: [Self; 9] = [
        Self::Splitting,
        Self::MintPump,
        Self::NoBasket,
        Self::Overround,
        Self::LastTick,
        Self::Spoof,
        Self::Cash,
        Self::Sure,
        Self::Loss,
    ];

    /// Its name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Splitting => "splitting",
            Self::MintPump => "mint-pump",
            Self::NoBasket => "no-basket",
            Self::Overround => "overround",
            Self::LastTick => "last-tick",
            Self::Spoof => "spoof",
            Self::Cash => "any-cash",
            Self::Sure => "any-sure",
            Self::Loss => "any-loss",
        }
    }

    /// Whether it can be done again and again: it ends with cash and no tokens.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(self.goal(), Goal::Cash | Goal::Shown)
    }

    const fn goal(self) -> Goal {
        match self {
            Self::Splitting | Self::MintPump | Self::LastTick | Self::Cash => Goal::Cash,
            Self::NoBasket | Self::Overround | Self::Sure => Goal::Sure,
            Self::Spoof => Goal::Shown,
            Self::Loss => Goal::Loss,
        }
    }

    /// What is searched for.
    #[must_use]
    pub const fn hunt(self, setting: &Setting) -> Hunt {
        let survivors = Some(setting.params.n_outcomes - 1);
        let moves = match self {
            Self::Splitting => Moves { kinds: &[Kind::Buy, Kind::Sell], sides: &[Side::Yes], outcomes: Some(1) },
            Self::MintPump => Moves {
                kinds: &[Kind::Buy, Kind::Sell, Kind::Mint(0), Kind::Merge(0)],
                sides: &Side::BOTH,
                outcomes: Some(1),
            },
            Self::NoBasket => Moves { kinds: &[Kind::Buy], sides: &[Side::No], outcomes: None },
            Self::Overround => {
                Moves { kinds: &[Kind::Buy, Kind::Buy, Kind::Mint(0), Kind::Sell], sides: &Side::BOTH, outcomes: None }
            }
            Self::LastTick => {
                Moves { kinds: &[Kind::Buy, Kind::Sell, Kind::Elimination], sides: &Side::BOTH, outcomes: survivors }
            }
            Self::Spoof => Moves {
                kinds: &[Kind::Bid(0), Kind::Ask(0), Kind::CancelAll, Kind::Wait, Kind::Wait, Kind::Buy, Kind::Sell],
                sides: &Side::BOTH,
                outcomes: Some(1),
            },
            Self::Cash | Self::Sure | Self::Loss => Moves::ANY,
        };
        Hunt { goal: self.goal(), moves }
    }

    /// Where it takes place: of the last tick an outcome leaves, of a spoof somebody looks on.
    #[must_use]
    pub fn setting(self, setting: &Setting) -> Setting {
        let mut setting = setting.clone();
        match self {
            Self::LastTick if setting.params.mr_enabled => {
                setting.eliminated = Some(OutcomeId(setting.params.n_outcomes - 1));
            }
            Self::Spoof => setting.crowd = SPOOFED.to_vec(),
            _ => {}
        }
        setting
    }
}
