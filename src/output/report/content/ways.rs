//! Ways in a briefing: what each is and where it runs, what they avoid, which are only talked of.

use std::collections::BTreeMap;

use super::words::count;
use super::{LINES, NAMES, Tie, Writer};
use crate::model::Mode;
use crate::output::report::{Figure, Line, Section};
use crate::output::selection::{Selection, Track};
use crate::query::verb::{self, WayStop};

/// So many ways make a picture that is taken in at a glance.
const DRAWN: usize = 8;

/// The ways that are spoken of, those with most sources first, with their stops.
pub(super) type Ways = Vec<(u32, Vec<WayStop>)>;

impl Writer<'_, '_> {
    pub(super) fn all_ways(&self) -> Ways {
        let mut stops: BTreeMap<u32, Vec<WayStop>> = verb::stops_of_ways(self.engine).into_iter().collect();
        let mut ways: Vec<u32> = self.way.map_or(0..0, |t| self.graph.nodes_of_type(t)).collect();
        ways.retain(|&w| !self.graph.is_world_node(w) && !self.claims_around(w).is_empty());
        ways.sort_by_cached_key(|&w| {
            (std::cmp::Reverse((self.sources_of(w), self.claims_around(w).len())), self.graph.name(w), w)
        });
        ways.into_iter().map(|w| (w, stops.remove(&w).unwrap_or_default())).collect()
    }

    pub(super) fn ways(&self, ways: &Ways) -> Section {
        let left: Vec<&str> = ways.get(LINES..).unwrap_or_default().iter().map(|w| self.graph.name(w.0)).collect();
        Section {
            title: "Corridors and ways",
            lead: "Those that most sources speak of first; stops with dashes between them follow each other.",
            lines: ways.iter().take(LINES).map(|(w, stops)| self.way(*w, stops)).collect(),
            more: (!left.is_empty()).then(|| format!("Also spoken of: {}.", left.join("; "))),
            figure: self.map_of_ways(ways),
        }
    }

    /// The first ways that have a course, one below the other.
    fn map_of_ways(&self, ways: &Ways) -> Option<Figure> {
        let drawn: Vec<&(u32, Vec<WayStop>)> = ways.iter().filter(|w| w.1.len() > 1).take(DRAWN).collect();
        if drawn.is_empty() {
            return None;
        }
        let nodes = drawn.iter().flat_map(|w| w.1.iter().map(|s| s.node).chain([w.0]));
        let edges = drawn.iter().flat_map(|w| w.1.iter().map(|s| s.edge));
        let track = |w: &&(u32, Vec<WayStop>)| Track::Way { way: w.0, stops: w.1.iter().map(|s| s.node).collect(), basis: None };
        let mut selection = Selection::some(nodes, edges);
        selection.tracks = drawn.iter().map(track).collect();
        Some(Figure { name: "ways", caption: "Where the ways run that most sources speak of", selection })
    }

    fn way(&self, way: u32, stops: &[WayStop]) -> Line {
        let mut claims: Vec<u32> = Vec::new();
        let attributes: Vec<u16> = self.graph.node_attributes(way).map(|a| a.0).collect();
        let (mut is, mut has) = (Vec::new(), Vec::new());
        for attribute in attributes {
            let roles = &self.schema.roles;
            let name = Some(self.graph.attribute_name(attribute));
            let fact = self.fact(way, attribute, &mut claims);
            if name == roles.kind.as_deref() || name == roles.status.as_deref() { is.push(fact) } else { has.push(fact) }
        }
        let is: Vec<String> = is.into_iter().filter(|f| !f.is_empty()).collect();
        let mut parts: Vec<String> = [is.join(", ")].into_iter().chain(has).chain([self.course(stops)]).collect();
        claims.extend(stops.iter().flat_map(|s| self.graph.claims(s.edge)).map(|c| c.index));
        let drawn: Vec<u16> = self.touches.into_iter().chain(self.avoids).collect();
        parts.extend(self.tied(way, true, &drawn, &mut claims));
        parts.extend(self.tied(way, false, &[], &mut claims));
        parts.retain(|p| !p.is_empty());
        Line { subject: self.graph.name(way).to_owned(), text: parts.join("; "), claims: self.telling(claims) }
    }

