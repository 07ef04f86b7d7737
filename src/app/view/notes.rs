//! The notes: what a careful reader would notice, each with its evidence.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::wording;
use crate::engine::{Note, Span};
use crate::order;

use super::read::Page;
use super::use_state;

/// So many notes of one kind stand in the list before the others of it are folded away.
const FEW: usize = 3;

/// Every note; a click shows its evidence in the text.
#[component]
pub(super) fn Notes(page: Page) -> impl IntoView {
    let kinds = order::grouped(page.breakdown.notes.iter().cloned(), |note| note.kind);
    (!kinds.is_empty()).then(|| {
        let each = |note: Note| view! { <Told note/> };
        let kind = |(_, mut notes): (_, Vec<Note>)| {
            let rest = notes.split_off(if notes.len() > FEW + 1 { FEW } else { notes.len() });
            let folded = (!rest.is_empty()).then(|| {
                view! {
                    <li>
                        <details>
                            <summary>{wording::count(rest.len())}" more of this kind"</summary>
                            <ul>{rest.into_iter().map(each).collect_view()}</ul>
                        </details>
                    </li>
                }
            });
            view! { {notes.into_iter().map(each).collect_view()} {folded} }
        };
        view! {
            <section>
                <h2>"Worth noticing"</h2>
                <ul id="notes">{kinds.into_iter().map(kind).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Told(note: Note) -> impl IntoView {
    let state = use_state();
    let evidence: Arc<[Span]> = note.spans.into();
    let shown = evidence.clone();
    let pressed = move || if !shown.is_empty() && *state.evidence.read() == shown { "true" } else { "false" };
    let show = move |_| state.show_evidence(evidence.clone());
    view! {
        <li data-note=note.kind.as_str()>
            <button type="button" aria-pressed=pressed on:click=show>{note.text}</button>
        </li>
    }
}
