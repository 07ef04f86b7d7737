//! The components. Each takes what it shows; changes go through [`State`].

#![expect(unreachable_pub, reason = "the component macro makes what it generates `pub`")]
#![expect(clippy::needless_pass_by_value, reason = "components own their properties")]

mod arcs;
mod article;
mod block;
mod card;
mod controls;
mod copy_link;
mod correct;
mod depth;
mod find;
mod header;
mod keys;
mod map;
mod map_tools;
mod marked;
mod mine;
mod notes;
mod panel;
mod print;
mod read;
mod recent;
mod respond;
mod speaker_editor;
mod speakers;
mod start;
mod summary;
mod timeline;
mod views;

use leptos::prelude::*;

use super::browser;
use super::effects;
use super::state::{Phase, State};

use header::Header;
use read::Read;
use start::Start;

/// The whole page; `early` is what was written before it was there.
pub(super) fn app(early: Option<String>) -> impl IntoView {
    let state = State::new(early);
    provide_context(state);
    effects::connect(state);
    // The paste area stays the same element while a text is read or refused, and so does a breakdown while a better
    // reading of its text takes its place.
    let arrival = Memo::new(move |_| match &*state.phase.read() {
        Phase::Shown(shown) => Some(shown.arrival),
        _ => None,
    });
    view! {
        // The fragment belongs to the link, so this is no anchor.
        <button type="button" class="skip" on:click=move |_| browser::focus("#article, #paste")>"Skip to the text"</button>
        <Header/>
        {move || match arrival.get().and_then(|_| state.shown_now()) {
            Some(shown) => view! { <Read shown/> }.into_any(),
            None => view! { <Start/> }.into_any(),
        }}
        <div id="announcer" class="unseen" aria-live="polite" aria-atomic="true">{state.announcement}</div>
    }
}

/// The page's state.
fn use_state() -> State {
    expect_context()
}
