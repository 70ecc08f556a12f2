//! The grammar as a whole: what parses and as what, and that no input is slow, deep or panics.

use std::time::{Duration, Instant};

use super::*;
use crate::query::ast::{Asking, Body, End, ExprKind, Join, NameForm, Object, WhyTarget};
use crate::schema::Schema;

fn vocabulary() -> Vocabulary {
    Vocabulary::of(Schema::builtin())
}

fn body(text: &str) -> Body<'_> {
    match parse(text, &vocabulary()) {
        Ok(statement) => statement.body,
        Err(error) => panic!("{text}: {error:?}"),
    }
}

/// The queries of the specification.
const SPECIFIED: [&str; 15] = [
    "routes bypassing Russia",
    "routes from Kazakhstan to Europe bypassing Russia and Iran",
    "routes from Kazakhstan to Europe via Caspian Sea, Azerbaijan avoiding Russia within 6 hops by cost limit 5",
    "routes from Aktau to Poti carrying oil where status <> 'proposed' by length_km",
    "path from Sojitz to \"Middle Corridor\" over funds|builds|part_of",
    "neighbours of Kazakhstan over borders depth 2",
    "show Middle Corridor",
    "who funds Trans-Afghan Railway",
    "what EU funds order by amount desc limit 10",
    "why \"Middle Corridor\" bypasses Russia",
    "why 2                                   // the evidence behind row 2 of the last answer",
    "list Corridor where kind = 'railway' and length_km > 500",
    "explain routes from Kazakhstan to Europe bypassing Russia",
    "MATCH (o:Organisation|State)-[f:funds]->(c:Corridor) WHERE NOT (c)-[:passes_through]->({name:'Russia'}) RETURN c.name, count(*) AS n ORDER BY n DESC LIMIT 10",
    "MATCH p = ACYCLIC CHEAPEST 5 BY cost (a {name:'Aktau'})-[:leg]-{1,6}(b {name:'Poti'}) RETURN p",
];

#[test]
fn the_queries_of_the_specification_parse() {
    for query in SPECIFIED {
        body(query);
    }
}

#[test]
fn names_keep_what_people_write_into_them() {
    for name in [
        "Trans-Afghan Railway",
        "Xi'an",
        "C5+1",
        "U.S.",
        "St. Petersburg",
        "Almaty–Aktau",
        "state/kazakhstan",
        "Masrik-1",
        "AT&T",
        "Project 2025",
        "2026 summit",
        "Baku - Tbilisi",
        "Road to Europe",
        "Republic of Korea",
        "İstanbul",
        "阿克套",
        "Via Baltica",
        "Deloitte & Touche",
    ] {
        let query = format!("show {name} limit 3");
        let Body::Show(show) = body(&query) else { panic!("{name}") };
        assert_eq!(show.names.items.iter().map(|n| &*n.text).collect::<Vec<_>>(), [name]);
    }
}

#[test]
fn lists_of_names_keep_their_joins_and_can_be_one_name() {
    let Body::Routes(routes) = body("routes from Bosnia and  Herzegovina to A, B or 'C and D' via $x") else { panic!() };
    let from = routes.search.from.unwrap();
    assert_eq!(from.joins, [Join::And]);
    assert_eq!(from.joined(0, 1).unwrap().text, "Bosnia and  Herzegovina");
    let to = routes.search.to.unwrap();
    assert_eq!((to.joins.as_slice(), to.any()), ([Join::Comma, Join::Or].as_slice(), true));
    assert!(to.joined(1, 2).is_none(), "a quoted name is one name already");
    assert_eq!(routes.search.via[0].items[0].form, NameForm::Parameter);
}

