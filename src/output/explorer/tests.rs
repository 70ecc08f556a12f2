//! The page as written: one file, nothing from outside, and nothing of what documents say in it as markup.

use super::{csp_hash, harmless, write};
use crate::output::export::Export;
use crate::output::tests::graph;
use crate::output::{PictureOptions, Selection};
use crate::schema::Schema;

fn page(title: &str) -> String {
    let graph = graph();
    let selection = Selection { title: title.to_owned(), ..Selection::whole(&graph, true) };
    let pictures = PictureOptions::default();
    let export = Export { graph: &graph, schema: Schema::builtin(), selection: &selection, pictures: &pictures };
    let mut out = Vec::new();
    write(&export, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn a_hostile_title_stays_text() {
    let page = page("</title><script>alert(1)</script>\u{202e}\"'&");
    assert!(!page.contains("<script>alert"));
    assert_eq!(
        between(&page, "<title>", "</title>"),
        "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; · silkgraph explorer"
    );
}

#[test]
fn the_data_is_json_without_an_angle_bracket() {
    let page = page("any");
    let data = between(&page, "<script type=\"application/json\" id=\"data\">", "</script>");
    assert!(!data.contains('<'));
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let graph = graph();
    assert_eq!(data["nodes"].as_array().unwrap().len(), graph.node_count() as usize);
    assert_eq!(data["edges"].as_array().unwrap().len(), graph.edge_count() as usize);
    assert_eq!(harmless("\"</script><!--\u{2028}\""), "\"\\u003c/script>\\u003c!--\\u2028\"");
}

#[test]
fn the_policy_names_just_the_page_s_own_script_and_style() {
    let page = page("any");
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let script = between(&page, "<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    let wanted = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        csp_hash(script),
        csp_hash(style)
    );
    assert_eq!(policy, wanted);
}

#[test]
fn nothing_is_fetched() {
    let page = page("any");
    let shell = page.replace("http://www.w3.org/2000/svg", "");
    for door in ["http://", "https://", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
        assert!(!shell.contains(door), "{door}");
    }
}
