//! Names and edge words in verb sentences.
//!
//! A bare name runs over words until one that goes on with the sentence. What people write into names (hyphens, dots,
//! `/`, `&`) belongs to a word where no blank stands before it.

use std::borrow::Cow;

use super::date::month_date;
use super::lexer::{Kind, Token, unbackquote, unescape};
use super::tokens::{Parsed, Tokens, any_word};
use crate::query::ast::{Join, Name, NameForm, Names, Object, Relation, Word};
use crate::query::keywords;
use crate::query::syntax::Expected;
use crate::query::vocabulary::MOST_WORDS;

/// Which words, besides those of the tail, end a bare name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stops {
    /// Words of a search: `from`, `to`, `via` …
    pub search: bool,
    /// `depth`, `out`, `over`.
    pub around: bool,
    /// `without`, `closing`, `if`, `closes`.
    pub closed: bool,
    /// `with`, between names.
    pub with: bool,
    /// Known edge words.
    pub edges: bool,
}

/// Whether the word at `i` goes on with the sentence.
fn ends_name(i: Tokens<'_, '_>, stops: Stops) -> bool {
    let Some(word) = i.word(0) else { return false };
    let followed = |second: &str| i.is_word(1, second);
    let number = matches!(i.kind(1), Some(Kind::Int(_)));
    match word.to_ascii_lowercase().as_str() {
        "where" | "by" | "and" | "or" | "since" | "before" | "until" | "stated" | "in" => true,
        // "World Order" is a name, "order" is not.
        "order" => followed("by") || word == "order",
        "limit" | "skip" => number || word == "limit",
        "mode" => i.word(1).is_some(),
        "as" => followed("of"),
        "between" => number || matches!(i.kind(1), Some(Kind::Date(_))) || month_date(i.skip(1)).is_some(),
        "with" => followed("world") || stops.with,
        "from" | "to" | "via" | "through" | "bypassing" | "avoiding" | "carrying" | "within" => stops.search,
        "over" => stops.search || stops.around,
        "depth" => stops.around,
        "out" => stops.around && (i.skip(1).is_done() || ends_name(i.skip(1), stops)),
        "without" | "closing" | "closes" | "close" | "if" => stops.closed,
        "is" | "are" => stops.closed && followed("closed"),
        _ => false,
    }
}

/// Whether a name may begin with the word at `i` although it would end one: "Via Baltica", "In Salah".
pub(super) fn begins_name(i: Tokens<'_, '_>) -> bool {
    let mut chars = i.word(0).unwrap_or("").chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase) && i.word(1).is_some()
}

/// Whether `symbol` may stand within a bare name.
fn joins_words(symbol: &str) -> bool {
    matches!(symbol, "-" | "–" | "—" | "−" | "‐" | "‑" | "." | "/" | "&" | "+" | ":")
}

/// Tokens of the bare word at `i`: those that follow its first without a blank.
fn word_tokens(i: Tokens<'_, '_>) -> u32 {
    let joined = |token: &Token<'_>| match token.kind {
        Kind::Word(_) | Kind::Int(_) | Kind::Float(_) | Kind::Date(_) => true,
        Kind::Symbol(symbol) => joins_words(symbol),
        Kind::Quoted(_) | Kind::Backquoted(_) | Kind::Parameter(_) | Kind::Foreign(_) | Kind::Bad(_) => false,
    };
    let mut count = 1;
    while i.token(count).is_some_and(|t| t.glued && joined(t)) {
        count += 1;
    }
    count
}

/// Tokens of the bare name at `i`, 0 if there is none.
fn bare_tokens(i: Tokens<'_, '_>, stops: Stops) -> u32 {
    let starts = |i: Tokens<'_, '_>| matches!(i.kind(0), Some(Kind::Word(_) | Kind::Int(_) | Kind::Float(_) | Kind::Date(_)));
    let mut count = 0;
    loop {
        let at = i.skip(count);
        let dash = matches!(at.kind(0), Some(Kind::Symbol("-" | "–" | "—" | "&"))) && count > 0;
        if dash && starts(at.skip(1)) && !at.token(1).is_some_and(|t| t.glued) {
            count += 1;
            continue;
        }
        let ends = ends_name(at, stops) || (stops.edges && count > 0 && wording(at) > 0);
        if !starts(at) || (ends && !(count == 0 && begins_name(at))) {
            return count;
        }
        count += word_tokens(at);
    }
}

