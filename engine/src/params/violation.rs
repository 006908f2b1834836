//! What is wrong with a parameter, in words that any form can show beside it.

use serde::{Deserialize, Serialize};

/// One thing that is not allowed: which field, what it is, what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field} is {value}: {allowed}")]
pub struct Violation {
    /// The parameter's field name ("zeta_start", "rounds[1].at_s").
    pub field: String,
    /// Its value as text.
    pub value: String,
    /// What would be right, as a sentence part ("must be between 3 and 10").
    pub allowed: String,
}
