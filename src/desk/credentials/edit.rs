//! Writes a key pair into one profile of a credentials file. Every other byte stays the same.

use zeroize::Zeroizing;

use super::error::{EditError, Note};
use super::name::{ProfileName, is_value};
use super::section::{self, Field, Line, Section};
use crate::domain::{KeyId, Secret};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Shown in place of a value.
const HIDDEN: &str = "••••";

/// The new content of the file, and the changes in it.
pub struct Edit {
    pub after: Zeroizing<Vec<u8>>,
    pub change: Change,
}

/// The changes of an edit, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// In the order of the file.
    pub lines: Vec<ChangedLine>,
    /// Content of the file that may interfere with the pair.
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A section is appended to the file.
    NewSection,
    /// The section exists without a key pair.
    KeysAdded,
    /// The section has a key pair, or half of one. `old` is its id if it looks like one, because some people enter a secret there.
    Replaced { old: Option<KeyId> },
}

/// A line for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    pub what: LineChange,
    /// Counted from 1; in the old file for a removed line, otherwise in the new one.
    pub number: usize,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineChange {
    Added,
    Replaced,
    /// The token of a temporary key pair, which would make the new pair invalid.
    Removed,
}

/// Puts the pair into the profile: replaces its values, adds them to its section, or appends a section.
pub fn edit(before: &[u8], profile: &ProfileName, id: &KeyId, secret: &Secret) -> Result<Edit, EditError> {
    if !is_value(id.as_str()) {
        return Err(EditError::Id);
    }
    if !is_value(secret.expose()) {
        return Err(EditError::Secret);
    }
    if before.contains(&0) || before.starts_with(b"\xFF\xFE") || before.starts_with(b"\xFE\xFF") {
        return Err(EditError::NotText);
    }
    let (mark, text) = before.split_at_checked(BYTE_ORDER_MARK.len()).unwrap_or_default();
    let marked = mark == BYTE_ORDER_MARK;
    let lines = section::lines(if marked { text } else { before })?;
    let found = section::find(&lines, profile.as_str())?;

    let mut draft = Draft::new(before.len(), profile, id, secret);
    if marked {
        draft.after.extend_from_slice(BYTE_ORDER_MARK);
    }
    let kind = match &found {
        Some(section) => draft.change_section(&lines, section),
        None => draft.append_section(&lines),
    };
    let mut notes = found.map(|section| section.notes).unwrap_or_default();
    notes.extend(section::for_all(&lines));
    notes.extend(section::twice(&lines));
    notes.extend(marked.then_some(Note::ByteOrderMark));
    notes.extend(std::str::from_utf8(before).is_err().then_some(Note::NotUtf8));
    Ok(Edit { after: draft.after, change: Change { kind, lines: draft.shown, notes } })
}

/// The new file, written line by line.
struct Draft<'a> {
    after: Zeroizing<Vec<u8>>,
    shown: Vec<ChangedLine>,
    /// The line end of the last written line.
    number: usize,
    name: &'a str,
    id: &'a str,
    secret: &'a str,
}

impl<'a> Draft<'a> {
    fn new(length: usize, profile: &'a ProfileName, id: &'a KeyId, secret: &'a Secret) -> Self {
        let (name, id, secret) = (profile.as_str(), id.as_str(), secret.expose());
        // Enough for the longest edit, because a buffer that grows leaves a copy of itself behind.
        let room = length + name.len() + id.len() + secret.len() + 128;
        Self {
            after: Zeroizing::new(Vec::with_capacity(room)),
            shown: Vec::new(),
            number: 0,
            name,
            id,
            secret,
        }
    }

