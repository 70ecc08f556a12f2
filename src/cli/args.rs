//! What can be typed: commands and options, their help, completions and man page come from here.
//!
//! Nothing is looked at beyond its form; `mod.rs` and the commands decide what it means.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use silkgraph::model::PartialDate;
use silkgraph::output::Format;

const AFTER_HELP: &str = "\
SOURCE is a stored graph (.silk), a readable one (.ron), node-link JSON (.json), claims (.jsonl), a folder with
nodes.csv and edges.csv, or documents: files (text, Markdown, HTML), folders, globs, - for standard input.
Several sources become one graph. Without any it is the collection that comes with silkgraph.

Exit status: 0 done; 1 no rows (--exit-status), or differences (diff); 2 bad query, schema or arguments;
3 cannot read or write; 130 interrupted.";

/// Knowledge graphs of trade routes and geopolitics from articles, with a sentence under every edge.
///
/// Without a command it opens the prompt, or answers the queries on standard input.
#[derive(Debug, Parser)]
#[command(name = "silkgraph", version, after_help = AFTER_HELP, max_term_width = 110, disable_help_subcommand = true)]
pub struct Cli {
    /// What to build the graph of
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub ask: AskArgs,
    /// Do not keep the history of the prompt
    #[arg(long)]
    pub no_history: bool,
    /// Show long answers through $PAGER
    #[arg(long)]
    pub pager: bool,
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// Folder with the schema to use in place of the one compiled in
    #[arg(long, value_name = "DIR", global = true)]
    pub schema: Option<PathBuf>,
    /// How many threads read documents (default: as many as there are cores)
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// No progress, summaries or warnings; errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: ColorWhen,
    /// The day that "now" means in queries (default: today)
    #[arg(long, value_name = "DATE", global = true)]
    pub today: Option<PartialDate>,
    /// Corrections by a person (default: corrections.ron beside the documents)
    #[arg(long, value_name = "FILE", global = true)]
    pub corrections: Option<PathBuf>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What there is to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documents into a stored graph; only what changed is read again
    Build(BuildArgs),
    /// Answer queries
    Query(QueryArgs),
    /// Write the graph, or an answer, as a file for another tool
    Export(ExportArgs),
    /// Say what came, went and changed between two graphs
    Diff(DiffArgs),
    /// Print what documents say, or a stage before that
    Extract(ExtractArgs),
    /// Check the schema and run the patterns' own tests, or check stored graphs for damage
    Check(CheckArgs),
    /// Write a briefing to read
    Report(ReportArgs),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// What to build the graph of
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The stored graph to write, or to bring up to date
    #[arg(long, short, value_name = "FILE.silk")]
    pub output: PathBuf,
    /// Read every document again
    #[arg(long)]
    pub fresh: bool,
    /// A document that has to be left out makes the build fail
    #[arg(long)]
    pub strict: bool,
    /// Say nothing of single changes, only how many there are
    #[arg(long)]
    pub brief: bool,
}

/// `query`.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// What to ask
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub ask: AskArgs,
}

/// Queries and how to answer them.
#[derive(Debug, Clone, Args)]
pub struct AskArgs {
    /// A query; several are answered in order
    #[arg(long = "command", short = 'c', value_name = "QUERY")]
    pub queries: Vec<String>,
    /// A file of queries; - for standard input
    #[arg(long = "file", short = 'f', value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How answers are written: table, line, csv, tsv, json, jsonl, markdown, dot (default: table on a terminal, else tsv)
    #[arg(long, value_name = "FORMAT", value_parser = format_value)]
    pub format: Option<Format>,
    /// A value for $KEY in the queries; JSON, or else text
    #[arg(long = "param", short = 'p', value_name = "KEY=VALUE")]
    pub params: Vec<String>,
    /// Go on after a query that fails
    #[arg(long)]
    pub keep_going: bool,
    /// Warnings are errors
    #[arg(long)]
    pub strict: bool,
    /// Exit with 1 if no query has an answer
    #[arg(long)]
    pub exit_status: bool,
    /// Leave out the names of the columns
    #[arg(long)]
    pub no_header: bool,
    /// What stands for a value that is not known
    #[arg(long, value_name = "TEXT")]
    pub null: Option<String>,
    /// Leave out claims below this confidence, per mille
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub min_confidence: Option<u16>,
    /// How many rows a table shows
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<usize>,
    /// How many hops a route may have where the query does not say
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=32))]
    pub hops: Option<u32>,
    /// How long a query may take, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
    /// Say how long each query took
    #[arg(long)]
    pub timer: bool,
}

/// The format called `name`; none for `auto`.
pub fn format_named(name: &str) -> Result<Option<Format>, String> {
    if name.eq_ignore_ascii_case("auto") {
        return Ok(None);
    }
    let names = || Format::ALL.iter().map(|f| f.1).collect::<Vec<_>>().join(", ");
    Format::from_name(name).map(Some).ok_or_else(|| format!("`{name}` is no format of answers; there are {}", names()))
}

fn format_value(name: &str) -> Result<Format, String> {
    format_named(name)?.ok_or_else(|| "leave --format out for that".to_owned())
}

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to export
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Where to; - for standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// The format, where the file's ending does not say
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<String>,
    /// Export only what the answer to this query speaks of
    #[arg(long, value_name = "QUERY")]
    pub select: Option<String>,
    /// Leave out claims below this confidence, per mille
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub min_confidence: Option<u16>,
    /// A document that has to be left out makes the export fail
    #[arg(long)]
    pub strict: bool,
}

/// `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The graph as it was
    pub old: PathBuf,
    /// The graph as it is
    pub new: PathBuf,
    /// How to write it (default: table)
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: DiffFormat,
}

/// How `diff` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// A change a line, its sentences below
    Table,
    /// One JSON object
    Json,
    /// Lists with the sentences quoted
    Markdown,
}

/// `extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Documents
    #[arg(value_name = "FILE")]
    pub sources: Vec<PathBuf>,
    /// Which stage to print
    #[arg(long, value_name = "STAGE", default_value = "claims")]
    pub stage: StageName,
    /// Count in how many claims and documents each rule fired, in place of the claims
    #[arg(long, conflicts_with = "stage")]
    pub rules: bool,
    /// Leave out claims below this confidence, per mille
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub min_confidence: Option<u16>,
    /// A document that has to be left out makes the command fail
    #[arg(long)]
    pub strict: bool,
}

/// The stages that `extract` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    /// Units with their tags
    Tokens,
    /// Names and values
    Mentions,
    /// Clauses with subjects, objects and prepositions
    Clauses,
    /// Claims as JSON lines, readable as a SOURCE
    Claims,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Stored graphs to compare with their checksums, whole; the schema if there is none
    #[arg(value_name = "FILE.silk")]
    pub graphs: Vec<PathBuf>,
    /// Tell what takes the bytes of the graphs, too
    #[arg(long, requires = "graphs")]
    pub sizes: bool,
    /// Write faults as JSON lines
    #[arg(long)]
    pub json: bool,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// What to report on
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Where to: .md or .html; - for standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// The format, where the file's ending does not say
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<String>,
}
