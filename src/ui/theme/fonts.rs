//! The fonts and text styles.

use std::sync::Arc;

use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, RichText, TextFormat};

const MEDIUM: &str = "medium";
const SEMIBOLD: &str = "semibold";
const MONO_SEMIBOLD: &str = "mono-semibold";

macro_rules! plex {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../../../assets/fonts/", $file, ".ttf")))
    };
}

/// IBM Plex in five weights; egui's own fonts remain the last fallback of each family.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let sans: Vec<String> = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let mono: Vec<String> = fonts.families.get(&FontFamily::Monospace).cloned().unwrap_or_default();
    type Cut<'a> = (FontFamily, (&'a str, &'static [u8]), &'a Vec<String>);
    let cuts: [Cut<'_>; 5] = [
        (FontFamily::Proportional, plex!("IBMPlexSans_400Regular"), &sans),
        (FontFamily::Name(MEDIUM.into()), plex!("IBMPlexSans_500Medium"), &sans),
        (FontFamily::Name(SEMIBOLD.into()), plex!("IBMPlexSans_600SemiBold"), &sans),
        (FontFamily::Monospace, plex!("IBMPlexMono_400Regular"), &mono),
        (FontFamily::Name(MONO_SEMIBOLD.into()), plex!("IBMPlexMono_600SemiBold"), &mono),
    ];
    for (family, (name, bytes), fallback) in cuts {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let chain = std::iter::once(name.to_owned()).chain(fallback.iter().cloned()).collect();
        fonts.families.insert(family, chain);
    }
    fonts
}

/// A named text style; nothing else chooses a font or a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// User name, screen title.
    Title,
    /// Dialog title.
    Dialog,
    /// Account alias, panel title, empty state.
    Lead,
    /// Everything without a style of its own.
    Body,
    /// Section title, decisive fact.
    BodyStrong,
    /// Buttons, tabs, links.
    Control,
    /// Status bar, hints, chip counts.
    Small,
    /// Table header, badge, tag, chip.
    SmallMedium,
    /// Chart labels, key caps.
    Tiny,
    /// Key ids, account ids, actions, ARNs.
    Mono,
    /// The last four characters of a key id that somebody must compare.
    MonoStrong,
    /// Key ids in the account table.
    MonoDense,
    /// Key id in the delete dialog.
    MonoLarge,
    /// The last four characters of the key id in the delete dialog.
    MonoLargeStrong,
}

impl Style {
    /// Family and size in points.
    pub fn font(self) -> FontId {
        let name = |family: &str| FontFamily::Name(family.into());
        match self {
            Self::Title => FontId::new(20.0, name(SEMIBOLD)),
            Self::Dialog => FontId::new(16.0, name(SEMIBOLD)),
            Self::Lead => FontId::new(14.0, name(SEMIBOLD)),
            Self::Body => FontId::proportional(13.0),
            Self::BodyStrong => FontId::new(13.0, name(SEMIBOLD)),
            Self::Control => FontId::new(13.0, name(MEDIUM)),
            Self::Small => FontId::proportional(12.0),
            Self::SmallMedium => FontId::new(12.0, name(MEDIUM)),
            Self::Tiny => FontId::proportional(11.0),
            Self::Mono => FontId::monospace(13.0),
            Self::MonoStrong => FontId::new(13.0, name(MONO_SEMIBOLD)),
            Self::MonoDense => FontId::monospace(12.5),
            Self::MonoLarge => FontId::monospace(15.0),
            Self::MonoLargeStrong => FontId::new(15.0, name(MONO_SEMIBOLD)),
        }
    }

    /// Line height in points.
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Title => 28.0,
            Self::Dialog | Self::MonoLarge | Self::MonoLargeStrong => 22.0,
            Self::Lead => 20.0,
            Self::Small | Self::SmallMedium => 16.0,
            Self::Tiny => 14.0,
            Self::Body
            | Self::BodyStrong
            | Self::Control
            | Self::Mono
            | Self::MonoStrong
            | Self::MonoDense => 18.0,
        }
    }

    /// The style for egui's own widgets and labels.
    pub fn rich(self, text: impl Into<String>, color: Color32) -> RichText {
        RichText::new(text).font(self.font()).line_height(Some(self.line_height())).color(color)
    }

    /// The style for one section of a [`egui::text::LayoutJob`].
    pub fn format(self, color: Color32) -> TextFormat {
        TextFormat {
            font_id: self.font(),
            line_height: Some(self.line_height()),
            color,
            valign: egui::Align::Center,
            ..TextFormat::default()
        }
    }
}
