//! The browser of the workstation.

use std::io;
use std::sync::Arc;

type Open = dyn Fn(&str) -> io::Result<()> + Send + Sync;

/// What an address is opened with.
#[derive(Clone)]
pub struct Browser(Arc<Open>);

impl Browser {
    pub fn of_system() -> Self {
        Self::with(webbrowser::open)
    }

    /// Another one, or none; for tests.
    pub fn with(open: impl Fn(&str) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Returns once a browser was asked. May take as long as a program takes to start.
    ///
    /// # Errors
    /// No browser is found, or `url` is nothing for one: the system would open files and other programs as well.
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
