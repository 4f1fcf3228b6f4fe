//! Records: JSON lines in files that are only ever appended to, readable by their owner alone.
//!
//! Several runs of the program may write to one store and read it. A lock is held meanwhile, so that lines stay whole and two
//! runs do not put the same file aside. A line that broke off, or that another version wrote, is skipped.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::make_private;

/// From here on a file is put aside, and a new one is begun, in bytes.
const FULL: u64 = 5 * 1024 * 1024;

/// Another run holds a lock for as long as it writes a line. One that was stopped meanwhile must not stop this one.
const LOCKED_WITHIN: Duration = Duration::from_secs(3);

/// A store of records of one kind: `NAME.jsonl`, and the two files before it, `NAME.1.jsonl` and `NAME.2.jsonl`.
#[derive(Clone, Debug)]
pub struct Records<T> {
    folder: PathBuf,
    name: &'static str,
    full: u64,
    kind: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Records<T> {
    pub fn in_folder(folder: impl Into<PathBuf>, name: &'static str) -> Self {
        Self { folder: folder.into(), name, full: FULL, kind: PhantomData }
    }

    /// Adds a line. It is on the disk when this returns.
    pub fn append(&self, record: &T) -> io::Result<()> {
        make_private(&self.folder)?;
        let _lock = self.lock()?;
        self.put_aside()?;
        append(&private().append(true).read(true).open(self.file(""))?, record)
    }

    /// All that are still there, the oldest first.
    pub fn read(&self) -> io::Result<Vec<T>> {
        if !self.folder.is_dir() {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        let mut records = Vec::new();
        for number in [".2", ".1", ""] {
            let text = read_up_to(&self.file(number), self.full)?;
            records.extend(parse(&text));
        }
        Ok(records)
    }

    fn file(&self, number: &str) -> PathBuf {
        self.folder.join(format!("{}{number}.jsonl", self.name))
    }

    fn lock(&self) -> io::Result<File> {
        lock(&self.folder.join(format!("{}.lock", self.name)))
    }

    fn put_aside(&self) -> io::Result<()> {
        let [newest, last, oldest] = ["", ".1", ".2"].map(|number| self.file(number));
        match fs::metadata(&newest) {
            Ok(found) if found.len() >= self.full => {}
            Ok(_) => return Ok(()),
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(err),
        }
        if last.exists() {
            fs::rename(&last, &oldest)?;
        }
        fs::rename(&newest, &last)
    }
}

/// Writes one line, in one piece: it stays whole where there are no locks, too. It is on the disk when this returns.
pub(super) fn append(mut file: &File, record: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::new();
    // What a crash or a full disk has kept of the line before must not spoil this one.
    if !ends_a_line(file)? {
        line.push(b'\n');
    }
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

/// The records in a text.
pub(super) fn parse<T: DeserializeOwned>(text: &[u8]) -> impl Iterator<Item = T> {
    text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

/// Holds the lock that `path` stands for until the file is dropped.
pub(super) fn lock(path: &Path) -> io::Result<File> {
    let file = private().write(true).truncate(false).open(path)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            // Not every file system has locks.
            Err(TryLockError::Error(err)) if err.kind() == io::ErrorKind::Unsupported => return Ok(file),
            Err(TryLockError::Error(err)) => return Err(err),
            Err(TryLockError::WouldBlock) if begun.elapsed() < LOCKED_WITHIN => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return Err(io::Error::other("another Keyfob keeps it locked")),
            Ok(()) => return Ok(file),
        }
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

fn ends_a_line(mut file: &File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// `full`: how long the file may be. What another program made of it is read no further than that and one line more.
fn read_up_to(path: &Path, full: u64) -> io::Result<Vec<u8>> {
    const LINE: u64 = 64 * 1024;
    let mut text = Vec::new();
    match File::open(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => {}
        opened => _ = opened?.take(full + LINE).read_to_end(&mut text)?,
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
