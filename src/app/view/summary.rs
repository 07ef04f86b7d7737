//! The summary line.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{figures, wording};
use crate::engine::{NoteKind, Span};

use super::read::Page;
use super::use_state;

/// The breakdown in figures, and the notes that weigh most.
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
    let told = breakdown.notes.iter().filter_map(|note| Some((wording::headline(&breakdown, note)?, note)));
    let told = told.map(|((first, rest), note)| {
        let evidence: Arc<[Span]> = note.spans.as_slice().into();
        let show = move |_| state.show_evidence(evidence.clone());
        let flag = note.kind == NoteKind::AccusedNotQuoted;
        view! { <li class="told" class:flag=flag><button type="button" on:click=show><strong>{first}</strong>" "{rest}</button></li> }
    });
    let doubtful = figures.unsure;
    let unsure = (!doubtful.is_empty()).then(|| {
        let count = wording::count(doubtful.len());
        let next = move |_| {
            let selected = state.selected.get_untracked();
            let next = doubtful.iter().find(|id| selected.is_none_or(|selected| **id > selected)).or(doubtful.first());
            if let Some(claim) = next.copied() {
                state.select(Some(claim));
                state.go_to(claim);
            }
        };
        view! {
            <li class="told unsure-claims">
                <button type="button" title="Claims that are rather wrong than right. Press to go to the next one." on:click=next>
                    <strong>{count}</strong>" unsure"
                </button>
            </li>
        }
    });
    let guesses = (page.guesses > 0).then(|| {
        let count = wording::count(page.guesses);
        let shown = move || if state.guesses.get() { "Hide" } else { "Show" };
        let what = wording::plural(page.guesses, "possible response", "possible responses");
        view! {
            <li class="told guesses">
                <button
                    type="button"
                    title="Sayso takes these for answers, but most of them are wrong."
                    aria-pressed=move || state.guesses.get().to_string()
                    on:click=move |_| state.guesses.update(|shown| *shown = !*shown)
                >
                    {shown}" "<strong>{count}</strong>" "{what}
                </button>
            </li>
        }
    });
    view! {
        <ul id="summary">
            {counts.map(|(count, what)| view! { <li><strong>{wording::count(count)}</strong>" "{what}</li> }).collect_view()}
            {figures.attributed.map(|percent| view! { <li><strong>{percent}"%"</strong>" of the words are attributed"</li> })}
            <li class="told find-button">
                <button id="find" type="button" aria-expanded=move || state.finding.get().to_string() on:click=move |_| state.find()>"Find"</button>
            </li>
            {unsure}
            {guesses}
            {told.collect_view()}
        </ul>
    }
}
