//! Messages of the server, one by one: the only place where what was said changes what is known. Nothing is sent here.

use super::{
    connection::Connection,
    curtain::Curtain,
    departure::Departure,
    notice::Notice,
    orders::{SentOrder, Stage},
    state::Model,
    toasts::ToastKind,
};
use crate::text::{
    self,
    toast::{self, Words},
};
use outcry_engine::{CashKind, Event, OrderStatus, RejectReason, Usdc};
use outcry_shared::{
    ServerMessage,
    message::{
        ConnectRefusal, OrderAck, PrivateState, Receipt, RefusalCode, SeatChange, Snapshot, Step, TickUpdate, Welcome,
        You,
    },
    phase::{Clock, Phase},
    replica::{Applied, Replica},
};

impl Model {
    /// A seat is asked for under another name.
    pub(crate) fn enter(&mut self) {
        self.connection = Connection::Connecting;
    }

    /// Nobody is asked for a seat before there is a name.
    pub fn ask_name(&mut self) {
        self.connection = Connection::NeedsName { error: None };
    }

    /// The connection was lost, or an attempt failed: so many by now, and perhaps why.
    pub fn lose(&mut self, attempt: u32, why: Option<String>) {
        self.connection = Connection::Reconnecting { attempt, why };
        self.curtain.iter_mut().for_each(Curtain::lose);
        self.host.lose();
        self.time.reconnect();
    }

    /// Whether a snapshot is to be asked for now: once for each gap.
    pub(crate) fn asks_resync(&mut self) -> bool {
        let asks = self.needs_resync && !self.asked_resync;
        self.asked_resync = self.needs_resync;
        asks
    }

