//! Corrections by a person: what each does, that they survive a rebuild, and what a wrong one is told.

use crate::run::{Place, Ran};

/// Documents in which a name is misspelt, two things share a name, and a sentence is wrong.
fn place() -> Place {
    let place = Place::new();
    place.write("docs/b.txt", "Rail\n\nThe Zangar Railway passes through Georgia.\n\nKazakhstan funds the Zangar Railway.\n");
    place.write("docs/c.txt", "Rail again\n\nThe Zangarr Railway passes through Armenia and bypasses Iran.\n");
    place
}

fn corrected(place: &Place, corrections: &str) -> Ran {
    place.write("docs/corrections.ron", corrections);
    place.run(&["build", "docs", "-o", "g.silk"])
}

fn ask(place: &Place, query: &str) -> String {
    let ran = place.run(&["query", "g.silk", "-c", query, "--format", "csv", "--no-header"]);
    assert_eq!(ran.code, 0, "{query}: {}", ran.err);
    ran.out
}

fn stops(place: &Place, way: &str) -> String {
    ask(place, &format!("MATCH (c:Corridor {{name: '{way}'}})-[:passes_through]->(s) RETURN s.name ORDER BY s.name"))
}

#[test]
fn same_joins_with_a_reason_and_survives_a_rebuild() {
    let place = place();
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk"]).code, 0);
    let names = ask(&place, "MATCH (c:Corridor) WHERE c.name CONTAINS 'angar' RETURN c.name ORDER BY c.name");
    assert_eq!(names.lines().count(), 2, "without a correction they are two: {names}");
    let ran = corrected(&place, "(same: [(\"Zangarr Railway\", \"Zangar Railway\")])");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("(0 read, 3 known"), "corrections cost no reading: {}", ran.err);
    let names = ask(&place, "MATCH (c:Corridor) WHERE c.name CONTAINS 'angar' RETURN c.name ORDER BY c.name");
    assert_eq!(names.lines().count(), 1, "{names}");
    assert_eq!(stops(&place, names.trim()), "Armenia\nGeorgia\n");
    let why = place.run(&["query", "g.silk", "-c", "why same \"Zangarr Railway\", \"Zangar Railway\""]);
    assert!(why.out.contains("corrected: “Zangarr Railway” is “Zangar Railway”"), "{}{}", why.out, why.err);
    // Another document comes: the correction still holds, and the result is that of a full build.
    place.write("docs/d.txt", "More\n\nThe Zangarr Railway passes through Azerbaijan.\n");
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk"]).code, 0);
    assert_eq!(stops(&place, names.trim()), "Armenia\nAzerbaijan\nGeorgia\n");
    place.run(&["build", "docs", "-o", "full.silk"]);
    assert_eq!(std::fs::read(place.path("g.silk")).unwrap(), std::fs::read(place.path("full.silk")).unwrap());
}

#[test]
fn different_parts_what_shares_a_name() {
    let place = place();
    place.write("docs/e.txt", "Two\n\nThe TITR passes through Turkmenistan.\n");
    place.run(&["build", "docs", "-o", "g.silk"]);
    assert!(stops(&place, "Middle Corridor").contains("Turkmenistan"));
    assert_eq!(corrected(&place, "(different: [(\"Middle Corridor\", \"TITR\")])").code, 0);
    assert!(!stops(&place, "Middle Corridor").contains("Turkmenistan"));
    assert_eq!(stops(&place, "TITR"), "Turkmenistan\n");
}

#[test]
fn what_one_document_calls_both_cannot_be_parted_and_the_file_is_told() {
    let place = Place::new();
    place.write("docs/a.txt", "Rail\n\nThe Trans-Caspian International Transport Route (TITR) passes through Georgia.\n");
    let ran = corrected(&place, "(different: [(\"Trans-Caspian International Transport Route\", \"TITR\")])");
    assert_eq!(ran.code, 0);
    let told = "warning[M008]: `a.txt` calls one thing both “Trans-Caspian International Transport Route” and “TITR”";
    assert!(ran.err.contains(told), "{}", ran.err);
    // One document that has the second name alone is told apart.
    place.write("docs/b.txt", "Two\n\nThe TITR passes through Turkmenistan.\n");
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert!(!ran.err.contains("M008"), "{}", ran.err);
}

#[test]
fn why_same_takes_a_name_with_a_joining_word_as_one() {
    let place = Place::new();
    place.write("docs/a.txt", "Meetings\n\nGhana hosted its first summit with Chad, Niger and Mali in Accra this week.\n");
    place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!(
        ask(&place, "why same first summit with Chad"),
        "first summit with Chad,Event,first summit with Chad,it is called so\n"
    );
    let begun = "first summit with Chad,Event,first su,\"nothing else is called so, or has a name that begins so\"\n";
    assert_eq!(ask(&place, "why same \"first su\""), begun);
}

#[test]
fn rename_and_retype_show_what_a_person_says() {
    let place = place();
    let ran = corrected(
        &place,
        "(rename: [(\"Zangarr Railway\", \"Zangezur Railway\")], retype: [(\"Zangarr Railway\", \"Project\")])",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ask(&place, "MATCH (p:Project {name: 'Zangezur Railway'}) RETURN p.name"), "Zangezur Railway\n");
    // The old name still finds it.
    assert!(ask(&place, "show \"Zangarr Railway\"").contains("Zangezur Railway"));
}

