//! The prompts of a sign-in: MFA code and browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use aws_types::os_shim_internal::Env;
use egui::accesskit::Live;
use egui::text_edit::TextEditState;
use egui::{Event, Id, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws::Options;
use keyfob::core::{SignInStep, TimeLeft};
use keyfob::domain::Prompt;

use crate::stand::{Window, practice, secret, start_in};

const MFA: &str = "[profile lab]\naws_access_key_id = AKIALAB\naws_secret_access_key = secret\n\
                   mfa_serial = arn:aws:iam::123456789012:mfa/anna\n";

const SSO: &str = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n\
                   [profile lab]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n";

/// Opens the profile `lab` of a config file; AWS is at `url`.
fn open_lab(config: &str, url: &str) -> (Window, tempfile::TempDir) {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(home.path().join(".aws")).expect("made");
    std::fs::write(home.path().join(".aws/config"), config).expect("written");
    let path = home.path().display().to_string();
    let env = Env::from_slice(&[("HOME", path.as_str()), ("AWS_ENDPOINT_URL", url)]);
    let args = Args { profile: Some("lab".to_owned()), ..Args::default() };
    let options = Options { env, ..Options::default() };
    (start_in(options, &args, Duration::ZERO, egui::Theme::Light), home)
}

fn step(app: &App) -> Option<SignInStep> {
    app.model().sign_in().map(|sign_in| sign_in.step.clone())
}

fn asks_for_a_code(app: &App) -> bool {
    matches!(step(app), Some(SignInStep::Asking(Prompt::Mfa(_))))
}

fn type_in(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.harness.step();
    window.harness.step();
}

#[test]
fn a_code_is_typed_and_enter_sends_it() {
    // Nothing listens there: the test ends when the code is sent.
    let (mut window, _home) = open_lab(MFA, "http://127.0.0.1:9");
    window.until("the question", asks_for_a_code);
    window.harness.step();
    // The field has the focus, and accepts only digits.
    type_in(&mut window, "12a 34");
    assert_eq!(window.harness.get_by_label("MFA code").value().as_deref(), Some("1234"));
    let sign_in = window.harness.get_by_label("Sign in");
    assert!(sign_in.accesskit_node().is_disabled(), "four digits are no code");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    assert!(asks_for_a_code(window.harness.state()), "nor does Enter send them");
    type_in(&mut window, "56");
    assert!(!window.harness.get_by_label("Sign in").accesskit_node().is_disabled());
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    assert!(!asks_for_a_code(window.harness.state()), "it is sent");
    window.harness.step();
    let left = TextEditState::load(&window.harness.ctx, Id::unique("mfa code"));
    assert!(left.is_none(), "the field's undo buffer would keep the code");
}

#[test]
fn a_device_that_aws_does_not_know_can_be_corrected() {
    let (mut window, _home) = open_lab(MFA, &token_service());
    window.until("the question", asks_for_a_code);
    assert!(
        window.harness.query_by_label("Serial number of the MFA device").is_none(),
        "the profile names it"
    );
    type_in(&mut window, "123456");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    window.until(
        "the question again",
        |app| matches!(step(app), Some(SignInStep::Asking(Prompt::Mfa(ask))) if ask.refused.is_some()),
    );
    window.harness.step();
    let refused = window.harness.get_by_label_contains("AWS does not know this device");
    assert_eq!(refused.accesskit_node().live(), Live::Assertive, "who does not see it hears it");
    let serial = window.harness.get_by_label("Serial number of the MFA device");
    assert_eq!(serial.value().as_deref(), Some("arn:aws:iam::123456789012:mfa/anna"), "what was refused");
    assert!(serial.is_focused(), "it is the serial number that must be corrected");
}

#[test]
fn mfa_is_offered_where_a_role_is_refused_to_a_users_key() {
    let role = "[profile lab]\nsource_profile = lab\nrole_arn = arn:aws:iam::123456789012:role/Admin\n\
                aws_access_key_id = AKIALAB\naws_secret_access_key = secret\n";
    let (mut window, _home) = open_lab(role, &token_service());
    let failed = |app: &App| app.model().sign_in_failure().is_some();
    window.until("the refusal", failed);
    window.harness.step();
    window.harness.get_by_label("Use MFA…");
    // The same below the account bar, while another account is open.
    window.click("Open practice account");
    window.until("the practice account", |app| app.model().open.is_some());
    window.press_in_one_frame(&[(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A)]);
    window.until("the profiles", |app| app.model().files.profiles.value.is_some());
    window.harness.step();
    window.click("Switch to lab");
    window.until("the refusal", failed);
    window.harness.step();
    window.click("Use MFA…");
    window.until("the question", asks_for_a_code);
}

#[test]
fn esc_cancels_the_sign_in_and_drops_the_drafts() {
    let (mut window, _home) = open_lab(MFA, "http://127.0.0.1:9");
    window.until("the question", asks_for_a_code);
    type_in(&mut window, "123");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    assert!(window.harness.state().model().sign_in().is_none());
    assert!(TextEditState::load(&window.harness.ctx, Id::unique("mfa code")).is_none());
    assert!(window.harness.query_by_label("MFA code").is_none());
}

#[test]
fn nothing_moves_while_a_row_signs_in() {
    let other = "[profile zoo]\naws_access_key_id = AKIAZOO\naws_secret_access_key = secret\n";
    let (mut window, _home) = open_lab(&format!("{MFA}{other}"), "http://127.0.0.1:9");
    let below = |window: &Window| window.harness.get_by_label("Open practice account").rect();
    window.until("the question", asks_for_a_code);
    window.until("the rows", |app| app.model().files.profiles.value.is_some());
    let while_signing_in = below(&window);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    assert!(window.harness.state().model().sign_in().is_none());
    assert_eq!(below(&window), while_signing_in);
}

const DEVICE_REFUSED: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
    <Message>MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is valid and \
    associated with this user.</Message></Error><RequestId>r</RequestId></ErrorResponse>";

/// Starts device authorizations that are never confirmed, and knows no MFA device.
fn token_service() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serve = move || {
        for stream in listener.incoming().flatten() {
            answer(stream);
        }
    };
    std::thread::Builder::new().name("token service".into()).spawn(serve).expect("a thread");
    url
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    let (status, error, text) = match first.split_whitespace().nth(1)? {
        "/client/register" => (200, "", r#"{"clientId":"c","clientSecret":"s","clientSecretExpiresAt":0}"#),
        "/device_authorization" => (
            200,
            "",
            r#"{"deviceCode":"d","userCode":"ABCD-EFGH","verificationUri":"https://device.example/",
                "verificationUriComplete":"https://device.example/?user_code=ABCD-EFGH","expiresIn":600,"interval":1}"#,
        ),
        // STS
        "/" => (403, "", DEVICE_REFUSED),
        _ => (400, "x-amzn-errortype: AuthorizationPendingException\r\n", "{}"),
    };
    let head =
        format!("HTTP/1.1 {status} X\r\nconnection: close\r\n{error}content-length: {}\r\n\r\n", text.len());
    stream.write_all(format!("{head}{text}").as_bytes()).ok()
}

