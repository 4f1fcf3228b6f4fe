//! MFA: the code is requested, sent once, and used with all other settings of the profile.

use keyfob::aws::SignInInterrupted;
use keyfob::domain::{
    Account, Caller, KeyId, MfaAsk, MfaCode, MfaRefused, Prompt, SignInChoice, SignInInput,
};

use crate::server::CODE;
use crate::stand::Stand;

const SERIAL: &str = "arn:aws:iam::123456789012:mfa/anna";
const KEYS: &str = "aws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";

fn with_code(code: &str) -> SignInInput {
    SignInInput { code: MfaCode::parse(code), ..SignInInput::default() }
}

fn wanted(role: Option<&str>, refused: Option<MfaRefused>) -> Prompt {
    Prompt::Mfa(MfaAsk { serial: Some(SERIAL.into()), role: role.map(Into::into), refused })
}

async fn opened(stand: &Stand, profile: &str, given: &SignInInput) -> Account {
    match stand.try_open(profile, given).await {
        Ok((_, account)) => account,
        Err(stop) => panic!("{profile} was not opened: {stop:?}"),
    }
}

#[tokio::test]
async fn a_user_profile_with_a_device_gets_a_session() {
    let stand = Stand::new(&format!("[profile u]\n{KEYS}mfa_serial = {SERIAL}\n")).await;
    assert_eq!(stand.ask("u", &SignInInput::default()).await, wanted(None, None));
    assert_eq!(stand.server.all_calls().await, 0, "nothing is sent before the code is there");
    let account = opened(&stand, "u", &with_code(CODE)).await;
    assert_eq!(account.caller_arn, "arn:aws:iam::123456789012:user/AKIABASE");
    assert_eq!(account.signing_key, None, "the session signs, not the key");
    assert_eq!(account.session_key, Some(KeyId::new("AKIABASE")), "but without the key there is no next one");
    assert_eq!(account.expires.map(|end| end.to_string()).as_deref(), Some("2100-01-01T00:00:00Z"));
    let call = &stand.server.calls("GetSessionToken").await[0];
    assert_eq!((call["SerialNumber"].as_str(), call["TokenCode"].as_str()), (SERIAL, CODE));
    assert_eq!(call["DurationSeconds"], "43200", "a working day");
}

#[tokio::test]
async fn a_role_is_assumed_with_the_code_and_all_that_the_profile_says() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}\
         [profile r]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/WantsMfa\n\
         mfa_serial = {SERIAL}\nduration_seconds = 1800\nexternal_id = partner\nrole_session_name = anna\n"
    ))
    .await;
    assert_eq!(stand.ask("r", &SignInInput::default()).await, wanted(Some("WantsMfa"), None));
    let account = opened(&stand, "r", &with_code(CODE)).await;
    assert_eq!(account.caller, Caller::Role { role: "WantsMfa".into(), session: "anna".into() });
    assert!(account.expires.is_some(), "it cannot be renewed without another code");
    assert_eq!(account.session_key, Some(KeyId::new("AKIABASE")));
    let call = &stand.server.calls("AssumeRole").await[0];
    for (name, value) in [
        ("SerialNumber", SERIAL),
        ("TokenCode", CODE),
        ("DurationSeconds", "1800"),
        ("ExternalId", "partner"),
        ("RoleSessionName", "anna"),
    ] {
        assert_eq!(call[name], value);
    }
}

#[tokio::test]
async fn the_device_may_be_that_of_the_source_profile() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}mfa_serial = {SERIAL}\n\
         [profile r]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/WantsMfa\n"
    ))
    .await;
    assert_eq!(stand.ask("r", &SignInInput::default()).await, wanted(Some("WantsMfa"), None));
    opened(&stand, "r", &with_code(CODE)).await;
}

#[tokio::test]
async fn in_a_chain_the_code_goes_with_the_first_role() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}\
         [profile one]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/WantsMfa\n\
         [profile two]\nsource_profile = one\nrole_arn = arn:aws:iam::123456789012:role/Second\n\
         mfa_serial = {SERIAL}\n"
    ))
    .await;
    let account = opened(&stand, "two", &with_code(CODE)).await;
    assert_eq!(account.caller, Caller::Role { role: "Second".into(), session: "keyfob".into() });
    let calls = stand.server.calls("AssumeRole").await;
    assert_eq!(calls[0]["TokenCode"], CODE);
    assert!(!calls[1].contains_key("TokenCode"), "a role has no device");
}

#[tokio::test]
async fn a_wrong_or_used_code_is_asked_for_again_and_never_repeated() {
    let stand = Stand::new(&format!("[profile u]\n{KEYS}mfa_serial = {SERIAL}\n")).await;
    assert_eq!(stand.ask("u", &with_code("000000")).await, wanted(None, Some(MfaRefused::Code)));
    assert_eq!(stand.server.calls("GetSessionToken").await.len(), 1, "sent once");
    opened(&stand, "u", &with_code(CODE)).await;
    assert_eq!(stand.ask("u", &with_code(CODE)).await, wanted(None, Some(MfaRefused::Code)), "it works once");
}

