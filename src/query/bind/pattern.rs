//! Patterns: nodes, edges, chains and paths, and what may be seen of the graph through them.
//!
//! A denied edge is not there, unless the clause speaks of the `mode` of that edge; an edge of world data is not there,
//! unless the clause speaks of its `world`, or asks by name for a type that only world data has. A node that only world
//! data has is not there where it stands alone, unless the clause speaks of its `world` or its `name`.

use super::scope::{Kind, Var};
use super::{Binder, Expr};
use crate::diagnostic::Diagnostic;
use crate::names::closest;
use crate::query::ast::{self, CompareOp, ExprKind, Match, NodePattern, PathMode, PathPattern, RelPattern, Selector, Word};
use crate::query::expr::Slot;
use crate::query::functions;
use crate::query::plan::{Best, Chain, EdgePart, MakePath, NodePart, Op, Pattern, Plan, Select, Sight, Weight};
use crate::query::search::Simple;

/// The most hops that a chain may be asked for.
const MOST_HOPS: u32 = 32;

impl Binder<'_> {
    pub(super) fn match_clause(&mut self, clause: &Match<'_>, plan: Plan) -> Result<Plan, Diagnostic> {
        let outer = std::mem::take(&mut self.chain_filters);
        let bound: Vec<Slot> = self.scope.iter().map(|(_, v)| v.slot).collect();
        let mut pattern = Pattern { bound, ..Pattern::default() };
        let spoken = Spoken::of(clause);
        for path in &clause.patterns {
            self.path(path, &mut pattern, &spoken)?;
        }
        if let Some(filter) = &clause.filter {
            let filter = self.condition(filter)?;
            pattern.filters.extend(filter.conjuncts());
        }
        self.accept(&mut pattern);
        group_bests(&mut pattern);
        self.chain_filters = outer;
        if clause.optional {
            let mut nulls = Vec::new();
            Op::Match(Box::new(pattern.clone())).slots_set(&mut |s| nulls.push(s));
            pattern.optional = Some(nulls);
        }
        Ok(plan.then(Op::Match(Box::new(pattern))))
    }

    /// A pattern that is a condition: it brings no variables of its own.
    pub(super) fn condition_pattern(&mut self, path: &PathPattern<'_>) -> Result<Plan, Diagnostic> {
        let nodes = std::iter::once(&path.start).chain(path.steps.iter().map(|s| &s.1)).filter_map(|n| n.var.as_ref());
        for var in nodes.chain(path.steps.iter().filter_map(|s| s.0.var.as_ref())) {
            self.variable(&var.text, var.span).map_err(|fault| fault.hint("EXISTS { … } may bring variables of its own"))?;
        }
        self.bare_pattern(path, None)
    }

    /// A pattern in an expression.
    pub(super) fn bare_pattern(&mut self, path: &PathPattern<'_>, filter: Option<&ast::Expr<'_>>) -> Result<Plan, Diagnostic> {
        let clause = Match { optional: false, patterns: vec![path.clone()], filter: filter.cloned(), span: path.span };
        let evidence = self.evidence.clone();
        let plan = self.match_clause(&clause, Plan::start());
        self.evidence = evidence;
        plan
    }

    fn path(&mut self, path: &PathPattern<'_>, pattern: &mut Pattern, spoken: &Spoken) -> Result<(), Diagnostic> {
        if let Some(var) = &path.var {
            self.fresh(var)?;
        }
        // One kind of step is searched; of several the best are kept.
        let several = path.selector.as_ref().filter(|_| path.steps.len() > 1);
        let selector = path.selector.as_ref().filter(|_| path.steps.len() == 1);
        let acyclic = path.mode == Some(PathMode::Acyclic) || (path.selector.is_some() && path.mode.is_none());
        let alone = path.steps.is_empty();
        let mut left = self.node(&path.start, pattern, spoken, alone)?;
        let (start, mut parts) = (pattern.nodes[left].slot, Vec::new());
        for (rel, node) in &path.steps {
            let edge = self.rel(rel, selector, acyclic, spoken)?;
            let right = self.node(node, pattern, spoken, false)?;
            parts.push(edge.slot);
            self.evidence.push(edge.slot);
            self.rel_props(rel, &edge, pattern)?;
            let again = rel.var.as_ref().and_then(|v| self.scope.get(&v.text));
            pattern.edges.push(EdgePart { left, right, ..edge });
            self.name_edge(rel, again, pattern)?;
            left = right;
        }
        if let Some(selector) = several {
            let Select { most, by, .. } = self.select(selector)?;
            let group = vec![start, pattern.nodes[left].slot];
            pattern.bests.push(Best { group, parts: parts.clone(), most, by, keep: Vec::new() });
        }
        let acyclic = acyclic && path.steps.len() > 1;
        if path.var.is_some() || acyclic {
            let slot = self.slot(path.var.as_ref().map_or("", |v| &v.text));
            pattern.paths.push(MakePath { slot, start, parts });
            if let Some(var) = &path.var {
                self.fresh(var)?;
                self.scope.set(&var.text, Var { slot, kind: Kind::Path });
            }
            if acyclic && let Some(function) = functions::find("isAcyclic") {
                pattern.filters.push(Expr::Call(function, vec![Expr::Slot(slot)]));
            }
        }
        Ok(())
    }

    /// Gives an edge its variable, or makes it the edge that the variable is already.
    fn name_edge(&mut self, rel: &RelPattern<'_>, known: Option<Var>, pattern: &mut Pattern) -> Result<(), Diagnostic> {
        let (Some(var), Some(edge)) = (&rel.var, pattern.edges.last()) else { return Ok(()) };
        let slot = edge.slot;
        match known {
            None => {
                let kind = if edge.chain.is_some() { Kind::Edges } else { Kind::Edge };
                self.scope.set(&var.text, Var { slot, kind });
            }
            Some(known) => {
                let here = pattern.edges.iter().any(|e| e.slot == known.slot);
                let one = if edge.chain.is_some() { Kind::Edges } else { Kind::Edge };
                let listed = edge.chain.is_some() && known.kind == Kind::Plain;
                if here || !(known.kind == one || known.kind == Kind::Value || listed) {
                    let fault = Diagnostic::error("Q304", format!("`{}` is already {}", var.text, known.kind.as_str()));
                    return Err(fault.at(var.span, "an edge of one pattern has a name of its own"));
                }
                let same = Expr::Compare(CompareOp::Equal, Box::new(Expr::Slot(slot)), Box::new(Expr::Slot(known.slot)));
                pattern.filters.push(same);
            }
        }
        Ok(())
    }

    /// The index of a node in the pattern.
    fn node(&mut self, node: &NodePattern<'_>, pattern: &mut Pattern, spoken: &Spoken, alone: bool) -> Result<usize, Diagnostic> {
        let known = node.var.as_ref().and_then(|v| Some((v, self.scope.get(&v.text)?)));
        if let Some((var, Var { kind: kind @ (Kind::Edge | Kind::Edges | Kind::Path | Kind::Plain), .. })) = known {
            return Err(Diagnostic::error("Q304", format!("`{}` is {}, no node", var.text, kind.as_str())).at(var.span, ""));
        }
        let kinds = self.node_kinds(&node.types);
        let slot = match known {
            Some((_, var)) => var.slot,
            None => {
                let slot = self.slot(node.var.as_ref().map_or("", |v| &v.text));
                if let Some(var) = &node.var {
                    self.scope.set(&var.text, Var { slot, kind: Kind::Node });
                }
                self.evidence.push(slot);
                slot
            }
        };
        let index = match pattern.nodes.iter().position(|n| n.slot == slot) {
            Some(index) => {
                let part = &mut pattern.nodes[index];
                part.kinds = both(part.kinds.take(), kinds);
                part.world |= !alone;
                index
            }
            None => {
                let named = node.var.as_ref().is_some_and(|v| spoken.has(&v.text, "world") || spoken.has(&v.text, "name"));
                let props =
                    node.props.as_ref().is_some_and(|p| speaks_map(p, "name") || speaks_map(p, "world") || speaks_map(p, "id"));
                pattern.nodes.push(NodePart { slot, kinds, world: !alone || named || props });
                pattern.nodes.len() - 1
            }
        };
        if let Some(props) = &node.props {
            self.props(props, slot, &mut pattern.filters)?;
        }
        if let Some(filter) = &node.filter {
            let filter = self.condition(filter)?;
            pattern.filters.extend(filter.conjuncts());
        }
        Ok(index)
    }

    /// `{name: 'x'}` as conditions.
    fn props(&mut self, props: &ast::Expr<'_>, slot: Slot, filters: &mut Vec<Expr>) -> Result<(), Diagnostic> {
        let ExprKind::Map(entries) = &props.kind else {
            let fault = Diagnostic::error("Q318", "properties are given one by one").at(props.span, "");
            return Err(fault.hint("write {name: $name}"));
        };
        for entry in entries {
            if entry.key.text == "name"
                && let ExprKind::Literal(ast::Literal::Text(name)) = &entry.value.kind
            {
                self.check_name(name, entry.value.span);
            }
            let value = self.expr(&entry.value)?;
            let property = self.named_property(&entry.key, true);
            let left = Expr::Property(Box::new(Expr::Slot(slot)), property);
            filters.push(Expr::Compare(CompareOp::Equal, Box::new(left), Box::new(value)));
        }
        Ok(())
    }

    fn rel(
        &mut self,
        rel: &RelPattern<'_>,
        selector: Option<&Selector<'_>>,
        acyclic: bool,
        spoken: &Spoken,
    ) -> Result<EdgePart, Diagnostic> {
        let slot = self.slot(rel.var.as_ref().map_or("", |v| &v.text));
        let kinds = self.edge_kinds(&rel.types);
        let var = rel.var.as_ref().map_or("", |v| &v.text);
        let said = |what: &str| spoken.has(var, what) || rel.props.as_ref().is_some_and(|p| speaks_map(p, what));
        let only_world = |w: &Word<'_>| self.schema.edge_types.iter().any(|t| t.world && *t.name == *w.text);
        let world = said("world") || (!rel.types.is_empty() && rel.types.iter().any(only_world));
        let sight = Sight { denied: said("mode"), world };
        let chain = if rel.length.is_some() || selector.is_some() { Some(self.chain(rel, selector, acyclic)?) } else { None };
        Ok(EdgePart { slot, left: 0, right: 0, towards: rel.direction, kinds, sight, chain })
    }

    fn chain(&mut self, rel: &RelPattern<'_>, selector: Option<&Selector<'_>>, acyclic: bool) -> Result<Chain, Diagnostic> {
        let (least, most) = rel.length.as_ref().map_or((1, Some(1)), |l| (l.min, l.max));
        let simple = if acyclic { Simple::Nodes } else { Simple::Edges };
        let select = selector.map(|selector| self.select(selector)).transpose()?;
        // The best paths without cycles are found whatever their length; all others multiply with it.
        let free = select.is_some() && simple == Simple::Nodes;
        if let Some(length) = &rel.length
            && (least.max(most.unwrap_or(0)) > MOST_HOPS)
            && !free
        {
            let fault = Diagnostic::error("Q311", format!("chains of more than {MOST_HOPS} edges are not searched"));
            return Err(fault.at(length.span, "").hint("ANY SHORTEST, SHORTEST k and CHEAPEST k BY find paths of any length"));
        }
        let capped = most.is_none() && !free;
        let most = if capped { Some(self.hops.max(least)) } else { most };
        let each = self.slot("");
        Ok(Chain { least, most, simple, each, filter: None, nodes: Vec::new(), select, capped })
    }

    fn select(&mut self, selector: &Selector<'_>) -> Result<Select, Diagnostic> {
        let (most, by) = match selector {
            Selector::Any(_) => (Some(1), None),
            Selector::Shortest(k, _) => (Some(*k), None),
            Selector::AllShortest(_) => (None, None),
            Selector::Cheapest(k, property, _) => {
                let property = self.named_property(property, true);
                (Some(*k), Some(Weight { attribute: property.attribute }))
            }
        };
        Ok(Select { most, by, accept: Vec::new(), path: None })
    }

    /// Conditions on each edge: for a chain, asked of every edge in turn.
    fn rel_props(&mut self, rel: &RelPattern<'_>, edge: &EdgePart, pattern: &mut Pattern) -> Result<(), Diagnostic> {
        let slot = edge.chain.as_ref().map_or(edge.slot, |c| c.each);
        let mut filters = Vec::new();
        if let Some(props) = &rel.props {
            self.props(props, slot, &mut filters)?;
        }
        if let Some(filter) = &rel.filter {
            let scope = self.scope.clone();
            if let Some(var) = &rel.var {
                self.scope.set(&var.text, Var { slot, kind: Kind::Edge });
            }
            let bound = self.condition(filter);
            self.scope = scope;
            filters.extend(bound?.conjuncts());
        }
        if edge.chain.is_some() {
            self.chain_filters.extend(Expr::all(filters).map(|f| (edge.slot, f)));
        } else {
            pattern.filters.extend(filters);
        }
        Ok(())
    }

    /// Conditions on the whole of a selected path are asked before it is counted: the best of those that satisfy them.
    fn accept(&mut self, pattern: &mut Pattern) {
        for (slot, filter) in std::mem::take(&mut self.chain_filters) {
            let chain = pattern.edges.iter_mut().find(|e| e.slot == slot).and_then(|e| e.chain.as_mut());
            if let Some(chain) = chain {
                chain.filter = Some(filter);
            }
        }
        let Pattern { edges, nodes, paths, filters, bound, .. } = pattern;
        for edge in edges {
            let slot = edge.slot;
            let Some(select) = edge.chain.as_mut().and_then(|c| c.select.as_mut()) else { continue };
            select.path = paths.iter().find(|p| p.parts == [slot]).map(|p| p.slot);
            let whole: Vec<Slot> = select.path.iter().copied().chain([slot]).collect();
            let ends = [nodes[edge.left].slot, nodes[edge.right].slot];
            filters.retain(|filter| {
                let reads = filter.reads();
                let about = reads.iter().any(|s| whole.contains(s));
                let known = reads.iter().all(|s| whole.contains(s) || ends.contains(s) || bound.contains(s));
                if about && known {
                    select.accept.push(filter.clone());
                }
                !(about && known)
            });
        }
    }

    fn node_kinds(&mut self, types: &[Vec<Word<'_>>]) -> Option<Vec<u16>> {
        let mut kinds = None;
        for any in types {
            let mut ids = Vec::new();
            for word in any {
                match self.graph.node_type_id(&word.text) {
                    Some(id) => ids.push(id),
                    None => self.unknown_type(word, true),
                }
            }
            ids.sort_unstable();
            ids.dedup();
            kinds = both(kinds, Some(ids));
        }
        kinds
    }

    fn edge_kinds(&mut self, types: &[Word<'_>]) -> Vec<u16> {
        if types.is_empty() {
            return (0..self.graph.edge_type_names().len() as u16).collect();
        }
        let mut ids = Vec::new();
        for word in types {
            match self.graph.edge_type_id(&word.text) {
                Some(id) => ids.push(id),
                None => self.unknown_type(word, false),
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn unknown_type(&mut self, word: &Word<'_>, node: bool) {
        let (thing, code) = if node { ("node", "Q305") } else { ("edge", "Q306") };
        let schema = self.schema;
        let in_schema = if node { schema.node_type(&word.text).is_some() } else { schema.edge_type(&word.text).is_some() };
        if in_schema {
            let warning = Diagnostic::warning(code, format!("this graph has no {thing} of type `{}`", word.text));
            return self.warn(warning.at(word.span, "matches nothing"));
        }
        let known: Vec<&str> = if node {
            self.graph.node_type_names().chain(schema.node_types.iter().map(|t| &*t.name)).collect()
        } else {
            self.graph.edge_type_names().chain(schema.edge_types.iter().map(|t| &*t.name)).collect()
        };
        // A plural is as good as a misspelling.
        let plural = schema.node_types.iter().find(|t| node && t.plural.eq_ignore_ascii_case(&word.text)).map(|t| &*t.name);
        let close = plural.or_else(|| closest(&word.text, known.iter().copied(), 1).first().copied());
        let warning =
            Diagnostic::warning(code, format!("no {thing} type is called `{}`", word.text)).at(word.span, "matches nothing");
        self.warn(match close {
            Some(close) => warning.hint(format!("did you mean `{close}`?")),
            None => warning.hint(format!("there are {}", known.join(", "))),
        });
    }
}

/// What is in both; none stands for all.
fn both(a: Option<Vec<u16>>, b: Option<Vec<u16>>) -> Option<Vec<u16>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.into_iter().filter(|k| b.contains(k)).collect()),
        (a, b) => a.or(b),
    }
}

/// A path is best among those between its ends that are otherwise the same: other parts of the pattern, and what was bound
/// before, tell groups apart.
fn group_bests(pattern: &mut Pattern) {
    let mut all = Vec::new();
    Op::Match(Box::new(pattern.clone())).slots_set(&mut |s| all.push(s));
    let mut bests = std::mem::take(&mut pattern.bests);
    for best in &mut bests {
        let along = |e: &&EdgePart| best.parts.contains(&e.slot);
        let (own, other): (Vec<&EdgePart>, Vec<&EdgePart>) = pattern.edges.iter().partition(along);
        let node = |at: usize| pattern.nodes[at].slot;
        let mut between: Vec<Slot> = own.iter().flat_map(|e| [node(e.left), node(e.right), e.slot]).collect();
        between.retain(|s| !other.iter().any(|e| [node(e.left), node(e.right)].contains(s)));
        let paths: Vec<Slot> = pattern.paths.iter().map(|p| p.slot).collect();
        let apart = |s: &Slot| !between.contains(s) && !paths.contains(s) && !best.group.contains(s);
        let chains: Vec<Slot> = pattern.edges.iter().filter_map(|e| e.chain.as_ref()).map(|c| c.each).collect();
        let group: Vec<Slot> = all.iter().chain(&pattern.bound).filter(|s| apart(s) && !chains.contains(s)).copied().collect();
        best.group.extend(group);
        best.keep = all.iter().filter(|s| !chains.contains(s)).copied().collect();
    }
    pattern.bests = bests;
}

/// Which properties a clause speaks of, by variable.
struct Spoken(Vec<(String, String)>);

impl Spoken {
    fn of(clause: &Match<'_>) -> Self {
        let mut all = Self(Vec::new());
        clause.filter.iter().for_each(|e| all.hear(e));
        for path in &clause.patterns {
            let nodes = std::iter::once(&path.start).chain(path.steps.iter().map(|s| &s.1));
            nodes.filter_map(|n| n.filter.as_ref()).for_each(|e| all.hear(e));
            path.steps.iter().filter_map(|s| s.0.filter.as_ref()).for_each(|e| all.hear(e));
        }
        all
    }

    fn has(&self, var: &str, property: &str) -> bool {
        !var.is_empty() && self.0.iter().any(|(v, p)| v == var && p == property)
    }

    fn hear(&mut self, expr: &ast::Expr<'_>) {
        match &expr.kind {
            ExprKind::Property(of, word) => {
                if let ExprKind::Variable(name) = &of.kind {
                    self.0.push((name.to_string(), word.text.to_string()));
                }
                self.hear(of);
            }
            ExprKind::Call(call) => {
                if let [ast::Expr { kind: ExprKind::Variable(name), .. }] = call.args.as_slice() {
                    self.0.push((name.to_string(), call.name.text.to_ascii_lowercase()));
                }
                call.args.iter().for_each(|e| self.hear(e));
            }
            ExprKind::HasType(e, _) | ExprKind::Unary(_, e) | ExprKind::IsNull { expr: e, .. } => self.hear(e),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => [a, b].into_iter().for_each(|e| self.hear(e)),
            ExprKind::List(items) | ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Xor(items) => {
                items.iter().for_each(|e| self.hear(e));
            }
            ExprKind::Compare(first, rest) => {
                self.hear(first);
                rest.iter().for_each(|r| self.hear(&r.1));
            }
            ExprKind::Case(case) => {
                case.subject.iter().chain(&case.otherwise).for_each(|e| self.hear(e));
                case.branches.iter().for_each(|b| [&b.0, &b.1].into_iter().for_each(|e| self.hear(e)));
            }
            ExprKind::Comprehension(each) | ExprKind::Quantified(_, each) => self.hear_each(each),
            _ => {}
        }
    }

    /// `all(e IN r WHERE e.mode = …)` speaks of the mode of `r`.
    fn hear_each(&mut self, each: &ast::Comprehension<'_>) {
        self.hear(&each.list);
        let before = self.0.len();
        each.filter.iter().chain(&each.map).for_each(|e| self.hear(e));
        if let ExprKind::Variable(list) = &each.list.kind {
            let inner: Vec<_> = self.0[before..].iter().filter(|(v, _)| *v == each.var.text).map(|(_, p)| p.clone()).collect();
            self.0.extend(inner.into_iter().map(|p| (list.to_string(), p)));
        }
    }
}

fn speaks_map(props: &ast::Expr<'_>, name: &str) -> bool {
    matches!(&props.kind, ExprKind::Map(entries) if entries.iter().any(|e| e.key.text == name))
}
