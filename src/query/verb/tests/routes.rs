//! What a route is, row by row of the table of semantics.

use insta::assert_snapshot;

use super::{Drawing, answer_with, lines, names, routes};
use crate::graph::FrozenGraph;
use crate::query::Options;
use crate::query::ast::{Body, By, Paths, Search, Tail, Word};
use crate::span::{Span, Spanned};

fn search<'a>(from: &'a str, to: &'a str, avoid: &'a str) -> Search<'a> {
    let of = |text: &'a str| (!text.is_empty()).then(|| names(text));
    Search { from: of(from), to: of(to), avoid: of(avoid).into_iter().collect(), ..Search::default() }
}

fn ask(graph: &FrozenGraph, search: Search<'_>) -> String {
    routes(graph, search, Tail::default()).map_or_else(|e| e, |a| lines(graph, &a))
}

fn by(property: &str) -> Tail<'_> {
    let word = Word { text: property.into(), span: Span::default() };
    Tail { by: Some(By::Property(word)), ..Tail::default() }
}

//  Aland ──N── Rus ──N── Bland      Aland ──S── Cland ──S── Bland
const AROUND: &str = "
    N: Aland > Rus > Bland
    S: Aland > Cland > Bland
    Mos in Rus
";

#[test]
fn what_is_avoided_is_gone_before_the_search() {
    let graph = Drawing::of(AROUND).freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "")), @r"
    Aland -N-> Bland | 1 | - | - | actual | 1
    Aland -S-> Bland | 1 | - | - | actual | 1
    ");
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "Rus")), @r"Aland -S-> Bland | 1 | - | inferred | actual | 1");
}

#[test]
fn a_stretch_is_gone_that_may_touch_what_is_avoided() {
    // Both ends of the stretch are fine; what lies between is not. Where no order is known, all of the way counts.
    let graph = Drawing::of("N: Aland, Rus, Bland\nP: Aland > Bland > Mos\nMos in Rus").freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "Rus")), @r"Aland -P-> Bland | 1 | - | inferred | actual | 1");
}

#[test]
fn with_what_is_avoided_goes_what_it_contains_and_not_what_contains_it() {
    let graph = Drawing::of("N: Aland > Mos > Bland\nS: Aland > Big > Bland\nMos in Rus\nRus in Big").freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "Rus")), @r"Aland -S-> Bland | 1 | - | inferred | actual | 1");
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "Big")), @r"remark: the documents know no way from Aland to Bland bypassing Big");
}

#[test]
fn an_end_cannot_be_avoided() {
    let graph = Drawing::of(AROUND).freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Mos", "Rus")), @r"error[Q210]: Mos is avoided, and an end of the route; avoid something else, or name another end");
    assert_snapshot!(ask(&graph, search("Aland", "Rus", "Rus")), @r"error[Q210]: Rus is avoided, and an end of the route; avoid something else, or name another end");
}

