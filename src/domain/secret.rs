//! The one type in which a secret travels.

use zeroize::Zeroizing;

/// A secret, or text that contains one. Zeroed on drop.
///
/// No `Debug`, `Display`, `Clone` or `Serialize`, so that it cannot slip into a log, an error or a file.
/// [`Secret::expose`] is the only way to read it: search for it to find every reader.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the string over without copying it.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// A second copy, zeroed on drop like the first. Not `Clone`, so that every copy is deliberate.
    pub fn duplicate(&self) -> Self {
        Self::new(self.expose().to_owned())
    }

    /// The secret text. Never put it into a label, a log, an error or an owned string that outlives the call.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::domain::KeyPair;

    // Checked when the tests are compiled: there is nothing to run.
    assert_not_impl_any!(Secret: Debug, Display, Clone, Serialize);
    assert_not_impl_any!(KeyPair: Debug, Display, Clone, Serialize);
}
