//! The podium at the end: who stands on it, where, and who is lit. It is as high as a rank, which equals share.

use glam::Vec3;
use outcry_engine::UserId;
use outcry_shared::message::{EndReport, RankingRow};

/// Places on it.
pub const PLACES: usize = 3;
/// Where they are: the first in the middle, the second at the left hand of who looks.
const FEET: [Vec3; PLACES] = [Vec3::new(0.0, 0.0, 3.2), Vec3::new(-1.3, 0.0, 3.3), Vec3::new(1.3, 0.0, 3.3)];
/// How high each rank stands, in m.
const HEIGHTS_M: [f32; PLACES] = [1.25, 0.85, 0.55];

/// Somebody on the podium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Honoured {
    /// Who it is.
    pub user: UserId,
    /// Their rank, from 1, as the ranking has it.
    pub rank: u32,
    /// The middle of their step's foot, in m.
    pub foot: Vec3,
    /// The step's height, in m.
    pub height_m: f32,
}

impl Honoured {
    /// Where their feet are.
    #[must_use]
    pub fn stand(&self) -> Vec3 {
        self.foot + Vec3::Y * self.height_m
    }
}

/// The first three, in the order of their places; nobody before the end.
#[must_use]
pub fn honoured(end: Option<&EndReport>) -> Vec<Honoured> {
    let first = end.into_iter().flat_map(|end| &end.rankings).zip(FEET);
    let one = |(row, foot): (&RankingRow, Vec3)| {
        let step = (row.rank.max(1) as usize).min(PLACES) - 1;
        Honoured { user: row.user, rank: row.rank, foot, height_m: HEIGHTS_M[step] }
    };
    first.map(one).collect()
}

/// Where who is not on it makes room for it.
#[must_use]
pub fn beside(at: Vec3) -> Vec3 {
    at + Vec3::X * at.x.signum() * 2.6
}

/// How a figure looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One's own.
    Own,
    /// Lit.
    Lit,
    /// Dim: nobody is connected there.
    Dim,
}

impl Look {
    /// The look of somebody who is connected or not. Whoever is honoured is lit: many have left by then.
    #[must_use]
    pub fn of(user: UserId, you: Option<UserId>, connected: bool, podium: &[Honoured]) -> Self {
        if you == Some(user) {
            return Self::Own;
        }
        let honoured = podium.iter().any(|one| one.user == user);
        if connected || honoured { Self::Lit } else { Self::Dim }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{Metrics, OutcomeId, Usdc};

    fn ended(ranks: &[u32]) -> EndReport {
        let row = |(user, rank): (u32, &u32)| RankingRow {
            rank: *rank,
            user: UserId(user),
            name: String::new(),
            balance: Usdc::ZERO,
            net_pnl: Usdc::ZERO,
            gain_bp: 0,
            trades: 0,
            gas: Usdc::ZERO,
            bot: false,
        };
        let rankings = (1..).zip(ranks).map(row).collect();
        let metrics = Metrics::default();
        EndReport { winner: OutcomeId(0), rankings, gas_total: Usdc::ZERO, metrics, statement: None }
    }

    #[test]
    fn equals_stand_at_the_same_height() {
        let heights = |ranks: &[u32]| -> Vec<f32> {
            let podium = honoured(Some(&ended(ranks)));
            assert!(podium.iter().zip(FEET).all(|(one, foot)| one.foot == foot), "each has a place: {podium:?}");
            podium.iter().map(|one| one.height_m).collect()
        };
        let [first, second, third] = HEIGHTS_M;
        assert_eq!(heights(&[1, 2, 3, 4]), [first, second, third]);
        assert_eq!(heights(&[1, 1, 3]), [first, first, third]);
        assert_eq!(heights(&[1, 2, 2, 2]), [first, second, second]);
        assert_eq!(heights(&[1, 1, 1, 1]), [first; 3]);
        assert_eq!(heights(&[1]), [first]);
        assert_eq!(honoured(None), []);
    }

    #[test]
    fn whoever_is_honoured_is_lit_connected_or_not() {
        let podium = honoured(Some(&ended(&[1, 2, 3, 4])));
        let you = Some(UserId(2));
        let look = |user, connected| Look::of(UserId(user), you, connected, &podium);
        assert_eq!([look(1, false), look(2, false), look(3, false)], [Look::Lit, Look::Own, Look::Lit]);
        assert_eq!([look(4, false), look(4, true)], [Look::Dim, Look::Lit]);
        assert_eq!(Look::of(UserId(1), None, false, &[]), Look::Dim, "before the end");
    }
}