/// The text of the bare words between `i` and `rest`, single blanks between them.
fn bare_text<'s>(i: Tokens<'s, '_>, rest: Tokens<'s, '_>) -> Cow<'s, str> {
    let typed = i.text(i.span_to(rest));
    if !typed.contains(|c: char| c.is_whitespace() && c != ' ') && !typed.contains("  ") && !typed.contains("/*") {
        return Cow::Borrowed(typed);
    }
    let mut text = String::with_capacity(typed.len());
    for at in 0..rest.at - i.at {
        if let Some(token) = i.token(at) {
            if at > 0 && !token.glued {
                text.push(' ');
            }
            text.push_str(i.text(token.span));
        }
    }
    Cow::Owned(text)
}

/// One name.
pub(super) fn name<'s, 't>(i: Tokens<'s, 't>, stops: Stops) -> Parsed<'s, 't, Name<'s>> {
    let one = |text, form| Ok((i.skip(1), Name { text, form, span: i.span_to(i.skip(1)) }));
    match i.kind(0) {
        Some(Kind::Quoted(raw)) => return one(unescape(raw), NameForm::Quoted),
        Some(Kind::Parameter(name)) => return one(name.into(), NameForm::Parameter),
        _ => {}
    }
    let count = bare_tokens(i, stops);
    if count == 0 {
        return i.miss(Expected::Name);
    }
    let rest = i.skip(count);
    let span = i.span_to(rest);
    i.state.names.borrow_mut().push(span);
    if rest.at as usize == i.state.tokens.len() {
        i.state.open_name.set(Some(i.start()));
    }
    Ok((rest, Name { text: bare_text(i, rest), form: NameForm::Bare, span }))
}

/// Names joined by commas, "and" or "or".
pub(super) fn names<'s, 't>(i: Tokens<'s, 't>, stops: Stops) -> Parsed<'s, 't, Names<'s>> {
    let (mut rest, first) = name(i, stops)?;
    let (mut items, mut joins) = (vec![first], Vec::new());
    while let Some((join, tokens)) = join(rest, stops) {
        let (after, item) = name(rest.skip(tokens), stops)?;
        items.push(item);
        joins.push(join);
        rest = after;
    }
    for word in ["and", "or"] {
        rest.note(Expected::Keyword(word));
    }
    if stops.with {
        rest.note(Expected::Keyword("with"));
    }
    rest.note(Expected::Symbol(","));
    let span = i.span_to(rest);
    Ok((rest, Names { source: i.text(span), items, joins, span }))
}

fn join(i: Tokens<'_, '_>, stops: Stops) -> Option<(Join, u32)> {
    let comma = u32::from(i.is_symbol(0, ","));
    let word = |w: &str| i.is_word(comma, w);
    if word("and") || (stops.with && word("with") && !i.is_word(comma + 1, "world")) {
        Some((Join::And, comma + 1))
    } else if word("or") {
        Some((Join::Or, comma + 1))
    } else {
        (comma > 0).then_some((Join::Comma, 1))
    }
}

/// Tokens of the longest known noun at `i`, 0 if there is none.
pub(super) fn noun_tokens(i: Tokens<'_, '_>) -> u32 {
    if let Some(Kind::Backquoted(raw)) = i.kind(0) {
        return u32::from(i.state.vocabulary.sense(&unbackquote(raw)).is_some());
    }
    let (mut text, mut longest) = (String::new(), 0);
    for count in 1..=MOST_WORDS as u32 {
        let Some(word) = i.word(count - 1).filter(|_| count == 1 || i.token(count - 1).is_some_and(|t| !t.glued)) else { break };
        text.push_str(if count > 1 { " " } else { "" });
        text.push_str(word);
        if i.state.vocabulary.sense(&text).is_some() {
            longest = count;
        }
    }
    // A word that goes on with a hyphen is another word.
    let whole = !i.token(longest).is_some_and(|t| t.glued && matches!(t.kind, Kind::Symbol("-" | "–" | ".")));
    if whole { longest } else { 0 }
}

