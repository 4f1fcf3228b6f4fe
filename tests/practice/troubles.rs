//! Every simulated fault, and that it ends when it is turned off.

use std::time::Duration;

use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::timeout::TimeoutConfig;
use aws_sdk_iam::error::SdkError;
use aws_sdk_iam::types::{StatusType, Tag};
use keyfob::practice::SimulatedFault;
use tokio::time::Instant;

use crate::{Stage, assert_refused, iam, pair, run, sts};

#[test]
fn slow_answers_take_five_seconds_more() {
    run(async {
        let stage = Stage::new(None, Duration::from_millis(100));
        let timed = async || {
            let start = Instant::now();
            stage.iam.get_user().send().await.expect("a user");
            start.elapsed()
        };
        let usual = timed().await;
        assert!(
            Duration::from_millis(75) <= usual && usual < Duration::from_millis(150),
            "usually {usual:?}"
        );
        stage.practice.set_trouble(SimulatedFault::Slow, true);
        assert!(stage.practice.trouble(SimulatedFault::Slow), "on");
        assert!(timed().await >= Duration::from_secs(5), "while it is slow");
        stage.practice.set_trouble(SimulatedFault::Slow, false);
        assert!(timed().await < Duration::from_secs(1), "afterwards");
    });
}

#[test]
fn a_client_that_gives_up_has_changed_the_account_all_the_same() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::Slow, true);
        let patience = TimeoutConfig::builder().read_timeout(Duration::from_secs(2)).build();
        let hurried = aws_sdk_iam::Config::builder().timeout_config(patience);
        let start = Instant::now();
        let create = stage.iam.create_access_key().user_name("carol").customize().config_override(hurried);
        let Err(SdkError::DispatchFailure(failure)) = create.send().await else {
            panic!("answered in spite of the timeout");
        };
        assert!(failure.is_timeout(), "a timeout of the connection");
        assert!(start.elapsed() < Duration::from_secs(3), "gave up after {:?}", start.elapsed());
        assert_eq!(stage.key_ids("carol").await.len(), 1, "the key that nobody has");
    });
}

#[test]
fn throttled_refuses_all_but_the_callers_identity() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::Throttled, true);
        assert_refused(stage.iam.list_users().send().await, 400, "Throttling", "Rate exceeded");
        let create = stage.iam.create_access_key().user_name("carol").send().await;
        assert_refused(create, 400, "Throttling", "Rate exceeded");
        stage.sts.get_caller_identity().send().await.expect("an identity");
        stage.practice.set_trouble(SimulatedFault::Throttled, false);
        assert!(stage.key_ids("carol").await.is_empty(), "what was throttled did not happen");
    });
}

#[test]
fn throttling_is_repeated_by_the_sdk() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::Throttled, true);
        let patient = iam(&stage.practice, stage.practice.credentials(), RetryConfig::standard());
        assert_refused(patient.list_users().send().await, 400, "Throttling", "Rate exceeded");
        assert_eq!(stage.practice.requests("ListUsers"), 3, "attempts");
    });
}

#[test]
fn denied_names_the_action_and_the_user() {
    run(async {
        let stage = Stage::story();
        let bobs = stage.key_ids("bob").await.remove(0);
        stage.practice.set_trouble(SimulatedFault::Denied, true);
        let message = |action: &str| {
            format!(
                "User: arn:aws:iam::000000000000:user/people/anna is not authorized to perform: iam:{action} on resource: \
                 user bob because no identity-based policy allows the iam:{action} action"
            )
        };
        let (iam, denied) = (&stage.iam, |action: &str| (403, "AccessDenied", message(action)));
        let (status, code, text) = denied("CreateAccessKey");
        assert_refused(iam.create_access_key().user_name("bob").send().await, status, code, &text);
        let (status, code, text) = denied("ListAccessKeys");
        assert_refused(iam.list_access_keys().user_name("bob").send().await, status, code, &text);
        let (status, code, text) = denied("DeleteAccessKey");
        let delete = iam.delete_access_key().user_name("bob").access_key_id(&bobs);
        assert_refused(delete.send().await, status, code, &text);
        let (status, code, text) = denied("UpdateAccessKey");
        let update =
            iam.update_access_key().user_name("bob").access_key_id(&bobs).status(StatusType::Inactive);
        assert_refused(update.send().await, status, code, &text);
        let (status, code, text) = denied("TagUser");
        let tag = Tag::builder().key("a").value("b").build().expect("a tag");
        assert_refused(iam.tag_user().user_name("bob").tags(tag).send().await, status, code, &text);
        iam.list_users().send().await.expect("other lists are allowed");

        stage.practice.set_trouble(SimulatedFault::Denied, false);
        assert_eq!(stage.key_ids("bob").await, [bobs], "nothing happened");
    });
}

