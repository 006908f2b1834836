//! The scenario runner (§10).