/// A noun for things: a known one of one word or several, else any word.
pub(super) fn noun_word<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Word<'s>> {
    let count = noun_tokens(i);
    if count < 2 {
        return any_word(Expected::Type)(i);
    }
    let rest = i.skip(count);
    Ok((rest, Word { text: bare_text(i, rest), span: i.span_to(rest) }))
}

/// Names, a type, or "anything".
pub(super) fn object<'s, 't>(i: Tokens<'s, 't>, stops: Stops) -> Parsed<'s, 't, Object<'s>> {
    let ends = |i: Tokens<'_, '_>| i.is_done() || i.is_symbol(0, ";") || ends_name(i, Stops { search: true, ..stops });
    let anything = ["what", "whom", "anything", "everything", "anyone", "everyone"];
    if anything.iter().any(|w| i.is_word(0, w)) && ends(i.skip(1)) {
        return Ok((i.skip(1), Object::Anything(i.span_to(i.skip(1)))));
    }
    let after = i.skip(noun_tokens(i));
    let joined = after.is_word(0, "and") || after.is_word(0, "or");
    if after != i && ends(after) && !joined && !i.state.vocabulary.may_be_a_name(i.text(i.span_to(after))) {
        let (rest, word) = noun_word(i)?;
        return Ok((rest, Object::Type(word)));
    }
    i.note(Expected::Type);
    let (rest, names) = names(i, stops)?;
    Ok((rest, Object::Names(names)))
}

// ---------------------------------------------------------------- edge words

/// Words of the longest edge wording that starts at `i`, 0 if none does.
pub(super) fn wording(i: Tokens<'_, '_>) -> u32 {
    let vocabulary = i.state.vocabulary;
    let Some(first) = i.word(0).filter(|w| vocabulary.starts_wording(w)) else { return 0 };
    let mut text = first.to_owned();
    let mut longest = u32::from(!vocabulary.readings(&text).is_empty());
    for count in 2..=vocabulary.longest_wording() as u32 {
        let Some(word) = i.word(count - 1).filter(|_| i.token(count - 1).is_some_and(|t| !t.glued)) else { break };
        text.push(' ');
        text.push_str(word);
        if !vocabulary.readings(&text).is_empty() {
            longest = count;
        }
    }
    // A word that goes on with a hyphen is another word.
    let whole = !i.token(longest).is_some_and(|t| t.glued && matches!(t.kind, Kind::Symbol("-" | "–" | ".")));
    if whole { longest } else { 0 }
}

/// Words at `i` that are an edge wording together with an "is" that stands before the names: "is Japan | a member of"; 0 if
/// they are none.
fn parted_wording(i: Tokens<'_, '_>) -> u32 {
    let (mut text, mut longest) = ("is".to_owned(), 0);
    for count in 1..i.state.vocabulary.longest_wording() as u32 {
        let Some(word) = i.word(count - 1).filter(|_| i.token(count - 1).is_some_and(|t| !t.glued)) else { break };
        text.push(' ');
        text.push_str(word);
        if !i.state.vocabulary.readings(&text).is_empty() {
            longest = count;
        }
    }
    longest
}

