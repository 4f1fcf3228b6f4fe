//! The AWS console, in words.

use crate::domain::{NoConsole, UserName, visible};

/// The accessible name of what opens a user's page.
pub fn open_console(user: &UserName) -> String {
    format!("Open {} in the AWS console", visible(user.as_str()))
}

/// What to know before it is opened.
pub const CONSOLE_ACCOUNT: &str = "The console shows the account that the browser is signed in to";

/// Why there is no page to open.
pub fn no_console(why: &NoConsole) -> String {
    match why {
        NoConsole::NotAws => "This is not AWS: it has no page in the console".to_owned(),
        NoConsole::NotPublic { partition } => {
            format!("The address of the console of {} is not public", visible(partition))
        }
    }
}
