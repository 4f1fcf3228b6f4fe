//! Effects out to the background runtime, messages back. The only place that knows tokio and poll-promise.

mod activity;
mod batches;
mod calls;
mod clipboard;
mod files;
mod journal;
mod pending;
mod saver;
mod services;
mod shell_probe;
mod sign_in;
mod waker;
mod writer;

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::task::AbortHandle;

use crate::aws::{self, Connection, Unidentified};
use crate::core::{
    ClipboardEvent, Effect, FileRequest, KeysMsg, Msg, NetworkMsg, SessionId, SettingsMsg, StartMsg, UsersMsg,
};
use crate::desk::{BatchStore, ClipboardThread, LoadedSettings, Records, SettingsFile};
use crate::domain::{ActivityEntry, RequestRate};
use journal::JournalWriter;
use pending::{AtExit, Done, Pending};
use saver::Saver;
pub use services::Services;
use shell_probe::ShellProbe;
use sign_in::SignIns;
pub use waker::{Waker, Wakes, waker};
use writer::Writer;

/// How long the list of profiles waits for the login shell.
const LIST_WAITS: Duration = Duration::from_millis(400);

/// What is under way in the background.
pub struct Tasks {
    services: Services,
    writer: Writer,
    saver: Saver,
    connections: BTreeMap<SessionId, Connection>,
    /// Of background reads.
    rate: RequestRate,
    /// Of connections whose account AWS has not named yet.
    unidentified: BTreeMap<SessionId, Unidentified>,
    sign_ins: SignIns,
    shell_probe: ShellProbe,
    /// Finds out what is around the program.
    look: Option<AbortHandle>,
    /// What the sign-in that is under way waits for, to be given up with it.
    waiting: Option<(SessionId, AbortHandle)>,
    journal: JournalWriter,
    activity: Option<Records<ActivityEntry>>,
    batches: Option<BatchStore>,
    pending: Pending,
    clipboard: Option<ClipboardThread>,
    clipboard_events: std::sync::mpsc::Receiver<ClipboardEvent>,
    /// Answers that need no task.
    ready: Vec<Msg>,
}

impl Tasks {
    /// `waker` is called when something has arrived.
    pub fn new(mut services: Services, remembered: &LoadedSettings, waker: Waker) -> Self {
        if remembered.trouble.as_ref().is_some_and(|trouble| trouble.kept.is_err()) {
            // Saving would overwrite what could not be kept aside.
            services.settings = SettingsFile::none();
        }
        let (tell, clipboard_events) = std::sync::mpsc::channel();
        let wakes = waker.clone();
        let start = || {
            ClipboardThread::start(services.clock.clone(), move |event| {
                tell.send(event).ok();
                wakes.wake();
            })
        };
        let clipboard = services.uses_clipboard.then(start).transpose().unwrap_or_else(|err| {
            log::error!("the clipboard thread could not be started: {err}");
            None
        });
        let asks = remembered.settings.login_shell;
        let (shell_probe, look) = ShellProbe::look(&services.login_shell, &services.home, asks);
        let sign_ins = SignIns::new(&services, shell_probe.clone());
        let writer = Writer::start(&services.runtime);
        let mut tasks = Self {
            saver: Saver::new(services.settings.clone(), writer.clone()),
            writer,
            pending: Pending::new(services.runtime.clone(), waker),
            services,
            connections: BTreeMap::new(),
            rate: remembered.settings.request_rate,
            unidentified: BTreeMap::new(),
            sign_ins,
            shell_probe,
            look: None,
            waiting: None,
            journal: JournalWriter::default(),
            activity: None,
            batches: None,
            clipboard,
            clipboard_events,
            ready: Vec::new(),
        };
        tasks.await_look(asks, look);
        tasks.open_journal();
        tasks.open_activity();
        tasks.open_batches();
        tasks
    }

    /// What has come back since the last call.
    pub fn poll(&mut self) -> Vec<Msg> {
        let mut messages = self.take_ready();
        messages.extend(self.clipboard_events.try_iter().map(Msg::Clipboard));
        for Done { messages: answered, connected } in self.pending.take_arrived() {
            if let Some((session, connection, unidentified)) = connected {
                connection.limit_requests(self.rate);
                self.connections.insert(session, connection);
                self.unidentified.insert(session, unidentified);
            }
            messages.extend(answered);
        }
        messages
    }

    /// Answers to effects that needed no task.
    pub fn take_ready(&mut self) -> Vec<Msg> {
        std::mem::take(&mut self.ready)
    }

