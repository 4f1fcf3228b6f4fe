//! The icons: Lucide, white in the file and tinted when painted.

use egui::{Color32, Image, ImageSource, Rect, Response, Sense, Ui, Vec2, load::Bytes};

/// Declares each icon's variant and file in one place.
macro_rules! icons {
    ($($(#[$doc:meta])* $icon:ident: $file:literal,)+) => {
        /// One of the bundled icons, named after its picture.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $icon,)+
        }

        impl Icon {
            /// Every icon, for the test that each can be drawn.
            pub const ALL: &[Self] = &[$(Self::$icon,)+];

            fn source(self) -> ImageSource<'static> {
                match self {
                    $(Self::$icon => ImageSource::Bytes {
                        uri: concat!("bytes://icons/", $file, ".svg").into(),
                        bytes: Bytes::Static(include_bytes!(
                            concat!("../../../assets/icons/", $file, ".svg")
                        )),
                    },)+
                }
            }
        }
    };
}

icons! {
    /// Keyfob, key pair, empty state, static keys profile.
    KeyRound: "key-round",
    /// Search and filter fields, find.
    Search: "search",
    /// Settings.
    Settings: "settings",
    /// Refresh, try again, check again.
    RefreshCw: "refresh-cw",
    /// Menus, account switch, sort.
    ChevronDown: "chevron-down",
    /// Create.
    Plus: "plus",
    /// Copy key id, secret, both, details.
    Copy: "copy",
    /// Copied, chip on, checkbox on, I have saved it.
    Check: "check",
    /// Dismiss.
    X: "x",
    /// Reveal secret.
    Eye: "eye",
    /// Hide secret, create without copying.
    EyeOff: "eye-off",
    /// The secret is on the clipboard.
    Clipboard: "clipboard",
    /// The clipboard could not be cleared.
    ClipboardX: "clipboard-x",
    /// Save as.
    Save: "save",
    /// Export.
    Download: "download",
    /// Check that it works.
    ShieldCheck: "shield-check",
    /// Delete.
    Trash2: "trash-2",
    /// Deactivate and activate in bulk, in rotations.
    Power: "power",
    /// More in a row.
    Ellipsis: "ellipsis",
    /// Warning: findings to review.
    TriangleAlert: "triangle-alert",
    /// Danger: findings to act on, errors.
    OctagonAlert: "octagon-alert",
    /// Good to know, reason why a control is disabled.
    Info: "info",
    /// Done step, success.
    CircleCheck: "circle-check",
    /// The next step.
    CircleDot: "circle-dot",
    /// Future step, unknown value.
    CircleDashed: "circle-dashed",
    /// The key that Keyfob itself signs with.
    Fingerprint: "fingerprint",
    /// Production account.
    ShieldAlert: "shield-alert",
    /// Practice account.
    FlaskConical: "flask-conical",
    /// Read-only.
    Lock: "lock",
    /// SSO profile.
    AppWindow: "app-window",
    /// Role profile.
    Users: "users",
    /// Process profile.
    Terminal: "terminal",
    /// Login profile.
    LogIn: "log-in",
    /// Asks for an MFA code.
    Smartphone: "smartphone",
    /// Environment credentials.
    Variable: "variable",
    /// Sorted downwards.
    ArrowDown: "arrow-down",
    /// Sorted upwards.
    ArrowUp: "arrow-up",
    /// Activity.
    History: "history",
    /// Session time left, under ten minutes.
    Timer: "timer",
    /// User in find results.
    UserRound: "user-round",
    /// Opens the browser.
    ExternalLink: "external-link",
}

/// Sizes in points, by place.
pub mod size {
    /// In bars and in notes.
    pub const BAR: f32 = 16.0;
    /// In buttons and fields.
    pub const BUTTON: f32 = 15.0;
    /// In rows and badges.
    pub const ROW: f32 = 14.0;
    /// In the status bar.
    pub const STATUS_BAR: f32 = 13.0;
    /// In banners.
    pub const BANNER: f32 = 18.0;
    /// In an empty state.
    pub const EMPTY: f32 = 24.0;
}

impl Icon {
    /// The icon as an image of `size` by `size` points, for layouts.
    pub fn image(self, size: f32, color: Color32) -> Image<'static> {
        Image::new(self.source()).fit_to_exact_size(Vec2::splat(size)).tint(color).show_loading_spinner(false)
    }

    /// Paints the icon over `rect`, aligned to whole pixels so that strokes stay sharp.
    ///
    /// Icons are decoration: their control has the accessible name.
    pub fn paint(self, ui: &Ui, rect: Rect, color: Color32) {
        self.image(rect.width(), color).paint_at(ui, rect);
    }

    /// Paints the icon, rotated clockwise by `turn` (1.0 is a full turn).
    pub fn paint_turned(self, ui: &Ui, rect: Rect, color: Color32, turn: f32) {
        let angle = turn * std::f32::consts::TAU;
        self.image(rect.width(), color).rotate(angle, Vec2::splat(0.5)).paint_at(ui, rect);
    }

    /// Allocates `size` points in the layout and paints the icon there.
    pub fn show(self, ui: &mut Ui, size: f32, color: Color32) -> Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
        self.paint(ui, rect, color);
        response
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, SizeHint, TextureOptions, load::TexturePoll};

    use super::Icon;

    #[test]
    fn each_icon_can_be_drawn() {
        let ctx = Context::default();
        crate::ui::theme::svg::install(&ctx);
        let hint = SizeHint::Size { width: 15, height: 15, maintain_aspect_ratio: false };
        for icon in Icon::ALL {
            let drawn = icon.source().load(&ctx, TextureOptions::LINEAR, hint);
            assert!(matches!(drawn, Ok(TexturePoll::Ready { .. })), "{icon:?} cannot be drawn");
        }
    }
}
