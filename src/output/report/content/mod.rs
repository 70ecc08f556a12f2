//! What a briefing says: in short; ways, what they avoid, who pays; agreements and happenings; conflicts, what is only
//! proposed, what is due.
//!
//! This file has the sections that queries give and the summary; `ways`, `backing` and `dates` have the others, `words` how
//! names and facts are worded.

use super::{Line, Report, Section};
use crate::graph::FrozenGraph;
use crate::model::{Mode, PartialDate};
use crate::output::cell::Cells;
use crate::query::{Answer, Engine, Interrupt, Options, Params, Value};
use crate::schema::{EdgeTypeId, Schema};

mod backing;
mod dates;
mod ways;
mod words;

use words::{count, plain, yearless};

/// How many lines a section has at most: more would not be read.
const LINES: usize = 20;
/// How many names of one kind a line has at most.
const NAMES: usize = 6;
/// How many names the summary has at most.
const SHORT: usize = 3;

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
    let ways = writer.all_ways();
    let (conflicts, due) = (writer.conflicts(), writer.due(today));
    let short = writer.in_short(&ways, &conflicts, &due);
    let mut sections = vec![
        short,
        writer.ways(&ways),
        writer.avoided(),
        writer.backing(),
        writer.dated(),
        conflicts,
        writer.proposed(&ways),
        due,
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
        format!("What {} {}", count(articles, "article", "articles"), if articles == 1 { "says" } else { "say" })
    }

    fn intro(&self) -> Vec<String> {
        let graph = self.graph;
        let mut dates: Vec<PartialDate> = graph.articles().filter_map(|a| a.date()).collect();
        dates.sort_unstable();
        let without = graph.articles().count() - dates.len();
        let published = match (dates.first(), dates.last()) {
            (Some(first), Some(last)) if first == last => format!(", published {first}"),
            (Some(first), Some(last)) => format!(", published {first} to {last}"),
            _ => String::new(),
        };
        let undated = if without > 0 && !dates.is_empty() { format!(" ({without} undated)") } else { String::new() };
        let edges: Vec<u32> = (0..graph.edge_count()).filter(|&e| !graph.is_world_edge(e)).collect();
        let nodes = (0..graph.node_count()).filter(|&n| !graph.is_world_node(n)).count();
        let single = edges.iter().filter(|&&e| graph.source_count(e) == 1).count();
        vec![
            format!(
                "{}, {} (retellings of one report count once){published}{undated}.",
                count(graph.documents().len(), "document", "documents"),
                count(graph.source_total() as usize, "independent source", "independent sources"),
            ),
            format!(
                "They speak of {nodes} things and state {} relations between them; {single} of these rest on one source. \
                 Read from the texts by rules, without checking them: each line leads to its sentences.",
                edges.len()
            ),
        ]
    }

    // -------------------------------------------------------------- in short

    /// What to remember when the ten minutes are one.
    fn in_short(&self, ways: &ways::Ways, conflicts: &Section, due: &Section) -> Section {
        let lines = [self.ways_in_short(ways), self.avoided_in_short(), Self::conflicts_in_short(conflicts), due_in_short(due)];
        let lines: Vec<Line> = lines.into_iter().flatten().collect();
        let lines = if lines.len() > 1 { lines } else { Vec::new() };
        Section { title: "In short", lead: "", lines, more: None, figure: None }
    }

    /// How many ways are there, planned, only talked of.
    fn ways_in_short(&self, ways: &ways::Ways) -> Option<Line> {
        let of = |wanted: &dyn Fn(Mode) -> bool| -> Vec<&str> {
            let is = |w: &&(u32, Vec<crate::query::verb::WayStop>)| self.strongest(&w.1).is_some_and(wanted);
            ways.iter().filter(is).map(|w| self.graph.name(w.0)).collect()
        };
        let groups = [
            (of(&|m| m == Mode::Actual), "in use"),
            (of(&|m| m == Mode::Planned), "planned or under construction"),
            (of(&|m| matches!(m, Mode::Proposed | Mode::Possible)), "only proposed or possible"),
        ];
        let group = |(names, said): &(Vec<&str>, &str)| format!("{} {said} ({})", names.len(), some(names));
        let parts: Vec<String> = groups.iter().filter(|g| !g.0.is_empty()).map(group).collect();
        let subject = count(ways.len(), "way", "ways");
        (!parts.is_empty()).then(|| Line { subject, text: parts.join("; "), claims: Vec::new() })
    }

    fn avoided_in_short(&self) -> Option<Line> {
        let avoidance = self.avoidance();
        let (target, ties) = avoidance.first()?;
        let names: Vec<&str> = ties.iter().map(|t| self.graph.name(t.1)).collect();
        let claims = ties.iter().flat_map(|t| self.graph.claims(t.2)).map(|c| c.index).collect();
        let subject = format!("Said to leave out {}", self.graph.name(*target));
        Some(Line { subject, text: some(&names), claims: self.telling(claims) })
    }

    fn conflicts_in_short(conflicts: &Section) -> Option<Line> {
        let first = conflicts.lines.first()?;
        let others = conflicts.lines.len() - 1;
        let more = if others > 0 { format!(" (and {others} more below)") } else { String::new() };
        let text = format!("{}: {}{more}", first.subject, first.text);
        Some(Line { subject: "Sources differ".to_owned(), text, claims: first.claims.clone() })
    }

    // --------------------------------------------------------------- answers

    fn conflicts(&self) -> Section {
        self.answers(
            "conflicts",
            None,
            "Where the sources differ",
            "Figures and statements that do not agree, side by side: contradictions first, then what may only have changed in \
             time.",
            |cells| {
                let values = cells.row.get(3).map(|v| self.values(cells.cells, v)).unwrap_or_default();
                (cells.text(0), format!("{} ({}): {values}", plain(&cells.text(1)), cells.text(2)))
            },
        )
    }

    /// Values with whom they are of: words of the schema as people write them, names of files as they are.
    fn values(&self, cells: Cells<'_>, values: &Value) -> String {
        let Value::List(values) = values else { return cells.text(values) };
        let worded = |v: &Value| {
            let text = cells.text(v);
            let said = |value: &str| yearless(value).unwrap_or_else(|| plain(value));
            text.split_once(" (").map_or_else(|| said(&text), |(value, of)| format!("{} ({of}", said(value)))
        };
        values.iter().map(worded).collect::<Vec<_>>().join("; ")
    }

    fn due(&self, today: Option<PartialDate>) -> Section {
        self.answers(
            "due",
            today,
            "Due",
            "What was planned, proposed or thought possible for a date that has not passed.",
            |cells| (cells.text(0), format!("{} ({})", cells.text(1), cells.text(3))),
        )
    }

    fn ask(&self, query: &str, today: Option<PartialDate>) -> Answer {
        let options = Options { today, ..Options::default() };
        // A verb that fails here has nothing to say: the briefing stands without its section.
        self.engine.query(query, &Params::new(), &options, &Interrupt::new()).unwrap_or_default()
    }

    /// The rows that a query gives, a line each.
    fn answers(
        &self,
        query: &str,
        today: Option<PartialDate>,
        title: &'static str,
        lead: &'static str,
        line: impl Fn(&RowText<'_>) -> (String, String),
    ) -> Section {
        let answer = self.ask(query, today);
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
        let more = (left > 0).then(|| format!("{left} more are left out here: the query `{query}` lists them."));
        Section { title, lead, lines, more, figure: None }
    }

    // ---------------------------------------------------------------- claims

    fn edge_type(&self, of: Option<EdgeTypeId>) -> Option<u16> {
        self.graph.edge_type_id(&self.schema.edge_types.get(of?.0 as usize)?.name)
    }

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

fn due_in_short(due: &Section) -> Option<Line> {
    let first = due.lines.first()?;
    let text = format!("{}: {}", first.subject, first.text);
    Some(Line { subject: "Next due".to_owned(), text, claims: first.claims.clone() })
}

/// The first few names.
fn some(names: &[&str]) -> String {
    let shown = names.get(..SHORT.min(names.len())).unwrap_or_default().join(", ");
    if names.len() > SHORT { format!("{shown} and {} more", names.len() - SHORT) } else { shown }
}
