//! Node types, edge types, attributes and roles: names to indices, and what is wrong with them.
//!
//! The gazetteer is checked against the result, in `gazetteer`.

use std::sync::Arc;

use super::load::{Parts, SchemaFile, locate, suggest};
use super::raw::{RawEdge, RawRoles};
use super::{Attribute, AttributeKind, EdgeType, EdgeTypeId, NodeTypeId, Roles, Schema};
use crate::diagnostic::Diagnostic;
use crate::names::fold;

/// The types, attributes and roles of `parts`; what is faulty is left out and told.
pub(super) fn compile(parts: &Parts<'_>, faults: &mut Vec<Diagnostic>) -> Schema {
    let mut schema = Schema::default();
    if let Some((file, nodes)) = &parts.nodes {
        for node in &nodes.types {
            if fresh(file, "node type", &node.name, schema.node_type(&node.name).is_some(), faults) {
                schema.node_types.push(node.clone());
            }
        }
        schema.node_attributes = attributes(file, &nodes.attributes, faults);
        nouns(file, &schema, faults);
    }
    if let Some((file, edges)) = &parts.edges {
        schema.edge_attributes = attributes(file, &edges.attributes, faults);
        for edge in &edges.types {
            if fresh(file, "edge type", &edge.name, schema.edge_type(&edge.name).is_some(), faults) {
                let compiled = Ends { schema: &schema, file, edge, faults }.compile();
                schema.edge_types.push(compiled);
            }
        }
    }
    if let Some((file, roles)) = &parts.roles {
        schema.roles = Cast { schema: &schema, file, faults }.roles(roles);
    }
    schema
}

/// Whether `name` can be taken: it is not empty and not `taken`.
fn fresh(file: &SchemaFile, what: &str, name: &str, taken: bool, faults: &mut Vec<Diagnostic>) -> bool {
    if name.trim().is_empty() {
        faults.push(Diagnostic::error("S011", format!("a {what} without a name")).of(&*file.path).at(locate(file, "", ""), ""));
        return false;
    }
    if taken {
        let first = locate(file, "", name);
        let second = file.text[first.end as usize..].find(&format!("\"{name}\"")).map(|i| {
            let start = first.end as usize + i + 1;
            crate::span::Span::new(start, start + name.len())
        });
        faults.push(
            Diagnostic::error("S003", format!("the {what} `{name}` is defined twice"))
                .of(&*file.path)
                .at(second.unwrap_or(first), "again here")
                .at(first, "first here"),
        );
    }
    !taken
}

fn attributes(file: &SchemaFile, raw: &[Attribute], faults: &mut Vec<Diagnostic>) -> Vec<Attribute> {
    let mut done: Vec<Attribute> = Vec::new();
    for attribute in raw {
        if !fresh(file, "attribute", &attribute.name, done.iter().any(|a| a.name == attribute.name), faults) {
            continue;
        }
        let words = !attribute.words.is_empty();
        if words != (attribute.kind == AttributeKind::Word) {
            let message = if words {
                format!("the attribute `{}` lists words, but its kind is {:?}", attribute.name, attribute.kind)
            } else {
                format!("the attribute `{}` is a Word, but lists no words", attribute.name)
            };
            let fault = Diagnostic::error("S012", message).of(&*file.path).at(locate(file, "", &attribute.name), "");
            faults.push(fault.hint("give `kind: Word` together with `words: [\"…\", …]`"));
        }
        done.push(attribute.clone());
    }
    done
}

