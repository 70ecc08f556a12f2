//! `who`, `what`, `which`, `funders of`: one end of an edge by the other; and `neighbours`: what is tied to something.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::core::{Core, OPEN, edge, node};
use super::filter::{About, value};
use super::{Context, answer, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::answer::{Answer, AnswerKind, Column, ColumnKind, Note, Row, Value};
use crate::query::ast::{Ask, Names, Neighbours, Object, Word};
use crate::query::resolve::{Bound, NameError};
use crate::query::{Params, Sense, keywords};

/// An edge as an answer shows it: the node asked for, and the one given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Tie {
    pub(super) found: u32,
    pub(super) given: u32,
    pub(super) edge: u32,
    /// Hops from what was named.
    pub(super) depth: u32,
}

impl Context<'_, '_> {
    /// The nodes that an object names; none if it is anything.
    pub(super) fn object(&self, object: &Object<'_>, answer: &mut Answer) -> Result<Option<Vec<u32>>, Diagnostic> {
        match object {
            Object::Anything(_) => Ok(None),
            Object::Type(word) => {
                let sense = self.sense(word, answer);
                Ok(Some(sense.map_or_else(Vec::new, |s| self.nodes_of(&s))))
            }
            Object::Names(names) => Ok(Some(self.nodes(&self.bind(names, &[])?)?)),
        }
    }

    /// The nodes of names that must be in the graph.
    pub(super) fn nodes(&self, bound: &[Bound]) -> Result<Vec<u32>, Diagnostic> {
        let node = |b: &Bound| b.node.ok_or_else(|| NameError::Unmentioned { name: b.name.clone(), span: b.span });
        let nodes = bound.iter().map(node).collect::<Result<Vec<u32>, _>>()?;
        self.within.named.borrow_mut().extend(&nodes);
        Ok(nodes)
    }

    /// The nodes that a noun means, of those that documents speak of.
    pub(super) fn nodes_of(&self, sense: &Sense) -> Vec<u32> {
        let Some(kind) = self.graph.node_type_id(&sense.kind) else { return Vec::new() };
        let spoken = |n: &u32| self.lens.with_world() || !self.graph.is_world_node(*n);
        self.graph.nodes_of_type(kind).filter(|n| spoken(n) && self.is_so(*n, sense)).collect()
    }

    /// Whether a node of the noun's type is what the noun narrows it to.
    pub(super) fn is_so(&self, node: u32, sense: &Sense) -> bool {
        let is = |(attribute, word): &(Arc<str>, Arc<str>)| {
            let value = self.graph.attribute_id(attribute).map(|a| self.attribute(node, a));
            value.is_some_and(|v| v.as_str(self.graph) == Some(word))
        };
        let named = |name: &Arc<str>| self.graph.name(node).to_lowercase().contains(&**name);
        sense.named.iter().all(named) && sense.only.iter().all(is)
    }

    /// What a noun means; warned of if that is nothing.
    pub(super) fn sense(&self, noun: &Word<'_>, answer: &mut Answer) -> Option<Sense> {
        let named = || self.graph.node_type_names().find(|n| n.eq_ignore_ascii_case(&noun.text));
        let known = self.vocabulary.sense(&noun.text);
        let sense = known.or_else(|| named().map(|n| Sense { kind: n.into(), ..Sense::default() }));
        if sense.is_none() {
            let types = self.vocabulary.type_words().flat_map(|(name, plural)| [name, plural]);
            let nouns = types.chain(self.vocabulary.other_nouns().map(|n| n.0)).chain(self.graph.node_type_names());
            let plurals: Vec<&str> = self.vocabulary.type_words().map(|t| t.1).collect();
            let warning =
                Diagnostic::warning("Q231", format!("no type is called `{}`", noun.text)).at(noun.span, "matches nothing");
            answer.notes.push(Note::Warning(match keywords::nearest(&noun.text, nouns) {
                Some(close) => warning.hint(format!("did you mean `{close}`?")),
                None => warning.hint(format!("there are {}", plurals.join(", "))),
            }));
        }
        if let Some(Sense { kind, named: Some(named), .. }) = &sense {
            let plural = self.vocabulary.type_words().find(|t| *t.0 == **kind).map_or(&**kind, |t| t.1);
            let text = format!("`{}` are {plural} with “{named}” in their names", noun.text);
            let note = Note::Remark(text);
            if !answer.notes.contains(&note) {
                answer.notes.push(note);
            }
        }
        sense
    }

    /// Whether an edge type reads the same both ways.
    pub(super) fn is_symmetric(&self, kind: u16) -> bool {
        let name = self.graph.edge_type_name(kind);
        self.schema.edge_type(name).and_then(|t| self.schema.edge_types.get(t.0 as usize)).is_some_and(|t| t.symmetric)
    }

