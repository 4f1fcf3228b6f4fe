//! Several keys at once, from the selection to the undo.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::app::App;
use keyfob::domain::{KeyId, KeyStatus, SimulatedFault};

use crate::stand::{Window, practice};

/// Selects all keys of the user on screen, and presses this button below them.
pub(crate) fn propose(window: &mut Window, button: &str) {
    let first = window.keys().into_iter().next().expect("a key");
    window.click(&format!("Key {first}"));
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.press(Key::F24);
    window.click(button);
    window.until("the evidence", |app| {
        app.model().batches.proposal.as_ref().is_some_and(|proposal| proposal.unread() == 0)
    });
}

fn status(app: &App, key: &str) -> Option<KeyStatus> {
    let model = app.model();
    let open = model.open.as_ref()?;
    open.keys.key(&KeyId::new(key)).map(|key| key.status)
}

fn is_over(app: &App) -> bool {
    let model = app.model();
    !model.batches.runs.is_empty() && model.batches.runs.iter().all(keyfob::core::BatchRun::is_over)
}

#[test]
fn several_keys_are_deactivated_with_one_undo() {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    let [used, unused] = &window.keys()[..] else { panic!("two keys") };
    let (used, unused) = (used.clone(), unused.clone());
    propose(&mut window, "Deactivate selected keys");
    window.harness.get_by_label(&format!("Key {unused} of ci-deployer: Deactivate"));
    window.harness.get_by_label("1 key will be deactivated. 1 is included only if you tick it.");
    // A key in use asks by itself, with when and by which service.
    window.click(&format!("Include {used}: used 3 hours ago by s3"));
    window.harness.get_by_label("2 keys will be deactivated.");
    window.click("Deactivate these keys");
    window.until("the end", is_over);
    for key in [&unused, &used] {
        assert_eq!(status(window.harness.state(), key), Some(KeyStatus::Inactive));
    }
    assert_eq!(window.harness.state().model().notices.len(), 1, "one message at the end");
    window.click("Show the results");
    window.harness.get_by_label(&format!("Key {unused} of ci-deployer: Deactivated"));
    window.click("Close the results");
    window.click("Undo all");
    window.until("the undo", |app| is_over(app) && status(app, &unused) == Some(KeyStatus::Active));
    assert_eq!(status(window.harness.state(), &used), Some(KeyStatus::Active));
    window.click("Dismiss the batch");
    assert!(window.harness.query_by_label("Dismiss the batch").is_none());
    assert_eq!(window.harness.state().model().activity.entries().count(), 4, "an entry for each change");
}

#[test]
fn only_inactive_keys_are_deleted_and_their_number_is_typed() {
    let mut window = practice(egui::Theme::Light);
    window.pick("log-shipper");
    let keys = window.keys();
    let is_off = |key: &&String| status(window.harness.state(), key) == Some(KeyStatus::Inactive);
    let off = keys.iter().find(is_off).expect("an inactive key").clone();
    let on = keys.iter().find(|key| **key != off).expect("an active key").clone();
    propose(&mut window, "Delete selected keys");
    assert_eq!(window.focused().as_deref(), Some("Type the number of keys to delete"));
    window.harness.get_by_label(&format!("Key {on} of log-shipper: Active: deactivate it first"));
    let delete =
        |window: &Window| window.harness.get_by_label("Delete these keys").accesskit_node().is_disabled();
    assert!(delete(&window), "nothing is typed");
    window.type_text("1");
    assert!(!delete(&window));
    window.press(Key::Enter);
    window.until("the end", is_over);
    assert_eq!(status(window.harness.state(), &off), None);
    assert_eq!(status(window.harness.state(), &on), Some(KeyStatus::Active));
    assert!(window.harness.query_by_label("Undo all").is_none(), "a deletion is not undone");
    window.harness.get_by_label("Dismiss the batch");
}

#[test]
fn what_is_refused_is_told_in_its_row_on_every_page() {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    let unused = window.keys().into_iter().nth(1).expect("a key");
    window.click("Simulated faults of the practice account");
    window.click("Denied: changes and key lists");
    window.until("the fault", |app| app.model().run.faults.contains(&SimulatedFault::Denied));
    // The menu stays open for more.
    window.press(Key::Escape);
    propose(&mut window, "Deactivate selected keys");
    window.click("Deactivate these keys");
    window.until("the end", is_over);
    window.click("Activity");
    window.click("Show the results");
    let told = format!("Key {unused} of ci-deployer: Not deactivated: AWS denied iam:ListAccessKeys");
    window.harness.get_by_label(&told);
    assert_eq!(status(window.harness.state(), &unused), Some(KeyStatus::Active), "it goes back");
}

#[test]
fn a_plan_is_closed_by_esc_and_changes_nothing() {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    propose(&mut window, "Deactivate selected keys");
    assert_eq!(window.focused().as_deref(), Some("Cancel"), "one Enter too many changes nothing");
    window.press(Key::Escape);
    assert!(window.harness.state().model().batches.proposal.is_none());
    assert!(window.harness.query_by_label("Deactivate these keys").is_none());
    assert!(window.harness.state().model().batches.runs.is_empty());
    window.harness.get_by_label("Deactivate selected keys");
}
