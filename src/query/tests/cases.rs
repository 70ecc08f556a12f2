//! Queries and their answers on one drawn graph.

use super::*;

const DRAWING: &str = "
    China:State year=1949
    Russia:State year=1991
    Kazakhstan:State year=1991
    Georgia:State year=1991
    EU:Organisation
    ADB:Organisation year=1966
    Middle:Corridor kind=multimodal year=2013
    Northern:Corridor kind=railway year=2008
    Southern:Corridor kind=railway
    Pact:Agreement year=2024
    Treaty:Agreement year=2020
    EU -funds amount=900-> Middle
    EU -funds amount=100 mode=planned-> Northern
    ADB -funds amount=950 mode=denied-> Middle
    ADB -funds amount=50-> Southern
    Middle -passes_through-> Kazakhstan
    Middle -passes_through-> Georgia
    Northern -passes_through-> Kazakhstan
    Northern -passes_through-> Russia
    Southern -passes_through mode=denied-> Russia
    Southern -passes_through-> China
    China -party_to date=2024-05-> Pact
    Kazakhstan -party_to date=2024-05-> Pact
    China -party_to-> Treaty
    Russia -party_to-> Treaty
    Kazakhstan -party_to-> Treaty
";

fn check(cases: &[(&str, &[&str])]) {
    let graph = graph(DRAWING);
    for (query, expected) in cases {
        let answer = ask(&graph, query, &Params::new()).unwrap_or_else(|e| panic!("{query}: {e:?}"));
        let mut found = rows(&answer, &graph);
        let mut expected: Vec<String> = expected.iter().map(|e| (*e).to_owned()).collect();
        if !query.contains("ORDER BY") {
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn the_tail_of_a_query_says_what_counts() {
    check(&[
        ("MATCH (o)-[f:funds]->(c) RETURN o.name, c.name mode planned", &["EU|Northern"]),
        ("MATCH (o)-[f:funds]->(c) RETURN o.name, c.name mode planned, denied", &["EU|Northern", "ADB|Middle"]),
        (
            "MATCH (o)-[f:funds]->(c) RETURN f.mode AS m, count(*) AS n ORDER BY m LIMIT 3 mode actual, planned",
            &["actual|2", "planned|1"],
        ),
        ("MATCH (c:Corridor) WHERE EXISTS { (c)<-[:funds]-() } RETURN c.name mode denied", &["Middle"]),
        ("MATCH ()-[r]->() RETURN type(r), count(*) mode planned", &["funds|1"]),
        ("MATCH (o)-[f:funds]->(c) RETURN o.name AS of ORDER BY of LIMIT 1", &["ADB"]),
        ("MATCH (o {name: 'ADB'})-[f:funds]->(c) RETURN c.name as of 2025", &["Southern"]),
    ]);
}

#[test]
fn patterns() {
    check(&[
        ("MATCH (c:Corridor) RETURN c.name", &["Middle", "Northern", "Southern"]),
        ("MATCH (o)-[f:funds]->(c) RETURN o.name, f.amount, c.name", &["EU|900|Middle", "EU|100|Northern", "ADB|50|Southern"]),
        ("MATCH (c)<-[f:funds]-(o:Organisation {name: 'EU'}) RETURN c", &["(Middle)", "(Northern)"]),
        ("MATCH (o)-[f:funds WHERE f.mode = 'denied']->(c) RETURN o.name", &["ADB"]),
        ("MATCH (o)-[f:funds]->(c) WHERE f.amount > 75 RETURN o.name, c.name", &["EU|Middle", "EU|Northern"]),
        (
            "MATCH (o)-[f:funds]->(c) WHERE f.amount >= 100 AND f.amount < 900.5 AND o.name = 'EU' RETURN c.name",
            &["Middle", "Northern"],
        ),
        ("MATCH (o)-[f:funds]->(c)-[:passes_through]->(s) WHERE f.amount > 75 RETURN count(*)", &["4"]),
        ("MATCH (o)-[f:funds]->(c) WHERE f.date > 'x' RETURN c.name", &[]),
        ("MATCH (a)-[f]-(b) WHERE f.amount = 50 RETURN count(*)", &["2"]),
        ("MATCH (o)-[f:funds]->(c) WHERE f.mode <> 'actual' RETURN o.name, f.mode", &["EU|planned", "ADB|denied"]),
        ("MATCH (o)-[f:funds]->(c) WHERE mode(f) = 'planned' RETURN o.name", &["EU"]),
        (
            "MATCH (c:Corridor)-[:passes_through]->(:State {name:'Kazakhstan'}) WHERE NOT (c)-[:passes_through]->(:State {name:'Russia'}) RETURN c.name",
            &["Middle"],
        ),
        (
            "MATCH (c:Corridor) WHERE NOT EXISTS { MATCH (c)-[:passes_through]->(s) WHERE s.name = 'Russia' } RETURN c.name",
            &["Middle", "Southern"],
        ),
        (
            "MATCH (a:State)-[:party_to]->(x)<-[:party_to]-(b:State) WHERE a.name < b.name RETURN a.name, b.name, x.name",
            &["China|Kazakhstan|Pact", "China|Kazakhstan|Treaty", "China|Russia|Treaty", "Kazakhstan|Russia|Treaty"],
        ),
        ("MATCH (a:State {name: 'Georgia'}), (b:State {name: 'Russia'}) RETURN a.name, b.name", &["Georgia|Russia"]),
        ("MATCH (n:State|Organisation) RETURN count(*)", &["6"]),
        ("MATCH (a:Corridor:State) RETURN a", &[]),
        ("MATCH (a)--(b {name: 'Southern'}) RETURN a.name", &["ADB", "China"]),
        (
            "MATCH p = (a {name: 'EU'})-->()-->(b) RETURN p, length(p)",
            &["EU~Middle~Kazakhstan|2", "EU~Middle~Georgia|2", "EU~Northern~Kazakhstan|2", "EU~Northern~Russia|2"],
        ),
    ]);
}

#[test]
fn parts_tied_by_an_equality_are_joined_by_a_table() {
    check(&[
        (
            "MATCH (a:State), (b:State) WHERE a.year = b.year AND a.name < b.name RETURN a.name, b.name",
            &["Georgia|Kazakhstan", "Georgia|Russia", "Kazakhstan|Russia"],
        ),
        (
            "MATCH (o)-[f:funds]->(c), (x)-[:party_to]->(y) WHERE y.year - 1924 = f.amount RETURN o.name, x.name",
            &["EU|China", "EU|Kazakhstan"],
        ),
        (
            "MATCH (a:Corridor) MATCH (b:Corridor) WHERE a.kind = b.kind AND a.name < b.name RETURN a.name, b.name",
            &["Northern|Southern"],
        ),
    ]);
    let graph = graph(DRAWING);
    let engine = Engine::new(&graph, Schema::builtin());
    let plan = explained(&engine, "MATCH (a:State), (b:State) WHERE a.year = b.year RETURN a.name, b.name");
    assert!(plan.contains("join by"), "{plan}");
    // Names that are given row by row are looked up, too.
    let plan = explained(&engine, "UNWIND ['EU', 'ADB'] AS n MATCH (a {name: n})-[:funds]->(b) RETURN b.name");
    assert!(plan.contains("look up (a) by name n"), "{plan}");
    check(&[(
        "UNWIND ['EU', 'ADB', 7, null] AS n MATCH (a {name: n})-[:funds]->(b) RETURN b.name",
        &["Middle", "Northern", "Southern"],
    )]);
}

#[test]
fn the_first_of_many_rows_are_those_of_all_sorted() {
    let graph = graph(DRAWING);
    let rows_of = |text: &str| rows(&ask(&graph, text, &Params::new()).expect("an answer"), &graph);
    let query = "UNWIND range(1, 2000) AS x WITH x, (x * 7919) % 101 AS k RETURN k, x ORDER BY k DESC, x % 10";
    let all = rows_of(query);
    for (skip, limit) in [(0, 1), (0, 7), (3, 20), (1990, 20), (0, 0)] {
        let first = rows_of(&format!("{query} SKIP {skip} LIMIT {limit}"));
        assert_eq!(first, all.iter().skip(skip).take(limit).cloned().collect::<Vec<_>>(), "{skip} {limit}");
    }
}

#[test]
fn the_best_of_paths_of_several_steps() {
    check(&[
        (
            "MATCH p = SHORTEST 1 (o {name: 'EU'})-[:funds]->(c)-[:passes_through]->(s)-[:party_to*0..2]-(x) RETURN x.name, length(p)",
            &["Georgia|2", "Kazakhstan|2", "Pact|3", "Russia|2", "Treaty|3", "China|4"],
        ),
        (
            "MATCH p = ALL SHORTEST (o {name: 'EU'})-[:funds]->(c)-[:passes_through]->(s {name: 'Kazakhstan'}) RETURN p",
            &["EU~Middle~Kazakhstan", "EU~Northern~Kazakhstan"],
        ),
        (
            "MATCH p = CHEAPEST 1 BY amount (o {name: 'EU'})-[:funds]->(c)-[:funds*0..1]-(d) RETURN d.name, total(p, 'amount')",
            &["Middle|900", "Northern|100"],
        ),
        (
            "MATCH ANY (o:Organisation)-[:funds]->()-[:passes_through]->(s) RETURN o.name, s.name",
            &["EU|Georgia", "EU|Kazakhstan", "EU|Russia", "ADB|China"],
        ),
    ]);
}

#[test]
fn the_best_of_several_steps_are_searched_where_both_ends_are_known() {
    // Every node leads to every other: there are more chains of eight edges than anybody can follow.
    let nodes: String = (0..40).map(|i| format!("n{i}:A\n")).collect();
    let edges: String = (0..40).flat_map(|a| (0..40).map(move |b| format!("n{a} -s-> n{b}\n"))).collect();
    let graph = graph(&(nodes + "start:B\nend:B\nstart -t-> n0\nn39 -t-> end\n" + &edges));
    let engine = Engine::new(&graph, Schema::builtin());
    let answer = |text: &str| rows(&engine.query(text, &Params::new(), &Options::default(), &Interrupt::new()).unwrap(), &graph);
    let steps = "(a {name: 'start'})-[:t]->(m)-[r*]->(n)-[:t]->(b {name: 'end'})";
    assert_eq!(answer(&format!("MATCH p = SHORTEST 1 {steps} RETURN p, m.name, size(r), n.name")), ["start~n0~n39~end|n0|1|n39"]);
    assert_eq!(
        answer(&format!("MATCH p = SHORTEST 3 {steps} RETURN p")),
        ["start~n0~n39~end", "start~n0~n1~n39~end", "start~n0~n10~n39~end"]
    );
    assert_eq!(answer(&format!("MATCH p = ALL SHORTEST {steps} WHERE n.name <> 'n39' RETURN p")), Vec::<String>::new());
    assert_eq!(
        answer(&format!("MATCH p = SHORTEST 1 {steps} WHERE length(p) > 3 AND none(x IN nodes(p) WHERE x.name = 'n1') RETURN p")),
        ["start~n0~n10~n39~end"]
    );
    let shown = explained(&engine, &format!("MATCH p = SHORTEST 1 {steps} WHERE n.year IS NULL RETURN p"));
    insta::assert_snapshot!(shown, @r"
    search best 1 by hops (a)-[_1:t]->(m)-[r*1..8]->(n)-[_6:t]->(b), acyclic, n.year is null
    look up (b) by name 'end'
    look up (a) by name 'start'
    ");
}

#[test]
fn chains_and_best_paths() {
    check(&[
        ("MATCH (a {name: 'EU'})-[r*2]->(b) RETURN b.name, size(r)", &["Kazakhstan|2", "Georgia|2", "Kazakhstan|2", "Russia|2"]),
        ("MATCH (a {name: 'EU'})-[*1..3]->(b:Agreement) RETURN b.name", &["Pact", "Pact", "Treaty", "Treaty", "Treaty"]),
        (
            "MATCH (a {name: 'EU'})-[:funds|passes_through]->{1,2}(b) RETURN b.name",
            &["Middle", "Northern", "Kazakhstan", "Georgia", "Kazakhstan", "Russia"],
        ),
        ("MATCH p = ANY SHORTEST (a {name: 'EU'})-[*]-(b {name: 'China'}) RETURN length(p)", &["4"]),
        ("MATCH p = ALL SHORTEST (a {name: 'EU'})-[*]-(b {name: 'Russia'}) RETURN p", &["EU~Northern~Russia"]),
        (
            "MATCH p = SHORTEST 2 (a {name: 'China'})-[:party_to]-+(b {name: 'Russia'}) RETURN p",
            &["China~Treaty~Russia", "China~Pact~Kazakhstan~Treaty~Russia"],
        ),
        (
            "MATCH p = SHORTEST 1 (a {name: 'China'})-[:party_to]-+(b {name: 'Kazakhstan'}) WHERE none(n IN nodes(p) WHERE n.name = 'Pact') RETURN p",
            &["China~Treaty~Kazakhstan"],
        ),
        (
            "MATCH p = ACYCLIC (a {name: 'China'})-[:party_to]-{1,4}(b:State) WHERE all(n IN nodes(p) WHERE n.name <> 'Treaty') RETURN p",
            &["China~Pact~Kazakhstan"],
        ),
        ("MATCH (a {name: 'China'})-[r:party_to*0..1]->(b) RETURN b.name", &["China", "Pact", "Treaty"]),
    ]);
}

#[test]
fn rows_and_groups() {
    check(&[
        (
            "MATCH (s:State)-[:party_to]->(a) RETURN s.name AS s, count(*) AS n ORDER BY n DESC, s LIMIT 2",
            &["China|2", "Kazakhstan|2"],
        ),
        (
            "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n, sum(r.amount) AS s ORDER BY t",
            &["funds|3|1050", "party_to|5|0", "passes_through|5|0"],
        ),
        (
            "MATCH (o:Organisation) OPTIONAL MATCH (o)-[f:funds]->(c:Corridor {kind: 'railway'}) RETURN o.name, c.name",
            &["EU|Northern", "ADB|Southern"],
        ),
        (
            "MATCH (s:State) OPTIONAL MATCH (s)<-[:passes_through]-(c {name: 'Northern'}) RETURN s.name, c.name ORDER BY s.name",
            &["China|null", "Georgia|null", "Kazakhstan|Northern", "Russia|Northern"],
        ),
        ("MATCH (c:Corridor) WITH c.kind AS kind, count(*) AS n WHERE n > 1 RETURN kind, n", &["railway|2"]),
        (
            "MATCH (c:Corridor)-[:passes_through]->(s) WITH c, collect(s.name) AS stops ORDER BY c.name RETURN c.name, size(stops) ORDER BY c.name",
            &["Middle|2", "Northern|2", "Southern|1"],
        ),
        ("UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC SKIP 1", &["2", "1"]),
        ("RETURN 1 AS x UNION RETURN 1 AS x UNION RETURN 2 AS x", &["1", "2"]),
        ("RETURN 1 AS x UNION ALL RETURN 1 AS x", &["1", "1"]),
        ("MATCH (a:Agreement) RETURN DISTINCT a.year > 2000", &["true"]),
        ("MATCH (n:Person) RETURN count(n), sum(n.year), max(n.year), collect(n.name)", &["0|0|null|[]"]),
        (
            "MATCH (c:Corridor) RETURN CASE c.kind WHEN 'railway' THEN 1 ELSE 0 END AS rail, count(*) ORDER BY rail",
            &["0|1", "1|2"],
        ),
        (
            "MATCH (s:State)-[:party_to]->(a:Agreement) RETURN a.name, count(DISTINCT s) * 10 AS n ORDER BY n",
            &["Pact|20", "Treaty|30"],
        ),
        ("MATCH (a:State)-[:party_to]->(x)<-[:party_to]-(b:State) RETURN count(*)", &["8"]),
        ("MATCH (s:State {name: 'China'}) RETURN [(s)-[:party_to]->(a) | a.name] AS names", &["[Pact, Treaty]"]),
    ]);
}

#[test]
fn expressions() {
    check(&[
        ("RETURN null = null, 1 = 1.0, 'a' < 'b', 1 < 'a', null IN [1], 1 IN [null, 1]", &["null|true|true|null|null|true"]),
        ("RETURN NOT null, true AND null, false AND null, true OR null, true XOR null", &["null|null|false|true|null"]),
        ("RETURN 7 / 2, 7 % 4, 7.0 / 2, 2 ^ 3, 'a' + 1, [1] + 2", &["3|3|3.5|8.0|a1|[1, 2]"]),
        ("RETURN [1, 2, 3][-1], [1, 2, 3][1..], {a: 1}.a, size('żółw'), toUpper('ab')", &["3|[2, 3]|1|4|AB"]),
        (
            "RETURN range(1, 5, 2), head([]), last([1, 2]), coalesce(null, 2), substring('hello', 1, 3)",
            &["[1, 3, 5]|null|2|2|ell"],
        ),
        (
            "RETURN [x IN [1, 2, 3] WHERE x > 1 | x * 10], all(x IN [1] WHERE x = 1), single(x IN [1, 1] WHERE x = 1)",
            &["[20, 30]|true|false"],
        ),
        (
            "RETURN 'Middle' STARTS WITH 'Mid', 'Middle' CONTAINS 'dd', 'x' ENDS WITH 'y', split('a,b', ',')",
            &["true|true|false|[a, b]"],
        ),
        ("RETURN toInteger('12'), toInteger('x'), toFloat('1.5'), toString(1.0), 1 < 2 < 3", &["12|null|1.5|1.0|true"]),
        (
            "MATCH (s:State {name: 'China'}) RETURN labels(s), s.year + 1, s:State, keys(s), s.nothing IS NULL",
            &["[State]|1950|true|[name, year]|true"],
        ),
    ]);
}
