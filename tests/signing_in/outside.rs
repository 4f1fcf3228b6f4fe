//! Sources that the SDK reads from the environment of the process itself: container, instance, and sessions of `aws login`.
//!
//! So these tests open the profile in their own process.

use std::process::Stdio;
use std::time::Duration;

use keyfob::aws::{self, Options, SignInInterrupted};
use keyfob::domain::{Prompt, SignInChoice, SignInInput};
use keyfob::practice::Practice;
use keyfob::ui::words;

use crate::stand::Stand;

/// sha256 of the ARN
const LOGIN: &str = ".aws/login/cache/11bbc882fa0112a0e2aa42512092bdb77bdc2de5bcf739440b5e7e0228647a6c.json";
const LOGIN_CONFIG: &str = "[profile lab]\nlogin_session = arn:aws:iam::123456789012:user/anna\n";
/// The example in the SDK's documentation.
const DPOP_KEY: &str = r"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIFDZHUzOG1Pzq+6F0mjMlOSp1syN9LRPBuHMoCFXTcXhoAoGCCqGSM49\nAwEHoUQDQgAE9qhj+KtcdHj1kVgwxWWWw++tqoh7H7UHs7oXh8jBbgF47rrYGC+t\ndjiIaHK3dBvvdE7MGj5HsepzLm3Kj91bqA==\n-----END EC PRIVATE KEY-----\n";

/// Opens `lab`, or the container, in a process with this environment, and returns the result.
async fn opened_in_process(stand: &Stand, variables: &[(&str, &str)]) -> String {
    let program = std::env::current_exe().expect("this program");
    let mut child = tokio::process::Command::new(program);
    child.args(["--exact", "outside::in_a_process_of_its_own", "--ignored", "--nocapture"]);
    child.env_clear().env("HOME", stand.home.path()).env("AWS_ENDPOINT_URL", &stand.server.url);
    child.env("NO_PROXY", "127.0.0.1").envs(variables.iter().copied()).stderr(Stdio::inherit());
    let output = child.output().await.expect("it runs");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let (_, said) = output.split_once("CAME OF IT: ").expect("it says what came of it");
    said.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
#[ignore = "needs the environment that the other tests give it: they run it"]
#[expect(clippy::print_stdout, reason = "the test that runs it reads it")]
async fn in_a_process_of_its_own() {
    let container = std::env::var("AWS_CONTAINER_CREDENTIALS_FULL_URI").is_ok();
    let choice = if container { SignInChoice::Container } else { SignInChoice::Profile("lab".into()) };
    let now = std::sync::Arc::new(jiff::Timestamp::now);
    let practice = keyfob::practice::Options { users: Some(0), latency: Duration::ZERO, now };
    let practice = Practice::new(practice);
    let came = match aws::connect(&choice, &Options::default(), &practice, &SignInInput::default()).await {
        Ok((_, account)) => account.caller_arn,
        Err(SignInInterrupted::Prompt(Prompt::Login { profile })) => format!("`aws login` for {profile}"),
        Err(SignInInterrupted::Prompt(ask)) => format!("{ask:?}"),
        Err(SignInInterrupted::Failed(failure)) => words::explain(&failure, None),
    };
    println!("CAME OF IT: {came}");
}

/// What hands out credentials on this computer, or beside it, is another one for a proxy.
#[tokio::test]
async fn a_container_is_never_asked_over_a_proxy() {
    let stand = Stand::new("").await;
    let (url, port) =
        (format!("{}/container", stand.server.url), stand.server.url.rsplit(':').next().unwrap_or("0"));
    let came = opened_in_process(
        &stand,
        &[
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()),
            ("AWS_ENDPOINT_URL", &format!("http://localhost:{port}")),
            ("NO_PROXY", "localhost"),
            ("HTTP_PROXY", "http://127.0.0.1:9"),
        ],
    )
    .await;
    assert_eq!(came, "arn:aws:sts::123456789012:assumed-role/Task/keyfob");
    let config = "[profile lab]\ncredential_source = Ec2InstanceMetadata\n\
                  role_arn = arn:aws:iam::123456789012:role/First\n";
    stand.write(".aws/config", config);
    let came = opened_in_process(
        &stand,
        &[
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", stand.server.url.as_str()),
            ("AWS_ENDPOINT_URL", &format!("http://localhost:{port}")),
            ("NO_PROXY", "localhost"),
            ("HTTP_PROXY", "http://127.0.0.1:9"),
        ],
    )
    .await;
    assert_eq!(came, "arn:aws:sts::123456789012:assumed-role/First/keyfob");
}

/// A program of somebody else's folder would be run.
#[cfg(unix)]
#[tokio::test]
async fn without_a_home_folder_nothing_is_read_from_where_keyfob_was_started() {
    let stand = Stand::new("[profile lab]\ncredential_process = touch ran\n").await;
    let program = std::env::current_exe().expect("this program");
    let mut child = tokio::process::Command::new(program);
    child.args(["--exact", "outside::in_a_process_of_its_own", "--ignored", "--nocapture"]);
    child.env_clear().env("AWS_ENDPOINT_URL", &stand.server.url).current_dir(stand.home.path());
    let output = child.output().await.expect("it runs");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.contains("CAME OF IT: The AWS config and credentials files have no profile lab"),
        "{output}"
    );
    assert!(!stand.path("ran").exists());
}

#[tokio::test]
async fn a_container_gives_its_role() {
    let stand = Stand::new("").await;
    let url = format!("{}/container", stand.server.url);
    let came = opened_in_process(&stand, &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", &url)]).await;
    assert_eq!(came, "arn:aws:sts::123456789012:assumed-role/Task/keyfob");
}

#[tokio::test]
async fn an_instance_gives_its_role_to_a_profile_that_says_so() {
    let config = "[profile lab]\ncredential_source = Ec2InstanceMetadata\n\
                  role_arn = arn:aws:iam::123456789012:role/First\n";
    let stand = Stand::new(config).await;
    let url = stand.server.url.clone();
    let came = opened_in_process(&stand, &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url)]).await;
    assert_eq!(came, "arn:aws:sts::123456789012:assumed-role/First/keyfob");
    let came = opened_in_process(&stand, &[("AWS_EC2_METADATA_DISABLED", "true")]).await;
    assert!(
        came.contains("has credential_source = Ec2InstanceMetadata, but there are no credentials"),
        "{came}"
    );
}

#[tokio::test]
async fn a_console_session_is_used_while_it_lasts() {
    let stand = Stand::new(LOGIN_CONFIG).await;
    stand.write(
        LOGIN,
        format!(
            r#"{{"accessToken": {{"accessKeyId": "ASIALOGIN", "secretAccessKey": "s", "sessionToken": "t",
                "accountId": "123456789012", "expiresAt": "2100-01-01T00:00:00Z"}}, "tokenType": "aws_sigv4",
                "refreshToken": "r", "idToken": "i", "clientId": "c", "dpopKey": "{DPOP_KEY}"}}"#
        ),
    );
    assert_eq!(opened_in_process(&stand, &[]).await, "arn:aws:iam::123456789012:user/ASIALOGIN");
}

#[tokio::test]
async fn a_missing_console_session_asks_for_aws_login() {
    let stand = Stand::new(LOGIN_CONFIG).await;
    assert_eq!(opened_in_process(&stand, &[]).await, "`aws login` for lab");
    stand.write(LOGIN, "{ not json");
    assert_eq!(opened_in_process(&stand, &[]).await, "`aws login` for lab");
}
