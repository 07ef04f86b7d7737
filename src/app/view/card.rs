//! A claim as a card.

use leptos::prelude::*;

use crate::app::threads::Unanswered;
use crate::app::wording;
use crate::engine::{ClaimId, Confidence, Response, Target};

use super::read::{Page, name};
use super::use_state;

/// Speaker, words, where they come from; and, for an answer, what it answers and how that shows.
#[component]
pub(super) fn Card(
    page: Page,
    claim: ClaimId,
    /// What this claim answers, where the card stands under it.
    #[prop(optional_no_strip)]
    reply: Option<Response>,
    /// Who is spoken about and says nothing here.
    #[prop(optional_no_strip)]
    unanswered: Option<Unanswered>,
) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    let said = breakdown.claim(claim);
    let role = said.speaker.and_then(|id| breakdown.speaker(id).role.clone());
    let silent: Vec<String> = unanswered.iter().flat_map(|u| &u.silent).map(|id| breakdown.speaker(*id).name.clone()).collect();
    let provenance = Some(wording::provenance(&breakdown, said)).filter(|told| !told.is_empty()).map(|told| format!(" · {told}"));
    let open = move |_| {
        state.choose(claim);
        if state.selected.get_untracked() == Some(claim) {
            state.go_to(claim);
        }
    };
    view! {
        <div
            class=format!("card {}", page.hue(claim))
            data-claim=name(claim)
            data-selected=page.selected(claim)
            data-hovered=page.hovered(claim)
            data-out=page.out(claim)
            on:mouseenter=move |_| state.hovered.set(Some(claim))
            on:mouseleave=move |_| state.hovered.set(None)
        >
            <p class="who">
                <button type="button" class="speaker" on:click=open>{page.speaker_name(claim)}</button>
                " "
                <span class="role">{role}</span>
            </p>
            <p class="words">
                {wording::quotation(said.quotation).map(|how| view! { <span class="how">{how}</span>" " })}
                {wording::verb(&breakdown.article, said).map(|verb| view! { <span class="verb">{verb}":"</span>" " })}
                {wording::content(&breakdown.article, said)}
            </p>
            {reply.map(|answer| view! { <Answer page=page.clone() answer/> })}
            <p class="meta">
                <span class="number">{claim.0 + 1}</span>
                {provenance}
                <Doubt confidence=said.confidence/>
                {page.corrected.is_corrected(claim).then(|| view! { " " <span class="corrected">"corrected"</span> })}
            </p>
            {silent.into_iter().map(|who| view! { <p class="meta"><span class="response-tag none">{who}": no reply in this article"</span></p> }).collect_view()}
        </div>
    }
}

/// What an answer answers, and the words that show it.
#[component]
pub(super) fn Answer(page: Page, answer: Response) -> impl IntoView {
    let signal = wording::excerpt(page.article(), &answer.signal);
    view! {
        <p class="meta">
            <span class=format!("response-tag {}", answer.kind.as_str())>
                {match answer.to {
                    Target::Claim(_) => wording::tag(&page.breakdown, &answer),
                    Target::Narrated(_) => wording::response(answer.kind).to_owned(),
                }}
            </span>
            {(!signal.is_empty()).then(|| format!(" signal: “{signal}”"))}
            <Doubt confidence=answer.confidence/>
            {page.corrected.is_response_corrected(&answer).then(|| view! { " " <span class="corrected">"corrected"</span> })}
        </p>
    }
}

/// That something is unsure, and how much so: at a glance on the selected card, on the others for a pointer that
/// rests and for screen readers.
#[component]
fn Doubt(confidence: Confidence) -> impl IntoView {
    wording::doubt(confidence).map(|odds| {
        view! { " " <span class="unsure" title=odds.clone()>"unsure"</span> <span class="odds">" "{odds}</span> }
    })
}
