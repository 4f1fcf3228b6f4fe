//! Finds access key ids in text, and reads the account from an id.

use super::KeyId;

/// An AWS key id: a prefix of four letters, then 16 characters of the base 32 alphabet.
const LENGTH: usize = 20;
const LONG_TERM: &str = "AKIA";
const TEMPORARY: &str = "ASIA";

/// The text may be an entire log: ids beyond what a person can read are ignored.
const MOST: usize = 4;

/// The highest account id.
const LAST_ACCOUNT: u64 = 999_999_999_999;

impl KeyId {
    /// The AWS key ids in a text, in order and without duplicates.
    ///
    /// Ids inside longer words do not count: those are other identifiers, or damaged ids.
    pub fn all_in(text: &str) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for (at, _) in text.match_indices('A') {
            let Some((before, rest)) = text.split_at_checked(at) else { continue };
            let Some((word, after)) = rest.split_at_checked(LENGTH) else { continue };
            let stands_alone = begins_after(before) && !after.starts_with(is_word);
            if stands_alone && is_aws(word) && !found.iter().any(|known| known.as_str() == word) {
                found.push(Self::new(word));
            }
            if found.len() == MOST {
                break;
            }
        }
        found
    }

    /// The account that AWS encodes in the id, 12 digits.
    ///
    /// `None` for older ids, which do not contain it, and for those of other servers.
    pub fn account(&self) -> Option<String> {
        if !is_aws(self.as_str()) {
            return None;
        }
        // Ten letters of five bits: 48 bits that include the account, and two more.
        let letters = self.as_str().bytes().skip(LONG_TERM.len()).take(10);
        let bits = letters.map(digit).try_fold(0_u64, |sum, digit| Some(sum << 5 | digit?))? >> 2;
        // The first bit distinguishes ids with an account from those without.
        let has_account = bits >> 47 == 1;
        let number = (bits & 0x7FFF_FFFF_FF80) >> 7;
        (has_account && number <= LAST_ACCOUNT).then(|| format!("{number:012}"))
    }

    /// True for keys of sessions: no user owns them, and they expire.
    pub fn is_temporary(&self) -> bool {
        is_aws(self.as_str()) && self.as_str().starts_with(TEMPORARY)
    }
}

fn is_aws(word: &str) -> bool {
    let prefixed = word.starts_with(LONG_TERM) || word.starts_with(TEMPORARY);
    word.len() == LENGTH && prefixed && word.bytes().all(|letter| digit(letter).is_some())
}