    /// `planned: A – B – C, also by way of D`; `from A to C by way of B`, as far as the texts tell.
    fn course(&self, stops: &[WayStop]) -> String {
        let shared = self.shared_mode(stops.iter().map(|s| s.edge));
        let name = |s: &WayStop| self.name_with(s.node, None, if shared.is_some() { None } else { self.said_mode(s.edge) });
        let list = |of: &dyn Fn(&&WayStop) -> bool| stops.iter().filter(of).map(name).collect::<Vec<_>>();
        let is_numbered = |s: &&WayStop| s.placed && !s.first && !s.last;
        let chain = list(&is_numbered);
        let text = if chain.len() > 1 {
            let others = list(&|s| !is_numbered(s));
            let also = if others.is_empty() { String::new() } else { format!(", also by way of {}", others.join(", ")) };
            format!("{}{also}", chain.join(" – "))
        } else {
            let ends = [("from", list(&|s| s.first)), ("to", list(&|s| s.last && !s.first))];
            let via = ("by way of", list(&|s| !s.first && !s.last));
            let part = |(word, names): &(&str, Vec<String>)| format!("{word} {}", names.join(", "));
            ends.iter().chain([&via]).filter(|p| !p.1.is_empty()).map(part).collect::<Vec<_>>().join(" ")
        };
        match shared {
            Some(mode) if !text.is_empty() => format!("{mode} course: {text}"),
            _ => text,
        }
    }

    /// What texts say to be avoided, and by which ways: most first.
    pub(super) fn avoidance(&self) -> Vec<(u32, Vec<Tie>)> {
        let mut by_target: BTreeMap<(&str, u32), Vec<Tie>> = BTreeMap::new();
        for edge in self.avoids.map_or(0..0, |t| self.graph.edges_of_type(t)).filter(|&e| !self.graph.is_world_edge(e)) {
            let (way, target) = self.graph.endpoints(edge);
            if self.graph.mode(edge) != Mode::Denied {
                by_target.entry((self.graph.name(target), target)).or_default().push((0, way, edge));
            }
        }
        let mut found: Vec<(u32, Vec<Tie>)> = by_target.into_iter().map(|((_, target), ties)| (target, ties)).collect();
        found.sort_by_key(|(_, ties)| std::cmp::Reverse(ties.len()));
        found
    }

    pub(super) fn avoided(&self) -> Section {
        let avoidance = self.avoidance();
        let line = |(target, ties): &(u32, Vec<Tie>)| {
            let claims = ties.iter().flat_map(|t| self.graph.claims(t.2)).map(|c| c.index).collect();
            let text = format!("is left out by {}", self.names(ties));
            Line { subject: self.graph.name(*target).to_owned(), text, claims: self.telling(claims) }
        };
        let figure = avoidance.first().and_then(|(target, _)| self.routes_around(*target));
        Section {
            title: "What bypasses what",
            lead: "The lines below are only what a text says. That no text lets a way cross a state proves little: such ways \
                   stand as inferred in the picture.",
            lines: avoidance.iter().take(LINES).map(line).collect(),
            more: None,
            figure,
        }
    }

    /// The ways that leave out what most ways are said to.
    fn routes_around(&self, target: u32) -> Option<Figure> {
        let name = self.graph.name(target).replace(['"', '\\'], "");
        let query = format!("routes bypassing \"{name}\"");
        let answer = self.ask(&query, None);
        let mut selection = Selection::answer(&answer, self.graph, &format!("Ways that leave out {name}"));
        selection.tracks.truncate(DRAWN);
        let figure = Figure { name: "bypasses", caption: "Ways that are said to leave it out, and inferred ones", selection };
        (!answer.rows.is_empty()).then_some(figure)
    }

    /// The strongest word on where a way runs.
    pub(super) fn strongest(&self, stops: &[WayStop]) -> Option<Mode> {
        stops.iter().flat_map(|s| self.graph.claims(s.edge)).map(|c| c.mode()).max()
    }

    /// Ways of whose course nothing actual or planned is said, though something is.
    pub(super) fn proposed(&self, ways: &Ways) -> Section {
        let mut lines: Vec<Line> = Vec::new();
        for (way, stops) in ways {
            let Some(strongest) = self.strongest(stops).filter(|&m| m < Mode::Planned) else { continue };
            let names: Vec<&str> = stops.iter().take(NAMES).map(|s| self.graph.name(s.node)).collect();
            let more = if stops.len() > NAMES { format!(", {} more", stops.len() - NAMES) } else { String::new() };
            let claims = stops.iter().flat_map(|s| self.graph.claims(s.edge)).map(|c| c.index).collect();
            let text = format!("{}, by way of {}{more}", strongest.as_str(), names.join(", "));
            lines.push(Line { subject: self.graph.name(*way).to_owned(), text, claims: self.telling(claims) });
        }
        let left = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        Section {
            title: "Only proposed",
            lead: "Ways whose course no text calls more than proposed or possible: not to be quoted as fact.",
            lines,
            more: (left > 0).then(|| format!("and {}", count(left, "more", "more"))),
            figure: None,
        }
    }
}
