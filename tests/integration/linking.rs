//! Which things are one over several documents, what counts as a source, corrections, and differences of graphs.

use std::sync::Arc;

use silkgraph::graph::diff::{Kind, diff};
use silkgraph::graph::{FrozenGraph, KnowledgeGraph, Node, json};
use silkgraph::merge::{Corrections, merge};
use silkgraph::model::{ArticleInfo, Claim, DocumentInfo, Entity, Extraction, Locus, Mode, Statement, Value};
use silkgraph::names::fold;
use silkgraph::schema::Schema;
use silkgraph::span::Span;

/// A document in the making.
struct Doc(Extraction);

impl Doc {
    fn new(id: &str, date: &str) -> Self {
        let article = ArticleInfo { number: 1, date: date.parse().ok(), ..ArticleInfo::default() };
        let document = DocumentInfo { id: id.to_owned(), hash: "00".repeat(16), articles: vec![article] };
        Self(Extraction { document, entities: Vec::new(), claims: Vec::new() })
    }

    /// Adds an entity of a type: its first key is its folded name, `more` are further keys.
    fn has(mut self, kind: &str, name: &str, more: &[&str]) -> Self {
        let at = self.0.entities.len() as u32;
        let known =
            Schema::builtin().named(name).iter().find(|u| u.free).map(|u| &Schema::builtin().gazetteer[u.entry.0 as usize]);
        let known = known.filter(|e| &*Schema::builtin().node_types[e.kind.0 as usize].name == kind);
        self.0.entities.push(Entity {
            kind: Arc::from(kind),
            name: known.map_or_else(|| name.to_owned(), |e| e.name.to_string()),
            known: known.map(|e| e.id.clone()),
            keys: std::iter::once(fold(name)).chain(more.iter().map(|k| (*k).to_owned())).collect(),
            forms: vec![name.to_owned()],
            mentions: vec![locus(at + 1)],
        });
        self
    }

    fn find(&self, name: &str) -> u32 {
        self.0.entities.iter().position(|e| e.forms[0] == name).unwrap() as u32
    }

    fn says(self, subject: &str, edge: &str, object: &str, mode: Mode) -> Self {
        let object = self.find(object);
        self.claims(subject, Statement::Edge { kind: Arc::from(edge), object }, mode, edge)
    }

    fn gives(self, subject: &str, attribute: &str, value: Value) -> Self {
        self.claims(subject, Statement::Attribute { name: Arc::from(attribute), value }, Mode::Actual, attribute)
    }

    fn claims(mut self, subject: &str, statement: Statement, mode: Mode, what: &str) -> Self {
        let (subject, line) = (self.find(subject), self.0.claims.len() as u32 + 1);
        self.0.claims.push(Claim {
            subject,
            statement,
            mode,
            locus: locus(line),
            text: Arc::from(format!("Line {line} of {}: {what}.", self.0.document.id)),
            asserted: self.0.document.articles[0].date,
            when: None,
            speaker: None,
            origin: None,
            confidence: 900,
            rule: Arc::from("test"),
            attrs: Default::default(),
        });
        self
    }

    fn article(mut self, change: impl FnOnce(&mut ArticleInfo)) -> Self {
        change(&mut self.0.document.articles[0]);
        self
    }
}

fn locus(line: u32) -> Locus {
    Locus { article: 1, line, column: 1, span: Span { start: line * 100, end: line * 100 + 40 } }
}

fn graph(docs: impl IntoIterator<Item = Doc>) -> KnowledgeGraph {
    merged(docs, "()")
}

fn merged(docs: impl IntoIterator<Item = Doc>, corrections: &str) -> KnowledgeGraph {
    let all: Vec<Extraction> = docs.into_iter().map(|d| d.0).collect();
    merge(&all, Schema::builtin(), Some(&Corrections::from_ron(corrections).unwrap()))
}

fn of_type<'g>(graph: &'g KnowledgeGraph, kind: &'g str) -> Vec<&'g Node> {
    graph.nodes().filter(|n| &*n.kind == kind && !n.world).collect()
}

fn frozen(graph: &KnowledgeGraph) -> FrozenGraph {
    graph.freeze().unwrap()
}

