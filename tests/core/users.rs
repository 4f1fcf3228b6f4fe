//! The users of the account.

use keyfob::core::{Call, Effect, Msg, SessionId, UsersMsg};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus, LastUse, SignInChoice, User, UserName};

use crate::answers;
use crate::stand::{Stand, account, alice, denied, key, page, user};

#[test]
fn pages_of_users_are_shown_as_they_arrive() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let effects = stand.signed_in(session);
    let load = effects
        .iter()
        .find_map(|effect| {
            let Effect::Call { call: Call::ListUsers { load, .. }, .. } = effect else { return None };
            Some(*load)
        })
        .expect("the users are asked for");
    let effects = stand.send(page(session, load, vec![user("Zoe"), user("adam")], Some("2")));
    assert!(
        matches!(&effects[..], [Effect::Call { call: Call::ListUsers { marker: Some(marker), .. }, .. }] if marker == "2")
    );
    let names = |stand: &Stand| -> Vec<String> {
        let open = stand.model.open.as_ref().expect("an account is open");
        open.users.all().iter().map(|user| user.name.to_string()).collect()
    };
    assert_eq!(names(&stand), ["adam", "Zoe"], "sorted whatever the case");
    stand.send(page(session, load, vec![user("mia")], None));
    assert_eq!(names(&stand), ["adam", "mia", "Zoe"]);
}

#[test]
fn the_keys_of_four_visible_users_are_counted_at_once() {
    let mut stand = Stand::open(false);
    let many: Vec<UserName> = (0..10).map(|number| UserName::new(format!("user-{number}"))).collect();
    let effects = stand.send(Msg::Users(UsersMsg::InView(many)));
    assert_eq!(effects.len(), 4, "not more than four");
    let Some(Effect::Call { session, call: Call::ListKeys { user, load, paced: true } }) =
        effects.into_iter().next()
    else {
        panic!("a paced list is asked for")
    };
    let next = stand.send(answers::listed(session, user, load, Ok(vec![])));
    assert_eq!(next.len(), 1, "each answer makes room for one more");
}

#[test]
fn the_last_user_is_remembered() {
    let mut stand = Stand::open(false);
    stand.send(Msg::Users(UsersMsg::Select(UserName::new("bob"))));
    assert_eq!(stand.model.settings.last_user(&account()), Some(&UserName::new("bob")));
}

fn pick(name: &str) -> Msg {
    Msg::Users(UsersMsg::Select(UserName::new(name)))
}

fn selected_user(stand: &Stand) -> Option<String> {
    stand.model.open.as_ref()?.selected_user().map(ToString::to_string)
}

/// Requests the users, and returns the pending load.
fn ask_for_users(stand: &mut Stand) -> u64 {
    let effects = stand.send(Msg::Refresh);
    effects
        .iter()
        .find_map(|effect| {
            let Effect::Call { call: Call::ListUsers { load, .. }, .. } = effect else { return None };
            Some(*load)
        })
        .expect("the users are asked for")
}

fn failed(session: SessionId, load: u64) -> Msg {
    let answer = Err(Failure::new("iam:ListUsers", Cause::Throttled));
    answers::users(session, load, answer)
}

#[test]
fn arrows_through_many_users_load_only_where_they_stay() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = ask_for_users(&mut stand);
    let many: Vec<User> =
        (0..10).map(|number| user(&format!("user-{number}"))).chain([user("alice")]).collect();
    stand.send(page(session, load, many, None));
    stand.wait(1);
    assert!(!stand.send(pick("user-0")).is_empty(), "a single pick does not wait");
    let mut waits = Vec::new();
    for number in 1..10 {
        let effects = stand.send(pick(&format!("user-{number}")));
        let [Effect::DebounceSelection { session, pick, .. }] = effects[..] else {
            panic!("it is not waited")
        };
        waits.push(Msg::Users(UsersMsg::SelectionSettled { session, pick }));
        assert_eq!(selected_user(&stand), Some(format!("user-{number}")), "it is shown at once");
    }
    let effects: Vec<Effect> = waits.into_iter().flat_map(|msg| stand.send(msg)).collect();
    let lists = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Call { call: Call::ListKeys { .. }, .. }))
        .count();
    let saves = effects.iter().filter(|effect| matches!(effect, Effect::Save(_))).count();
    assert_eq!((lists, saves), (1, 1), "for the last one alone");
    assert!(stand.model.settings.last_user.values().any(|name| name.as_str() == "user-9"));
}

