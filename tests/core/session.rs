//! An expired session is noticed and renewed, and nothing on screen is lost.

use jiff::SignedDuration;
use keyfob::core::{Call, CreateOutcome, Effect, Model, Msg, SessionId, SignInRequest, StartMsg, TimeLeft};
use keyfob::domain::{
    Account, Caller, Cause, Failure, KeyId, KeyStatus, MfaAsk, MfaCode, Prompt, PromptReply, SignInProblem,
    UserName,
};

use crate::answers;
use crate::stand::{
    Stand, account, alice, answered, create_op, denied, key, set_status, sign_in_of, signed_out, status_set,
};

fn over() -> Failure {
    Failure::new("iam:Any", Cause::SessionOver)
}

fn left(stand: &Stand) -> Option<TimeLeft> {
    stand.model.open.as_ref().map(|open| open.time_left(stand.now))
}

fn renew(stand: &mut Stand) -> SessionId {
    sign_in_of(&stand.send(Msg::Start(StartMsg::Renew { use_mfa: false })))
}

fn signed_in_as(stand: &mut Stand, session: SessionId, account: Account) -> Vec<Effect> {
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }))
}

#[test]
fn the_time_left_counts_down_until_the_session_expires() {
    let mut stand = Stand::open(false);
    assert_eq!(left(&stand), Some(TimeLeft::Unknown), "keys do not end");
    let ends = stand.now.date + SignedDuration::from_mins(57);
    stand.model.open.as_mut().expect("it is open").account.expires = Some(ends);
    assert_eq!(left(&stand), Some(TimeLeft::Minutes(57)));
    stand.wait(47 * 60);
    assert_eq!(left(&stand), Some(TimeLeft::Minutes(10)));
    stand.wait(1);
    assert_eq!(left(&stand), Some(TimeLeft::Soon(9)));
    stand.wait(10 * 60 - 1);
    assert_eq!(left(&stand), Some(TimeLeft::Over));
}

#[test]
fn an_expired_token_in_any_answer_ends_the_session() {
    let answers: [fn(&Stand) -> Msg; 8] = [
        |stand| {
            let (session, key) = (stand.session(), KeyId::new("a"));
            answers::owner(session, 99, key, Err(over()))
        },
        |stand| {
            let session = stand.session();
            answers::quota(session, Err(over()))
        },
        |stand| {
            let (session, user) = (stand.session(), alice());
            answers::listed(session, user, 99, Err(over()))
        },
        |stand| {
            let (session, user, key) = (stand.session(), alice(), KeyId::new("a"));
            answers::last_use(session, user, key, 99, Err(over()))
        },
        |stand| {
            let (session, user) = (stand.session(), alice());
            answers::descriptions(session, user, 99, Err(over()))
        },
        |stand| {
            let (session, user, key, text) = (stand.session(), alice(), KeyId::new("a"), String::new());
            answers::described(session, user, key, text, Err(over()))
        },
        |stand| status_set(stand, "a", KeyStatus::Inactive, Err(over())),
        |stand| {
            let (session, user, key) = (stand.session(), alice(), KeyId::new("a"));
            answers::deleted(session, user, key, Err(over()))
        },
    ];
    for (at, answer) in answers.into_iter().enumerate() {
        let mut stand = Stand::open(false);
        let msg = answer(&stand);
        stand.send(msg);
        assert_eq!(left(&stand), Some(TimeLeft::Over), "answer {at}");
    }
}

#[test]
fn a_refused_creation_ends_the_session_and_keeps_its_user() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Refused(over())));
    assert_eq!(left(&stand), Some(TimeLeft::Over));
}

#[test]
fn other_refusals_and_other_sessions_end_nothing() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    stand.send(answers::quota(session, Err(denied())));
    stand.send(answers::quota(SessionId(999), Err(over())));
    assert_eq!(left(&stand), Some(TimeLeft::Unknown));
}

