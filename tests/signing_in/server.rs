//! A local STS, IAM Identity Center and token service in one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// The code of the device, which the server accepts once.
pub(crate) const CODE: &str = "123456";

/// A request: the fields of its form, query or JSON, and its signer.
pub(crate) type Call = BTreeMap<String, String>;

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    used: BTreeSet<String>,
    /// The owners of the access keys that this server has issued.
    issued: BTreeMap<String, String>,
    /// The responses of the token service before it returns the token.
    tokens: Vec<&'static str>,
    /// When role credentials expire.
    ends: Option<&'static str>,
    devices: Vec<String>,
}

pub(crate) struct Server {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state, task }
    }

    /// The requests so far, by their action.
    pub(crate) async fn calls(&self, action: &str) -> Vec<Call> {
        let calls = &self.state.lock().await.calls;
        calls.iter().filter(|call| call["Action"] == action).cloned().collect()
    }

    pub(crate) async fn all_calls(&self) -> usize {
        self.state.lock().await.calls.len()
    }

    /// Sets the responses of the token service before the token: error names, or `502` for a gateway's page.
    pub(crate) async fn tokens(&self, errors: &[&'static str]) {
        self.state.lock().await.tokens = errors.iter().rev().copied().collect();
    }

    /// Sets the expiration of credentials issued from now on.
    pub(crate) async fn ends(&self, ends: &'static str) {
        self.state.lock().await.ends = Some(ends);
    }

    /// The MFA devices of the caller.
    pub(crate) async fn devices(&self, serials: &[&str]) {
        self.state.lock().await.devices = serials.iter().map(|&serial| serial.to_owned()).collect();
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    while let Some((head, body)) = read(&mut stream).await {
        let (status, text) = answer(&mut *state.lock().await, &head, &body);
        let kind = if text.starts_with('<') { "text/xml" } else { "application/json" };
        let error = text.split('"').nth(3).filter(|_| status >= 400 && kind != "text/xml").unwrap_or("none");
        let length = text.len();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\n\
             x-aws-ec2-metadata-token-ttl-seconds: 600\r\nx-amzn-errortype: {error}\r\ncontent-length: {length}\r\n\r\n"
        );
        if stream.write_all(format!("{head}{text}").as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<(String, String)> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return Some((head.to_owned(), body.to_owned()));
            }
        }
        let read = stream.read(&mut chunk).await.ok().filter(|&read| read > 0)?;
        bytes.extend_from_slice(chunk.get(..read)?);
    }
}

fn answer(state: &mut State, head: &str, body: &str) -> (u16, String) {
    let target = head.split_whitespace().nth(1).unwrap_or_default();
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let text = if body.is_empty() { query } else { body };
    let mut call = if text.starts_with('{') { json(text) } else { form(text) };
    if path != "/" {
        call.insert("Action".to_owned(), path.to_owned());
    }
    // Credential=KEY/DAY/REGION/SERVICE/aws4_request
    let scope =
        header("authorization").and_then(|text| Some(text.split_once("Credential=")?.1)).unwrap_or_default();
    for (name, part) in ["signer", "day", "region"].into_iter().zip(scope.split('/').chain(["", ""])) {
        call.insert(name.to_owned(), part.to_owned());
    }
    call.insert("bearer".to_owned(), header("x-amz-sso_bearer_token").unwrap_or_default().to_owned());
    state.calls.push(call.clone());
    match call.get("Action").map(String::as_str).unwrap_or_default() {
        "/federation/credentials" => role_credentials(state, &call),
        "/client/register" => (
            200,
            r#"{"clientId":"client","clientSecret":"client-secret","clientSecretExpiresAt":4102444800}"#
                .into(),
        ),
        "/device_authorization" => device(&call),
        "/token" => token(state, &call),
        "/container" => metadata(state, "Task"),
        "/latest/api/token" => (200, "instance-token".to_owned()),
        "/latest/meta-data/iam/security-credentials/" => (200, "Instance".to_owned()),
        "/latest/meta-data/iam/security-credentials/Instance" => metadata(state, "Instance"),
        action => sts(state, action, &call),
    }
}

fn form(text: &str) -> Call {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Flat JSON, which is all that the token service receives. Lists are joined with spaces.
fn json(text: &str) -> Call {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).expect("JSON");
    let text = |value: serde_json::Value| match value {
        serde_json::Value::Array(list) => {
            let parts: Vec<_> = list.iter().filter_map(serde_json::Value::as_str).collect();
            parts.join(" ")
        }
        value => value.as_str().unwrap_or_default().to_owned(),
    };
    fields.into_iter().map(|(name, value)| (name, text(value))).collect()
}

