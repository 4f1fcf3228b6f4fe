//! Handing a key pair over to files. On threads that may wait for a slow disk.

use std::path::{Path, PathBuf};

use crate::core::{ActivityMsg, CreateMsg, Effect, Msg, ProfileMsg};
use crate::desk::credentials::{self, ProfileName};
use crate::desk::private_file::{self, FileError, Overwrite, Written};
use crate::domain::{Adopted, Deed, HandOver, HandedOver, KeyId, NotHandedOver, ProfileChange, Secret};

/// Stands for the id of a key that is still to be made.
const NEW_ID: &str = "NEWACCESSKEYID";

/// Carries out one effect on files and words its answer as a message.
pub(super) fn answer(effect: Effect, adopted: &Adopted) -> Option<Msg> {
    Some(match effect {
        Effect::CheckPlace { op, place } => {
            Msg::Create(CreateMsg::PlaceChecked { op, answer: check(&place, adopted) })
        }
        Effect::HandOver { op, to, key, secret } => {
            Msg::Create(CreateMsg::HandedOver { op, answer: hand_over(to, &key, &secret, adopted) })
        }
        Effect::Export { deeds, path, replace } => {
            let report = Secret::new(Deed::report(deeds.iter().map(AsRef::as_ref)));
            let written = write(&path, &report, replace).map(|written| written.path);
            Msg::Activity(ActivityMsg::Exported { answer: written })
        }
        Effect::LookAtProfile { name, key } => {
            let key = key.unwrap_or_else(|| KeyId::new(NEW_ID));
            let answer = look(&name, &key, adopted);
            Msg::Profile(ProfileMsg::Looked { name, answer })
        }
        _ => return None,
    })
}

fn check(place: &HandOver, adopted: &Adopted) -> Result<(), NotHandedOver> {
    match place {
        HandOver::File { path, replace, .. } => {
            let path = below_home(path);
            if !replace && path.exists() {
                return Err(NotHandedOver::Exists(path));
            }
            private_file::check_writable(&path).map_err(refused)
        }
        HandOver::Profile { name, seen } => {
            let found = look(name, &KeyId::new(NEW_ID), adopted).map_err(NotHandedOver::Failed)?;
            if found.seen != *seen {
                let path = found.file.display();
                return Err(NotHandedOver::Failed(format!(
                    "{path} has changed since it was shown. Check it again"
                )));
            }
            credentials::check_writable(&found.file).map_err(refused)
        }
    }
}

fn hand_over(
    to: HandOver,
    key: &KeyId,
    secret: &Secret,
    adopted: &Adopted,
) -> Result<HandedOver, NotHandedOver> {
    match to {
        HandOver::File { path, replace, .. } => Ok(handed_over(write(&path, secret, replace)?, None)),
        HandOver::Profile { name, seen } => {
            let (path, profile) = place_of(&name, adopted).map_err(NotHandedOver::Failed)?;
            let written = credentials::write(&path, &profile, key, secret, &seen);
            let written = written.map_err(|err| NotHandedOver::Failed(err.to_string()))?;
            Ok(handed_over(written, Some(name)))
        }
    }
}

fn write(path: &Path, text: &Secret, replace: bool) -> Result<Written, NotHandedOver> {
    let how = if replace { Overwrite::Replace } else { Overwrite::Never };
    private_file::write(&below_home(path), text, how).map_err(refused)
}

fn look(name: &str, key: &KeyId, adopted: &Adopted) -> Result<ProfileChange, String> {
    let (path, profile) = place_of(name, adopted)?;
    let preview = credentials::preview(&path, &profile, key).map_err(|err| err.to_string())?;
    Ok(preview.into())
}

fn place_of(name: &str, adopted: &Adopted) -> Result<(PathBuf, ProfileName), String> {
    let profile = ProfileName::parse(name).map_err(|err| err.to_string())?;
    let shells = adopted.get("AWS_SHARED_CREDENTIALS_FILE").map(Secret::expose);
    let path = credentials::path(shells).ok_or_else(|| {
        "There is no home folder for the credentials file. Set AWS_SHARED_CREDENTIALS_FILE".to_owned()
    })?;
    Ok((path, profile))
}

fn handed_over(written: Written, profile: Option<String>) -> HandedOver {
    let warnings = written.warnings.iter().map(ToString::to_string).collect();
    HandedOver { path: written.path, profile, warnings }
}

fn refused(err: FileError) -> NotHandedOver {
    match err {
        FileError::Exists { path } => NotHandedOver::Exists(path),
        err => NotHandedOver::Failed(err.to_string()),
    }
}

/// `~/x` as it is typed in a shell; a plain name is below the home folder too, wherever the program was started.
fn below_home(path: &Path) -> PathBuf {
    let home = crate::desk::home();
    home.join(path.strip_prefix("~").unwrap_or(path))
}
