//! Files mapped into memory: the one place with unsafe code.

use std::fs::File;
use std::io::{Error, ErrorKind};
use std::path::Path;

use silkgraph::graph::SharedBytes;
use silkgraph::graph::store::shared;

use super::super::failure::{Failure, Outcome};

/// Maps a file for reading.
pub fn map(path: &Path) -> Outcome<SharedBytes> {
    let file = File::open(path).map_err(|e| Failure::read(path, e))?;
    let about = file.metadata().map_err(|e| Failure::read(path, e))?;
    if about.is_dir() {
        return Err(Failure::read(path, Error::from(ErrorKind::IsADirectory)));
    }
    if about.len() == 0 {
        return Ok(shared(Vec::new()));
    }
    // A build writes beside a stored graph and renames, so that a file once opened keeps its bytes.
    #[expect(unsafe_code, reason = "mapping is unsafe because another program could change the file under it; ours never does")]
    let map = unsafe { memmap2::Mmap::map(&file) }.map_err(|e| Failure::read(path, e))?;
    Ok(std::sync::Arc::new(map))
}
