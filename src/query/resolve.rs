//! Names to nodes: what a person types, and which thing of the graph it means.
//!
//! A name is tried as an id, as a name, as an alias, as a form that the gazetteer knows (demonyms, metonyms), and as the
//! beginning of one name only. Where several things bear it, the place in the sentence decides (an end of a route is a stop).
//! What a name cannot mean is told with candidates. Edge words and types are `vocabulary`'s.

use std::borrow::Cow;

use super::ast::{Name, NameForm, Names};
use super::syntax::{Slip, slips};
use super::{Params, Value};
use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;
use crate::names::{closest, fold};
use crate::schema::{EntryId, NameKind, Schema};
use crate::span::Span;

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The name that answers show.
    pub name: String,
    /// The node; none if only the gazetteer knows it.
    pub node: Option<u32>,
    /// The gazetteer's entry, if it has one.
    pub entry: Option<EntryId>,
    /// Where the name stands in the query.
    pub span: Span,
}

/// Why a name means nothing, or too much.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing bears it.
    #[error("nothing is called `{name}`")]
    Unknown {
        /// As typed.
        name: String,
        /// Where.
        span: Span,
        /// Names of the graph that are close, best first.
        close: Vec<String>,
        /// Names of the gazetteer that are close and in no document.
        known: Vec<String>,
        /// A word of the name that is close to one of the language.
        slip: Option<Box<Slip>>,
    },
    /// The gazetteer knows it, and no document speaks of it.
    #[error("{name} is in no document of this graph")]
    Unmentioned {
        /// Its name.
        name: String,
        /// Where.
        span: Span,
    },
    /// Several things bear it.
    #[error("`{name}` may be any of {}", candidates.len())]
    Ambiguous {
        /// As typed.
        name: String,
        /// Where.
        span: Span,
        /// (name, type, id) of each; with the type where it is mentioned first, if others have the same name and type.
        candidates: Vec<(String, String, String)>,
    },
    /// `$x` that has no value, or none that is a name.
    #[error("${name} {fault}")]
    Parameter {
        /// Without the `$`.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
        /// Where.
        span: Span,
    },
}

impl From<NameError> for Diagnostic {
    fn from(error: NameError) -> Self {
        let message = error.to_string();
        match error {
            NameError::Unknown { name, span, close, known, slip } => {
                let mut fault = Self::error("Q201", message).at(span, "no such name");
                if let Some(slip) = slip {
                    fault = fault.at(slip.span, "part of the name");
                    fault = fault.hint(format!("did you mean the word `{}` by `{}`?", slip.keyword, slip.word));
                }
                if is_relative_date(&name) {
                    return fault.hint("dates are written 2026, 2026-07, 2026-07-31 or July 2026: `in 2026`, `before 2027`");
                }
                if !close.is_empty() {
                    fault = fault.hint(format!("did you mean {}?", list(&close)));
                }
                if !known.is_empty() {
                    fault = fault.hint(format!("known to the gazetteer, but in no document: {}", list(&known)));
                }
                fault
            }
            NameError::Unmentioned { span, .. } => {
                let fault = Self::error("Q202", message).at(span, "known to the gazetteer only");
                fault.hint("`with world` or another name may serve; the graph can only tell what its documents say")
            }
            NameError::Ambiguous { span, candidates, .. } => {
                let mut fault = Self::error("Q203", message).at(span, "which one?");
                for (name, kind, id) in candidates.iter().take(8) {
                    fault = fault.hint(format!("{name} ({kind}): write \"{id}\""));
                }
                if candidates.len() > 8 {
                    fault = fault.hint(format!("… and {} more", candidates.len() - 8));
                }
                fault
            }
            NameError::Parameter { span, .. } => Self::error("Q204", message).at(span, "a name is wanted here"),
        }
    }
}

/// Whether a text holds "last year" or the like, or says a day by today.
fn is_relative_date(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let next_to = |pair: &[String]| {
        matches!(pair, [near, time] if matches!(near.as_str(), "this" | "next" | "last" | "past" | "coming")
            && matches!(time.as_str(), "year" | "years" | "month" | "months" | "week" | "weeks" | "quarter" | "decade"))
    };
    words.windows(2).any(next_to)
        || words.last().is_some_and(|w| matches!(w.as_str(), "today" | "tomorrow" | "yesterday" | "now" | "soon" | "recently"))
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Finds what names mean in one graph.
#[derive(Debug, Clone, Copy)]
pub struct Resolver<'g> {
    graph: &'g FrozenGraph,
    schema: &'g Schema,
}

/// What a name means, or may mean.
enum Found {
    One(u32),
    Several(Vec<u32>),
    /// Only the gazetteer has it.
    Entry(EntryId),
    Nothing,
}

impl<'g> Resolver<'g> {
    /// Names of `graph`, with what `schema` knows of them.
    #[must_use]
    pub fn new(graph: &'g FrozenGraph, schema: &'g Schema) -> Self {
        Self { graph, schema }
    }

