//! The library's front door: documents in, a graph out, queries over it, with the sentences behind every answer.
//!
//! [`Builder`] takes texts, [`Graph`] is what they say, [`Query`] asks it. All three are thin: each step is a stage of its
//! own ([`source`](crate::source), [`extract`](crate::extract), [`merge`](crate::merge), [`query`](crate::query)) and
//! can be called by itself. Files, threads' number and the clock are the caller's.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::extract::Extractor;
use crate::graph::{ClaimRef, FrozenGraph, KnowledgeGraph};
use crate::merge::Corrections;
use crate::pipeline;
use crate::query::{Answer, Engine, Interrupt, Options, Params, Value};
use crate::schema::Schema;
use crate::schema::patterns::Patterns;
use crate::source::Reader;

/// Why no graph could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The graph is larger than 32-bit indices can count.
    #[error(transparent)]
    Layout(#[from] crate::graph::LayoutError),
    /// What documents say cannot be kept or read again.
    #[error(transparent)]
    Store(#[from] crate::graph::store::StoreError),
}

/// Gathers documents and builds the graph of what they say.
///
/// ```
/// use silkgraph::Builder;
///
/// let graph = Builder::new()
///     .text("news.txt", "The Middle Corridor runs from China through Kazakhstan and bypasses Russia.")
///     .build()?;
/// let answer = graph.query("routes bypassing Russia").run()?;
/// assert_eq!(graph.show(&answer.rows[0].cells[0]), "Middle Corridor");
/// let sentence = graph.evidence(&answer, 1).next().map(|claim| claim.text().to_owned());
/// assert_eq!(sentence.as_deref(), Some("The Middle Corridor runs from China through Kazakhstan and bypasses Russia."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Builder<'s> {
    schema: Option<(&'s Schema, Cow<'s, Patterns>)>,
    documents: Vec<(String, Vec<u8>)>,
    corrections: Option<Corrections>,
    jobs: usize,
}

impl<'s> Builder<'s> {
    /// With the schema that is compiled in, no documents, one thread.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads and answers by `schema` and `patterns` instead.
    #[must_use]
    pub fn schema(mut self, schema: &'s Schema, patterns: &'s Patterns) -> Self {
        self.schema = Some((schema, Cow::Borrowed(patterns)));
        self
    }

    /// Adds a document. The ending of `id` tells the format (`.md`, `.html`, else plain text); two documents of one id
    /// count as one.
    #[must_use]
    pub fn text(self, id: impl Into<String>, text: impl Into<String>) -> Self {
        self.bytes(id, text.into().into_bytes())
    }

    /// Adds a document as the bytes of a file, in whatever encoding.
    #[must_use]
    pub fn bytes(mut self, id: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.documents.push((id.into(), bytes.into()));
        self
    }

    /// Applies a person's corrections.
    #[must_use]
    pub fn corrections(mut self, corrections: Corrections) -> Self {
        self.corrections = Some(corrections);
        self
    }

    /// Reads documents on so many threads; the graph is the same for any number.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs;
        self
    }

    /// Reads, extracts and merges. Linear in the bytes of the documents.
    ///
    /// # Errors
    /// A graph too large to lay out. A document that cannot be read is
    /// no error: [`Graph::diagnostics`] tells what was left out.
    pub fn build(self) -> Result<Graph<'s>, BuildError> {
        let (schema, patterns) = match self.schema {
            Some(given) => given,
            None => (Schema::builtin(), Cow::Borrowed(Patterns::builtin())),
        };
        let reader = Reader::new(&patterns.page);
        let extractor = Extractor::new(schema, &patterns);
        let read = |id: &str, bytes: &[u8]| reader.read(id, bytes);
        let corrections = self.corrections.as_ref();
        let build = pipeline::build(self.documents.into_iter(), read, &extractor, schema, corrections, self.jobs)?;
        let frozen = build.graph.freeze()?;
        Ok(Graph { schema, knowledge: build.graph, frozen, diagnostics: build.diagnostics })
    }
}