    /// Whether the schema leaves an edge type to world data.
    pub(super) fn is_of_world(&self, kind: u16) -> bool {
        let name = self.graph.edge_type_name(kind);
        self.schema.edge_types.iter().any(|t| t.world && *t.name == *name)
    }

    /// The edges that a query of the core gives as (found, given, edge).
    fn ties_of(&self, core: &Core, params: &Params, depth: u32, answer: &mut Answer) -> Result<Vec<Tie>, Diagnostic> {
        let rows = self.rows_of(core, params, answer)?;
        let tie = |r: &Vec<Value>| Some(Tie { found: node(r, 0)?, given: node(r, 1)?, edge: edge(r, 2)?, depth });
        Ok(rows.iter().filter_map(tie).collect())
    }

    /// Says that nothing is said, or that what is said is denied, and where it is shown.
    fn note_silence(&self, answer: &mut Answer, names: &Names<'_>, core: &Core) -> Result<(), Diagnostic> {
        let Some(text) = core.text.as_ref().filter(|_| self.seen.modes.is_empty()) else { return Ok(()) };
        let denied = Core { text: Some(format!("{text} mode {}", Mode::Denied)) };
        let remark = if self.rows_of(&denied, self.params, answer)?.is_empty() {
            let named = names.items.iter().map(|n| n.text.as_ref()).collect::<Vec<_>>().join(", ");
            format!("no text says so; `show {named}` shows what is said")
        } else {
            "the texts deny it: `mode all` shows what they deny".to_owned()
        };
        answer.notes.push(Note::Remark(remark));
        Ok(())
    }

    /// Says which edges are no text's, where nobody asked for world data: an edge that only the world has is shown by name.
    pub(super) fn note_world(&self, answer: &mut Answer, mut edges: impl Iterator<Item = u32>) {
        if !self.lens.with_world() && edges.any(|e| self.graph.is_world_edge(e)) {
            answer.notes.push(Note::World("what has no source is world data, which no document of this graph says".to_owned()));
        }
    }

    /// Rows for edges: name, type, the relation if there are several, what was given, attributes, mode, sources, evidence.
    pub(super) fn tie_rows(&self, answer: &mut Answer, mut ties: Vec<Tie>, depth: bool, relation: bool) {
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        ties.retain(|t| seen.insert((t.found, t.edge)));
        let kinds: FxHashSet<u16> = ties.iter().map(|t| self.graph.edge_type(t.edge)).collect();
        let given: FxHashSet<u32> = ties.iter().map(|t| t.given).collect();
        let (relation, of) = (relation || kinds.len() > 1, given.len() > 1 || depth);
        let attributes = self.attributes_of(&ties);
        let order = self.schema.roles.order.as_ref().and_then(|a| self.graph.attribute_id(a));
        let place = |t: &Tie| order.and_then(|a| self.graph.edge_value(t.edge, a)).and_then(|v| v.number());
        ties.sort_by(|a, b| {
            let (x, y) = (place(a).unwrap_or(f64::INFINITY), place(b).unwrap_or(f64::INFINITY));
            let names = |t: &Tie| (self.graph.name(t.given), self.graph.edge_type(t.edge));
            a.depth
                .cmp(&b.depth)
                .then_with(|| names(a).cmp(&names(b)))
                .then_with(|| x.total_cmp(&y))
                .then_with(|| (self.graph.name(a.found), a.found, a.edge).cmp(&(self.graph.name(b.found), b.found, b.edge)))
        });
        answer.columns = vec![Column::new("name", ColumnKind::Node), Column::new("type", ColumnKind::Text)];
        let mut extra: Vec<(&str, ColumnKind)> = Vec::new();
        extra.extend(depth.then_some(("depth", ColumnKind::Number)));
        extra.extend(relation.then_some(("relation", ColumnKind::Text)));
        extra.extend(of.then_some(("of", ColumnKind::Node)));
        answer.columns.extend(extra.into_iter().map(|(n, k)| Column::new(n, k)));
        answer.columns.extend(attributes.iter().map(|&a| Column::new(self.graph.attribute_name(a), ColumnKind::Any)));
        let last = [("mode", ColumnKind::Text), ("sources", ColumnKind::Number), ("evidence", ColumnKind::Evidence)];
        answer.columns.extend(last.iter().map(|(n, k)| Column::new(n, *k)));
        let row = |tie: &Tie| {
            let mut cells = vec![Value::Node(tie.found), Value::text(self.graph.node_type_name(self.graph.node_type(tie.found)))];
            cells.extend(depth.then_some(Value::Int(tie.depth.into())));
            cells.extend(relation.then(|| Value::text(&self.wording(tie))));
            cells.extend(of.then_some(Value::Node(tie.given)));
            cells.extend(attributes.iter().map(|&a| self.graph.edge_value(tie.edge, a).map_or(Value::Null, value)));
            self.close_edge_row(cells, tie)
        };
        answer.rows = ties.iter().map(row).collect();
        self.step("evidence", answer.rows.len());
    }

