//! *Find*.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::core::Page;

use crate::stand::{Window, practice};

const FIELD: &str = "Find user or key";

fn find(window: &mut Window, text: &str) {
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::K)]);
    window.harness.input_mut().events.push(Event::Paste(text.to_owned()));
    window.harness.step();
    window.harness.step();
}

fn value(window: &Window) -> String {
    window.harness.get_by_label(FIELD).value().unwrap_or_default()
}

fn key_of(window: &mut Window, user: &str) -> String {
    window.pick(user);
    let model = window.harness.state().model();
    let open = model.open.as_ref().expect("an account is open");
    open.keys_of_selected_user().and_then(|keys| keys.list().first().copied()).expect("a key").id.to_string()
}

fn selected_user(window: &Window) -> Option<String> {
    let model = window.harness.state().model();
    let open = model.open.as_ref()?;
    open.selected_user().map(ToString::to_string)
}

fn enter(window: &mut Window) {
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    window.harness.step();
    window.harness.step();
}

#[test]
fn a_user_is_found_by_a_part_of_the_name() {
    let mut window = practice(egui::Theme::Light);
    find(&mut window, "deploy");
    window.harness.get_by_label("Go to user ci-deployer");
    enter(&mut window);
    assert_eq!(selected_user(&window).as_deref(), Some("ci-deployer"));
    assert_eq!(value(&window), "", "it is closed and empty again");
    assert!(window.harness.query_by_label("Go to user ci-deployer").is_none());
}

#[test]
fn arrows_mark_and_escape_leaves() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    window.harness.get_by_label("Refresh").focus();
    window.harness.step();
    find(&mut window, "a");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown)]);
    window.harness.step();
    let marked = |user| {
        let row = window.harness.get_by_label(user);
        row.accesskit_node().toggled()
    };
    assert_eq!(marked("Go to user acme-audit"), Some(Toggled::False), "the mark went on");
    assert_eq!(marked("Go to user alice"), Some(Toggled::True));
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    assert!(window.harness.query_by_label("Go to user alice").is_none());
    assert_eq!(selected_user(&window).as_deref(), Some("bob"), "nothing was picked");
    assert!(window.harness.get_by_label("Refresh").is_focused(), "the keyboard goes on from where it came");
}

#[test]
fn a_key_id_in_a_longer_text_leads_to_its_key_and_the_secret_beside_it_stays_out() {
    let mut window = practice(egui::Theme::Light);
    let key = key_of(&mut window, "bob");
    window.pick("alice");
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    find(&mut window, &format!("export AWS_ACCESS_KEY_ID={key}\nexport AWS_SECRET_ACCESS_KEY={secret}"));
    assert_eq!(value(&window), key, "only the id reaches the field");
    window.harness.get_by_label(&format!("{key}: Key of bob"));
    enter(&mut window);
    window.until("bob", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.and_then(|open| open.selected_user()).is_some_and(|user| user.as_str() == "bob")
    });
    window.harness.step();
    let name = format!("Key {key}");
    let row = window.harness.get_by_label(&name);
    assert_eq!(row.accesskit_node().toggled(), Some(Toggled::True));
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::K)]);
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::Z)]);
    window.harness.step();
    assert!(!value(&window).contains("wJalr"), "undo brings no secret back");
}

#[test]
fn the_owner_of_a_key_that_is_in_no_list_is_asked_for() {
    // Enough users that not all of their keys are counted.
    let args = keyfob::args::Args { practice: true, practice_users: Some(400), ..Default::default() };
    let mut window = crate::stand::start(&args, std::time::Duration::ZERO, egui::Theme::Light);
    window.until("the users", |app| {
        app.model().open.as_ref().is_some_and(|open| open.users.list.as_of.is_some())
    });
    let last = {
        let model = window.harness.state().model();
        let open = model.open.as_ref().expect("an account is open");
        open.users.all().last().expect("a user").name.to_string()
    };
    // Learned in one window and searched for in another: the practice account is the same each time.
    let mut other = crate::stand::start(&args, std::time::Duration::ZERO, egui::Theme::Light);
    other.until("the users", |app| {
        app.model().open.as_ref().is_some_and(|open| open.users.list.as_of.is_some())
    });
    find(&mut other, &last);
    enter(&mut other);
    let mut key = None;
    other.until("the keys", |app| {
        let model = app.model();
        let keys = model.open.as_ref().and_then(|open| open.keys_of_selected_user());
        keys.is_some_and(|keys| keys.list.as_of.is_some())
    });
    if let Some(open) = &other.harness.state().model().open {
        key = open
            .keys_of_selected_user()
            .and_then(|keys| keys.list().first().copied())
            .map(|key| key.id.to_string());
    }
    let key = key.expect("the last user has a key");
    find(&mut window, &key);
    window.until("the owner", |app| {
        let id = keyfob::domain::KeyId::new(key.as_str());
        matches!(app.model().whereabouts(&id), keyfob::core::KeyLocation::Here(_))
    });
    window.harness.step();
    window.harness.get_by_label(&format!("{key}: Key of {last}"));
}

