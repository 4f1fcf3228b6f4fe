//! Changes that are retried: a lost response stays lost, whatever the result of later attempts.

use std::time::Duration;

use keyfob::aws::{Connection, Patience};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus, NotDeleted};

use crate::server::{Fault, Plan, Server, refusal};
use crate::{bob, connection_to, patience};

/// All changes that are sent again, at a connection of its own each: what they came to, and where they went.
async fn each_change(plan: Plan) -> Vec<(String, Failure)> {
    let mut failures = Vec::new();
    for change in 0..4 {
        let server = Server::start(plan.clone()).await;
        let patience = Patience { attempts: 2, operation: Duration::from_mins(1), ..patience() };
        let connection = connection_to(&format!("http://{}", server.host), patience).await;
        failures.push((server.host.clone(), changed(&connection, change).await.expect_err("no answer")));
    }
    failures
}

async fn changed(connection: &Connection, change: usize) -> Result<Option<String>, Failure> {
    let key = KeyId::new("AKIAMADE000000000000");
    match change {
        0 => connection.set_status(&bob(), &key, KeyStatus::Inactive).await,
        1 => connection.delete_key(&bob(), &key).await,
        2 => connection.describe(&bob(), &key, "backup").await,
        _ => connection.undescribe(&bob(), &key).await,
    }
}

fn once(fault: Fault) -> Plan {
    Plan { fault, action: "", times: 1, commits: true }
}

/// The server has made the change, its response is lost, and then the network fails.
#[tokio::test]
async fn what_was_sent_is_not_refused_by_a_way_that_is_gone() {
    for (host, failure) in each_change(once(Fault::ResetAndLeave)).await {
        assert!(failure.is_lost(), "AWS may have done it: {failure:?}");
        assert_eq!(failure.cause, Cause::ConnectionLost { host });
    }
}

#[tokio::test]
async fn nor_by_a_server_that_asks_to_wait_or_ends_the_session() {
    for code in ["Throttling", "ExpiredToken", "InvalidClientTokenId"] {
        let fault = Fault::ResetThen(refusal(code, "later"));
        for (host, failure) in each_change(Plan { times: usize::MAX, ..once(fault) }).await {
            assert_eq!(failure.cause, Cause::ConnectionLost { host }, "after {code}");
        }
    }
}

/// AWS's statement about the change also applies to the earlier attempt.
#[tokio::test]
async fn what_aws_says_of_the_change_counts() {
    let fault = Fault::ResetThen(refusal("NoSuchEntity", "no such key"));
    for (_, failure) in each_change(Plan { times: usize::MAX, ..once(fault) }).await {
        assert_eq!(failure.cause, Cause::NoSuchEntity("no such key".into()));
    }
}

/// The list right before a deletion gets no answer: nothing was deleted, and nothing is called unknown.
#[tokio::test]
async fn a_lost_list_deletes_nothing() {
    let server =
        Server::start(Plan { action: "ListAccessKeys", times: usize::MAX, ..once(Fault::Close) }).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    let key = KeyId::new("AKIAMADE000000000000");
    let failure = connection.list_and_delete(&bob(), &key, false, async || ()).await.expect_err("no list");
    let lost = Cause::ConnectionLost { host: server.host.clone() };
    assert_eq!(failure.cause, Cause::NotDeleted(NotDeleted::NotListed(Box::new(lost))));
    assert!(!failure.is_lost(), "the deletion was not sent");
    assert_eq!(server.deletes(), 0);
}

#[tokio::test]
async fn what_never_left_is_not_lost() {
    // Bound and released, so nothing listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let connection = connection_to(&format!("http://{host}"), Patience { attempts: 2, ..patience() }).await;
    for change in 0..4 {
        let failure = changed(&connection, change).await.expect_err("nobody listens");
        assert_eq!(failure.cause, Cause::ConnectionRefused { host: host.clone() });
    }
}

/// One throttled attempt is a reason to slow down, even if the SDK's retry succeeds.
#[tokio::test]
async fn a_throttled_attempt_slows_down_what_is_paced() {
    let fault = Fault::Answer(400, refusal("Throttling", "Rate exceeded"));
    let server = Server::start(Plan { action: "ListAccessKeys", ..once(fault) }).await;
    let patience = Patience { attempts: 2, operation: Duration::from_mins(1), ..patience() };
    let connection = connection_to(&format!("http://{}", server.host), patience).await;
    connection.keys(&bob()).await.expect("the second attempt succeeds");
    connection.turn().await;
    let start = std::time::Instant::now();
    connection.turn().await;
    let gap = start.elapsed();
    assert!(gap > Duration::from_millis(150), "10 requests a second have become fewer: {gap:?}");
}