#[test]
fn a_refresh_counts_again_what_is_in_view() {
    let mut stand = Stand::open(false);
    let bob = || UserName::new("bob");
    let counts = |effects: &[Effect]| {
        effects.iter().find_map(|effect| {
            let Effect::Call { call: Call::ListKeys { user, load, paced: true, .. }, .. } = effect else {
                return None;
            };
            (*user == bob()).then_some(*load)
        })
    };
    let session = stand.session();
    let listed = |load, answer| answers::listed(session, bob(), load, answer);
    let load = counts(&stand.send(Msg::Users(UsersMsg::InView(vec![bob()])))).expect("bob is counted");
    stand.send(listed(load, Err(Failure::new("iam:ListAccessKeys", Cause::Throttled))));
    let load =
        counts(&stand.send(Msg::Users(UsersMsg::InView(vec![bob()])))).expect("throttled: tried again");
    stand.send(listed(load, Err(denied())));
    assert!(counts(&stand.send(Msg::Users(UsersMsg::InView(vec![bob()])))).is_none(), "a denial lasts");
    let load = counts(&stand.send(Msg::Refresh)).expect("but not over a refresh");
    stand.send(listed(load, Ok(vec![])));
    assert!(counts(&stand.send(Msg::Users(UsersMsg::InView(vec![bob()])))).is_none(), "it is known");
    assert!(counts(&stand.send(Msg::Refresh)).is_some(), "and counted again on a refresh");
}

#[test]
fn a_refresh_reads_again_what_the_marks_are_made_of() {
    let mut stand = Stand::open(false);
    let key = || key("a", KeyStatus::Active);
    let effects = stand.list(&[key()]);
    let reads = |effects: &[Effect]| {
        effects.iter().find_map(|effect| {
            let Effect::Call { call: Call::ReadLastUse { load, .. }, .. } = effect else { return None };
            Some(*load)
        })
    };
    let (session, load) = (stand.session(), reads(&effects).expect("the last use of alice's key"));
    let (user, id) = (alice(), KeyId::new("a"));
    stand.send(answers::last_use(session, user, id, load, Ok(LastUse::Never)));
    stand.send(Msg::Users(UsersMsg::InView(vec![alice()])));
    stand.send(pick("bob"));
    let effects = stand.send(Msg::Refresh);
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ListKeys { user, load, .. }, .. } = effect else { return None };
        (*user == alice()).then_some(*load)
    });
    let (user, load) = (alice(), load.expect("alice is counted again"));
    let answer = Ok(vec![key()]);
    let effects = stand.send(answers::listed(session, user, load, answer));
    assert!(reads(&effects).is_some(), "her mark must not be of yesterday");
}

#[test]
fn a_list_of_users_that_failed_half_way_says_so_and_keeps_what_it_has() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    stand.signed_in(session);
    let count = |stand: &Stand| stand.model.open.as_ref().map_or(0, |open| open.users.all().len());
    let partial = |stand: &Stand| stand.model.open.as_ref().is_some_and(|open| open.users.is_partial());
    let load = ask_for_users(&mut stand);
    stand.send(page(session, load, vec![user("a"), user("b")], Some("2")));
    stand.send(page(session, load, vec![user("c")], Some("3")));
    stand.send(failed(session, load));
    assert!(partial(&stand), "there may be more");
    let load = ask_for_users(&mut stand);
    stand.send(page(session, load, vec![user("a"), user("b")], Some("2")));
    assert_eq!(count(&stand), 3, "the longer list stays while it is tried again");
    stand.send(page(session, load, vec![user("c"), user("d")], None));
    assert_eq!(count(&stand), 4);
    assert!(!partial(&stand), "that is all");
}

#[test]
fn a_picked_user_that_was_deleted_elsewhere_leaves_nobody_picked() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    stand.send(pick("bob"));
    let load = ask_for_users(&mut stand);
    stand.send(page(session, load, vec![user("alice")], None));
    assert_eq!(selected_user(&stand), None, "nobody takes the place of bob");
    let vanished = |stand: &Stand| stand.model.open.as_ref().and_then(|open| open.selection.vanished.clone());
    assert_eq!(vanished(&stand), Some(UserName::new("bob")));
    stand.send(pick("alice"));
    assert_eq!(vanished(&stand), None);
}

#[test]
fn a_key_list_makes_the_picker_search_again() {
    let mut stand = Stand::open(false);
    let lists = |stand: &Stand| stand.model.open.as_ref().map(|open| open.keys.ids_revision);
    stand.list(&[]);
    let before = lists(&stand);
    stand.list(&[key("AKIANEW", KeyStatus::Active)]);
    assert_ne!(lists(&stand), before);
}

#[test]
fn a_list_of_users_whose_marker_repeats_ends_and_says_so() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let effects = stand.signed_in(session);
    let load = effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::ListUsers { load, .. }, .. } => Some(*load),
        _ => None,
    });
    let load = load.expect("the users are asked for");
    let both = || vec![user("bob"), user("BOB")];
    stand.send(page(session, load, both(), Some("m")));
    let effects = stand.send(page(session, load, both(), Some("m")));
    assert!(effects.is_empty(), "nothing is asked any more");
    let users = &stand.model.open.as_ref().expect("an account is open").users;
    assert_eq!(users.all().len(), 2, "each once, and names that differ in case are different users");
    let failure = users.list.failure().map(|(failure, _)| failure.cause.clone());
    assert_eq!(failure, Some(Cause::Paging(keyfob::domain::PagingFault::MarkerRepeated)));
}
