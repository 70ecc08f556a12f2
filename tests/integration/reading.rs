//! Readers as a whole: one text in three formats, positions that lead to the file, hostile input.

use crate::counting::{Cost, cost};
use proptest::prelude::*;
use silkgraph::extract::Extractor;
use silkgraph::model::{Block, BlockKind, Document};
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::source::{Reader, read};

const PARAGRAPHS: [&str; 3] = [
    "Türkiye & Georgia reopened the “Baku–Tbilisi–Kars” railway in May 2024, and the line now carries 5 million tonnes of freight a year.",
    "It cost $100 million. Kazakhstan\u{a0}has not paid for it, although the company’s <new> terminal stands in Aktau.",
    "Russia is not on the route, which leads from China over the Caspian Sea to Europe and is 4,256 km long.",
];

fn read_well(name: &str, text: &str) -> Document {
    let (document, remarks) = read(name, text.as_bytes());
    assert_eq!(remarks, []);
    document.unwrap_or_else(|| panic!("{name} is not read"))
}

/// Kind and text of what is read.
fn body(document: &Document) -> Vec<(BlockKind, String)> {
    let is_read = |b: &&Block| !matches!(b.kind, BlockKind::Furniture | BlockKind::Heading);
    document.articles.iter().flat_map(|a| &a.blocks).filter(is_read).map(|b| (b.kind, b.text.text.clone())).collect()
}

fn as_text() -> String {
    format!(
        "A railway for three\n\nBy Ada Example\n20 December 2025\n\n{}\n\nRead also: Snow on the pass\n",
        PARAGRAPHS.join("\n\n")
    )
}

fn as_markdown() -> String {
    let escaped = PARAGRAPHS.map(|p| p.replace('<', "\\<").replace('&', "&amp;").replace("Kars", "*Kars*"));
    format!(
        "[Home](/) | [News](/n)\n\n# A railway for three\n\nBy Ada Example\n\n20 December 2025\n\n{}\n\n[Read also: Snow](/s)\n",
        escaped.join("\n\n")
    )
}

fn as_html() -> String {
    let escaped = PARAGRAPHS.map(|p| {
        let p = p.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('ü', "&uuml;").replace('–', "&ndash;");
        format!(
            "<p>{}</p>",
            p.replace('\u{a0}', "&nbsp;").replace("Kars", "<b>Kars</b>").replace("freight", "<a href='/f'>freight</a>")
        )
    });
    format!(
        "<html><head><title>A railway for three | Daily</title><script>var x = 'Iran opposes it.';</script></head><body><nav><a href='/'>Home</a></nav>\
         <article><h1>A railway for three</h1><p class=byline>By Ada Example</p><time datetime='2025-12-20T10:00Z'>20 December</time>\
         {}<aside>Read also: <a href='/s'>Snow on the pass</a></aside></article><footer>&copy; Daily</footer></body></html>",
        escaped.join("\n<div class='ad'>Advertisement</div>\n")
    )
}

#[test]
fn one_article_in_three_formats_is_read_alike() {
    let documents = [read_well("a.txt", &as_text()), read_well("a.md", &as_markdown()), read_well("a.html", &as_html())];
    for document in &documents {
        let article = &document.articles[0];
        assert_eq!(document.articles.len(), 1);
        assert_eq!(article.title.as_ref().map(|t| t.text.as_str()), Some("A railway for three"));
        assert_eq!(article.byline.as_deref(), Some("Ada Example"));
        assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2025-12-20"));
        assert_eq!(body(document), body(&documents[0]));
    }
    assert_eq!(body(&documents[0]).len(), 3);
}

#[test]
fn the_claims_of_three_formats_are_the_same() {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let extractor = Extractor::new(Schema::builtin(), &patterns);
    let claims = |name: &str, text: &str| {
        let extraction = extractor.extract(&read_well(name, text), text.as_bytes());
        let mut claims: Vec<String> = extraction.claims.iter().map(|c| format!("{:?} {} {}", c.mode, c.rule, c.text)).collect();
        claims.sort();
        for claim in &extraction.claims {
            // The sentence begins at its place in the file.
            let at = &text[claim.locus.span.range()];
            assert_eq!(at.chars().next(), claim.text.chars().next());
        }
        claims
    };
    let text = claims("a.txt", &as_text());
    assert!(!text.is_empty());
    assert_eq!(claims("a.md", &as_markdown()), text);
    assert_eq!(claims("a.html", &as_html().replace("&uuml;", "ü")), text);
}

