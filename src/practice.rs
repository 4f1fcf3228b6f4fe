//! The practice account: an IAM and STS inside the process, so that everything can be tried without an AWS account.
//!
//! It answers the AWS SDK at its HTTP connector. Serialisation, signing, retries and parsing run for real above it;
//! what it does not do is check signatures, because nothing in it is worth protecting.

mod account;
mod answer;
mod connector;
mod fault;
mod ids;
mod operations;
mod page;
mod request;
mod server;
mod story;
mod trouble;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector, http_client_fn};
use jiff::Timestamp;

use account::Account;
use connector::Connection;
pub use trouble::Trouble;
use trouble::Troubles;

/// The account's id. AWS gives this number to nobody.
pub const ACCOUNT_ID: &str = "000000000000";

/// The account's alias.
pub const ALIAS: &str = "practice-account";

/// What a practice account is made with.
#[derive(Clone)]
pub struct Options {
    /// How many users there are, the caller included. `None` is the story, about 25 of them; with a number the
    /// people of the story come first and generated users follow. The caller is always there, so 0 means 1.
    pub users: Option<usize>,
    /// How long an answer takes, give or take a quarter.
    pub latency: Duration,
    /// The clock. Every age in the story is counted back from what it says when the account is made.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// An account that exists only in this process. Clones are the same account.
#[derive(Clone)]
pub struct Practice(Arc<Service>);

/// What all connections to one account share.
struct Service {
    account: Guarded<Account>,
    troubles: Troubles,
    latency: Duration,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    credentials: Credentials,
}

#[expect(
    clippy::disallowed_types,
    reason = "a server's state, shared by its connections; held for one request and never across an await"
)]
type Guarded<T> = std::sync::Mutex<T>;

impl Practice {
    /// Makes the account and tells its story up to now.
    pub fn new(options: Options) -> Self {
        let Options { users, latency, now } = options;
        let account = story::account(users, whole_seconds(now()));
        let credentials =
            Credentials::new(account.callers_key(), ids::secret(), None, None, "PracticeAccount");
        let (account, troubles) = (Guarded::new(account), Troubles::default());
        Self(Arc::new(Service { account, troubles, latency, now, credentials }))
    }

    /// The network for an SDK client: every request made through it ends in this account.
    pub fn http_client(&self) -> SharedHttpClient {
        let service = Arc::clone(&self.0);
        SharedHttpClient::new(http_client_fn(move |settings, _| {
            SharedHttpConnector::new(Connection::new(Arc::clone(&service), settings.read_timeout()))
        }))
    }

    /// An active access key of the caller, the IAM user `anna`.
    ///
    /// The key is in the account like any other: when it is made inactive or deleted, the session is over. To ask for it
    /// is to sign in, which ends [`Trouble::SessionOver`].
    pub fn credentials(&self) -> Credentials {
        self.set_trouble(Trouble::SessionOver, false);
        self.0.credentials.clone()
    }

    /// Starts or ends a trouble, for all requests that arrive from now on.
    pub fn set_trouble(&self, trouble: Trouble, on: bool) {
        self.0.troubles.set(trouble, on);
    }

    /// Whether a trouble is on.
    pub fn trouble(&self, trouble: Trouble) -> bool {
        self.0.troubles.has(trouble)
    }

    /// How many requests for this action (`CreateAccessKey`, …) arrived, whatever became of them.
    pub fn requests(&self, action: &str) -> usize {
        self.0.with_account(|account| account.arrived(action))
    }
}

impl Service {
    fn with_account<T>(&self, work: impl FnOnce(&mut Account) -> T) -> T {
        work(&mut self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> Timestamp {
        whole_seconds((self.now)())
    }
}

/// IAM knows no fractions of a second.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
