//! The file of what was done: a line for each deed, only ever appended to, readable by its owner alone.
//!
//! Several runs of the program may write at once. A lock is held while one line is written, so that lines stay whole and two
//! runs do not put the same file aside.

mod thread;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

pub use thread::ActivityThread;

use super::make_private;
use crate::domain::Deed;

/// From here on the file is put aside, and a new one is begun, in bytes.
const FULL: u64 = 5 * 1024 * 1024;

/// Files that were put aside and are kept, the last one first.
const ASIDE: [&str; 2] = ["activity.1.jsonl", "activity.2.jsonl"];

/// What was done on this computer, by this user of it.
#[derive(Clone, Debug)]
pub struct ActivityFile {
    folder: PathBuf,
    full: u64,
}

impl ActivityFile {
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), full: FULL }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("activity.jsonl")
    }

    /// Adds a line. It is on the disk when this returns.
    pub fn append(&self, deed: &Deed) -> io::Result<()> {
        make_private(&self.folder)?;
        let _lock = self.lock()?;
        self.put_aside()?;
        let mut file = private().append(true).read(true).open(self.path())?;
        let mut line = Vec::new();
        // A run that was cut off in the middle of a line must not spoil this one.
        if !ends_a_line(&mut file)? {
            line.push(b'\n');
        }
        serde_json::to_writer(&mut line, deed)?;
        line.push(b'\n');
        file.write_all(&line)?;
        file.sync_data()
    }

    /// All that is still there, the oldest first. A line that broke off, or of another version, is skipped.
    pub fn read(&self) -> io::Result<Vec<Deed>> {
        if !self.folder.is_dir() {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        let mut deeds = Vec::new();
        for path in ASIDE.iter().rev().map(|name| self.folder.join(name)).chain([self.path()]) {
            read_lines(&path, self.full, &mut deeds)?;
        }
        Ok(deeds)
    }

    fn lock(&self) -> io::Result<File> {
        let lock = private().write(true).truncate(false).open(self.folder.join("activity.lock"))?;
        match lock.lock() {
            // Not every file system has locks. A line is one write to the end, which stays whole without one, too.
            Err(err) if err.kind() == io::ErrorKind::Unsupported => Ok(lock),
            locked => locked.map(|()| lock),
        }
    }

    fn put_aside(&self) -> io::Result<()> {
        let path = self.path();
        match fs::metadata(&path) {
            Ok(found) if found.len() >= self.full => {}
            Ok(_) => return Ok(()),
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(err),
        }
        let [last, oldest] = ASIDE.map(|name| self.folder.join(name));
        if last.exists() {
            fs::rename(&last, &oldest)?;
        }
        fs::rename(&path, &last)
    }
}

/// How every file here is opened: made if it is not there, and readable by its owner alone from the first byte on.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// `full`: how long the file may be. What another program made of it is read no further than that and one line more.
fn read_lines(path: &Path, full: u64, deeds: &mut Vec<Deed>) -> io::Result<()> {
    const LINE: u64 = 64 * 1024;
    let file = match File::open(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let mut text = Vec::new();
    file.take(full + LINE).read_to_end(&mut text)?;
    let lines = text.split(|byte| *byte == b'\n');
    deeds.extend(lines.filter_map(|line| serde_json::from_slice::<Deed>(line).ok()));
    Ok(())
}

#[cfg(test)]
mod tests;