#[test]
fn tables_have_rows_and_cells() {
    let markdown = "# Shares\n\n| Partner | Share |\n| --- | ---: |\n| Georgia &amp; co | 12% |\n| Iran | |\n\nThe rest is shared by all the other partners of the line together.\n";
    let html = "<h1>Shares</h1><table><tr><th>Partner</th><th>Share</th></tr><tr><td><p>Georgia &amp; co</p></td><td>12%</td></tr><tr><td>Iran</td><td></td></tr></table><p>The rest is shared by all the other partners of the line together.</p>";
    for (name, text) in [("t.md", markdown), ("t.html", html)] {
        let document = read_well(name, text);
        let rows: Vec<_> = document.articles[0].blocks.iter().filter(|b| !b.cells.is_empty()).collect();
        let cells = |b: &Block| b.cells.iter().map(|c| b.text.text[c.range()].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            rows.iter().map(|b| b.kind).collect::<Vec<_>>(),
            [BlockKind::TableHead, BlockKind::TableRow, BlockKind::TableRow],
            "{name}"
        );
        assert_eq!(cells(rows[0]), ["Partner", "Share"], "{name}");
        assert_eq!(cells(rows[1]), ["Georgia & co", "12%"], "{name}");
        assert_eq!(cells(rows[2]), ["Iran", ""], "{name}");
        let at = rows[1].text.file_span(rows[1].cells[1]);
        assert_eq!(&text[at.range()], "12%");
    }
}

#[test]
fn a_line_broken_a_word_early_goes_on() {
    let text = "ROAD OPENED\n\nThe ministers of Togo, Ghana and Benin met in Lome today and signed a second\n\
                annex to the road charter, under which lorries pay no more at any of the gates\n\
                all along the coast. Twelve envoys attended it, among them Kwame\n\
                Boateng of Ghana and Awa Sossou of Benin, and the mayor of the town spoke as\n\
                well.\n";
    let body = body(&read_well("wrapped.txt", text));
    assert_eq!(body.len(), 1, "{body:?}");
    assert!(body[0].1.contains("Kwame Boateng of Ghana"), "{body:?}");
}

#[test]
fn several_articles_in_a_file_are_told_apart() {
    let one = |title: &str, author: &str| {
        format!("{title}\n\nBy {author}\n\n{}\n\nAUTHOR’S BIO:\n\n{author} works somewhere else.\n\n", PARAGRAPHS.join("\n\n"))
    };
    let text = format!(
        "{}{}",
        one("A first thing happened today", "Ada Example"),
        one("And then a second thing happened", "Bo Sample & Cy Model")
    );
    let document = read_well("two.txt", &text);
    let bylines: Vec<_> = document.articles.iter().map(|a| a.byline.as_deref().unwrap_or_default()).collect();
    assert_eq!(bylines, ["Ada Example", "Bo Sample & Cy Model"]);
    assert!(body(&document).iter().all(|(_, text)| !text.contains("works somewhere")));
    let html = format!(
        "<article><h2>One thing</h2>{0}</article><article><h2>Other thing</h2>{0}</article>",
        PARAGRAPHS.map(|p| format!("<p>{p}</p>")).concat()
    );
    assert_eq!(read_well("two.html", &html).articles.len(), 2);
}

