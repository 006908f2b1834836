//! Who takes which room of a fleet. Every process decides by itself, by the same rules, from what stands in the table: its
//! fair share at once, whatever nobody has taken a sweep later. The table sees to it that of two only one has a room.

use crate::{
    code::Code,
    store::{Row, View},
};
use std::collections::{BTreeMap, BTreeSet};

/// Rooms that are let go in one sweep for the sake of fair shares.
const GIVEN_AT_ONCE: usize = 4;

/// Rooms that nobody had at the last sweep, each with its term.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeSet<(Code, u64)>);

/// How many rooms there are, and who may have them.
struct Shares<'a> {
    open: usize,
    /// Those who take rooms, with how many they have.
    takers: BTreeMap<&'a str, usize>,
}

impl<'a> Shares<'a> {
    fn of(view: &'a View) -> Self {
        let living = view.members.iter().filter(|member| !member.is_draining);
        let mut takers: BTreeMap<&str, usize> = living.map(|member| (member.address.as_str(), 0)).collect();
        for holder in view.rooms.iter().filter_map(|row| row.holder.as_deref()) {
            if let Some(count) = takers.get_mut(holder) {
                *count += 1;
            }
        }
        Self { open: view.rooms.len(), takers }
    }

    /// What nobody has more of before everybody has as much.
    fn most(&self) -> usize {
        self.open.div_ceil(self.takers.len().max(1))
    }

    /// What everybody may have, whoever has more.
    fn least(&self) -> usize {
        self.open / self.takers.len().max(1)
    }
}

/// The rooms that `me` claims now, each with the term that it must have.
pub(super) fn claims(view: &View, me: &str, seen: &mut Seen) -> Vec<(Code, u64)> {
    let unheld = |row: &&Row| row.holder.is_none();
    let now: BTreeSet<_> = view.rooms.iter().filter(unheld).map(|row| (row.code.clone(), row.term)).collect();
    let before = std::mem::replace(seen, Seen(now));
    let shares = Shares::of(view);
    let Some(&held) = shares.takers.get(me) else { return Vec::new() };
    let mut wanted: Vec<_> = seen.0.iter().cloned().collect();
    // Each looks in an order of its own, so that few want the same one first.
    wanted.sort_by_cached_key(|(code, _)| *blake3::hash(format!("{me} {code}").as_bytes()).as_bytes());
    let mut share = shares.most().saturating_sub(held);
    wanted.retain(|room| {
        let is_mine = share > 0 || before.0.contains(room);
        share = share.saturating_sub(is_mine.into());
        is_mine
    });
    wanted
}

