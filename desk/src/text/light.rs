//! The words of the light floor: what a plain page says where a canvas shows.

words! {
    ENTER_FLOOR = "Enter the floor";
    NO_MOVE_YET = "Once a price moves, this says why.";
    OUTCOME = "Outcome";
    SIDE = "Which token";
    WAY = "Buy or sell";
    UNIT = "What the amount counts";
    DOLLARS = "Dollars";
    TOKENS = "Tokens";
    TOKEN = "Token";
    LESS = "Less";
    MORE = "More";
    QUICK = "Quick amounts";
    SHARE = "Share of the most you can";
    LOWER = "Lower";
    HIGHER = "Higher";
    FIGURES = "What you would get";
    CHART = "YES prices of every outcome over the session";
    CHART_TABLE = "The same as a table";
    TIME = "Time";
    BOOK_SIDE = "Book of";
    /// Where a browser does not let a page copy.
    COPY_BY_HAND = "This browser does not let the page copy: the link is selected, copy it by hand.";
    HOST = "Host this session";
    PROJECTOR = "Projector view";
    LINK = "The link to join";
    /// Before what one holds of a token.
    HELD = ", you hold ";
    /// After a price that an order would make.
    AFTER = " after your order";
}

/// " Ada at ", between a token and its price.
#[must_use]
pub fn of(name: &str) -> String {
    format!(" {name} at ")
}

/// "Sell now, about $81.87, YES Ada": a button with what it is about.
#[must_use]
pub fn of_token(words: &str, token: &str) -> String {
    format!("{words}, {token}")
}

/// "18.2¢ lowest, 61.0¢ highest": what a picture of a line shows.
#[must_use]
pub fn extremes(lowest: &str, highest: &str) -> String {
    format!("{lowest} lowest, {highest} highest")
}

/// "Cancel: Buy 120 YES Ada at 54¢"
#[must_use]
pub fn cancel(order: &str) -> String {
    format!("{}: {order}", super::ui::CANCEL)
}
