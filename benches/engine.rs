//! Words per second of the whole engine, natively, on one core: what `cargo xtask bench` prints first.
#![expect(clippy::print_stdout, reason = "the figures are for the terminal")]

use std::hint::black_box;
use std::time::Instant;

use sayso::engine::{Article, read};

const RUNS: usize = 7;
const EXAMPLE: &str = include_str!("../assets/example.txt");

fn main() {
    measure("articles of usual length", &vec![EXAMPLE.to_owned(); 200]);
    measure("one text as long as a book", &[EXAMPLE.repeat(200)]);
}

/// Prints the median over several runs.
fn measure(what: &str, texts: &[String]) {
    let articles: Vec<Article> = texts.iter().map(|text| Article::new(text.as_str()).expect("the example has words")).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
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
    println!("native, {what}: {:.0} words/s ({words} words, one core, median of {RUNS} runs)", words as f64 / seconds[RUNS / 2]);
}
