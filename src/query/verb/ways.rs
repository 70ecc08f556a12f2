//! Ways and their stops: what a way touches and in which order, whether it avoids something, and on whose word.
//!
//! The search over stretches is in `stretches`; the verbs that show ways are in `routes`.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::lens::Lens;
use super::places::Places;
use crate::graph::{FrozenGraph, ValueRef};
use crate::model::Mode;
use crate::query::resolve::Bound;
use crate::schema::{EdgeTypeId, EntryId, Schema};

/// The graph's numbers for what plays the roles that ways need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roles {
    pub(crate) way: Option<u16>,
    pub(crate) touches: Option<u16>,
    pub(crate) avoids: Option<u16>,
    pub(crate) part_of: Option<u16>,
    pub(crate) carries: Option<u16>,
    order: Option<u16>,
}

impl Roles {
    /// The roles of a schema in a graph.
    pub(crate) fn of(graph: &FrozenGraph, schema: &Schema) -> Self {
        let edge = |t: Option<EdgeTypeId>| graph.edge_type_id(&schema.edge_types.get(t?.0 as usize)?.name);
        let roles = &schema.roles;
        Self {
            way: roles.way.and_then(|t| graph.node_type_id(&schema.node_types.get(t.0 as usize)?.name)),
            touches: edge(roles.touches),
            avoids: edge(roles.avoids),
            part_of: edge(roles.part_of),
            carries: edge(roles.carries),
            order: roles.order.as_ref().and_then(|a| graph.attribute_id(a)),
        }
    }
}

/// A stop of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop {
    /// The stop.
    pub(crate) node: u32,
    /// The edge that says so.
    pub(crate) edge: u32,
    /// How it is said.
    pub(crate) mode: Mode,
    /// Its place along the way lies between these.
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// Whether the query's modes show it: it can be used, and not only be avoided.
    pub(crate) shown: bool,
}

impl Stop {
    /// A stop that may lie anywhere along its way.
    pub(crate) fn somewhere(node: u32, edge: u32) -> Self {
        Self { node, edge, mode: Mode::Actual, low: START, high: END, shown: false }
    }

    /// Whether its place along the way is known: first, last or by number, not merely between.
    pub(crate) fn is_placed(&self) -> bool {
        self.low == self.high
    }

    /// Whether it is called the start.
    pub(crate) fn is_first(&self) -> bool {
        self.high == START
    }

    /// Whether it is called the end.
    pub(crate) fn is_last(&self) -> bool {
        self.low == END
    }

    /// Whether it cannot lie between two others of the same way.
    pub(crate) fn is_outside(&self, a: &Self, b: &Self) -> bool {
        self.high < a.low.min(b.low) || self.low > a.high.max(b.high)
    }
}

/// A way and what it touches.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// The way.
    pub(crate) node: u32,
    /// Its stops in order where that is known, else by name.
    pub(crate) stops: Vec<Stop>,
}

impl Way {
    /// The stops that the query's modes show.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Stop> {
        self.stops.iter().filter(|s| s.shown)
    }

    /// The mode of most of its shown stops; of equals the weaker.
    pub(crate) fn mode(&self) -> Option<Mode> {
        let count = |m: Mode| self.shown().filter(|s| s.mode == m).count();
        Mode::ALL.into_iter().filter(|&m| count(m) > 0).max_by_key(|&m| (count(m), std::cmp::Reverse(m)))
    }
}

/// Reads ways and judges them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ways<'a, 'g> {
    pub(crate) graph: &'g FrozenGraph,
    pub(crate) schema: &'g Schema,
    pub(crate) lens: Lens<'g>,
    pub(crate) places: &'a Places<'g>,
    pub(crate) roles: Roles,
}

/// Places along a way that are not known in numbers.
const START: i64 = i64::MIN;
const END: i64 = i64::MAX;

