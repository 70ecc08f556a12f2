//! Values: money, lengths and other quantities, dates with their precision.
//!
//! Recognised from the number outwards, so that text without digits costs nothing.
//! Which attribute a value fills is decided where it is used.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::model::PartialDate;
use crate::schema::patterns::Patterns;

use super::lexicon::{Lexicon, WordId, class};
use super::token::{Token, TokenKind};

/// What some tokens say.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// An amount and its currency code.
    Money {
        /// In whole units of the currency.
        number: f64,
        /// ISO 4217.
        currency: Box<str>,
    },
    /// A number of units; `attribute` is the node attribute it may fill.
    Quantity {
        /// In the attribute's unit.
        number: f64,
        /// `length_km`, `capacity`.
        attribute: Box<str>,
        /// "a year".
        rate: bool,
        /// The token where the unit starts.
        unit: usize,
    },
    /// A date.
    Date(PartialDate),
    /// "per cent".
    Percent,
    /// A number without a unit.
    Number(f64),
}

/// A value and its tokens.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its tokens, blurring words ("about") included.
    pub tokens: Range<usize>,
    /// What they say.
    pub kind: ValueKind,
}

/// Tables for recognising values.
#[derive(Debug, Default)]
pub struct ValueTable {
    scales: FxHashMap<WordId, f64>,
    currency_words: FxHashMap<WordId, Box<str>>,
    /// "Canadian dollars": whose, and what.
    national: FxHashMap<(WordId, WordId), Box<str>>,
    currency_signs: FxHashMap<char, Box<str>>,
    currency_codes: FxHashMap<WordId, Box<str>>,
    units: FxHashMap<WordId, (Box<str>, f64)>,
    blur: Vec<Vec<WordId>>,
    per: Vec<WordId>,
    periods: Vec<WordId>,
    percent: Vec<WordId>,
    /// "per cent".
    per_cent: (WordId, WordId),
}

impl ValueTable {
    /// Compiles the value patterns.
    #[must_use]
    pub fn new(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let mut table = Self::default();
        let values = &patterns.values;
        for (word, factor) in &values.scales {
            table.scales.insert(lexicon.add_form(word), *factor);
        }
        for currency in &values.currencies {
            for word in currency.words.split_whitespace() {
                table.currency_words.insert(lexicon.add_form(word), currency.code.as_str().into());
            }
            for (whose, what) in currency.national.iter().filter_map(|n| n.split_once(' ')) {
                for form in [what.to_owned(), format!("{what}s")] {
                    let key = (lexicon.add_form(whose), lexicon.add_form(&form));
                    table.national.insert(key, currency.code.as_str().into());
                }
            }
            for symbol in currency.symbols.split_whitespace() {
                let mut chars = symbol.chars();
                match (chars.next(), chars.next()) {
                    (Some(sign), None) => {
                        table.currency_signs.insert(sign, currency.code.as_str().into());
                    }
                    _ => {
                        let letters: String = symbol.chars().filter(|c| c.is_alphabetic()).collect();
                        table.currency_codes.insert(lexicon.add_form(&letters.to_lowercase()), currency.code.as_str().into());
                    }
                }
            }
        }
        for unit in &values.units {
            for word in unit.words.split_whitespace() {
                table.units.insert(lexicon.add_form(word), (unit.attribute.as_str().into(), unit.factor));
            }
        }
        // The longest first: "just under" before "under".
        table.blur = values.blur.iter().map(|phrase| phrase.split_whitespace().map(|w| lexicon.add_form(w)).collect()).collect();
        table.blur.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        let mut ids = |words: &str| words.split_whitespace().map(|w| lexicon.add_form(w)).collect::<Vec<_>>();
        table.per = ids(&values.per);
        table.periods = ids(&values.periods);
        table.percent = ids("percent pc pct");
        table.per_cent = (lexicon.add_form("per"), lexicon.add_form("cent"));
        table
    }

    /// The value that starts at or around token `i`, a number, a currency or a month. O(length of the value).
    #[must_use]
    pub fn at(&self, lexicon: &Lexicon, text: &str, tokens: &[Token], i: usize) -> Option<Value> {
        let token = tokens[i];
        if (token.kind == TokenKind::Number || lexicon.word(token.word).classes & class::MONTH != 0)
            && let Some(value) = self.date(lexicon, text, tokens, i)
        {
            return Some(value);
        }
        let (currency, start) = self.currency_before(tokens, i);
        let (number, next) = self.number(lexicon, text, tokens, start)?;
        if let Some(code) = currency {
            return Some(self.money(tokens, i, next, number, code));
        }
        let unit = tokens.get(next)?;
        if let Some(code) = self.currency_words.get(&unit.word).filter(|_| unit.kind == TokenKind::Word) {
            return Some(self.money(tokens, i, next + 1, number, code.clone()));
        }
        if let Some(code) = self.national(tokens, next) {
            return Some(self.money(tokens, i, next + 2, number, code));
        }
        self.quantity(tokens, i, number, next).or_else(|| {
            if let Some(end) = self.percent_end(tokens, next) {
                return Some(Value { tokens: self.blurred(tokens, i)..end, kind: ValueKind::Percent });
            }
            (token.kind == TokenKind::Number).then_some(Value { tokens: i..next, kind: ValueKind::Number(number) })
        })
    }

