//! What draws the window: wgpu, or OpenGL, and which of them is tried first.

use eframe::glow::HasContext as _;
use eframe::{CreationContext, Error};

use super::graphics_card;
use crate::domain::{Graphics, Renderer};

/// What eframe can draw with here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    #[cfg(wgpu)]
    Wgpu,
    Glow,
}

/// What the environment says; what is not known is passed over.
pub(super) fn of_variable(value: &str) -> Option<Renderer> {
    match value {
        "wgpu" if cfg!(wgpu) => Some(Renderer::Wgpu),
        "glow" | "opengl" => Some(Renderer::OpenGl),
        "light" => Some(Renderer::Light),
        _ => None,
    }
}

impl Kind {
    /// What is tried, in this order. `forced`: what the environment says.
    #[cfg(wgpu)]
    pub(super) fn order(setting: Renderer, forced: Option<Renderer>) -> &'static [Self] {
        match (forced, setting) {
            (Some(Renderer::Wgpu), _) => &[Self::Wgpu],
            (Some(Renderer::OpenGl), _) => &[Self::Glow],
            // Whoever has chosen what does not work here must still get to the settings.
            (None, Renderer::OpenGl) => &[Self::Glow, Self::Wgpu],
            (Some(Renderer::Light | Renderer::Automatic), _)
            | (None, Renderer::Automatic | Renderer::Wgpu | Renderer::Light) => &[Self::Wgpu, Self::Glow],
        }
    }

    #[cfg(not(wgpu))]
    pub(super) fn order(_setting: Renderer, _forced: Option<Renderer>) -> &'static [Self] {
        &[Self::Glow]
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            #[cfg(wgpu)]
            Self::Wgpu => "wgpu",
            Self::Glow => "OpenGL",
        }
    }
}

impl From<Kind> for eframe::Renderer {
    fn from(kind: Kind) -> Self {
        match kind {
            #[cfg(wgpu)]
            Kind::Wgpu => Self::Wgpu,
            Kind::Glow => Self::Glow,
        }
    }
}

/// True for an error of the renderer itself. After any other one, a second try would hide the true reason.
pub(super) fn another_may_help(err: &Error) -> bool {
    match err {
        #[cfg(wgpu)]
        Error::Wgpu(_) => true,
        Error::Glutin(_) | Error::NoGlutinConfigs(..) | Error::OpenGL(_) => true,
        _ => false,
    }
}

/// Why it cannot be used. Of a list of what it looked for, only that nothing was found.
pub(super) fn reason(err: &Error) -> String {
    match err {
        #[cfg(wgpu)]
        Error::Wgpu(err) => err.to_string(),
        Error::NoGlutinConfigs(_, err) => format!("no usable configuration of OpenGL: {err}"),
        err => err.to_string(),
    }
}

/// What draws the window that has just been opened, and whether with effects: `setting` decides, or how fast it draws.
pub(super) fn in_use(cc: &CreationContext<'_>, setting: Renderer, instead_of: Option<String>) -> Graphics {
    let drawn = by_wgpu(cc).or_else(|| by_opengl(cc));
    let (graphics, is_software) = drawn.unwrap_or_default();
    let light = match setting {
        Renderer::Automatic => is_software,
        Renderer::Light => true,
        Renderer::Wgpu | Renderer::OpenGl => false,
    };
    let effects = if light { ", without effects" } else { "" };
    log::info!("drawn by {}, {}, {}{effects}", graphics.renderer, graphics.backend, graphics.adapter);
    Graphics { instead_of, light, ..graphics }
}

#[cfg(wgpu)]
fn by_wgpu(cc: &CreationContext<'_>) -> Option<(Graphics, bool)> {
    let adapter = super::wgpu::adapter(cc)?;
    let (renderer, backend) = (Kind::Wgpu.name(), adapter.backend);
    Some((Graphics { renderer, backend, adapter: adapter.name, ..Graphics::default() }, adapter.is_software))
}

#[cfg(not(wgpu))]
fn by_wgpu(_cc: &CreationContext<'_>) -> Option<(Graphics, bool)> {
    None
}

/// OpenGL tells what it draws with only to code that is not checked for memory safety: the system is asked for it.
fn by_opengl(cc: &CreationContext<'_>) -> Option<(Graphics, bool)> {
    let version = cc.gl.as_ref()?.version();
    let embedded = if version.is_embedded { " ES" } else { "" };
    let graphics = Graphics {
        renderer: Kind::Glow.name(),
        backend: format!("{}.{}{embedded}", version.major, version.minor),
        adapter: version.vendor_info.clone(),
        ..Graphics::default()
    };
    Some((graphics, !graphics_card::is_there()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(wgpu)]
    #[test]
    fn wgpu_is_first_and_opengl_stands_in_for_it() {
        use Kind::{Glow, Wgpu};
        assert_eq!(Kind::order(Renderer::Automatic, None), [Wgpu, Glow]);
        assert_eq!(Kind::order(Renderer::Wgpu, None), [Wgpu, Glow]);
        assert_eq!(Kind::order(Renderer::OpenGl, None), [Glow, Wgpu]);
        assert_eq!(
            Kind::order(Renderer::OpenGl, of_variable("wgpu")),
            [Wgpu],
            "the variable wins, and alone"
        );
        assert_eq!(Kind::order(Renderer::Automatic, of_variable("glow")), [Glow]);
        assert_eq!(Kind::order(Renderer::Automatic, of_variable("metal")), [Wgpu, Glow]);
    }

    #[test]
    fn the_variable_names_what_there_is_here() {
        let known = ["wgpu", "glow", "opengl", "light", "metal"].map(of_variable);
        let wgpu = cfg!(wgpu).then_some(Renderer::Wgpu);
        assert_eq!(
            known,
            [wgpu, Some(Renderer::OpenGl), Some(Renderer::OpenGl), Some(Renderer::Light), None]
        );
    }

    #[test]
    fn only_an_error_of_the_renderer_leads_to_the_other_one() {
        let no_display = eframe::Error::AppCreation("anything else".into());
        assert!(!another_may_help(&no_display), "it would hide the true reason");
        let no_gl = eframe::Error::OpenGL(eframe::egui_glow::PainterError::from("no OpenGL".to_owned()));
        assert!(another_may_help(&no_gl));
    }
}
