//! The ways that orders of a tick were asked about ([`Way`]), so that many orders which are
//! refused look at what stands in their way once. Whoever changes the market says so; a way is looked at again where
//! it changed when it is next asked about.

use crate::{
    amount::{Price, Tokens},
    book::{Place, Resting},
    levels::{Taker, Venue},
    order::{Leg, SIZE_MAX, UserId},
    route::Route,
    way::Way,
};

/// As many are kept at once: more than there are legs, for market and for limit orders.
const KEPT_MAX: usize = 128;

/// Changes of the books that are remembered for ways that have not seen them.
const CHANGES_MAX: usize = 1 << 14;

/// Which takers meet the same levels.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    leg: Leg,
    limited: bool,
    /// The one whose own orders stand among the levels, if any do.
    owner: Option<UserId>,
}

/// A way, and for which D₀ and state of the market it was last asked about.
#[derive(Clone)]
struct Known {
    key: Key,
    done: Tokens,
    version: u32,
    /// Changes of the books that it has seen.
    seen: usize,
    /// The least size that was refused.
    refused: Tokens,
    way: Way,
}

/// The ways asked about.
#[derive(Default)]
pub(crate) struct Ways {
    known: Vec<Known>,
    /// How often the market has changed.
    version: u32,
    /// Levels of the books that have changed, in order.
    changed: Vec<(Leg, Price)>,
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
    /// Forgets them all.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
        self.changed.clear();
    }

    /// The market has changed: pools, whose D₀ is what, and these levels of the books.
    pub(crate) fn note(&mut self, levels: impl Iterator<Item = (Leg, Price)>) {
        if self.known.is_empty() {
            return;
        }
        self.version += 1;
        self.changed.extend(levels);
        if self.changed.len() > CHANGES_MAX {
            self.clear();
        }
    }

    /// Such an order has been refused.
    pub(crate) fn note_refused(&mut self, taker: &Taker, own: &[Place]) {
        let key = Key::of(taker, own);
        for known in self.known.iter_mut().filter(|known| known.key == key) {
            known.refused = known.refused.min(taker.size);
        }
    }

    /// Whether an order not much larger has been refused: then this one may well be.
    pub(crate) fn warn(&self, taker: &Taker, own: &[Place]) -> bool {
        !self.known.is_empty() && {
            let key = Key::of(taker, own);
            self.known.iter().any(|known| known.key == key && known.refused.0 / 2 <= taker.size.0)
        }
    }

    /// The way of a taker whose own resting orders are `own`, and room to try a trade in.
    pub(crate) fn of<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        own: &[Place],
    ) -> (&mut Way, &mut Route) {
        let (key, version) = (Key::of(taker, own), self.version);
        let is_fresh = |known: &Known| known.version == version;
        let position = |of: &dyn Fn(&Known) -> bool| self.known.iter().position(|known| known.key == key && of(known));
        let at = position(&|known| is_fresh(known) && known.done == taker.done)
            .or_else(|| position(&|known| !is_fresh(known)))
            .unwrap_or_else(|| self.add(key, taker));
        let known = &mut self.known[at];
        if known.version != version || known.done != taker.done {
            known.way.look_again(venue, taker, &self.changed[known.seen..]);
            (known.version, known.done, known.seen) = (version, taker.done, self.changed.len());
        }
        (&mut known.way, &mut self.room)
    }

    /// Another way: the levels of one that is known, if there is one, or new.
    fn add(&mut self, key: Key, taker: &Taker) -> usize {
        if self.known.len() >= KEPT_MAX {
            self.clear();
        }
        let same = self.known.iter().find(|known| known.key == key);
        let known = same.map_or_else(|| self.new_way(key, taker), Known::clone);
        self.known.push(known);
        self.known.len() - 1
    }

    fn new_way(&self, key: Key, taker: &Taker) -> Known {
        let (version, seen) = (self.version, self.changed.len());
        Known { key, done: taker.done, version, seen, refused: SIZE_MAX, way: Way::new(taker) }
    }
}