#[test]
fn a_region_that_holds_the_text_is_no_furniture() {
    let html = format!(
        "<form id=aspnetForm><div class='content has-sidebar'>{}</div></form><div class=sidebar><p>Our partners have their say on this page, too, every day.</p></div>",
        PARAGRAPHS.map(|p| format!("<p>{}</p>", p.replace('<', "&lt;"))).concat()
    );
    assert_eq!(body(&read_well("form.html", &html)).len(), 3);
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let refused = |name: &str, bytes: &[u8]| {
        let (document, remarks) = read(name, bytes);
        assert!(document.is_none(), "{name}");
        remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    insta::assert_snapshot!([
        refused("empty.txt", b""),
        refused("blank.md", b" \n\t\r\n \xc2\xa0\xef\xbb\xbf"),
        refused("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
        refused("report.docx", b"PK\x03\x04\x14\x00\x06\x00"),
        refused("noise.txt", &(0..999u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>()),
    ].join("\n"), @r"
    warning[S101]: empty.txt: the file holds no text; it was left out
    warning[S101]: blank.md: the file holds no text; it was left out
    warning[S103]: report.pdf: the file is no text: it looks like a PDF; it was left out
    warning[S103]: report.docx: the file is no text: it looks like a zip archive or an office document; it was left out
    warning[S103]: noise.txt: the file is no text: it looks like binary data; it was left out
    ");
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let (document, remarks) = Reader::new(&patterns.page).with_limit(100).read("big.txt", &[b'x'; 101]);
    assert!(document.is_none());
    assert_eq!(
        remarks[0].to_string(),
        "warning[S102]: big.txt: the file has 101 bytes, and no more than 100 are read; it was left out"
    );
}

#[test]
fn what_was_mended_is_said() {
    let said = |name: &str, bytes: &[u8]| {
        let (document, remarks) = read(name, bytes);
        assert!(document.is_some(), "{name}");
        remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let sentence = b"The port of Aktau was opened to all ships in the year 2025 by the ministers.";
    let with = |extra: &[u8]| [&sentence[..], extra].concat();
    let wide: Vec<u8> = String::from_utf8_lossy(sentence).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let endless = "and then the train went on ".repeat(200);
    insta::assert_snapshot!([
        said("broken.txt", &with(b" T\xc3\xbcrkiye \xff\xfe.")),
        said("latin.txt", &with(b" T\xfcrkiye.")),
        said("wide.txt", &wide),
        said("controls.txt", &with(b"\x01\x02 Yes, it was.")),
        said("menu.txt", b"Home\nNews\n"),
        said("endless.txt", endless.as_bytes()),
        said("long.txt", &with(b" ").repeat(1000)),
    ].join("\n"), @r"
    warning[S104]: broken.txt: 2 bytes are no UTF-8; they were replaced
    warning[S106]: latin.txt: the file is no UTF-8; it was read as Windows-1252
    warning[S105]: wide.txt: the file is little-endian UTF-16; it was read as such
    warning[S107]: controls.txt: 2 control characters were left out
    warning[S108]: menu.txt: no running text was found in it
    warning[S111]: endless.txt: a sentence of more than 400 words was read in pieces
    warning[S110]: long.txt: a paragraph of 76999 bytes was read in pieces
    ");
}

/// Reads and extracts; every place must lie inside the file, on a boundary of text that is there.
fn survives(name: &str, bytes: &[u8], extractor: &Extractor<'_>) {
    let Some(document) = read(name, bytes).0 else { return };
    for block in document.articles.iter().flat_map(|a| &a.blocks) {
        let text = &block.text;
        assert!(!text.positions.is_empty());
        assert!(text.positions.is_sorted());
        for (at, c) in text.text.char_indices() {
            let span = text.file_span(silkgraph::span::Span::new(at, at + c.len_utf8()));
            assert!(span.start <= span.end && span.end as usize <= bytes.len(), "{name}: {span:?} of {}", bytes.len());
        }
        assert!(block.cells.iter().all(|c| text.text.get(c.range()).is_some()));
    }
    let extraction = extractor.extract(&document, bytes);
    for claim in &extraction.claims {
        assert!(claim.locus.span.end as usize <= bytes.len());
    }
}

fn extractor() -> Extractor<'static> {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    Extractor::new(Schema::builtin(), &patterns)
}

#[test]
fn mutilated_pages_do_no_harm() {
    let extractor = extractor();
    let pages = [("m.html", as_html()), ("m.md", as_markdown()), ("m.txt", as_text())];
    let strategy = (0..3usize, proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..6u8), 1..12));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&strategy, |(which, edits)| {
            let (name, page) = &pages[which];
            let mut bytes = page.clone().into_bytes();
            for (at, byte, action) in edits {
                let at = at.index(bytes.len());
                match action {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
                    3 => bytes.insert(at, *[b'<', b'>', b'&', b'|', b'"', b'*'].get(usize::from(byte) % 6).unwrap_or(&b'<')),
                    4 => {
                        let copy: Vec<u8> = bytes[at..(at + 40).min(bytes.len())].to_vec();
                        bytes.splice(at..at, copy);
                    }
                    _ => bytes.truncate(at),
                }
                if bytes.is_empty() {
                    bytes.push(byte);
                }
            }
            survives(name, &bytes, &extractor);
            Ok(())
        })
        .unwrap();
}

#[test]
fn random_bytes_do_no_harm() {
    let extractor = extractor();
    let strategy = (0..4usize, proptest::collection::vec(any::<u8>(), 0..400), ".{0,200}");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&strategy, |(which, noise, text)| {
            let name = ["r.html", "r.md", "r.txt", "r"][which];
            survives(name, &noise, &extractor);
            survives(name, text.as_bytes(), &extractor);
            survives(name, &[text.as_bytes(), &noise, b"<p>A sentence of some words.</p>"].concat(), &extractor);
            Ok(())
        })
        .unwrap();
}

/// Hostile texts of about `size` bytes each.
fn hostile(size: usize) -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(size / unit.len() + 1);
    let names: String = (0..size / 12).map(|i| format!("Abc{i}x Def{} ", i % 977)).collect();
    let town = |i: usize| char::from(b'a' + (i % 26) as u8).to_string().repeat(1 + i / 26);
    let roads: String =
        (0..size / 60).map(|i| format!("Kenya will build a road from M{}ra to S{}to. ", town(i), town(i))).collect();
    let declared: String = (0..size / 50).map(|i| format!("They signed a pact. The M{}ra Pact is new. ", town(i))).collect();
    vec![
        ("one line", fill("Kazakhstan and Russia agreed on the Aktau–Baku line, which Iran opposes. ")),
        ("a million names", names),
        ("a million roads", roads),
        ("a million pacts", declared),
        ("shares", fill("Most of it left through Odesa. ")),
        ("one sentence", fill("and the road from Aktau to Baku ")),
        ("brackets", fill("((((")),
        ("brackets round words", fill("(Iran [China {Russia \"Japan ")),
        ("quotes", fill("\"“‘'")),
        ("right to left", fill("קזחסטן ורוסיה הסכימו על المسار الجديد. ")),
        ("combining", fill("a\u{301}\u{302}\u{303}\u{304}\u{300}")),
        ("blank lines", fill("Iran\n\n")),
        ("lists", fill("China, Russia, Iran and Japan, ")),
        ("hyphens", fill("A-B-C-D–E–")),
    ]
}

