//! The part of a claim's editor for what it answers.

use leptos::prelude::*;

use crate::app::{correct, wording};
use crate::edits::{ClaimKey, Edit, To};
use crate::engine::{ClaimId, Response, ResponseKind, Target};

use super::controls::{button, choice, named_button, when};
use super::read::Page;
use super::use_state;

/// What the claim answers, each with its type, and a way to pick something more.
#[component]
pub(super) fn Responses(page: Memo<Page>, key: ClaimKey) -> impl IntoView {
    let state = use_state();
    let answered = Memo::new(move |_| {
        let page = page.read();
        let id = page.corrected.claim(key);
        id.map_or_else(Vec::new, |id| page.breakdown.answered_by(id).cloned().collect::<Vec<_>>())
    });
    let picking = move || state.corrections.picking.get() == Some(key);
    view! {
        <div class="part responses" role="group" aria-label="What it answers">
            <p><span class="label">"Answers"</span>" "{move || answered.read().is_empty().then_some("nothing")}</p>
            {move || answered.get().into_iter().map(|response| view! { <Answered page key response/> }).collect_view()}
            {when(move || !picking(), move || button("wide", "It answers …", move || state.pick(key)))}
            {when(picking, move || view! { <Pick page key/> }.into_any())}
        </div>
    }
}

/// Every type of response with its name.
pub(super) fn types() -> Vec<(String, String)> {
    ResponseKind::ALL.iter().map(|&kind| (kind.as_str().to_owned(), wording::response(kind).to_owned())).collect()
}

#[component]
fn Answered(page: Memo<Page>, key: ClaimKey, response: Response) -> impl IntoView {
    let state = use_state();
    let shown = page.get_untracked();
    let to = correct::target(&shown.corrected, &response.to);
    let words = match response.to {
        Target::Claim(claim) => label(&shown, claim),
        Target::Narrated(Some(span)) => format!("“{}”", wording::shortened(&wording::excerpt(shown.article(), &[span]))),
        Target::Narrated(None) => "something the article doesn’t give".to_owned(),
    };
    let choose = move |value: String| {
        if let Some(kind) = ResponseKind::from_name(&value) {
            state.edit(Edit::Respond(key, to, kind), "Type of the response changed.");
        }
    };
    let remove = move || state.edit(Edit::DropResponse(key, to), "Response taken away.");
    let (kind, unsure) = (response.kind, response.confidence.is_low());
    view! {
        <div class="row answered-claim">
            {choice(format!("How it stands to {words}"), types, move || kind.as_str().to_owned(), choose)}
            <span class="target">{words.clone()}</span>
            {unsure.then(|| button("", "It is right", move || state.edit(Edit::Respond(key, to, kind), "Marked as right.")))}
            {named_button("quiet", "Remove", Some(format!("It doesn’t answer {words}")), None, remove)}
        </div>
    }
}

/// Picks a claim from a list, or from the article by a click or Enter on its number.
#[component]
fn Pick(page: Memo<Page>, key: ClaimKey) -> impl IntoView {
    let state = use_state();
    let claims = move || {
        let page = page.read();
        let others = page.breakdown.numbered_claims().map(|(id, _)| id).filter(|id| page.corrected.key(*id) != key);
        let named = others.map(|id| (page.corrected.key(id).0.to_string(), label(&page, id)));
        [(String::new(), "A claim …".to_owned())].into_iter().chain(named).collect()
    };
    let choose = move |value: String| {
        if let Ok(claim) = value.parse() {
            state.answer(To::Claim(ClaimKey(claim)));
        }
    };
    let marked = move || state.corrections.marked.get().is_some();
    view! {
        <div id="pick">
            <p>"Choose what it answers: a claim in the text, one of this list, or words that you select."</p>
            <div class="row">
                {choice("The claim that it answers".to_owned(), claims, String::new, choose)}
                {when(marked, move || button("wide", "The selected words", move || state.answer_marked()))}
                {button("quiet", "Cancel", move || state.stop_picking())}
            </div>
        </div>
    }
}

/// "8 Pistorius: a war between …": a claim in a list.
fn label(page: &Page, claim: ClaimId) -> String {
    let words = wording::content(page.article(), page.breakdown.claim(claim));
    format!("{} {}: {}", claim.0 + 1, page.speaker_name(claim), wording::shortened(&words))
}
