//! What names mean, and what is said where they mean nothing.

use insta::assert_snapshot;

use super::{Drawing, ask};

#[test]
fn names_are_bound_by_alias_demonym_prefix_and_id() {
    let graph = Drawing::of("W: Kazakhstan, Azerbaijan, Georgia").freeze();
    for name in ["Kazakhstan", "kazakhstan", "Kazakh", "Astana", "Republic of Kazakhstan", "Kaz", "'state/kazakhstan'"] {
        assert!(ask(&graph, &format!("routes via {name}")).starts_with("W |"), "{name}");
    }
}

#[test]
fn one_known_name_wins_over_two() {
    let graph = Drawing::of("W: Bosnia and Herzegovina, Serbia\nV: Serbia, Kosovo").freeze();
    assert_snapshot!(ask(&graph, "routes via Bosnia and Herzegovina"), @r"W | - | actual | - | - | Bosnia and Herzegovina Serbia | 2");
    assert_snapshot!(ask(&graph, "routes via Serbia and Kosovo"), @r"V | - | actual | - | - | Kosovo Serbia | 2");
    assert_snapshot!(ask(&graph, "routes from Serbia to Bosnia and Herzegovina"), @r"Serbia -W-> Bosnia and Herzegovina | 1 | - | - | actual | 1");
}

#[test]
fn an_unknown_name_is_told_with_candidates() {
    let graph = Drawing::of("Middle Corridor: Kazakhstan, Azerbaijan").freeze();
    assert_snapshot!(ask(&graph, "routes from Kazakstn to Azerbaijan"), @r"
    error[Q201]: nothing is called `Kazakstn`
      at: Kazakstn
      hint: did you mean `Kazakhstan`?
      hint: known to the gazetteer, but in no document: `Kazakstan` or `Kazakhastan`
    ");
    let described = Drawing::of("140-kilometre railway from Lagos to Cotonou: Lagos, Cotonou").freeze();
    assert_snapshot!(ask(&described, "show 'railway from Lagos to Cotonou'"), @r"
    error[Q201]: nothing is called `railway from Lagos to Cotonou`
      at: 'railway from Lagos to Cotonou'
      hint: did you mean `140-kilometre railway from Lagos to Cotonou`?
    ");
    assert_snapshot!(ask(&graph, "show Mongolia"), @r"
    error[Q202]: Mongolia is in no document of this graph
      at: Mongolia
      hint: `with world` or another name may serve; the graph can only tell what its documents say
    ");
    assert_snapshot!(ask(&graph, "routes from Kazakhstan too Azerbaijan"), @r"
    error[Q201]: nothing is called `Kazakhstan too Azerbaijan`
      at: Kazakhstan too Azerbaijan | too
      hint: did you mean the word `to` by `too`?
      hint: did you mean `Kazakhstan`?
      hint: known to the gazetteer, but in no document: `Kazakhstan Temir Zholy` or `Kazakstan`
    ");
    assert_snapshot!(ask(&graph, "show Zzyzx"), @r"
    error[Q201]: nothing is called `Zzyzx`
      at: Zzyzx
    ");
}

#[test]
fn an_ambiguous_name_lists_what_it_may_be() {
    let graph = Drawing::of("Aktau road: Aktau\nAktau railway: Aktau\nAkto: Aktobe\nAktau in Kazakhstan").freeze();
    assert_snapshot!(ask(&graph, "show Akt"), @r#"
    error[Q203]: `Akt` may be any of 5
      at: Akt
      hint: Aktau (Place): write "place/aktau"
      hint: Aktau railway (Corridor): write "corridor/aktau-railway"
      hint: Aktau road (Corridor): write "corridor/aktau-road"
      hint: Akto (Corridor): write "corridor/akto"
      hint: Aktobe (State): write "state/aktobe"
    "#);
    assert!(ask(&graph, "show Aktau").starts_with("Aktau | Place"), "a whole name wins");
    assert!(ask(&graph, "routes from Aktob").starts_with("Akto |"), "a stop is wanted");
}

#[test]
fn unknown_types_edges_and_properties_give_no_rows_and_a_warning() {
    let graph = Drawing::of("W: Aland, Bland").freeze();
    assert_snapshot!(ask(&graph, "list corridors where lenght_km > 5"), @r"warning: warning[Q220]: nothing has a property `lenght_km`; did you mean `length_km`?");
    assert_snapshot!(ask(&graph, "path from Aland to Bland over passes_trough"), @r"
    warning: warning[Q230]: no edge is called `passes_trough`; did you mean passes_through, pass through?
    remark: the documents know no way from Aland to Bland
    ");
    assert_snapshot!(ask(&graph, "routes from Aland to Bland by lengthkm"), @r"
    Aland -W-> Bland | 1 | - | - | actual | 1
    warning: warning[Q220]: nothing has a property `lengthkm`; did you mean `length_km`?
    remark: no lengthkm is known of W: routes over them come last
    ");
}

#[test]
fn nouns_mean_all_of_a_type_or_some_of_it() {
    let graph = Drawing::of(
        "A: Aland > Bland
         A kind=railway
         A status=planned
         B: Aland, Cland
         B kind=pipeline
         C: Bland, Cland
         C kind=railway
         Japan -funds-> A
         Japan -funds-> B
         Japan -participates_in-> first Summit of Aland
         Japan -participates_in-> forum",
    )
    .freeze();
    let names = |query: &str| {
        let told = ask(&graph, query);
        told.lines().map(|l| l.split(" | ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(names("railways"), "A, C");
    assert_eq!(names("list planned railways"), "A");
    assert_eq!(names("railways of Japan"), "A");
    assert_eq!(names("which corridors are planned"), "A");
    assert_eq!(names("which railways are under construction"), "");
    assert_eq!(names("count pipelines"), "1");
    assert_eq!(names("which railways does Japan fund"), "A");
    assert_eq!(names("who funds pipelines"), "Japan");
    assert_eq!(names("countries"), "Aland, Bland, Cland, Japan");
    assert_eq!(names("pipelines through Aland"), "B");
    assert_eq!(names("railways bypassing Cland"), "A");
    assert_eq!(names("railways from Aland to Bland"), "Aland -A-> Bland");
    assert_eq!(names("who attended summits"), "Japan, remark: `summits` are events with “summit” in their names");
    assert_eq!(names("summits"), "first Summit of Aland, remark: `summits` are events with “summit” in their names");
    assert_snapshot!(ask(&graph, "list canals"), @"warning: warning[Q231]: no type is called `canals`; there are states, regions, places, corridors, organisations, agreements, projects, events, persons, commodities");
}

#[test]
fn of_things_with_one_name_the_one_that_an_edge_can_lead_to_is_meant() {
    let graph =
        Drawing::of("Aktau road: Aland, Bland\nAktau Roads Ltd -operates-> Aktau road\nAktau Roads Ltd -funds-> Aland").freeze();
    assert!(ask(&graph, "show Akt").starts_with("error[Q203]"));
    assert!(ask(&graph, "who operates Akt").starts_with("Aktau Roads Ltd"), "a company is not operated");
    assert!(ask(&graph, "what Akt operates").starts_with("Aktau road |"), "a road operates nothing");
}
