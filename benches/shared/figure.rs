//! Figures of the benches: written to `figures` in cargo's target folder, where `tests/figures` reads them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Notes a ratio; at most `target` holds. `tests/figures` adds the command that it ran.
pub(crate) fn note(name: &str, value: f64, target: f64) {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for figures");
    let value = (value * 1000.0).round() / 1000.0;
    let figure = serde_json::json!({
        "name": name,
        "value": value,
        "unit": "ratio",
        "target": format!("<= {target}"),
        "holds": value <= target,
    });
    println!("{name}: {value} (target <= {target})");
    std::fs::write(folder.join(format!("{name}.json")), figure.to_string()).expect("a written figure");
}

/// Cargo starts a bench in the folder of the package, which is what a relative target folder is relative to.
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