#[test]
fn misspelt_persons_are_one_and_the_reason_is_kept() {
    let graph = graph([
        Doc::new("a", "2025-12-20").has("Person", "Sanae Takaichi", &[]),
        Doc::new("b", "2025-12-21").has("Person", "Sanae Takachi", &[]),
        Doc::new("c", "2025-12-21").has("Person", "Fumio Takachi", &[]),
    ]);
    let names: Vec<&str> = of_type(&graph, "Person").iter().map(|n| &*n.name).collect();
    assert_eq!(names, ["Fumio Takachi", "Sanae Takaichi"]);
    let takaichi = graph.node(graph.find("person/sanae-takaichi").unwrap()).unwrap();
    insta::assert_snapshot!(takaichi.reasons.join("\n"), @"“Sanae Takachi” and “Sanae Takaichi”: the same given name, and family names that differ by 1 letter");
}

#[test]
fn likeness_does_not_travel_in_chains() {
    // The first and the last are four letters apart.
    let docs = ["Ana Abcdefgh", "Ana Abcdefxy", "Ana Abcdwvxy"];
    let graph = graph(docs.iter().enumerate().map(|(i, n)| Doc::new(&format!("{i}"), "2025").has("Person", n, &[])));
    assert_eq!(of_type(&graph, "Person").len(), 3);
}

#[test]
fn what_one_document_tells_apart_is_not_joined_by_another() {
    let graph = graph([
        Doc::new("a", "2025").has("Project", "Alpha terminal", &[]).has("Project", "Beta terminal", &[]),
        Doc::new("b", "2025").has("Project", "Alpha terminal", &["beta terminal"]),
    ]);
    let names: Vec<&str> = of_type(&graph, "Project").iter().map(|n| &*n.name).collect();
    assert_eq!(names, ["Alpha terminal", "Beta terminal"]);
}

#[test]
fn a_symmetric_edge_is_one_in_both_directions() {
    let graph = graph([
        Doc::new("a", "2025-01").has("State", "Kazakhstan", &[]).has("State", "Japan", &[]).says(
            "Kazakhstan",
            "trades_with",
            "Japan",
            Mode::Actual,
        ),
        Doc::new("b", "2025-02").has("State", "Kazakhstan", &[]).has("State", "Japan", &[]).says(
            "Japan",
            "trades_with",
            "Kazakhstan",
            Mode::Planned,
        ),
    ]);
    let trade: Vec<_> = graph.edges().filter(|e| &*e.2.kind == "trades_with").collect();
    assert_eq!(trade.len(), 1);
    assert_eq!(trade[0].2.claims.len(), 2);
    assert_eq!(trade[0].2.mode, Mode::Planned, "the latest claim decides");
    assert!(!trade[0].2.world);
}

#[test]
fn world_data_is_marked_and_widens_regions() {
    let graph = graph([Doc::new("a", "2025").has("State", "Kazakhstan", &[]).has("State", "Russia", &[])]);
    let region = graph.node(graph.find("region/central-asia").unwrap()).unwrap();
    assert!(region.world && region.mentions.is_empty());
    assert!(graph.edges().any(|e| &*e.2.kind == "borders" && e.2.world && e.2.claims.iter().all(|c| c.is_world())));
    assert!(graph.edges().all(|e| e.2.world));
    assert!(graph.find("state/japan").is_none(), "only what is named, and what it lies in");
    let frozen = frozen(&graph);
    assert_eq!(frozen.name(frozen.find("kazakh")[0]), "Kazakhstan");
    assert_eq!(frozen.aliases(frozen.find("kazakh")[0]).count(), 0);
}

#[test]
fn differing_figures_are_all_kept_and_the_latest_counts() {
    let way =
        |id, date, km| Doc::new(id, date).has("Corridor", "Harbour Spur", &[]).gives("Harbour Spur", "length_km", Value::Int(km));
    let graph = frozen(&graph([way("a", "2025-01", 774), way("b", "2025-03", 687), way("c", "2025-03", 680)]));
    let (node, length) = (graph.find("harbour spur")[0], graph.attribute_id("length_km").unwrap());
    let values: Vec<Value> = graph.node_facts(node, length).map(|f| f.value.to_value()).collect();
    assert_eq!(values, [Value::Int(774), Value::Int(687), Value::Int(680)]);
    assert_eq!(graph.node_value(node, length).unwrap().to_value(), Value::Int(687));
}

