//! Creating a key.

use jiff::SignedDuration;
use keyfob::core::{
    Call, ClipboardEvent, ClipboardState, CreateBlock, CreateMsg, CreateOptions, CreateOutcome, Effect,
    FileRequest, KeysMsg, Msg, NoticeKind, OpId, Page, Search, StartMsg, UsersMsg,
};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus, PairFormat, SaveTarget, SignInChoice, UserName};

use crate::answers;
use crate::stand::{Stand, alice, answered, create_op, denied, key, open, page, pair, user};

#[test]
fn one_press_of_create_makes_one_key() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    assert!(create_op(&stand.create()).is_some(), "the first press counts");
    for _ in 0..5 {
        assert!(stand.create().is_empty(), "a further press while it is under way does nothing");
    }
}

#[test]
fn no_second_key_while_the_panel_is_open() {
    let mut stand = Stand::open(false);
    stand.made();
    assert!(stand.create().is_empty(), "the panel holds a secret");
    assert!(matches!(stand.model.create_block(&alice()), Some(CreateBlock::PanelOpen(_))), "and says so");
}

#[test]
fn the_secret_stays_whatever_else_happens() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(Msg::Users(UsersMsg::Select(UserName::new("bob"))));
    stand.send(Msg::Refresh);
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    stand.send(open(SignInChoice::Environment, false));
    assert!(stand.model.holds_secret(), "no change of user or account takes it away");
    let creation = stand.model.creation().expect("the panel is open");
    assert_eq!(*creation.user(), alice(), "it belongs to the user that it was made for");
}

#[test]
fn a_secret_that_nobody_kept_is_asked_about_once() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(stand.model.holds_secret(), "neither copied nor saved: it is asked");
    stand.send(Msg::Create(CreateMsg::Keep));
    assert!(stand.model.holds_secret());
    stand.send(Msg::Create(CreateMsg::Saved));
    stand.send(Msg::Create(CreateMsg::DiscardSecret));
    assert!(!stand.model.holds_secret(), "it may go when that is said");
}

#[test]
fn a_copied_secret_goes_with_one_press() {
    let mut stand = Stand::open(false);
    stand.made();
    let until = Some(stand.now.steady + SignedDuration::from_secs(45));
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until }));
    assert_eq!(stand.model.clipboard.state, ClipboardState::Holds { since: stand.now.steady, until });
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(!stand.model.holds_secret());
}

#[test]
fn a_text_counts_as_copied_once_the_clipboard_has_accepted_it() {
    let mut stand = Stand::open(false);
    let effects = stand.send(Msg::CopyText("AKIAIOSFODNN7EXAMPLE".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::CopyText { .. }]));
    let reason = "it is busy".to_owned();
    stand.send(Msg::Clipboard(ClipboardEvent::NotCopied { secret: false, reason }));
    assert_eq!(stand.model.clipboard.copied_texts, 0);
    stand.send(Msg::Clipboard(ClipboardEvent::CopiedText));
    assert_eq!(stand.model.clipboard.copied_texts, 1);
    assert_eq!(stand.model.clipboard.state, ClipboardState::Idle, "it says nothing about a secret");
}

#[test]
fn a_secret_on_the_clipboard_is_shown_after_its_panel_closes() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until: None }));
    assert!(stand.model.panel_tells_of_clipboard());
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(stand.model.clipboard.can_be_cleared() && !stand.model.panel_tells_of_clipboard());
    let wish = CreateOptions::default();
    let effects = stand.send(Msg::Create(CreateMsg::Create { user: alice(), wish }));
    let op = create_op(&effects).expect("a key is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000TWO"))));
    let told = (stand.model.clipboard.can_be_cleared(), stand.model.panel_tells_of_clipboard());
    assert_eq!(told, (true, false), "the next panel says nothing of it, and it is not forgotten");
    stand.send(Msg::Create(CreateMsg::Copy(PairFormat::Both)));
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until: None }));
    assert!(stand.model.panel_tells_of_clipboard(), "now it is its own");
}

