//! The collection that comes with the program: what is read where no SOURCE is given.

use super::arguments::Place;

static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/seed_files.rs"));

/// The documents by ascending id.
pub fn documents() -> Vec<(String, Place)> {
    FILES.iter().map(|&(id, bytes)| (id.to_owned(), Place::Builtin(bytes))).collect()
}