#[test]
fn retellings_of_one_report_are_one_source() {
    let doc = |id: &str, date| {
        Doc::new(id, date).has("State", "Kazakhstan", &[]).has("State", "Japan", &[]).says(
            "Japan",
            "supports",
            "Kazakhstan",
            Mode::Actual,
        )
    };
    let wire = |a: &mut ArticleInfo| a.origin = Some("Kyodo News".into());
    let sources = |docs: Vec<Doc>| {
        let graph = frozen(&graph(docs));
        let edge = graph.edges_of_type(graph.edge_type_id("supports").unwrap()).start;
        (graph.claim_count(edge), graph.source_count(edge))
    };
    assert_eq!(sources(vec![doc("a", "2025-12-20"), doc("b", "2025-12-20")]), (2, 2));
    let (a, b) = (doc("a", "2025-12-20").article(wire), doc("b", "2025-12-21").article(wire));
    assert_eq!(sources(vec![a, b]), (2, 1), "one credited origin, a day apart");
    let (a, b) = (doc("a", "2025-12-20").article(wire), doc("b", "2025-11-21").article(wire));
    assert_eq!(sources(vec![a, b]), (2, 2), "a month apart");
    let (a, b) = (
        doc("a", "2025-12-20").article(|a| a.sketch = (0..32).collect()),
        doc("b", "2025-12-21").article(|a| a.sketch = (28..60).collect()),
    );
    assert_eq!(sources(vec![a, b]), (2, 1), "four of thirty-two pieces of wording shared");
}

