//! What only paper has: what stands above the open view, and under it every claim with its answers.

use leptos::prelude::*;

use crate::app::{browser, recent, wording};
use crate::engine::{BlockKind, ClaimId, Labeller, Quotation, Response, Target};
use crate::link::View;

use super::read::Page;
use super::use_state;

/// The title and the days: of the article, and of the print.
#[component]
pub(super) fn Head(page: Page) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    // The article brings its own headline along.
    let own = state.view.get_untracked() == View::Read && breakdown.blocks.iter().any(|block| block.kind == BlockKind::Headline);
    let published = breakdown.published.map(|day| format!("article of {} · ", wording::day(day)));
    let printed = browser::moment(browser::now()).map(|now| format!("printed {}", wording::day(now.date)));
    view! {
        <div class="paper">
            <p class="paper-days"><strong>"Sayso"</strong>" · who says what, on whose word · "{published}{printed}</p>
            {(!own).then(|| view! { <p class="paper-title">{recent::title(&breakdown)}</p> })}
        </div>
    }
}

/// The claims in reading order, the answers, the notes, and where the breakdown is.
#[component]
pub(super) fn Foot(page: Page) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    let claims = breakdown.numbered_claims().map(|(id, _)| view! { <Said page=page.clone() claim=id/> }).collect_view();
    let responses = breakdown.responses.iter().map(|response| view! { <Answer page=page.clone() response=response.clone()/> });
    let notes = breakdown.notes.iter().map(|note| view! { <li>{note.text.clone()}</li> });
    let link = browser::address(&state.fragment_now().unwrap_or_default());
    let corrections = state.corrections.history.read_untracked().now().len();
    let corrected = (corrections > 0)
        .then(|| format!("A reader corrected it {}. ", if corrections == 1 { "once".to_owned() } else { format!("{corrections} times") }));
    let reading = match breakdown.labeller {
        Labeller::Fast => "fast",
        Labeller::Deep => "deep",
    };
    view! {
        <section class="paper">
            {(!breakdown.claims.is_empty()).then(|| view! { <h2>"Claims"</h2> <ol>{claims}</ol> })}
            {(!breakdown.responses.is_empty()).then(|| view! { <h2>"Who answers whom"</h2> <ul>{responses.collect_view()}</ul> })}
            {(!breakdown.notes.is_empty()).then(|| view! { <h2>"Worth noticing"</h2> <ul>{notes.collect_view()}</ul> })}
            <p class="colophon">
                {format!("Made by Sayso’s {reading} reading, which makes mistakes. Whether a claim is true, it doesn’t say. ")}
                {corrected}
                {wording::on_paper(&browser::address(""), &link)}
            </p>
        </section>
    }
}

/// Number and speaker of a claim: "8 Boris Pistorius".
fn named(page: &Page, claim: ClaimId) -> String {
    format!("{} {}", claim.0 + 1, page.speaker_name(claim))
}

#[component]
fn Said(page: Page, claim: ClaimId) -> impl IntoView {
    let breakdown = page.breakdown.clone();
    let said = breakdown.claim(claim);
    let role = said.speaker.and_then(|id| breakdown.speaker(id).role.clone());
    let verbatim = (said.quotation == Quotation::Direct).then_some("content direct");
    let verb = wording::verb(&breakdown.article, said).map(|verb| format!("{verb}: "));
    let doubt = wording::doubt(said.confidence).map(|odds| format!(" · unsure: {odds}"));
    let corrected = page.corrected.is_corrected(claim).then_some(" · corrected by a reader");
    view! {
        <li data-claim=super::read::name(claim)>
            <p><strong class="number">{claim.0 + 1}</strong>" "<strong>{page.speaker_name(claim)}</strong>" "<span class="role">{role}</span></p>
            <p class="words">
                {wording::quotation(said.quotation).map(|how| view! { <span class="how">{how}</span>" " })}
                <em>{verb}</em>
                <span class=verbatim>{wording::content(&breakdown.article, said)}</span>
            </p>
            <p class="meta">{wording::provenance(&breakdown, said)}{doubt}{corrected}</p>
        </li>
    }
}

#[component]
fn Answer(page: Page, response: Response) -> impl IntoView {
    let verb = wording::response(response.kind);
    let what = match response.to {
        Target::Claim(id) => view! { {verb}" "<strong>{named(&page, id)}</strong> }.into_any(),
        Target::Narrated(_) => wording::tag(&page.breakdown, &response).into_any(),
    };
    let signal = wording::excerpt(page.article(), &response.signal);
    let signal = (!signal.is_empty()).then(|| format!("signal: “{signal}”"));
    let doubt = wording::doubt(response.confidence).map(|odds| format!("unsure: {odds}"));
    let about = [signal, doubt].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li>
            <strong>{named(&page, response.from)}</strong>" "{what}
            <span class="meta">{about}</span>
        </li>
    }
}
