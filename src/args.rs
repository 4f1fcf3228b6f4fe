//! The command line.

use clap::Parser;

use crate::domain::SignInChoice;

/// Manage the access keys of AWS IAM users
#[derive(Clone, Debug, Default, Parser)]
#[command(version, about)]
pub struct Args {
    /// Open this profile at once
    #[arg(long, value_name = "NAME", conflicts_with = "practice")]
    pub profile: Option<String>,

    /// Open the practice account at once: a simulated IAM inside Keyfob; nothing reaches AWS
    #[arg(long)]
    pub practice: bool,

    /// Fill the practice account with this many users
    #[arg(long, value_name = "N")]
    pub practice_users: Option<usize>,

    /// Response time of the practice account, in milliseconds
    #[arg(long, value_name = "MILLIS", default_value_t = 120)]
    pub practice_latency: u64,

    /// Send requests to this endpoint instead of AWS; the AWS CLI's variables for this work too
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,

    /// Prevent any changes
    #[arg(long)]
    pub read_only: bool,

    /// Open another window, although one is open on this display
    #[arg(long)]
    pub new_window: bool,
}

impl Args {
    /// What is to be opened at once.
    pub fn choice(&self) -> Option<SignInChoice> {
        match (&self.profile, self.practice) {
            (Some(profile), _) => Some(SignInChoice::Profile(profile.clone())),
            (None, true) => Some(SignInChoice::Practice),
            (None, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Args;

    #[test]
    fn the_manual_page_matches_the_help() {
        let page = include_str!("../assets/packaging/linux/keyfob.1").replace('\\', "");
        let mut command = Args::command();
        command.build();
        for argument in command.get_arguments() {
            let name = format!("--{}", argument.get_long().expect("each has a name"));
            let help = argument.get_help().expect("each is explained").to_string();
            assert!(page.contains(&name), "{name} is missing");
            assert!(page.contains(&format!("\n{help}\n")), "{name} is explained otherwise: {help}");
        }
        let options =
            page.split(".SH OPTIONS").nth(1).and_then(|rest| rest.split(".SH").next()).expect("a section");
        assert_eq!(options.matches(".TP").count(), command.get_arguments().count(), "one that is gone");
    }
}
