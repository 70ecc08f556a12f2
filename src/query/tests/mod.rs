//! MATCH on small graphs: what queries answer, what is wrong with them, and that no rewrite changes an answer.

use super::*;
use crate::graph::{FrozenGraph, table};

mod cases;
mod faults;
mod peers;
mod random;

/// A graph from lines `name:Type key=value` and `a -type key=value-> b`.
pub(super) fn graph(drawing: &str) -> FrozenGraph {
    let (mut nodes, mut edges) =
        (String::from("id,type,name,year,kind,state\n"), String::from("source,type,target,mode,amount,len,date\n"));
    let value = |words: &str, key: &str| {
        words.split(' ').find_map(|w| w.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default().to_owned()
    };
    for line in drawing.lines().map(str::trim).filter(|l| !l.is_empty()) {
        match line.split_once(" -") {
            Some((from, rest)) => {
                let (edge, to) = rest.split_once("-> ").expect("an arrow");
                let kind = edge.split(' ').next().expect("a type");
                let values = ["mode", "amount", "len", "date"].map(|k| value(edge, k)).join(",");
                edges += &format!("{from},{kind},{to},{values}\n");
            }
            None => {
                let (name, rest) = line.split_once(':').expect("a type");
                let kind = rest.split(' ').next().expect("a type");
                let values = ["year", "kind", "state"].map(|k| value(rest, k)).join(",");
                nodes += &format!("{name},{kind},{name},{values}\n");
            }
        }
    }
    table::read(nodes.as_bytes(), edges.as_bytes()).expect("tables").freeze().expect("small")
}

/// A cell as tests write it.
pub(super) fn shown(value: &Value, graph: &FrozenGraph) -> String {
    match value {
        Value::Text(_) | Value::Sym(_) => value.as_str(graph).unwrap_or_default().to_owned(),
        Value::Node(n) => format!("({})", graph.name(*n)),
        Value::Edge(e) => {
            let (from, to) = graph.endpoints(*e);
            format!("{}-{}>{}", graph.name(from), graph.edge_type_name(graph.edge_type(*e)), graph.name(to))
        }
        Value::Route(route) => route.stops().map(|n| graph.name(n)).collect::<Vec<_>>().join("~"),
        Value::List(items) => format!("[{}]", items.iter().map(|i| shown(i, graph)).collect::<Vec<_>>().join(", ")),
        Value::Map(items) => {
            format!("{{{}}}", items.iter().map(|(n, v)| format!("{n}: {}", shown(v, graph))).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Rows as tests write them: cells by `|`.
pub(super) fn rows(answer: &Answer, graph: &FrozenGraph) -> Vec<String> {
    answer.rows.iter().map(|r| r.cells.iter().map(|c| shown(c, graph)).collect::<Vec<_>>().join("|")).collect()
}

/// The answer with every pass and without any: they must agree.
pub(super) fn ask(graph: &FrozenGraph, text: &str, params: &Params) -> Result<Answer, Diagnostic> {
    let engine = Engine::new(graph, Schema::builtin());
    let plain = Options { optimise: false, ..Options::default() };
    let answer = engine.query(text, params, &Options::default(), &Interrupt::new());
    let without = engine.query(text, params, &plain, &Interrupt::new());
    match (&answer, &without) {
        (Ok(a), Ok(b)) => {
            let (mut a, mut b) = (rows(a, graph), rows(b, graph));
            if !text.contains("ORDER BY") && !text.contains("order by") {
                a.sort();
                b.sort();
            }
            if !text.to_uppercase().contains("LIMIT") && !text.contains("ANY") {
                assert_eq!(a, b, "the passes change the answer of {text}\n{}", explained(&engine, text));
            }
        }
        (Err(_), Err(_)) => {}
        _ => panic!("only one of both fails: {text}: {answer:?} {without:?}"),
    }
    answer
}

pub(super) fn explained(engine: &Engine<'_>, text: &str) -> String {
    let answer = engine.query(&format!("explain {text}"), &Params::new(), &Options::default(), &Interrupt::new());
    answer.ok().and_then(|a| a.text).unwrap_or_default()
}