/// Checks the words for things: each means one thing, and what they narrow a type to can be.
fn nouns(file: &SchemaFile, schema: &Schema, faults: &mut Vec<Diagnostic>) {
    let mut taken: Vec<String> = schema.node_types.iter().flat_map(|t| [fold(&t.name), fold(&t.plural)]).collect();
    for node in &schema.node_types {
        for said in node.nouns.iter().flat_map(|n| n.said.iter().chain(&n.one)) {
            let folded = fold(said);
            if fresh(file, "noun", said, !folded.is_empty() && taken.contains(&folded), faults) {
                taken.push(folded);
            }
        }
        for (attribute, word) in node.nouns.iter().filter_map(|n| n.only.as_ref()) {
            let found = schema.node_attributes.iter().find(|a| a.name == *attribute);
            let (code, message, wrong, known): (_, _, _, Vec<&str>) = match found {
                Some(a) if a.words.iter().any(|w| **w == **word) => continue,
                Some(a) => {
                    let message = format!("`{word}` is no word of the attribute `{attribute}`");
                    ("S012", message, word, a.words.iter().map(String::as_str).collect())
                }
                None => {
                    let message = format!("`{attribute}` is no attribute of nodes");
                    ("S006", message, attribute, schema.node_attributes.iter().map(|a| &*a.name).collect())
                }
            };
            let fault = Diagnostic::error(code, message).of(&*file.path).at(locate(file, &node.name, wrong), "");
            faults.push(suggest(fault, wrong, known));
        }
    }
}

/// Checks one edge type.
struct Ends<'a> {
    schema: &'a Schema,
    file: &'a SchemaFile,
    edge: &'a RawEdge,
    faults: &'a mut Vec<Diagnostic>,
}

impl Ends<'_> {
    fn compile(mut self) -> EdgeType {
        let edge = self.edge;
        let from = self.types("from", &edge.from);
        let to = self.types("to", &edge.to);
        if edge.symmetric && !from.iter().any(|t| to.contains(t)) && !from.is_empty() && !to.is_empty() {
            let message = format!("the edge type `{}` is symmetric, but its ends have no type in common", edge.name);
            self.fault("S010", message, "symmetric");
        }
        let mut attributes = Vec::new();
        for name in &edge.attributes {
            match self.schema.edge_attributes.iter().find(|a| &*a.name == name.as_str()) {
                Some(attribute) => attributes.push(attribute.name.clone()),
                None => {
                    let known = self.schema.edge_attributes.iter().map(|a| &*a.name);
                    let fault = Diagnostic::error("S006", format!("`{name}` is no attribute of edges"))
                        .of(&*self.file.path)
                        .at(locate(self.file, &edge.name, name), "");
                    self.faults.push(suggest(fault, name, known));
                }
            }
        }
        for wording in edge.forward.iter().chain(&edge.backward).filter(|w| w.trim().is_empty()) {
            self.fault("S011", format!("the edge type `{}` has an empty wording", edge.name), wording);
        }
        EdgeType {
            name: edge.name.as_str().into(),
            from,
            to,
            symmetric: edge.symmetric,
            world: edge.world,
            attributes,
            forward: edge.forward.clone(),
            backward: edge.backward.clone(),
            doc: edge.doc.clone(),
        }
    }

    fn types(&mut self, end: &str, names: &[String]) -> Vec<NodeTypeId> {
        if names.is_empty() {
            self.fault("S010", format!("the edge type `{}` allows no node type in `{end}`", self.edge.name), end);
        }
        let mut found = Vec::new();
        for name in names {
            match self.schema.node_type(name) {
                Some(id) => found.push(id),
                None => {
                    let at = locate(self.file, &self.edge.name, name);
                    let fault = Diagnostic::error("S004", format!("`{name}` is no node type")).of(&*self.file.path).at(at, "");
                    self.faults.push(suggest(fault, name, self.schema.node_types.iter().map(|t| &*t.name)));
                }
            }
        }
        found
    }

    fn fault(&mut self, code: &'static str, message: String, token: &str) {
        let at = locate(self.file, &self.edge.name, token);
        self.faults.push(Diagnostic::error(code, message).of(&*self.file.path).at(at, ""));
    }
}

/// Gives the roles to types and attributes.
struct Cast<'a> {
    schema: &'a Schema,
    file: &'a SchemaFile,
    faults: &'a mut Vec<Diagnostic>,
}