#[test]
fn a_renewed_session_keeps_its_number_and_all_that_is_on_screen() {
    let mut stand = Stand::open(false);
    stand.made();
    let (old, secret) = (stand.session(), stand.shown().expect("a pair").secret.expose().to_owned());
    let msg = answers::quota(old, Err(over()));
    stand.send(msg);
    let new = renew(&mut stand);
    assert_ne!(new, old, "the connection is looked at before it replaces the other one");
    assert!(stand.model.is_renewing());
    let ends = Some(stand.now.date + SignedDuration::from_hours(1));
    let effects = signed_in_as(&mut stand, new, Account { expires: ends, ..account() });
    assert!(matches!(effects.first(), Some(Effect::Adopt { from, to }) if (*from, *to) == (new, old)));
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::Call { session, call: Call::ListUsers { .. } } if *session == old)
    ));
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::Call { session, call: Call::ListKeys { .. } } if *session == old)
    ));
    assert_eq!(signed_out(&effects), []);
    assert_eq!((stand.session(), left(&stand)), (old, Some(TimeLeft::Minutes(60))));
    assert_eq!(stand.shown().map(|pair| pair.secret.expose()), Some(secret.as_str()));
    let open = stand.model.open.as_ref().expect("it is open");
    assert_eq!((open.selected_user(), open.users.all().len()), (Some(&alice()), 2));
}

#[test]
fn nobody_else_takes_over_a_session() {
    let others = [
        Account { id: "999999999999".into(), ..account() },
        Account { caller_arn: "arn:aws:iam::123456789012:user/mallory".into(), ..account() },
        Account { endpoint: keyfob::domain::Endpoint::Aws("iam.amazonaws.com".into()), ..account() },
    ];
    for other in others {
        let mut stand = Stand::open(false);
        let old = stand.session();
        let new = renew(&mut stand);
        let effects = signed_in_as(&mut stand, new, other);
        assert_eq!(signed_out(&effects), [new], "its connection is let go");
        assert_eq!(stand.session(), old);
        let open = stand.model.open.as_ref().expect("it is open");
        assert_eq!(open.account, account(), "nothing of the account is changed");
        let why = open.life.renewal_failed.as_ref().map(|failure| &failure.cause);
        assert!(matches!(why, Some(Cause::SignIn(SignInProblem::SomebodyElse { .. }))), "{why:?}");
    }
}

#[test]
fn a_role_may_have_another_session_name_when_it_is_renewed() {
    let role = |name: &str| Account {
        caller_arn: format!("arn:aws:sts::123456789012:assumed-role/{name}"),
        ..account()
    };
    for (first, next, same) in [
        ("Admin/1732446000", "Admin/1732449600", true),
        ("Admin/1732446000", "Other/1732446000", false),
        // There, the session name is the person.
        ("AWSReservedSSO_Admin_0a/anna", "AWSReservedSSO_Admin_0a/bob", false),
    ] {
        let mut stand = Stand::open(false);
        stand.model.open.as_mut().expect("it is open").account = role(first);
        let session = renew(&mut stand);
        signed_in_as(&mut stand, session, role(next));
        let open = stand.model.open.as_ref().expect("it is open");
        assert_eq!(open.life.renewal_failed.is_none(), same, "{next}");
        assert_eq!(open.account == role(next), same, "{next}");
    }
}

#[test]
fn a_code_is_asked_for_again_and_the_account_stays_open_meanwhile() {
    let mut stand = Stand::open(true);
    let session = renew(&mut stand);
    let serial = "arn:aws:iam::123456789012:mfa/anna".to_owned();
    let ask = Prompt::Mfa(MfaAsk { serial: Some(serial.clone()), ..MfaAsk::default() });
    stand.send(Msg::Start(StartMsg::Prompted { session, ask }));
    assert!(stand.model.sign_in_asks() && stand.model.open.is_some());
    let code = MfaCode::parse("654321").expect("a code");
    let effects = stand.send(Msg::Start(StartMsg::Reply(PromptReply::Mfa { serial, code })));
    assert_eq!(sign_in_of(&effects), session);
    signed_in_as(&mut stand, session, account());
    assert!(
        stand.model.open.as_ref().is_some_and(|open| open.access.read_only.is_some()),
        "it stays read-only"
    );
}

