//! Every format of every kind of answer, over a small graph with hostile text in it.

use std::sync::Arc;

use super::{Format, Layout, PictureOptions, Selection, dot, svg, write, write_diagnostic};
use crate::diagnostic::Diagnostic;
use crate::graph::{FrozenGraph, json};
use crate::query::{Answer, AnswerKind, Column, ColumnKind, Quantity, Route, Row, Step, Value};
use crate::schema::Schema;
use crate::span::Span;

/// Two ways, four states, one of them with a wide name, and an organisation that would be a formula.
pub(super) const GRAPH: &str = r#"{"directed": true, "multigraph": true,
 "graph": {"generator": "test", "schema": "", "documents": [
  {"id": "a.txt", "hash": "00", "articles": [{"number": 1, "title": "A title", "date": "2025-12-20", "origin": "Kyodo News"}]},
  {"id": "a-document-with-a-very-long-name-indeed.html", "hash": "11", "articles": [{"number": 1, "date": "2026-01-05"}]}]},
 "nodes": [
  {"id": "corridor/middle", "type": "Corridor", "name": "Middle Corridor", "aliases": ["TITR"], "attrs": {}, "mentions": []},
  {"id": "corridor/ta", "type": "Corridor", "name": "Trans-Afghan Railway", "aliases": [], "attrs": {}, "mentions": []},
  {"id": "state/kz", "type": "State", "name": "Kazakhstan", "aliases": [], "attrs": {}, "mentions": []},
  {"id": "state/az", "type": "State", "name": "Azerbaijan", "aliases": [], "attrs": {}, "mentions": []},
  {"id": "state/cn", "type": "State", "name": "中华人民共和国 🇨🇳", "aliases": [], "attrs": {}, "mentions": []},
  {"id": "state/ru", "type": "State", "name": "Russia", "aliases": [], "attrs": {}, "mentions": []},
  {"id": "organisation/x", "type": "Organisation", "name": "=cmd|' /C calc'!A0\u001b[31m\tred\u202eled | *x* <b>", "aliases": [], "attrs": {}, "mentions": []}],
 "edges": [
  {"source": "corridor/middle", "target": "state/kz", "key": 0, "type": "passes_through", "mode": "actual", "attrs": {}, "claims": [
    {"id": "1", "document": "a.txt", "article": 1, "line": 12, "column": 1, "start": 1, "end": 2, "text": "The Middle Corridor starts in Kazakhstan.", "mode": "actual", "asserted": "2025-12-20", "when": null, "speaker": null, "confidence": 870, "rule": "r"}]},
  {"source": "corridor/middle", "target": "state/az", "key": 0, "type": "passes_through", "mode": "planned", "attrs": {}, "claims": [
    {"id": "2", "document": "a.txt", "article": 1, "line": 13, "column": 1, "start": 3, "end": 4, "text": "It is to run through Azerbaijan.", "mode": "planned", "asserted": "2025-12-20", "when": "2027", "speaker": "A minister", "confidence": 800, "rule": "r"}]},
  {"source": "corridor/middle", "target": "state/ru", "key": 0, "type": "bypasses", "mode": "actual", "attrs": {}, "claims": [
    {"id": "3", "document": "a.txt", "article": 1, "line": 14, "column": 1, "start": 5, "end": 6, "text": "“It leaves Russia out,” he said: a \"new\nroute\" that\u001b]0;owned\u0007 nobody\u202e else had drawn, and whose sentence is long enough to be wrapped over several lines of a table.", "mode": "actual", "asserted": "2025-12-20", "when": null, "speaker": null, "origin": "Kyodo News", "confidence": 870, "rule": "r"},
    {"id": "4", "document": "a-document-with-a-very-long-name-indeed.html", "article": 1, "line": 3, "column": 1, "start": 5, "end": 6, "text": "The corridor bypasses Russia.", "mode": "actual", "asserted": "2026-01-05", "when": null, "speaker": null, "confidence": 870, "rule": "r"}]},
  {"source": "organisation/x", "target": "corridor/middle", "key": 0, "type": "funds", "mode": "planned", "attrs": {"amount": [{"value": {"text": "about $4 billion", "number": 4000000000.0, "unit": "USD"}}]}, "claims": [
    {"id": "5", "document": "a.txt", "article": 1, "line": 15, "column": 1, "start": 7, "end": 8, "text": "It will pay about $4 billion.", "mode": "planned", "asserted": "2025-12-20", "when": null, "speaker": null, "confidence": 700, "rule": "r"}]}]}"#;

