//! The network: proxies, certificates and endpoints on real sockets, and the messages when they fail.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails where it finds something unexpected"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the server of a test runs beside it, and is told by the environment"
)]

mod authority;
mod direct;
mod front;
mod proxied;
mod proxy;
mod real;
#[path = "../faults/server.rs"]
#[expect(dead_code, reason = "the faults of answers are tried in tests/faults")]
mod server;
mod sign_in;
mod trust;

use std::time::Duration;

use keyfob::aws::{Connection, Patience};
use keyfob::domain::{Failure, KeyId, Network, Secret, UserName};
use keyfob::ui::words;

use server::{Fault, Plan, Server};

/// Longer than anything takes on a busy computer.
fn patience() -> Patience {
    let long = Duration::from_secs(30);
    Patience {
        attempts: 1,
        connect: long,
        read: long,
        operation: long * 2,
        create: long,
        looks: [Duration::from_millis(10); 3],
    }
}

/// What hangs takes as long as it may. The wait for an answer has begun when that for the connection does: it is the longer one,
/// so that it is always the same that ends first.
fn short_patience() -> Patience {
    Patience { connect: Duration::from_secs(2), read: Duration::from_secs(5), ..patience() }
}

/// The network of a test: settings and environment.
#[derive(Clone, Default)]
struct Set {
    network: Network,
    environment: Vec<(&'static str, String)>,
    /// What is there takes as long as it may, and is given up soon.
    hangs: bool,
}

impl Set {
    fn proxy(url: impl Into<String>) -> Self {
        // Without the rule that bypasses the proxy for this computer, where all servers run.
        Self::variable("HTTPS_PROXY", url)
    }

    fn variable(name: &'static str, value: impl Into<String>) -> Self {
        Self::default().and(name, value)
    }

    fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    async fn connection(&self, url: &str) -> Result<Connection, Failure> {
        let environment: Vec<_> =
            self.environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (id, secret) = (KeyId::new("AKIASIGNS00000000000"), Secret::new("x".repeat(40)));
        let patience = if self.hangs { short_patience() } else { patience() };
        let connection =
            Connection::for_endpoint_on(&self.network, &environment, url, &id, &secret, patience);
        connection.await
    }

    /// Lists the keys of a user at this URL.
    async fn list(&self, url: &str) -> Result<usize, Failure> {
        let connection = self.connection(url).await?;
        connection.keys(&UserName::new("bob")).await.map(|keys| keys.len())
    }

    /// The message for a failed list.
    async fn told(&self, url: &str) -> String {
        let failure = self.list(url).await.expect_err("it cannot work");
        words::explain(&failure, None)
    }
}

/// A working IAM.
async fn iam() -> Server {
    faulty(Fault::Hang, "Nothing").await
}

async fn faulty(fault: Fault, action: &'static str) -> Server {
    Server::start(Plan { fault, action, times: usize::MAX, commits: true }).await
}
