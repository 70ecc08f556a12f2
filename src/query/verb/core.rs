//! Sentences as queries of the core: the MATCH that one stands for, which is what finds its rows.
//!
//! The text that `explain` shows is the text that is run, so whoever copies it gets the same edges. How rows are made of
//! them (columns, wordings, evidence) stays with each verb.

use std::fmt::Write;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, Note, Value};
use crate::query::ast::{Ask, Asking, Body, End, Neighbours, Object, Relation};
use crate::query::{Params, eval, parse};

/// What the edges of a level of `neighbours` are sought from.
pub(super) const OPEN: &str = "open";

/// A query of the core, and whether it asks for anything at all.
#[derive(Debug, Clone, Default)]
pub(super) struct Core {
    /// Nothing, where a type or an edge is unknown: there are no rows.
    pub(super) text: Option<String>,
}

impl Context<'_, '_> {
    /// Runs a query of the core. Its rows are the answer's; why it may not be all goes to `notes`.
    pub(super) fn rows_of(&self, core: &Core, params: &Params, notes: &mut Answer) -> Result<Vec<Vec<Value>>, Diagnostic> {
        let Some(text) = &core.text else { return Ok(Vec::new()) };
        let fault = |fault: Diagnostic| Diagnostic { labels: Vec::new(), ..fault };
        let statement = parse::parse(text, self.vocabulary)?;
        let Body::Match(query) = &statement.body else { return Ok(Vec::new()) };
        let prepared = self.engine.prepare(query, text, self.options).map_err(fault)?;
        let profile = self.steps.is_some();
        let found = eval::run(&prepared, self.tables, params, self.options, self.interrupt, profile).map_err(fault)?;
        if let (Some(steps), Some(text)) = (&self.steps, &found.text) {
            steps.borrow_mut().plan(text);
        }
        notes.interrupted |= found.interrupted;
        notes.notes.extend(found.notes.into_iter().filter(|n| matches!(n, Note::Cut(_))));
        Ok(found.rows.into_iter().map(|r| r.cells).collect())
    }

    /// The plan of a query of the core, for `explain`.
    pub(super) fn plan_of(&self, core: &Core) -> Result<Option<String>, Diagnostic> {
        let Some(text) = &core.text else { return Ok(None) };
        let shown = self.engine.query(&format!("explain {text}"), self.params, self.options, self.interrupt);
        Ok(shown.map_err(|fault| Diagnostic { labels: Vec::new(), ..fault })?.text)
    }

    /// A pattern for some nodes; several are unwound before it.
    fn pattern(&self, var: &str, nodes: &[u32]) -> (String, String) {
        let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        match nodes {
            [one] if self.is_named(*one) => {
                let kind = word(self.graph.node_type_name(self.graph.node_type(*one)));
                (String::new(), format!("({var}:{kind} {{name: {}}})", quoted(self.graph.name(*one))))
            }
            [one] => (String::new(), format!("({var} {{id: {}}})", quoted(self.graph.id(*one)))),
            several => {
                let ids: Vec<String> = several.iter().map(|&n| quoted(self.graph.id(n))).collect();
                (format!("UNWIND [{}] AS id ", ids.join(", ")), format!("({var} {{id: id}})"))
            }
        }
    }

    /// Whether nothing else of a node's type has its name.
    fn is_named(&self, node: u32) -> bool {
        let (graph, name) = (self.graph, self.graph.name(node));
        let same = |&&n: &&u32| n != node && graph.name(n) == name && graph.node_type(n) == graph.node_type(node);
        let called = graph.find(&crate::names::fold(name));
        graph.attribute_id("name").is_none()
            && !name.is_empty()
            && !name.chars().any(char::is_control)
            && called.contains(&node)
            && !called.iter().any(|n| same(&n))
    }

    fn object_pattern(
        &self,
        var: &str,
        object: &Object<'_>,
        answer: &mut Answer,
    ) -> Result<Option<(String, String)>, Diagnostic> {
        Ok(match object {
            Object::Anything(_) => Some((String::new(), format!("({var})"))),
            Object::Type(named) => {
                let kind = self.node_type(&named.text, named.span, answer);
                kind.map(|k| (String::new(), format!("({var}:{})", word(self.graph.node_type_name(k)))))
            }
            Object::Names(names) => {
                let mut nodes = self.nodes(&self.bind(names, &[])?)?;
                nodes.dedup();
                Some(self.pattern(var, &nodes))
            }
        })
    }

    /// What the tail says counts, behind a query.
    fn tail_of_core(&self) -> String {
        self.seen.to_string()
    }

