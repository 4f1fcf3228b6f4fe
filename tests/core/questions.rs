//! The prompts of a sign-in, and replies that come too late.

use keyfob::core::{Effect, Msg, SessionId, SignInRequest, SignInStep, StartMsg};
use keyfob::domain::{
    Cause, DeviceCode, DeviceGrant, Failure, MfaAsk, MfaCode, Prompt, PromptReply, Secret, SignInChoice,
    SignInProblem, SsoSession,
};

use crate::stand::{Stand, signed_out};

const URL: &str = "http://iam.example:8080";
const SERIAL: &str = "arn:aws:iam::123456789012:mfa/anna";

fn sso() -> SsoSession {
    let (start_url, region) = ("https://corp.example".into(), "eu-west-1".into());
    let (profile, scopes) = ("lab".to_owned(), Vec::new());
    SsoSession { name: None, start_url, region, profile, scopes }
}

fn mfa() -> Prompt {
    Prompt::Mfa(MfaAsk { serial: Some(SERIAL.into()), role: None, refused: None })
}

fn code() -> MfaCode {
    MfaCode::parse("123456").expect("a code")
}

fn asked(stand: &mut Stand, session: SessionId, ask: Prompt) -> Vec<Effect> {
    stand.send(Msg::Start(StartMsg::Prompted { session, ask }))
}

fn answer(stand: &mut Stand, answer: PromptReply) -> Vec<Effect> {
    stand.send(Msg::Start(StartMsg::Reply(answer)))
}

fn browser_done(stand: &mut Stand, session: SessionId, answer: Result<(), Failure>) -> Vec<Effect> {
    stand.send(Msg::Start(StartMsg::BrowserDone { session, answer }))
}

fn device_started(stand: &mut Stand, session: SessionId) -> Vec<Effect> {
    let code = DeviceCode { user_code: "ABCD".into(), url: "https://x".into(), ends: stand.now.steady };
    let grant = DeviceGrant {
        session: sso(),
        client_id: "client".into(),
        client_secret: Secret::new("secret".into()),
        registered_until_secs: 0,
        device_code: Secret::new("secret".into()),
        interval_secs: 1,
        ends: stand.now.steady,
    };
    stand.send(Msg::Start(StartMsg::DeviceStarted { session, answer: Ok((code, grant)) }))
}

fn step(stand: &Stand) -> Option<&SignInStep> {
    stand.model.sign_in().map(|sign_in| &sign_in.step)
}

/// A sign-in that asks `ask`.
fn asking(ask: Prompt) -> (Stand, SessionId) {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Profile("lab".into()));
    asked(&mut stand, session, ask);
    (stand, session)
}

#[test]
fn plain_http_is_asked_once_a_session() {
    let (mut stand, session) = asking(Prompt::PlainHttp { url: URL.into() });
    let effects = answer(&mut stand, PromptReply::PlainHttp);
    let [Effect::SignIn { session: next, request: SignInRequest::Open { given, .. } }] = &effects[..] else {
        panic!("it does not go on")
    };
    assert_eq!((*next, &given.plain_http[..]), (session, &[URL.to_owned()][..]));
    stand.signed_in(session);
    let effects = stand.send(Msg::Start(StartMsg::Renew { use_mfa: false }));
    let Some(Effect::SignIn { request: SignInRequest::Open { given, .. }, .. }) = effects.last() else {
        panic!("it is not renewed")
    };
    assert_eq!(given.plain_http, [URL], "said once, it is good for the session");
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    let effects = stand.send(crate::stand::open(SignInChoice::Profile("lab".into()), false));
    let Some(Effect::SignIn { request: SignInRequest::Open { given, .. }, .. }) = effects.last() else {
        panic!("it is not opened")
    };
    assert!(given.plain_http.is_empty(), "another session asks again");
}

#[test]
fn a_code_goes_out_once_and_is_kept_nowhere() {
    let (mut stand, session) = asking(mfa());
    let effects = answer(&mut stand, PromptReply::Mfa { serial: SERIAL.into(), code: code() });
    let [Effect::SignIn { session: next, request: SignInRequest::Open { given, .. } }] = &effects[..] else {
        panic!("it does not go on")
    };
    assert_eq!(*next, session);
    assert_eq!(given.code.as_ref().map(MfaCode::expose), Some("123456"));
    assert_eq!(given.serial.as_deref(), Some(SERIAL));
    // Rejected: it asks for the next code, and never sends the first one again.
    asked(&mut stand, session, mfa());
    assert!(answer(&mut stand, PromptReply::PlainHttp).is_empty(), "an answer to another question");
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    assert!(
        answer(&mut stand, PromptReply::Mfa { serial: SERIAL.into(), code: code() }).is_empty(),
        "too late"
    );
}

#[test]
fn a_device_is_kept_for_the_session_only_where_it_was_typed() {
    const TYPED: &str = "arn:aws:iam::123456789012:mfa/phone";
    // The profile may be corrected before the next attempt.
    for (serial, kept) in [(SERIAL, None), (TYPED, Some(TYPED))] {
        let (mut stand, session) = asking(mfa());
        answer(&mut stand, PromptReply::Mfa { serial: serial.into(), code: code() });
        stand.signed_in(session);
        let effects = stand.send(Msg::Start(StartMsg::Renew { use_mfa: false }));
        let Some(Effect::SignIn { request: SignInRequest::Open { given, .. }, .. }) = effects.last() else {
            panic!("it is not renewed")
        };
        assert_eq!(given.serial.as_deref(), kept);
    }
}

