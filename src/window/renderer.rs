//! What draws the window: wgpu, or OpenGL, and which of them is tried first.

use eframe::egui_wgpu::{WgpuSetup, WgpuSetupCreateNew};
use eframe::glow::HasContext as _;
use eframe::wgpu::{Backends, DeviceType, PowerPreference};
use eframe::{CreationContext, Error};

use crate::domain::{Graphics, Renderer};

/// What eframe can draw with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Wgpu,
    Glow,
}

impl Kind {
    /// What is tried, in this order. `forced`: what the environment says.
    pub(super) fn order(setting: Renderer, forced: Option<&str>) -> &'static [Self] {
        match (forced, setting) {
            (Some("wgpu"), _) => &[Self::Wgpu],
            (Some("glow" | "opengl"), _) => &[Self::Glow],
            // Whoever has chosen what does not work here must still get to the settings.
            (_, Renderer::OpenGl) => &[Self::Glow, Self::Wgpu],
            (_, Renderer::Automatic | Renderer::Wgpu) => &[Self::Wgpu, Self::Glow],
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wgpu => "wgpu",
            Self::Glow => "OpenGL",
        }
    }
}

impl From<Kind> for eframe::Renderer {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Wgpu => Self::Wgpu,
            Kind::Glow => Self::Glow,
        }
    }
}

/// True for an error of the renderer itself. After any other one, a second try would hide the true reason.
pub(super) fn another_may_help(err: &Error) -> bool {
    matches!(err, Error::Wgpu(_) | Error::Glutin(_) | Error::NoGlutinConfigs(..) | Error::OpenGL(_))
}

/// Why it cannot be used. Of a list of what it looked for, only that nothing was found.
pub(super) fn reason(err: &Error) -> String {
    match err {
        Error::Wgpu(err) => err.to_string(),
        Error::NoGlutinConfigs(_, err) => format!("no usable configuration of OpenGL: {err}"),
        err => err.to_string(),
    }
}

/// Spares the battery; without a graphics card, and over remote desktop, software draws. On Windows DX12 has that always.
/// `WGPU_BACKEND` and `WGPU_POWER_PREF` say otherwise.
pub(super) fn wgpu_setup() -> WgpuSetup {
    let mut setup = WgpuSetupCreateNew::without_display_handle();
    let usual = if cfg!(windows) { Backends::DX12 | Backends::GL } else { Backends::PRIMARY | Backends::GL };
    setup.instance_descriptor.backends = Backends::from_env().unwrap_or(usual);
    setup.power_preference = PowerPreference::from_env().unwrap_or(PowerPreference::LowPower);
    setup.into()
}

/// What draws the window that has just been opened.
pub(super) fn in_use(cc: &CreationContext<'_>, instead_of: Option<String>) -> Graphics {
    let (renderer, backend, adapter) = if let Some(state) = &cc.wgpu_render_state {
        let info = state.adapter.get_info();
        let software = if info.device_type == DeviceType::Cpu { " (software)" } else { "" };
        (Kind::Wgpu, info.backend.to_string(), format!("{}{software}", info.name))
    } else if let Some(gl) = &cc.gl {
        let version = gl.version();
        let embedded = if version.is_embedded { " ES" } else { "" };
        // Its adapter is told only to code that is not checked for memory safety.
        (Kind::Glow, format!("{}.{}{embedded}", version.major, version.minor), version.vendor_info.clone())
    } else {
        return Graphics { instead_of, ..Graphics::default() };
    };
    log::info!("drawn by {}, {backend}, {adapter}", renderer.name());
    Graphics { renderer: renderer.name(), backend, adapter, instead_of }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wgpu_is_first_and_opengl_stands_in_for_it() {
        use Kind::{Glow, Wgpu};
        assert_eq!(Kind::order(Renderer::Automatic, None), [Wgpu, Glow]);
        assert_eq!(Kind::order(Renderer::Wgpu, None), [Wgpu, Glow]);
        assert_eq!(Kind::order(Renderer::OpenGl, None), [Glow, Wgpu]);
        assert_eq!(Kind::order(Renderer::OpenGl, Some("wgpu")), [Wgpu], "the variable wins, and alone");
        assert_eq!(Kind::order(Renderer::Automatic, Some("glow")), [Glow]);
        assert_eq!(
            Kind::order(Renderer::Automatic, Some("metal")),
            [Wgpu, Glow],
            "what is not known is passed over"
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
