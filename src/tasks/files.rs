//! Key pairs and reports in files. Runs on threads that may wait for a slow disk.

use std::path::{Path, PathBuf};

use crate::core::{ActivityMsg, CreateMsg, FileRequest, KeyExportMsg, Msg, ProfileMsg};
use crate::desk::credentials::{self, ProfileName};
use crate::desk::private_file::{self, FileError, Overwrite, Written};
use crate::domain::{
    ActivityEntry, InheritedEnv, KeyId, ProfileChange, SaveError, SaveTarget, SavedPair, Secret,
};

/// Stands for the id of a key that is still to be made.
const NEW_ID: &str = "NEWACCESSKEYID";

/// Carries out one request and words its answer as a message.
pub(super) fn answer(request: FileRequest, inherited: &InheritedEnv) -> Msg {
    match request {
        FileRequest::CheckDestination { op, place } => {
            Msg::Create(CreateMsg::DestinationChecked { op, answer: check(&place, inherited) })
        }
        FileRequest::SavePair { op, to, key, secret } => {
            Msg::Create(CreateMsg::SaveEnded { op, answer: save_pair(to, &key, &secret, inherited) })
        }
        FileRequest::Export { entries, path, replace } => {
            let report = Secret::new(ActivityEntry::report(entries.iter().map(AsRef::as_ref)));
            let written = write(&path, &report, replace).map(|written| written.path);
            Msg::Activity(ActivityMsg::Exported { answer: written })
        }
        FileRequest::ExportKeys { report, format, path, replace } => {
            let text = Secret::new(report.text(format));
            let answer = write(&path, &text, replace).map(|written| written.path);
            Msg::KeyExport(KeyExportMsg::Written { answer })
        }
        FileRequest::PreviewProfile { name, key } => {
            let key = key.unwrap_or_else(|| KeyId::new(NEW_ID));
            let answer = preview(&name, &key, inherited);
            Msg::Profile(ProfileMsg::Previewed { name, answer })
        }
    }
}

fn check(place: &SaveTarget, inherited: &InheritedEnv) -> Result<(), SaveError> {
    match place {
        SaveTarget::File { path, replace, .. } => {
            let path = below_home(path);
            if !replace && path.exists() {
                return Err(SaveError::Exists(path));
            }
            private_file::check_writable(&path).map_err(refused)
        }
        SaveTarget::Profile { name, seen } => {
            let found = preview(name, &KeyId::new(NEW_ID), inherited).map_err(SaveError::Failed)?;
            if found.seen != *seen {
                let path = found.file.display();
                return Err(SaveError::Failed(format!(
                    "{path} has changed since it was shown. Check it again"
                )));
            }
            credentials::check_writable(&found.file).map_err(refused)
        }
    }
}

fn save_pair(
    to: SaveTarget,
    key: &KeyId,
    secret: &Secret,
    inherited: &InheritedEnv,
) -> Result<SavedPair, SaveError> {
    match to {
        SaveTarget::File { path, replace, .. } => Ok(saved(write(&path, secret, replace)?, None)),
        SaveTarget::Profile { name, seen } => {
            let (path, profile) = profile_file(&name, inherited).map_err(SaveError::Failed)?;
            let written = credentials::write(&path, &profile, key, secret, &seen);
            let written = written.map_err(|err| SaveError::Failed(err.to_string()))?;
            Ok(saved(written, Some(name)))
        }
    }
}

fn write(path: &Path, text: &Secret, replace: bool) -> Result<Written, SaveError> {
    let how = if replace { Overwrite::Replace } else { Overwrite::Never };
    private_file::write(&below_home(path), text, how).map_err(refused)
}

fn preview(name: &str, key: &KeyId, inherited: &InheritedEnv) -> Result<ProfileChange, String> {
    let (path, profile) = profile_file(name, inherited)?;
    let preview = credentials::preview(&path, &profile, key).map_err(|err| err.to_string())?;
    Ok(preview.into())
}

fn profile_file(name: &str, inherited: &InheritedEnv) -> Result<(PathBuf, ProfileName), String> {
    let profile = ProfileName::parse(name).map_err(|err| err.to_string())?;
    let shells = inherited.get("AWS_SHARED_CREDENTIALS_FILE").map(Secret::expose);
    let path = credentials::path(shells).ok_or_else(|| {
        "There is no home folder for the credentials file. Set AWS_SHARED_CREDENTIALS_FILE".to_owned()
    })?;
    Ok((path, profile))
}

fn saved(written: Written, profile: Option<String>) -> SavedPair {
    let warnings = written.warnings.iter().map(ToString::to_string).collect();
    SavedPair { path: written.path, profile, warnings }
}

fn refused(err: FileError) -> SaveError {
    match err {
        FileError::Exists { path } => SaveError::Exists(path),
        err => SaveError::Failed(err.to_string()),
    }
}

/// `~/x` as it is typed in a shell; a plain name is below the home folder too, wherever the program was started.
fn below_home(path: &Path) -> PathBuf {
    let home = crate::desk::home();
    home.join(path.strip_prefix("~").unwrap_or(path))
}
