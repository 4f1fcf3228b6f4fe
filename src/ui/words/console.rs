//! Links to the AWS console, in words.

use crate::domain::{NoConsole, UserName, spell_out_hidden};

/// The accessible name of a control that opens a user's page.
pub fn open_console(user: &UserName) -> String {
    format!("Open {} in the AWS console", spell_out_hidden(user.as_str()))
}

/// A note beside the link.
pub const CONSOLE_ACCOUNT: &str = "The console shows the account that the browser is signed in to";

/// Why there is no page to open.
pub fn no_console(why: &NoConsole) -> String {
    match why {
        NoConsole::NotAws => "This endpoint is not AWS, so there is no console page".to_owned(),
        NoConsole::NotPublic { partition } => {
            format!("The console address for {} is not public", spell_out_hidden(partition))
        }
    }
}