/// Waiting for the next code would not help, because the device must be corrected.
#[tokio::test]
async fn an_unknown_device_is_not_a_wrong_code() {
    let stale = "arn:aws:iam::123456789012:mfa/stale";
    let stand = Stand::new(&format!(
        "[profile u]\n{KEYS}mfa_serial = {stale}\n\
         [profile r]\nsource_profile = u\nrole_arn = arn:aws:iam::123456789012:role/WantsMfa\n"
    ))
    .await;
    for (profile, role) in [("u", None), ("r", Some("WantsMfa".to_owned()))] {
        let ask = MfaAsk { serial: Some(stale.into()), role, refused: Some(MfaRefused::Device) };
        assert!(ask.wants_serial(), "it is typed anew");
        assert_eq!(stand.ask(profile, &with_code(CODE)).await, Prompt::Mfa(ask));
    }
    // The typed serial number takes precedence over the profile's.
    let given = SignInInput { serial: Some(SERIAL.into()), ..with_code(CODE) };
    opened(&stand, "u", &given).await;
}

#[tokio::test]
async fn a_security_key_is_explained_before_a_code_is_asked_for() {
    let serial = "arn:aws:iam::123456789012:u2f/user/anna/yubikey";
    let stand = Stand::new(&format!("[profile u]\n{KEYS}mfa_serial = {serial}\n")).await;
    let sentence = stand.sentence("u").await;
    assert!(sentence.contains("security key or passkey") && sentence.contains("aws login"), "{sentence}");
}

#[tokio::test]
async fn mfa_by_hand_finds_the_device_or_asks_for_it() {
    let stand = Stand::new(&format!("[profile u]\n{KEYS}")).await;
    let by_hand = || SignInInput { use_mfa: true, ..SignInInput::default() };
    let unknown = Prompt::Mfa(MfaAsk { serial: None, role: None, refused: None });
    assert_eq!(stand.ask("u", &by_hand()).await, unknown, "nobody knows it");
    stand.server.devices(&["arn:aws:iam::123456789012:u2f/user/anna/key", SERIAL]).await;
    assert_eq!(stand.ask("u", &by_hand()).await, wanted(None, None), "the one that shows codes");
    let given = SignInInput { serial: Some("GAHT12345678".into()), code: MfaCode::parse(CODE), ..by_hand() };
    opened(&stand, "u", &given).await;
    assert_eq!(stand.server.calls("GetSessionToken").await[0]["SerialNumber"], "GAHT12345678");
}

#[tokio::test]
async fn mfa_by_hand_works_for_the_environment_too() {
    let mut stand = Stand::new("").await;
    stand.set("AWS_ACCESS_KEY_ID", "AKIAENV");
    stand.set("AWS_SECRET_ACCESS_KEY", "secret");
    let given = SignInInput {
        use_mfa: true,
        serial: Some(SERIAL.into()),
        code: MfaCode::parse(CODE),
        ..SignInInput::default()
    };
    let Ok((_, account)) = stand.connect(&SignInChoice::Environment, &given).await else {
        panic!("not opened")
    };
    assert!(account.expires.is_some(), "it is a session now");
}

#[tokio::test]
async fn a_role_that_wants_mfa_without_saying_so_is_a_denial() {
    let stand = Stand::new(&format!(
        "[profile r]\n{KEYS}source_profile = r\nrole_arn = arn:aws:iam::123456789012:role/WantsMfa\n"
    ))
    .await;
    assert!(
        stand.sentence("r").await.starts_with("AWS denied sts:AssumeRole"),
        "*Use MFA…* is offered beside it"
    );
    let given = SignInInput { use_mfa: true, serial: Some(SERIAL.into()), ..SignInInput::default() };
    let Err(SignInInterrupted::Prompt(ask)) = stand.try_open("r", &given).await else {
        panic!("it does not ask")
    };
    assert_eq!(ask, wanted(Some("WantsMfa"), None));
}

#[tokio::test]
async fn mfa_is_offered_by_what_the_profile_starts_from() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}\
         [profile open]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/First\n\
         [profile denied]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/Denied\n\
         [profile web]\nrole_arn = arn:aws:iam::123456789012:role/Web\nweb_identity_token_file = TOKEN\n\
         [profile web-denied]\nsource_profile = web\nrole_arn = arn:aws:iam::123456789012:role/Denied\n"
    ))
    .await;
    let config = std::fs::read_to_string(stand.path(".aws/config")).expect("the file");
    stand.write(".aws/config", config.replace("TOKEN", &stand.path("token").display().to_string()));
    stand.write("token", "jwt");
    assert!(stand.open("base").await.takes_mfa && stand.open("open").await.takes_mfa, "a user's own key");
    assert!(!stand.open("web").await.takes_mfa, "no user, no device");
    assert!(stand.failure("denied").await.mfa_may_help());
    assert!(!stand.failure("web-denied").await.mfa_may_help(), "it would be passed over");
    let given = SignInInput { use_mfa: true, serial: Some(SERIAL.into()), ..with_code(CODE) };
    assert!(!opened(&stand, "open", &given).await.takes_mfa, "it has been given");
}
