//! The permissions that Keyfob needs: the calls in the code, the list of actions, and the policies in the guide.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]

use std::collections::BTreeSet;
use std::path::Path;

use keyfob::domain::Action;
use serde::Deserialize;

fn read(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

fn names(actions: impl IntoIterator<Item = Action>) -> BTreeSet<String> {
    actions.into_iter().map(|action| action.name().to_owned()).collect()
}

/// Appends all Rust files in `folder` to `text`.
fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&read(path));
        }
    }
}

/// What is called over this client: `iam:ListUsers` for `self.iam.list_users()`.
fn called(source: &str, client: &str) -> BTreeSet<String> {
    let calls = source.split(client).filter_map(|rest| rest.trim_start().strip_prefix('.'));
    let names = calls.filter_map(|rest| Some(rest.split_once("()")?.0));
    let is_call = |name: &&str| name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
    names.filter(is_call).map(|name| format!("iam:{}", pascal(name))).collect()
}

fn pascal(snake: &str) -> String {
    let mut text = String::new();
    for word in snake.split('_') {
        let mut signs = word.chars();
        text.extend(signs.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(signs.as_str());
    }
    text
}

/// All of `src/aws`, one file after the other.
fn aws() -> String {
    let mut source = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/aws"), &mut source);
    source
}

#[test]
fn every_call_to_iam_is_in_the_list_of_actions() {
    assert_eq!(called(&aws(), ".iam"), names(Action::ALL.iter().copied()));
}

#[test]
fn what_signing_in_asks_of_iam_is_in_the_guide() {
    let asked = called(&aws(), "aws_sdk_iam::Client::from_conf(config)");
    assert_eq!(asked, BTreeSet::from(["iam:ListMfaDevices".to_owned()]), "one more is to be named there");
    assert!(read("assets/help/permissions.md").contains("`iam:ListMFADevices`"));
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Policy {
    version: String,
    statement: [Statement; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    effect: String,
    action: BTreeSet<String>,
    resource: String,
}

/// The actions of each policy in the guide's page *Permissions*, in their order.
fn policies() -> Vec<BTreeSet<String>> {
    let page = read("assets/help/permissions.md");
    let blocks = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    let actions = |block| {
        let Policy { version, statement: [statement] } = serde_json::from_str(block).expect("a policy");
        let rest = (version.as_str(), statement.effect.as_str(), statement.resource.as_str());
        assert_eq!(rest, ("2012-10-17", "Allow", "*"), "{block}");
        statement.action
    };
    blocks.map(actions).collect()
}

#[test]
fn the_guide_has_the_minimum_policy_for_each_role() {
    let operates = [Action::UpdateAccessKey, Action::TagUser, Action::UntagUser];
    let all = names(Action::ALL.iter().copied());
    let up_to_operator = &all - &names([Action::CreateAccessKey, Action::DeleteAccessKey]);
    let looking = &up_to_operator - &names(operates);
    assert_eq!(policies(), [looking, up_to_operator, all]);
}
