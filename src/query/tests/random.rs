//! Random graphs and random patterns: with passes, without, and by a matcher that knows nothing of plans.

use proptest::prelude::*;

use super::*;

/// (source, target, type, denied, amount), ends as indices.
type Arrow = (usize, usize, usize, bool, u8);

#[derive(Debug, Clone)]
struct World {
    /// The type of each node.
    nodes: Vec<usize>,
    arrows: Vec<Arrow>,
}

const NODE_TYPES: [&str; 3] = ["A", "B", "C"];
const EDGE_TYPES: [&str; 2] = ["s", "t"];

impl World {
    fn graph(&self) -> FrozenGraph {
        let nodes = self.nodes.iter().enumerate().map(|(i, t)| format!("n{i}:{} year={}\n", NODE_TYPES[*t], i % 3));
        let arrows = self.arrows.iter().map(|(s, t, kind, denied, amount)| {
            let mode = if *denied { "denied" } else { "actual" };
            format!("n{s} -{} mode={mode} amount={amount}-> n{t}\n", EDGE_TYPES[*kind])
        });
        graph(&nodes.chain(arrows).collect::<String>())
    }
}

fn worlds() -> impl Strategy<Value = World> {
    proptest::collection::vec(0..3usize, 2..6).prop_flat_map(|nodes| {
        let count = nodes.len();
        let arrow = (0..count, 0..count, 0..2usize, proptest::bool::weighted(0.15), 0..4u8);
        proptest::collection::vec(arrow, 0..9).prop_map(move |arrows| World { nodes: nodes.clone(), arrows })
    })
}

#[derive(Debug, Clone)]
struct Step {
    kind: Option<usize>,
    /// 0 out, 1 in, 2 either.
    way: u8,
    /// Which variable it leads to.
    to: usize,
    least_amount: Option<u8>,
}

#[derive(Debug, Clone)]
struct Asked {
    types: Vec<Option<usize>>,
    names: Vec<Option<usize>>,
    steps: Vec<Step>,
    /// (variable, variable): names ascend.
    less: Option<(usize, usize)>,
    year: Option<(usize, u8)>,
}

fn asked() -> impl Strategy<Value = Asked> {
    let step = (proptest::option::of(0..2usize), 0..3u8, 0..4usize, proptest::option::weighted(0.2, 0..4u8))
        .prop_map(|(kind, way, to, least_amount)| Step { kind, way, to, least_amount });
    (
        proptest::collection::vec(proptest::option::of(0..3usize), 4),
        proptest::collection::vec(proptest::option::weighted(0.15, 0..5usize), 4),
        proptest::collection::vec(step, 1..4),
        proptest::option::of((0..4usize, 0..4usize)),
        proptest::option::of((0..4usize, 0..3u8)),
    )
        .prop_map(|(types, names, steps, less, year)| Asked { types, names, steps, less, year })
}

impl Asked {
    /// The variables that the pattern has, in order.
    fn vars(&self) -> Vec<usize> {
        let mut vars = vec![0];
        for step in &self.steps {
            if !vars.contains(&step.to) {
                vars.push(step.to);
            }
        }
        vars
    }

    fn node(&self, var: usize, first: bool) -> String {
        let kind = self.types[var].filter(|_| first).map_or(String::new(), |t| format!(":{}", NODE_TYPES[t]));
        let name = self.names[var].filter(|_| first).map_or(String::new(), |n| format!(" {{name: 'n{n}'}}"));
        format!("(v{var}{kind}{name})")
    }

    fn pattern(&self) -> String {
        let mut seen = vec![0];
        let mut text = self.node(0, true);
        for (at, step) in self.steps.iter().enumerate() {
            let kind = step.kind.map_or(String::new(), |k| format!(":{}", EDGE_TYPES[k]));
            let filter = step.least_amount.map_or(String::new(), |a| format!(" WHERE e{at}.amount >= {a}"));
            let (left, right) = [("-", "->"), ("<-", "-"), ("-", "-")][usize::from(step.way)];
            text += &format!("{left}[e{at}{kind}{filter}]{right}{}", self.node(step.to, !seen.contains(&step.to)));
            seen.push(step.to);
        }
        let vars = self.vars();
        let less = self.less.filter(|(a, b)| vars.contains(a) && vars.contains(b)).map(|(a, b)| format!("v{a}.name < v{b}.name"));
        let year = self.year.filter(|(v, _)| vars.contains(v)).map(|(v, y)| format!("v{v}.year <> {y}"));
        let all: Vec<String> = less.into_iter().chain(year).collect();
        if all.is_empty() { text } else { format!("{text} WHERE {}", all.join(" AND ")) }
    }

    /// The matches by trying every edge for every step.
    fn brute(&self, world: &World) -> Vec<String> {
        let mut found = Vec::new();
        for start in 0..world.nodes.len() {
            let mut binding = [None; 4];
            binding[0] = Some(start);
            self.follow(world, 0, start, &mut binding, &mut Vec::new(), &mut found);
        }
        found.sort();
        found
    }

