//! Places and times that any sentence may keep.

use insta::assert_snapshot;

use super::ask;
use super::verbs::world;

#[test]
fn what_happens_in_a_time_is_kept_by_any_sentence() {
    let graph = world();
    assert_snapshot!(ask(&graph, "who funds Ferry since 2026"), @"EU | State | planned | 1");
    assert_snapshot!(ask(&graph, "who funds Ferry in 2027"), @"");
    assert_snapshot!(ask(&graph, "what EU funds since 2026"), @r"
    Ferry | Corridor | planned | 1
    remark: 1 more has no date, and is left out
    ");
    assert_snapshot!(ask(&graph, "neighbours of EU in 2026-12"), @r"
    Ferry | Corridor | funds | planned | 1
    remark: 1 more has no date, and is left out
    ");
    assert_snapshot!(ask(&graph, "list events between 2025 and 2026"), @"Tokyo summit | Event | 2025-12-20 | actual | 2");
    assert_snapshot!(ask(&graph, "list events in 2026"), @"");
    assert_snapshot!(ask(&graph, "count events before 2025-12-20"), @"0");
    assert_snapshot!(ask(&graph, "count corridors in 2026"), @r"
    1
    remark: 2 more have no date, and are left out
    ");
    for none in ["routes bypassing Russia", "routes from China to Georgia", "paths from EU to Japan", "conflicts", "sources"] {
        let answer = ask(&graph, &format!("{none} before 1990"));
        assert!(!answer.contains(" | "), "{none}: {answer}");
        assert!(ask(&graph, none).contains(" | "), "{none}");
    }
}

#[test]
fn what_a_sentence_cannot_weigh_is_warned_of() {
    let graph = world();
    for idle in ["who funds Ferry by amount", "timeline by sources", "show EU by hops", "list corridors by hops"] {
        assert!(ask(&graph, idle).contains("`by` weighs a search"), "{idle}: {}", ask(&graph, idle));
    }
    for used in ["list corridors by length_km", "count corridors by status", "routes from China to Georgia by length_km"] {
        assert!(!ask(&graph, used).contains("`by` weighs a search"), "{used}");
    }
}

#[test]
fn a_span_of_dates_holds_both_its_ends() {
    let graph = world();
    let summit = "2025-12-20 | Tokyo summit | Event | actual | 2";
    for time in [
        "in 2025",
        "in 2025-12",
        "in 2025-12-20",
        "between 2024 and 2025",
        "between 2025-12-20 and 2025-12-20",
        "between 2025-12 to 2026",
        "since 2025 before 2026",
    ] {
        assert_eq!(ask(&graph, &format!("timeline of Japan {time}")), summit, "{time}");
    }
    for time in ["in 2024", "between 2026 and 2027", "between 2025-12-21 and 2025-12-31", "between 2025-01 and 2025-11"] {
        assert_eq!(
            ask(&graph, &format!("timeline of Japan {time}")),
            "remark: the documents give no date for anything here",
            "{time}"
        );
    }
    assert_snapshot!(ask(&graph, "due in 2026"), @"2026-12 | EU funds Ferry | funds | planned | 1");
    assert_snapshot!(ask(&graph, "due between 2026-11 and 2026-12"), @"2026-12 | EU funds Ferry | funds | planned | 1");
}

#[test]
fn what_lies_in_or_touches_a_place_is_kept_by_any_sentence() {
    let graph = world();
    assert_snapshot!(ask(&graph, "timeline of Japan in Japan"), @"2025-12-20 | Tokyo summit | Event | actual | 2");
    assert_snapshot!(ask(&graph, "timeline of Japan in Georgia"), @"");
    let rows = |text: &str| ask(&graph, text).lines().filter(|l| l.contains(" | ")).count();
    // What is said of the corridor itself, and its stops; not who funds it, nor what it bypasses.
    let shown = ask(&graph, "show Middle Corridor in Georgia");
    assert!(shown.contains("passes through") && shown.contains("length_km"), "{shown}");
    assert!(!shown.contains("bypasses") && !shown.contains("funded"), "{shown}");
    assert!(rows("conflicts in Georgia") > 0);
    assert_eq!(rows("conflicts in Belarus"), 0);
    assert!(rows("paths from EU to China in Belarus") < rows("paths from EU to China in China"));
    assert!(ask(&graph, "show Middle Corridor in Nowhere").contains("nothing is called `Nowhere`"));
}
