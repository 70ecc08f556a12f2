//! Corrections files: read, checked, joined; what in them changes nothing is told.

use std::fs;
use std::path::{Path, PathBuf};

use silkgraph::graph::spool::Spool;
use silkgraph::merge::Corrections;

use crate::cli::context::Context;
use crate::cli::failure::{Failure, Outcome, Source};

/// Corrections of some files.
#[derive(Debug, Default)]
pub struct Corrected {
    /// All of them.
    pub all: Corrections,
    /// Each with the text that its faults point into.
    files: Vec<(Source, Corrections)>,
}

impl Corrected {
    /// The corrections to apply: those of the file that was named, else those beside the documents.
    pub fn read(beside: &[PathBuf], context: &Context) -> Outcome<Option<Self>> {
        let files = context.corrections.as_slice();
        let mut all: Option<Self> = None;
        for path in if files.is_empty() { beside } else { files } {
            all.get_or_insert_with(Self::default).add(path, context)?;
        }
        Ok(all)
    }

    fn add(&mut self, path: &Path, context: &Context) -> Outcome<()> {
        let text = fs::read_to_string(path).map_err(|e| Failure::read(path, e))?;
        let source = Source::whole(&path.display().to_string(), &text);
        let read = Corrections::from_ron(&text).map_err(|e| Failure::fault(e.diagnostic(&text), &source))?;
        let faults = read.check(context.schema()?, &text);
        if !faults.is_empty() {
            return Err(Failure::Faults(faults.into_iter().map(|f| (f, Some(source.clone()))).collect()));
        }
        self.all.same.extend(read.same.iter().cloned());
        self.all.different.extend(read.different.iter().cloned());
        self.all.rename.extend(read.rename.iter().cloned());
        self.all.retype.extend(read.retype.iter().cloned());
        self.all.retract.extend(read.retract.iter().cloned());
        self.all.assert.extend(read.assert.iter().cloned());
        self.files.push((source, read));
        Ok(())
    }

    /// Tells what changes nothing in these documents.
    pub fn tell_idle(&self, spool: &Spool, context: &Context) -> Outcome<()> {
        for (source, corrections) in &self.files {
            for fault in corrections.idle(spool, &source.text).map_err(super::unreadable)? {
                context.tell(&fault, Some(source));
            }
        }
        Ok(())
    }
}
