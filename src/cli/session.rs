//! One graph that is asked: settings, the last answer, and one statement at a time. Batch and prompt share it.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use silkgraph::diagnostic::Diagnostic;
use silkgraph::output::{self, Format, Layout};
use silkgraph::query::{Answer, Engine, Note, Options, Params, Value};

use super::args::AskArgs;
use super::context::{Context, terminal_width};
use super::failure::{Failure, Outcome, Source};
use super::interrupt;
use super::safe::safe;
use super::source::{self, Texts};
use super::target::Target;

/// Rows that a table on a terminal shows unless told otherwise.
const ROWS_SHOWN: usize = 50;

/// What the asker may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How answers are written; by where they go if none.
    pub format: Option<Format>,
    /// Whether column names are written.
    pub header: bool,
    /// What stands for null.
    pub null: Option<String>,
    /// How many rows a table shows; the default if none.
    pub rows: Option<usize>,
    /// Whether the time of each query is told.
    pub timer: bool,
    /// Whether warnings are errors.
    pub strict: bool,
    /// Whether a script goes on after an error.
    pub keep_going: bool,
    /// Values of `$name`.
    pub params: Params,
    /// Bounds of queries.
    pub options: Options,
    /// Whether long answers go through a pager.
    pub pager: bool,
}

impl Settings {
    /// As the options say.
    pub fn new(args: &AskArgs, context: &Context) -> Outcome<Self> {
        let mut options = Options {
            today: Some(context.today),
            min_confidence: args.min_confidence.unwrap_or(0),
            clock: Some(nanoseconds),
            ..Options::default()
        };
        options.hops = args.hops.unwrap_or(options.hops);
        if let Some(seconds) = args.timeout {
            let limit = Duration::try_from_secs_f64(seconds)
                .map_err(|_| Failure::plain(Diagnostic::error("C030", format!("`{seconds}` is no number of seconds"))))?;
            options.time = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
        }
        Ok(Self {
            format: args.format,
            header: !args.no_header,
            null: args.null.clone(),
            rows: args.limit,
            timer: args.timer,
            strict: args.strict,
            keep_going: args.keep_going,
            params: args.params.iter().map(|p| param(p)).collect::<Outcome<_>>()?,
            options,
            pager: false,
        })
    }
}

/// `KEY=VALUE`: JSON, or else text.
pub fn param(text: &str) -> Outcome<(String, Value)> {
    let wrong = || {
        let fault = Diagnostic::error("C031", format!("`{text}` gives no parameter a value"));
        Failure::plain(fault.hint("write KEY=VALUE, as in --param place=Aktau"))
    };
    let (key, value) = text.split_once('=').ok_or_else(wrong)?;
    let key = key.trim().trim_start_matches('$');
    if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return Err(wrong());
    }
    let value = serde_json::from_str(value).map_or_else(|_| Value::text(value), |json| from_json(&json));
    Ok((key.to_owned(), value))
}

fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Number(n) => n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap_or(f64::NAN)), Value::Int),
        serde_json::Value::String(s) => Value::text(s),
        serde_json::Value::Array(items) => Value::List(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => {
            let mut entries: Vec<(Arc<str>, Value)> = map.iter().map(|(k, v)| (Arc::from(k.as_str()), from_json(v))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Map(entries.into())
        }
    }
}

/// What a statement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// It gave so many rows (explanations count as one).
    Rows(usize),
    /// It was stopped; what was found is written.
    Interrupted,
}

/// A graph that is asked.
pub struct Session<'g> {
    /// What answers.
    pub engine: Engine<'g>,
    /// The documents' texts.
    pub texts: &'g Texts,
    /// What the graph was made of, as given.
    pub sources: &'g [PathBuf],
    /// Settings of the program.
    pub context: &'g Context,
    /// What the asker has set.
    pub settings: Settings,
    /// Where answers go.
    pub target: Target,
    /// The last answer that had rows, for `why N`.
    pub last: Option<Arc<Answer>>,
    /// Rows of all answers so far, those to commands too.
    pub rows: usize,
}

