//! Every operation, and the content of the account.

use aws_sdk_iam::types::{StatusType, SummaryKeyType, Tag};

use crate::{Stage, assert_refused, iam, pair, run, sts};

#[test]
fn the_caller_is_anna() {
    run(async {
        let stage = Stage::story();
        let identity = stage.sts.get_caller_identity().send().await.expect("an identity");
        assert_eq!(identity.account(), Some("000000000000"));
        assert_eq!(identity.arn(), Some("arn:aws:iam::000000000000:user/people/anna"));
        let user = stage.iam.get_user().send().await.expect("a user").user.expect("a user");
        assert_eq!((user.user_name.as_str(), user.path.as_str()), ("anna", "/people/"));
        assert_eq!(Some(user.user_id.as_str()), identity.user_id());
        let own_key = stage.practice.credentials().access_key_id().to_owned();
        assert_eq!(stage.key_ids("anna").await, [own_key], "the program signs with a key of the story");
    });
}

#[test]
fn whoever_signs_is_the_caller() {
    run(async {
        let stage = Stage::story();
        let key = stage.create("bob").await;
        let identity =
            sts(&stage.practice, pair(&key)).get_caller_identity().send().await.expect("an identity");
        assert_eq!(identity.arn(), Some("arn:aws:iam::000000000000:user/people/bob"));
        let retries = aws_sdk_iam::config::retry::RetryConfig::disabled();
        let own = iam(&stage.practice, pair(&key), retries).list_access_keys().send().await.expect("a list");
        assert_eq!(own.access_key_metadata.len(), 2, "a list without a name is of the caller's own keys");
    });
}

#[test]
fn the_walk_of_the_example() {
    run(async {
        let stage = Stage::story();
        let before = stage.key_ids("carol").await;
        assert!(before.is_empty(), "carol starts without keys: {before:?}");
        let key = stage.create("carol").await;
        assert_eq!((key.user_name.as_str(), &key.status), ("carol", &StatusType::Active));
        assert_eq!((key.access_key_id.len(), key.secret_access_key.len()), (20, 40));
        assert_eq!(key.create_date.map(|date| date.secs()), Some(crate::START));
        let second = stage.create("carol").await;
        assert_refused(
            stage.iam.create_access_key().user_name("carol").send().await,
            409,
            "LimitExceeded",
            "Cannot exceed quota for AccessKeysPerUser: 2",
        );
        assert_eq!(stage.practice.requests("CreateAccessKey"), 3, "requests that arrived");

        let id = key.access_key_id.as_str();
        let used = stage.iam.get_access_key_last_used().access_key_id(id).send().await.expect("an answer");
        assert_eq!(used.user_name(), Some("carol"));
        let used = used.access_key_last_used.expect("is there even if the key was never used");
        assert_eq!(
            (used.last_used_date, used.service_name.as_str(), used.region.as_str()),
            (None, "N/A", "N/A")
        );

        let update = stage.iam.update_access_key().user_name("carol").access_key_id(id);
        update.status(StatusType::Inactive).send().await.expect("deactivated");
        let listed = stage.iam.list_access_keys().user_name("carol").send().await.expect("a list");
        let status = |id: &str| {
            let key = listed.access_key_metadata.iter().find(|key| key.access_key_id() == Some(id));
            key.and_then(|key| key.status.clone())
        };
        assert_eq!(status(id), Some(StatusType::Inactive));
        assert_eq!(status(&second.access_key_id), Some(StatusType::Active));

        stage.iam.delete_access_key().user_name("carol").access_key_id(id).send().await.expect("deleted");
        assert_eq!(stage.key_ids("carol").await, [second.access_key_id]);
    });
}

