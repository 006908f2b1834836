//! What makes several processes one fleet.

pub mod agones;
