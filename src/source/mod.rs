//! From the bytes of a file to a document: formats, articles, page furniture, positions.

#[allow(dead_code, reason = "the other formats need it, and are on their way")]
mod buffer;
mod plain;

use crate::diagnostic::Diagnostic;
use crate::model::{Article, Block, BlockKind, Document};

/// What reading a file gave: a document, unless it cannot be read, and what there is to say of it.
pub type Reading = (Option<Document>, Vec<Diagnostic>);

/// A block as its format gives it, before anybody judges what it is for.
#[derive(Debug)]
struct Raw {
    block: Block,
}

impl Raw {
    fn new(block: Block) -> Self {
        Self { block }
    }
}

/// Reads a file; the format is told by the ending of `id` and by the bytes.
#[must_use]
pub fn read(id: &str, bytes: &[u8]) -> Reading {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return (None, vec![Diagnostic::warning("S104", "the file is no UTF-8 text").of(id)]);
    };
    let articles = articles(plain::blocks(text));
    let hash = blake3::hash(bytes).to_hex()[..32].to_owned();
    (Some(Document { id: id.to_owned(), hash, articles }), Vec::new())
}

fn articles(raws: Vec<Raw>) -> Vec<Article> {
    let mut all = vec![Article { number: 1, ..Article::default() }];
    let mut bio = false;
    for raw in raws {
        let mut block = raw.block;
        let text = block.text.text.trim();
        let number = all.len() as u32;
        let prose = text.ends_with(['.', '!', '?', '"', '”', ')', ':']) && text.len() > 60;
        let byline = text.strip_prefix("By ").filter(|b| b.len() < 60 && !b.ends_with('.'));
        let Some(article) = all.last_mut() else { continue };
        if let Some(names) = byline {
            let byline = Some(names.trim_end_matches([',', ' ']).to_owned());
            bio = false;
            block.kind = BlockKind::Furniture;
            if article.byline.is_some() {
                all.push(Article { number: number + 1, byline, blocks: vec![block], ..Article::default() });
                continue;
            }
            article.byline = byline;
        } else if text.to_uppercase().starts_with("AUTHOR") || text.starts_with("About the author") {
            bio = true;
        }
        if bio || !prose {
            block.kind = BlockKind::Furniture;
        }
        article.blocks.push(block);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_wrapped_by_hand_are_one_paragraph_with_positions() {
        let text = "A road is to be built from the port of Aktau to the capital, and then\nacross the steppe to the border of China, the ministry said on\nMonday.\n\nSecond\u{a0}paragraph, which is a sentence that is long enough to be prose.\n";
        let (document, warnings) = read("a.txt", text.as_bytes());
        assert!(warnings.is_empty());
        let document = document.unwrap();
        let blocks = &document.articles[0].blocks;
        assert_eq!(blocks.len(), 2);
        assert!(
            blocks[0]
                .text
                .text
                .ends_with("capital, and then across the steppe to the border of China, the ministry said on Monday.")
        );
        let at = blocks[0].text.text.find("Monday").unwrap();
        assert_eq!(blocks[0].text.file_offset(at) as usize, text.find("Monday").unwrap());
        let at = blocks[1].text.text.find("paragraph").unwrap();
        assert_eq!(blocks[1].text.file_offset(at) as usize, text.find("paragraph").unwrap());
    }
}