fn sts(state: &mut State, action: &str, call: &Call) -> (u16, String) {
    let get = |name: &str| call.get(name).map(String::as_str).unwrap_or_default();
    if get("signer") == "ENDED" {
        return error(403, "ExpiredToken", "The security token included in the request is expired");
    }
    match action {
        "GetCallerIdentity" => {
            let arn = state.issued.get(get("signer")).cloned();
            let arn = arn.unwrap_or_else(|| format!("arn:aws:iam::123456789012:user/{}", get("signer")));
            let fields = format!("<Arn>{arn}</Arn><UserId>U</UserId><Account>123456789012</Account>");
            (200, result(action, &fields))
        }
        "AssumeRole" | "GetSessionToken" => {
            if let Some(refusal) = refused_code(state, call) {
                return refusal;
            }
            let role = get("RoleArn").rsplit('/').next().unwrap_or_default().to_owned();
            if role == "Denied" || (role == "WantsMfa" && get("TokenCode").is_empty()) {
                let text = format!(
                    "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: sts:AssumeRole on resource: {}",
                    get("RoleArn")
                );
                return error(403, "AccessDenied", &text);
            }
            let user = format!("arn:aws:iam::123456789012:user/{}", get("signer"));
            let session = get("RoleSessionName");
            let arn = if role.is_empty() {
                user
            } else {
                format!("arn:aws:sts::123456789012:assumed-role/{role}/{session}")
            };
            (200, result(action, &credentials(state, &arn)))
        }
        "AssumeRoleWithWebIdentity" => {
            let arn = "arn:aws:sts::123456789012:assumed-role/Web/keyfob";
            (200, result(action, &credentials(state, arn)))
        }
        "ListMFADevices" => {
            let device = |serial: &String| {
                format!(
                    "<member><UserName>a</UserName><SerialNumber>{serial}</SerialNumber>\
                     <EnableDate>2026-01-01T00:00:00Z</EnableDate></member>"
                )
            };
            let devices: String = state.devices.iter().map(device).collect();
            let fields = format!("<MFADevices>{devices}</MFADevices><IsTruncated>false</IsTruncated>");
            (200, result(action, &fields))
        }
        "ListAccountAliases" => {
            (200, result(action, "<AccountAliases></AccountAliases><IsTruncated>false</IsTruncated>"))
        }
        _ => error(400, "InvalidAction", "no such action"),
    }
}

fn refused_code(state: &mut State, call: &Call) -> Option<(u16, String)> {
    let code = call.get("TokenCode")?;
    if call["SerialNumber"].ends_with("/stale") {
        let text = "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is \
                    valid and associated with this user.";
        return Some(error(403, "AccessDenied", text));
    }
    // A reused code gets the same error as a wrong one.
    let taken = code == CODE && state.used.insert(code.clone());
    let text = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
    (!taken).then(|| error(403, "AccessDenied", text))
}

fn credentials(state: &mut State, arn: &str) -> String {
    let key = format!("ASIA{:016}", state.issued.len() + 1);
    state.issued.insert(key.clone(), arn.to_owned());
    let ends = state.ends.unwrap_or("2100-01-01T00:00:00Z");
    format!(
        "<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>issued</SecretAccessKey>\
         <SessionToken>token</SessionToken><Expiration>{ends}</Expiration></Credentials>"
    )
}

fn result(action: &str, fields: &str) -> String {
    format!("<{action}Response><{action}Result>{fields}</{action}Result></{action}Response>")
}

fn error(status: u16, code: &str, text: &str) -> (u16, String) {
    let error = format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{text}</Message></Error>");
    (status, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>"))
}

/// Role credentials in the format of containers and instances.
fn metadata(state: &mut State, role: &str) -> (u16, String) {
    let key = format!("ASIA{:016}", state.issued.len() + 1);
    let arn = format!("arn:aws:sts::123456789012:assumed-role/{role}/keyfob");
    state.issued.insert(key.clone(), arn);
    let text = format!(
        r#"{{"Code":"Success","AccessKeyId":"{key}","SecretAccessKey":"issued","Token":"token",
            "Expiration":"2100-01-01T00:00:00Z"}}"#
    );
    (200, text)
}

fn role_credentials(state: &mut State, call: &Call) -> (u16, String) {
    if call["bearer"] != "good" && call["bearer"] != "fresh" {
        return (
            401,
            r#"{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"#.into(),
        );
    }
    if call["role_name"] != "Admin" {
        return (403, r#"{"__type":"ForbiddenException","message":"No access"}"#.into());
    }
    let key = format!("ASIA{:016}", state.issued.len() + 1);
    let arn = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/anna";
    state.issued.insert(key.clone(), arn.to_owned());
    let text = format!(
        r#"{{"roleCredentials":{{"accessKeyId":"{key}","secretAccessKey":"issued","sessionToken":"token","expiration":4102444800000}}}}"#
    );
    (200, text)
}

fn device(call: &Call) -> (u16, String) {
    if call["startUrl"].contains("wrong") {
        return (
            400,
            r#"{"error":"InvalidRequestException","error_description":"Invalid startUrl provided"}"#.into(),
        );
    }
    let text = r#"{"deviceCode":"device-secret","userCode":"ABCD-EFGH","verificationUri":"https://device.example/",
        "verificationUriComplete":"https://device.example/?user_code=ABCD-EFGH","expiresIn":600,"interval":1}"#;
    (200, text.to_owned())
}

fn token(state: &mut State, call: &Call) -> (u16, String) {
    if let Some(error) = state.tokens.pop() {
        match error {
            "502" => return (502, "<html>Bad Gateway</html>".to_owned()),
            "InternalServerException" => {
                return (500, format!(r#"{{"__type":"{error}","error":"server_error"}}"#));
            }
            _ => {}
        }
        return (400, format!(r#"{{"__type":"{error}","error":"{error}"}}"#));
    }
    let renewed = call["grantType"] == "refresh_token";
    let token = if renewed { "fresh" } else { "good" };
    let text = format!(
        r#"{{"accessToken":"{token}","tokenType":"Bearer","expiresIn":28800,"refreshToken":"refresh-2"}}"#
    );
    (200, text)
}
