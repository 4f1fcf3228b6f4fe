//! Many small reads, at a rate that leaves the account's IAM budget to others.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// IAM's limits are not published and shared with everything else that runs in the account; 10 a second is what careful
/// inventory tools stay below.
const GAP: Duration = Duration::from_millis(100);

/// Hands out send times at a fixed gap.
pub struct Pace(Mutex<Instant>);

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Pace {
    /// Returns when it is this caller's turn.
    pub async fn turn(&self) {
        let at = {
            let mut next = self.0.lock().await;
            let at = (*next).max(Instant::now());
            *next = at + GAP;
            at
        };
        tokio::time::sleep_until(at).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn turns_are_a_tenth_of_a_second_apart() {
        let pace = Pace::default();
        let start = Instant::now();
        for _ in 0..11 {
            pace.turn().await;
        }
        assert_eq!(start.elapsed().as_millis(), 1000, "the first turn is at once, ten more follow");
    }
}
