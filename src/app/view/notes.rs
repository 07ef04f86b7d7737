//! The notes: what a careful reader would notice, each with its evidence.

use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::Span;

use super::read::Page;
use super::use_state;

/// Every note; a click shows its evidence in the text.
#[component]
pub(super) fn Notes(page: Page) -> impl IntoView {
    let state = use_state();
    let notes = page.breakdown.notes.clone();
    (!notes.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Worth noticing"</h2>
                <ul id="notes">
                    {notes.into_iter().map(|note| {
                        let evidence: Arc<[Span]> = note.spans.into();
                        let shown = evidence.clone();
                        let pressed = move || if !shown.is_empty() && *state.evidence.read() == shown { "true" } else { "false" };
                        let show = move |_| state.show_evidence(evidence.clone());
                        view! {
                            <li data-note=note.kind.as_str()>
                                <button type="button" aria-pressed=pressed on:click=show>{note.text}</button>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