#[test]
fn a_renewal_that_fails_says_why_and_can_be_tried_again() {
    let mut stand = Stand::open(false);
    let session = renew(&mut stand);
    assert!(stand.send(Msg::Start(StartMsg::Renew { use_mfa: false })).is_empty(), "one at a time");
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Err(denied()) }));
    let failed = |stand: &Stand| stand.model.open.as_ref().and_then(|open| open.life.renewal_failed.clone());
    assert_eq!(failed(&stand), Some(denied()));
    assert!(stand.model.sign_in_failure().is_none(), "that is for the list of accounts");
    renew(&mut stand);
    assert_eq!(failed(&stand), None);
}

#[test]
fn leaving_the_account_gives_its_renewal_up() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    let new = renew(&mut stand);
    let effects = stand.send(Msg::Start(StartMsg::SwitchAccount));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopSignIn { session } if *session == new)));
    assert_eq!(signed_out(&effects), [old]);
    assert_eq!(signed_out(&signed_in_as(&mut stand, new, account())), [new]);
    assert!(stand.model.open.is_none());
}

#[test]
fn what_the_end_kept_from_being_done_can_be_done_again() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(set_status("a", KeyStatus::Inactive));
    let msg = status_set(&stand, "a", KeyStatus::Inactive, Err(over()));
    stand.send(msg);
    let session = renew(&mut stand);
    signed_in_as(&mut stand, session, account());
    let again = stand.model.notices.iter().find_map(|notice| Model::retry(&notice.event));
    let effects = stand.send(again.expect("it is offered"));
    assert!(
        matches!(
            &effects[..],
            [Effect::Call { call: Call::SetStatus { status: KeyStatus::Inactive, .. }, .. }]
        ),
        "it is sent once more"
    );
}

#[test]
fn lists_that_the_end_refused_are_asked_for_again() {
    let mut stand = Stand::open(false);
    let (session, bob) = (stand.session(), UserName::new("bob"));
    let in_view = || Msg::Users(keyfob::core::UsersMsg::InView(vec![UserName::new("bob")]));
    let effects = stand.send(in_view());
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ListKeys { load, .. }, .. } = effect else { return None };
        Some(*load)
    });
    let load = load.expect("the keys of bob are counted");
    stand.send(answers::listed(session, bob, load, Err(over())));
    assert!(stand.send(in_view()).is_empty(), "refused: not again, as it is");
    // It is out of view, and is requested again when it comes back after the renewal.
    stand.send(Msg::Users(keyfob::core::UsersMsg::InView(Vec::new())));
    let session = renew(&mut stand);
    signed_in_as(&mut stand, session, account());
    assert_eq!(stand.send(in_view()).len(), 1);
}

#[test]
fn mfa_is_offered_where_it_may_help() {
    let stand = Stand::open(false);
    let open = stand.model.open.as_ref().expect("it is open");
    assert!(open.mfa_may_help(&denied()), "a user's own key has no MFA");
    assert!(!open.mfa_may_help(&over()));
    let mut stand = Stand::open(false);
    let open = stand.model.open.as_mut().expect("it is open");
    let role = Caller::Role { role: "Admin".into(), session: "keyfob".into() };
    open.account = Account { signing_key: None, caller: role, ..account() };
    assert!(open.mfa_may_help(&denied()), "the key that assumed the role has none either");
    open.account.takes_mfa = false;
    assert!(!open.mfa_may_help(&denied()), "a session was made with it, or never will be");
    open.account = Account { caller: Caller::Root, ..account() };
    assert!(!open.mfa_may_help(&denied()));
    let effects = stand.send(Msg::Start(StartMsg::Renew { use_mfa: true }));
    assert!(
        matches!(effects.last(), Some(Effect::SignIn { request: SignInRequest::Open { given, .. }, .. }) if given.use_mfa)
    );
}

#[test]
fn a_late_answer_to_the_session_before_does_not_end_the_new_one() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    let over = || answers::quota(old, Err(over()));
    stand.send(over());
    let session = renew(&mut stand);
    signed_in_as(&mut stand, session, account());
    stand.send(over());
    assert_eq!(left(&stand), Some(TimeLeft::Unknown), "it was asked before");
    stand.wait(90);
    stand.send(over());
    assert_eq!(left(&stand), Some(TimeLeft::Over));
}
