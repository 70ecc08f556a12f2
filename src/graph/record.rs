//! What one document says, as the stored graph and a build in progress keep it: compact bytes, every text once.
//!
//! ```text
//! texts │ sentences with their places │ dates │ the document and its articles │ entities │ claims
//! ```
//!
//! Numbers are written in as many bytes as they need; texts, sentences and dates are named by their number, `0` for none
//! where there may be none. The same extraction makes the same bytes. For people and other tools, `claims` writes JSON lines.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{ArticleInfo, Claim, DocumentInfo, Entity, Extraction, Locus, Mode, PartialDate, Statement, Value};
use crate::span::Span;

/// Lists within lists, at most: extraction makes one.
const DEEPEST: usize = 32;

/// Bytes that are no record of what a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset} of it makes no sense")]
pub struct RecordError {
    /// Within the record.
    pub offset: usize,
}

/// Texts that many documents share, each once.
#[derive(Debug, Default)]
pub struct SharedTexts(FxHashSet<Arc<str>>);

impl SharedTexts {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(text);
        self.0.insert(new.clone());
        new
    }
}

// ------------------------------------------------------------------- writing

/// Appends what one document says.
pub fn write(extraction: &Extraction, out: &mut Vec<u8>) {
    let mut body = Body::default();
    body.document(&extraction.document);
    body.number(extraction.entities.len() as u64);
    extraction.entities.iter().for_each(|e| body.entity(e));
    body.number(extraction.claims.len() as u64);
    extraction.claims.iter().for_each(|c| body.claim(c));
    let mut head = |table: &Table, bytes: &[u8]| {
        number(table.count, out);
        out.extend_from_slice(bytes);
    };
    head(&Table { count: body.texts.len() as u64 }, &body.text_bytes);
    head(&Table { count: body.sentences.len() as u64 }, &body.sentence_bytes);
    head(&Table { count: body.dates.len() as u64 }, &body.date_bytes);
    out.extend_from_slice(&body.bytes);
}

struct Table {
    count: u64,
}

/// The record in the making: what names texts, sentences and dates, and these.
#[derive(Default)]
struct Body<'e> {
    bytes: Vec<u8>,
    texts: FxHashMap<&'e str, u64>,
    text_bytes: Vec<u8>,
    sentences: FxHashMap<(&'e str, Locus), u64>,
    sentence_bytes: Vec<u8>,
    dates: FxHashMap<PartialDate, u64>,
    date_bytes: Vec<u8>,
}

fn number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Small differences, up or down, in few bytes.
fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

fn write_locus(locus: Locus, before: Locus, out: &mut Vec<u8>) {
    let step = |now: u32, before: u32| zigzag(i64::from(now) - i64::from(before));
    number(step(locus.article, before.article), out);
    number(step(locus.line, before.line), out);
    number(locus.column.into(), out);
    number(step(locus.span.start, before.span.start), out);
    number(step(locus.span.end, locus.span.start), out);
}

impl<'e> Body<'e> {
    fn number(&mut self, value: u64) {
        number(value, &mut self.bytes);
    }

    fn text(&mut self, text: &'e str) {
        let next = self.texts.len() as u64;
        let bytes = &mut self.text_bytes;
        let id = *self.texts.entry(text).or_insert_with(|| {
            number(text.len() as u64, bytes);
            bytes.extend_from_slice(text.as_bytes());
            next
        });
        self.number(id);
    }

