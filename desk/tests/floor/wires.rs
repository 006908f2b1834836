//! Wires in memory, with the server's end of the message layer.

use outcry_desk::link::{Device, Server, Wire, WireEvent};
use outcry_shared::{
    ClientMessage, ServerMessage, codec,
    limits::CLIENT_FRAME_BYTES_MAX,
    link::{CHANNEL, connection_config, pack, unpack},
    secret::SeatToken,
};
use renet::RenetServer;
use std::{cell::RefCell, collections::VecDeque, rc::Rc};

/// Both ends of a wire's queues.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) events: VecDeque<WireEvent>,
    frames: Vec<Vec<u8>>,
}

pub(crate) type SharedLine = Rc<RefCell<Line>>;

/// The device's end.
pub(crate) struct End(SharedLine);

impl Wire for End {
    fn try_recv(&mut self) -> Option<WireEvent> {
        self.0.borrow_mut().events.pop_front()
    }

    fn send(&mut self, frame: Vec<u8>) {
        self.0.borrow_mut().frames.push(frame);
    }
}

/// What the device keeps, and the lines that were opened.
#[derive(Clone, Default)]
pub(crate) struct Pocket {
    pub(crate) lines: Rc<RefCell<Vec<SharedLine>>>,
    /// Whether keys are cookies, out of the program's reach.
    pub(crate) browser: bool,
}

impl Device for Pocket {
    type Wire = End;

    fn connect(&mut self, url: &str) -> End {
        assert_eq!(url, "ws://floor.example/ws");
        let line = SharedLine::default();
        line.borrow_mut().events.push_back(WireEvent::Open);
        self.lines.borrow_mut().push(line.clone());
        End(line)
    }

    fn seat_key(&mut self, _: &Server, _: &str) -> Option<SeatToken> {
        (!self.browser).then_some(token())
    }

    fn chance(&mut self) -> f64 {
        1.0
    }
}

/// The key of the device.
pub(crate) fn token() -> SeatToken {
    SeatToken([7; 16])
}

/// The server's end of the newest line.
pub(crate) struct Far {
    pub(crate) line: SharedLine,
    renet: RenetServer,
}

impl Far {
    pub(crate) fn of(pocket: &Pocket) -> Self {
        let mut renet = RenetServer::new(connection_config());
        renet.add_connection(1);
        Self { line: pocket.lines.borrow().last().unwrap().clone(), renet }
    }

    /// Everything that the client has said since.
    pub(crate) fn heard(&mut self) -> Vec<ClientMessage> {
        for frame in self.line.borrow_mut().frames.drain(..) {
            for packet in unpack(&frame).unwrap() {
                self.renet.process_packet_from(packet, 1).unwrap();
            }
        }
        let mut messages = Vec::new();
        while let Some(bytes) = self.renet.receive_message(1, CHANNEL) {
            messages.push(codec::decode(&bytes, CLIENT_FRAME_BYTES_MAX).unwrap());
        }
        messages
    }

    pub(crate) fn say(&mut self, message: &ServerMessage) {
        self.renet.send_message(1, CHANNEL, codec::encode(message));
        let packets = self.renet.get_packets_to_send(1).unwrap();
        self.line.borrow_mut().events.push_back(WireEvent::Frame(pack(&packets)));
    }
}
