//! Creating a key: one press makes one key, and its secret stays until the administrator lets it go.

use super::{Clipboard, CreateMsg, Effect, Event, Model, OpId, SessionId};
use crate::domain::{AccessKey, Failure, KeyId, KeyPair, KeyStatus, PairFormat, UserName};

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

/// A new key with its secret.
pub struct NewKey {
    pub pair: KeyPair,
    /// It was accepted by the clipboard at least once.
    pub copied: bool,
    /// *I have saved it* was pressed with neither a copy nor a file: it is asked once.
    pub asking: bool,
}

/// Where one creation stands.
pub enum Stage {
    InFlight,
    Made(NewKey),
    Unknown { failure: Failure, orphans: Vec<KeyId>, listed: bool },
}

/// A key that is being made, for the account and user that it was asked for.
pub struct Creation {
    pub op: OpId,
    pub session: SessionId,
    pub user: UserName,
    pub account_name: String,
    pub account_id: String,
    pub stage: Stage,
    copy: bool,
    description: Option<String>,
}

/// Why *Create* is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateBlock {
    ReadOnly,
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
    /// Only the first answer counts: a second one must not take the secret of the first away.
    fn awaits(&self, op: OpId) -> bool {
        self.op == op && matches!(self.stage, Stage::InFlight)
    }
}

impl Model {
    /// Why no key can be created for the picked user, if so.
    pub fn create_block(&self) -> Option<CreateBlock> {
        let open = self.open.as_ref()?;
        if let Some(creation) = &self.creation {
            let user = creation.user.clone();
            return Some(match creation.stage {
                Stage::InFlight => CreateBlock::UnderWay(user),
                _ => CreateBlock::PanelOpen(user),
            });
        }
        if open.read_only {
            return Some(CreateBlock::ReadOnly);
        }
        let Some(count) = open.picked_keys().and_then(|keys| keys.count()) else {
            return Some(CreateBlock::NotKnown);
        };
        let full = u32::try_from(count).is_ok_and(|count| count >= open.quota);
        full.then_some(CreateBlock::Limit { count, quota: open.quota })
    }

    /// True while closing the window would lose a secret.
    pub fn holds_secret(&self) -> bool {
        self.creation.as_ref().is_some_and(|creation| !matches!(creation.stage, Stage::Unknown { .. }))
    }

    pub(super) fn update_create(&mut self, msg: CreateMsg) -> Vec<Effect> {
        match msg {
            CreateMsg::Create { copy, description } => self.create(copy, description),
            CreateMsg::Answered { op, outcome } => self.created(op, outcome),
            CreateMsg::Copy(format) => {
                self.settings.pair_format = format;
                let mut effects = self.copy_pair();
                effects.extend(self.save());
                effects
            }
            CreateMsg::Saved => self.saved(),
            CreateMsg::LetGo => self.close_panel(),
            CreateMsg::Keep => {
                if let Some(new_key) = self.new_key_mut() {
                    new_key.asking = false;
                }
                Vec::new()
            }
        }
    }

    fn create(&mut self, copy: bool, description: Option<String>) -> Vec<Effect> {
        // The guard is here and not in the button: keys, clicks and assistive technology all end up here.
        if self.create_block().is_some() {
            return Vec::new();
        }
        let op = OpId(self.next_number());
        let Some(open) = &self.open else { return Vec::new() };
        let Some(user) = open.picked.clone() else {
            return Vec::new();
        };
        let session = open.session;
        let description = description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.creation = Some(Creation {
            op,
            session,
            user: user.clone(),
            account_name: open.account.name().to_owned(),
            account_id: open.account.grouped_id(),
            stage: Stage::InFlight,
            copy,
            description,
        });
        self.clipboard = Clipboard::Idle;
        vec![Effect::CreateKey { session, op, user }]
    }

    fn created(&mut self, op: OpId, outcome: CreateOutcome) -> Vec<Effect> {
        let Some(creation) = self.creation.as_mut().filter(|creation| creation.awaits(op)) else {
            return Vec::new();
        };
        match outcome {
            CreateOutcome::Made(pair) => self.made(pair),
            CreateOutcome::Refused(failure) => {
                let (session, user) = (creation.session, creation.user.clone());
                self.creation = None;
                self.notify(Event::CreateRefused { user: user.clone(), failure });
                // At the limit, the list was older than what AWS knows.
                self.update_keys(super::KeysMsg::RelistDue { session, user })
            }
            CreateOutcome::Unknown { failure, orphans, listed } => {
                let (session, user) = (creation.session, creation.user.clone());
                creation.stage = Stage::Unknown { failure, orphans, listed };
                let mut effects = self.update_keys(super::KeysMsg::RelistDue { session, user: user.clone() });
                effects.extend(Self::look_again(session, &user));
                effects
            }
        }
    }

    /// The secret is put on screen before anything else is tried.
    fn made(&mut self, pair: KeyPair) -> Vec<Effect> {
        let now = self.now;
        let Some(creation) = &mut self.creation else {
            return Vec::new();
        };
        let (session, user) = (creation.session, creation.user.clone());
        let (copy, description) = (creation.copy, creation.description.take());
        let key = AccessKey {
            id: pair.id.clone(),
            status: KeyStatus::Active,
            created: Some(pair.created.unwrap_or(now)),
        };
        creation.stage = Stage::Made(NewKey { pair, copied: false, asking: false });
        let mut effects = if copy { self.copy_pair() } else { Vec::new() };
        if let Some(text) = description {
            let (user, key) = (user.clone(), key.id.clone());
            effects.push(Effect::Describe { session, user, key, text });
        }
        if let Some(open) = self.open_as(session) {
            let known = open.keys_mut(&user);
            let never = known.last_uses.entry(key.id.clone()).or_default();
            never.value = Some(crate::domain::LastUse::Never);
            known.overlay.made(key, now);
            known.reapply(now);
        }
        effects.extend(Self::look_again(session, &user));
        effects
    }

    fn copy_pair(&mut self) -> Vec<Effect> {
        let format: PairFormat = self.settings.pair_format;
        let Some(new_key) = self.new_key_mut() else {
            return Vec::new();
        };
        let text = format.text(&new_key.pair);
        self.clipboard = Clipboard::Copying;
        vec![Effect::CopySecret { text }]
    }

    fn saved(&mut self) -> Vec<Effect> {
        match self.new_key_mut() {
            Some(new_key) if !new_key.copied && !new_key.asking => {
                new_key.asking = true;
                Vec::new()
            }
            Some(new_key) if !new_key.copied => Vec::new(),
            _ => self.close_panel(),
        }
    }

    /// While the request is under way there is nothing to close.
    fn close_panel(&mut self) -> Vec<Effect> {
        self.creation.take_if(|creation| !matches!(creation.stage, Stage::InFlight));
        Vec::new()
    }

    fn new_key_mut(&mut self) -> Option<&mut NewKey> {
        match &mut self.creation.as_mut()?.stage {
            Stage::Made(new_key) => Some(new_key),
            _ => None,
        }
    }
}
