//! Each kind of profile signs in as the identity that it names.

use keyfob::domain::{Caller, KeyId, ProfileKind, SignInChoice, SignInInput, UserName};

use crate::server::Server;
use crate::stand::Stand;

const KEYS: &str = "aws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";

fn user(name: &str) -> Caller {
    Caller::User(UserName::new(name))
}

fn role(role: &str, session: &str) -> Caller {
    Caller::Role { role: role.to_owned(), session: session.to_owned() }
}

#[tokio::test]
async fn static_keys() {
    let stand = Stand::new(&format!("[profile keys]\n{KEYS}")).await;
    let account = stand.open("keys").await;
    assert_eq!(account.caller, user("AKIABASE"));
    assert_eq!(account.signing_key.map(|key| key.to_string()).as_deref(), Some("AKIABASE"));
    assert_eq!(account.session_key, None, "there is no session");
    assert_eq!(account.expires, None, "keys do not end");
}

#[tokio::test]
async fn a_chain_of_roles_is_followed_to_its_end() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}\
         [profile first]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/First\n\
         [profile second]\nsource_profile = first\nrole_arn = arn:aws:iam::123456789012:role/team/Second\n\
         duration_seconds = 7200\nexternal_id = partner\nrole_session_name = anna\n"
    ))
    .await;
    let account = stand.open("second").await;
    assert_eq!(account.caller, role("Second", "anna"));
    assert_eq!(account.signing_key, None, "the session of the role signs");
    assert_eq!(account.session_key, Some(KeyId::new("AKIABASE")), "the next one is made with it");
    let calls = stand.server.calls("AssumeRole").await;
    let [first, second] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(first["signer"], "AKIABASE");
    assert_eq!(first["RoleSessionName"], "keyfob", "the same name each time, so that the caller is the same");
    assert!(!first.contains_key("DurationSeconds"), "not asked for");
    assert!(second["signer"].starts_with("ASIA"), "the first role assumes the second");
    assert_eq!(second["ExternalId"], "partner");
    assert_eq!(second["DurationSeconds"], "3600", "what a role assumes lasts an hour at most");
}

#[tokio::test]
async fn a_role_that_a_user_assumes_lasts_as_long_as_the_profile_says() {
    let stand = Stand::new(&format!(
        "[profile self]\n{KEYS}source_profile = self\nduration_seconds = 7200\n\
         role_arn = arn:aws:iam::123456789012:role/First\n"
    ))
    .await;
    assert_eq!(stand.open("self").await.caller, role("First", "keyfob"));
    assert_eq!(stand.server.calls("AssumeRole").await[0]["DurationSeconds"], "7200");
}

/// STS refuses longer names.
#[tokio::test]
async fn a_role_that_starts_from_another_role_lasts_an_hour_at_most() {
    let stand = Stand::new("").await;
    let config = format!(
        "[sso-session corp]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n\
         [profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
         [profile web]\nrole_arn = arn:aws:iam::123456789012:role/Web\nweb_identity_token_file = {}\n\
         [profile from-sso]\nsource_profile = sso\nduration_seconds = 7200\n\
         role_arn = arn:aws:iam::123456789012:role/First\n\
         [profile from-web]\nsource_profile = web\nduration_seconds = 7200\n\
         role_arn = arn:aws:iam::123456789012:role/First\n",
        stand.path("token").display()
    );
    stand.write(".aws/config", config);
    stand.write("token", "jwt");
    stand.write(
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        r#"{"accessToken": "good", "expiresAt": "2100-01-01T00:00:00Z"}"#,
    );
    for profile in ["from-sso", "from-web"] {
        assert_eq!(stand.open(profile).await.caller, role("First", "keyfob"));
    }
    let calls = stand.server.calls("AssumeRole").await;
    let durations: Vec<_> = calls.iter().map(|call| call["DurationSeconds"].as_str()).collect();
    assert_eq!(durations, ["3600", "3600"]);
}

#[tokio::test]
async fn keys_in_a_source_profile_come_before_its_role() {
    let stand = Stand::new(&format!(
        "[profile both]\n{KEYS}role_arn = arn:aws:iam::123456789012:role/Unused\nsource_profile = nobody\n\
         [profile top]\nsource_profile = both\nrole_arn = arn:aws:iam::123456789012:role/Top\n"
    ))
    .await;
    assert_eq!(stand.open("top").await.caller, role("Top", "keyfob"));
    assert_eq!(stand.server.calls("AssumeRole").await.len(), 1, "as the AWS SDKs do it");
}

