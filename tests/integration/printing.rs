//! Printing and parsing agree: `parse(print(tree))` is the tree, but for where things stand and what they were typed as.

use std::borrow::Cow;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use silkgraph::model::{Mode, PartialDate};
use silkgraph::query::Vocabulary;
use silkgraph::query::ast::*;
use silkgraph::query::parse::parse;
use silkgraph::schema::Schema;
use silkgraph::span::{Span, Spanned};

use crate::syntax::cases;

/// A tree as text, without spans and without the text that it was typed as.
fn shape(statement: &Statement<'_>) -> String {
    let debug = format!("{statement:?}");
    let mut out = String::with_capacity(debug.len());
    let mut rest = debug.as_str();
    while let Some(at) = rest.find("Span { start: ").into_iter().chain(rest.find("source: \"")).min() {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(text) = rest.strip_prefix("source: \"") {
            let mut escaped = false;
            let end = text.find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            rest = &text[end.map_or(text.len(), |e| e + 1)..];
        } else {
            rest = &rest[rest.find('}').map_or(rest.len(), |e| e + 1)..];
        }
    }
    out + rest
}

#[test]
fn what_people_write_comes_back() {
    let vocabulary = Vocabulary::of(Schema::builtin());
    for query in cases("tests/syntax/queries.txt") {
        let tree = parse(&query, &vocabulary).unwrap_or_else(|e| panic!("{query}: {e}"));
        let printed = tree.to_string();
        let again = parse(&printed, &vocabulary).unwrap_or_else(|e| panic!("{query}\n{printed}: {e}"));
        assert_eq!(shape(&again), shape(&tree), "{query}\n{printed}");
        assert_eq!(again.to_string(), printed);
    }
}

const NOWHERE: Span = Span { start: 0, end: 0 };

fn word() -> impl Strategy<Value = Word<'static>> {
    let text = select(vec!["n", "name", "where", "order", "x y", "a`b", "count", "Überraum", "all", "_1", "null", "exists"]);
    text.prop_map(|t| Word { text: Cow::Borrowed(t), span: NOWHERE })
}

fn literal() -> impl Strategy<Value = ExprKind<'static>> {
    let literal = prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        any::<i64>().prop_map(Literal::Int),
        (-1e12..1e12).prop_map(Literal::Float),
        Just(Literal::Float(-1e300)),
        "[a'\"\\\\\n\t éß\u{1}]{0,6}".prop_map(|t| Literal::Text(Cow::Owned(t))),
    ];
    literal.prop_map(ExprKind::Literal)
}

fn at(kind: ExprKind<'static>) -> Expr<'static> {
    Expr { kind, span: NOWHERE }
}

fn leaf() -> impl Strategy<Value = Expr<'static>> {
    prop_oneof![
        literal(),
        word().prop_map(|w| ExprKind::Variable(w.text)),
        Just(ExprKind::Parameter(Cow::Borrowed("p"))),
        Just(ExprKind::CountStar),
    ]
    .prop_map(at)
}

