//! Finds a profile in the lines of a credentials file.
//!
//! botocore reads the file with Python's `configparser`, the SDKs with their own parsers. They differ in spaces, indented lines,
//! colons, comments and duplicates. Keyfob edits a section only where all of them agree, and otherwise refuses and names the
//! line.

use super::error::{EditError, Note};
use super::name::FOR_ALL;

/// Keys of other sources of credentials: programs may use them instead of the pair, or together with it.
const OTHERS: [&str; 9] = [
    "aws_account_id",
    "credential_process",
    "credential_source",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_session",
    "sso_start_url",
    "web_identity_token_file",
];

/// A line without its end, and the end. The number counts from 1.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a [u8],
    pub(super) end: &'a [u8],
}

/// A field that an edit writes or removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Secret,
    /// The token of a temporary key pair. It makes a long-term pair invalid.
    Token,
}

impl Field {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Id => "aws_access_key_id",
            Self::Secret => "aws_secret_access_key",
            Self::Token => "aws_session_token",
        }
    }

    fn of(key: &str) -> Option<Self> {
        match key {
            // The legacy name, which botocore still reads.
            "aws_security_token" => Some(Self::Token),
            _ => [Self::Id, Self::Secret, Self::Token].into_iter().find(|field| field.key() == key),
        }
    }
}

/// The position of a profile. Lines count from 0.
#[derive(Default)]
pub(super) struct Section {
    pub(super) header: usize,
    pub(super) fields: Vec<(Field, usize)>,
    pub(super) notes: Vec<Note>,
}

impl Section {
    pub(super) fn line_of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|found| found.0 == field).map(|found| found.1)
    }

    pub(super) fn field_at(&self, line: usize) -> Option<Field> {
        self.fields.iter().find(|found| found.1 == line).map(|found| found.0)
    }
}

/// Splits at `\n` and `\r\n`. A `\r` elsewhere ends a line only for Python, so anything could hide after it.
pub(super) fn lines(text: &[u8]) -> Result<Vec<Line<'_>>, EditError> {
    let split = text.split_inclusive(|&byte| byte == b'\n').zip(1..);
    split
        .map(|(line, number)| {
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = if text.len() < line.len() { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
            if text.contains(&b'\r') {
                return Err(EditError::CarriageReturn { line: number });
            }
            Ok(Line { number, text, end: line.get(text.len()..).unwrap_or_default() })
        })
        .collect()
}

/// The one section of this name.
pub(super) fn find(lines: &[Line<'_>], name: &str) -> Result<Option<Section>, EditError> {
    let mut found: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        match Header::of(line.text) {
            Some(Header::Clear(header)) if header == name => {
                if let Some(first) = found.and_then(|first| lines.get(first)) {
                    return Err(EditError::SectionTwice { first: first.number, second: line.number });
                }
                found = Some(at);
            }
            Some(Header::Odd(text)) if mentions(text, name) => return Err(unclear(line)),
            _ => {}
        }
    }
    found.map(|header| read(lines, header)).transpose()
}

