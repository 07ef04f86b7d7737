//! The summary line.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{browser, figures, wording};

use super::read::Page;
use super::use_state;

/// The breakdown in figures, and who is accused without being heard.
#[component]
pub(super) fn Summary(page: Page) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    let figures = figures::figures(&breakdown);
    let counts = [
        (figures.claims, wording::plural(figures.claims, "claim", "claims")),
        (figures.speakers, wording::plural(figures.speakers, "speaker", "speakers")),
        (figures.responses, wording::plural(figures.responses, "response", "responses")),
    ];
    let unheard = breakdown.notes.iter().filter_map(|note| Some((wording::unheard(&breakdown, note)?, Arc::from(note.spans.as_slice()))));
    let flags = unheard.map(|((who, rest), evidence)| {
        let show = move |_| {
            state.evidence.set(Arc::clone(&evidence));
            browser::after_layout(|| browser::reveal("#article .evidence"));
        };
        view! { <li class="flag"><button type="button" on:click=show><strong>{who}</strong>" "{rest}</button></li> }
    });
    view! {
        <section class="summary" aria-label="Summary">
            <ul id="summary">
                {counts.map(|(count, what)| view! { <li><strong>{wording::count(count)}</strong>" "{what}</li> }).collect_view()}
                {figures.attributed.map(|percent| view! { <li><strong>{percent}"%"</strong>" of the words are attributed"</li> })}
                {figures.concentration.map(|rests| view! {
                    <li><strong>{format!("{} of {}", rests.claims, figures.claims)}</strong>" claims rest on "{rests.on}</li>
                })}
                {flags.collect_view()}
            </ul>
        </section>
    }
}
