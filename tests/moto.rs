//! The walk of the AWS documentation's example against a real IAM server.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests/run passes the address of the server in the environment"
)]

use keyfob::aws::{self, Connection};
use keyfob::core::CreateOutcome;
use keyfob::domain::{
    Cause, Endpoint, EndpointSource, FetchedReport, KeyPair, KeyStatus, LastUse, ReportState, SignInChoice,
    SignInInput, UserName,
};
use keyfob::practice::{Options, Practice};

fn unused_practice() -> Practice {
    let now = std::sync::Arc::new(jiff::Timestamp::now);
    Practice::new(Options { users: Some(0), latency: std::time::Duration::ZERO, now })
}

async fn create(aws: &Connection, user: &UserName) -> Result<KeyPair, Cause> {
    let before = aws.key_ids(user).await.map_err(|failure| failure.cause)?;
    match aws.create_key(user, &before).await.0 {
        CreateOutcome::Made(pair) => Ok(pair),
        CreateOutcome::Refused(failure) => Err(failure.cause),
        CreateOutcome::Unknown { failure, .. } => panic!("the outcome is not known: {failure:?}"),
    }
}

/// `with-moto` has put the server's key into the environment as AWS credentials.
#[tokio::test]
#[ignore = "needs a moto server: tests/run moto"]
async fn the_documentations_example() {
    let url = std::env::var("KEYFOB_MOTO_ENDPOINT").expect("tests/run moto sets it");
    let options = aws::Options { endpoint_url: Some(url.clone()), ..aws::Options::default() };
    let (aws, account) =
        aws::connect(&SignInChoice::Environment, &options, &unused_practice(), &SignInInput::default())
            .await
            .expect("signed in");
    assert_eq!(account.id, "123456789012");
    assert_eq!(account.endpoint, Endpoint::Override { url, source: EndpointSource::CommandLine });

    let users = aws.users(None).await.expect("the users").users;
    let mut user = None;
    for candidate in &users {
        if aws.keys(&candidate.name).await.expect("the keys").is_empty() {
            user = Some(candidate.name.clone());
        }
    }
    let user = user.expect("a user without keys");

    let first = create(&aws, &user).await.expect("a key");
    let second = create(&aws, &user).await.expect("a second key");
    assert!(matches!(create(&aws, &user).await, Err(Cause::LimitExceeded(_))), "two are the limit");
    assert_eq!(aws.keys(&user).await.expect("the keys").len(), 2);
    assert_eq!(aws.last_use(&first.id).await.expect("its last use"), LastUse::Never);

    aws.set_status(&user, &first.id, KeyStatus::Inactive).await.expect("deactivated");
    let keys = aws.keys(&user).await.expect("the keys");
    let status = |id| keys.iter().find(|key| key.id == id).map(|key| key.status);
    assert_eq!(status(first.id.clone()), Some(KeyStatus::Inactive));
    assert_eq!(status(second.id.clone()), Some(KeyStatus::Active));

    aws.describe(&user, &first.id, "an example").await.expect("described");
    let told = aws.descriptions(&user).await.expect("the descriptions");
    assert_eq!(told.get(&first.id).map(String::as_str), Some("an example"));
    aws.undescribe(&user, &first.id).await.expect("removed");

    for pair in [&first, &second] {
        aws.delete_key(&user, &pair.id).await.expect("deleted");
    }
    let again = aws.delete_key(&user, &first.id).await.expect_err("it is gone");
    assert!(matches!(again.cause, Cause::NoSuchEntity(_)), "and a second delete says so");
    assert!(aws.keys(&user).await.expect("the keys").is_empty());
    // Here, because the test above changes keys.
    reports_what_the_lists_have(&aws).await;
}

/// The credential report says the same as the lists, which take a call for each user and each key.
async fn reports_what_the_lists_have(aws: &Connection) {
    let mut states = vec![aws.generate_report().await.expect("a state")];
    states.push(aws.generate_report().await.expect("a state"));
    assert_eq!(states, [ReportState::InProgress, ReportState::Complete], "the states");
    let FetchedReport::Ready(report) = aws.report().await.expect("a report") else {
        panic!("the report is complete")
    };
    assert_eq!(report.problems, [], "all of it can be read");
    let users = aws.users(None).await.expect("the users").users;
    assert_eq!(report.users.len(), users.len(), "users");
    for user in report.users {
        let listed = aws.keys(&user.name).await.expect("the keys");
        assert_eq!(user.keys.len(), listed.len().min(2), "{}", user.name);
        for (reported, listed) in user.keys.iter().zip(&listed) {
            assert_eq!((reported.status, reported.created), (listed.status, listed.created), "{}", user.name);
            let used = aws.last_use(&listed.id).await.expect("its last use");
            let reported = reported.last_use.as_ref().map(LastUse::when);
            assert_eq!(reported, Some(used.when()), "{}", user.name);
        }
    }
}
