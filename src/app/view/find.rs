//! Looking for claims: by words, speaker, type, and by what is missing.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::wording;
use crate::edits::SpeakerKey;
use crate::engine::{Force, ResponseKind};

use super::controls::{button, check, choice, when};
use super::read::Page;
use super::use_state;
use super::{correct, respond};

/// The bar, while it is open; Escape closes it.
#[component]
pub(super) fn Find(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    when(move || state.finding.get(), move || view! { <Bar page/> }.into_any())
}

#[component]
fn Bar(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    let filter = state.filter;
    // What was selected before and isn't looked for would lead away from what is found. A correction takes nothing away
    // that is being worked on, so this follows what is looked for and not what matches.
    Effect::new(move |before: Option<()>| {
        filter.track();
        let found = state.matches.get_untracked();
        let left_out = |claim| found.as_ref().is_some_and(|found| !found.contains(&claim));
        if before.is_some() && state.selected.get_untracked().is_some_and(left_out) {
            state.select(None);
        }
    });
    let close = move || {
        state.stop_finding();
        browser::focus_soon("#find");
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if browser::takes_escape(&event) {
            close();
        }
    };
    // Enter goes from match to match, and stays in the field.
    let next = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            state.step(!event.shift_key());
            if let Some(claim) = state.selected.get_untracked() {
                browser::after_layout(move || browser::show_claim(claim));
            }
        }
    };
    let with_any = |any: &str, options: Vec<(String, String)>| [(String::new(), any.to_owned())].into_iter().chain(options).collect();
    let speakers = move || {
        let names = correct::names(&page.read());
        with_any("Anyone", names.into_iter().map(|(key, name)| (key.0.to_string(), name)).collect())
    };
    let speaker = move || filter.read().speaker.map_or_else(String::new, |key| key.0.to_string());
    let force = move || filter.read().force.map_or("", Force::as_str).to_owned();
    let response = move || filter.read().response.map_or("", ResponseKind::as_str).to_owned();
    let found = move || {
        let all = page.read().breakdown.claims.len();
        let found = state.matches.read().as_ref().map(|matches| matches.len());
        let all = wording::counted(all, "claim", "claims");
        found.map(|found| if found == 0 { format!("Nothing found in {all}") } else { format!("{} of {all}", wording::count(found)) })
    };
    view! {
        <search class="find" aria-label="Find claims" on:keydown=escape>
            <input
                id="find-words"
                type="search"
                aria-label="Words in a claim"
                placeholder="Words in a claim"
                autocomplete="off"
                prop:value=move || filter.read().words.clone()
                on:keydown=next
                on:input=move |event| filter.update(|filter| filter.words = event_target_value(&event))
            />
            {choice("Speaker".to_owned(), speakers, speaker, move |value| filter.update(|f| f.speaker = value.parse().ok().map(SpeakerKey)))}
            {choice(
                "Type of claim".to_owned(),
                move || with_any("Any type", correct::types()),
                force,
                move |value| filter.update(|f| f.force = Force::from_name(&value)),
            )}
            {choice(
                "Type of response".to_owned(),
                move || with_any("Any response", respond::types()),
                response,
                move |value| filter.update(|f| f.response = ResponseKind::from_name(&value)),
            )}
            {check("unanswered", move || filter.read().unanswered, move |on| filter.update(|f| f.unanswered = on))}
            {check("unsure", move || filter.read().unsure, move |on| filter.update(|f| f.unsure = on))}
            <output class="found">{found}</output>
            {button("quiet", "Clear", close)}
        </search>
    }
}
