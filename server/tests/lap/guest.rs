//! A client on a link in memory: what it says is made here, what it hears is kept.

use outcry_engine::{Direction, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens};
use outcry_server::net::{Closing, ConnId, OutboxEnd};
use outcry_shared::{
    ServerMessage,
    link::ClientLink,
    message::{NewOrder, OrderAck, PrivateState, Snapshot, TickUpdate, Welcome},
    secret::SeatToken,
};
use tokio::sync::oneshot;

/// A client.
pub(crate) struct Guest {
    pub(crate) conn: ConnId,
    pub(crate) link: ClientLink,
    pub(crate) heard: Vec<ServerMessage>,
    /// Every byte ever received.
    pub(crate) wire: Vec<u8>,
    pub(crate) frames: OutboxEnd,
    pub(crate) closed: oneshot::Receiver<Closing>,
    pub(crate) next_order: u64,
}

impl Guest {
    pub(crate) fn hear(&mut self) {
        while let Some(parcel) = self.frames.try_take() {
            for frame in parcel {
                self.wire.extend_from_slice(&frame);
                self.heard.extend(self.link.receive(&frame).unwrap());
                self.frames.written(frame.len());
            }
        }
    }

    pub(crate) fn closing(&mut self) -> Option<Closing> {
        self.closed.try_recv().ok()
    }

    fn last<'a, T: 'a>(&'a self, pick: impl Fn(&'a ServerMessage) -> Option<T>) -> Option<T> {
        self.heard.iter().rev().find_map(pick)
    }

    pub(crate) fn welcome(&self) -> &Welcome {
        self.last(|message| if let ServerMessage::Welcome(welcome) = message { Some(&**welcome) } else { None })
            .unwrap()
    }

    pub(crate) fn token(&self) -> SeatToken {
        self.welcome().you.as_ref().unwrap().token.unwrap()
    }

    pub(crate) fn private(&self) -> &PrivateState {
        self.last(|message| match message {
            ServerMessage::Private(state) => Some(&**state),
            ServerMessage::Welcome(welcome) => welcome.private.as_ref(),
            _ => None,
        })
        .unwrap()
    }

    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        self.last(|message| if let ServerMessage::Snapshot(snapshot) = message { Some(&**snapshot) } else { None })
    }

    pub(crate) fn ticks(&self) -> Vec<&TickUpdate> {
        let ticks = self.heard.iter().filter_map(|message| match message {
            ServerMessage::Tick(tick) => Some(&**tick),
            _ => None,
        });
        ticks.collect()
    }

    pub(crate) fn acks(&self) -> Vec<&OrderAck> {
        let acks = self.heard.iter().filter_map(|message| match message {
            ServerMessage::OrderAck(ack) => Some(ack),
            _ => None,
        });
        acks.collect()
    }

    pub(crate) fn refusal(&self) -> Option<&str> {
        self.last(|message| match message {
            ServerMessage::Refused(refusal) => Some(refusal.reason.as_str()),
            ServerMessage::Bye { reason } => Some(reason.as_str()),
            _ => None,
        })
    }

    /// A market order of YES tokens of A.
    pub(crate) fn buys(&mut self, tokens: i64) -> NewOrder {
        let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
        self.order(Direction::Buy, kind, tokens)
    }

    /// A resting bid for YES of B at 10 ¢.
    pub(crate) fn bids(&mut self, tokens: i64) -> NewOrder {
        let kind = OrderKind::Limit { price: Price(100_000), af_opt_in: false };
        NewOrder { outcome: OutcomeId(1), ..self.order(Direction::Buy, kind, tokens) }
    }

    fn order(&mut self, direction: Direction, kind: OrderKind, tokens: i64) -> NewOrder {
        let client_order_id = self.next_order;
        self.next_order += 1;
        NewOrder {
            client_order_id,
            outcome: OutcomeId(0),
            side: Side::Yes,
            direction,
            kind,
            size: Tokens(tokens * 1_000_000),
            promise: None,
        }
    }

    /// The id of the only order acknowledged so far.
    pub(crate) fn only_order(&self) -> OrderId {
        assert_eq!(self.acks().len(), 1);
        self.acks()[0].result.clone().unwrap().0
    }
}
