//! The page of a user and the picker beside it: what is stale or not known says so, and nothing is sent by accident.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::core::{Event, UserKeys};
use keyfob::domain::{KeyStatus, UserName};

use crate::stand::{Window, practice, secret, start};

/// Longer than a frame may ever take, also on a slow machine without optimisation.
const FRAME: Duration = Duration::from_millis(500);

fn light() -> Window {
    practice(egui::Theme::Light)
}

fn known<'a>(app: &'a App, user: &str) -> Option<&'a UserKeys> {
    app.model().open.as_ref()?.keys_of(&UserName::new(user))
}

/// The keys of the user that is picked, oldest first.
fn keys(window: &Window) -> Vec<String> {
    let open = window.harness.state().model().open.as_ref().expect("an account is open");
    let known = open.picked_keys().expect("the keys are known");
    known.list().iter().map(|key| key.id.to_string()).collect()
}

fn key(window: &Window) -> String {
    keys(window).into_iter().next().expect("a key")
}

fn picked(app: &App) -> Option<String> {
    app.model().open.as_ref()?.picked.as_ref().map(ToString::to_string)
}

/// Switches a trouble of the practice account on or off.
fn trouble(window: &mut Window, word: &str) {
    window.click("Troubles of the practice account");
    window.click(word);
}

const THROTTLED: &str = "Throttled by IAM";
const DENIED: &str = "Denied: changes and key lists";
const SLOW: &str = "Slow: answers take 5 seconds";

fn press(window: &mut Window, key: Key) {
    window.press_in_one_frame(&[(Modifiers::NONE, key)]);
    window.harness.step();
}

fn type_text(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(egui::Event::Text(text.to_owned()));
    window.harness.step();
    window.harness.step();
}

fn edit_description(window: &mut Window, key: &str) {
    window.click(&format!("More for {key}"));
    window.click(&format!("Edit the description of {key}"));
    window.harness.step();
}

fn descriptions(app: &App) -> usize {
    let told = |event: &Event| matches!(event, Event::Described { .. } | Event::NotDescribed { .. });
    app.model().notices.iter().filter(|notice| told(&notice.event)).count()
}

/// All that was asked is answered.
fn settle(window: &mut Window) {
    window.until("all answers", |app| {
        app.model().open.as_ref().is_some_and(|open| {
            let keys = open.picked_keys();
            !open.users.list.is_loading()
                && keys.is_none_or(|keys| {
                    !keys.list.is_loading()
                        && !keys.descriptions.is_loading()
                        && keys.last_uses.values().all(|used| !used.is_loading())
                })
        })
    });
}

fn order(window: &Window, of: &[String]) -> Vec<String> {
    let top = |key: &String| window.harness.get_by_label(&format!("Key {key}")).rect().top();
    let mut rows = of.to_vec();
    rows.sort_by(|a, b| top(a).total_cmp(&top(b)));
    rows
}

#[test]
fn leaving_a_description_sends_only_what_was_changed() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    let text = |app: &App| {
        let known = known(app, "alice")?;
        known.description(&known.list().first()?.id).map(str::to_owned)
    };
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop"));
    edit_description(&mut window, &key);
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.harness.step();
    assert!(window.harness.query_by_label(&format!("Description of {key}")).is_none(), "the field is closed");
    // Whatever was sent would be answered before what is asked now.
    press(&mut window, Key::F5);
    settle(&mut window);
    assert_eq!(descriptions(window.harness.state()), 0, "nothing was changed");

    edit_description(&mut window, &key);
    type_text(&mut window, " of Alice");
    press(&mut window, Key::Escape);
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop"), "Esc forgets it");

    edit_description(&mut window, &key);
    type_text(&mut window, " of Alice");
    window.harness.get_by_label("Search users").focus();
    window.until("the description", |app| descriptions(app) == 1);
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop of Alice"), "a change is kept");
}

