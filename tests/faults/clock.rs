//! The server's clock, from the `Date` of its answers.

use jiff::SignedDuration;

use crate::server::{Fault, refusal};
use crate::{bob, stand};

const LIST: &str = "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/><IsTruncated>false</IsTruncated>\
                    </ListAccessKeysResult></ListAccessKeysResponse>";
const DATE: &str = "date: Tue, 24 Nov 2026 12:14:00 GMT\r\n";
const CACHED: &str = "date: Tue, 24 Nov 2026 12:14:00 GMT\r\nage: 840\r\n";

#[tokio::test]
async fn every_answer_tells_the_servers_date() {
    for fault in
        [Fault::Headed(200, DATE, LIST.to_owned()), Fault::Headed(403, DATE, refusal("AccessDenied", "no"))]
    {
        let (_server, connection) = stand("ListAccessKeys", fault, false).await;
        assert_eq!(connection.server_time(), None, "nothing was asked yet");
        _ = connection.keys(&bob()).await;
        let date = connection.server_time().expect("an answer with a date").date;
        assert_eq!(date.to_string(), "2026-11-24T12:14:00Z");
        let since = connection.now().date.duration_since(date);
        assert!(
            SignedDuration::ZERO <= since && since < SignedDuration::from_secs(30),
            "it goes on from there: {since:?}"
        );
    }
}

#[tokio::test]
async fn a_stored_answer_tells_no_date() {
    let (_server, connection) =
        stand("ListAccessKeys", Fault::Headed(200, CACHED, LIST.to_owned()), false).await;
    connection.keys(&bob()).await.expect("a list");
    assert_eq!(connection.server_time(), None);
}
