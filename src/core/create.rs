//! Creating a key: one press makes one key, and its secret stays until the administrator lets it go.

use super::notice::Topic;
use super::{
    Call, Check, CreateMsg, Effect, FileRequest, Forbidden, KeyChange, Model, NoticeKind, OpId, Page, Search,
    SessionId, Unfinished,
};
use crate::domain::{
    AccessKey, Action, Failure, Intent, IntentId, KeyId, KeyPair, KeyStatus, PairFormat, SaveError,
    SaveTarget, SavedPair, UserName,
};

/// What became of one `CreateAccessKey`, which is sent once.
pub enum CreateOutcome {
    Made(KeyPair),
    /// It is certain that nothing was created.
    Refused(Failure),
    /// The answer is lost. `orphans` are the keys that are there now and were not before.
    Unknown {
        failure: Failure,
        orphans: Vec<KeyId>,
        listed: bool,
    },
}

/// What is wished for with a new key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateOptions {
    /// Put the pair on the clipboard at once.
    pub copy: bool,
    /// Written once the secret is on screen.
    pub description: Option<String>,
    /// Looked at before the key is created, and written as soon as it is.
    pub save_to: Option<SaveTarget>,
}

/// Writing the pair somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    UnderWay(SaveTarget),
    Failed(SaveTarget, SaveError),
}

/// A new key with its secret.
pub struct NewKey {
    pub pair: KeyPair,
    /// It was accepted by the clipboard at least once.
    pub copied: bool,
    /// Where it was written to, and read back from.
    pub written: Vec<SavedPair>,
    /// How often it was written: a second time to the same place is one more.
    pub saves: usize,
    pub writing: Option<Writing>,
    pub check: Check,
    /// *I have saved it* was pressed with neither a copy nor a file: it is asked once.
    pub asking: bool,
    /// The window is to close and the key to be switched off.
    pub confirming_discard: bool,
    /// AWS does not list the key any more: it was deleted elsewhere.
    pub gone: bool,
}

impl NewKey {
    fn new(pair: KeyPair) -> Self {
        Self {
            pair,
            copied: false,
            written: Vec::new(),
            saves: 0,
            writing: None,
            check: Check::Idle,
            asking: false,
            confirming_discard: false,
            gone: false,
        }
    }

    /// Somebody may have the secret: it was copied or written.
    pub fn kept(&self) -> bool {
        self.copied || !self.written.is_empty()
    }
}

/// Where one creation stands.
pub enum Stage {
    /// The place for the secret is looked at; nothing was asked of AWS yet.
    Preparing,
    InFlight,
    Made(Box<NewKey>),
}

/// A key that is being made, for the account and user that it was asked for.
pub struct Creation {
    pub op: OpId,
    pub session: SessionId,
    pub intent: Intent,
    pub stage: Stage,
    wish: CreateOptions,
}

/// Why *Create* is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateBlock {
    Forbidden(Forbidden),
    /// A key is being made, for this user.
    UnderWay(UserName),
    /// The new key panel is open, for this user.
    PanelOpen(UserName),
    /// How many keys there are is not known yet.
    NotKnown,
    Limit {
        count: usize,
        quota: u32,
    },
}

impl Creation {
    pub fn user(&self) -> &UserName {
        &self.intent.user
    }

    /// Only the first answer counts: a second one must not take the secret of the first away.
    fn awaits(&self, op: OpId) -> bool {
        self.op == op && matches!(self.stage, Stage::InFlight)
    }
}

impl Model {
    /// Why no key can be created for this user, if so.
    pub fn create_block(&self, user: &UserName) -> Option<CreateBlock> {
        let open = self.open.as_ref()?;
        if let Some(creation) = &self.creations.current {
            let whose = creation.user().clone();
            return Some(match creation.stage {
                Stage::Made(_) => CreateBlock::PanelOpen(whose),
                Stage::Preparing | Stage::InFlight => CreateBlock::UnderWay(whose),
            });
        }
        if let Some(why) = open.access.forbidden(Action::CreateAccessKey, user) {
            return Some(CreateBlock::Forbidden(why));
        }
        let Some(count) = open.keys_of(user).and_then(|keys| keys.count()) else {
            return Some(CreateBlock::NotKnown);
        };
        let full = u32::try_from(count).is_ok_and(|count| count >= open.access.quota());
        full.then_some(CreateBlock::Limit { count, quota: open.access.quota() })
    }

    pub(super) fn update_create(&mut self, msg: CreateMsg) {
        match msg {
            CreateMsg::Create { user, wish } => self.create(&user, wish),
            CreateMsg::DestinationChecked { op, answer } => self.place_checked(op, answer),
            CreateMsg::Copy(format) => {
                self.settings.pair_format = format;
                self.copy_pair();
                self.save();
            }
            CreateMsg::Save(to) => self.save_to(to),
            CreateMsg::SaveEnded { op, answer } => self.save_ended(op, answer),
            CreateMsg::Check => self.check_key(),
            CreateMsg::Saved => self.saved(),
            CreateMsg::DiscardSecret => self.close_panel(),
            CreateMsg::DeactivateAndDiscard => self.deactivate_and_discard(),
            CreateMsg::ForgetDestination => {
                if let Some(new_key) = self.creations.new_key_mut() {
                    new_key.writing.take_if(|writing| matches!(writing, Writing::Failed(..)));
                }
            }
            CreateMsg::DropUnsent => {
                self.creations.current.take_if(|creation| matches!(creation.stage, Stage::Preparing));
            }
            CreateMsg::Keep => {
                if let Some(new_key) = self.creations.new_key_mut() {
                    new_key.asking = false;
                    new_key.confirming_discard = false;
                }
            }
        }
    }

