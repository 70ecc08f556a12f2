//! A verb sentence as one plan: the verb's own steps and the operators of MATCH, all run by MATCH's evaluator.
//!
//! A verb says step by step, from the first on, what is done. `explain` prints the steps as operators, `profile` adds the
//! rows and the time of each. `where`, `order by`, `skip` and `limit` are the operators that MATCH has; before the first
//! two stands a step that looks up what their words mean for the row.

use std::cell::RefCell;

use super::filter::About;
use super::{Context, Subject};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, Column, ColumnKind, Note, Row, Value};
use crate::query::ast::{self, Tail};
use crate::query::bind::{self, Prepared, Word};
use crate::query::eval::{self, Steps};
use crate::query::expr::Expr;
use crate::query::plan::{Op, Plan, Shown, Sort, Step};

type Keep<'c> = Box<dyn Fn(&Value, &mut Answer) -> Result<bool, Diagnostic> + 'c>;
type Add<'c> = Box<dyn Fn(&mut Answer) -> Result<Vec<Value>, Diagnostic> + 'c>;
type Turn<'c> = Box<dyn Fn(Vec<Value>, &mut Answer) -> Result<Vec<Value>, Diagnostic> + 'c>;

/// What a step does with items: nodes, or numbers of things that the verb holds. At the end they are numbers of rows.
enum Work<'c> {
    /// Keeps some.
    Keep(Keep<'c>),
    /// Adds some to those that came.
    Add(Add<'c>),
    /// Makes others of all that came.
    Turn(RefCell<Vec<Value>>, Turn<'c>),
    /// Puts what words mean into their slots.
    Words(Vec<Word>),
}

/// A sentence's plan in the making, and the answer that it fills.
pub(super) struct Outline<'c, 'a, 'g> {
    context: &'c Context<'a, 'g>,
    tail: &'c Tail<'c>,
    about: About,
    steps: Vec<Work<'c>>,
    /// The conditions of `where`, all of which must hold, and whether each speaks of a column of the answer.
    filter: Vec<(Expr, Vec<Word>, bool)>,
    order: Vec<(Expr, Vec<Word>)>,
    prepared: Prepared,
    answer: RefCell<Answer>,
}

impl<'c, 'a, 'g> Outline<'c, 'a, 'g> {
    /// No step yet. A bare word of the tail is a column, or a property of what rows are `about`.
    ///
    /// # Errors
    /// What the tail's expressions cannot ask.
    pub(super) fn new(
        context: &'c Context<'a, 'g>,
        tail: &'c Tail<'c>,
        about: About,
        answer: Answer,
    ) -> Result<Self, Diagnostic> {
        let filters = conditions(tail);
        let exprs: Vec<_> = filters.iter().copied().chain(tail.order.iter().map(|s| &s.expr)).collect();
        let bound = bind::sentence(&exprs, &["row"], context.seen.clone(), context.graph, context.schema)?;
        let mut prepared = bound.prepared;
        prepared.columns = vec![(Column::new("row", ColumnKind::Any), Step::ITEM)];
        let mut filter = bound.exprs;
        let order = filter.split_off(filters.len());
        let names_column =
            |words: &[Word]| words.iter().any(|w| answer.columns.iter().any(|c| c.name.eq_ignore_ascii_case(&w.0)));
        let filter = filter.into_iter().map(|(e, words)| (e, names_column(&words), words)).map(|(e, c, w)| (e, w, c)).collect();
        Ok(Self { context, tail, about, steps: Vec::new(), filter, order, prepared, answer: RefCell::new(answer) })
    }

    fn then(&mut self, op: Op) {
        let plan = std::mem::replace(&mut self.prepared.plan, Plan::start());
        let first = plan.input.is_none() && matches!(plan.op, Op::Start);
        self.prepared.plan = if first { Plan { op, input: None, id: 0 } } else { plan.then(op) };
    }

    fn step(&mut self, text: &str, work: Work<'c>) {
        self.then(Op::Step(Step { number: self.steps.len(), text: text.into() }));
        self.steps.push(work);
    }

    /// Tells something of the answer before anything is run.
    pub(super) fn remark(&mut self, tell: impl FnOnce(&mut Answer)) {
        tell(self.answer.get_mut());
    }

    /// A step that keeps some items.
    pub(super) fn keep(&mut self, text: &str, work: impl Fn(&Value, &mut Answer) -> Result<bool, Diagnostic> + 'c) {
        self.step(text, Work::Keep(Box::new(work)));
    }

    /// A step that keeps nodes.
    pub(super) fn keep_nodes(&mut self, text: &str, keeps: impl Fn(u32, &mut Answer) -> bool + 'c) {
        self.keep(text, move |item, answer| Ok(matches!(item, Value::Node(n) if keeps(*n, answer))));
    }

    /// A step that adds items to those that came.
    pub(super) fn add(&mut self, text: &str, work: impl Fn(&mut Answer) -> Result<Vec<Value>, Diagnostic> + 'c) {
        self.step(text, Work::Add(Box::new(work)));
    }

    /// A step that makes others of all items.
    pub(super) fn turn(&mut self, text: &str, work: impl Fn(Vec<Value>, &mut Answer) -> Result<Vec<Value>, Diagnostic> + 'c) {
        self.step(text, Work::Turn(RefCell::default(), Box::new(work)));
    }

    /// The step that makes rows of all items.
    pub(super) fn rows(&mut self, text: &str, work: impl Fn(Vec<Value>, &mut Answer) -> Result<Vec<Row>, Diagnostic> + 'c) {
        self.turn(text, move |items, answer| {
            let rows = work(items, answer)?;
            let first = answer.rows.len();
            answer.rows.extend(rows);
            Ok((first..answer.rows.len()).map(number).collect())
        });
    }

    /// A step that adds rows to those that came.
    pub(super) fn add_rows(&mut self, text: &str, work: impl Fn(&mut Answer) -> Vec<Row> + 'c) {
        self.add(text, move |answer| {
            let rows = work(answer);
            let first = answer.rows.len();
            answer.rows.extend(rows);
            Ok((first..answer.rows.len()).map(number).collect())
        });
    }

    /// Rows that the answer has already.
    pub(super) fn given(&mut self, text: &str) {
        self.add(text, |answer| Ok((0..answer.rows.len()).map(number).collect()));
    }

    /// What a verb works with.
    pub(super) fn context(&self) -> &'c Context<'a, 'g> {
        self.context
    }

    /// What the sentence ends with.
    pub(super) fn tail(&self) -> &'c Tail<'c> {
        self.tail
    }

    /// Which cell of a row holds its subject.
    pub(super) fn about(&self) -> About {
        self.about
    }

    /// Whether something is asked of rows: `where` of the answer's columns, or a place or a time.
    pub(super) fn filters_rows(&self) -> bool {
        self.filter.iter().any(|f| f.2) || self.asks_within()
    }

    /// What is left of `in`, `since`, `before` and `where`: of the rows.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn filter(&mut self) -> Result<(), Diagnostic> {
        self.within()?;
        self.filter_by(|_| true)
    }

    /// Those conditions of `where` that name no column of the answer, asked of the things that a verb looks at first.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn filter_things(&mut self) -> Result<(), Diagnostic> {
        self.filter_by(|of_row| !of_row)
    }

    fn filter_by(&mut self, wanted: impl Fn(bool) -> bool) -> Result<(), Diagnostic> {
        self.warn_unknown()?;
        let (now, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.filter).into_iter().partition(|f| wanted(f.2));
        self.filter = later;
        for (filter, words, _) in now {
            self.words(words);
            self.then(Op::Filter(filter));
        }
        Ok(())
    }

    /// The conditions that [`Self::filter_things`] would ask, for a verb that asks them itself.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn take_things(&mut self) -> Result<Vec<&'c ast::Expr<'c>>, Diagnostic> {
        self.warn_unknown()?;
        let all = conditions(self.tail);
        let taken = if all.len() == self.filter.len() {
            all.into_iter().zip(&self.filter).filter(|(_, f)| !f.2).map(|(e, _)| e).collect()
        } else {
            Vec::new()
        };
        self.filter.retain(|f| f.2);
        Ok(taken)
    }

    fn warn_unknown(&mut self) -> Result<(), Diagnostic> {
        let answer = self.answer.get_mut();
        self.tail.filter.iter().try_for_each(|e| self.context.warn_unknown(answer, e))
    }

    /// `order by`, `skip` and `limit`, if the tail says them; no more than `most` rows unless it does.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn order_and_page(&mut self, most: Option<usize>) -> Result<(), Diagnostic> {
        let answer = self.answer.get_mut();
        self.tail.order.iter().try_for_each(|s| self.context.warn_unknown(answer, &s.expr))?;
        if !self.tail.order.is_empty() {
            let (exprs, words): (Vec<Expr>, Vec<Vec<Word>>) = std::mem::take(&mut self.order).into_iter().unzip();
            self.words(words.into_iter().flatten().collect());
            // What is missing stands last, whichever way the rest is sorted.
            let keys = exprs.into_iter().zip(&self.tail.order).flat_map(|(expr, sort)| {
                let missing = sort.descending.then(|| (Expr::IsNull(Box::new(expr.clone()), false), false));
                missing.into_iter().chain([(expr, sort.descending)])
            });
            self.then(Op::Sort(Sort { keys: keys.collect(), first: None, keep: vec![Step::ITEM] }));
        }
        let count = |n: u64| Expr::Const(Value::Int(i64::try_from(n).unwrap_or(i64::MAX)));
        if let Some(skip) = self.tail.skip {
            self.then(Op::Skip(count(skip.value)));
        }
        match (self.tail.limit, most) {
            (Some(limit), _) => self.then(Op::Limit(count(limit.value))),
            (None, Some(most)) => self.turn(&format!("first {most}, as no limit is said"), move |mut items, answer| {
                let left = items.len().saturating_sub(most);
                items.truncate(most);
                if left > 0 {
                    answer.notes.push(Note::Cut(format!("{left} more rows: `limit {}` shows them", most + left)));
                }
                Ok(items)
            }),
            (None, None) => {}
        }
        Ok(())
    }

    /// `where`, `order by`, `skip` and `limit`.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn finish(&mut self) -> Result<(), Diagnostic> {
        self.filter()?;
        self.order_and_page(None)
    }

    fn words(&mut self, words: Vec<Word>) {
        let mut names: Vec<&str> = words.iter().map(|w| &*w.0).collect();
        names.dedup();
        if !names.is_empty() {
            let text = format!("look up {} for each row", names.join(", "));
            self.step(&text, Work::Words(words));
        }
    }

    /// The plan as `explain` prints it, the last operator on top.
    pub(super) fn shown(&self) -> String {
        let Prepared { plan, names, .. } = &self.prepared;
        Shown { plan, graph: self.context.graph, names, note: None }.to_string()
    }

    /// What is known before anything is run: columns and warnings.
    pub(super) fn into_answer(self) -> Answer {
        self.answer.into_inner()
    }

    /// Runs the plan; with `profile` the answer's text is the plan with rows and times.
    ///
    /// # Errors
    /// What is wrong with the sentence, or cannot be computed.
    pub(super) fn run(mut self, profile: bool) -> Result<Answer, Diagnostic> {
        self.prepared.plan.number(&mut 0);
        let Context { tables, params, options, interrupt, .. } = *self.context;
        let found = eval::run_steps(&self.prepared, Some(&self), tables, params, options, interrupt, profile)?;
        let mut answer = self.answer.into_inner();
        let mut rows: Vec<Option<Row>> = std::mem::take(&mut answer.rows).into_iter().map(Some).collect();
        let row = |item: &Row| match item.cells.first() {
            Some(Value::Int(at)) => rows.get_mut(usize::try_from(*at).ok()?)?.take(),
            _ => None,
        };
        answer.rows = found.rows.iter().filter_map(row).collect();
        answer.interrupted |= found.interrupted;
        for note in found.notes {
            if !answer.notes.contains(&note) {
                answer.notes.push(note);
            }
        }
        self.context.note_undated(&mut answer);
        answer.text = found.text;
        Ok(answer)
    }
}

