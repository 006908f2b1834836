//! A session played by chance, with lost connections, lost answers of the store and crashes,
//! from a seed: whatever happens, nothing acknowledged is lost or done twice.

use crate::{
    guest::Guest,
    hall::{Hall, Host},
    recovery::replay,
};
use outcry_engine::{Direction, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens};
use outcry_server::store::{Fault, SessionId, Store};
use outcry_shared::{
    ClientMessage,
    message::{HostAct, NewOrder, Resolve, SeatClaim},
    phase::Phase,
    secret::SeatToken,
};
use rand_chacha::{
    ChaCha12Rng,
    rand_core::{Rng, SeedableRng},
};
use std::collections::BTreeMap;

/// Seeds played in every run.
const SEEDS: u64 = 6;
const PLAYERS: usize = 5;

struct Player {
    guest: Guest,
    token: SeatToken,
    sent: Vec<NewOrder>,
    /// What was acknowledged: the client's number and the id.
    promised: BTreeMap<u64, OrderId>,
}

struct Play {
    hall: Hall,
    host: Host,
    dice: ChaCha12Rng,
    players: Vec<Player>,
}

impl Play {
    fn begin(seed: u64) -> Self {
        let mut hall = Hall::open();
        let host = hall.host();
        let players = (0..PLAYERS).map(|nth| {
            let guest = hall.join(&format!("Player {nth}"));
            let token = guest.token();
            Player { guest, token, sent: Vec::new(), promised: BTreeMap::new() }
        });
        let players = players.collect();
        let mut play = Self { hall, host, dice: ChaCha12Rng::seed_from_u64(seed), players };
        play.hall.act(&mut play.host, HostAct::Start).unwrap();
        play
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.dice.next_u64() % bound
    }

    /// Something happens. False once the session is over.
    fn step(mut self) -> (Self, bool) {
        match self.below(100) {
            0..50 => self.order(),
            50..56 => self.again(),
            56..66 => self.cancel(),
            66..69 => self.hall.store.fail_next(Fault::Lost),
            69..72 => self.hall.store.fail_next(Fault::ReplyLost),
            72..75 => self.reconnect(),
            75..77 => self = self.crash(),
            77..79 => self.meddle(),
            _ => {
                let ms = self.below(900);
                self.hall.pass_ms(ms);
            }
        }
        self.listen();
        let goes_on = self.phase() != Phase::Resolved;
        (self, goes_on)
    }

    /// Where the session stands, as a newcomer sees it: once the store answers.
    fn phase(&mut self) -> Phase {
        let mut watcher = self.hall.claim(SeatClaim::Spectate);
        while watcher.heard.is_empty() {
            assert_eq!(self.hall.fatal(), None);
            self.hall.pass_ms(100);
            watcher.hear();
        }
        let phase = watcher.welcome().snapshot.clock.phase;
        self.hall.hang_up(watcher);
        phase
    }

    fn new_order(&mut self, client_order_id: u64) -> NewOrder {
        let limit =
            OrderKind::Limit { price: Price(10_000 * (5 + self.below(90)) as u32), af_opt_in: self.below(2) == 0 };
        let market = OrderKind::Market { max_slippage: Rate(self.below(1_000_000_000) as i64) };
        NewOrder {
            client_order_id,
            outcome: OutcomeId(self.below(4) as u8),
            side: if self.below(2) == 0 { Side::Yes } else { Side::No },
            direction: if self.below(3) == 0 { Direction::Sell } else { Direction::Buy },
            kind: if self.below(2) == 0 { limit } else { market },
            size: Tokens(10_000 + self.below(200_000_000) as i64),
        }
    }

    fn send(&mut self, player: usize, order: NewOrder) {
        self.hall.say(&mut self.players[player].guest, ClientMessage::Order(order));
    }

    fn order(&mut self) {
        let player = self.below(PLAYERS as u64) as usize;
        let order = self.new_order(self.players[player].sent.len() as u64 + 1);
        self.players[player].sent.push(order.clone());
        self.send(player, order);
    }

    /// Sends an order that was sent before.
    fn again(&mut self) {
        let player = self.below(PLAYERS as u64) as usize;
        let count = self.players[player].sent.len() as u64;
        if count > 0 {
            let nth = self.below(count) as usize;
            self.send(player, self.players[player].sent[nth].clone());
        }
    }

    fn cancel(&mut self) {
        let player = self.below(PLAYERS as u64) as usize;
        self.hall.say(&mut self.players[player].guest, ClientMessage::CancelAll);
    }

    fn reconnect(&mut self) {
        let player = self.below(PLAYERS as u64) as usize;
        self.players[player].guest = self.hall.resume(self.players[player].token);
    }

    fn crash(mut self) -> Self {
        self.listen();
        let mut hall = self.hall.crash();
        let mut host = hall.host();
        for player in &mut self.players {
            player.guest = hall.resume(player.token);
        }
        // Refused when nothing was running.
        let _ = hall.act(&mut host, HostAct::Resume);
        Self { hall, host, ..self }
    }

    fn meddle(&mut self) {
        let act = match self.below(4) {
            0 => HostAct::Pause,
            1 => HostAct::Extend { by_s: 1 },
            2 => HostAct::Resolve(Resolve::Next),
            _ => HostAct::SetDoor { open: true },
        };
        let resumes = act == HostAct::Pause;
        self.hall.pass_ms(600);
        // Refused where the phase does not allow it.
        let _ = self.hall.act(&mut self.host, act);
        if resumes {
            let _ = self.hall.act(&mut self.host, HostAct::Resume);
        }
    }

    /// Notes what was promised; the same order must always get the same promise.
    fn listen(&mut self) {
        for player in &mut self.players {
            player.guest.hear();
            let acks: Vec<_> = player.guest.acks().into_iter().cloned().collect();
            for ack in acks {
                let Ok((id, _)) = ack.result else { continue };
                let before = *player.promised.entry(ack.client_order_id).or_insert(id);
                assert_eq!(before, id, "one order, one answer");
            }
            player.guest.heard.clear();
        }
    }
}

fn play(seed: u64) {
    let mut play = Play::begin(seed);
    let mut goes_on = true;
    while goes_on {
        (play, goes_on) = play.step();
    }
    play.hall.pass_ms(1_000);
    let orders = crate::recovery::now(play.hall.store.orders(SessionId(1), 0));
    for player in &play.players {
        for (client, id) in &player.promised {
            let stored: Vec<_> = orders.iter().filter(|row| row.order.id == *id).collect();
            assert_eq!(stored.len(), 1, "order {client} was acknowledged");
            assert_eq!(stored[0].client_order_id, Some(*client));
            assert!(stored[0].tick_accepted.is_some(), "order {client} was never in a tick");
        }
    }
    let mut keys: Vec<_> = orders.iter().map(|row| (row.order.user, row.client_order_id)).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count, "no order twice");
    replay(&play.hall.store);
}

#[test]
fn nothing_acknowledged_is_lost_or_done_twice() {
    for seed in 0..SEEDS {
        let outcome = std::panic::catch_unwind(|| play(seed));
        assert!(outcome.is_ok(), "seed {seed}");
    }
}
