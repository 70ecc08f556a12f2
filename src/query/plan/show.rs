//! Plans as text: the last operator on top, what feeds it below.

use std::fmt;

use super::{Chain, From, Op, Plan, Scan, SearchSteps, Sight};
use crate::graph::FrozenGraph;
use crate::query::answer::Value;
use crate::query::ast::Direction;
use crate::query::expr::{Expr, Slot};
use crate::query::search::Simple;

/// A plan to be printed, names taken from the graph and from the query.
pub struct Shown<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The graph that it is of.
    pub graph: &'a FrozenGraph,
    /// What slots are called.
    pub names: &'a [String],
    /// What is noted beside each operator, by its number.
    pub note: Option<&'a dyn Fn(u32) -> String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree(self.plan, "", f)
    }
}

impl Shown<'_> {
    fn tree(&self, plan: &Plan, indent: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = Some(plan);
        while let Some(plan) = at {
            at = plan.input.as_deref();
            if matches!(plan.op, Op::Start) && indent.is_empty() && !std::ptr::eq(plan, self.plan) {
                break;
            }
            write!(f, "{indent}{}", self.op(&plan.op))?;
            if let Some(note) = self.note {
                write!(f, "  — {}", note(plan.id))?;
            }
            writeln!(f)?;
            let deeper = format!("{indent}  │ ");
            let mut result = Ok(());
            plan.op.plans(&mut |inner| {
                if result.is_ok() {
                    result = self.tree(inner, &deeper, f);
                }
            });
            plan.op.exprs(&mut |e| self.inner(e, &deeper, f, &mut result));
            result?;
        }
        Ok(())
    }

    /// The plans within an expression.
    fn inner(&self, expr: &Expr, indent: &str, f: &mut fmt::Formatter<'_>, result: &mut fmt::Result) {
        if let Expr::Exists(plan) | Expr::Collect(plan, _) = expr
            && result.is_ok()
        {
            *result = self.tree(plan, indent, f);
        }
        expr.children(&mut |e| self.inner(e, indent, f, result));
    }

    fn slot(&self, slot: Slot) -> String {
        match self.names.get(slot) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("_{slot}"),
        }
    }

    fn slots(&self, slots: &[Slot]) -> String {
        slots.iter().map(|s| self.slot(*s)).collect::<Vec<_>>().join(", ")
    }

    fn node_kinds(&self, kinds: Option<&[u16]>) -> String {
        kinds.map_or(String::new(), |k| {
            format!(":{}", k.iter().map(|&k| self.graph.node_type_name(k)).collect::<Vec<_>>().join("|"))
        })
    }

    fn edge_kinds(&self, kinds: &[u16]) -> String {
        if kinds.len() == self.graph.edge_type_names().len() {
            return String::new();
        }
        format!(":{}", kinds.iter().map(|&k| self.graph.edge_type_name(k)).collect::<Vec<_>>().join("|"))
    }

    fn node(&self, slot: Slot, kinds: Option<&[u16]>) -> String {
        format!("({}{})", self.slot(slot), self.node_kinds(kinds))
    }

    /// `-[f:funds]->` with what else is said of the edges.
    fn arrow(&self, slot: Slot, kinds: &[u16], towards: Direction, chain: Option<&Chain>, sight: Sight) -> String {
        let length = chain.map_or(String::new(), |c| match c.most {
            Some(most) => format!("*{}..{most}", c.least),
            None => format!("*{}..", c.least),
        });
        let seen = match (sight.denied, sight.world) {
            (false, false) => "",
            (true, false) => " denied too",
            (false, true) => " world too",
            (true, true) => " denied and world too",
        };
        let body = format!("[{}{}{length}{seen}]", self.slot(slot), self.edge_kinds(kinds));
        match towards {
            Direction::Out => format!("-{body}->"),
            Direction::In => format!("<-{body}-"),
            Direction::Either => format!("-{body}-"),
        }
    }

    fn scan(&self, scan: &Scan) -> String {
        match &scan.from {
            From::Kinds(kinds) => format!("scan {}", self.node(scan.slot, kinds.as_deref())),
            From::Named(name, kinds) => format!("look up {} by name {}", self.node(scan.slot, kinds.as_deref()), self.expr(name)),
            From::Id(id, kinds) => format!("look up {} by id {}", self.node(scan.slot, kinds.as_deref()), self.expr(id)),
        }
    }

    fn tests(&self, tests: &[Expr]) -> String {
        tests.iter().enumerate().map(|(i, t)| format!("{} {}", if i == 0 { " where" } else { " and" }, self.expr(t))).collect()
    }

    fn chain(&self, chain: &Chain) -> String {
        let mut out = match chain.simple {
            Simple::Nodes => " acyclic".to_owned(),
            Simple::Edges => " trail".to_owned(),
        };
        if let Some(filter) = &chain.filter {
            out += &format!(", each edge {}", self.expr(filter));
        }
        for (_, filter) in &chain.nodes {
            out += &format!(", each node {}", self.expr(filter));
        }
        for filter in chain.select.iter().flat_map(|s| &s.accept) {
            out += &format!(", each path {}", self.expr(filter));
        }
        out
    }

    fn op(&self, op: &Op) -> String {
        let into = |into: bool| if into { "expand into" } else { "expand" };
        match op {
            Op::Start => "start".to_owned(),
            Op::Match(pattern) => format!("match a pattern of {} nodes and {} edges", pattern.nodes.len(), pattern.edges.len()),
            Op::Scan(scan) => self.scan(scan),
            Op::ScanEdges(scan) => format!(
                "scan edges {}{}{}{}",
                self.node(scan.source, scan.source_kinds.as_deref()),
                self.arrow(
                    scan.edge,
                    &scan.kinds,
                    if scan.either { Direction::Either } else { Direction::Out },
                    None,
                    scan.sight
                ),
                self.node(scan.target, scan.target_kinds.as_deref()),
                self.tests(&scan.tests)
            ),
            Op::Expand(e) => format!(
                "{}{} ({}){}{}{}",
                if e.tally { "count, " } else { "" },
                into(e.into),
                self.slot(e.from),
                self.arrow(e.edge, &e.kinds, e.towards, None, e.sight),
                self.node(e.to, e.to_kinds.as_deref()),
                self.tests(&e.tests)
            ),
            Op::Chains(c) => format!(
                "{} ({}){}{},{}{}",
                into(c.into),
                self.slot(c.from),
                self.arrow(c.edges, &c.kinds, c.towards, Some(&c.chain), c.sight),
                self.node(c.to, c.to_kinds.as_deref()),
                self.chain(&c.chain),
                if c.guided { ", led by the hops that remain" } else { "" }
            ),
            Op::Search(s) => {
                let select = s.chain.select.as_ref();
                let most = select.and_then(|s| s.most).map_or("all that are shortest".to_owned(), |k| format!("best {k}"));
                let by = match select.and_then(|s| s.by.as_ref()).map(|w| w.attribute) {
                    None => "hops",
                    Some(attribute) => attribute.map_or("an attribute that nothing has", |a| self.graph.attribute_name(a)),
                };
                let arrow = self.arrow(s.edges, &s.kinds, s.towards, Some(&s.chain), s.sight);
                format!("search {most} by {by} ({}){arrow}({}),{}", self.slot(s.from), self.slot(s.to), self.chain(&s.chain))
            }
            Op::SearchSteps(steps) => self.search_steps(steps),
            _ => self.row_op(op),
        }
    }

    fn search_steps(&self, steps: &SearchSteps) -> String {
        let most = steps.most.map_or("all that are shortest".to_owned(), |k| format!("best {k}"));
        let by = match steps.by.as_ref().map(|w| w.attribute) {
            None => "hops",
            Some(attribute) => attribute.map_or("an attribute that nothing has", |a| self.graph.attribute_name(a)),
        };
        let mut out = format!("search {most} by {by} ({})", self.slot(steps.from));
        for leg in &steps.legs {
            out += &self.arrow(leg.edges, &leg.kinds, leg.towards, leg.chain.as_ref(), leg.sight);
            out += &self.node(leg.to, leg.to_kinds.as_deref());
        }
        out += if steps.simple == Simple::Nodes { ", acyclic" } else { ", trail" };
        for leg in &steps.legs {
            let each = leg.chain.iter().flat_map(|c| &c.filter);
            each.chain(&leg.edge_tests).chain(&leg.node_tests).for_each(|f| out += &format!(", {}", self.expr(f)));
        }
        steps.accept.iter().for_each(|f| out += &format!(", each path {}", self.expr(f)));
        out
    }

    /// Operators on rows.
    fn row_op(&self, op: &Op) -> String {
        let pairs = |items: &[(Slot, Expr)]| {
            let item = |(slot, expr): &(Slot, Expr)| match expr {
                Expr::Slot(s) if s == slot => self.slot(*s),
                expr => format!("{} as {}", self.expr(expr), self.slot(*slot)),
            };
            items.iter().map(item).collect::<Vec<_>>().join(", ")
        };
        match op {
            Op::Filter(e) => format!("filter {}", self.expr(e)),
            Op::Compute(items) => format!("compute {}", pairs(items)),
            Op::MakePath(p) => format!("path {} from {}", self.slot(p.slot), self.slots(&p.parts)),
            Op::Meet(m) => format!(
                "count where ({}) and ({}) meet{}",
                self.slot(m.ends[0].0),
                self.slot(m.ends[1].0),
                self.node_kinds(m.kinds.as_deref())
            ),
            Op::Count(c) if c.keep => format!("count, kept by {}", self.slots(&c.keys)),
            Op::Count(_) => "count".to_owned(),
            Op::Aggregate(group) if group.keys.is_empty() => format!("aggregate {}", self.summaries(&group.values)),
            Op::Aggregate(group) => format!("aggregate {} by {}", self.summaries(&group.values), pairs(&group.keys)),
            Op::Columns(columns) => self.columns(columns),
            Op::Distinct(slots) => format!("distinct {}", self.slots(slots)),
            Op::Sort(sort) => {
                let key = |(e, down): &(Expr, bool)| format!("{}{}", self.expr(e), if *down { " desc" } else { "" });
                let keys = sort.keys.iter().map(key).collect::<Vec<_>>().join(", ");
                format!("sort by {keys}{}", sort.first.as_ref().map_or(String::new(), |n| format!(", first {}", self.expr(n))))
            }
            Op::Best(best) => {
                let by = best.by.as_ref().map_or("hops", |w| w.attribute.map_or("nothing", |a| self.graph.attribute_name(a)));
                let most = best.most.map_or("all that are".to_owned(), |n| format!("the {n}"));
                format!("keep {most} best by {by} for each {}", self.slots(&best.group))
            }
            Op::Join(join) => format!("join by {} = {}, of a table", self.expr(&join.ours), self.expr(&join.theirs)),
            Op::Skip(e) => format!("skip {}", self.expr(e)),
            Op::Limit(e) => format!("limit {}", self.expr(e)),
            Op::Unwind(slot, e) => format!("unwind {} as {}", self.expr(e), self.slot(*slot)),
            Op::Optional(..) => "optional".to_owned(),
            Op::Union(_) => "union".to_owned(),
            Op::Step(step) => step.text.to_string(),
            Op::Start
            | Op::Match(_)
            | Op::Scan(_)
            | Op::ScanEdges(_)
            | Op::Expand(_)
            | Op::Chains(_)
            | Op::Search(_)
            | Op::SearchSteps(_) => String::new(),
        }
    }

    fn summaries(&self, values: &[super::Summary]) -> String {
        let value = |v: &super::Summary| {
            let of = v.expr.as_ref().map_or("*".to_owned(), |e| self.expr(e));
            format!("{}({}{of})", v.of.as_str(), if v.distinct { "distinct " } else { "" })
        };
        values.iter().map(value).collect::<Vec<_>>().join(", ")
    }

    fn columns(&self, c: &super::Columns) -> String {
        let value = |v: &(Slot, super::Aggregate, Option<u16>)| {
            format!("{}({})", v.1.as_str(), v.2.map_or("*", |a| self.graph.attribute_name(a)))
        };
        let values = c.values.iter().map(value).collect::<Vec<_>>().join(", ");
        let by = if c.key.is_some() { " by type" } else { "" };
        format!("aggregate {values}{by} from columns of edges{}", self.edge_kinds(&c.scan.kinds))
    }

    fn exprs(&self, items: &[Expr], between: &str) -> String {
        items.iter().map(|e| self.expr(e)).collect::<Vec<_>>().join(between)
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Sym(s) => format!("'{}'", self.graph.string(*s)),
            Value::Node(n) => format!("({})", self.graph.name(*n)),
            Value::List(items) => format!("[{}]", items.iter().map(|v| self.value(v)).collect::<Vec<_>>().join(", ")),
            other => other.to_string(),
        }
    }

    fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Const(value) => self.value(value),
            Expr::Param(at) => format!("${at}"),
            Expr::Slot(slot) => self.slot(*slot),
            Expr::Property(e, p) => format!("{}.{}", self.expr(e), p.name),
            Expr::Index(e, at) => format!("{}[{}]", self.expr(e), self.expr(at)),
            Expr::Slice(e, from, to) => {
                let end = |e: &Option<Box<Expr>>| e.as_ref().map_or(String::new(), |e| self.expr(e));
                format!("{}[{}..{}]", self.expr(e), end(from), end(to))
            }
            Expr::HasType(e, test) => {
                let lists = test.nodes.iter().zip(&test.edges);
                let any = |(n, e): (&Vec<u16>, &Vec<u16>)| {
                    let nodes = n.iter().map(|&k| self.graph.node_type_name(k));
                    format!(":{}", nodes.chain(e.iter().map(|&k| self.graph.edge_type_name(k))).collect::<Vec<_>>().join("|"))
                };
                self.expr(e) + &lists.map(any).collect::<String>()
            }
            Expr::List(items) => format!("[{}]", self.exprs(items, ", ")),
            Expr::Map(items) => {
                format!("{{{}}}", items.iter().map(|(n, e)| format!("{n}: {}", self.expr(e))).collect::<Vec<_>>().join(", "))
            }
            Expr::Not(e) => format!("not {}", self.expr(e)),
            Expr::Minus(e) => format!("-{}", self.expr(e)),
            Expr::Binary(op, a, b) => format!("({} {} {})", self.expr(a), op.as_str(), self.expr(b)),
            Expr::Compare(op, a, b) => format!("{} {} {}", self.expr(a), op.as_str(), self.expr(b)),
            Expr::And(items) => self.exprs(items, " and "),
            Expr::Or(items) => format!("({})", self.exprs(items, " or ")),
            Expr::Xor(items) => format!("({})", self.exprs(items, " xor ")),
            Expr::IsNull(e, negated) => format!("{} is {}null", self.expr(e), if *negated { "not " } else { "" }),
            Expr::Call(function, args) => format!("{}({})", function.name, self.exprs(args, ", ")),
            Expr::Case(_) => "case …".to_owned(),
            Expr::Exists(_) => "exists {…}".to_owned(),
            Expr::Collect(..) => "[pattern …]".to_owned(),
            Expr::Comprehension(each) => format!("[{} in {} …]", self.slot(each.slot), self.expr(&each.list)),
            Expr::Quantified(q, each) => {
                let filter = each.filter.as_ref().map_or(String::new(), |f| format!(" where {}", self.expr(f)));
                format!("{}({} in {}{filter})", q.as_str(), self.slot(each.slot), self.expr(&each.list))
            }
        }
    }
}
