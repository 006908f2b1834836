//! The ways that orders were asked about since the market last changed ([`Way`]), so that many orders which are
//! refused look at what stands in their way once. Whoever changes the market says so.

use crate::{
    amount::Tokens,
    book::{Place, Resting},
    levels::{Taker, Venue},
    order::{Leg, UserId},
    route::Route,
    way::Way,
};

/// As many are kept at once: more than there are legs, for market and for limit orders.
const KEPT_MAX: usize = 128;

/// Which takers meet the same levels.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    leg: Leg,
    limited: bool,
    /// The one whose own orders stand among the levels, if any do.
    owner: Option<UserId>,
}

/// A way, with the D₀ of the takers who were asked about; `None` where none was since the pools changed.
struct Known {
    key: Key,
    done: Option<Tokens>,
    way: Way,
}

/// The ways asked about.
#[derive(Default)]
pub(crate) struct Ways {
    known: Vec<Known>,
    /// Room for what a trade with the pool brings about.
    room: Route,
}

impl Key {
    fn of(taker: &Taker, own: &[Place]) -> Self {
        let Taker { user, leg, limit, .. } = *taker;
        let is_met = |place: &Place| place.leg == leg.opposite() || place.leg == leg.paired();
        Self { leg, limited: limit.is_some(), owner: own.iter().any(is_met).then_some(user) }
    }
}

impl Ways {
    /// Forgets them all: the books have changed.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }

    /// The pools have changed, and whose D₀ is what; the books have not.
    pub(crate) fn forget_pools(&mut self) {
        let mut kept: Vec<Key> = Vec::with_capacity(self.known.len());
        self.known.retain_mut(|known| {
            known.done = None;
            let first = !kept.contains(&known.key);
            kept.push(known.key);
            first
        });
    }

    /// Whether such a taker was asked about as the market stands.
    pub(crate) fn know(&self, taker: &Taker, own: &[Place]) -> bool {
        !self.known.is_empty() && {
            let key = Key::of(taker, own);
            self.known.iter().any(|known| known.key == key && known.done == Some(taker.done))
        }
    }

    /// The way of a taker whose own resting orders are `own`, and room to try a trade in.
    pub(crate) fn of<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        own: &[Place],
    ) -> (&mut Way, &mut Route) {
        let key = Key::of(taker, own);
        let position = |done| self.known.iter().position(|known| known.key == key && known.done == done);
        let at = position(Some(taker.done)).or_else(|| position(None)).unwrap_or_else(|| self.add(key, venue, taker));
        let known = &mut self.known[at];
        if known.done.is_none() {
            known.done = Some(taker.done);
            known.way.forget_pools(taker.done);
        }
        (&mut known.way, &mut self.room)
    }

    /// Another way: the levels of one that is known, if there is one, or new.
    fn add<R: Resting>(&mut self, key: Key, venue: &Venue<'_, R>, taker: &Taker) -> usize {
        let same = self.known.iter().find(|known| known.key == key);
        let way = same.map_or_else(|| Way::new(venue, taker), |known| known.way.clone());
        if self.known.len() >= KEPT_MAX {
            self.known.clear();
        }
        self.known.push(Known { key, done: None, way });
        self.known.len() - 1
    }
}