impl<'g> Ways<'_, 'g> {
    /// All ways of the graph, by ascending node, with at least what is known of their stops.
    pub(crate) fn all(&self) -> Vec<Way> {
        let nodes = self.roles.way.map_or(0..0, |t| self.graph.nodes_of_type(t));
        nodes.filter(|&n| self.lens.with_world() || !self.graph.is_world_node(n)).map(|n| self.way(n)).collect()
    }

    /// One way.
    pub(crate) fn way(&self, node: u32) -> Way {
        let links = self.roles.touches.map(|t| self.graph.out(node, t));
        let any = self.lens.any_mode();
        let mut stops: Vec<Stop> = Vec::new();
        for (stop, edge) in links.into_iter().flat_map(|l| l.iter()) {
            let Some(mode) = any.shown(edge) else { continue };
            let (low, high) = self.place(edge);
            let new = Stop { node: stop, edge, mode, low, high, shown: self.lens.shows(mode) };
            // Of parallel edges the strongest stands for all.
            match stops.iter_mut().find(|s| s.node == stop) {
                Some(known) if (known.shown, known.mode) < (new.shown, new.mode) => *known = new,
                Some(_) => {}
                None => stops.push(new),
            }
        }
        stops.sort_by_cached_key(|s| (along(s), self.graph.name(s.node), s.node));
        Way { node, stops }
    }

    /// Between which places along its way a stop lies.
    fn place(&self, edge: u32) -> (i64, i64) {
        let mut place = (START, END);
        for (attribute, value) in self.graph.edge_attributes(edge) {
            match value {
                ValueRef::Int(order) if Some(attribute) == self.roles.order => return (order, order),
                ValueRef::Float(order) if Some(attribute) == self.roles.order => return (order as i64, order as i64),
                // The schema's words for what a stop is to its way, in the order along it: first, between, last.
                ValueRef::Text(word) => {
                    if let Some(found) = self.role(attribute, word) {
                        place = found;
                    }
                }
                _ => {}
            }
        }
        place
    }

    /// What a word like `start`, `via`, `end` says of the place: an attribute of three words that stops carry.
    fn role(&self, attribute: u16, word: &str) -> Option<(i64, i64)> {
        let touches = self.schema.roles.touches.and_then(|t| self.schema.edge_types.get(t.0 as usize))?;
        let name = self.graph.attribute_name(attribute);
        let known = self.schema.edge_attributes.iter().find(|a| &*a.name == name && touches.attributes.contains(&a.name))?;
        match known.words.iter().position(|w| w == word)? {
            _ if known.words.len() != 3 => None,
            0 => Some((START, START)),
            1 => Some((START + 1, END - 1)),
            _ => Some((END, END)),
        }
    }

    /// The edges of a type out of a way that are there in some mode, or that are denied.
    fn edges(&self, way: u32, kind: Option<u16>) -> impl Iterator<Item = (u32, u32)> + use<'g> {
        kind.map(|t| self.graph.out(way, t)).into_iter().flat_map(|l| l.iter())
    }

    /// What the texts say of an edge: that it is so, that it is not.
    fn says(&self, edge: u32) -> (bool, bool) {
        let texts = self.lens.any_mode().world(false);
        let Some(mode) = texts.mode(edge) else { return (false, false) };
        let (mut so, mut not) = (mode != Mode::Denied, mode == Mode::Denied);
        for claim in texts.claims(edge) {
            so |= claim.mode() != Mode::Denied;
            not |= claim.mode() == Mode::Denied;
        }
        (so, not)
    }

    /// What the texts and the world say of a way and something to be avoided.
    pub(crate) fn judge(&self, way: &Way, avoided: &Avoided) -> Verdict {
        let mut verdict = Verdict::default();
        for (stop, edge) in self.edges(way.node, self.roles.touches) {
            let (so, not) = self.says(edge);
            if so && avoided.holds(stop) {
                verdict.touching.push(edge);
            }
            if not {
                verdict.deny(edge, avoided.meant(stop));
            }
            verdict.world |= self.graph.is_world_edge(edge) && avoided.holds(stop);
        }
        for (stop, edge) in self.edges(way.node, self.roles.avoids) {
            let (so, not) = self.says(edge);
            if so {
                verdict.deny(edge, avoided.meant(stop));
            }
            if not && avoided.holds(stop) {
                verdict.touching.push(edge);
            }
        }
        verdict.world |= self.world_touches(way.node, avoided);
        verdict.part = self.touching_part(way.node, avoided);
        verdict
    }

    /// Whether the gazetteer knows that a way touches what is avoided.
    fn world_touches(&self, way: u32, avoided: &Avoided) -> bool {
        let Some(entry) = self.places.entry(way).and_then(|e| self.schema.gazetteer.get(e.0 as usize)) else { return false };
        let touching = entry.facts.iter().filter(|f| Some(f.0) == self.schema.roles.touches);
        touching.map(|f| f.1).any(|stop| {
            let around = || self.schema.containers(stop);
            avoided.bound.entry.is_some_and(|a| a == stop || around().binary_search(&a).is_ok())
        })
    }

    /// A part of the way that the texts say touches what is avoided.
    fn touching_part(&self, way: u32, avoided: &Avoided) -> Option<u32> {
        let parts = self.graph.incoming(way, self.roles.part_of?);
        parts.iter().filter(|&(_, e)| self.lens.any_mode().is_there(e)).map(|(part, _)| part).find(|&part| {
            let touching = |(stop, edge)| avoided.holds(stop) && self.says(edge).0;
            Some(self.graph.node_type(part)) == self.roles.way && self.edges(part, self.roles.touches).any(touching)
        })
    }
}

