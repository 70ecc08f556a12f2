//! What the reader of clauses asks of single units: whether one is a name, a noun for a way, an office …
//!
//! All answers of a sentence are found in one pass and lie in one list, a bit each. Part of the chunker.

use super::{Elements, Lexicon, NameKind, Tag, Unit, Units, class, is_common_name};

const NAMED: u16 = 1;
const GOODS: u16 = 1 << 1;
const ROLE: u16 = 1 << 2;
const REST: u16 = 1 << 3;
const GOVERNMENT: u16 = 1 << 4;
const AREA: u16 = 1 << 5;
const WAY: u16 = 1 << 6;
const MADE: u16 = 1 << 7;
const SPOT: u16 = 1 << 8;
const SCHEME: u16 = 1 << 9;
const PART: u16 = 1 << 10;

impl Elements {
    fn is(&self, mark: u16, unit: usize) -> bool {
        self.marks.get(unit).is_some_and(|marks| marks & mark != 0)
    }

    /// Whether the unit is a name that is written as one.
    #[must_use]
    pub fn is_named(&self, unit: usize) -> bool {
        self.is(NAMED, unit)
    }

    /// Whether the phrase is headed by such a name.
    #[must_use]
    pub fn names(&self, phrase: usize) -> bool {
        self.is_named(self.phrases[phrase].head)
    }

    /// Whether the unit is a name that is written as a common noun: goods.
    #[must_use]
    pub fn is_goods(&self, unit: usize) -> bool {
        self.is(GOODS, unit)
    }

    /// Whether the unit is a noun that says what something is to another ("ally", "contractor").
    #[must_use]
    pub fn is_role(&self, unit: usize) -> bool {
        self.is(ROLE, unit)
    }

    /// Whether the unit is what is left of a sum ("the rest").
    #[must_use]
    pub fn is_rest(&self, unit: usize) -> bool {
        self.is(REST, unit)
    }

    /// Whether the unit is a noun that stands for a state ("government").
    #[must_use]
    pub fn is_government(&self, unit: usize) -> bool {
        self.is(GOVERNMENT, unit)
    }

    /// Whether the unit is a name of a state or a region.
    #[must_use]
    pub fn is_area(&self, unit: usize) -> bool {
        self.is(AREA, unit)
    }

    /// Whether the unit is a noun for ways ("line", "section").
    #[must_use]
    pub fn is_way(&self, unit: usize) -> bool {
        self.is(WAY, unit)
    }

    /// Whether the unit is a noun for what is made: ways, agreements, undertakings, happenings.
    #[must_use]
    pub fn is_made(&self, unit: usize) -> bool {
        self.is(MADE, unit)
    }

    /// Whether the unit is a noun for undertakings that a way may be called by ("project").
    #[must_use]
    pub fn is_scheme(&self, unit: usize) -> bool {
        self.is(SCHEME, unit)
    }

    /// Whether the unit is a noun for a part of a way ("section", "stretch").
    #[must_use]
    pub fn is_part(&self, unit: usize) -> bool {
        self.is(PART, unit)
    }

    /// Whether the unit is a noun for places ("port", "capital").
    #[must_use]
    pub fn is_spot(&self, unit: usize) -> bool {
        self.is(SPOT, unit)
    }
}

/// The marks of all units. O(units).
pub(super) fn marks(lexicon: &Lexicon, units: &Units) -> Vec<u16> {
    units.units.iter().map(|unit| of_name(lexicon, units, unit) | of_noun(lexicon, unit)).collect()
}

fn of_name(lexicon: &Lexicon, units: &Units, unit: &Unit) -> u16 {
    let written = match unit.tag {
        Tag::Name if is_common_name(units, unit) => GOODS,
        Tag::Name => NAMED,
        _ => 0,
    };
    // "Ghana": whatever else it may mean.
    let name = unit.name.and_then(|n| units.names.get(n as usize));
    let area = matches!(name.map(|n| &n.kind), Some(NameKind::Known(senses)) if senses.iter().any(|&s| lexicon.is_area(s)));
    if area { written | AREA } else { written }
}

fn of_noun(lexicon: &Lexicon, unit: &Unit) -> u16 {
    if unit.tag != Tag::Noun {
        return 0;
    }
    let kind = lexicon.head(unit.word).map(|h| h.node_type);
    let told = [
        (ROLE, lexicon.roles().contains(&unit.word)),
        (REST, lexicon.rests().contains(&unit.word)),
        (GOVERNMENT, lexicon.word(unit.word).classes & class::STATE_BODY != 0),
        (WAY, kind.is_some() && kind == lexicon.way_type()),
        (MADE, kind.is_some_and(|kind| lexicon.is_made(kind))),
        (SPOT, lexicon.is_spot(unit.word)),
        (SCHEME, lexicon.is_scheme(unit.word)),
        (PART, lexicon.head(unit.word).is_some_and(|h| h.part)),
    ];
    told.into_iter().filter(|(_, is)| *is).fold(0, |marks, (mark, _)| marks | mark)
}