fn expr() -> impl Strategy<Value = Expr<'static>> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let some = || inner.clone();
        let boxed = || inner.clone().prop_map(Box::new);
        let comprehension = (word(), some(), of(some()), of(some()));
        let comprehension = comprehension.prop_map(|(var, list, filter, map)| Comprehension { var, list, filter, map }).boxed();
        let binary = select(vec![
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Multiply,
            BinaryOp::Divide,
            BinaryOp::Modulo,
            BinaryOp::Power,
            BinaryOp::In,
            BinaryOp::Contains,
            BinaryOp::StartsWith,
            BinaryOp::EndsWith,
        ]);
        let compare = select(vec![CompareOp::Equal, CompareOp::Unequal, CompareOp::Less, CompareOp::AtLeast]);
        let compare = compare.prop_map(|op| Spanned::new(op, NOWHERE));
        let quantifier = select(vec![Quantifier::All, Quantifier::Any, Quantifier::None, Quantifier::Single]);
        prop_oneof![
            (boxed(), word()).prop_map(|(e, w)| ExprKind::Property(e, w)),
            (boxed(), boxed()).prop_map(|(e, i)| ExprKind::Index(e, i)),
            (boxed(), of(boxed()), of(boxed())).prop_map(|(e, a, b)| ExprKind::Slice(e, a, b)),
            (boxed(), vec(vec(word(), 1..3), 1..3)).prop_map(|(e, t)| ExprKind::HasType(e, t)),
            vec(some(), 0..3).prop_map(ExprKind::List),
            vec((word(), some()), 0..3)
                .prop_map(|entries| { ExprKind::Map(entries.into_iter().map(|(key, value)| MapEntry { key, value }).collect()) }),
            // A sign before a number is part of it.
            (select(vec![UnaryOp::Not, UnaryOp::Minus, UnaryOp::Plus]), boxed()).prop_map(|(op, e)| ExprKind::Unary(op, e)),
            (binary, boxed(), boxed()).prop_map(|(op, a, b)| ExprKind::Binary(Spanned::new(op, NOWHERE), a, b)),
            (boxed(), vec((compare, some()), 1..3)).prop_map(|(e, others)| ExprKind::Compare(e, others)),
            vec(some(), 2..4).prop_map(ExprKind::And),
            vec(some(), 2..4).prop_map(ExprKind::Or),
            vec(some(), 2..4).prop_map(ExprKind::Xor),
            (boxed(), any::<bool>()).prop_map(|(expr, negated)| ExprKind::IsNull { expr, negated }),
            (any::<bool>(), vec(some(), 0..3)).prop_map(|(distinct, args)| {
                let name = Word { text: Cow::Borrowed("size"), span: NOWHERE };
                ExprKind::Call(Call { name, distinct: distinct && !args.is_empty(), args })
            }),
            (of(some()), vec((some(), some()), 1..3), of(some()))
                .prop_map(|(subject, branches, otherwise)| { ExprKind::Case(Box::new(Case { subject, branches, otherwise })) }),
            comprehension.clone().prop_map(|c| ExprKind::Comprehension(Box::new(c))),
            (quantifier, comprehension).prop_map(|(q, c)| ExprKind::Quantified(q, Box::new(Comprehension { map: None, ..c }))),
        ]
        .prop_map(at)
    })
}

fn props() -> impl Strategy<Value = Option<Expr<'static>>> {
    let entry = (word(), leaf()).prop_map(|(key, value)| MapEntry { key, value });
    of(prop_oneof![vec(entry, 0..2).prop_map(|e| at(ExprKind::Map(e))), Just(at(ExprKind::Parameter(Cow::Borrowed("p")))),])
}

fn node() -> impl Strategy<Value = NodePattern<'static>> {
    (of(word()), vec(vec(word(), 1..3), 0..2), props(), of(leaf())).prop_map(|(var, types, props, filter)| NodePattern {
        var,
        types,
        props,
        filter,
        span: NOWHERE,
    })
}

fn rel() -> impl Strategy<Value = RelPattern<'static>> {
    let length = (0u32..4, of(0u32..6)).prop_map(|(min, max)| Length { min, max, span: NOWHERE });
    let direction = select(vec![Direction::Out, Direction::In, Direction::Either]);
    (direction, of(word()), vec(word(), 0..3), of(length), props(), of(leaf())).prop_map(
        |(direction, var, types, length, props, filter)| RelPattern {
            direction,
            var,
            types,
            length,
            props,
            filter,
            span: NOWHERE,
        },
    )
}

fn path() -> impl Strategy<Value = PathPattern<'static>> {
    let selector = prop_oneof![
        Just(Selector::Any(NOWHERE)),
        (1u64..4).prop_map(|k| Selector::Shortest(k, NOWHERE)),
        Just(Selector::AllShortest(NOWHERE)),
        (1u64..4, word()).prop_map(|(k, w)| Selector::Cheapest(k, w, NOWHERE)),
    ];
    let mode = select(vec![PathMode::Acyclic, PathMode::Trail]);
    (of(word()), of(mode), of(selector), node(), vec((rel(), node()), 0..3))
        .prop_map(|(var, mode, selector, start, steps)| PathPattern { var, mode, selector, start, steps, span: NOWHERE })
}

fn sorts() -> impl Strategy<Value = Vec<Sort<'static>>> {
    vec((expr(), any::<bool>()).prop_map(|(expr, descending)| Sort { expr, descending }), 0..2)
}

fn projection() -> impl Strategy<Value = Projection<'static>> {
    let item = (expr(), of(word())).prop_map(|(expr, alias)| Item { expr, alias, source: "" });
    (any::<bool>(), any::<bool>(), vec(item, 1..3), sorts(), of(leaf()), of(leaf())).prop_map(
        |(distinct, star, items, order, skip, limit)| Projection {
            distinct,
            star: star.then_some(NOWHERE),
            items,
            order,
            skip,
            limit,
            span: NOWHERE,
        },
    )
}

