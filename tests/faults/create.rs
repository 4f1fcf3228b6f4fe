//! `CreateAccessKey` is sent once, whatever happens, on a connection that retries other calls.

use keyfob::aws::{Connection, Patience};
use keyfob::core::CreateOutcome;
use keyfob::domain::{Cause, KeyId};

use crate::figure::Figure;
use crate::server::{Fault, Plan, SECRET, Server, refusal};
use crate::{bob, connection_to, patience, patience_with};

/// Like the program: lists the keys, then sends once.
async fn create_over(connection: &Connection) -> CreateOutcome {
    match connection.key_ids(&bob()).await {
        Ok(before) => connection.create_key(&bob(), &before).await.0,
        Err(failure) => CreateOutcome::Refused(failure),
    }
}

/// Long enough to pass as a secret.
const HALF: usize = 30;

const ID: &str = "AKIAMADE000000000000";

/// The outcome of a creation with a fault, on a connection that retries everything else, and the number of its requests.
pub(crate) async fn attempt(plan: Plan) -> (CreateOutcome, usize) {
    let patience = Patience { attempts: 4, ..patience_with(&plan.fault) };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience).await;
    (create_over(&connection).await, server.creates())
}

pub(crate) fn at_creation(fault: Fault, commits: bool) -> Plan {
    Plan { fault, action: "CreateAccessKey", times: usize::MAX, commits }
}

/// A complete response with this content.
fn key(parts: &str) -> Fault {
    let key = format!("<AccessKey><UserName>bob</UserName><Status>Active</Status>{parts}</AccessKey>");
    let result = format!("<CreateAccessKeyResult>{key}</CreateAccessKeyResult>");
    Fault::Answer(200, format!("<CreateAccessKeyResponse>{result}</CreateAccessKeyResponse>"))
}

fn key_with_secret(secret: &str) -> Fault {
    key(&format!("<AccessKeyId>{ID}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"))
}

/// Ends in the middle of the secret.
fn half_an_answer() -> String {
    let start = "<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><UserName>bob</UserName>\
                 <AccessKeyId>AKIAMADE000000000000</AccessKeyId><Status>Active</Status><SecretAccessKey>";
    format!("{start}{}", &SECRET[..HALF])
}

fn answer_without_end() -> String {
    format!("{}</SecretAccessKey></AccessKey>", half_an_answer())
}

/// Faults after which the response does not tell whether a key was created.
pub(crate) fn losses() -> Vec<(&'static str, Fault)> {
    let answer = |status, body: &str| Fault::Answer(status, body.to_owned());
    let page = "<!DOCTYPE html><html></html>";
    vec![
        ("closed", Fault::Close),
        ("reset", Fault::Reset),
        ("hangs", Fault::Hang),
        ("drips", Fault::Drip),
        ("cut in the status line", Fault::CutAfter(5)),
        ("cut in the head", Fault::CutIn("content-type")),
        ("cut after the head", Fault::CutIn("\r\n\r\n")),
        ("cut in the key id", Fault::CutIn(ID)),
        ("cut in the secret", Fault::CutIn(SECRET)),
        ("cut after the secret", Fault::CutIn("</CreateAccessKeyResult>")),
        ("500", answer(500, "")),
        ("502 page", answer(502, page)),
        ("503", answer(503, "")),
        ("504", answer(504, "")),
        ("ServiceFailure", answer(500, &refusal("ServiceFailure", "internal"))),
        ("301 page", answer(301, page)),
        ("200 page", answer(200, page)),
        ("403 page", answer(403, page)),
        ("407 page", answer(407, page)),
        ("200 empty", answer(200, "")),
        ("200 broken off in the secret", answer(200, &half_an_answer())),
        ("200 broken off", answer(200, "<CreateAccessKeyResponse><CreateAccessKeyRes")),
        (
            "200 without a key",
            answer(200, "<CreateAccessKeyResponse><CreateAccessKeyResult/></CreateAccessKeyResponse>"),
        ),
        ("200 with an empty key", key("")),
        ("200 with an empty secret", key_with_secret("")),
        ("200 with two words for a secret", key_with_secret("not found")),
    ]
}

/// Responses after which certainly no key was created.
pub(crate) fn refusals() -> Vec<(&'static str, Fault)> {
    [
        ("LimitExceeded", 409),
        ("NoSuchEntity", 404),
        ("AccessDenied", 403),
        ("ExpiredToken", 403),
        ("InvalidClientTokenId", 403),
        ("SignatureDoesNotMatch", 403),
        ("Throttling", 400),
    ]
    .map(|(code, status)| (code, Fault::Answer(status, refusal(code, "no"))))
    .into()
}

/// The outcomes of the faults.
#[derive(Default)]
struct Tally {
    kinds: usize,
    /// The most requests for one key.
    requests: usize,
    /// Keys that were created and whose response was lost.
    lost: usize,
    named: usize,
    false_alarms: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn lost_answer(&mut self, name: &str, commits: bool, (outcome, requests): (CreateOutcome, usize)) {
        self.requests = self.requests.max(requests);
        self.lost += usize::from(commits);
        match outcome {
            CreateOutcome::Unknown { orphans, listed: true, .. }
                if commits && orphans == [KeyId::new(ID)] =>
            {
                self.named += 1;
            }
            CreateOutcome::Unknown { orphans, listed: true, .. } if !commits && orphans.is_empty() => {}
            CreateOutcome::Unknown { orphans, .. } => {
                self.false_alarms += orphans.len();
                self.wrong.push(format!("{name}: {orphans:?} named"));
            }
            CreateOutcome::Made(_) | CreateOutcome::Refused(_) => {
                self.wrong.push(format!("{name}: taken for certain"));
            }
        }
    }

