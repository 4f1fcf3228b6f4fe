use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::process::Command;

use super::*;

const NEEDLE: &str = "the-secret-itself";

fn save(path: &Path, how: Overwrite) -> Result<Written, FileError> {
    write(path, &Secret::new(NEEDLE.to_owned()), how)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Set only for child processes, so that these tests do nothing when all ignored tests run.
const CHILD: &str = "KEYFOB_CHILD";

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Runs an ignored test of this module in its own process, prepared by a shell. The folder is its working folder.
fn in_child(test: &str, prepare: &str, folder: &Path) {
    let script = format!(r#"{prepare} "$0" --ignored --exact desk::private_file::tests::{test}"#);
    let exe = std::env::current_exe().unwrap();
    let mut shell = Command::new("sh");
    let run = shell.arg("-c").arg(script).arg(exe).current_dir(folder).env(CHILD, "1").output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[test]
fn links_are_followed_and_stay_links() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("deep")).unwrap();
    fs::write(at("deep/file"), "old").unwrap();
    symlink(at("deep/file"), at("absolute")).unwrap();
    symlink("deep/file", at("relative")).unwrap();
    symlink("relative", at("chain")).unwrap();
    symlink("deep", at("folder")).unwrap();
    for link in ["absolute", "relative", "chain", "folder/file"] {
        fs::write(at("deep/file"), "old").unwrap();
        save(&at(link), Overwrite::Replace).unwrap();
        assert_eq!(fs::read_to_string(at("deep/file")).unwrap(), NEEDLE, "{link}");
    }
    assert!(
        ["absolute", "relative", "chain", "folder"].iter().all(|link| at(link).is_symlink()),
        "still links"
    );
    assert_eq!(names(&at("deep")), ["file"]);
}

#[test]
fn links_to_nothing_and_what_is_no_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    symlink("nothing", at("dangling")).unwrap();
    symlink("circle", at("circle")).unwrap();
    fs::create_dir(at("deep")).unwrap();
    symlink("deep", at("to-folder")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    let before = names(folder.path());
    for name in ["dangling", "circle"] {
        assert!(matches!(save(&at(name), Overwrite::Replace), Err(FileError::BrokenLink { .. })), "{name}");
        assert!(matches!(check_writable(&at(name)), Err(FileError::BrokenLink { .. })), "{name}");
    }
    for name in ["to-folder", "deep", "socket", ".."] {
        assert!(matches!(save(&at(name), Overwrite::Replace), Err(FileError::NotAFile { .. })), "{name}");
        assert!(matches!(check_writable(&at(name)), Err(FileError::NotAFile { .. })), "{name}");
    }
    assert_eq!(names(folder.path()), before);
}

#[test]
fn a_file_of_another_user_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "old").unwrap();
    // Only root may change the owner of a file; other users use one of root's.
    let given = std::os::unix::fs::chown(&path, Some(65534), None).is_ok();
    let old = fs::metadata(if given { &path } else { Path::new("/") }).unwrap();
    let target = Target::of_old(path.clone(), old);
    assert!(matches!(target.temp_file(), Err(FileError::ForeignOwner { .. })), "temporary file");
    if given {
        assert!(matches!(save(&path, Overwrite::Replace), Err(FileError::ForeignOwner { .. })), "write");
        assert!(matches!(check_writable(&path), Err(FileError::ForeignOwner { .. })), "check");
    }
    assert_eq!((names(folder.path()).len(), fs::read_to_string(&path).unwrap().as_str()), (1, "old"));
}

#[test]
fn no_umask_makes_it_readable_by_others_or_not_by_its_owner() {
    for umask in ["000", "022", "077", "377"] {
        let folder = tempfile::tempdir().unwrap();
        in_child("child_writes", &format!("umask {umask}; exec"), folder.path());
    }
}

#[test]
#[ignore = "run by another test, in a process of its own"]
fn child_writes() {
    if !is_child() {
        return;
    }
    let here = std::env::current_dir().unwrap();
    for (old, new) in [(0o666, 0o600), (0o640, 0o600), (0o600, 0o600), (0o444, 0o400), (0o400, 0o400)] {
        fs::write("old", "old").unwrap();
        set_mode(Path::new("old"), old);
        save(&here.join("old"), Overwrite::Replace).unwrap();
        assert_eq!(mode(Path::new("old")), new, "was {old:o}");
        fs::remove_file("old").unwrap();
    }
    let target = Target::resolve(Path::new("new")).unwrap();
    let look = || {
        let temps = names(&here);
        assert_eq!(temps.len(), 1, "the temporary file: {temps:?}");
        assert_eq!(mode(Path::new(&temps[0])), 0o600);
        Ok::<_, FileError>(())
    };
    write_bytes(&target, b"x", Overwrite::Never, look).unwrap();
    assert_eq!(mode(Path::new("new")), 0o600);
    make_folder(Path::new("folder")).unwrap();
    assert_eq!(mode(Path::new("folder")) & 0o077, 0);
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old"), "old").unwrap();
    // A limit on the file size makes writes fail like a full disk.
    in_child("child_cannot_write", "trap '' XFSZ; ulimit -f 0; exec", folder.path());
    assert_eq!(names(folder.path()), ["old"]);
    assert_eq!(fs::read_to_string(folder.path().join("old")).unwrap(), "old");
}