/// Sorts stops along their way: numbers in order, starts before and ends after what has none.
fn along(stop: &Stop) -> (u8, i64) {
    match (stop.low, stop.high) {
        (START, START) => (0, 0),
        (END, END) => (3, 0),
        (low, high) if low == high => (1, low),
        _ => (2, 0),
    }
}

/// Something to be avoided, with all that it contains.
#[derive(Debug, Clone)]
pub(crate) struct Avoided {
    /// What was named.
    pub(crate) bound: Bound,
    /// It and what lies in it.
    nodes: FxHashSet<u32>,
    /// What it lies in.
    around: Rc<[u32]>,
}

/// How what a claim speaks of relates to what is avoided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// It is the thing itself.
    Itself,
    /// It contains the thing.
    Around,
    /// Neither.
    Other,
}

impl Avoided {
    /// A thing, with the nodes that it is or contains.
    pub(crate) fn new(bound: Bound, nodes: FxHashSet<u32>, places: &Places<'_>) -> Self {
        let around = bound.node.map_or_else(|| Rc::from([]), |n| places.containers(n));
        Self { bound, nodes, around }
    }

    /// Whether a node is avoided: it is the thing, or lies in it.
    pub(crate) fn holds(&self, node: u32) -> bool {
        self.nodes.contains(&node)
    }

    /// The gazetteer's entry.
    pub(crate) fn entry(&self) -> Option<EntryId> {
        self.bound.entry
    }

    fn meant(&self, node: u32) -> Meant {
        if self.bound.node == Some(node) {
            Meant::Itself
        } else if self.around.binary_search(&node).is_ok() && !self.holds(node) {
            Meant::Around
        } else {
            Meant::Other
        }
    }
}

/// On whose word a way avoids something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Basis {
    /// A claim says so.
    Stated,
    /// Nothing says otherwise.
    Inferred,
    /// The texts say both.
    Disputed,
}

impl Basis {
    /// The word for it in every format.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Disputed => "disputed",
        }
    }

    /// What holds for several things avoided at once.
    pub(crate) fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

/// What is said of a way and something to be avoided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Edges by which it touches it.
    pub(crate) touching: Vec<u32>,
    /// Edges that say that it avoids just this.
    pub(crate) stating: Vec<u32>,
    /// Edges that say that it avoids something around it.
    pub(crate) implying: Vec<u32>,
    /// The world knows that it touches it.
    pub(crate) world: bool,
    /// A part of the way that touches it.
    pub(crate) part: Option<u32>,
}

impl Verdict {
    fn deny(&mut self, edge: u32, meant: Meant) {
        match meant {
            Meant::Itself => self.stating.push(edge),
            Meant::Around => self.implying.push(edge),
            Meant::Other => {}
        }
    }

    /// On whose word the way avoids it, if it does. An inference needs `known` stops.
    pub(crate) fn basis(&self, known: bool) -> Option<Basis> {
        match (self.stating.is_empty(), self.touching.is_empty()) {
            (false, true) => Some(Basis::Stated),
            (false, false) => Some(Basis::Disputed),
            (true, false) => None,
            (true, true) => {
                let open = self.part.is_none() && !self.world && known;
                (open || !self.implying.is_empty()).then_some(Basis::Inferred)
            }
        }
    }
}