pub(super) fn graph() -> FrozenGraph {
    json::read(GRAPH.as_bytes()).unwrap().freeze().unwrap()
}

pub(super) fn node(graph: &FrozenGraph, id: &str) -> u32 {
    graph.node_by_id(id).unwrap()
}

fn edge(graph: &FrozenGraph, from: &str, kind: &str, to: &str) -> u32 {
    let kind = graph.edge_type_id(kind).unwrap();
    graph.out(node(graph, from), kind).iter().find(|l| l.0 == node(graph, to)).unwrap().1
}

fn evidence(graph: &FrozenGraph, edges: &[u32]) -> Value {
    Value::Evidence(edges.iter().flat_map(|&e| graph.claims(e)).map(|c| c.index).collect())
}

fn columns(of: &[(&str, ColumnKind)]) -> Vec<Column> {
    of.iter().map(|(name, kind)| Column::new(name, *kind)).collect()
}

fn row(cells: Vec<Value>) -> Row {
    Row { cells, ..Row::default() }
}

/// What `routes bypassing Russia` gives.
pub(super) fn ways(g: &FrozenGraph) -> Answer {
    let bypasses = edge(g, "corridor/middle", "bypasses", "state/ru");
    let stops = |ids: &[&str]| Value::List(ids.iter().map(|i| Value::Node(node(g, i))).collect());
    Answer {
        kind: AnswerKind::Routes,
        columns: columns(&[
            ("way", ColumnKind::Node),
            ("basis", ColumnKind::Text),
            ("mode", ColumnKind::Text),
            ("status", ColumnKind::Text),
            ("stops", ColumnKind::Any),
            ("sources", ColumnKind::Number),
            ("evidence", ColumnKind::Evidence),
        ]),
        rows: vec![
            Row {
                cells: vec![
                    Value::Node(node(g, "corridor/middle")),
                    Value::text("stated"),
                    Value::text("actual"),
                    Value::Null,
                    stops(&["state/kz", "state/az", "state/cn"]),
                    Value::Int(2),
                    evidence(g, &[bypasses]),
                ],
                nodes: vec![node(g, "corridor/middle"), node(g, "state/ru")],
                edges: vec![
                    bypasses,
                    edge(g, "corridor/middle", "passes_through", "state/kz"),
                    edge(g, "corridor/middle", "passes_through", "state/az"),
                ],
                ..Row::default()
            },
            row(vec![
                Value::Node(node(g, "corridor/ta")),
                Value::text("inferred"),
                Value::Null,
                Value::Null,
                stops(&[]),
                Value::Int(0),
                evidence(g, &[]),
            ]),
        ],
        ..Answer::default()
    }
}

/// What `routes from Kazakhstan to Azerbaijan` gives.
pub(super) fn routes(g: &FrozenGraph) -> Answer {
    let (kz, az) =
        (edge(g, "corridor/middle", "passes_through", "state/kz"), edge(g, "corridor/middle", "passes_through", "state/az"));
    let (from, to) = (node(g, "state/kz"), node(g, "state/az"));
    let over = Route {
        start: from,
        steps: vec![Step { way: Some(node(g, "corridor/middle")), edges: [Some(kz), Some(az)], arrive: to, to }],
    };
    let middle = node(g, "corridor/middle");
    let plain = Route {
        start: from,
        steps: vec![
            Step { way: None, edges: [Some(kz), None], arrive: middle, to: middle },
            Step { way: None, edges: [Some(az), None], arrive: to, to },
        ],
    };
    let line = |route: Route, edges: &[u32]| {
        row(vec![Value::Route(Arc::new(route)), Value::Int(1), Value::Float(1521.5), Value::text("planned"), evidence(g, edges)])
    };
    Answer {
        kind: AnswerKind::Routes,
        columns: columns(&[
            ("route", ColumnKind::Route),
            ("hops", ColumnKind::Number),
            ("cost", ColumnKind::Number),
            ("mode", ColumnKind::Text),
            ("evidence", ColumnKind::Evidence),
        ]),
        rows: vec![line(over, &[kz, az]), line(plain, &[])],
        ..Answer::default()
    }
}

