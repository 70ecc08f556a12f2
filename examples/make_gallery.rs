//! Makes the pictures of `docs/gallery.md`, and the page itself, from the shipped `seeds/`.
//!
//! `cargo run --release --example make_gallery [FOLDER]` (`docs` if none is given). What is shown is the list below: a test
//! asks every query of it again.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use silkgraph::output::{PictureOptions, Selection, svg};
use silkgraph::schema::Schema;
use silkgraph::{Builder, Graph};

/// File, heading, query, what to see in it. Without a query: the whole graph.
const PICTURES: &[(&str, &str, Option<&str>, &str)] = &[
    (
        "bypassing-russia",
        "Which ways leave Russia out?",
        Some("routes bypassing Russia"),
        "A line a way, its stops from left to right. *Stated*: a sentence says that it leaves Russia out (the barred red arrow); *inferred*: no sentence lets \
         it touch Russia.",
    ),
    (
        "kazakhstan-to-pakistan",
        "How does one get there?",
        Some("routes from Kazakhstan to Pakistan"),
        "Routes over several ways, with the changes between them. Dashed is planned, dotted only proposed or possible.",
    ),
    (
        "middle-corridor",
        "What surrounds a thing?",
        Some("neighbours of Middle Corridor"),
        "Shape and fill by type, the line by mode, its width by independent sources. A frame holds what lies in an area.",
    ),
    (
        "money",
        "Who pays for what?",
        Some("MATCH (who)-[f:funds]->(what) RETURN who, f, what"),
        "Any answer is a picture, MATCH too. Sums stand at their lines.",
    ),
    (
        "uzbekistan",
        "A state and all that is said of it",
        Some("neighbours of Uzbekistan"),
        "What stands round one thing: what many lines meet at grows taller, labels that repeat stand once.",
    ),
    (
        "seeds",
        "The whole graph of ten articles",
        None,
        "Beyond 120 nodes the layout changes: what belongs together draws together, and no box covers another. In the SVG each line tells its sentence when \
         pointed at.",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "docs".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("pictures"))?;
    let graph = seeds()?;
    let mut page = String::from(
        "# Gallery\n\nPictures that silkgraph made of its own `seeds/` (ten short articles), and nothing else. \
         `cargo run --release --example make_gallery` makes them, and this page, again.\n",
    );
    for (file, title, query, about) in PICTURES {
        let selection = match query {
            Some(query) => Selection::answer(&graph.query(query).run()?, graph.frozen(), query),
            None => Selection::whole(graph.frozen(), false),
        };
        let mut picture = Vec::new();
        svg::write(&selection, graph.frozen(), Schema::builtin(), &PictureOptions::default(), &mut picture)?;
        fs::write(folder.join("pictures").join(format!("{file}.svg")), picture)?;
        write!(page, "\n## {title}\n\n")?;
        let select = query.map_or_else(String::new, |q| format!(" --select '{q}'"));
        write!(page, "```sh\nsilkgraph export seeds -o {file}.svg{select}\n```\n\n![{title}](pictures/{file}.svg)\n\n{about}\n")?;
    }
    page.push_str(AFTERWARDS);
    fs::write(folder.join("gallery.md"), page)?;
    Ok(())
}

/// What the page says of the rest.
const AFTERWARDS: &str = "
## For slides, and to walk about in

`-o answer.png` paints the same picture as dots, with a font of its own, so that it looks the same everywhere. `-o answer.dot` is for Graphviz, \
`-o explorer.html` one page with tables, graph, map and timeline: `SHOTS=docs/pictures tests/explorer/run.sh` took these of it.

![The explorer's map: ways that are said to leave Russia out stand out from those where no text says so](pictures/around-1280-light.png)

![The explorer in the dark: relations as a table, with filters](pictures/relations-1280-dark.png)

All formats are listed in [exporters.md](exporters.md).
";

fn seeds() -> Result<Graph<'static>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut builder = Builder::new();
    for file in files {
        builder = builder.bytes(file.file_name().to_string_lossy(), fs::read(file.path())?);
    }
    Ok(builder.build()?)
}