#[test]
fn a_lost_answer_leaves_what_was_done() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::AnswerLost, true);
        let lost = stage.iam.create_access_key().user_name("carol").send().await;
        let Err(SdkError::DispatchFailure(failure)) = lost else {
            panic!("not a broken connection");
        };
        assert!(failure.is_io(), "as when a connection is reset");
        assert_eq!(stage.practice.requests("CreateAccessKey"), 1);
        assert_eq!(stage.key_ids("carol").await.len(), 1, "lists arrive, and there it is");

        let id = stage.key_ids("carol").await.remove(0);
        let delete = stage.iam.delete_access_key().user_name("carol").access_key_id(id).send().await;
        assert!(matches!(delete, Err(SdkError::DispatchFailure(_))), "other changes are lost as well");
        assert!(stage.key_ids("carol").await.is_empty(), "and made");
    });
}

#[test]
fn retries_after_a_lost_answer_make_a_second_key() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::AnswerLost, true);
        let careless = iam(&stage.practice, stage.practice.credentials(), RetryConfig::standard());
        let lost = careless.create_access_key().user_name("carol").send().await;
        assert!(matches!(lost, Err(SdkError::DispatchFailure(_))), "reported as if nothing had happened");
        assert_eq!(stage.practice.requests("CreateAccessKey"), 3, "requests that arrived");
        assert_eq!(stage.key_ids("carol").await.len(), 2, "two keys that nobody has");
    });
}

#[test]
fn a_new_key_is_not_yet_valid() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::KeyNotYetValid, true);
        let key = stage.create("carol").await;
        let with_it = sts(&stage.practice, pair(&key));
        let message = "The security token included in the request is invalid";
        stage.wait(14);
        assert_refused(with_it.get_caller_identity().send().await, 403, "InvalidClientTokenId", message);
        stage.wait(1);
        let identity = with_it.get_caller_identity().send().await.expect("valid after 15 seconds");
        assert_eq!(identity.arn(), Some("arn:aws:iam::000000000000:user/people/carol"));
    });
}

#[test]
fn lists_lag_ten_seconds_behind() {
    run(async {
        let stage = Stage::story();
        let first = stage.create("carol").await.access_key_id;
        stage.practice.set_trouble(SimulatedFault::ListsLag, true);
        assert!(stage.key_ids("carol").await.is_empty(), "not yet listed");
        stage.wait(6);
        let second = stage.create("carol").await.access_key_id;
        assert!(stage.key_ids("carol").await.is_empty(), "neither is listed after six seconds");
        stage.wait(5);
        assert_eq!(stage.key_ids("carol").await, [first.as_str()], "the first after eleven");
        stage.wait(5);
        assert_eq!(stage.key_ids("carol").await.len(), 2, "both after sixteen");

        stage.iam.delete_access_key().user_name("carol").access_key_id(&first).send().await.expect("deleted");
        assert_eq!(stage.key_ids("carol").await.len(), 2, "still listed");
        stage.practice.set_trouble(SimulatedFault::ListsLag, false);
        assert_eq!(stage.key_ids("carol").await, [second], "the truth");
    });
}

#[test]
fn a_session_that_is_over_lasts_again_once_somebody_signs_in() {
    run(async {
        let stage = Stage::story();
        stage.practice.set_trouble(SimulatedFault::SessionOver, true);
        let expired = "The security token included in the request is expired";
        assert_refused(stage.iam.list_users().send().await, 403, "ExpiredToken", expired);
        // Requesting credentials counts as a sign-in.
        stage.practice.credentials();
        stage.iam.list_users().send().await.expect("a new session");
        assert!(!stage.practice.trouble(SimulatedFault::SessionOver), "it was over once");
    });
}