#[tokio::test]
async fn a_role_may_start_from_the_environment() {
    let mut stand = Stand::new(
        "[profile env-role]\ncredential_source = Environment\nrole_arn = arn:aws:iam::123456789012:role/First\n",
    )
    .await;
    stand.set("AWS_ACCESS_KEY_ID", "AKIAENV");
    stand.set("AWS_SECRET_ACCESS_KEY", "secret");
    assert_eq!(stand.open("env-role").await.caller, role("First", "keyfob"));
    assert_eq!(stand.server.calls("AssumeRole").await[0]["signer"], "AKIAENV");
}

#[tokio::test]
async fn a_web_identity_is_read_from_its_file_each_time() {
    let mut stand = Stand::new("").await;
    let token = stand.path("token");
    let config = format!(
        "[profile web]\nrole_arn = arn:aws:iam::123456789012:role/Web\nweb_identity_token_file = {}\n",
        token.display()
    );
    stand.write(".aws/config", config);
    stand.write("token", "jwt-1\n");
    stand.set("AWS_ACCESS_KEY_ID", "AKIAENV");
    stand.set("AWS_SECRET_ACCESS_KEY", "secret");
    assert_eq!(stand.open("web").await.caller, role("Web", "keyfob"));
    stand.write("token", "jwt-2");
    stand.open("web").await;
    let calls = stand.server.calls("AssumeRoleWithWebIdentity").await;
    let tokens: Vec<&str> = calls.iter().map(|call| call["WebIdentityToken"].as_str()).collect();
    assert_eq!(tokens, ["jwt-1", "jwt-2"]);
    assert_eq!(calls[0]["signer"], "", "the token is the proof");
}

#[tokio::test]
async fn the_environment_is_an_entry_of_its_own() {
    let mut stand = Stand::new("[profile x]\n").await;
    assert_eq!(stand.find().await.environment, None);
    stand.set("AWS_ACCESS_KEY_ID", "AKIAENV");
    stand.set("AWS_SECRET_ACCESS_KEY", "secret");
    // Names nothing, and is harmless.
    stand.set("AWS_PROFILE", "no-such-profile");
    assert!(stand.find().await.environment.is_some());
    let opened = stand.connect(&SignInChoice::Environment, &SignInInput::default()).await;
    let Ok((_, account)) = opened else { panic!("the environment was not opened") };
    assert_eq!(account.caller, user("AKIAENV"));
    stand.set("AWS_SESSION_TOKEN", "token");
    let opened = stand.connect(&SignInChoice::Environment, &SignInInput::default()).await;
    let Ok((_, account)) = opened else { panic!("the environment was not opened") };
    assert_eq!(account.signing_key, None, "a session has no key that could be managed");
    assert_eq!(account.session_key, None, "nobody says what it was made with");
}

#[tokio::test]
async fn a_container_is_offered_only_where_the_environment_says_so() {
    let mut stand = Stand::new("").await;
    assert!(!stand.find().await.container);
    stand.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x");
    assert!(stand.find().await.container);
}

/// Whatever the environment holds, and whatever the profile lacks.
#[tokio::test]
async fn a_picked_profile_is_never_replaced_by_another_identity() {
    let mut stand = Stand::new(&format!(
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = secret\n\
         [profile keys]\n{KEYS}\n[profile empty]\nregion = eu-west-1\n\
         [profile gone]\nsource_profile = nobody\nrole_arn = arn:aws:iam::123456789012:role/First\n"
    ))
    .await;
    stand.set("AWS_ACCESS_KEY_ID", "AKIAENV");
    stand.set("AWS_SECRET_ACCESS_KEY", "secret");
    stand.set("AWS_SESSION_TOKEN", "token");
    stand.set("AWS_PROFILE", "default");
    stand.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/Env");
    stand.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent");
    assert_eq!(stand.open("keys").await.caller, user("AKIABASE"));
    let before = stand.server.all_calls().await;
    for profile in ["empty", "gone", "not-there"] {
        stand.failure(profile).await;
    }
    assert_eq!(stand.server.all_calls().await, before, "nothing is sent for a profile without credentials");
}

/// A provider that failed once stays broken in the SDK, so each attempt builds a new one.
#[tokio::test]
async fn what_was_corrected_is_seen_at_the_next_try() {
    let stand = Stand::new("[profile late]\nregion = eu-west-1\n").await;
    stand.failure("late").await;
    stand.write(".aws/credentials", format!("[late]\n{KEYS}"));
    assert_eq!(stand.open("late").await.caller, user("AKIABASE"));
}

