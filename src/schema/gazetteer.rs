//! The gazetteer: entries and collectives with every name and target resolved, or told as faulty.
//!
//! Entries refer to each other by name or by id; a name of several things means the one whose type comes first
//! among those that the edge allows.

use std::collections::BTreeSet;
use std::mem::take;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::index::{Names, Texts};
use super::load::{Parts, SchemaFile, locate, suggest};
use super::raw::{Gazetteer, RawEntry};
use super::store::{Finder, Tables};
use super::{Attribute, AttributeKind, Collective, EdgeTypeId, Entry, EntryId, NameKind, NameUse, NodeTypeId, Schema};
use crate::diagnostic::Diagnostic;
use crate::model::PartialDate;
use crate::names::{fold, slug};
use crate::span::Span;

/// A gazetteer file, its table turned into entries.
pub(super) struct Loaded<'a> {
    file: &'a SchemaFile,
    kind: String,
    entries: Vec<RawEntry>,
    /// The edge type of the table.
    fact: Option<String>,
    /// The `>` lines of the table, which rows share: each is resolved once.
    targets: Vec<String>,
}

impl<'a> Loaded<'a> {
    pub(super) fn new(file: &'a SchemaFile, raw: Gazetteer, faults: &mut Vec<Diagnostic>) -> Self {
        let mut entries = raw.entries;
        let mut targets: Vec<String> = Vec::new();
        entries.reserve(raw.table.lines().count());
        for row in raw.table.lines().map(str::trim).filter(|r| !r.is_empty() && !r.starts_with('#')) {
            if let Some(name) = row.strip_prefix('>') {
                targets.push(name.trim().to_owned());
                continue;
            }
            let mut entry = row_entry(row);
            entry.under = targets.len().checked_sub(1);
            if entry.name.is_empty() {
                let start = file.text.find(row).unwrap_or_default();
                let fault = Diagnostic::error("S015", "a row of the table has an empty name").of(&*file.path);
                let fault = fault.at(Span::new(start, start + row.len()), "");
                faults.push(fault.hint("a row is `Name; other name; ?ambiguous name`"));
                continue;
            }
            entries.push(entry);
        }
        Self { file, kind: raw.r#type, entries, fact: raw.fact, targets }
    }
}

/// `Name; alias; ?ambiguous`. A name that is `?` itself is shown, and ambiguous.
fn row_entry(row: &str) -> RawEntry {
    let mut entry = RawEntry::default();
    for (at, cell) in row.split(';').map(str::trim).enumerate() {
        let (name, ambiguous) = cell.strip_prefix('?').map_or((cell, false), |n| (n.trim(), true));
        if at == 0 {
            entry.name = name.to_owned();
        } else if !ambiguous && !name.is_empty() {
            entry.aliases.push(name.to_owned());
        }
        if ambiguous {
            entry.ambiguous.push(name.to_owned());
        }
    }
    entry
}

/// Adds entries and collectives of `parts` to `schema`; what is faulty is left out and told.
pub(super) fn compile(schema: &mut Schema, parts: &mut Parts<'_>, faults: &mut Vec<Diagnostic>) {
    let most = parts.gazetteer.iter().map(|l| l.entries.len()).sum();
    let mut entered = Vec::with_capacity(most);
    let mut ids = FxHashMap::default();
    ids.reserve(most);
    let mut entrance = Entrance { schema, faults, entered: &mut entered, ids: &mut ids };
    for (at, loaded) in parts.gazetteer.iter_mut().enumerate() {
        entrance.add(at, loaded);
    }
    let sources = entered.iter().map(|&(file, at)| (parts.gazetteer[file].file, &parts.gazetteer[file].entries[at])).collect();
    let mut builder = Builder { schema, faults, sources, ids, names: Names::default() };
    builder.index_names();
    let mut facts = builder.tables(&parts.gazetteer, &entered);
    facts.extend(builder.facts());
    builder.keep(facts);
    for (file, raw) in &parts.collectives {
        builder.collectives(file, raw);
    }
    let names = builder.names;
    let mut tables = Tables { ids: Texts::new(schema.gazetteer.iter().map(|e| &*e.id)), names, ..Tables::default() };
    tables.set_parents(schema.gazetteer.len(), schema.wholes());
    schema.finder = Finder::new(tables);
}

/// Enters entries with their names.
struct Entrance<'a> {
    schema: &'a mut Schema,
    faults: &'a mut Vec<Diagnostic>,
    /// For each entry of the gazetteer: which file, and which entry of it.
    entered: &'a mut Vec<(usize, usize)>,
    ids: &'a mut FxHashMap<Arc<str>, EntryId>,
}