/// The rooms that `me` lets go for the sake of those who have too few. Only where all rooms are held, and only such as
/// nobody would miss for a second.
pub(super) fn surplus(view: &View, me: &str, is_quiet: impl Fn(&Code) -> bool) -> Vec<Code> {
    let shares = Shares::of(view);
    let Some(&held) = shares.takers.get(me).filter(|_| view.rooms.iter().all(|row| row.holder.is_some())) else {
        return Vec::new();
    };
    let missing: usize = shares.takers.values().map(|held| shares.least().saturating_sub(*held)).sum();
    let given = held.saturating_sub(shares.most()).min(missing).min(GIVEN_AT_ONCE);
    let mine = view.rooms.iter().rev().filter(|row| row.holder.as_deref() == Some(me));
    mine.map(|row| &row.code).filter(|code| is_quiet(code)).take(given).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{ALIVE_MS, Member};
    use rand_chacha::{
        ChaCha8Rng,
        rand_core::{Rng, SeedableRng},
    };

    /// Time between two sweeps in these tests, in ms: as long as a process waits at most.
    const SWEEP_MS: u64 = 600;

    /// A room in a table that works as the real one: a claim names the term that it has seen.
    #[derive(Clone)]
    struct Kept {
        code: Code,
        term: u64,
        holder: Option<usize>,
        beat_ms: u64,
    }

    struct Process {
        is_alive: bool,
        is_draining: bool,
        beat_ms: u64,
        held: BTreeSet<(Code, u64)>,
        seen: Seen,
    }

    struct Fleet {
        now_ms: u64,
        rooms: Vec<Kept>,
        processes: Vec<Process>,
        dice: ChaCha8Rng,
        /// Who has had which term of which room.
        terms: BTreeMap<(Code, u64), usize>,
    }

    fn address(process: usize) -> String {
        format!("10.0.0.{process}:7777")
    }

    impl Fleet {
        fn new(rooms: usize, processes: usize, seed: u64) -> Self {
            let room = |_| Kept { code: Code::fresh().unwrap(), term: 0, holder: None, beat_ms: 0 };
            let process = |_| Process {
                is_alive: true,
                is_draining: false,
                beat_ms: 0,
                held: BTreeSet::new(),
                seen: Seen::default(),
            };
            Self {
                now_ms: 10_000,
                rooms: (0..rooms).map(room).collect(),
                processes: (0..processes).map(process).collect(),
                dice: ChaCha8Rng::seed_from_u64(seed),
                terms: BTreeMap::new(),
            }
        }

        fn below(&mut self, count: usize) -> usize {
            self.dice.next_u32() as usize % count
        }

        fn counts(&self, beat_ms: u64) -> bool {
            beat_ms + ALIVE_MS >= self.now_ms
        }

        fn view(&self) -> View {
            let row = |(number, room): (u32, &Kept)| Row {
                code: room.code.clone(),
                number,
                term: room.term,
                holder: room.holder.filter(|_| self.counts(room.beat_ms)).map(address),
                board: None,
            };
            let living = self.processes.iter().enumerate().filter(|(_, process)| self.counts(process.beat_ms));
            let member = |(number, process): (usize, &Process)| Member {
                address: address(number),
                is_draining: process.is_draining,
            };
            View { rooms: (1..).zip(&self.rooms).map(row).collect(), members: living.map(member).collect() }
        }

        fn beat(&mut self, number: usize) {
            let process = &mut self.processes[number];
            process.beat_ms = self.now_ms;
            for room in &mut self.rooms {
                if room.holder == Some(number) && process.held.contains(&(room.code.clone(), room.term)) {
                    room.beat_ms = self.now_ms;
                }
            }
            let rooms = &self.rooms;
            process.held.retain(|(code, term)| {
                rooms.iter().any(|room| room.code == *code && room.term == *term && room.holder == Some(number))
            });
        }

        /// One process sweeps; what it saw may be older than what it claims.
        fn sweep(&mut self, number: usize, view: &View) {
            let wanted = claims(view, &address(number), &mut self.processes[number].seen);
            for (code, seen) in wanted {
                let (now_ms, alive) = (self.now_ms, ALIVE_MS);
                let room = self.rooms.iter_mut().find(|room| room.code == code).unwrap();
                if room.term != seen || (room.holder.is_some() && room.beat_ms + alive >= now_ms) {
                    continue;
                }
                (room.holder, room.term, room.beat_ms) = (Some(number), seen + 1, now_ms);
                let before = self.terms.insert((code.clone(), seen + 1), number);
                assert_eq!(before, None, "a term has one holder");
                self.processes[number].held.insert((code, seen + 1));
            }
        }

        /// Everybody who lives sweeps once, all by what they saw before, and gives signs of life.
        fn round(&mut self) {
            self.now_ms += SWEEP_MS;
            let living: Vec<_> = (0..self.processes.len()).filter(|number| self.processes[*number].is_alive).collect();
            living.iter().for_each(|number| self.beat(*number));
            let view = self.view();
            living.iter().for_each(|number| self.sweep(*number, &view));
        }

        fn held(&self) -> Vec<usize> {
            (0..self.processes.len())
                .map(|number| self.view().rooms.iter().filter(|row| row.holder == Some(address(number))).count())
                .collect()
        }

        fn unheld(&self) -> usize {
            self.view().rooms.iter().filter(|row| row.holder.is_none()).count()
        }
    }

    #[test]
    fn nobody_takes_more_than_the_fair_share_first_and_nothing_is_left() {
        for (rooms, processes) in [(1, 1), (1, 3), (7, 3), (50, 3), (3, 5)] {
            let mut fleet = Fleet::new(rooms, processes, 1);
            (0..processes).for_each(|number| fleet.beat(number));
            let view = fleet.view();
            for number in 0..processes {
                let first = claims(&view, &address(number), &mut Seen::default());
                assert!(first.len() <= rooms.div_ceil(processes), "{rooms} rooms, {processes} processes");
            }
            fleet.round();
            fleet.round();
            assert_eq!(fleet.unheld(), 0, "{rooms} rooms, {processes} processes");
            fleet.now_ms += 1;
            assert_eq!(claims(&fleet.view(), &address(0), &mut Seen::default()), [], "what is held is left alone");
        }
    }

    #[test]
    fn what_another_does_not_take_is_taken_a_sweep_later() {
        let mut fleet = Fleet::new(6, 2, 1);
        for expected in [3, 6] {
            fleet.now_ms += SWEEP_MS;
            (0..2).for_each(|number| fleet.beat(number));
            let view = fleet.view();
            // The other gives signs of life, and nothing besides.
            fleet.sweep(0, &view);
            assert_eq!(fleet.held(), [expected, 0]);
        }
    }

    #[test]
    fn whoever_is_no_member_or_drains_takes_nothing() {
        let mut fleet = Fleet::new(4, 2, 1);
        assert_eq!(claims(&fleet.view(), &address(0), &mut Seen::default()), [], "no sign of life is standing");
        fleet.beat(0);
        fleet.processes[0].is_draining = true;
        let mut seen = Seen::default();
        for _ in 0..3 {
            assert_eq!(claims(&fleet.view(), &address(0), &mut seen), []);
        }
    }

    /// Processes die, come back, hang and drain as it falls; somebody always lives.
    #[test]
    fn every_room_is_taken_within_two_sweeps_and_by_one_alone() {
        for seed in 0..200 {
            let mut fleet = Fleet::new(1 + (seed as usize % 12), 1 + (seed as usize % 4), seed);
            for _ in 0..40 {
                let count = fleet.processes.len();
                let (number, what) = (fleet.below(count), fleet.below(4));
                let others = (0..count).filter(|other| *other != number);
                let is_needed = !others.clone().any(|other| {
                    let other = &fleet.processes[other];
                    other.is_alive && !other.is_draining
                });
                let process = &mut fleet.processes[number];
                match what {
                    0 if !is_needed => process.is_alive = false,
                    // It hangs or dies, and is back: what it had it believes its own until its next sign of life.
                    1 => process.is_alive = true,
                    2 if !is_needed => process.is_draining = true,
                    _ => process.is_draining = false,
                }
                if fleet.processes[number].is_draining && fleet.processes[number].is_alive {
                    let held = std::mem::take(&mut fleet.processes[number].held);
                    for room in &mut fleet.rooms {
                        if held.contains(&(room.code.clone(), room.term)) {
                            room.holder = None;
                        }
                    }
                }
                // Signs of life of the dead end, and then two sweeps are enough.
                for _ in 0..ALIVE_MS.div_ceil(SWEEP_MS) + 3 {
                    fleet.round();
                }
                assert_eq!(fleet.unheld(), 0, "seed {seed}");
                let most = fleet.processes.iter().filter(|process| process.is_alive && !process.is_draining).count();
                assert!(most > 0);
            }
        }
    }

    #[test]
    fn shares_become_fair_by_rooms_that_nobody_misses() {
        let mut fleet = Fleet::new(50, 3, 1);
        // The first comes alone and takes all.
        for number in [1, 2] {
            fleet.processes[number].is_alive = false;
        }
        (0..3).for_each(|_| fleet.round());
        assert_eq!(fleet.held(), [50, 0, 0]);
        for number in [1, 2] {
            fleet.processes[number].is_alive = true;
        }
        let busy: BTreeSet<Code> = fleet.rooms.iter().take(5).map(|room| room.code.clone()).collect();
        for _ in 0..30 {
            fleet.round();
            for number in 0..3 {
                let given = surplus(&fleet.view(), &address(number), |code| !busy.contains(code));
                assert!(given.len() <= GIVEN_AT_ONCE && given.iter().all(|code| !busy.contains(code)));
                for room in fleet.rooms.iter_mut().filter(|room| given.contains(&room.code)) {
                    assert_eq!(room.holder, Some(number), "only what is one's own");
                    room.holder = None;
                }
            }
        }
        fleet.round();
        let held = fleet.held();
        assert!(held.iter().all(|held| (16..=18).contains(held)), "{held:?}");
        let nobody = surplus(&fleet.view(), &address(0), |_| true);
        assert_eq!(nobody, [], "and then they stay");
        assert_eq!(surplus(&Fleet::new(9, 1, 1).view(), &address(0), |_| true), []);
    }
}
