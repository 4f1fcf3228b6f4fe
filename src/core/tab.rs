//! Which page of an account is shown.

use super::{Effect, Model};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The keys of the user that is picked.
    #[default]
    Keys,
    /// What was done.
    Activity,
}

impl Model {
    pub(super) fn show(&mut self, tab: Tab) -> Vec<Effect> {
        self.tab = tab;
        Vec::new()
    }
}
