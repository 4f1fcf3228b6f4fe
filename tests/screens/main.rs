//! The interface, driven by accessible names, and a few images of it.

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]
#![expect(clippy::print_stdout, reason = "a figure is printed where it is made")]

mod access;
mod account_keys;
mod accounts;
mod activity;
mod batch;
mod clock;
mod engine;
mod events;
#[path = "../figure/write.rs"]
mod figure;
mod find;
mod focus;
mod guide;
mod keys;
mod keys_page;
mod menus;
mod messages;
mod network;
mod one_press;
mod painter;
mod panics;
mod pictures;
mod questions;
mod secret;
mod settings;
mod stand;
mod start;
mod tables;
mod telling;
mod tools;
mod users;
