//! Which texts count by a date, and what they say is still to come.

use silkgraph::Builder;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};

/// What a query answers of some documents, a line a row.
fn ask(documents: &[(&str, &str)], query: &str, columns: usize) -> Vec<String> {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let all = documents.iter().fold(Builder::new(), |all, (id, text)| all.text(*id, *text));
    let graph = all.schema(Schema::builtin(), &patterns).jobs(1).build().unwrap();
    let answer = graph.query(query).run().unwrap();
    let row = |cells: &[_]| cells.iter().take(columns).map(|cell| graph.show(cell)).collect::<Vec<_>>().join(" | ");
    answer.rows.iter().map(|r| row(&r.cells)).collect()
}

#[test]
fn a_text_without_a_date_is_no_older_than_what_it_tells_as_done() {
    let undated = [("a.txt", "News\n\nJapan signed the Accra Accord in March 2025. Norway funds the Isaka railway.\n")];
    let count = |query: &str| ask(&undated, query, 1).concat();
    assert_eq!(count("count corridors"), "1");
    assert_eq!(count("count corridors as of 2025-03"), "1");
    assert_eq!(count("count corridors as of 2025-02"), "0");
    // What is only planned for a day may be told long before.
    let planned = [("a.txt", "News\n\nJapan will sign the Accra Accord in March 2025. Norway funds the Isaka railway.\n")];
    assert_eq!(ask(&planned, "count corridors as of 2025-02", 1).concat(), "1");
}

#[test]
fn a_day_without_a_year_is_in_no_other_month() {
    let documents = [("a.txt", "News\n\nThe Accra Business Forum took place in Astana on August 9.\n")];
    let count = |query: &str| ask(&documents, query, 4).len();
    assert_eq!(count("timeline of events in August 2025"), 1);
    assert_eq!(count("timeline of events between 2024-12 and 2025-08"), 1);
    assert_eq!(count("timeline of events in December 2025"), 0);
    assert_eq!(count("timeline of events between 2024-12 and 2025-07"), 0);
    assert_eq!(count("timeline of events since 2024-12"), 1);
}

#[test]
fn a_day_without_a_year_that_is_told_as_a_fact_is_not_due() {
    let documents = |verb: &str| format!("News\n\nThe Accra Business Forum {verb} in Astana on August 9.\n");
    let due = |verb: &str| ask(&[("a.txt", &documents(verb))], "due before 2026-12-31 since 2026-01-01", 4);
    assert_eq!(due("took place"), [""; 0]);
    assert_eq!(due("will take place").first().map(String::as_str), Some("--08-09 | Accra Business Forum | Event | planned"));
}

#[test]
fn a_plan_that_is_told_as_past_was_for_a_day_that_lies_behind() {
    let when = |told: &str| -> String {
        let text = format!(
            "Harbour Press\nNovember 26, 2026\n\nA summit of the four states that {told} October in Lagos was called off.\n"
        );
        ask(&[("a.txt", &text)], "timeline of events", 1).concat()
    };
    assert_eq!(when("had been scheduled for"), "2026-10");
    assert_eq!(when("is scheduled for"), "2027-10");
}