/// Edge words around names, as questions have them ("is Japan a member of"): the names' tokens, and the words in one.
pub(super) fn parted_relation<'s, 't>(i: Tokens<'s, 't>) -> Option<(Tokens<'s, 't>, Tokens<'s, 't>, Relation<'s>)> {
    if !is_copula(i.word(0)) || known_relation(i).is_some() {
        return None;
    }
    let ends = |at: u32| ends_name(i.skip(at), Stops::default()) && !["and", "or"].iter().any(|w| i.is_word(at, w));
    let lower = |at: u32| i.skip(at).word(0).is_some_and(|w| w.starts_with(char::is_lowercase));
    let range = 2..(2..i.end - i.at).find(|at| ends(*at) && parted_wording(i.skip(*at)) == 0).unwrap_or(i.end - i.at);
    let mut parted = range.map(|at| (at, parted_wording(i.skip(at))));
    // "is Japan | is funded by" and "is Japan is | in" have an "is" too many.
    let one_copula = |at: u32| !is_copula(i.word(at)) && (at == 2 || !is_copula(i.word(at - 1)));
    let (at, count) = parted.find(|(at, count)| *count > 0 && lower(*at) && one_copula(*at))?;
    // Edge words among the names are the question's: "what is A that funds B in".
    if find_relation(i.skip(1).first(at - 1)).is_some() {
        return None;
    }
    let (words, rest) = (i.skip(at), i.skip(at + count));
    let text = format!("is {}", bare_text(words, rest)).into();
    Some((i.skip(1).first(at - 1), rest, Relation { text, noun: false, span: words.span_to(rest) }))
}

/// Whether `word` is a form of "to be".
pub(super) fn is_copula(word: Option<&str>) -> bool {
    word.is_some_and(|w| keywords::is_one(w, &["is", "are", "was", "were"]))
}

/// The relation of the next `count` tokens.
fn relation_of<'s, 't>(i: Tokens<'s, 't>, count: u32, noun: bool) -> (Tokens<'s, 't>, Relation<'s>) {
    let rest = i.skip(count);
    (rest, Relation { text: bare_text(i, rest), noun, span: i.span_to(rest) })
}

/// Edge words that the schema knows. "are members of" gives "members of" as a noun.
pub(super) fn known_relation<'s, 't>(i: Tokens<'s, 't>) -> Option<(Tokens<'s, 't>, Relation<'s>)> {
    let count = wording(i);
    if count > 0 {
        return Some(relation_of(i, count, false));
    }
    if !is_copula(i.word(0)) {
        return None;
    }
    let after = i.skip(1);
    let after = if ["a", "an", "the"].iter().any(|w| after.is_word(0, w)) { after.skip(1) } else { after };
    let count = wording(after);
    (count > 0).then(|| relation_of(after, count, true))
}

/// Edge words, known or not: of unknown ones a single word, or "is funded by" and its like.
pub(super) fn relation<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Relation<'s>> {
    if let Some(found) = known_relation(i) {
        return Ok(found);
    }
    if i.word(0).is_none() {
        if let Some(Kind::Backquoted(_)) = i.kind(0) {
            let (rest, word) = any_word(Expected::Edge)(i)?;
            return Ok((rest, Relation { text: word.text, noun: false, span: word.span }));
        }
        return i.miss(Expected::Edge);
    }
    let preposition = |w: &str| keywords::is_one(w, &["by", "in", "to", "of", "for", "with", "on", "at"]);
    let count = match (is_copula(i.word(0)), i.word(1), i.word(2)) {
        (true, Some(_), Some(third)) if preposition(third) => 3,
        (true, Some(_), _) => 2,
        // "over is": printed before a clause, it would read on into it.
        (true, None, _) => return i.skip(1).miss(Expected::Edge),
        _ => word_tokens(i),
    };
    Ok(relation_of(i, count, false))
}

/// The first place within the words at `i`, from the second on, where known edge words stand.
pub(super) fn find_relation(i: Tokens<'_, '_>) -> Option<u32> {
    let lower = |at: u32| i.skip(at).word(0).is_some_and(|w| w.starts_with(char::is_lowercase));
    let fits = |at: u32| i.token(at).is_some_and(|t| !t.glued) && known_relation(i.skip(at)).is_some();
    let joins = |at: u32| ["and", "or"].iter().any(|w| i.is_word(at, w));
    // Beyond the clause that ends the names there are none.
    let ends = |at: u32| !joins(at) && ends_name(i.skip(at), Stops::default()) && !fits(at);
    let range = 1..(1..i.end - i.at).find(|at| ends(*at)).unwrap_or(i.end - i.at);
    // Verbs are written small, parts of names are not; unless all is capitals.
    range.clone().find(|at| lower(*at) && fits(*at)).or_else(|| range.clone().find(|at| fits(*at)))
}
