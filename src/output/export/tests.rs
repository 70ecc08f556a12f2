//! Every exporter over the small graph with hostile text, and the table of them.

use super::{EXPORTERS, Export, Exporter, exporter, exporter_of_extension};
use crate::graph::{FrozenGraph, json};
use crate::output::tests::{graph, node};
use crate::output::{PictureOptions, Selection};
use crate::schema::Schema;

fn write(exporter: &dyn Exporter, graph: &FrozenGraph, selection: &Selection) -> Vec<String> {
    bytes(exporter, graph, selection).into_iter().map(|b| String::from_utf8(b).unwrap()).collect()
}

fn bytes(exporter: &dyn Exporter, graph: &FrozenGraph, selection: &Selection) -> Vec<Vec<u8>> {
    let pictures = PictureOptions::default();
    let export = Export { graph, schema: Schema::builtin(), selection, pictures: &pictures };
    let part = |part: usize| {
        let mut out = Vec::new();
        exporter.write(&export, part, &mut out).unwrap();
        out
    };
    (0..exporter.parts().len().max(1)).map(part).collect()
}

#[test]
fn names_and_endings_are_distinct() {
    let mut seen = std::collections::BTreeSet::new();
    for each in EXPORTERS {
        assert!(seen.insert(each.name()), "{} twice", each.name());
        assert_eq!(exporter(each.name()).map(Exporter::name), Some(each.name()));
        for ending in each.extensions() {
            assert_eq!(exporter_of_extension(ending).map(Exporter::name), Some(each.name()), "{ending}");
        }
    }
}

#[test]
fn the_whole_graph_is_read_again_as_it_was() {
    let g = graph();
    let text = &write(exporter("json").unwrap(), &g, &Selection::whole(&g, false))[0];
    assert_eq!(json::read(text.as_bytes()).unwrap(), g.thaw());
}

#[test]
fn a_selection_is_a_graph_of_its_own() {
    let g = graph();
    let text = &write(exporter("json").unwrap(), &g, &Selection::around(&g, node(&g, "state/kz"), 1))[0];
    let part = json::read(text.as_bytes()).unwrap();
    assert_eq!((part.node_count(), part.edge_count()), (2, 1));
    assert_eq!(part.edge(0).map(|e| e.claims.len()), Some(1));
}

#[test]
fn every_format_of_the_small_graph() {
    let g = graph();
    for name in ["gexf", "graphml", "csv", "neo4j", "ftm", "turtle", "mermaid"] {
        let parts = write(exporter(name).unwrap(), &g, &Selection::whole(&g, false));
        insta::assert_snapshot!(name, parts.join("\n=====\n"));
    }
}

#[test]
fn no_format_lets_control_characters_out() {
    let g = graph();
    // Dots hold no text.
    for each in EXPORTERS.iter().filter(|e| e.name() != "png") {
        for text in write(*each, &g, &Selection::whole(&g, false)) {
            let bad = text.chars().find(|&c| c.is_control() && c != '\n');
            assert!(bad.is_none() || matches!(each.name(), "json" | "ron"), "{}: {bad:?}", each.name());
        }
    }
}

#[cfg(feature = "png")]
#[test]
fn a_png_is_one_and_tells_what_its_font_lacks() {
    let g = graph();
    let (png, all) = (exporter("png").unwrap(), Selection::whole(&g, false));
    let one = bytes(png, &g, &all);
    assert!(one[0].starts_with(b"\x89PNG\r\n\x1a\n") && one[0].len() > 2_000);
    assert_eq!(one, bytes(png, &g, &all));
    let export = |selection| {
        let pictures = PictureOptions::default();
        png.remark(&Export { graph: &g, schema: Schema::builtin(), selection, pictures: &pictures })
    };
    let titled = Selection { title: "who funds 東京".to_owned(), ..all };
    assert!(export(&titled).is_some_and(|r| r.contains('京') && r.contains('東')), "{:?}", export(&titled));
}
