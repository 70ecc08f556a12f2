//! Cells as text and as JSON: what all writers share, so that a value looks the same in each.
//!
//! Laying out, quoting and escaping are the writers' business; what is dangerous on a terminal is taken out here.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use crate::graph::{ClaimRef, FrozenGraph};
use crate::query::{Quantity, Route, Value};

/// `text` on one line, without what could steer a terminal or turn the direction of writing: line ends and tabs become
/// blanks, other control characters a replacement sign, direction overrides and isolates go.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_treacherous(c)) {
        return Cow::Borrowed(text);
    }
    let mut done = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => done.push(' '),
            c if c.is_control() => done.push('\u{fffd}'),
            c if is_treacherous(c) => {}
            c => done.push(c),
        }
    }
    Cow::Owned(done)
}

/// As [`clean`], but line ends stay: for texts of several lines.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| (c.is_control() && c != '\n') || is_treacherous(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(|l| clean(l.strip_suffix('\r').unwrap_or(l))).collect::<Vec<_>>().join("\n"))
}

/// Invisible characters that change how others are shown, or hide text: direction marks, embeddings, overrides and
/// isolates, separators of lines, tags.
pub(super) fn is_treacherous(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Shows the cells of one answer.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) graph: &'a FrozenGraph,
    pub(super) null: &'a str,
}

impl Cells<'_> {
    /// The whole cell on one line, cleaned: what line and tsv write.
    pub(super) fn text(&self, value: &Value) -> String {
        match value {
            Value::Evidence(claims) if !claims.is_empty() => {
                let claims = claims.iter().filter_map(|&c| self.graph.claim(c));
                claims.map(|c| self.evidence_line(&c, false)).collect::<Vec<_>>().join(" ")
            }
            Value::Map(_) => clean(&json_text(&self.json(value))).into_owned(),
            Value::List(items) if items.iter().any(is_nested) => clean(&json_text(&self.json(value))).into_owned(),
            Value::List(items) if !items.is_empty() => items.iter().map(|i| self.text(i)).collect::<Vec<_>>().join("; "),
            Value::Null | Value::List(_) | Value::Evidence(_) => self.null.to_owned(),
            Value::Bool(b) => b.to_string(),
            Value::Int(i) => i.to_string(),
            Value::Float(x) => number(*x),
            Value::Text(_) | Value::Sym(_) | Value::Quantity(_) => {
                clean(value.as_str(self.graph).unwrap_or_default()).into_owned()
            }
            Value::Node(n) => clean(self.graph.name(*n)).into_owned(),
            Value::Edge(e) => self.edge(*e),
            Value::Route(route) => self.route(route),
        }
    }

    /// As [`Cells::text`], but evidence as a reader wants it in passing: the first sentence, and how many more there are.
    pub(super) fn short(&self, value: &Value) -> String {
        match value {
            Value::Evidence(claims) => {
                let Some(first) = claims.first().and_then(|&c| self.graph.claim(c)) else { return self.null.to_owned() };
                let more = claims.len() - 1;
                let tail = if more > 0 { format!(" +{more}") } else { String::new() };
                format!("{}{tail}", self.evidence_line(&first, true))
            }
            Value::List(items) if !items.is_empty() => items.iter().map(|i| self.short(i)).collect::<Vec<_>>().join(", "),
            Value::Map(items) => {
                let pairs: Vec<String> = items.iter().map(|(k, v)| format!("{}: {}", clean(k), self.short(v))).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            _ => self.text(value),
        }
    }

    /// `[document:line] “sentence”`.
    pub(super) fn evidence_line(&self, claim: &ClaimRef<'_>, brief: bool) -> String {
        if claim.is_world() {
            return "[world data]".to_owned();
        }
        let document = clean(claim.document());
        let document = if brief { shorten_name(&document) } else { document };
        let text = clean(claim.text());
        // A sentence with quotes of its own gets no further ones.
        let text = if text.contains('“') { text } else { Cow::Owned(format!("“{text}”")) };
        // What a person asserts stands on no line.
        let line = if claim.line() == 0 { String::new() } else { format!(":{}", claim.line()) };
        format!("[{document}{line}] {text}")
    }

    /// `Kazakhstan —[Middle Corridor]→ Azerbaijan`; a transfer between two stops that contain each other as `≈`.
    fn route(&self, route: &Route) -> String {
        let mut text = clean(self.graph.name(route.start)).into_owned();
        let mut at = route.start;
        for step in &route.steps {
            let (link, forward) = self.link(at, step);
            let link = clean(&link);
            text.push_str(&if forward { format!(" —[{link}]→ ") } else { format!(" ←[{link}]— ") });
            text.push_str(&clean(self.graph.name(step.arrive)));
            if step.arrive != step.to {
                text.push_str(" ≈ ");
                text.push_str(&clean(self.graph.name(step.to)));
            }
            at = step.to;
        }
        text
    }

    /// What leads along a step, and whether its edge runs that way. Ways run both ways.
    fn link(&self, from: u32, step: &crate::query::Step) -> (String, bool) {
        if let Some(way) = step.way {
            return (self.graph.name(way).to_owned(), true);
        }
        match step.edges.iter().flatten().next() {
            Some(&edge) => {
                (self.graph.edge_type_name(self.graph.edge_type(edge)).to_owned(), self.graph.endpoints(edge).0 == from)
            }
            None => ("…".to_owned(), true),
        }
    }

    fn edge(&self, edge: u32) -> String {
        let (source, target) = self.graph.endpoints(edge);
        let kind = self.graph.edge_type_name(self.graph.edge_type(edge));
        format!("{} —[{}]→ {}", clean(self.graph.name(source)), clean(kind), clean(self.graph.name(target)))
    }

    /// The cell as JSON: nodes by name, routes as stops and ways in order, evidence as a list of objects.
    pub(super) fn json(&self, value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(*b),
            Value::Int(i) => json!(i),
            Value::Float(x) => finite(*x),
            Value::Text(_) | Value::Sym(_) => json!(value.as_str(self.graph)),
            Value::Quantity(q) => quantity(q),
            Value::List(items) => Json::Array(items.iter().map(|i| self.json(i)).collect()),
            Value::Map(items) => Json::Object(items.iter().map(|(k, v)| (k.to_string(), self.json(v))).collect()),
            Value::Node(n) => json!(self.graph.name(*n)),
            Value::Edge(e) => self.edge_json(*e),
            Value::Route(route) => self.route_json(route),
            Value::Evidence(claims) => {
                Json::Array(claims.iter().filter_map(|&c| self.graph.claim(c)).map(|c| claim_json(&c)).collect())
            }
        }
    }

    fn edge_json(&self, edge: u32) -> Json {
        let (source, target) = self.graph.endpoints(edge);
        let mut object = Map::new();
        object.insert("type".into(), json!(self.graph.edge_type_name(self.graph.edge_type(edge))));
        object.insert("from".into(), json!(self.graph.name(source)));
        object.insert("to".into(), json!(self.graph.name(target)));
        object.insert("mode".into(), json!(self.graph.mode(edge).as_str()));
        object.insert("sources".into(), json!(self.graph.source_count(edge)));
        for (attribute, value) in self.graph.edge_attributes(edge) {
            let value = serde_json::to_value(value.to_value()).unwrap_or(Json::Null);
            object.entry(self.graph.attribute_name(attribute)).or_insert(value);
        }
        if self.graph.is_world_edge(edge) {
            object.insert("world".into(), Json::Bool(true));
        }
        Json::Object(object)
    }

    /// Stops and what leads from each to the next. Over plain edges that is the edge, as `-[type]->` or `<-[type]-`.
    fn route_json(&self, route: &Route) -> Json {
        let mut list = vec![json!(self.graph.name(route.start))];
        let mut at = route.start;
        for step in &route.steps {
            let (link, forward) = self.link(at, step);
            list.push(match (step.way, forward) {
                (Some(_), _) => json!(link),
                (None, true) => json!(format!("-[{link}]->")),
                (None, false) => json!(format!("<-[{link}]-")),
            });
            list.push(json!(self.graph.name(step.arrive)));
            if step.arrive != step.to {
                list.push(json!(self.graph.name(step.to)));
            }
            at = step.to;
        }
        Json::Array(list)
    }
}

