//! Which renderers there are on the system that is built for, and what the Windows program carries besides code: icon,
//! version and manifest.

const MANIFEST: &str = "assets/packaging/windows/keyfob.manifest";
const ICON: &str = "assets/app/keyfob.ico";

fn main() -> std::io::Result<()> {
    for file in ["build.rs", MANIFEST, ICON] {
        println!("cargo::rerun-if-changed={file}");
    }
    println!("cargo::rustc-check-cfg=cfg(wgpu)");
    // Of the system that is built for, not of the one that builds.
    let system = std::env::var_os("CARGO_CFG_TARGET_OS").unwrap_or_default();
    // As in Cargo.toml.
    if system == "windows" || system == "macos" {
        println!("cargo::rustc-cfg=wgpu");
    }
    if system != "windows" {
        return Ok(());
    }
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set("ProductName", "Keyfob")
        .set("FileDescription", "Keyfob")
        .set("OriginalFilename", "keyfob.exe")
        .set("LegalCopyright", "MIT License")
        .compile()
}
