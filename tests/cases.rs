//! The engine against marked-up articles. Each file in `cases/` is one test; `cases/README.md` says
//! how to write one.

#[path = "cases/compare.rs"]
mod compare;
#[path = "cases/markup.rs"]
mod markup;

use std::fmt::Write;

use sayso::engine::{Article, read};

/// Reads every case of a file, and fails with all that differs, case by case.
fn check(file: &str) {
    let cases = markup::parse(file).expect("the case file can be read");
    assert!(!cases.is_empty(), "the file holds no case");
    let mut report = String::new();
    let mut failed = 0;
    for case in &cases {
        let mut differences = compare::differences(case, &read(&Article::new(case.text.as_str()).expect("a case has text")));
        if let Some(why) = &case.known_fault {
            let mended = differences.is_empty().then(|| format!("is read rightly: take the line `known fault: {why}` out"));
            differences = mended.into_iter().collect();
        }
        if !differences.is_empty() {
            failed += 1;
            writeln!(report, "\n=== {}\n    {}", case.name, differences.join("\n    ")).expect("a string takes all");
        }
    }
    assert!(failed == 0, "{failed} of {} cases differ:\n{report}", cases.len());
}

macro_rules! files {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            check(include_str!(concat!("cases/", stringify!($name), ".txt")));
        })*

        #[test]
        fn every_file_is_checked() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
            let files = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
            let mut names: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "txt")).map(|f| f.file_stem().expect("a name").to_owned()).collect();
            let mut tested = vec![$(stringify!($name)),*];
            names.sort();
            tested.sort_unstable();
            assert_eq!(names, tested);
        }
    };
}

files!(articles, blocks, indirect, negatives, notes, provenance, punctuation, quotations, resolution, responses, speakers, variants, verbs);

#[test]
fn example() {
    check(include_str!("cases/example.case"));
}

#[test]
fn the_example_is_the_one_the_page_shows() {
    let cases = markup::parse(include_str!("cases/example.case")).expect("the example can be read");
    assert_eq!(cases[0].text.trim_end(), include_str!("../assets/example.txt").trim_end());
}
