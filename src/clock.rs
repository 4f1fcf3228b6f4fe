//! The one place that asks what time it is; tests hand in a time of their own.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::{Moment, Steady};

/// Tells the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// The clocks of this computer.
    pub fn system() -> Self {
        let steady = steady_clock();
        Self(Arc::new(move || Moment { steady: steady(), date: Timestamp::now() }))
    }

    /// A clock that stands still.
    pub fn fixed(at: Timestamp) -> Self {
        let at = Moment::of(at);
        Self(Arc::new(move || at))
    }

    pub fn now(&self) -> Moment {
        (self.0)()
    }

    /// The date by this computer's clock, which may be wrong.
    pub fn date(&self) -> Timestamp {
        self.now().date
    }
}

/// Nobody can set it, and it goes on while the computer sleeps: `CLOCK_BOOTTIME` on Linux, and `CLOCK_MONOTONIC` on macOS, which
/// does the same there.
#[cfg(unix)]
fn steady_clock() -> impl Fn() -> Steady + Send + Sync {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(target_os = "linux")]
    const STEADY: ClockId = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    const STEADY: ClockId = ClockId::Monotonic;
    || {
        let time = clock_gettime(STEADY);
        Steady::new(time.tv_sec, time.tv_nsec)
    }
}

/// `Instant` is `QueryPerformanceCounter` on Windows, which goes on while the computer sleeps.
#[cfg(not(unix))]
fn steady_clock() -> impl Fn() -> Steady + Send + Sync {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    || {
        let passed = START.elapsed();
        Steady::new(i64::try_from(passed.as_secs()).unwrap_or(i64::MAX), passed.subsec_nanos().into())
    }
}
