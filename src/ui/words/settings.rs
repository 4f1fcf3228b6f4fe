//! The settings: one sentence each, and what was found on this workstation.

use std::path::Path;

use crate::domain::{About, Graphics, LoginShell, Renderer, SettingsTrouble, TextSize, Workstation, visible};

pub const THEME: &str = "Light or dark, or as the system has it";
pub const TEXT_SIZE: &str = "How large everything in the window is drawn";
pub const REDUCED_MOTION: &str =
    "With reduced motion nothing slides or turns, and what is awaited is told in words";
pub const CLIPBOARD: &str =
    "A secret is taken off the clipboard after this time, unless something else was copied meanwhile";
pub const ALLOW_CAPTURE: &str =
    "Without this, the system is asked to leave the window out of shared screens while a secret is revealed";
pub const LOGIN_SHELL: &str = "Started from the desktop, Keyfob asks your login shell once for its search path, AWS_… and proxy \
     variables, and takes those that it does not have itself";
pub const PROGRAMS: &str = "Where Keyfob looks for programs that a profile names, and for the AWS CLI";
pub const RENDERER: &str = "What draws the window from the next start; Automatic leaves out shadows and motion if there is no graphics card";
pub const ABOUT: &str = "What to tell with a report of a problem: no secret and no account is among it";
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

/// What became of asking the login shell.
pub fn login_shell(shell: &LoginShell) -> String {
    match shell {
        LoginShell::Off => "Not asked".to_owned(),
        LoginShell::InTerminal => {
            "Not asked: started in a terminal, Keyfob has its environment already".to_owned()
        }
        LoginShell::Missing => "Not asked: no login shell is named in SHELL".to_owned(),
        LoginShell::Asking => "Being asked…".to_owned(),
        LoginShell::Told { shell, took, taken } => {
            let taken =
                if taken.is_empty() { "nothing that was missing".to_owned() } else { taken.join(", ") };
            format!("{} answered after {} ms; taken: {}", path(shell), took.as_millis(), visible(&taken))
        }
        LoginShell::Silent { shell, within } => {
            format!("{} did not answer within {} seconds; nothing is taken", path(shell), within.as_secs())
        }
    }
}

/// Where the AWS CLI is.
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
    let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(visible).collect();
    if told.is_empty() { "not told".to_owned() } else { told.join(", ") }
}

/// What is told of this run, line by line: what it is, and how it is.
pub fn about(about: &About) -> Vec<(&'static str, String)> {
    let kept = |place: &Option<_>| place.as_deref().map_or_else(|| "not kept".to_owned(), path);
    let mut lines = vec![
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("System", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
        ("Drawn by", graphics(&about.graphics)),
    ];
    if let Some(why) = &about.graphics.instead_of {
        lines.push(("Instead of", visible(why).into_owned()));
    }
    lines.push(("Settings", kept(&about.settings_file)));
    lines.push(("Activity, journal", kept(&about.state_folder)));
    lines.push(("Log", "standard error, where Keyfob was started in a terminal".to_owned()));
    lines
}

/// For a report of a problem. Names of variables, never their values.
pub fn report(told: &About, found: &Workstation) -> String {
    let mut text = "Keyfob\n".to_owned();
    let mut line = |what: &str, how: &str| text.extend([what, ": ", how, "\n"]);
    for (what, how) in about(told) {
        line(what, &how);
    }
    line("Login shell", &login_shell(&found.login_shell));
    line("AWS CLI", &aws_cli(found));
    line("Looked in", &folders(found));
    text
}

/// The folders that programs are looked for in.
pub fn folders(found: &Workstation) -> String {
    found.folders.iter().map(|folder| path(folder)).collect::<Vec<_>>().join(", ")
}

fn path(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// A settings file of which not all could be used.
pub(super) fn settings_not_read(trouble: &SettingsTrouble) -> (String, String) {
    let title = match &trouble.fields[..] {
        [] => "The settings could not be read: all have their defaults now".to_owned(),
        [field] => format!("One setting could not be read and has its default now: {}", visible(field)),
        fields => {
            format!(
                "{} settings could not be read and have their defaults now: {}",
                fields.len(),
                visible(&fields.join(", "))
            )
        }
    };
    let kept = match &trouble.kept {
        Ok(kept) => format!("The file as it was is kept as {}.", path(kept)),
        Err(why) => {
            format!("The file could not be kept aside ({}), so nothing is saved in this run.", visible(why))
        }
    };
    (title, format!("{}. {kept}", visible(&trouble.reason)))
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
    fn what_was_not_read_is_told_with_where_it_is_kept() {
        let trouble = |fields: &[&str], kept| SettingsTrouble {
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            reason: "why".to_owned(),
            kept,
        };
        let (title, text) = settings_not_read(&trouble(&[], Ok("/x/settings.json.T.bad".into())));
        assert!(title.contains("all have their defaults"), "{title}");
        assert!(text.contains("/x/settings.json.T.bad"), "{text}");
        let (title, text) = settings_not_read(&trouble(&["theme"], Err("full".to_owned())));
        assert!(title.ends_with("theme"), "{title}");
        assert!(text.contains("full") && text.contains("nothing is saved"), "{text}");
    }

    #[test]
    fn a_shell_is_told_by_names_and_never_by_values() {
        let taken = vec!["AWS_PROFILE".to_owned(), "AWS_SECRET_ACCESS_KEY".to_owned()];
        let shell =
            LoginShell::Told { shell: "/bin/zsh".into(), took: std::time::Duration::from_millis(312), taken };
        let told = "/bin/zsh answered after 312 ms; taken: AWS_PROFILE, AWS_SECRET_ACCESS_KEY";
        assert_eq!(login_shell(&shell), told);
    }
}
