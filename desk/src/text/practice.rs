//! The words of the practice market.

words! {
    TITLE = "PRACTICE";
    /// In the lobby.
    INVITE = "Practise while you wait";
    ABOUT = "A market of your own with four bots: nobody sees it, nothing counts.";
    OPEN = "Practise";
    AGAIN = "Practise again";
    /// Leads there from the room, which has none.
    ABOUT_PAGE = "It opens beside the room; one button brings you back.";
    LEAVE = "Back to the lobby";
    BUY = "Buy something: tap a price, then tap what you believe.";
    SELL = "Sell it back: tap Sell beside what you hold.";
    TAKE_BACK = "Open More, place a limit order, and take it back with Cancel.";
    ALL_DONE = "All three done: you are ready. The real market opens by itself.";
    MISSIONS = "Three things to try";
    /// After a mission.
    DONE = ", done";
}

/// Said when the session starts over it.
#[must_use]
pub fn over() -> (String, String) {
    ("Practice is over".to_owned(), "This is the real market. Its money is play money too.".to_owned())
}

/// Things that nobody plays for.
pub const OUTCOMES: [&str; 3] = ["Apple", "Banana", "Cherry"];
/// The four bots.
pub const BOTS: [&str; 4] = ["Tumble", "Ledger", "Breeze", "Anchor"];

/// "Nothing counts. 1 of 3 done"
#[must_use]
pub fn done(count: u32) -> String {
    format!("Nothing counts. {count} of 3 done")
}