#[test]
fn a_region_is_an_end_by_its_members_less_what_is_avoided() {
    let graph = Drawing::of("N: Aland > Rus\nS: Aland > Cland\nE: Aland > Reg\nRus in Reg\nCland in Reg").freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Reg", "")), @r"
    Aland -E-> Reg | 1 | - | - | actual | 1
    Aland -N-> Rus | 1 | - | - | actual | 1
    Aland -S-> Cland | 1 | - | - | actual | 1
    ");
    assert_snapshot!(ask(&graph, search("Aland", "Reg", "Rus")), @r"
    Aland -E-> Reg | 1 | - | inferred | actual | 1
    Aland -S-> Cland | 1 | - | inferred | actual | 1
    ");
}

#[test]
fn ways_are_walked_both_ways_and_stretches_of_one_way_fuse() {
    let graph = Drawing::of("S: Aland > Bland > Cland").freeze();
    assert_snapshot!(ask(&graph, search("Cland", "Aland", "")), @r"Cland -S-> Aland | 1 | - | - | actual | 1");
}

#[test]
fn one_changes_where_stops_are_equal_or_contain_each_other() {
    //  Xland ──A── Akt (in Kaz)  ~  Kaz ──B── Yland
    let graph = Drawing::of("A: Xland > Akt\nB: Kaz > Yland\nAkt in Kaz\nC: Xland > Ala\nAla in Kaz").freeze();
    assert_snapshot!(ask(&graph, search("Xland", "Yland", "")), @r"
    Xland -A-> Akt ~ Kaz -B-> Yland | 2 | - | - | actual | 1
    Xland -C-> Ala ~ Kaz -B-> Yland | 2 | - | - | actual | 1
    remark: two stops side by side: one lies in the other, and that one can change there is inferred
    ");
    // Two stops of one state are not one stop.
    let graph = Drawing::of("A: Xland > Akt\nB: Ala > Yland\nAkt in Kaz\nAla in Kaz").freeze();
    assert_snapshot!(ask(&graph, search("Xland", "Yland", "")), @r"remark: the documents know no way from Xland to Yland");
}

#[test]
fn an_end_is_met_by_what_contains_it() {
    let graph = Drawing::of("B: Kaz > Yland\nAkt in Kaz").freeze();
    assert_snapshot!(ask(&graph, search("Akt", "Yland", "")), @r"
    Akt ~ Kaz -B-> Yland | 1 | - | - | actual | 1
    remark: two stops side by side: one lies in the other, and that one can change there is inferred
    ");
}

#[test]
fn a_length_counts_once_a_way_and_what_is_missing_comes_last() {
    //  Aland ──S 500── Bland;  Aland ──P 100── Cland ──Q 200── Bland;  Aland ──R ?── Bland
    let graph = Drawing::of(
        "S: Aland > Bland\nS length_km=500\nP: Aland > Cland\nP length_km=100\nQ: Cland > Bland\nQ length_km=200\nR: Aland > Bland",
    )
    .freeze();
    let answer = routes(&graph, search("Aland", "Bland", ""), by("length_km")).unwrap();
    assert_snapshot!(lines(&graph, &answer), @r"
    Aland -P-> Cland -Q-> Bland | 2 | 300 | - | actual | 1
    Aland -S-> Bland | 1 | 500 | - | actual | 1
    Aland -R-> Bland | 1 | - | - | actual | 1
    remark: `cost` sums length_km of whole ways, each counted once, also where only a stretch of it is used
    remark: no length_km is known of R: routes over them come last
    ");
}

#[test]
fn currencies_are_never_summed() {
    let graph =
        Drawing::of("S: Aland > Bland\nS cost=5/USD\nP: Aland > Cland\nP cost=1/USD\nQ: Cland > Bland\nQ cost=1/EUR").freeze();
    let answer = routes(&graph, search("Aland", "Bland", ""), by("cost")).unwrap();
    assert_snapshot!(lines(&graph, &answer), @r"
    Aland -S-> Bland | 1 | 5 | - | actual | 1
    Aland -P-> Cland -Q-> Bland | 2 | - | - | actual | 1
    remark: cost is summed in USD; what is given in EUR counts as unknown, as units are never mixed
    remark: `cost` sums cost (USD) of whole ways, each counted once, also where only a stretch of it is used
    remark: no cost is known of Q: routes over them come last
    ");
}

#[test]
fn where_no_way_is_known_land_borders_are_offered() {
    let graph = Drawing::of("S: Kazakhstan > China\nT: Türkiye > Georgia").freeze();
    assert_snapshot!(ask(&graph, search("Kazakhstan", "Türkiye", "Russia")), @r"
    remark: Russia is in no document: nothing can be stated of it, only inferred
    remark: the documents know no way from Kazakhstan to Türkiye bypassing Russia
    world: by land borders: Kazakhstan – Turkmenistan – Iran – Türkiye
    ");
}

#[test]
fn stated_inferred_and_disputed_are_told_apart() {
    let graph = Drawing::of(
        "
        Stated: Aland > Bland
        Stated ! Rus
        Denied: Aland > Bland
        Denied !: Rus
        Inferred: Aland > Bland
        Through: Aland > Mos > Bland
        Both: Aland > Mos > Bland
        Both ! Rus
        Unsaid: Aland, Bland
        Unsaid !! Rus
        Short: Aland
        Named: Aland
        Named ! Rus
        Part: Mos > Aland
        Whole: Aland > Bland
        Part -part_of-> Whole
        Mos in Rus
        ",
    )
    .freeze();
    assert_snapshot!(ask(&graph, search("", "", "Rus")), @r"
    Denied | stated | actual | - | - | Aland Bland | 1
    Named | stated | actual | - | - | Aland | 1
    Stated | stated | actual | - | - | Aland Bland | 1
    Inferred | inferred | actual | - | - | Aland Bland | 2
    Both | disputed | actual | - | - | Aland Mos Bland | 2
    ");
    let stated = Tail { stated: Some(Span::default()), ..Tail::default() };
    let answer = routes(&graph, search("", "", "Rus"), stated).unwrap();
    assert_eq!(answer.rows.len(), 3, "Stated, Denied, Named");
    assert_snapshot!(ask(&graph, search("Aland", "Bland", "Rus")), @r"
    Aland -Both-> Bland | 1 | - | disputed | actual | 1
    Aland -Denied-> Bland | 1 | - | stated | actual | 1
    Aland -Inferred-> Bland | 1 | - | inferred | actual | 1
    Aland -Stated-> Bland | 1 | - | stated | actual | 1
    ");
}

#[test]
fn the_world_may_exclude_an_inferred_way_and_says_so() {
    // The gazetteer knows that the Trans-Siberian Railway runs through Russia.
    let graph = Drawing::of("Trans-Siberian Railway: China > Belarus\nOther: China > Belarus").freeze();
    assert_snapshot!(ask(&graph, search("", "", "Russia")), @r"
    Other | inferred | actual | - | - | China Belarus | 2
    remark: Russia is in no document: nothing can be stated of it, only inferred
    world: left out, as by the gazetteer they touch what is avoided though no text says so: Trans-Siberian Railway
    ");
    assert_snapshot!(ask(&graph, search("China", "Belarus", "Russia")), @r"
    China -Other-> Belarus | 1 | - | inferred | actual | 1
    remark: Russia is in no document: nothing can be stated of it, only inferred
    world: left out, as by the gazetteer they touch what is avoided though no text says so: Trans-Siberian Railway
    ");
}

#[test]
fn half_queries_list_what_touches() {
    let graph = Drawing::of("N: Aland > Rus > Bland\nS: Aland > Cland > Bland\nT: Cland > Dland\nMos in Rus").freeze();
    assert_snapshot!(ask(&graph, search("Cland", "", "")), @r"
    S | - | actual | - | - | Aland Cland Bland | 3
    T | - | actual | - | - | Cland Dland | 2
    ");
    let via = |text| Search { via: vec![names(text)], ..Search::default() };
    assert_snapshot!(ask(&graph, via("Rus or Dland")), @r"
    N | - | actual | - | - | Aland Rus Bland | 3
    T | - | actual | - | - | Cland Dland | 2
    ");
    assert_snapshot!(ask(&graph, via("Cland and Dland")), @r"T | - | actual | - | - | Cland Dland | 2");
    assert_snapshot!(ask(&graph, search("", "Bland", "Rus")), @r"S | inferred | actual | - | - | Aland Cland Bland | 3");
}

#[test]
fn via_needs_what_it_names() {
    let graph = Drawing::of("N: Aland > Bland\nS: Aland > Cland\nT: Cland > Bland").freeze();
    let via = Search { via: vec![names("Cland")], ..search("Aland", "Bland", "") };
    assert_snapshot!(ask(&graph, via), @r"Aland -S-> Cland -T-> Bland | 2 | - | - | actual | 1");
    let by_way = Search { via: vec![names("T")], ..search("Aland", "Bland", "") };
    assert_snapshot!(ask(&graph, by_way), @r"Aland -S-> Cland -T-> Bland | 2 | - | - | actual | 1");
}

#[test]
fn a_way_is_boarded_again_only_around_what_is_avoided() {
    //  Aland ══M══ Bland ══M══ Rus ══M══ Cland ══M══ Dland, and Bland ──L── Cland
    let graph = Drawing::of("M: Aland > Bland > Rus > Cland > Dland\nL: Bland > Cland").freeze();
    assert_snapshot!(ask(&graph, search("Aland", "Dland", "Rus")), @r"Aland -M-> Bland -L-> Cland -M-> Dland | 3 | - | inferred | actual | 1");
    assert_snapshot!(ask(&graph, search("Aland", "Dland", "")), @r"Aland -M-> Dland | 1 | - | - | actual | 1");
}

#[test]
fn cuts_are_announced() {
    let ring: String = (0..10).map(|i| format!("W{i}: S{i} > S{}\n", i + 1)).collect();
    let graph = Drawing::of(&ring).freeze();
    assert_snapshot!(ask(&graph, search("S0", "S10", "")), @r"
    cut: stopped at 8 hops; more may exist: `within N hops` goes further
    remark: the documents know no way from S0 to S10
    ");
    let long = Search { hops: Some(Spanned::new(10, Span::default())), ..search("S0", "S10", "") };
    assert_snapshot!(ask(&graph, long), @r"S0 -W0-> S1 -W1-> S2 -W2-> S3 -W3-> S4 -W4-> S5 -W5-> S6 -W6-> S7 -W7-> S8 -W8-> S9 -W9-> S10 | 10 | - | - | actual | 1");
    let many: String = (0..12).map(|i| format!("W{i:02}: A1 > B1\n")).collect();
    let graph = Drawing::of(&many).freeze();
    let answer = routes(&graph, search("A1", "B1", ""), Tail::default()).unwrap();
    assert_eq!(answer.rows.len(), 10);
    assert!(lines(&graph, &answer).ends_with("cut: stopped at 10 answers; more exist: `limit N` shows N of them"));
}

#[test]
fn who_names_an_edge_that_only_the_world_has_walks_it() {
    let graph =
        Drawing::of("Aland -borders-> Bland by the world\nBland -borders-> Cland by the world\nEU -funds-> Road").freeze();
    assert_snapshot!(super::ask(&graph, "path from Aland to Cland over borders"), @r"
    Aland -- Bland -- Cland | 2 | - | - | actual | 0
    world: what has no source is world data, which no document of this graph says
    ");
    assert_snapshot!(super::ask(&graph, "path from Aland to Cland over borders with world"), @"Aland -- Bland -- Cland | 2 | - | - | actual | 0");
    assert!(super::ask(&graph, "path from Aland to Cland").contains("the documents know no way"));
    let shown = super::ask(&graph, "explain path from Aland to Cland over borders");
    let core = shown.lines().next().and_then(|l| l.strip_prefix("stands for  ")).expect("a MATCH");
    assert_snapshot!(super::ask(&graph, core), @"Aland -- Bland -- Cland");
}

#[test]
fn ways_are_ranked_by_a_property() {
    let graph = Drawing::of("L: Aland > Bland\nM: Aland > Bland\nS: Aland > Bland\nS length_km=900\nL length_km=1200").freeze();
    let first = |text: &str| super::ask(&graph, text).lines().map(|l| l.chars().next().unwrap_or(' ')).collect::<String>();
    assert_eq!(first("routes"), "LMS");
    assert_eq!(first("routes via Bland by length_km"), "SLM");
    assert!(super::ask(&graph, "routes by lengthkm").contains("did you mean `length_km`?"));
}

#[test]
fn a_chain_has_the_sources_of_its_weakest_edge() {
    // Three texts know each end of P, one knows Q; two know R and S.
    let mut text = "P: Aland > Cland\n".repeat(3) + "Q: Cland > Bland\n";
    text += &("R: Aland > Dland\n".repeat(2) + &"S: Dland > Bland\n".repeat(2));
    let graph = Drawing::of(&text).freeze();
    assert_snapshot!(super::ask(&graph, "routes from Aland to Bland order by sources desc"), @r"
    Aland -R-> Dland -S-> Bland | 2 | - | - | actual | 2
    Aland -P-> Cland -Q-> Bland | 2 | - | - | actual | 1
    ");
    assert_snapshot!(super::ask(&graph, "paths from Aland to Bland over passes_through where sources > 1"), @"Aland -- R -- Dland -- S -- Bland | 4 | - | - | actual | 2");
}

#[test]
fn it_is_told_where_what_is_ranked_is_not_all() {
    let layer = |from: &str, to: &str| (0..11).map(|i| format!("{from}{i}: {from}land > {to}land\n")).collect::<String>();
    let graph = Drawing::of(&(layer("A", "B") + &layer("B", "C") + &layer("C", "D"))).freeze();
    let asked = |tail: &str| super::ask(&graph, &format!("routes from Aland to Dland {tail}"));
    let told =
        "cut: `where` and `order by` saw the first 1000 by hops alone; more exist: `within N hops` or `via` narrow the search";
    assert!(asked("order by sources desc limit 2").ends_with(told), "{}", asked("order by sources desc limit 2"));
    assert!(asked("where sources > 0 limit 2").ends_with(told));
    assert!(!asked("limit 2").contains("cut: "));
    assert!(!asked("where hops < 2 order by sources").contains(told));
}

#[test]
fn what_is_carried_and_in_which_mode_restricts_ways() {
    let graph =
        Drawing::of("N: Aland > Bland as planned\nS: Aland > Bland\nN -carries-> oil\nS -carries-> oil as denied").freeze();
    let carrying = Search { carrying: vec![names("oil")], ..Search::default() };
    assert_snapshot!(ask(&graph, carrying), @r"N | - | planned | - | - | Aland Bland | 2");
    let modes = vec![Spanned::new(crate::model::Mode::Actual, Span::default())];
    let answer = routes(&graph, search("Aland", "Bland", ""), Tail { modes, ..Tail::default() }).unwrap();
    assert_snapshot!(lines(&graph, &answer), @r"Aland -S-> Bland | 1 | - | - | actual | 1");
}

#[test]
fn paths_walk_any_edge_and_mind_stretches() {
    let graph = Drawing::of(
        "M: Aland > Rus > Bland\nJBank -funds-> M\nJBank -funds-> Proj\nProj -part_of-> M\nJBank -member_of-> Club as denied",
    )
    .freeze();
    let path = |from, to, avoid, many| {
        let body = Body::Paths(Paths { many, search: search(from, to, avoid), tail: Tail::default() });
        answer_with(&graph, body, &Options::default()).map_or_else(|e| e, |a| lines(&graph, &a))
    };
    assert_snapshot!(path("JBank", "M", "", false), @r"JBank -- M | 1 | - | - | actual | 1");
    assert_snapshot!(path("JBank", "M", "", true), @r"
    JBank -- M | 1 | - | - | actual | 1
    JBank -- Proj -- M | 2 | - | - | actual | 1
    ");
    assert_snapshot!(path("Aland", "Bland", "Rus", true), @r"remark: the documents know no way from Aland to Bland bypassing Rus");
    assert_snapshot!(path("JBank", "Bland", "Rus", true), @r"
    JBank -- M -- Bland | 2 | - | inferred | actual | 1
    JBank -- Proj -- M -- Bland | 3 | - | inferred | actual | 1
    ");
    assert_snapshot!(path("JBank", "Club", "", true), @r"remark: the documents know no way from JBank to Club");
}

#[test]
fn what_keeps_apart_joins_nothing() {
    let drawing = "M: Aland > Bland\nM ! Rus\nRus -opposes-> M\nAland -trades_with-> Cland\nCland -borders-> Rus as denied";
    let graph = Drawing::of(drawing).freeze();
    let ask = |text: &str| super::ask(&graph, text);
    assert_snapshot!(ask("path from M to Rus"), @"remark: the documents know no way from M to Rus");
    assert_snapshot!(ask("paths from Bland to Rus mode all"), @"remark: the documents know no way from Bland to Rus");
    assert_snapshot!(ask("path from Bland to Cland"), @"Bland -- M -- Aland -- Cland | 3 | - | - | actual | 1");
    // Said by name, they are walked.
    assert_snapshot!(ask("path from M to Rus over bypasses, opposes"), @"M -- Rus | 1 | - | - | actual | 1");
}
