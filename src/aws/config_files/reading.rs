//! Getting at the two files: where they are, and what is in them, whatever it is that lies there.

use std::io::ErrorKind;
use std::path::PathBuf;

use aws_types::os_shim_internal::Env;
use zeroize::Zeroizing;

use super::paths::{below_home, expanded};
use crate::aws::regular_file::{self, LIMIT_MIB};
use crate::domain::Flaw;

/// One of the two files, and how it came to be it.
pub(super) struct File {
    pub(super) path: PathBuf,
    /// For people.
    shown: String,
    /// The variable that names it.
    variable: Option<&'static str>,
}

/// What is in a file.
pub(super) struct Content {
    pub(super) path: PathBuf,
    /// `None` if it is not there.
    pub(super) shown: Option<String>,
    /// Empty where it cannot be used.
    pub(super) text: Zeroizing<Vec<u8>>,
    pub(super) flaws: Vec<Flaw>,
}

/// The config and the credentials file.
pub(super) fn files(env: &Env) -> [File; 2] {
    let file = |variable: &'static str, name: &str| match env.get(variable) {
        Ok(text) => File { path: expanded(&text, env), shown: text, variable: Some(variable) },
        Err(_) => File {
            path: below_home(&format!(".aws/{name}"), env),
            shown: format!("~/.aws/{name}"),
            variable: None,
        },
    };
    [file("AWS_CONFIG_FILE", "config"), file("AWS_SHARED_CREDENTIALS_FILE", "credentials")]
}

impl File {
    pub(super) fn read(self) -> Content {
        let Self { path, shown, variable } = self;
        let mut content =
            Content { path, shown: Some(shown), text: Zeroizing::new(Vec::new()), flaws: Vec::new() };
        match regular_file::read(&content.path) {
            Ok(text) => content.text = text,
            Err(err) => match err.kind() {
                // A link that leads to nothing is not there for Python either.
                ErrorKind::NotFound | ErrorKind::NotADirectory => {
                    content.shown = None;
                    content.flaws.extend(variable.map(|variable| Flaw::NotThere { variable }));
                }
                ErrorKind::InvalidInput => content.flaws.push(Flaw::NotAFile),
                ErrorKind::FileTooLarge => content.flaws.push(Flaw::TooLarge { limit_mib: LIMIT_MIB }),
                _ => content.flaws.push(Flaw::Unreadable { reason: err.to_string() }),
            },
        }
        if content.text.starts_with(b"\xFF\xFE") || content.text.starts_with(b"\xFE\xFF") {
            content.flaws.push(Flaw::NotUtf8);
            content.text.clear();
        } else if let Some(rest) = content.text.strip_prefix(b"\xEF\xBB\xBF") {
            content.text = Zeroizing::new(rest.to_vec());
            content.flaws.push(Flaw::ByteOrderMark);
        }
        content
    }
}
