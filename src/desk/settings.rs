//! The settings file: small, of our own, written whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::domain::{Settings, SettingsProblem};

/// Where the settings are kept. Without a folder for it, nothing is remembered.
#[derive(Clone, Debug)]
pub struct SettingsFile(Option<PathBuf>);

/// What was remembered, and what could not be read of it.
#[derive(Clone, Debug, Default)]
pub struct LoadedSettings {
    pub settings: Settings,
    pub trouble: Option<SettingsProblem>,
}

impl SettingsFile {
    /// `keyfob/settings.json` in the platform's configuration folder.
    pub fn of_user() -> Self {
        let folders = directories::ProjectDirs::from("", "", "keyfob");
        Self(folders.map(|folders| folders.config_dir().join("settings.json")))
    }

    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// Nothing is read or written.
    pub fn none() -> Self {
        Self(None)
    }

    pub fn path(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// What was remembered. A field that cannot be read costs itself, what is no JSON object costs all: those have their
    /// defaults then, and the file is kept as it was under a name with the time `now`.
    pub fn load(&self, now: Timestamp) -> LoadedSettings {
        let Some(path) = &self.0 else { return LoadedSettings::default() };
        let read = match fs::read(path) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return LoadedSettings::default(),
            Err(err) => Err(err.to_string()),
            Ok(bytes) => serde_json::from_slice::<Map<String, Value>>(&bytes).map_err(|err| err.to_string()),
        };
        match read {
            Ok(fields) => usable(path, fields, now),
            Err(reason) => {
                let kept = rename(path, now);
                told(LoadedSettings {
                    settings: Settings::default(),
                    trouble: Some(SettingsProblem { fields: Vec::new(), reason, kept }),
                })
            }
        }
    }

    /// Writes beside the file and renames, so that a crash leaves the old or the new one.
    pub fn save(&self, settings: &Settings) -> io::Result<()> {
        let Some(path) = &self.0 else { return Ok(()) };
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        super::make_private(folder)?;
        // Readable by this user only, from the first byte: it names accounts and users.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, settings)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

/// The settings of all that can be read.
fn usable(path: &Path, fields: Map<String, Value>, now: Timestamp) -> LoadedSettings {
    let reads = |fields| match Settings::deserialize(Value::Object(fields)) {
        Ok(_) => Ok(()),
        Err(err) => Err(err.to_string()),
    };
    let mut bad = Vec::new();
    let good = readable(fields, "", &reads, &mut bad);
    let settings = Settings::deserialize(Value::Object(good)).unwrap_or_default();
    if bad.is_empty() {
        return LoadedSettings { settings, trouble: None };
    }
    let reasons: Vec<String> = bad.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
    let fields = bad.into_iter().map(|(name, _)| name).collect();
    let trouble = SettingsProblem { fields, reason: reasons.join(", "), kept: copy(path, now) };
    told(LoadedSettings { settings, trouble: Some(trouble) })
}

/// The fields that can be read. What cannot be costs as little as possible: a wrong limit of an account leaves its other limits,
/// its name, and that it is read-only.
///
/// `reads` tries some of the fields. `bad` gets the names of the others, behind `within`, and what is wrong with each.
fn readable(
    fields: Map<String, Value>,
    within: &str,
    reads: &dyn Fn(Map<String, Value>) -> Result<(), String>,
    bad: &mut Vec<(String, String)>,
) -> Map<String, Value> {
    let mut good = Map::new();
    for (field, value) in fields {
        let alone = |value| reads(Map::from_iter([(field.clone(), value)]));
        let Err(reason) = alone(value.clone()) else {
            good.insert(field, value);
            continue;
        };
        let name = format!("{within}{field}");
        if let Value::Object(inner) = value {
            let mut bad_inside = Vec::new();
            let reads = |inner| alone(Value::Object(inner));
            let rest = Value::Object(readable(inner, &format!("{name}."), &reads, &mut bad_inside));
            if alone(rest.clone()).is_ok() {
                bad.append(&mut bad_inside);
                good.insert(field, rest);
                continue;
            }
        }
        bad.push((name, reason));
    }
    good
}

fn told(remembered: LoadedSettings) -> LoadedSettings {
    if let Some(trouble) = &remembered.trouble {
        log::warn!("not all of the settings file can be used: {}", trouble.reason);
    }
    remembered
}

fn rename(path: &Path, now: Timestamp) -> Result<PathBuf, String> {
    let to = aside(path, now);
    fs::rename(path, &to).map(|()| to).map_err(|err| err.to_string())
}

/// The file itself stays until the good fields are saved.
fn copy(path: &Path, now: Timestamp) -> Result<PathBuf, String> {
    let to = aside(path, now);
    fs::copy(path, &to).map(|_| to).map_err(|err| err.to_string())
}

/// `settings.json.2026-11-24T12-00-00Z.bad`; with a number where there is one already.
fn aside(path: &Path, now: Timestamp) -> PathBuf {
    let time = now.strftime("%Y-%m-%dT%H-%M-%SZ");
    let name = |number: u32| {
        let number = if number == 0 { String::new() } else { format!("-{number}") };
        path.with_extension(format!("json.{time}{number}.bad"))
    };
    (0..1000).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Policy, SignInChoice, TextSize, Theme, UserName};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// A settings file with this in it.
    fn file(text: &[u8]) -> (tempfile::TempDir, SettingsFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, text).unwrap();
        (folder, SettingsFile::at(path))
    }

