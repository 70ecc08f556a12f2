//! Values as the kit writes them: `(:A {x: 1})`, `[:T]`, `<(:A)-[:T]->(:B)>`, maps by ascending key.

use std::sync::Arc;

use silkgraph::graph::{FrozenGraph, ValueRef};
use silkgraph::query::{Route, Value};

/// A cell as the kit writes it.
pub fn shown(value: &Value, graph: &FrozenGraph, sorted: bool) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(x) => float(*x),
        Value::List(items) => list(items.iter().map(|i| shown(i, graph, sorted)).collect(), sorted),
        Value::Map(items) => {
            format!(
                "{{{}}}",
                items.iter().map(|(n, v)| format!("{n}: {}", shown(v, graph, sorted))).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Node(n) => node(*n, graph, sorted),
        Value::Edge(e) => edge(*e, graph, sorted),
        Value::Route(route) => path(route, graph, sorted),
        other => format!("'{}'", other.as_str(graph).unwrap_or("?")),
    }
}

fn float(x: f64) -> String {
    if x == x.trunc() && x.abs() < 1e15 { format!("{x:.1}") } else { format!("{x}") }
}

fn list(mut items: Vec<String>, sorted: bool) -> String {
    if sorted {
        items.sort();
    }
    format!("[{}]", items.join(", "))
}

fn props<'g>(items: impl Iterator<Item = (u16, ValueRef<'g>)>, graph: &FrozenGraph, sorted: bool) -> String {
    let mut all: Vec<String> = items
        .map(|(a, v)| format!("{}: {}", graph.attribute_name(a), shown(&silkgraph::query::ops::cell(v), graph, sorted)))
        .collect();
    all.sort();
    if all.is_empty() { String::new() } else { format!("{{{}}}", all.join(", ")) }
}

fn joined(head: &str, props: &str) -> String {
    [head, props].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn node(node: u32, graph: &FrozenGraph, sorted: bool) -> String {
    let kind = graph.node_type_name(graph.node_type(node));
    let label = if kind.is_empty() { String::new() } else { format!(":{kind}") };
    format!("({})", joined(&label, &props(graph.node_attributes(node), graph, sorted)))
}

fn edge(edge: u32, graph: &FrozenGraph, sorted: bool) -> String {
    let kind = format!(":{}", graph.edge_type_name(graph.edge_type(edge)));
    format!("[{}]", joined(&kind, &props(graph.edge_attributes(edge), graph, sorted)))
}

fn path(route: &Arc<Route>, graph: &FrozenGraph, sorted: bool) -> String {
    let mut at = route.start;
    let mut text = node(at, graph, sorted);
    for id in route.edges() {
        let (source, target) = graph.endpoints(id);
        let body = edge(id, graph, sorted);
        if source == at {
            at = target;
            text += &format!("-{body}->{}", node(at, graph, sorted));
        } else {
            at = source;
            text += &format!("<-{body}-{}", node(at, graph, sorted));
        }
    }
    format!("<{text}>")
}

/// An expected cell in the form that [`shown`] gives.
pub fn tidy(text: &str, sorted: bool) -> Option<String> {
    let mut reader = Reader { rest: text.trim(), sorted };
    let value = reader.value()?;
    reader.rest.trim().is_empty().then_some(value)
}

/// A parameter's value.
pub fn param(text: &str) -> Option<Value> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        let items = inner.split(',').map(str::trim).filter(|t| !t.is_empty()).map(param).collect::<Option<Vec<_>>>()?;
        return Some(Value::List(items.into()));
    }
    if let Some(inner) = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
        let mut items = Vec::new();
        for entry in inner.split(',').filter(|t| !t.trim().is_empty()) {
            let (name, value) = entry.split_once(':')?;
            items.push((Arc::from(name.trim()), param(value)?));
        }
        items.sort_by(|a: &(Arc<str>, Value), b| a.0.cmp(&b.0));
        return Some(Value::Map(items.into()));
    }
    Some(match text {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if text.starts_with('\'') => Value::text(text.trim_matches('\'')),
        _ => text.parse().map(Value::Int).or_else(|_| text.parse().map(Value::Float)).ok()?,
    })
}

struct Reader<'t> {
    rest: &'t str,
    sorted: bool,
}

impl Reader<'_> {
    fn eat(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Option<String> {
        if self.eat("<") {
            return self.path();
        }
        if self.rest.trim_start().starts_with('(') {
            return self.node();
        }
        if self.rest.trim_start().starts_with("[:") {
            return self.edge();
        }
        if self.eat("[") {
            let items = self.items("]")?;
            return Some(list(items, self.sorted));
        }
        if self.rest.trim_start().starts_with('{') {
            return self.map();
        }
        if self.eat("'") {
            return self.quoted();
        }
        self.rest = self.rest.trim_start();
        let end = self.rest.find([',', ']', '}', ')', ' ']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(match word.parse::<i64>() {
            Ok(_) => word.to_owned(),
            Err(_) if word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') => float(word.parse().ok()?),
            Err(_) => word.to_owned(),
        })
    }

    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' => {
                    self.rest = &self.rest[at + 1..];
                    return Some(format!("'{text}'"));
                }
                '\\' => text.push(match chars.next()?.1 {
                    'n' => '\n',
                    other => other,
                }),
                c => text.push(c),
            }
        }
        None
    }

    fn items(&mut self, end: &str) -> Option<Vec<String>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(self.value()?);
            self.eat(",");
        }
        Some(items)
    }

    fn map(&mut self) -> Option<String> {
        self.eat("{");
        let mut items = Vec::new();
        while !self.eat("}") {
            let at = self.rest.find(':')?;
            let name = self.rest[..at].trim().trim_matches('`').to_owned();
            self.rest = &self.rest[at + 1..];
            items.push(format!("{name}: {}", self.value()?));
            self.eat(",");
        }
        items.sort();
        Some(format!("{{{}}}", items.join(", ")))
    }

    /// `:A:B {…}` up to the closing sign.
    fn body(&mut self, end: &str) -> Option<String> {
        self.rest = self.rest.trim_start();
        let at = self.rest.find(['{', end.chars().next()?])?;
        let label = self.rest[..at].trim().to_owned();
        self.rest = &self.rest[at..];
        let props = if self.rest.starts_with('{') { self.map()? } else { String::new() };
        self.eat(end).then(|| joined(&label, if props == "{}" { "" } else { &props }))
    }

    fn node(&mut self) -> Option<String> {
        self.eat("(");
        Some(format!("({})", self.body(")")?))
    }

    fn edge(&mut self) -> Option<String> {
        self.eat("[");
        Some(format!("[{}]", self.body("]")?))
    }

    fn path(&mut self) -> Option<String> {
        let mut text = self.node()?;
        while !self.eat(">") {
            let back = self.eat("<-");
            if !back {
                self.eat("-");
            }
            let edge = self.edge()?;
            let end = if back { self.eat("-") } else { self.eat("->") };
            if !end {
                return None;
            }
            let node = self.node()?;
            text += &if back { format!("<-{edge}-{node}") } else { format!("-{edge}->{node}") };
        }
        Some(format!("<{text}>"))
    }
}