#[test]
fn a_description_that_is_not_known_cannot_be_edited() {
    let mut window = light();
    window.until("the count", |app| known(app, "ci-deployer").is_some_and(|keys| keys.count() == Some(2)));
    trouble(&mut window, THROTTLED);
    window.click("User ci-deployer");
    settle(&mut window);
    let key = key(&window);
    window.click(&format!("More for {key}"));
    let name = format!("Edit the description of {key}");
    let edit = window.harness.get_by_label(&name);
    assert!(edit.accesskit_node().is_disabled(), "an empty field would delete it on AWS");
}

#[test]
fn what_aws_does_not_take_is_said_and_not_sent() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    edit_description(&mut window, &key);
    type_text(&mut window, " & desktop");
    window.harness.step();
    window.harness.get_by_label_contains("AWS does not take “&” here");
    press(&mut window, Key::Enter);
    window.harness.get_by_label(&format!("Description of {key}"));
    assert_eq!(descriptions(window.harness.state()), 0, "it is still being typed");
}

#[test]
fn in_a_narrow_window_a_description_is_typed_in_a_popup() {
    let mut window = light();
    window.pick("alice");
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    let key = key(&window);
    edit_description(&mut window, &key);
    window.harness.step();
    let name = format!("Description of {key}");
    let field = window.harness.get_by_label(&name);
    assert!(field.rect().width() > 200.0, "there is room to see what is typed: {:?}", field.rect());
    type_text(&mut window, " of Alice");
    press(&mut window, Key::Enter);
    window.until("the description", |app| descriptions(app) == 1);
}

#[test]
fn a_refresh_that_fails_keeps_the_old_data_and_can_be_tried_again() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, THROTTLED);
    press(&mut window, Key::F5);
    settle(&mut window);
    window.harness.get_by_label("The keys of alice could not be refreshed");
    window.harness.get_by_label(&format!("Key {key}"));
    window.harness.get_by_label_contains(&format!("Last use of {key} could not be read again"));
    window.harness.get_by_label_contains(&format!("Description of {key} could not be read again"));
    window.harness.get_by_label("Not refreshed");
    assert!(window.harness.query_by_label_contains("Refreshed just now").is_none(), "that would be a lie");
    trouble(&mut window, THROTTLED);
    window.click("Try again");
    settle(&mut window);
    assert!(window.harness.query_by_label("The keys of alice could not be refreshed").is_none());
    assert!(window.harness.query_by_label_contains("could not be read again").is_none());
    window.harness.get_by_label("Refreshed just now");
}

#[test]
fn a_refused_switch_is_told_once_and_can_be_tried_again() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, DENIED);
    for _ in 0..2 {
        window.click(&format!("Deactivate {key}"));
        window.until("the refusal", |app| !app.model().notices.is_empty());
        assert_eq!(window.harness.state().model().notices.len(), 1, "the newest is enough");
    }
    trouble(&mut window, DENIED);
    let again = window.harness.get_all_by_label("Try again").find(|again| {
        again
            .accesskit_node()
            .description()
            .is_some_and(|about| about.contains("of alice could not be deactivated"))
    });
    again.expect("a button that says what is tried again").click_accesskit();
    window.harness.step();
    window.until("the change", |app| {
        app.model().notices.iter().any(|notice| matches!(notice.event, Event::StatusSet { .. }))
    });
    let off =
        known(window.harness.state(), "alice").and_then(|known| known.list().first().map(|key| key.status));
    assert_eq!(off, Some(KeyStatus::Inactive));
    assert_eq!(window.harness.state().model().notices.len(), 1, "and the refusal is gone");
}

#[test]
fn a_finding_is_not_denied_before_it_is_known() {
    let mut window = light();
    // Counted, so that the row is there before anything else is known of it.
    window.until("the count", |app| known(app, "erin").is_some_and(|keys| keys.count() == Some(1)));
    trouble(&mut window, THROTTLED);
    window.click("User erin");
    settle(&mut window);
    assert!(window.harness.query_by_label("–").is_none(), "nothing is known yet of how it is used");
    assert!(window.harness.get_all_by_label("Not known").count() >= 2, "the last use and the finding");
}

