//! Many sessions at once, one after the other on every core. Which core plays which changes nothing of what comes out.

use std::{
    num::NonZeroUsize,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Cores there are.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Computes every item, in the order of the items.
///
/// # Panics
/// Where an item's computation does.
pub fn map<T: Sync, R: Send>(items: &[T], compute: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_while(cores(), items, compute, |_| true).unwrap_or_default()
}

/// Computes every item by so many threads, as long as `goes_on`, which is asked before each with how many are done;
/// `None` where it did not to the end. One thread is the caller's own.
///
/// # Panics
/// Where an item's computation does.
pub fn map_while<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    compute: impl Fn(&T) -> R + Sync,
    goes_on: impl Fn(usize) -> bool + Sync,
) -> Option<Vec<R>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(items.len())));
    let results = || done.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        while goes_on(results().len()) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let result = compute(item);
            results().push((at, result));
        }
    };
    match threads.min(items.len()) {
        0 | 1 => work(),
        threads => thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work)))),
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    (done.len() == items.len()).then(|| done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        assert_eq!(map(&items, |item| item * item), items.iter().map(|item| item * item).collect::<Vec<_>>());
        assert_eq!(map(&[0; 0], |item| *item), [0; 0]);
    }

    #[test]
    fn what_is_stopped_gives_nothing() {
        let items: Vec<u64> = (0..50).collect();
        for threads in [1, 3] {
            assert_eq!(map_while(threads, &items, |item| *item, |done| done < 20), None);
            assert_eq!(map_while(threads, &items, |item| *item, |_| true).map(|all| all.len()), Some(50));
        }
    }
}