#[test]
fn users_come_in_pages() {
    run(async {
        let stage = Stage::crowd(2345);
        let (mut pages, mut marker) = (vec![], None);
        loop {
            let page =
                stage.iam.list_users().max_items(1000).set_marker(marker).send().await.expect("a page");
            assert_eq!(page.is_truncated, page.marker.is_some(), "a marker if there is more, and only then");
            pages.push(page.users.len());
            marker = page.marker;
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(pages, [1000, 1000, 345]);

        let all = stage.iam.list_users().into_paginator().page_size(1000).items().send();
        let users: Vec<_> = all.collect::<Result<Vec<_>, _>>().await.expect("all users");
        assert!(users.is_sorted_by_key(|user| user.user_name.to_lowercase()), "sorted by name");
        assert_eq!(users.len(), 2345);
        let first = stage.iam.list_users().send().await.expect("a page");
        assert_eq!(first.users.len(), 100, "a page holds a hundred unless told");
    });
}

#[test]
fn users_are_found_by_path() {
    run(async {
        let stage = Stage::story();
        let answer = stage.iam.list_users().path_prefix("/contractor/").send().await.expect("a list");
        let names: Vec<_> = answer.users.iter().map(|user| user.user_name.as_str()).collect();
        assert_eq!(names, ["acme-audit", "oscar.reyes", "priya.n@partner.example", "zurich-support"]);
    });
}

#[test]
fn keys_and_tags_come_in_pages_too() {
    run(async {
        let stage = Stage::story();
        let keys = stage.iam.list_access_keys().user_name("terraform-prod").into_paginator().page_size(1);
        let pages: Vec<_> = keys.send().collect::<Result<Vec<_>, _>>().await.expect("all pages");
        let ids: Vec<_> = pages
            .iter()
            .flat_map(|page| &page.access_key_metadata)
            .filter_map(|key| key.access_key_id())
            .collect();
        assert_eq!((pages.len(), ids.len()), (3, 3), "one key a page");
        assert_eq!(ids, stage.key_ids("terraform-prod").await);

        let tags = stage.iam.list_user_tags().user_name("terraform-prod").into_paginator().page_size(3);
        let pages: Vec<_> = tags.send().collect::<Result<Vec<_>, _>>().await.expect("all pages");
        assert_eq!(pages.iter().map(|page| page.tags.len()).collect::<Vec<_>>(), [3, 1]);
    });
}

#[test]
fn a_tag_named_like_a_key_describes_it() {
    run(async {
        let stage = Stage::story();
        let id = stage.key_ids("ci-deployer").await.remove(0);
        assert_eq!(tag_of(&stage, "ci-deployer", &id).await.as_deref(), Some("Nightly backup to S3"));

        let text = "Über & <alles> \"x\" - 東京".replace(['&', '<', '>', '"'], "");
        set_tag(&stage, "bob", "Note", &text).await;
        assert_eq!(tag_of(&stage, "bob", "Note").await, Some(text));
        set_tag(&stage, "bob", "NOTE", "2").await;
        assert_eq!(tag_of(&stage, "bob", "Note").await, None, "the same tag to IAM, in other letters");
        assert_eq!(tag_of(&stage, "bob", "NOTE").await.as_deref(), Some("2"));
        let user = stage.iam.get_user().user_name("bob").send().await.expect("a user").user.expect("a user");
        assert_eq!(user.tags.map(|tags| tags.len()), Some(2), "tags of the user");

        let untag = stage.iam.untag_user().user_name("bob").tag_keys("note").tag_keys("absent");
        untag.send().await.expect("untagged");
        assert_eq!(tag_of(&stage, "bob", "NOTE").await, None);
    });
}

async fn set_tag(stage: &Stage, user: &str, key: &str, value: &str) {
    let tag = Tag::builder().key(key).value(value).build().expect("a tag");
    stage.iam.tag_user().user_name(user).tags(tag).send().await.expect("tagged");
}

async fn tag_of(stage: &Stage, user: &str, key: &str) -> Option<String> {
    let tags = stage.iam.list_user_tags().user_name(user).send().await.expect("tags").tags;
    tags.into_iter().find(|tag| tag.key == key).map(|tag| tag.value)
}

#[test]
fn the_account_has_a_name_quotas_and_a_root_key() {
    run(async {
        let stage = Stage::story();
        let aliases = stage.iam.list_account_aliases().send().await.expect("aliases");
        assert_eq!(aliases.account_aliases, ["practice-account"]);
        let summary =
            stage.iam.get_account_summary().send().await.expect("a summary").summary_map.expect("a map");
        let figure = |key| summary.get(&key).copied();
        assert_eq!(figure(SummaryKeyType::AccessKeysPerUserQuota), Some(2));
        assert_eq!(figure(SummaryKeyType::AccountAccessKeysPresent), Some(1));
        assert_eq!(
            (figure(SummaryKeyType::Users), figure(SummaryKeyType::UsersQuota)),
            (Some(25), Some(5000))
        );
        let policies = stage.iam.list_attached_user_policies().user_name("jenkins-legacy").send().await;
        let policies = policies.expect("policies").attached_policies.expect("a list");
        assert_eq!(policies[0].policy_arn(), Some("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"));
    });
}

#[test]
fn the_last_use_is_reported_like_on_aws() {
    run(async {
        let stage = Stage::story();
        let last_use = async |id: &str| {
            let answer =
                stage.iam.get_access_key_last_used().access_key_id(id).send().await.expect("an answer");
            answer.access_key_last_used.expect("last use")
        };
        let used = last_use(&stage.key_ids("ci-deployer").await[0]).await;
        assert_eq!((used.service_name.as_str(), used.region.as_str()), ("s3", "eu-west-1"));
        let hours = (crate::START - used.last_used_date.expect("a date").secs()) / 3600;
        assert_eq!(hours, 3);

        stage.wait(3600 + 59);
        let own = last_use(stage.practice.credentials().access_key_id()).await;
        assert_eq!((own.service_name.as_str(), own.region.as_str()), ("iam", "us-east-1"));
        let date = own.last_used_date.expect("a date").secs();
        assert_eq!(date, crate::START + 3600, "this very request, to the minute");
    });
}