fn query() -> impl Strategy<Value = Query<'static>> {
    let matching = (any::<bool>(), vec(path(), 1..3), of(expr()))
        .prop_map(|(optional, patterns, filter)| Clause::Match(Match { optional, patterns, filter, span: NOWHERE }));
    let unwind = (expr(), word()).prop_map(|(list, var)| Clause::Unwind(Unwind { list, var, span: NOWHERE }));
    let with =
        (projection(), of(expr())).prop_map(|(projection, filter)| Clause::With(With { projection, filter, span: NOWHERE }));
    let single = (vec(prop_oneof![matching, unwind, with], 0..3), projection()).prop_map(|(mut clauses, last)| {
        clauses.push(Clause::Return(last));
        SingleQuery { clauses, span: NOWHERE }
    });
    let single = single.boxed();
    let union = (any::<bool>(), single.clone()).prop_map(|(all, query)| Union { all, query, span: NOWHERE });
    (single, vec(union, 0..2), seen()).prop_map(|(first, unions, seen)| Query { first, unions, seen, span: NOWHERE })
}

fn seen() -> impl Strategy<Value = Seen> {
    let date = select(vec!["2025", "2025-07", "2025-07-31"]).prop_map(|d| Spanned::new(d.parse().expect("a date"), NOWHERE));
    let mode = select(Mode::ALL.to_vec()).prop_map(|m| Spanned::new(m, NOWHERE));
    (vec(mode, 0..3), of(date), any::<bool>()).prop_map(|(modes, as_of, world)| Seen {
        modes,
        as_of,
        with_world: world.then_some(NOWHERE),
    })
}

fn name() -> impl Strategy<Value = Name<'static>> {
    let bare = vec![
        "Russia",
        "Middle Corridor",
        "Trans-Afghan Railway",
        "Xi'an",
        "C5+1",
        "U.S.",
        "state/kazakhstan",
        "Via Baltica",
        "the EU",
        "5+1",
    ];
    let bare = select(bare).prop_map(|t| (Cow::Borrowed(t), NameForm::Bare));
    let quoted = "[a'\"\\\\ é\n]{0,6}".prop_map(|t| (Cow::Owned(t), NameForm::Quoted));
    let parameter = Just((Cow::Borrowed("x"), NameForm::Parameter));
    prop_oneof![4 => bare, 2 => quoted, 1 => parameter].prop_map(|(text, form)| Name { text, form, span: NOWHERE })
}

fn names() -> impl Strategy<Value = Names<'static>> {
    let join = select(vec![Join::Comma, Join::And, Join::Or]);
    (name(), vec((join, name()), 0..3)).prop_map(|(first, rest)| {
        let (joins, others): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
        Names { source: "", items: [vec![first], others].concat(), joins, span: NOWHERE }
    })
}

fn object() -> impl Strategy<Value = Object<'static>> {
    let kind = Word { text: Cow::Borrowed("corridors"), span: NOWHERE };
    prop_oneof![4 => names().prop_map(Object::Names), 1 => Just(Object::Type(kind)), 1 => Just(Object::Anything(NOWHERE))]
}

/// Edge words that the schema knows: others are not told from the names before them.
fn known() -> impl Strategy<Value = Relation<'static>> {
    relation().prop_filter("known", |r| !r.text.contains("zap"))
}

fn relation() -> impl Strategy<Value = Relation<'static>> {
    let texts = vec!["funds", "is funded by", "passes_through", "pays for", "is in", "zaps", "is zapped by"];
    select(texts).prop_map(|t| Relation { text: Cow::Borrowed(t), noun: false, span: NOWHERE })
}

fn tail() -> impl Strategy<Value = Tail<'static>> {
    let at = |n: u64| Spanned::new(n, NOWHERE);
    let number = || of((0u64..100).prop_map(at));
    let date = || {
        let dates = vec![PartialDate::day(2025, 7, 31), PartialDate::month(2025, 7), "2025".parse().expect("a year")];
        of(select(dates).prop_map(|d| Spanned::new(d, NOWHERE)))
    };
    let by = prop_oneof![Just(By::Hops(NOWHERE)), Just(By::Property(Word { text: Cow::Borrowed("cost"), span: NOWHERE }))];
    let modes = vec(select(Mode::ALL.to_vec()).prop_map(|m| Spanned::new(m, NOWHERE)), 0..3);
    let flag = || of(Just(NOWHERE));
    let first = (of(expr()), of(names()), of(by), sorts(), number(), number());
    (first, modes, date(), date(), date(), flag(), flag()).prop_map(
        |((filter, place, by, order, skip, limit), modes, as_of, since, before, stated, with_world)| Tail {
            filter,
            place,
            by,
            order,
            skip,
            limit,
            modes,
            as_of,
            since,
            before,
            stated,
            with_world,
        },
    )
}

