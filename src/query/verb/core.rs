//! Sentences as queries of the core: the MATCH that one stands for, which is what finds its rows.
//!
//! The text that `explain` shows is the text that is run, so whoever copies it gets the same edges. How rows are made of
//! them (columns, wordings, evidence) stays with each verb.

use std::fmt::Write;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::answer::{Answer, Note, Value};
use crate::query::ast::{Ask, Asking, Body, End, Neighbours, Object, Relation, Why, WhyTarget};
use crate::query::{Params, Reading, Sense, eval, parse};

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
    pub(super) fn pattern(&self, var: &str, nodes: &[u32]) -> (String, String) {
        match nodes {
            [one] if self.is_named(*one) => {
                let kind = word(self.graph.node_type_name(self.graph.node_type(*one)));
                (String::new(), format!("({var}:{kind} {{name: {}}})", quoted(self.graph.name(*one))))
            }
            [one] => (String::new(), format!("({var} {{id: {}}})", self.quoted_id(*one))),
            several => {
                let ids: Vec<String> = several.iter().map(|&n| self.quoted_id(n)).collect();
                (format!("UNWIND [{}] AS id ", ids.join(", ")), format!("({var} {{id: id}})"))
            }
        }
    }

    /// A node's id as a text of the language.
    pub(super) fn quoted_id(&self, node: u32) -> String {
        quoted(self.graph.id(node))
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
        (object, types): (&Object<'_>, &[u16]),
        answer: &mut Answer,
    ) -> Result<Option<(String, String)>, Diagnostic> {
        Ok(match object {
            Object::Anything(_) => Some((String::new(), format!("({var})"))),
            Object::Type(named) => {
                let sense = self.sense(named, answer);
                sense.map(|s| (String::new(), format!("({var}{})", labels(var, &s))))
            }
            Object::Names(names) => {
                let mut nodes = self.nodes(&self.bind_at_end(names, types)?)?;
                nodes.dedup();
                Some(self.pattern(var, &nodes))
            }
        })
    }

    /// What the tail says counts, behind a query.
    pub(super) fn tail_of_core(&self) -> String {
        self.seen.to_string()
    }

    /// `who`, `what`, `which` and nouns: found, given, edge.
    pub(super) fn core_of_ask(&self, ask: &Ask<'_>, answer: &mut Answer) -> Result<Core, Diagnostic> {
        let readings = self.readings(&ask.relation).unwrap_or_else(|unknown| {
            answer.notes.push(Note::Warning(unknown));
            Vec::new()
        });
        let given = |r: &Reading| self.vocabulary.end_types(&r.edge, ask.asked(r.backward) == End::Source);
        let types: Vec<u16> = readings.iter().flat_map(given).filter_map(|t| self.graph.node_type_id(t)).collect();
        let given = self.object_pattern("given", (&ask.given, &types), answer)?;
        let Some((unwind, given)) = given else { return Ok(Core::default()) };
        let kind = match &ask.asking {
            Asking::Which(named) => match self.sense(named, answer) {
                Some(sense) => labels("found", &sense),
                None => return Ok(Core::default()),
            },
            Asking::Who | Asking::What | Asking::Noun => String::new(),
        };
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

    /// `list` and `count`: the nodes that a noun means; with `of`, those tied to what was named.
    pub(super) fn core_of_list(&self, sense: Option<&Sense>, tied: Option<&[u32]>) -> Core {
        let kind = sense.map(|s| labels("found", s)).unwrap_or_default();
        let mut text = String::new();
        let tail = self.tail_of_core();
        let _ = match tied {
            Some(nodes) => {
                let (unwind, of) = self.pattern("of", nodes);
                write!(text, "{unwind}MATCH (found{kind})--{of} RETURN DISTINCT found{tail}")
            }
            // Of things those are held so that an edge ties so.
            None if self.restricts_modes() => {
                write!(text, "MATCH (found{kind}) WHERE EXISTS {{ (found)--() }} RETURN found{tail}")
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

    /// `sources`: each origin of the edges of something and of what is said of itself, with its documents, its claims, the
    /// edges that rest on it and those that rest on it alone.
    pub(super) fn core_of_sources(&self, of: Option<&Object<'_>>, answer: &mut Answer) -> Result<Core, Diagnostic> {
        let pattern = of.map(|o| self.object_pattern("of", (o, &[]), answer)).transpose()?;
        let said = match pattern {
            None => "MATCH ()-[edge]->() UNWIND claims(edge) AS c WITH c, edge".to_owned(),
            Some(None) => return Ok(Core::default()),
            Some(Some((unwind, of))) => format!(
                "{unwind}MATCH {of} {EDGES_TOO} UNWIND claims(thing) AS c WITH c, CASE WHEN thing <> of THEN thing END AS edge"
            ),
        };
        let text = format!(
            "{said} WHERE c.source IS NOT NULL RETURN c.source AS source, collect(DISTINCT c.document) AS documents, \
             count(DISTINCT c) AS claims, collect(DISTINCT edge) AS edges, \
             collect(DISTINCT CASE WHEN size(sources(edge)) = 1 THEN edge END) AS alone ORDER BY claims DESC, source{}",
            self.tail_of_core()
        );
        Ok(Core { text: Some(text) })
    }

    /// For `timeline` and `due`: the edges of something, or all, with their claims that give a date and are held in some
    /// mode that `which` lets through.
    pub(super) fn core_of_dated(&self, of: Option<&Object<'_>>, which: &str) -> Result<Core, Diagnostic> {
        let (unwind, of) = match of.map(|o| self.object_pattern("of", (o, &[]), &mut Answer::default())).transpose()? {
            None => (String::new(), "()".to_owned()),
            Some(None) => return Ok(Core::default()),
            Some(Some(pattern)) => pattern,
        };
        let (distinct, arrow) = if of == "()" { ("", ">") } else { ("DISTINCT ", "") };
        let as_of = self.seen.as_of.map_or_else(String::new, |d| format!(" as of {}", d.value));
        let text = format!(
            "{unwind}MATCH {of}-[edge]-{arrow}() UNWIND claims(edge) AS c WITH edge, c WHERE c.date IS NOT NULL AND {which} \
             RETURN {distinct}edge, c mode all{as_of}"
        );
        Ok(Core { text: Some(text) })
    }

    /// Whether the tail names modes, and not all.
    pub(super) fn restricts_modes(&self) -> bool {
        !self.seen.modes.is_empty() && Mode::ALL.iter().any(|m| self.seen.modes.iter().all(|s| s.value != *m))
    }

    /// `why` of an edge or of a thing: each claim, denials too; none for a row of the last answer and for names.
    pub(super) fn core_of_why(&self, why: &Why<'_>) -> Result<Core, Diagnostic> {
        let modes: Vec<String> = self.seen.modes.iter().map(|m| format!("'{}'", m.value)).collect();
        let by_mode = if modes.is_empty() { String::new() } else { format!("c.mode IN [{}]", modes.join(", ")) };
        let as_of = self.seen.as_of.map_or_else(String::new, |d| format!(" as of {}", d.value));
        let text = match &why.target {
            WhyTarget::Row(_) | WhyTarget::Same(_) => None,
            WhyTarget::Node(name) => {
                let bound = self.resolver.name(name, &[], self.params)?;
                let (unwind, of) = self.pattern("of", &self.nodes(&[bound])?);
                let by_mode = if by_mode.is_empty() { by_mode } else { format!(" AND {by_mode}") };
                Some(format!(
                    "{unwind}MATCH {of} {EDGES_TOO} UNWIND claims(thing) AS c WITH c WHERE NOT c.world{by_mode} \
                     RETURN c mode all{as_of}"
                ))
            }
            WhyTarget::Edge { left, relation, right } => {
                let [left, right] = self.ends_of_why(left, right)?;
                let (left, right) = (self.pattern("left", &[left]).1, self.pattern("right", &[right]).1);
                let by_mode = if by_mode.is_empty() { by_mode } else { format!("WITH edge, c WHERE {by_mode} ") };
                let each = self.edges_as_read(relation)?.into_iter().map(|(before, edge, after)| {
                    let edge = word(self.graph.edge_type_name(edge));
                    format!("MATCH {left}{before}[edge:{edge}]{after}{right} UNWIND claims(edge) AS c {by_mode}RETURN edge, c")
                });
                let each: Vec<String> = each.collect();
                (!each.is_empty()).then(|| format!("{} mode all{as_of} with world", each.join(" UNION ALL ")))
            }
        };
        Ok(Core { text })
    }

    /// The edge types that a wording may mean between what stands left and right of it, each with its arrow.
    fn edges_as_read(&self, relation: &Relation<'_>) -> Result<Vec<(&'static str, u16, &'static str)>, Diagnostic> {
        let error = |warning| Diagnostic { severity: crate::diagnostic::Severity::Error, ..warning };
        let mut all = Vec::new();
        for Reading { edge, backward } in self.readings(relation).map_err(error)? {
            let Some(kind) = self.graph.edge_type_id(&edge) else { continue };
            let (before, after) = match backward && !relation.noun {
                _ if self.is_symmetric(kind) => ("-", "-"),
                true => ("<-", "-"),
                false => ("-", "->"),
            };
            all.push((before, kind, after));
            // That a way does not touch a stop is said of the one edge or of the other.
            let other = self.roles.touches.filter(|_| Some(kind) == self.roles.avoids);
            all.extend(other.map(|kind| (before, kind, after)));
        }
        Ok(all)
    }
}

/// Puts some nodes `of` and each of their edges into `thing`.
const EDGES_TOO: &str = "OPTIONAL MATCH (of)-[edge]-() WITH of, collect(DISTINCT edge) AS edges UNWIND edges + [of] AS thing";

/// A claim in a cell.
pub(super) fn claim(row: &[Value], at: usize) -> Option<u32> {
    if let Some(Value::Evidence(claims)) = row.get(at) { claims.first().copied() } else { None }
}

/// The edges of a list in a cell, ascending.
pub(super) fn edges(row: &[Value], at: usize) -> Vec<u32> {
    let Some(Value::List(items)) = row.get(at) else { return Vec::new() };
    let mut edges: Vec<u32> = (0..items.len()).filter_map(|i| edge(items, i)).collect();
    edges.sort_unstable();
    edges
}

/// A text as it is written.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// What a noun means, behind the variable `var` of a pattern.
fn labels(var: &str, sense: &Sense) -> String {
    let mut text = format!(":{}", word(&sense.kind));
    if !sense.only.is_empty() {
        let only: Vec<String> = sense.only.iter().map(|(attribute, is)| format!("{}: {}", word(attribute), quoted(is))).collect();
        let _ = write!(text, " {{{}}}", only.join(", "));
    }
    if let Some(named) = &sense.named {
        let _ = write!(text, " WHERE toLower({var}.name) CONTAINS {}", quoted(named));
    }
    text
}

/// A type or an edge as it is written, in back-quotes where it is no word.
pub(super) fn word(name: &str) -> String {
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
