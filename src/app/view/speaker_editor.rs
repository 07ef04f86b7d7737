//! Correcting a speaker: another name, one with another, or two that were taken for one.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::wording;
use crate::edits::{ClaimKey, Edit, SpeakerKey};
use crate::engine::{ClaimId, SpeakerId};

use super::controls::{check, choice, name_field};
use super::correct::names;
use super::read::Page;
use super::use_state;

/// Behind a line that unfolds, so that it is in nobody's way.
#[component]
pub(super) fn SpeakerEditor(page: Page, speaker: SpeakerId, claims: Vec<ClaimId>) -> impl IntoView {
    let state = use_state();
    let key = page.corrected.speaker_key(speaker);
    let name = page.breakdown.speaker(speaker).name.clone();
    let own = name.clone();
    let rename = move |new: String| {
        if new != own {
            state.edit(Edit::Rename(key, new), "Renamed.");
        }
    };
    let others = names(&page).into_iter().filter(|(other, _)| *other != key).map(|(key, name)| (key.0.to_string(), name));
    let others: Vec<(String, String)> = [(String::new(), "…".to_owned())].into_iter().chain(others).collect();
    let merge = move |value: String| {
        if let Ok(into) = value.parse() {
            state.edit(Edit::Merge(key, SpeakerKey(into)), "The two are one now.");
        }
    };
    view! {
        <details class="speaker-editor">
            <summary>"Correct "{wording::capitalised(&name)}</summary>
            {name_field("", "Name", name, "Rename", || false, rename)}
            {(others.len() > 1).then(|| view! {
                <div class="named">
                    <span>"Same as"</span>
                    {choice("Is the same as".to_owned(), move || others.clone(), String::new, merge)}
                </div>
            })}
            {(claims.len() > 1).then(|| view! { <Split page claims/> })}
        </details>
    }
}

/// Gives some of a speaker's claims to somebody else.
#[component]
fn Split(page: Page, claims: Vec<ClaimId>) -> impl IntoView {
    let state = use_state();
    let chosen = RwSignal::new(BTreeSet::<ClaimKey>::new());
    let split = move |name: String| state.give_to_new(&chosen.get_untracked().into_iter().collect::<Vec<_>>(), &name);
    let tick = move |claim: ClaimId| {
        let key = page.corrected.key(claim);
        let words = wording::shortened(&wording::content(page.article(), page.breakdown.claim(claim)));
        let choose = move |on| {
            chosen.update(|chosen| {
                if on {
                    chosen.insert(key)
                } else {
                    chosen.remove(&key)
                };
            });
        };
        check(format!("{} {words}", claim.0 + 1), move || chosen.read().contains(&key), choose)
    };
    view! {
        <div class="split">
            <fieldset>
                <legend>"These are somebody else’s"</legend>
                {claims.into_iter().map(tick).collect_view()}
            </fieldset>
            {name_field("", "Whose", String::new(), "Split off", move || chosen.read().is_empty(), split)}
        </div>
    }
}
