//! The order in which Tab goes.