    fn optional(&mut self, text: Option<&'e str>) {
        self.number(text.is_some().into());
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn texts(&mut self, texts: &'e [String]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|t| self.text(t));
    }

    fn date(&mut self, date: Option<PartialDate>) {
        let Some(date) = date else { return self.number(0) };
        let next = self.dates.len() as u64 + 1;
        let bytes = &mut self.date_bytes;
        let id = *self.dates.entry(date).or_insert_with(|| {
            number(date.year.map_or(0, |y| zigzag(y.into()) + 1), bytes);
            number(date.month.map_or(0, |m| u64::from(m) + 1), bytes);
            number(date.day.map_or(0, |d| u64::from(d) + 1), bytes);
            next
        });
        self.number(id);
    }

    fn sentence(&mut self, text: &'e str, locus: Locus) {
        let next = self.sentences.len() as u64;
        let bytes = &mut self.sentence_bytes;
        let id = *self.sentences.entry((text, locus)).or_insert_with(|| {
            number(text.len() as u64, bytes);
            bytes.extend_from_slice(text.as_bytes());
            write_locus(locus, NOWHERE, bytes);
            next
        });
        self.number(id);
    }

    fn document(&mut self, document: &'e DocumentInfo) {
        self.text(&document.id);
        self.text(&document.hash);
        self.number(document.articles.len() as u64);
        for article in &document.articles {
            self.number(article.number.into());
            self.optional(article.title.as_deref());
            self.optional(article.byline.as_deref());
            self.optional(article.outlet.as_deref());
            self.date(article.date);
            self.optional(article.origin.as_deref());
            self.number(article.sketch.len() as u64);
            article.sketch.iter().for_each(|hash| self.bytes.extend_from_slice(&hash.to_le_bytes()));
        }
    }

    fn entity(&mut self, entity: &'e Entity) {
        self.text(&entity.kind);
        self.text(&entity.name);
        self.optional(entity.known.as_deref());
        self.texts(&entity.keys);
        self.texts(&entity.forms);
        self.number(entity.mentions.len() as u64);
        let mut before = NOWHERE;
        for &locus in &entity.mentions {
            write_locus(locus, before, &mut self.bytes);
            before = locus;
        }
    }

    fn claim(&mut self, claim: &'e Claim) {
        self.number(claim.subject.into());
        match &claim.statement {
            Statement::Edge { kind, object } => {
                self.bytes.push(0);
                self.text(kind);
                self.number((*object).into());
            }
            Statement::Attribute { name, value } => {
                self.bytes.push(1);
                self.text(name);
                self.value(value);
            }
        }
        self.bytes.push(Mode::ALL.iter().position(|m| *m == claim.mode).unwrap_or_default() as u8);
        self.sentence(&claim.text, claim.locus);
        self.date(claim.asserted);
        self.date(claim.when);
        self.optional(claim.speaker.as_deref());
        self.optional(claim.origin.as_deref());
        self.number(claim.confidence.into());
        self.text(&claim.rule);
        self.number(claim.attrs.len() as u64);
        for (name, value) in &claim.attrs {
            self.text(name);
            self.value(value);
        }
    }

    fn value(&mut self, value: &'e Value) {
        match value {
            Value::Bool(yes) => self.bytes.extend_from_slice(&[0, u8::from(*yes)]),
            Value::Int(whole) => {
                self.bytes.push(1);
                self.number(zigzag(*whole));
            }
            Value::Float(x) => {
                self.bytes.push(2);
                self.bytes.extend_from_slice(&x.to_bits().to_le_bytes());
            }
            Value::Text(text) => {
                self.bytes.push(3);
                self.text(text);
            }
            Value::Quantity { text, number, unit } => {
                self.bytes.push(if number.is_some() { 5 } else { 4 });
                self.text(text);
                self.optional(unit.as_deref());
                number.iter().for_each(|x| self.bytes.extend_from_slice(&x.to_bits().to_le_bytes()));
            }
            Value::List(items) => {
                self.bytes.push(6);
                self.number(items.len() as u64);
                items.iter().for_each(|v| self.value(v));
            }
        }
    }
}

const NOWHERE: Locus = Locus { article: 0, line: 0, column: 0, span: Span { start: 0, end: 0 } };

// ------------------------------------------------------------------- reading

/// Reads what [`write()`] wrote. Short texts are shared through `shared`, also between documents.
///
/// # Errors
/// Bytes that it did not write.
pub fn read(bytes: &[u8], shared: &mut SharedTexts) -> Result<Extraction, RecordError> {
    let mut from = Cursor { bytes, at: 0 };
    let wrong = |at: usize| RecordError { offset: at };
    match parts(&mut from, shared) {
        Some(extraction) if from.at == bytes.len() => Ok(extraction),
        Some(_) | None => Err(wrong(from.at)),
    }
}

fn parts(from: &mut Cursor<'_>, shared: &mut SharedTexts) -> Option<Extraction> {
    let texts = from.many(|c| c.str())?;
    let sentences = from.many(|c| Some((Arc::from(c.str()?), c.locus(NOWHERE)?)))?;
    let dates = from.many(Cursor::date)?;
    let named = vec![None; texts.len()];
    let mut tables = Tables { texts, named, sentences, dates, shared };
    let document = tables.document(from)?;
    let entities = from.many(|c| tables.entity(c))?;
    let claims = from.many(|c| tables.claim(c, entities.len()))?;
    Some(Extraction { document, entities, claims })
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(len)?)?;
        self.at += len;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn str(&mut self) -> Option<&'b str> {
        let len = self.small()?;
        std::str::from_utf8(self.take(len)?).ok()
    }

    /// A count, then so many items, each of which takes a byte at least.
    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count: usize = self.small()?;
        if count > self.bytes.len() - self.at {
            return None;
        }
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }

    fn eight(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn step(&mut self, before: u32) -> Option<u32> {
        u32::try_from(i64::from(before).checked_add(unzigzag(self.number()?))?).ok()
    }

    fn locus(&mut self, before: Locus) -> Option<Locus> {
        let (article, line) = (self.step(before.article)?, self.step(before.line)?);
        let (column, start) = (self.small()?, self.step(before.span.start)?);
        Some(Locus { article, line, column, span: Span { start, end: self.step(start)? } })
    }

    fn date(&mut self) -> Option<PartialDate> {
        let year = self.number()?.checked_sub(1).map(|y| i16::try_from(unzigzag(y)).ok());
        let part = |n: u64| n.checked_sub(1).map(|n| u8::try_from(n).ok());
        let (month, day) = (part(self.number()?), part(self.number()?));
        Some(PartialDate {
            year: year.map_or(Some(None), |y| y.map(Some))?,
            month: month.map_or(Some(None), |m| m.map(Some))?,
            day: day.map_or(Some(None), |d| d.map(Some))?,
        })
    }
}