#[test]
#[ignore = "run by another test, in a process of its own"]
fn child_cannot_write() {
    if !is_child() {
        return;
    }
    for name in ["old", "new"] {
        assert!(matches!(save(Path::new(name), Overwrite::Replace), Err(FileError::Write { .. })), "{name}");
        assert!(matches!(check_writable(Path::new(name)), Err(FileError::Write { .. })), "{name}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_file_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old"), "old").unwrap();
    set_mode(folder.path(), 0o555);
    // Permissions do not apply to root.
    let root = fs::metadata(folder.path()).unwrap().uid() == 0;
    let prepare = if root { "exec setpriv --reuid=65534 --clear-groups" } else { "exec" };
    in_child("child_has_no_folder", prepare, folder.path());
    set_mode(folder.path(), 0o700);
    assert_eq!(names(folder.path()), ["old"]);
    assert_eq!(fs::read_to_string(folder.path().join("old")).unwrap(), "old");
}

#[test]
#[ignore = "run by another test, in a process of its own"]
fn child_has_no_folder() {
    if !is_child() {
        return;
    }
    for name in ["old", "new"] {
        assert!(matches!(save(Path::new(name), Overwrite::Replace), Err(FileError::Folder { .. })), "{name}");
        assert!(matches!(check_writable(Path::new(name)), Err(FileError::Folder { .. })), "{name}");
    }
    assert!(
        matches!(check_writable_below(Path::new("a/b/c")), Err(FileError::Folder { .. })),
        "a folder to make"
    );
    assert!(matches!(make_folder(Path::new("a/b")), Err(FileError::Folder { .. })), "a folder");
}

#[test]
fn a_refused_rename_leaves_no_temporary_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "old").unwrap();
    let target = Target::resolve(&path).unwrap();
    let in_the_way = || {
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        Ok::<_, FileError>(())
    };
    let done = write_bytes(&target, b"x", Overwrite::Replace, in_the_way);
    assert!(matches!(done, Err(FileError::Write { .. })), "a folder is in the way");
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn what_is_there_is_replaced_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let target = Target::resolve(&path).unwrap();
    let come = || {
        fs::write(&path, "come").unwrap();
        Ok::<_, FileError>(())
    };
    let done = write_bytes(&target, b"x", Overwrite::Never, come);
    assert!(matches!(done, Err(FileError::Exists { .. })), "it came at the last moment");
    assert!(matches!(save(&path, Overwrite::Never), Err(FileError::Exists { .. })), "it was there");
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()), ("come", 1));
    save(&path, Overwrite::Replace).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), NEEDLE);
}

#[test]
fn a_check_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "old").unwrap();
    check_writable(&path).unwrap();
    check_writable(&folder.path().join("new")).unwrap();
    let to_make = folder.path().join("folders/to/make");
    check_writable_below(&to_make).unwrap();
    assert!(matches!(check_writable(&to_make), Err(FileError::NoFolder { .. })), "as writing would say");
    assert!(
        matches!(save(&folder.path().join("no/file"), Overwrite::Never), Err(FileError::NoFolder { .. })),
        "no folder"
    );
    assert_eq!((names(folder.path()).len(), fs::read_to_string(&path).unwrap().as_str()), (1, "old"));
}

#[test]
fn what_reads_back_differently_does_not_count_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
        let text = vec![b'x'; length];
        fs::write(&path, &text).unwrap();
        compare(&path, &text).unwrap();
        let longer = [text.as_slice(), b"x"].concat();
        assert!(compare(&path, &longer).is_err(), "{length}: one byte is missing");
        fs::write(&path, longer).unwrap();
        assert!(compare(&path, &text).is_err(), "{length}: one byte too many");
        fs::write(&path, [text.get(1..).unwrap_or_default(), b"y"].concat()).unwrap();
        assert!(compare(&path, &text).is_err(), "{length}: another last byte");
    }
}

#[test]
fn what_was_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::resolve(&folder.path().join("file")).unwrap();
    let spoil = || {
        let temp = folder.path().join(&names(folder.path())[0]);
        fs::write(temp, "y").unwrap();
        Ok::<_, FileError>(())
    };
    let done = write_bytes(&target, b"x", Overwrite::Never, spoil);
    assert!(matches!(done, Err(FileError::Unproven { .. })), "the disk holds something else");
}

#[test]
fn places_that_others_can_reach_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let synced = folder.path().join("OneDrive - Acme/Documents");
    fs::create_dir_all(&synced).unwrap();
    let path = synced.join("file");
    fs::write(&path, "old").unwrap();
    fs::hard_link(&path, synced.join("other")).unwrap();
    set_mode(&synced, 0o770);
    let written = save(&path, Overwrite::Replace).unwrap();
    let expected = [
        Warning::HardLinks { path: path.clone(), names: 2 },
        Warning::FolderShared { folder: synced.clone() },
        Warning::FolderSynced { folder: fs::canonicalize(&synced).unwrap(), service: "OneDrive" },
    ];
    assert_eq!(written, Written { path, warnings: expected.to_vec() });
    let quiet = folder.path().join("Dropboxes");
    make_folder(&quiet).unwrap();
    assert_eq!(save(&quiet.join("file"), Overwrite::Never).unwrap().warnings, []);
}

#[test]
fn no_error_shows_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    symlink("nothing", folder.path().join("link")).unwrap();
    for (name, how) in [
        ("file", Overwrite::Never),
        ("link", Overwrite::Replace),
        ("no/file", Overwrite::Replace),
        ("file/x", Overwrite::Replace),
    ] {
        let err = save(&folder.path().join(name), how).unwrap_err();
        assert!(!format!("{err} {err:?}").contains(NEEDLE), "{name}");
        assert!(err.to_string().contains(folder.path().to_str().unwrap()), "{err}");
    }
}
