//! Effects out to the background runtime, messages back. The only place that knows tokio and poll-promise.

mod activity;
mod calls;
mod clipboard;
mod create;
mod files;
mod journal;
mod saver;
mod sign_in;
mod surroundings;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use poll_promise::Promise;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::aws::{self, Connection};
use crate::clock::Clock;
use crate::core::{
    ClipboardEvent, Effect, JournalMsg, KeysMsg, Msg, NetworkMsg, SessionId, StartMsg, UsersMsg,
};
use crate::desk::login_shell::LoginShell;
use crate::desk::{ActivityThread, Browser, ClipboardThread, Journal, Remembered, SettingsFile};
use crate::domain::About;
use crate::practice::Practice;
use crate::ui::words::Zone;
use journal::Writer;
use saver::Saver;
use sign_in::SignIns;
use surroundings::Surroundings;

/// What a task brings back: messages, and the connection that a sign-in made.
#[derive(Default)]
struct Done {
    messages: Vec<Msg>,
    connected: Option<(SessionId, Connection)>,
}

impl From<Msg> for Done {
    fn from(msg: Msg) -> Self {
        Self::from(vec![msg])
    }
}

impl From<Vec<Msg>> for Done {
    fn from(messages: Vec<Msg>) -> Self {
        Self { messages, ..Self::default() }
    }
}

impl From<Option<Msg>> for Done {
    fn from(msg: Option<Msg>) -> Self {
        Self::from(Vec::from_iter(msg))
    }
}

/// How a task is treated when the window closes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AtExit {
    /// Asks, and changes nothing: may be cut off.
    CutOff,
    /// Changes something: is waited for, within limits.
    Finish,
}

/// How long the list of profiles waits for the login shell.
const LIST_WAITS: Duration = Duration::from_millis(400);

/// What the tasks work with.
pub struct Tools {
    pub runtime: Handle,
    pub egui: egui::Context,
    pub clock: Clock,
    pub practice: Practice,
    pub sign_in: aws::Options,
    pub settings: SettingsFile,
    pub remembered: Remembered,
    pub about: About,
    /// The folder of the journal of intents; without it nothing is written down.
    pub journal: Option<PathBuf>,
    /// The folder of the activity; without it what is done is shown and not kept.
    pub activity: Option<PathBuf>,
    /// Dates are shown in this zone.
    pub zone: Zone,
    /// Files are saved there unless another folder was used last.
    pub home: PathBuf,
    /// Asked for its environment, where the settings allow it.
    pub login_shell: LoginShell,
    /// Set when the system wants the program to end.
    pub ending: Arc<AtomicBool>,
    pub browser: Browser,
    /// Without it, *Copied* is never said; tests leave the clipboard of their reader alone.
    pub uses_clipboard: bool,
}

/// One one-shot mailbox per request.
pub struct Tasks {
    tools: Tools,
    saver: Saver,
    connections: BTreeMap<SessionId, Connection>,
    sign_ins: SignIns,
    surroundings: Surroundings,
    /// Finds out what is around the program.
    look: Option<AbortHandle>,
    /// What the sign-in that is under way waits for, to be given up with it.
    waiting: Option<(SessionId, AbortHandle)>,
    journal: Writer,
    activity: Option<ActivityThread>,
    pending: Vec<(AtExit, Promise<Done>)>,
    clipboard: Option<ClipboardThread>,
    clipboard_events: std::sync::mpsc::Receiver<ClipboardEvent>,
    /// Answers that need no task.
    ready: Vec<Msg>,
}

