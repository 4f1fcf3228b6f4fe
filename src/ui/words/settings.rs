//! The settings, one sentence each, and the programs found on this workstation.

use std::path::Path;

use crate::domain::{
    About, Graphics, LoginShell, Renderer, SettingsProblem, TextSize, Workstation, spell_out_hidden,
};

pub const THEME: &str = "Light, dark, or the same as the desktop";
pub const TEXT_SIZE: &str = "Scales everything in the window";
pub const REDUCED_MOTION: &str = "Turns off animations and shows progress as text";
pub const CLIPBOARD: &str = "A copied secret is cleared from the clipboard after this time, unless something else was copied in between";
pub const ALLOW_CAPTURE: &str =
    "When off, Keyfob asks the system to hide its window from screen sharing while a secret is visible";
pub const REQUEST_RATE: &str = "The most requests that Keyfob sends to IAM while it reads the keys of all users; fewer while AWS throttles";
pub const LOGIN_SHELL: &str = "When started from the desktop, Keyfob runs your login shell once and adopts the search path, AWS_… \
     and proxy variables that are missing from its own environment";
pub const PROGRAMS: &str = "Where Keyfob searches for the AWS CLI and for the programs of profiles";
pub const RENDERER: &str = "Draws the window from the next start; Automatic omits shadows and animations if there is no graphics card";
pub const ABOUT: &str = "Include this in a problem report; it contains no secrets and no account details";
pub const GUIDE: &str = "Guide (F1)";

pub fn text_size(size: TextSize) -> String {
    format!("{} %", size.percent())
}

pub fn renderer(renderer: Renderer) -> &'static str {
    match renderer {
        Renderer::Automatic => "Automatic",
        Renderer::Wgpu => "wgpu",
        Renderer::OpenGl => "OpenGL",
        Renderer::Light => "Without effects",
    }
}

/// The result of running the login shell.
pub fn login_shell(shell: &LoginShell) -> String {
    match shell {
        LoginShell::Off => "Not run".to_owned(),
        LoginShell::InTerminal => {
            "Not run: Keyfob was started in a terminal and has its environment".to_owned()
        }
        LoginShell::Missing => "Not run: SHELL names no login shell".to_owned(),
        LoginShell::Asking => "Running…".to_owned(),
        LoginShell::Told { shell, took, taken } => {
            let taken = if taken.is_empty() { "nothing was missing".to_owned() } else { taken.join(", ") };
            format!(
                "{} answered after {} ms; adopted: {}",
                path(shell),
                took.as_millis(),
                spell_out_hidden(&taken)
            )
        }
        LoginShell::Silent { shell, within } => {
            format!("{} did not answer within {} seconds; nothing was adopted", path(shell), within.as_secs())
        }
    }
}

/// The path of the AWS CLI.
pub fn aws_cli(found: &Workstation) -> String {
    match &found.aws {
        Some(program) => path(program),
        None => format!("not found in {} folders", found.folders.len()),
    }
}

/// "OpenGL, 4.5, Mesa 22.3.6, without effects"
pub fn graphics(graphics: &Graphics) -> String {
    let light = if graphics.light { "without effects" } else { "" };
    let parts = [graphics.renderer, &graphics.backend, &graphics.adapter, light];
    let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(spell_out_hidden).collect();
    if told.is_empty() { "unknown".to_owned() } else { told.join(", ") }
}

/// The facts about this run, as names and values.
pub fn about(about: &About) -> Vec<(&'static str, String)> {
    let kept = |place: &Option<_>| place.as_deref().map_or_else(|| "not stored".to_owned(), path);
    let mut lines = vec![
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("System", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
        ("Drawn by", graphics(&about.graphics)),
    ];
    if let Some(why) = &about.graphics.instead_of {
        lines.push(("Instead of", spell_out_hidden(why).into_owned()));
    }
    lines.push(("Settings", kept(&about.settings_file)));
    lines.push(("Activity, journal", kept(&about.state_folder)));
    lines.push(("Log", "standard error, if Keyfob was started in a terminal".to_owned()));
    lines
}

/// The text for a problem report. It has names of variables, never their values.
pub fn report(told: &About, found: &Workstation) -> String {
    let mut text = "Keyfob\n".to_owned();
    let mut line = |what: &str, how: &str| text.extend([what, ": ", how, "\n"]);
    for (what, how) in about(told) {
        line(what, &how);
    }
    line("Login shell", &login_shell(&found.login_shell));
    line("AWS CLI", &aws_cli(found));
    line("Search path", &folders(found));
    text
}

/// The folders in which programs are searched for.
pub fn folders(found: &Workstation) -> String {
    found.folders.iter().map(|folder| path(folder)).collect::<Vec<_>>().join(", ")
}

fn path(path: &Path) -> String {
    spell_out_hidden(&path.display().to_string()).into_owned()
}

/// A settings file with fields that are not valid.
pub(super) fn settings_not_read(trouble: &SettingsProblem) -> (String, String) {
    let title = match &trouble.fields[..] {
        [] => "The settings could not be read; all are set to their defaults".to_owned(),
        [field] => {
            format!("One setting could not be read and is set to its default: {}", spell_out_hidden(field))
        }
        fields => {
            format!(
                "{} settings could not be read and are set to their defaults: {}",
                fields.len(),
                spell_out_hidden(&fields.join(", "))
            )
        }
    };
    let kept = match &trouble.kept {
        Ok(kept) => format!("The original file is kept as {}.", path(kept)),
        Err(why) => {
            format!(
                "The original file could not be kept ({}), so Keyfob saves no settings until it is restarted.",
                spell_out_hidden(why)
            )
        }
    };
    (title, format!("{}. {kept}", spell_out_hidden(&trouble.reason)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words;

    #[test]
    fn the_guide_has_the_sentence_of_each_setting() {
        let guide = include_str!("../../../assets/help/settings.md");
        let sentences = [
            THEME,
            TEXT_SIZE,
            REDUCED_MOTION,
            REQUEST_RATE,
            CLIPBOARD,
            ALLOW_CAPTURE,
            words::PROXY_FIELD,
            words::NO_PROXY_FIELD,
            words::CA_FIELD,
            LOGIN_SHELL,
            RENDERER,
        ];
        for sentence in sentences {
            assert!(guide.contains(&format!("| {sentence} |")), "missing: {sentence}");
            assert!(!sentence.contains(". "), "one sentence: {sentence}");
        }
    }

    #[test]
    fn unreadable_settings_name_the_file_that_was_kept() {
        let trouble = |fields: &[&str], kept| SettingsProblem {
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            reason: "why".to_owned(),
            kept,
        };
        let (title, text) = settings_not_read(&trouble(&[], Ok("/x/settings.json.T.bad".into())));
        assert!(title.contains("all are set to their defaults"), "{title}");
        assert!(text.contains("/x/settings.json.T.bad"), "{text}");
        let (title, text) = settings_not_read(&trouble(&["theme"], Err("full".to_owned())));
        assert!(title.ends_with("theme"), "{title}");
        assert!(text.contains("full") && text.contains("saves no settings"), "{text}");
    }

    #[test]
    fn shell_variables_are_shown_by_name_never_by_value() {
        let taken = vec!["AWS_PROFILE".to_owned(), "AWS_SECRET_ACCESS_KEY".to_owned()];
        let shell =
            LoginShell::Told { shell: "/bin/zsh".into(), took: std::time::Duration::from_millis(312), taken };
        let told = "/bin/zsh answered after 312 ms; adopted: AWS_PROFILE, AWS_SECRET_ACCESS_KEY";
        assert_eq!(login_shell(&shell), told);
    }
}
