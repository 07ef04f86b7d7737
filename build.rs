//! Leaves out of the lexicons what only their tests read: the examples would weigh a third of the worker.

use std::path::Path;
use std::{env, fs};

/// Each table, and how many of its columns the engine reads.
const TABLES: &[(&str, usize)] = &[("cues", 7), ("cue_phrases", 3), ("titles", 2), ("responses", 2), ("furniture", 3)];

fn main() {
    let out = env::var("OUT_DIR").expect("cargo names a folder for what is made here");
    println!("cargo::rerun-if-changed=build.rs");
    for (table, columns) in TABLES {
        let file = format!("assets/{table}.tsv");
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(&file).expect("the lexicons are in the repository");
        let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let short = rows.map(|row| row.split('\t').take(*columns).collect::<Vec<_>>().join("\t") + "\n");
        fs::write(Path::new(&out).join(format!("{table}.tsv")), short.collect::<String>()).expect("cargo's folder takes files");
    }
}
