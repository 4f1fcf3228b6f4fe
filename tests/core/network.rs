//! How AWS is reached is set for the next sign-in.

use keyfob::core::{Effect, Msg};
use keyfob::domain::{Network, SignInChoice};

use crate::stand::{Stand, open};

fn proxy(url: &str) -> Network {
    Network { proxy: url.to_owned(), ..Network::default() }
}

#[test]
fn the_next_sign_in_takes_what_was_set() {
    let mut stand = Stand::open(false);
    let (session, network) = (stand.session(), proxy("http://proxy.acme.example:8080"));
    let effects = stand.send(Msg::SetNetwork(network.clone()));
    assert!(
        matches!(&effects[..], [Effect::Save(settings)] if settings.network == network),
        "it is remembered"
    );
    assert_eq!(stand.session(), session, "the account that is open stays open");
    let effects = stand.send(open(SignInChoice::Environment, false));
    assert!(matches!(&effects[..], [Effect::SignIn { network: taken, .. }] if **taken == network));
}

#[test]
fn what_cannot_be_used_is_not_kept() {
    let mut stand = Stand::new();
    for bad in ["socks5://127.0.0.1:1080", "http://anna:secret@proxy.acme.example:8080"] {
        assert!(stand.send(Msg::SetNetwork(proxy(bad))).is_empty(), "{bad} is not written");
        assert_eq!(stand.model.settings.network, Network::default(), "{bad}");
    }
}
