//! Each kind of failure has its own cause, from which its message is made.

use keyfob::domain::{Cause, Failure, Foreign, KeyId, KeyStatus, TlsProblem};

use crate::server::{Fault, Plan, Server, refusal};
use crate::{bob, connection_to, patience, stand};

async fn failure_of(fault: Fault) -> (String, Failure) {
    let (server, connection) = stand("", fault, false).await;
    let failure = connection.keys(&bob()).await.expect_err("a fault is no answer");
    assert_eq!(failure.action, "iam:ListAccessKeys", "the failure names what was tried");
    (server.host.clone(), failure)
}

async fn cause_of(fault: Fault) -> Cause {
    failure_of(fault).await.1.cause
}

async fn refused(status: u16, code: &str, message: &str) -> Cause {
    cause_of(Fault::Answer(status, refusal(code, message))).await
}

fn page(status: u16) -> Fault {
    let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Guest network</body></html>";
    Fault::Answer(status, page.to_owned())
}

#[tokio::test]
async fn each_refusal_of_iam_has_its_own_cause() {
    assert_eq!(refused(403, "ExpiredToken", "expired").await, Cause::SessionOver);
    assert_eq!(refused(403, "InvalidClientTokenId", "invalid").await, Cause::KeyNotAccepted);
    assert_eq!(refused(400, "Throttling", "Rate exceeded").await, Cause::Throttled);
    assert_eq!(refused(404, "NoSuchEntity", "no bob").await, Cause::NoSuchEntity("no bob".into()));
    assert_eq!(refused(409, "LimitExceeded", "2 keys").await, Cause::LimitExceeded("2 keys".into()));
    assert_eq!(refused(400, "InvalidAction", "unknown").await, Cause::NotOffered { status: 400 });
    let other = Cause::Refused { code: "ValidationError".into(), message: "too long".into() };
    assert_eq!(refused(400, "ValidationError", "too long").await, other);
}

#[tokio::test]
async fn a_wrong_secret_is_not_a_wrong_clock() {
    let wrong = "The request signature we calculated does not match the signature you provided.";
    assert_eq!(refused(403, "SignatureDoesNotMatch", wrong).await, Cause::SignatureWrong);
    let late = "Signature expired: 20261124T000000Z is now earlier than 20261124T001000Z";
    assert_eq!(refused(403, "SignatureDoesNotMatch", late).await, Cause::ClockWrong { slow_secs: None });
}

#[tokio::test]
async fn a_denial_names_the_permission_and_the_request() {
    let message = "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: iam:ListAccessKeys \
                   on resource: user bob because no identity-based policy allows the iam:ListAccessKeys action";
    let (_, failure) = failure_of(Fault::Answer(403, refusal("AccessDenied", message))).await;
    let Cause::Denied(denial) = &failure.cause else { panic!("another cause: {failure:?}") };
    assert_eq!(denial.action.as_deref(), Some("iam:ListAccessKeys"));
    assert_eq!(failure.request_id.as_deref(), Some("request-1"), "what AWS support asks for");
}

/// Responses that are not from IAM.
async fn foreign(fault: Fault) -> (u16, Foreign) {
    let (server, failure) = failure_of(fault).await;
    match failure.cause {
        Cause::NotAws { host, status, sent } if host == server => (status, sent),
        cause => (0, Foreign::Redirect(Some(format!("another cause: {cause:?}")))),
    }
}

#[tokio::test]
async fn a_page_from_something_in_between_is_not_taken_for_aws() {
    for status in [200, 403, 404, 407, 502, 503] {
        assert_eq!(foreign(page(status)).await, (status, Foreign::Page));
    }
    assert_eq!(foreign(Fault::Answer(403, String::new())).await, (403, Foreign::Other));
}

#[tokio::test]
async fn a_sign_in_page_of_the_network_is_named() {
    let fault = |head: &'static str| Fault::Headed(302, head, String::new());
    let named = Foreign::Redirect(Some("login.hotel.example".to_owned()));
    assert_eq!(foreign(fault("location: http://login.hotel.example/?to=iam\r\n")).await, (302, named));
    assert_eq!(foreign(fault("")).await, (302, Foreign::Redirect(None)));
}