/// Any values under any names.
fn rows(g: &FrozenGraph) -> Answer {
    let funds = edge(g, "organisation/x", "funds", "corridor/middle");
    let amount = Quantity { text: "about $4 billion".into(), number: Some(4e9), unit: Some("USD".into()) };
    Answer {
        columns: columns(&[
            ("x.name", ColumnKind::Any),
            ("-1", ColumnKind::Any),
            ("r", ColumnKind::Any),
            ("amount", ColumnKind::Any),
            ("m", ColumnKind::Any),
            ("never", ColumnKind::Any),
        ]),
        rows: vec![
            row(vec![
                Value::Node(node(g, "organisation/x")),
                Value::Int(-1),
                Value::Edge(funds),
                Value::Quantity(Arc::new(amount)),
                Value::Map(Arc::from([(Arc::from("a"), Value::Float(f64::NAN)), (Arc::from("b"), Value::Bool(true))])),
                Value::Null,
            ]),
            row(vec![
                Value::text("two\nlines, \"quoted\""),
                Value::Float(0.5),
                Value::Null,
                Value::text("-2+3"),
                Value::List(Arc::from([Value::Int(1), Value::text("b")])),
                Value::Null,
            ]),
            row(vec![Value::Null, Value::Int(12_345), Value::Null, Value::Null, Value::Null, Value::Null]),
        ],
        ..Answer::default()
    }
}

/// What `why 1` gives.
fn why(g: &FrozenGraph) -> Answer {
    let claims = g.claims(edge(g, "corridor/middle", "bypasses", "state/ru"));
    let line = |c: crate::graph::ClaimRef<'_>| {
        row(vec![
            Value::text(c.document()),
            Value::Int(c.line().into()),
            Value::text(c.text()),
            Value::text(c.mode().as_str()),
            c.origin().map_or(Value::Null, Value::text),
        ])
    };
    Answer {
        kind: AnswerKind::Evidence,
        columns: columns(&[
            ("document", ColumnKind::Text),
            ("line", ColumnKind::Number),
            ("sentence", ColumnKind::Text),
            ("mode", ColumnKind::Text),
            ("origin", ColumnKind::Text),
        ]),
        rows: claims.map(line).collect(),
        ..Answer::default()
    }
}

fn explain() -> Answer {
    Answer { kind: AnswerKind::Text, text: Some("Scan c:Corridor\n  Filter \u{1b}[1mx".into()), ..Answer::default() }
}

