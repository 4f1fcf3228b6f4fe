//! A clock that is wrong is named, with its size and direction.

use egui_kittest::kittest::Queryable as _;

use crate::stand::practice;

const BANNER: &str = "This computer's clock is 14 minutes slow";

#[test]
fn a_clock_that_is_wrong_is_named_until_it_is_right() {
    let mut window = practice(egui::Theme::Light);
    assert!(window.harness.query_all_by_label(BANNER).next().is_none(), "it is right");
    let switch = |window: &mut crate::stand::Window| {
        window.click("Simulated faults of the practice account");
        window.click("Server's clock is 14 minutes ahead");
        window.click("Refresh");
    };
    let ahead = |app: &keyfob::app::App| {
        let model = app.model();
        model.clock_ahead(model.now).as_secs()
    };
    switch(&mut window);
    // What is asked of a clock that stands still is as far off as the server says.
    window.until("the server's date", |app| app.model().now.date.to_string() == "2026-11-24T12:14:00Z");
    assert_eq!(ahead(window.harness.state()), 0, "the model's own time is the server's");
    assert_eq!(window.harness.query_all_by_label(BANNER).count(), 2, "above the page and in the status bar");
    switch(&mut window);
    window.until("the server's date", |app| app.model().now.date.to_string() == "2026-11-24T12:00:00Z");
    assert!(window.harness.query_all_by_label(BANNER).next().is_none(), "it is right again");
}
