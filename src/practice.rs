//! The practice account: a simulated IAM and STS inside the process, for trying everything without an AWS account.
//!
//! It responds to the AWS SDK at the SDK's HTTP connector. Serialisation, signing, retries and parsing run above it as usual.
//! It does not check signatures, because nothing in it is worth protecting.

mod account;
mod answer;
mod connector;
mod fault;
mod ids;
mod operations;
mod page;
mod report;
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
pub use trouble::SimulatedFault;
use trouble::{CLOCK_AHEAD, SimulatedFaults};

/// The account's id. AWS never assigns this number.
pub const ACCOUNT_ID: &str = "000000000000";

/// The account's alias.
pub const ALIAS: &str = "practice-account";

/// The options of a practice account.
#[derive(Clone)]
pub struct Options {
    /// The number of users, including the caller. `None` is the story with about 25 users. With a number, the people of
    /// the story come first, followed by generated users. The caller always exists, so 0 means 1.
    pub users: Option<usize>,
    /// The response time, which varies by a quarter.
    pub latency: Duration,
    /// The clock. Ages in the story count back from its time when the account is created.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// An account that exists only in this process. Clones share the account.
#[derive(Clone)]
pub struct Practice(Arc<Service>);

/// The state shared by all connections to one account.
struct Service {
    account: Guarded<Account>,
    troubles: SimulatedFaults,
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
    /// Creates the account with its story up to now.
    pub fn new(options: Options) -> Self {
        let Options { users, latency, now } = options;
        let account = story::account(users, whole_seconds(now()));
        let credentials =
            Credentials::new(account.callers_key(), ids::secret(), None, None, "PracticeAccount");
        let (account, troubles) = (Guarded::new(account), SimulatedFaults::default());
        Self(Arc::new(Service { account, troubles, latency, now, credentials }))
    }

    /// The HTTP client for an SDK client: it sends every request to this account.
    pub fn http_client(&self) -> SharedHttpClient {
        let service = Arc::clone(&self.0);
        SharedHttpClient::new(http_client_fn(move |settings, _| {
            SharedHttpConnector::new(Connection::new(Arc::clone(&service), settings.read_timeout()))
        }))
    }

    /// An active access key of the caller, the IAM user `anna`.
    ///
    /// The key is in the account like any other: deactivating or deleting it ends the session. Calling this counts as a
    /// sign-in, which ends [`SimulatedFault::SessionOver`].
    pub fn credentials(&self) -> Credentials {
        self.set_trouble(SimulatedFault::SessionOver, false);
        self.0.credentials.clone()
    }

    /// Turns a simulated fault on or off for all later requests.
    pub fn set_trouble(&self, trouble: SimulatedFault, on: bool) {
        self.0.troubles.set(trouble, on);
    }

    /// Whether a simulated fault is on.
    pub fn trouble(&self, trouble: SimulatedFault) -> bool {
        self.0.troubles.has(trouble)
    }

    /// How many requests for this action (`CreateAccessKey`, …) have arrived, whatever their outcome.
    pub fn requests(&self, action: &str) -> usize {
        self.0.with_account(|account| account.arrived(action))
    }
}

impl Service {
    fn with_account<T>(&self, work: impl FnOnce(&mut Account) -> T) -> T {
        work(&mut self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> Timestamp {
        let now = whole_seconds((self.now)());
        if self.troubles.has(SimulatedFault::ClockAhead) { now + CLOCK_AHEAD } else { now }
    }
}

/// IAM has no fractions of a second.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
