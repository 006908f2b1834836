//! The words of the help.

/// Heading.
pub const TITLE: &str = "How it works";
/// Heading.
pub const SETTINGS: &str = "This device";
/// Heading.
pub const RULES: &str = "Rules";
/// Heading.
pub const KEYS: &str = "Keys";
/// Heading.
pub const TERMS: &str = "Words";
/// Switch.
pub const REDUCE_MOTION: &str = "Reduce motion";
/// Switch.
pub const MUTE: &str = "No sounds";
/// Heading of the history.
pub const HISTORY: &str = "What happened";

/// Keys and what they do.
pub const KEY_MAP: [(&str, &str); 11] = [
    ("1–9, 0", "choose the outcome A–J"),
    ("Y / N", "YES or NO"),
    ("B / S", "buy or sell"),
    ("M / L", "market or limit"),
    ("↑ / ↓", "limit price by one step, with Shift by five"),
    ("Enter", "send the order, or confirm it"),
    ("Esc", "close, go back, clear the amount"),
    ("X", "cancel the newest open order"),
    ("Shift+X", "cancel all open orders"),
    ("U", "sound on or off"),
    ("?", "this page"),
];
