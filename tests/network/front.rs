//! TLS in front of a plain server.

use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// Runs until it is dropped.
pub(crate) struct Front {
    pub(crate) host: String,
    accepting: JoinHandle<()>,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Front {
    /// `behind`: the address of the plain server.
    pub(crate) async fn start(shown: Arc<ServerConfig>, behind: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let (acceptor, behind) = (TlsAcceptor::from(shown), behind.to_owned());
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                tokio::spawn(async move {
                    // A client that does not trust it disconnects.
                    let Ok(mut secure) = acceptor.accept(stream).await else { return };
                    let mut plain = TcpStream::connect(behind).await.expect("the server behind");
                    _ = copy_bidirectional(&mut secure, &mut plain).await;
                });
            }
        });
        Self { host, accepting }
    }

    /// The URL for a certificate of `localhost`.
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.host.replace("127.0.0.1", "localhost"))
    }
}