fn show(answer: &Answer, graph: &FrozenGraph, format: Format, layout: &Layout) -> String {
    let mut out = Vec::new();
    write(answer, graph, Schema::builtin(), format, layout, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const TEXTS: [Format; 7] = [Format::Table, Format::Line, Format::Csv, Format::Tsv, Format::Json, Format::Jsonl, Format::Markdown];

fn every_format(answer: &Answer, graph: &FrozenGraph) -> String {
    let layout = Layout { width: Some(100), null: "—".into(), ..Layout::default() };
    TEXTS.iter().map(|&f| format!("## {}\n{}\n", f.name(), show(answer, graph, f, &layout))).collect()
}

#[test]
fn ways_in_every_format() {
    let g = graph();
    insta::assert_snapshot!(every_format(&ways(&g), &g));
}

#[test]
fn routes_in_every_format() {
    let g = graph();
    insta::assert_snapshot!(every_format(&routes(&g), &g));
}

#[test]
fn any_values_in_every_format() {
    let g = graph();
    insta::assert_snapshot!(every_format(&rows(&g), &g));
}

#[test]
fn evidence_in_every_format() {
    let g = graph();
    insta::assert_snapshot!(every_format(&why(&g), &g));
}

#[test]
fn plans_in_every_format() {
    insta::assert_snapshot!(every_format(&explain(), &graph()));
}

#[test]
fn ways_as_dot() {
    let g = graph();
    insta::assert_snapshot!(show(&ways(&g), &g, Format::Dot, &Layout::default()));
}

#[test]
fn routes_as_dot() {
    let g = graph();
    insta::assert_snapshot!(show(&routes(&g), &g, Format::Dot, &Layout::default()));
}

fn svg_of(selection: &Selection, g: &FrozenGraph) -> String {
    let mut out = Vec::new();
    svg::write(selection, g, Schema::builtin(), &PictureOptions::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn pictures_as_svg() {
    let g = graph();
    insta::assert_snapshot!("ways_as_svg", svg_of(&Selection::answer(&ways(&g), &g, "routes bypassing Russia"), &g));
    insta::assert_snapshot!("routes_as_svg", svg_of(&Selection::answer(&routes(&g), &g, "<&\">"), &g));
    insta::assert_snapshot!("whole_as_svg", svg_of(&Selection::whole(&g, false), &g));
}

/// So many states, each trading with its neighbour and with the one at half the distance.
fn ring(states: u32) -> FrozenGraph {
    let nodes: Vec<String> = (0..states)
        .map(|n| format!(r#"{{"id": "state/{n:03}", "type": "State", "name": "State of a long name {n}"}}"#))
        .collect();
    let edge = |a: u32, b: u32| {
        format!(r#"{{"source": "state/{a:03}", "target": "state/{:03}", "type": "trades_with", "mode": "actual"}}"#, b % states)
    };
    let edges: Vec<String> = (0..states).flat_map(|n| [edge(n, n + 1), edge(n, n + states / 2)]).collect();
    let text = format!(r#"{{"directed": true, "nodes": [{}], "edges": [{}]}}"#, nodes.join(","), edges.join(","));
    json::read(text.as_bytes()).unwrap().freeze().unwrap()
}

/// The boxes of nodes as (left, top, width, height).
fn boxes(svg: &str) -> Vec<[f64; 4]> {
    let node = |part: &str| {
        let rect = &part[part.find("<rect").unwrap()..];
        ["x", "y", "width", "height"].map(|name| {
            let at = rect.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
            rect[at..].split('"').next().unwrap().parse().unwrap()
        })
    };
    svg.split("class=\"node\"").skip(1).map(node).collect()
}

#[test]
fn no_box_covers_another_at_any_size() {
    for states in [6, 30, 125] {
        let g = ring(states);
        let svg = svg_of(&Selection::whole(&g, false), &g);
        assert_eq!(svg, svg_of(&Selection::whole(&g, false), &g), "twice the same");
        let boxes = boxes(&svg);
        assert_eq!(boxes.len(), states as usize);
        for (at, a) in boxes.iter().enumerate() {
            for b in &boxes[at + 1..] {
                let apart = a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1];
                assert!(apart, "{states}: {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn any_answer_as_dot() {
    let g = graph();
    insta::assert_snapshot!(show(&rows(&g), &g, Format::Dot, &Layout::default()));
}

#[test]
fn a_selection_with_an_area_links_and_a_cap() {
    let area = GRAPH.replace("State\", \"name\": \"Russia", "Region\", \"name\": \"Russia").replace("\"edges\": [", "\"edges\": [
      {\"source\": \"state/kz\", \"target\": \"state/ru\", \"key\": 0, \"type\": \"located_in\", \"mode\": \"actual\", \"attrs\": {}, \"claims\": []},
      {\"source\": \"state/az\", \"target\": \"state/ru\", \"key\": 0, \"type\": \"located_in\", \"mode\": \"actual\", \"attrs\": {}, \"claims\": []},");
    let g = json::read(area.as_bytes()).unwrap().freeze().unwrap();
    let draw = |selection: &Selection, options: &PictureOptions| {
        let mut out = Vec::new();
        dot::write(selection, &g, Schema::builtin(), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let around = Selection::around(&g, node(&g, "corridor/middle"), 1);
    insta::assert_snapshot!(draw(&around, &PictureOptions { links: Some("x.html".into()), ..PictureOptions::default() }));
    let capped = draw(&around, &PictureOptions { most_nodes: 3, ..PictureOptions::default() });
    assert!(capped.contains("3 of 5 nodes and 3 of 6 edges shown: the best connected"), "{capped}");
}

#[test]
fn what_some_deny_and_others_say_is_marked() {
    let disputed = GRAPH.replace(
        "\"mode\": \"planned\", \"asserted\": \"2025-12-20\", \"when\": \"2027\"",
        "\"mode\": \"denied\", \"asserted\": \"2025-12-20\", \"when\": \"2027\"",
    );
    let both = disputed.replace("\"target\": \"state/az\"", "\"target\": \"state/ru\"");
    for (text, marked) in
        [(GRAPH.to_owned(), 0), (both, 0), (GRAPH.replace("\"target\": \"state/az\"", "\"target\": \"state/ru\""), 2)]
    {
        let g = json::read(text.as_bytes()).unwrap().freeze().unwrap();
        let mut out = Vec::new();
        dot::write(&Selection::whole(&g, false), &g, Schema::builtin(), &PictureOptions::default(), &mut out).unwrap();
        let dot = String::from_utf8(out).unwrap();
        assert_eq!(dot.matches("label=\"≠ ").count(), if marked > 0 { marked + 1 } else { 0 }, "{dot}");
    }
}

#[test]
fn nothing_of_a_document_steers_the_terminal() {
    let g = graph();
    let hostile = |c: char| (c.is_control() && c != '\n' && c != '\t') || super::cell::is_treacherous(c);
    for answer in [ways(&g), routes(&g), rows(&g), why(&g), explain()] {
        for (format, name, _) in Format::ALL {
            let text = show(&answer, &g, format, &Layout { width: Some(60), ..Layout::default() });
            assert_eq!(text.chars().find(|&c| hostile(c)), None, "{name}: {text}");
            assert!(format == Format::Tsv || !text.contains('\t'), "{name}: {text}");
        }
    }
}

#[test]
fn tables_fit_and_say_what_they_left_out() {
    let g = graph();
    for width in [4, 10, 20, 33, 47, 60, 80, 120] {
        for answer in [ways(&g), routes(&g), rows(&g), why(&g)] {
            let text = show(&answer, &g, Format::Table, &Layout { width: Some(width), ..Layout::default() });
            let widest = text.lines().filter(|l| !l.starts_with("no room")).map(super::width::width).max().unwrap();
            assert!(widest <= width.max(6), "{widest} in {width}:\n{text}");
        }
    }
    let narrow = show(&ways(&g), &g, Format::Table, &Layout { width: Some(40), most_rows: Some(1), ..Layout::default() });
    insta::assert_snapshot!(narrow);
}

#[test]
fn an_answer_without_rows_has_its_columns() {
    let g = graph();
    let empty = Answer { rows: Vec::new(), ..ways(&g) };
    insta::assert_snapshot!(every_format(&empty, &g));
}

#[test]
fn json_is_read_as_it_was_meant() {
    let g = graph();
    for answer in [ways(&g), routes(&g), rows(&g), why(&g), explain()] {
        let whole: Vec<serde_json::Value> = serde_json::from_str(&show(&answer, &g, Format::Json, &Layout::default())).unwrap();
        let lines = show(&answer, &g, Format::Jsonl, &Layout::default());
        let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(whole, lines);
    }
    let why = show(&why(&g), &g, Format::Jsonl, &Layout::default());
    let first: serde_json::Value = serde_json::from_str(why.lines().next().unwrap()).unwrap();
    assert!(first["sentence"].as_str().unwrap().contains("\u{1b}]0;owned\u{7} nobody\u{202e} else"));
}

#[test]
fn every_format_is_found_by_its_name() {
    for (format, name, _) in Format::ALL {
        assert_eq!(Format::from_name(name), Some(format));
        assert_eq!(format.name(), name);
    }
    assert_eq!(Format::from_name("ndjson"), Some(Format::Jsonl));
    assert_eq!(Format::from_name("yaml"), None);
}

#[test]
fn diagnostics_are_json_lines() {
    let fault =
        Diagnostic::error("Q002", "unknown \u{1b}word").of("query").at(Span::new(9, 12), "here").hint("did you mean `x`?");
    let mut out = Vec::new();
    write_diagnostic(&fault, Some("routes\nto abc"), &mut out).unwrap();
    write_diagnostic(&Diagnostic::warning("Q003", "cut"), None, &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}
