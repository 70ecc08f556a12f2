//! What a briefing says: ways, what they avoid, agreements and happenings, conflicts, what is only proposed, what is due.

use std::collections::BTreeMap;

use super::{Line, Report, Section};
use crate::graph::{FrozenGraph, ValueRef};
use crate::model::{Mode, PartialDate};
use crate::output::cell::{Cells, number};
use crate::query::{Engine, Interrupt, Options, Params, Value, verb};
use crate::schema::{EdgeTypeId, NodeTypeId, Schema};

/// How many lines a section has at most: more would not be read.
const LINES: usize = 20;
/// How many names of one kind a line has at most.
const NAMES: usize = 6;

/// Edge type, node at the other end, edge.
type Tie = (u16, u32, u32);

/// What all sections are made of.
struct Writer<'a, 'g> {
    engine: &'a Engine<'g>,
    graph: &'g FrozenGraph,
    schema: &'g Schema,
    touches: Option<u16>,
    avoids: Option<u16>,
    way: Option<u16>,
}

pub(super) fn report(engine: &Engine<'_>, today: Option<PartialDate>) -> Report {
    let (graph, schema) = (engine.graph(), engine.schema());
    let edge = |t: Option<EdgeTypeId>| graph.edge_type_id(&schema.edge_types.get(t?.0 as usize)?.name);
    let writer = Writer {
        engine,
        graph,
        schema,
        touches: edge(schema.roles.touches),
        avoids: edge(schema.roles.avoids),
        way: schema.roles.way.and_then(|t| graph.node_type_id(&schema.node_types.get(t.0 as usize)?.name)),
    };
    let mut sections = vec![
        writer.ways(),
        writer.avoided(),
        writer.dated(),
        writer.answers(
            "conflicts",
            None,
            "Where the sources differ",
            "Figures and statements that do not agree, side by side; what may only have changed in time comes last.",
            |cells| (cells.text(0), format!("{} ({}): {}", plain(&cells.text(1)), cells.text(2), plain(&cells.text(3)))),
        ),
        writer.proposed(),
        writer.answers(
            "due",
            today,
            "Due",
            "What was planned, proposed or thought possible for a date that has not passed.",
            |cells| (cells.text(0), format!("{} ({})", cells.text(1), cells.text(3))),
        ),
    ];
    sections.retain(|s| !s.lines.is_empty());
    Report { title: writer.title(), intro: writer.intro(), sections }
}

/// The cells of a row as text.
struct RowText<'a> {
    cells: Cells<'a>,
    row: &'a [Value],
}

impl RowText<'_> {
    fn text(&self, column: usize) -> String {
        self.row.get(column).map(|c| self.cells.text(c)).unwrap_or_default()
    }
}

impl Writer<'_, '_> {
    fn title(&self) -> String {
        let articles = self.graph.articles().count();
        format!(
            "What {articles} {} say{}",
            if articles == 1 { "article" } else { "articles" },
            if articles == 1 { "s" } else { "" }
        )
    }

    fn intro(&self) -> Vec<String> {
        let graph = self.graph;
        let mut dates: Vec<PartialDate> = graph.articles().filter_map(|a| a.date()).collect();
        dates.sort_unstable();
        let published = match (dates.first(), dates.last()) {
            (Some(first), Some(last)) if first == last => format!(", published {first}"),
            (Some(first), Some(last)) => format!(", published {first} to {last}"),
            _ => String::new(),
        };
        let edges: Vec<u32> = (0..graph.edge_count()).filter(|&e| !graph.is_world_edge(e)).collect();
        let nodes = (0..graph.node_count()).filter(|&n| !graph.is_world_node(n)).count();
        let single = edges.iter().filter(|&&e| graph.source_count(e) == 1).count();
        vec![
            format!(
                "{} documents, {} independent sources (retellings of one report count once){published}.",
                graph.documents().len(),
                graph.source_total(),
            ),
            format!(
                "They speak of {nodes} things and state {} relations between them; {single} of these rest on one source. \
                 Read from the texts by rules, without checking them: each line leads to its sentences.",
                edges.len()
            ),
        ]
    }

    // ------------------------------------------------------------------ ways

