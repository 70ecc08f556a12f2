//! HTML as a list of tags and texts with their places, by lol_html.
//!
//! lol_html reads what browsers read, in one pass, and says where each tag and text
//! stands; what the tags mean is for `html` to say.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use lol_html::html_content::{Element, EndTag, TextChunk, TextType};
use lol_html::{DocumentContentHandlers, HtmlRewriter, MemorySettings, Settings, element};

/// The attributes that matter, each empty where it is not there.
#[derive(Debug, Default, Clone)]
pub(super) struct Attributes {
    /// `class`, `id`, `itemprop` and `rel`, parted by blanks.
    pub(super) marks: String,
    /// `role`.
    pub(super) role: String,
    /// `name`, `property` or `itemprop` of a `meta`.
    pub(super) name: String,
    /// `content` of a `meta`; `datetime` of a `time`; `type` of a `script`.
    pub(super) value: String,
    /// `hidden`, `aria-hidden="true"`, or a style that hides.
    pub(super) hidden: bool,
}

/// One thing in a page, in order.
#[derive(Debug)]
pub(super) enum Event {
    /// An element begins; whether it can hold anything.
    Start { name: Box<str>, attributes: Box<Attributes>, holds: bool, at: usize },
    /// The element that began as the event of this index ends.
    End { start: usize },
    /// Text as it stands in the input, undecoded.
    Text { span: Range<usize>, script: bool },
}

/// The page could not be read to its end.
#[derive(Debug)]
pub(super) struct Broken;

/// Most memory that lol_html may use for what it keeps of a page.
const MEMORY: usize = 1 << 30;

/// All events of a page. O(bytes).
pub(super) fn events(html: &str) -> (Vec<Event>, Option<Broken>) {
    let events: Rc<RefCell<Vec<Event>>> = Rc::default();
    let starts = Rc::clone(&events);
    let texts = Rc::clone(&events);
    let on_element = move |el: &mut Element<'_, '_>| {
        let index = starts.borrow().len();
        let name = el.tag_name().into_boxed_str();
        let attributes = Box::new(attributes(&name, el));
        let holds = el.can_have_content() && !el.is_self_closing();
        starts.borrow_mut().push(Event::Start { name, attributes, holds, at: el.source_location().bytes().start });
        if el.can_have_content() {
            let ends = Rc::clone(&starts);
            el.on_end_tag(Box::new(move |_: &mut EndTag<'_>| {
                ends.borrow_mut().push(Event::End { start: index });
                Ok(())
            }))?;
        }
        Ok(())
    };
    let on_text = move |chunk: &mut TextChunk<'_>| {
        let span = chunk.source_location().bytes();
        let script = matches!(chunk.text_type(), TextType::ScriptData | TextType::RawText | TextType::CDataSection);
        if span.is_empty() {
            return Ok(());
        }
        let mut all = texts.borrow_mut();
        if let Some(Event::Text { span: last, script: same }) = all.last_mut()
            && last.end == span.start
            && *same == script
        {
            last.end = span.end;
            return Ok(());
        }
        all.push(Event::Text { span, script });
        Ok(())
    };
    let settings = Settings::new()
        .append_element_content_handler(element!("*", on_element))
        .append_document_content_handler(DocumentContentHandlers::default().text(on_text))
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MEMORY))
        .with_strict(false);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| ());
    let broken = match rewriter.write(html.as_bytes()) {
        Ok(()) => rewriter.end().err().map(|_| Broken),
        Err(_) => Some(Broken),
    };
    let all = std::mem::take(&mut *events.borrow_mut());
    (all, broken)
}

fn attributes(name: &str, el: &Element<'_, '_>) -> Attributes {
    let mut out = Attributes::default();
    for attribute in el.attributes() {
        let value = || attribute.value();
        match (attribute.name().as_str(), name) {
            ("itemprop" | "name" | "property", "meta") => out.name = value().to_ascii_lowercase(),
            ("content", "meta") | ("datetime", "time") | ("type", "script") => out.value = value(),
            ("class" | "id" | "itemprop" | "rel", _) => {
                out.marks.push_str(&value());
                out.marks.push(' ');
            }
            ("role", _) => out.role = value().to_ascii_lowercase(),
            ("hidden", _) => out.hidden = true,
            ("aria-hidden", _) => out.hidden |= value() == "true",
            ("style", _) => {
                let style: String = value().chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                out.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            _ => {}
        }
    }
    out
}
