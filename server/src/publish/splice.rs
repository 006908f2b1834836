//! Messages that are long and differ between those who get them in a small part: the long part is encoded
//! once. They are, byte for byte, what the codec would make of the whole.

use outcry_shared::{
    codec::encode,
    ledger::Statement,
    message::{EndReport, PastOrder, PrivateState, ServerMessage, Snapshot, You},
};

/// Place of [`ServerMessage::Welcome`] among the kinds of messages.
const WELCOME: u8 = 0;
/// Place of [`ServerMessage::End`] among the kinds of messages.
const END: u8 = 15;
/// Nothing inside an `Option`.
const NONE: u8 = 0;
/// Something inside an `Option`, which follows.
const SOME: u8 = 1;

/// A snapshot, encoded.
pub(super) struct Shot(Vec<u8>);

impl Shot {
    pub(super) fn of(snapshot: Snapshot) -> Self {
        Self(encode(&ServerMessage::Snapshot(Box::new(snapshot))))
    }

    /// The message that brings it alone.
    pub(super) fn message(&self) -> &[u8] {
        &self.0
    }

    /// Without the message's kind.
    fn bare(&self) -> &[u8] {
        self.0.get(1..).unwrap_or_default()
    }

    /// The welcome that brings it.
    pub(super) fn welcome(
        &self,
        you: Option<You>,
        private: Option<PrivateState>,
        end: Option<Vec<u8>>,
        join_url: &str,
        past: &[PastOrder],
    ) -> Vec<u8> {
        let mut bytes = vec![WELCOME];
        bytes.extend(encode(&env!("CARGO_PKG_VERSION")));
        bytes.extend(encode(&you));
        bytes.extend(self.bare());
        bytes.extend(encode(&private));
        match end {
            None => bytes.push(NONE),
            Some(end) => {
                bytes.push(SOME);
                bytes.extend(end);
            }
        }
        bytes.extend(encode(&join_url));
        bytes.extend(encode(&past));
        bytes
    }
}

/// The results of a session, encoded: an end report without the statement, which is its last field.
pub(super) struct Results(Vec<u8>);

impl Results {
    pub(super) fn of(report: &EndReport) -> Self {
        let mut bytes = encode(&EndReport { statement: None, ..report.clone() });
        bytes.pop();
        Self(bytes)
    }

    /// The report for the owner of a statement.
    pub(super) fn report(&self, statement: Option<&Statement>) -> Vec<u8> {
        [self.0.as_slice(), &encode(&statement)].concat()
    }

    /// The message that brings it.
    pub(super) fn message(&self, statement: Option<&Statement>) -> Vec<u8> {
        [&[END], self.report(statement).as_slice()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{
        Direction, Market, Metrics, OrderId, OrderKind, OrderStatus, OrderUpdate, OutcomeId, Params, Price, Side,
        Tokens, Usdc, UserId,
    };
    use outcry_shared::{
        message::{NewOrder, RankingRow, Welcome},
        phase::Clock,
    };

    fn snapshot() -> Snapshot {
        let market = Market::new(Params::default()).unwrap();
        Snapshot {
            session: 300,
            session_name: "Friday".to_owned(),
            question: "Who wins the final?".to_owned(),
            tick: 7_000,
            clock: Clock::default(),
            market: market.public(),
            seats: Vec::new(),
            leaders: Vec::new(),
            tape: Vec::new(),
            history: Vec::new(),
            metrics: Metrics::default(),
            outcomes: Vec::new(),
            state_hash: [9; 32],
            default_slippage_percent: 5,
        }
    }

    fn report(statement: Option<Statement>) -> EndReport {
        let row = RankingRow {
            rank: 1,
            user: UserId(300),
            name: "Ada".to_owned(),
            balance: Usdc(5),
            net_pnl: Usdc(-5),
            gain_bp: -1,
            trades: 3,
            gas: Usdc(1),
            bot: true,
        };
        EndReport {
            winner: OutcomeId(1),
            rankings: vec![row; 3],
            gas_total: Usdc(3),
            metrics: Metrics::default(),
            statement,
        }
    }

    fn past_order() -> PastOrder {
        let (outcome, side, direction, size) = (OutcomeId(1), Side::No, Direction::Buy, Tokens(2_000_000));
        let kind = OrderKind::Limit { price: Price(300_000), af_opt_in: true };
        let order = NewOrder { session: 300, client_order_id: 7, outcome, side, direction, kind, size, promise: None };
        let (id, user, status) = (OrderId(300), UserId(300), OrderStatus::Open);
        let update = OrderUpdate { id, user, status, filled: Tokens(0), remaining: size, reason: None };
        PastOrder { order, update, fills: Vec::new(), cash: Vec::new() }
    }

    #[test]
    fn what_is_spliced_is_what_the_codec_makes() {
        let private = PrivateState {
            tick: 3,
            own: Market::new(Params::default()).unwrap().own_view(UserId(1)),
            open_orders: Vec::new(),
            positions: Vec::new(),
            statement: Statement::default(),
            rank: 9,
            trade_count: 1,
            receipts: Vec::new(),
        };
        let you = You { user: UserId(300), name: "Ada".to_owned(), mark: 3 };
        let shot = Shot::of(snapshot());
        assert_eq!(shot.message(), encode(&ServerMessage::Snapshot(Box::new(snapshot()))));
        let statement = Some(Statement::default());
        let results = Results::of(&report(statement));
        for statement in [statement, None] {
            let message = ServerMessage::End(Box::new(report(statement)));
            assert_eq!(results.message(statement.as_ref()), encode(&message));
        }
        let past = vec![past_order(); 2];
        for (you, private, end) in [(Some(you), Some(private), Some(report(statement))), (None, None, None)] {
            let spliced = end.as_ref().map(|end| results.report(end.statement.as_ref()));
            let message = ServerMessage::Welcome(Box::new(Welcome {
                build: env!("CARGO_PKG_VERSION").to_owned(),
                you: you.clone(),
                snapshot: snapshot(),
                private: private.clone(),
                end,
                join_url: "http://floor.test".to_owned(),
                past: past.clone(),
            }));
            assert_eq!(shot.welcome(you, private, spliced, "http://floor.test", &past), encode(&message));
        }
    }
}