    fn refusal(&mut self, name: &str, (outcome, requests): (CreateOutcome, usize)) {
        self.requests = self.requests.max(requests);
        match outcome {
            CreateOutcome::Refused(failure) if failure.action == "iam:CreateAccessKey" => {}
            _ => self.wrong.push(format!("{name}: nothing was created, for certain")),
        }
    }

    fn write_figures(&self) {
        let Self { kinds, requests, lost, named, false_alarms, .. } = self;
        let command = "cargo test --test faults";
        Figure {
            name: "create_requests_per_intent",
            value: (*requests).into(),
            unit: format!("request at most, over {kinds} kinds of fault"),
            target: "1".to_owned(),
            holds: *requests == 1,
            command,
        }
        .write();
        Figure {
            name: "orphans_named",
            value: (*named).into(),
            unit: format!("of {lost} lost keys, {false_alarms} false alarms"),
            target: format!("{lost}, 0 false alarms"),
            holds: named == lost && *false_alarms == 0,
            command,
        }
        .write();
    }
}

#[tokio::test]
async fn whatever_happens_one_request_is_sent_and_a_lost_key_is_named() {
    let mut tally = Tally::default();
    for (name, fault) in losses() {
        for commits in [true, false] {
            tally.lost_answer(name, commits, attempt(at_creation(fault.clone(), commits)).await);
        }
        tally.kinds += 1;
    }
    for (name, fault) in refusals() {
        tally.refusal(name, attempt(at_creation(fault, false)).await);
        tally.kinds += 1;
    }
    tally.write_figures();
    assert!(tally.kinds >= 20, "{} kinds of fault", tally.kinds);
    assert_eq!(tally.wrong, Vec::<String>::new(), "told otherwise than it was");
    assert_eq!(tally.requests, 1, "sent once and not again");
    assert_eq!((tally.named, tally.false_alarms), (tally.lost, 0));
}

#[tokio::test]
async fn a_request_that_never_left_is_certain() {
    let plan = Plan { fault: Fault::Leave, action: "ListAccessKeys", times: 1, commits: true };
    let (outcome, requests) = attempt(plan).await;
    let CreateOutcome::Refused(failure) = outcome else { panic!("nobody was there to create anything") };
    assert!(matches!(failure.cause, Cause::ConnectionRefused { .. }), "{failure:?}");
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn a_key_that_is_answered_is_made() {
    let plan = Plan { fault: Fault::Close, action: "none", times: 0, commits: true };
    let (CreateOutcome::Made(pair), requests) = attempt(plan).await else { panic!("no key") };
    assert_eq!(pair.id, KeyId::new(ID));
    assert_eq!(pair.secret.expose(), SECRET);
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_secret_that_arrived_is_kept_though_the_rest_is_missing() {
    let plan = at_creation(Fault::Answer(200, answer_without_end()), true);
    let (CreateOutcome::Made(pair), _) = attempt(plan).await else { panic!("the secret arrived") };
    assert_eq!(pair.secret.expose(), &SECRET[..HALF]);
}

#[tokio::test]
async fn a_key_is_not_asked_for_where_the_list_cannot_be_read() {
    let fault = Fault::Answer(403, refusal("AccessDenied", "no"));
    let plan = Plan { fault, action: "ListAccessKeys", times: usize::MAX, commits: true };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    let outcome = create_over(&connection).await;
    let CreateOutcome::Refused(failure) = outcome else { panic!("nothing was sent") };
    assert!(matches!(failure.cause, Cause::Denied(_)));
    assert_eq!(server.creates(), 0, "without a list before, a lost key could not be found");
}

#[tokio::test]
async fn a_list_that_may_lag_is_looked_at_three_times() {
    let plan = Plan { fault: Fault::Close, action: "CreateAccessKey", times: usize::MAX, commits: false };
    let server = Server::start(plan).await;
    let connection = connection_to(&format!("http://{}", server.host), patience()).await;
    create_over(&connection).await;
    assert_eq!(server.lists(), 4, "once before, three times after");
}

/// A secret that has arrived is never thrown away for the looks of what is beside it.
#[tokio::test]
async fn a_secret_beside_an_odd_id_or_date_is_kept() {
    let secret = format!("<SecretAccessKey>{SECRET}</SecretAccessKey>");
    for (id, date) in [
        ("short", "2026-11-24T00:00:00Z"),
        ("with a space", "2026-11-24T00:00:00Z"),
        ("", "2026-11-24T00:00:00Z"),
        (ID, "today"),
        (ID, "1730246400000"),
        (ID, ""),
    ] {
        let fault = key(&format!("<AccessKeyId>{id}</AccessKeyId>{secret}<CreateDate>{date}</CreateDate>"));
        let (outcome, requests) = attempt(at_creation(fault, true)).await;
        let CreateOutcome::Made(pair) = outcome else { panic!("{id} of {date}: the secret is lost") };
        assert_eq!((pair.secret.expose(), pair.id.as_str(), requests), (SECRET, id, 1));
    }
}
