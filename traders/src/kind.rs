//! The strategies by name, for whoever lets a crowd loose.

use crate::{
    arbitrageur::Arbitrageur, herder::Herder, informed::Informed, manipulator::Manipulator, noise::Noise,
    quoter::Quoter, sniper::Sniper, strategy::Strategy,
};
use std::str::FromStr;

/// Which strategies a crowd plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The standard mix: of twenty 8 noise, 5 informed, 2 herders, 2 quoters, 2 arbitrageurs, 1 manipulator.
    #[default]
    Mix,
    /// [`Noise`]: at random.
    Noise,
    /// [`Informed`]: by what it knows or believes.
    Informed,
    /// [`Herder`]: with the trend.
    Herder,
    /// [`Quoter`]: on both sides of the book.
    Quoter,
    /// [`Arbitrageur`]: against prices that contradict each other.
    Arbitrageur,
    /// [`Manipulator`]: towards a price.
    Manipulator,
    /// [`Sniper`]: at the last moment.
    Sniper,
}

/// Twenty seats of the standard mix, in an order in which the first few are a mix as well.
const SEATS: [Kind; 20] = {
    use Kind::{Arbitrageur as A, Herder as H, Informed as I, Manipulator as M, Noise as N, Quoter as Q};
    [N, I, N, Q, I, N, H, N, I, A, N, I, N, Q, N, H, I, N, A, M]
};

impl Kind {
    /// Every strategy.
    pub const ALL: [Self; 7] =
        [Self::Noise, Self::Informed, Self::Herder, Self::Quoter, Self::Arbitrageur, Self::Manipulator, Self::Sniper];

    /// What the participant with this index plays: of the mix, its seat's strategy.
    #[must_use]
    pub const fn of(self, index: usize) -> Self {
        match self {
            Self::Mix => SEATS[index % SEATS.len()],
            alone => alone,
        }
    }

    /// The strategy of the crowd's bot with this index.
    #[must_use]
    pub fn strategy(self, index: usize) -> Box<dyn Strategy + Send> {
        match self.of(index) {
            Self::Mix | Self::Noise => Box::new(Noise::default()),
            Self::Informed => Box::new(Informed::default()),
            Self::Herder => Box::new(Herder),
            Self::Quoter => Box::new(Quoter),
            Self::Arbitrageur => Box::new(Arbitrageur),
            Self::Manipulator => Box::new(Manipulator::default()),
            Self::Sniper => Box::new(Sniper::default()),
        }
    }

    /// Its name on command lines and in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mix => "mix",
            Self::Noise => "noise",
            Self::Informed => "informed",
            Self::Herder => "herder",
            Self::Quoter => "quoter",
            Self::Arbitrageur => "arbitrageur",
            Self::Manipulator => "manipulator",
            Self::Sniper => "sniper",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = [Self::Mix].into_iter().chain(Self::ALL).find(|kind| kind.name() == text);
        found.ok_or_else(|| format!("\"{text}\" is no strategy: mix, {} are", Self::ALL.map(Self::name).join(", ")))
    }
}

#[cfg(test)]
mod tests;
