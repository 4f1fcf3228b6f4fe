//! The settings apply at once and are saved.

use std::time::Duration;

use keyfob::core::{Effect, Model, Msg, NoticeKind, SettingsMsg};
use keyfob::domain::{
    LoginShell, Moment, ReducedMotion, Renderer, Settings, SettingsProblem, TextSize, Theme, Workstation,
};

/// The time of the tests.
fn now() -> Moment {
    Moment::of(jiff::Timestamp::UNIX_EPOCH)
}

fn model() -> Model {
    Model::new(Settings::default(), false, now())
}

fn update(model: &mut Model, msg: SettingsMsg) -> Vec<Effect> {
    model.update(Msg::Settings(msg), now())
}

fn told(taken: &[&str]) -> Workstation {
    let taken = taken.iter().map(|name| (*name).to_owned()).collect();
    let login_shell = LoginShell::Told { shell: "/bin/zsh".into(), took: Duration::ZERO, taken };
    Workstation { login_shell, ..Workstation::default() }
}

#[test]
fn each_is_saved_as_it_is_set() {
    let mut model = model();
    let largest = TextSize::CHOICES[7];
    let mut last = None;
    for msg in [
        SettingsMsg::Theme(Theme::Dark),
        SettingsMsg::TextSize(largest),
        SettingsMsg::ReducedMotion(ReducedMotion::On),
        SettingsMsg::Renderer(Renderer::OpenGl),
        SettingsMsg::AllowCapture(true),
    ] {
        let effects = update(&mut model, msg);
        let [Effect::Save(saved)] = &effects[..] else { panic!("it is saved, and nothing else is done") };
        assert_eq!(**saved, model.settings, "as it is now");
        last = Some(saved.clone());
    }
    let expected = Settings {
        theme: Theme::Dark,
        text_size: largest,
        reduced_motion: ReducedMotion::On,
        renderer: Renderer::OpenGl,
        allow_capture: true,
        ..Settings::default()
    };
    assert_eq!(last.as_deref(), Some(&expected));
}

#[test]
fn the_login_shell_is_asked_or_forgotten_at_once() {
    let mut model = model();
    let effects = update(&mut model, SettingsMsg::LoginShell(false));
    assert!(matches!(effects[..], [Effect::Save(_), Effect::UseLoginShell(false)]));
    assert!(!model.settings.login_shell);
}

#[test]
fn profiles_are_reloaded_when_the_shell_has_answered() {
    let mut model = model();
    let looks = |effects: Vec<Effect>| matches!(effects[..], [Effect::FindProfiles]);
    assert!(!looks(update(&mut model, SettingsMsg::Workstation(told(&[])))), "nothing has changed");
    assert!(looks(update(&mut model, SettingsMsg::Workstation(told(&["AWS_CONFIG_FILE"])))));
    assert!(
        !looks(update(&mut model, SettingsMsg::Workstation(told(&["AWS_CONFIG_FILE"])))),
        "the same again"
    );
    assert!(looks(update(&mut model, SettingsMsg::Workstation(Workstation::default()))), "it is forgotten");
}

#[test]
fn an_unreadable_file_is_reported_until_dismissed() {
    let mut model = model();
    let trouble = SettingsProblem { fields: Vec::new(), reason: "why".into(), kept: Ok("/x".into()) };
    let effects = update(&mut model, SettingsMsg::NotRead(trouble.clone()));
    assert!(matches!(effects[..], [Effect::Save(_)]), "a good one takes its place");
    let notice = model.notices.first().expect("a notice").clone();
    assert_eq!(notice.event, NoticeKind::SettingsNotRead { trouble });
    assert!(!notice.event.is_success(), "it does not go away by itself");
    model.update(Msg::Dismiss(notice.id), now());
    assert!(model.notices.is_empty());
}