    fn ways(&self) -> Section {
        let stops: BTreeMap<u32, Vec<verb::WayStop>> = verb::stops_of_ways(self.engine).into_iter().collect();
        let mut ways: Vec<u32> = self.way.map_or(0..0, |t| self.graph.nodes_of_type(t)).collect();
        ways.retain(|&w| !self.graph.is_world_node(w) && !self.claims_around(w).is_empty());
        ways.sort_by_cached_key(|&w| {
            (std::cmp::Reverse((self.sources_of(w), self.claims_around(w).len())), self.graph.name(w), w)
        });
        let left = ways.get(LINES..).unwrap_or_default().iter().map(|&w| self.graph.name(w)).collect::<Vec<_>>();
        let more = (!left.is_empty()).then(|| format!("Also spoken of: {}.", left.join("; ")));
        let lines = ways.iter().take(LINES).map(|&w| self.way(w, stops.get(&w).map_or(&[], Vec::as_slice))).collect();
        Section {
            title: "Corridors and ways",
            lead: "Those that most sources speak of first; stops in order as far as the texts give one.",
            lines,
            more,
        }
    }

    fn way(&self, way: u32, stops: &[verb::WayStop]) -> Line {
        let graph = self.graph;
        let mut parts: Vec<String> = Vec::new();
        let mut claims: Vec<u32> = Vec::new();
        let facts: Vec<String> =
            graph.node_attributes(way).map(|a| a.0).collect::<Vec<_>>().iter().map(|&a| self.fact(way, a, &mut claims)).collect();
        parts.extend(facts.into_iter().filter(|f| !f.is_empty()));
        if !stops.is_empty() {
            let ordered = stops.iter().filter(|s| s.placed).count() + 1 >= stops.len();
            let names: Vec<String> = stops.iter().map(|s| self.with_mode(s.node, s.edge)).collect();
            parts.push(if ordered { format!("from {}", names.join(" – ")) } else { format!("by way of {}", names.join(", ")) });
            claims.extend(stops.iter().flat_map(|s| graph.claims(s.edge)).map(|c| c.index));
        }
        let others = |forward: bool| {
            let ties: Vec<Tie> = if forward { graph.all_out(way).collect() } else { graph.all_incoming(way).collect() };
            let skip = if forward { [self.touches, self.avoids] } else { [None, None] };
            ties.into_iter().filter(move |t| !skip.contains(&Some(t.0)) && !graph.is_world_edge(t.2)).collect::<Vec<_>>()
        };
        for forward in [false, true] {
            for group in others(forward).chunk_by(|a, b| a.0 == b.0) {
                let Some(&(kind, _, _)) = group.first() else { continue };
                parts.push(format!("{} {}", self.wording(kind, forward), self.names(group)));
                claims.extend(group.iter().flat_map(|t| graph.claims(t.2)).map(|c| c.index));
            }
        }
        Line { subject: graph.name(way).to_owned(), text: parts.join("; "), claims: self.telling(claims) }
    }

