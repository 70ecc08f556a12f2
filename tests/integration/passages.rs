//! Passages of our own (`tests/extraction/*.ron`) against the edges that a careful reader finds in them,
//! scored together: what reading text is worth where no shared document is at hand. Sentences about ways
//! (`tests/extraction/ways.ron`) are read one by one, and nearly each must yield what it says and nothing else.

use serde::Deserialize;
use silkgraph::extract::Extractor;
use silkgraph::model::{Article, Block, BlockKind, Document, Extraction, Statement, Text};
use silkgraph::names::fold;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};

#[derive(Deserialize)]
struct Passage {
    name: String,
    text: String,
    edges: Vec<String>,
}

struct Gold<'p> {
    from: &'p str,
    edge: &'p str,
    to: &'p str,
    mode: &'p str,
    /// It may be found or not.
    optional: bool,
    found: bool,
}

impl<'p> Gold<'p> {
    fn parse(line: &'p str) -> Option<Self> {
        let (line, optional) = line.strip_suffix(" ?").map_or((line, false), |line| (line, true));
        let (edge, mode) = line.split_once(" @").unwrap_or((line, "actual"));
        let mut parts = edge.split(" > ");
        Some(Self { from: parts.next()?, edge: parts.next()?, to: parts.next()?, mode, optional, found: false })
    }
}

#[derive(Debug, Default)]
struct Score {
    found: usize,
    made_up: usize,
    missed: usize,
    mode_right: usize,
}

/// A line a block; "- " opens an item of a list.
fn document(text: &str) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let (kind, mark) = if line.starts_with("- ") { (BlockKind::ListItem, 2) } else { (BlockKind::Paragraph, 0) };
        let words = Text::verbatim(line[mark..].trim_end(), start + mark);
        blocks.push(Block { kind, text: words, cells: Vec::new() });
        start += line.len();
    }
    let article = Article { number: 1, blocks, ..Article::default() };
    Document { id: "passage.txt".into(), hash: "0".repeat(32), articles: vec![article] }
}

/// One of its names, or a description of it with the same first words.
fn is_called(extraction: &Extraction, entity: u32, name: &str) -> bool {
    let entity = &extraction.entities[entity as usize];
    let wanted = fold(name);
    entity.forms.iter().chain([&entity.name]).any(|form| {
        let form = fold(form);
        let form = form.strip_prefix("the ").unwrap_or(&form);
        form == wanted || form.starts_with(&format!("{wanted} "))
    })
}

/// Compares what is found with the gold; only edges of the types given, or of all.
fn score(
    passage: &Passage,
    types: &[&str],
    (schema, extractor): (&Schema, &Extractor<'_>),
    total: &mut Score,
    report: &mut String,
) {
    let extraction = extractor.extract(&document(&passage.text), passage.text.as_bytes());
    let asked = |kind: &str| types.is_empty() || types.contains(&kind);
    let mut gold: Vec<Gold<'_>> = passage.edges.iter().filter_map(|line| Gold::parse(line)).filter(|g| asked(g.edge)).collect();
    let mut seen = std::collections::BTreeSet::new();
    for claim in &extraction.claims {
        let Statement::Edge { kind, object } = &claim.statement else { continue };
        if !asked(kind) {
            continue;
        }
        let symmetric = schema.edge_type(kind).is_some_and(|t| schema.edge_types[t.0 as usize].symmetric);
        let called = |entity: u32, name: &str| is_called(&extraction, entity, name);
        let hit = gold.iter_mut().find(|g| {
            let ahead = called(claim.subject, g.from) && called(*object, g.to);
            g.edge == &**kind && (ahead || symmetric && called(claim.subject, g.to) && called(*object, g.from))
        });
        match hit {
            Some(gold) if gold.found || gold.optional => gold.found = true,
            Some(gold) => {
                gold.found = true;
                total.found += 1;
                total.mode_right += usize::from(claim.mode.as_str() == gold.mode);
                if claim.mode.as_str() != gold.mode {
                    let (from, edge, to, mode) = (gold.from, gold.edge, gold.to, claim.mode.as_str());
                    report.push_str(&format!("{}: {from} > {edge} > {to} is {mode}\n", passage.name));
                }
            }
            None if seen.insert((claim.subject, kind.clone(), *object)) => {
                total.made_up += 1;
                let name = |entity: u32| &extraction.entities[entity as usize].name;
                report.push_str(&format!(
                    "{}: made up {} > {kind} > {} ({})\n",
                    passage.name,
                    name(claim.subject),
                    name(*object),
                    claim.rule
                ));
            }
            None => {}
        }
    }
    for g in gold.iter().filter(|g| !g.found && !g.optional) {
        total.missed += 1;
        report.push_str(&format!("{}: missed {} > {} > {}\n", passage.name, g.from, g.edge, g.to));
    }
}

/// Precision, recall and the share of right modes over all passages of a file, and what went wrong.
fn score_all(passages: &str, types: &[&str]) -> ([f64; 3], String) {
    let schema = Schema::load(&Schema::default_files()).unwrap();
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let extractor = Extractor::new(&schema, &patterns);
    let passages: Vec<Passage> = ron::from_str(passages).unwrap();
    let (mut total, mut report) = (Score::default(), String::new());
    for passage in &passages {
        score(passage, types, (&schema, &extractor), &mut total, &mut report);
    }
    let share = |of: usize| total.found as f64 / of as f64;
    let mode = total.mode_right as f64 / total.found as f64;
    ([share(total.found + total.made_up), share(total.found + total.missed), mode], report)
}

#[test]
fn a_careful_reader_is_matched() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/passages.ron"), &[]);
    let f1 = 2.0 * precision * recall / (precision + recall);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}, mode {mode:.3}");
    assert!(precision >= 0.87 && f1 >= 0.80 && mode >= 0.85, "{figures}\n{report}");
}