/// What some documents say, ready to be asked.
///
/// The same graph in three forms: [`Graph::query`] asks it, [`Graph::knowledge`] is a petgraph graph that petgraph's algorithms
/// work on, and [`Graph::frozen`] is what exporters and queries read.
///
/// ```
/// use silkgraph::graph::{json, store};
/// use silkgraph::schema::Schema;
///
/// let graph = silkgraph::Builder::new()
///     .text("a.txt", "The Middle Corridor passes through Georgia.")
///     .text("b.md", "# Notes\n\nGeorgia built the Anaklia port.")
///     .build()?;
/// assert_eq!(graph.knowledge().documents().len(), 2);
/// assert!(graph.knowledge().nodes().any(|node| &*node.name == "Georgia"));
///
/// // Exports go to anything that can be written to; node-link JSON reads back without loss.
/// let mut text = Vec::new();
/// json::write(graph.knowledge(), &mut text)?;
/// assert!(json::read(&text)? == *graph.knowledge());
///
/// // A stored graph is opened where it lies, and asked without reading it whole.
/// let mut file = Vec::new();
/// store::write(graph.frozen(), [], store::recipe(&Schema::builtin().hash), &mut file)?;
/// let opened = store::StoredGraph::open(store::shared(file))?;
/// assert_eq!(opened.graph().node_count(), graph.frozen().node_count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Graph<'s> {
    schema: &'s Schema,
    knowledge: KnowledgeGraph,
    frozen: FrozenGraph,
    diagnostics: Vec<Diagnostic>,
}

impl Graph<'_> {
    /// A query over this graph; it runs with [`Query::run`].
    ///
    /// ```
    /// let graph = silkgraph::Builder::new().text("a.txt", "Japan funds the Middle Corridor.").build()?;
    /// let answer = graph.query("MATCH (s:State)-[:funds]->(c:Corridor) RETURN s.name, c.name").run()?;
    /// let cells: Vec<String> = answer.rows[0].cells.iter().map(|cell| graph.show(cell)).collect();
    /// assert_eq!(cells, ["Japan", "Middle Corridor"]);
    /// // What cannot be understood is told with its place, and what may have been meant.
    /// let fault = graph.query("roots bypassing Russia").run().unwrap_err();
    /// assert!(fault.hints.concat().contains("routes"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn query<'g>(&'g self, text: &'g str) -> Query<'g> {
        Query { graph: self, text, params: Params::new(), options: Options::default() }
    }

    /// The claims behind row `number` (from 1) of an answer: each with its sentence, document and line.
    ///
    /// ```
    /// let graph = silkgraph::Builder::new().text("a.txt", "A note\n\nJapan funds the Middle Corridor.").build()?;
    /// let answer = graph.query("who funds the Middle Corridor").run()?;
    /// let claim = graph.evidence(&answer, 1).next().ok_or("no claim")?;
    /// assert_eq!((claim.document(), claim.line(), claim.text()), ("a.txt", 3, "Japan funds the Middle Corridor."));
    /// assert_eq!(graph.evidence(&answer, 99).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evidence(&self, answer: &Answer, number: usize) -> impl Iterator<Item = ClaimRef<'_>> {
        answer.evidence(number, &self.frozen).unwrap_or_default().into_iter().filter_map(|claim| self.frozen.claim(claim))
    }

    /// A cell as text, the way that tables show it.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        crate::output::cell_text(value, &self.frozen)
    }

    /// The petgraph graph with everything that the documents say.
    #[must_use]
    pub fn knowledge(&self) -> &KnowledgeGraph {
        &self.knowledge
    }

    /// The same, laid out for walking.
    #[must_use]
    pub fn frozen(&self) -> &FrozenGraph {
        &self.frozen
    }

    /// What was left out or guessed while the documents were read, by ascending document.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Debug for Graph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph")
            .field("knowledge", &self.knowledge)
            .field("diagnostics", &self.diagnostics.len())
            .finish_non_exhaustive()
    }
}

/// One query, with its parameters and bounds.
///
/// ```
/// use silkgraph::query::{Options, Value};
///
/// let graph = silkgraph::Builder::new()
///     .text("a.txt", "The Middle Corridor passes through Georgia and Azerbaijan.")
///     .build()?;
/// let query = graph.query("MATCH (c:Corridor)-[:passes_through]->(s:State) WHERE s.name <> $not RETURN s.name");
/// let answer = query.param("not", Value::Text("Georgia".into())).options(Options::default()).run()?;
/// assert_eq!(answer.rows.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Query<'g> {
    graph: &'g Graph<'g>,
    text: &'g str,
    params: Params,
    options: Options,
}

impl Query<'_> {
    /// Gives `$name` a value.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: Value) -> Self {
        self.params.insert(name.into(), value);
        self
    }

    /// Bounds and helps.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Runs it.
    ///
    /// # Errors
    /// What does not parse or bind, with its place in the text and a hint.
    pub fn run(&self) -> Result<Answer, Diagnostic> {
        self.run_until(&Interrupt::new())
    }

    /// Runs it until it is done or `interrupt` is set; what was found by then is kept.
    ///
    /// # Errors
    /// As [`Query::run`].
    pub fn run_until(&self, interrupt: &Interrupt) -> Result<Answer, Diagnostic> {
        Engine::new(&self.graph.frozen, self.graph.schema).query(self.text, &self.params, &self.options, interrupt)
    }
}