#[test]
fn headings_sort_and_are_reached_by_keyboard() {
    let mut window = light();
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "terraform-prod");
    press(&mut window, Key::Enter);
    settle(&mut window);
    let keys = keys(&window);
    assert_eq!(order(&window, &keys), keys, "the oldest first");
    let mut by_id = keys.clone();
    by_id.sort();
    window.harness.get_by_label("Sort by key id").focus();
    window.harness.step();
    press(&mut window, Key::Enter);
    assert_eq!(order(&window, &keys), by_id);
    by_id.reverse();
    press(&mut window, Key::Enter);
    assert_eq!(order(&window, &keys), by_id, "and backwards");
    window.click("Sort by status");
    let last = order(&window, &keys).pop();
    assert_eq!(last, keys.get(2).cloned(), "the one that is inactive");
}

#[test]
fn users_are_found_by_path_and_key_id_and_enter_picks_what_was_meant() {
    let mut window = light();
    window.until("the count", |app| known(app, "dmitri").is_some_and(|keys| keys.count() == Some(1)));
    let id = known(window.harness.state(), "dmitri")
        .and_then(|keys| keys.list().first())
        .expect("a key")
        .id
        .to_string();
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "/contractor/");
    window.harness.get_by_label("User acme-audit");
    assert!(window.harness.query_by_label("User dmitri").is_none(), "his path is another one");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    type_text(&mut window, &id);
    press(&mut window, Key::Enter);
    assert_eq!(picked(window.harness.state()).as_deref(), Some("dmitri"));
    // "bob" is picked although "a" has more matches that come first.
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    type_text(&mut window, "grace");
    press(&mut window, Key::Enter);
    assert_eq!(
        picked(window.harness.state()).as_deref(),
        Some("grace"),
        "not the one that was picked before"
    );
}

#[test]
fn an_arrow_right_after_tab_stays_in_the_list() {
    let mut window = light();
    window.pick("carol");
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Tab)]);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown)]);
    window.harness.step();
    assert_eq!(picked(window.harness.state()).as_deref(), Some("ci-deployer"));
    let row = window.harness.get_by_label("User ci-deployer");
    assert!(row.accesskit_node().is_focused(), "the focus goes along");
}

#[test]
fn users_are_sorted_by_age() {
    let mut window = light();
    window.click("Sort users");
    window.click("Oldest first");
    let top = |window: &Window, user: &str| window.harness.get_by_label(&format!("User {user}")).rect().top();
    assert!(top(&window, "legacy-ftp") < top(&window, "jenkins-legacy"), "6000 days before 2310");
    window.click("Sort users");
    window.click("Newest first");
    assert!(top(&window, "erin") < top(&window, "priya.n@partner.example"), "12 days before 40");
}

#[test]
fn a_row_speaks_its_count_and_its_finding() {
    let mut window = light();
    window.pick("bob");
    let row = window.harness.get_by_label("User bob");
    assert_eq!(row.accesskit_node().description().as_deref(), Some("1 key, Older than 90 days"));
}

#[test]
fn an_account_that_is_opened_again_is_searched_and_counted_anew() {
    let mut window = light();
    window.until("the count", |app| known(app, "heidi").is_some_and(|keys| keys.count() == Some(1)));
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "heidi");
    window.click("Switch account");
    window.click("All accounts…");
    window.click("Open practice account");
    window.until("the count", |app| known(app, "heidi").is_some_and(|keys| keys.count() == Some(1)));
    assert_eq!(window.harness.get_by_label("Search users").value().as_deref(), Some(""));
}

#[test]
fn what_was_refused_in_an_account_that_was_left_names_it() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_millis(300), egui::Theme::Light);
    window.until("carol", |app| known(app, "carol").is_some_and(|keys| keys.count() == Some(0)));
    window.pick("carol");
    trouble(&mut window, DENIED);
    window.click("Create and copy");
    window.click("Switch account");
    window.click("All accounts…");
    window.until("the refusal", |app| !app.model().notices.is_empty());
    window.harness.get_by_label_contains("In practice-account: No key was created for carol");
    // It is another session, although the account is the same.
    window.click("Open practice account");
    window.until("the account", |app| app.model().open.is_some());
    window.harness.get_by_label_contains("In practice-account: No key was created for carol");
    window.harness.get_by_label("Dismiss");
}