    /// `length 4,256 km or 4,000 km`.
    fn fact(&self, node: u32, attribute: u16, claims: &mut Vec<u32>) -> String {
        let mut values: Vec<String> = Vec::new();
        for fact in self.graph.node_facts(node, attribute) {
            let given: Vec<_> = fact.claims().collect();
            if !given.is_empty() && given.iter().all(|c| c.mode() == Mode::Denied) {
                continue;
            }
            claims.extend(given.iter().filter(|c| !c.is_world()).map(|c| c.index));
            let value = plain(&value(fact.value));
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let name = plain(self.graph.attribute_name(attribute));
        let name = name.strip_suffix(" km").unwrap_or(&name);
        if values.is_empty() { String::new() } else { format!("{name} {}", values.join(" or ")) }
    }

    /// Names with what is not actual, or amounts, in brackets.
    fn names(&self, ties: &[Tie]) -> String {
        let mut names: Vec<String> = ties.iter().take(NAMES).map(|t| self.with_mode(t.1, t.2)).collect();
        if ties.len() > NAMES {
            names.push(format!("{} more", ties.len() - NAMES));
        }
        names.join(", ")
    }

    fn with_mode(&self, node: u32, edge: u32) -> String {
        let mode = self.graph.mode(edge);
        let amount = self.graph.edge_attributes(edge).find_map(|(_, v)| match v {
            ValueRef::Quantity { text, .. } => Some(text.to_owned()),
            ValueRef::Bool(_) | ValueRef::Int(_) | ValueRef::Float(_) | ValueRef::Text(_) | ValueRef::List(_) => None,
        });
        let said = (mode != Mode::Actual).then(|| mode.as_str().to_owned());
        let notes: Vec<String> = amount.into_iter().chain(said).collect();
        let name = self.graph.name(node);
        if notes.is_empty() { name.to_owned() } else { format!("{name} ({})", notes.join(", ")) }
    }

    fn wording(&self, kind: u16, forward: bool) -> String {
        let name = self.graph.edge_type_name(kind);
        let known = self.schema.edge_type(name).and_then(|t| self.schema.edge_types.get(t.0 as usize));
        let said = known.and_then(|t| if forward || t.symmetric { t.forward.first() } else { t.backward.first() });
        said.cloned().unwrap_or_else(|| plain(name))
    }

    // --------------------------------------------------------------- avoided

    fn avoided(&self) -> Section {
        let mut by_target: BTreeMap<(&str, u32), Vec<Tie>> = BTreeMap::new();
        for edge in self.avoids.map_or(0..0, |t| self.graph.edges_of_type(t)).filter(|&e| !self.graph.is_world_edge(e)) {
            let (way, target) = self.graph.endpoints(edge);
            by_target.entry((self.graph.name(target), target)).or_default().push((0, way, edge));
        }
        let mut lines: Vec<(usize, Line)> = by_target
            .into_iter()
            .map(|((name, _), ties)| {
                let claims = ties.iter().flat_map(|t| self.graph.claims(t.2)).map(|c| c.index).collect();
                let text = format!("is left out by {}", self.names(&ties));
                (ties.len(), Line { subject: name.to_owned(), text, claims: self.telling(claims) })
            })
            .collect();
        lines.sort_by_key(|l| std::cmp::Reverse(l.0));
        Section {
            title: "What bypasses what",
            lead: "Only where a text says so; that a way is not said to cross a state proves nothing.",
            lines: lines.into_iter().map(|l| l.1).take(LINES).collect(),
            more: None,
        }
    }

    // ----------------------------------------------------------------- dates

    /// Agreements and happenings, by the date that the texts give, else by that of the first text.
    fn dated(&self) -> Section {
        let roles = &self.schema.roles;
        let kinds = roles.happening.iter().chain(&roles.agreement);
        let kind = |t: &NodeTypeId| self.graph.node_type_id(&self.schema.node_types.get(t.0 as usize)?.name);
        let mut rows: Vec<(String, Line)> = Vec::new();
        for node in kinds.filter_map(kind).flat_map(|t| self.graph.nodes_of_type(t)).filter(|&n| !self.graph.is_world_node(n)) {
            let claims = self.claims_around(node);
            if claims.is_empty() {
                continue;
            }
            let (key, date) = self.date(node, &claims);
            let groups: Vec<String> = [false, true]
                .into_iter()
                .flat_map(|forward| {
                    let ties: Vec<_> =
                        if forward { self.graph.all_out(node).collect() } else { self.graph.all_incoming(node).collect() };
                    let ties: Vec<Tie> = ties.into_iter().filter(|t| !self.graph.is_world_edge(t.2)).collect();
                    let group = |g: &[Tie]| format!("{} {}", self.wording(g.first().map_or(0, |t| t.0), forward), self.names(g));
                    ties.chunk_by(|a, b| a.0 == b.0).map(group).collect::<Vec<_>>()
                })
                .collect();
            let text = format!("{} {}", self.graph.name(node), groups.join("; "));
            rows.push((key, Line { subject: date, text: text.trim_end().to_owned(), claims: self.telling(claims) }));
        }
        rows.sort_by(|a, b| (&a.0, &a.1.text).cmp(&(&b.0, &b.1.text)));
        let left = rows.len().saturating_sub(LINES + 10);
        Section {
            title: "Agreements and summits",
            lead: "By the date that the texts give; in brackets, by the date of the first text.",
            more: (left > 0).then(|| format!("{left} more, later ones, are left out here: `timeline` lists them.")),
            lines: rows.into_iter().take(LINES + 10).map(|r| r.1).collect(),
        }
    }

    /// A node's date, for sorting and as shown.
    fn date(&self, node: u32, claims: &[u32]) -> (String, String) {
        let own = self.schema.roles.date.as_ref().and_then(|a| self.graph.attribute_id(a));
        if let Some(ValueRef::Text(date)) = own.and_then(|a| self.graph.node_value(node, a)) {
            return dated(date);
        }
        let of = || claims.iter().filter_map(|&c| self.graph.claim(c));
        if let Some(when) = of().filter_map(|c| c.when()).min() {
            return dated(&when.to_string());
        }
        match of().filter_map(|c| c.asserted()).min() {
            Some(date) => (date.to_string(), format!("({date})")),
            None => ("~".to_owned(), "(no date)".to_owned()),
        }
    }

    // -------------------------------------------------------------- proposed

    /// Ways and other things that nothing actual or planned is said of, though something is.
    fn proposed(&self) -> Section {
        let mut lines: Vec<Line> = Vec::new();
        let stops = verb::stops_of_ways(self.engine);
        for (way, stops) in stops.iter().filter(|w| !self.graph.is_world_node(w.0)) {
            let strongest = stops.iter().flat_map(|s| self.graph.claims(s.edge)).map(|c| c.mode()).max();
            if strongest.is_none_or(|m| m >= Mode::Planned) {
                continue;
            }
            let names: Vec<&str> = stops.iter().take(NAMES).map(|s| self.graph.name(s.node)).collect();
            let claims = stops.iter().flat_map(|s| self.graph.claims(s.edge)).map(|c| c.index).collect();
            let text = format!("{} by way of {}", strongest.map_or("", Mode::as_str), names.join(", "));
            lines.push(Line { subject: self.graph.name(*way).to_owned(), text, claims: self.telling(claims) });
        }
        let left = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        Section {
            title: "Only proposed",
            lead: "Ways whose course no text calls more than proposed or possible.",
            lines,
            more: (left > 0).then(|| format!("and {left} more")),
        }
    }

    // --------------------------------------------------------------- answers

    /// The rows that a query gives, a line each.
    fn answers(
        &self,
        query: &str,
        today: Option<PartialDate>,
        title: &'static str,
        lead: &'static str,
        line: impl Fn(&RowText<'_>) -> (String, String),
    ) -> Section {
        let options = Options { today, ..Options::default() };
        // A verb that fails here has nothing to say: the briefing stands without its section.
        let answer = self.engine.query(query, &Params::new(), &options, &Interrupt::new()).unwrap_or_default();
        let cells = Cells { graph: self.graph, null: "" };
        let mut lines: Vec<Line> = Vec::new();
        for row in &answer.rows {
            let (subject, text) = line(&RowText { cells, row: &row.cells });
            match lines.iter_mut().find(|l| l.subject == subject && l.text == text) {
                Some(known) => known.claims.extend(&row.evidence),
                None => lines.push(Line { subject, text, claims: row.evidence.clone() }),
            }
        }
        let left = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        Section {
            title,
            lead,
            lines,
            more: (left > 0).then(|| format!("{left} more are left out here: the query `{query}` lists them.")),
        }
    }

    // ---------------------------------------------------------------- claims

    /// What documents say of a node: claims of its edges and of its attributes.
    fn claims_around(&self, node: u32) -> Vec<u32> {
        let edges = self.graph.all_out(node).chain(self.graph.all_incoming(node)).map(|t| t.2);
        let of_edges = edges.flat_map(|e| self.graph.claims(e));
        let mut claims: Vec<u32> =
            of_edges.chain(self.graph.node_claims(node)).filter(|c| !c.is_world()).map(|c| c.index).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    fn sources_of(&self, node: u32) -> usize {
        let mut sources: Vec<u32> = self.claims_around(node).iter().filter_map(|&c| self.graph.claim(c)?.source()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len()
    }

    /// Claims in the order that footnotes want: sentences that carry most of the line first, each source once before any again.
    fn telling(&self, claims: Vec<u32>) -> Vec<u32> {
        let mut sentences: Vec<((String, u32), u32, usize)> = Vec::new();
        for claim in claims.into_iter().filter_map(|c| self.graph.claim(c)).filter(|c| !c.is_world()) {
            let place = (claim.document().to_owned(), claim.locus().span.start);
            match sentences.iter_mut().find(|s| s.0 == place) {
                Some(known) => known.2 += 1,
                None => sentences.push((place, claim.index, 1)),
            }
        }
        sentences.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        let (mut seen, mut first, mut again) = (Vec::new(), Vec::new(), Vec::new());
        for (_, claim, _) in sentences {
            let source = self.graph.claim(claim).and_then(|c| c.source());
            if seen.contains(&source) {
                again.push(claim);
            } else {
                seen.push(source);
                first.push(claim);
            }
        }
        first.extend(again);
        first
    }
}

fn value(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Bool(b) => b.to_string(),
        ValueRef::Int(i) => i.to_string(),
        ValueRef::Float(x) => number(x),
        ValueRef::Text(text) | ValueRef::Quantity { text, .. } => text.to_owned(),
        ValueRef::List(list) => list.iter().map(self::value).collect::<Vec<_>>().join(", "),
    }
}

/// A date for sorting and as shown; without a year it comes last.
fn dated(date: &str) -> (String, String) {
    match date.strip_prefix("--") {
        Some(day) => (format!("9999-{day}"), format!("{day}, year not said")),
        None => (date.to_owned(), date.to_owned()),
    }
}

/// Words of the schema as people write them.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}
