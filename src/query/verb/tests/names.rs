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
