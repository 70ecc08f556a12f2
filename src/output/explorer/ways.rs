//! What the map knows of ways: their stops in order, and which leave out what, as `routes` tells it.

use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

use crate::output::export::Export;
use crate::query::{Engine, Interrupt, Options, Params, Value, verb};
use crate::schema::EdgeTypeId;

/// So many states and places can be asked for on the map: those that most ways touch or avoid.
const ASKED: usize = 60;
/// Beyond so many ways the map is no longer read one by one.
const MANY: usize = 2_000;

/// Way, stops: (stop, edge, whether its place along the way is known).
pub(super) fn ways(export: &Export<'_>, place: &FxHashMap<u32, u32>, number: &FxHashMap<u32, usize>) -> Vec<Json> {
    let engine = Engine::new(export.graph, export.schema);
    let mut rows = Vec::new();
    for (way, stops) in verb::stops_of_ways(&engine) {
        let Some(way) = place.get(&way) else { continue };
        let stops: Vec<Json> =
            stops.iter().filter_map(|s| Some(json!([place.get(&s.node)?, number.get(&s.edge)?, u8::from(s.placed)]))).collect();
        if !stops.is_empty() {
            rows.push(json!([way, stops]));
        }
    }
    rows
}

/// For what ways touch or avoid: the ways that leave it out, each with its basis.
pub(super) fn around(export: &Export<'_>, place: &FxHashMap<u32, u32>) -> Vec<Json> {
    let engine = Engine::new(export.graph, export.schema);
    let mut rows = Vec::new();
    for asked in asked(export) {
        let Some(at) = place.get(&asked) else { continue };
        let query = format!("routes bypassing \"{}\"", export.graph.id(asked).replace(['"', '\\'], ""));
        // What cannot be asked is not offered.
        let Ok(answer) = engine.query(&query, &Params::new(), &Options::default(), &Interrupt::new()) else { continue };
        let column = |name: &str| answer.columns.iter().position(|c| &*c.name == name);
        let (Some(way), Some(basis)) = (column("way"), column("basis")) else { continue };
        let row = |r: &crate::query::Row| {
            let Some(Value::Node(way)) = r.cells.get(way) else { return None };
            Some(json!([place.get(way)?, r.cells.get(basis)?.as_str(export.graph)?]))
        };
        let found: Vec<Json> = answer.rows.iter().filter_map(row).collect();
        if !found.is_empty() {
            rows.push(json!([at, found]));
        }
    }
    rows
}

/// What can be asked for: what is avoided first, then what most ways touch.
fn asked(export: &Export<'_>) -> Vec<u32> {
    let (graph, roles) = (export.graph, &export.schema.roles);
    let edges = |role: Option<EdgeTypeId>| {
        let kind = role.and_then(|t| graph.edge_type_id(&export.schema.edge_types.get(t.0 as usize)?.name));
        kind.map_or(0..0, |t| graph.edges_of_type(t))
    };
    let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for edge in edges(roles.avoids).filter(|&e| !graph.is_world_edge(e)) {
        counts.entry(graph.endpoints(edge).1).or_default().0 += 1;
    }
    for edge in edges(roles.touches).filter(|&e| !graph.is_world_edge(e)) {
        counts.entry(graph.endpoints(edge).1).or_default().1 += 1;
    }
    let ways = roles.way.and_then(|t| graph.node_type_id(&export.schema.node_types.get(t.0 as usize)?.name));
    if ways.map_or(0, |t| graph.nodes_of_type(t).len()) > MANY {
        return Vec::new();
    }
    let mut asked: Vec<u32> = counts.keys().copied().collect();
    asked.sort_by_key(|n| (std::cmp::Reverse(counts.get(n).copied()), *n));
    asked.truncate(ASKED);
    asked
}