    fn append_section(&mut self, lines: &[Line<'_>]) -> ChangeKind {
        for line in lines {
            self.keep(line);
        }
        let end = end_before(lines, lines.len());
        if lines.last().is_some_and(|last| last.end.is_empty()) {
            self.after.extend_from_slice(end);
        }
        if lines.last().is_some_and(|last| !last.text.is_empty()) {
            self.write(b"", end);
        }
        let header = format!("[{}]", self.name);
        self.write(header.as_bytes(), end);
        self.show(LineChange::Added, header);
        self.add(Field::Id, end);
        self.add(Field::Secret, end);
        ChangeKind::NewSection
    }

    fn change_section(&mut self, lines: &[Line<'_>], section: &Section) -> ChangeKind {
        let (id, secret) = (section.line_of(Field::Id), section.line_of(Field::Secret));
        let mut missing = vec![];
        missing.extend(id.is_none().then_some(Field::Id));
        missing.extend(secret.is_none().then_some(Field::Secret));
        // One half goes beside the other; a complete pair goes first, where nothing can be read as part of it.
        let add_after = id.or(secret).unwrap_or(section.header);
        for (at, line) in lines.iter().enumerate() {
            match section.field_at(at) {
                None => self.keep(line),
                Some(Field::Token) => self.remove(line),
                Some(field) => self.replace(field, line, end_before(lines, at + 1)),
            }
            if at == add_after && !missing.is_empty() {
                let end = end_before(lines, at + 1);
                if line.end.is_empty() {
                    self.after.extend_from_slice(end);
                }
                for field in &missing {
                    self.add(*field, end);
                }
            }
        }
        if id.or(secret).is_none() {
            return ChangeKind::KeysAdded;
        }
        ChangeKind::Replaced {
            old: id.and_then(|at| lines.get(at)).and_then(|line| Parts::of(line).key_id()),
        }
    }

    fn write(&mut self, text: &[u8], end: &[u8]) {
        self.after.extend_from_slice(text);
        self.after.extend_from_slice(end);
        self.number += 1;
    }

    fn show(&mut self, what: LineChange, text: String) {
        self.shown.push(ChangedLine { what, number: self.number, text });
    }

    fn keep(&mut self, line: &Line<'_>) {
        self.write(line.text, line.end);
    }

    fn add(&mut self, field: Field, end: &[u8]) {
        let before = format!("{} = ", field.key());
        self.assign(LineChange::Added, before.as_bytes(), field, end);
    }

    /// Python reads a comment after a value as part of the value, so the comment moves to its own line.
    fn replace(&mut self, field: Field, line: &Line<'_>, end: &[u8]) {
        let parts = Parts::of(line);
        if let Some(comment) = parts.comment {
            self.write(comment, end);
            self.show(LineChange::Added, "# …".to_owned());
        }
        self.assign(LineChange::Replaced, parts.before, field, line.end);
    }

    fn remove(&mut self, line: &Line<'_>) {
        let text = format!("{}{HIDDEN}", String::from_utf8_lossy(Parts::of(line).before));
        self.shown.push(ChangedLine { what: LineChange::Removed, number: line.number, text });
    }

    fn assign(&mut self, what: LineChange, before: &[u8], field: Field, end: &[u8]) {
        let value = if field == Field::Id { self.id } else { self.secret };
        self.after.extend_from_slice(before);
        self.write(value.as_bytes(), end);
        let seen = if field == Field::Id { self.id } else { HIDDEN };
        self.show(what, format!("{}{seen}", String::from_utf8_lossy(before)));
    }
}

/// The line end used before this line.
fn end_before<'a>(lines: &[Line<'a>], at: usize) -> &'a [u8] {
    lines.iter().take(at).rev().map(|line| line.end).find(|end| !end.is_empty()).unwrap_or(b"\n")
}

/// The parts of an entry: `before` ends with the `=` and the spaces after it.
struct Parts<'a> {
    before: &'a [u8],
    value: &'a [u8],
    comment: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn of(line: &Line<'a>) -> Self {
        let text = line.text;
        let equals = text.iter().position(|&byte| byte == b'=').map_or(text.len(), |at| at + 1);
        let spaces = text.iter().skip(equals).take_while(|byte| b" \t".contains(byte)).count();
        let (before, rest) = text.split_at_checked(equals + spaces).unwrap_or((text, &[]));
        // A comment starts after white space, which may be the space before the value.
        let with_space = text.get(equals..).unwrap_or_default();
        let begins = with_space
            .windows(2)
            .position(|pair| matches!(pair, [before, b'#' | b';'] if before.is_ascii_whitespace()));
        let comment = begins.and_then(|at| with_space.get(at + 1..));
        let length = rest.len() - comment.map_or(0, <[u8]>::len);
        Self { before, value: rest.get(..length).unwrap_or_default().trim_ascii(), comment }
    }

    /// The value, if it looks like an id and not like a secret, which has 40 characters on AWS.
    fn key_id(&self) -> Option<KeyId> {
        let fits = (1..=32).contains(&self.value.len());
        let word = self.value.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let text = std::str::from_utf8(self.value).ok().filter(|_| fits && word)?;
        Some(KeyId::new(text))
    }
}

#[cfg(test)]
mod tests;
