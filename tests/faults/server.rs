//! A local IAM that misbehaves on purpose.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The id of the key that the server creates.
pub(crate) const SECRET: &str = "ujOeHwdFcAefA/ZhnM6Jy8c1riht+YlKNxHddmQA";

/// A fault.
#[derive(Clone)]
pub(crate) enum Fault {
    Answer(u16, String),
    /// A response with these additional headers.
    Headed(u16, &'static str, String),
    /// The request arrives completely, then the connection closes.
    Close,
    /// The same with a TCP reset.
    Reset,
    /// A TCP reset, and no more connections from now on.
    ResetAndLeave,
    /// A TCP reset at first, and then this refusal.
    ResetThen(String),
    /// A valid response, truncated after this many bytes.
    CutAfter(usize),
    /// A valid response, truncated inside this part.
    CutIn(&'static str),
    /// A valid response, one byte at a time.
    Drip,
    /// Accepts no more connections from now on; the request itself gets a response.
    Leave,
    Hang,
    /// Plain text where TLS is expected, sent as soon as the first bytes arrive.
    PlainText,
}

/// When the fault occurs; all other requests succeed.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) fault: Fault,
    /// The affected operation; empty for all.
    pub(crate) action: &'static str,
    /// The number of affected requests of that operation, from the first.
    pub(crate) times: usize,
    /// The key is created, whatever the response.
    pub(crate) commits: bool,
}

#[derive(Default)]
pub(crate) struct Seen {
    creates: AtomicUsize,
    lists: AtomicUsize,
    deletes: AtomicUsize,
    faulty: AtomicUsize,
    leaves: Notify,
    left: Notify,
}

/// Runs until it is dropped.
pub(crate) struct Server {
    pub(crate) host: String,
    seen: Arc<Seen>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    pub(crate) async fn start(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let seen = Arc::new(Seen::default());
        let counters = Arc::clone(&seen);
        let accepting = tokio::spawn(async move {
            loop {
                tokio::select! {
                    Ok((stream, _)) = listener.accept() => {
                        tokio::spawn(talk(stream, plan.clone(), Arc::clone(&counters)));
                    }
                    () = counters.leaves.notified() => break,
                }
            }
            drop(listener);
            counters.left.notify_one();
        });
        Self { host, seen, accepting }
    }

    pub(crate) fn creates(&self) -> usize {
        self.seen.creates.load(Ordering::SeqCst)
    }

    pub(crate) fn deletes(&self) -> usize {
        self.seen.deletes.load(Ordering::SeqCst)
    }

    pub(crate) fn lists(&self) -> usize {
        self.seen.lists.load(Ordering::SeqCst)
    }
}

async fn talk(mut stream: TcpStream, plan: Plan, seen: Arc<Seen>) {
    if matches!(plan.fault, Fault::PlainText) {
        let mut hello = [0; 16];
        _ = stream.read(&mut hello).await;
        _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
        return;
    }
    while let Some(request) = read_request(&mut stream).await {
        let action = action_of(&request);
        let keys = seen.creates.load(Ordering::SeqCst);
        match action.as_str() {
            "CreateAccessKey" => _ = seen.creates.fetch_add(1, Ordering::SeqCst),
            "DeleteAccessKey" => _ = seen.deletes.fetch_add(1, Ordering::SeqCst),
            "ListAccessKeys" => _ = seen.lists.fetch_add(1, Ordering::SeqCst),
            _ => {}
        }
        let body = answer(&action, if plan.commits { keys } else { 0 });
        let hit = (plan.action.is_empty() || plan.action == action)
            && seen.faulty.fetch_add(1, Ordering::SeqCst) < plan.times;
        let text = match &plan.fault {
            _ if !hit => response(200, "", &body),
            Fault::Answer(status, body) => response(*status, "", body),
            Fault::Headed(status, head, body) => response(*status, head, body),
            Fault::CutAfter(count) => {
                _ = stream.write_all(&response(200, "", &body).as_bytes()[..*count]).await;
                return;
            }
            Fault::CutIn(part) => {
                let whole = response(200, "", &body);
                let middle = whole.find(part).expect("a part of the answer") + part.len() / 2;
                _ = stream.write_all(&whole.as_bytes()[..middle]).await;
                return;
            }
            Fault::Drip => return drip(&mut stream, &response(200, "", &body)).await,
            Fault::Leave => {
                seen.leaves.notify_one();
                seen.left.notified().await;
                response(200, "", &body)
            }
            Fault::ResetThen(body) if seen.faulty.load(Ordering::SeqCst) > 1 => response(400, "", body),
            Fault::Reset | Fault::ResetThen(_) => {
                _ = stream.set_zero_linger();
                return;
            }
            Fault::ResetAndLeave => {
                seen.leaves.notify_one();
                seen.left.notified().await;
                _ = stream.set_zero_linger();
                return;
            }
            Fault::Hang => return std::future::pending().await,
            Fault::Close | Fault::PlainText => return,
        };
        if stream.write_all(text.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Slower than any timeout, but never silent.
async fn drip(stream: &mut TcpStream, text: &str) {
    for byte in text.bytes() {
        if stream.write_all(&[byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn action_of(request: &str) -> String {
    let rest = request.split_once("Action=").map_or("", |(_, rest)| rest);
    rest.split('&').next().unwrap_or_default().to_owned()
}

/// The response of a working IAM.
fn answer(action: &str, keys: usize) -> String {
    let result = match action {
        "ListAccessKeys" => {
            let member = "<member><UserName>bob</UserName><AccessKeyId>AKIAMADE000000000000</AccessKeyId>\
                          <Status>Active</Status><CreateDate>2026-11-24T00:00:00Z</CreateDate></member>";
            format!(
                "<AccessKeyMetadata>{}</AccessKeyMetadata><IsTruncated>false</IsTruncated>",
                member.repeat(keys)
            )
        }
        "CreateAccessKey" => format!(
            "<AccessKey><UserName>bob</UserName><AccessKeyId>AKIAMADE000000000000</AccessKeyId><Status>Active</Status>\
             <SecretAccessKey>{SECRET}</SecretAccessKey><CreateDate>2026-11-24T00:00:00Z</CreateDate></AccessKey>"
        ),
        "ListUsers" => "<Users/><IsTruncated>false</IsTruncated>".to_owned(),
        _ => String::new(),
    };
    format!("<{action}Response><{action}Result>{result}</{action}Result></{action}Response>")
}

/// An error response of IAM.
pub(crate) fn refusal(code: &str, message: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>request-1</RequestId></ErrorResponse>"
    )
}

fn response(status: u16, head: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: text/xml\r\nx-amzn-requestid: request-1\r\n{head}content-length: \
         {length}\r\n\r\n{body}"
    )
}

/// Reads one request completely, so that the server has really received it before its response is lost.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(Some(0), |text| text.trim().parse().ok())?;
            if body.len() >= length {
                return Some(body.to_owned());
            }
        }
        let read = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    }
}
