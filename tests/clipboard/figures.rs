//! Writes the promised figures as files for `tests/figures`.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;

/// A measured number and its target.
pub(crate) struct Figure {
    name: String,
    value: u64,
    unit: String,
    target: &'static str,
    holds: bool,
}

impl Figure {
    pub(crate) fn scenarios(passed: usize, failed: usize) -> Self {
        Self {
            name: "clipboard_scenarios".to_owned(),
            value: passed as u64,
            unit: "scenarios".to_owned(),
            target: ">= 15",
            holds: passed >= 15 && failed == 0,
        }
    }

    /// A scenario passes its figures on as lines of its output.
    pub(crate) fn tell(name: &str, value: u64, unit: &str) {
        println!("figure {name} {value} {unit}");
    }

    pub(crate) fn read(line: &str) -> Option<Self> {
        let (name, rest) = line.strip_prefix("figure ")?.split_once(' ')?;
        let (value, unit) = rest.split_once(' ')?;
        let value = value.parse().ok()?;
        let (target, holds) = match name {
            "clipboard_longest_block" => ("< 1000", value < 1000),
            "foreign_clipboard_destroyed" => ("0", value == 0),
            _ => return None,
        };
        Some(Self { name: name.to_owned(), value, unit: unit.to_owned(), target, holds })
    }

    /// Writes and prints it, and returns whether it holds.
    pub(crate) fn write(&self) -> Outcome<bool> {
        let Self { name, value, unit, target, holds } = self;
        println!("{name}: {value} {unit} (target {target})");
        let text = format!(
            "{{\"name\": \"{name}\", \"value\": {value}, \"unit\": \"{unit}\", \"target\": \"{target}\", \
             \"holds\": {holds}, \"command\": \"cargo test --test clipboard -- --ignored\"}}\n"
        );
        let folder = folder();
        let write = || {
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("{name}.json")), text)
        };
        write().map_err(|err| format!("{}: {err}", folder.display()))?;
        Ok(*holds)
    }
}

fn folder() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(own, PathBuf::from).join("figures")
}
