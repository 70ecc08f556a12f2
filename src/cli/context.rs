//! What all commands share: schema, colours, threads, and where warnings go.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use silkgraph::diagnostic::{Diagnostic, Severity};
use silkgraph::extract::Extractor;
use silkgraph::model::PartialDate;
use silkgraph::schema::patterns::{PatternError, Patterns};
use silkgraph::schema::{Schema, SchemaFile};
use silkgraph::span::{LineIndex, Span};

use super::args::{ColorWhen, GlobalArgs};
use super::diagnostics::{self, Manner};
use super::failure::{Failure, Outcome, Source};

/// Settings of this run.
#[derive(Debug)]
pub struct Context {
    schema_dir: Option<PathBuf>,
    own_schema: OnceLock<Schema>,
    /// How many threads read documents.
    pub jobs: usize,
    /// No progress, summaries or warnings.
    pub quiet: bool,
    /// Whether standard output gets colours.
    pub colour: bool,
    /// A corrections file that was named.
    pub corrections: Option<PathBuf>,
    /// What "now" means in queries.
    pub today: PartialDate,
    manner: Manner,
}

impl Context {
    /// Settings from options and environment.
    pub fn new(global: &GlobalArgs) -> Self {
        let plain = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || env::var_os("TERM").is_some_and(|t| t == "dumb");
        let colour = |terminal: bool| match global.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => terminal && !plain,
        };
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        Self {
            schema_dir: global.schema.clone(),
            own_schema: OnceLock::new(),
            jobs: global.jobs.map_or_else(cores, usize::from),
            quiet: global.quiet,
            colour: colour(io::stdout().is_terminal()),
            corrections: global.corrections.clone(),
            today: global.today.unwrap_or_else(today),
            manner: Manner::Drawn { colour: colour(io::stderr().is_terminal()), width: terminal_width(120) },
        }
    }

    /// Faults are written as JSON from now on.
    pub fn faults_as_json(&mut self) {
        self.manner = Manner::Json;
    }

    /// The schema: the one named, else the one compiled in.
    pub fn schema(&self) -> Outcome<&Schema> {
        let Some(folder) = &self.schema_dir else { return Ok(Schema::builtin()) };
        if let Some(schema) = self.own_schema.get() {
            return Ok(schema);
        }
        let files = schema_files(folder)?;
        let schema = Schema::load(&files).map_err(|faults| with_texts(faults, folder, &files))?;
        Ok(self.own_schema.get_or_init(|| schema))
    }

    /// The files of the schema in use.
    pub fn schema_files(&self) -> Outcome<Vec<SchemaFile>> {
        self.schema_dir.as_deref().map_or_else(|| Ok(Schema::default_files()), schema_files)
    }

    /// The folder of the schema, if one was named.
    pub fn schema_dir(&self) -> Option<&Path> {
        self.schema_dir.as_deref()
    }

    /// The patterns that go with the schema.
    pub fn patterns(&self) -> Outcome<Cow<'static, Patterns>> {
        let Some(folder) = &self.schema_dir else { return Ok(Cow::Borrowed(Patterns::builtin())) };
        let files = schema_files(folder)?;
        let patterns = files.iter().filter(|f| f.path.starts_with("patterns/"));
        Patterns::read(patterns.map(|f| (&*f.path, &*f.text))).map(Cow::Owned).map_err(|faults| {
            let faults = faults.iter().map(|fault| pattern_fault(fault, &files)).collect();
            with_texts(faults, folder, &files)
        })
    }

    /// Faults in files of the schema, each with the text of its file.
    pub fn placed(&self, faults: Vec<Diagnostic>) -> Outcome<Failure> {
        let files = self.schema_files()?;
        Ok(with_texts(faults, self.schema_dir.as_deref().unwrap_or(Path::new("")), &files))
    }

    /// Schema and patterns compiled for extraction.
    pub fn extractor(&self) -> Outcome<Extractor<'_>> {
        Ok(Extractor::new(self.schema()?, self.patterns()?.as_ref()))
    }

    /// Tells a fault; warnings not if it should be quiet.
    pub fn tell(&self, diagnostic: &Diagnostic, source: Option<&Source>) {
        if !(self.quiet && diagnostic.severity == Severity::Warning) {
            diagnostics::show(diagnostic, source, self.manner);
        }
    }

    /// Tells all faults of a failure.
    pub fn tell_failure(&self, failure: Failure) {
        for (diagnostic, source) in failure.diagnostics() {
            self.tell(&diagnostic, source.as_ref());
        }
    }

    /// Says a line that belongs to no answer.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            diagnostics::put(&format!("{text}\n"));
        }
    }

    /// Tells something about an answer: what was cut (`cut`), what the world knows (`world`), how long it took (`time`).
    pub fn remark(&self, kind: &str, text: &str) {
        if !self.quiet {
            diagnostics::remark(kind, text, self.manner);
        }
    }
}

/// Terminal columns of standard output or error; `otherwise` where neither is a terminal.
pub fn terminal_width(otherwise: usize) -> usize {
    let asked = env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|&c: &usize| c >= 20);
    let real = || terminal_size::terminal_size().map(|(terminal_size::Width(w), _)| usize::from(w)).filter(|&w| w > 0);
    real().or(asked).unwrap_or(otherwise)
}

/// The RON files of a schema's folder, by path.
fn schema_files(folder: &Path) -> Outcome<Vec<SchemaFile>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|e| Failure::read(folder, e))?;
        let path = entry.path();
        if entry.file_type().is_file() && path.extension().is_some_and(|e| e == "ron") {
            let text = fs::read_to_string(path).map_err(|e| Failure::read(path, e))?;
            let relative = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            files.push(SchemaFile::new(relative, text));
        }
    }
    Ok(files)
}

/// A pattern file that cannot be read, with the place that its reader tells.
fn pattern_fault(fault: &PatternError, files: &[SchemaFile]) -> Diagnostic {
    let told = Diagnostic::error("S020", format!("not readable: {}", fault.error.code)).of(&*fault.file);
    let Some(text) = files.iter().find(|f| *f.path == *fault.file).map(|f| &*f.text) else { return told };
    let index = LineIndex::new(text.as_bytes());
    let byte = |line: usize, column: usize| {
        let start = u32::try_from(line).ok().and_then(|line| index.line_start(line)).unwrap_or(text.len());
        let rest = text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    };
    let (start, end) = (fault.error.span.start, fault.error.span.end);
    let (start, end) = (byte(start.line, start.col), byte(end.line, end.col));
    told.at(Span::new(start.min(end), end.max(start)), "")
}

/// Faults of a schema, each with the text of its file, named by its whole path.
pub fn with_texts(faults: Vec<Diagnostic>, folder: &Path, files: &[SchemaFile]) -> Failure {
    let fault = |mut fault: Diagnostic| {
        let file = files.iter().find(|f| fault.origin.as_deref() == Some(&*f.path));
        if let Some(file) = file {
            fault.origin = Some(folder.join(&*file.path).to_string_lossy().into_owned());
        }
        (fault, file.map(|f| Source::whole(&f.path, &f.text)))
    };
    Failure::Faults(faults.into_iter().map(fault).collect())
}

/// The day in UTC.
fn today() -> PartialDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let days = (seconds / 86_400) as i64;
    // Days since March of year 0, in eras of 400 years.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * shifted + 2) / 5 + 1) as u8;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u8;
    let year = (year_of_era + era * 400 + i64::from(month <= 2)) as i16;
    PartialDate::day(year, month, day)
}
