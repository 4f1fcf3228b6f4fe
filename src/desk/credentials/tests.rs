use std::fs;

use super::*;

struct Home {
    folder: tempfile::TempDir,
    profile: ProfileName,
    id: KeyId,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, profile: ProfileName::parse("ci").unwrap(), id: KeyId::new("AKIANEW") }
    }

    /// With `text` in its credentials file.
    fn with(text: &str) -> Self {
        let home = Self::new();
        fs::create_dir(home.folder.path().join(".aws")).unwrap();
        fs::write(home.path(), text).unwrap();
        home
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(".aws/credentials")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    fn backup(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join(".aws/credentials.keyfob-backup")).ok()
    }

    fn preview(&self) -> Preview {
        preview(&self.path(), &self.profile, &self.id).unwrap()
    }

    fn write(&self, secret: &str, shown: &Preview) -> Result<Written, CredentialsError> {
        let secret = Secret::new(secret.to_owned());
        write(&self.path(), &self.profile, &self.id, &secret, &shown.seen)
    }

    fn write_while(&self, meanwhile: impl FnOnce()) -> Result<Written, CredentialsError> {
        let secret = Secret::new("hush".to_owned());
        let shown = self.preview();
        write_while(&self.path(), &self.profile, (&self.id, &secret), &shown.seen, meanwhile)
    }

    fn files(&self) -> Vec<String> {
        let found = fs::read_dir(self.folder.path().join(".aws")).unwrap();
        let mut names: Vec<_> = found.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

const NEW: &str = "[ci]\naws_access_key_id = AKIANEW\naws_secret_access_key = hush\n";

#[test]
fn the_folder_and_the_file_are_made() {
    let home = Home::new();
    let shown = home.preview();
    assert!(shown.is_new && home.folder.path().read_dir().unwrap().next().is_none(), "only looked");
    home.write("hush", &shown).unwrap();
    assert_eq!(home.text(), NEW);
    assert_eq!(home.files(), ["credentials"], "there was nothing to keep");
}

#[test]
fn what_was_there_before_is_kept_beside_it_each_time() {
    let home = Home::with("[a]\n");
    home.write("one", &home.preview()).unwrap();
    assert_eq!(home.backup().unwrap(), "[a]\n");
    let first = home.text();
    home.write("two", &home.preview()).unwrap();
    assert_eq!(home.backup().unwrap(), first);
    assert_eq!(home.text(), first.replace("= one", "= two"));
    assert_eq!(home.files(), ["credentials", "credentials.keyfob-backup"]);
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_what_was_made() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let home = Home::new();
    home.write("hush", &home.preview()).unwrap();
    home.write("hush", &home.preview()).unwrap();
    assert_eq!(mode(home.path()), 0o600);
    assert_eq!(mode(home.folder.path().join(".aws")), 0o700);
    assert_eq!(mode(home.folder.path().join(".aws/credentials.keyfob-backup")), 0o600);
}

#[cfg(unix)]
#[test]
fn a_linked_file_is_written_where_it_is_and_kept_there_too() {
    let home = Home::with("");
    fs::remove_file(home.path()).unwrap();
    let dotfiles = home.folder.path().join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    fs::write(dotfiles.join("aws"), "[a]\n").unwrap();
    std::os::unix::fs::symlink("../dotfiles/aws", home.path()).unwrap();
    home.write("hush", &home.preview()).unwrap();
    assert!(home.path().is_symlink(), "still a link");
    assert_eq!(fs::read_to_string(dotfiles.join("aws")).unwrap(), format!("[a]\n\n{NEW}"));
    assert_eq!(fs::read_to_string(dotfiles.join("aws.keyfob-backup")).unwrap(), "[a]\n");
}

#[test]
fn a_file_that_changed_since_it_was_shown_is_left_alone() {
    let home = Home::with("[a]\n");
    let shown = home.preview();
    fs::write(home.path(), "[b]\n").unwrap();
    assert!(matches!(home.write("hush", &shown), Err(CredentialsError::Changed { .. })), "other bytes");
    let shown = home.preview();
    fs::remove_file(home.path()).unwrap();
    assert!(matches!(home.write("hush", &shown), Err(CredentialsError::Changed { .. })), "gone");
    let shown = home.preview();
    fs::write(home.path(), "").unwrap();
    assert!(matches!(home.write("hush", &shown), Err(CredentialsError::Changed { .. })), "come");
    assert_eq!((home.text().as_str(), home.backup()), ("", None));
}

#[test]
fn a_change_while_it_is_written_wins() {
    let home = Home::with("[a]\n");
    let done = home.write_while(|| fs::write(home.path(), "[b]\n").unwrap());
    assert!(matches!(done, Err(CredentialsError::Changed { .. })), "changed");
    assert_eq!(home.text(), "[b]\n");
    assert_eq!(home.files(), ["credentials", "credentials.keyfob-backup"], "no temporary file is left");

    let home = Home::with("");
    fs::remove_file(home.path()).unwrap();
    let done = home.write_while(|| fs::write(home.path(), "[b]\n").unwrap());
    assert!(matches!(done, Err(CredentialsError::Changed { .. })), "come");
    assert_eq!((home.text().as_str(), home.files().len()), ("[b]\n", 1));
}

#[test]
fn a_preview_says_what_the_file_will_hold_without_the_secret() {
    let home = Home::with("[ci]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old-secret\n");
    let shown = home.preview();
    assert_eq!(shown.change.kind, ChangeKind::Replaced { old: Some(KeyId::new("AKIAOLD")) });
    assert_eq!(shown.change.lines[1].text, "aws_secret_access_key = ••••");
    assert!(!format!("{shown:?}").contains("old-secret"), "not even the old one");
}

#[test]
fn a_refusal_names_the_file_the_line_and_no_secret() {
    let home = Home::with("[ci]\naws_secret_access_key : old-secret\n");
    let err = preview(&home.path(), &home.profile, &home.id).unwrap_err();
    assert!(
        err.to_string().contains("line 2") && err.to_string().contains("credentials was not changed"),
        "{err}"
    );
    assert!(!format!("{err} {err:?}").contains("old-secret"), "no value");
}

#[test]
fn the_file_is_where_the_aws_tools_look_for_it() {
    let from = |variable: Option<&str>, home: Option<&str>| {
        path_from(variable.map(Into::into), home.map(Into::into))
    };
    assert_eq!(from(None, Some("/h")), Some("/h/.aws/credentials".into()));
    assert_eq!(from(Some(""), Some("/h")), Some("/h/.aws/credentials".into()));
    assert_eq!(from(Some("/etc/aws"), Some("/h")), Some("/etc/aws".into()));
    assert_eq!(from(Some("~/aws"), Some("/h")), Some("/h/aws".into()));
    assert_eq!(from(Some("~/aws"), None), None);
    assert_eq!(from(None, None), None);
}
