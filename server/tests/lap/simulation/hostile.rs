//! Someone who means harm, for a moment.

use super::Play;
use outcry_engine::{OrderId, OutcomeId, UserId};
use outcry_shared::{
    ClientMessage, codec,
    limits::PROTOCOL_VERSION,
    link,
    message::{Hello, HostAct, HostRequest, Resolve, SeatClaim},
    secret::{HostGrant, SeatToken},
};

impl Play {
    /// Comes in, does harm, and goes. Nothing of it may have an effect.
    pub(super) fn intrude(&mut self) {
        let before = (self.hall.session().config().clone(), self.hall.session().door_open());
        let mut guest = self.hall.connect();
        if !self.dice.one_in(4) {
            guest = self.hall.greet(guest, SeatClaim::Spectate);
        }
        for _ in 0..1 + self.dice.below(6) {
            if self.dice.one_in(2) {
                let frame = self.damaged_frame();
                self.hall.frame(&mut guest, frame);
            } else {
                let message = self.presumption();
                self.hall.say(&mut guest, message);
            }
        }
        self.hall.hang_up(guest);
        let session = self.hall.session();
        assert_eq!((session.config().clone(), session.door_open()), before, "an intruder has changed the session");
    }

    /// Bytes that are no frame, or almost one.
    fn damaged_frame(&mut self) -> Vec<u8> {
        let length = self.dice.index(1_300);
        let bytes = self.dice.bytes(length);
        if self.dice.one_in(2) {
            return bytes;
        }
        let mut client = renet::RenetClient::new(link::connection_config());
        client.set_connected();
        client
            .send_message(link::CHANNEL, if self.dice.one_in(2) { bytes } else { codec::encode(&self.presumption()) });
        let mut frame = link::pack(&client.get_packets_to_send());
        if self.dice.one_in(2) && !frame.is_empty() {
            let bit = self.dice.index(frame.len() * 8);
            frame[bit / 8] ^= 1 << (bit % 8);
        } else {
            frame.truncate(self.dice.index(frame.len() + 1));
        }
        frame
    }

    /// A message well formed, to which its sender has no right.
    fn presumption(&mut self) -> ClientMessage {
        let user = UserId(self.dice.below(8) as u32);
        let stolen = |bytes: Vec<u8>| bytes.try_into().unwrap();
        match self.dice.below(6) {
            0 => ClientMessage::Order(self.dice.order(1)),
            1 => ClientMessage::Cancel { order: OrderId(self.dice.below(1 + self.hall.session().last_order().0)) },
            2 => ClientMessage::CancelAll,
            3 => ClientMessage::Hello(Hello {
                protocol: PROTOCOL_VERSION,
                build: String::new(),
                seat: SeatClaim::Resume(SeatToken(stolen(self.dice.bytes(16)))),
            }),
            4 => ClientMessage::Hello(Hello {
                protocol: PROTOCOL_VERSION,
                build: "x".repeat(self.dice.index(900)),
                seat: SeatClaim::Join {
                    name: "=\u{202e}<admin>".to_owned(),
                    bot: false,
                    token: SeatToken(stolen(self.dice.bytes(16))),
                },
            }),
            _ => {
                let grant = HostGrant(self.dice.bytes(24).try_into().unwrap());
                let act = match self.dice.below(5) {
                    0 => HostAct::Kick { user },
                    1 => HostAct::Reset,
                    2 => HostAct::Resolve(Resolve::Final(OutcomeId(0))),
                    3 => HostAct::SetDoor { open: self.dice.one_in(2) },
                    _ => HostAct::Rename { user, name: "Nobody".to_owned() },
                };
                ClientMessage::Host(Box::new(HostRequest { grant, request_id: 1, session: 1, act }))
            }
        }
    }
}
