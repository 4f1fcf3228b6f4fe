//! The pages, in the order of the contents.

use std::sync::OnceLock;

use super::page::Page;

/// A topic of the guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// The keyboard shortcuts, generated from their definitions.
    #[default]
    Keyboard,
    /// An index into [`PAGES`].
    Page(usize),
}

/// A file of `assets/help`.
pub(super) struct Source {
    pub file: &'static str,
    text: &'static str,
    read: OnceLock<Page>,
}

macro_rules! pages {
    ($($file:literal),* $(,)?) => {
        [$(Source {
            file: $file,
            text: include_str!(concat!("../../../assets/help/", $file)),
            read: OnceLock::new(),
        }),*]
    };
}

pub(super) static PAGES: [Source; 15] = pages![
    "first-steps.md",
    "signing-in.md",
    "accounts.md",
    "keys.md",
    "new-key.md",
    "activity.md",
    "find.md",
    "settings.md",
    "accessibility.md",
    "networks.md",
    "permissions.md",
    "practice.md",
    "troubleshooting.md",
    "files.md",
    "figures.md",
];

impl Source {
    /// The page, parsed at first use.
    pub(super) fn read(&self) -> &Page {
        self.read.get_or_init(|| Page::of(self.text))
    }

    /// The title, which is the first line.
    pub(super) fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    fn has(&self, words: &str) -> bool {
        let text = self.text.to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

impl Topic {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Keyboard => "Keyboard shortcuts",
            Self::Page(at) => PAGES.get(at).map_or("", Source::title),
        }
    }

    /// The page with this file name, for links.
    pub(super) fn of_file(file: &str) -> Option<Self> {
        PAGES.iter().position(|page| page.file == file).map(Self::Page)
    }

    /// The topics that contain all of these words.
    pub(super) fn with(words: &str) -> Vec<Self> {
        let pages = PAGES.iter().enumerate().filter(|(_, page)| page.has(words));
        let first = super::shortcuts::has(words).then_some(Self::Keyboard);
        first.into_iter().chain(pages.map(|(at, _)| Self::Page(at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_page_and_every_link_leads_to_one() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help");
        let files =
            std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
        let files: BTreeSet<String> = files.map(|name| name.into_string().expect("a plain name")).collect();
        assert_eq!(files, PAGES.iter().map(|page| page.file.to_owned()).collect());
        for page in &PAGES {
            for link in page.read().links() {
                assert!(Topic::of_file(link).is_some(), "{} leads to {link}", page.file);
            }
        }
    }

    #[test]
    fn the_readme_leads_to_each_of_them() {
        let readme = include_str!("../../../README.md");
        for page in &PAGES {
            let link = format!("[{}](assets/help/{})", page.title(), page.file);
            assert!(readme.contains(&link), "{link} is missing");
        }
    }

    #[test]
    fn they_are_found_by_words_in_any_order_and_case() {
        let titles = |words| Topic::with(words).into_iter().map(Topic::title).collect::<Vec<_>>();
        assert_eq!(titles("DEVICE mfa serial"), ["Signing in", "Permissions"]);
        assert_eq!(titles("device xylophone"), [""; 0]);
        assert_eq!(titles("").len(), PAGES.len() + 1);
    }
}
