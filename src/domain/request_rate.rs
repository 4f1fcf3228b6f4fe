//! How fast Keyfob reads in the background.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The most requests that background reads send. IAM publishes no limits, and shares them among everything in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestRate {
    /// 1 to 100.
    PerSecond(u16),
    Unlimited,
}

impl Default for RequestRate {
    /// What careful inventory tools stay below.
    fn default() -> Self {
        Self::PerSecond(10)
    }
}

impl RequestRate {
    /// The choices.
    pub const CHOICES: [Self; 6] = [
        Self::PerSecond(2),
        Self::PerSecond(5),
        Self::PerSecond(10),
        Self::PerSecond(20),
        Self::PerSecond(50),
        Self::Unlimited,
    ];

    /// Between two requests. Clamps the value of the settings file to the range.
    pub fn gap(self) -> Duration {
        match self {
            Self::PerSecond(requests) => Duration::from_secs(1) / u32::from(requests.clamp(1, 100)),
            Self::Unlimited => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_the_file_is_never_out_of_range() {
        assert_eq!(RequestRate::PerSecond(0).gap(), Duration::from_secs(1));
        assert_eq!(RequestRate::PerSecond(10).gap(), Duration::from_millis(100));
        assert_eq!(RequestRate::PerSecond(u16::MAX).gap(), Duration::from_millis(10));
        assert_eq!(RequestRate::Unlimited.gap(), Duration::ZERO);
    }
}
