//! Who pays, builds and runs.

use std::collections::BTreeMap;

use super::{LINES, Tie, Writer};
use crate::output::report::{Figure, Line, Section};
use crate::output::selection::Selection;

/// Larger pictures are not read.
const DRAWN: usize = 36;

impl Writer<'_, '_> {
    /// By who pays, builds or runs: most relations first.
    pub(super) fn backing(&self) -> Section {
        let kinds: Vec<u16> = self.schema.roles.backing.iter().filter_map(|&t| self.edge_type(Some(t))).collect();
        let mut by_actor: BTreeMap<u32, Vec<Tie>> = BTreeMap::new();
        for &kind in &kinds {
            for edge in self.graph.edges_of_type(kind).filter(|&e| !self.graph.is_world_edge(e)) {
                let (actor, target) = self.graph.endpoints(edge);
                by_actor.entry(actor).or_default().push((kind, target, edge));
            }
        }
        let mut actors: Vec<(u32, Vec<Tie>)> = by_actor.into_iter().collect();
        actors.sort_by_key(|(actor, ties)| (std::cmp::Reverse(ties.len()), self.graph.name(*actor)));
        let line = |(actor, ties): &(u32, Vec<Tie>)| {
            let claims = ties.iter().flat_map(|t| self.graph.claims(t.2)).map(|c| c.index).collect();
            let part = |g: &[Tie]| format!("{} {}", self.wording(g.first().map_or(0, |t| t.0), true), self.names(g));
            let text = ties.chunk_by(|a, b| a.0 == b.0).map(part).collect::<Vec<_>>().join("; ");
            Line { subject: self.graph.name(*actor).to_owned(), text, claims: self.telling(claims) }
        };
        let left: Vec<&str> = actors.get(LINES..).unwrap_or_default().iter().map(|a| self.graph.name(a.0)).collect();
        Section {
            title: "Who pays, builds and runs",
            lead: "Sums as the texts give them: nothing is converted or added up, and a sum that several texts retell is one.",
            more: (!left.is_empty()).then(|| format!("Also: {}.", left.join("; "))),
            figure: self.web_of_backing(&actors),
            lines: actors.iter().take(LINES).map(line).collect(),
        }
    }

    fn web_of_backing(&self, actors: &[(u32, Vec<Tie>)]) -> Option<Figure> {
        let edges: Vec<u32> = actors.iter().flat_map(|a| a.1.iter().map(|t| t.2)).collect();
        let nodes = actors.iter().flat_map(|a| a.1.iter().map(|t| t.1).chain([a.0]));
        let selection = Selection::some(nodes, edges.iter().copied()).capped(self.graph, DRAWN, DRAWN);
        (edges.len() > 1).then_some(Figure { name: "backers", caption: "Who pays for, builds and runs what", selection })
    }
}
