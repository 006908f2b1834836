//! The words of the first hints.

words! {
    PICK = "Tap a price of what you believe in: YES if it wins, NO if it does not.";
    BET = "Choose an amount, then tap what you believe. You are asked once more before it is sent.";
    SELL = "You can sell what you hold at any time: tap Sell.";
    GOT_IT = "Got it";
}
