//! What a page says of itself: `meta` tags and JSON-LD.

use serde_json::Value;

use crate::source::date;
use crate::source::{Meta, keep_first};

use super::events::Attributes;

/// Takes in a `meta` tag.
pub(super) fn tag(attributes: &Attributes, meta: &mut Meta) {
    let value = plain(&attributes.value);
    match attributes.name.as_str() {
        "og:title" | "twitter:title" | "dc.title" | "headline" => keep_first(&mut meta.headline, value),
        "og:site_name" | "application-name" | "publisher" | "dc.publisher" => keep_first(&mut meta.site, value),
        "author" | "article:author" | "dc.creator" | "byl" | "parsely-author" => keep_first(&mut meta.author, value),
        "article:published_time"
        | "datepublished"
        | "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "dc.date"
        | "dc.date.issued"
        | "dcterms.created"
        | "dcterms.date"
        | "parsely-pub-date"
        | "sailthru.date"
        | "citation_publication_date"
        | "og:published_time" => {
            meta.published = meta.published.or_else(|| date::machine(&attributes.value));
        }
        "article:modified_time" | "datemodified" | "last-modified" | "og:updated_time" | "dcterms.modified" => {
            meta.modified = meta.modified.or_else(|| date::machine(&attributes.value));
        }
        _ => {}
    }
}

/// Takes in a script of type `application/ld+json`; what is no JSON says nothing.
pub(super) fn json_ld(text: &str, meta: &mut Meta) {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        read(&value, meta, 0);
    }
}

fn read(value: &Value, meta: &mut Meta, depth: usize) {
    match value {
        Value::Array(list) if depth < 4 => list.iter().for_each(|v| read(v, meta, depth + 1)),
        Value::Object(map) if depth < 4 => {
            if let Some(graph) = map.get("@graph") {
                read(graph, meta, depth + 1);
            }
            let text = |key: &str| map.get(key).and_then(name).map(plain).unwrap_or_default();
            let is_article = map.contains_key("headline") || map.contains_key("datePublished");
            if is_article {
                keep_first(&mut meta.headline, text("headline"));
                keep_first(&mut meta.author, text("author"));
                keep_first(&mut meta.site, text("publisher"));
                meta.published = meta.published.or_else(|| date::machine(&text("datePublished")));
                meta.modified = meta.modified.or_else(|| date::machine(&text("dateModified")));
            }
        }
        _ => {}
    }
}

/// A text, the name of an object, or the first of a list.
fn name(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(map) => map.get("name").and_then(Value::as_str),
        Value::Array(list) => list.first().and_then(|v| v.as_str().or_else(|| v.get("name").and_then(Value::as_str))),
        _ => None,
    }
}

/// Decoded, with white space folded.
fn plain(text: &str) -> String {
    let mut buffer = crate::source::buffer::Buffer::default();
    crate::source::entities::push_decoded(&mut buffer, text, 0);
    buffer.take().text
}
