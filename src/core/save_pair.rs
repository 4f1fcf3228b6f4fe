//! Writing a new key pair to a file or a profile. It counts as saved only when it was read back.

use std::path::Path;

use super::{Effect, FileRequest, Model, OpId, Stage, Writing};
use crate::domain::{ProfileChange, SaveError, SaveTarget, SavedPair};

/// What writing to a profile would change, asked for while its name is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfilePreview {
    pub name: String,
    /// `None` while it is looked at; the reason in plain words if it cannot be done.
    pub answer: Option<Result<ProfileChange, String>>,
}

/// Looking at a profile before it is written to.
pub enum ProfileMsg {
    Look(String),
    Previewed { name: String, answer: Result<ProfileChange, String> },
}

impl Model {
    pub(super) fn update_profile(&mut self, msg: ProfileMsg) {
        match msg {
            ProfileMsg::Look(name) => {
                let key = self.new_key().map(|new_key| new_key.pair.id.clone());
                self.files.profile_preview = Some(ProfilePreview { name: name.clone(), answer: None });
                self.send(Effect::File(FileRequest::PreviewProfile { name, key }));
            }
            ProfileMsg::Previewed { name, answer } => {
                // Only the name that is in the field now counts.
                if let Some(look) = self.files.profile_preview.as_mut().filter(|look| look.name == name) {
                    look.answer = Some(answer);
                }
            }
        }
    }

    pub(super) fn save_to(&mut self, to: SaveTarget) {
        let Some(creation) = &mut self.creations.current else { return };
        let (op, user) = (creation.op, creation.intent.user.clone());
        let Stage::Made(new_key) = &mut creation.stage else { return };
        if matches!(new_key.writing, Some(Writing::UnderWay(_))) {
            return;
        }
        let text = match &to {
            SaveTarget::File { format, .. } => format.text(&new_key.pair, &user),
            SaveTarget::Profile { .. } => Ok(new_key.pair.secret.duplicate()),
        };
        match text {
            Ok(secret) => {
                let key = new_key.pair.id.clone();
                new_key.writing = Some(Writing::UnderWay(to.clone()));
                self.send(Effect::File(FileRequest::SavePair { op, to, key, secret }));
            }
            Err(why) => {
                new_key.writing = Some(Writing::Failed(to, SaveError::Failed(why.to_string())));
            }
        }
    }

    pub(super) fn save_ended(&mut self, op: OpId, answer: Result<SavedPair, SaveError>) {
        let Some(creation) = self.creations.current.as_mut().filter(|creation| creation.op == op) else {
            return;
        };
        let Stage::Made(new_key) = &mut creation.stage else { return };
        let Some(Writing::UnderWay(to)) = new_key.writing.take() else { return };
        match answer {
            Ok(done) => {
                let folder = done.path.parent().filter(|_| done.profile.is_none()).map(Path::to_owned);
                new_key.written.retain(|old| old.path != done.path || old.profile != done.profile);
                new_key.written.push(done);
                new_key.saves += 1;
                new_key.asking = false;
                let saved = Effect::CloseIntent { id: creation.intent.id.clone() };
                self.send(saved);
                if folder.is_some() {
                    self.settings.save_folder = folder;
                    self.save();
                }
            }
            Err(why) => new_key.writing = Some(Writing::Failed(to, why)),
        }
        // What was shown of the profile is no longer so, or may have changed since.
        self.files.profile_preview = None;
    }
}
