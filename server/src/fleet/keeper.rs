//! A process's part in a fleet: signs of life for itself and its rooms, claims of those that nobody has, and what it has
//! lost. It says what is to be opened and what is to end; the house does it. Nobody else writes to the table.

use super::{
    agones::{Sidecar, Stage},
    life::{ALIVE, Life},
    roll::Roll,
    rules::{Seen, claims, surplus},
};
use crate::{
    board::Posted,
    chance::random_bytes,
    code::Code,
    store::{Claimed, Held, Register, Sign, StoreError},
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// Time between two signs of life, and the time after which one that failed is given again.
const BEAT: Duration = Duration::from_secs(1);
const RETRY: Duration = Duration::from_millis(100);
/// Time between two sweeps, and by how much it is longer or shorter as it falls, so that processes do not go in step.
const SWEEP: Duration = Duration::from_millis(450);
const JITTER_MS: u64 = 100;
/// How long the table may take to answer.
const ANSWER: Duration = Duration::from_secs(1);
/// Time between two tries to become a member.
const ENTER: Duration = Duration::from_millis(200);

/// Why a room is to end here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It is another's by now, or could be.
    Lost,
    /// Somebody has closed it for good.
    Closed,
}

/// What a sweep came to.
#[derive(Debug, Default)]
pub(crate) struct Swept {
    /// Rooms that are this process's now.
    pub(crate) claimed: Vec<Claimed>,
    /// Rooms that others should have, for fair shares.
    pub(crate) surplus: Vec<Code>,
}

/// A member.
pub(crate) struct Keeper {
    register: Register,
    roll: Roll,
    sidecar: Option<Sidecar>,
    held: BTreeMap<Code, u64>,
    seen: Seen,
    is_draining: bool,
    life: Life,
    beat_due: Instant,
    sweep_due: Instant,
}

impl Keeper {
    /// Becomes a member.
    ///
    /// # Errors
    /// One sentence: when the table cannot be written, or another process has said the same address.
    pub(crate) async fn enter(register: Register, roll: Roll, sidecar: Option<Sidecar>) -> Result<Self, String> {
        let began = Instant::now();
        while !register.enter().await.map_err(|error| error.to_string())? {
            // It may be this one's former life.
            if began.elapsed() > ALIVE + BEAT {
                return Err(format!(
                    "another process of the fleet is reached at {}: an address of its own for each would be right, with \
                     --fleet-address",
                    register.address()
                ));
            }
            tokio::time::sleep(ENTER).await;
        }
        let now = Instant::now();
        let (held, seen) = (BTreeMap::new(), Seen::default());
        let life = Life::new(now);
        Ok(Self { register, roll, sidecar, held, seen, is_draining: false, life, beat_due: now, sweep_due: now })
    }

    /// The term by which a room is this process's, if it is.
    pub(crate) fn term(&self, code: &Code) -> Option<u64> {
        self.held.get(code).copied()
    }