#[test]
fn retract_takes_a_claim_back_and_assert_adds_one_with_its_source() {
    let place = place();
    let bypassed = "MATCH (c:Corridor)-[:bypasses]->(s) RETURN s.name ORDER BY s.name";
    place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!(ask(&place, bypassed), "Iran\nRussia\n");
    let ran = corrected(
        &place,
        "(retract: [(document: \"c.txt\", line: Some(3), edge: Some(\"bypasses\"))],
          assert: [(subject: \"Zangarr Railway\", edge: Some(\"passes_through\"), object: Some(\"Iran\"),
                    source: \"letter of the ministry, 3 May\", text: \"It crosses Iran.\", date: Some(\"2025-05-03\")),
                   (subject: \"Zangarr Railway\", attribute: \"date\", value: \"2027-01\",
                    source: \"letter of the ministry, 3 May\")])",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
    assert_eq!(ask(&place, bypassed), "Russia\n");
    assert_eq!(stops(&place, "Zangarr Railway"), "Armenia\nIran\n");
    let why = place.run(&["query", "g.silk", "-c", "why \"Zangarr Railway\" passes through Iran", "--format", "json"]);
    let why: serde_json::Value = serde_json::from_str(&why.out).unwrap();
    assert_eq!((&why[0]["document"], &why[0]["sentence"]), (&"letter of the ministry, 3 May".into(), &"It crosses Iran.".into()));
    assert_eq!(why[0]["asserted"], "2025-05-03");
    assert_eq!(ask(&place, "MATCH (c {name: 'Zangarr Railway'}) RETURN c.date"), "2027-01\n");
}

#[test]
fn a_wrong_correction_is_told_with_file_line_and_caret() {
    let place = place();
    for (wrong, wanted) in [
        // No RON.
        ("(\n  same: [(\"A\", \"B\")],\n  sane: [],\n)", vec!["corrections.ron:3:", "sane", "^"]),
        ("(\n  same: [(\"A\" \"B\")],\n)", vec!["corrections.ron:2:", "^"]),
        // Nothing that the schema has.
        (
            "(retype: [\n  (\"Zangarr Railway\", \"Coridor\")])",
            vec!["corrections.ron:2:", "`Coridor` is no node type", "did you mean Corridor"],
        ),
        (
            "(assert: [(subject: \"X\", edge: Some(\"crosses_over\"), object: Some(\"Y\"), source: \"me\")])",
            vec!["`crosses_over` is no edge type", "passes_through"],
        ),
        (
            "(retract: [(document: \"c.txt\", edge: Some(\"bypass\"))])",
            vec!["`bypass` is no edge type or attribute", "did you mean bypasses"],
        ),
        ("(assert: [(subject: \"X\", edge: Some(\"funds\"), source: \"me\")])", vec!["has an edge but no object"]),
        ("(assert: [(subject: \"X\", source: \"me\")])", vec!["it says nothing"]),
        ("(assert: [(subject: \"X\", edge: Some(\"funds\"), object: Some(\"Y\"), source: \" \")])", vec!["who says so"]),
    ] {
        let ran = corrected(&place, wrong);
        assert_eq!(ran.code, 2, "{wrong}: {}", ran.err);
        for wanted in wanted {
            assert!(ran.err.contains(wanted), "{wrong}\n{wanted}\n{}", ran.err);
        }
        assert!(!place.names().contains(&"g.silk".to_owned()), "nothing is built of wrong corrections");
    }
}

#[test]
fn a_correction_that_changes_nothing_is_told() {
    let place = place();
    let ran = corrected(
        &place,
        "(same: [(\"Zangar Railwy\", \"Zangarr Railway\")],
          retract: [(document: \"z.txt\"), (document: \"c.txt\", line: Some(7), edge: Some(\"bypasses\"))])",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for wanted in [
        "nothing is called “Zangar Railwy”",
        "did you mean Zangar",
        "there is no document `z.txt`",
        "nothing is said there that could be retracted in `c.txt`",
        "something of the kind is said in line 3",
        "corrections.ron:2:",
    ] {
        assert!(ran.err.contains(wanted), "{wanted}\n{}", ran.err);
    }
}

#[test]
fn what_is_asserted_is_cited_without_a_line() {
    let place = place();
    let corrections =
        r#"(assert: [(subject: "Japan", edge: "funds", object: "Zangar Railway", source: "note", text: "It pays.")])"#;
    assert_eq!(corrected(&place, corrections).code, 0);
    let funds = ask(&place, "what Japan funds");
    assert!(funds.contains("\"\"line\"\":null"), "{funds}");
    let shown = place.run(&["query", "g.silk", "-c", "what Japan funds", "--format", "line"]).out;
    assert!(shown.contains("[note] “It pays.”"), "{shown}");
    assert_eq!(ask(&place, "MATCH (:State {name: 'Japan'})-[r:funds]->() RETURN claims(r)[0].line"), "\"\"\n");
}

#[test]
fn what_is_asserted_for_a_later_date_is_due() {
    let place = place();
    let corrections = r#"(assert: [
        (subject: "Zangar Railway", attribute: "date", value: "2042-01", source: "letter of 3 May", date: "2026-05-03"),
        (subject: "Zangar Railway", attribute: "date", value: "2019-01", source: "letter of 4 May", date: "2026-05-04"),
        (subject: "Japan", edge: "funds", object: "Zangar Railway", mode: planned, when: "2041-06", source: "note", text: "It will pay."),
    ])"#;
    assert_eq!(corrected(&place, corrections).code, 0);
    let due = ask(&place, "due before 2045");
    assert_eq!(due.lines().count(), 2, "{due}");
    assert!(due.starts_with("2041-06,Japan funds Zangar Railway,funds,planned"), "{due}");
    assert!(due.contains("\n2042-01,Zangar Railway,Corridor,planned"), "{due}");
}
