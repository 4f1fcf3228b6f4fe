//! What files on this computer contain, as far as they were read for a choice that the administrator makes.

use super::{CaFileCheck, ProfilePreview, Remote};
use crate::domain::Profiles;

/// Files that were read, and that the program does not own.
#[derive(Default)]
pub struct LocalFiles {
    /// The profiles to choose from.
    pub profiles: Remote<Profiles>,
    /// The profile that a key pair may be written to.
    pub profile_preview: Option<ProfilePreview>,
    /// The file with certificate authorities that is being set.
    pub ca_file_check: Option<CaFileCheck>,
}

impl LocalFiles {
    /// True if no file with certificate authorities is named, or one that was read and found good.
    pub fn may_trust(&self, ca_file: &str) -> bool {
        let check = self.ca_file_check.as_ref().filter(|check| check.file == ca_file);
        ca_file.is_empty() || check.is_some_and(|check| check.answer == Some(Ok(())))
    }
}
