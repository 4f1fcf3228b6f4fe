//! `credential_process`.

#![cfg(unix)]

use keyfob::domain::Caller;

use crate::stand::Stand;

const ANSWER: &str = r#"{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "never-shown"}"#;

async fn stand(command: &str) -> Stand {
    Stand::new(&format!("[profile p]\ncredential_process = {command}\n")).await
}

#[tokio::test]
async fn a_program_gives_credentials_and_is_run_once() {
    let stand = stand("\"$KEYFOB_HOME/creds\"").await;
    let log = stand.path("log");
    let script = format!("#!/bin/sh\necho run >> {}\necho '{ANSWER}'\n", log.display());
    stand.write("creds", script);
    let command = format!("sh {}", stand.path("creds").display());
    stand.write(".aws/config", format!("[profile p]\ncredential_process = {command}\n"));
    let opened = stand.try_open("p", &Default::default()).await;
    let Ok((connection, account)) = opened else { panic!("not opened") };
    assert!(matches!(&account.caller, Caller::User(user) if user.as_str() == "AKIAPROC"));
    // Another call over the same connection.
    connection.users(None).await.err();
    let runs = std::fs::read_to_string(log).expect("a log");
    assert_eq!(runs.lines().count(), 1, "it may ask its user something each time");
}

#[tokio::test]
async fn a_failure_includes_the_output_of_the_program() {
    let sentence = stand("sh -c 'echo need MFA >&2; exit 3'").await.sentence("p").await;
    assert_eq!(sentence, "The credential_process of p failed with exit code 3: need MFA");
    let sentence = stand("sh -c 'exit 4'").await.sentence("p").await;
    assert_eq!(sentence, "The credential_process of p failed with exit code 4 and no output.");
    let sentence = stand("/nonexistent/program").await.sentence("p").await;
    assert!(
        sentence.contains("could not be started: No such file") && sentence.contains("without a shell"),
        "{sentence}"
    );
    for command in ["sh -c 'open", ""] {
        let sentence = stand(command).await.sentence("p").await;
        assert!(sentence.contains("is not a valid command") && sentence.contains("not closed"), "{sentence}");
    }
}

#[tokio::test]
async fn a_wrong_answer_is_not_quoted() {
    for answer in [
        r#"{"Version": 1, "SecretAccessKey": "never-shown"}"#,
        r#"{"AccessKeyId": "AKIAPROC", "SecretAccessKey": "never-shown"}"#,
        r#"{"SecretAccessKey": "never-shown""#,
    ] {
        let sentence = stand(&format!("echo '{answer}'")).await.sentence("p").await;
        assert!(sentence.contains("its output has no"), "{sentence}");
        assert!(!sentence.contains("never-shown"), "{sentence}");
    }
}

/// If AWS is reachable only through the proxy of the settings, the program needs it too.
#[tokio::test]
async fn it_is_given_the_network_of_the_settings() {
    let stand = stand("").await;
    let helper = stand.path("helper");
    let script =
        format!("echo \"$HTTPS_PROXY $NO_PROXY\" > {}\necho '{ANSWER}'\n", stand.path("log").display());
    stand.write("helper", script);
    stand.write(".aws/config", format!("[profile p]\ncredential_process = sh {}\n", helper.display()));
    let network = keyfob::domain::Network {
        proxy: "127.0.0.1:9".into(),
        no_proxy: "acme.example".into(),
        ca_file: String::new(),
    };
    let options = keyfob::aws::Options { network, ..stand.options() };
    let now = std::sync::Arc::new(jiff::Timestamp::now);
    let practice = keyfob::practice::Options { users: Some(0), latency: std::time::Duration::ZERO, now };
    let practice = keyfob::practice::Practice::new(practice);
    let choice = keyfob::domain::SignInChoice::Profile("p".into());
    let opened = keyfob::aws::connect(&choice, &options, &practice, &Default::default()).await;
    assert!(opened.is_ok(), "{:?}", opened.err());
    let given = std::fs::read_to_string(stand.path("log")).expect("it has run");
    assert!(
        given.starts_with("http://127.0.0.1:9 localhost,") && given.trim().ends_with(",acme.example"),
        "{given}"
    );
}

#[tokio::test]
async fn its_programs_are_looked_for_where_the_shell_would() {
    let stand = stand("my-helper").await;
    stand.write("bin/my-helper", format!("#!/bin/sh\necho '{ANSWER}'\n"));
    let program = stand.path("bin/my-helper");
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("runnable");
    assert!(stand.sentence("p").await.contains("could not be started"));
    let path = format!("{}:/usr/bin:/bin", stand.path("bin").display());
    let options = keyfob::aws::Options { search_path: Some(path.into()), ..stand.options() };
    let now = std::sync::Arc::new(jiff::Timestamp::now);
    let practice = keyfob::practice::Options { users: Some(0), latency: std::time::Duration::ZERO, now };
    let practice = keyfob::practice::Practice::new(practice);
    let choice = keyfob::domain::SignInChoice::Profile("p".into());
    let opened = keyfob::aws::connect(&choice, &options, &practice, &Default::default()).await;
    assert!(opened.is_ok(), "{:?}", opened.err());
}
