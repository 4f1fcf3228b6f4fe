//! Every kind of profile and its failures, against a local server.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]
#![expect(clippy::disallowed_methods, reason = "the server of a test runs beside it")]

mod browser;
mod field;
mod files;
mod kinds;
mod mfa;
mod outside;
mod policies;
mod problems;
mod process;
mod renewal;
mod server;
mod stand;