#[test]
fn a_press_that_comes_after_another_user_is_on_screen_makes_no_key() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let late = |user| Msg::Create(CreateMsg::Create { user, wish: CreateOptions::default() });
    let effects = stand.send(late(UserName::new("bob")));
    assert!(effects.is_empty() && stand.model.creation().is_none(), "alice is on screen, and bob was meant");
    assert!(create_op(&stand.send(late(alice()))).is_some(), "alice was meant");
}

#[test]
fn create_and_copy_copies_and_create_alone_does_not() {
    for copy in [true, false] {
        let mut stand = Stand::open(false);
        stand.list(&[]);
        let effects = stand.send(Msg::Create(CreateMsg::Create {
            user: alice(),
            wish: CreateOptions { copy, ..CreateOptions::default() },
        }));
        let op = create_op(&effects).expect("a key is asked for");
        let effects = stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
        let copies = effects.iter().any(|effect| matches!(effect, Effect::CopySecret { .. }));
        assert_eq!(copies, copy);
    }
}

#[test]
fn the_description_is_written_after_the_secret_and_its_failure_loses_nothing() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let description = Some(" for backups ".to_owned());
    let effects = stand.send(Msg::Create(CreateMsg::Create {
        user: alice(),
        wish: CreateOptions { description, ..CreateOptions::default() },
    }));
    assert_eq!(effects.len(), 1, "only the key is asked for");
    let op = create_op(&effects).expect("a key is asked for");
    let effects = stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    let written =
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Describe { text, .. }, .. } if text == "for backups"));
    assert!(written, "the tag follows");
    let (session, key) = (stand.session(), KeyId::new("AKIANEW0000000000NEW"));
    let text = "for backups".to_owned();
    stand.send(answers::described(session, alice(), key, text, Err(denied())));
    assert!(stand.model.holds_secret(), "a refused tag takes no secret away");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::NotDescribed { .. })));
}

#[test]
fn the_limit_is_known_before_the_call_and_after_it() {
    let mut stand = Stand::open(false);
    assert_eq!(stand.model.create_block(&alice()), Some(CreateBlock::NotKnown), "no count, no key");
    stand.list(&[key("a", KeyStatus::Active), key("b", KeyStatus::Inactive)]);
    assert_eq!(stand.model.create_block(&alice()), Some(CreateBlock::Limit { count: 2, quota: 2 }));
    assert!(stand.create().is_empty());
    let session = stand.session();
    stand.send(answers::quota(session, Ok(3)));
    let op = create_op(&stand.create()).expect("the account allows three");
    let refusal = Failure::new("iam:CreateAccessKey", Cause::LimitExceeded("no more".into()));
    let effects = stand.send(answered(&stand, op, CreateOutcome::Refused(refusal)));
    assert!(stand.model.creation().is_none(), "nothing was made");
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::ListKeys { .. }, .. })),
        "the list was too old"
    );
    assert!(
        stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::CreateRefused { .. }))
    );
}

#[test]
fn a_lost_answer_is_named_with_its_key() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::ConnectionLost { host: "iam".into() });
    let orphans = vec![KeyId::new("AKIAORPHAN")];
    stand.send(answered(&stand, op, CreateOutcome::Unknown { failure, orphans, listed: true }));
    let found = stand.model.unfinished_here().next().expect("it is told");
    assert_eq!(found.search, Search::Orphans(vec![KeyId::new("AKIAORPHAN")]));
}

#[test]
fn a_task_that_dies_counts_as_a_lost_answer() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let lost = stand.create().first().and_then(Effect::lost).expect("there is an answer");
    stand.send(lost);
    let found = stand.model.unfinished_here().next().expect("it is told");
    assert!(matches!(found.search, Search::NotListed(_)), "and the keys are listed again");
}

#[test]
fn a_second_answer_never_replaces_the_secret_that_is_shown() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    let other = OpId(op.0 + 1000);
    let lost = || Failure::new("iam:CreateAccessKey", Cause::TaskLost);
    let further = [
        (op, CreateOutcome::Made(pair("AKIASECOND00000SECON"))),
        (op, CreateOutcome::Refused(lost())),
        (op, CreateOutcome::Unknown { failure: lost(), orphans: Vec::new(), listed: false }),
        (other, CreateOutcome::Made(pair("AKIAOTHER000000OTHER"))),
        (other, CreateOutcome::Refused(lost())),
    ];
    for (op, outcome) in further {
        stand.send(answered(&stand, op, outcome));
        let shown = stand.shown().expect("the secret is still there");
        assert_eq!(shown.id, KeyId::new("AKIANEW0000000000NEW"), "and it is the first one");
    }
}

