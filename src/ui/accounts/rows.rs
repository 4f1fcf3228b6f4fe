//! What the popup lists: the accounts that were opened last, then everything that can be opened.

use jiff::Timestamp;

use super::names::Names;
use crate::core::Model;
use crate::domain::SignInChoice;

/// So many of those that were opened last come first.
const RECENT: usize = 5;

/// An account that can be opened.
pub(super) struct Row {
    pub(super) choice: SignInChoice,
    pub(super) names: Names,
    pub(super) account_id: Option<String>,
    pub(super) opened: Option<Timestamp>,
    pub(super) recent: bool,
}

impl Row {
    fn of(model: &Model, choice: SignInChoice, name: &str, account_id: Option<&str>) -> Self {
        let opened = model.settings.opened(&choice);
        Self {
            names: Names::of(&model.settings, &choice, name, account_id),
            account_id: opened.map(|opened| opened.account_id.as_str()).or(account_id).map(str::to_owned),
            opened: opened.map(|opened| opened.at),
            recent: false,
            choice,
        }
    }

    fn matches(&self, query: &str) -> bool {
        let digits: String = query.chars().filter(|sign| *sign != '-').collect();
        let has_id = |id: &String| !digits.is_empty() && id.contains(&digits);
        self.names.match_query(query) || self.account_id.as_ref().is_some_and(has_id)
    }
}

/// Those that match what is typed: recent ones first, then by name, at the end the environment and the practice account.
pub(super) fn rows(model: &Model, query: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    if let Some(found) = &model.profiles.value {
        rows.extend(found.list.iter().map(|profile| {
            let choice = SignInChoice::Profile(profile.name.clone());
            Row::of(model, choice, &profile.name, profile.account_id.as_deref())
        }));
        if found.environment.is_some() {
            rows.push(Row::of(model, SignInChoice::Environment, "Environment credentials", None));
        }
        if found.container {
            rows.push(Row::of(model, SignInChoice::Container, "Container credentials", None));
        }
    }
    rows.push(Row::of(model, SignInChoice::Practice, "Practice account", None));
    let query = query.trim().to_lowercase();
    rows.retain(|row| row.matches(&query));
    let place = |row: &Row| model.settings.opened.iter().position(|opened| opened.choice == row.choice);
    let mut recent: Vec<usize> = rows.iter().filter_map(place).collect();
    recent.sort_unstable();
    recent.truncate(RECENT);
    for row in &mut rows {
        row.recent = place(row).is_some_and(|place| recent.contains(&place));
    }
    // A stable sort: the others stay as they are.
    rows.sort_by_key(|row| if row.recent { place(row).unwrap_or_default() } else { usize::MAX });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountKind, AccountLook, Opened, Profile, ProfileKind, Profiles, Settings};

    fn model(opened: &[&str]) -> Model {
        let mut settings = Settings::default();
        for name in opened.iter().rev() {
            settings.remember_opened(Opened {
                choice: SignInChoice::Profile((*name).to_owned()),
                account_id: format!("{:012}", name.len()),
                elsewhere: None,
                at: Timestamp::UNIX_EPOCH,
            });
        }
        let mut model = Model::new(settings, false, Timestamp::UNIX_EPOCH);
        let profile = |name: &&str| Profile {
            name: (*name).to_owned(),
            kind: ProfileKind::Keys { mfa: false },
            account_id: None,
            region: None,
            flaw: None,
        };
        let list = ["a", "bb", "ccc", "dddd", "eeeee", "prod-1", "sixsix7"].iter().map(profile).collect();
        model.profiles.value = Some(Profiles { list, ..Profiles::default() });
        model
    }

    fn names(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.names.given.as_str()).collect()
    }

    #[test]
    fn the_last_five_come_first() {
        let model = model(&["sixsix7", "ccc", "gone", "bb", "a", "eeeee", "dddd"]);
        let rows = rows(&model, "");
        let wanted = ["sixsix7", "ccc", "bb", "a", "eeeee", "dddd", "prod-1", "Practice account"];
        assert_eq!(names(&rows), wanted);
        assert_eq!(rows.iter().filter(|row| row.recent).count(), 5);
    }

    #[test]
    fn what_is_typed_is_looked_for_in_names_and_ids() {
        let mut model = model(&["ccc"]);
        assert_eq!(names(&rows(&model, "PROD")), ["prod-1"]);
        assert_eq!(names(&rows(&model, "0000-0000-0003")), ["ccc"]);
        let look = AccountLook { name: Some("Web shop".into()), ..AccountLook::default() };
        model.settings.accounts.insert("000000000003".to_owned(), look);
        assert_eq!(names(&rows(&model, "shop")), ["ccc"], "the administrator's own name");
        assert!(rows(&model, "nothing like this").is_empty());
    }

    #[test]
    fn the_name_tells_production_until_somebody_does() {
        let model = model(&[]);
        let kinds: Vec<AccountKind> = rows(&model, "pr").iter().map(|row| row.names.kind).collect();
        assert_eq!(kinds, [AccountKind::Production, AccountKind::Practice]);
    }
}
