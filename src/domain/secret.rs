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

    /// The text itself. Never put what this returns into a label, a log, an error or an owned string that outlives the call.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
