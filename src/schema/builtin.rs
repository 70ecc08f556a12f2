//! The schema that is compiled in: its RON files, and the snapshots that the build script made of them and of the patterns.
//!
//! The build script compiles the rest of `schema` into itself, and this module not: it needs what the script makes.

use std::sync::LazyLock;

use super::patterns::Patterns;
use super::{Schema, SchemaFile};

/// The compiled-in files, in order of their paths.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/schema_files.rs"));

static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schema.snapshot"));

static PATTERNS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/patterns.snapshot"));

static BUILTIN: LazyLock<Schema> = LazyLock::new(|| match Schema::from_snapshot(SNAPSHOT) {
    Ok(schema) => schema,
    Err(fault) => panic!("the compiled-in schema is faulty: {fault}"),
});

impl Schema {
    /// The files of the schema that is compiled in, in order of their paths.
    #[must_use]
    pub fn default_files() -> Vec<SchemaFile> {
        FILES.iter().map(|&(path, text)| SchemaFile::new(path, text)).collect()
    }

    /// The schema that is compiled in; made when it is first asked for, then at hand.
    ///
    /// # Panics
    ///
    /// Where the bytes that the build script made cannot be read, which a test rules out.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }
}

static BUILTIN_PATTERNS: LazyLock<Patterns> = LazyLock::new(|| match Patterns::from_snapshot(PATTERNS) {
    Ok(patterns) => patterns,
    Err(fault) => panic!("the compiled-in patterns are faulty: {fault}"),
});

impl Patterns {
    /// The patterns that are compiled in, as [`Patterns::read`] makes them of [`super::patterns::DEFAULT_FILES`]; made when
    /// they are first asked for, then at hand.
    ///
    /// # Panics
    ///
    /// Where the bytes that the build script made cannot be read, which a test rules out.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN_PATTERNS
    }
}

#[cfg(test)]
mod tests {
    use super::super::NamesOfEntry;
    use super::super::patterns::DEFAULT_FILES;
    use super::*;

    #[test]
    fn what_is_compiled_in_is_what_the_files_say() {
        let read = Schema::load(&Schema::default_files()).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert!(*Schema::builtin() == read, "the snapshot differs from the files");
        assert_eq!(read.to_snapshot().as_deref(), Ok(SNAPSHOT));
    }

    #[test]
    fn the_patterns_compiled_in_are_what_the_files_say() {
        let read = Patterns::read(DEFAULT_FILES).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(read.to_snapshot().as_deref(), Ok(PATTERNS));
        assert_eq!(Patterns::builtin().to_snapshot().as_deref(), Ok(PATTERNS));
    }

    #[test]
    fn names_read_alone_are_those_of_whole_entries() {
        let fresh = Schema::from_snapshot(SNAPSHOT).unwrap_or_else(|fault| panic!("{fault}"));
        let whole = &Schema::builtin().gazetteer;
        assert!(fresh.gazetteer.names().eq(whole.iter().map(NamesOfEntry::from)));
        assert!(fresh.entry_ids().eq(whole.iter().map(|entry| &*entry.id)));
        // Entries that are there are not read again.
        assert!(whole.names().eq(fresh.gazetteer.names()));
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Schema::from_snapshot(b"").is_err());
        assert!(Patterns::from_snapshot(&PATTERNS[..PATTERNS.len() / 2]).is_err());
        assert!(Schema::from_snapshot(&SNAPSHOT[..SNAPSHOT.len() / 2]).is_err());
    }
}
