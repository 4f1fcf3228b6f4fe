//! Every colour, by role and theme. No other module may define a colour.

use egui::Color32;

/// Declares one field per role with both themes side by side, so that neither can be forgotten.
macro_rules! tokens {
    ($($(#[$doc:meta])* $role:ident: $light:expr, $dark:expr;)+) => {
        /// The colours of one theme, by role.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Tokens {
            $($(#[$doc])* pub $role: Color32,)+
        }

        /// The light theme.
        pub static LIGHT: Tokens = Tokens { $($role: $light,)+ };

        /// The dark theme.
        pub static DARK: Tokens = Tokens { $($role: $dark,)+ };
    };
}

tokens! {
    /// Account bar, tab bar, side panel, status bar, table header.
    bg_chrome: rgb(0xF4_F5F7), rgb(0x14_171C);
    /// Content, table body.
    bg_panel: rgb(0xFF_FFFF), rgb(0x1A_1E24);
    /// Popups, menus, dialogs, tooltips, toasts.
    bg_raised: rgb(0xFF_FFFF), rgb(0x24_2932);
    /// Text fields, search.
    bg_field: rgb(0xFF_FFFF), rgb(0x12_151A);
    /// Every second row of long tables.
    bg_stripe: rgb(0xF8_F9FB), rgb(0x1E_232A);
    /// Row, ghost button, menu item under the pointer.
    bg_hover: rgb(0xED_F0F4), rgb(0x27_2D36);
    /// The same while pressed.
    bg_pressed: rgb(0xE1_E6EC), rgb(0x30_3743);
    /// Selected row, selected user, chip that is on.
    bg_selected: rgb(0xDD_E7FB), rgb(0x22_314F);
    /// Behind a dialog: light at 40 %, dark at 55 %.
    bg_scrim: rgba(0x1B_2330, 102), rgba(0x00_0000, 140);
    /// Hairlines between rows and panels; decoration only.
    border_subtle: rgb(0xE2_E5EA), rgb(0x2C_333D);
    /// Frame of a table, a popup, a dialog; decoration only.
    border_frame: rgb(0xCB_D1D9), rgb(0x3B_4450);
    /// Fields, secondary buttons, checkboxes, chips that are off.
    border_control: rgb(0x81_8A98), rgb(0x6F_7B8B);
    /// Names, key ids, values.
    text_primary: rgb(0x1B_2330), rgb(0xE5_E8ED);
    /// Units, dates, headers, hints, icons at rest.
    text_secondary: rgb(0x56_6070), rgb(0xA2_ACB9);
    /// Disabled controls only; contrast 3 to 1, never for messages.
    text_disabled: rgb(0x82_8B98), rgb(0x6F_7885);
    /// Primary button, checkbox and radio that are on, progress.
    accent_fill: rgb(0x24_56C7), rgb(0x42_70DB);
    /// The same under the pointer.
    accent_fill_hover: rgb(0x1D_48AB), rgb(0x38_63CC);
    /// The same while pressed.
    accent_fill_pressed: rgb(0x18_3C90), rgb(0x2F_56B4);
    /// Links, selected tab's line, selected icon.
    accent_text: rgb(0x24_56C7), rgb(0x8F_B1FF);
    /// Text and icons on accent.fill.
    on_accent: rgb(0xFF_FFFF), rgb(0xFF_FFFF);
    /// 2 px ring of the focused control.
    focus_ring: rgb(0x24_56C7), rgb(0x8F_B1FF);
    /// Word and icon: done, works.
    success_text: rgb(0x1B_6E38), rgb(0x62_C98B);
    /// Tint behind it.
    success_bg: rgb(0xE6_F4EA), rgb(0x16_301F);
    /// Word and icon: warning.
    warning_text: rgb(0x80_5300), rgb(0xE8_B959);
    /// Tint behind it.
    warning_bg: rgb(0xFC_F2DA), rgb(0x35_2A12);
    /// Word and icon: broken, exposed, denied.
    danger_text: rgb(0xB3_261E), rgb(0xFF_8F86);
    /// Tint behind it.
    danger_bg: rgb(0xFC_EBE9), rgb(0x3B_1B1A);
    /// Danger button.
    danger_fill: rgb(0xB3_261E), rgb(0xCC_4841);
    /// Danger button under the pointer.
    danger_fill_hover: rgb(0x96_2019), rgb(0xB9_3B34);
    /// Danger button pressed.
    danger_fill_pressed: rgb(0x7D_1A14), rgb(0xA2_332D);
    /// Text on danger.fill.
    on_danger: rgb(0xFF_FFFF), rgb(0xFF_FFFF);
    /// Frame of a warning banner; decoration only.
    warning_border: rgb(0xE3_C88F), rgb(0x6B_5526);
    /// Frame of an error banner; decoration only.
    danger_border: rgb(0xE6_B3AE), rgb(0x78_403D);
    /// Word and icon: good to know.
    info_text: rgb(0x3A_5068), rgb(0xA9_BED6);
    /// Tint behind it.
    info_bg: rgb(0xEB_F0F5), rgb(0x21_2C38);
    /// Track when the key is active.
    switch_on: rgb(0x24_843F), rgb(0x2F_9A55);
    /// Track when the key is inactive.
    switch_off: rgb(0x73_7D8C), rgb(0x75_8192);
    /// Knob.
    switch_knob: rgb(0xFF_FFFF), rgb(0xFF_FFFF);
    /// 4 px strip on the left of account bar and tab bar in a production account.
    production_strip: rgb(0xA3_194F), rgb(0xD6_4B82);
    /// Word and icon: production account.
    production_text: rgb(0xA3_194F), rgb(0xFF_9ABC);
    /// Tint of the word.
    production_bg: rgb(0xFB_E8F0), rgb(0x3A_1A28);
    /// Practice account: strip, word in the account bar and in the status bar.
    practice_fill: rgb(0x6B_3FA6), rgb(0x8D_5EC7);
    /// Text on practice.fill.
    on_practice: rgb(0xFF_FFFF), rgb(0xFF_FFFF);
    /// Practice account in the start list.
    practice_text: rgb(0x6B_3FA6), rgb(0xC3_A2F7);
    /// Practice account's row and strip.
    practice_bg: rgb(0xF2_ECFA), rgb(0x2B_2140);
    /// New key panel.
    secret_bg: rgb(0xF1_F5FE), rgb(0x1B_2438);
    /// Its frame.
    secret_border: rgb(0x7C_9BE3), rgb(0x4A_68A8);
    /// Background of the id and the secret.
    secret_field: rgb(0xFF_FFFF), rgb(0x12_151A);
    /// Bars within the age limit.
    chart_bar: rgb(0x87_94A6), rgb(0x6E_7B8D);
    /// Bars beyond the age limit.
    chart_old: rgb(0xB2_7A0C), rgb(0xC2_953F);
    /// Shadow of a menu, popup or tooltip.
    shadow_popup: rgba(0x1B_2330, 36), rgba(0x00_0000, 110);
    /// Shadow of a dialog or toast.
    shadow_dialog: rgba(0x1B_2330, 46), rgba(0x00_0000, 128);
}

/// Access to the tokens of the current theme.
pub trait Themed {
    /// The tokens of the current theme.
    fn tokens(&self) -> &'static Tokens;
}

impl Themed for egui::Context {
    fn tokens(&self) -> &'static Tokens {
        of(self.theme())
    }
}

impl Themed for egui::Ui {
    fn tokens(&self) -> &'static Tokens {
        of(if self.visuals().dark_mode { egui::Theme::Dark } else { egui::Theme::Light })
    }
}

/// The tokens of one theme.
pub fn of(theme: egui::Theme) -> &'static Tokens {
    match theme {
        egui::Theme::Dark => &DARK,
        egui::Theme::Light => &LIGHT,
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that declares colours")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn rgba(hex: u32, alpha: u8) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgba_unmultiplied_const(red, green, blue, alpha)
}
