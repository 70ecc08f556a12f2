//! One build of a file at a time: a lock file beside it, held by the operating system, gone when the build ends or dies.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use silkgraph::diagnostic::Diagnostic;

use super::failure::{Failure, Outcome};

/// A lock that is held.
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Locks the building of `target`.
    pub fn take(target: &Path) -> Outcome<Self> {
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let path = target.with_file_name(format!(".{name}.lock"));
        loop {
            let mut options = File::options();
            let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
            let mut file = opened.map_err(|e| Failure::write(target, e))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held(target, &mut file)),
                Err(TryLockError::Error(why)) => return Err(Failure::write(&path, why)),
            }
            // Who held it may have removed it between our opening and locking: then another's lock would not meet ours.
            if is_in_place(&file, &path) {
                let _ = file.set_len(0);
                let _ = write!(file, "{}", std::process::id());
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, see `take`.
        let _ = fs::remove_file(&self.path);
    }
}

fn held(target: &Path, file: &mut File) -> Failure {
    let mut by = String::new();
    let _ = file.read_to_string(&mut by);
    let by = if by.chars().all(|c| c.is_ascii_digit()) && !by.is_empty() { format!(" (process {by})") } else { String::new() };
    let fault = Diagnostic::error("C052", format!("another build is writing {}{by}", target.display()));
    Failure::Unreadable(fault.hint("wait for it, or give another -o FILE"))
}

#[cfg(unix)]
fn is_in_place(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
}

#[cfg(not(unix))]
fn is_in_place(_: &File, _: &Path) -> bool {
    true
}
