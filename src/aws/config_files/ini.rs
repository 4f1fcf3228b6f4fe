//! The lines of a config file, read as Python's `RawConfigParser` reads them, which the AWS CLI does it with.
//!
//! After `configparser.py` of Python 3.11 and `configloader.py` of botocore 1.44. Where Python refuses the file, the section
//! gets a fault here, and the others are read on.

use std::collections::BTreeMap;

use crate::domain::LineFault;

/// A section is named so whose settings count for all sections of the file.
const FOR_ALL: &str = "DEFAULT";

/// What a file holds.
#[derive(Default)]
pub(super) struct Ini {
    /// In the order of the file; no header stands twice.
    pub(super) sections: Vec<Section>,
    /// Outside of any section.
    pub(super) faults: Vec<Fault>,
    /// Of the section whose settings count for all.
    pub(super) for_all: Vec<Fault>,
    /// What stands behind an opening bracket that is not closed, and its line: some section was meant.
    pub(super) open_headers: Vec<(String, u32)>,
}

#[derive(Clone, Default)]
pub(super) struct Section {
    /// As it stands between the brackets.
    pub(super) header: String,
    pub(super) line: u32,
    pub(super) settings: BTreeMap<String, Setting>,
    pub(super) faults: Vec<Fault>,
}

#[derive(Clone)]
pub(super) struct Setting {
    pub(super) value: Value,
    pub(super) line: u32,
}

#[derive(Clone)]
pub(super) enum Value {
    Text(String),
    /// The indented lines below a name without a value.
    Block(BTreeMap<String, String>),
}

/// A line that cannot be read; it counts from 1.
#[derive(Clone)]
pub(super) struct Fault {
    pub(super) line: u32,
    pub(super) what: LineFault,
}

pub(super) fn parse(text: &[u8]) -> Ini {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(lines(text)) {
        reader.line(number, line);
    }
    reader.finish()
}

/// `\n`, `\r\n` and `\r` end a line, as in all text that Python reads.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(end) = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else { return Some(text) };
        let (line, tail) = text.split_at(end);
        let ending = if tail.starts_with(b"\r\n") { 2 } else { 1 };
        rest = tail.get(ending..);
        Some(line)
    })
}

/// `str.isspace` of Python.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}