#[test]
fn the_browser_is_opened_once_it_is_wanted_and_its_code_is_shown() {
    let (mut window, _home) = open_lab(SSO, &token_service());
    window.until("the question", |app| matches!(step(app), Some(SignInStep::Asking(Prompt::Sso(_)))));
    window.harness.get_by_label_contains("no valid session with https://corp.example/start");
    window.harness.get_by_label("Sign in with the browser").click_accesskit();
    let shown = |app: &App| matches!(step(app), Some(SignInStep::Browser(_)));
    window.until("the code", shown);
    let opened = window.opened.recv_timeout(Duration::from_secs(30));
    assert_eq!(opened.as_deref(), Ok("https://device.example/?user_code=ABCD-EFGH"));
    window.harness.get_by_label("ABCD-EFGH");
    window.click("Cancel sign-in");
    assert!(window.harness.state().model().sign_in().is_none(), "nothing is waited for any more");
}

#[test]
fn a_session_that_is_over_is_renewed_with_the_new_key_still_on_screen() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("Create and copy");
    window.until("the new key", |app| secret(app).is_some());
    let made = secret(window.harness.state());
    window.click("Simulated faults of the practice account");
    window.click("Session expired, until you sign in again");
    window.click("Refresh");
    let is_over = |app: &App| {
        let model = app.model();
        model.open.as_ref().is_some_and(|open| open.time_left(model.now) == TimeLeft::Over)
    };
    window.until("the end of the session", is_over);
    window.harness.get_by_label("Session expired");
    window.click("Sign in again");
    window.until("the new session", |app| !is_over(app));
    window.harness.step();
    assert!(window.harness.query_by_label("Session expired").is_none());
    assert!(made.is_some() && secret(window.harness.state()) == made, "the new key is still on screen");
    window.until("the refresh", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.is_some_and(|open| !open.users.list.is_loading() && open.users.list.failure().is_none())
    });
    window.harness.get_by_label("Copy user name carol");
}
