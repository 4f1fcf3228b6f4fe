//! What one tells those who help: which version, drawn by what, kept where.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What draws the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// wgpu on Windows and macOS, and OpenGL where that finds nothing to draw with; OpenGL elsewhere. Without effects where no
    /// graphics card draws.
    #[default]
    Automatic,
    Wgpu,
    #[serde(rename = "opengl")]
    OpenGl,
    /// As [`Automatic`](Self::Automatic), but always without effects.
    Light,
}

impl Renderer {
    /// Those that this system has.
    pub const OFFERED: &[Self] = if cfg!(wgpu) {
        &[Self::Automatic, Self::Wgpu, Self::OpenGl, Self::Light]
    } else {
        &[Self::Automatic, Self::OpenGl, Self::Light]
    };
}

/// The variable that names a renderer for one start: that one is used, and no other in its place.
pub const RENDERER_VARIABLE: &str = "KEYFOB_RENDERER";

/// What draws the window in this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graphics {
    /// `wgpu` or `OpenGL`.
    pub renderer: &'static str,
    /// `Vulkan`, `Dx12`, `Metal`, `Gl`, or the version of OpenGL.
    pub backend: String,
    /// The name of the graphics card, or of the software that stands in for one.
    pub adapter: String,
    /// Why the other renderer could not be used, if it was tried first.
    pub instead_of: Option<String>,
    /// Without shadows, smoothed edges and motion: software draws, or the settings say so.
    pub light: bool,
}

/// What is known of this run of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub graphics: Graphics,
    /// `None` where nothing is kept.
    pub settings_file: Option<PathBuf>,
    /// The folder of the activity and of the journal.
    pub state_folder: Option<PathBuf>,
}

/// Why there is no window.
#[derive(Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// Neither X11 nor Wayland.
    NoDisplay,
    /// A library of the system is missing, in the words of who looked for it.
    NoLibrary(String),
    /// None of the renderers works: each, and why.
    NoRenderer(Vec<(&'static str, String)>),
    Other(String),
    /// There was a window; what draws it failed later.
    Ended(String),
}
