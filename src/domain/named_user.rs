//! Users that a text names by an ARN or by an address of the AWS console.

use super::User;

/// A user as named elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedUser {
    pub name: String,
    /// 12 digits, if the text tells.
    pub account: Option<String>,
}

impl NamedUser {
    /// All users that `text` names, in order.
    pub fn all_in(text: &str) -> Vec<Self> {
        let plain = decoded(text);
        let mut found: Vec<Self> = Vec::new();
        for part in plain.split(|letter: char| letter.is_whitespace() || "\"'<>()[]{}|\\`".contains(letter)) {
            let named = in_arn(part).or_else(|| in_console(part));
            found.extend(named.filter(|named| !found.contains(named)));
        }
        found
    }

    /// True if this may be the user, in an account of this id.
    pub fn is(&self, user: &User, account: &str) -> bool {
        let here = self.account.as_deref().is_none_or(|own| own == account || account.is_empty());
        // In a sentence, punctuation may follow; names may end with it, too.
        let ends = |name: &str| name == user.name.as_str();
        here && (ends(&self.name) || ends(self.name.trim_end_matches(['.', ',', ';', ':', '!', '?'])))
    }
}

/// `arn:aws:iam::123456789012:user/path/name`
fn in_arn(part: &str) -> Option<NamedUser> {
    let from = part.find("arn:")?;
    let mut fields = part.get(from..)?.splitn(6, ':').skip(2);
    let is_iam = fields.next()? == "iam";
    let (account, resource) = (fields.nth(1)?, fields.next()?);
    let name = resource.strip_prefix("user/").filter(|_| is_iam)?.rsplit('/').next()?;
    (!name.is_empty()).then(|| NamedUser {
        name: name.to_owned(),
        account: Some(account.to_owned()).filter(|id| !id.is_empty()),
    })
}

/// `https://us-east-1.console.aws.amazon.com/iam/home#/users/details/NAME?section=…`, and the older `#/users/NAME`
fn in_console(part: &str) -> Option<NamedUser> {
    let (page, rest) = part.split_once("#/users/")?;
    let name = rest.strip_prefix("details/").unwrap_or(rest);
    let name = name.split(['?', '&', '#', '/']).next().filter(|name| !name.is_empty())?;
    // With several sessions in one browser, the host begins with the account.
    let host = page.split_once("://").map_or(page, |(_, host)| host);
    let account = host.split_once('-').map(|(id, _)| id);
    let account = account.filter(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()));
    Some(NamedUser { name: name.to_owned(), account: account.map(str::to_owned) })
}

/// Without escapes of addresses.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let value = hex(high).unwrap_or_default() * 16 + hex(low).unwrap_or_default();
                bytes.push(u8::try_from(value).unwrap_or_default());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserName;

    fn names(text: &str) -> Vec<String> {
        NamedUser::all_in(text).into_iter().map(|named| named.name).collect()
    }

    #[test]
    fn a_user_is_found_wherever_it_was_pasted_from() {
        for text in [
            "arn:aws:iam::123456789012:user/service/ci-deployer",
            "  arn:aws-cn:iam::123456789012:user/ci-deployer\n",
            "\"Arn\": \"arn:aws:iam::123456789012:user/service/ci-deployer\",",
            "User: arn:aws:iam::123456789012:user/ci-deployer is not authorized",
            "arn%3Aaws%3Aiam%3A%3A123456789012%3Auser%2Fci-deployer",
            "https://us-east-1.console.aws.amazon.com/iam/home?region=eu-west-1#/users/details/ci-deployer?section=permissions",
            "see https://console.aws.amazon.com/iam/home#/users/ci-deployer",
        ] {
            assert_eq!(names(text), ["ci-deployer"], "in {text}");
        }
        assert_eq!(names("https://x/iam/home#/users/details/ann%2Bx%40y?section=a"), ["ann+x@y"]);
    }

    #[test]
    fn what_names_no_user_is_none() {
        for text in
            ["bob", "arn:aws:iam::123456789012:role/x", "arn:aws:sts::1:assumed-role/a/b", "arn:", "#/users/"]
        {
            assert!(names(text).is_empty(), "in {text}");
        }
    }

    #[test]
    fn the_user_of_another_account_is_another_user() {
        let user =
            User { name: UserName::new("bob"), path: "/".into(), created: None, password_last_used: None };
        let named = |text: &str| NamedUser::all_in(text).remove(0);
        let arn = named("arn:aws:iam::123456789012:user/bob.");
        assert!(arn.is(&user, "123456789012") && arn.is(&user, ""), "whatever ends the sentence");
        assert!(!arn.is(&user, "210987654321"));
        let console =
            named("https://210987654321-ab.us-east-1.console.aws.amazon.com/iam/home#/users/details/bob");
        assert!(console.is(&user, "210987654321") && !console.is(&user, "123456789012"));
        assert!(!named("arn:aws:iam::123456789012:user/BOB").is(&user, "123456789012"), "case counts");
    }
}
