//! Terms with one sentence of help each.

use serde::Serialize;

macro_rules! terms {
    ($($term:ident, $name:literal, $help:literal;)*) => {
        /// A term on the screen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum Term {
            $(#[doc = $help] $term,)*
        }

        impl Term {
            /// Every one, in an order to read them in.
            pub const ALL: &[Self] = &[$(Self::$term,)*];

            /// What it is called on the screen.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$term => $name,)* }
            }

            /// One sentence of help.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$term => $help,)* }
            }
        }
    };
}

terms! {
    Worth, "You're worth", "Cash, locked cash and all your tokens at the pool's price, and how that compares with your start.";
    Balance, "Cash", "Cash you can spend now; cash locked in open bids is not in it.";
    Locked, "Locked", "Cash set aside for your open bids; it comes back when they are cancelled.";
    Value, "Value", "Cash, locked cash and all your tokens at the pool's price.";
    Rank, "Rank", "Your place by value; equal values share a rank.";
    NextFreeze, "Next round", "Then trading stops for a moment and outcomes leave the game.";
    Resumes, "Resumes in", "Trading goes on then.";
    End, "Ends in", "Then one outcome wins and every winning token pays $1.";
    Yes, "YES", "Pays $1 if this outcome wins, nothing otherwise.";
    No, "NO", "Pays $1 as soon as this outcome is out or loses, nothing if it wins.";
    Change, "60 s", "How the YES price moved during the last 60 seconds of trading.";
    Market, "Market", "Trades at once at the best prices there are, whole or not at all.";
    Limit, "Limit", "Trades at your price or better; what does not fill at once waits in the book.";
    OrderType, "Order type", "Market orders trade at once at the prices there are; limit orders wait for yours.";
    Amount, "Amount", "How much you want to spend, or how many tokens.";
    Size, "Size", "How many tokens; each pays $1 if it wins.";
    LimitPrice, "Limit price", "The worst price you accept, on the price grid of this market.";
    MaxSlippage, "Max slippage", "If the average price would be further than this from the price now, the order is rejected.";
    AutoFill, "Auto-fill", "Fills this order when a trade in another outcome moves the price past your limit; part of the gain is yours as a rebate.";
    Average, "Average price", "What one token costs or brings on average, before fees.";
    PriceMet, "Price at its turn", "Orders that trade first in the same moment, your own among them, move the price; slippage is measured from here.";
    Slippage, "Slippage", "How much worse the average price is than the price that the order meets: big orders move the price.";
    Fee, "Fee", "A share of the value traded; it goes to the market maker.";
    Fees, "Fees", "Fees paid by everyone so far; they go to the market maker.";
    Gas, "Gas", "A flat price for each order sent, even if it is rejected.";
    Total, "Total", "Everything that leaves your balance with this order.";
    Receive, "You receive", "What arrives on your balance, fee and gas taken off.";
    ToWin, "To win", "What these tokens pay if they win.";
    PriceAfter, "Price after", "Where the price would stand after this order.";
    Rests, "Waits in book", "The part that does not fill at once and waits at your limit price.";
    Pool, "Pool", "The market maker: it always buys and sells, at a price that moves with every trade.";
    PoolPrice, "Pool price", "The market maker's own price. YES and NO have one each and may add up to more than 100¢.";
    Spread, "Spread", "The distance between the best bid and the best ask in the book.";
    Share, "Yours", "Your part of what waits at this price; fills are shared in proportion.";
    AvgCost, "Paid for each", "What one of your tokens cost on average, fees included.";
    Unrealised, "Open P&L", "Value of your tokens at the pool's price, less what they cost.";
    Realised, "Realised", "Made or lost by sales and payouts so far.";
    IfWins, "If … wins", "Your cash at the end for each outcome that can still win.";
    IfLeaves, "If … leaves next", "Your value after each possible next elimination, the others' prices being those of now.";
    Payout, "Payout", "What your tokens would pay.";
    FinalCash, "Cash", "All your cash after it, bids returned.";
    Pnl, "P&L", "Profit or loss against the cash you started with, gas included.";
    RankThen, "Rank then", "Where that would place you if everyone else kept their present value.";
    Gain, "Gain", "Value against the cash at the start, after gas.";
    Trades, "Trades", "How many fills.";
    Subsidy, "Subsidy", "The maker's own money behind this outcome; it shrinks as traders' money comes in.";
    MakerRisk, "Maker risk", "The subsidy that is still in the pools.";
    WorstCase, "Worst-case loss", "The most the maker can still lose, over every winner still possible; never above Z.";
    MakerProfit, "Maker profit", "Fees and the maker's part of auto-fill gains; exact after the end.";
    Volume, "Volume", "Size times price of all fills so far.";
    Seigniorage, "Seigniorage", "The maker's part of auto-fill and matching gains.";
    Overround, "Sum of YES", "All YES prices together. Prices are not chances: they need not add up to 100¢.";
}
