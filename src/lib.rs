//! Keyfob: manage the access keys of AWS IAM users.
//!
//! A functional core in an immediate-mode shell; ARCHITECTURE.md says which module owns what.

pub mod app;
pub mod args;
pub mod aws;
pub mod clock;
pub mod core;
pub mod desk;
pub mod domain;
pub mod ending;
pub mod engine;
pub mod hardening;
pub mod instance;
pub mod practice;
pub mod system_theme;
pub mod tasks;
pub mod ui;
pub mod window;
