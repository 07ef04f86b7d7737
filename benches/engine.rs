//! Words per second of the whole engine, natively, on one core, and how that changes with a text's length: what
//! `cargo xtask bench` prints first.
#![expect(clippy::print_stdout, reason = "the figures are for the terminal")]

#[path = "../xtask/src/long.rs"]
mod long;

use std::hint::black_box;
use std::time::Instant;

use sayso::engine::{Article, Breakdown, Deep, read};

const RUNS: usize = 7;
const EXAMPLE: &str = include_str!("../assets/example.txt");

/// Lengths of a text, in bytes.
const LENGTHS: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

fn main() {
    let (words, seconds) = measure(&vec![EXAMPLE.to_owned(); 200]);
    println!("native, articles of usual length: {:.0} words/s ({words} words, one core, median of {RUNS} runs)", words as f64 / seconds);
    let mut last = None;
    for length in LENGTHS {
        let text = long::long(EXAMPLE, length.div_ceil(EXAMPLE.len()));
        // Short texts are read as often as they fit into a megabyte.
        let (words, seconds) = measure(&vec![text; 1_000_000_usize.div_ceil(length)]);
        let each = seconds / words as f64;
        let ratio = last.map(|last| format!(", {:.2} times as long a word as the length before", each / last)).unwrap_or_default();
        println!("native, a text of {} kB: {:.0} words/s{ratio}", length / 1000, 1.0 / each);
        last = Some(each);
    }
    let deep = Deep::new(include_bytes!("../assets/deep.weights")).expect("the weights in the repository are whole");
    let (words, seconds) = timed(&[long::long(EXAMPLE, 5)], |article| deep.read(article));
    println!("native, deep reading: {:.0} words/s ({words} words, one core, median of {RUNS} runs)", words as f64 / seconds);
}

fn measure(texts: &[String]) -> (usize, f64) {
    timed(texts, read)
}

/// How many words the texts have, and the seconds it takes to read them all: the median over several runs.
fn timed(texts: &[String], read: impl Fn(&Article) -> Breakdown) -> (usize, f64) {
    let articles: Vec<Article> = texts.iter().map(|text| Article::new(text.as_str()).expect("the example has words")).collect();
    let words = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            for article in &articles {
                black_box(read(black_box(article)));
            }
            begun.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    (words, seconds[RUNS / 2])
}
