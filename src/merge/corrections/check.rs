//! What is wrong with corrections: what the schema does not allow, and what changes nothing because nothing is called so.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assertion, Corrections, CorrectionsError, Retraction, called, in_document, written};
use crate::diagnostic::Diagnostic;
use crate::graph::spool::Spool;
use crate::graph::store::StoreError;
use crate::model::{Entity, Extraction, Statement};
use crate::names::{closest, fold};
use crate::schema::Schema;
use crate::span::Span;

impl CorrectionsError {
    /// It as a diagnostic at its place in the file's `text`.
    #[must_use]
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let before: usize = text.split_inclusive('\n').take(self.line.saturating_sub(1)).map(str::len).sum();
        let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let inside = line.char_indices().nth(self.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        let start = (before + inside).min(text.len());
        let end = text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |c| start + c.len_utf8());
        Diagnostic::error("M001", self.message.clone()).at(Span::new(start, end), "")
    }
}

impl Corrections {
    /// What cannot be: types and attributes that the schema does not have, assertions that say nothing. `text` is the file that
    /// they were read from: the diagnostics point into it.
    #[must_use]
    pub fn check(&self, schema: &Schema, text: &str) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let node_types = || schema.node_types.iter().map(|t| &*t.name);
        for (_, kind) in self.retype.iter().filter(|(_, kind)| schema.node_type(kind).is_none()) {
            faults.push(unknown("M002", "node type", kind, &node_types().collect::<Vec<_>>(), text));
        }
        let edge_types = || schema.edge_types.iter().map(|t| &*t.name);
        let attributes = || schema.node_attributes.iter().map(|a| &*a.name);
        let said = |name: &str| schema.edge_type(name).is_some() || attributes().any(|a| a == name);
        for edge in self.retract.iter().filter_map(|r| r.edge.as_ref()).filter(|e| !said(e)) {
            faults.push(unknown(
                "M003",
                "edge type or attribute",
                edge,
                &edge_types().chain(attributes()).collect::<Vec<_>>(),
                text,
            ));
        }
        for fact in &self.assert {
            if let Some(edge) = fact.edge.as_ref().filter(|e| schema.edge_type(e).is_none()) {
                faults.push(unknown("M003", "edge type", edge, &edge_types().collect::<Vec<_>>(), text));
            }
            if let Some(attribute) = fact.attribute.as_ref().filter(|a| attributes().all(|known| known != a.as_str())) {
                faults.push(unknown("M003", "attribute", attribute, &attributes().collect::<Vec<_>>(), text));
            }
            faults.extend(is_complete(fact, text));
        }
        faults
    }

    /// What changes nothing: names that nothing in these documents has, documents that are not there.
    ///
    /// # Errors
    /// What documents say cannot be read.
    pub fn idle(&self, spool: &Spool, text: &str) -> Result<Vec<Diagnostic>, StoreError> {
        let same = self.same.iter().flat_map(|(a, b)| [a, b]).map(|thing| (thing, in_document(thing)));
        let others = self.different.iter().flat_map(|(a, b)| [a, b]);
        let others = others.chain(self.rename.iter().chain(&self.retype).map(|(thing, _)| thing));
        let named = same.chain(others.map(|thing| (thing, (thing.as_str(), None))));
        let named: Vec<(&String, (&str, Option<&str>))> = named.filter(|(_, (name, _))| !self.makes(name)).collect();
        let mut is_there = vec![false; named.len()];
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut of: BTreeMap<String, Extraction> = BTreeMap::new();
        let mut pairs: Vec<Pair> = self.different.iter().map(|_| Pair::default()).collect();
        if !named.is_empty() || !self.retract.is_empty() {
            for extraction in spool.extractions() {
                let extraction = extraction?;
                let is_here = |document: Option<&str>| document.is_none_or(|d| d == extraction.document.id);
                for entity in &extraction.entities {
                    for ((_, (name, document)), there) in named.iter().zip(&mut is_there) {
                        *there |= is_here(*document) && called(entity, name);
                    }
                    for ((a, b), pair) in self.different.iter().zip(&mut pairs) {
                        pair.add(entity, [a, b], &extraction.document.id);
                    }
                    if !named.is_empty() && !names.contains(&entity.name) {
                        names.insert(entity.name.clone());
                    }
                }
                if self.retract.iter().any(|r| r.document == extraction.document.id) {
                    of.insert(extraction.document.id.clone(), extraction);
                }
            }
        }
        let mut faults: Vec<Diagnostic> = Vec::new();
        for ((thing, (name, _)), _) in named.iter().zip(is_there).filter(|(_, there)| !there) {
            let fault = Diagnostic::warning("M005", format!("nothing is called “{thing}”: this changes nothing"));
            let close = closest(name, names.iter().map(String::as_str).filter(|known| known != name), 2);
            faults.push(meant(fault.at(place(text, thing), ""), &close));
        }
        faults.extend(self.different.iter().zip(pairs).filter_map(|((a, b), pair)| pair.fault([a, b], text)));
        faults.extend(self.retract.iter().filter_map(|r| self.idle_retraction(r, of.get(&r.document), spool, text)));
        Ok(faults)
    }

    fn idle_retraction(&self, retraction: &Retraction, of: Option<&Extraction>, spool: &Spool, text: &str) -> Option<Diagnostic> {
        let Some(of) = of else {
            let fault = Diagnostic::warning("M006", format!("there is no document `{}` here", retraction.document));
            let close = closest(&retraction.document, spool.ids(), 2);
            return Some(meant(fault.at(place(text, &retraction.document), ""), &close));
        };
        if of.claims.iter().any(|c| self.is_retracted(&of.document.id, c)) {
            return None;
        }
        let lines = lines_of(of, retraction.edge.as_deref());
        let fault = Diagnostic::warning("M007", format!("nothing is said there that could be retracted in `{}`", of.document.id));
        let fault = fault.at(place(text, &retraction.document), "");
        Some(if lines.is_empty() { fault } else { fault.hint(format!("something of the kind is said in {lines}")) })
    }

    /// Whether an assertion makes a thing of this name.
    fn makes(&self, name: &str) -> bool {
        let folded = fold(name);
        self.assert.iter().any(|a| fold(&a.subject) == folded || a.object.as_ref().is_some_and(|o| fold(o) == folded))
    }
}

