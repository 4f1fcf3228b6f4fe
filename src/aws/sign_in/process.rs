//! `credential_process`: a program that prints credentials.
//!
//! The SDK would run it too, but never stop it, and with the few folders that a double-clicked application is given to look
//! for programs in.

use std::ffi::OsStr;
use std::process::{ExitStatus, Output, Stdio};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use serde_json::Value;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::dates;
use crate::domain::{Cause, Failure, InheritedEnv, ProcessProblem, SignInProblem};

/// It may ask its user something.
const WITHIN: Duration = Duration::from_mins(5);

const NO_DATE: &str = "Expiration in the form of RFC 3339";

/// What is shown of its words, in characters.
const SAID_AT_MOST: usize = 400;

/// Runs the program of a profile, without a shell as the AWS CLI does it. Its answer is read and zeroed; none of it is ever in a message.
pub(super) async fn run(
    profile: &str,
    command: &[String],
    search_path: Option<&OsStr>,
    inherited: &InheritedEnv,
) -> Result<Credentials, Failure> {
    let failed =
        |why| Failure::new("", Cause::SignIn(SignInProblem::Process { profile: profile.to_owned(), why }));
    let Some((program, arguments)) = command.split_first() else {
        return Err(failed(ProcessProblem::NotSplit));
    };
    let mut command = Command::new(program);
    command.args(arguments);
    command.envs(inherited.iter().map(|(name, value)| (name, value.expose())));
    if let Some(path) = search_path {
        command.env("PATH", path);
    }
    // Nobody can type into it: it must ask in a window of its own.
    command.stdin(Stdio::null()).kill_on_drop(true);
    let Ok(output) = tokio::time::timeout(WITHIN, command.output()).await else {
        return Err(failed(ProcessProblem::NotInTime { minutes: WITHIN.as_secs() / 60 }));
    };
    let Output { status, stdout, stderr } =
        output.map_err(|err| failed(ProcessProblem::NotStarted { reason: err.to_string() }))?;
    let stdout = Zeroizing::new(stdout);
    if !status.success() {
        return Err(failed(ProcessProblem::Ended { how: how_it_ended(status), said: said(&stderr) }));
    }
    parse(&stdout).map_err(|lacks| failed(ProcessProblem::Answer { lacks }))
}

pub(super) fn how_it_ended(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"))
}

/// The last words, which tell the cause.
pub(super) fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    let skip = text.chars().count().saturating_sub(SAID_AT_MOST);
    let cut: String = text.chars().skip(skip).collect();
    let lines: Vec<&str> = cut.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if skip > 0 { format!("…{}", lines.join(" · ")) } else { lines.join(" · ") }
}

/// Version 1 of the format, whose names are written in any case. Fails with the name of what is missing.
fn parse(answer: &[u8]) -> Result<Credentials, &'static str> {
    // What is wrong with the text is not told: it would be quoted.
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(answer) else { return Err("JSON object") };
    let mut take = |name: &str| {
        // The AWS CLI takes the exact name alone.
        let any_case = || fields.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
        let key = if fields.contains_key(name) { name.to_owned() } else { any_case()? };
        fields.remove(&key)
    };
    let text = |value: Option<Value>| match value {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    if take("Version").and_then(|version| version.as_i64()) != Some(1) {
        return Err("\"Version\": 1");
    }
    let id = text(take("AccessKeyId")).ok_or("AccessKeyId")?;
    let secret = text(take("SecretAccessKey")).ok_or("SecretAccessKey")?;
    let token = text(take("SessionToken"));
    let time = |text: &str| SystemTime::try_from(dates::parse(text)?).ok();
    // Anything but a date would never end.
    let expires = match take("Expiration") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(time(&text).ok_or(NO_DATE)?),
        Some(_) => return Err(NO_DATE),
    };
    Ok(Credentials::new(id, secret, token, expires, "process"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_answer_is_read_in_any_case_of_its_names() {
        let answer = br#"{"version": 1, "accesskeyid": "ASIA1", "SecretAccessKey": "s", "sessionToken": "t",
                          "Expiration": "2026-11-24T12:00:00+00:00"}"#;
        let credentials = parse(answer).expect("credentials");
        assert_eq!(credentials.access_key_id(), "ASIA1");
        assert_eq!(credentials.session_token(), Some("t"));
        let expiry: Timestamp = credentials.expiry().expect("an end").try_into().expect("a time");
        assert_eq!(expiry.to_string(), "2026-11-24T12:00:00Z");
    }

    #[test]
    fn the_exact_name_wins() {
        let answer = br#"{"Version": 1, "ACCESSKEYID": "AKIAWRONG", "AccessKeyId": "AKIARIGHT",
                          "accesskeyid": "AKIAWRONG", "SecretAccessKey": "s", "Expiration": null}"#;
        assert_eq!(parse(answer).expect("credentials").access_key_id(), "AKIARIGHT");
    }

    #[test]
    fn what_is_missing_is_named() {
        for (answer, lacks) in [
            ("", "JSON object"),
            ("[]", "JSON object"),
            (r#"{"AccessKeyId": "a", "SecretAccessKey": "s"}"#, "\"Version\": 1"),
            (r#"{"Version": 2, "AccessKeyId": "a", "SecretAccessKey": "s"}"#, "\"Version\": 1"),
            (r#"{"Version": 1, "SecretAccessKey": "s"}"#, "AccessKeyId"),
            (r#"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": ""}"#, "SecretAccessKey"),
            (r#"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s", "Expiration": ""}"#, NO_DATE),
            (
                r#"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s", "Expiration": 1792000000}"#,
                NO_DATE,
            ),
            (r#"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s", "Expiration": "soon"}"#, NO_DATE),
        ] {
            assert_eq!(parse(answer.as_bytes()).err(), Some(lacks), "{answer}");
        }
    }

    /// The clock is turned on by tokio while nothing else is to be done.
    #[cfg(unix)]
    #[tokio::test(start_paused = true)]
    async fn a_program_that_does_not_end_is_given_up() {
        let failure = run("acme", &["sleep".to_owned(), "600".to_owned()], None, &Default::default())
            .await
            .expect_err("it did not answer");
        let why = ProcessProblem::NotInTime { minutes: 5 };
        assert_eq!(failure.cause, Cause::SignIn(SignInProblem::Process { profile: "acme".to_owned(), why }));
    }

    #[test]
    fn only_the_last_words_are_kept() {
        assert_eq!(said(b"\n need MFA \n\n again\n"), "need MFA · again");
        let long = said("x".repeat(5000).as_bytes());
        assert!(long.starts_with('…') && long.chars().count() == SAID_AT_MOST + 1, "{long}");
    }
}