#[test]
fn a_second_press_of_sign_in_sends_no_second_code() {
    let (mut stand, _) = asking(mfa());
    answer(&mut stand, PromptReply::Mfa { serial: SERIAL.into(), code: code() });
    assert!(answer(&mut stand, PromptReply::Mfa { serial: SERIAL.into(), code: code() }).is_empty());
}

#[test]
fn the_browser_is_opened_only_when_it_is_wanted_and_then_the_sign_in_goes_on() {
    let (mut stand, session) = asking(Prompt::Sso(sso()));
    let effects = answer(&mut stand, PromptReply::Browser);
    assert!(
        matches!(&effects[..], [Effect::SignIn { session: s, request: SignInRequest::StartDevice { .. } }] if *s == session)
    );
    let effects = device_started(&mut stand, session);
    assert!(
        matches!(&effects[..], [Effect::SignIn { session: s, request: SignInRequest::AwaitDevice { .. } }] if *s == session)
    );
    assert!(matches!(step(&stand), Some(SignInStep::Browser(code)) if code.user_code == "ABCD"));
    let effects = browser_done(&mut stand, session, Ok(()));
    assert!(
        matches!(&effects[..], [Effect::SignIn { session: s, request: SignInRequest::Open { .. } }] if *s == session)
    );
    assert_eq!(step(&stand), Some(&SignInStep::UnderWay));
}

#[test]
fn aws_login_is_run_for_the_profile_that_asks() {
    let (mut stand, session) = asking(Prompt::Login { profile: "base".into() });
    let effects = answer(&mut stand, PromptReply::Browser);
    assert!(
        matches!(&effects[..], [Effect::SignIn { request: SignInRequest::AwsLogin { profile, .. }, .. }] if profile == "base")
    );
    let failure = Failure::new("", Cause::SignIn(SignInProblem::NoAwsCli));
    browser_done(&mut stand, session, Err(failure.clone()));
    assert!(stand.model.sign_in().is_none(), "nothing is waited for");
    assert_eq!(stand.model.sign_in_failure().map(|(_, failure)| failure), Some(&failure));
}

#[test]
fn it_can_be_given_up_at_each_step() {
    let steps: [fn() -> (Stand, SessionId); 6] = [
        || asking(Prompt::PlainHttp { url: URL.into() }),
        || asking(mfa()),
        || asking(Prompt::Sso(sso())),
        || {
            let (mut stand, session) = asking(Prompt::Sso(sso()));
            answer(&mut stand, PromptReply::Browser);
            (stand, session)
        },
        || {
            let (mut stand, session) = asking(Prompt::Sso(sso()));
            answer(&mut stand, PromptReply::Browser);
            device_started(&mut stand, session);
            (stand, session)
        },
        || {
            let (mut stand, session) = asking(Prompt::Login { profile: "lab".into() });
            answer(&mut stand, PromptReply::Browser);
            (stand, session)
        },
    ];
    for at in steps {
        let (mut stand, session) = at();
        let was = format!("{:?}", step(&stand));
        let effects = stand.send(Msg::Start(StartMsg::CancelSignIn));
        assert!(matches!(&effects[..], [Effect::StopSignIn { session: s }] if *s == session), "{was}");
        assert!(stand.model.sign_in().is_none(), "{was}");
        // A later response changes nothing.
        assert!(asked(&mut stand, session, mfa()).is_empty(), "{was}");
        assert!(device_started(&mut stand, session).is_empty(), "{was}");
        assert!(browser_done(&mut stand, session, Ok(())).is_empty(), "{was}");
        assert!(browser_done(&mut stand, session, Err(crate::stand::denied())).is_empty(), "{was}");
        assert!(stand.model.sign_in().is_none() && stand.model.sign_in_failure().is_none(), "{was}");
        assert_eq!(signed_out(&stand.signed_in(session)), [session], "a late connection is let go: {was}");
    }
}

#[test]
fn another_sign_in_takes_the_place_of_one_that_asks() {
    let (mut stand, old) = asking(mfa());
    let effects = stand.send(crate::stand::open(SignInChoice::Environment, false));
    assert!(
        matches!(&effects[..], [Effect::StopSignIn { session }, Effect::SignIn { request: SignInRequest::Open { .. }, .. }] if *session == old),
        "the old one is given up"
    );
    asked(&mut stand, old, Prompt::Sso(sso()));
    assert_eq!(step(&stand), Some(&SignInStep::UnderWay), "its question is not asked of the new one");
}

#[test]
fn an_answer_of_the_browser_for_another_step_is_dropped() {
    let (mut stand, session) = asking(mfa());
    assert!(device_started(&mut stand, session).is_empty());
    assert!(browser_done(&mut stand, session, Ok(())).is_empty());
    assert_eq!(step(&stand), Some(&SignInStep::Asking(mfa())));
}
