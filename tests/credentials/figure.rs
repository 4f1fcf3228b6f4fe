//! Figures of tests, one JSON file each, in `figures` of the target folder.

use std::path::PathBuf;

pub(crate) struct Figure<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: usize,
    pub(crate) unit: &'a str,
    pub(crate) target: &'a str,
    pub(crate) holds: bool,
    pub(crate) command: &'a str,
}

/// No text may need escaping in JSON.
pub(crate) fn write(figure: &Figure<'_>) {
    let Figure { name, value, unit, target, holds, command } = figure;
    let target_folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = target_folder.join("figures");
    let text = format!(
        "{{\"name\":\"{name}\",\"value\":{value},\"unit\":\"{unit}\",\"target\":\"{target}\",\"holds\":{holds},\"command\":\"{command}\"}}\n"
    );
    std::fs::create_dir_all(&folder).expect("the folder for figures");
    std::fs::write(folder.join(format!("{name}.json")), text).expect("the figure is written");
}