/// The keys in `[DEFAULT]`, which Python applies to every profile.
pub(super) fn for_all(lines: &[Line<'_>]) -> Vec<Note> {
    let mut inside = false;
    let mut notes = Vec::new();
    for line in lines {
        match Header::of(line.text) {
            Some(Header::Clear(name)) => inside = name == FOR_ALL,
            None if inside => notes.extend(entry(line).and_then(|entry| entry.note(line.number))),
            _ => {}
        }
    }
    notes
}

/// The second header of a duplicate section, with which `configparser` rejects the entire file.
pub(super) fn twice(lines: &[Line<'_>]) -> Option<Note> {
    let mut seen = std::collections::HashSet::new();
    let again = lines.iter().find(|line| match Header::of(line.text) {
        Some(Header::Clear(name)) => name != FOR_ALL && !seen.insert(name),
        _ => false,
    });
    again.map(|line| Note::SectionTwice { line: line.number })
}

fn read(lines: &[Line<'_>], header: usize) -> Result<Section, EditError> {
    let mut section = Section { header, ..Section::default() };
    // Whether an indented line would continue something that an edit changes: the header, or one of its fields. Some parsers skip
    // lines that are not entries to all, so these do not end a continuation.
    let mut ours = true;
    for (at, line) in lines.iter().enumerate().skip(header + 1) {
        match Header::of(line.text) {
            Some(Header::Clear(_)) => break,
            Some(Header::Odd(_)) => return Err(unclear(line)),
            None => {}
        }
        if is_blank(line.text) || line.text.starts_with(b"#") || line.text.starts_with(b";") {
            continue;
        }
        // A byte that is not UTF-8 may be a space in a legacy encoding.
        if start_of(line.text).chars().next().is_none_or(is_space) {
            if ours {
                return Err(EditError::Indented { line: line.number });
            }
            continue;
        }
        let Some(entry) = entry(line) else { continue };
        let field = entry.field();
        if entry.plain {
            ours = field.is_some();
        } else if field.is_some() {
            return Err(unclear(line));
        }
        match field {
            Some(field) => add(&mut section, lines, field, at)?,
            None => section.notes.extend(entry.note(line.number)),
        }
    }
    Ok(section)
}

/// A duplicate is an error for Python, and others use the first or the last. All tokens are removed.
fn add(section: &mut Section, lines: &[Line<'_>], field: Field, at: usize) -> Result<(), EditError> {
    let before = section.line_of(field).filter(|_| field != Field::Token);
    if let (Some(first), Some(second)) = (before.and_then(|at| lines.get(at)), lines.get(at)) {
        return Err(EditError::KeyTwice { key: field.key(), first: first.number, second: second.number });
    }
    section.fields.push((field, at));
    Ok(())
}

/// A section header.
enum Header<'a> {
    /// All parsers read this name.
    Clear(&'a str),
    /// Some parsers read a name, possibly different ones.
    Odd(&'a str),
}

impl<'a> Header<'a> {
    fn of(text: &'a [u8]) -> Option<Self> {
        let line = start_of(text);
        let trimmed = line.trim_start_matches(is_space);
        let inside = trimmed.strip_prefix('[')?;
        let odd = Some(Self::Odd(trimmed));
        let Some((name, rest)) = inside.split_once(']') else { return odd };
        let plain_name =
            !name.is_empty() && name.trim_matches(is_space) == name && !name.contains(['#', ';', '[']);
        let rest = rest.trim_start_matches([' ', '\t']);
        let plain_rest = (rest.is_empty() || rest.starts_with(['#', ';'])) && !rest.contains(']');
        let plain = plain_name && plain_rest && trimmed.len() == line.len();
        if plain { Some(Self::Clear(name)) } else { odd }
    }
}

fn mentions(header: &str, name: &str) -> bool {
    header.split(|char| is_space(char) || "[]#;\"'".contains(char)).any(|part| part == name)
}

/// `key = value`, as a parser reads it.
struct Entry {
    /// In lower case, because keys ignore case.
    key: String,
    /// All parsers read this key: they agree only on `=`, and only on spaces and tabs around it.
    plain: bool,
}

fn entry(line: &Line<'_>) -> Option<Entry> {
    let at = line.text.iter().position(|byte| b"=:".contains(byte))?;
    let (before, rest) = line.text.split_at_checked(at)?;
    let name = std::str::from_utf8(before).ok()?;
    let key = name.trim_matches(is_space).to_lowercase();
    let same = name.trim_end_matches([' ', '\t']).eq_ignore_ascii_case(&key);
    let plain = same && rest.starts_with(b"=") && !key.is_empty() && !key.contains(['#', ';']);
    Some(Entry { key, plain })
}

impl Entry {
    fn field(&self) -> Option<Field> {
        Field::of(&self.key)
    }

    fn note(&self, line: usize) -> Option<Note> {
        let others = OTHERS.into_iter().find(|key| *key == self.key);
        let key = others.or_else(|| self.field().filter(|field| *field == Field::Token).map(Field::key))?;
        Some(Note::OtherCredentials { key, line })
    }
}

fn unclear(line: &Line<'_>) -> EditError {
    EditError::Unclear { line: line.number }
}

/// The line up to the first byte that is not UTF-8.
fn start_of(text: &[u8]) -> &str {
    text.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

fn is_blank(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.chars().all(is_space))
}

/// White space as in Python, which has four more characters than Rust.
fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}