    fn kept(remembered: &LoadedSettings) -> PathBuf {
        remembered.trouble.as_ref().expect("a trouble").kept.clone().expect("it is kept")
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("deep/settings.json"));
        let mut settings = Settings { theme: Theme::Dark, ..Settings::default() };
        settings.remember_opened(crate::domain::Opened {
            choice: SignInChoice::Profile("acme".into()),
            account_id: "123456789012".into(),
            elsewhere: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        });
        file.save(&settings).unwrap();
        let loaded = file.load(NOW);
        assert_eq!(loaded.settings, settings);
        assert_eq!(loaded.trouble, None);
    }

    #[test]
    fn what_is_no_settings_file_is_kept_under_a_name_with_the_time() {
        for text in [&b"{ not json"[..], b"", b"[]", b"\xff\xfe{}", b"{\"theme\": \"dark\"} and more"] {
            let (folder, file) = file(text);
            let loaded = file.load(NOW);
            assert_eq!(loaded.settings, Settings::default());
            assert_eq!(loaded.trouble.as_ref().expect("a trouble").fields, [""; 0], "all are lost");
            assert_eq!(kept(&loaded), folder.path().join("settings.json.1970-01-01T00-00-00Z.bad"));
            assert_eq!(fs::read(kept(&loaded)).unwrap(), text);
            assert!(file.load(NOW).trouble.is_none(), "it is told once");
        }
    }

    #[test]
    fn a_wrong_field_costs_itself_and_nothing_else() {
        let text = br#"{"theme": "dark", "text_size": "large", "window": 7, "clipboard_clears": {"after_secs": 30}}"#;
        let (_folder, file) = file(text);
        let loaded = file.load(NOW);
        assert_eq!(loaded.settings.theme, Theme::Dark);
        assert_eq!(loaded.settings.text_size, TextSize::NORMAL);
        assert_eq!(loaded.settings.clipboard_clears, crate::domain::ClipboardClears::AfterSecs(30));
        assert_eq!(loaded.trouble.as_ref().expect("a trouble").fields, ["text_size", "window"]);
        assert_eq!(fs::read(kept(&loaded)).unwrap(), text, "as it was");
        file.save(&loaded.settings).unwrap();
        assert!(file.load(NOW).trouble.is_none(), "what was saved is good");
    }

    #[test]
    fn a_wrong_limit_of_an_account_keeps_its_other_preferences() {
        let text = br#"{"accounts": {
            "123456789012": {"name": "Shop", "read_only": true, "kind": "castle",
                "policy": {"max_age_days": 4000, "grace_days": 3, "exempt_users": ["a b"], "max_unused_days": "x"}},
            "210987654321": {"name": "Lab", "policy": {"machine_users": ["ci-*"]}},
            "at all": 7}}"#;
        let (_folder, file) = file(text);
        let loaded = file.load(NOW);
        let accounts = &loaded.settings.accounts;
        let shop = &accounts["123456789012"];
        assert_eq!((shop.name.as_deref(), shop.kind, shop.read_only), (Some("Shop"), None, true));
        let policy = Policy { grace_days: 3.try_into().unwrap(), ..Policy::default() };
        assert_eq!(shop.policy, policy);
        let lab = &accounts["210987654321"].policy;
        assert!(lab.machine_users.matches(&UserName::new("ci-deploy")));
        assert_eq!(accounts.len(), 2);
        let trouble = loaded.trouble.as_ref().expect("a trouble");
        let mut wrong = ["kind", "policy.exempt_users", "policy.max_age_days", "policy.max_unused_days"]
            .map(|field| format!("accounts.123456789012.{field}"))
            .to_vec();
        wrong.push("accounts.at all".to_owned());
        assert_eq!(trouble.fields, wrong);
        assert!(trouble.reason.contains("max_age_days: not a number of days from 0 to 3650"), "{trouble:?}");
        file.save(&loaded.settings).unwrap();
        assert_eq!(file.load(NOW).settings.accounts, *accounts);
    }

    #[test]
    fn an_older_one_that_was_kept_is_not_overwritten() {
        let (folder, file) = file(b"first");
        let first = kept(&file.load(NOW));
        fs::write(folder.path().join("settings.json"), "second").unwrap();
        let second = kept(&file.load(NOW));
        assert_eq!(fs::read(first).unwrap(), b"first");
        assert_eq!(fs::read(second).unwrap(), b"second");
    }

    #[test]
    fn what_cannot_be_read_is_kept_aside_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        // Root reads every file; nobody reads a folder.
        fs::create_dir(&path).unwrap();
        let file = SettingsFile::at(&path);
        let loaded = file.load(NOW);
        assert!(kept(&loaded).is_dir());
        file.save(&loaded.settings).unwrap();
        assert!(file.load(NOW).trouble.is_none());
    }

    #[test]
    fn what_another_version_has_set_is_kept() {
        let (folder, file) = file(br#"{"theme": "light", "from_the_future": [1]}"#);
        let loaded = file.load(NOW);
        assert_eq!((loaded.settings.theme, loaded.trouble), (Theme::Light, None));
        file.save(&loaded.settings).unwrap();
        let text = fs::read_to_string(folder.path().join("settings.json")).unwrap();
        let saved: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(saved["from_the_future"], serde_json::json!([1]));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        SettingsFile::at(&path).save(&Settings::default()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
