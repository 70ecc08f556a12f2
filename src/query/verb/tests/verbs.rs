//! The other verbs, on one small drawn world.
//!
//! ```text
//!  China ══ Middle Corridor ══ Kazakhstan ══ Caspian ══ Azerbaijan ══ Georgia ══ Türkiye
//!                                  Aktau, a port in Kazakhstan          Poti, in Georgia
//! ```

use insta::assert_snapshot;

use super::{Drawing, ask, ask_with};
use crate::graph::FrozenGraph;
use crate::query::answer::Interrupt;
use crate::query::{Engine, Options, Params};
use crate::schema::Schema;

pub(super) fn world() -> FrozenGraph {
    Drawing::of(
        "
        Middle Corridor: China > Kazakhstan > Caspian > Azerbaijan > Georgia > Türkiye
        Middle Corridor ! Russia
        Middle Corridor length_km=4256 @2025-03
        Middle Corridor length_km=4300 @2025-09
        Middle Corridor status=operational
        Northern Corridor: China > Kazakhstan > Russia > Belarus
        Northern Corridor status=operational
        Ferry: Aktau > Baku as planned
        Ferry status=planned
        Ferry -carries-> oil
        Aktau in Kazakhstan
        Baku in Azerbaijan
        EU -funds-> Middle Corridor
        EU -funds-> Ferry as planned due 2026-12 @2025-11
        Japan -funds-> Middle Corridor as proposed
        Japan -party_to-> Tokyo Declaration
        Kazakhstan -party_to-> Tokyo Declaration
        Tokyo Declaration -adopted_at-> Tokyo summit
        Japan -hosts-> Tokyo summit
        Tokyo summit date=2025-12-20 @2025-12-21
        Kazakhstan -member_of-> SCO
        Azerbaijan -member_of-> SCO as possible
        Kazakhstan -borders-> China
        Ferry -alternative_to-> Middle Corridor as planned @2025-01
        Ferry -alternative_to-> Middle Corridor as denied @2025-06
        ",
    )
    .freeze()
}

