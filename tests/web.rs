//! What must hold for the engine once it is WebAssembly in a browser, where addresses have 32 bits.
#![cfg(target_arch = "wasm32")]

use sayso::edits::Edits;
use sayso::engine::{Article, read};
use sayso::formats::json;
use sayso::link::{Place, decode, encode};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ARTICLE: &str = include_str!("browser/articles/bridge.txt");

#[wasm_bindgen_test]
fn an_article_is_read_and_read_alike_twice() {
    let article = Article::new(ARTICLE).expect("an article has words");
    let breakdown = read(&article);
    assert!(breakdown.claims.len() >= 7 && !breakdown.responses.is_empty());
    assert_eq!(json::write(&breakdown), json::write(&read(&article)));
}

#[wasm_bindgen_test]
fn a_link_and_a_file_bring_back_what_they_were_made_from() {
    let breakdown = read(&Article::new(ARTICLE).expect("an article has words"));
    let opened = decode(&encode(&breakdown, &Edits::default(), &Place::default())).expect("a fresh link opens").breakdown;
    assert_eq!(opened, breakdown);
    assert_eq!(json::read(&json::write(&breakdown)).expect("a fresh file opens"), breakdown);
}
