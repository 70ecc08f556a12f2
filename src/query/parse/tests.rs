//! The grammar as a whole: what parses and as what, and that no input is slow, deep or panics.

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

/// Queries that are right.
const QUERIES: &str = include_str!("../../../tests/syntax/queries.txt");

#[test]
fn every_right_query_parses() {
    let lines = QUERIES.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    let vocabulary = vocabulary();
    let wrong: Vec<_> = lines.filter_map(|l| parse(l, &vocabulary).err().map(|e| format!("{l}: {e}"))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
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
        ("which organisations is Japan a member of", "is a member of", "Japan", true),
        ("what is South Ossetia crossed by limit 2", "is crossed by", "South Ossetia", false),
        ("what are Aktau and Poti served by", "is served by", "Aktau", false),
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
fn small_words_of_a_question_are_passed_over() {
    for (query, plain) in [
        ("list all corridors", "list corridors"),
        ("list the corridors bypassing Russia", "list corridors bypassing Russia"),
        ("count all corridors by kind", "count corridors by kind"),
        ("show me Middle Corridor", "show Middle Corridor"),
    ] {
        let printed = |text: &str| parse(text, &vocabulary()).expect("a sentence").to_string();
        assert_eq!(printed(query), printed(plain));
    }
    // One word is passed over; of several none is.
    let several = "show me me Middle Corridor";
    assert_eq!(parse(several, &vocabulary()).expect("a sentence").to_string(), several);
}

#[test]
fn a_claim_to_prove_is_found_among_bare_words() {
    let Body::Why(why) = body("why Trans-Caspian route bypasses Russia") else { panic!() };
    let WhyTarget::Edge { left, relation, right } = why.target else { panic!("{:?}", why.target) };
    assert_eq!((&*left.text, &*relation.text, &*right.text), ("Trans-Caspian route", "bypasses", "Russia"));
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

#[path = "../../../tests/syntax/hostile.rs"]
mod hostile;

/// How often a token may be looked at, over a whole statement: reading is linear, whatever is read.
const MOST_LOOKS: u64 = 100;

#[test]
fn no_input_overflows_or_is_slow() {
    let words = vocabulary();
    // Unoptimised, a quarter of the bytes shows as much in a quarter of the time.
    let scale = if cfg!(debug_assertions) { 4 } else { 1 };
    let mut dearest = (0, String::new());
    for input in hostile::inputs(scale) {
        let _ = (parse(&input, &words).map(drop), split_script(&input), is_complete(&input));
        let (tokens, looks) = looks(&input, &words);
        dearest = dearest.max((looks / tokens.max(1), input[..input.floor_char_boundary(40)].to_owned()));
    }
    // Time is measured in an optimised build (docs/performance.md); looks are the same on every machine.
    assert!(dearest.0 <= MOST_LOOKS, "{} looks a token for {}", dearest.0, dearest.1);
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
