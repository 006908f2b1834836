//! What connections and the HTTP side say to the lap, a type of message for each thing said. All
//! of it is written in [`Lap::Receive`](crate::lap::Lap::Receive) and read in the same lap, once.

use super::{link::ConnId, links::Role};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::OrderId;
use outcry_shared::{
    message::{ClientMessage, Hello, HostRequest, NewOrder, Step},
    secret::{HostGrant, Secret},
};

/// Something that a connection has said. What one connection says in a type comes in its order.
#[derive(Message, Debug)]
pub(crate) struct Said<T: Send + Sync + 'static> {
    pub(crate) conn: ConnId,
    pub(crate) what: T,
}

/// What someone wants of the market: one type, as an order and its cancel must keep their order.
#[derive(Debug)]
pub(crate) enum Wish {
    /// To buy or sell.
    Order(NewOrder),
    /// To take back what rests of an order.
    Cancel(OrderId),
    /// To take back every own order.
    CancelAll,
    /// To know what became of an order, by the client's own number.
    Ask(u64),
}

/// The host's password, as someone has it.
#[derive(Debug)]
pub(crate) struct Login(pub(crate) Secret);

/// The host's right, shown again.
#[derive(Debug)]
pub(crate) struct Renewal(pub(crate) HostGrant);

/// Missions that were done on the practice market, one bit each.
#[derive(Debug)]
pub(crate) struct Practised(pub(crate) u8);

/// How far somebody has come, and when, in ms since the page opened.
#[derive(Debug)]
pub(crate) struct Reached(pub(crate) Step, pub(crate) u32);

/// A connection is gone, with whom it was.
#[derive(Message, Debug)]
pub(crate) struct Gone {
    pub(crate) conn: ConnId,
    pub(crate) role: Role,
}

/// Sorts what is said for those who listen.
#[derive(SystemParam)]
pub(super) struct Mail<'w> {
    hellos: MessageWriter<'w, Said<Hello>>,
    wishes: MessageWriter<'w, Said<Wish>>,
    logins: MessageWriter<'w, Said<Login>>,
    renewals: MessageWriter<'w, Said<Renewal>>,
    requests: MessageWriter<'w, Said<HostRequest>>,
    practised: MessageWriter<'w, Said<Practised>>,
    reached: MessageWriter<'w, Said<Reached>>,
    gone: MessageWriter<'w, Gone>,
}

impl Mail<'_> {
    /// Hands on what is not the connection's own business; that has been answered.
    pub(super) fn say(&mut self, conn: ConnId, message: ClientMessage) {
        match message {
            ClientMessage::Hello(what) => {
                self.hellos.write(Said { conn, what });
            }
            ClientMessage::Order(order) => self.wish(conn, Wish::Order(order)),
            ClientMessage::Cancel { order } => self.wish(conn, Wish::Cancel(order)),
            ClientMessage::CancelAll => self.wish(conn, Wish::CancelAll),
            ClientMessage::HostLogin { password } => {
                self.logins.write(Said { conn, what: Login(password) });
            }
            ClientMessage::HostResume { grant } => {
                self.renewals.write(Said { conn, what: Renewal(grant) });
            }
            ClientMessage::Ask { client_order_id } => self.wish(conn, Wish::Ask(client_order_id)),
            ClientMessage::Host(what) => {
                self.requests.write(Said { conn, what: *what });
            }
            ClientMessage::Practised { missions } => {
                self.practised.write(Said { conn, what: Practised(missions) });
            }
            ClientMessage::Reached { step, after_ms } => {
                self.reached.write(Said { conn, what: Reached(step, after_ms) });
            }
            ClientMessage::Ping { .. } | ClientMessage::Hidden | ClientMessage::Visible | ClientMessage::Resync => {}
        }
    }

    fn wish(&mut self, conn: ConnId, what: Wish) {
        self.wishes.write(Said { conn, what });
    }

    /// Says who is gone.
    pub(super) fn gone(&mut self, conn: ConnId, role: Role) {
        self.gone.write(Gone { conn, role });
    }
}

/// Makes room for what is said.
pub(super) fn plugin(app: &mut App) {
    app.add_message::<Said<Hello>>()
        .add_message::<Said<Wish>>()
        .add_message::<Said<Login>>()
        .add_message::<Said<Renewal>>()
        .add_message::<Said<HostRequest>>()
        .add_message::<Said<Practised>>()
        .add_message::<Said<Reached>>()
        .add_message::<Gone>();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Resource, Default)]
    struct Heard(Vec<(u64, u64)>);

    fn say(mut lap: Local<u64>, mut mail: Mail) {
        *lap += 1;
        for (conn, order) in [(1, 10 * *lap), (2, 10 * *lap), (1, 10 * *lap + 1)] {
            mail.say(ConnId(conn), ClientMessage::Cancel { order: OrderId(order) });
        }
    }

    fn hear(mut wishes: MessageReader<Said<Wish>>, mut heard: ResMut<Heard>) {
        heard.0.extend(wishes.read().filter_map(|said| match said.what {
            Wish::Cancel(order) => Some((said.conn.0, order.0)),
            _ => None,
        }));
    }

    #[test]
    fn what_is_said_is_heard_in_the_same_lap_once_and_in_its_order() {
        let mut app = App::new();
        plugin(&mut app);
        app.init_resource::<Heard>().add_systems(Update, (say, hear).chain());
        for lap in 1..=5 {
            app.update();
            let heard = std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0);
            assert_eq!(heard, [(1, 10 * lap), (2, 10 * lap), (1, 10 * lap + 1)]);
        }
    }
}
