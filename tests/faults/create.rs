//! `CreateAccessKey` is sent once, whatever happens to it; the connection otherwise repeats what fails.

use keyfob::aws::Patience;
use keyfob::core::CreateOutcome;
use keyfob::domain::{Cause, KeyId};

use crate::server::{Fault, Plan, Server, refusal};
use crate::{bob, connection_to, patience};

/// What became of a key whose creation met `fault`, on a connection that repeats everything else.
async fn create(fault: Fault, commits: bool) -> CreateOutcome {
    let plan = Plan { fault, action: "CreateAccessKey", times: usize::MAX, commits };
    let server = Server::start(plan).await;
    let patience = Patience { attempts: 4, ..patience() };
    let connection = connection_to(&format!("http://{}", server.host), patience).await;
    let outcome = connection.create_key(&bob()).await;
    assert_eq!(server.creates(), 1, "sent once and not again");
    outcome
}

/// Ends in the middle of the secret, which is long enough to be taken for one.
fn half_an_answer() -> String {
    let start = "<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><UserName>bob</UserName>\
                 <AccessKeyId>AKIAMADE000000000000</AccessKeyId><Status>Active</Status><SecretAccessKey>";
    format!("{start}{}", "s".repeat(30))
}

fn answer_without_end() -> String {
    format!("{}</SecretAccessKey></AccessKey>", half_an_answer())
}

/// Faults after which nobody can say from the answer whether a key was made.
fn losses() -> Vec<(&'static str, Fault)> {
    let answer = |status, body: &str| Fault::Answer(status, body.to_owned());
    vec![
        ("closed", Fault::Close),
        ("reset", Fault::Reset),
        ("cut", Fault::Cut),
        ("hangs", Fault::Hang),
        ("500", answer(500, "")),
        ("502 page", answer(502, "<html></html>")),
        ("503", answer(503, "")),
        ("504", answer(504, "")),
        ("ServiceFailure", answer(500, &refusal("ServiceFailure", "internal"))),
        ("200 page", answer(200, "<!DOCTYPE html><html></html>")),
        ("403 page", answer(403, "<!DOCTYPE html><html></html>")),
        ("200 empty", answer(200, "")),
        ("200 broken off in the secret", answer(200, &half_an_answer())),
        ("200 broken off", answer(200, "<CreateAccessKeyResponse><CreateAccessKeyRes")),
        (
            "200 without a key",
            answer(200, "<CreateAccessKeyResponse><CreateAccessKeyResult/></CreateAccessKeyResponse>"),
        ),
        (
            "200 with an empty key",
            answer(
                200,
                "<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey/></CreateAccessKeyResult>\
                 </CreateAccessKeyResponse>",
            ),
        ),
    ]
}

#[tokio::test]
async fn a_key_that_is_answered_is_made() {
    let plan = Plan { fault: Fault::Close, action: "none", times: 0, commits: true };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    let CreateOutcome::Made(pair) = connection.create_key(&bob()).await else { panic!("no key") };
    assert_eq!(pair.id, KeyId::new("AKIAMADE000000000000"));
    assert_eq!(pair.secret.expose().len(), 40);
    assert_eq!(server.creates(), 1);
}

#[tokio::test]
async fn a_secret_that_arrived_is_kept_though_the_rest_is_missing() {
    let CreateOutcome::Made(pair) = create(Fault::Answer(200, answer_without_end()), true).await else {
        panic!("the secret arrived")
    };
    assert_eq!(pair.secret.expose(), "s".repeat(30));
}

#[tokio::test]
async fn a_lost_answer_is_sent_once_and_its_key_is_found() {
    for (name, fault) in losses() {
        let CreateOutcome::Unknown { orphans, listed, .. } = create(fault, true).await else {
            panic!("{name}: the outcome is not known from the answer")
        };
        assert_eq!(orphans, [KeyId::new("AKIAMADE000000000000")], "{name}");
        assert!(listed, "{name}: the list could be read");
    }
}

#[tokio::test]
async fn a_lost_answer_without_a_key_names_none() {
    for (name, fault) in losses() {
        let CreateOutcome::Unknown { orphans, listed, .. } = create(fault, false).await else {
            panic!("{name}: the outcome is not known from the answer")
        };
        assert!(orphans.is_empty() && listed, "{name}: looked, and found nothing");
    }
}

#[tokio::test]
async fn a_refusal_with_a_code_is_certain() {
    for (status, code) in [
        (409, "LimitExceeded"),
        (404, "NoSuchEntity"),
        (403, "AccessDenied"),
        (403, "ExpiredToken"),
        (403, "InvalidClientTokenId"),
        (403, "SignatureDoesNotMatch"),
        (400, "Throttling"),
    ] {
        let outcome = create(Fault::Answer(status, refusal(code, "no")), false).await;
        let CreateOutcome::Refused(failure) = outcome else { panic!("{code}: nothing was created") };
        assert_eq!(failure.action, "iam:CreateAccessKey", "{code}");
    }
}

#[tokio::test]
async fn a_key_is_not_asked_for_where_the_list_cannot_be_read() {
    let fault = Fault::Answer(403, refusal("AccessDenied", "no"));
    let plan = Plan { fault, action: "ListAccessKeys", times: usize::MAX, commits: true };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    let outcome = connection.create_key(&bob()).await;
    let CreateOutcome::Refused(failure) = outcome else { panic!("nothing was sent") };
    assert!(matches!(failure.cause, Cause::Denied(_)));
    assert_eq!(server.creates(), 0, "without a list before, a lost key could not be found");
}

#[tokio::test]
async fn a_list_that_may_lag_is_looked_at_three_times() {
    let plan = Plan { fault: Fault::Close, action: "CreateAccessKey", times: usize::MAX, commits: false };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    connection.create_key(&bob()).await;
    assert_eq!(server.lists(), 4, "once before, three times after");
}