    /// The thing that a name means. `types` are types of the graph that fit here, best first; empty: all fit.
    ///
    /// # Errors
    /// A name that means nothing, or several things that fit equally well.
    pub fn name(&self, name: &Name<'_>, types: &[u16], params: &Params) -> Result<Bound, NameError> {
        let text = self.text(name, params)?;
        self.text_at(&text, name.span, types, name.form == NameForm::Bare)
    }

    /// The things that a list of names means. "X and Y" that is one known name wins over two.
    ///
    /// # Errors
    /// As [`Resolver::name`].
    pub fn names(&self, names: &Names<'_>, types: &[u16], params: &Params) -> Result<Vec<Bound>, NameError> {
        self.joined(names, types).iter().map(|name| self.name(name, types, params)).collect()
    }

    /// A list of names, with "X and Y" as one where that is a known name.
    #[must_use]
    pub fn joined<'s>(&self, names: &Names<'s>, types: &[u16]) -> Vec<Name<'s>> {
        let mut all: Vec<Name<'s>> = Vec::with_capacity(names.items.len());
        let mut at = 0;
        while let Some(name) = names.items.get(at) {
            let longest = (at + 1..names.items.len()).rev().find_map(|to| {
                let joined = names.joined(at, to)?;
                let found = self.exact(&joined.text, types);
                (!matches!(found, Found::Nothing)).then_some((joined, to))
            });
            let (name, last) = longest.unwrap_or_else(|| (name.clone(), at));
            all.push(name);
            at = last + 1;
        }
        all
    }

    /// The thing that a text means, as [`Resolver::name`].
    ///
    /// # Errors
    /// As [`Resolver::name`].
    pub fn text_at(&self, text: &str, span: Span, types: &[u16], bare: bool) -> Result<Bound, NameError> {
        let found = match self.exact(text, types) {
            Found::Nothing => self.prefix(text, types),
            found => found,
        };
        match found {
            Found::One(node) => Ok(Bound {
                name: self.graph.name(node).to_owned(),
                node: Some(node),
                entry: self.schema.entry(self.graph.id(node)),
                span,
            }),
            Found::Entry(entry) => {
                let name = self.schema.gazetteer.get(entry.0 as usize).map_or_else(String::new, |e| e.name.to_string());
                Ok(Bound { name, node: None, entry: Some(entry), span })
            }
            Found::Several(nodes) => Err(self.ambiguous(text, span, &nodes)),
            Found::Nothing => Err(self.unknown(text, span, bare)),
        }
    }

    /// All nodes that a name may mean, without preference: for `why same`.
    #[must_use]
    pub fn bearers(&self, text: &str) -> Vec<u32> {
        let mut all: Vec<u32> = self.graph.node_by_id(text).into_iter().collect();
        all.extend(self.graph.find(&fold(text)));
        all.extend(self.by_gazetteer(text, &[]).0);
        all.sort_unstable();
        all.dedup();
        all
    }

    fn text<'a>(&self, name: &'a Name<'_>, params: &'a Params) -> Result<Cow<'a, str>, NameError>
    where
        'g: 'a,
    {
        if name.form != NameForm::Parameter {
            return Ok(Cow::Borrowed(&name.text));
        }
        let wrong = |fault| NameError::Parameter { name: name.text.to_string(), fault, span: name.span };
        match params.get(&*name.text) {
            None => Err(wrong("has no value: give it with --param")),
            Some(Value::Node(node)) => Ok(Cow::Borrowed(self.graph.id(*node))),
            Some(value) => value.as_str(self.graph).map(Cow::Borrowed).ok_or_else(|| wrong("is no text")),
        }
    }

    /// By id, name, alias, or a form that the gazetteer knows.
    fn exact(&self, text: &str, types: &[u16]) -> Found {
        if let Some(node) = self.graph.node_by_id(text) {
            return Found::One(node);
        }
        let folded = fold(text);
        if folded.is_empty() {
            return Found::Nothing;
        }
        // What is *called* so goes before what is also known so: "Kabul" is the city, although texts say it for the state.
        let named = self.graph.find(&folded);
        let called: Vec<u32> = named.iter().copied().filter(|&n| fold(self.graph.name(n)) == folded).collect();
        for nodes in [self.fitting(&called, types), self.fitting(&named, types), called, named] {
            match self.choose(nodes, types) {
                Found::Nothing => {}
                found => return found,
            }
        }
        let (nodes, entries) = self.by_gazetteer(text, types);
        match self.choose(nodes, types) {
            Found::Nothing => entries.first().map_or(Found::Nothing, |&e| Found::Entry(e)),
            found => found,
        }
    }

    /// Nodes, and entries without a node, that the gazetteer knows by this name.
    fn by_gazetteer(&self, text: &str, types: &[u16]) -> (Vec<u32>, Vec<EntryId>) {
        let mut uses = self.schema.named(text).to_vec();
        // Free names first, and names proper before what stands for something.
        uses.sort_by_key(|u| (!u.free, u.kind));
        let best = uses.first().map(|u| (u.free, rank(u.kind)));
        let (mut nodes, mut entries) = (Vec::new(), Vec::new());
        for used in uses {
            let Some(entry) = self.schema.gazetteer.get(used.entry.0 as usize) else { continue };
            match self.graph.node_by_id(&entry.id) {
                Some(node) => nodes.push(node),
                None if best == Some((used.free, rank(used.kind))) && self.fits_entry(used.entry, types) => {
                    entries.push(used.entry)
                }
                None => {}
            }
        }
        let fitting = self.fitting(&nodes, types);
        (if fitting.is_empty() { nodes } else { fitting }, entries)
    }

    fn fits_entry(&self, entry: EntryId, types: &[u16]) -> bool {
        let kind = self.schema.gazetteer.get(entry.0 as usize).and_then(|e| self.schema.node_types.get(e.kind.0 as usize));
        types.is_empty() || kind.is_some_and(|t| self.graph.node_type_id(&t.name).is_some_and(|t| types.contains(&t)))
    }

    fn prefix(&self, text: &str, types: &[u16]) -> Found {
        let folded = fold(text);
        if folded.chars().count() < 2 {
            return Found::Nothing;
        }
        let mut nodes: Vec<u32> = self.graph.find_prefix(&folded).take(256).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let fitting = self.fitting(&nodes, types);
        let mut nodes = if fitting.is_empty() { nodes } else { fitting };
        let spoken: Vec<u32> = nodes.iter().copied().filter(|&n| !self.graph.is_world_node(n)).collect();
        if !spoken.is_empty() {
            nodes = spoken;
        }
        match nodes[..] {
            [] => Found::Nothing,
            [one] => Found::One(one),
            _ => Found::Several(nodes),
        }
    }

    fn fitting(&self, nodes: &[u32], types: &[u16]) -> Vec<u32> {
        nodes.iter().copied().filter(|&n| types.contains(&self.graph.node_type(n))).collect()
    }

    /// Of several, those of the best type; of these, those that a document speaks of.
    fn choose(&self, mut nodes: Vec<u32>, types: &[u16]) -> Found {
        if nodes.len() > 1 {
            let place = |n: &u32| types.iter().position(|&t| t == self.graph.node_type(*n)).unwrap_or(types.len());
            let best = nodes.iter().map(place).min().unwrap_or(0);
            nodes.retain(|n| place(n) == best);
        }
        if nodes.iter().any(|&n| !self.graph.is_world_node(n)) {
            nodes.retain(|&n| !self.graph.is_world_node(n));
        }
        match nodes[..] {
            [] => Found::Nothing,
            [one] => Found::One(one),
            _ => Found::Several(nodes),
        }
    }

    fn ambiguous(&self, text: &str, span: Span, nodes: &[u32]) -> NameError {
        let mut candidates: Vec<(String, String, String)> = nodes
            .iter()
            .map(|&n| {
                let g = self.graph;
                (g.name(n).to_owned(), g.node_type_name(g.node_type(n)).to_owned(), g.id(n).to_owned())
            })
            .collect();
        let shared: Vec<bool> =
            candidates.iter().map(|c| candidates.iter().filter(|o| (&o.0, &o.1) == (&c.0, &c.1)).count() > 1).collect();
        for ((candidate, &node), _) in candidates.iter_mut().zip(nodes).zip(shared).filter(|(_, shared)| *shared) {
            if let Some(first) = self.graph.mentions(node).next() {
                candidate.1 = format!("{}, {}:{}", candidate.1, first.document(), first.locus().line);
            }
        }
        candidates.sort();
        NameError::Ambiguous { name: text.to_owned(), span, candidates }
    }

    /// The error for a name that nothing bears. O(names): the costly part of a fault.
    fn unknown(&self, text: &str, span: Span, bare: bool) -> NameError {
        let graph = self.graph;
        let names = (0..graph.node_count())
            .filter(|&n| !graph.is_world_node(n))
            .flat_map(|n| std::iter::once(graph.name(n)).chain(graph.aliases(n)));
        let mut seen: Vec<u32> = Vec::new();
        let mut close: Vec<String> = Vec::new();
        for name in closest(text, names, 12) {
            let node = graph.find(&fold(name)).first().copied().unwrap_or(u32::MAX);
            if close.len() < 3 && !seen.contains(&node) {
                seen.push(node);
                close.push(name.to_owned());
            }
        }
        let known =
            self.schema.gazetteer.iter().flat_map(|e| std::iter::once(&*e.name).chain(e.aliases.iter().map(String::as_str)));
        let known: Vec<String> =
            closest(text, known, 6).into_iter().filter(|n| graph.find(&fold(n)).is_empty()).take(2).map(str::to_owned).collect();
        let form = if bare { NameForm::Bare } else { NameForm::Quoted };
        // A bare name may have swallowed a clause.
        let slip = slips(&Name { text: Cow::Borrowed(text), form, span }).into_iter().next().map(Box::new);
        NameError::Unknown { name: text.to_owned(), span, close, known, slip }
    }
}

fn rank(kind: NameKind) -> u8 {
    match kind {
        NameKind::Name | NameKind::Alias => 0,
        NameKind::Demonym => 1,
        NameKind::Metonym => 2,
        NameKind::Ambiguous => 3,
    }
}