/// Types of edges whose wordings `actors.ron` holds.
const ACTORS: [&str; 11] = [
    "funds",
    "builds",
    "operates",
    "proposes",
    "supports",
    "opposes",
    "exports",
    "trades_with",
    "allied_with",
    "competes_with",
    "member_of",
];

#[test]
fn what_actors_do_is_read_however_it_is_worded() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/actors.ron"), &ACTORS);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, mode {mode:.3}");
    assert!(precision >= 0.97 && recall >= 0.97 && mode >= 0.97, "{figures}\n{report}");
}

#[test]
fn what_a_sentence_leaves_out_is_read() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/context.ron"), &[]);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, mode {mode:.3}");
    assert!(precision >= 0.97 && recall >= 0.97 && mode >= 0.97, "{figures}\n{report}");
}

#[test]
fn clauses_are_undone_whatever_their_wording() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/clauses.ron"), &[]);
    assert!(precision >= 1.0 && recall >= 1.0 && mode >= 1.0, "{report}");
}

#[test]
fn names_that_nobody_listed_are_what_they_are() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/names.ron"), &[]);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, mode {mode:.3}");
    assert!(precision >= 0.97 && recall >= 0.97 && mode >= 0.97, "{figures}\n{report}");
}

#[test]
fn money_attitudes_and_goods_are_read() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/money.ron"), &[]);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, mode {mode:.3}");
    assert!(precision >= 0.95 && recall >= 0.95 && mode >= 0.95, "{figures}\n{report}");
}

/// Types of edges whose wordings `events.ron` holds.
const EVENTS: [&str; 6] = ["party_to", "adopted_at", "concerns", "participates_in", "hosts", "leads"];

#[test]
fn agreements_events_and_persons_are_read() {
    let ([precision, recall, mode], report) = score_all(include_str!("../extraction/events.ron"), &EVENTS);
    let figures = format!("precision {precision:.3}, recall {recall:.3}, mode {mode:.3}");
    assert!(precision >= 0.87 && recall >= 0.75 && mode >= 0.95, "{figures}\n{report}");
}

/// A sentence and all that it says of ways and places.
#[derive(Deserialize)]
struct Sentence {
    text: String,
    /// "from > type > to; to" with " @mode" where it is not actual.
    says: Vec<String>,
    /// What it may be read to say as well.
    #[serde(default)]
    may: Vec<String>,
}

/// The edges that the sentences are about; what else they say is not looked at.
const OF_WAYS: [&str; 6] = ["passes_through", "bypasses", "alternative_to", "part_of", "carries", "located_in"];

/// "a > b > c; d @mode" as edges, one a target.
fn edges(lines: &[String]) -> Vec<(String, String, String, String)> {
    let mut out = Vec::new();
    for line in lines {
        let (edge, mode) = line.split_once(" @").unwrap_or((line, "actual"));
        let parts: Vec<&str> = edge.split(" > ").collect();
        let [from, kind, targets] = parts[..] else { panic!("no edge: {line}") };
        out.extend(targets.split("; ").map(|to| (from.to_owned(), kind.to_owned(), to.to_owned(), mode.to_owned())));
    }
    out
}

fn wrong(sentence: &Sentence, schema: &Schema, extractor: &Extractor<'_>) -> Vec<String> {
    let extraction = extractor.extract(&document(&sentence.text), sentence.text.as_bytes());
    let (says, may) = (edges(&sentence.says), edges(&sentence.may));
    let (mut found, mut out) = (vec![false; says.len()], Vec::new());
    for claim in &extraction.claims {
        let Statement::Edge { kind, object } = &claim.statement else { continue };
        if !OF_WAYS.contains(&&**kind) {
            continue;
        }
        let symmetric = schema.edge_type(kind).is_some_and(|t| schema.edge_types[t.0 as usize].symmetric);
        let is = |(from, edge, to, _): &(String, String, String, String)| {
            let ahead = is_called(&extraction, claim.subject, from) && is_called(&extraction, *object, to);
            let back = symmetric && is_called(&extraction, claim.subject, to) && is_called(&extraction, *object, from);
            **edge == **kind && (ahead || back)
        };
        match says.iter().position(is) {
            Some(at) if claim.mode.as_str() == says[at].3 => found[at] = true,
            Some(at) => out.push(format!("{:?} is {}", says[at], claim.mode.as_str())),
            None if may.iter().any(is) => {}
            None => {
                let name = |entity: u32| &extraction.entities[entity as usize].name;
                out.push(format!("made up {} > {kind} > {} ({})", name(claim.subject), name(*object), claim.rule));
            }
        }
    }
    out.extend(says.iter().zip(&found).filter(|(_, found)| !**found).map(|(edge, _)| format!("missed {edge:?}")));
    out
}

#[test]
fn sentences_about_ways_say_what_they_say() {
    let schema = Schema::load(&Schema::default_files()).unwrap();
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let extractor = Extractor::new(&schema, &patterns);
    let sentences: Vec<Sentence> = ron::from_str(include_str!("../extraction/ways.ron")).unwrap();
    let misread: Vec<String> = sentences
        .iter()
        .map(|s| (s, wrong(s, &schema, &extractor)))
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(s, wrong)| format!("{}\n  {}", s.text, wrong.join("\n  ")))
        .collect();
    // A sentence in fifty may be read otherwise when another rule gets better; more of them are a loss.
    assert!(misread.len() * 50 <= sentences.len(), "{}", misread.join("\n"));
}