#[test]
fn an_answer_to_no_press_of_create_shows_nothing() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    stand.send(Msg::Create(CreateMsg::DiscardSecret));
    stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIALATE0000000LATE0"))));
    assert!(stand.model.creation().is_none(), "the panel was dismissed");
}

#[test]
fn a_refused_description_is_reported_after_switching_accounts() {
    let mut stand = Stand::open(false);
    stand.made();
    let (session, key) = (stand.session(), KeyId::new("AKIANEW0000000000NEW"));
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    let (user, text) = (alice(), "for backups".to_owned());
    stand.send(answers::described(session, user, key, text, Err(denied())));
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::NotDescribed { .. })));
    assert!(stand.model.holds_secret(), "and the secret is still there");
}

#[test]
fn a_slow_copy_of_an_earlier_key_does_not_count_for_this_one() {
    let mut stand = Stand::open(false);
    stand.made();
    // The panel is closed before the clipboard has answered.
    stand.send(Msg::Create(CreateMsg::DiscardSecret));
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("another key is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW00000000NEXT"))));
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until: None }));
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(stand.shown().is_some(), "that was the first key: of this one nobody has the secret");
    stand.send(Msg::Create(CreateMsg::Keep));
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until: None }));
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(stand.shown().is_none(), "now it was copied");
}

#[test]
fn the_journal_learns_the_key_after_the_screen_has_it() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let effects = stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    assert!(stand.shown().is_some());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::NoteCreated { .. })));
}

#[test]
fn a_name_that_the_format_cannot_carry_costs_no_key() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let effects = stand.send(Msg::Refresh);
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ListUsers { load, .. }, .. } = effect else { return None };
        Some(*load)
    });
    let comma = || UserName::new("smith,anna");
    stand.send(page(session, load.expect("users"), vec![user("smith,anna")], None));
    stand.send(Msg::Users(UsersMsg::Select(comma())));
    stand.list(&[]);
    let file = |format| SaveTarget::File { format, path: "/home/a/key".into(), replace: false };
    let wish = |format| CreateOptions { save_to: Some(file(format)), ..CreateOptions::default() };
    let effects = stand.send(Msg::Create(CreateMsg::Create { user: comma(), wish: wish(PairFormat::Csv) }));
    assert!(effects.is_empty() && stand.model.creation().is_none(), "nothing is asked of AWS");
    let refused = |notice: &keyfob::core::Notice| matches!(notice.event, NoticeKind::PlaceRefused { .. });
    assert!(stand.model.notices.iter().any(refused), "and it is said why");
    let effects = stand.send(Msg::Create(CreateMsg::Create { user: comma(), wish: wish(PairFormat::Json) }));
    assert!(matches!(effects[..], [Effect::File(FileRequest::CheckDestination { .. })]));
    assert!(!stand.model.notices.iter().any(refused), "what was said before is over");
}

#[test]
fn a_key_is_made_for_the_user_that_another_page_names() {
    let mut stand = Stand::open(false);
    let (session, bob) = (stand.session(), UserName::new("bob"));
    let create =
        || Msg::Create(CreateMsg::Create { user: UserName::new("bob"), wish: CreateOptions::default() });
    stand.send(Msg::Show(Page::Activity));
    assert_eq!(create_op(&stand.send(create())), None, "it is not known how many there are");
    let effects = stand.send(Msg::Keys(KeysMsg::RelistDue { session, user: bob.clone() }));
    let Some(Call::ListKeys { load, .. }) = effects.iter().find_map(answers::call) else { panic!("no list") };
    stand.send(answers::listed(session, bob.clone(), *load, Ok(Vec::new())));
    assert!(create_op(&stand.send(create())).is_some(), "though alice is picked");
    assert_eq!(stand.model.creation().map(|creation| creation.user()), Some(&bob));
    assert!(matches!(stand.model.create_block(&alice()), Some(CreateBlock::UnderWay(_))), "one at a time");
}
