//! The promises of the core, tested by plain calls.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]

mod accounts;
mod activity;
mod answers;
mod batch;
mod clock;
mod create;
mod delete;
mod find;
mod key_store;
mod keys;
mod messages;
mod network;
mod orphans;
mod panel;
mod permissions;
mod prefetch;
mod presses;
mod questions;
mod report;
mod rules;
mod seen;
mod session;
mod settings;
mod sign_in;
mod stand;
mod status;
mod steps;
mod sweep;
mod users;
mod world;
