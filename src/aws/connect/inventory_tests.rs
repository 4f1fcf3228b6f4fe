//! The keys of a whole account, read from the practice account by the core over the SDK.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_smithy_runtime_api::client::http::{
    HttpClient as _, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;
use tokio::task::JoinSet;

use super::*;
use crate::core::{AccountKeysMsg, Answered, Effect, Model, Msg, SessionId, StartMsg, SweepState};
use crate::domain::{KeyStatus, LastUse, Moment, Settings, UserName};
use crate::practice::Options as PracticeOptions;

/// Refuses a share of all requests, in percent, as IAM does when there are too many.
#[derive(Clone)]
struct Throttling {
    inner: SharedHttpConnector,
    percent: u64,
    requests: Arc<AtomicU64>,
}

impl fmt::Debug for Throttling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Throttling")
    }
}

impl HttpConnector for Throttling {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        // Spreads the numbers over the range: the same ones in each run.
        let is_refused = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32 < self.percent * (1 << 32) / 100;
        if !is_refused {
            return self.inner.call(request);
        }
        let body = "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code>\
            <Message>Rate exceeded</Message></Error><RequestId>r</RequestId></ErrorResponse>";
        let status = StatusCode::try_from(400).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

/// An administrator in front of the practice account.
struct Desk {
    model: Model,
    session: SessionId,
    connection: Connection,
    practice: Practice,
    calls: JoinSet<Answered>,
    /// The names of the calls that were sent.
    sent: Vec<String>,
}

fn now() -> Timestamp {
    "2026-08-25T10:00:00Z".parse().expect("a time")
}

impl Desk {
    /// Opens an account with so many users.
    async fn open(users: usize, percent: u64, rate: RequestRate) -> Self {
        let options = PracticeOptions { users: Some(users), latency: Duration::ZERO, now: Arc::new(now) };
        let practice = Practice::new(options);
        let (config, _) = practice_config(&practice).await;
        let (http, requests) = (practice.http_client(), Arc::new(AtomicU64::new(0)));
        let throttling = SharedHttpClient::new(http_client_fn(move |settings, components| {
            let inner = http.http_connector(settings, components);
            SharedHttpConnector::new(Throttling { inner, percent, requests: Arc::clone(&requests) })
        }));
        let (other, unidentified) = open_practice(&practice, &Clock::fixed(now())).await;
        let account = unidentified.identify(&other).await.expect("an account");
        let config = config.into_builder().http_client(throttling).build();
        let env = Env::from_slice(&[]);
        let clock = ServerClock::new(Clock::fixed(now()), ServerKind::Practice);
        let connection =
            Connection::new(&config, &Endpoint::Practice, &env, None, Patience::default(), clock);
        connection.limit_requests(rate);
        let mut model = Model::new(Settings::default(), false, Moment::of(now()));
        let effects = model.update(
            Msg::Start(StartMsg::Open { choice: SignInChoice::Practice, read_only: false }),
            Moment::of(now()),
        );
        let session = effects.iter().find_map(|effect| {
            let Effect::SignIn { session, .. } = effect else { return None };
            Some(*session)
        });
        let session = session.expect("a sign-in");
        let (calls, sent) = Default::default();
        let mut desk = Self { model, session, connection, practice, calls, sent };
        desk.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }));
        desk
    }

    fn send(&mut self, msg: Msg) {
        for effect in self.model.update(msg, Moment::of(now())) {
            let Effect::Call { session, call } = effect else { continue };
            self.sent.push(call.action().map_or("", crate::domain::Action::name).to_owned());
            let connection = self.connection.clone();
            self.calls.spawn(async move {
                if call.paced() {
                    connection.turn().await;
                }
                let (reply, request_id) = Box::pin(connection.answer(call, async |_| {})).await;
                Answered { session, reply, request_id, server_time: None }
            });
        }
    }

    /// Answers arrive until there are no more, or until it is enough.
    async fn work_until(&mut self, is_enough: impl Fn(&Model) -> bool) {
        while !is_enough(&self.model) {
            let Some(answered) = self.calls.join_next().await else { return };
            self.send(Msg::Answered(answered.expect("no call panics")));
        }
    }

    fn account(&self) -> &crate::core::OpenAccount {
        self.model.open.as_ref().filter(|open| open.session == self.session).expect("the account is open")
    }

    fn count(&self, action: &str) -> usize {
        self.sent.iter().filter(|sent| *sent == action).count()
    }

    /// Users whose row says something else than the account.
    async fn wrong(&self) -> Vec<UserName> {
        let (other, _) = open_practice(&self.practice, &Clock::fixed(now())).await;
        let open = self.account();
        let mut wrong = Vec::new();
        for user in open.users.all() {
            let there = other.keys(&user.name).await.expect("the keys");
            let shown = open.keys_of(&user.name);
            let shown = shown.into_iter().flat_map(|known| known.list()).cloned().collect::<Vec<_>>();
            let described = open.keys_of(&user.name).is_some_and(|known| known.descriptions.value.is_some());
            if shown != there || !(there.is_empty() || described) {
                wrong.push(user.name.clone());
            }
        }
        wrong
    }
}

#[tokio::test(start_paused = true)]
async fn the_rows_of_5000_users_need_few_calls() {
    let mut desk = Desk::open(5_000, 0, RequestRate::Unlimited).await;
    desk.work_until(|_| false).await;
    desk.sent.clear();
    desk.send(Msg::AccountKeys(AccountKeysMsg::Load));
    desk.work_until(|model| {
        model.open.as_ref().is_some_and(|open| open.inventory.report.report.value.is_some())
    })
    .await;
    let report = desk.count("iam:GenerateCredentialReport") + desk.count("iam:GetCredentialReport");
    assert!((2..=6).contains(&report), "{report} calls");
    let open = desk.account();
    let counts = open.users.all().iter().map(|user| open.keys_of(&user.name).and_then(|known| known.count()));
    let keys: Vec<usize> = counts.map(|count| count.expect("each user is reported")).collect();
    assert_eq!(keys.len(), 5_000);
    let known = || open.keys.iter().flat_map(|(_, known)| known.rows());
    assert_eq!(known().filter(|row| row.last_use.value.is_none()).count(), 0, "with its last use");
    let region =
        known().filter(|row| matches!(&row.last_use.value, Some(LastUse::At { region: Some(_), .. })));
    assert!(region.count() > 1_000, "and where that was");
    let root = open.keys.root().expect("the root user").rows().next().expect("its key");
    assert_eq!((root.status, &root.last_use.value), (KeyStatus::Active, &Some(LastUse::Never)));
    let summary = open.inventory.report.report.value.as_ref().expect("a report");
    assert_eq!((summary.users, summary.problems.len(), summary.more_problems), (5_000, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_server_costs_time_and_nothing_else() {
    for percent in [2, 20] {
        let mut desk = Desk::open(300, percent, RequestRate::default()).await;
        desk.send(Msg::AccountKeys(AccountKeysMsg::Load));
        desk.work_until(|_| false).await;
        let open = desk.account();
        let sweep = &open.inventory.sweep;
        assert_eq!((sweep.state(), sweep.progress().failed), (SweepState::Done, 0), "{percent} %");
        assert!(open.keys.iter().all(|(_, known)| known.list.failure().is_none()));
        assert!(desk.model.notices.is_empty(), "{percent} %");
        assert_eq!(desk.wrong().await, [], "{percent} %");
    }
}
