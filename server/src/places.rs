//! Places that are taken and given back: so many in all, and so many for each network. A place is given
//! back when it is dropped, whatever its owner came to.

use crate::peer::Network;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Places, and who has how many of them.
#[derive(Debug)]
pub(crate) struct Places {
    all: usize,
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_network: HashMap<Network, usize>,
}

/// A place, given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    /// None for whoever is not counted by network.
    network: Option<Network>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// All are taken.
    All,
    /// The network has as many as it may.
    Network,
}

impl Places {
    /// So many in all, and so many for each network.
    pub(crate) fn new(all: usize, each: usize) -> Self {
        Self { all, each, taken: Mutex::default() }
    }

    /// Whether every place is free.
    pub(crate) fn are_free(&self) -> bool {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).all == 0
    }

    /// Takes a place, for a network or for someone who is not counted by one.
    pub(crate) fn enter(self: &Arc<Self>, network: Option<Network>) -> Result<Place, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.all {
            return Err(Full::All);
        }
        if let Some(network) = network {
            let count = taken.by_network.get(&network).copied().unwrap_or_default();
            if count >= self.each {
                return Err(Full::Network);
            }
            taken.by_network.insert(network, count + 1);
        }
        taken.all += 1;
        Ok(Place { places: Arc::clone(self), network })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let Some(network) = self.network else { return };
        if let Some(count) = taken.by_network.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                taken.by_network.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Option<Network> {
        Some(Network::of(address.parse().unwrap()))
    }

    #[test]
    fn a_network_takes_only_its_share_of_the_places() {
        let places = Arc::new(Places::new(5, 2));
        let enter = |address: &str| places.enter(network(address));
        let (one, two) = (enter("2001:db8::1").unwrap(), enter("2001:db8::2").unwrap());
        assert_eq!(enter("2001:db8::3").unwrap_err(), Full::Network, "all of one site");
        let neighbour = enter("2001:db8:0:1::1").unwrap();
        let here: Vec<_> = (0..2).map(|_| places.enter(None).unwrap()).collect();
        assert_eq!(enter("192.0.2.1").unwrap_err(), Full::All);
        assert_eq!(places.enter(None).unwrap_err(), Full::All);
        drop(one);
        assert!(enter("2001:db8::3").is_ok(), "a place is given back");
        drop((two, neighbour, here));
        assert!(places.are_free());
        assert!(places.taken.lock().unwrap().by_network.is_empty(), "nobody is remembered");
    }
}
