//! The column widths and the order of the tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A table with stored preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    Keys,
    AccountKeys,
    Activity,
}

/// The preferences of all tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tables {
    pub keys: TablePrefs,
    pub account_keys: TablePrefs,
    pub activity: TablePrefs,
}

/// Columns are identified by name. Unknown names are kept, so that several versions can share the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TablePrefs {
    /// In points; a column that is not listed has its default width.
    pub widths: BTreeMap<String, u16>,
    /// `None`: the default order.
    pub sort: Option<Sorting>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorting {
    pub by: String,
    #[serde(default)]
    pub backwards: bool,
}

impl Tables {
    pub fn prefs(&self, table: Table) -> &TablePrefs {
        match table {
            Table::Keys => &self.keys,
            Table::AccountKeys => &self.account_keys,
            Table::Activity => &self.activity,
        }
    }

    pub fn set_prefs(&mut self, table: Table, prefs: TablePrefs) {
        match table {
            Table::Keys => self.keys = prefs,
            Table::AccountKeys => self.account_keys = prefs,
            Table::Activity => self.activity = prefs,
        }
    }
}

impl TablePrefs {
    /// Whether the table is sorted by `column`, and if so, whether in reverse. `by_itself`: it is the default.
    pub fn sorted_by(&self, column: &str, by_itself: bool) -> Option<bool> {
        match &self.sort {
            Some(sort) => (sort.by == column).then_some(sort.backwards),
            None => by_itself.then_some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Settings;

    #[test]
    fn a_settings_file_without_tables_is_read_and_one_with_them_is_kept() {
        let old: Settings = serde_json::from_str(r#"{"theme": "dark"}"#).unwrap();
        assert_eq!(old.tables, Tables::default());
        let mut new = old;
        new.tables.keys.widths.insert("age".into(), 90);
        new.tables.activity.sort = Some(Sorting { by: "who".into(), backwards: true });
        let text = serde_json::to_string(&new).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), new);
    }

    #[test]
    fn what_a_later_version_writes_does_no_harm() {
        let text = r#"{"tables": {"keys": {"widths": {"colour": 12}, "frozen": 1}, "rotations": {}}}"#;
        let settings: Settings = serde_json::from_str(text).unwrap();
        assert_eq!(settings.tables.keys.sorted_by("age", true), Some(false));
    }
}