impl Tasks {
    pub fn new(mut tools: Tools) -> Self {
        if tools.remembered.trouble.as_ref().is_some_and(|trouble| trouble.kept.is_err()) {
            // Saving would overwrite what could not be kept aside.
            tools.settings = SettingsFile::none();
        }
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
        let asks = tools.remembered.settings.login_shell;
        let (surroundings, look) = Surroundings::look(&tools.login_shell, &tools.home, asks);
        let sign_ins = SignIns::new(&tools, surroundings.clone());
        let mut tasks = Self {
            saver: Saver::new(tools.settings.clone(), tools.runtime.clone(), tools.egui.clone()),
            tools,
            connections: BTreeMap::new(),
            sign_ins,
            surroundings,
            look: None,
            waiting: None,
            journal: Writer::default(),
            activity: None,
            pending: Vec::new(),
            clipboard,
            clipboard_events,
            ready: Vec::new(),
        };
        tasks.await_look(asks, look);
        tasks.open_journal();
        tasks.open_activity();
        tasks
    }

    fn open_journal(&mut self) {
        let Some(folder) = self.tools.journal.clone() else { return };
        let (tell, opened) = watch::channel(None);
        self.journal = Writer::start(&self.tools.runtime, opened);
        let open = self.tools.runtime.spawn_blocking(move || Journal::open(&folder));
        self.spawn(AtExit::CutOff, None, async move {
            let (journal, msg) = match open.await {
                Ok(Ok((journal, found))) => (Ok(journal), JournalMsg::Found(found)),
                Ok(Err(err)) => (Err(err.to_string()), JournalMsg::NotWritten { reason: err.to_string() }),
                Err(_) => {
                    let reason = "opening it ended early".to_owned();
                    (Err(reason.clone()), JournalMsg::NotWritten { reason })
                }
            };
            tell.send_replace(Some(journal));
            Msg::Journal(msg).into()
        });
    }

    /// What has come back since the last call. Also to be called while the window is hidden.
    pub fn poll(&mut self) -> Vec<Msg> {
        let mut messages = std::mem::take(&mut self.ready);
        messages.extend(self.clipboard_events.try_iter().map(Msg::Clipboard));
        messages.extend(self.saver.poll());
        let mut still_pending = Vec::new();
        for (at_exit, promise) in std::mem::take(&mut self.pending) {
            match promise.try_take() {
                Ok(Done { messages: answered, connected }) => {
                    self.connections.extend(connected);
                    messages.extend(answered);
                }
                Err(promise) => still_pending.push((at_exit, promise)),
            }
        }
        self.pending = still_pending;
        messages
    }