#[test]
fn questions_about_edges_in_every_order() {
    let cases = [
        ("who funds Trans-Afghan Railway", "funds", "Trans-Afghan Railway", false),
        ("who pays for X", "pays for", "X", false),
        ("what is funded by the EU", "is funded by", "the EU", true),
        ("what EU funds", "funds", "EU", true),
        ("what does the World Bank fund", "fund", "the World Bank", true),
        ("which corridors does China fund", "fund", "China", true),
        ("who are members of the SCO", "members of", "the SCO", false),
        ("funders of Dustlik", "funders of", "Dustlik", false),
        ("list funders of Dustlik", "funders of", "Dustlik", false),
        ("signatories of Tokyo Declaration", "signatories", "Tokyo Declaration", false),
        ("alternatives to the Kabul Corridor", "alternatives to", "the Kabul Corridor", false),
        ("which states border Russia", "border", "Russia", false),
        ("what zaps Russia", "zaps", "Russia", false),
        ("what EU zaps", "zaps", "EU", true),
        ("who is zapped by Russia", "is zapped by", "Russia", false),
        ("who funds 'X' in Asia", "funds", "X", false),
        ("what \"EU\" funds", "funds", "EU", true),
    ];
    let words = vocabulary();
    for (query, edge, name, targets) in cases {
        let Body::Ask(ask) = body(query) else { panic!("{query}") };
        let Object::Names(names) = &ask.given else { panic!("{query}: {:?}", ask.given) };
        assert_eq!((&*ask.relation.text, &*names.items[0].text), (edge, name), "{query}");
        let backward = words.readings(edge).first().is_some_and(|r| r.backward);
        let asked = if targets { End::Target } else { End::Source };
        if edge != "zaps" && edge != "is zapped by" {
            assert_eq!(ask.asked(backward), asked, "{query}");
        }
    }
    let Body::Ask(pairs) = body("who funds what in Central Asia") else { panic!() };
    assert!(matches!(pairs.given, Object::Anything(_)) && pairs.tail.place.is_some());
    let Body::Ask(typed) = body("who funds corridors mode planned") else { panic!() };
    assert!(matches!(typed.given, Object::Type(_)));
    assert!(
        matches!(body("which states border Russia"), Body::Ask(ask) if matches!(&ask.asking, Asking::Which(w) if w.text == "states"))
    );
}

#[test]
fn other_verbs_take_their_forms() {
    for query in [
        "agreements of Japan",
        "states of the SCO",
        "projects in Uzbekistan",
        "corridors where kind = 'railway'",
        "count",
        "count corridors by kind",
        "count corridors of Japan where length_km > 10",
        "timeline",
        "timeline of summits since 2025-03 before 2026",
        "timeline Japan",
        "conflicts",
        "conflicts about Middle Corridor",
        "conflicts of corridors",
        "compare A and B",
        "compare A with B",
        "compare corridors",
        "compare A, B by length_km",
        "chokepoints",
        "chokepoints from Central Asia to Europe",
        "chokepoints without Georgia",
        "chokepoints from A to B if Georgia closes",
        "chokepoints if Iran and Russia close",
        "due before 2026-12-31",
        "due by 2026-12-31",
        "due of Uzbekistan before 2027",
        "due before 2027 of Uzbekistan limit 3",
        "due",
        "sources",
        "sources of Middle Corridor where sources = 1",
        "why same TITR, Middle Corridor",
        "why same TITR with Middle Corridor",
        "why Middle Corridor",
        "why Middle Corridor bypasses Russia mode actual",
        "profile show X",
        "explain MATCH (n) RETURN n",
        "neighbours of A out",
        "neighbours of A in depth 2",
        "neighbours A in Central Asia",
        "NEIGHBORS OF A OVER is funded by|borders",
        "paths from A to B bypassing C and D over funds limit 3",
        "routes",
        "routes via A or B stated with world",
        "routes from A as of 2025-07 mode planned, actual mode possible skip 2 limit 3;",
        "routes to Europe within 3",
        "who leads Kazakhstan as of 2025",
        "show U.S.",
        "why 'A' passes_through 'B'",
    ] {
        body(query);
    }
    let Body::Why(why) = body("why Trans-Caspian route bypasses Russia") else { panic!() };
    let WhyTarget::Edge { left, relation, right } = why.target else { panic!("{:?}", why.target) };
    assert_eq!((&*left.text, &*relation.text, &*right.text), ("Trans-Caspian route", "bypasses", "Russia"));
}

