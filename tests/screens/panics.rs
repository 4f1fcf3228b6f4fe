//! A task that panics loses neither a secret nor the message about a lost key.

use std::sync::atomic::Ordering;

use keyfob::core::{Check, Stage};
use keyfob::domain::Cause;

use crate::secret::panel;
use crate::stand::{practice, secret};

#[test]
fn a_creation_that_panics_is_one_whose_end_is_not_known() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.panics.store(true, Ordering::Relaxed);
    window.click("Create and copy");
    window.until("the end of the creation", |app| app.model().creation().is_none());
    window.panics.store(false, Ordering::Relaxed);
    let causes: Vec<_> = {
        let unfinished = &window.harness.state().model().creations.unfinished;
        unfinished.iter().map(|one| one.failure.as_ref().map(|failure| failure.cause.clone())).collect()
    };
    assert_eq!(causes, [Some(Cause::TaskLost)], "it is not taken for a refusal");
    window.click("Create and copy");
    window.until("the next key", |app| secret(app).is_some());
}

#[test]
fn a_check_that_panics_leaves_the_secret() {
    let (mut window, made) = panel();
    window.panics.store(true, Ordering::Relaxed);
    window.click("Check that it works");
    window.until("the end of the check", |app| {
        let model = app.model();
        let creation = model.creation();
        creation.is_some_and(|creation| match &creation.stage {
            Stage::Made(new_key) => matches!(new_key.check, Check::NotAsked(_)),
            _ => false,
        })
    });
    assert_eq!(secret(window.harness.state()), Some(made));
}
