//! The editor of a claim: whose it is, of what type, which words are what, what it answers.

use leptos::prelude::*;

use crate::app::{browser, wording};
use crate::edits::{ClaimKey, Edge, Edit, Part, SpeakerKey};
use crate::engine::{Claim, Force, SpeakerId};

use super::controls::{button, choice, name_field, named_button, when};
use super::read::Page;
use super::respond::Responses;
use super::use_state;

/// What the list of speakers offers beside speakers.
const NOBODY: &str = "nobody";
const SOMEONE_ELSE: &str = "new";

/// Stays the same elements while what it shows changes, so that the focus stays as well.
#[component]
pub(super) fn Editor(page: Memo<Page>, key: ClaimKey) -> impl IntoView {
    let state = use_state();
    // While it is being taken down, the claim may be gone.
    let claim = Memo::new(move |before: Option<&Option<Claim>>| {
        let page = page.read();
        let now = page.corrected.claim(key).map(|id| page.breakdown.claim(id).clone());
        now.or_else(|| before.cloned().flatten())
    });
    let number = move || page.read().corrected.claim(key).map_or(0, |id| id.0 + 1);
    let corrected = Memo::new(move |_| page.read().corrected.claim(key).is_some_and(|id| page.read().corrected.is_corrected(id)));
    // Of what a reader added, Sayso had nothing.
    let added = state.shown_now().is_some_and(|shown| key.0 as usize >= shown.breakdown.claims.len());
    let confirm = move || state.edit(Edit::Confirm(key), "Marked as right.");
    view! {
        <section id="editor" aria-label=move || format!("Correct claim {}", number())>
            <div class="section-head">
                <h2>"Correct claim "{number}</h2>
                {button("quiet", "Done", move || state.close_editor())}
            </div>
            <Speaker page key claim/>
            <Type key claim/>
            {Part::ALL.map(|part| view! { <Words page key claim part/> }).collect_view()}
            <Day key claim/>
            <Responses page key/>
            <div class="row">
                {named_button("", "It is right", None, Some(corrected.into()), confirm)}
                {button("", "Not a claim", move || state.drop_claim(key))}
                {when(move || corrected.get() && !added, move || button("", "As Sayso had it", move || state.take_claim_back(key)))}
            </div>
        </section>
    }
}

/// Whose claim it is: somebody whom the article is known to name, nobody, or a new name.
#[component]
fn Speaker(page: Memo<Page>, key: ClaimKey, claim: Memo<Option<Claim>>) -> impl IntoView {
    let state = use_state();
    let naming = RwSignal::new(false);
    let options = move || {
        let known = names(&page.read()).into_iter().map(|(key, name)| (key.0.to_string(), name));
        known.chain([(NOBODY.to_owned(), "Nobody named".to_owned()), (SOMEONE_ELSE.to_owned(), "Someone else …".to_owned())]).collect()
    };
    let chosen = move || {
        if naming.get() {
            return SOMEONE_ELSE.to_owned();
        }
        let speaker = claim.read().as_ref().and_then(|claim| claim.speaker);
        speaker.map_or_else(|| NOBODY.to_owned(), |id| page.read().corrected.speaker_key(id).0.to_string())
    };
    let choose = move |value: String| {
        naming.set(value == SOMEONE_ELSE);
        match value.parse() {
            Ok(speaker) => state.give_to(key, Some(SpeakerKey(speaker))),
            Err(_) if value == NOBODY => state.give_to(key, None),
            Err(_) => browser::focus_soon("#new-speaker"),
        }
    };
    let add = move |name: String| {
        state.give_to_new(&[key], &name);
        naming.set(false);
        browser::focus_soon("#editor select");
    };
    let field = move || name_field("new-speaker", "Name", String::new(), "Add", || false, add);
    view! {
        <div class="named"><span>"Speaker"</span>{choice("Speaker".to_owned(), options, chosen, choose)}</div>
        {when(move || naming.get(), field)}
    }
}

