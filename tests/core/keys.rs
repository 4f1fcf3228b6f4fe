//! Descriptions of keys, and the messages about changes.

use std::collections::BTreeMap;

use keyfob::core::{Call, CreateOutcome, Effect, KeysMsg, Model, Msg, NoticeKind};
use keyfob::domain::{KeyId, KeyStatus, SignInChoice};

use crate::answers;
use crate::stand::{Stand, alice, answered, create_op, denied, key};

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<KeyId, String> {
    pairs.iter().map(|(id, text)| (KeyId::new(*id), (*text).to_owned())).collect()
}

/// Requests the descriptions of the selected user, and returns the response to send.
fn descriptions(stand: &mut Stand, pairs: &[(&str, &str)]) -> Msg {
    let effects = stand.send(Msg::Refresh);
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ReadDescriptions { load, .. }, .. } = effect else { return None };
        Some(*load)
    });
    let (session, load) = (stand.session(), load.expect("the descriptions are asked for"));
    answers::descriptions(session, alice(), load, Ok(texts(pairs)))
}

fn describe(text: &str) -> Msg {
    Msg::Keys(KeysMsg::Describe { user: alice(), key: KeyId::new("a"), text: text.to_owned() })
}

fn described(stand: &Stand, text: &str) -> Msg {
    let session = stand.session();
    answers::described(session, alice(), KeyId::new("a"), text.to_owned(), Ok(()))
}

fn description(stand: &Stand, id: &str) -> Option<String> {
    let known = stand.model.open.as_ref()?.keys_of(&alice())?;
    known.description(&KeyId::new(id)).map(str::to_owned)
}

#[test]
fn an_answer_that_was_asked_before_does_not_undo_a_description() {
    let mut stand = Stand::open(false);
    let before = descriptions(&mut stand, &[("a", "old"), ("b", "other")]);
    stand.send(describe("new"));
    let answer = described(&stand, "new");
    stand.send(answer);
    stand.send(before);
    assert_eq!(description(&stand, "a").as_deref(), Some("new"));
    assert_eq!(description(&stand, "b").as_deref(), Some("other"));
    let answer = described(&stand, "");
    stand.send(answer);
    let lagging = descriptions(&mut stand, &[("a", "new")]);
    stand.send(lagging);
    assert_eq!(description(&stand, "a"), None, "it was removed");
    stand.wait(31);
    let answer = descriptions(&mut stand, &[("a", "by somebody else")]);
    stand.send(answer);
    assert_eq!(description(&stand, "a").as_deref(), Some("by somebody else"));
}

#[test]
fn a_description_that_is_written_does_not_make_the_others_look_as_if_there_were_none() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active), key("b", KeyStatus::Inactive)]);
    let answer = described(&stand, "new");
    stand.send(answer);
    let unknown = |stand: &Stand| {
        let known = stand.model.open.as_ref().and_then(|open| open.keys_of(&alice()));
        known.is_some_and(|known| known.descriptions.value.is_none())
    };
    assert!(unknown(&stand), "those of the other keys are not known");
    let (session, key) = (stand.session(), KeyId::new("b"));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: key.clone() }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "b".into() }));
    let effects = stand.send(answers::deleted(session, alice(), key, Ok(())));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Undescribe { .. }, .. })),
        "so b may have one"
    );
}

#[test]
fn what_iam_does_not_take_is_not_sent() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    assert!(stand.send(describe("R&D")).is_empty());
    assert!(stand.send(describe(&"x".repeat(257))).is_empty());
    assert!(matches!(
        stand.send(describe(" backup "))[..],
        [Effect::Call { call: Call::Describe { .. }, .. }]
    ));
}

#[test]
fn results_of_an_earlier_account_are_reported_with_its_session() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let first = stand.session();
    let second = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(second);
    stand.send(answered(&stand, op, CreateOutcome::Refused(denied())));
    let (user, key) = (alice(), KeyId::new("a"));
    stand.send(answers::undescribed(first, user, key, Err(denied())));
    let (user, key, text) = (alice(), KeyId::new("b"), "text".to_owned());
    stand.send(answers::described(first, user, key, text, Err(denied())));
    let sessions: Vec<_> = stand.model.notices.iter().map(|notice| notice.session).collect();
    assert_eq!(sessions, [Some(first); 3]);
    assert!(stand.model.account_of(first).is_some(), "and the account can still be named");
}

#[test]
fn a_refused_description_is_tried_again_with_its_text() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(describe("backup"));
    let (session, user, key, text) = (stand.session(), alice(), KeyId::new("a"), "backup".to_owned());
    stand.send(answers::described(session, user, key, text, Err(denied())));
    let event = stand.model.notices.first().expect("it is told").event.clone();
    assert!(matches!(event, NoticeKind::NotDescribed { .. }));
    let effects = stand.send(Model::retry(&event).expect("it can be tried again"));
    assert!(
        matches!(&effects[..], [Effect::Call { call: Call::Describe { text, .. }, .. }] if text == "backup")
    );
    assert!(stand.model.notices.is_empty(), "it is being tried again");
}
