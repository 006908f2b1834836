//! Rows of an answer into what they mean. Both databases answer in the same columns: whole
//! numbers, texts and bytes.

use super::names::Named;
use crate::store::{
    admitted::{AcceptedOrder, Cancel, EventRow, Sending},
    error::StoreError,
    record::{CashRow, MetricsRow, OrderRow, RecordedInput, SnapshotRow, TickRow, TradeRow, UserRow},
    session::{SessionId, SessionInfo, SessionState},
    tick::{LobPool, PositionRow},
};
use outcry_engine::{
    Cash, CashKind, Direction, Fill, Metrics, Order, OrderId, OrderKind, OutcomeId, Party, Price, Rate, Tokens, Usdc,
    UserId,
};
use outcry_shared::{floor::INPUT_FORMAT, message::Promise};
use serde::de::DeserializeOwned;

/// Bytes of an input that are looked at: the most orders of a tick, and room.
const INPUT_BYTES_MAX: usize = 16 << 20;

/// A movement of cash as it is stored: participant, kind, micros, order, trade.
type Moved = (u32, String, i64, Option<u64>, Option<u64>);

/// A row of an answer, by the position of its columns.
pub(crate) trait Columns {
    fn maybe_int(&self, column: usize) -> Result<Option<i64>, sqlx::Error>;
    fn maybe_text(&self, column: usize) -> Result<Option<String>, sqlx::Error>;
    fn bytes(&self, column: usize) -> Result<Vec<u8>, sqlx::Error>;
}

/// Reads a row column by column, and says what is damaged.
pub(super) struct Reader<R> {
    row: R,
    next: usize,
    session: SessionId,
    what: &'static str,
}

impl<R: Columns> Reader<R> {
    pub(super) fn new(row: R, session: SessionId, what: &'static str) -> Self {
        Self { row, next: 0, session, what }
    }

    pub(super) fn damaged(&self, reason: impl ToString) -> StoreError {
        StoreError::Damaged { session: self.session, what: self.what, reason: reason.to_string() }
    }

    fn column(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    pub(super) fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        let column = self.column();
        self.row.maybe_int(column).map_err(|error| self.damaged(error))
    }

    pub(super) fn int(&mut self) -> Result<i64, StoreError> {
        self.maybe_int()?.ok_or_else(|| self.damaged(format!("column {} is empty", self.next - 1)))
    }

    /// A whole number of a narrower type.
    pub(super) fn number<N: TryFrom<i64>>(&mut self) -> Result<N, StoreError> {
        let number = self.int()?;
        N::try_from(number).map_err(|_| self.damaged(format!("{number} is out of range")))
    }

    fn maybe_number<N: TryFrom<i64>>(&mut self) -> Result<Option<N>, StoreError> {
        let Some(number) = self.maybe_int()? else { return Ok(None) };
        N::try_from(number).map(Some).map_err(|_| self.damaged(format!("{number} is out of range")))
    }

    fn flag(&mut self) -> Result<bool, StoreError> {
        Ok(self.int()? != 0)
    }

