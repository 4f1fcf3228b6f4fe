//! Which page of an account is shown.

use super::Model;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The keys of the user that is picked.
    #[default]
    Keys,
    /// What was done.
    Activity,
}

impl Model {
    pub(super) fn show(&mut self, tab: Tab) {
        self.tab = tab;
    }
}
