//! Credentials renew themselves if no prompt is needed; otherwise the session expires.

use keyfob::aws::Connection;
use keyfob::domain::{Cause, KeyId, MfaCode, SignInInput};

use crate::server::CODE;
use crate::stand::Stand;

const KEYS: &str = "aws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";

async fn connection(stand: &Stand, given: &SignInInput) -> Connection {
    match stand.try_open("p", given).await {
        Ok((connection, _)) => connection,
        Err(stop) => panic!("not opened: {stop:?}"),
    }
}

/// A call of which only the signer matters.
async fn call(connection: &Connection) -> Option<Cause> {
    connection.last_use(&KeyId::new("AKIAX")).await.err().map(|failure| failure.cause)
}

async fn signers(stand: &Stand) -> Vec<String> {
    let calls = stand.server.calls("GetAccessKeyLastUsed").await;
    calls.iter().map(|call| call["signer"].clone()).collect()
}

#[tokio::test]
async fn a_role_without_mfa_is_assumed_anew_when_it_ends() {
    let stand = Stand::new(&format!(
        "[profile p]\n{KEYS}source_profile = p\nrole_arn = arn:aws:iam::123456789012:role/First\n"
    ))
    .await;
    // In 2020: they are expired when issued.
    stand.server.ends("2020-01-01T00:00:00Z").await;
    let connection = connection(&stand, &SignInInput::default()).await;
    call(&connection).await;
    call(&connection).await;
    let signers = signers(&stand).await;
    assert_eq!(signers.len(), 2);
    assert_ne!(signers[0], signers[1], "the second call is signed with new credentials");
    assert!(stand.server.calls("AssumeRole").await.len() >= 2);
}

#[tokio::test]
async fn credentials_that_last_are_used_again() {
    let stand = Stand::new(&format!(
        "[profile p]\n{KEYS}source_profile = p\nrole_arn = arn:aws:iam::123456789012:role/First\n"
    ))
    .await;
    let connection = connection(&stand, &SignInInput::default()).await;
    call(&connection).await;
    call(&connection).await;
    assert_eq!(stand.server.calls("AssumeRole").await.len(), 1, "that of the sign-in");
}

#[tokio::test]
async fn a_session_with_mfa_is_never_renewed_behind_ones_back() {
    let serial = "arn:aws:iam::123456789012:mfa/anna";
    let stand = Stand::new(&format!("[profile p]\n{KEYS}mfa_serial = {serial}\n")).await;
    stand.server.ends("2020-01-01T00:00:00Z").await;
    let given = SignInInput { code: MfaCode::parse(CODE), ..SignInInput::default() };
    let connection = connection(&stand, &given).await;
    call(&connection).await;
    call(&connection).await;
    let signers = signers(&stand).await;
    assert_eq!(signers[0], signers[1], "AWS itself says that they have ended");
    assert_eq!(stand.server.calls("GetSessionToken").await.len(), 1, "the code went out once");
}

#[tokio::test]
async fn a_browser_session_that_ends_in_the_middle_is_a_session_that_is_over() {
    let stand = Stand::new(
        "[sso-session corp]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n\
         [profile base]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
         [profile p]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/First\n",
    )
    .await;
    let token = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
    stand.write(token, r#"{"accessToken": "good", "expiresAt": "2100-01-01T00:00:00Z"}"#);
    stand.server.ends("2020-01-01T00:00:00Z").await;
    let connection = connection(&stand, &SignInInput::default()).await;
    call(&connection).await;
    std::fs::remove_file(stand.path(token)).expect("signed out elsewhere");
    assert_eq!(call(&connection).await, Some(Cause::SessionOver));
}
