//! Orders sent from here: sent → accepted → receipt, or why not. Only the model changes them; a number that is noted
//! twice has one effect.

use crate::action::Placement;
use outcry_engine::{Cash, CashKind, Fill, OrderId, OrderStatus, OrderUpdate, Quote, Tokens, Usdc};
use outcry_shared::message::{NewOrder, OrderAck, PastOrder, Receipt};
use std::collections::VecDeque;

/// Orders kept with their fate; older ones go.
const SENT_MAX: usize = 200;

/// Where an order stands, as far as this client was told.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// On its way to the server.
    Sent,
    /// Stored; waits for the next tick.
    Accepted,
    /// Never reached the market; it cost nothing.
    Refused(String),
    /// Was in a tick.
    Done(OrderUpdate),
}

/// An order sent from here.
#[derive(Clone, Debug, PartialEq)]
pub struct SentOrder {
    /// As it was sent.
    pub order: NewOrder,
    /// What the preview promised.
    pub preview: Option<Quote>,
    /// The number the server gave it.
    pub id: Option<OrderId>,
    /// How far it has come: on its way, refused, acknowledged, or touched by a tick.
    pub stage: Stage,
    /// When it was sent, local ms.
    pub sent_ms: u64,
    /// Its fills so far.
    pub fills: Vec<Fill>,
    /// Its movements of cash so far.
    pub cash: Vec<Cash>,
}

impl SentOrder {
    /// The sum of its movements of one kind.
    #[must_use]
    pub fn cash(&self, kind: CashKind) -> Usdc {
        Usdc(self.cash.iter().filter(|cash| cash.kind == kind).map(|cash| cash.amount.0).sum())
    }

    /// The total that was agreed to, of what was to be filled at once.
    #[must_use]
    pub fn agreed(&self) -> Option<Usdc> {
        self.preview.as_ref().filter(|quote| quote.rests == Tokens::ZERO).map(|quote| quote.total)
    }

    /// Whether nothing more can happen to it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match &self.stage {
            Stage::Sent | Stage::Accepted => false,
            Stage::Refused(_) => true,
            Stage::Done(update) => !matches!(update.status, OrderStatus::Open | OrderStatus::Partial),
        }
    }
}

/// Orders sent from here, newest last.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    next: u64,
    sent: VecDeque<SentOrder>,
}

impl Orders {
    pub(super) fn new(seed: u64) -> Self {
        Self { next: seed, sent: VecDeque::new() }
    }

    /// The number of the next order. The same until an order was sent, so that a click that
    /// is seen twice has one effect.
    #[must_use]
    pub fn next_id(&self) -> u64 {
        self.next
    }

    /// All that are kept, newest last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &SentOrder> {
        self.sent.iter()
    }

    /// An order by the client's own number.
    #[must_use]
    pub fn get(&self, client_order_id: u64) -> Option<&SentOrder> {
        self.sent.iter().rev().find(|sent| sent.order.client_order_id == client_order_id)
    }

    /// Orders on their way or waiting for the tick.
    pub fn pending(&self) -> impl Iterator<Item = &SentOrder> {
        self.sent.iter().filter(|sent| matches!(sent.stage, Stage::Sent | Stage::Accepted))
    }

    /// Orders without an answer.
    pub fn unanswered(&self) -> impl Iterator<Item = &SentOrder> {
        self.sent.iter().filter(|sent| sent.stage == Stage::Sent)
    }

    /// Somebody else's from now on, or of another session: nothing of it is sent any more. Returns what was not answered.
    pub(super) fn forget(&mut self) -> Vec<SentOrder> {
        self.sent.drain(..).filter(|sent| sent.stage == Stage::Sent).collect()
    }

    /// Notes an order as sent; false when it was sent before.
    pub(super) fn note(&mut self, placement: &Placement, now_local_ms: u64) -> bool {
        let order = placement.order.clone();
        if self.get(order.client_order_id).is_some() {
            return false;
        }
        self.next = self.next.max(order.client_order_id + 1);
        let preview = placement.preview.clone();
        let stage = Stage::Sent;
        let sent_ms = now_local_ms;
        self.sent.push_back(SentOrder { order, preview, id: None, stage, sent_ms, fills: vec![], cash: vec![] });
        while self.sent.len() > SENT_MAX {
            self.sent.pop_front();
        }
        true
    }

    /// Takes in what the server knows of orders that this screen does not: those sent before it was loaded.
    pub(super) fn restore(&mut self, past: Vec<PastOrder>, now_local_ms: u64) {
        for PastOrder { order, update, fills, cash } in past.into_iter().rev() {
            if self.get(order.client_order_id).is_some() || self.sent.len() == SENT_MAX {
                continue;
            }
            self.next = self.next.max(order.client_order_id + 1);
            let (id, stage) = (Some(update.id), Stage::Done(update));
            self.sent.push_front(SentOrder { order, preview: None, id, stage, sent_ms: now_local_ms, fills, cash });
        }
    }

    pub(super) fn ack(&mut self, ack: &OrderAck) -> Option<&SentOrder> {
        let sent = self.find(ack.client_order_id)?;
        match &ack.result {
            Ok((id, _)) => {
                sent.id = Some(*id);
                if sent.stage == Stage::Sent {
                    sent.stage = Stage::Accepted;
                }
            }
            Err(refused) => sent.stage = Stage::Refused(refused.reason.clone()),
        }
        Some(sent)
    }

    pub(super) fn receipt(&mut self, receipt: &Receipt) -> Option<&SentOrder> {
        let sent = match receipt.client_order_id {
            Some(number) => self.find(number),
            None => self.sent.iter_mut().rev().find(|sent| sent.id == Some(receipt.order.id)),
        }?;
        sent.id = Some(receipt.order.id);
        sent.stage = Stage::Done(receipt.order.clone());
        sent.fills.extend(receipt.fills.iter().cloned());
        sent.cash.extend(receipt.cash.iter().copied());
        Some(sent)
    }

    fn find(&mut self, client_order_id: u64) -> Option<&mut SentOrder> {
        self.sent.iter_mut().rev().find(|sent| sent.order.client_order_id == client_order_id)
    }
}