    pub(super) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        let column = self.column();
        self.row.maybe_text(column).map_err(|error| self.damaged(error))
    }

    pub(super) fn text(&mut self) -> Result<String, StoreError> {
        self.maybe_text()?.ok_or_else(|| self.damaged(format!("column {} is empty", self.next - 1)))
    }

    fn named<N: Named>(&mut self) -> Result<N, StoreError> {
        let name = self.text()?;
        N::from_name(&name).ok_or_else(|| self.damaged(format!("\"{name}\" is unknown")))
    }

    fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|error| self.damaged(error))
    }

    pub(super) fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        let column = self.column();
        self.row.bytes(column).map_err(|error| self.damaged(error))
    }

    pub(super) fn hash(&mut self) -> Result<[u8; 32], StoreError> {
        let bytes = self.bytes()?;
        let length = bytes.len();
        bytes.try_into().map_err(|_| self.damaged(format!("a hash of {length} bytes")))
    }

    fn direction(&mut self) -> Result<Direction, StoreError> {
        Ok(if self.flag()? { Direction::Buy } else { Direction::Sell })
    }

    fn party(&mut self) -> Result<Party, StoreError> {
        let user = self.maybe_number()?.map(UserId);
        let order = self.maybe_number()?.map(OrderId);
        Ok(match (user, order) {
            (Some(user), Some(order)) => Party::User { user, order },
            _ => Party::Pool,
        })
    }

    pub(super) fn session_info(&mut self) -> Result<SessionInfo, StoreError> {
        Ok(SessionInfo {
            id: SessionId(self.number()?),
            name: self.text()?,
            phase: self.named()?,
            users: self.number()?,
            bots: self.number()?,
            ticks: self.number()?,
            orders: self.number()?,
            fills: self.number()?,
            created_at: self.text()?,
            last_sign: self.text()?,
            served: self.flag()?,
            server: self.maybe_text()?,
        })
    }

    /// The state and the number of the last group.
    pub(super) fn session_state(&mut self) -> Result<(SessionState, u64), StoreError> {
        let state = SessionState {
            phase: self.named()?,
            clock_ms: self.number()?,
            door_open: self.flag()?,
            config: self.json()?,
            script: match self.maybe_text()? {
                Some(text) => Some(serde_json::from_str(&text).map_err(|error| self.damaged(error))?),
                None => None,
            },
            tick: self.number()?,
        };
        Ok((state, self.number()?))
    }

    pub(super) fn user(&mut self) -> Result<UserRow, StoreError> {
        Ok(UserRow {
            user: UserId(self.number()?),
            name: self.text()?,
            skeleton: self.text()?,
            token_hash: self.hash()?,
            bot: self.flag()?,
            open: self.flag()?,
            deposit: Usdc(self.int()?),
            balance: Usdc(self.int()?),
            net_pnl: Usdc(self.int()?),
            trade_count: self.number()?,
            gas_paid: Usdc(self.int()?),
        })
    }

    pub(super) fn position(&mut self) -> Result<PositionRow, StoreError> {
        Ok(PositionRow {
            user: UserId(self.number()?),
            outcome: OutcomeId(self.number()?),
            side: self.named()?,
            tokens: Tokens(self.int()?),
        })
    }

    pub(super) fn lob_pool(&mut self) -> Result<LobPool, StoreError> {
        Ok(LobPool {
            outcome: OutcomeId(self.number()?),
            side: self.named()?,
            direction: self.direction()?,
            tick: self.number()?,
            price: Price(self.number()?),
            volume: Tokens(self.int()?),
            shares: self.json()?,
        })
    }

    pub(super) fn order(&mut self) -> Result<OrderRow, StoreError> {
        let id = OrderId(self.number()?);
        let user = UserId(self.number()?);
        let client_order_id = self.maybe_int()?.map(i64::cast_unsigned);
        let (outcome, side, direction) = (OutcomeId(self.number()?), self.named()?, self.direction()?);
        let size = Tokens(self.int()?);
        let (limit, slippage, af_opt_in) = (self.maybe_number()?, self.maybe_int()?, self.flag()?);
        let kind = match (limit, slippage) {
            (Some(price), _) => OrderKind::Limit { price: Price(price), af_opt_in },
            (None, Some(slippage)) => OrderKind::Market { max_slippage: Rate(slippage) },
            (None, None) => return Err(self.damaged("an order without a limit or a slippage")),
        };
        let ts_ms = self.number()?;
        Ok(OrderRow {
            order: Order { id, user, outcome, side, direction, kind, size, ts_ms },
            client_order_id,
            status: self.named()?,
            filled: Tokens(self.int()?),
            remaining: Tokens(self.int()?),
            reason: self.maybe_text()?,
            gas: Usdc(self.int()?),
            tick_accepted: self.maybe_number()?,
            sending: self.sending()?,
        })
    }

    fn sending(&mut self) -> Result<Sending, StoreError> {
        let (tick, average) = (self.maybe_number()?, self.maybe_number()?.map(Price));
        let (total, lag_ms) = (self.maybe_int()?.map(Usdc), self.maybe_number()?);
        let promise = tick.zip(total).map(|(tick, total)| Promise { tick, average, total });
        Ok(Sending { promise, lag_ms })
    }

    pub(super) fn cash(&mut self) -> Result<CashRow, StoreError> {
        let (tick, ts_ms, text) = (self.number()?, self.number()?, self.maybe_text()?);
        let Some(text) = text else { return Ok(CashRow { tick, ts_ms, cash: None }) };
        let rows: Vec<Moved> = serde_json::from_str(&text).map_err(|error| self.damaged(error))?;
        let moved = |(user, kind, amount, order, trade_id): Moved| {
            let kind = CashKind::from_name(&kind).ok_or_else(|| self.damaged(format!("\"{kind}\" is unknown")))?;
            Ok(Cash { user: UserId(user), kind, amount: Usdc(amount), order: order.map(OrderId), trade_id })
        };
        let cash = rows.into_iter().map(moved).collect::<Result<_, StoreError>>()?;
        Ok(CashRow { tick, ts_ms, cash: Some(cash) })
    }

    pub(super) fn waiting_order(&mut self) -> Result<AcceptedOrder, StoreError> {
        self.order().map(|row| AcceptedOrder {
            order: row.order,
            client_order_id: row.client_order_id,
            sending: row.sending,
        })
    }

    pub(super) fn answer(&mut self) -> Result<(UserId, u64, OrderId, u64), StoreError> {
        let user = UserId(self.number()?);
        Ok((user, self.int()?.cast_unsigned(), OrderId(self.number()?), self.number()?))
    }

    pub(super) fn cancel(&mut self) -> Result<Cancel, StoreError> {
        Ok(Cancel { user: UserId(self.number()?), order: OrderId(self.number()?), now_ms: self.number()? })
    }

    pub(super) fn trade(&mut self) -> Result<TradeRow, StoreError> {
        let tick = self.number()?;
        let trade_id = self.number()?;
        let (outcome, side) = (OutcomeId(self.number()?), self.named()?);
        let (buyer, seller) = (self.party()?, self.party()?);
        let fill = Fill {
            trade_id,
            buyer,
            seller,
            outcome,
            side,
            price: Price(self.number()?),
            size: Tokens(self.int()?),
            value: Usdc(self.int()?),
            fee: Usdc(self.int()?),
            fill_type: self.named()?,
            ts_ms: self.number()?,
        };
        Ok(TradeRow { tick, fill })
    }

    pub(super) fn event(&mut self) -> Result<(u64, EventRow), StoreError> {
        Ok((self.number()?, EventRow { kind: self.text()?, payload: self.text()?, ts_ms: self.number()? }))
    }

    pub(super) fn tick(&mut self) -> Result<TickRow, StoreError> {
        Ok(TickRow { tick: self.number()?, ts_ms: self.number()?, summary: self.json()?, state_hash: self.hash()? })
    }

    pub(super) fn dated_event(&mut self) -> Result<(u64, EventRow, String), StoreError> {
        let (number, event) = self.event()?;
        Ok((number, event, self.text()?))
    }

    pub(super) fn dated_tick(&mut self) -> Result<(TickRow, String), StoreError> {
        Ok((self.tick()?, self.text()?))
    }

    pub(super) fn tick_hash(&mut self) -> Result<(u64, [u8; 32]), StoreError> {
        Ok((self.number()?, self.hash()?))
    }

    pub(super) fn metrics(&mut self) -> Result<MetricsRow, StoreError> {
        Ok(MetricsRow {
            tick: self.number()?,
            ts_ms: self.number()?,
            metrics: Metrics {
                volume: Usdc(self.int()?),
                mm_risk: Usdc(self.int()?),
                worst_case_loss: Usdc(self.int()?),
                mm_profit: Usdc(self.int()?),
                fees: Usdc(self.int()?),
                gas: Usdc(self.int()?),
                paid_in: Usdc(self.int()?),
                seigniorage: Usdc(self.int()?),
            },
        })
    }

    pub(super) fn input(&mut self) -> Result<RecordedInput, StoreError> {
        let (seq, tick, bytes) = (self.number()?, self.number()?, self.bytes()?);
        if bytes.first().is_some_and(|format| *format < INPUT_FORMAT) {
            return Err(StoreError::Earlier(self.session));
        }
        let input = outcry_shared::floor::decode_input(&bytes, INPUT_BYTES_MAX).map_err(|error| self.damaged(error))?;
        Ok(RecordedInput { seq, tick, input })
    }

    /// The snapshot, if it is what was written.
    pub(super) fn snapshot(&mut self) -> Result<SnapshotRow, StoreError> {
        let (tick, seq, state_hash) = (self.number()?, self.number()?, self.hash()?);
        let (checksum, bytes) = (self.hash()?, self.bytes()?);
        let snapshot = SnapshotRow { session: self.session, tick, seq, state_hash, bytes };
        if checksum != super::encode::checksum(&snapshot) {
            return Err(self.damaged("its checksum differs"));
        }
        Ok(snapshot)
    }
}
