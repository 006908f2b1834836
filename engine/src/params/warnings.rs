//! What is legal but costs the maker, with its size (§2).

use super::{Params, Warning};

impl Params {
    /// What is legal but costs the maker, with its size.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }
}