/// Everybody's name, in order of appearance.
pub(super) fn names(page: &Page) -> Vec<(SpeakerKey, String)> {
    let ids = (0..page.breakdown.speakers.len() as u32).map(SpeakerId);
    ids.map(|id| (page.corrected.speaker_key(id), wording::speaker(&page.breakdown, Some(id)))).collect()
}

/// Every type of claim with its name.
pub(super) fn types() -> Vec<(String, String)> {
    let name = |force: Force| wording::capitalised(wording::force(force).unwrap_or("statement"));
    Force::ALL.iter().map(|&force| (force.as_str().to_owned(), name(force))).collect()
}

/// Of what type the claim is.
#[component]
fn Type(key: ClaimKey, claim: Memo<Option<Claim>>) -> impl IntoView {
    let state = use_state();
    let chosen = move || claim.read().as_ref().map_or(Force::States, |claim| claim.force).as_str().to_owned();
    let choose = move |value: String| {
        if let Some(force) = Force::from_name(&value) {
            state.edit(Edit::SetForce(key, force), "Type changed.");
        }
    };
    view! { <div class="named"><span>"Type"</span>{choice("Type".to_owned(), types, chosen, choose)}</div> }
}

/// On which day it was made.
#[component]
fn Day(key: ClaimKey, claim: Memo<Option<Claim>>) -> impl IntoView {
    let state = use_state();
    let day = move || claim.read().as_ref().and_then(|claim| claim.said_on);
    let take = move |event: leptos::ev::Event| {
        if let Ok(day) = event_target_value(&event).parse() {
            state.edit(Edit::SetDay(key, Some(day)), "Day changed.");
        }
    };
    let none = move || state.edit(Edit::SetDay(key, None), "It has no day now.");
    view! {
        <div class="named">
            <span>"Day"</span>
            <span class="day">
                // While a day is typed it is none, or one in the year 2: neither is taken.
                <input type="date" aria-label="Day" prop:value=move || day().map(|day| day.to_string()).unwrap_or_default() on:change=take/>
                {when(move || day().is_some(), move || named_button("", "None", Some("Day: none".to_owned()), None, none))}
            </span>
        </div>
    }
}

/// The words of one part, and how to move their ends without selecting any.
#[component]
fn Words(page: Memo<Page>, key: ClaimKey, claim: Memo<Option<Claim>>, part: Part) -> impl IntoView {
    let state = use_state();
    let words = Memo::new(move |_| {
        let claim = claim.read();
        let spans = claim.as_ref().map_or(&[][..], |claim| part.of(claim));
        wording::excerpt(page.read().article(), spans)
    });
    let none = Memo::new(move |_| words.read().is_empty());
    let name = wording::part(part);
    let mover = |label: &str, sign: &str, edge: Edge, forward: bool| {
        named_button("", sign, Some(format!("{name}: {label}")), Some(none.into()), move || state.move_end(key, part, edge, forward))
    };
    // Without `none`: an effect that reads a memo before what that was made from misses changes of the latter.
    let shown = move || Some(wording::ends(&words.read())).filter(|words| !words.is_empty()).unwrap_or_else(|| "none".to_owned());
    let leave_out = move || state.edit(Edit::SetSpans(key, part, Vec::new()), "Left out.");
    let marked = move || state.corrections.marked.get().is_some();
    view! {
        <div class="part" role="group" aria-label=name>
            <p><span class="label">{name}", "{wording::part_meaning(part)}":"</span>" "<q>{shown}</q></p>
            <div class="row">
                <span class="label" aria-hidden="true">"begins"</span>
                {mover("begins a word earlier", "◂", Edge::Start, false)}
                {mover("begins a word later", "▸", Edge::Start, true)}
                <span class="label" aria-hidden="true">"ends"</span>
                {mover("ends a word earlier", "◂", Edge::End, false)}
                {mover("ends a word later", "▸", Edge::End, true)}
                {when(marked, move || button("wide", "Take the selected words", move || state.mark_as(key, part)))}
                {when(move || marked() && !none.get(), move || button("wide", "Add the selected words", move || state.mark_as_well(key, part)))}
                {when(move || part != Part::Content && !none.get(), move || button("wide", "None", leave_out))}
            </div>
        </div>
    }
}
