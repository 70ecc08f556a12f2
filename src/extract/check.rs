//! The examples that stand beside each frame: a sentence that must make the edge, and one that must not.
//!
//! They are the first thing that a change to the patterns breaks; `silkgraph check` runs them.

use crate::diagnostic::Diagnostic;
use crate::model::{Article, Block, BlockKind, Document, Extraction, Mode, Statement, Text};
use crate::names::fold;
use crate::schema::Schema;
use crate::schema::patterns::{Frame, Patterns};

use super::Extractor;

/// What is wrong with the examples of the frames. O(examples).
#[must_use]
pub fn check_examples(schema: &Schema, patterns: &Patterns) -> Vec<Diagnostic> {
    let extractor = Extractor::new(schema, patterns);
    let mut out = Vec::new();
    for frame in &patterns.frames.frames {
        out.extend(frame.yes.iter().filter_map(|example| missing(&extractor, schema, frame, example)));
        out.extend(frame.no.iter().filter_map(|text| made_up(&extractor, frame, text)));
    }
    out
}

fn read(extractor: &Extractor<'_>, text: &str) -> Extraction {
    let block = Block { kind: BlockKind::Paragraph, text: Text::verbatim(text, 0), cells: Vec::new() };
    let article = Article { number: 1, blocks: vec![block], ..Article::default() };
    let document = Document { id: "example".into(), hash: String::new(), articles: vec![article] };
    extractor.extract(&document, text.as_bytes())
}

fn missing(extractor: &Extractor<'_>, schema: &Schema, frame: &Frame, example: &str) -> Option<Diagnostic> {
    // Either direction of an alliance is the same alliance.
    let symmetric = schema.edge_type(&frame.edge).is_some_and(|t| schema.edge_types[t.0 as usize].symmetric);
    let wrong = |why: &str| {
        Diagnostic::error("S030", format!("the frame `{}` {why}", frame.id))
            .of("patterns/frames.ron")
            .hint(format!("its example is: {example}"))
    };
    let parts = example.split_once(" | ").and_then(|(text, edge)| Some((text, edge.split_once(" > ")?)));
    let Some((text, (from, to))) = parts else {
        return Some(wrong("has an example that is not of the form `sentence | from > to` or `… > to @mode`"));
    };
    let (to, mode) = match to.split_once(" @") {
        None => (to, None),
        Some((to, word)) => match word.parse::<Mode>() {
            Ok(mode) => (to, Some(mode)),
            Err(_) => return Some(wrong("has an example with a word behind `@` that is no mode")),
        },
    };
    let extraction = read(extractor, text);
    let called = |entity: u32, name: &str| {
        let Some(entity) = extraction.entities.get(entity as usize) else { return false };
        let wanted = fold(name);
        entity.forms.iter().chain([&entity.name]).any(|form| {
            let form = fold(form);
            form.strip_prefix("the ").unwrap_or(&form) == wanted
        })
    };
    let ends = |a: u32, b: u32| called(a, from) && called(b, to);
    let found = extraction.claims.iter().any(|claim| {
        matches!(&claim.statement, Statement::Edge { kind, object }
            if **kind == *frame.edge
                && *claim.rule == *frame.id
                && (ends(claim.subject, *object) || symmetric && ends(*object, claim.subject)))
            && mode.is_none_or(|mode| mode == claim.mode)
    });
    (!found).then(|| wrong("does not find the edge of its example"))
}

fn made_up(extractor: &Extractor<'_>, frame: &Frame, text: &str) -> Option<Diagnostic> {
    let extraction = read(extractor, text);
    let found = extraction.claims.iter().any(|claim| {
        let edge = matches!(&claim.statement, Statement::Edge { kind, .. } if **kind == *frame.edge);
        edge && *claim.rule == *frame.id && claim.mode != Mode::Denied
    });
    found.then(|| {
        Diagnostic::error("S031", format!("the frame `{}` finds an edge in a sentence that has none", frame.id))
            .of("patterns/frames.ron")
            .hint(format!("the sentence is: {text}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::patterns::DEFAULT_FILES;

    fn defaults() -> (Schema, Patterns) {
        (Schema::load(&Schema::default_files()).unwrap(), Patterns::read(DEFAULT_FILES).unwrap())
    }

    #[test]
    fn the_default_frames_keep_their_word() {
        let (schema, patterns) = defaults();
        let wrong: Vec<String> =
            check_examples(&schema, &patterns).iter().map(|d| format!("{} {:?}", d.message, d.hints)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_frame_that_fails_its_example_is_told() {
        let (schema, mut patterns) = defaults();
        let frame = &mut patterns.frames.frames[0];
        frame.yes = vec![
            "The sun rises. | Kenya > Uganda".into(),
            "no edge at all".into(),
            "The sun rises. | Kenya > Uganda @never".into(),
        ];
        let id = frame.id.clone();
        let denial = patterns.frames.frames.iter_mut().find(|f| f.yes.iter().any(|e| e.ends_with(" @denied")));
        let denial = denial.expect("a frame whose example is denied");
        denial.yes = denial.yes.iter().map(|e| e.replace(" @denied", " @actual")).collect();
        let denied = denial.id.clone();
        let found = check_examples(&schema, &patterns);
        assert_eq!(found.iter().filter(|d| d.message.contains(&*id)).count(), 3);
        assert_eq!(found.iter().filter(|d| d.message.contains(&*denied)).count(), 1, "the mode is looked at");
    }
}