impl Entrance<'_> {
    /// Entries with their names; targets are still to be resolved.
    fn add(&mut self, at: usize, loaded: &mut Loaded<'_>) {
        let file = loaded.file;
        let Some(kind) = self.schema.node_type(&loaded.kind) else {
            if !loaded.kind.is_empty() || !loaded.entries.is_empty() {
                let fault = Diagnostic::error("S004", format!("`{}` is no node type", loaded.kind));
                let fault = fault.of(&*file.path).at(locate(file, "", &loaded.kind), "");
                self.faults.push(suggest(fault, &loaded.kind, self.schema.node_types.iter().map(|t| &*t.name)));
            }
            return;
        };
        let prefix = loaded.kind.to_lowercase();
        for (row, raw) in loaded.entries.iter_mut().enumerate() {
            self.check_names(file, raw);
            let part = raw.id.as_deref().map_or_else(|| slug(&raw.name), slug);
            let id: Arc<str> = format!("{prefix}/{part}").into();
            let next = EntryId(self.schema.gazetteer.len() as u32);
            if let Some(&first) = self.ids.get(&id) {
                let mut fault = Diagnostic::error("S008", format!("two entries have the id `{id}`"));
                fault = fault.of(&*file.path).at(last(file, &raw.name), "the second");
                if self.entered[first.0 as usize].0 == at {
                    fault = fault.at(locate(file, "", &self.schema.gazetteer[first.0 as usize].name), "the first");
                }
                self.faults.push(fault.hint("merge them, or give one an `id` of its own"));
                continue;
            }
            self.ids.insert(id.clone(), next);
            self.entered.push((at, row));
            self.schema.gazetteer.push(Entry {
                id,
                kind,
                name: raw.name.as_str().into(),
                aliases: take(&mut raw.aliases),
                demonyms: take(&mut raw.demonyms),
                metonyms: take(&mut raw.metonyms),
                ambiguous: take(&mut raw.ambiguous),
                attrs: take(&mut raw.attrs).into_iter().map(|(k, v)| (k.into(), v)).collect(),
                facts: Vec::new(),
                members: Vec::new(),
                unverified: raw.unverified,
            });
        }
    }

    fn check_names(&mut self, file: &SchemaFile, raw: &RawEntry) {
        let lists = [&raw.aliases, &raw.demonyms, &raw.metonyms, &raw.ambiguous];
        let names = std::iter::once(&raw.name).chain(lists.into_iter().flatten());
        if names.into_iter().any(|n| !n.contains(char::is_alphanumeric)) {
            let message = if raw.name.is_empty() {
                "an entry without a name".to_owned()
            } else {
                format!("`{}` has a name without a letter or digit", raw.name)
            };
            let fault = Diagnostic::error("S011", message).of(&*file.path);
            self.faults.push(fault.at(locate(file, &raw.name, ""), ""));
        }
        for (name, value) in &raw.attrs {
            match self.schema.node_attributes.iter().find(|a| &*a.name == name.as_str()) {
                None => {
                    let fault = Diagnostic::error("S006", format!("`{name}` is no attribute of nodes")).of(&*file.path);
                    let known = self.schema.node_attributes.iter().map(|a| &*a.name);
                    self.faults.push(suggest(fault.at(locate(file, &raw.name, name), ""), name, known));
                }
                Some(attribute) => {
                    if let Some(why) = misfit(attribute, value) {
                        let at = locate(file, &raw.name, value);
                        let fault = Diagnostic::error("S012", format!("`{value}` is no value for `{name}`: {why}"));
                        let fault = fault.of(&*file.path).at(at, "");
                        self.faults.push(suggest(fault, value, attribute.words.iter().map(String::as_str)));
                    }
                }
            }
        }
    }
}

