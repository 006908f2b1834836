//! View models: what a panel shows, computed from the model.
