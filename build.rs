//! What the Windows program carries besides code: icon, version and manifest.

const MANIFEST: &str = "assets/packaging/windows/keyfob.manifest";
const ICON: &str = "assets/app/keyfob.ico";

fn main() -> std::io::Result<()> {
    for file in ["build.rs", MANIFEST, ICON] {
        println!("cargo::rerun-if-changed={file}");
    }
    // Of the system that is built for, not of the one that builds.
    if std::env::var_os("CARGO_CFG_TARGET_OS").is_none_or(|system| system != "windows") {
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