/// The value of a letter in base 32 (RFC 4648).
fn digit(letter: u8) -> Option<u64> {
    match letter {
        b'A'..=b'Z' => Some(u64::from(letter - b'A')),
        b'2'..=b'7' => Some(u64::from(letter - b'2' + 26)),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A word may begin here: after any character that is not part of a word, or after the escape of one in a URL (`%3D`) or
/// JSON string (`\n`).
fn begins_after(before: &str) -> bool {
    let mut back = before.chars().rev();
    match (back.next(), back.next(), back.next()) {
        (Some('n' | 'r' | 't'), Some('\\'), _) => true,
        (Some(low), Some(high), Some('%')) if low.is_ascii_hexdigit() && high.is_ascii_hexdigit() => true,
        (last, _, _) => !last.is_some_and(is_word),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";

    fn found(text: &str) -> Vec<String> {
        KeyId::all_in(text).iter().map(ToString::to_string).collect()
    }

    fn account(id: &str) -> Option<String> {
        KeyId::new(id).account()
    }

    #[test]
    fn the_account_is_read_as_published() {
        // https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489, and two of later articles.
        assert_eq!(account("AKIASP2TPHJSQH3FJXYZ").as_deref(), Some("171436882533"));
        assert_eq!(account("ASIAY34FZKBOKMUTVV7A").as_deref(), Some("609629065308"));
        assert_eq!(account("AKIAVCODYLSA53PQK4ZA").as_deref(), Some("348839763073"));
    }

    #[test]
    fn old_ids_and_those_of_other_servers_hold_no_account() {
        for id in
            [ID, "AKIAJ2EXAMPLE3EXAMPL", "AKIAPZZZZZZZZZZZZZZZ", "", "AKIA", "AIDASP2TPHJSQH3FJXYZ", "ключ"]
        {
            assert_eq!(account(id), None, "{id}");
        }
        assert_eq!(account("AKIA7M5XQ2VDABCDEFGH"), None, "a number that no account can have");
    }

    #[test]
    fn an_id_is_found_wherever_it_was_pasted_from() {
        for text in [
            ID.to_owned(),
            format!("  {ID}\n"),
            format!("export AWS_ACCESS_KEY_ID={ID}"),
            format!("aws_access_key_id = {ID}\naws_secret_access_key = x"),
            format!("{{\"AccessKeyId\":\"{ID}\"}}"),
            format!("\"user\\n{ID}\\nmore\""),
            format!("https://b.s3.amazonaws.com/?X-Amz-Credential={ID}%2F20261124%2Fus-east-1"),
            format!("redirect%3FX-Amz-Credential%3D{ID}%252F20261124"),
            format!("Авторизация:{ID}。"),
        ] {
            assert_eq!(found(&text), [ID], "in {text}");
        }
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_id() {
        for text in [
            format!("X{ID}"),
            format!("{ID}X"),
            format!("_{ID}"),
            format!("é{ID}"),
            format!("{ID}ä"),
            ID.to_lowercase(),
            ID.replace('7', "1"),
            ID.chars().take(19).collect(),
            "AKIA".to_owned(),
        ] {
            assert!(found(&text).is_empty(), "in {text}: {:?}", found(&text));
        }
    }

    #[test]
    fn several_are_found_in_their_order_and_each_once() {
        let other = "ASIAY34FZKBOKMUTVV7A";
        assert_eq!(found(&format!("{ID},{other};{ID}")), [ID, other]);
        assert!(KeyId::new(other).is_temporary());
        assert!(!KeyId::new(ID).is_temporary());
    }

    proptest! {
        #[test]
        fn what_is_written_into_an_id_is_read_from_it(
            number in 0..=LAST_ACCOUNT, low in 0..128_u64, rest in "[A-Z2-7]{6}", prefix in "AKIA|ASIA",
        ) {
            let alphabet: Vec<char> = ('A'..='Z').chain('2'..='7').collect();
            let bits = ((1 << 47) | number << 7 | low) << 2;
            let letters: String = (0..10).rev().map(|at| alphabet[(bits >> (5 * at) & 31) as usize]).collect();
            prop_assert_eq!(account(&format!("{prefix}{letters}{rest}")), Some(format!("{number:012}")));
        }

        #[test]
        fn hostile_text_does_no_harm(text in any::<String>()) {
            for id in KeyId::all_in(&text) {
                prop_assert!(text.contains(id.as_str()) && id.as_str().len() == LENGTH);
            }
        }

        #[test]
        fn nor_does_text_that_nearly_holds_one(text in "([AKISZ27_%é\\\\n=]|AKIA|ASIA|AKIAIOSFODNN7EXAMPLE){0,40}") {
            let ids = KeyId::all_in(&text);
            prop_assert!(ids.len() <= MOST);
            for id in &ids {
                prop_assert!(text.contains(id.as_str()) && is_aws(id.as_str()));
                _ = id.account();
            }
        }

        #[test]
        fn an_id_between_other_characters_is_found(
            before in "[ \t\n\"'=:;,.()/「→]{0,5}", id in "AKIA[A-Z2-7]{16}", after in "[ \t\n\"'=:;,.%&()/」。]{0,5}",
        ) {
            prop_assert_eq!(found(&format!("{before}{id}{after}")), [id]);
        }
    }
}