/// What the rest of the record names by number.
struct Tables<'b, 's> {
    texts: Vec<&'b str>,
    /// The shared ones among the texts, as they are needed.
    named: Vec<Option<Arc<str>>>,
    sentences: Vec<(Arc<str>, Locus)>,
    dates: Vec<PartialDate>,
    shared: &'s mut SharedTexts,
}

impl<'b> Tables<'b, '_> {
    fn str(&self, from: &mut Cursor<'_>) -> Option<&'b str> {
        self.texts.get(from.small::<usize>()?).copied()
    }

    fn text(&mut self, from: &mut Cursor<'_>) -> Option<Arc<str>> {
        let id: usize = from.small()?;
        let place = self.named.get_mut(id)?;
        if place.is_none() {
            *place = Some(self.shared.get(self.texts.get(id)?));
        }
        place.clone()
    }

    fn optional(&mut self, from: &mut Cursor<'_>) -> Option<Option<Arc<str>>> {
        if from.byte()? == 0 { Some(None) } else { Some(Some(self.text(from)?)) }
    }

    fn optional_string(&self, from: &mut Cursor<'_>) -> Option<Option<String>> {
        if from.byte()? == 0 { Some(None) } else { Some(Some(self.str(from)?.to_owned())) }
    }

    fn date(&self, from: &mut Cursor<'_>) -> Option<Option<PartialDate>> {
        match from.small::<usize>()?.checked_sub(1) {
            None => Some(None),
            Some(id) => self.dates.get(id).copied().map(Some),
        }
    }

    fn document(&self, from: &mut Cursor<'_>) -> Option<DocumentInfo> {
        let (id, hash) = (self.str(from)?.to_owned(), self.str(from)?.to_owned());
        let articles = from.many(|c| {
            Some(ArticleInfo {
                number: c.small()?,
                title: self.optional_string(c)?,
                byline: self.optional_string(c)?,
                outlet: self.optional_string(c)?,
                date: self.date(c)?,
                origin: self.optional_string(c)?,
                sketch: c.many(Cursor::eight)?,
            })
        })?;
        Some(DocumentInfo { id, hash, articles })
    }

    fn entity(&mut self, from: &mut Cursor<'_>) -> Option<Entity> {
        let (kind, name) = (self.text(from)?, self.str(from)?.to_owned());
        let known = self.optional(from)?;
        let keys = from.many(|c| self.str(c).map(str::to_owned))?;
        let forms = from.many(|c| self.str(c).map(str::to_owned))?;
        let mut before = NOWHERE;
        let mentions = from.many(|c| {
            before = c.locus(before)?;
            Some(before)
        })?;
        Some(Entity { kind, name, known, keys, forms, mentions })
    }

    fn claim(&mut self, from: &mut Cursor<'_>, entities: usize) -> Option<Claim> {
        let entity = |from: &mut Cursor<'_>| from.small::<u32>().filter(|&e| (e as usize) < entities);
        let subject = entity(from)?;
        let statement = match from.byte()? {
            0 => Statement::Edge { kind: self.text(from)?, object: entity(from)? },
            1 => Statement::Attribute { name: self.text(from)?, value: self.value(from, 0)? },
            _ => return None,
        };
        let mode = *Mode::ALL.get(usize::from(from.byte()?))?;
        let (text, locus) = self.sentences.get(from.small::<usize>()?)?.clone();
        let (asserted, when) = (self.date(from)?, self.date(from)?);
        let (speaker, origin) = (self.optional(from)?, self.optional(from)?);
        let (confidence, rule) = (from.small()?, self.text(from)?);
        let attrs = from.many(|c| Some((self.text(c)?, self.value(c, 0)?)))?.into_iter().collect();
        Some(Claim { subject, statement, mode, locus, text, asserted, when, speaker, origin, confidence, rule, attrs })
    }

    fn value(&mut self, from: &mut Cursor<'_>, depth: usize) -> Option<Value> {
        Some(match from.byte()? {
            0 => Value::Bool(from.byte()? != 0),
            1 => Value::Int(unzigzag(from.number()?)),
            2 => Value::Float(f64::from_bits(from.eight()?)),
            3 => Value::Text(self.text(from)?),
            tag @ (4 | 5) => {
                let (text, unit) = (self.text(from)?, self.optional(from)?);
                let number = if tag == 5 { Some(f64::from_bits(from.eight()?)) } else { None };
                Value::Quantity { text, number, unit }
            }
            6 if depth < DEEPEST => Value::List(from.many(|c| self.value(c, depth + 1))?),
            _ => return None,
        })
    }
}
