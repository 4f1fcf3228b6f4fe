//! Denials and the policies that would allow the actions, against a server that enforces policies.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests/run passes the address of the server in the environment"
)]

use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region};
use keyfob::aws::{Connection, Patience};
use keyfob::core::CreateOutcome;
use keyfob::domain::{
    Account, Action, Caller, Endpoint, EndpointSource, Failure, KeyId, KeyStatus, PolicyKind, Refusal,
    Secret, UserName,
};

/// A user with the guide's policy for operators: may view everything, and activate and deactivate keys.
const OPERATOR: &str = "operator";

struct Server {
    url: String,
    root: aws_sdk_iam::Client,
}

impl Server {
    fn new() -> Self {
        let url = std::env::var("KEYFOB_MINISTACK_ENDPOINT").expect("tests/run enforced sets it");
        let config = aws_sdk_iam::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "root"))
            .endpoint_url(&url);
        Self { root: aws_sdk_iam::Client::from_conf(config.build()), url }
    }

    async fn user(&self, name: &str) -> UserName {
        self.root.create_user().user_name(name).send().await.expect("a user");
        UserName::new(name)
    }

    /// Signs in as a user with that name and policy.
    async fn sign_in(&self, name: &str, policy: &str) -> (Connection, Account) {
        self.user(name).await;
        self.attach(name, "given", policy).await;
        let made = self.root.create_access_key().user_name(name).send().await.expect("a key");
        let made = made.access_key.expect("the key");
        let (id, secret) = (KeyId::new(made.access_key_id), Secret::new(made.secret_access_key));
        let aws = Connection::for_endpoint(&self.url, &id, &secret, Patience::default()).await;
        let aws = aws.expect("a connection");
        let caller_arn = aws.who_is(&id, &secret).await.expect("the caller");
        let account = Account {
            id: caller_arn.split(':').nth(4).expect("an account id").to_owned(),
            alias: None,
            profile: name.to_owned(),
            caller: Caller::from_arn(&caller_arn),
            caller_arn,
            signing_key: Some(id),
            session_key: None,
            expires: None,
            takes_mfa: false,
            other_endpoints: Vec::new(),
            endpoint: Endpoint::Override { url: self.url.clone(), source: EndpointSource::CommandLine },
        };
        (aws, account)
    }

    async fn attach(&self, user: &str, name: &str, policy: &str) {
        let call = self.root.put_user_policy().user_name(user).policy_name(name).policy_document(policy);
        call.send().await.expect("the policy is attached");
    }
}

/// The guide's policy for operators.
fn operators() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help/permissions.md");
    let page = std::fs::read_to_string(path).expect("the page");
    let (_, rest) = page.split_once("**Operator**").expect("the part about operators");
    let (_, rest) = rest.split_once("```json\n").expect("a policy");
    rest.split("```").next().expect("its end").to_owned()
}

async fn create(aws: &Connection, user: &UserName) -> Result<KeyId, Failure> {
    let before = aws.key_ids(user).await?;
    match aws.create_key(user, &before).await.0 {
        CreateOutcome::Made(pair) => Ok(pair.id),
        CreateOutcome::Refused(failure) => Err(failure),
        CreateOutcome::Unknown { failure, .. } => panic!("the outcome is not known: {failure:?}"),
    }
}

#[tokio::test]
#[ignore = "needs a ministack server: tests/run enforced provides it"]
async fn the_policy_that_is_copied_allows_what_was_refused_and_no_more() {
    let server = Server::new();
    let (bob, alice) = (server.user("bob").await, server.user("alice").await);
    let (aws, account) = server.sign_in(OPERATOR, &operators()).await;

    let failure = create(&aws, &bob).await.expect_err("operators create nothing");
    let refusal = Refusal::of(&failure, Some(&bob)).expect("it is a denial");
    assert_eq!((refusal.action, refusal.missing()), (Action::CreateAccessKey, "iam:CreateAccessKey"));
    assert_eq!(refusal.denial.by, Some(PolicyKind::IdentityBased));
    let policy = refusal.policy(&account, Some("/")).expect("a policy");
    server.attach(OPERATOR, "copied", &policy).await;
    let key = create(&aws, &bob).await.expect("now it is allowed");
    let failure = create(&aws, &alice).await.expect_err("but for nobody else");
    assert!(failure.is_denied(), "{failure:?}");

    // The actions of operators.
    aws.set_status(&bob, &key, KeyStatus::Inactive).await.expect("deactivated");
    aws.describe(&bob, &key, "an example").await.expect("described");
    aws.undescribe(&bob, &key).await.expect("undescribed");
    let failure = aws.delete_key(&bob, &key).await.expect_err("operators delete nothing");
    let refusal = Refusal::of(&failure, Some(&bob)).expect("it is a denial");
    let policy = refusal.policy(&account, None).expect("a policy");
    server.attach(OPERATOR, "copied too", &policy).await;
    aws.delete_key(&bob, &key).await.expect("also where the path is not known");
}

#[tokio::test]
#[ignore = "needs a ministack server: tests/run enforced provides it"]
async fn where_a_policy_forbids_it_there_is_none_to_copy() {
    const FORBIDS: &str = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "iam:CreateAccessKey", "Resource": "*"}]}"#;
    let server = Server::new();
    let carol = server.user("carol").await;
    let (aws, account) = server.sign_in("forbidden", FORBIDS).await;
    let failure = create(&aws, &carol).await.expect_err("it is forbidden");
    let refusal = Refusal::of(&failure, Some(&carol)).expect("it is a denial");
    assert!(refusal.denial.explicit, "{refusal:?}");
    assert_eq!(refusal.policy(&account, Some("/")), None);
}

#[tokio::test]
#[ignore = "needs a ministack server: tests/run enforced provides it"]
async fn each_read_that_is_denied_names_its_permission() {
    const NOTHING: &str = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}"#;
    let server = Server::new();
    let dora = server.user("dora").await;
    let (aws, account) = server.sign_in("nobody", NOTHING).await;
    let key = account.signing_key.clone().expect("the key that signs");
    let failures = [
        (Action::ListUsers, aws.users(None).await.err()),
        (Action::ListAccessKeys, aws.keys(&dora).await.err()),
        (Action::GetAccessKeyLastUsed, aws.last_use(&key).await.err()),
        (Action::ListUserTags, aws.descriptions(&dora).await.err()),
        (Action::GetAccountSummary, aws.key_quota().await.err()),
    ];
    for (action, failure) in failures {
        let failure = failure.unwrap_or_else(|| panic!("{action:?} is allowed"));
        let refusal = Refusal::of(&failure, Some(&dora)).expect("it is a denial");
        assert_eq!((refusal.action, refusal.missing()), (action, action.name()));
    }
}
