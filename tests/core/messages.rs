//! Messages are kept, and changes can be undone where possible.

use keyfob::core::{Call, Effect, KeysMsg, Model, Msg, NoticeKind, SettingsMsg};
use keyfob::domain::{KeyId, KeyStatus, Sorting, Table, TablePrefs};

use crate::answers;
use crate::stand::{Stand, alice, denied, key, set_status, status_set};

const KEY: &str = "AKIAXXXX1234";

/// Alice's key with this description.
fn described(text: Option<&str>) -> Stand {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    let session = stand.session();
    let load = loads_descriptions(&stand.send(Msg::Refresh));
    let answer = Ok(text.map(|text| (KeyId::new(KEY), text.to_owned())).into_iter().collect());
    stand.send(answers::descriptions(session, alice(), load, answer));
    stand
}

fn loads_descriptions(effects: &[Effect]) -> u64 {
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ReadDescriptions { load, .. }, .. } = effect else { return None };
        Some(*load)
    });
    load.expect("the descriptions are asked for")
}

fn describe(stand: &mut Stand, text: &str) {
    stand.send(Msg::Keys(KeysMsg::Describe { user: alice(), key: KeyId::new(KEY), text: text.into() }));
}

fn answer(stand: &mut Stand, text: &str) {
    let (session, user, key) = (stand.session(), alice(), KeyId::new(KEY));
    stand.send(answers::described(session, user, key, text.into(), Ok(())));
}

/// The change that *Undo* would make now.
fn undo(stand: &Stand) -> Option<String> {
    let undo = stand.model.notices.iter().find_map(|notice| Model::undo(&notice.event))?;
    let Msg::Keys(KeysMsg::Describe { text, .. }) = undo else { return None };
    Some(text)
}

#[test]
fn a_description_that_was_changed_or_removed_can_be_had_back() {
    for (before, after) in [(Some("nightly"), "daily"), (Some("nightly"), ""), (None, "daily")] {
        let mut stand = described(before);
        describe(&mut stand, after);
        answer(&mut stand, after);
        assert_eq!(undo(&stand).as_deref(), Some(before.unwrap_or_default()), "{before:?} became {after:?}");
    }
}

#[test]
fn what_was_there_before_is_not_guessed() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    describe(&mut stand, "daily");
    answer(&mut stand, "daily");
    assert_eq!(undo(&stand), None, "the descriptions were never read");

    let mut stand = described(Some("nightly"));
    describe(&mut stand, "daily");
    describe(&mut stand, "weekly");
    answer(&mut stand, "daily");
    answer(&mut stand, "weekly");
    assert_eq!(undo(&stand), None, "of two at once nobody knows which came last");
}

#[test]
fn a_description_is_on_its_way_until_it_is_answered() {
    let mut stand = described(Some("nightly"));
    describe(&mut stand, "daily");
    let on_its_way = |stand: &Stand| {
        let open = stand.model.open.as_ref().expect("an account");
        open.pending.describing.get(&KeyId::new(KEY)).map(|sent| sent.text.clone())
    };
    assert_eq!(on_its_way(&stand).as_deref(), Some("daily"));
    let (session, user, key, text) = (stand.session(), alice(), KeyId::new(KEY), "daily".to_owned());
    stand.send(answers::described(session, user, key, text, Err(denied())));
    assert_eq!(on_its_way(&stand), None, "refused: it is as it was");
}

/// The messages kept besides the changes, newest first.
fn told(stand: &Stand) -> Vec<NoticeKind> {
    stand.model.activity.notices().map(|notice| notice.event.clone()).collect()
}

#[test]
fn unsaved_settings_are_reported_once_until_dismissed() {
    let mut stand = Stand::open(false);
    let not_saved = || Msg::Settings(SettingsMsg::NotSaved { reason: "the disk is full".into() });
    stand.send(not_saved());
    stand.send(not_saved());
    let [notice] = stand.model.notices.as_slice() else { panic!("{:?}", stand.model.notices) };
    let notice = notice.id;
    stand.send(Msg::Dismiss(notice));
    stand.send(not_saved());
    assert_eq!(stand.model.notices.len(), 1);
}

#[test]
fn messages_are_kept_unless_a_change_says_the_same() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    let full = NoticeKind::SettingsNotSaved { reason: "the disk is full".into() };
    stand.send(Msg::Settings(SettingsMsg::NotSaved { reason: "the disk is full".into() }));
    stand.send(Msg::Settings(SettingsMsg::NotSaved { reason: "the disk is full".into() }));
    assert_eq!(told(&stand), std::slice::from_ref(&full), "said twice in a row, it is kept once");
    let shown: Vec<_> = stand.model.notices.iter().map(|notice| notice.id).collect();
    for notice in shown {
        stand.send(Msg::Dismiss(notice));
    }
    assert_eq!(told(&stand), std::slice::from_ref(&full), "also when it was dismissed");
    stand.send(set_status(KEY, KeyStatus::Inactive));
    let refused = status_set(&stand, KEY, KeyStatus::Inactive, Err(denied()));
    stand.send(refused);
    assert_eq!(told(&stand), [full], "a refused change is a deed already");
    assert_eq!(stand.model.activity.entries().count(), 1);
}

#[test]
fn a_list_that_could_not_be_read_is_kept() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    let load = stand.send(Msg::Refresh).iter().find_map(|effect| {
        let Effect::Call { call: Call::ListKeys { load, .. }, .. } = effect else { return None };
        Some(*load)
    });
    let (session, user) = (stand.session(), alice());
    let answer = Err(denied());
    let load = load.expect("the keys are asked for");
    stand.send(answers::listed(session, user, load, answer));
    assert_eq!(told(&stand), [NoticeKind::NotRead { user: Some(alice()), failure: denied() }]);
    assert!(stand.model.notices.is_empty(), "the page itself tells it while it is so");
}

#[test]
fn a_page_is_opened_and_its_failure_names_the_address() {
    let mut stand = Stand::open(false);
    let url = "https://example.com/".to_owned();
    let effects = stand.send(Msg::OpenPage { url: url.clone() });
    assert!(matches!(&effects[..], [Effect::OpenPage { url: opened }] if *opened == url));
    stand.send(Msg::PageNotOpened { url: url.clone(), reason: "no browser".into() });
    let failed = NoticeKind::PageNotOpened { url: url.clone(), reason: "no browser".into() };
    assert!(stand.model.notices.iter().any(|notice| notice.event == failed));
    stand.send(Msg::OpenPage { url });
    assert!(stand.model.notices.is_empty(), "it is tried again");
    assert_eq!(told(&stand), [failed], "and remembered");
}

#[test]
fn table_preferences_are_saved_when_set() {
    let mut stand = Stand::open(false);
    let sort = Some(Sorting { by: "age".into(), backwards: true });
    let prefs = TablePrefs { sort, ..TablePrefs::default() };
    let effects = stand.send(Msg::Settings(SettingsMsg::Table { table: Table::Keys, prefs: prefs.clone() }));
    assert!(matches!(&effects[..], [Effect::Save(settings)] if settings.tables.keys == prefs));
}