#[tokio::test]
async fn another_service_is_not_taken_for_iam() {
    let xml = "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code></Error>";
    for (status, body, sent) in [
        (200, "{\"Users\": []}", Foreign::Json),
        (404, "{\"message\": \"Not Found\"}", Foreign::Json),
        (200, xml, Foreign::Xml),
        (200, "<Other/>", Foreign::Xml),
        (404, xml, Foreign::Xml),
        (200, "OK", Foreign::Other),
    ] {
        assert_eq!(foreign(Fault::Answer(status, body.to_owned())).await, (status, sent), "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unreadable() {
    for (name, body) in [
        (
            "broken off between keys",
            "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member><AccessKeyId>A\
             </AccessKeyId></member>",
        ),
        ("broken off", "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMeta"),
        ("nothing", ""),
    ] {
        assert_eq!(cause_of(Fault::Answer(200, body.to_owned())).await, Cause::Unreadable, "{name}");
    }
}

/// `UpdateAccessKey` and similar operations have no output, so the SDK would accept any page as success.
#[tokio::test]
async fn a_page_is_no_yes() {
    let (server, connection) = stand("", page(200), false).await;
    let key = KeyId::new("AKIAMADE000000000000");
    let switched = connection.set_status(&bob(), &key, KeyStatus::Inactive).await;
    let deleted = connection.delete_key(&bob(), &key).await;
    for answer in [switched, deleted] {
        let cause = answer.expect_err("a page is no answer").cause;
        assert_eq!(cause, Cause::NotAws { host: server.host.clone(), status: 200, sent: Foreign::Page });
    }
}

/// Measured by the server's clock, from its response.
#[tokio::test]
async fn a_wrong_clock_is_measured() {
    let late = refusal("SignatureDoesNotMatch", "Signature expired: 20200101T000000Z is now earlier than …");
    let refused = |date: &'static str| Fault::Headed(403, date, late.clone());
    let Cause::ClockWrong { slow_secs: Some(fast) } =
        cause_of(refused("date: Wed, 01 Jan 2020 00:00:00 GMT\r\n")).await
    else {
        panic!("not measured")
    };
    assert!(fast < -5 * 365 * 86_400, "the server lives in 2020: {fast}");
    let Cause::ClockWrong { slow_secs: Some(slow) } =
        cause_of(refused("date: Fri, 01 Jan 2100 00:00:00 GMT\r\n")).await
    else {
        panic!("not measured")
    };
    assert!(slow > 50 * 365 * 86_400, "the server lives in 2100: {slow}");
}

#[tokio::test]
async fn a_server_error_has_its_status() {
    let empty = |status| Fault::Answer(status, String::new());
    assert_eq!(cause_of(empty(405)).await, Cause::NotOffered { status: 405 });
    assert_eq!(cause_of(empty(501)).await, Cause::NotOffered { status: 501 });
    assert_eq!(cause_of(empty(500)).await, Cause::ServiceFailure { status: 500 });
    assert_eq!(cause_of(empty(503)).await, Cause::ServiceFailure { status: 503 });
    let named = refused(500, "ServiceFailure", "internal").await;
    assert_eq!(named, Cause::ServiceFailure { status: 500 });
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_is_lost() {
    for fault in [Fault::Close, Fault::Reset, Fault::CutIn("IsTruncated")] {
        let (host, failure) = failure_of(fault).await;
        assert_eq!(failure.cause, Cause::ConnectionLost { host });
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let (host, failure) = failure_of(Fault::Hang).await;
    assert_eq!(failure.cause, Cause::NotInTime { host });
}

#[tokio::test]
async fn a_closed_port_refuses() {
    // Bound and released, so nothing listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let connection = connection_to(&format!("http://{host}"), patience()).await;
    let failure = connection.keys(&bob()).await.expect_err("nobody answers");
    assert_eq!(failure.cause, Cause::ConnectionRefused { host });
}

/// RFC 2606 reserves `.invalid`, which never resolves.
#[tokio::test]
async fn a_name_that_does_not_exist_is_named() {
    let connection = connection_to("http://nonexistent.invalid", patience()).await;
    let failure = connection.keys(&bob()).await.expect_err("nobody answers");
    assert_eq!(failure.cause, Cause::UnknownHost { host: "nonexistent.invalid".into() });
}

#[tokio::test]
async fn a_server_without_tls_is_no_secure_one() {
    let plan = Plan { fault: Fault::PlainText, action: "", times: usize::MAX, commits: false };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("https://{}", server.host), patience()).await;
    let failure = connection.keys(&bob()).await.expect_err("no handshake");
    assert_eq!(failure.cause, Cause::Tls { host: server.host.clone(), trouble: TlsProblem::NotTls });
}

#[tokio::test]
async fn a_read_is_asked_again_after_a_passing_trouble() {
    let fault = Fault::Answer(503, String::new());
    let server = Server::start(Plan { fault, action: "", times: 1, commits: false }).await;
    let patience = keyfob::aws::Patience { attempts: 2, ..patience() };
    let connection = connection_to(&format!("http://{}", server.host), patience).await;
    assert_eq!(connection.keys(&bob()).await, Ok(Vec::new()));
    assert_eq!(server.lists(), 2, "the first answer was a 503");
}
