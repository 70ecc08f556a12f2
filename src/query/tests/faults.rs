//! What is wrong with a query, and how it is told.

use super::*;

fn told(query: &str) -> String {
    let graph = graph("China:State\n EU:Organisation\n Middle:Corridor year=2013\n EU -funds amount=1-> Middle");
    let engine = Engine::new(&graph, Schema::builtin());
    match engine.query(query, &Params::new(), &Options::default(), &Interrupt::new()) {
        Err(fault) => format!("{fault} {}", fault.hints.join("; ")).trim().to_owned(),
        Ok(answer) => {
            let warnings = answer.warnings().map(|w| format!("{w} {}", w.hints.join("; ")));
            format!("{} rows {}", answer.rows.len(), warnings.collect::<Vec<_>>().join(" ")).trim().to_owned()
        }
    }
}

#[test]
fn unknown_things_are_told_with_what_is_near() {
    for (query, expected) in [
        ("MATCH (c:Coridor) RETURN c", "0 rows warning[Q305]: no node type is called `Coridor` did you mean `Corridor`?"),
        ("MATCH (c:corridors) RETURN c", "0 rows warning[Q305]: no node type is called `corridors` did you mean `Corridor`?"),
        ("MATCH (c:Person) RETURN c", "0 rows warning[Q305]: this graph has no node of type `Person`"),
        ("MATCH ()-[:fund]->() RETURN 1", "0 rows warning[Q306]: no edge type is called `fund` did you mean `funds`?"),
        (
            "MATCH (c:Corridor) WHERE c.yeer = 1 RETURN c",
            "0 rows warning[Q307]: nothing has a property `yeer` did you mean `year`?",
        ),
        ("MATCH (s {name: 'china'}) RETURN s", "0 rows warning[Q319]: nothing is called `china` did you mean 'China'?"),
        ("MATCH (s) WHERE s.name = 'Chna' RETURN s", "0 rows warning[Q319]: nothing is called `Chna` did you mean 'China'?"),
        ("MATCH (corridor:Corridor) RETURN coridor", "error[Q300]: `coridor` is no variable here did you mean `corridor`?"),
        ("RETURN Kazakhstan", "error[Q300]: `Kazakhstan` is no variable here texts stand in quotes: 'Kazakhstan'"),
        ("RETURN lenght('a')", "error[Q301]: there is no function `lenght` did you mean length, left?"),
        ("RETURN size('a', 'b')", "error[Q302]: `size` takes 1 argument, not 2"),
        (
            "MATCH (a) WHERE count(a) > 1 RETURN a",
            "error[Q303]: `count` cannot stand here aggregates stand in RETURN and WITH, and not within one another",
        ),
        (
            "MATCH (a)-[r*40]->(b) RETURN a",
            "error[Q311]: chains of more than 32 edges are not searched ANY SHORTEST, SHORTEST k and CHEAPEST k BY find paths of any length",
        ),
        ("MATCH (a) RETURN a.name, a.name", "error[Q308]: two columns are called `a.name`"),
        (
            "RETURN 1 AS a UNION RETURN 2 AS b",
            "error[Q312]: the parts of a UNION have different columns name them alike with AS, in the same order",
        ),
        ("MATCH (s:State) RETURN s.amount.number, s.amount.unit", "1 rows"),
        ("MATCH (s:State) RETURN s.amount.nonsense", "1 rows warning[Q307]: nothing has a property `nonsense`"),
        ("MATCH (n) RETURN n.name ORDER BY n.name LIMIT 2 OFFSET 2", "1 rows"),
        ("RETURN $x", "error[Q314]: the parameter `$x` is not given --param x=VALUE gives it"),
        ("RETURN 1 / 0", "error[Q320]: division by zero"),
        ("MATCH (a) RETURN a LIMIT -1", "error[Q317]: LIMIT wants a whole number, not below zero"),
        ("MATCH (a)-[a]->(b) RETURN b", "error[Q304]: `a` is already a node"),
        ("MATCH (a:State)-[r:funds]->(b), (r)--(c) RETURN c", "error[Q304]: `r` is an edge, no node"),
    ] {
        assert_eq!(told(query), expected, "{query}");
    }
}

#[test]
fn a_chain_without_bound_is_cut_and_told() {
    let line: String =
        (0..12).map(|i| format!("n{i}:Place\n")).chain((0..11).map(|i| format!("n{i} -leg-> n{}\n", i + 1))).collect();
    let graph = graph(&line);
    let answer = ask(&graph, "MATCH (a {name: 'n0'})-[*]->(b) RETURN b", &Params::new()).expect("an answer");
    assert_eq!(answer.rows.len(), 8);
    assert_eq!(answer.notes, [Note::Cut("stopped at 8 hops; more may exist".to_owned())]);
    let whole = ask(&graph, "MATCH (a {name: 'n0'})-[*..11]->(b) RETURN b", &Params::new()).expect("an answer");
    assert!(whole.notes.is_empty() && whole.rows.len() == 11);
}

#[test]
fn an_interrupt_keeps_the_rows_so_far() {
    let graph = graph("China:State\n EU:Organisation\n EU -funds-> China");
    let engine = Engine::new(&graph, Schema::builtin());
    let interrupt = Interrupt::new();
    interrupt.set();
    let query = "UNWIND range(1, 5000) AS x RETURN x";
    let answer = engine.query(query, &Params::new(), &Options::default(), &interrupt).expect("rows");
    assert!(answer.interrupted && answer.rows.len() == 1023, "{}", answer.rows.len());
}