impl Session<'_> {
    /// The format of answers, where they go now: what a file's ending says, what was set, or what suits.
    pub fn format(&self) -> Format {
        if let Some(format) = self.target.format() {
            return format;
        }
        let table = self.target.is_stdout() && io::stdout().is_terminal();
        self.settings.format.unwrap_or(if table { Format::Table } else { Format::Tsv })
    }

    fn layout(&self, format: Format) -> Layout {
        let terminal = self.target.is_stdout() && io::stdout().is_terminal();
        let default_rows = (terminal && format == Format::Table).then_some(ROWS_SHOWN);
        Layout {
            width: terminal.then(|| terminal_width(100)),
            colour: self.context.colour && self.target.is_stdout(),
            header: self.settings.header,
            null: self.settings.null.clone().unwrap_or_default(),
            most_rows: self.settings.rows.map_or(default_rows, |rows| Some(rows).filter(|&r| r > 0)),
            title: String::new(),
        }
    }

    /// Answers one statement and writes the answer.
    pub fn run(&mut self, statement: &str, source: &Source) -> Outcome<Ran> {
        let start = Instant::now();
        let options = Options { last: self.last.clone(), ..self.settings.options.clone() };
        interrupt::stop_query();
        let answer = self.engine.query(statement, &self.settings.params, &options, &interrupt::QUERY);
        interrupt::release();
        self.sound()?;
        let answer = answer.map_err(|fault| Failure::Faults(vec![(named(fault, source), Some(source.clone()))]))?;
        let took = start.elapsed();
        if self.settings.strict && answer.warnings().next().is_some() {
            let faults = answer.warnings().map(|w| (as_error(named(w.clone(), source)), Some(source.clone())));
            return Err(Failure::Faults(faults.collect()));
        }
        self.write(&answer, statement)?;
        self.tell_notes(&answer, source);
        if self.settings.timer {
            self.context.remark("time", &format!("{:.3} ms", took.as_secs_f64() * 1e3));
        }
        let ran =
            if answer.interrupted { Ran::Interrupted } else { Ran::Rows(answer.rows.len() + usize::from(answer.text.is_some())) };
        if let Ran::Rows(rows) = ran {
            self.rows += rows;
        }
        if !answer.rows.is_empty() {
            self.last = Some(Arc::new(answer));
        }
        Ok(ran)
    }

    /// Writes an answer to where answers go.
    pub fn write(&mut self, answer: &Answer, statement: &str) -> Outcome<()> {
        let format = self.format();
        let layout = Layout { title: statement.trim().to_owned(), ..self.layout(format) };
        let mut text = Vec::new();
        output::write(answer, self.engine.graph(), self.engine.schema(), format, &layout, &mut text)?;
        self.put(&text)
    }

    /// Nothing that was read from a damaged part goes out.
    fn put(&mut self, text: &[u8]) -> Outcome<()> {
        self.sound()?;
        self.target.put(text, self.settings.pager)
    }

    /// Whether all that was touched of the graph so far is as it was written.
    fn sound(&self) -> Outcome<()> {
        self.engine.graph().fault().map_or(Ok(()), |fault| Err(source::damaged(self.sources, fault)))
    }

    /// Shows the last answer again, whole and through the pager.
    pub fn page_last(&mut self) -> Outcome<()> {
        let last = self.last.clone().ok_or_else(|| Failure::plain(Diagnostic::error("C046", "there is no answer yet")))?;
        let (rows, pager) = (self.settings.rows.replace(0), std::mem::replace(&mut self.settings.pager, true));
        let shown = self.write(&last, "");
        (self.settings.rows, self.settings.pager) = (rows, pager);
        shown
    }

    /// Writes text that the program made, harmless for a terminal.
    pub fn say(&mut self, text: &str) -> Outcome<()> {
        self.put(safe(text).as_bytes())
    }

    fn tell_notes(&self, answer: &Answer, source: &Source) {
        for note in &answer.notes {
            match note {
                Note::Warning(warning) => self.context.tell(&named(warning.clone(), source), Some(source)),
                Note::Cut(text) => self.context.remark("cut", text),
                Note::World(text) => self.context.remark("world", text),
                Note::Remark(text) => self.context.remark("note", text),
            }
        }
        if answer.interrupted && !answer.notes.iter().any(|n| matches!(n, Note::Cut(_))) {
            self.context.remark("cut", "interrupted: these are the rows found so far");
        }
    }
}

/// The fault, with the name of the text it is in.
fn named(fault: Diagnostic, source: &Source) -> Diagnostic {
    if fault.origin.is_some() { fault } else { fault.of(source.name.clone()) }
}

fn as_error(mut fault: Diagnostic) -> Diagnostic {
    fault.severity = silkgraph::diagnostic::Severity::Error;
    fault
}

/// Nanoseconds since the first call.
fn nanoseconds() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Writes to standard output at once.
pub fn put_out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
