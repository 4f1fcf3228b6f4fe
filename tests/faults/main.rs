//! The client with a misbehaving server or network.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails where it finds something unexpected"
)]
#![expect(clippy::disallowed_methods, reason = "the server of a test runs beside it")]
#![expect(clippy::print_stdout, reason = "a figure is printed where it is made")]

mod causes;
mod changes;
mod clock;
mod create;
#[path = "../figure/write.rs"]
mod figure;
mod odd;
mod recorder;
mod server;
mod traces;

use std::time::Duration;

use keyfob::aws::{Connection, Patience};
use keyfob::domain::{KeyId, Secret, UserName};

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

/// Short timeouts, for faults that hang.
fn patience_with(fault: &Fault) -> Patience {
    let (short, all) = (Duration::from_secs(3), Duration::from_secs(5));
    match fault {
        Fault::Hang | Fault::Drip => Patience { read: short, create: short, operation: all, ..patience() },
        _ => patience(),
    }
}

/// The signing credentials.
const SIGNS: &str = "FcAeO3vQ+rT9kWz5LpXs7uYb/Gm1hNj6DqRa2iEo";

async fn connection_to(url: &str, patience: Patience) -> Connection {
    let (id, secret) = (KeyId::new("AKIASIGNS00000000000"), Secret::new(SIGNS.to_owned()));
    Connection::for_endpoint(url, &id, &secret, patience).await.expect("a way there")
}

/// A server with `fault` for every request of `action` (empty: all), and a connection to it.
async fn stand(action: &'static str, fault: Fault, commits: bool) -> (Server, Connection) {
    let patience = patience_with(&fault);
    let server = Server::start(Plan { fault, action, times: usize::MAX, commits }).await;
    let connection = connection_to(&format!("http://{}", server.host), patience).await;
    (server, connection)
}

fn bob() -> UserName {
    UserName::new("bob")
}
