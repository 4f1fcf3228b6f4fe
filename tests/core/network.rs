//! Network settings take effect at the next sign-in.

use keyfob::core::{Effect, Msg, NetworkMsg};
use keyfob::domain::{CaProblem, Network};

use crate::stand::Stand;

fn proxy(url: &str) -> Network {
    Network { proxy: url.to_owned(), ..Network::default() }
}

fn set(stand: &mut Stand, network: &Network) -> Vec<Effect> {
    stand.send(Msg::Network(NetworkMsg::Set(network.clone())))
}

#[test]
fn the_next_sign_in_takes_what_was_set() {
    let mut stand = Stand::open(false);
    let (session, network) = (stand.session(), proxy("http://proxy.acme.example:8080"));
    let effects = set(&mut stand, &network);
    let [Effect::Save(settings), Effect::UseNetwork(used)] = &effects[..] else { panic!("it is not set") };
    assert_eq!((&settings.network, &**used), (&network, &network));
    assert_eq!(stand.session(), session, "the account that is open stays open");
}

#[test]
fn a_proxy_that_cannot_be_used_is_not_kept() {
    let mut stand = Stand::new();
    for bad in ["socks5://127.0.0.1:1080", "http://anna:secret@proxy.acme.example:8080"] {
        assert!(set(&mut stand, &proxy(bad)).is_empty(), "{bad} is not written");
        assert_eq!(stand.model.settings.network, Network::default(), "{bad}");
    }
}

#[test]
fn a_ca_file_is_kept_once_it_was_read() {
    let mut stand = Stand::new();
    let network = Network { ca_file: "ca.pem".into(), ..Network::default() };
    assert!(set(&mut stand, &network).is_empty(), "nobody has looked at it");
    let prefs = |file: &str| Msg::Network(NetworkMsg::CheckCaFile(file.to_owned()));
    let answer =
        |file: &str, answer| Msg::Network(NetworkMsg::CaFileChecked { file: file.to_owned(), answer });
    let effects = stand.send(prefs("ca.pem"));
    assert!(matches!(&effects[..], [Effect::CheckCaFile { file }] if file == "ca.pem"));
    assert!(set(&mut stand, &network).is_empty(), "it is being read");
    stand.send(answer("ca.pe", Ok(())));
    assert!(set(&mut stand, &network).is_empty(), "that was about what stood there before");
    stand.send(answer("ca.pem", Err(CaProblem::Folder)));
    assert!(set(&mut stand, &network).is_empty(), "it cannot be used");
    stand.send(prefs("ca.pem"));
    stand.send(answer("ca.pem", Ok(())));
    assert!(matches!(set(&mut stand, &network)[..], [Effect::Save(_), Effect::UseNetwork(_)]));
    assert_eq!(stand.model.settings.network, network);
    assert!(stand.send(prefs("")).is_empty(), "no file, nothing to read");
}
