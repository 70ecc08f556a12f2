//! Commands that look at the graph and its documents: `.types`, `.schema`, `.documents`, `.source`.

use std::fmt::Write as _;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::FrozenGraph;
use silkgraph::schema::{Attribute, EdgeType, NodeType, Schema};

use super::help::wrapped;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::safe::safe_line;
use crate::cli::session::Session;

/// Lines of context that `.source` shows above and below.
const AROUND: usize = 2;
/// Characters of a line that `.source` shows at most.
const LONGEST: usize = 1200;

/// `.types`: what occurs in the graph, most frequent first.
pub fn types(session: &mut Session<'_>) -> Outcome<()> {
    let graph = session.engine.graph();
    let mut text = String::new();
    let mut list = |title: &str, mut counted: Vec<(u32, String)>| {
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let _ = writeln!(text, "{title}");
        for (count, name) in counted {
            let _ = writeln!(text, "  {count:>7}  {}", safe_line(&name));
        }
    };
    let nodes = graph.node_type_names().enumerate().map(|(id, name)| (graph.count_of_type(id as u16), name.to_owned()));
    list("nodes", nodes.collect());
    let edges =
        graph.edge_type_names().enumerate().map(|(id, name)| (graph.edges_of_type(id as u16).len() as u32, name.to_owned()));
    list("edges", edges.collect());
    session.say(&text)
}

