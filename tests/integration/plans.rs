//! Happenings that were put off: what was planned for one date says nothing of what is held on another.

use silkgraph::Builder;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};

/// Where happenings are, and who is their host, by these documents: a line an edge.
fn places(documents: &[(&str, &str)]) -> Vec<String> {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let all = documents.iter().fold(Builder::new(), |all, (id, text)| all.text(*id, *text));
    let graph = all.schema(Schema::builtin(), &patterns).jobs(1).build().unwrap();
    let rows = |query: &str| -> Vec<String> {
        let answer = graph.query(query).run().unwrap();
        answer.rows.iter().map(|r| r.cells.iter().map(|cell| graph.show(cell)).collect::<Vec<_>>().join(" | ")).collect()
    };
    let mut all = rows("MATCH (e:Event)-[l:located_in]->(p) RETURN e.name, 'in', p.name, l.mode");
    all.extend(rows("MATCH (s:State)-[h:hosts]->(e:Event) RETURN e.name, 'by', s.name, h.mode"));
    all.sort();
    all
}

#[test]
fn what_was_planned_for_another_year_is_another_happening() {
    let held =
        "Harbour Press\nDecember 20, 2025\n\nGhana hosted its first summit with Chad, Niger and Mali in Accra this week.\n\n";
    let off = "The summit had originally been scheduled for August 2024 in Bamako but was postponed after floods in Mali.\n";
    let found = places(&[("a.txt", &format!("{held}{off}"))]);
    let (summit, plan) = ("first summit with Chad", "first summit with Chad 2024-08");
    let expected = [
        format!("{plan} | in | Bamako | planned"),
        format!("{summit} | by | Ghana | actual"),
        format!("{summit} | in | Accra | actual"),
    ];
    assert_eq!(found, expected);
    // A plan of this place and year is no other happening.
    for kept in [
        "The summit had originally been scheduled for November 2025 in Accra.\n",
        "The summit had originally been scheduled for December 2025 in Bamako.\n",
    ] {
        let found = places(&[("a.txt", &format!("{held}{kept}"))]);
        assert!(found.iter().all(|line| line.starts_with("first summit with Chad |")), "{kept}: {found:?}");
    }
}

#[test]
fn a_date_that_was_put_off_takes_its_place_along() {
    let text = "Harbour Press\nJune 20, 2025\n\nThe Kayes Forum, which had been scheduled for March 2025 in Kayes, was put off. The \
                Kayes Forum will be held in Bamako in October 2025.\n";
    let found = places(&[("a.txt", text)]);
    let expected = ["Kayes Forum 2025-03 | in | Kayes | planned", "Kayes Forum | in | Bamako | planned"];
    assert_eq!(found, expected);
    // While it is still ahead nobody knows which of the two dates holds.
    let before = text.replace("June 20, 2025", "January 20, 2025");
    assert!(places(&[("a.txt", &before)]).iter().all(|line| line.starts_with("Kayes Forum |")));
}

#[test]
fn when_a_way_is_to_open_is_due_then() {
    let due = |sentence: &str| -> Vec<String> {
        let patterns = Patterns::read(DEFAULT_FILES).unwrap();
        let text = format!("Harbour Press\nJune 20, 2025\n\n{sentence}\n");
        let graph = Builder::new().text("a.txt", text).schema(Schema::builtin(), &patterns).jobs(1).build().unwrap();
        let answer = graph.query("due before 2040 since 2000").run().unwrap();
        answer.rows.iter().map(|r| r.cells.iter().take(2).map(|cell| graph.show(cell)).collect::<Vec<_>>().join(" ")).collect()
    };
    for (sentence, date) in [
        ("The Zangar Railway is planned to open in 2030.", "2030"),
        ("The Zangar Railway is expected to be completed by December 2027.", "2027-12"),
        ("The Zangar Railway will open on October 3.", "2025-10-03"),
        ("Construction of the Zangar Railway is to be finished by 2030.", "2030"),
        ("Work on the Zangar Railway will begin in March 2027.", "2027-03"),
        ("The Zangar Railway is scheduled for completion in 2030.", "2030"),
    ] {
        assert_eq!(due(sentence), [format!("{date} status of Zangar Railway: planned")], "{sentence}");
    }
    // What was done or proposed then is not due.
    for sentence in [
        "The Zangar Railway opened in 2020.",
        "The Zangar Railway was proposed in 2018.",
        "The Zangar Railway was planned in 2018.",
        "Work on the Zangar Railway began in 2024.",
    ] {
        assert_eq!(due(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn what_one_article_plans_is_not_what_another_one_reports_of_a_later_year() {
    let plan = "Harbour Press\nJuly 3, 2024\n\nChad, Niger and Mali will hold the first Sahel Rail Summit in Bamako on August 9, 2024.\n";
    let held = "Harbour Press\nDecember 20, 2025\n\nGhana hosted the first Sahel Rail Summit with Chad, Niger and Mali in Accra on \
                December 19, 2025.\n";
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let graph =
        Builder::new().text("a.txt", plan).text("b.txt", held).schema(Schema::builtin(), &patterns).jobs(1).build().unwrap();
    let answer = graph.query("MATCH (e:Event)-[:located_in]->(p) RETURN e.id, p.name").run().unwrap();
    let ids: std::collections::BTreeSet<String> = answer.rows.iter().map(|r| graph.show(&r.cells[0])).collect();
    assert_eq!((answer.rows.len(), ids.len()), (2, 2), "{ids:?}");
}