    /// True while something is under way that must not be cut off at exit: a file half written, a change half sent.
    pub fn must_finish(&self) -> bool {
        self.pending.must_finish()
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
            Effect::SignOut { session } => {
                self.connections.remove(&session);
                self.unidentified.remove(&session);
            }
            Effect::Identify { session } => self.identify(session, lost),
            Effect::CopySecret { text, clears } => self.copy_secret(text, clears),
            Effect::CopyText { text } => self.copy_text(text),
            Effect::ClearClipboard => self.clear_clipboard(),
            Effect::OpenPage { url } => self.open_page(url, lost),
            Effect::SetFault { trouble, on } => self.services.practice.set_trouble(trouble, on),
            Effect::Save(settings) => {
                let saved = self.saver.save(*settings);
                self.write(saved, |reason| Msg::Settings(SettingsMsg::NotSaved { reason }));
            }
            Effect::LimitRequests(rate) => {
                self.rate = rate;
                self.connections.values().for_each(|connection| connection.limit_requests(rate));
            }
            Effect::UseNetwork(network) => self.sign_ins.use_network(*network),
            Effect::UseLoginShell(on) => self.look_again(on),
            Effect::WriteDeed(entry) => self.write_deed(*entry),
            Effect::RecordBatch(records) => self.record_batch(records),
            Effect::FindProfiles => {
                let (mut options, mut shell_probe) =
                    (self.services.sign_in.clone(), self.shell_probe.clone());
                self.spawn(AtExit::CutOff, lost, async move {
                    // Found later, it leads to another look.
                    let found = tokio::time::timeout(LIST_WAITS, shell_probe.get()).await.unwrap_or_default();
                    if !found.inherited.is_empty() {
                        options.env = aws::environment(&found.inherited);
                    }
                    Msg::Start(StartMsg::ProfilesFound(aws::find_profiles(&options).await)).into()
                });
            }
            Effect::CheckCaFile { file } => self.spawn(AtExit::CutOff, lost, async move {
                let answer = aws::check_ca_file(&file).await;
                Msg::Network(NetworkMsg::CaFileChecked { file, answer }).into()
            }),
            Effect::StopSignIn { session } => {
                if let Some((_, task)) = self.waiting.take_if(|(waiting, _)| *waiting == session) {
                    task.abort();
                }
            }
            Effect::Adopt { from, to } => {
                let inherited = self.connections.remove(&from);
                self.connections.extend(inherited.map(|connection| (to, connection)));
            }
            Effect::SignIn { session, request } => {
                let answer = self.sign_ins.clone().answer(session, request);
                self.waiting = Some((session, self.start(AtExit::CutOff, lost, answer)));
            }
            Effect::Relist { session, user, after } => self.spawn(AtExit::CutOff, lost, async move {
                tokio::time::sleep(after).await;
                Msg::Keys(KeysMsg::RelistDue { session, user }).into()
            }),
            Effect::DebounceSelection { session, pick, after } => {
                self.spawn(AtExit::CutOff, lost, async move {
                    tokio::time::sleep(after).await;
                    Msg::Users(UsersMsg::SelectionSettled { session, pick }).into()
                });
            }
            Effect::NoteCreated { id, key } => self.note(move |journal| journal.made(&id, &key)),
            Effect::CloseIntent { id } => self.note(move |journal| journal.close(&id)),
            Effect::File(request) => self.use_file(request),
            Effect::Call { session, call } => self.call(session, call, lost),
        }
    }

    fn use_file(&mut self, request: FileRequest) {
        let (lost, panicked) = (request.lost(), request.lost());
        let (mut shell_probe, runtime) = (self.shell_probe.clone(), self.services.runtime.clone());
        self.spawn(AtExit::Finish, Some(lost), async move {
            // The login shell may say where the credentials file is.
            let found = shell_probe.get().await;
            let answer = runtime.spawn_blocking(move || files::answer(request, &found.inherited));
            answer.await.unwrap_or(panicked).into()
        });
    }

    /// A browser may take its time to start.
    fn open_page(&mut self, url: String, lost: Option<Msg>) {
        let browser = self.services.browser.clone();
        let panicked = Effect::OpenPage { url: url.clone() }.lost();
        let opening = self.services.runtime.spawn_blocking(move || {
            let reason = browser.open(&url).err()?.to_string();
            Some(Msg::PageNotOpened { url, reason })
        });
        self.spawn(AtExit::CutOff, lost, async move { opening.await.unwrap_or(panicked).into() });
    }

    fn spawn(
        &mut self,
        at_exit: AtExit,
        lost: Option<Msg>,
        future: impl Future<Output = Done> + Send + 'static,
    ) {
        self.start(at_exit, lost, future);
    }

    fn start(
        &mut self,
        at_exit: AtExit,
        lost: Option<Msg>,
        future: impl Future<Output = Done> + Send + 'static,
    ) -> AbortHandle {
        self.pending.start(at_exit, lost, future)
    }
}
