//! The simulated faults.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use jiff::SignedDuration;

pub use crate::domain::SimulatedFault;

const fn bit(trouble: SimulatedFault) -> u8 {
    1 << trouble as u8
}

/// The additional delay of responses while [`SimulatedFault::Slow`] is on.
pub(super) const SLOW: Duration = Duration::from_secs(5);

/// How long a new key is not valid yet; up to 15 s were observed on AWS.
pub(super) const NOT_YET_VALID: SignedDuration = SignedDuration::from_secs(15);

/// How far lists are behind.
pub(super) const LAG: SignedDuration = SignedDuration::from_secs(10);

/// How far this account's clock is ahead of this computer's.
pub(super) const CLOCK_AHEAD: SignedDuration = SignedDuration::from_mins(14);

/// The switches, one bit each.
#[derive(Default)]
pub(super) struct SimulatedFaults(AtomicU8);

impl SimulatedFaults {
    pub(super) fn set(&self, trouble: SimulatedFault, on: bool) {
        if on {
            self.0.fetch_or(bit(trouble), Ordering::Relaxed);
        } else {
            self.0.fetch_and(!bit(trouble), Ordering::Relaxed);
        }
    }

    pub(super) fn has(&self, trouble: SimulatedFault) -> bool {
        self.0.load(Ordering::Relaxed) & bit(trouble) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_is_switched_alone() {
        for one in SimulatedFault::ALL {
            let troubles = SimulatedFaults::default();
            troubles.set(one, true);
            for other in SimulatedFault::ALL {
                assert_eq!(troubles.has(other), one == other, "{other:?} while only {one:?} is on");
            }
            troubles.set(one, false);
            assert!(!troubles.has(one), "{one:?} after it was switched off");
        }
    }
}