#[test]
fn queries_take_their_forms() {
    for query in [
        "RETURN 1",
        "return 1 + 2 * 3 ^ 2 - -4 as x, 'a' + \"b\"",
        "RETURN -9223372036854775808, 0x1F, 1e3, .5",
        "MATCH (n) RETURN *",
        "MATCH (n) RETURN *, n.x AS x",
        "MATCH (n)--(m), (m)<--(o)-->(p)<-->(n) RETURN n",
        "MATCH (a)-[r]->(b)<-[:funds|:builds]-(c) RETURN r",
        "MATCH (a)-[*]->(b)-[*2]-(c)-[r:x*1..3 {a: 1}]-(d)-[*..3]-(e)-[*2..]-(f) RETURN a",
        "MATCH (a)-[:x]->{2}(b)-[:y]-{1,}(c)-[:z]->+(d)-->{,4}(e) RETURN a",
        "MATCH (a:A:B|C&D {x: $x} WHERE a.y > 1) RETURN a",
        "MATCH (a $props)-[r $q WHERE r.x = 1]-(b) RETURN a",
        "OPTIONAL MATCH (n) WHERE n.x IS NOT NULL RETURN DISTINCT n ORDER BY n.x DESC, n.y ASC SKIP 1 LIMIT $l",
        "MATCH (n) WITH n, count(*) AS c WHERE c > 1 UNWIND [1, 2] AS x RETURN n, x UNION ALL RETURN 1 AS n, 2 AS x",
        "MATCH (n) WHERE (n)-->() AND NOT (n)-[:x]-(:Y) OR (n.x)-[1][0] > 2 RETURN n",
        "MATCH (n) WHERE (n:State OR n:Region) AND (n) = (n) RETURN n",
        "MATCH (n) WHERE EXISTS { (n)-->(m) WHERE m.x = 1 } RETURN n",
        "MATCH (n) WHERE exists { MATCH (n)-->(m) RETURN m } AND exists((n)-->()) AND exists(n.x) RETURN n",
        "RETURN CASE WHEN 1 = 2 THEN 3 ELSE 4 END, CASE 1 WHEN 2 THEN 3 END",
        "RETURN [x IN [1,2] WHERE x > 1 | x * 2], [x IN [1]], [1, 2][0..1], [1][..], [1][1..]",
        "MATCH (n) RETURN [(n)-->(m) WHERE m.x | m.y], [p = (n)-->() | p], [(n)-->()]",
        "RETURN all(x IN [1] WHERE x > 0), none(x IN [] WHERE true), any(x in [1] where x)",
        "RETURN 1 < 2 <= 3 <> 4, 'a' STARTS WITH 'b' OR 'c' ENDS WITH 'd' XOR 'e' CONTAINS 'f', 1 IN [1]",
        "RETURN count(DISTINCT n.x), count(*), date.truncate('x')",
        "RETURN {a: 1, `b c`: {d: []}}.a",
        "MATCH p = shortestPath((a)-[*]-(b)) RETURN p",
        "MATCH p = SHORTEST 3 TRAIL (a)-[*]-(b) RETURN length(p)",
        "MATCH p = ANY SHORTEST (a)-[*]-(b), q = ALL SHORTEST PATHS (a)-[*..4]-(b) RETURN p",
        "MATCH (date) WHERE date.mode = 'x' RETURN date.order, date.limit",
        "MATCH (`odd name`) RETURN `odd name`.`x``y`",
        "MATCH (n) RETURN n.date >= 2025-07-01",
        "WITH 1 AS x RETURN x /* c */ // d",
        "UNWIND $list AS row RETURN row.name",
        "RETURN NOT NOT true, -(1), +1, - 1",
        "MATCH (all)-->(any) RETURN all, any",
        "MATCH (n) RETURN n OFFSET 2",
    ] {
        body(query);
    }
}

#[test]
fn precedence_is_that_of_opencypher() {
    let kind = |text| parse_expression(text).unwrap().kind;
    assert!(matches!(kind("1 + 2 * 3"), ExprKind::Binary(op, _, _) if op.value.as_str() == "+"));
    assert!(matches!(kind("NOT a = b"), ExprKind::Unary(..)));
    assert!(matches!(kind("a OR b AND c"), ExprKind::Or(items) if items.len() == 2));
    assert!(matches!(kind("a AND b AND c"), ExprKind::And(items) if items.len() == 3));
    assert!(matches!(kind("(a AND b) AND c"), ExprKind::And(items) if items.len() == 2));
    assert!(matches!(kind("a = b IN c"), ExprKind::Compare(..)));
    assert!(matches!(kind("-a ^ b"), ExprKind::Binary(op, _, _) if op.value.as_str() == "^"));
    assert!(matches!(kind("[x IN l WHERE x:A | x.n]"), ExprKind::Comprehension(c) if c.map.is_some()));
}