#[test]
fn the_account_of_a_foreign_key_is_shown() {
    let mut window = practice(egui::Theme::Light);
    find(&mut window, "AKIASP2TPHJSQH3FJXYZ");
    window.harness.get_by_label(
        "AKIASP2TPHJSQH3FJXYZ: This key belongs to account 1714-3688-2533, not to this account",
    );
    enter(&mut window);
    window.harness.get_by_label_contains("This key belongs to account");
}

#[test]
fn an_unknown_key_is_shown_as_not_found() {
    let mut window = practice(egui::Theme::Light);
    find(&mut window, "AKIAIOSFODNN7EXAMPLE");
    window.until("the answer", |app| {
        let id = keyfob::domain::KeyId::new("AKIAIOSFODNN7EXAMPLE");
        matches!(app.model().whereabouts(&id), keyfob::core::KeyLocation::Failed(_))
    });
    window.harness.get_by_label_contains("Not found in this account");
}

#[test]
fn actions_are_found_and_done() {
    let mut window = practice(egui::Theme::Light);
    find(&mut window, "activ");
    window.click("Action: Activity");
    assert_eq!(window.harness.state().model().page, Page::Activity);
    find(&mut window, "guide");
    window.click("Action: Guide and keyboard…");
    window.harness.step();
    window.harness.get_by_label("Ctrl+K: Find a user, key or action");
    window.click("Close the guide");
    find(&mut window, "settings");
    window.click("Action: Settings…");
    window.harness.step();
    window.harness.get_by_label("Network settings");
}

#[test]
fn creating_from_find_names_the_user() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    find(&mut window, "create");
    window.click("Action: Create and copy a key for carol");
    window.until("the key", |app| crate::stand::secret(app).is_some());
    window.harness.get_by_role_and_label(Role::Label, "New key for carol");
}

#[test]
fn a_narrow_window_has_a_button_for_it() {
    let mut window = practice(egui::Theme::Light);
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    window.harness.step();
    assert!(window.harness.query_by_label(FIELD).is_none(), "there is no room for the field");
    window.click("Find");
    window.harness.step();
    window.harness.get_by_label(FIELD).type_text("bob");
    window.harness.step();
    window.harness.step();
    window.click("Go to user bob");
    assert_eq!(selected_user(&window).as_deref(), Some("bob"));
}

#[test]
fn a_user_is_found_by_what_names_it_elsewhere() {
    for text in [
        "arn:aws:iam::000000000000:user/service/ci-deployer",
        "User: arn:aws:iam::000000000000:user/service/ci-deployer is not authorized",
        "/service/ci-deployer",
        "https://us-east-1.console.aws.amazon.com/iam/home#/users/details/ci-deployer?section=permissions",
    ] {
        let mut window = practice(egui::Theme::Light);
        find(&mut window, text);
        window.harness.get_by_label("Go to user ci-deployer");
        enter(&mut window);
        assert_eq!(selected_user(&window).as_deref(), Some("ci-deployer"), "{text}");
        window.press_in_one_frame(&[(Modifiers::COMMAND, Key::F)]);
        window.harness.input_mut().events.push(Event::Paste(text.to_owned()));
        window.harness.step();
        window.harness.step();
        window.harness.get_by_label("User ci-deployer");
        assert!(window.harness.query_by_label("User alice").is_none(), "{text} in the list of users");
    }
}

#[test]
fn a_secret_is_dropped_from_every_search_field_and_the_field_says_so() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let file = format!("[bob]\naws_access_key_id = x\naws_secret_access_key = {secret}\n");
    for (shortcut, field) in [(Key::K, FIELD), (Key::F, "Search users")] {
        for text in [secret.to_owned(), file.clone()] {
            let mut window = practice(egui::Theme::Light);
            window.press_in_one_frame(&[(Modifiers::COMMAND, shortcut)]);
            window.harness.input_mut().events.push(Event::Paste(text));
            window.harness.step();
            window.harness.step();
            let kept = window.harness.get_by_label(field).value().unwrap_or_default();
            assert!(!kept.contains("wJalr"), "{field} keeps {kept}");
            window.harness.get_by_label("What looked like a secret was not pasted");
            window.press_in_one_frame(&[(Modifiers::COMMAND, Key::Z)]);
            window.harness.step();
            let kept = window.harness.get_by_label(field).value().unwrap_or_default();
            assert!(!kept.contains("wJalr"), "undo brings no secret back");
        }
    }
}