    /// `who`, `what`, `which` and nouns: found, given, edge.
    pub(super) fn core_of_ask(&self, ask: &Ask<'_>, answer: &mut Answer) -> Result<Core, Diagnostic> {
        let Some((unwind, given)) = self.object_pattern("given", &ask.given, answer)? else { return Ok(Core::default()) };
        let kind = match &ask.asking {
            Asking::Which(named) => match self.node_type(&named.text, named.span, answer) {
                Some(kind) => format!(":{}", word(self.graph.node_type_name(kind))),
                None => return Ok(Core::default()),
            },
            Asking::Who | Asking::What | Asking::Noun => String::new(),
        };
        let readings = self.readings(&ask.relation).unwrap_or_else(|unknown| {
            answer.notes.push(Note::Warning(unknown));
            Vec::new()
        });
        let any = matches!(ask.given, Object::Anything(_));
        let each = readings.iter().filter_map(|reading| {
            let edge = self.graph.edge_type_id(&reading.edge)?;
            let (left, right) = match ask.asked(reading.backward) {
                _ if self.is_symmetric(edge) && !any => ("-", "-"),
                End::Source => ("-", "->"),
                End::Target => ("<-", "-"),
            };
            let edge = word(&reading.edge);
            Some(format!("{unwind}MATCH (found{kind}){left}[edge:{edge}]{right}{given} RETURN found, given, edge"))
        });
        let each: Vec<String> = each.collect();
        let text = (!each.is_empty()).then(|| each.join(" UNION ALL ") + &self.tail_of_core());
        Ok(Core { text })
    }

    /// One level of `neighbours`, from these nodes or from the parameter [`OPEN`]: found, given, edge.
    pub(super) fn core_of_neighbours(&self, neighbours: &Neighbours<'_>, from: Option<&[u32]>, answer: &mut Answer) -> Core {
        let (left, right) = match neighbours.direction.map(|d| d.value) {
            None => ("-", "-"),
            Some(End::Source) => ("<-", "-"),
            Some(End::Target) => ("-", "->"),
        };
        let Some(over) = self.over(&neighbours.over, answer) else { return Core::default() };
        let tail = self.tail_of_core();
        let (unwind, given) = match from {
            Some(nodes) => self.pattern("given", nodes),
            None => (format!("UNWIND ${OPEN} AS given "), "(given)".to_owned()),
        };
        let text = format!("{unwind}MATCH {given}{left}[edge{over}]{right}(found) RETURN found, given, edge{tail}");
        Core { text: Some(text) }
    }

    /// `:A|B` for wordings of edges, nothing for any; none where they are all unknown.
    fn over(&self, over: &[Relation<'_>], answer: &mut Answer) -> Option<String> {
        if over.is_empty() {
            return Some(String::new());
        }
        let types = self.edge_types(over, answer);
        let names: Vec<String> = types.iter().map(|&t| word(self.graph.edge_type_name(t))).collect();
        (!names.is_empty()).then(|| format!(":{}", names.join("|")))
    }

    /// `list` and `count`: the nodes of a type; with `of`, those tied to what was named.
    pub(super) fn core_of_list(&self, kind: Option<Option<u16>>, tied: Option<&[u32]>) -> Core {
        let kind = match kind {
            Some(Some(kind)) => format!(":{}", word(self.graph.node_type_name(kind))),
            Some(None) => return Core::default(),
            None => String::new(),
        };
        let mut text = String::new();
        let tail = self.tail_of_core();
        let _ = match tied {
            Some(nodes) => {
                let (unwind, of) = self.pattern("of", nodes);
                write!(text, "{unwind}MATCH (found{kind})--{of} RETURN DISTINCT found{tail}")
            }
            None => write!(text, "MATCH (found{kind}) RETURN found{tail}"),
        };
        Core { text: Some(text) }
    }

    /// `show`: every edge of some nodes, denied ones too.
    pub(super) fn core_of_show(&self, nodes: &[u32]) -> Core {
        let (unwind, of) = self.pattern("of", nodes);
        let tail = if self.seen.modes.is_empty() { format!(" mode all{}", self.tail_of_core()) } else { self.tail_of_core() };
        Core { text: Some(format!("{unwind}MATCH {of}-[edge]-(other) RETURN of, edge, other{tail}")) }
    }
}

/// A type or an edge as it is written, in back-quotes where it is no word.
fn word(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !crate::query::keywords::is_reserved(name);
    if plain { name.to_owned() } else { format!("`{}`", name.replace('`', "``")) }
}

/// A node in a cell.
pub(super) fn node(row: &[Value], at: usize) -> Option<u32> {
    if let Some(Value::Node(n)) = row.get(at) { Some(*n) } else { None }
}

/// An edge in a cell.
pub(super) fn edge(row: &[Value], at: usize) -> Option<u32> {
    if let Some(Value::Edge(e)) = row.get(at) { Some(*e) } else { None }
}
