//! What is wrong with a scenario, and where.

/// Where a scenario is malformed, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Malformed {
    /// The field, as a path ("steps[0].orders[2].size").
    pub field: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl Malformed {
    pub(super) fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}
