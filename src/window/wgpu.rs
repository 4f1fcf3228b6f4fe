//! wgpu, on the systems where OpenGL does not reach: which adapter, and what it is called.

use eframe::egui_wgpu::WgpuSetupCreateNew;
use eframe::wgpu::{Backends, DeviceType, PowerPreference};
use eframe::{CreationContext, NativeOptions};

/// Spares the battery; without a graphics card, and over remote desktop, software draws. On Windows DX12 has that always.
/// `WGPU_BACKEND` and `WGPU_POWER_PREF` say otherwise.
pub(super) fn set_up(options: &mut NativeOptions) {
    let mut setup = WgpuSetupCreateNew::without_display_handle();
    let usual = if cfg!(windows) { Backends::DX12 | Backends::GL } else { Backends::PRIMARY | Backends::GL };
    setup.instance_descriptor.backends = Backends::from_env().unwrap_or(usual);
    setup.power_preference = PowerPreference::from_env().unwrap_or(PowerPreference::LowPower);
    options.wgpu_options.wgpu_setup = setup.into();
}

/// What draws.
pub(super) struct Adapter {
    pub(super) backend: String,
    pub(super) name: String,
    /// No graphics card.
    pub(super) is_software: bool,
}

/// `None` where wgpu does not draw.
pub(super) fn adapter(cc: &CreationContext<'_>) -> Option<Adapter> {
    let info = cc.wgpu_render_state.as_ref()?.adapter.get_info();
    let is_software = info.device_type == DeviceType::Cpu;
    let software = if is_software { " (software)" } else { "" };
    Some(Adapter { backend: info.backend.to_string(), name: format!("{}{software}", info.name), is_software })
}