    /// True while something is under way that must not be cut off at exit: a file half written, a change half sent.
    pub fn must_finish(&self) -> bool {
        self.saver.is_busy() || self.pending.iter().any(|(at_exit, _)| *at_exit == AtExit::Finish)
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
            Effect::CopySecret { text, clears } => self.copy_secret(text, clears),
            Effect::CopyText { text } => self.copy_text(text),
            Effect::ClearClipboard => self.clear_clipboard(),
            Effect::OpenPage { url } => self.open_page(url, lost),
            Effect::SetTrouble { trouble, on } => self.tools.practice.set_trouble(trouble, on),
            Effect::Save(settings) => self.saver.save(*settings),
            Effect::UseNetwork(network) => self.sign_ins.use_network(*network),
            Effect::UseLoginShell(on) => self.look_again(on),
            Effect::WriteDeed(deed) => self.write_deed(*deed),
            Effect::FindProfiles => {
                let (env, mut surroundings) = (self.tools.sign_in.env.clone(), self.surroundings.clone());
                self.spawn(AtExit::CutOff, lost, async move {
                    // Found later, it leads to another look.
                    let found =
                        tokio::time::timeout(LIST_WAITS, surroundings.get()).await.unwrap_or_default();
                    let env = if found.adopted.is_empty() { env } else { aws::environment(&found.adopted) };
                    Msg::Start(StartMsg::ProfilesFound(aws::find_profiles(&env).await)).into()
                });
            }
            Effect::LookAtCaFile { file } => self.spawn(AtExit::CutOff, lost, async move {
                let answer = aws::check_ca_file(&file).await;
                Msg::Network(NetworkMsg::CaFileLookedAt { file, answer }).into()
            }),
            Effect::StopSignIn { session } => {
                if let Some((_, task)) = self.waiting.take_if(|(waiting, _)| *waiting == session) {
                    task.abort();
                }
            }
            Effect::Adopt { from, to } => {
                let adopted = self.connections.remove(&from);
                self.connections.extend(adopted.map(|connection| (to, connection)));
            }
            effect @ (Effect::SignIn { .. }
            | Effect::StartDevice { .. }
            | Effect::AwaitDevice { .. }
            | Effect::AwsLogin { .. }) => {
                let session = SignIns::session_of(&effect);
                let task = self.start(AtExit::CutOff, lost, self.sign_ins.clone().answer(effect));
                self.waiting = session.map(|session| (session, task));
            }
            Effect::Relist { session, user, after } => self.spawn(AtExit::CutOff, lost, async move {
                tokio::time::sleep(after).await;
                Msg::Keys(KeysMsg::RelistDue { session, user }).into()
            }),
            Effect::WaitForPick { session, pick, after } => self.spawn(AtExit::CutOff, lost, async move {
                tokio::time::sleep(after).await;
                Msg::Users(UsersMsg::PickStays { session, pick }).into()
            }),
            Effect::NoteMade { id, key } => self.note(move |journal| journal.made(&id, &key)),
            Effect::CloseIntent { id } => self.note(move |journal| journal.close(&id)),
            effect @ (Effect::CheckPlace { .. }
            | Effect::HandOver { .. }
            | Effect::LookAtProfile { .. }
            | Effect::Export { .. }) => {
                let panicked = effect.lost();
                let (mut surroundings, runtime) = (self.surroundings.clone(), self.tools.runtime.clone());
                self.spawn(AtExit::Finish, lost, async move {
                    // The login shell may say where the credentials file is.
                    let found = surroundings.get().await;
                    let answer = runtime.spawn_blocking(move || files::answer(effect, &found.adopted));
                    answer.await.unwrap_or(panicked).into()
                });
            }
            effect => self.call(effect, lost),
        }
    }

    /// A browser may take its time to start.
    fn open_page(&mut self, url: String, lost: Option<Msg>) {
        let browser = self.tools.browser.clone();
        let panicked = Effect::OpenPage { url: url.clone() }.lost();
        let opening = self.tools.runtime.spawn_blocking(move || {
            let reason = browser.open(&url).err()?.to_string();
            Some(Msg::PageNotOpened { url, reason })
        });
        self.spawn(AtExit::CutOff, lost, async move { opening.await.unwrap_or(panicked).into() });
    }

    /// Writes a line into the journal.
    fn note(&mut self, line: impl FnOnce(&Journal) -> io::Result<()> + Send + 'static) {
        let written = self.journal.write(line);
        self.spawn(AtExit::Finish, None, async move { written.await.into() });
    }

    fn spawn(
        &mut self,
        at_exit: AtExit,
        lost: Option<Msg>,
        future: impl Future<Output = Done> + Send + 'static,
    ) {
        self.start(at_exit, lost, future);
    }

    /// Runs a future on the runtime; it may be given up with the handle. The inner task turns a panic into a message; the
    /// answer is sent before the repaint is asked for, or the window might look for it too early.
    fn start(
        &mut self,
        at_exit: AtExit,
        lost: Option<Msg>,
        future: impl Future<Output = Done> + Send + 'static,
    ) -> AbortHandle {
        let (sender, promise) = Promise::new();
        let egui = self.tools.egui.clone();
        let task = self.tools.runtime.spawn(future);
        let handle = task.abort_handle();
        self.tools.runtime.spawn(async move {
            let done = task.await.unwrap_or_else(|err| {
                if err.is_cancelled() {
                    return Done::default();
                }
                log::error!("a background task ended early: panicked: {}", err.is_panic());
                lost.into()
            });
            sender.send(done);
            egui.request_repaint();
        });
        self.pending.push((at_exit, promise));
        handle
    }
}