    /// "U.S. dollars", "Kazakh tenge" at token `i`: the code.
    fn national(&self, tokens: &[Token], i: usize) -> Option<Box<str>> {
        let word = |j: usize| tokens.get(j).filter(|t| t.kind == TokenKind::Word);
        let (whose, what) = (word(i).filter(|t| t.is_capital())?, word(i + 1).filter(|t| !t.is_capital())?);
        self.national.get(&(whose.word, what.word)).or_else(|| self.currency_words.get(&what.word)).cloned()
    }

    /// The token behind "%", "percent" or "per cent".
    fn percent_end(&self, tokens: &[Token], i: usize) -> Option<usize> {
        let word = |j: usize| tokens.get(j).filter(|t| t.kind == TokenKind::Word).map(|t| t.word);
        if tokens.get(i)?.is_sign('%') || word(i).is_some_and(|w| self.percent.contains(&w)) {
            return Some(i + 1);
        }
        (word(i) == Some(self.per_cent.0) && word(i + 1) == Some(self.per_cent.1)).then_some(i + 2)
    }

    fn currency_before(&self, tokens: &[Token], i: usize) -> (Option<Box<str>>, usize) {
        let token = &tokens[i];
        let letters = |t: &Token| t.kind == TokenKind::Word && (t.is_all_capitals() || t.is_capital() && t.span.len() == 1);
        let sign_at = |j: usize| match tokens.get(j).map(|t| t.kind) {
            Some(TokenKind::Sign(c)) => self.currency_signs.get(&c).cloned(),
            _ => None,
        };
        if let Some(code) = sign_at(i) {
            return (Some(code), i + 1);
        }
        if letters(token) {
            if let Some(code) = self.currency_codes.get(&token.word)
                && tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Number)
            {
                return (Some(code.clone()), i + 1);
            }
            // "US$ 7 billion", "R$ 5 bn", "S$2m": the letters choose the currency.
            let close = tokens.get(i + 2).is_some_and(|t| t.kind == TokenKind::Number && !t.is_spaced());
            let listed = close && self.currency_codes.contains_key(&token.word);
            if sign_at(i + 1).is_some() && (listed || !tokens[i + 1].is_spaced()) {
                let code = self.currency_codes.get(&token.word).cloned().or_else(|| sign_at(i + 1));
                return (code, i + 2);
            }
        }
        (None, i)
    }

    /// A number in digits or words with its scale, and the token behind it.
    fn number(&self, lexicon: &Lexicon, text: &str, tokens: &[Token], i: usize) -> Option<(f64, usize)> {
        let token = tokens.get(i)?;
        let (mut number, mut next) = match token.kind {
            TokenKind::Number => {
                let digits = text[token.span.range()].replace(',', "").replace('·', ".");
                (digits.parse::<f64>().ok()?, i + 1)
            }
            TokenKind::Word if lexicon.word(token.word).classes & class::NUMBER != 0 => {
                (f64::from(lexicon.word(token.word).number), i + 1)
            }
            // "a million tonnes".
            TokenKind::Word if lexicon.form(token.word) == "a" && self.scaled(tokens, i + 1) => (1.0, i + 1),
            _ => return None,
        };
        while let Some(factor) = tokens.get(next).filter(|t| t.kind == TokenKind::Word).and_then(|t| self.scales.get(&t.word)) {
            // "5 m" is metres or millions: a bare letter counts as a scale only where it stands close.
            if tokens[next].span.len() == 1 && tokens[next].is_spaced() {
                break;
            }
            number *= factor;
            next += 1;
        }
        Some((number, next))
    }

    /// A word of several letters that scales a number: "million".
    pub(super) fn scaled(&self, tokens: &[Token], i: usize) -> bool {
        tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 3 && self.scales.contains_key(&t.word))
    }

    fn money(&self, tokens: &[Token], i: usize, end: usize, number: f64, currency: Box<str>) -> Value {
        Value { tokens: self.blurred(tokens, i)..end, kind: ValueKind::Money { number, currency } }
    }

    fn quantity(&self, tokens: &[Token], i: usize, number: f64, next: usize) -> Option<Value> {
        let mut at = next;
        // "60 pairs of trains", "50 billion cubic metres (bcm)".
        let (attribute, factor) = self.units.get(&tokens.get(at)?.word).filter(|_| tokens[at].kind == TokenKind::Word)?;
        while tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && self.units.contains_key(&t.word)) {
            at += 1;
        }
        let mut rate = false;
        let word = |j: usize| tokens.get(j).filter(|t| t.kind == TokenKind::Word).map_or(0, |t| t.word);
        let per = self.per.contains(&word(at)) && self.periods.contains(&word(at + 1));
        if per || tokens.get(at).is_some_and(|t| t.is_sign('/')) {
            at += 2;
            rate = true;
        }
        let at = at.min(tokens.len());
        Some(Value {
            tokens: self.blurred(tokens, i)..at,
            kind: ValueKind::Quantity { number: number * factor, attribute: attribute.clone(), rate, unit: next },
        })
    }

    /// Where the words that blur an amount start.
    fn blurred(&self, tokens: &[Token], i: usize) -> usize {
        let before = |end: usize| {
            let ends = |phrase: &&Vec<WordId>| {
                let said = end.checked_sub(phrase.len()).map(|from| &tokens[from..end]);
                said.is_some_and(|said| said.iter().zip(*phrase).all(|(t, &w)| t.kind == TokenKind::Word && t.word == w))
            };
            self.blur.iter().find(ends).map_or(end, |phrase| end - phrase.len())
        };
        // "more than about": two of them, not more.
        before(before(i))
    }

    /// "20 December 2025", "December 19–20, 2025", "in July 2025", "2025", "20.07.2023", "2025-12-20".
    fn date(&self, lexicon: &Lexicon, text: &str, tokens: &[Token], i: usize) -> Option<Value> {
        let month_at = |j: usize| {
            let token = tokens.get(j)?;
            let word = lexicon.word(token.word);
            (token.kind == TokenKind::Word && token.is_capital() && word.classes & class::MONTH != 0).then_some(word.number as u8)
        };
        let number_at = |j: usize| {
            let token = tokens.get(j).filter(|t| t.kind == TokenKind::Number)?;
            text[token.span.range()].trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok()
        };
        let year_at = |j: usize| {
            number_at(j).filter(|y| (1800..=2200).contains(y) && text[tokens[j].span.range()].len() == 4).map(|y| y as i16)
        };
        // Where the last of several days stands, with the token behind the first: "27–29", "27 to 29", "3 and 4".
        let last_day = |j: usize| {
            let joins = |t: &Token| t.is_sign('–') || lexicon.word(t.word).classes & (class::PREP | class::CONJ) != 0;
            let last = if tokens.get(j)?.is_joined() { j } else { j + usize::from(joins(&tokens[j])) };
            let apart = last > j || tokens[j].is_joined();
            number_at(last).filter(|d| apart && (1..=31).contains(d)).map(|_| last)
        };
        let date = |tokens: Range<usize>, date| Some(Value { tokens, kind: ValueKind::Date(date) });
        if let Some(month) = month_at(i) {
            if let Some(day) = number_at(i + 1).filter(|d| (1..=31).contains(d)) {
                let mut end = i + 2;
                if let Some(last) = last_day(end).filter(|&l| l == end || month_at(l + 1).is_none()) {
                    end = last + 1;
                }
                let comma = usize::from(tokens.get(end).is_some_and(|t| t.is_sign(',')));
                if let Some(year) = year_at(end + comma) {
                    return date(i..end + comma + 1, PartialDate::day(year, month, day as u8));
                }
                return date(i..end, PartialDate { year: None, month: Some(month), day: Some(day as u8) });
            }
            let comma = usize::from(tokens.get(i + 1).is_some_and(|t| t.is_sign(',')));
            if let Some(year) = year_at(i + 1 + comma) {
                return date(i..i + 2 + comma, PartialDate::month(year, month));
            }
            // "Jan De Nul": a name, where a full month would stand.
            let full = month == 5 || tokens[i].span.len() > 3;
            let named = tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital());
            if named && !full {
                return None;
            }
            return date(i..i + 1, PartialDate { year: None, month: Some(month), day: None });
        }
        if let (Some(day), Some(month)) = (number_at(i).filter(|d| (1..=31).contains(d)), month_at(i + 1)) {
            let year = year_at(i + 2);
            let end = i + 2 + usize::from(year.is_some());
            return date(i..end, PartialDate { year, month: Some(month), day: Some(day as u8) });
        }
        // "27 to 29 October", "on 3 and 4 May": it began on the first.
        if let (Some(day), Some(last)) = (number_at(i).filter(|d| (1..=31).contains(d)), last_day(i + 1))
            && let Some(month) = month_at(last + 1)
        {
            let year = year_at(last + 2);
            let end = last + 2 + usize::from(year.is_some());
            return date(i..end, PartialDate { year, month: Some(month), day: Some(day as u8) });
        }
        if let Some(numeric) = numeric_date(&text[tokens[i].span.range()]) {
            return date(i..i + 1, numeric);
        }
        let year = year_at(i)?;
        let unit_follows = tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word && self.units.contains_key(&t.word));
        (!unit_follows).then(|| date(i..i + 1, PartialDate::year(year)))?
    }
}

/// "20.07.2023".
fn numeric_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('.').map(|p| p.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && (1..=31).contains(&day) && (1..=12).contains(&month) && (1800..=2200).contains(&year))
        .then(|| PartialDate::day(year as i16, month as u8, day as u8))
}
