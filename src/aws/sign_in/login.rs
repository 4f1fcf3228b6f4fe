//! Console sessions of `aws login`: read and renewed by the SDK, opened by the AWS CLI.

use aws_config::login::LoginCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;

use super::Stop;
use super::process::said;
use super::sso::problem;
use crate::aws::error::chain;
use crate::domain::{Ask, Failure, SignInProblem};

pub(super) async fn credentials(
    profile: &str,
    session_arn: &str,
    config: &ProviderConfig,
) -> Result<Credentials, Stop> {
    let provider = LoginCredentialsProvider::builder(session_arn).configure(config).build();
    provider.provide_credentials().await.map_err(|err| {
        let detail = chain(&err);
        // These need more than another sign-in in the browser.
        let elsewhere = ["insufficient permissions", "dispatch failure", "dns error", "timeout"];
        if elsewhere.iter().any(|part| detail.contains(part)) {
            problem(SignInProblem::Provider { profile: profile.to_owned(), detail }).into()
        } else {
            Stop::Ask(Ask::Login { profile: profile.to_owned() })
        }
    })
}

/// How a run of `aws login` ended.
pub enum AwsLogin {
    /// There is no `aws` on this computer.
    NotFound,
    Ended {
        well: bool,
        /// What it wrote, both streams.
        output: Vec<u8>,
    },
}

/// Whether the console session is there now.
pub fn login_outcome(run: AwsLogin) -> Result<(), Failure> {
    match run {
        AwsLogin::NotFound => Err(problem(SignInProblem::NoAwsCli)),
        AwsLogin::Ended { well: true, .. } => Ok(()),
        AwsLogin::Ended { output, .. } => {
            let said = said(&output);
            // How argparse words it for a version before 2.32.
            let is_unknown = said.contains("argument command") || said.contains("nvalid choice");
            Err(problem(if is_unknown {
                SignInProblem::AwsCliTooOld { said }
            } else {
                SignInProblem::AwsCli { said }
            }))
        }
    }
}
