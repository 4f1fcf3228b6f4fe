//! Reading a file that somebody names. A pipe would be waited for, and a device has no end.

use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

use zeroize::Zeroizing;

/// No file that Keyfob is named is larger; in MiB.
pub(super) const LIMIT_MIB: u64 = 16;

/// What is in it. Fails with `InvalidInput` for what is no file, and with `FileTooLarge` beyond [`LIMIT_MIB`].
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    // Asked before it is opened: opening a pipe waits until somebody writes into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    let mut text = Zeroizing::new(Vec::new());
    let limit = LIMIT_MIB << 20;
    std::fs::File::open(path)?.take(limit + 1).read_to_end(&mut text)?;
    if u64::try_from(text.len()).is_ok_and(|size| size <= limit) {
        Ok(text)
    } else {
        Err(Error::new(ErrorKind::FileTooLarge, format!("it is larger than {LIMIT_MIB} MiB")))
    }
}
