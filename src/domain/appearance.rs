//! Theme, text size and motion.

use serde::{Deserialize, Serialize};

/// Light, dark, or the system's theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The system's current theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemTheme {
    Light,
    Dark,
}

/// The scale of everything in the window, in percent: 80 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextSize(u16);

impl Default for TextSize {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl TextSize {
    pub const NORMAL: Self = Self(100);

    /// The choices, smallest first.
    pub const CHOICES: [Self; 8] =
        [Self(80), Self(90), Self(100), Self(110), Self(125), Self(150), Self(175), Self(200)];

    /// Clamps the value of the settings file to the range.
    pub fn percent(self) -> u16 {
        self.0.clamp(80, 200)
    }

    pub fn factor(self) -> f32 {
        f32::from(self.percent()) / 100.0
    }

    /// The next choice above; the largest one stays.
    pub fn larger(self) -> Self {
        Self::CHOICES.into_iter().find(|choice| choice.0 > self.percent()).unwrap_or(Self(200))
    }

    /// The next choice below; the smallest one stays.
    pub fn smaller(self) -> Self {
        Self::CHOICES.into_iter().rev().find(|choice| choice.0 < self.percent()).unwrap_or(Self(80))
    }
}

/// Whether animations, such as sliding switches and spinning icons, are turned off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReducedMotion {
    #[default]
    System,
    On,
    Off,
}

impl ReducedMotion {
    /// `system`: the system's preference, if it has one.
    pub fn is_on(self, system: bool) -> bool {
        match self {
            Self::System => system,
            Self::On => true,
            Self::Off => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_grows_and_shrinks_in_steps() {
        assert_eq!(TextSize::NORMAL.larger(), TextSize(110));
        assert_eq!(TextSize::NORMAL.smaller(), TextSize(90));
        assert_eq!(TextSize(200).larger(), TextSize(200));
        assert_eq!(TextSize(80).smaller(), TextSize(80));
        assert_eq!(TextSize(130).larger(), TextSize(150), "from a size between two steps");
        assert_eq!(TextSize(130).smaller(), TextSize(125));
    }

    #[test]
    fn a_size_that_nobody_could_read_is_brought_into_the_range() {
        assert_eq!(TextSize(0).factor(), 0.8);
        assert_eq!(TextSize(9000).factor(), 2.0);
    }
}