    /// Takes a message in and says what it meant.
    pub(super) fn take_in(&mut self, message: ServerMessage, now_local_ms: u64) -> Vec<Notice> {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome(*welcome, now_local_ms),
            ServerMessage::Refused(refusal) => self.refused(refusal),
            ServerMessage::Snapshot(snapshot) => {
                let notices = self.snapshot(*snapshot, now_local_ms);
                self.recall();
                notices
            }
            ServerMessage::Tick(update) => self.tick(update, now_local_ms),
            ServerMessage::Clock(clock) => self.clock(clock, now_local_ms),
            ServerMessage::Seats(changes) => self.seats(&changes),
            ServerMessage::Private(own) => {
                let notices = self.private(*own, now_local_ms);
                self.recall();
                notices
            }
            ServerMessage::OrderAck(ack) => self.ack(&ack, now_local_ms),
            ServerMessage::CancelAck { found, .. } => {
                if !found {
                    self.toast(ToastKind::Notable, toast::cancel_too_late(), now_local_ms);
                }
                vec![]
            }
            // What a message tells of time was heard as it came.
            ServerMessage::Pong { .. } => vec![],
            ServerMessage::HostGranted { grant } => {
                self.host.grant = Some(grant);
                self.host.checking = false;
                self.host.denied = None;
                vec![Notice::HostGranted]
            }
            ServerMessage::HostDenied { reason, retry_after_ms } => {
                self.host.deny(reason, now_local_ms + retry_after_ms);
                vec![]
            }
            ServerMessage::HostReply { request_id, result } => {
                self.host_reply(request_id, result, now_local_ms);
                vec![]
            }
            ServerMessage::HostState(state) => {
                self.host.state = Some(state);
                vec![]
            }
            ServerMessage::Announcement(words) => {
                // It stands over the floor for a while; the history keeps it.
                self.toast(ToastKind::Quiet, toast::announcement(&words), now_local_ms);
                self.announcement = Some((words, now_local_ms));
                vec![]
            }
            ServerMessage::End(end) => {
                self.end = Some(*end);
                vec![Notice::End]
            }
            ServerMessage::Bye { reason } => {
                self.connection = Connection::Closed(reason);
                vec![]
            }
            ServerMessage::Rank(rank) => {
                if let Some(own) = &mut self.own {
                    own.rank = rank;
                }
                vec![]
            }
            ServerMessage::SeatCode { user, code, valid_ms } => {
                self.host.seat_code = Some((user, code, now_local_ms + valid_ms));
                vec![]
            }
        }
    }

    /// Adds a line to what happens here and now.
    pub fn toast(&mut self, kind: ToastKind, words: Words, now_local_ms: u64) {
        let session_ms = self.session_ms(now_local_ms);
        self.toasts.push(kind, words, now_local_ms, session_ms);
    }

    /// Adds a line to what happened on the server, at its own time: it is told later, by the way here and by the breath.
    fn tell(&mut self, kind: ToastKind, words: Words, now_local_ms: u64) {
        let happened_ms = self.session.as_ref().map_or(0, |session| session.clock().now_ms);
        self.toasts.push(kind, words, now_local_ms, happened_ms);
    }

    fn welcome(&mut self, welcome: Welcome, now_local_ms: u64) -> Vec<Notice> {
        self.connection = Connection::Live;
        self.join_url = welcome.join_url;
        let mark = |you: &Option<You>| you.as_ref().map(|you| you.mark);
        if self.session.is_some() && mark(&self.you) != mark(&welcome.you) {
            self.forget_orders(now_local_ms);
            (self.own, self.departure) = (None, None);
        }
        self.you = welcome.you;
        self.visit.tell_again();
        self.visit.reach(Step::Sight, now_local_ms);
        let mut notices = vec![Notice::Welcome];
        notices.extend(self.snapshot(welcome.snapshot, now_local_ms));
        self.orders.restore(welcome.past, now_local_ms);
        if let Some(own) = welcome.private {
            notices.extend(self.private(own, now_local_ms));
        }
        self.recall();
        if let Some(end) = welcome.end {
            self.end = Some(end);
            notices.push(Notice::End);
        }
        notices
    }

    /// What a leaving meant that this screen has not seen, as far as what the server keeps of one says it by now.
    fn recall(&mut self) {
        let (Some(session), Some(own)) = (&self.session, &self.own) else { return };
        let seen = |left: &Departure| {
            self.departure.as_ref().is_some_and(|seen| seen.outcomes == left.outcomes && !seen.before.is_empty())
        };
        if let Some(left) = Departure::recalled(session, own, &self.orders).filter(|left| !seen(left)) {
            self.departure = Some(left);
        }
    }

    fn refused(&mut self, refusal: ConnectRefusal) -> Vec<Notice> {
        self.connection = match refusal.code {
            RefusalCode::Name => Connection::NeedsName { error: Some(refusal.reason) },
            RefusalCode::Busy => Connection::Reconnecting { attempt: 1, why: Some(refusal.reason) },
            _ => Connection::Refused(refusal),
        };
        vec![]
    }

    fn snapshot(&mut self, snapshot: Snapshot, now_local_ms: u64) -> Vec<Notice> {
        let from = self.phase();
        let new_session = self.session.as_ref().is_some_and(|session| session.number() != snapshot.session);
        if new_session {
            self.forget_orders(now_local_ms);
            (self.own, self.end, self.departure) = (None, None, None);
            self.visit.go_on();
        }
        self.session = Some(Replica::from(snapshot));
        self.needs_resync = false;
        let mut notices = vec![Notice::Snapshot { new_session }];
        let to = self.phase();
        if from != to {
            notices.push(Notice::Phase { from, to });
        }
        notices
    }

    /// Orders of another session or seat: none of them is sent again, which is said of those without an answer.
    fn forget_orders(&mut self, now_local_ms: u64) {
        for sent in self.orders.forget() {
            let words = toast::not_sent_again(&self.called(&sent));
            self.toast(ToastKind::Bad, words, now_local_ms);
        }
    }

    fn tick(&mut self, update: Box<TickUpdate>, now_local_ms: u64) -> Vec<Notice> {
        if self.needs_resync {
            return vec![];
        }
        let from = self.phase();
        let Some(session) = &mut self.session else { return vec![] };
        let spots_before = session.spots();
        match session.apply(&update) {
            Applied::Stale => return vec![],
            Applied::Gap => {
                self.needs_resync = true;
                return vec![Notice::Gap];
            }
            Applied::Yes => {}
        }
        for event in &update.events {
            let Some(words) = toast::event(event, |outcome| self.outcome_name(outcome)) else { continue };
            // Who is out has the screen, and so has the end.
            let quiet =
                matches!(event, Event::Renormalisation { .. } | Event::Elimination { .. } | Event::Final { .. });
            self.tell(if quiet { ToastKind::Quiet } else { ToastKind::Notable }, words, now_local_ms);
        }
        let held = self.own.as_ref().map(|own| own.positions.clone()).unwrap_or_default();
        if let Some(departure) = Departure::of(&update, spots_before.clone(), held) {
            self.departure = Some(departure);
        }
        let mut notices = vec![Notice::Tick { update, spots_before }];
        self.phase_notice(from, now_local_ms, &mut notices);
        notices
    }

    pub(super) fn clock(&mut self, clock: Clock, now_local_ms: u64) -> Vec<Notice> {
        let from = self.phase();
        if let Some(session) = &mut self.session {
            session.set_clock(clock);
        }
        let mut notices = vec![];
        self.phase_notice(from, now_local_ms, &mut notices);
        notices
    }

    fn phase_notice(&mut self, from: Phase, now_local_ms: u64, notices: &mut Vec<Notice>) {
        let to = self.phase();
        if from == to {
            return;
        }
        notices.push(Notice::Phase { from, to });
        if to == Phase::Resolved {
            self.toasts.clear();
        }
        if let Some(words) = toast::phase(from, to, self.you.is_some()) {
            // A banner stands over the floor while it is frozen or paused, and the end has a page.
            let told = matches!(to, Phase::Frozen | Phase::Paused | Phase::Resolved);
            self.tell(if told { ToastKind::Quiet } else { ToastKind::Notable }, words, now_local_ms);
        }
    }

    fn seats(&mut self, changes: &[SeatChange]) -> Vec<Notice> {
        let Some(session) = &mut self.session else { return vec![] };
        let notices = changes.iter().filter_map(|change| match change {
            SeatChange::Set(seat) if !session.seats().contains_key(&seat.user) => Some(Notice::Joined(seat.user)),
            SeatChange::Set(_) => None,
            SeatChange::Gone(user) => Some(Notice::Left(*user)),
        });
        let notices = notices.collect();
        session.change_seats(changes);
        notices
    }

    fn private(&mut self, own: PrivateState, now_local_ms: u64) -> Vec<Notice> {
        let paid_before = self.own.as_ref().map(|before| before.statement.payouts);
        let paid = Usdc(own.statement.payouts.0 - paid_before.unwrap_or(own.statement.payouts).0);
        let departure = self.departure.as_mut().filter(|departure| departure.tick == own.tick);
        let told = departure.is_some() || self.session.as_ref().is_some_and(|s| s.clock().phase == Phase::Resolved);
        let kind = if told { ToastKind::Quiet } else { ToastKind::Good };
        if let Some(departure) = departure {
            departure.paid = Some(paid);
        }
        if paid.0 > 0 {
            self.tell(kind, toast::payout(paid), now_local_ms);
        }
        let mut notices = vec![];
        for receipt in &own.receipts {
            self.receipt(receipt, now_local_ms, &mut notices);
        }
        self.own = Some(own);
        notices
    }

    fn receipt(&mut self, receipt: &Receipt, now_local_ms: u64, notices: &mut Vec<Notice>) {
        let sent = self.orders.receipt(receipt).cloned();
        let (ordered, agreed) = (sent.as_ref().map(|sent| sent.order.size), sent.as_ref().and_then(SentOrder::agreed));
        let words = toast::receipt(receipt, &self.subject(receipt, sent.as_ref()), ordered, agreed);
        let filled = !receipt.fills.is_empty();
        let swept = matches!(receipt.order.reason, Some(RejectReason::ByElimination | RejectReason::BySettlement));
        let over = self.phase() == Phase::Resolved;
        let kind = match receipt.order.status {
            // The end has the screen, and adds up what it came to.
            _ if over => ToastKind::Quiet,
            OrderStatus::Canceled if swept => ToastKind::Quiet,
            OrderStatus::Rejected => ToastKind::Bad,
            OrderStatus::Filled => ToastKind::Good,
            _ if filled => ToastKind::Notable,
            _ => ToastKind::Info,
        };
        self.tell(kind, words, now_local_ms);
        if let Some(sent) = &sent {
            self.toasts.supersede(sent.order.client_order_id);
        }
        let rebate: i64 =
            receipt.cash.iter().filter(|cash| cash.kind == CashKind::Rebate).map(|cash| cash.amount.0).sum();
        if rebate > 0 {
            self.tell(if over { ToastKind::Quiet } else { ToastKind::Good }, toast::rebate(Usdc(rebate)), now_local_ms);
        }
        if filled {
            notices.push(Notice::OwnFill(Box::new(receipt.clone())));
        }
        if receipt.order.status == OrderStatus::Rejected {
            notices.push(Notice::OwnRejected);
        }
    }

    fn called(&self, sent: &SentOrder) -> String {
        let order = &sent.order;
        toast::order(order.direction, order.size, order.side, &self.outcome_name(order.outcome))
    }

    /// What an order is called that a receipt is about.
    fn subject(&self, receipt: &Receipt, sent: Option<&SentOrder>) -> String {
        if let Some(sent) = sent {
            return self.called(sent);
        }
        let known = self.own.iter().flat_map(|own| &own.open_orders).find(|order| order.id == receipt.order.id);
        if let Some(order) = known {
            let name = self.outcome_name(order.outcome);
            return toast::limit_order(order.direction, order.size, order.side, &name, order.price);
        }
        match receipt.fills.first() {
            Some(fill) => text::token(fill.side, &self.outcome_name(fill.outcome)),
            None => toast::unknown_order(receipt.order.id.0),
        }
    }

    fn ack(&mut self, ack: &OrderAck, now_local_ms: u64) -> Vec<Notice> {
        let Some(sent) = self.orders.ack(ack).cloned() else { return vec![] };
        let (kind, words) = match &ack.result {
            // The receipt may have come before its acknowledgement, after a reconnect.
            Ok(_) if sent.stage != Stage::Accepted => return vec![],
            Ok(_) => {
                self.visit.reach(Step::Order, now_local_ms);
                (ToastKind::Info, toast::accepted(&self.called(&sent)))
            }
            Err(refused) => (ToastKind::Bad, toast::refused(&refused.reason)),
        };
        self.toast(kind, words, now_local_ms);
        self.toasts.supersede(ack.client_order_id);
        if ack.result.is_err() { vec![Notice::OwnRejected] } else { vec![] }
    }

    fn host_reply(&mut self, request_id: u32, result: Result<String, String>, now_local_ms: u64) {
        let (kind, words) = match &result {
            Ok(done) => (ToastKind::Info, toast::host_done(done)),
            Err(reason) => (ToastKind::Bad, toast::host_refused(reason)),
        };
        self.toast(kind, words, now_local_ms);
        self.host.reply(request_id, result);
    }
}
