//! What is kept of a floor, and what is told of it, whatever happens on it.

mod random;
mod ledger;
mod replica;
