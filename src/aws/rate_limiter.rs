//! Many small reads, at a rate that leaves the account's IAM budget to others.
//!
//! IAM publishes no limits, and shares them among everything that runs in the account. The limiter therefore starts at what
//! careful inventory tools stay below, halves its rate when IAM throttles, and recovers step by step.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use tokio::time::Instant;

use super::error::is_throttled;
use crate::domain::RequestRate;

/// The first gap after throttling, of requests that had none.
const FIRST_GAP: Duration = Duration::from_millis(20);

/// Between two requests at the slowest: one in 3 seconds.
const LONGEST_GAP: Duration = Duration::from_secs(3);

/// Each answer that is not throttled shortens the gap by this share: after about 14 of them the rate has doubled.
const RECOVERY: f64 = 0.05;

/// Hands out send times, with a gap between them that grows when the service throttles.
#[derive(Clone, Debug)]
pub(super) struct RateLimiter(Arc<Guarded>);

#[expect(
    clippy::disallowed_types,
    reason = "the tasks that wait and the SDK's threads share it; nothing draws from it"
)]
type Guarded = std::sync::Mutex<Turns>;

#[derive(Debug)]
struct Turns {
    next: Instant,
    gap: Duration,
    /// While nothing is throttled.
    shortest: Duration,
    /// Refusals before this time answer requests that were sent at the old rate.
    slowed_until: Instant,
}

impl Default for RateLimiter {
    fn default() -> Self {
        let (now, shortest) = (Instant::now(), RequestRate::default().gap());
        Self(Arc::new(Guarded::new(Turns { next: now, gap: shortest, shortest, slowed_until: now })))
    }
}

impl RateLimiter {
    /// The rate while nothing is throttled. One that is slowed down recovers from where it is.
    pub(super) fn set_rate(&self, rate: RequestRate) {
        self.change(|turns, _| {
            let is_slowed = turns.gap > turns.shortest;
            turns.shortest = rate.gap();
            turns.gap = if is_slowed { turns.gap.max(turns.shortest) } else { turns.shortest };
        });
    }

    /// Returns when it is this caller's turn.
    pub(super) async fn turn(&self) {
        let at = self.change(|turns, now| {
            let at = turns.next.max(now);
            turns.next = at + turns.gap;
            at
        });
        tokio::time::sleep_until(at).await;
    }

    /// IAM refused an attempt as one too many.
    fn slow_down(&self) {
        self.change(|turns, now| {
            if now < turns.slowed_until {
                return;
            }
            turns.gap = (turns.gap * 2).clamp(FIRST_GAP, LONGEST_GAP);
            turns.slowed_until = now + turns.gap;
            turns.next = turns.next.max(turns.slowed_until);
        });
    }

    /// IAM answered an attempt.
    fn recover(&self) {
        self.change(|turns, _| {
            let gap = turns.gap.mul_f64(1.0 - RECOVERY);
            // An unlimited rate would be reached never.
            turns.gap = if gap < FIRST_GAP.max(turns.shortest) { turns.shortest } else { gap };
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut Turns, Instant) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), Instant::now())
    }
}

/// Hears of throttling at each attempt: the SDK repeats a throttled call, and reports only how the last attempt ended.
impl Intercept for RateLimiter {
    fn name(&self) -> &'static str {
        "RateLimiter"
    }

    fn read_after_attempt(
        &self,
        attempt: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match attempt.response() {
            Some(answer) if is_throttled(answer) => self.slow_down(),
            Some(_) => self.recover(),
            None => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn millis_for(limiter: &RateLimiter, turns: usize) -> u128 {
        let start = Instant::now();
        for _ in 0..turns {
            limiter.turn().await;
        }
        start.elapsed().as_millis()
    }

    #[tokio::test(start_paused = true)]
    async fn turns_are_a_tenth_of_a_second_apart() {
        let limiter = RateLimiter::default();
        assert_eq!(millis_for(&limiter, 11).await, 1000, "the first turn is at once, ten more follow");
    }

    #[tokio::test(start_paused = true)]
    async fn throttling_halves_the_rate_once_for_all_requests_that_were_under_way() {
        let limiter = RateLimiter::default();
        limiter.turn().await;
        for _ in 0..4 {
            limiter.slow_down();
        }
        assert_eq!(millis_for(&limiter, 6).await, 1200, "six turns with a gap of 200 ms");
    }

    #[tokio::test(start_paused = true)]
    async fn the_gap_never_exceeds_three_seconds() {
        let limiter = RateLimiter::default();
        for _ in 0..20 {
            limiter.slow_down();
            tokio::time::sleep(LONGEST_GAP).await;
        }
        limiter.turn().await;
        assert_eq!(millis_for(&limiter, 2).await, 6000);
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_is_a_setting() {
        let limiter = RateLimiter::default();
        limiter.set_rate(RequestRate::Unlimited);
        assert_eq!(millis_for(&limiter, 1000).await, 0);
        limiter.slow_down();
        tokio::time::sleep(LONGEST_GAP).await;
        assert_eq!(millis_for(&limiter, 6).await, 100, "throttling slows down that, too");
        limiter.recover();
        limiter.turn().await;
        assert_eq!(millis_for(&limiter, 1000).await, 0, "and it recovers");
        limiter.set_rate(RequestRate::PerSecond(2));
        limiter.turn().await;
        assert_eq!(millis_for(&limiter, 2).await, 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn answers_bring_the_rate_back() {
        let limiter = RateLimiter::default();
        limiter.slow_down();
        tokio::time::sleep(LONGEST_GAP).await;
        for _ in 0..14 {
            limiter.recover();
        }
        assert_eq!(millis_for(&limiter, 11).await, 1000);
    }
}
