//! Writes made-up articles to a folder, for trying out large corpora.
//!
//! `cargo run --release --example make_corpus -- FOLDER COUNT`

mod corpus;

use std::path::PathBuf;
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "corpus".into()));
    let count = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1000);
    for number in 0..count {
        let (name, text) = corpus::article(number);
        let path = folder.join(name);
        if let Some(parent) = path.parent().filter(|_| number % 1000 == 0) {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
