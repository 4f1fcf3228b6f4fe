//! Effects out to the background runtime, messages back. The only place that knows tokio and poll-promise.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use poll_promise::Promise;
use tokio::runtime::Handle;

use crate::aws::{self, Connection, Pace};
use crate::clock::Clock;
use crate::core::{ClipboardEvent, CreateMsg, Effect, KeysMsg, Msg, SessionId, StartMsg, UsersMsg};
use crate::desk::{ClipboardThread, SettingsFile};
use crate::domain::{Cause, Failure, KeyId, Secret, UserName};
use crate::practice::Practice;
use crate::ui::words::Zone;

/// What a task brings back: a message, and the connection that a sign-in made.
struct Done {
    /// `None` for what needs no answer.
    msg: Option<Msg>,
    connected: Option<(SessionId, Connection)>,
}

impl From<Msg> for Done {
    fn from(msg: Msg) -> Self {
        Self { msg: Some(msg), connected: None }
    }
}

/// What the tasks work with.
pub struct Tools {
    pub runtime: Handle,
    pub egui: egui::Context,
    pub clock: Clock,
    pub practice: Practice,
    pub sign_in: aws::Options,
    pub settings: SettingsFile,
    /// Dates are shown in this zone.
    pub zone: Zone,
    /// Without it, *Copied* is never said; tests leave the clipboard of their reader alone.
    pub uses_clipboard: bool,
}

/// One one-shot mailbox per request.
pub struct Tasks {
    tools: Tools,
    connections: BTreeMap<SessionId, Connection>,
    pace: Arc<Pace>,
    pending: Vec<Promise<Done>>,
    clipboard: Option<ClipboardThread>,
    clipboard_events: std::sync::mpsc::Receiver<ClipboardEvent>,
    /// Answers that need no task.
    ready: Vec<Msg>,
}

impl Tasks {
    pub fn new(tools: Tools) -> Self {
        let (tell, clipboard_events) = std::sync::mpsc::channel();
        let egui = tools.egui.clone();
        let start = || {
            ClipboardThread::start(tools.clock.clone(), move |event| {
                tell.send(event).ok();
                egui.request_repaint();
            })
        };
        let clipboard = tools.uses_clipboard.then(start).transpose().unwrap_or_else(|err| {
            log::error!("the clipboard thread could not be started: {err}");
            None
        });
        Self {
            tools,
            connections: BTreeMap::new(),
            pace: Arc::new(Pace::default()),
            pending: Vec::new(),
            clipboard,
            clipboard_events,
            ready: Vec::new(),
        }
    }

    /// What has come back since the last call. Also to be called while the window is hidden.
    pub fn poll(&mut self) -> Vec<Msg> {
        let mut messages = std::mem::take(&mut self.ready);
        messages.extend(self.clipboard_events.try_iter().map(Msg::Clipboard));
        let mut still_pending = Vec::new();
        for promise in std::mem::take(&mut self.pending) {
            match promise.try_take() {
                Ok(Done { msg, connected }) => {
                    self.connections.extend(connected);
                    messages.extend(msg);
                }
                Err(promise) => still_pending.push(promise),
            }
        }
        self.pending = still_pending;
        messages
    }