/// Checks that `times` as much input takes about `times` as much work, counted in allocations and their bytes.
fn grows_no_faster(what: &str, small: Cost, large: Cost, times: u64) {
    // Vectors grow by doubling: what is linear may take up to twice as much now and then.
    let (bytes, allocations) = (2 * times * small.bytes, 2 * times * small.allocations);
    assert!(large.bytes <= bytes && large.allocations <= allocations, "{what}, {times} times: {small:?} → {large:?}");
}

#[test]
fn hostile_texts_take_work_that_grows_with_their_size() {
    let extractor = extractor();
    let (small, large) = (hostile(2_500), hostile(20_000));
    for ending in ["txt", "md", "html"] {
        let name = format!("h.{ending}");
        for ((what, short), (_, long)) in small.iter().zip(&large) {
            let [short, long] = [short, long].map(|text| cost(|| survives(&name, text.as_bytes(), &extractor)).1);
            grows_no_faster(&format!("{what} as {ending}"), short, long, 8);
        }
    }
    let deep = ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "> ", "- ", "[", "*", "**_", "<a href=x>", "&amp", "`", "|a"];
    for (name, unit) in ["d.html", "d.md"].iter().flat_map(|n| deep.iter().map(move |u| (*n, *u))) {
        let text = |times: usize| format!("{}Iran opposes the road that was built in 2020 by China.", unit.repeat(times));
        let [short, long] = [500, 4_000].map(|times| cost(|| survives(name, text(times).as_bytes(), &extractor)).1);
        grows_no_faster(&format!("{unit} as {name}"), short, long, 8);
    }
}
