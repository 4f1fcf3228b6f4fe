//! Two readers of credentials files, written after the sources of Python's `configparser` and the Rust SDK. They share no code with
//! Keyfob's editor. Both continue after an error, so that they read something from every file.

use std::collections::BTreeMap;

/// Section, key, value.
pub(crate) type Profiles = BTreeMap<String, BTreeMap<String, String>>;

/// `RawConfigParser._read` of Python 3.11, with the defaults of botocore.
pub(crate) fn python(text: &str) -> Profiles {
    let mut profiles = Profiles::new();
    let mut at: Option<(String, Option<String>)> = None;
    let mut indent_level = 0;
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let value = line.trim_matches(is_space);
        if value.is_empty() || value.starts_with(['#', ';']) {
            continue;
        }
        let indent = line.chars().take_while(|char| is_space(*char)).count();
        if let Some((section, Some(key))) = &at
            && indent > indent_level
        {
            let whole = profiles.entry(section.clone()).or_default().entry(key.clone()).or_default();
            *whole = format!("{whole}\n{value}");
            continue;
        }
        indent_level = indent;
        let header = value.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')).map(|(name, _)| name);
        if let Some(name) = header.filter(|name| !name.is_empty()) {
            profiles.entry(name.to_owned()).or_default();
            at = Some((name.to_owned(), None));
        } else if let (Some((section, key)), Some((name, text))) = (&mut at, value.split_once(['=', ':'])) {
            let name = name.trim_end_matches(is_space).to_lowercase();
            let profile = profiles.entry(section.clone()).or_default();
            profile.insert(name.clone(), text.trim_matches(is_space).to_owned());
            *key = Some(name);
        }
    }
    profiles
}

/// `env_config/parse.rs` of aws-runtime 1.10: duplicate sections are merged, and the last of duplicate keys counts.
pub(crate) fn sdk(text: &str) -> Profiles {
    const BLANK: [char; 2] = [' ', '\t'];
    let mut profiles = Profiles::new();
    let mut at: Option<(String, Option<String>)> = None;
    for line in text.lines() {
        if line.trim_matches(BLANK).is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if line.starts_with('[') {
            let header = line.split(['#', ';']).next().unwrap_or_default().trim_matches(BLANK);
            if let Some(name) = header.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                profiles.entry(name.trim().to_owned()).or_default();
                at = Some((name.trim().to_owned(), None));
            }
        } else if line.starts_with(BLANK) {
            if let Some((section, Some(key))) = &at {
                let whole = profiles.entry(section.clone()).or_default().entry(key.clone()).or_default();
                *whole = format!("{whole}\n{}", line.trim_matches(BLANK));
            }
        } else if let (Some((section, key)), Some((name, text))) =
            (&mut at, without_comment(line).split_once('='))
        {
            let name = name.trim_matches(BLANK).to_ascii_lowercase();
            let profile = profiles.entry(section.clone()).or_default();
            profile.insert(name.clone(), text.trim_matches(BLANK).to_owned());
            *key = Some(name);
        }
    }
    profiles
}

/// A comment starts with a mark after white space.
pub(crate) fn without_comment(line: &str) -> &str {
    let mut before = 'x';
    let comment = line.char_indices().find(|(_, char)| {
        let found = before.is_whitespace() && "#;".contains(*char);
        before = *char;
        found
    });
    line.split_at(comment.map_or(line.len(), |(at, _)| at)).0.trim_matches([' ', '\t'])
}

/// `str.strip` of Python.
fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}
