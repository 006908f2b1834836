//! What a run of the lab is made from: a session's configuration, a mechanism, traders and cards. With a seed it says
//! everything that happens.

use crate::{cards::Deck, house::House, mechanism::Mechanism, rivals::RivalKind};
use outcry_engine::{Market, Params, Usdc, Violation};
use outcry_shared::config::SessionConfig;
use outcry_traders::Kind;
use std::{fmt, str::FromStr};

/// Which mechanism makes the market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maker {
    /// The market's own engine.
    #[default]
    Engine,
    /// A rival.
    Rival(RivalKind),
    /// Nobody: the plain book.
    Book,
}

impl Maker {
    /// Every mechanism, the engine first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [Self::Engine].into_iter().chain(RivalKind::ALL.map(Self::Rival)).chain([Self::Book]).collect()
    }

    /// A market of it before its first participant; a rival can lose at most `loss`, Z where nothing is said.
    ///
    /// # Errors
    /// Every violation of the parameters.
    pub fn open(self, params: &Params, loss: Option<Usdc>) -> Result<Box<dyn Mechanism>, Vec<Violation>> {
        let (n, loss) = (usize::from(params.n_outcomes), loss.unwrap_or(params.z).as_f64());
        Ok(match self {
            Self::Engine => Box::new(Market::new(params.clone())?),
            Self::Rival(kind) => Box::new(House::new(params.clone(), Some(kind.open(loss, n)))?),
            Self::Book => Box::new(House::new(params.clone(), None)?),
        })
    }
}

impl fmt::Display for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Engine => "engine",
            Self::Rival(kind) => kind.name(),
            Self::Book => "book",
        })
    }
}

impl FromStr for Maker {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = Self::all();
        let names = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let found = all.iter().find(|maker| maker.to_string() == text);
        found.copied().ok_or_else(|| format!("\"{text}\" is no mechanism: {} are", names()))
    }
}

/// Everything that a session of the lab is made from but its seed.
#[derive(Clone, Debug)]
pub struct Setup {
    /// As a host saves it: parameters, rounds and script.
    pub config: SessionConfig,
    /// Who makes the market.
    pub maker: Maker,
    /// What a rival can lose at most; the parameters' Z where nothing is said.
    pub loss: Option<Usdc>,
    /// Seats; each plays what the standard mix has there, or all play one kind.
    pub seats: usize,
    /// Which traders sit there.
    pub kind: Kind,
    /// Shortest session time between two acts of a trader, in ms.
    pub pace_ms: u64,
    /// What the informed are told; without a deck they trade on opinions, and the script draws the winner.
    pub deck: Option<Deck>,
}

/// Seats where nothing is said.
pub const SEATS: usize = 20;
/// Pace where nothing is said, in ms: every trader looks once in three seconds.
pub const PACE_MS: u64 = 3_000;

impl Setup {
    /// Twenty of the standard mix on the engine; all losers but one are on cards.
    #[must_use]
    pub fn new(config: SessionConfig) -> Self {
        let named = usize::from(config.params.n_outcomes).saturating_sub(2);
        let deck = Some(Deck::Not { named });
        Self { config, maker: Maker::Engine, loss: None, seats: SEATS, kind: Kind::Mix, pace_ms: PACE_MS, deck }
    }

    /// The market before its first participant.
    ///
    /// # Errors
    /// Every violation of the parameters.
    pub fn open(&self) -> Result<Box<dyn Mechanism>, Vec<Violation>> {
        self.maker.open(&self.config.params, self.loss)
    }
}