#[tokio::test]
async fn each_profile_shows_its_kind_and_account() {
    let stand = Stand::new(&format!(
        "[profile keys]\n{KEYS}\
         [profile mfa]\n{KEYS}mfa_serial = arn:aws:iam::123456789012:mfa/anna\n\
         [profile role]\nsource_profile = mfa\nrole_arn = arn:aws:iam::210987654321:role/team/Admin\n\
         [profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
         [profile login]\nlogin_session = arn:aws:iam::444455556666:user/anna\n\
         [profile process]\ncredential_process = \"/opt/a b/creds\" --x\n\
         [profile empty]\n"
    ))
    .await;
    let found = stand.find().await;
    let of = |name: &str| found.list.iter().find(|profile| profile.name == name).expect("a profile").clone();
    assert_eq!(of("keys").kind, ProfileKind::Keys { mfa: false });
    assert_eq!(of("mfa").kind, ProfileKind::Keys { mfa: true });
    let source = Some("mfa".to_owned());
    assert_eq!(of("role").kind, ProfileKind::Role { role: "Admin".into(), source, mfa: true });
    assert_eq!(of("role").account_id.as_deref(), Some("210987654321"));
    assert_eq!(of("sso").kind, ProfileKind::Sso { role: Some("Admin".into()) });
    assert_eq!(of("sso").account_id.as_deref(), Some("111122223333"));
    assert_eq!(of("login").kind, ProfileKind::Login);
    assert_eq!(of("login").account_id.as_deref(), Some("444455556666"));
    assert_eq!(of("empty").kind, ProfileKind::Empty);
    assert!(matches!(of("process").kind, ProfileKind::Process { .. }));
}

#[tokio::test]
async fn plain_http_beyond_this_computer_is_asked_for_before_anything_is_sent() {
    let url = "http://iam.invalid:8080";
    let mut stand = Stand::new(&format!("[profile keys]\n{KEYS}endpoint_url = {url}\n")).await;
    // An empty variable does not count.
    stand.set("AWS_ENDPOINT_URL", "");
    let ask = stand.ask("keys", &SignInInput::default()).await;
    assert_eq!(ask, keyfob::domain::Prompt::PlainHttp { url: url.into() });
    let given = SignInInput { plain_http: vec![url.into()], ..SignInInput::default() };
    let refused = stand.try_open("keys", &given).await.err();
    let Some(keyfob::aws::SignInInterrupted::Failed(failure)) = refused else { panic!("{refused:?}") };
    assert!(
        matches!(failure.cause, keyfob::domain::Cause::UnknownHost { .. }),
        "now it is tried: {failure:?}"
    );
    // STS on plain http asks too.
    let server = Server::start().await;
    stand.set("AWS_ENDPOINT_URL_IAM", &server.url);
    stand.set("AWS_ENDPOINT_URL_STS", "http://sts.invalid");
    let ask = stand.ask("keys", &SignInInput::default()).await;
    assert_eq!(ask, keyfob::domain::Prompt::PlainHttp { url: "http://sts.invalid".into() });
}

/// The role determines the partition, whatever the region of the environment.
#[tokio::test]
async fn a_role_of_another_partition_is_assumed_there() {
    let mut stand = Stand::new(&format!(
        "[profile gov]\n{KEYS}source_profile = gov\nrole_arn = arn:aws-us-gov:iam::123456789012:role/First\n"
    ))
    .await;
    stand.set("AWS_REGION", "eu-central-1");
    stand.open("gov").await;
    let calls = stand.server.calls("AssumeRole").await;
    assert_eq!(calls[0]["region"], "us-gov-west-1");
}

/// In the newer form, the session has the region of IAM Identity Center.
#[tokio::test]
async fn a_browser_session_of_another_partition_is_used_there() {
    let mut stand = Stand::new(
        "[sso-session gov]\nsso_start_url = https://gov.example\nsso_region = us-gov-east-1\n\
         [profile gov]\nsso_session = gov\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
    )
    .await;
    stand.write(
        ".aws/sso/cache/0bb37f4e41324c2d94c69c0849bdedbd7e384b33.json",
        r#"{"accessToken": "good", "expiresAt": "2100-01-01T00:00:00Z"}"#,
    );
    stand.set("AWS_REGION", "eu-central-1");
    stand.open("gov").await;
    assert_eq!(stand.server.calls("GetCallerIdentity").await[0]["region"], "us-gov-west-1");
}
