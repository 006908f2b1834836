//! The words of the help.

words! {
    TITLE = "How it works";
    SETTINGS = "This device";
    RULES = "Rules";
    KEYS = "Keys";
    TERMS = "Words";
    REDUCE_MOTION = "Reduce motion";
    MORE_CONTRAST = "Stronger contrast";
    TEXT_SIZE = "Text size";
    MUTE = "No sounds";
    HISTORY = "What happened";
    /// Leads from the room to the page that is text.
    LIGHT_FLOOR = "Go to the light floor";
}

/// What stands in the room, after the rules.
pub const IN_THE_ROOM: (&str, &str) = (
    "What stands in the room",
    "A pillar is as high as its YES price. A ring on it is waiting orders at that price, the broader the more of them: \
     blue for YES, red for NO; whole rings buy, broken ones sell. The figures are the players.",
);

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
