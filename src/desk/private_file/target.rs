//! The actual destination of a file: follows links, and accepts only regular files of the current user.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{FileError, Warning};

/// The names of folders that are synchronised to other computers, in lower case.
const SYNCED: [(&str, &str); 9] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
];

/// The destination of a file.
pub(in crate::desk) struct Target {
    pub(in crate::desk) path: PathBuf,
    /// The metadata of the existing file.
    old: Option<Metadata>,
}

impl Target {
    /// Follows the links of `path`. Refuses a broken link, because the file may not be meant to be created there.
    pub(in crate::desk) fn resolve(path: &Path) -> Result<Self, FileError> {
        let link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        let target = if link { fs::canonicalize(path) } else { Ok(path.to_owned()) };
        let target = match target {
            Ok(target) => target,
            Err(source) if source.kind() == ErrorKind::PermissionDenied => {
                return Err(FileError::Read { path: path.to_owned(), source });
            }
            Err(_) => return Err(FileError::BrokenLink { path: path.to_owned() }),
        };
        Self::at(target)
    }

    /// For a file whose folders do not exist yet: a target in the nearest existing folder.
    pub(super) fn in_nearest_folder(missing: PathBuf) -> Result<Self, FileError> {
        let there = missing.ancestors().skip(1).map(or_here).find(|folder| folder.exists());
        let folder = there.map(Path::to_owned);
        let name = missing.file_name().map(ToOwned::to_owned);
        let (Some(folder), Some(name)) = (folder, name) else {
            return Err(FileError::NoFolder { folder: missing });
        };
        Ok(Self { path: folder.join(name), old: None })
    }

    fn at(path: PathBuf) -> Result<Self, FileError> {
        if path.file_name().is_none() {
            return Err(FileError::NotAFile { path });
        }
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => Ok(Self { path, old: Some(found) }),
            Ok(_) => Err(FileError::NotAFile { path }),
            Err(err) if err.kind() == ErrorKind::NotFound => {
                let target = Self { path, old: None };
                let folder = target.folder();
                if folder.is_dir() {
                    Ok(target)
                } else {
                    Err(FileError::NoFolder { folder: folder.to_owned() })
                }
            }
            Err(source) => Err(FileError::Read { path, source }),
        }
    }

    #[cfg(all(test, unix))]
    pub(super) fn of_old(path: PathBuf, old: Metadata) -> Self {
        Self { path, old: Some(old) }
    }

    pub(in crate::desk) fn folder(&self) -> &Path {
        or_here(self.path.parent().unwrap_or(&self.path))
    }

    pub(super) fn is_there(&self) -> bool {
        self.old.is_some()
    }

    /// An empty file beside the target, accessible only to its owner, and deleted on drop.
    pub(super) fn temp_file(&self) -> Result<NamedTempFile, FileError> {
        let temp = tempfile::Builder::new().prefix(".keyfob-").tempfile_in(self.folder());
        let temp = temp.map_err(|source| FileError::Folder { folder: self.folder().to_owned(), source })?;
        #[cfg(unix)]
        self.take_after(&temp)?;
        Ok(temp)
    }

    /// The file system knows the current user best: the owner of a new file.
    #[cfg(unix)]
    fn take_after(&self, temp: &NamedTempFile) -> Result<(), FileError> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let failed = |source| FileError::Write { path: self.path.clone(), source };
        let own = temp.as_file().metadata().map_err(failed)?;
        let old = self.old.as_ref();
        if old.is_some_and(|old| old.uid() != own.uid()) {
            return Err(FileError::ForeignOwner { path: self.path.clone() });
        }
        // A read-only file stays read-only. Reading it back needs read permission.
        let mode = old.map_or(0o600, |old| (old.mode() & 0o600) | 0o400);
        temp.as_file().set_permissions(fs::Permissions::from_mode(mode)).map_err(failed)
    }

    pub(in crate::desk) fn warnings(&self) -> Vec<Warning> {
        let folder = self.folder();
        let mut warnings = Vec::new();
        #[cfg(unix)]
        warnings.extend(self.shared());
        // A link may lead to the synchronised folder.
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if let Some(service) = service_of(&real) {
            warnings.push(Warning::FolderSynced { folder: real, service });
        }
        warnings
    }

    #[cfg(unix)]
    fn shared(&self) -> impl Iterator<Item = Warning> {
        use std::os::unix::fs::MetadataExt as _;
        let names = self.old.as_ref().map_or(1, |old| old.nlink());
        let linked = (names > 1).then(|| Warning::HardLinks { path: self.path.clone(), names });
        let folder = self.folder();
        let shared = fs::metadata(folder).is_ok_and(|found| found.mode() & 0o022 != 0);
        linked.into_iter().chain(shared.then(|| Warning::FolderShared { folder: folder.to_owned() }))
    }
}

/// Creates a folder and its missing parents, accessible only to their owner.
pub fn make_folder(folder: &Path) -> Result<(), FileError> {
    crate::desk::make_private(or_here(folder))
        .map_err(|source| FileError::Folder { folder: folder.to_owned(), source })
}

/// `name.keyfob-backup`, beside the file.
pub(in crate::desk) fn backup_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".keyfob-backup");
    path.with_file_name(name)
}

/// The parent of a bare `credentials` is an empty path, which no call accepts as the current folder.
fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// `OneDrive - Acme`, `GoogleDrive-ann@example.com` and `Dropbox (Acme)` are folders of these services too.
fn service_of(folder: &Path) -> Option<&'static str> {
    let names = folder.iter().map(|name| name.to_string_lossy().to_lowercase());
    let service = |name: String| {
        SYNCED.iter().find(|(known, _)| {
            name.strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '(', '~']))
        })
    };
    names.filter_map(service).map(|(_, service)| *service).next()
}
