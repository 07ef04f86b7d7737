//! The worker: reads what the page sends. Built without Leptos, and for speed where the page is built for size.

use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::engine::{self, Article, ENGINE};
use crate::link;

use super::deep;

/// What is read before anybody asks: it builds the lexicons and has the browser compile the engine, which
/// takes longer than an article.
const WARM_UP: &str = include_str!("../../assets/example.txt");

/// What page and worker must agree on: the engine's version, and the build's mark where it has one.
pub(super) fn build() -> String {
    format!("{ENGINE} {}", option_env!("SAYSO_BUILD").unwrap_or("development"))
}

/// Says which build it is, then answers every message: four bytes that go back unchanged, and a text; the
/// breakdown takes the text's place.
pub(super) fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if scope.name() == deep::messages::NAME {
        scope.post_message(&build().into()).expect("the page takes a greeting");
        return deep::worker::serve(&scope);
    }
    let port = scope.clone();
    EventListener::new(&scope, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let request = js_sys::Uint8Array::new(&event.data()).to_vec();
        let (id, text) = request.split_at(4);
        let text = std::str::from_utf8(text).expect("the page sends UTF-8");
        let answer = [id, &read(text)].concat();
        port.post_message(&js_sys::Uint8Array::from(&answer[..])).expect("the page takes answers");
    })
    .forget();
    scope.post_message(&build().into()).expect("the page takes a greeting");
    read(WARM_UP);
}

fn read(text: &str) -> Vec<u8> {
    let article = Article::new(text).expect("the page sends only texts that can be read");
    link::to_bytes(&engine::read(&article))
}
