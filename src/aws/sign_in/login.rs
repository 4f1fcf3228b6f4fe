//! Console sessions of `aws login`: read and renewed by the SDK, opened by the AWS CLI.

use aws_config::login::LoginCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error::CredentialsError;

use super::SignInInterrupted;
use super::process::said;
use super::sso::problem;
use crate::aws::error::chain;
use crate::domain::{Failure, Prompt, SignInProblem};

pub(super) async fn credentials(
    profile: &str,
    session_arn: &str,
    config: &ProviderConfig,
) -> Result<Credentials, SignInInterrupted> {
    let provider = LoginCredentialsProvider::builder(session_arn).configure(config).build();
    provider.provide_credentials().await.map_err(|err| {
        let detail = chain(&err);
        let is_renewal = matches!(err, CredentialsError::ProviderError(_));
        if is_renewal && !is_over(&detail) {
            problem(SignInProblem::Provider { profile: profile.to_owned(), detail }).into()
        } else {
            SignInInterrupted::Prompt(Prompt::Login { profile: profile.to_owned() })
        }
    })
}

/// What a renewal failed of, told by the SDK's words alone (aws-config 1.13, `login.rs`): AWS refused it, and for want of no
/// permission. Busy services, networks and pages of a proxy need more than another sign-in in the browser.
fn is_over(detail: &str) -> bool {
    detail.contains("AccessDeniedException") && !detail.contains("insufficient permissions")
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
        AwsLogin::Ended { output, .. } if does_not_know_login(&String::from_utf8_lossy(&output)) => {
            Err(problem(SignInProblem::AwsCliTooOld))
        }
        AwsLogin::Ended { output, .. } => Err(problem(SignInProblem::AwsCli { said: said(&output) })),
    }
}

/// How its argument parser says so: "argument command: Invalid choice, …" in version 1 and early in version 2, "argument
/// command: Found invalid choice 'login'" later.
fn does_not_know_login(output: &str) -> bool {
    output.contains("argument command:") && output.to_lowercase().contains("invalid choice")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(output: &str) -> SignInProblem {
        let outcome = login_outcome(AwsLogin::Ended { well: false, output: output.as_bytes().to_vec() });
        let Err(Failure { cause: crate::domain::Cause::SignIn(problem), .. }) = outcome else {
            panic!("it went well")
        };
        problem
    }

    #[test]
    fn only_a_session_that_aws_refuses_is_over() {
        let failed = "the credential provider encountered an error: failed to refresh cached Login token";
        assert!(is_over(&format!(
            "{failed}: Your session has expired. Please reauthenticate.: AccessDeniedException"
        )));
        let missing = "Unable to refresh credentials due to insufficient permissions.";
        assert!(!is_over(&format!("{failed}: {missing}: AccessDeniedException")));
        for passing in [
            "InternalServerException: try later",
            "TooManyRequestsError",
            "unhandled error: 502",
            "dispatch failure",
        ] {
            assert!(!is_over(&format!("{failed}: {passing}")), "{passing}");
        }
    }

    #[test]
    fn an_aws_cli_without_login_is_told_from_one_that_failed() {
        let old = "usage: aws [options] …\naws: error: argument command: Invalid choice, valid choices are:\n\nacm | acm-pca";
        assert_eq!(ended(old), SignInProblem::AwsCliTooOld);
        assert_eq!(
            ended("aws: [ERROR]: argument command: Found invalid choice 'login'"),
            SignInProblem::AwsCliTooOld
        );
        let said = "An error occurred: denied".to_owned();
        assert_eq!(ended(&said), SignInProblem::AwsCli { said });
    }
}