/// Whether documents tell apart what is said to be different.
#[derive(Default)]
struct Pair {
    /// Something bears the second name and not the first.
    apart: bool,
    /// A document that calls one thing both.
    one: Option<String>,
}

impl Pair {
    fn add(&mut self, entity: &Entity, [a, b]: [&str; 2], document: &str) {
        if written(entity, b) {
            let both = written(entity, a);
            self.apart |= !both;
            self.one = self.one.take().or_else(|| both.then(|| document.to_owned()));
        }
    }

    /// A name leads to what a document calls so, and to nothing less: what is one thing there cannot be parted.
    fn fault(self, [a, b]: [&str; 2], text: &str) -> Option<Diagnostic> {
        let document = self.one.filter(|_| !self.apart)?;
        let fault =
            Diagnostic::warning("M008", format!("`{document}` calls one thing both “{a}” and “{b}”: this changes nothing"));
        Some(fault.at(place(text, b), "").hint("`retract` takes back what is said of it there, `assert` says it of the other"))
    }
}

/// An assertion says an edge with where it leads, or an attribute with its value, and from whom it is.
fn is_complete(fact: &Assertion, text: &str) -> Option<Diagnostic> {
    let wrong = match (&fact.edge, &fact.object, &fact.attribute, &fact.value) {
        _ if fact.source.trim().is_empty() => "it has no source: who says so?",
        (Some(_), None, _, _) => "it has an edge but no object: to what does it lead?",
        (_, _, Some(_), None) => "it has an attribute but no value",
        (None, _, None, _) => "it says nothing: give an edge and an object, or an attribute and a value",
        _ => return None,
    };
    Some(
        Diagnostic::error("M004", format!("the assertion on “{}” is not complete: {wrong}", fact.subject))
            .at(place(text, &fact.subject), ""),
    )
}

fn unknown(code: &'static str, what: &str, name: &str, known: &[&str], text: &str) -> Diagnostic {
    let close = closest(name, known.iter().copied(), 2);
    let fault = Diagnostic::error(code, format!("`{name}` is no {what} of the schema")).at(place(text, name), "");
    if close.is_empty() { fault.hint(format!("there are {}", known.join(", "))) } else { meant(fault, &close) }
}

fn meant(fault: Diagnostic, close: &[&str]) -> Diagnostic {
    if close.is_empty() { fault } else { fault.hint(format!("did you mean {}?", close.join(" or "))) }
}

/// Where a text stands in quotes in the file.
fn place(text: &str, name: &str) -> Span {
    let quoted = format!("{name:?}");
    text.find(&quoted).map_or(Span::new(0, 0), |at| Span::new(at, at + quoted.len()))
}

/// The lines on which something of a type is said: `line 3`, `lines 3, 7`.
fn lines_of(extraction: &Extraction, said: Option<&str>) -> String {
    let kind = |s: &Statement| match s {
        Statement::Edge { kind, .. } => kind.to_string(),
        Statement::Attribute { name, .. } => name.to_string(),
    };
    let is = |s: &Statement| said.is_none_or(|wanted| kind(s) == wanted);
    let mut lines: Vec<u32> = extraction.claims.iter().filter(|c| is(&c.statement)).map(|c| c.locus.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let shown: Vec<String> = lines.iter().take(8).map(u32::to_string).collect();
    match shown.len() {
        0 => String::new(),
        1 => format!("line {}", shown.concat()),
        _ => format!("lines {}", shown.join(", ")),
    }
}
