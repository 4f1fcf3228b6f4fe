//! The window: what the administrator sees and does.

pub mod theme;
pub mod widgets;