impl Cast<'_> {
    fn roles(mut self, raw: &RawRoles) -> Roles {
        Roles {
            way: raw.way.as_ref().and_then(|n| self.node("way", n)),
            stops: raw.stops.iter().filter_map(|n| self.node("stops", n)).collect(),
            touches: self.edge("touches", raw.touches.as_ref()),
            avoids: self.edge("avoids", raw.avoids.as_ref()),
            parting: raw.parting.iter().filter_map(|n| self.edge("parting", Some(n))).collect(),
            within: self.edge("within", raw.within.as_ref()),
            part_of: self.edge("part_of", raw.part_of.as_ref()),
            alternative: self.edge("alternative", raw.alternative.as_ref()),
            borders: self.edge("borders", raw.borders.as_ref()),
            carries: self.edge("carries", raw.carries.as_ref()),
            membership: self.edge("membership", raw.membership.as_ref()),
            backing: raw.backing.iter().filter_map(|n| self.edge("backing", Some(n))).collect(),
            person: raw.person.as_ref().and_then(|n| self.node("person", n)),
            agreement: raw.agreement.as_ref().and_then(|n| self.node("agreement", n)),
            happening: raw.happening.iter().filter_map(|n| self.node("happening", n)).collect(),
            stuff: raw.stuff.iter().filter_map(|n| self.node("stuff", n)).collect(),
            length: self.attribute("length", raw.length.as_ref(), false),
            cost: self.attribute("cost", raw.cost.as_ref(), false),
            date: self.attribute("date", raw.date.as_ref(), false),
            status: self.attribute("status", raw.status.as_ref(), false),
            kind: self.attribute("kind", raw.kind.as_ref(), false),
            order: self.attribute("order", raw.order.as_ref(), true),
            act: self.attribute("act", raw.act.as_ref(), true),
            steps: raw.steps.iter().map(|step| step.split_whitespace().map(Arc::from).collect()).collect(),
            counted: raw.counted.iter().filter_map(|n| self.attribute("counted", Some(n), false)).collect(),
            pieces: raw.pieces.iter().map(|word| Arc::from(fold(word))).collect(),
            formats: raw.formats.iter().map(|word| Arc::from(fold(word))).collect(),
            raising: raw.raising.iter().map(|rule| Arc::from(rule.as_str())).collect(),
            measures: raw.measures.iter().map(|m| m.iter().map(|(word, of)| (Arc::from(fold(word)), *of)).collect()).collect(),
            sole: raw.sole.iter().map(|word| Arc::from(fold(word))).collect(),
        }
    }

    fn node(&mut self, role: &str, name: &str) -> Option<NodeTypeId> {
        let found = self.schema.node_type(name);
        if found.is_none() {
            self.unknown("S004", role, "node type", name, self.schema.node_types.iter().map(|t| &*t.name).collect());
        }
        found
    }

    fn edge(&mut self, role: &str, name: Option<&String>) -> Option<EdgeTypeId> {
        let name = name?;
        let found = self.schema.edge_type(name);
        if found.is_none() {
            self.unknown("S005", role, "edge type", name, self.schema.edge_types.iter().map(|t| &*t.name).collect());
        }
        found
    }

    fn attribute(&mut self, role: &str, name: Option<&String>, edges: bool) -> Option<Arc<str>> {
        let name = name?;
        let (all, what) = if edges {
            (&self.schema.edge_attributes, "attribute of edges")
        } else {
            (&self.schema.node_attributes, "attribute of nodes")
        };
        let found = all.iter().find(|a| &*a.name == name.as_str()).map(|a| a.name.clone());
        if found.is_none() {
            self.unknown("S006", role, what, name, all.iter().map(|a| &*a.name).collect());
        }
        found
    }

    fn unknown(&mut self, code: &'static str, role: &str, what: &str, name: &str, known: Vec<&str>) {
        let from = self.file.text.find(&format!("{role}:")).unwrap_or(0);
        let at = self.file.text[from..].find(&format!("\"{name}\"")).map_or(from, |i| from + i + 1);
        let span = crate::span::Span::new(at, (at + name.len()).min(self.file.text.len()));
        let fault = Diagnostic::error(code, format!("the role `{role}` goes to `{name}`, which is no {what}"));
        self.faults.push(suggest(fault.of(&*self.file.path).at(span, ""), name, known));
    }
}
