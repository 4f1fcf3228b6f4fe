//! IAM Identity Center: the token, the browser and the shared cache.

use keyfob::aws;
use keyfob::domain::{Caller, Cause, Failure, Prompt, SignInInput, SignInProblem, SsoSession};
use keyfob::ui::words;

use crate::stand::Stand;

/// The file name that other tools use: `printf corp | sha1sum`.
const FILE: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

const CONFIG: &str = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n\
                      [profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
                      [profile other]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Other\n\
                      [profile legacy]\nsso_start_url = https://corp.example/old\nsso_region = eu-west-1\n\
                      sso_account_id = 123456789012\nsso_role_name = Admin\n";

fn corp() -> SsoSession {
    let (start_url, region) = ("https://corp.example/start".to_owned(), "eu-west-1".to_owned());
    let (profile, scopes) = ("sso".to_owned(), Vec::new());
    SsoSession { name: Some("corp".into()), start_url, region, profile, scopes }
}

fn token(access: &str, expires: &str, renewal: &str) -> String {
    format!(r#"{{"accessToken": "{access}", "expiresAt": "{expires}", "region": "eu-west-1"{renewal}}}"#)
}

const RENEWAL: &str = r#", "refreshToken": "refresh-1", "clientId": "client", "clientSecret": "client-secret",
                         "registrationExpiresAt": "2027-01-01T00:00:00Z""#;

/// The file with a session's token, after signing in with the browser.
async fn sign_in(stand: &Stand, session: SsoSession) -> Result<(), Failure> {
    let (code, grant) = aws::start_device(session, &stand.options()).await?;
    assert_eq!(code.user_code, "ABCD-EFGH", "to be compared with the browser");
    assert_eq!(code.url, "https://device.example/?user_code=ABCD-EFGH", "to be opened");
    aws::await_device(grant, &stand.options()).await
}

#[tokio::test]
async fn a_token_that_is_there_is_used() {
    let stand = Stand::new(CONFIG).await;
    sign_in(&stand, corp()).await.expect("signed in");
    let account = stand.open("sso").await;
    let caller = Caller::Role { role: "AWSReservedSSO_Admin".into(), session: "anna".into() };
    assert_eq!(account.caller, caller);
    assert_eq!(account.expires, None, "it renews itself");
    let call = &stand.server.calls("/federation/credentials").await[0];
    assert_eq!((call["account_id"].as_str(), call["role_name"].as_str()), ("123456789012", "Admin"));
}

#[tokio::test]
async fn the_cache_is_written_as_the_aws_cli_does_and_for_its_owner_only() {
    let stand = Stand::new(CONFIG).await;
    sign_in(&stand, corp()).await.expect("signed in");
    let text = std::fs::read_to_string(stand.path(FILE)).expect("a file");
    let fields: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for (name, value) in [
        ("startUrl", "https://corp.example/start"),
        ("region", "eu-west-1"),
        ("accessToken", "good"),
        ("expiresAt", "2026-11-24T20:00:00Z"),
        ("refreshToken", "refresh-2"),
        ("clientId", "client"),
        ("clientSecret", "client-secret"),
        ("registrationExpiresAt", "2100-01-01T00:00:00Z"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &stand.path(FILE).metadata().expect("it is there").permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_saved_is_reported_with_the_reason() {
    let stand = Stand::new(CONFIG).await;
    std::fs::create_dir_all(stand.path(".aws")).expect("a folder");
    std::fs::write(stand.path(".aws/sso"), "a file in the way").expect("written");
    let failure = sign_in(&stand, corp()).await.expect_err("there is no place for it");
    let Cause::SignIn(SignInProblem::TokenNotSaved { reason }) = &failure.cause else {
        panic!("{failure:?}")
    };
    assert!(words::explain(&failure, None).contains(reason.as_str()), "{reason}");
}

#[tokio::test]
async fn a_missing_or_ended_token_is_asked_for() {
    let stand = Stand::new(CONFIG).await;
    assert_eq!(stand.ask("sso", &SignInInput::default()).await, Prompt::Sso(corp()));
    sign_in(&stand, corp()).await.expect("signed in");
    let file = stand.path(FILE);
    for broken in [
        token("good", "2026-11-24T11:00:00Z", ""),
        token("revoked", "2026-11-24T20:00:00Z", ""),
        "{ not json".to_owned(),
        r#"{"accessToken": "good"}"#.to_owned(),
    ] {
        std::fs::write(&file, &broken).expect("written");
        assert_eq!(stand.ask("sso", &SignInInput::default()).await, Prompt::Sso(corp()), "{broken}");
    }
}

#[tokio::test]
async fn a_token_that_ends_soon_renews_itself_and_a_refused_renewal_asks() {
    let stand = Stand::new(CONFIG).await;
    sign_in(&stand, corp()).await.expect("signed in");
    let file = stand.path(FILE);
    std::fs::write(&file, token("old", "2026-11-24T11:00:00Z", RENEWAL)).expect("written");
    stand.open("sso").await;
    let renewed = std::fs::read_to_string(&file).expect("a file");
    assert!(renewed.contains(r#""accessToken":"fresh""#) && renewed.contains("refresh-2"), "{renewed}");
    std::fs::write(&file, token("old", "2026-11-24T11:00:00Z", RENEWAL)).expect("written");
    // Whichever error the service returns for its own expired registration.
    for refused in ["InvalidGrantException", "InvalidRequestException", "SomethingNewException"] {
        stand.server.tokens(&[refused]).await;
        assert_eq!(stand.ask("sso", &SignInInput::default()).await, Prompt::Sso(corp()), "{refused}");
    }
}

/// The service's responses to each attempt of a call; the SDK makes four attempts.
const FAILS: [&str; 4] = ["InternalServerException"; 4];

#[tokio::test]
async fn a_service_that_fails_is_no_session_that_is_over() {
    let stand = Stand::new(CONFIG).await;
    stand.write(FILE, token("old", "2026-11-24T11:00:00Z", RENEWAL));
    stand.server.tokens(&FAILS).await;
    assert_eq!(stand.failure("sso").await.cause, Cause::ServiceFailure { status: 500 });
    stand.server.tokens(&["502"; 4]).await;
    let failure = stand.failure("sso").await;
    assert!(matches!(failure.cause, Cause::NotAws { status: 502, .. }), "a gateway: {failure:?}");
    stand.server.tokens(&[]).await;
    stand.open("sso").await;
}

#[tokio::test]
async fn a_token_is_used_to_its_end_when_it_cannot_be_renewed() {
    let stand = Stand::new(CONFIG).await;
    let soon = token("good", "2026-11-24T12:03:00Z", RENEWAL);
    stand.write(FILE, &soon);
    for errors in [&FAILS[..], &["InvalidGrantException"]] {
        stand.server.tokens(errors).await;
        stand.open("sso").await;
    }
    assert_eq!(std::fs::read_to_string(stand.path(FILE)).expect("a file"), soon, "it is left as it is");
}

#[tokio::test]
async fn the_browser_is_waited_for_while_the_service_fails() {
    let stand = Stand::new(CONFIG).await;
    let mut errors = vec!["AuthorizationPendingException"];
    errors.extend(FAILS);
    errors.extend(["502"; 4]);
    stand.server.tokens(&errors).await;
    sign_in(&stand, corp()).await.expect("signed in all the same");
}

#[tokio::test]
async fn the_legacy_form_is_cached_by_start_url_with_its_expiry() {
    let stand = Stand::new(CONFIG).await;
    let Prompt::Sso(session) = stand.ask("legacy", &SignInInput::default()).await else {
        panic!("another question")
    };
    assert_eq!((session.name.clone(), session.identifier()), (None, "https://corp.example/old"));
    sign_in(&stand, session).await.expect("signed in");
    stand.open("legacy").await;
    let folder = std::fs::read_dir(stand.path(".aws/sso/cache")).expect("a folder");
    let file = folder.flatten().next().expect("a file").path();
    std::fs::write(file, token("good", "2026-11-24T13:00:00Z", "")).expect("written");
    let ends = stand.open("legacy").await.expires.map(|end| end.to_string());
    assert_eq!(ends.as_deref(), Some("2026-11-24T13:00:00Z"), "nothing renews it");
}

#[tokio::test]
async fn the_browser_is_waited_for_at_the_pace_that_is_asked_for() {
    let stand = Stand::new(CONFIG).await;
    stand.server.tokens(&["AuthorizationPendingException", "AuthorizationPendingException"]).await;
    sign_in(&stand, corp()).await.expect("signed in");
    assert_eq!(stand.server.calls("/token").await.len(), 3);
    let register = &stand.server.calls("/client/register").await[0];
    assert_eq!(register["clientName"], "keyfob");
}

/// The token is shared, so the scopes for other programs are requested too.
#[tokio::test]
async fn the_scopes_and_endpoints_of_the_profile_count_at_the_sign_in_too() {
    let mut stand = Stand::new("").await;
    let url = stand.server.url.clone();
    stand.set("AWS_ENDPOINT_URL", "");
    stand.write(
        ".aws/config",
        format!(
            "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n\
             sso_registration_scopes = sso:account:access, other:scope\n\
             [profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
             endpoint_url = {url}\n"
        ),
    );
    let Prompt::Sso(session) = stand.ask("sso", &SignInInput::default()).await else {
        panic!("another question")
    };
    assert_eq!(session.scopes, ["sso:account:access", "other:scope"]);
    sign_in(&stand, session).await.expect("signed in where the profile says");
    let register = &stand.server.calls("/client/register").await[0];
    assert_eq!(register["scopes"], "sso:account:access other:scope");
}

#[tokio::test]
async fn each_error_in_the_browser_has_its_message() {
    let stand = Stand::new(CONFIG).await;
    for (error, problem, words_of) in [
        (
            "ExpiredTokenException",
            SignInProblem::DeviceExpired,
            "The request was not confirmed in the browser",
        ),
        ("AccessDeniedException", SignInProblem::DeviceDenied, "denied in the browser"),
    ] {
        stand.server.tokens(&[error]).await;
        let failure = sign_in(&stand, corp()).await.expect_err("no token");
        assert_eq!(failure.cause, Cause::SignIn(problem));
        assert!(words::explain(&failure, None).contains(words_of));
    }
    let wrong = SsoSession { start_url: "https://wrong.example".into(), ..corp() };
    let failure = sign_in(&stand, wrong).await.expect_err("no such start URL");
    let sentence = words::explain(&failure, None);
    assert!(
        sentence.contains("https://wrong.example refused") && sentence.contains("sso_region"),
        "{sentence}"
    );
}

#[tokio::test]
async fn an_unassigned_role_is_not_an_expired_session() {
    let stand = Stand::new(CONFIG).await;
    sign_in(&stand, corp()).await.expect("signed in");
    let sentence = stand.sentence("other").await;
    assert!(sentence.contains("you are not assigned the role Other in account 123456789012"), "{sentence}");
}
