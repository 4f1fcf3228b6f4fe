//! Writes a promised figure as a file for `tests/figures`. Included by `#[path]`.

use std::path::{Path, PathBuf};

/// The folder for figures, in cargo's target folder.
fn folder() -> PathBuf {
    let beside_sources = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(beside_sources, PathBuf::from);
    target.join("figures")
}

pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: serde_json::Value,
    pub(crate) unit: String,
    pub(crate) target: String,
    pub(crate) holds: bool,
    /// The command that produces it.
    pub(crate) command: &'static str,
}

impl Figure {
    pub(crate) fn write(&self) {
        let Self { name, value, unit, target, holds, command } = self;
        let text = serde_json::json!({
            "name": name, "value": value, "unit": unit, "target": target, "holds": holds, "command": command,
        });
        let folder = folder();
        std::fs::create_dir_all(&folder).expect("a folder for figures");
        std::fs::write(folder.join(format!("{name}.json")), text.to_string()).expect("a written figure");
        println!("{name}: {value} {unit} (target {target})");
    }
}
