//! Troubles that the practice account can be put into.

/// A switch of the practice account. All start off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Every answer takes 5 seconds longer.
    Slow,
    /// IAM answers `Throttling`.
    Throttled,
    /// IAM denies what changes something, and the lists of keys.
    Denied,
    /// IAM does what it is asked to, and its answer never arrives.
    AnswerLost,
    /// Keys younger than 15 seconds cannot sign yet.
    KeyNotYetValid,
    /// Lists of keys tell how it was 10 seconds ago.
    ListsLag,
    /// IAM answers `ExpiredToken` until somebody signs in anew.
    SessionOver,
}

impl Trouble {
    pub const ALL: [Self; 7] = [
        Self::Slow,
        Self::Throttled,
        Self::Denied,
        Self::AnswerLost,
        Self::KeyNotYetValid,
        Self::ListsLag,
        Self::SessionOver,
    ];
}
