//! What texts say differently is listed side by side, from the texts to the rows of `conflicts`.

use silkgraph::Builder;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};

/// What `conflicts` lists of these documents, a line a row: about | what | kind | values.
fn conflicts(documents: &[(&str, &str)]) -> Vec<String> {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let all = documents.iter().fold(Builder::new(), |all, (id, text)| all.text(*id, *text));
    let graph = all.schema(Schema::builtin(), &patterns).jobs(1).build().unwrap();
    let answer = graph.query("conflicts").run().unwrap();
    let row = |cells: &[_]| cells.iter().take(4).map(|cell| graph.show(cell)).collect::<Vec<_>>().join(" | ");
    answer.rows.iter().map(|r| row(&r.cells)).collect()
}

#[test]
fn how_far_an_agreement_has_come_is_told_by_its_words() {
    let signed = ("a.txt", "News\n\nChad and Niger have initialled a peace agreement.\n");
    let likely = ("c.txt", "News\n\nA peace treaty between Chad and Niger seems likely.\n");
    let concluded = ("b.txt", "News\n\nNiger and Chad concluded a peace treaty last year.\n");
    let found = conflicts(&[signed, concluded, likely]);
    let row = |state: &str| {
        let about = format!("{state} is party to peace treaty between Chad and Niger");
        format!("{about} | mode | order unknown | concluded (b.txt); initialed (a.txt); possible (c.txt)")
    };
    assert_eq!(found, [row("Chad"), row("Niger")]);
    // What two texts call by two names, or tell without a word for how far it is, is no conflict.
    let plain = ("d.txt", "News\n\nThe peace treaty between Chad and Niger is popular.\n");
    assert_eq!(conflicts(&[signed, plain]), [""; 0]);
    // Of other agreements parties may have several.
    let trade = ("e.txt", "News\n\nAn initialled trade agreement between Chad and Niger was announced.\n");
    assert_eq!(conflicts(&[trade, ("f.txt", "News\n\nA trade treaty between Chad and Niger seems likely.\n")]), [""; 0]);
}

#[test]
fn what_is_counted_of_a_format_only_grows() {
    let described = "The United States launched its dialogue framework with Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and \
                     Uzbekistan in 2015 and has since held eight ministerial meetings under the initiative.";
    let first = ("a.txt", "News\n\nSeven ministerial meetings were held under the C5+1 format.\n");
    let found = conflicts(&[first, ("b.txt", &format!("News\n\n{described}\n"))]);
    assert_eq!(
        found,
        ["C5+1 | meetings | order unknown | Seven ministerial meetings (a.txt); eight ministerial meetings (b.txt)"]
    );
    // Meetings of another sort are counted apart, and so are those of another format.
    for other in
        ["Two border meetings were held under the C5+1 format.", "Two ministerial meetings were held under the C5+Japan format."]
    {
        assert_eq!(conflicts(&[first, ("b.txt", &format!("News\n\n{other}\n"))]), [""; 0]);
    }
}

#[test]
fn figures_that_measure_the_same_are_one() {
    let words = ("a.txt", "News\n\nThe Bujagali power plant has a capacity of 62 megawatts.\n");
    let plant = |size: &str| format!("News\n\nThe Bujagali power plant has a capacity of {size}.\n");
    for same in ["62 MW", "0.062 GW", "62,000 kW"] {
        assert_eq!(conflicts(&[words, ("b.txt", &plant(same))]), [""; 0], "{same}");
    }
    let found = conflicts(&[words, ("b.txt", &plant("62 GW"))]);
    assert_eq!(found, ["Bujagali power plant | capacity | order unknown | 62 GW (b.txt); 62 megawatts (a.txt)"]);
}