fn search() -> impl Strategy<Value = Search<'static>> {
    let hops = of((0u32..9).prop_map(|n| Spanned::new(n, NOWHERE)));
    let some = || vec(names(), 0..2);
    (of(names()), of(names()), some(), some(), some(), vec(relation(), 0..3), hops)
        .prop_map(|(from, to, via, avoid, carrying, over, hops)| Search { from, to, via, avoid, carrying, over, hops })
}

fn question() -> impl Strategy<Value = Body<'static>> {
    let kind = Word { text: Cow::Borrowed("states"), span: NOWHERE };
    let asking = select(vec![Asking::Who, Asking::What, Asking::Which(kind)]);
    let edge = prop_oneof![(known(), Just(true)), (relation(), Just(false))];
    let ask = (asking, edge, object(), tail())
        .prop_map(|(asking, (relation, given_first), given, tail)| Body::Ask(Ask { asking, relation, given, given_first, tail }));
    let noun = (select(vec!["funders of", "signatories", "members of"]), object(), tail()).prop_map(|(text, given, tail)| {
        let relation = Relation { text: Cow::Borrowed(text), noun: true, span: NOWHERE };
        Body::Ask(Ask { asking: Asking::Noun, relation, given, given_first: false, tail })
    });
    prop_oneof![3 => ask, 1 => noun]
}

fn body() -> impl Strategy<Value = Body<'static>> {
    let target = prop_oneof![
        (1u64..99).prop_map(|n| WhyTarget::Row(Spanned::new(n, NOWHERE))),
        (name(), known(), name()).prop_map(|(left, relation, right)| WhyTarget::Edge { left, relation, right }),
        names().prop_map(WhyTarget::Same),
        name().prop_map(WhyTarget::Node),
    ];
    let kind = Word { text: Cow::Borrowed("corridors"), span: NOWHERE };
    let ends = (names(), names(), search()).prop_map(|(from, to, s)| Search { from: Some(from), to: Some(to), ..s });
    let end = of(select(vec![End::Source, End::Target]).prop_map(|e| Spanned::new(e, NOWHERE)));
    let depth = of((1u32..5).prop_map(|n| Spanned::new(n, NOWHERE)));
    prop_oneof![
        4 => query().prop_map(Body::Match),
        2 => (search(), tail()).prop_map(|(search, tail)| Body::Routes(Routes { search, tail })),
        1 => (any::<bool>(), ends, tail()).prop_map(|(many, search, tail)| Body::Paths(Paths { many, search, tail })),
        1 => (names(), vec(relation(), 0..3), depth, end, tail())
            .prop_map(|(of, over, depth, direction, tail)| Body::Neighbours(Neighbours { of, over, depth, direction, tail })),
        1 => (names(), tail()).prop_map(|(names, tail)| Body::Show(Show { names, tail })),
        2 => question(),
        1 => (target, tail()).prop_map(|(target, tail)| Body::Why(Why { target, tail })),
        1 => (any::<bool>(), of(names()), tail())
            .prop_map(move |(count, of, tail)| Body::List(List { count, kind: Some(kind.clone()), of, tail })),
        1 => (of(object()), tail()).prop_map(|(of, tail)| Body::Timeline(Timeline { of, tail })),
        1 => (of(object()), tail()).prop_map(|(of, tail)| Body::Conflicts(Conflicts { of, tail })),
        1 => (of(object()), tail()).prop_map(|(of, tail)| Body::Sources(Sources { of, tail })),
        1 => (of(object()), tail()).prop_map(|(of, tail)| Body::Due(Due { of, tail })),
        1 => (object(), tail()).prop_map(|(of, tail)| Body::Compare(Compare { of, tail })),
        1 => (search(), of(names()), tail())
            .prop_map(|(search, closed, tail)| Body::Chokepoints(Chokepoints { search, closed, tail })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_comes_back(
        prefix in select(vec![Prefix::None, Prefix::Explain, Prefix::Profile]),
        body in body(),
    ) {
        let tree = Statement { prefix, body, span: NOWHERE };
        let printed = tree.to_string();
        let vocabulary = Vocabulary::of(Schema::builtin());
        match parse(&printed, &vocabulary) {
            Ok(again) => prop_assert_eq!(shape(&again), shape(&tree), "{}", printed),
            Err(error) => prop_assert!(false, "{}: {:?}", printed, error),
        }
    }
}
