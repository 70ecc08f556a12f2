//! The compiled-in schema is whole, and a broken one is told all its faults at once.

use std::fmt::Write as _;

use super::{EntryId, NameKind, Schema, SchemaFile};
use crate::diagnostic::Diagnostic;
use crate::span::LineIndex;

/// Every fault as `file:line:column`, what stands there, message and hints.
fn report(files: &[SchemaFile], faults: &[Diagnostic]) -> String {
    let mut out = String::new();
    for fault in faults {
        let origin = fault.origin.as_deref().unwrap_or("-");
        let text = files.iter().find(|f| f.path == origin).map_or("", |f| &*f.text);
        let _ = writeln!(out, "{origin}: {} {}", fault.code, fault.message);
        for label in &fault.labels {
            let (line, column) = LineIndex::new(text.as_bytes()).line_column(text.as_bytes(), label.span.start as usize);
            let _ = writeln!(out, "  at {line}:{column} `{}` {}", text.get(label.span.range()).unwrap_or("?"), label.text);
        }
        for hint in &fault.hints {
            let _ = writeln!(out, "  hint: {hint}");
        }
    }
    out
}

fn builtin() -> &'static Schema {
    Schema::builtin()
}

fn entry(id: &str) -> EntryId {
    builtin().entry(id).unwrap_or_else(|| panic!("no entry {id}"))
}

fn ids(entries: &[EntryId]) -> Vec<&'static str> {
    entries.iter().map(|e| &*builtin().gazetteer[e.0 as usize].id).collect()
}

