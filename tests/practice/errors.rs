//! Every error: HTTP status, code and message.

use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::types::{StatusType, Tag};

use crate::{Stage, assert_refused, iam, pair, refusal, run, sts};

const NOBODY: &str = "The user with name nobody cannot be found.";
const INVALID_TOKEN: &str = "The security token included in the request is invalid";
const ABSENT: &str = "AKIA7M5XQ2VDAAAAAAAA";

#[test]
fn a_user_that_is_not_there() {
    run(async {
        let Stage { iam, .. } = Stage::story();
        let (status, code) = (404, "NoSuchEntity");
        assert_refused(iam.get_user().user_name("nobody").send().await, status, code, NOBODY);
        assert_refused(iam.list_access_keys().user_name("nobody").send().await, status, code, NOBODY);
        assert_refused(iam.create_access_key().user_name("nobody").send().await, status, code, NOBODY);
        assert_refused(iam.list_user_tags().user_name("nobody").send().await, status, code, NOBODY);
        assert_refused(
            iam.list_attached_user_policies().user_name("nobody").send().await,
            status,
            code,
            NOBODY,
        );
        let tag = Tag::builder().key("a").value("b").build().expect("a tag");
        assert_refused(iam.tag_user().user_name("nobody").tags(tag).send().await, status, code, NOBODY);
        assert_refused(iam.untag_user().user_name("nobody").tag_keys("a").send().await, status, code, NOBODY);
    });
}

#[test]
fn a_key_that_is_not_there() {
    run(async {
        let stage = Stage::story();
        let bobs = stage.key_ids("bob").await.remove(0);
        for id in [ABSENT, &bobs] {
            let message = format!("The Access Key with id {id} cannot be found.");
            let delete = stage.iam.delete_access_key().user_name("alice").access_key_id(id).send().await;
            assert_refused(delete, 404, "NoSuchEntity", &message);
            let update =
                stage.iam.update_access_key().access_key_id(id).status(StatusType::Inactive).send().await;
            assert_refused(update, 404, "NoSuchEntity", &message);
        }
        assert_eq!(stage.key_ids("bob").await, [bobs], "another user's key is left alone");
        let used = refusal(stage.iam.get_access_key_last_used().access_key_id(ABSENT).send().await);
        assert_eq!(
            (used.0, used.1.as_str()),
            (403, "AccessDenied"),
            "AWS does not say whether there is such a key"
        );
    });
}

#[test]
fn values_that_iam_does_not_take() {
    run(async {
        let Stage { iam, .. } = Stage::story();
        let name = "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-";
        assert_refused(iam.list_access_keys().user_name("a b").send().await, 400, "ValidationError", name);
        assert_refused(iam.list_access_keys().user_name("").send().await, 400, "ValidationError", name);

        let wrong = |text: &str| format!("1 validation error detected: Value {text}");
        let most = wrong(
            "'1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
        );
        assert_refused(iam.list_users().max_items(1001).send().await, 400, "ValidationError", &most);
        let least = wrong(
            "'0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
        );
        assert_refused(iam.list_users().max_items(0).send().await, 400, "ValidationError", &least);
        assert_refused(iam.list_users().marker("zz").send().await, 400, "ValidationError", "Invalid Marker.");
        let prefix = refusal(iam.list_users().path_prefix("people").send().await);
        assert_eq!((prefix.0, prefix.1.as_str()), (400, "ValidationError"));

        let short = wrong(
            "'AKIA' at 'accessKeyId' failed to satisfy constraint: Member must have length greater than or equal to 16",
        );
        assert_refused(
            iam.get_access_key_last_used().access_key_id("AKIA").send().await,
            400,
            "ValidationError",
            &short,
        );
        let status = wrong(
            "'Off' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
        );
        let update = iam.update_access_key().access_key_id(ABSENT);
        assert_refused(
            update.clone().status(StatusType::from("Off")).send().await,
            400,
            "ValidationError",
            &status,
        );
        let expired = refusal(update.status(StatusType::Expired).send().await);
        assert_eq!((expired.0, expired.1.as_str()), (400, "InvalidInput"));
    });
}

#[test]
fn tags_that_iam_does_not_take() {
    run(async {
        let Stage { iam, .. } = Stage::story();
        let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build().expect("a tag");
        let tagging = || iam.tag_user().user_name("bob");
        let duplicate = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
        let twice = tagging().tags(tag("a", "1")).tags(tag("A", "2"));
        assert_refused(twice.send().await, 400, "InvalidInput", duplicate);
        for (key, value) in
            [("", "x"), ("a;b", "x"), (&"k".repeat(129), "x"), ("a", "x;y"), ("a", &"v".repeat(257))]
        {
            let (status, code, message) = refusal(tagging().tags(tag(key, value)).send().await);
            assert_eq!((status, code.as_str()), (400, "ValidationError"), "{key}={value}: {message}");
        }
        let many = (0..50).map(|number| tag(&format!("tag-{number}"), "")).collect();
        assert_refused(
            tagging().set_tags(Some(many)).send().await,
            409,
            "LimitExceeded",
            "Cannot exceed quota for TagsPerUser: 50",
        );
        let tags = iam.list_user_tags().user_name("bob").send().await.expect("tags").tags;
        assert_eq!(tags.len(), 1, "nothing of what was refused is there");
    });
}

#[test]
fn a_signer_that_is_not_known() {
    run(async {
        let stage = Stage::story();
        let stranger = aws_credential_types::Credentials::new(ABSENT, "x", None, None, "test");
        let refused =
            iam(&stage.practice, stranger.clone(), RetryConfig::disabled()).list_users().send().await;
        assert_refused(refused, 403, "InvalidClientTokenId", INVALID_TOKEN);
        let refused = sts(&stage.practice, stranger).get_caller_identity().send().await;
        assert_refused(refused, 403, "InvalidClientTokenId", INVALID_TOKEN);
    });
}

#[test]
fn deactivating_the_key_one_signs_with_ends_the_session() {
    run(async {
        let stage = Stage::story();
        let own = stage.practice.credentials().access_key_id().to_owned();
        let spare = stage.create("anna").await;
        let update =
            stage.iam.update_access_key().user_name("anna").access_key_id(&own).status(StatusType::Inactive);
        update.send().await.expect("deactivated");
        assert_refused(stage.iam.list_users().send().await, 403, "InvalidClientTokenId", INVALID_TOKEN);
        let refused = stage.sts.get_caller_identity().send().await;
        assert_refused(refused, 403, "InvalidClientTokenId", INVALID_TOKEN);

        let other = iam(&stage.practice, pair(&spare), RetryConfig::disabled());
        other.delete_access_key().access_key_id(&own).send().await.expect("deleted with another key");
        assert_refused(stage.iam.list_users().send().await, 403, "InvalidClientTokenId", INVALID_TOKEN);
    });
}
