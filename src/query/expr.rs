//! Bound expressions: slots of a row in place of variables, ids in place of names. `eval` computes them.

use std::sync::Arc;

use super::answer::Value;
use super::ast::{BinaryOp, CompareOp, Quantifier};
use super::functions::Function;
use super::plan::Plan;

/// A place in a row.
pub type Slot = usize;

/// An expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A value that is known.
    Const(Value),
    /// `$x`: its number among the names in `Prepared::params`.
    Param(usize),
    /// What a row holds.
    Slot(Slot),
    /// `e.key`
    Property(Box<Expr>, Property),
    /// `list[i]`, `map[key]`
    Index(Box<Expr>, Box<Expr>),
    /// `list[from..to]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `e:Type`
    HasType(Box<Expr>, TypeTest),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: 1}`, by ascending name.
    Map(Vec<(Arc<str>, Expr)>),
    /// `NOT e`
    Not(Box<Expr>),
    /// `-e`
    Minus(Box<Expr>),
    /// `a + b` and the like.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// All hold.
    And(Vec<Expr>),
    /// One holds.
    Or(Vec<Expr>),
    /// An odd number of them hold.
    Xor(Vec<Expr>),
    /// `e IS NULL`, or if negated `e IS NOT NULL`.
    IsNull(Box<Expr>, bool),
    /// `f(a, b)`
    Call(&'static Function, Vec<Expr>),
    /// `CASE`
    Case(Box<Case>),
    /// Whether the plan, run on this row, gives a row.
    Exists(Box<Plan>),
    /// What the expression is on each row that the plan gives, run on this row.
    Collect(Box<Plan>, Box<Expr>),
    /// `[x IN list WHERE filter | map]`
    Comprehension(Box<Each>),
    /// `all(x IN list WHERE filter)`
    Quantified(Quantifier, Box<Each>),
}

/// `CASE [subject] WHEN … THEN … ELSE … END`.
#[derive(Debug, Clone)]
pub struct Case {
    /// What the WHENs are compared with.
    pub subject: Option<Expr>,
    /// WHEN and THEN.
    pub branches: Vec<(Expr, Expr)>,
    /// ELSE.
    pub otherwise: Option<Expr>,
}

/// A loop over a list.
#[derive(Debug, Clone)]
pub struct Each {
    /// Where each item is put.
    pub slot: Slot,
    /// Over what.
    pub list: Expr,
    /// Which of them.
    pub filter: Option<Expr>,
    /// What each becomes.
    pub map: Option<Expr>,
}

/// A property by what it may be: an attribute of the graph, or something that every node or edge has.
#[derive(Debug, Clone)]
pub struct Property {
    /// As typed.
    pub name: Arc<str>,
    /// The attribute, if something in the graph has it.
    pub attribute: Option<u16>,
    /// What else it may be, where the attribute has no value.
    pub built_in: Option<BuiltIn>,
}

/// What nodes and edges have besides attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// A node's name.
    Name,
    /// A node's id for people.
    Id,
    /// The name of the type.
    Type,
    /// A node's other names.
    Aliases,
    /// An edge's mode.
    Mode,
    /// How many independent sources an edge has.
    Sources,
    /// Whether only world data has it.
    World,
    /// When it happened, by the latest claim that says so.
    Date,
    /// When it was asserted last.
    Asserted,
}

impl BuiltIn {
    const ALL: [(&'static str, Self); 9] = [
        ("name", Self::Name),
        ("id", Self::Id),
        ("type", Self::Type),
        ("aliases", Self::Aliases),
        ("mode", Self::Mode),
        ("sources", Self::Sources),
        ("world", Self::World),
        ("date", Self::Date),
        ("asserted", Self::Asserted),
    ];

    /// The one called `name`.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(n, _)| *n == name).map(|(_, b)| b)
    }

    /// All their names.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(n, _)| n)
    }
}

/// What types something may be of: all of the lists hold, each by any of its types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeTest {
    /// For nodes, ascending.
    pub nodes: Vec<Vec<u16>>,
    /// For edges, ascending.
    pub edges: Vec<Vec<u16>>,
}

/// The direct parts of an expression, to be read (`iter`) or changed (`iter_mut`).
macro_rules! parts {
    ($expr:expr, $each:expr, $iter:ident $(, $mut:tt)?) => {
        match $expr {
            Self::Const(_) | Self::Param(_) | Self::Slot(_) | Self::Exists(_) => {}
            Self::Property(e, _)
            | Self::HasType(e, _)
            | Self::Not(e)
            | Self::Minus(e)
            | Self::IsNull(e, _)
            | Self::Collect(_, e) => $each(e),
            Self::Index(a, b) | Self::Binary(_, a, b) | Self::Compare(_, a, b) => {
                $each(a);
                $each(b);
            }
            Self::Slice(e, from, to) => {
                $each(e);
                [from, to].into_iter().flatten().for_each(|e| $each(e));
            }
            Self::List(items) | Self::And(items) | Self::Or(items) | Self::Xor(items) | Self::Call(_, items) => {
                items.$iter().for_each($each);
            }
            Self::Map(items) => items.$iter().for_each(|(_, e)| $each(e)),
            Self::Case(case) => {
                case.subject.$iter().chain(case.otherwise.$iter()).for_each(&mut *$each);
                for (when, then) in case.branches.$iter() {
                    $each(when);
                    $each(then);
                }
            }
            Self::Comprehension(e) | Self::Quantified(_, e) => {
                let Each { list, filter, map, .. } = &$($mut)? **e;
                $each(list);
                filter.$iter().chain(map.$iter()).for_each($each);
            }
        }
    };
}

impl Expr {
    /// All of `parts`, as few as they are.
    #[must_use]
    pub fn all(mut parts: Vec<Self>) -> Option<Self> {
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Self::And(parts)),
        }
    }

    /// Splits at AND.
    #[must_use]
    pub fn conjuncts(self) -> Vec<Self> {
        match self {
            Self::And(parts) => parts.into_iter().flat_map(Self::conjuncts).collect(),
            other => vec![other],
        }
    }

    /// Whether it is the same on every row.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Const(_) | Self::Param(_))
    }

    /// Calls `each` with every slot that it reads from the row it is given (loops' own slots included).
    pub fn slots(&self, each: &mut dyn FnMut(Slot)) {
        match self {
            Self::Slot(slot) => each(*slot),
            Self::Exists(plan) => plan.slots_read(each),
            Self::Collect(plan, map) => {
                plan.slots_read(each);
                map.slots(each);
            }
            _ => self.children(&mut |e| e.slots(each)),
        }
    }

    /// The slots that it reads, ascending.
    #[must_use]
    pub fn reads(&self) -> Vec<Slot> {
        let mut all = Vec::new();
        self.slots(&mut |s| all.push(s));
        let mut own = Vec::new();
        self.own_slots(&mut own);
        all.sort_unstable();
        all.dedup();
        all.retain(|s| !own.contains(s));
        all
    }

    /// The slots that loops within it set for themselves.
    fn own_slots(&self, own: &mut Vec<Slot>) {
        match self {
            Self::Comprehension(each) | Self::Quantified(_, each) => own.push(each.slot),
            Self::Exists(plan) | Self::Collect(plan, _) => plan.slots_set(&mut |s| own.push(s)),
            _ => {}
        }
        self.children(&mut |e| e.own_slots(own));
    }

    /// Whether it runs a plan.
    #[must_use]
    pub fn has_plan(&self) -> bool {
        let mut found = matches!(self, Self::Exists(_) | Self::Collect(..));
        self.children(&mut |e| found |= e.has_plan());
        found
    }

    /// Calls `each` with its direct parts; plans are not entered.
    pub fn children(&self, each: &mut dyn FnMut(&Self)) {
        parts!(self, each, iter);
    }

    /// As [`Expr::children`], to change them.
    pub fn children_mut(&mut self, each: &mut dyn FnMut(&mut Self)) {
        parts!(self, each, iter_mut, mut);
    }

    /// Calls `each` with every plan within it, to change it.
    pub fn plans_mut(&mut self, each: &mut dyn FnMut(&mut Plan)) {
        if let Self::Exists(plan) | Self::Collect(plan, _) = self {
            each(plan);
        }
        self.children_mut(&mut |e| e.plans_mut(each));
    }
}
