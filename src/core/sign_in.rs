//! Choosing an account and signing in to it.

use std::collections::BTreeMap;

use super::prefetch::Prefetch;
use super::{
    Access, Call, Effect, Inventory, KeyStore, Model, NoticeKind, OpenAccount, PendingChanges, Selection,
    SessionId, SessionState, SignInStep, StartMsg, UserList,
};
use crate::domain::{Account, Failure, Moment, Opened, SignInChoice, SignInInput, SimulatedFault};

/// A sign-in that is under way.
pub struct SignIn {
    pub session: SessionId,
    pub choice: SignInChoice,
    pub read_only: bool,
    pub since: Moment,
    pub step: SignInStep,
    /// The session that it is for, if that one is open already.
    pub renews: Option<SessionId>,
    pub(super) given: SignInInput,
    /// Its connection is there.
    pub(super) connected: bool,
    pub(super) prefetch: Option<Prefetch>,
}

impl Model {
    pub(super) fn update_start(&mut self, msg: StartMsg) {
        match msg {
            StartMsg::FindProfiles => self.find_profiles(),
            StartMsg::ProfilesFound(profiles) => {
                self.files.profiles.value = Some(profiles);
                self.files.profiles.as_of = Some(self.now);
            }
            StartMsg::Open { choice, read_only } => {
                self.start_sign_in(choice, read_only, SignInInput::default());
            }
            StartMsg::OpenWithMfa { choice, read_only } => {
                self.start_sign_in(
                    choice,
                    read_only,
                    SignInInput { use_mfa: true, ..SignInInput::default() },
                );
            }
            StartMsg::Renew { use_mfa } => self.renew(use_mfa),
            StartMsg::CancelSignIn => self.cancel_sign_in(),
            StartMsg::Connected { session } => self.connected(session),
            StartMsg::SignedIn { session, answer } => self.signed_in(session, answer),
            StartMsg::Prompted { session, ask } => self.asked(session, ask),
            StartMsg::Reply(answer) => self.answer(answer),
            StartMsg::DeviceStarted { session, answer } => self.device_started(session, answer),
            StartMsg::BrowserDone { session, answer } => self.browser_done(session, answer),
            StartMsg::SwitchAccount => self.switch_account(),
        }
    }

    pub(super) fn take_quota(&mut self, session: SessionId, answer: Result<u32, Failure>) {
        if let (Some(open), Ok(quota)) = (self.open_as(session), answer) {
            open.access.set_quota(quota);
        }
    }

    pub(super) fn find_profiles(&mut self) {
        self.send(Effect::FindProfiles);
    }

    fn start_sign_in(&mut self, choice: SignInChoice, read_only: bool, given: SignInInput) {
        let read_only = read_only || self.run.always_read_only;
        if let Some(under_way) = self.sessions.sign_in.as_mut().filter(|under_way| under_way.choice == choice)
        {
            // The last press says whether anything may be changed.
            under_way.read_only = read_only;
            return;
        }
        self.begin(choice, read_only, given, None);
    }

    /// One sign-in at a time: another one that is under way is given up.
    pub(super) fn begin(
        &mut self,
        choice: SignInChoice,
        read_only: bool,
        given: SignInInput,
        renews: Option<SessionId>,
    ) {
        self.cancel_sign_in();
        let session = SessionId(self.run.next_number());
        // The banner of the one that is tried again stays, so that nothing moves under the pointer.
        self.sessions.failure.take_if(|(failed, _)| *failed != choice);
        self.sessions.sign_in = Some(SignIn {
            session,
            choice,
            read_only,
            since: self.now,
            step: SignInStep::UnderWay,
            renews,
            given,
            connected: false,
            prefetch: None,
        });
        self.go_on();
    }

    fn cancel_sign_in(&mut self) {
        if let Some(SignIn { session, connected, .. }) = self.sessions.sign_in.take() {
            self.send(Effect::StopSignIn { session });
            if connected {
                self.leave(session);
            }
        }
    }

    fn signed_in(&mut self, session: SessionId, answer: Result<Account, Failure>) {
        if self.open_as(session).is_some() {
            return;
        }
        let account = match answer {
            Ok(account) => account,
            Err(failure) => return self.sign_in_failed(session, failure),
        };
        let Some(sign_in) = self.sessions.sign_in.take_if(|sign_in| sign_in.session == session) else {
            // Cancelled, or another account was picked meanwhile.
            self.leave(session);
            return;
        };
        match sign_in.renews {
            Some(old) => self.renewed(old, session, &sign_in.given, account),
            None => self.enter(sign_in, account),
        }
    }

    pub(super) fn sign_in_failed(&mut self, session: SessionId, failure: Failure) {
        let Some(sign_in) = self.sessions.sign_in.take_if(|sign_in| sign_in.session == session) else {
            return;
        };
        if sign_in.connected {
            self.leave(session);
        }
        match sign_in.renews {
            Some(old) => {
                if let Some(open) = self.open_as(old) {
                    open.life.renewal_failed = Some(failure);
                }
            }
            None => self.sessions.failure = Some((sign_in.choice, failure)),
        }
    }

    fn enter(&mut self, sign_in: SignIn, account: Account) {
        let SignIn { session, choice, read_only, given, prefetch, .. } = sign_in;
        self.sessions.failure = None;
        self.sessions.accounts.insert(session, account.clone());
        self.settings.remember_opened(Opened {
            choice: choice.clone(),
            account_id: account.id.clone(),
            elsewhere: account.elsewhere().map(str::to_owned),
            at: self.local_date(),
        });
        let prefs = self.settings.prefs(&account);
        let read_only = self.read_only_of(read_only, &prefs);
        let selected_user = self.settings.last_user(&account).cloned();
        let prefetch = prefetch.filter(|prefetch| prefetch.is_of(&account, selected_user.as_ref()));
        self.run.faults.remove(&SimulatedFault::SessionOver);
        // That a crash would go unnoticed, or a secret stays on the clipboard, holds for every account. What failed in
        // another one names it, and may have come after it was left.
        self.notices.retain(|notice| {
            let failed = notice.session.is_some() && !notice.event.is_success();
            let of_computer = matches!(
                notice.event,
                NoticeKind::JournalNotWritten { .. }
                    | NoticeKind::NotCleared { .. }
                    | NoticeKind::NotCopied { .. }
            );
            failed || of_computer
        });
        let keys = KeyStore::new(&account, prefs.policy.clone());
        let left = self.open.replace(OpenAccount {
            session,
            choice,
            account,
            life: SessionState::new(&given),
            prefs,
            access: Access::new(read_only),
            users: UserList::default(),
            selection: Selection::of(selected_user),
            keys,
            inventory: Inventory::default(),
            pending: PendingChanges::default(),
            inactive_since: BTreeMap::new(),
            server_clock: None,
        });
        self.save();
        if let Some(prefetch) = prefetch {
            self.take_prefetched(prefetch);
        } else {
            self.call(session, Call::ReadQuota);
            self.list_users();
            self.load_selected_user();
        }
        self.look_for_orphans();
        if let Some(left) = left {
            self.leave(left.session);
        }
    }

    /// The new key panel stays: it belongs to the account that it was made for.
    fn switch_account(&mut self) {
        if self.is_renewing() {
            self.cancel_sign_in();
        }
        let left = self.open.take();
        self.find_profiles();
        if let Some(left) = left {
            self.leave(left.session);
        }
    }
}
