//! Opens web addresses in the browser.

use std::io;
use std::sync::Arc;

type Open = dyn Fn(&str) -> io::Result<()> + Send + Sync;

/// Opens addresses.
#[derive(Clone)]
pub struct Browser(Arc<Open>);

impl Browser {
    pub fn of_system() -> Self {
        Self::with(webbrowser::open)
    }

    /// A replacement for tests.
    pub fn with(open: impl Fn(&str) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Returns once a browser was started, which may take a while.
    ///
    /// # Errors
    /// If no browser is found, or `url` is not a web address: the system would also open files and other programs.
    pub fn open(&self, url: &str) -> io::Result<()> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a web address"));
        }
        (self.0)(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_web_is_opened() {
        let browser = Browser::with(|_| Ok(()));
        assert!(browser.open("https://example.com").is_ok());
        for url in ["file:///etc/passwd", "calc.exe", "javascript:alert(1)", " https://example.com"] {
            assert!(browser.open(url).is_err(), "{url}");
        }
    }
}