#[test]
fn corrections_count() {
    let docs = || {
        [
            Doc::new("a", "2025").has("Corridor", "Harbour Spur", &[]).has("State", "Japan", &[]).says(
                "Harbour Spur",
                "passes_through",
                "Japan",
                Mode::Actual,
            ),
            Doc::new("b", "2025").has("Corridor", "Port Link", &[]).has("Corridor", "Harbour Spur", &[]),
        ]
    };
    let graph = merged(docs(), r#"(same: [("Harbour Spur", "Port Link")], rename: [("Port Link", "Spur")])"#);
    let ways = of_type(&graph, "Corridor");
    assert_eq!(ways.len(), 1);
    assert_eq!((&*ways[0].name, &*ways[0].id, ways[0].aliases.len()), ("Spur", "corridor/spur", 2));
    assert_eq!(&*ways[0].reasons[0], "corrected: “Harbour Spur” is “Port Link”");
    let graph = merged(docs(), r#"(retract: [(document: "a", line: Some(1))])"#);
    assert!(graph.edges().all(|e| e.2.world));
    let graph = merged(
        docs(),
        r#"(assert: [(subject: "Port Link", edge: Some("passes_through"), object: Some("Japan"), source: "a letter", date: Some("2025-05-03"))])"#,
    );
    let asserted = graph.edges().find(|e| e.2.claims.iter().any(|c| &*c.document == "a letter")).unwrap();
    assert_eq!(&*graph.node(asserted.0).unwrap().name, "Port Link");
    assert!(graph.documents().iter().any(|d| d.id == "a letter"));
    let fault = Corrections::from_ron("(\n  sane: [],\n)").unwrap_err();
    assert_eq!((fault.line, fault.message.contains("sane")), (2, true), "{fault}");
}

#[test]
fn what_differs_is_told_apart_by_corrections() {
    let docs = [
        Doc::new("a", "2025").has("Project", "Northern terminal", &["terminal"]),
        Doc::new("b", "2025").has("Project", "Big terminal", &["terminal"]),
    ];
    let graph = merged(docs, r#"(different: [("Northern terminal", "Big terminal")])"#);
    assert_eq!(of_type(&graph, "Project").len(), 2);
}

/// A summit of four states as one article has it.
fn summit(id: &str, date: &str, name: &str, leader: &str, mode: Mode) -> Doc {
    let mut doc = Doc::new(id, date).has("Event", name, &[]).has("Person", leader, &[]);
    for state in ["Japan", "Kazakhstan", "Kyrgyzstan", "Uzbekistan"] {
        doc = doc.has("State", state, &[]).says(state, "participates_in", name, mode);
    }
    doc.says(leader, "participates_in", name, mode)
}

#[test]
fn one_happening_in_the_words_of_several_articles_is_one() {
    let held = |id, date, name| summit(id, date, name, "Sanae Takaichi", Mode::Actual);
    let first = || held("a", "2025-12-20", "first summit with Kazakhstan");
    let second = || held("b", "2025-12-21", "official summit in Tokyo");
    let events = |docs: Vec<Doc>, corrections: &str| of_type(&merged(docs, corrections), "Event").len();
    let one = merged([first(), second()], "()");
    assert_eq!(of_type(&one, "Event").len(), 1);
    let node = of_type(&one, "Event")[0];
    assert!(node.reasons.iter().any(|r| r.contains("the same 4 states took part")), "{:?}", node.reasons);
    // What was planned and called off is another; so is one with another leader, of another year, of another sort.
    let called_off = summit("c", "2025-12-20", "first summit with Kazakhstan's neighbours", "Fumio Kishida", Mode::Planned);
    assert_eq!(events(vec![first(), second(), called_off], "()"), 2);
    assert_eq!(events(vec![first(), summit("b", "2025-12-21", "summit in Tokyo", "Fumio Kishida", Mode::Actual)], "()"), 2);
    assert_eq!(events(vec![first(), held("b", "2027-12-21", "official summit in Tokyo")], "()"), 2);
    assert_eq!(events(vec![first(), held("b", "2025-12-21", "business forum in Tokyo")], "()"), 2);
    // A person may part them.
    let parted = r#"(different: [("first summit with Kazakhstan", "official summit in Tokyo")])"#;
    assert_eq!(events(vec![first(), second()], parted), 2);
    // Any order of documents gives the same.
    assert_eq!(merged([second(), first()], "()"), one);
}

/// A happening of two states, with the date that the text gives, if any.
fn met(id: &str, date: &str, name: &str, states: [&str; 2], when: Option<&str>) -> Doc {
    let doc = Doc::new(id, date).has("State", states[0], &[]).has("State", states[1], &[]).has("Event", name, &[]);
    let doc = states.into_iter().fold(doc, |doc, state| doc.says(state, "participates_in", name, Mode::Actual));
    when.into_iter().fold(doc, |doc, when| doc.gives(name, "date", Value::Text(Arc::from(when))))
}

#[test]
fn what_is_only_called_alike_is_not_one() {
    let (chad, peru) = (["Chad", "Niger"], ["Peru", "Chile"]);
    let events = |docs: Vec<Doc>| of_type(&graph(docs), "Event").len();
    // "The summit" is another one in each article, unless the same states were there at one time.
    let summit = |id, date, states, when| met(id, date, "summit", states, when);
    assert_eq!(events(vec![summit("a", "2025-05-10", chad, None), summit("b", "2025-05-10", peru, None)]), 2);
    assert_eq!(events(vec![summit("a", "2025-05-10", chad, None), summit("b", "2025-05-11", chad, None)]), 1);
    assert_eq!(events(vec![summit("a", "2025-05-10", chad, None), summit("b", "2025-09-11", chad, None)]), 2);
    let day = Some("2024-05-09");
    assert_eq!(events(vec![summit("a", "2025-05-10", chad, day), summit("b", "2025-05-10", chad, Some("2023-06-09"))]), 2);
    assert_eq!(events(vec![summit("a", "2024-05-10", chad, day), met("b", "2024-05-12", "border summit", chad, day)]), 1);
    // A summit of two days is dated by either.
    assert_eq!(events(vec![summit("a", "2024-05-10", chad, day), summit("b", "2024-05-12", chad, Some("2024-05-10"))]), 1);
    // What has a name has it again a year later.
    let named = |id, when| met(id, "2026", "Accra Summit", chad, when);
    assert_eq!(events(vec![named("a", Some("2024-05-09")), named("b", Some("2025-05-08"))]), 2);
    assert_eq!(events(vec![named("a", Some("2024-05-09")), named("b", Some("2024-06-08")), named("c", None)]), 1);
    let ids = graph([summit("a", "2025-05-10", chad, None), summit("b", "2025-05-10", peru, None)]);
    let ids: Vec<&str> = of_type(&ids, "Event").iter().map(|n| &*n.id).collect();
    assert!(ids.iter().all(|id| id.starts_with("event/summit-")), "{ids:?}");
    // That another one comes up changes nothing of it, though its id is longer now.
    let alone = frozen(&graph([summit("a", "2025-05-10", chad, None)]));
    let both = frozen(&graph([summit("0", "2025-05-10", peru, None), summit("a", "2025-05-10", chad, None)]));
    let changes = |a, b| diff(a, b).changes.iter().filter(|c| c.to_string().contains("summit (Event)")).count();
    assert_eq!((changes(&alone, &both), changes(&both, &alone)), (1, 1));
    // A person may join two of them, and leaves the others apart.
    let three =
        || vec![summit("a", "2025", chad, None), summit("b", "2025", peru, None), met("c", "2025", "border summit", peru, None)];
    assert_eq!(of_type(&merged(three(), r#"(same: [("summit @ b", "border summit")])"#), "Event").len(), 2);
    assert_eq!(of_type(&merged(three(), r#"(same: [("summit", "border summit")])"#), "Event").len(), 1);
    // Agreements, too.
    let pacts = |docs: Vec<Doc>| of_type(&graph(docs), "Agreement").len();
    let pact = |id, name, by, when| signed(id, name, by, when);
    for name in ["gas agreement", "Memorandum of Understanding"] {
        assert_eq!(pacts(vec![pact("a", name, chad, None), pact("b", name, peru, None)]), 2, "{name}");
        assert_eq!(pacts(vec![pact("a", name, chad, None), pact("b", name, chad, None)]), 1, "{name}");
        assert_eq!(pacts(vec![pact("a", name, chad, Some("2025-01")), pact("b", name, chad, Some("2026-02"))]), 2, "{name}");
    }
}

#[test]
fn things_without_a_name_are_one_where_the_same_is_said_of_them() {
    let pipeline = |id, date, by: &str| {
        let doc = Doc::new(id, date).has("State", by, &[]).has("Corridor", "gas pipeline", &[]);
        doc.says(by, "funds", "gas pipeline", Mode::Actual)
    };
    let ways = |docs: Vec<Doc>| of_type(&graph(docs), "Corridor").len();
    assert_eq!(ways(vec![pipeline("a", "2025-05-10", "Kenya"), pipeline("b", "2025-05-10", "Peru")]), 2);
    assert_eq!(ways(vec![pipeline("a", "2025-05-10", "Kenya"), pipeline("b", "2025-05-20", "Kenya")]), 1);
    assert_eq!(ways(vec![pipeline("a", "2025-05-10", "Kenya"), pipeline("b", "2025-09-20", "Kenya")]), 2);
    // Where no date tells whether it is the same, one statement is not enough.
    let undated = |id| pipeline(id, "", "Kenya");
    assert_eq!(ways(vec![undated("a"), undated("b")]), 2);
    let more = |id| undated(id).has("State", "Peru", &[]).says("gas pipeline", "passes_through", "Peru", Mode::Planned);
    assert_eq!(ways(vec![more("a"), more("b")]), 1);
    // Of a commodity its noun is the name.
    let goods = |id| Doc::new(id, "").has("Commodity", "dried figs", &[]);
    assert_eq!(of_type(&graph([goods("a"), goods("b")]), "Commodity").len(), 1);
}

/// An agreement that two states signed, with the date that the text gives, if any.
fn signed(id: &str, name: &str, by: [&str; 2], date: Option<&str>) -> Doc {
    let doc = Doc::new(id, "2026").has("State", by[0], &[]).has("State", by[1], &[]).has("Agreement", name, &[]);
    let doc = by.into_iter().fold(doc, |doc, state| doc.says(state, "party_to", name, Mode::Actual));
    date.into_iter().fold(doc, |doc, date| doc.gives(name, "date", Value::Text(Arc::from(date))))
}

#[test]
fn agreements_are_one_by_parties_kind_and_date_and_never_by_likeness_alone() {
    let both = ["Kazakhstan", "Iran"];
    let count = |docs: Vec<Doc>, corrections: &str| of_type(&merged(docs, corrections), "Agreement").len();
    let day = Some("2026-02-04");
    let short = || signed("a", "memorandum", both, day);
    let long = || signed("b", "memorandum on the harbour railway", both, Some("2026-02"));
    let one = merged([short(), long()], "()");
    let reasons = &of_type(&one, "Agreement")[0].reasons;
    assert!(reasons.iter().any(|r| r.contains("the same 2 parties, the same kind and the same date")), "{reasons:?}");
    assert_eq!(of_type(&one, "Agreement").len(), 1);
    assert_eq!(merged([long(), short()], "()"), one);
    // Another date, another party, another matter, another kind, or no date: two.
    for other in [
        signed("b", "memorandum of understanding", both, Some("2026-03-04")),
        signed("b", "memorandum on the railway", ["Kazakhstan", "China"], day),
        signed("b", "loan agreement", both, day),
        signed("b", "memorandum on the railway", both, None),
    ] {
        assert_eq!(count(vec![short(), other], "()"), 2);
    }
    // The short name could be either of two: it joins one, and not both by way of it.
    let energy = signed("c", "memorandum on energy supplies", both, day);
    assert_eq!(count(vec![short(), long(), energy], "()"), 2);
    // Adopted at one summit, without a date of its own.
    let at = |id, name| {
        let doc = signed(id, name, both, None).has("Event", "Caspian Summit of 2026", &[]);
        doc.says(name, "adopted_at", "Caspian Summit of 2026", Mode::Actual)
    };
    assert_eq!(count(vec![at("a", "joint declaration"), at("b", "declaration")], "()"), 1);
    // Of peace two parties have one at a time, by whatever name and whenever it is spoken of, but not of two dates.
    let peace = |id, name, date| signed(id, name, both, date);
    let treaty = || peace("a", "peace treaty with Iran", None);
    assert_eq!(count(vec![treaty(), peace("b", "initialled peace agreement", day)], "()"), 1);
    let dated = [peace("a", "peace treaty", Some("1921-05")), peace("b", "peace agreement", day)];
    assert_eq!(count(dated.into(), "()"), 2);
    assert_eq!(count(vec![treaty(), signed("b", "peace treaty", ["Kazakhstan", "China"], None)], "()"), 2);
    // A person may part them.
    assert_eq!(count(vec![short(), long()], r#"(different: [("memorandum", "memorandum on the harbour railway")])"#), 2);
}

/// A body to which some states belong.
fn body(id: &str, name: &str, members: &[&str]) -> Doc {
    let doc = members.iter().fold(Doc::new(id, "2026"), |doc, state| doc.has("State", state, &[])).has("Organisation", name, &[]);
    members.iter().fold(doc, |doc, state| doc.says(state, "member_of", name, Mode::Actual))
}

#[test]
fn a_described_format_is_the_one_with_exactly_its_members() {
    let five = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"];
    let six = [&five[..], &["United States"]].concat();
    let names = |docs: Vec<Doc>, corrections: &str| {
        let graph = merged(docs, corrections);
        let bodies = of_type(&graph, "Organisation").into_iter().filter(|o| !o.world);
        bodies.map(|o| o.name.to_string()).collect::<Vec<_>>()
    };
    let known = || body("a", "C5+1", &[]);
    let described = |members: &[&str]| body("b", "dialogue framework with five states", members);
    assert_eq!(names(vec![known(), described(&six)], "()"), ["C5+1"]);
    let graph = merged([described(&six), known()], "()");
    let reasons = &of_type(&graph, "Organisation").into_iter().find(|o| &*o.name == "C5+1").unwrap().reasons;
    assert!(reasons.iter().any(|r| r.contains("a format of the same 6 members")), "{reasons:?}");
    // One member less, a name, or a word for something else: another body.
    assert_eq!(names(vec![known(), described(&five)], "()").len(), 2);
    assert_eq!(names(vec![known(), body("b", "Steppe Dialogue", &six)], "()").len(), 2);
    assert_eq!(names(vec![known(), body("b", "joint fund of six states", &six)], "()").len(), 2);
    // Two that are described alike are one, also where no text names it, and a person may part them.
    let again = || body("c", "format for talks", &["Chad", "Niger", "Mali"]);
    let other = || body("d", "dialogue of the Sahel", &["Mali", "Chad", "Niger"]);
    assert_eq!(names(vec![again(), other()], "()").len(), 1);
    assert_eq!(names(vec![again(), other()], r#"(different: [("format for talks", "dialogue of the Sahel")])"#).len(), 2);
}

#[test]
fn a_happening_is_known_by_who_took_part_on_its_day() {
    let held = |date| summit("a", date, "first summit with Kazakhstan", "Sanae Takaichi", Mode::Actual);
    let met = |leader: &str, date: &str| {
        let doc = Doc::new("b", "").has("State", "Japan", &[]).has("Person", leader, &[]).has("Event", "summit", &[]);
        let doc =
            doc.says("Japan", "participates_in", "summit", Mode::Actual).says(leader, "participates_in", "summit", Mode::Actual);
        doc.gives("summit", "date", Value::Text(Arc::from(date)))
    };
    let events = |docs: Vec<Doc>| of_type(&graph(docs), "Event").len();
    // Reported on the day after it.
    assert_eq!(events(vec![held("2025-12-20"), met("Sanae Takaichi", "2025-12-19")]), 1);
    assert_eq!(events(vec![held("2025-12-20"), met("Sanae Takachi", "2025-12-19")]), 1, "however she is spelt");
    assert_eq!(events(vec![held("2025-12-20"), met("Fumio Kishida", "2025-12-19")]), 2);
    assert_eq!(events(vec![held("2025-12-20"), met("Sanae Takaichi", "2025-12-10")]), 2);
    assert_eq!(events(vec![held("2025-12-18"), met("Sanae Takaichi", "2025-12-19")]), 2);
    assert_eq!(events(vec![held("2025"), met("Sanae Takaichi", "2025-12-19")]), 2, "no day, no news of a day");
}

#[test]
fn differences_come_with_their_sentences() {
    let way = |id: &str, mode, km| {
        Doc::new(id, "2025")
            .has("Corridor", "Harbour Spur", &[])
            .has("State", "Japan", &[])
            .says("Harbour Spur", "passes_through", "Japan", mode)
            .gives("Harbour Spur", "length_km", Value::Int(km))
    };
    let old = frozen(&graph([way("a", Mode::Planned, 10)]));
    let longer = Doc::new("b", "2026").has("Corridor", "Great Harbour Spur", &["harbour spur"]);
    let new = frozen(&graph([way("a", Mode::Planned, 10), way("c", Mode::Actual, 12), longer]));
    assert!(diff(&old, &old).is_empty());
    let mut text = Vec::new();
    diff(&old, &new).write_markdown(&mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text).unwrap(), @r###"
## Nodes

- changed: Harbour Spur (Corridor) → Great Harbour Spur (Corridor)

## Edges

- changed: Great Harbour Spur passes_through Japan (planned → actual; sentences +1 -0; sources 1 → 2)
  > Line 1 of c: passes_through. (c:1)

## Attributes

- changed: Great Harbour Spur: length_km 10 → 10 | 12
  > Line 2 of c: length_km. (c:2)
"###);
    let back = diff(&new, &old);
    assert_eq!(back.summary().nodes[Kind::Changed as usize], 1);
    let mut text = Vec::new();
    back.write_markdown(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("(actual → planned; sentences +0 -1; sources 2 → 1)\n  > ~~Line 1 of c: passes_through.~~ (c:1)\n"),
        "{text}"
    );
}

#[test]
fn a_small_graph_as_json() {
    let graph = graph([Doc::new("a.txt", "2025-07")
        .article(|a| a.title = Some("A spur".into()))
        .has("Corridor", "Harbour Spur", &[])
        .has("Place", "Harbour", &[])
        .says("Harbour Spur", "passes_through", "Harbour", Mode::Planned)
        .gives("Harbour Spur", "length_km", Value::Int(12))]);
    let mut text = Vec::new();
    json::write(&graph, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap().replace(&Schema::builtin().hash, "HASH");
    insta::assert_snapshot!(text, @r###"
{"directed": true, "multigraph": true,
 "graph": {"generator":"silkgraph 0.1.0","schema":"HASH","documents":[{"id":"a.txt","title":"A spur","date":"2025-07","hash":"00000000000000000000000000000000","articles":[{"number":1,"title":"A spur","date":"2025-07","source":"a.txt"}]}]},
 "nodes": [
{"id":"corridor/harbour-spur","type":"Corridor","name":"Harbour Spur","aliases":[],"attrs":{"length_km":[{"value":12,"claims":["61a70aa4785f781f"]}]},"claims":[{"id":"61a70aa4785f781f","document":"a.txt","article":1,"line":2,"column":1,"start":200,"end":240,"text":"Line 2 of a.txt: length_km.","mode":"actual","asserted":"2025-07","when":null,"speaker":null,"confidence":900,"rule":"test"}],"mentions":[{"document":"a.txt","article":1,"line":1,"column":1,"start":100,"end":140}]},
{"id":"place/harbour","type":"Place","name":"Harbour","aliases":[],"attrs":{},"mentions":[{"document":"a.txt","article":1,"line":2,"column":1,"start":200,"end":240}]}],
 "edges": [
{"source":"corridor/harbour-spur","target":"place/harbour","key":0,"type":"passes_through","mode":"planned","attrs":{},"claims":[{"id":"94c3cec133665b4e","document":"a.txt","article":1,"line":1,"column":1,"start":100,"end":140,"text":"Line 1 of a.txt: passes_through.","mode":"planned","asserted":"2025-07","when":null,"speaker":null,"confidence":900,"rule":"test"}]}]}
"###);
}

#[test]
fn a_way_that_only_the_title_names_is_the_one_with_its_ends() {
    let text = "Olt–Brda line gets backing\nBy Jane Doe\nZagreb, 12 March 2026\n\n\
                The two ports signed a protocol that clears the way for a freight railway from Olt to Brda. It will be 210 km long.\n\n\
                Serbia, which pays half of the price, wants the railway to open in 2028, and Croatia supports the project.\n";
    let graph = silkgraph::Builder::new().text("a.txt", text).build().unwrap();
    let ways: Vec<_> = graph.knowledge().nodes().filter(|n| &*n.kind == "Corridor").collect();
    let [way] = ways[..] else { panic!("{:?}", ways.iter().map(|w| &w.name).collect::<Vec<_>>()) };
    let names: Vec<&str> = way.aliases.iter().map(|a| &**a).chain([&*way.name]).collect();
    assert!(names.iter().any(|n| n.starts_with("Olt–Brda")) && names.iter().any(|n| n.contains("from Olt to Brda")), "{names:?}");
}

/// A document that tells where a way begins and ends, and of what kind it is.
fn way(id: &str, name: &str, ends: [&str; 2], kind: Option<&str>) -> Doc {
    let mut doc = Doc::new(id, "2026-03-12").has("Corridor", name, &[]);
    for (end, role) in ends.into_iter().zip(["start", "end"]) {
        doc = doc.has("Place", end, &[]).says(name, "passes_through", end, Mode::Planned);
        doc.0.claims.last_mut().unwrap().attrs.insert(Arc::from("role"), Value::Text(Arc::from(role)));
    }
    match kind {
        Some(kind) => doc.gives(name, "kind", Value::Text(Arc::from(kind))),
        None => doc,
    }
}

#[test]
fn ways_between_the_same_ends_are_one_if_their_kinds_do_not_clash() {
    let railway = || way("a", "railway from Olt to Brda", ["Olt", "Brda"], Some("railway"));
    let ways = |docs: Vec<Doc>| of_type(&graph(docs), "Corridor").len();
    let joined = graph([railway(), way("b", "section from Olt to Brda", ["Olt", "Brda"], Some("railway"))]);
    let [one] = of_type(&joined, "Corridor")[..] else { panic!("two ways") };
    assert_eq!((&*one.name, one.aliases.len()), ("railway from Olt to Brda", 1));
    insta::assert_snapshot!(one.reasons.join("\n"), @"ways between the same two ends, of kinds that do not clash: railway from Olt to Brda; section from Olt to Brda");
    // A section of no kind, the way back, and a name by both ends.
    assert_eq!(ways(vec![railway(), way("b", "stretch between Brda and Olt", ["Brda", "Olt"], None)]), 1);
    assert_eq!(ways(vec![railway(), way("b", "Olt–Brda railway", ["Olt", "Brda"], Some("railway"))]), 1);
    // Another kind, another good, another end, a name of its own.
    assert_eq!(ways(vec![railway(), way("b", "section from Olt to Brda", ["Olt", "Brda"], Some("road"))]), 2);
    let gas = way("a", "gas pipeline from Olt to Brda", ["Olt", "Brda"], Some("pipeline"));
    assert_eq!(ways(vec![gas, way("b", "oil pipeline from Olt to Brda", ["Olt", "Brda"], Some("pipeline"))]), 2);
    assert_eq!(ways(vec![railway(), way("b", "section from Olt to Vir", ["Olt", "Vir"], Some("railway"))]), 2);
    assert_eq!(ways(vec![railway(), way("b", "Harbour Spur", ["Olt", "Brda"], Some("railway"))]), 2);
}

#[test]
fn a_section_that_may_be_of_two_ways_stays_apart() {
    let railway = || way("a", "railway from Olt to Brda", ["Olt", "Brda"], Some("railway"));
    let road = way("b", "road from Olt to Brda", ["Olt", "Brda"], Some("road"));
    let section = || way("c", "section from Olt to Brda", ["Olt", "Brda"], None);
    let names = |docs: Vec<Doc>| of_type(&graph(docs), "Corridor").len();
    assert_eq!(names(vec![railway(), road, section()]), 3);
    // One document tells of both.
    let mut both = section();
    both.0.entities.push(Entity { name: "railway from Olt to Brda".to_owned(), ..railway().0.entities[0].clone() });
    assert_eq!(names(vec![railway(), both]), 2);
    // What a person sets apart.
    let apart = "(different: [(\"railway from Olt to Brda\", \"section from Olt to Brda\")])";
    assert_eq!(of_type(&merged([railway(), section()], apart), "Corridor").len(), 2);
}

/// The names of the bodies that a text speaks of.
fn bodies(text: &str) -> Vec<String> {
    let graph = silkgraph::Builder::new().text("a.txt", text).build().unwrap();
    let mut names: Vec<String> = of_type(graph.knowledge(), "Organisation").iter().map(|n| n.name.to_string()).collect();
    names.sort();
    names
}

#[test]
fn what_a_name_is_called_besides_is_no_other_body() {
    let acronym = "The line is run by the Moroto Ports Authority (MPA). The MPA remains.";
    assert_eq!(bodies(acronym), ["Moroto Ports Authority"]);
    let short = "The line was paid for by Lakeside Rail Holding. Lakeside Rail has left Kenya.";
    assert_eq!(bodies(short), ["Lakeside Rail Holding"]);
    // Two names begin so: which is meant is open.
    let either = "Lakeside Rail Holding and Lakeside Rail Finance met. The Isaka railway is run by Lakeside Rail.";
    assert_eq!(bodies(either).len(), 3, "{:?}", bodies(either));
}