    fn close_edge_row(&self, mut cells: Vec<Value>, tie: &Tie) -> Row {
        let lens = if self.graph.is_world_edge(tie.edge) { self.lens.world(true) } else { self.lens };
        cells.push(lens.mode(tie.edge).map_or(Value::Null, |m| Value::text(m.as_str())));
        cells.push(Value::Int(self.lens.sources([tie.edge]).len() as i64));
        row_with_evidence(cells, self.claims([tie.edge]), vec![tie.found, tie.given], vec![tie.edge])
    }

    /// The attributes that some of the edges have, in the order of the graph.
    fn attributes_of(&self, ties: &[Tie]) -> Vec<u16> {
        let mut all: Vec<u16> = ties.iter().flat_map(|t| self.graph.edge_attributes(t.edge).map(|a| a.0)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// How people say the edge, seen from what was given.
    pub(super) fn wording(&self, tie: &Tie) -> String {
        let forward = self.graph.endpoints(tie.edge).0 == tie.given;
        self.edge_wording(self.graph.edge_type(tie.edge), forward)
    }

    /// How people say an edge type, from source to target or back.
    pub(super) fn edge_wording(&self, kind: u16, forward: bool) -> String {
        let name = self.graph.edge_type_name(kind);
        let known = self.schema.edge_type(name).and_then(|t| self.schema.edge_types.get(t.0 as usize));
        let said = known.and_then(|t| if forward || t.symmetric { t.forward.first() } else { t.backward.first() });
        match said {
            Some(said) => said.clone(),
            None if forward => name.replace('_', " "),
            None => format!("← {}", name.replace('_', " ")),
        }
    }
}

/// Answers `who`, `what`, `which` and nouns.
pub(super) fn ask(context: &Context<'_, '_>, ask: &Ask<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, &[]);
    let core = context.core_of_ask(ask, &mut answer)?;
    let mut ties = context.ties_of(&core, context.params, 1, &mut answer)?;
    context.retain_in_place(&ask.tail, &mut ties, |t| t.found)?;
    if let (true, Object::Names(names)) = (ties.is_empty() && core.text.is_some(), &ask.given) {
        context.note_silence(&mut answer, names, &core)?;
    }
    context.note_world(&mut answer, ties.iter().map(|t| t.edge));
    let several = context.readings(&ask.relation).is_ok_and(|readings| readings.len() > 1);
    context.tie_rows(&mut answer, ties, false, several);
    context.finish(&mut answer, &ask.tail, About::Column(usize::MAX))?;
    Ok(answer)
}

/// Answers `neighbours`: level by level, each one a query of the core.
pub(super) fn neighbours(context: &Context<'_, '_>, neighbours: &Neighbours<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, &[]);
    let start = context.nodes(&context.bind(&neighbours.of, &[])?)?;
    let depth = neighbours.depth.map_or(1, |d| d.value);
    let mut core = context.core_of_neighbours(neighbours, Some(&start), &mut answer);
    let mut seen: FxHashMap<u32, u32> = start.iter().map(|&n| (n, 0)).collect();
    let named = start;
    let mut ties: Vec<Tie> = Vec::new();
    let mut params = Params::new();
    for level in 1..=depth {
        let mut found = context.ties_of(&core, &params, level, &mut answer)?;
        // What is nearer was shown already.
        found.retain(|t| *seen.entry(t.found).or_insert(level) == level);
        let next: BTreeSet<u32> = found.iter().map(|t| t.found).collect();
        ties.extend(found);
        if next.is_empty() || answer.interrupted {
            break;
        }
        if level == 1 && depth > 1 {
            core = context.core_of_neighbours(neighbours, None, &mut Answer::default());
        }
        params.insert(OPEN.to_owned(), Value::List(next.into_iter().map(Value::Node).collect()));
    }
    context.retain_in_place(&neighbours.tail, &mut ties, |t| t.found)?;
    if ties.is_empty() {
        let core = context.core_of_neighbours(neighbours, Some(&named), &mut Answer::default());
        context.note_silence(&mut answer, &neighbours.of, &core)?;
    }
    context.note_world(&mut answer, ties.iter().map(|t| t.edge));
    context.tie_rows(&mut answer, ties, depth > 1, true);
    context.finish(&mut answer, &neighbours.tail, About::Column(0))?;
    Ok(answer)
}
