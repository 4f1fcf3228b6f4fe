//! The users of the account.

use std::collections::BTreeMap;

use keyfob::core::{Effect, KeysMsg, Msg, UsersMsg};
use keyfob::domain::{SignInChoice, UserName};

use crate::stand::{Stand, page, user};

#[test]
fn pages_of_users_are_shown_as_they_arrive() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let effects = stand.signed_in(session);
    let load = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::ListUsers { load, .. } => Some(*load),
            _ => None,
        })
        .expect("the users are asked for");
    let effects = stand.send(page(session, load, vec![user("Zoe"), user("adam")], Some("2")));
    assert!(matches!(&effects[..], [Effect::ListUsers { marker: Some(marker), .. }] if marker == "2"));
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
    let Some(Effect::ListKeys { session, user, load, paced: true }) = effects.into_iter().next() else {
        panic!("a paced list is asked for")
    };
    let next = stand.send(Msg::Keys(KeysMsg::Listed { session, user, load, answer: Ok(vec![]) }));
    assert_eq!(next.len(), 1, "each answer makes room for one more");
}

#[test]
fn the_last_user_is_remembered() {
    let mut stand = Stand::open(false);
    stand.send(Msg::Users(UsersMsg::Pick(UserName::new("bob"))));
    let expected = BTreeMap::from([("123456789012".to_owned(), UserName::new("bob"))]);
    assert_eq!(stand.model.settings.last_user, expected);
}
