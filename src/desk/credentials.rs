//! Writing a key pair into the shared credentials file of the AWS tools, `~/.aws/credentials`.
//!
//! First [`preview`], which shows what would change; then [`write()`], which does exactly that or nothing.

mod edit;
mod error;
mod name;
mod section;
mod shown;

use std::ffi::OsString;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use zeroize::Zeroizing;

use super::private_file::{self, FileError, Overwrite, Target, Warning, Written, backup_path};
use crate::domain::{FileContent, FileVersion, KeyId, Secret};

pub use edit::{Change, ChangeKind, ChangedLine, Edit, LineChange, edit};
pub use error::{EditError, Note};
pub use name::{NameError, ProfileName};

/// The preview of writing a pair.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The file itself, with links followed.
    pub path: PathBuf,
    /// The file does not exist yet.
    pub is_new: bool,
    pub change: Change,
    pub warnings: Vec<Warning>,
    /// The version of the file that [`write()`] expects.
    pub seen: FileVersion,
}

/// Why the pair was not written.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{} was not changed. {source}", path.display())]
    Edit { path: PathBuf, source: EditError },
    #[error("{} has changed since it was shown. Check it again", path.display())]
    Changed { path: PathBuf },
}

/// Random keys for the digests of this run. Another run cannot compare them.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);

/// A version of the file without its content, which a keyed digest does not reveal.
fn version(path: &Path, bytes: Option<&[u8]>) -> FileVersion {
    let content = bytes.map(|bytes| FileContent {
        modified: std::fs::metadata(path).and_then(|found| found.modified()).ok(),
        len: bytes.len(),
        digest: KEYS.each_ref().map(|key| key.hash_one(bytes)),
    });
    FileVersion { path: path.to_owned(), content }
}

fn check(seen: &FileVersion, path: &Path, bytes: Option<&[u8]>) -> Result<(), CredentialsError> {
    let same = *seen == version(path, bytes);
    if same { Ok(()) } else { Err(CredentialsError::Changed { path: path.to_owned() }) }
}

/// `AWS_SHARED_CREDENTIALS_FILE`, in which `~/` is the home folder, or `~/.aws/credentials`. `None` without a home folder.
///
/// `shells`: the login shell's value of the variable, for when the process has none.
pub fn path(shells: Option<&str>) -> Option<PathBuf> {
    let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
    path_from(std::env::var_os("AWS_SHARED_CREDENTIALS_FILE").or_else(|| shells.map(Into::into)), home)
}

fn path_from(variable: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let Some(path) = variable.filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return home.map(|home| home.join(".aws").join("credentials"));
    };
    match path.strip_prefix("~") {
        Ok(below) => home.map(|home| home.join(below)),
        Err(_) => Some(path),
    }
}

/// Returns what [`write()`] would do. Changes nothing.
pub fn preview(path: &Path, profile: &ProfileName, id: &KeyId) -> Result<Preview, CredentialsError> {
    let (path, old, warnings) = match Target::resolve(path) {
        Err(FileError::NoFolder { .. }) => (path.to_owned(), None, Vec::new()),
        target => {
            let target = target?;
            let warnings = target.warnings();
            (target.path.clone(), private_file::read(&target.path)?, warnings)
        }
    };
    let seen = version(&path, old.as_ref().map(|old| old.as_slice()));
    let stand_in = Secret::new("0".to_owned());
    let change = changed(&path, old.as_ref(), profile, id, &stand_in)?.change;
    Ok(Preview { is_new: old.is_none(), path, change, warnings, seen })
}

/// Writes the pair, if the file is still the version that was shown. Keeps the previous content as `credentials.keyfob-backup`.
///
/// Creates the folder if it is missing. A change by another program in the microseconds between the last check and the rename
/// would be lost: no AWS tool uses a lock that could be shared.
pub fn write(
    path: &Path,
    profile: &ProfileName,
    id: &KeyId,
    secret: &Secret,
    expected: &FileVersion,
) -> Result<Written, CredentialsError> {
    write_while(path, profile, (id, secret), expected, || ())
}

/// `meanwhile` runs just before the last check.
fn write_while(
    path: &Path,
    profile: &ProfileName,
    (id, secret): (&KeyId, &Secret),
    expected: &FileVersion,
    meanwhile: impl FnOnce(),
) -> Result<Written, CredentialsError> {
    let target = match Target::resolve(path) {
        Err(FileError::NoFolder { folder }) => {
            private_file::make_folder(&folder)?;
            Target::resolve(path)?
        }
        target => target?,
    };
    let as_expected = || {
        let now = private_file::read(&target.path)?;
        check(expected, &target.path, now.as_ref().map(|now| now.as_slice()))?;
        Ok::<_, CredentialsError>(now)
    };
    let old = as_expected()?;
    let edit = changed(&target.path, old.as_ref(), profile, id, secret)?;
    let how = if let Some(old) = &old {
        let backup = Target::resolve(&backup_path(&target.path))?;
        private_file::write_bytes(&backup, old, Overwrite::Replace, || Ok::<_, FileError>(()))?;
        Overwrite::Replace
    } else {
        Overwrite::Never
    };
    private_file::write_bytes(&target, &edit.after, how, || {
        meanwhile();
        as_expected().map(drop)
    })
}

/// Checks before a key is created whether its secret could be written here, including the backup of the current content.
pub fn check_writable(path: &Path) -> Result<(), FileError> {
    private_file::check_writable_below(path)?;
    if path.exists() { private_file::check_writable(&backup_path(path)) } else { Ok(()) }
}

fn changed(
    path: &Path,
    old: Option<&Zeroizing<Vec<u8>>>,
    profile: &ProfileName,
    id: &KeyId,
    secret: &Secret,
) -> Result<Edit, CredentialsError> {
    let old = old.map_or(&[][..], |old| old.as_slice());
    edit(old, profile, id, secret).map_err(|source| CredentialsError::Edit { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