    fn create(&mut self, user: &UserName, mut wish: CreateOptions) {
        // The guard is here and not in the button: keys, clicks and assistive technology all end up here.
        if self.is_another_on_screen(user) || self.create_block(user).is_some() {
            return;
        }
        let op = OpId(self.run.next_number());
        let Some(open) = &self.open else { return };
        let id = IntentId::new(self.run.started, op.0);
        let mut intent = Intent::new(id, &open.account, user.clone(), self.now.date);
        intent.known = open.keys_of(user).map(|keys| keys.ids().cloned().collect()).unwrap_or_default();
        wish.description =
            wish.description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let session = open.session;
        self.forget_told(session, Topic::Creation(user));
        let place = wish.save_to.clone();
        self.notices.retain(|notice| !matches!(notice.event, NoticeKind::PlaceRefused { .. }));
        if let Some(SaveTarget::File { format, .. }) = &place
            && let Err(why) = format.takes(&intent.user)
        {
            let why = SaveError::Failed(why.to_string());
            self.notify_of(session, NoticeKind::PlaceRefused { user: intent.user, why });
            return;
        }
        self.creations.current = Some(Creation { op, session, intent, stage: Stage::Preparing, wish });
        match place {
            Some(place) => self.send(Effect::File(FileRequest::CheckDestination { op, place })),
            None => self.place_checked(op, Ok(())),
        }
    }

    /// The page of keys is about one user. Another one may have come on screen between the picture and the press.
    fn is_another_on_screen(&self, user: &UserName) -> bool {
        let selected_user = self.open.as_ref().and_then(|open| open.selected_user());
        self.page == Page::Keys && selected_user != Some(user)
    }

    /// A place that cannot take the secret must not cost a key.
    fn place_checked(&mut self, op: OpId, answer: Result<(), SaveError>) {
        let prepares =
            |creation: &&mut Creation| creation.op == op && matches!(creation.stage, Stage::Preparing);
        let Some(creation) = self.creations.current.as_mut().filter(prepares) else { return };
        if let Err(why) = answer {
            let (session, user) = (creation.session, creation.user().clone());
            self.creations.current = None;
            // What was shown of the profile may not be so any more.
            self.files.profile_preview = None;
            self.notify_of(session, NoticeKind::PlaceRefused { user, why });
            return;
        }
        creation.stage = Stage::InFlight;
        let (session, intent) = (creation.session, Box::new(creation.intent.clone()));
        self.clipboard.forget();
        self.call(session, Call::CreateKey { op, intent });
    }

    pub(super) fn created(&mut self, op: OpId, outcome: CreateOutcome) {
        let Some(creation) = self.creations.current.take_if(|creation| creation.awaits(op)) else { return };
        let (session, user) = (creation.session, creation.user().clone());
        match outcome {
            CreateOutcome::Made(pair) => self.made(creation, pair),
            CreateOutcome::Refused(failure) => {
                let wish = creation.wish;
                self.notify_of(session, NoticeKind::CreateRefused { user: user.clone(), wish, failure });
                self.close_intent(&creation.intent.id);
                // At the limit, the list was older than what AWS knows.
                self.relist(session, &user);
            }
            CreateOutcome::Unknown { failure, orphans, listed } => {
                let search = match (orphans.is_empty(), listed) {
                    (false, _) => Search::Orphans(orphans),
                    (true, true) => Search::Nothing,
                    (true, false) => Search::NotListed(failure.clone()),
                };
                self.orphans_are_known(session, &user, search.orphans());
                let failure = Some(failure);
                let seen = self.now.date;
                self.creations.unfinished.push(Unfinished { intent: creation.intent, failure, search, seen });
                self.relist(session, &user);
                self.look_again(session, &user);
            }
        }
    }

    /// The secret is put on screen before anything else is tried.
    fn made(&mut self, mut creation: Creation, pair: KeyPair) {
        let now = self.now;
        let (session, user) = (creation.session, creation.user().clone());
        let wish = std::mem::take(&mut creation.wish);
        let created = Some(pair.created.unwrap_or(now.date));
        let key = AccessKey { id: pair.id.clone(), status: KeyStatus::Active, created };
        self.creations.delivered.insert(pair.id.clone());
        let intent = creation.intent.id.clone();
        creation.stage = Stage::Made(Box::new(NewKey::new(pair)));
        self.creations.current = Some(creation);
        if wish.copy {
            self.copy_pair();
        }
        self.send(Effect::NoteCreated { id: intent, key: key.id.clone() });
        if let Some(place) = wish.save_to {
            self.save_to(place);
        }
        if let Some(text) = wish.description {
            let (user, key) = (user.clone(), key.id.clone());
            self.call(session, Call::Describe { user, key, text });
        }
        if let Some(open) = self.open_as(session) {
            open.keys.apply_change(&user, KeyChange::Made(key), now);
        }
        self.look_again(session, &user);
    }

    fn copy_pair(&mut self) {
        let format: PairFormat = self.settings.pair_format;
        let clears = self.settings.clipboard_clears;
        let Some(creation) = &self.creations.current else { return };
        let Stage::Made(new_key) = &creation.stage else { return };
        match format.text(&new_key.pair, creation.user()) {
            Ok(text) => {
                self.clipboard.copy(creation.op);
                self.send(Effect::CopySecret { text, clears });
            }
            Err(why) => {
                self.notify(NoticeKind::NotCopied { reason: why.to_string() });
            }
        }
    }
}
