//! The first screen: a place to paste.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::state::{Phase, Refusal};
use crate::app::wording;

use super::controls::when;
use super::recent::Recent;
use super::use_state;

/// The paste area, what is wrong with its text, and what Sayso does.
#[component]
pub(super) fn Start() -> impl IntoView {
    let state = use_state();
    Effect::new(move |_| browser::focus("#paste"));
    let slow = Memo::new(move |_| matches!(*state.phase.read(), Phase::Reading { slow: true, .. }));
    // A text that came back, or is still being written, wants a way to say "go".
    let waiting = Memo::new(move |_| *state.phase.read() == Phase::Start && !state.draft.read().trim().is_empty());
    view! {
        <main class="start">
            <h1>"Who says what, on whose word, and who answers whom?"</h1>
            <label for="paste">"Paste a news article. Its breakdown appears by itself."</label>
            <div class="field">
                <textarea
                    id="paste"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="Paste here"
                    aria-describedby="problem promise"
                    prop:value=move || state.draft.get()
                    on:input=move |event| state.write(event_target_value(&event), browser::entry(&event))
                ></textarea>
                <div class="progress" data-open=move || slow.get().then_some("") role="status">
                    {move || slow.get().then(|| format!("Reading {} …", wording::size(state.draft.read().len())))}
                </div>
            </div>
            <Problem/>
            <div class="below">
                {when(move || waiting.get(), move || view! {
                    <button id="read" class="primary" type="button" on:click=move |_| state.read()>"Read this text"</button>
                }.into_any())}
                <button id="try-example" type="button" on:click=move |_| state.try_example()>"Try the example"</button>
                <Previous/>
                <p id="promise">"The text stays in this browser, also after a reload, until you delete it. Nothing is sent anywhere."</p>
            </div>
            <Recent/>
            <Legend/>
        </main>
    }
}

/// What can be done with the text that New made room for.
#[component]
fn Previous() -> impl IntoView {
    let state = use_state();
    let kept = Memo::new(move |_| state.draft.read().is_empty() && state.previous.read().is_some());
    let bring_back = move |_| {
        state.bring_back();
        browser::focus("#paste");
    };
    let forget = move |_| {
        state.forget();
        browser::focus("#paste");
    };
    view! {
        {when(move || kept.get(), move || view! {
            <button id="previous" type="button" on:click=bring_back>"Bring back the last text"</button>
            <button id="forget" type="button" class="quiet" on:click=forget>"Delete it"</button>
        }.into_any())}
    }
}

/// Why there is no breakdown, and what can be done about it.
#[component]
fn Problem() -> impl IntoView {
    let state = use_state();
    let refusal = Memo::new(move |_| match &*state.phase.read() {
        Phase::Refused(refusal) => Some(*refusal),
        _ => None,
    });
    let way_out = move || {
        refusal.get().and_then(|refusal| match refusal {
            Refusal::ReaderFailed => Some(view! { <button type="button" on:click=move |_| state.read()>"Try again"</button> }.into_any()),
            Refusal::OtherBuild => Some(view! { <button type="button" on:click=move |_| browser::reload()>"Reload"</button> }.into_any()),
            Refusal::Link(_) => Some(view! { <button type="button" on:click=move |_| state.start_anew()>"Start anew"</button> }.into_any()),
            Refusal::Article(_) | Refusal::TooLong { .. } | Refusal::Address | Refusal::Kept | Refusal::Gone => None,
        })
    };
    view! {
        <div class="problem" data-open=move || refusal.get().is_some().then_some("")>
            <p id="problem" role="status">{move || refusal.get().map(|refusal| refusal.to_string())}</p>
            {way_out}
        </div>
    }
}

/// How to read the marks.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <section class="legend" aria-label="What the marks mean">
            <p><span class="source hue-1">"Ada Quill"</span>" – each speaker has a colour"</p>
            <p><span class="cue hue-1">"said"</span>" – the words that attribute"</p>
            <p><span class="content direct hue-1">"“word for word”"</span>" – quoted"</p>
            <p><span class="content indirect hue-1">"in other words"</span>" – paraphrased"</p>
            <p>
                <span class="content indirect hue-1" data-unsure="">"perhaps"</span>
                <span class="claim-number hue-1">"4?"</span>
                " – unsure, likelier wrong than right"
            </p>
            <p><svg viewBox="0 0 26 22" width="26" height="22" aria-hidden="true" class="legend-arc">
                <path d="M23 19C4 19 4 4 22 4" fill="none" stroke="currentColor" stroke-width="2"/>
                <path d="M17 .5L22.5 4L17 7.5" fill="none" stroke="currentColor" stroke-width="2"/>
                <circle cx="22.5" cy="19" r="2.6" fill="currentColor"/>
            </svg>" – an answer, and what it answers"</p>
        </section>
    }
}