    /// True while something is under way in the background.
    pub fn busy(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Clears the clipboard if it still holds a secret of ours; waits half a second at most.
    pub fn quit(&self) {
        if let Some(clipboard) = &self.clipboard {
            clipboard.quit();
        }
    }

    /// Starts one effect. Never blocks.
    pub fn run(&mut self, effect: Effect) {
        let lost = effect.lost();
        match effect {
            Effect::SignOut { session } => _ = self.connections.remove(&session),
            Effect::CopySecret { text } => self.copy_secret(text),
            Effect::CopyText { text } => self.copy_text(text),
            Effect::ClearClipboard => self.clipboard.iter().for_each(ClipboardThread::clear),
            Effect::SetTrouble { trouble, on } => self.tools.practice.set_trouble(trouble, on),
            Effect::Save(settings) => self.save(*settings),
            Effect::FindProfiles => self.spawn(lost, async {
                Msg::Start(StartMsg::ProfilesFound(aws::find_profiles().await)).into()
            }),
            Effect::SignIn { session, choice } => {
                let (options, practice) = (self.tools.sign_in.clone(), self.tools.practice.clone());
                self.spawn(lost, async move {
                    let (connected, answer) = match aws::connect(&choice, &options, &practice).await {
                        Ok((connection, account)) => (Some((session, connection)), Ok(account)),
                        Err(failure) => (None, Err(failure)),
                    };
                    Done { msg: Some(Msg::Start(StartMsg::SignedIn { session, answer })), connected }
                });
            }
            Effect::Relist { session, user, after } => self.spawn(lost, async move {
                tokio::time::sleep(after).await;
                Msg::Keys(KeysMsg::RelistDue { session, user }).into()
            }),
            effect => self.call(effect, lost),
        }
    }

    /// The effects that need a connection.
    fn call(&mut self, effect: Effect, lost: Option<Msg>) {
        let Some(session) = session_of(&effect) else {
            return;
        };
        let Some(aws) = self.connections.get(&session).cloned() else {
            // Signed out meanwhile: the core drops the answer, but it must not wait for it.
            self.ready.extend(lost);
            return;
        };
        let pace = Arc::clone(&self.pace);
        self.spawn(lost, async move { Done { msg: answer(effect, &aws, &pace).await, connected: None } });
    }

    /// Runs a future on the runtime. The inner task turns a panic into a message; the answer is sent before the repaint is
    /// asked for, or the window might look for it too early.
    fn spawn(&mut self, lost: Option<Msg>, future: impl Future<Output = Done> + Send + 'static) {
        let (sender, promise) = Promise::new();
        let egui = self.tools.egui.clone();
        let task = self.tools.runtime.spawn(future);
        self.tools.runtime.spawn(async move {
            let done = task.await.unwrap_or_else(|err| {
                log::error!("a background task ended early: panicked: {}", err.is_panic());
                Done { msg: lost, connected: None }
            });
            sender.send(done);
            egui.request_repaint();
        });
        self.pending.push(promise);
    }

    fn copy_secret(&mut self, text: Secret) {
        match &self.clipboard {
            Some(clipboard) => clipboard.copy_secret(text),
            None => self.ready.push(no_clipboard(true)),
        }
    }

    fn copy_text(&mut self, text: String) {
        match &self.clipboard {
            Some(clipboard) => clipboard.copy_text(text),
            None => self.ready.push(no_clipboard(false)),
        }
    }

    fn save(&mut self, settings: crate::domain::Settings) {
        let file = self.tools.settings.clone();
        let runtime = self.tools.runtime.clone();
        self.spawn(None, async move {
            // Files may be on a slow disk; the runtime has threads for that.
            let saved = runtime.spawn_blocking(move || file.save(&settings)).await;
            match saved {
                Ok(Err(err)) => Msg::SettingsNotSaved { reason: err.to_string() }.into(),
                _ => Done { msg: None, connected: None },
            }
        });
    }

    /// Waits for what must not be cut off at exit: a settings file half written, a change half sent.
    pub fn finish(&mut self, within: Duration) {
        let deadline = std::time::Instant::now() + within;
        while self.busy() && std::time::Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
            self.poll();
        }
    }
}

fn no_clipboard(secret: bool) -> Msg {
    let reason = "the clipboard of this system cannot be reached".to_owned();
    Msg::Clipboard(ClipboardEvent::NotCopied { secret, reason })
}

fn session_of(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::ReadQuota { session }
        | Effect::ListUsers { session, .. }
        | Effect::ListKeys { session, .. }
        | Effect::ReadLastUse { session, .. }
        | Effect::ReadDescriptions { session, .. }
        | Effect::CreateKey { session, .. }
        | Effect::Describe { session, .. }
        | Effect::Undescribe { session, .. }
        | Effect::SetStatus { session, .. }
        | Effect::DeleteKey { session, .. } => Some(*session),
        _ => None,
    }
}

/// Carries out one call and words its answer as a message.
async fn answer(effect: Effect, aws: &Connection, pace: &Pace) -> Option<Msg> {
    Some(match effect {
        Effect::ReadQuota { session } => {
            let unknown = || Failure::new("iam:GetAccountSummary", Cause::Unreadable);
            let answer = aws.key_quota().await.and_then(|quota| quota.ok_or_else(unknown));
            Msg::Start(StartMsg::Quota { session, answer })
        }
        Effect::ListUsers { session, load, marker } => {
            Msg::Users(UsersMsg::Page { session, load, answer: aws.users(marker).await })
        }
        Effect::CreateKey { op, user, .. } => {
            Msg::Create(CreateMsg::Answered { op, outcome: aws.create_key(&user).await })
        }
        Effect::ListKeys { session, user, load, paced } => {
            if paced {
                pace.turn().await;
            }
            let answer = aws.keys(&user).await;
            Msg::Keys(KeysMsg::Listed { session, user, load, answer })
        }
        Effect::ReadLastUse { session, user, key, load } => {
            let answer = aws.last_use(&key).await;
            Msg::Keys(KeysMsg::LastUse { session, user, key, load, answer })
        }
        Effect::ReadDescriptions { session, user, load } => {
            let answer = aws.descriptions(&user).await;
            Msg::Keys(KeysMsg::Descriptions { session, user, load, answer })
        }
        Effect::Describe { session, user, key, text } => {
            let answer = aws.describe(&user, &key, &text).await;
            Msg::Keys(KeysMsg::Described { session, user, key, text, answer })
        }
        Effect::Undescribe { user, key, .. } => undescribe(aws, user, key).await,
        Effect::SetStatus { session, user, key, status } => {
            let answer = aws.set_status(&user, &key, status).await;
            Msg::Keys(KeysMsg::StatusSet { session, user, key, status, answer })
        }
        Effect::DeleteKey { session, user, key } => {
            let answer = aws.delete_key(&user, &key).await;
            Msg::Keys(KeysMsg::Deleted { session, user, key, answer })
        }
        // `run` has carried out the others.
        _ => return None,
    })
}

async fn undescribe(aws: &Connection, user: UserName, key: KeyId) -> Msg {
    let answer = aws.undescribe(&user, &key).await;
    Msg::Keys(KeysMsg::Undescribed { user, key, answer })
}
