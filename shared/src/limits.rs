//! Every limit of the protocol, with its unit and what happens beyond it.

/// Version of the messages. Another one in a [`crate::message::Hello`] is refused with "reload".
pub const PROTOCOL_VERSION: u16 = 10;
/// Largest frame a client may send, in bytes. A larger one closes the connection (1009).
pub const CLIENT_FRAME_BYTES_MAX: usize = 8 << 10;
/// Largest message a client may send, in bytes. A larger one is not decoded and counts as bad.
/// It stays below renet's slice size, so that clients never send sliced packets; a host's
/// configuration fits by the limits of its names.
pub const CLIENT_MESSAGE_BYTES_MAX: usize = 1_100;
/// Largest message a server may send, in bytes. The client drops the connection beyond it.
pub const SERVER_FRAME_BYTES_MAX: usize = 4 << 20;
/// Undecodable messages after which a connection is closed (1008).
pub const BAD_MESSAGES_MAX: u32 = 3;
/// Sustained messages per second of one connection; beyond the burst it is closed (1008).
pub const MESSAGES_PER_S: u32 = 20;
/// Messages a connection may send at once.
pub const MESSAGES_BURST: u32 = 40;
/// Participants of a session; a join beyond it is refused.
pub const SEATS_MAX: usize = 2_000;
/// Connections that watch without a seat; another one is refused, and the places of seats stay free.
pub const SPECTATORS_MAX: usize = 500;
/// Open orders of a participant; an order beyond it is refused before the market.
pub const OPEN_ORDERS_MAX: usize = 200;
/// Largest maximum slippage of an order, as a multiple of the spot price; an order beyond it is
/// refused before the market. No price moves that far, and the record could not hold more.
pub const SLIPPAGE_MAX: i64 = 1_000;
/// Orders of all participants waiting for one tick; beyond it they are refused "busy".
pub const PENDING_ORDERS_MAX: usize = 4_000;
/// Laps of which something waits for a connection; beyond it, it gets a snapshot instead of the backlog.
pub const OUT_QUEUE_LAPS: usize = 32;
/// Bytes that wait for a connection, in all that its laps have sent; beyond it, it gets a snapshot instead of the backlog.
/// Something longer goes out when nothing else waits.
pub const OUT_QUEUE_BYTES: usize = 1 << 20;
/// Bytes that wait for all connections together: when there are many, each has an equal share of them.
pub const OUT_BYTES_MAX: usize = 256 << 20;
/// Visible characters of a name.
pub const NAME_CHARS_MAX: usize = 24;
/// Bytes of a name after normalisation.
pub const NAME_BYTES_MAX: usize = 96;
/// Combining marks in a row in a name that can stand on letters of any script; one more is refused.
pub const MARKS_IN_A_ROW_MAX: usize = 2;
/// The same of marks that belong to one script, which builds syllables of them: vowels, medials, tones.
pub const SCRIPT_MARKS_IN_A_ROW_MAX: usize = 6;
/// Characters of a host's message to all.
pub const ANNOUNCEMENT_CHARS_MAX: usize = 200;
/// Characters of a password that are looked at; a longer one is refused unhashed.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Rows of the public leaderboard.
pub const LEADERBOARD_ROWS: usize = 10;
/// Orders of a seat whose fate is told to a screen that comes back; older ones are in the export.
pub const PAST_ORDERS_MAX: usize = 24;
/// Fills told of each; its sums have all of them.
pub const PAST_FILLS_MAX: usize = 24;
/// Trades kept for the tape: of a newcomer, and of one tick.
pub const TAPE_TRADES: usize = 100;
/// Orders placed and pulled that everyone is told of one tick; the last ones.
pub const TICK_ACTIONS: usize = 100;
/// Points of the price history that a newcomer gets.
pub const HISTORY_POINTS: usize = 600;
/// Characters of an outcome's name, as the engine validates it.
pub const OUTCOME_NAME_CHARS_MAX: usize = 24;
/// Bytes of an outcome's name.
pub const OUTCOME_NAME_BYTES_MAX: usize = 60;
/// Visible characters of a session's name.
pub const SESSION_NAME_CHARS_MAX: usize = 60;
/// Bytes of a session's name.
pub const SESSION_NAME_BYTES_MAX: usize = 120;
/// Visible characters of a session's question.
pub const QUESTION_CHARS_MAX: usize = 80;
/// Bytes of a session's question.
pub const QUESTION_BYTES_MAX: usize = 120;
/// Bytes of a configuration file; a longer one is not read.
pub const CONFIG_FILE_BYTES_MAX: usize = 64 << 10;
