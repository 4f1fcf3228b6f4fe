//! A batch of many keys over Keyfob's own connection, throttled and with lost responses.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use keyfob::aws::{Connection, Options};
use keyfob::core::{
    Answered, BatchMsg, BatchRun, Call, Effect, KeysMsg, Model, Msg, SessionId, StartMsg, Step,
};
use keyfob::domain::{
    BatchAction, BatchResult, KeyId, KeyStatus, Moment, Settings, SignInChoice, SignInInput, SimulatedFault,
    UserName,
};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::{START, Stage, run};

/// The program without its window and files, on a clock that jumps to the next deadline.
struct Program {
    stage: Stage,
    model: Model,
    connection: Connection,
    tasks: JoinSet<Msg>,
    begun: Instant,
}

/// So long after the start.
fn at(passed: Duration) -> Moment {
    let start = Timestamp::from_second(START).expect("a time");
    Moment::of(start) + jiff::SignedDuration::try_from(passed).expect("a duration")
}

impl Program {
    async fn open(stage: Stage) -> Self {
        let given = SignInInput::default();
        let opened =
            keyfob::aws::connect(&SignInChoice::Practice, &Options::default(), &stage.practice, &given).await;
        let Ok((connection, account)) = opened else { panic!("the practice account opens") };
        let model = Model::new(Settings::default(), false, at(Duration::ZERO));
        let mut program = Self { stage, model, connection, tasks: JoinSet::new(), begun: Instant::now() };
        program.send(Msg::Start(StartMsg::Open { choice: SignInChoice::Practice, read_only: false }));
        let session = program.model.sign_in().expect("a sign-in").session;
        program.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }));
        program.idle().await;
        program
    }

    fn session(&self) -> SessionId {
        self.model.open.as_ref().expect("it is open").session
    }

    fn send(&mut self, msg: Msg) {
        for effect in self.model.update(msg, at(self.begun.elapsed())) {
            match effect {
                Effect::Call { session, call } => self.call(session, call),
                Effect::Relist { session, user, after } => {
                    self.tasks.spawn(async move {
                        tokio::time::sleep(after).await;
                        Msg::Keys(KeysMsg::RelistDue { session, user })
                    });
                }
                _ => {}
            }
        }
    }

    fn call(&mut self, session: SessionId, call: Call) {
        let connection = self.connection.clone();
        self.tasks.spawn(async move {
            if call.paced() {
                connection.turn().await;
            }
            let (reply, request_id) = connection.answer(call, async |_| ()).await;
            Msg::Answered(Answered { session, reply, request_id, server_time: None })
        });
    }

    /// Applies the next answer; false if there is none to come.
    async fn step(&mut self) -> bool {
        let Some(arrived) = self.tasks.join_next().await else { return false };
        self.send(arrived.expect("no task panics"));
        true
    }

    async fn idle(&mut self) {
        while self.step().await {}
    }

    fn batch(&self) -> &BatchRun {
        self.model.batches.runs.last().expect("a batch")
    }

    /// As the server has them.
    async fn server(&self, users: &[UserName]) -> BTreeMap<KeyId, KeyStatus> {
        let mut keys = BTreeMap::new();
        for user in users {
            for key in self.connection.keys(user).await.expect("a list") {
                keys.insert(key.id, key.status);
            }
        }
        keys
    }
}

#[test]
fn a_thousand_keys_are_deactivated_and_undone_through_throttling_and_lost_responses() {
    run(async {
        let mut program = Program::open(Stage::crowd(1_200)).await;
        let users: Vec<UserName> = program
            .model
            .open
            .as_ref()
            .expect("it is open")
            .users
            .all()
            .iter()
            .map(|user| user.name.clone())
            .collect();
        // The lists of the picker come as rows scroll into view; here all do.
        for chunk in users.chunks(20) {
            program.send(Msg::Users(keyfob::core::UsersMsg::InView(chunk.to_vec())));
            program.idle().await;
        }
        let before = program.server(&users).await;
        let own = program.model.open.as_ref().and_then(|open| open.account.signing_key.clone());
        let active =
            before.iter().filter(|(key, status)| **status == KeyStatus::Active && Some(*key) != own.as_ref());
        let keys: Vec<KeyId> = active.map(|(key, _)| key.clone()).take(1_000).collect();
        assert_eq!(keys.len(), 1_000);
        program.send(Msg::Batch(BatchMsg::Propose { action: BatchAction::Deactivate, keys: keys.clone() }));
        program.idle().await;
        // Some were used a moment ago: each is included by itself.
        for key in &keys {
            program.send(Msg::Batch(BatchMsg::Include { key: key.clone(), on: true }));
        }
        assert_eq!(program.model.batch_plan().expect("a plan").count(), 1_000);
        let begun = Instant::now();
        program.send(Msg::Batch(BatchMsg::Confirm { typed: String::new() }));
        go_through_faults(&mut program).await;
        // Two requests for each key, 10 a second at most.
        assert!(begun.elapsed() >= Duration::from_secs(190), "{:?}", begun.elapsed());
        let server = program.server(&users).await;
        for row in &program.batch().rows {
            assert_eq!(row.step, Step::Ended(BatchResult::Done), "{row:?}");
            assert_eq!(server.get(&row.key), Some(&KeyStatus::Inactive));
        }
        let id = program.batch().id().clone();
        program.send(Msg::Batch(BatchMsg::Undo(id)));
        go_through_faults(&mut program).await;
        assert!(program.batch().is_complete());
        assert!(program.server(&users).await == before, "as before");
        assert!(program.session() == program.batch().session.expect("a session"));
    });
}

/// Throttled, then losing responses, then well, again and again, until nothing is to come any more.
async fn go_through_faults(program: &mut Program) {
    let mut steps = 0_usize;
    loop {
        let (throttled, lost) = match steps % 100 {
            20..24 => (true, false),
            60..62 => (false, true),
            _ => (false, false),
        };
        program.stage.practice.set_trouble(SimulatedFault::Throttled, throttled);
        program.stage.practice.set_trouble(SimulatedFault::AnswerLost, lost);
        if !program.step().await {
            break;
        }
        steps += 1;
    }
    program.stage.practice.set_trouble(SimulatedFault::Throttled, false);
    program.stage.practice.set_trouble(SimulatedFault::AnswerLost, false);
}
