//! A small forward proxy with configurable faults.

use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Its behaviour.
#[derive(Clone)]
pub(crate) enum Habit {
    /// Connects to this address, whatever the request's destination.
    To(String),
    /// The same, but requires this header.
    Asks {
        authorization: &'static str,
        to: String,
    },
    Answers(u16),
    Closes,
    Hangs,
}

/// Runs until it is dropped.
pub(crate) struct Proxy {
    pub(crate) host: String,
    asked: Receiver<String>,
    accepting: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Proxy {
    pub(crate) async fn start(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let (tell, asked) = channel();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, habit.clone(), tell.clone()));
            }
        });
        Self { host, asked, accepting }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host)
    }

    /// The first lines of the requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.try_iter().collect()
    }
}

async fn talk(mut stream: TcpStream, habit: Habit, tell: Sender<String>) {
    let Some(request) = head(&mut stream).await else { return };
    let line = request.lines().next().unwrap_or_default().to_owned();
    let is_tunnel = line.starts_with("CONNECT ");
    tell.send(line).expect("the test listens");
    let to = match habit {
        Habit::To(to) => to,
        Habit::Asks { authorization, to } => {
            let wanted = format!("proxy-authorization: {authorization}").to_lowercase();
            if !request.to_lowercase().contains(&wanted) {
                return answer(&mut stream, 407).await;
            }
            to
        }
        Habit::Answers(status) => return answer(&mut stream, status).await,
        Habit::Closes => return,
        Habit::Hangs => return std::future::pending().await,
    };
    let mut beyond = TcpStream::connect(to).await.expect("the server beyond");
    if is_tunnel {
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.expect("the client waits");
    } else {
        // Bytes already read belong to the server.
        beyond.write_all(request.as_bytes()).await.expect("the server listens");
    }
    _ = copy_bidirectional(&mut stream, &mut beyond).await;
}

async fn answer(stream: &mut TcpStream, status: u16) {
    let page = "<!DOCTYPE html><html><title>Acme proxy</title></html>";
    let length = page.len();
    let text = format!(
        "HTTP/1.1 {status} X\r\nproxy-authenticate: Basic realm=\"acme\"\r\ncontent-type: text/html\r\nconnection: close\r\n\
         content-length: {length}\r\n\r\n{page}"
    );
    _ = stream.write_all(text.as_bytes()).await;
}

/// The request up to and including its empty line, and the bytes read after it.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    while !bytes.windows(4).any(|part| part == b"\r\n\r\n") {
        let read = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    }
    String::from_utf8(bytes).ok()
}