#[test]
fn who_and_what_ask_for_either_end() {
    let graph = world();
    assert_snapshot!(ask(&graph, "who funds Middle Corridor"), @r"
    EU | State | actual | 1
    Japan | State | proposed | 1
    ");
    assert_snapshot!(ask(&graph, "what EU funds"), @r"
    Ferry | Corridor | planned | 1
    Middle Corridor | Corridor | actual | 1
    ");
    assert_snapshot!(ask(&graph, "what is funded by EU"), @r"
    Ferry | Corridor | planned | 1
    Middle Corridor | Corridor | actual | 1
    ");
    assert_snapshot!(ask(&graph, "funders of Middle Corridor mode proposed"), @r"Japan | State | proposed | 1");
    assert_snapshot!(ask(&graph, "which states are members of SCO"), @r"
    Azerbaijan | State | possible | 1
    Kazakhstan | State | actual | 1
    ");
    assert_snapshot!(ask(&graph, "what Middle Corridor passes through limit 3"), @r"
    China | State | 1 | actual | 1
    Kazakhstan | State | 2 | actual | 1
    Caspian | State | 3 | actual | 1
    ");
    assert_snapshot!(ask(&graph, "what China borders"), @r"Kazakhstan | State | actual | 1");
}

#[test]
fn neighbours_come_nearest_first() {
    let graph = world();
    assert_snapshot!(ask(&graph, "neighbours of EU"), @r"
    Ferry | Corridor | funds | planned | 1
    Middle Corridor | Corridor | funds | actual | 1
    ");
    assert_snapshot!(ask(&graph, "neighbours of Japan depth 2"), @r"
    Middle Corridor | Corridor | 1 | funds | Japan | - | proposed | 1
    Tokyo summit | Event | 1 | hosts | Japan | - | actual | 1
    Tokyo Declaration | Agreement | 1 | is party to | Japan | - | actual | 1
    Russia | State | 2 | bypasses | Middle Corridor | - | actual | 1
    EU | State | 2 | is funded by | Middle Corridor | - | actual | 1
    China | State | 2 | passes through | Middle Corridor | 1 | actual | 1
    Kazakhstan | State | 2 | passes through | Middle Corridor | 2 | actual | 1
    Caspian | State | 2 | passes through | Middle Corridor | 3 | actual | 1
    Azerbaijan | State | 2 | passes through | Middle Corridor | 4 | actual | 1
    Georgia | State | 2 | passes through | Middle Corridor | 5 | actual | 1
    Türkiye | State | 2 | passes through | Middle Corridor | 6 | actual | 1
    Kazakhstan | State | 2 | is signed by | Tokyo Declaration | - | actual | 1
    ");
    assert_snapshot!(ask(&graph, "neighbours of Tokyo Declaration in"), @r"Tokyo summit | Event | was adopted at | actual | 1");
}

#[test]
fn lists_are_filtered_ordered_tied_and_counted() {
    let graph = world();
    assert_snapshot!(ask(&graph, "list corridors where status = 'operational' order by name desc"), @r"
    Northern Corridor | Corridor | - | operational | actual | 3
    Middle Corridor | Corridor | 4300 | operational | actual | 3
    ");
    assert_snapshot!(ask(&graph, "list corridors in Kazakhstan where length_km is null"), @r"
    Ferry | Corridor | planned | planned | 3
    Northern Corridor | Corridor | operational | actual | 3
    ");
    assert_snapshot!(ask(&graph, "count corridors by status"), @r"
    operational | 2
    planned | 1
    ");
    assert_snapshot!(ask(&graph, "count states"), @r"10");
    assert_snapshot!(ask(&graph, "agreements of Japan"), @r"Tokyo Declaration | Agreement | is signed by | actual | 1");
    assert_snapshot!(ask(&graph, "states of the SCO"), @r"
    Azerbaijan | State | is a member of | possible | 1
    Kazakhstan | State | is a member of | actual | 1
    ");
}

#[test]
fn show_tells_all_and_compare_sets_it_side_by_side() {
    let graph = world();
    assert_snapshot!(ask(&graph, "show Middle Corridor"), @r"
    Middle Corridor | Corridor | length_km | 4256 | actual | 1
    Middle Corridor | Corridor | length_km | 4300 | actual | 1
    Middle Corridor | Corridor | status | operational | - | 0
    Middle Corridor | Corridor | is an alternative to | Ferry | denied | 2
    Middle Corridor | Corridor | bypasses | Russia | actual | 1
    Middle Corridor | Corridor | is funded by | EU | actual | 1
    Middle Corridor | Corridor | is funded by | Japan | proposed | 1
    Middle Corridor | Corridor | passes through | China Kazakhstan Caspian Azerbaijan Georgia Türkiye | actual | 3
    ");
    assert_snapshot!(ask(&graph, "compare Middle Corridor, Northern Corridor"), @r"
    type | Corridor | Corridor
    length_km | 4256 4300 | -
    status | operational | operational
    is an alternative to (denied) | Ferry | -
    bypasses (actual) | Russia | -
    is funded by (actual) | EU | -
    is funded by (proposed) | Japan | -
    passes through (actual) | China Kazakhstan Caspian Azerbaijan Georgia Türkiye | China Kazakhstan Russia Belarus
    ");
    assert_snapshot!(ask(&graph, "compare Ferry"), @r"
    error[Q241]: compare needs two things or more
      at: Ferry
      hint: compare Middle Corridor, Northern Corridor
    ");
}

#[test]
fn why_gives_the_sentences_and_denials_too() {
    let graph = world();
    assert_snapshot!(ask(&graph, "why 'Middle Corridor' bypasses Russia"), @r"1.txt | 1 | 10 | Middle Corridor bypasses Russia (actual). | actual | 2025-12-20 | - | - | - | 900");
    assert_snapshot!(ask(&graph, "why Ferry alternative_to 'Middle Corridor'"), @r"
    0.txt | 1 | 30 | Ferry alternative_to Middle Corridor (planned). | planned | 2025-01 | - | - | - | 900
    1.txt | 1 | 31 | Ferry alternative_to Middle Corridor (denied). | denied | 2025-06 | - | - | - | 900
    ");
    assert_snapshot!(ask(&graph, "why 'EU' builds Ferry"), @r"remark: no document says so; what they say: EU funds Ferry");
    assert_snapshot!(ask(&graph, "why 2"), @r#"
    error[Q242]: there is no answer before this one
      at: 2
      hint: ask something first, or name an edge: why "Middle Corridor" bypasses Russia
    "#);
    let engine = Engine::new(&graph, Schema::builtin());
    let last = engine.query("routes bypassing Russia", &Params::new(), &Options::default(), &Interrupt::new()).unwrap();
    let options = Options { last: Some(last.into()), ..Options::default() };
    assert_snapshot!(ask_with(&graph, "why 1", &options), @r"1.txt | 1 | 10 | Middle Corridor bypasses Russia (actual). | actual | 2025-12-20 | - | - | - | 900");
    assert_snapshot!(ask_with(&graph, "why 9", &options), @r"
    error[Q243]: the last answer has 2 rows
      at: 9
    ");
}

#[test]
fn time_is_told_by_when_and_modes_by_as_of() {
    let graph = world();
    assert_snapshot!(ask(&graph, "timeline of Japan"), @r"2025-12-20 | Tokyo summit | Event | actual | 2");
    assert_snapshot!(ask(&graph, "timeline of Middle Corridor"), @r"
    2025-03 | length_km of Middle Corridor: 4256 | figure | actual | 1
    2025-09 | length_km of Middle Corridor: 4300 | figure | actual | 1
    ");
    assert_snapshot!(ask(&graph, "due before 2026-12-31"), @r"2026-12 | EU funds Ferry | funds | planned | 1");
    assert_snapshot!(ask(&graph, "due before 2026-11-30"), @r"remark: the documents plan nothing for that time");
    assert_snapshot!(ask(&graph, "what is an alternative to Middle Corridor as of 2025-03"), @r"Ferry | Corridor | planned | 1");
    assert_snapshot!(ask(&graph, "what is an alternative to Middle Corridor"), @"remark: the texts deny it: `mode all` shows what they deny");
    assert_snapshot!(ask(&graph, "what Ferry bypasses"), @"remark: no text says so; `show Ferry` shows what is said");
    let core = "MATCH (x)-[r:alternative_to]->({name: 'Middle Corridor'}) RETURN x.name, r.mode";
    assert_snapshot!(ask(&graph, &format!("{core} as of 2025-03")), @r"Ferry | planned");
    assert_snapshot!(ask(&graph, core), @r"");
    assert_snapshot!(ask(&graph, &format!("{core} mode planned")), @r"");
    assert_snapshot!(ask(&graph, "count events as of 2025-03"), @"0");
    assert_snapshot!(ask(&graph, "count events as of 2026"), @"1");
    assert_snapshot!(ask(&graph, "list corridors where length_km > 0 as of 2025-06"), @r"Middle Corridor | Corridor | 4256 | operational | - | 2");
}

#[test]
fn conflicts_stand_side_by_side() {
    assert_snapshot!(ask(&world(), "conflicts"), @r"
    Middle Corridor | length_km | contradiction | 4256 (1.txt, 2025-03) 4300 (2.txt, 2025-09) | 2
    Ferry is an alternative to Middle Corridor | is it so | change over time | planned (0.txt, 2025-01) denied (1.txt, 2025-06) | 2
    ");
    let graph = Drawing::of(
        "A: X1, Y1 as planned @2025-01\nA: X1, Y1 @2025-06\nB: X1 @2025-01\nB: X1 as planned @2025-06\nA ! Z1\nA: Z1\nB cost=5 @2025-01\nB cost=7 @2025-06",
    );
    assert_snapshot!(ask(&graph.freeze(), "conflicts"), @r"
    A | does it touch Z1 | contradiction | A bypasses Z1 (0.txt, 2025-12-20) A passes through Z1 (1.txt, 2025-12-20) | 2
    B passes through X1 | mode | contradiction | actual (1.txt, 2025-01) planned (2.txt, 2025-06) | 2
    A passes through X1 | mode | change over time | planned (0.txt, 2025-01) actual (2.txt, 2025-06) | 2
    A passes through Y1 | mode | change over time | planned (1.txt, 2025-01) actual (0.txt, 2025-06) | 2
    B | cost | change over time | 5 (1.txt, 2025-01) 7 (2.txt, 2025-06) | 2
    ");
}

#[test]
fn a_text_does_not_contradict_itself_on_how_far_something_has_come() {
    // Claims are of 1.txt, 2.txt, 0.txt in turn: the first and the fourth are of one document.
    let one = Drawing::of("A: X1 as planned\nB: X1\nC: X1\nA: X1");
    assert_snapshot!(ask(&one.freeze(), "conflicts"), @"remark: wherever two texts speak of the same thing here, they agree");
    // Two texts of one day: who knows which came later.
    let two = Drawing::of("A: X1 as planned\nA: X1");
    assert_snapshot!(ask(&two.freeze(), "conflicts"), @"A passes through X1 | mode | order unknown | actual (2.txt, 2025-12-20) planned (1.txt, 2025-12-20) | 2");
    // A word of status that a text itself joins with another is no second opinion.
    let words = Drawing::of(
        "
        A: X1
        A status=proposed @2025-01
        A status=proposed @2025-02
        A status=proposed @2025-03
        A status=planned @2025-04
        B: X1
        B status=planned @2025-01
        B status=halted @2025-03
        ",
    );
    assert_snapshot!(ask(&words.freeze(), "conflicts"), @"B | status | change over time | planned (2.txt, 2025-01) halted (0.txt, 2025-03) | 2");
}

#[test]
fn where_a_way_runs_is_no_milestone_but_when_it_gets_there_is_one_of_the_way() {
    let graph = Drawing::of(
        "
        Line: Herat > Kandahar as planned due 2027
        Line: Chaman
        Line date=2028 @2025-01
        Japan -funds-> Line as planned due 2027-03
        Japan -participates_in-> Summit due 2025-12-20
        Kenya -participates_in-> Summit due 2025-12-20
        Summit date=2025-12-20 @2025-12-21
        Japan -member_of-> Club due 2004
        Kenya -member_of-> Club due 2005
        ",
    )
    .freeze();
    assert_snapshot!(ask(&graph, "due before 2030"), @r"
    2027 | Line | Corridor | planned | 2
    2027-03 | Japan funds Line | funds | planned | 1
    2028 | Line | Corridor | planned | 1
    ");
    assert_snapshot!(ask(&graph, "timeline"), @r"
    2004 | Japan is a member of Club | member_of | actual | 1
    2005 | Kenya is a member of Club | member_of | actual | 1
    2025-12-20 | Summit | Event | actual | 2
    2027 | Line | Corridor | planned | 2
    2027-03 | Japan funds Line | funds | planned | 1
    2028 | Line | Corridor | planned | 3
    ");
}

#[test]
fn sources_count_what_rests_on_one() {
    assert_snapshot!(ask(&world(), "sources of EU"), @r"
    0.txt | 0.txt | 1 | 1 | 1 | EU funds Ferry
    2.txt | 2.txt | 1 | 1 | 1 | EU funds Middle Corridor
    remark: 2 of 2 edges rest on one source alone; retellings of one report are one source
    ");
}

#[test]
fn chokepoints_tell_what_hangs_on_what() {
    let graph = world();
    assert_snapshot!(ask(&graph, "chokepoints without Georgia"), @r"
    Middle Corridor | Corridor | is cut: stretches are left | China Kazakhstan Caspian Azerbaijan Türkiye | actual | 1
    Türkiye | State | cut off from the rest | - | - | 1
    remark: 1 of 3 ways touch Georgia
    ");
    assert_snapshot!(ask(&graph, "chokepoints from China to Azerbaijan"), @r"
    Kazakhstan | State | 3 | 3 | true | Ferry Middle Corridor Northern Corridor
    Aktau | Place | 2 | 3 | false | Ferry
    Caspian | State | 1 | 3 | false | Middle Corridor
    remark: 3 routes are known; where `all` is true every one of them touches the stop
    ");
    assert_snapshot!(ask(&graph, "chokepoints from China to Türkiye without Kazakhstan"), @r"
    China -Middle Corridor-> Türkiye | 1 | - | - | actual | 1
    remark: all 1 routes known are lost without Kazakhstan
    ");
    assert_snapshot!(ask(&graph, "chokepoints limit 3"), @r"
    Kazakhstan | State | 11.8 | 3 | Belarus China Russia
    Azerbaijan | State | 5.8 | 2 | Georgia Türkiye
    China | State | 4.7 | 2 | 
    remark: betweenness counts the pairs of stops whose shortest connections run through the stop
    ");
}

#[test]
fn explain_shows_the_match_and_the_plan() {
    let graph = world();
    assert_snapshot!(ask(&graph, "explain who funds Middle Corridor"), @r"
    stands for  MATCH (found)-[edge:funds]->(given:Corridor {name: 'Middle Corridor'}) RETURN found, given, edge
    one row an edge, with its evidence
    expand (given)<-[edge:funds]-(found)
    look up (given:Corridor) by name 'Middle Corridor'
    ");
    assert_snapshot!(ask(&graph, "explain neighbours of EU depth 2 mode planned as of 2025"), @r"
    stands for  MATCH (given:State {name: 'EU'})-[edge]-(found) RETURN found, given, edge mode planned as of 2025
    again from what was found, 2 levels in all, nearest first
    expand (given)-[edge]-(found)
    look up (given:State) by name 'EU'
    modes       planned
    as of       2025: claims asserted later do not count
    ");
    // The steps of a sentence and the operators of MATCH are one plan.
    assert_snapshot!(ask(&graph, "explain routes from Kazakhstan to Georgia bypassing Russia where status <> 'proposed' and hops < 3 within 3 hops order by cost desc limit 2"), @r"
    no MATCH    a route is a chain of stretches, whose stops meet where one holds the other
    limit 2
    sort by cost is null, cost desc
    look up cost for each row
    filter hops < 3
    look up hops for each row
    search routes from Kazakhstan (2 nodes) to Georgia (1 node) best first by hops, changes, names: at most 1000, within 2 hops
    exclude Russia with all that lies in it (1 node): ways, or stretches of them
    filter status <> 'proposed'
    look up status for each row
    scan ways (:Corridor)
    ");
    assert_snapshot!(ask(&graph, "explain paths from EU to Japan over funds bypassing Russia"), @r"
    no MATCH    what is bypassed bars stretches of ways, too, which no pattern can say
    search paths from EU (1 node) to Japan (1 node) over funds, best first by hops, names: at most 10, within 8 hops
    exclude Russia with all that lies in it (1 node): keep ways with stretches that pass it
    scan ways (:Corridor)
    ");
    assert_snapshot!(ask(&graph, "explain chokepoints from Kazakhstan to Georgia"), @r"
    no MATCH    it counts routes, whose stretches no pattern can say, or cuts the net apart
    count the routes through each stop, most first
    search routes from Kazakhstan (2 nodes) to Georgia (1 node) best first by hops, changes, names: at most 1000, within 5 hops
    keep ways with two stops
    scan ways (:Corridor)
    ");
    assert_snapshot!(ask(&graph, "explain due of Japan before 2026 where mode = 'planned'"), @r"
    no MATCH    planned edges, dates and figures of things are one list here, a sentence one row
    filter mode = 'planned'
    look up mode for each row
    join what is said twice, by date
    keep what may still come on 2026-11-26 or later
    keep what is planned for no later than 2026
    add dates and figures of nodes that are planned for a date
    find edges whose claims plan something for a date, one a sentence: MATCH (of:State {name: 'Japan'})-[edge]-() UNWIND claims(edge) AS c WITH edge, c WHERE c.date IS NOT NULL AND NOT c.mode IN ['actual', 'denied'] RETURN DISTINCT edge, c mode all
    ");
}

#[test]
fn a_list_keeps_what_is_held_in_the_modes_asked_for() {
    let graph = world();
    let names =
        |text: &str| ask(&graph, text).lines().filter_map(|l| l.split(" | ").next().map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(names("list corridors"), ["Ferry", "Middle Corridor", "Northern Corridor"]);
    assert_eq!(names("list corridors mode planned"), ["Ferry"]);
    assert_eq!(names("list corridors mode proposed"), ["Middle Corridor"]);
    assert_eq!(names("list corridors mode all"), names("list corridors"));
    assert_snapshot!(ask(&graph, "count corridors mode planned, proposed"), @"2");
}

#[test]
fn answers_are_the_same_every_time() {
    let graph = world();
    for sentence in ["routes bypassing Russia", "chokepoints", "conflicts", "sources", "paths from EU to Kazakhstan", "timeline"]
    {
        assert_eq!(ask(&graph, sentence), ask(&graph, sentence));
    }
}

#[test]
fn claims_are_taken_one_by_one_and_have_properties() {
    let graph = Drawing::of(
        "EU -funds-> Road as planned due 2026-12 @2025-01\nEU -funds-> Road @2026-02\nJapan -funds-> Road as denied @2026-03",
    )
    .freeze();
    let ask = |text: &str| ask(&graph, text);
    assert_snapshot!(
        ask("MATCH (a)-[r:funds]->(b) UNWIND claims(r) AS c RETURN a.name, c.mode, c.asserted, c.date, c.sentence, c.document, c.source, c.confidence, c.line"), @r"
    EU | planned | 2025-01 | 2026-12 | EU funds Road (planned). | 1.txt | 1.txt | 900 | 1
    EU | actual | 2026-02 | - | EU funds Road (actual). | 2.txt | 2.txt | 900 | 2
    ");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) RETURN a.name, [c IN claims(r) WHERE c.mode = 'planned' | c.date], size(claims(r))"), @"EU | 2026-12 | 2");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) RETURN claims(r)[0].mode, claims(r)[-1].mode, mode(head(claims(r))), claims(r)[5].mode, claims(r)[1..][0].asserted"), @"planned | actual | planned | - | 2026-02");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) WHERE any(c IN claims(r) WHERE c.asserted < '2026') RETURN a.name"), @"EU");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) UNWIND claims(r) AS c RETURN c.nonsense"), @r"
    -
    -
    warning: warning[Q307]: nothing has a property `nonsense`; 
    ");
    assert!(ask("MATCH (a)-[r:funds]->(b) RETURN claims(r).mode").contains("one claim at a time"));
    // What the query's tail says of claims holds for them, too.
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) UNWIND claims(r) AS c RETURN c.asserted as of 2025"), @"2025-01");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) RETURN mode(r), size(claims(r)), documents(r) as of 2025"), @"planned | 1 | 1.txt");
    assert_snapshot!(ask("MATCH (a)-[r:funds]->(b) RETURN a.name, r.mode mode all"), @r"
    EU | actual
    Japan | denied
    ");
    assert_snapshot!(ask("who funds Road mode all"), @r"
    EU | State | actual | 2
    Japan | State | denied | 1
    ");
}

#[test]
fn profile_tells_rows_of_each_step_and_operator() {
    let graph = world();
    let text = ask(&graph, "profile who funds Middle Corridor where amount > 1 order by name");
    for step in ["look up (given:Corridor)", "— 1 row", "filter amount > 1", "sort by name", "rows "] {
        assert!(text.contains(step), "{step}: {text}");
    }
    // Every operator of a sentence is timed, and gives the rows that the next one up takes in.
    for sentence in
        ["routes bypassing Russia", "routes from Kazakhstan to Georgia", "paths from EU to Japan", "chokepoints", "timeline"]
            .into_iter()
            .chain(["due since 2020", "conflicts", "sources", "why Middle Corridor", "chokepoints from Kazakhstan to Georgia"])
    {
        let rows = ask(&graph, sentence).lines().filter(|l| !l.starts_with("remark: ") && !l.starts_with("cut: ")).count();
        let text = ask(&graph, &format!("profile {sentence}"));
        let shown = ask(&graph, &format!("explain {sentence}"));
        let plan: Vec<&str> = shown.lines().filter(|l| !l.starts_with("stands for") && !l.starts_with("no MATCH")).collect();
        let timed: Vec<&str> = text.lines().filter(|l| l.contains("  — ")).collect();
        assert_eq!(timed.iter().filter_map(|l| l.split("  — ").next()).collect::<Vec<_>>(), plan, "{sentence}");
        let last = timed.first().and_then(|l| l.split("  — ").nth(1)).unwrap_or_default();
        assert_eq!(last.split(' ').next(), Some(&*rows.to_string()), "{sentence}: {text}");
    }
}

#[test]
fn where_asks_columns_of_rows_and_other_words_of_what_is_searched() {
    let graph = world();
    let rows = |text: &str| ask(&graph, text).lines().filter(|l| l.contains(" | ")).count();
    let all = rows("routes from Kazakhstan to Georgia");
    assert!(all > 0);
    assert_eq!(rows("routes from Kazakhstan to Georgia where hops >= 1"), all);
    assert_eq!(rows("routes from Kazakhstan to Georgia where hops > 8"), 0);
    for hops in 1..4 {
        let within = rows(&format!("routes from Kazakhstan to Georgia within {hops} hops limit 500"));
        assert_eq!(rows(&format!("routes from Kazakhstan to Georgia where hops <= {hops} limit 500")), within);
        assert_eq!(rows(&format!("routes from Kazakhstan to Georgia where hops < {} limit 500", hops + 1)), within);
    }
    assert_eq!(rows("routes from Kazakhstan to Georgia where name = 'no such way'"), 0);
    assert_eq!(rows("paths from EU to Japan where hops > 8"), 0);
    assert_eq!(rows("chokepoints where betweenness > 1000"), 0);
    assert_eq!(rows("chokepoints where betweenness > 0"), rows("chokepoints"));
}

#[test]
fn a_sentence_filters_by_what_match_can_say() {
    let graph = world();
    let same = |a: &str, b: &str| assert_eq!(ask(&graph, a), ask(&graph, b), "{a}");
    same("list corridors where name starts with 'M'", "list corridors where left(name, 1) = 'M'");
    same("list corridors where name contains 'Corridor'", "list corridors where size(split(name, 'Corridor')) > 1");
    same("list corridors where length_km is null", "list corridors where case when length_km > 0 then false else true end");
    same("list corridors where toUpper(c.name) in ['FERRY']", "list corridors where any(n in ['Ferry'] where n = name)");
    for wrong in
        ["list corridors where (name)-->()", "list corridors where count(name) > 1", "list corridors where nonsense(name)"]
    {
        assert!(ask(&graph, wrong).contains("error"), "{wrong}: {}", ask(&graph, wrong));
    }
}