    /// The rooms that are this process's.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Code> {
        self.held.keys()
    }

    /// Takes no more rooms.
    pub(crate) fn drain(&mut self) {
        if !self.is_draining {
            self.is_draining = true;
            self.beat_due = Instant::now();
        }
    }

    /// Whether it takes no more rooms.
    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining
    }

    /// Whether a sign of life is due.
    pub(crate) fn is_beat_due(&self) -> bool {
        Instant::now() >= self.beat_due
    }

    /// Whether a sweep is due. Signs of life come first.
    pub(crate) fn is_sweep_due(&self) -> bool {
        !self.life.is_failing() && Instant::now() >= self.sweep_due
    }

    /// Gives a sign of life for all that is held, with what `board` shows of it. `is_used` says whether somebody would miss
    /// this process. Says which rooms must end here.
    pub(crate) async fn beat(&mut self, board: impl Fn(&Code) -> String, is_used: bool) -> Vec<(Code, End)> {
        let sent = Instant::now();
        let held: Vec<Held> =
            self.held.iter().map(|(code, term)| Held { code: code.clone(), term: *term, board: board(code) }).collect();
        // What has come by the end of the last one's time is the last that counts.
        let patience = self.life.left(sent).min(ANSWER);
        let patience = if patience.is_zero() { ANSWER } else { patience };
        let answer = timeout(patience, self.register.beat(&held, self.is_draining)).await;
        let ends = match answer.unwrap_or_else(|_| Err(late())) {
            Ok(sign) if sign.is_member => {
                self.life.taken(sent, Instant::now());
                self.beat_due = sent + BEAT;
                ends(&held, &sign)
            }
            Ok(_) => {
                tracing::error!(address = self.register.address(), "another process of the fleet has this address");
                let _ = timeout(ANSWER, self.register.enter()).await;
                self.beat_due = Instant::now() + RETRY;
                all_lost(&held)
            }
            Err(error) => {
                if self.life.failed() {
                    tracing::warn!(%error, "no sign of life can be given to the fleet");
                }
                let now = Instant::now();
                self.beat_due = now + RETRY;
                if self.life.is_over(now) { all_lost(&held) } else { Vec::new() }
            }
        };
        for (code, end) in &ends {
            if *end == End::Lost {
                self.held.remove(code);
                metrics::counter!(LOST).increment(1);
            }
        }
        if let Some(sidecar) = &self.sidecar
            && self.life.counts(Instant::now())
        {
            sidecar.want(if is_used { Stage::Allocated } else { Stage::Ready }, self.held.len());
        }
        self.tell();
        ends
    }

    /// Looks what nobody has, and claims its part. `is_quiet` says whether nobody would miss a room for a second.
    pub(crate) async fn sweep(&mut self, is_quiet: impl Fn(&Code) -> bool) -> Swept {
        let began = Instant::now();
        let jitter = random_bytes().map_or(0, |[byte]: [u8; 1]| u64::from(byte) % JITTER_MS);
        self.sweep_due = began + SWEEP + Duration::from_millis(jitter);
        let view = match timeout(ANSWER, self.register.view()).await.unwrap_or_else(|_| Err(late())) {
            Ok(view) => view,
            Err(error) => {
                tracing::debug!(%error, "the table of rooms cannot be read");
                return Swept::default();
            }
        };
        metrics::gauge!(MEMBERS).set(view.members.len() as f64);
        let mut swept = Swept::default();
        if !self.is_draining && self.life.may_claim(Instant::now()) {
            for (code, term) in claims(&view, self.register.address(), &mut self.seen) {
                swept.claimed.extend(self.claim(&code, term).await);
            }
            swept.surplus = surplus(&view, self.register.address(), is_quiet);
            swept.surplus.retain(|code| self.held.contains_key(code));
        }
        self.roll.show(view, began);
        self.tell();
        swept
    }

    /// Claims a room by the term that was seen; a new one's is 0. Another may be faster, and what cannot be claimed now is
    /// found by a sweep.
    pub(crate) async fn claim(&mut self, code: &Code, seen: u64) -> Option<Claimed> {
        match timeout(ANSWER, self.register.claim(code, seen)).await.unwrap_or_else(|_| Err(late())) {
            Ok(claimed) => {
                let claimed = claimed?;
                self.held.insert(code.clone(), claimed.term);
                metrics::counter!(CLAIMS).increment(1);
                Some(claimed)
            }
            Err(error) => {
                tracing::warn!(room = %code, %error, "a room cannot be claimed");
                None
            }
        }
    }

    /// A room has ended here: others may claim it at once.
    pub(crate) async fn let_go(&mut self, code: &Code) {
        let Some(term) = self.held.remove(code) else { return };
        let let_go = timeout(ANSWER, self.register.let_go(code, term)).await.unwrap_or_else(|_| Err(late()));
        if let Err(error) = let_go {
            tracing::warn!(room = %code, %error, "a room is let go by its silence");
        }
        self.tell();
    }

    /// Takes a room from a process in which it cannot go on, for whoever claims it next.
    ///
    /// # Errors
    /// One sentence: where it goes on, or the table cannot be written.
    pub(crate) async fn take_from_broken(&self, code: &Code) -> Result<(), String> {
        let view = self.roll.view();
        let row = view.rooms.iter().find(|row| row.code == *code);
        let board = row.and_then(|row| row.board.as_deref()).and_then(|board| serde_json::from_str(board).ok());
        let is_broken = board.is_some_and(|Posted { shown, trouble }| shown.is_none() && trouble.is_some());
        match row {
            Some(row) if is_broken => self.register.take(code, row.term).await.map_err(|error| error.to_string()),
            _ => Err(format!("room {code} is open")),
        }
    }

    /// Is a member no longer.
    pub(crate) async fn leave(self) {
        if let Err(error) = timeout(ANSWER, self.register.leave()).await.unwrap_or_else(|_| Err(late())) {
            tracing::warn!(%error, "the fleet learns by silence that this process has left");
        }
        if let Some(sidecar) = self.sidecar {
            sidecar.shut_down().await;
        }
    }

    fn tell(&self) {
        metrics::gauge!(HELD).set(self.held.len() as f64);
        self.roll.set_trouble(if self.is_draining {
            Some("This process gives its rooms away, and takes no more.")
        } else if !self.life.counts(Instant::now()) {
            Some("The table of the fleet cannot be written at the moment.")
        } else {
            None
        });
    }
}

/// What a sign of life that was taken says of what was held.
fn ends(held: &[Held], sign: &Sign) -> Vec<(Code, End)> {
    let end = |room: &Held| match sign.kept.iter().find(|(code, _)| *code == room.code) {
        None => Some((room.code.clone(), End::Lost)),
        Some((code, false)) => Some((code.clone(), End::Closed)),
        Some((_, true)) => None,
    };
    held.iter().filter_map(end).collect()
}

fn all_lost(held: &[Held]) -> Vec<(Code, End)> {
    held.iter().map(|room| (room.code.clone(), End::Lost)).collect()
}

fn late() -> StoreError {
    StoreError::Unavailable("no answer in time".to_owned())
}

const HELD: &str = "outcry_fleet_rooms";
const CLAIMS: &str = "outcry_fleet_claims";
const LOST: &str = "outcry_fleet_lost";
const MEMBERS: &str = "outcry_fleet_members";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sign_of_life_does_not_find_is_lost_and_what_was_closed_ends() {
        let codes = [(); 3].map(|()| Code::fresh().unwrap());
        let held = codes.each_ref().map(|code| Held { code: code.clone(), term: 2, board: String::new() });
        let sign = Sign { is_member: true, kept: vec![(codes[0].clone(), true), (codes[2].clone(), false)] };
        assert_eq!(ends(&held, &sign), [(codes[1].clone(), End::Lost), (codes[2].clone(), End::Closed)]);
        assert_eq!(all_lost(&held).len(), 3);
    }
}
