//! The command line.

use clap::Parser;

/// Manage the access keys of AWS IAM users
#[derive(Clone, Debug, Default, Parser)]
#[command(version, about)]
pub struct Args {
    /// Open this profile at once
    #[arg(long, value_name = "NAME", conflicts_with = "practice")]
    pub profile: Option<String>,

    /// Open the practice account at once: an IAM inside Keyfob, nothing reaches AWS
    #[arg(long)]
    pub practice: bool,

    /// Fill the practice account with this many users
    #[arg(long, value_name = "N")]
    pub practice_users: Option<usize>,

    /// How long the practice account takes for an answer, in milliseconds
    #[arg(long, value_name = "MILLIS", default_value_t = 120)]
    pub practice_latency: u64,

    /// Send the requests here instead of to AWS; also by the environment, as the AWS CLI has it
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,

    /// Look at everything, change nothing
    #[arg(long)]
    pub read_only: bool,
}