/// The conditions of `where` that must all hold.
pub(super) fn conditions<'c>(tail: &'c Tail<'c>) -> Vec<&'c ast::Expr<'c>> {
    match &tail.filter {
        Some(ast::Expr { kind: ast::ExprKind::And(items), .. }) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

/// Something as an item.
pub(super) fn number(at: usize) -> Value {
    Value::Int(i64::try_from(at).unwrap_or(i64::MAX))
}

/// The number in an item.
pub(super) fn at(item: &Value) -> usize {
    if let Value::Int(at) = item { usize::try_from(*at).unwrap_or(usize::MAX) } else { usize::MAX }
}

/// The nodes among items.
pub(super) fn nodes(items: &[Value]) -> impl Iterator<Item = u32> + '_ {
    items.iter().filter_map(|item| if let Value::Node(n) = item { Some(*n) } else { None })
}

impl Steps for Outline<'_, '_, '_> {
    fn take(&self, number: usize, slots: &mut [Value]) -> Result<bool, Diagnostic> {
        match self.steps.get(number) {
            Some(Work::Keep(keep)) => keep(&slots[Step::ITEM], &mut self.answer.borrow_mut()),
            Some(Work::Turn(items, _)) => {
                items.borrow_mut().push(std::mem::take(&mut slots[Step::ITEM]));
                Ok(false)
            }
            Some(Work::Words(words)) => {
                let answer = self.answer.borrow();
                let (row, subject) = match slots[Step::ITEM] {
                    Value::Node(n) => (None, Subject::Node(n)),
                    ref item => {
                        let row = answer.rows.get(at(item));
                        (row, row.map_or(Subject::None, |r| super::filter::subject(r, self.about)))
                    }
                };
                for (word, _, slot) in words {
                    slots[*slot] = self.context.word(&answer.columns, row, subject, word);
                }
                Ok(true)
            }
            Some(Work::Add(_)) | None => Ok(true),
        }
    }

    fn give(&self, number: usize) -> Result<Vec<Value>, Diagnostic> {
        let answer = &mut self.answer.borrow_mut();
        match self.steps.get(number) {
            Some(Work::Add(add)) => add(answer),
            Some(Work::Turn(items, turn)) => turn(items.take(), answer),
            Some(Work::Keep(_) | Work::Words(_)) | None => Ok(Vec::new()),
        }
    }
}
