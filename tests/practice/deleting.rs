//! A deletion over Keyfob's own connection: the list right before decides.

use keyfob::aws::{Connection, Options};
use keyfob::domain::{Cause, KeyId, KeyStatus, NotDeleted, SignInChoice, SignInInput, UserName};

use crate::{Stage, run};

async fn connection(stage: &Stage) -> Connection {
    let given = SignInInput::default();
    let opened =
        keyfob::aws::connect(&SignInChoice::Practice, &Options::default(), &stage.practice, &given).await;
    let Ok((connection, _)) = opened else { panic!("the practice account opens") };
    connection
}

#[test]
fn what_somebody_has_activated_again_is_not_deleted() {
    run(async {
        let stage = Stage::story();
        let (connection, carol) = (connection(&stage).await, UserName::new("carol"));
        let key = KeyId::new(stage.create("carol").await.access_key_id);
        let cause = connection
            .list_and_delete(&carol, &key, false, async || ())
            .await
            .expect_err("it is active")
            .cause;
        assert_eq!(cause, Cause::NotDeleted(NotDeleted::NotInactive(KeyStatus::Active)));
        assert_eq!(stage.practice.requests("DeleteAccessKey"), 0, "nothing is sent");
        connection.set_status(&carol, &key, KeyStatus::Inactive).await.expect("deactivated");
        connection.list_and_delete(&carol, &key, false, async || ()).await.expect("deleted");
        let cause =
            connection.list_and_delete(&carol, &key, false, async || ()).await.expect_err("it is gone").cause;
        assert_eq!(
            (cause, stage.practice.requests("DeleteAccessKey")),
            (Cause::NotDeleted(NotDeleted::Gone), 1)
        );
        let cause = connection.list_and_delete(&UserName::new("nobody"), &key, false, async || ()).await;
        assert_eq!(cause.expect_err("there is no such user").cause, Cause::NotDeleted(NotDeleted::Gone));
    });
}

#[test]
fn the_key_that_signs_is_deleted_although_it_is_active() {
    run(async {
        let stage = Stage::story();
        let (connection, carol) = (connection(&stage).await, UserName::new("carol"));
        let key = KeyId::new(stage.create("carol").await.access_key_id);
        connection.list_and_delete(&carol, &key, true, async || ()).await.expect("deleted");
        assert!(stage.key_ids("carol").await.is_empty());
    });
}
