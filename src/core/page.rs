//! Which page of an account is shown.

use super::Model;

/// Declares each page once, so that none can be missing from [`Page::ALL`].
macro_rules! pages {
    ($($(#[$attribute:meta])* $name:ident,)+) => {
        /// A page of the account that is open. What the window knows of it stands in one table, `ui/pages.rs`.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Page {
            $($(#[$attribute])* $name,)+
        }

        impl Page {
            /// In the order of the tabs.
            pub const ALL: &[Self] = &[$(Self::$name,)+];
        }
    };
}

pages! {
    /// The keys of the user that is picked.
    #[default]
    Keys,
    /// All keys of the account.
    AccountKeys,
    /// What was done.
    Activity,
}

impl Model {
    pub(super) fn show(&mut self, page: Page) {
        self.page = page;
    }
}
