//! An IAM and STS on a loopback port with as many users as wanted, one key each. It says when each request came and when its
//! answer left, and answers at once or after a delay.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const ACCOUNT: &str = "123456789012";

/// One request, and the moments of its arrival and of its answer's departure.
pub(crate) struct Served {
    pub(crate) action: String,
    pub(crate) arrived: Instant,
    pub(crate) answered: Instant,
}

/// Serves until the process ends.
pub(crate) struct Iam {
    pub(crate) url: String,
    pub(crate) served: Receiver<Served>,
    delay: Arc<AtomicU64>,
}

/// How `ListUsers` pages.
#[derive(Clone, Copy)]
pub(crate) struct Pages {
    pub(crate) users: usize,
    pub(crate) page: usize,
}

impl Iam {
    pub(crate) fn start(pages: Pages) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (tell, served) = channel();
        let delay = Arc::new(AtomicU64::new(0));
        let of_all = Arc::clone(&delay);
        spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (tell, delay) = (tell.clone(), Arc::clone(&of_all));
                spawn(move || talk(stream, pages, &delay, &tell));
            }
        });
        Self { url, served, delay }
    }

    /// From now on, each answer takes this much longer.
    pub(crate) fn delay(&self, delay: Duration) {
        self.delay.store(delay.as_millis() as u64, Ordering::SeqCst);
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name("iam".into()).spawn(work).expect("a thread");
}

fn talk(mut stream: TcpStream, pages: Pages, delay: &AtomicU64, tell: &Sender<Served>) {
    stream.set_nodelay(true).expect("a socket");
    while let Some(form) = read_form(&mut stream) {
        let arrived = Instant::now();
        let action = field(&form, "Action").unwrap_or_default().to_owned();
        let result = answer(&action, &form, pages);
        let body = format!(
            "<{action}Response><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>r</RequestId>\
             </ResponseMetadata></{action}Response>"
        );
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n", body.len());
        thread::sleep(Duration::from_millis(delay.load(Ordering::SeqCst)));
        let answered = Instant::now();
        if stream.write_all([head, body].concat().as_bytes()).is_err() {
            return;
        }
        tell.send(Served { action, arrived, answered }).ok();
    }
}

/// The body of the next request.
fn read_form(stream: &mut TcpStream) -> Option<String> {
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
        let read = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(chunk.get(..read)?);
    }
}

fn field<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    form.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

const DATE: &str = "2026-11-24T00:00:00Z";

fn answer(action: &str, form: &str, pages: Pages) -> String {
    match action {
        "GetCallerIdentity" => format!(
            "<Arn>arn:aws:iam::{ACCOUNT}:user/anna</Arn><UserId>AIDA</UserId><Account>{ACCOUNT}</Account>"
        ),
        "ListAccountAliases" => {
            "<AccountAliases><member>lab</member></AccountAliases><IsTruncated>false</IsTruncated>".to_owned()
        }
        "GetAccountSummary" => {
            "<SummaryMap><entry><key>AccessKeysPerUserQuota</key><value>2</value></entry></SummaryMap>"
                .to_owned()
        }
        "ListUsers" => users(form, pages),
        "ListAccessKeys" => {
            let user = field(form, "UserName").unwrap_or_default();
            format!(
                "<AccessKeyMetadata><member><UserName>{user}</UserName><AccessKeyId>AKIA{:0>16}</AccessKeyId>\
                 <Status>Active</Status><CreateDate>{DATE}</CreateDate></member></AccessKeyMetadata>\
                 <IsTruncated>false</IsTruncated>",
                user.replace('-', "").to_uppercase()
            )
        }
        "GetAccessKeyLastUsed" => {
            format!(
                "<UserName>u</UserName><AccessKeyLastUsed><Region>eu-west-1</Region><ServiceName>s3</ServiceName>\
                 <LastUsedDate>{DATE}</LastUsedDate></AccessKeyLastUsed>"
            )
        }
        "ListUserTags" => "<Tags/><IsTruncated>false</IsTruncated>".to_owned(),
        _ => String::new(),
    }
}

fn users(form: &str, pages: Pages) -> String {
    let first: usize = field(form, "Marker").and_then(|marker| marker.parse().ok()).unwrap_or_default();
    let end = (first + pages.page).min(pages.users);
    let members: Vec<String> = (first..end).map(user).collect();
    let members = members.concat();
    let more = end < pages.users;
    let marker = if more { format!("<Marker>{end}</Marker>") } else { String::new() };
    format!("<Users>{members}</Users><IsTruncated>{more}</IsTruncated>{marker}")
}

fn user(number: usize) -> String {
    format!(
        "<member><Path>/</Path><UserName>user-{number:04}</UserName><UserId>AIDA{number:016}</UserId>\
         <Arn>arn:aws:iam::{ACCOUNT}:user/user-{number:04}</Arn><CreateDate>{DATE}</CreateDate></member>"
    )
}