#[test]
fn the_compiled_in_schema_has_no_fault() {
    let files = Schema::default_files();
    match Schema::load(&files) {
        Ok(schema) => {
            assert!(schema.gazetteer.len() > 5_000);
            assert_eq!(schema.hash.len(), 32);
            assert_eq!(schema.hash, builtin().hash);
        }
        Err(faults) => panic!("{}", report(&files, &faults)),
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let mut files = Schema::default_files();
    files.reverse();
    let schema = Schema::load(&files).unwrap();
    assert_eq!(schema.hash, builtin().hash);
    assert_eq!(schema.gazetteer, builtin().gazetteer);
}

#[test]
fn every_role_is_played() {
    let roles = &builtin().roles;
    let edges = [roles.touches, roles.avoids, roles.within, roles.part_of, roles.alternative, roles.borders, roles.carries];
    assert!(edges.iter().all(Option::is_some) && roles.membership.is_some() && roles.way.is_some());
    let attributes = [&roles.length, &roles.cost, &roles.date, &roles.status, &roles.kind, &roles.order];
    assert!(attributes.iter().all(|a| a.is_some()));
    assert!(!roles.stops.is_empty() && !roles.happening.is_empty());
}

#[test]
fn names_that_news_use_mean_their_state() {
    for (name, id, kind) in [
        ("Turkey", "state/turkiye", NameKind::Alias),
        ("U.S.", "state/united-states", NameKind::Alias),
        ("the Emirates", "state/united-arab-emirates", NameKind::Alias),
        ("Kyrgyz", "state/kyrgyzstan", NameKind::Demonym),
        ("Azeris", "state/azerbaijan", NameKind::Demonym),
        ("Saudi", "state/saudi-arabia", NameKind::Demonym),
        ("Kremlin", "state/russia", NameKind::Metonym),
        ("Astana", "state/kazakhstan", NameKind::Metonym),
        ("Congolese", "state/democratic-republic-of-the-congo", NameKind::Ambiguous),
    ] {
        let uses = builtin().named(name);
        assert!(uses.iter().any(|u| u.entry == entry(id) && u.kind == kind), "{name}: {uses:?}");
        assert_eq!(uses.iter().any(|u| u.entry == entry(id) && u.free), kind != NameKind::Ambiguous, "{name}");
    }
}

#[test]
fn land_borders_are_known_from_both_sides() {
    let schema = builtin();
    let borders = schema.roles.borders.unwrap();
    let neighbours = |id: &str| {
        let facts = &schema.gazetteer[entry(id).0 as usize].facts;
        let mut found = ids(&facts.iter().filter(|f| f.0 == borders).map(|f| f.1).collect::<Vec<_>>());
        found.sort_unstable();
        found
    };
    assert_eq!(neighbours("state/armenia"), ["state/azerbaijan", "state/georgia", "state/iran", "state/turkiye"]);
    assert_eq!(
        neighbours("state/kazakhstan"),
        ["state/china", "state/kyrgyzstan", "state/russia", "state/turkmenistan", "state/uzbekistan"]
    );
    assert!(neighbours("state/japan").is_empty());
}

#[test]
fn regions_hold_their_states_and_places() {
    let schema = builtin();
    let above = ids(&schema.containers(entry("place/aktau")));
    for id in ["state/kazakhstan", "region/central-asia", "region/asia"] {
        assert!(above.contains(&id), "{id} not in {above:?}");
    }
    assert!(!above.iter().any(|id| id.starts_with("organisation/")), "a body contains nothing: {above:?}");
    let below = ids(&schema.contents(entry("region/south-caucasus")));
    for id in ["state/armenia", "place/poti", "region/syunik"] {
        assert!(below.contains(&id), "{id}");
    }
    assert!(!below.contains(&"state/russia"));
}

#[test]
fn what_nobody_looked_up_binds_names_only() {
    let schema = builtin();
    for entry in schema.gazetteer.iter().filter(|e| e.unverified) {
        assert!(entry.facts.is_empty() && entry.members.is_empty(), "{}", entry.id);
    }
    let way = &schema.gazetteer[entry("corridor/middle-corridor").0 as usize];
    assert!(!way.unverified && !way.facts.is_empty());
}

#[test]
fn everyday_words_are_no_free_names() {
    let schema = builtin();
    let commodity = schema.node_type("Commodity");
    for word in
        ["Of", "Most", "Reading", "Sale", "Mobile", "Nice", "Bath", "March", "Central", "Union", "Bank", "Energy Council", "Male"]
    {
        for found in schema.named(word).iter().filter(|u| u.free) {
            let entry = &schema.gazetteer[found.entry.0 as usize];
            assert!(Some(entry.kind) == commodity, "{word} means {}", entry.id);
        }
    }
}

#[test]
fn a_broken_schema_is_told_all_its_faults() {
    let files = [
        SchemaFile::new("nodes.ron", include_str!("../../tests/broken-schema/nodes.ron")),
        SchemaFile::new("edges.ron", include_str!("../../tests/broken-schema/edges.ron")),
        SchemaFile::new("roles.ron", include_str!("../../tests/broken-schema/roles.ron")),
        SchemaFile::new("gazetteer/states.ron", include_str!("../../tests/broken-schema/gazetteer/states.ron")),
        SchemaFile::new("gazetteer/places.ron", include_str!("../../tests/broken-schema/gazetteer/places.ron")),
        SchemaFile::new("gazetteer/collectives.ron", include_str!("../../tests/broken-schema/gazetteer/collectives.ron")),
        SchemaFile::new("notes.ron", "()"),
    ];
    let faults = Schema::load(&files).unwrap_err();
    insta::assert_snapshot!(report(&files, &faults));
}

#[test]
fn a_file_that_is_no_ron_is_told_where() {
    let files = [
        SchemaFile::new(
            "nodes.ron",
            "(types: [\n    (name: \"State\", plural: \"states\", doc: \"\"),\n    (name: \"Región\" plural: \"x\"),\n",
        ),
        SchemaFile::new("edges.ron", "(types: [(name: \"a\", from: [], too: []), (name: 3, from: [], to: [])])"),
    ];
    let faults = Schema::load(&files).unwrap_err();
    insta::assert_snapshot!(report(&files, &faults));
    let none = Schema::load(&[]).unwrap_err();
    insta::assert_snapshot!("nothing", report(&[], &none));
}

proptest::proptest! {
    /// Whatever a file holds, loading ends with a schema or with faults whose places lie in the file.
    #[test]
    fn any_text_is_read_or_told(text in "[(){}\\[\\]:,;?>\"#a-z é/\n]{0,80}", cut in 0usize..2000) {
        let nodes = include_str!("../../graph-schema/nodes.ron");
        let cut = (0..=cut.min(nodes.len())).rev().find(|&i| nodes.is_char_boundary(i)).unwrap_or(0);
        let files = [
            SchemaFile::new("nodes.ron", format!("{}{text}", &nodes[..cut])),
            SchemaFile::new("edges.ron", include_str!("../../graph-schema/edges.ron")),
            SchemaFile::new("gazetteer/places.ron", format!("(type: \"Place\", fact: \"located_in\", table: r#\"{text}\"#)")),
        ];
        if let Err(faults) = Schema::load(&files) {
            for fault in faults {
                for label in &fault.labels {
                    let text = files.iter().find(|f| Some(&*f.path) == fault.origin.as_deref()).map_or("", |f| &*f.text);
                    proptest::prop_assert!(label.span.end as usize <= text.len());
                }
            }
        }
    }
}
