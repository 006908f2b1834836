//! The engine on the last state: what an order would get.
