//! What was corrected, with ways back.

use leptos::prelude::*;

use crate::app::history::History;
use crate::app::wording;

use super::controls::{button, named_button, when};
use super::read::Page;
use super::use_state;

/// The list of corrections, undo and redo.
#[component]
pub(super) fn Corrections(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    let history = state.corrections.history;
    let told = Memo::new(move |_| {
        let page = page.read();
        let history = history.read();
        let base = state.shown_now().map(|shown| shown.breakdown);
        let told = base.map(|base| history.now().iter().map(|edit| wording::edit(edit, &base, &page.corrected)).collect::<Vec<_>>());
        told.unwrap_or_default()
    });
    let nothing_to = |which: fn(&History) -> bool| Signal::derive(move || !which(&history.read()));
    let (no_undo, no_redo) = (nothing_to(History::can_undo), nothing_to(History::can_redo));
    let row = move |(place, words): (usize, String)| {
        view! {
            <li>
                <span>{words.clone()}</span>
                {named_button("quiet", "Take back", Some(format!("Take back: {words}")), None, move || state.take_back(place))}
            </li>
        }
    };
    let list = move || {
        view! {
            <section id="corrections" aria-label="Corrections">
                <div class="section-head">
                    <h2>"Corrections"</h2>
                    <span>
                        {named_button("quiet", "Undo", None, Some(no_undo), move || state.undo())}
                        {named_button("quiet", "Redo", None, Some(no_redo), move || state.redo())}
                    </span>
                </div>
                {when(move || told.read().is_empty(), || "None now.".into_any())}
                <ul>{move || told.get().into_iter().enumerate().map(row).collect_view()}</ul>
                {when(move || { told.read().len() > 1 }, move || button("", "Take all back", move || state.take_all_back()))}
            </section>
        }
        .into_any()
    };
    when(move || !no_undo.get() || !no_redo.get() || !told.read().is_empty(), list)
}
