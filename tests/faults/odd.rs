//! Answers that are odd: what is whole is shown, what is odd costs itself, and nothing loops.

use keyfob::domain::{Cause, KeyId, KeyStatus, PagingFault};

use crate::server::Fault;
use crate::{bob, stand};

fn keys(members: &str, end: &str) -> Fault {
    let list = format!("<AccessKeyMetadata>{members}</AccessKeyMetadata>{end}");
    let result = format!("<ListAccessKeysResult>{list}</ListAccessKeysResult>");
    Fault::Answer(200, format!("<ListAccessKeysResponse>{result}</ListAccessKeysResponse>"))
}

fn key(id: &str, status: &str, created: &str) -> String {
    format!(
        "<member><UserName>bob</UserName><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status>\
         <CreateDate>{created}</CreateDate></member>"
    )
}

const DAY: &str = "2026-11-24T00:00:00Z";
const END: &str = "<IsTruncated>false</IsTruncated>";

#[tokio::test]
async fn a_list_whose_marker_repeats_ends_and_says_so() {
    for (end, fault, requests) in [
        ("<IsTruncated>true</IsTruncated><Marker>m</Marker>", PagingFault::MarkerRepeated, 2),
        ("<IsTruncated>true</IsTruncated>", PagingFault::MarkerMissing, 1),
    ] {
        let (server, connection) =
            stand("ListAccessKeys", keys(&key("AKIA1", "Active", DAY), end), false).await;
        let list = connection.list_keys(&bob()).await.expect("what has arrived");
        assert_eq!(list.keys.len(), 1, "each key once");
        assert_eq!(list.incomplete.map(|failure| failure.cause), Some(Cause::Paging(fault)));
        assert_eq!(server.lists(), requests);
        let failure = connection.keys(&bob()).await.expect_err("not all keys");
        assert_eq!(failure.cause, Cause::Paging(fault), "nothing is made on half a list");
    }
}

#[tokio::test]
async fn an_odd_date_or_status_costs_itself() {
    let members = [
        key("AKIA1", "Active", "1730246400000"),
        key("AKIA2", "Dormant", DAY),
        key("AKIA2", "Dormant", DAY),
        key("id of another form", "Inactive", "Tue, 24 Nov 2026 00:00:00 GMT"),
    ]
    .concat();
    let (_server, connection) = stand("ListAccessKeys", keys(&members, END), false).await;
    let list = connection.list_keys(&bob()).await.expect("a list");
    let shown: Vec<_> =
        list.keys.iter().map(|key| (key.id.as_str(), key.status, key.created.is_some())).collect();
    assert_eq!(
        shown,
        [
            ("AKIA1", KeyStatus::Active, false),
            ("AKIA2", KeyStatus::Unknown, true),
            ("id of another form", KeyStatus::Inactive, false),
        ]
    );
    let odd = |id: &str| list.odd.get(&KeyId::new(id)).cloned().unwrap_or_default();
    assert_eq!(odd("AKIA1").created.as_deref(), Some("1730246400000"));
    assert_eq!(odd("AKIA2").status.as_deref(), Some("Dormant"));
    assert_eq!(odd("id of another form").created.as_deref(), Some("Tue, 24 Nov 2026 00:00:00 GMT"));
}

#[tokio::test]
async fn a_last_use_at_an_odd_date_is_not_never() {
    let answer = "<GetAccessKeyLastUsedResponse><GetAccessKeyLastUsedResult><UserName>bob</UserName>\
                  <AccessKeyLastUsed><LastUsedDate>gestern</LastUsedDate><ServiceName>s3</ServiceName>\
                  <Region>eu-west-1</Region></AccessKeyLastUsed></GetAccessKeyLastUsedResult>\
                  </GetAccessKeyLastUsedResponse>";
    let fault = Fault::Answer(200, answer.to_owned());
    let (_server, connection) = stand("GetAccessKeyLastUsed", fault, false).await;
    let failure = connection.last_use(&KeyId::new("AKIA1")).await.expect_err("nobody knows when");
    assert_eq!(failure.cause, Cause::OddDate("gestern".into()));
    let owner = connection.owner(&KeyId::new("AKIA1")).await.expect("the rest is whole");
    assert_eq!(owner, Some(bob()));
}

#[tokio::test]
async fn a_user_with_an_odd_date_is_listed() {
    let user = |name: &str, created: &str| {
        format!(
            "<member><Path>/</Path><UserName>{name}</UserName><UserId>AIDA</UserId><Arn>arn</Arn>\
             <CreateDate>{created}</CreateDate></member>"
        )
    };
    let users = [user("bob", "2026"), user("BOB", DAY)].concat();
    let answer = format!(
        "<ListUsersResponse><ListUsersResult><Users>{users}</Users>{END}</ListUsersResult></ListUsersResponse>"
    );
    let (_server, connection) = stand("ListUsers", Fault::Answer(200, answer), false).await;
    let page = connection.users(None).await.expect("a page");
    let listed: Vec<_> = page.users.iter().map(|user| (user.name.as_str(), user.created.is_some())).collect();
    assert_eq!(listed, [("bob", false), ("BOB", true)]);
}