#[test]
fn no_input_overflows_or_is_slow() {
    let words = vocabulary();
    // Unoptimised, a quarter of the bytes shows as much in a quarter of the time.
    let scale = if cfg!(debug_assertions) { 4 } else { 1 };
    let long = |unit: &str, times: usize| unit.repeat(times / scale);
    let inputs = [
        long("(", 60_000),
        long("[", 60_000),
        long("{a:", 20_000),
        format!("RETURN {}", long("(", 60_000)),
        format!("RETURN {}", long("[", 60_000)),
        format!("RETURN {}1", long("NOT ", 15_000)),
        format!("RETURN {}1", long("-", 60_000)),
        format!("RETURN a{}", long(".a", 30_000)),
        format!("RETURN a{}", long(" AND a", 10_000)),
        format!("RETURN a{}", long("+1", 30_000)),
        format!("RETURN a{}", long("<1", 30_000)),
        format!("RETURN {}", long("CASE WHEN ", 6_000)),
        format!("MATCH (a){} RETURN a", long("--(a)", 12_000)),
        format!("MATCH {} RETURN a", long("(a)-", 12_000)),
        format!("RETURN {}", long("[(a {x: ", 7_000)),
        format!("RETURN {}", long("(a {x: ", 7_000)),
        format!("RETURN {}", long("EXISTS {MATCH (a) WHERE ", 2_500)),
        format!("routes from {}", long("a ", 30_000)),
        format!("routes from {}", long("is ", 20_000)),
        format!("why {}", long("is in ", 10_000)),
        format!("what {}", long("member of ", 6_000)),
        format!("show {}", long("a,", 30_000)),
        format!("routes {}", long("via a ", 10_000)),
        long("explain ", 8_000),
        long("'", 65_000),
        long("\"\\", 30_000),
        long("/*", 30_000),
        long("`", 65_001),
        long("\u{0}", 65_000),
        long("é", 30_000),
        format!("RETURN {}", long("[1 IN ", 10_000)),
        format!("RETURN {}", long("f(", 30_000)),
        format!("RETURN {}", long("x[", 30_000)),
        format!("RETURN {}", long("[x IN ", 10_000)),
        long("list ", 12_000),
        long("a", 100_000),
        format!("RETURN [{}]", long("1,", 30_000)),
        format!("RETURN 1{}", long(" OR (1", 9_000)),
        format!("MATCH (a:{}b) RETURN a", long("b|", 30_000)),
        format!("show {}", long("a-", 30_000)),
        format!("RETURN {}", long("all(x IN ", 7_000)),
    ];
    let limit = if cfg!(debug_assertions) { Duration::from_millis(800) } else { Duration::from_millis(50) };
    for input in inputs {
        let start = Instant::now();
        let _ = parse(&input, &words).map(drop);
        let took = start.elapsed();
        assert!(took < limit, "{took:?} for {}", &input[..input.floor_char_boundary(40)]);
        let _ = (split_script(&input), is_complete(&input));
    }
}

#[test]
fn limits_are_told_as_such() {
    let words = vocabulary();
    let kind = |text: String| parse(&text, &words).map(drop).unwrap_err().kind;
    assert_eq!(kind(format!("RETURN {}1{}", "(".repeat(70), ")".repeat(70))), SyntaxErrorKind::TooDeep { most: DEPTH });
    assert_eq!(kind(format!("RETURN 1{}", " OR 1".repeat(1_001))), SyntaxErrorKind::TooManyInChain { most: CHAIN });
    assert_eq!(kind(format!("RETURN 1{}", "+1".repeat(500))), SyntaxErrorKind::TooManyInChain { most: HEIGHT });
    assert_eq!(kind("x".repeat(BYTES + 1)), SyntaxErrorKind::TooLong { most: BYTES });
    assert_eq!(kind(" ; ".to_owned()), SyntaxErrorKind::Empty);
    let deep = format!("RETURN {}1{}", "(".repeat(60), ")".repeat(60));
    assert!(parse(&deep, &words).is_ok());
    let chain = format!("RETURN 1{}", " OR a.x = 1".repeat(900));
    assert!(parse(&chain, &words).is_ok());
}
