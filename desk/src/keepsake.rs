//! One's result as it may be kept: what a picture of it says. The page draws it.

use serde::Serialize;

/// One's own result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Keepsake {
    /// What a picture of it is called.
    pub file: String,
    /// The session's name.
    pub session: String,
    /// One's name.
    pub player: String,
    /// "2nd of 8"
    pub place: String,
    /// The place as a number, from 1.
    pub rank: u32,
    /// "$1,058.34"
    pub balance: String,
    /// "+$58.34"
    pub gain: String,
    /// −1, 0 or 1: the colour of `gain`.
    pub sign: i64,
    /// What stands before the best trade.
    pub best_words: &'static str,
    /// "YES Blaise, +$120.00": the token that one made most with, if one made anything.
    pub best: Option<String>,
}