#[test]
fn what_can_be_undone_goes_with_its_account() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| !app.model().notices.is_empty());
    window.harness.step();
    window.harness.get_by_label("Undo");
    window.click("Switch account");
    window.click("All accounts…");
    assert!(window.harness.query_by_label("Undo").is_none(), "there is nothing that could be undone");
}

#[test]
fn a_toast_stays_while_its_button_has_the_focus() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| !app.model().notices.is_empty());
    window.harness.step();
    let undo = window.harness.get_by_label("Undo");
    let about = undo.accesskit_node().description();
    assert!(about.is_some_and(|about| about.contains("of alice is inactive")), "it says what is undone");
    undo.focus();
    for _ in 0..200 {
        window.harness.step();
    }
    window.harness.get_by_label("Undo");
}

#[test]
fn the_delete_key_belongs_to_the_menu_that_is_open() {
    let mut window = light();
    window.pick("dmitri");
    let key = key(&window);
    window.harness.get_by_label(&format!("Delete {key}")).focus();
    window.harness.step();
    window.harness.step();
    window.click("Settings");
    press(&mut window, Key::Delete);
    let gate = |window: &Window| {
        window.harness.state().model().open.as_ref().is_some_and(|open| open.gate.is_some())
    };
    assert!(!gate(&window), "the menu is open");
    press(&mut window, Key::Escape);
    window.harness.get_by_label(&format!("Delete {key}")).focus();
    window.harness.step();
    window.harness.step();
    press(&mut window, Key::Delete);
    assert!(gate(&window), "now it is the table's");
}

#[test]
fn the_gate_tells_the_age_of_its_evidence() {
    let mut window = light();
    window.pick("dmitri");
    let key = key(&window);
    trouble(&mut window, THROTTLED);
    window.click(&format!("Delete {key}"));
    settle(&mut window);
    window.harness.get_by_label_contains("us-east-1, as of 12:00");
    window.harness.get_by_label_contains("That could not be read again and may have changed");
    assert_eq!(window.harness.get_all_by_label("Type the last four characters").count(), 1, "said once");
}

#[test]
fn the_key_that_signs_is_guarded_by_its_own_words() {
    let mut window = light();
    window.pick("anna");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.harness.step();
    let cancel = window.harness.get_by_role_and_label(Role::Button, "Cancel");
    assert!(cancel.accesskit_node().is_focused(), "an Enter too many must not end the session");
    window.click("Cancel");
    window.click(&format!("Delete {key}"));
    settle(&mut window);
    window.harness.get_by_label("Keyfob itself signs with this key. Deleting it ends this session.");
    assert!(window.harness.query_by_label("Deactivate first").is_none(), "Keyfob could not delete it then");
}

#[test]
fn a_lost_answer_is_no_refusal() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, "Answers to changes get lost");
    window.click(&format!("Deactivate {key}"));
    window.until("that it happened all the same", |app| {
        app.model().notices.iter().any(|notice| matches!(notice.event, Event::StatusSet { .. }))
    });
    assert!(window.harness.query_by_label_contains("could not be deactivated").is_none());
}

/// Draws frames for a while; none may wait for what is under way.
fn longest_frame(window: &mut Window) -> Duration {
    let mut longest = Duration::ZERO;
    for _ in 0..60 {
        let begun = Instant::now();
        window.harness.step();
        longest = longest.max(begun.elapsed());
    }
    longest
}

#[test]
fn no_frame_waits_for_a_refresh_or_a_new_key() {
    let mut window = light();
    window.pick("carol");
    trouble(&mut window, SLOW);
    press(&mut window, Key::F5);
    let longest = longest_frame(&mut window);
    assert!(window.harness.state().model().open.as_ref().is_some_and(|open| open.users.list.is_loading()));
    assert!(longest < FRAME, "a frame waited for a refresh: {longest:?}");
    window.click("Create and copy");
    let longest = longest_frame(&mut window);
    assert!(window.harness.state().model().creation.is_some() && secret(window.harness.state()).is_none());
    assert!(longest < FRAME, "a frame waited for a new key: {longest:?}");
}
