//! Details for problem reports: version, renderer and file locations.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The renderer setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// wgpu on Windows and macOS, or OpenGL if wgpu finds no adapter; OpenGL elsewhere. Without effects if there is no
    /// graphics card.
    #[default]
    Automatic,
    Wgpu,
    #[serde(rename = "opengl")]
    OpenGl,
    /// As [`Automatic`](Self::Automatic), but always without effects.
    Light,
}

impl Renderer {
    /// The choices on this system.
    pub const OFFERED: &[Self] = if cfg!(wgpu) {
        &[Self::Automatic, Self::Wgpu, Self::OpenGl, Self::Light]
    } else {
        &[Self::Automatic, Self::OpenGl, Self::Light]
    };
}

/// The variable that selects a renderer for one start, without fallback.
pub const RENDERER_VARIABLE: &str = "KEYFOB_RENDERER";

/// The renderer of this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graphics {
    /// `wgpu` or `OpenGL`.
    pub renderer: &'static str,
    /// `Vulkan`, `Dx12`, `Metal`, `Gl`, or the version of OpenGL.
    pub backend: String,
    /// The name of the graphics card or software renderer.
    pub adapter: String,
    /// Why the preferred renderer failed, if it was tried first.
    pub instead_of: Option<String>,
    /// Without shadows, smooth edges and animations.
    pub light: bool,
}

/// The details of this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub graphics: Graphics,
    /// `None` if nothing is stored.
    pub settings_file: Option<PathBuf>,
    /// The folder of the activity and of the journal.
    pub state_folder: Option<PathBuf>,
}

/// Why no window could be opened.
#[derive(Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// Neither X11 nor Wayland.
    NoDisplay,
    /// A system library is missing; the loader's message.
    NoLibrary(String),
    /// No renderer works: each with its error.
    NoRenderer(Vec<(&'static str, String)>),
    Other(String),
    /// The renderer failed after the window had opened.
    Ended(String),
}
