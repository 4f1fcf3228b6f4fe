//! Ids in the form of AWS's, but never valid on AWS.

use std::iter;

use fastrand::Rng;

/// The alphabet of ids.
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The prefix of every key id of this account.
///
/// The letters after `AKIA` encode the account id, so all ids of an account share them. These encode a number above
/// 999,999,999,999, which no account can have, so AWS never issues an id created here.
const KEY_PREFIX: &str = "AKIA7M5XQ2VD";

/// An access key id, 20 characters.
pub(super) fn key(rng: &mut Rng) -> String {
    format!("{KEY_PREFIX}{}", letters(rng, BASE32, 8))
}

/// The unique id of a user, 21 characters.
pub(super) fn user(rng: &mut Rng) -> String {
    format!("AIDA7M5XQ2VD{}", letters(rng, BASE32, 9))
}

/// A secret access key, 40 characters.
///
/// A plain random generator is enough: no AWS account accepts the secret, and this one checks no signatures.
pub(super) fn secret() -> String {
    letters(&mut Rng::new(), BASE64, 40)
}

/// A request id, in the form of a UUID.
pub(super) fn request(rng: &mut Rng) -> String {
    let mut part = |length| letters(rng, b"0123456789abcdef", length);
    [part(8), part(4), part(4), part(4), part(12)].join("-")
}

fn letters(rng: &mut Rng, alphabet: &[u8], length: usize) -> String {
    let letter = || rng.choice(alphabet).map(|&byte| char::from(byte));
    iter::repeat_with(letter).take(length).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The account id is 40 bits of a key id, starting with the second bit after `AKIA`.
    fn account_of(key_id: &str) -> u64 {
        let digit = |byte| BASE32.iter().position(|&letter| letter == byte).expect("base 32") as u64;
        let bits = key_id.bytes().skip(4).take(9).fold(0, |sum, byte| sum << 5 | digit(byte));
        bits >> 4 & ((1 << 40) - 1)
    }

    #[test]
    fn key_ids_look_real_and_belong_to_no_account() {
        let mut rng = Rng::with_seed(1);
        for _ in 0..1000 {
            let id = key(&mut rng);
            assert_eq!(id.len(), 20, "{id}");
            assert!(id.starts_with("AKIA"), "{id}");
            assert!(id.bytes().skip(4).all(|byte| BASE32.contains(&byte)), "{id}");
            assert!(account_of(&id) > 999_999_999_999, "{id} could be of account {}", account_of(&id));
        }
    }

    #[test]
    fn the_account_is_read_as_aws_writes_it() {
        // The published example of this decoding: https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
        assert_eq!(account_of("AKIASP2TPHJSQH3FJXYZ"), 171_436_882_533, "the published example");
    }

    #[test]
    fn secrets_are_forty_letters_and_differ() {
        let (one, other) = (secret(), secret());
        assert_eq!(one.len(), 40, "length");
        assert!(one.bytes().all(|byte| BASE64.contains(&byte)), "letters");
        assert_ne!(one, other, "two secrets");
    }
}
