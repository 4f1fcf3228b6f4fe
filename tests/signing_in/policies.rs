//! Roles, sessions and denials, against an independent server that enforces policies.

use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region};
use keyfob::aws::{Connection, Options, SignInInterrupted};
use keyfob::domain::{Account, Caller, Cause, KeyId, KeyStatus, MfaCode, SignInInput, UserName};

use crate::server::CODE;
use crate::stand::Stand;

const TRUSTS_ALL: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::000000000000:root"}}]}"#;
const TRUSTS_NOBODY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"Service": "ec2.amazonaws.com"}}]}"#;

fn allows(actions: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": {actions}, "Resource": "*"}}]}}"#
    )
}

/// Creates a user who may assume roles and list users, and two roles, one of which trusts no user. Returns the user's key.
async fn seeded(url: &str) -> (String, String) {
    let root = aws_sdk_iam::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "root"))
        .endpoint_url(url);
    let root = aws_sdk_iam::Client::from_conf(root.build());
    root.create_user().user_name("anna").send().await.expect("a user");
    let policy = allows(r#"["sts:AssumeRole", "iam:ListUsers"]"#);
    let put = root.put_user_policy().user_name("anna").policy_name("p").policy_document(policy);
    put.send().await.expect("a policy");
    for (role, trust) in [("Lab", TRUSTS_ALL), ("Closed", TRUSTS_NOBODY)] {
        let create = root.create_role().role_name(role).assume_role_policy_document(trust);
        create.send().await.expect("a role");
    }
    let policy = allows(r#""iam:ListUsers""#);
    let put = root.put_role_policy().role_name("Lab").policy_name("p").policy_document(policy);
    put.send().await.expect("a policy");
    let key = root.create_access_key().user_name("anna").send().await.expect("a key");
    let key = key.access_key.expect("a key");
    (key.access_key_id, key.secret_access_key)
}

async fn open(stand: &Stand, profile: &str, given: &SignInInput) -> (Connection, Account) {
    match stand.try_open(profile, given).await {
        Ok(opened) => opened,
        Err(stop) => panic!("{profile} was not opened: {stop:?}"),
    }
}

#[tokio::test]
#[ignore = "needs a server that enforces policies: tests/run enforced provides it"]
async fn roles_sessions_and_refusals() {
    let url = std::env::var("KEYFOB_MINISTACK_ENDPOINT").expect("tests/run enforced sets it");
    let (id, secret) = seeded(&url).await;
    let mut stand = Stand::new(&format!(
        "[profile user]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n\
         [profile lab]\nsource_profile = user\nrole_arn = arn:aws:iam::000000000000:role/Lab\n\
         [profile closed]\nsource_profile = user\nrole_arn = arn:aws:iam::000000000000:role/Closed\n\
         [profile wrong]\naws_access_key_id = {id}\naws_secret_access_key = {secret}x\n"
    ))
    .await;
    stand.set("AWS_ENDPOINT_URL", &url);
    assert_eq!(Options::default().endpoint_url, None, "the endpoint is that of the environment");

    let (connection, account) = open(&stand, "lab", &SignInInput::default()).await;
    assert_eq!(account.caller, Caller::Role { role: "Lab".into(), session: "keyfob".into() });
    connection.users(None).await.expect("the role may list users");
    let refused = connection.set_status(&UserName::new("anna"), &KeyId::new(id), KeyStatus::Inactive).await;
    let Err(Cause::Denied(denial)) = refused.map_err(|failure| failure.cause) else { panic!("it may not") };
    assert_eq!(denial.action.as_deref(), Some("iam:UpdateAccessKey"));

    let refused = stand.failure("closed").await;
    assert_eq!(refused.action, "sts:AssumeRole");
    assert!(matches!(refused.cause, Cause::Denied(_)), "the role trusts no user: {refused:?}");
    assert_eq!(stand.failure("wrong").await.cause, Cause::SignatureWrong);

    let serial = "arn:aws:iam::000000000000:mfa/anna".to_owned();
    let given = SignInInput {
        use_mfa: true,
        serial: Some(serial),
        code: MfaCode::parse(CODE),
        ..SignInInput::default()
    };
    match stand.try_open("user", &given).await {
        Ok((connection, account)) => {
            assert_eq!(account.signing_key, None, "the session signs");
            connection.users(None).await.expect("and may list users");
        }
        Err(SignInInterrupted::Prompt(_)) => panic!("the code was not taken"),
        Err(SignInInterrupted::Failed(failure)) => panic!("no session: {failure:?}"),
    }
}