/// `.schema`: all types, or one.
pub fn schema(name: &str, session: &mut Session<'_>) -> Outcome<()> {
    let schema = session.engine.schema();
    let mut text = String::new();
    if name.is_empty() {
        let _ = writeln!(text, "node types");
        for kind in &schema.node_types {
            let _ = writeln!(text, "  {:<16} {}", kind.name, kind.doc);
        }
        let _ = writeln!(text, "edge types");
        for edge in &schema.edge_types {
            let _ = writeln!(text, "  {:<16} {}", edge.name, edge.doc);
        }
        let _ = writeln!(text, "`.schema TYPE` tells more about one.");
        return session.say(&text);
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if let Some(kind) = schema.node_types.iter().find(|t| is(&t.name) || is(&t.plural)) {
        node_type(kind, schema, &mut text);
    } else if let Some(edge) = schema.edge_types.iter().find(|t| is(&t.name)) {
        edge_type(edge, schema, &mut text);
    } else {
        return Err(no_type(name, schema));
    }
    session.say(&text)
}

fn no_type(name: &str, schema: &Schema) -> Failure {
    let names = schema.node_types.iter().map(|t| &*t.name).chain(schema.edge_types.iter().map(|t| &*t.name));
    let close =
        names.map(|n| (strsim::jaro_winkler(&n.to_lowercase(), &name.to_lowercase()), n)).max_by(|a, b| a.0.total_cmp(&b.0));
    let fault = Diagnostic::error("C044", format!("the schema has no type `{name}`"));
    Failure::plain(match close.filter(|c| c.0 > 0.75) {
        Some((_, close)) => fault.hint(format!("did you mean `{close}`?")),
        None => fault.hint("`.schema` lists the types"),
    })
}

fn node_type(kind: &NodeType, schema: &Schema, text: &mut String) {
    let _ = writeln!(text, "{} (plural: {})\n  {}", kind.name, kind.plural, kind.doc);
    for noun in &kind.nouns {
        let only = match (&noun.only, &noun.named) {
            (Some((attribute, word)), _) => format!(" ({attribute} {word})"),
            (None, Some(named)) => format!(" (“{named}” in the name)"),
            (None, None) => String::new(),
        };
        let _ = writeln!(text, "  also said: {}{only}", [&noun.said[..], &noun.one].concat().join(", "));
    }
    let id = schema.node_type(&kind.name);
    let ends = |of: fn(&EdgeType) -> &[silkgraph::schema::NodeTypeId]| {
        schema
            .edge_types
            .iter()
            .filter(|e| id.is_some_and(|id| of(e).contains(&id)))
            .map(|e| &*e.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let _ = writeln!(text, "  edges from it: {}", ends(|e| &e.from));
    let _ = writeln!(text, "  edges to it: {}", ends(|e| &e.to));
    let _ = writeln!(text, "  attributes of nodes:");
    schema.node_attributes.iter().for_each(|a| attribute(a, text));
}

fn edge_type(edge: &EdgeType, schema: &Schema, text: &mut String) {
    let names = |ids: &[silkgraph::schema::NodeTypeId]| {
        ids.iter().filter_map(|i| schema.node_types.get(usize::from(i.0))).map(|t| &*t.name).collect::<Vec<_>>().join(" | ")
    };
    let arrow = if edge.symmetric { "—" } else { "→" };
    let _ = writeln!(text, "{}: {} {arrow} {}\n  {}", edge.name, names(&edge.from), names(&edge.to), edge.doc);
    if edge.world {
        let _ = writeln!(text, "  world data only");
    }
    let _ = writeln!(text, "  said: {}", edge.forward.join(", "));
    if !edge.backward.is_empty() {
        let _ = writeln!(text, "  said the other way: {}", edge.backward.join(", "));
    }
    let own = |a: &&Attribute| edge.attributes.contains(&a.name);
    schema.edge_attributes.iter().filter(own).for_each(|a| attribute(a, text));
}

fn attribute(attribute: &Attribute, text: &mut String) {
    let _ = writeln!(text, "    {:<14} {}", attribute.name, attribute.doc);
    if !attribute.words.is_empty() {
        let _ = writeln!(text, "    {:<14} one of {}", "", attribute.words.join(", "));
    }
}

/// `.documents`.
pub fn documents(session: &mut Session<'_>) -> Outcome<()> {
    let mut text = String::new();
    for document in session.engine.graph().documents() {
        let _ = writeln!(text, "{}", safe_line(document.id()));
        for article in document.articles() {
            let title = article.title().unwrap_or("(no title)");
            let date = article.date().map(|d| format!(", {d}")).unwrap_or_default();
            let origin = article.origin().map(|o| format!(", after {o}")).unwrap_or_default();
            let _ = writeln!(text, "    {}{date}{}", safe_line(title), safe_line(&origin));
        }
    }
    session.say(&text)
}

/// `.source`: the text around a sentence.
pub fn source(rest: &str, session: &mut Session<'_>) -> Outcome<()> {
    let (document, line) = place(rest, session)?;
    let Some(bytes) = session.texts.get(&document) else {
        let known = session.engine.graph().documents().any(|d| d.id() == document);
        let fault = Diagnostic::error("C045", format!("the text of “{document}” is not at hand"));
        let hint = if known {
            "a stored graph holds sentences, not documents: open it together with the folder of the documents"
        } else {
            "`.documents` lists what the graph was made of"
        };
        return Err(Failure::plain(fault.hint(hint)));
    };
    let whole = String::from_utf8_lossy(&bytes);
    let first = line.saturating_sub(AROUND).max(1);
    let mut text = format!("{}\n", safe_line(&document));
    for (at, content) in whole.lines().enumerate().skip(first - 1).take(line - first + 1 + AROUND) {
        let mark = if at + 1 == line { ">" } else { " " };
        let cut = content.char_indices().nth(LONGEST).map_or(content, |(end, _)| &content[..end]);
        let more = if cut.len() < content.len() { "…" } else { "" };
        let head = format!("{mark}{:>5}  ", at + 1);
        let line = format!("{}{more}", safe_line(cut));
        let _ = writeln!(text, "{}", wrapped(&line, &head, "        ").trim_end());
    }
    session.say(&text)
}

/// The document and line that are meant.
fn place(rest: &str, session: &Session<'_>) -> Outcome<(String, usize)> {
    if let Some(row) = if rest.is_empty() { Some(1) } else { rest.parse::<usize>().ok() } {
        let none = |why: &str| Failure::plain(Diagnostic::error("C046", why.to_owned()));
        let last = session.last.as_ref().ok_or_else(|| none("there is no answer yet whose rows could be looked up"))?;
        let graph = session.engine.graph();
        let claims = last.evidence(row, graph).ok_or_else(|| none(&format!("the last answer has {} rows", last.rows.len())))?;
        let claim = claims.iter().filter_map(|&c| graph.claim(c)).find(|c| !c.document().is_empty());
        let claim = claim.ok_or_else(|| none("no document is behind this row"))?;
        return Ok((claim.document().to_owned(), claim.locus().line as usize));
    }
    let line = rest.rsplit_once(':').and_then(|(d, l)| Some((d, l.parse::<usize>().ok()?)));
    let (name, line) = line.unwrap_or((rest, 1));
    Ok((resolve(name, session.engine.graph()), line.max(1)))
}

/// The document of this id, or the only one whose id holds the word.
fn resolve(name: &str, graph: &FrozenGraph) -> String {
    let mut holding = graph.documents().filter(|d| d.id().contains(name));
    let only = holding.next().filter(|_| holding.next().is_none());
    let exact = graph.documents().any(|d| d.id() == name);
    only.filter(|_| !exact).map_or_else(|| name.to_owned(), |d| d.id().to_owned())
}
