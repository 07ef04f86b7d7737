//! The Speakers view: who has how much to say, and who answers whom.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::shares::{self, Answered, Share};
use crate::app::wording;
use crate::engine::{Claim, ClaimId, SpeakerId};
use crate::order;

use super::card::Card;
use super::controls::when;
use super::read::Page;
use super::speaker_editor::SpeakerEditor;
use super::use_state;

/// A bar for each speaker, which opens to the speaker's claims; then the table of answers.
#[component]
pub(super) fn Speakers(page: Page) -> impl IntoView {
    let shares = shares::shares(&page.breakdown);
    let words: usize = shares.iter().map(Share::words).sum();
    let most = shares.iter().map(Share::words).max().unwrap_or(0).max(1);
    let none = shares.is_empty();
    view! {
        {none.then(|| view! { <p class="nothing">"Nobody is given any words here."</p> })}
        <section class="shares" aria-label="Share of the attributed words">
            {(!none).then(|| view! {
                <h2>"Share of the attributed words"</h2>
                <p class="key">
                    <svg class="bars" viewBox="0 0 20 12" aria-hidden="true"><rect class="quoted" width="20" height="12"/></svg>
                    " quoted "
                    <svg class="bars" viewBox="0 0 20 12" aria-hidden="true"><rect class="paraphrased" width="20" height="12"/></svg>
                    " paraphrased"
                </p>
            })}
            {shares.into_iter().map(|share| view! { <Row page=page.clone() share words most/> }).collect_view()}
        </section>
        <Exchanges page/>
    }
}

#[component]
fn Row(page: Page, share: Share, words: usize, most: usize) -> impl IntoView {
    let state = use_state();
    let key = page.corrected.speaker_key(share.speaker);
    let speaker = page.breakdown.speaker(share.speaker).clone();
    // Of somebody who says nothing, what is said about them.
    let concerns = |claim: &Claim| {
        if share.claims > 0 { claim.speaker == Some(share.speaker) } else { claim.about.contains(&share.speaker) }
    };
    let claims: Vec<ClaimId> = page.breakdown.numbered_claims().filter(|(_, claim)| concerns(claim)).map(|(id, _)| id).collect();
    let percent = |part: usize, whole: usize| (part * 100 + whole / 2) / whole.max(1);
    let (quoted, paraphrased) = (percent(share.quoted, most), percent(share.paraphrased, most));
    let told = if share.claims > 0 {
        format!("{} % · {}", percent(share.words(), words), wording::counted(share.claims, "claim", "claims"))
    } else {
        format!("spoken about in {}, never quoted", wording::counted(share.about, "claim", "claims"))
    };
    let class = format!("share {}", page.hue_of(Some(share.speaker)));
    let (sought, own) = (page.clone(), claims.clone());
    let out = move || own.iter().all(|claim| sought.out(*claim)().is_some()).then_some("");
    let counts = format!("{} quoted, {} paraphrased words", wording::count(share.quoted), wording::count(share.paraphrased));
    view! {
        <details
            class=class
            data-out=out
            data-speaker=key.0.to_string()
            // Stays open where correcting draws it anew.
            open=untrack(|| state.unfolded.read().contains(&key))
            on:toggle=move |event| {
                let open = browser::is_open(&event);
                state.unfolded.update(|unfolded| { if open { unfolded.insert(key) } else { unfolded.remove(&key) }; });
            }
        >
            <summary>
                <span class="name">{wording::capitalised(&speaker.name)}</span>
                <span class="role">{speaker.role}{page.corrected.is_speaker_corrected(share.speaker).then(|| view! { " " <span class="corrected">"corrected"</span> })}</span>
                // Drawn, since the page's policy allows no styles of single elements.
                <svg class="bars" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                    <title>{counts}</title>
                    <rect class="quoted" width=quoted height="12"/>
                    <rect class="paraphrased" x=quoted width=paraphrased height="12"/>
                </svg>
                <span class="told">{told}</span>
            </summary>
            // Most stay folded, and a long article has hundreds.
            {when(move || state.unfolded.read().contains(&key), move || {
                let cards = claims.iter().map(|&claim| view! { <Card page=page.clone() claim/> }).collect_view();
                view! { {cards} <SpeakerEditor page=page.clone() speaker=share.speaker claims=claims.clone()/> }.into_any()
            })}
        </details>
    }
}

/// Who answers whom, how often.
#[component]
fn Exchanges(page: Page) -> impl IntoView {
    let exchanges = shares::exchanges(&page.breakdown);
    let from = order::set(exchanges.iter().map(|exchange| exchange.0));
    // Whoever says it comes before what nobody in particular says.
    let to = order::set(exchanges.iter().map(|exchange| (exchange.1.is_none(), exchange.1)));
    let name = move |page: &Page, speaker: Answered| {
        speaker.map_or_else(|| "something narrated".to_owned(), |id| wording::speaker(&page.breakdown, Some(id)))
    };
    let cell =
        |from: SpeakerId, to: Answered| exchanges.iter().find(|exchange| (exchange.0, exchange.1) == (from, to)).map(|exchange| exchange.2);
    (!exchanges.is_empty()).then(|| {
        view! {
            <section class="exchanges">
                <h2 id="exchanges">"Who answers whom"</h2>
                <div class="scroll" tabindex="0" role="region" aria-labelledby="exchanges">
                    <table>
                        <thead>
                            <tr>
                                <td></td>
                                {to.iter().map(|(_, to)| view! { <th scope="col">{name(&page, *to)}</th> }).collect_view()}
                            </tr>
                        </thead>
                        <tbody>
                            {from.iter().map(|&from| view! {
                                <tr>
                                    <th scope="row" class=page.hue_of(Some(from))>{name(&page, Some(from))}</th>
                                    {to.iter().map(|(_, to)| view! { <td data-count=cell(from, *to)>{cell(from, *to)}</td> }).collect_view()}
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            </section>
        }
    })
}
