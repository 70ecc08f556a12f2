//! Verb sentences, and the tail of filters, orders and limits that they share.

use super::{Expr, Name, Names, Object, Relation, Sort, Word};
use crate::model::{Mode, PartialDate};
use crate::span::{Span, Spanned};

/// What may follow in any verb sentence, in any order, each at most once but `mode`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tail<'s> {
    /// `where EXPR`: a bare variable in it is a property of what the row is about.
    pub filter: Option<Expr<'s>>,
    /// `in NAMES`: only what lies in, or touches, one of these.
    pub place: Option<Names<'s>>,
    /// `by hops`, `by PROPERTY`: the weight of a search, the groups of a count.
    pub by: Option<By<'s>>,
    /// `order by`.
    pub order: Vec<Sort<'s>>,
    /// `skip N`.
    pub skip: Option<Spanned<u64>>,
    /// `limit N`.
    pub limit: Option<Spanned<u64>>,
    /// `mode M`, several: any of them.
    pub modes: Vec<Spanned<Mode>>,
    /// `as of DATE`: claims asserted later do not count.
    pub as_of: Option<Spanned<PartialDate>>,
    /// `since DATE`: nothing that happened before.
    pub since: Option<Spanned<PartialDate>>,
    /// `before DATE`, `until DATE`: nothing that happens from then on (for `due`: by then, that day included).
    pub before: Option<Spanned<PartialDate>>,
    /// `stated`: only what a claim says outright.
    pub stated: Option<Span>,
    /// `with world`: edges of world data too.
    pub with_world: Option<Span>,
}

/// What is weighed, or grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By<'s> {
    /// `by hops`
    Hops(Span),
    /// `by PROPERTY`
    Property(Word<'s>),
}

/// The clauses of a search for ways: `from`, `to`, `via`, `bypassing`, `carrying`, `over`, `within`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search<'s> {
    /// `from NAMES`.
    pub from: Option<Names<'s>>,
    /// `to NAMES`.
    pub to: Option<Names<'s>>,
    /// `via NAMES`, one for each time it is said: all of them hold.
    pub via: Vec<Names<'s>>,
    /// `bypassing NAMES`, `avoiding NAMES`: none of these, whatever joins them.
    pub avoid: Vec<Names<'s>>,
    /// `carrying NAMES`, one for each time it is said.
    pub carrying: Vec<Names<'s>>,
    /// `over EDGE | EDGE`: only these edges.
    pub over: Vec<Relation<'s>>,
    /// `within N hops`.
    pub hops: Option<Spanned<u32>>,
}

/// `routes …`: ways, or chains of stretches of ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes<'s> {
    /// Where from, where to, past what.
    pub search: Search<'s>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `path from … to …`: chains of any edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths<'s> {
    /// `paths` (several) rather than `path` (one).
    pub many: bool,
    /// Where from and where to are always given.
    pub search: Search<'s>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `neighbours of NAMES`.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbours<'s> {
    /// Whose.
    pub of: Names<'s>,
    /// `over EDGE | EDGE`: only these edges.
    pub over: Vec<Relation<'s>>,
    /// `depth N`; one if not said.
    pub depth: Option<Spanned<u32>>,
    /// `in` or `out`: only edges that lead there; both ways if not said.
    pub direction: Option<Spanned<End>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `show NAMES`: all that is known of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Show<'s> {
    /// Of whom.
    pub names: Names<'s>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// An end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Where it starts.
    Source,
    /// Where it leads: `neighbours of X in` asks for edges whose target is X; `out` for those whose source it is.
    Target,
}

/// How a question about an edge begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking<'s> {
    /// `who`
    Who,
    /// `what`
    What,
    /// `which TYPE`: only things of that type.
    Which(Word<'s>),
    /// Nothing: `funders of X`, `members of the SCO`.
    Noun,
}

/// A question about one end of an edge: `who funds X`, `what is funded by Y`, `what EU funds`, `funders of X`.
///
/// Which end is asked for depends on the reading of `relation` (a wording goes from source to target or back);
/// [`Ask::asked`] tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask<'s> {
    /// How it begins.
    pub asking: Asking<'s>,
    /// The edge.
    pub relation: Relation<'s>,
    /// The end that is given.
    pub given: Object<'s>,
    /// The given end stands before the relation ("what EU funds") rather than after it ("who funds X").
    pub given_first: bool,
    /// The rest.
    pub tail: Tail<'s>,
}

impl Ask<'_> {
    /// The end that is asked for, if the wording goes `backward`, from target to source ("is funded by").
    ///
    /// "who funds X": sources. "what EU funds": targets. "what is funded by EU": targets. "who Masrik-1 is funded by":
    /// sources. A noun names sources, however the schema lists it: "funders of X", "who are members of X".
    #[must_use]
    pub fn asked(&self, backward: bool) -> End {
        let source = if self.relation.noun { !self.given_first } else { self.given_first == backward };
        if source { End::Source } else { End::Target }
    }
}

/// `why …`: the claims under something.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'s> {
    /// Under what.
    pub target: WhyTarget<'s>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// What is to be proved.
#[derive(Debug, Clone, PartialEq)]
pub enum WhyTarget<'s> {
    /// `why 2`: that row of the last answer, from 1.
    Row(Spanned<u64>),
    /// `why "Middle Corridor" bypasses Russia`.
    Edge {
        /// The one before the edge words.
        left: Name<'s>,
        /// The edge words.
        relation: Relation<'s>,
        /// The one after them.
        right: Name<'s>,
    },
    /// `why same A, B`: why these names are one node, or why not.
    Same(Names<'s>),
    /// `why Middle Corridor`: where the texts speak of it.
    Node(Name<'s>),
}

/// `list TYPE`, `count TYPE`, `agreements of Japan`.
#[derive(Debug, Clone, PartialEq)]
pub struct List<'s> {
    /// `count`: how many, by group if `by` is said.
    pub count: bool,
    /// Of which type; none is everything (`count`).
    pub kind: Option<Word<'s>>,
    /// `of NAMES`: tied to these by any edge.
    pub of: Option<Names<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `timeline of …`: what happened, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline<'s> {
    /// Of what; none is everything.
    pub of: Option<Object<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `conflicts about …`: what the texts say both ways, and figures that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflicts<'s> {
    /// About what; none is everything.
    pub of: Option<Object<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `compare A, B`: side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare<'s> {
    /// Two or more names, or all of a type.
    pub of: Object<'s>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `chokepoints from … to …`, `chokepoints without Georgia`: what routes hang on.
#[derive(Debug, Clone, PartialEq)]
pub struct Chokepoints<'s> {
    /// Between what; empty is all ways.
    pub search: Search<'s>,
    /// `without NAMES`, `if NAMES closes`: what is lost if these close.
    pub closed: Option<Names<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `due before DATE`: what is planned to happen. The date is [`Tail::before`].
#[derive(Debug, Clone, PartialEq)]
pub struct Due<'s> {
    /// `of NAMES`; none is everything.
    pub of: Option<Object<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}

/// `sources of …`: the origins that something rests on, and what rests on one alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources<'s> {
    /// Of what; none is everything.
    pub of: Option<Object<'s>>,
    /// The rest.
    pub tail: Tail<'s>,
}
