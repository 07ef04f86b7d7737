//! What must hold for the code once it is WebAssembly in a browser.

use sayso::engine::{Article, read};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_engine_reads_in_a_browser() {
    let article = Article::new("“The bridge is closed,” Mayor Ilse Tarn said on Monday.").expect("a text");
    assert_eq!(read(&article), read(&article));
}