/// A claim with what scripts rely on.
pub(super) fn claim_json(claim: &ClaimRef<'_>) -> Json {
    let mut object = Map::new();
    if claim.is_world() {
        object.insert("world".into(), Json::Bool(true));
    } else {
        object.insert("document".into(), json!(claim.document()));
        object.insert("article".into(), json!(claim.locus().article));
        object.insert("line".into(), json!((claim.line() > 0).then(|| claim.line())));
    }
    object.insert("sentence".into(), json!(claim.text()));
    object.insert("mode".into(), json!(claim.mode().as_str()));
    object.insert("asserted".into(), json!(claim.asserted().map(|d| d.to_string())));
    object.insert("when".into(), json!(claim.when().map(|d| d.to_string())));
    object.insert("speaker".into(), json!(claim.speaker()));
    object.insert("origin".into(), json!(claim.origin()));
    object.insert("confidence".into(), json!(claim.confidence()));
    Json::Object(object)
}

fn quantity(q: &Quantity) -> Json {
    let number = q.number.map_or(Json::Null, finite);
    json!({"text": &*q.text, "number": number, "unit": q.unit.as_deref()})
}

/// JSON has no infinities: null instead.
fn finite(x: f64) -> Json {
    serde_json::Number::from_f64(x).map_or(Json::Null, Json::Number)
}

/// A number as people write it: no trailing zero, no three hundred digits.
pub(super) fn number(x: f64) -> String {
    if x != 0.0 && x.is_finite() && !(1e-6..1e16).contains(&x.abs()) { format!("{x:e}") } else { x.to_string() }
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_) | Value::Evidence(_))
}

pub(super) fn json_text(value: &Json) -> String {
    super::json::to_string(value)
}

/// The head of a long document name: enough to know it by.
fn shorten_name(name: &str) -> Cow<'_, str> {
    const MOST: usize = 24;
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.chars().count() <= MOST {
        return Cow::Borrowed(name);
    }
    let head: String = name.chars().take(MOST - 1).collect();
    Cow::Owned(format!("{}…", head.trim_end()))
}
