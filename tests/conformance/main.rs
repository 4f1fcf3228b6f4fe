//! Writes the practice account's requests and responses, for `check.py` to compare with AWS's own service model.
//!
//! One JSON object a line: `action`, `request` (the form), `status`, `response` (the XML).

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

use std::fmt;
use std::fs::File;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use aws_sdk_iam::Client as Iam;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::{BehaviorVersion, Region};
use aws_sdk_iam::types::{StatusType, Tag};
use aws_sdk_sts::Client as Sts;
use aws_smithy_runtime_api::client::http::{
    HttpClient as _, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use keyfob::practice::{Options, Practice, SimulatedFault};

#[test]
#[ignore = "needs a file to write to and check.py to read it: run tests/run practice-conformance"]
fn write_requests_and_responses() {
    #[expect(clippy::disallowed_methods, reason = "tests/run passes the name of the file in the environment")]
    let path = std::env::var("KEYFOB_EXCHANGES").expect("KEYFOB_EXCHANGES names the file to write");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let lines = runtime.expect("a runtime").block_on(everything());
    let mut file = File::create(path).expect("the file to write");
    for line in lines {
        writeln!(file, "{line}").expect("written");
    }
}

/// Every request, in ways that succeed and in ways that fail.
async fn everything() -> Vec<serde_json::Value> {
    let now = Arc::new(jiff::Timestamp::now);
    let practice = Practice::new(Options { users: Some(60), latency: Duration::ZERO, now });
    let (sender, lines) = channel();
    let http = listening(practice.http_client(), sender);
    let (iam, sts) = clients(&practice, &http);
    sts.get_caller_identity().send().await.ok();
    // Before there is one.
    iam.get_credential_report().send().await.ok();
    read(&iam).await;
    change(&iam).await;
    refuse(&iam).await;
    for trouble in SimulatedFault::ALL {
        practice.set_trouble(trouble, true);
        sts.get_caller_identity().send().await.ok();
        read(&iam).await;
        change(&iam).await;
        practice.set_trouble(trouble, false);
    }
    let own = practice.credentials().access_key_id().to_owned();
    iam.delete_access_key().access_key_id(own).send().await.ok();
    iam.list_users().send().await.ok();
    sts.get_caller_identity().send().await.ok();
    lines.try_iter().collect()
}

async fn read(iam: &Iam) {
    let users: Vec<_> =
        iam.list_users().into_paginator().page_size(25).items().send().collect::<Vec<_>>().await;
    for user in users.into_iter().flatten() {
        let name = &user.user_name;
        iam.get_user().user_name(name).send().await.ok();
        iam.list_user_tags().user_name(name).max_items(2).send().await.ok();
        iam.list_attached_user_policies().user_name(name).send().await.ok();
        let keys = iam.list_access_keys().user_name(name).into_paginator().page_size(1).items().send();
        for key in keys.collect::<Vec<_>>().await.into_iter().flatten() {
            iam.get_access_key_last_used().set_access_key_id(key.access_key_id).send().await.ok();
        }
    }
    iam.get_user().send().await.ok();
    iam.list_access_keys().send().await.ok();
    iam.list_users().path_prefix("/contractor/").send().await.ok();
    iam.get_account_summary().send().await.ok();
    iam.list_account_aliases().send().await.ok();
    // It is started, in progress, asked for too early, and ready.
    for _ in 0..2 {
        iam.generate_credential_report().send().await.ok();
    }
    for _ in 0..2 {
        iam.get_credential_report().send().await.ok();
    }
    iam.generate_credential_report().send().await.ok();
}

async fn change(iam: &Iam) {
    for _ in 0..3 {
        iam.create_access_key().user_name("carol").send().await.ok();
    }
    let keys = iam.list_access_keys().user_name("carol").send().await;
    for key in keys.map(|keys| keys.access_key_metadata).unwrap_or_default() {
        let id = key.access_key_id.unwrap_or_default();
        let tag = Tag::builder().key(&id).value("Über, \"quoted\" is not allowed, this is: a+b=c@d").build();
        iam.tag_user().user_name("carol").tags(tag.expect("a tag")).send().await.ok();
        let tag = Tag::builder().key(&id).value("Über: a+b=c@d").build().expect("a tag");
        iam.tag_user().user_name("carol").tags(tag).send().await.ok();
        iam.get_user().user_name("carol").send().await.ok();
        let update = iam.update_access_key().user_name("carol").access_key_id(&id);
        update.clone().status(StatusType::Inactive).send().await.ok();
        update.status(StatusType::Expired).send().await.ok();
        iam.delete_access_key().user_name("carol").access_key_id(&id).send().await.ok();
        iam.delete_access_key().user_name("carol").access_key_id(&id).send().await.ok();
        iam.untag_user().user_name("carol").tag_keys(&id).send().await.ok();
    }
}

async fn refuse(iam: &Iam) {
    let (nobody, absent) = ("nobody", "AKIA7M5XQ2VDAAAAAAAA");
    iam.get_user().user_name(nobody).send().await.ok();
    iam.list_access_keys().user_name(nobody).send().await.ok();
    iam.list_user_tags().user_name(nobody).send().await.ok();
    iam.list_attached_user_policies().user_name(nobody).send().await.ok();
    iam.create_access_key().user_name(nobody).send().await.ok();
    iam.get_access_key_last_used().access_key_id(absent).send().await.ok();
    iam.delete_access_key().access_key_id(absent).send().await.ok();
    iam.update_access_key().access_key_id(absent).status(StatusType::Active).send().await.ok();
    iam.untag_user().user_name(nobody).tag_keys("a").send().await.ok();
    iam.list_users().marker("zz").send().await.ok();
    let tags =
        (0..50).map(|number| Tag::builder().key(format!("tag-{number}")).value("").build().expect("a tag"));
    iam.tag_user().user_name("bob").set_tags(Some(tags.collect())).send().await.ok();
}

fn clients(practice: &Practice, http: &SharedHttpClient) -> (Iam, Sts) {
    let region = Region::new("us-east-1");
    let iam = aws_sdk_iam::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region.clone())
        .credentials_provider(practice.credentials())
        .retry_config(RetryConfig::disabled())
        .http_client(http.clone());
    let sts = aws_sdk_sts::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region)
        .credentials_provider(practice.credentials())
        .retry_config(RetryConfig::disabled())
        .http_client(http.clone());
    (Iam::from_conf(iam.build()), Sts::from_conf(sts.build()))
}

/// The same HTTP client, with a recorder.
fn listening(http: SharedHttpClient, lines: Sender<serde_json::Value>) -> SharedHttpClient {
    SharedHttpClient::new(http_client_fn(move |settings, components| {
        let inner = http.http_connector(settings, components);
        SharedHttpConnector::new(Listener { inner, lines: lines.clone() })
    }))
}

struct Listener {
    inner: SharedHttpConnector,
    lines: Sender<serde_json::Value>,
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

impl HttpConnector for Listener {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let form = text(request.body().bytes());
        let (answer, lines) = (self.inner.call(request), self.lines.clone());
        HttpConnectorFuture::new(async move {
            let answer = answer.await?;
            let fields = form_urlencoded::parse(form.as_bytes());
            let action = fields.into_owned().find_map(|(name, value)| (name == "Action").then_some(value));
            let line = serde_json::json!({
                "action": action,
                "request": form,
                "status": answer.status().as_u16(),
                "response": text(answer.body().bytes()),
            });
            lines.send(line).expect("someone reads");
            Ok(answer)
        })
    }
}

fn text(body: Option<&[u8]>) -> String {
    String::from_utf8(body.unwrap_or_default().to_vec()).expect("UTF-8")
}
