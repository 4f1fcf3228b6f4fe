//! Finding the owner of a key.

use keyfob::core::{Call, Effect, FindMsg, KeyLocation, Msg, Page, SessionId, StartMsg};
use keyfob::domain::{
    Account, Cause, Endpoint, EndpointSource, Failure, KeyId, KeyStatus, SignInChoice, UserName,
};

use crate::answers;
use crate::stand::{Stand, account, alice, key, open, sign_in_of};

/// Contains the account 171436882533.
const ELSEWHERE: &str = "AKIASP2TPHJSQH3FJXYZ";
/// An old id, which contains no account.
const OLD: &str = "AKIAIOSFODNN7EXAMPLE";

fn look_up(stand: &mut Stand, id: &str) -> Vec<Effect> {
    stand.send(Msg::Find(FindMsg::LookUp(KeyId::new(id))))
}

fn load_of(effects: &[Effect]) -> u64 {
    match effects {
        [Effect::Call { call: Call::FindOwner { load, .. }, .. }] => *load,
        _ => panic!("AWS is asked once"),
    }
}

fn owner(session: SessionId, load: u64, answer: Result<Option<UserName>, Failure>) -> Msg {
    answers::owner(session, load, KeyId::new(OLD), answer)
}

fn whereabouts(stand: &Stand, id: &str) -> KeyLocation {
    stand.model.whereabouts(&KeyId::new(id))
}

fn at(endpoint: Endpoint, id: &str) -> Stand {
    let mut stand = Stand::new();
    let session = sign_in_of(&stand.send(open(SignInChoice::Environment, false)));
    let account = Account { endpoint, id: id.into(), ..account() };
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }));
    stand
}

#[test]
fn a_key_of_a_list_is_found_without_asking() {
    let mut stand = Stand::open(false);
    stand.list(&[key(OLD, KeyStatus::Active)]);
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::Here(alice()));
    assert!(look_up(&mut stand, OLD).is_empty());
}

#[test]
fn the_account_in_an_id_is_shown_without_a_request() {
    let mut stand = Stand::open(false);
    assert_eq!(whereabouts(&stand, ELSEWHERE), KeyLocation::Elsewhere("171436882533".into()));
    assert!(look_up(&mut stand, ELSEWHERE).is_empty());
    let temporary = "ASIAY34FZKBOKMUTVV7A";
    assert_eq!(whereabouts(&stand, temporary), KeyLocation::Temporary(Some("609629065308".into())));
    assert!(look_up(&mut stand, temporary).is_empty());
}

#[test]
fn a_key_of_this_account_is_looked_up() {
    let mut stand = at(Endpoint::Aws("iam.amazonaws.com".into()), "171436882533");
    assert_eq!(whereabouts(&stand, ELSEWHERE), KeyLocation::NotKnown, "it is of this account");
    load_of(&look_up(&mut stand, ELSEWHERE));
    assert_eq!(whereabouts(&stand, ELSEWHERE), KeyLocation::Looking);
}

#[test]
fn what_another_server_writes_into_its_ids_means_nothing() {
    let endpoint =
        Endpoint::Override { url: "http://127.0.0.1:9".into(), source: EndpointSource::CommandLine };
    let mut stand = at(endpoint, "123456789012");
    assert_eq!(whereabouts(&stand, ELSEWHERE), KeyLocation::NotKnown);
    load_of(&look_up(&mut stand, ELSEWHERE));
}

#[test]
fn aws_is_asked_for_the_owner_once() {
    let mut stand = Stand::open(false);
    let load = load_of(&look_up(&mut stand, OLD));
    assert!(look_up(&mut stand, OLD).is_empty(), "it is under way");
    let session = stand.session();
    stand.send(owner(session, load + 1, Ok(Some(alice()))));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::Looking, "that was no answer to this");
    stand.send(owner(session, load, Ok(Some(UserName::new("bob")))));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::Here(UserName::new("bob")));
    assert!(look_up(&mut stand, OLD).is_empty(), "it is known");
}

#[test]
fn a_failure_is_shown_and_can_be_retried() {
    let mut stand = Stand::open(false);
    let load = load_of(&look_up(&mut stand, OLD));
    let failure = Failure::new("iam:GetAccessKeyLastUsed", Cause::Denied(Default::default()));
    let session = stand.session();
    stand.send(owner(session, load, Err(failure.clone())));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::Failed(failure));
    let load = load_of(&look_up(&mut stand, OLD));
    stand.send(owner(session, load, Ok(None)));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::NoUser);
}

#[test]
fn an_owner_of_another_account_is_dropped() {
    let mut stand = Stand::open(false);
    let (session, load) = (stand.session(), load_of(&look_up(&mut stand, OLD)));
    let next = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(next);
    stand.send(owner(session, load, Ok(Some(alice()))));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::NotKnown);
    load_of(&look_up(&mut stand, OLD));
    stand.send(owner(session, load, Ok(Some(alice()))));
    assert_eq!(whereabouts(&stand, OLD), KeyLocation::Looking, "the answer of this account is awaited");
}

#[test]
fn going_to_a_key_shows_its_user() {
    let mut stand = Stand::open(false);
    stand.send(Msg::Show(Page::Activity));
    let bob = UserName::new("bob");
    let id = KeyId::new(OLD);
    stand.send(Msg::Find(FindMsg::OpenAccount { user: bob.clone(), key: Some(id.clone()) }));
    assert_eq!(stand.model.page, Page::Keys);
    let selected_user = stand.model.open.as_ref().and_then(|open| open.selected_user().cloned());
    assert_eq!(selected_user, Some(bob.clone()));
    assert_eq!(stand.model.find.reveal, Some((bob, id)), "until it is listed and selected");
    stand.send(Msg::Find(FindMsg::Revealed));
    assert_eq!(stand.model.find.reveal, None);
}

#[test]
fn another_account_begins_with_its_keys() {
    let mut stand = Stand::open(false);
    stand.send(Msg::Show(Page::Activity));
    let next = stand.ask_to_open(SignInChoice::Environment);
    assert_eq!(stand.model.page, Page::Activity, "as long as nothing has changed");
    stand.signed_in(next);
    assert_eq!(stand.model.page, Page::Keys);
}
