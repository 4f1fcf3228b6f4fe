//! What the popup lists: the accounts that were opened last, then everything that can be opened.

use super::listed::{Entry, Listed};
use crate::core::Model;
use crate::domain::SignInChoice;

/// So many of those that were opened last come first.
const RECENT: usize = 5;

/// An account that can be opened.
pub(super) struct Row {
    pub(super) choice: SignInChoice,
    pub(super) listed: Listed,
    pub(super) recent: bool,
}

/// Those that match what is typed: recent ones first, then by name, at the end the environment and the practice account.
pub(super) fn rows(model: &Model, query: &str) -> Vec<Row> {
    let query = query.trim().to_lowercase();
    let entries = Entry::found(model).into_iter().chain([Entry::Practice]);
    let listed = entries.map(|entry| Row {
        choice: entry.choice(),
        listed: entry.listed(&model.settings),
        recent: false,
    });
    let mut rows: Vec<Row> = listed.filter(|row| row.listed.matches(&query)).collect();
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
    use jiff::Timestamp;

    use crate::domain::{AccountKind, AccountPrefs, Opened, Profile, ProfileKind, Profiles, Settings};

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
        let mut model = Model::new(settings, false, crate::domain::Moment::of(Timestamp::UNIX_EPOCH));
        let profile = |name: &&str| Profile {
            name: (*name).to_owned(),
            kind: ProfileKind::Keys { mfa: false },
            account_id: None,
            region: None,
            flaw: None,
            problem: None,
        };
        let list = ["a", "bb", "ccc", "dddd", "eeeee", "prod-1", "sixsix7"].iter().map(profile).collect();
        model.files.profiles.value = Some(Profiles { list, ..Profiles::default() });
        model
    }

    fn names(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.listed.names.given.as_str()).collect()
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
        let prefs = AccountPrefs { name: Some("Web shop".into()), ..AccountPrefs::default() };
        model.settings.accounts.insert("000000000003".to_owned(), prefs);
        assert_eq!(names(&rows(&model, "shop")), ["ccc"], "the administrator's own name");
        assert!(rows(&model, "nothing like this").is_empty());
    }

    #[test]
    fn the_name_marks_production_until_the_kind_is_set() {
        let model = model(&[]);
        let kinds: Vec<AccountKind> = rows(&model, "pr").iter().map(|row| row.listed.names.kind).collect();
        assert_eq!(kinds, [AccountKind::Production, AccountKind::Practice]);
    }
}