/// `str.splitlines` of Python.
fn ends_line(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A section while its lines are collected.
#[derive(Default)]
struct Draft {
    header: String,
    line: u32,
    settings: BTreeMap<String, Collected>,
    faults: Vec<Fault>,
}

/// The lines of one value.
struct Collected {
    lines: Vec<String>,
    line: u32,
}

#[derive(Clone, Copy, Default)]
enum At {
    #[default]
    Before,
    Section(usize),
    ForAll,
    /// Below a header that cannot be read.
    Nowhere,
}

#[derive(Default)]
struct Reader {
    sections: Vec<Draft>,
    for_all: Draft,
    faults: Vec<Fault>,
    open_headers: Vec<(String, u32)>,
    at: At,
    /// The setting that indented lines go on with.
    name: Option<String>,
    indent: usize,
}

impl Reader {
    fn line(&mut self, number: u32, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let value = text.trim_matches(is_space);
        let is_comment = value.starts_with(['#', ';']);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            let fault = Fault { line: number, what: LineFault::NotUtf8 };
            if is_comment { self.faults.push(fault) } else { self.fault(fault) }
        }
        if is_comment {
            return;
        }
        if value.is_empty() {
            return self.go_on("");
        }
        let indent = text.chars().take_while(|char| is_space(*char)).count();
        if self.name.is_some() && indent > self.indent {
            return self.go_on(value);
        }
        self.indent = indent;
        match header(value) {
            Some(header) => self.open(header, number),
            None => self.setting(value, number),
        }
    }

    fn draft(&mut self) -> Option<&mut Draft> {
        match self.at {
            At::Section(place) => self.sections.get_mut(place),
            At::ForAll => Some(&mut self.for_all),
            At::Before | At::Nowhere => None,
        }
    }

    fn fault(&mut self, fault: Fault) {
        match self.draft() {
            Some(draft) => draft.faults.push(fault),
            None => self.faults.push(fault),
        }
    }

    fn go_on(&mut self, value: &str) {
        let Some(name) = self.name.clone() else { return };
        if let Some(collected) = self.draft().and_then(|draft| draft.settings.get_mut(&name)) {
            collected.lines.push(value.to_owned());
        }
    }

    fn open(&mut self, header: &str, number: u32) {
        self.name = None;
        let known = self.sections.iter_mut().position(|section| section.header == header);
        self.at = if let Some(first) = known.and_then(|place| self.sections.get_mut(place)) {
            first.faults.push(Fault { line: number, what: LineFault::SameSection { line: first.line } });
            At::Nowhere
        } else if header == FOR_ALL {
            At::ForAll
        } else {
            self.sections.push(Draft { header: header.to_owned(), line: number, ..Draft::default() });
            At::Section(self.sections.len() - 1)
        };
    }

    fn setting(&mut self, value: &str, number: u32) {
        let fault = |what| Fault { line: number, what };
        match (self.at, value.split_once(['=', ':'])) {
            (_, None) if value.starts_with('[') => {
                self.fault(fault(LineFault::OpenHeader));
                self.open_headers.push((value.trim_start_matches('[').to_owned(), number));
                (self.at, self.name) = (At::Nowhere, None);
            }
            (At::Before, _) => self.faults.push(fault(LineFault::NoSection)),
            (At::Nowhere, _) => {}
            (_, None) => self.fault(fault(LineFault::NoEquals)),
            (_, Some(("", _))) => {
                self.fault(fault(LineFault::NoName));
                self.name = None;
            }
            (_, Some((name, text))) => {
                let name = name.trim_end_matches(is_space).to_lowercase();
                let collected =
                    Collected { lines: vec![text.trim_matches(is_space).to_owned()], line: number };
                self.name = Some(name.clone());
                let Some(draft) = self.draft() else { return };
                if let Some(first) = draft.settings.insert(name.clone(), collected) {
                    let what = LineFault::SameSetting { name, line: first.line };
                    draft.faults.push(fault(what));
                }
            }
        }
    }

    fn finish(self) -> Ini {
        let for_all = self.for_all.finish();
        let with_shared = |draft: Draft| {
            let mut section = draft.finish();
            for (name, setting) in &for_all.settings {
                section.settings.entry(name.clone()).or_insert_with(|| setting.clone());
            }
            section
        };
        Ini {
            sections: self.sections.into_iter().map(with_shared).collect(),
            faults: self.faults,
            for_all: for_all.faults,
            open_headers: self.open_headers,
        }
    }
}

impl Draft {
    fn finish(self) -> Section {
        let Self { header, line, settings, mut faults } = self;
        let mut read = BTreeMap::new();
        for (name, Collected { lines, line }) in settings {
            let text = lines.join("\n");
            let text = text.trim_end_matches(is_space);
            let value = match text.strip_prefix('\n').map(block) {
                None => Value::Text(text.to_owned()),
                Some(Some(block)) => Value::Block(block),
                Some(None) => {
                    faults.push(Fault { line, what: LineFault::InBlock { name } });
                    continue;
                }
            };
            read.insert(name, Setting { value, line });
        }
        faults.sort_by_key(|fault| fault.line);
        Section { header, line, settings: read, faults }
    }
}

/// `None` if a line of it is no setting.
fn block(text: &str) -> Option<BTreeMap<String, String>> {
    let lines = text.split(ends_line).map(|line| line.trim_matches(is_space)).filter(|line| !line.is_empty());
    let setting = |line: &str| {
        let (name, value) = line.split_once('=')?;
        Some((name.trim_matches(is_space).to_owned(), value.trim_matches(is_space).to_owned()))
    };
    lines.map(setting).collect()
}

/// From the first bracket to the last one, whatever comes behind.
fn header(value: &str) -> Option<&str> {
    Some(value.strip_prefix('[')?.rsplit_once(']')?.0).filter(|header| !header.is_empty())
}

#[cfg(test)]
mod tests;
