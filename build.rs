//! Leaves out of the lexicons what only their tests read: the examples would weigh a third of the worker.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

/// Each table, and how many of its columns the engine reads.
const TABLES: &[(&str, usize)] = &[("cues", 7), ("cue_phrases", 3), ("responses", 2), ("stances", 2), ("furniture", 3)];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for &(table, columns) in TABLES {
        let text = read(table);
        let short = rows(&text).map(|row| row[..columns].join("\t") + "\n");
        write(table, &short.collect::<String>());
    }
    // Thousands of words with a class each: by class they pack better.
    let text = read("titles");
    let mut classes = BTreeMap::<&str, Vec<&str>>::new();
    for row in rows(&text) {
        classes.entry(row[1]).or_default().push(row[0]);
    }
    let lines = classes.iter().map(|(class, words)| format!("{class}\t{}\n", words.join(",")));
    write("titles", &lines.collect::<Vec<_>>().concat());
}

fn read(table: &str) -> String {
    let file = format!("assets/{table}.tsv");
    println!("cargo::rerun-if-changed={file}");
    fs::read_to_string(&file).expect("the lexicons are in the repository")
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn write(table: &str, text: &str) {
    let out = env::var("OUT_DIR").expect("cargo names a folder for what is made here");
    fs::write(Path::new(&out).join(format!("{table}.tsv")), text).expect("cargo's folder takes files");
}
