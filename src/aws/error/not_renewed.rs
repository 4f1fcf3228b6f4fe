//! Credentials that could not be renewed in the middle of a call.

use std::error::Error;
use std::fmt;

use crate::domain::Cause;

/// Why there are no more credentials: carried through the SDK, to be found again in the error of the call that needed them.
#[derive(Debug)]
pub(in crate::aws) struct NotRenewed(pub(in crate::aws) Cause);

impl fmt::Display for NotRenewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credentials could not be renewed")
    }
}

impl Error for NotRenewed {}
