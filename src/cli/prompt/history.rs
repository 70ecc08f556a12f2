//! Where the prompt's history is kept: `$SILKGRAPH_HISTORY`, else in the user's folder for state.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The file; none where there is no home either, or where the variable is set to nothing.
pub fn file() -> Option<PathBuf> {
    if let Some(own) = env::var_os("SILKGRAPH_HISTORY") {
        return (!own.is_empty()).then(|| PathBuf::from(own));
    }
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")));
    let state = state.or_else(|| absolute("LOCALAPPDATA"))?;
    Some(state.join("silkgraph").join("history"))
}

/// Makes the folder of the file.
pub fn prepare(file: &Path) -> bool {
    file.parent().is_none_or(|folder| fs::create_dir_all(folder).is_ok())
}
