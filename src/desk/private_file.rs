//! Files that contain a secret: readable only by their owner from the first byte, written completely or not at all, and read back
//! before they count as written.

mod target;

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

pub use self::target::make_folder;
pub(super) use self::target::{Target, backup_path};
use crate::domain::Secret;

/// How much of a file is compared at a time, and how much disk space is tested before a key is created, in bytes.
const BLOCK: usize = 4096;

/// Whether an existing file may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    Never,
    Replace,
}

/// A file that is on the disk with verified content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file itself, with links followed.
    pub path: PathBuf,
    pub warnings: Vec<Warning>,
}

/// Why a secret in this file is less private, or less safe from loss, than it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The file has hard links, which keep the old content.
    HardLinks { path: PathBuf, names: u64 },
    /// Group or others may write to the folder, so they can replace the file.
    FolderShared { folder: PathBuf },
    /// Judging by its name, the folder is synchronised to other computers.
    FolderSynced { folder: PathBuf, service: &'static str },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HardLinks { path, names } => {
                write!(f, "{} has {names} hard links; the others keep the previous content", path.display())
            }
            Self::FolderShared { folder } => {
                write!(f, "Other users of this computer can replace files in {}", folder.display())
            }
            Self::FolderSynced { folder, service } => {
                write!(f, "{} is probably synchronised to other computers by {service}", folder.display())
            }
        }
    }
}

/// Why a file was not written. The previous content is untouched, except after [`FileError::Unproven`].
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{} already exists. Choose another name, or replace it", path.display())]
    Exists { path: PathBuf },
    #[error("{} is a broken link. Repair or remove it first", path.display())]
    BrokenLink { path: PathBuf },
    #[error("{} is not a file. Choose another name", path.display())]
    NotAFile { path: PathBuf },
    #[error("{} belongs to another user. Choose a file of your own", path.display())]
    ForeignOwner { path: PathBuf },
    #[error("The folder {} does not exist. Create it, or choose another one", folder.display())]
    NoFolder { folder: PathBuf },
    #[error("No file can be created in {}: {source}. Choose another folder, or change its permissions", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error("{} cannot be read: {source}. Check its permissions", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} was not written: {source}. Nothing was changed. Free some disk space, or choose another folder", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} may be incomplete: {source}. Check the file before you rely on it", path.display())]
    Unproven { path: PathBuf, source: io::Error },
}

/// Writes a file that only its owner can read. Follows links; the folder must exist, see [`make_folder`].
pub fn write(path: &Path, text: &Secret, how: Overwrite) -> Result<Written, FileError> {
    write_bytes(&Target::resolve(path)?, text.expose().as_bytes(), how, || Ok(()))
}

/// Checks before a key is created whether its secret could be written here. Leaves nothing behind.
pub fn check_writable(path: &Path) -> Result<(), FileError> {
    try_out(Target::resolve(path)?)
}

/// The same for a file whose folders would be created first.
pub fn check_writable_below(path: &Path) -> Result<(), FileError> {
    match Target::resolve(path) {
        Err(FileError::NoFolder { folder }) => try_out(Target::in_nearest_folder(folder)?),
        target => try_out(target?),
    }
}

fn try_out(target: Target) -> Result<(), FileError> {
    let mut temp = target.temp_file()?;
    fill(&mut temp, &[0; BLOCK]).map_err(|source| FileError::Write { path: target.path, source })
}

/// Calls `last_look` just before the change; if it fails, nothing is changed.
pub(super) fn write_bytes<E: From<FileError>>(
    target: &Target,
    bytes: &[u8],
    how: Overwrite,
    last_look: impl FnOnce() -> Result<(), E>,
) -> Result<Written, E> {
    let path = || target.path.clone();
    if how == Overwrite::Never && target.is_there() {
        return Err(FileError::Exists { path: path() }.into());
    }
    let mut temp = target.temp_file()?;
    fill(&mut temp, bytes).map_err(|source| FileError::Write { path: path(), source })?;
    last_look()?;
    rename(temp, target, how)?;
    settle(target.folder()).map_err(|source| FileError::Unproven { path: path(), source })?;
    compare(&target.path, bytes).map_err(|source| FileError::Unproven { path: path(), source })?;
    Ok(Written { path: path(), warnings: target.warnings() })
}

/// The content of a file, zeroed on drop. `None` if the file does not exist.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(FileError::Read { path: path.to_owned(), source }),
    }
}

fn fill(temp: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
    temp.write_all(bytes)?;
    temp.flush()?;
    temp.as_file().sync_all()
}

/// Drops the temporary file with the error.
fn rename(temp: NamedTempFile, target: &Target, how: Overwrite) -> Result<(), FileError> {
    let path = target.path.clone();
    let renamed = match how {
        Overwrite::Replace => temp.persist(&path),
        Overwrite::Never => temp.persist_noclobber(&path),
    };
    match renamed.map_err(|err| err.error) {
        Ok(_) => Ok(()),
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Err(FileError::Exists { path }),
        Err(source) => Err(FileError::Write { path, source }),
    }
}

/// Makes the rename survive a power failure. Not every file system supports it, and Windows has no such call.
fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(err) if matches!(err.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

fn compare(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut block = Zeroizing::new([0; BLOCK]);
    let mut rest = bytes;
    loop {
        let read = match file.read(block.as_mut_slice()) {
            Err(err) if err.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if read == 0 && rest.is_empty() {
            return Ok(());
        }
        let found = block.get(..read).filter(|found| !found.is_empty());
        rest = found
            .and_then(|found| rest.strip_prefix(found))
            .ok_or_else(|| io::Error::other("its content differs from what was written"))?;
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
