//! Figures of the benchmarks, written to `figures` in cargo's target folder for `tests/figures`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Writes a ratio, which holds up to `target`. `tests/figures` adds its command.
pub(crate) fn note(name: &str, value: f64, target: f64) {
    note_in("ratio", name, value, target);
}

/// The same of a value in this unit.
pub(crate) fn note_in(unit: &str, name: &str, value: f64, target: f64) {
    let value = (value * 1000.0).round() / 1000.0;
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for figures");
    let figure = serde_json::json!({
        "name": name,
        "value": value,
        "unit": unit,
        "target": format!("<= {target}"),
        "holds": value <= target,
    });
    println!("{name}: {value} {unit} (target <= {target})");
    std::fs::write(folder.join(format!("{name}.json")), figure.to_string()).expect("a written figure");
}

/// Cargo starts a benchmark in the package folder, to which a relative target folder is relative.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(target).join("figures")
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

pub(crate) fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON)
}
