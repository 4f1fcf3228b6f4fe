//! Faults that the practice account can simulate.

/// A simulated fault. All are off at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SimulatedFault {
    /// Every response takes 5 seconds longer.
    Slow,
    /// IAM returns `Throttling`.
    Throttled,
    /// IAM denies changes and key lists.
    Denied,
    /// IAM carries out the request, but its response never arrives.
    AnswerLost,
    /// Keys younger than 15 seconds cannot sign yet.
    KeyNotYetValid,
    /// Key lists are 10 seconds behind.
    ListsLag,
    /// IAM returns `ExpiredToken` until the next sign-in.
    SessionOver,
    /// The server's clock is 14 minutes ahead, so that this computer's seems to be slow.
    ClockAhead,
}

impl SimulatedFault {
    pub const ALL: [Self; 8] = [
        Self::Slow,
        Self::Throttled,
        Self::Denied,
        Self::AnswerLost,
        Self::KeyNotYetValid,
        Self::ListsLag,
        Self::SessionOver,
        Self::ClockAhead,
    ];
}