    fn follow(
        &self,
        world: &World,
        at: usize,
        from: usize,
        binding: &mut [Option<usize>; 4],
        used: &mut Vec<usize>,
        found: &mut Vec<String>,
    ) {
        let Some(step) = self.steps.get(at) else {
            if self.fits(world, binding) {
                found.push(self.vars().iter().map(|v| format!("n{}", binding[*v].unwrap_or(99))).collect::<Vec<_>>().join("|"));
            }
            return;
        };
        for (edge, &(source, target, kind, denied, amount)) in world.arrows.iter().enumerate() {
            let fits = !denied && step.kind.is_none_or(|k| k == kind) && step.least_amount.is_none_or(|a| amount >= a);
            if !fits || used.contains(&edge) {
                continue;
            }
            let mut ways = Vec::new();
            if step.way != 1 && source == from {
                ways.push(target);
            }
            if step.way != 0 && target == from && !(step.way == 2 && source == target) {
                ways.push(source);
            }
            for to in ways {
                let before = binding[step.to];
                if before.is_some_and(|b| b != to) {
                    continue;
                }
                binding[step.to] = Some(to);
                used.push(edge);
                self.follow(world, at + 1, to, binding, used, found);
                used.pop();
                binding[step.to] = before;
            }
        }
    }

    fn fits(&self, world: &World, binding: &[Option<usize>; 4]) -> bool {
        let vars = self.vars();
        let typed = vars.iter().all(|&v| {
            let node = binding[v].unwrap_or(99);
            self.types[v].is_none_or(|t| world.nodes[node] == t) && self.names[v].is_none_or(|n| node == n)
        });
        let less = self.less.filter(|(a, b)| vars.contains(a) && vars.contains(b)).is_none_or(|(a, b)| binding[a] < binding[b]);
        let year =
            self.year.filter(|(v, _)| vars.contains(v)).is_none_or(|(v, y)| binding[v].unwrap_or(99) % 3 != usize::from(y));
        typed && less && year
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn patterns_match_what_trying_everything_finds(world in worlds(), asked in asked()) {
        let graph = world.graph();
        let names = asked.vars().iter().map(|v| format!("v{v}.name")).collect::<Vec<_>>().join(", ");
        let pattern = asked.pattern();
        let answer = ask(&graph, &format!("MATCH {pattern} RETURN {names}"), &Params::new()).expect("an answer");
        let mut found = rows(&answer, &graph);
        found.sort();
        let expected = asked.brute(&world);
        prop_assert_eq!(&found, &expected, "{}", pattern);
        for tail in ["RETURN count(*)", "RETURN v0.year, count(*), min(v0.name)"] {
            let counted = ask(&graph, &format!("MATCH {pattern} {tail}"), &Params::new()).expect("an answer");
            if tail == "RETURN count(*)" {
                prop_assert_eq!(rows(&counted, &graph), [expected.len().to_string()], "{}", pattern);
            }
        }
    }

    #[test]
    fn parts_that_an_equality_ties_are_joined_right(world in worlds(), asked in asked(), tie in 0..5usize) {
        let graph = world.graph();
        let first = asked.pattern().split(" WHERE v").next().unwrap_or_default().to_owned();
        let (other, tied) = [
            ("(x)", "x.year = v0.year"),
            ("(x:A)-[f:s]->(y)", "f.amount = v0.year AND y.year > 0"),
            ("(x)-[f]->(y), (z:B)", "v0.year = y.year AND z.year = x.year"),
            ("(x)-[*1..2]->(y)", "y.year + 1 = v0.year + 1 AND x.name <> v0.name"),
            ("(x), (y)", "x.year = y.year AND v0.year = 1"),
        ][tie];
        let query = format!("MATCH {first}, {other} WHERE {tied} RETURN v0.name, x.name, count(*)");
        ask(&graph, &query, &Params::new()).expect("an answer");
    }

    #[test]
    fn the_best_of_paths_of_several_steps_are_the_first_of_all(world in worlds(), most in 1..4u64, select in 0..3usize) {
        let graph = world.graph();
        let body = "(a:A)-[:s]-(m)-[r:t*0..2]->(b)";
        let by = if select == 2 { "amount" } else { "" };
        let selector = [format!("SHORTEST {most}"), "ALL SHORTEST".to_owned(), format!("CHEAPEST {most} BY amount")][select].clone();
        let columns = "a.name AS a, b.name AS b, length(p) AS n, total(p, 'amount') AS t";
        let all = ask(&graph, &format!("MATCH p = ACYCLIC {body} RETURN {columns}"), &Params::new()).expect("an answer");
        let best = ask(&graph, &format!("MATCH p = {selector} {body} RETURN {columns}"), &Params::new()).expect("an answer");
        // (ends, what is least, hops), best first.
        let keyed = |rows: Vec<String>| {
            let of = |row: &String| {
                let cells: Vec<&str> = row.split('|').collect();
                let number = |at: usize| cells[at].parse::<u64>().unwrap_or(0);
                let cost = if by.is_empty() { 0 } else { number(3) };
                (format!("{} {}", cells[0], cells[1]), cost, number(2))
            };
            let mut keyed: Vec<(String, u64, u64)> = rows.iter().map(of).collect();
            keyed.sort();
            keyed
        };
        let mut wanted = keyed(rows(&all, &graph));
        let (mut ends, mut given, mut first) = (String::new(), 0, 0);
        wanted.retain(|(of, _, hops)| {
            if *of != ends {
                (ends, given, first) = (of.clone(), 0, *hops);
            }
            given += 1;
            if select == 1 { *hops == first } else { given <= most }
        });
        prop_assert_eq!(keyed(rows(&best, &graph)), wanted);
    }

    #[test]
    fn a_search_over_steps_finds_what_following_them_all_finds(
        world in worlds(),
        shape in 0..9usize,
        mode in 0..3usize,
        select in 0..4usize,
        most in 1..4u64,
    ) {
        let graph = world.graph();
        let body = [
            "(a {name: 'n0'})-[:s]-(m)-[r:t*0..2]->(b {name: 'n1'})",
            "(a {name: 'n0'})-[f]->(m:A)-[r*1..3]-(b {name: 'n1'})",
            "(a {name: 'n0'})-[r:s*1..2]-(m)-[f:t]-(b {name: 'n0'})",
            "(a {name: 'n0'})-[r*1..2]-(m)-[q*0..2]-(b {name: 'n1'}) WHERE m.year > 0",
            "(a {name: 'n0'})-[f]-(m)-[g]-(b {name: 'n1'}) WHERE f.amount < g.amount",
            "(a {name: 'n0'})-[f WHERE f.amount > 0]-(m)-[r:s*0..3]-(o)-[*0..1]-(b {name: 'n2'})",
            "(a {name: 'n0'})-[f]-(m)-[r*1..2 WHERE r.amount < 3]-(b {name: 'n1'}) WHERE none(n IN nodes(p) WHERE n.year = 2)",
            "(a:A {name: 'n0'})<-[f:s]-(m {name: 'n2'})-[*]->(b {name: 'n1'})",
            "(a {name: 'n1'})-[*2..3]-(m)<-[:t]-(b:B {name: 'n0'}) WHERE m.year <> a.year OR size(claims(m)) > 0",
        ][shape];
        let selector = ["ANY".to_owned(), format!("SHORTEST {most}"), "ALL SHORTEST".to_owned(), format!("CHEAPEST {most} BY amount")];
        let (mode, selector) = (["", "ACYCLIC ", "TRAIL "][mode], &selector[select]);
        for columns in ["p, total(p, 'amount')", "length(p), m.name"] {
            // Of equal edges, cut in different ways, any may be left out.
            if columns.contains('m') && select != 2 && shape != 4 {
                continue;
            }
            let query = format!("MATCH p = {mode}{selector} {body} RETURN {columns}");
            let counts = explained(&Engine::new(&graph, Schema::builtin()), &query);
            prop_assert!(counts.contains("search "), "{}", counts);
            ask(&graph, &query.replace("ANY", "SHORTEST 1"), &Params::new()).expect("an answer");
        }
    }

    #[test]
    fn no_pass_changes_an_answer(world in worlds(), asked in asked(), chain in 0..6usize) {
        let graph = world.graph();
        let pattern = asked.pattern();
        let first = pattern.split(" WHERE v").next().unwrap_or_default().to_owned();
        let query = match chain {
            0 => "MATCH (a)-[r:s*1..3]-(b:B) WHERE all(n IN nodes([a]) WHERE n.year <> 1) RETURN a.name, b.name, size(r)".to_owned(),
            1 => "MATCH p = ACYCLIC (a {name: 'n0'})-[r*1..3]-(b) WHERE none(n IN nodes(p) WHERE n.year = 1) RETURN p".to_owned(),
            2 => format!("MATCH {first} OPTIONAL MATCH (v0)-[x:t]->(w) RETURN v0.name, w.name, count(x)"),
            3 => format!("MATCH {first} WITH v0, count(*) AS n MATCH (v0)-[:s]->(w) RETURN w.name, sum(n)"),
            4 => "MATCH p = ALL SHORTEST (a {name: 'n0'})-[r]-+(b {name: 'n1'}) WHERE all(e IN r WHERE e.amount > 0) RETURN length(p)".to_owned(),
            _ => format!("MATCH {first} WHERE EXISTS {{ (v0)-[:s]->(w) WHERE w.year = 0 }} RETURN DISTINCT v0.name ORDER BY v0.name SKIP 1"),
        };
        let query = query.replace("nodes([a])", "[a]");
        ask(&graph, &query, &Params::new()).expect("an answer");
    }
}
