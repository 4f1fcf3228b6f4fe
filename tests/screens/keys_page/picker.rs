//! Finding, sorting and walking through the users.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{known, light, press, selected_user, type_text};
use crate::stand::Window;
use keyfob::core::UserKeys;

#[test]
fn users_are_found_by_path_and_key_id_and_enter_picks_what_was_meant() {
    let mut window = light();
    window.until("the count", |app| known(app, "dmitri", UserKeys::count) == Some(1));
    let id =
        known(window.harness.state(), "dmitri", |keys| keys.list().first().map(|key| key.id.to_string()))
            .expect("a key");
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "/contractor/");
    window.harness.get_by_label("User acme-audit");
    assert!(window.harness.query_by_label("User dmitri").is_none(), "his path is another one");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    type_text(&mut window, &id);
    press(&mut window, Key::Enter);
    assert_eq!(selected_user(window.harness.state()).as_deref(), Some("dmitri"));
    // "bob" is selected, although "a" has more matches that come first.
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    type_text(&mut window, "grace");
    press(&mut window, Key::Enter);
    assert_eq!(
        selected_user(window.harness.state()).as_deref(),
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
    assert_eq!(selected_user(window.harness.state()).as_deref(), Some("ci-deployer"));
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
    window.until("the count", |app| known(app, "heidi", UserKeys::count) == Some(1));
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "heidi");
    window.click("Switch account");
    window.click("All accounts…");
    window.click("Open practice account");
    window.until("the count", |app| known(app, "heidi", UserKeys::count) == Some(1));
    assert_eq!(window.harness.get_by_label("Search users").value().as_deref(), Some(""));
}