/// Where `name` stands last in `file`.
fn last(file: &SchemaFile, name: &str) -> Span {
    let first = locate(file, "", name);
    file.text.rfind(name).map_or(first, |i| Span::new(i, i + name.len()))
}

/// From, by way of, to.
type Fact = (EntryId, EdgeTypeId, EntryId);

/// Resolves what entries say of each other, once all are in.
struct Builder<'s, 'p> {
    schema: &'s mut Schema,
    faults: &'s mut Vec<Diagnostic>,
    /// Where each entry of the gazetteer was read, by its index.
    sources: Vec<(&'p SchemaFile, &'p RawEntry)>,
    ids: FxHashMap<Arc<str>, EntryId>,
    names: Names,
}

impl<'p> Builder<'_, 'p> {
    /// Which entries a folded name may mean; two of one type that both claim it freely are a fault.
    fn index_names(&mut self) {
        let mut names: FxHashMap<String, Vec<NameUse>> = FxHashMap::default();
        names.reserve(self.schema.gazetteer.len() * 2);
        let mut clashes = Vec::new();
        for (at, entry) in self.schema.gazetteer.iter().enumerate() {
            let id = EntryId(at as u32);
            let held: Vec<String> = entry.ambiguous.iter().map(|n| fold(n)).collect();
            for (kind, name) in entry.names() {
                let folded = fold(name);
                let free = kind != NameKind::Ambiguous && !held.contains(&folded);
                let uses = names.entry(folded).or_insert_with(|| Vec::with_capacity(1));
                if uses.iter().any(|u| u.entry == id) {
                    continue;
                }
                let rival = |u: &&NameUse| free && u.free && self.schema.gazetteer[u.entry.0 as usize].kind == entry.kind;
                if let Some(first) = uses.iter().find(rival) {
                    clashes.push((name.to_owned(), first.entry, id));
                }
                uses.push(NameUse { entry: id, kind, free });
            }
        }
        self.names = Names::new(names);
        for (name, first, second) in clashes {
            self.clash(&name, first, second);
        }
    }

    fn clash(&mut self, name: &str, first: EntryId, second: EntryId) {
        let [(file, raw), (other, other_raw)] = [second, first].map(|e| self.sources[e.0 as usize]);
        let message = format!("the name `{name}` belongs to both `{}` and `{}`", other_raw.name, raw.name);
        let mut fault = Diagnostic::error("S009", message).of(&*file.path);
        fault = fault.at(locate(file, &raw.name, name), format!("of `{}`", raw.name));
        if std::ptr::eq(other, file) {
            fault = fault.at(locate(other, &other_raw.name, name), format!("of `{}`", other_raw.name));
        } else {
            fault = fault.hint(format!("`{}` is in {}", other_raw.name, other.path));
        }
        self.faults.push(fault.hint("put it into `ambiguous` of one of them, or of both"));
    }

    /// The facts of table rows.
    fn tables(&mut self, loaded: &[Loaded<'_>], entered: &[(usize, usize)]) -> Vec<Fact> {
        let mut tables: Vec<Option<(EdgeTypeId, Vec<Option<EntryId>>)>> = Vec::new();
        for table in loaded {
            let kind = self.schema.node_type(&table.kind);
            let edge = table.fact.as_ref().filter(|_| kind.is_some()).and_then(|name| self.edge(table.file, "fact", name));
            tables.push(edge.map(|edge| {
                let allowed = match kind {
                    Some(kind) => self.allowed(table.file, "fact", edge, kind).unwrap_or_default(),
                    None => Vec::new(),
                };
                let targets = table.targets.iter().filter(|_| !allowed.is_empty());
                (edge, targets.map(|t| self.target(table.file, "fact", t, &allowed)).collect())
            }));
        }
        let mut facts = Vec::new();
        for (at, (file, _)) in entered.iter().enumerate() {
            let Some((edge, targets)) = &tables[*file] else { continue };
            if let Some(&Some(target)) = self.sources[at].1.under.and_then(|u| targets.get(u)) {
                facts.push((EntryId(at as u32), *edge, target));
            }
        }
        facts
    }

    /// Facts of entries, and those that their members stand for.
    fn facts(&mut self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let rank: Vec<NodeTypeId> = (0..self.schema.node_types.len()).map(|i| NodeTypeId(i as u16)).collect();
        for at in 0..self.sources.len() {
            let (file, raw) = self.sources[at];
            let id = EntryId(at as u32);
            for (name, targets) in &raw.facts {
                let Some(edge) = self.edge(file, &raw.name, name) else { continue };
                let kind = self.schema.gazetteer[at].kind;
                let Some(allowed) = self.allowed(file, &raw.name, edge, kind) else { continue };
                let found = targets.iter().filter_map(|n| self.target(file, &raw.name, n, &allowed));
                facts.extend(found.map(|t| (id, edge, t)));
            }
            let members: Vec<EntryId> = raw.members.iter().filter_map(|m| self.target(file, &raw.name, m, &rank)).collect();
            if !raw.unverified {
                facts.extend(self.memberships(id, &members));
                if let Some(entry) = self.schema.gazetteer.get_mut(at) {
                    entry.members = members;
                }
            }
        }
        facts
    }

    fn edge(&mut self, file: &SchemaFile, anchor: &str, name: &str) -> Option<EdgeTypeId> {
        let found = self.schema.edge_type(name);
        if found.is_none() {
            let fault = Diagnostic::error("S005", format!("`{name}` is no edge type")).of(&*file.path);
            let known = self.schema.edge_types.iter().map(|t| &*t.name);
            self.faults.push(suggest(fault.at(locate(file, anchor, name), ""), name, known));
        }
        found
    }

    /// Where a fact of `edge` may lead, if it may start at `kind`.
    fn allowed(&mut self, file: &SchemaFile, anchor: &str, edge: EdgeTypeId, kind: NodeTypeId) -> Option<Vec<NodeTypeId>> {
        let edge = &self.schema.edge_types[edge.0 as usize];
        if edge.from.contains(&kind) {
            return Some(edge.to.clone());
        }
        let from = &self.schema.node_types[kind.0 as usize].name;
        let fault = Diagnostic::error("S010", format!("`{}` starts at no {from}", edge.name)).of(&*file.path);
        self.faults.push(fault.at(locate(file, anchor, &edge.name), ""));
        None
    }

    /// Gives each fact to its entry, and a symmetric one to both.
    fn keep(&mut self, facts: Vec<Fact>) {
        for (from, edge, to) in facts {
            let ends =
                if self.schema.edge_types[edge.0 as usize].symmetric { vec![(from, to), (to, from)] } else { vec![(from, to)] };
            for (from, to) in ends {
                let Some(entry) = self.schema.gazetteer.get_mut(from.0 as usize) else { continue };
                if !entry.unverified && !entry.facts.contains(&(edge, to)) {
                    entry.facts.push((edge, to));
                }
            }
        }
        for at in 0..self.schema.gazetteer.len() {
            if let Some(entry) = self.schema.gazetteer.get_mut(at) {
                entry.facts.sort_unstable();
            }
        }
    }

    /// The facts that a body's list of members stands for.
    fn memberships(&self, whole: EntryId, members: &[EntryId]) -> Vec<Fact> {
        let Some(edge) = self.schema.roles.membership else { return Vec::new() };
        let (from, to) = (&self.schema.edge_types[edge.0 as usize].from, &self.schema.edge_types[edge.0 as usize].to);
        let kind = |e: EntryId| self.schema.gazetteer[e.0 as usize].kind;
        if !to.contains(&kind(whole)) {
            return Vec::new();
        }
        members.iter().filter(|m| from.contains(&kind(**m))).map(|m| (*m, edge, whole)).collect()
    }

    /// The entry that `name` (or an id) means, among `allowed` types, the first of these that has it.
    fn target(&mut self, file: &SchemaFile, anchor: &str, name: &str, allowed: &[NodeTypeId]) -> Option<EntryId> {
        let found = match self.ids.get(name) {
            Some(&id) => vec![id],
            None => {
                let uses = self.names.of(&fold(name)).iter();
                uses.filter(|u| matches!(u.kind, NameKind::Name | NameKind::Alias)).map(|u| u.entry).collect()
            }
        };
        let rank = |e: EntryId| allowed.iter().position(|t| *t == self.schema.gazetteer[e.0 as usize].kind);
        let best = found.iter().filter_map(|&e| rank(e)).min();
        let fitting: Vec<EntryId> = found.iter().copied().filter(|&e| best.is_some() && rank(e) == best).collect();
        if let [one] = fitting[..] {
            return Some(one);
        }
        let at = locate(file, anchor, name);
        let fault = match (found.is_empty(), fitting.is_empty()) {
            (true, _) => {
                let fault = Diagnostic::error("S007", format!("`{name}` is in no gazetteer file")).of(&*file.path).at(at, "");
                let known = self.schema.gazetteer.iter().filter(|e| allowed.contains(&e.kind)).map(|e| &*e.name);
                // Comparing with every name is the costly part of a fault: many at once are one mistake.
                if self.faults.len() < 100 { suggest(fault, name, known) } else { fault }
            }
            (false, true) => {
                let kinds: BTreeSet<&str> = found
                    .iter()
                    .map(|e| &*self.schema.node_types[self.schema.gazetteer[e.0 as usize].kind.0 as usize].name)
                    .collect();
                let kinds: Vec<&str> = kinds.into_iter().collect();
                let wanted: Vec<&str> = allowed.iter().map(|t| &*self.schema.node_types[t.0 as usize].name).collect();
                let message = format!("`{name}` is a {}, but a {} belongs here", kinds.join(" and a "), wanted.join(" or a "));
                Diagnostic::error("S010", message).of(&*file.path).at(at, "")
            }
            (false, false) => {
                let ids: Vec<String> = fitting.iter().map(|e| format!("`{}`", self.schema.gazetteer[e.0 as usize].id)).collect();
                let fault = Diagnostic::error("S014", format!("`{name}` may be {}", ids.join(" or ")));
                fault.of(&*file.path).at(at, "").hint("write the id instead of the name")
            }
        };
        self.faults.push(fault);
        None
    }

    fn collectives(&mut self, file: &SchemaFile, raw: &super::raw::Collectives) {
        let rank: Vec<NodeTypeId> = (0..self.schema.node_types.len()).map(|i| NodeTypeId(i as u16)).collect();
        let mut seen: FxHashMap<String, String> = FxHashMap::default();
        for collective in &raw.collectives {
            let anchor = collective.names.first().map_or("", String::as_str);
            if collective.names.is_empty() || collective.names.iter().any(|n| fold(n).is_empty()) {
                let fault = Diagnostic::error("S011", "a collective has an empty name, or none").of(&*file.path);
                self.faults.push(fault.at(locate(file, anchor, ""), ""));
            }
            for name in &collective.names {
                if let Some(first) = seen.insert(fold(name), anchor.to_owned()) {
                    let message = format!("the collective name `{name}` belongs to both `{first}` and `{anchor}`");
                    let fault = Diagnostic::error("S009", message).of(&*file.path);
                    self.faults.push(fault.at(locate(file, anchor, name), ""));
                }
            }
            let members = collective.members.iter().filter_map(|m| self.target(file, anchor, m, &rank)).collect();
            self.schema.collectives.push(Collective { names: collective.names.clone(), members });
        }
    }
}

/// Why `value` is none for `attribute`, if so.
fn misfit(attribute: &Attribute, value: &str) -> Option<String> {
    let wrong = |why: &str| Some(why.to_owned());
    match attribute.kind {
        AttributeKind::Text | AttributeKind::Quantity => None,
        AttributeKind::Word if attribute.words.iter().any(|w| w == value) => None,
        AttributeKind::Word => Some(format!("it may be {}", attribute.words.join(", "))),
        AttributeKind::Int if value.parse::<i64>().is_ok() => None,
        AttributeKind::Int => wrong("it is a whole number"),
        AttributeKind::Float if value.parse::<f64>().is_ok_and(f64::is_finite) => None,
        AttributeKind::Float => wrong("it is a number"),
        AttributeKind::Date if value.parse::<PartialDate>().is_ok() => None,
        AttributeKind::Date => wrong("it is a date such as 2025, 2025-07 or 2025-07-31"),
    }
}
