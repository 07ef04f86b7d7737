//! The side panel: the selected claim with its answers, or who answers whom in the whole article.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::threads::{self, Thread};
use crate::app::wording;
use crate::engine::{ClaimId, Response, Target};
use crate::link::View;

use super::card::Card;
use super::notes::Notes;
use super::read::Page;
use super::use_state;

/// Selection or overview, then what nobody answers, then the notes.
#[component]
pub(super) fn Panel(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    let in_article = move || state.view.get() == View::Read;
    view! {
        <aside id="panel" tabindex="-1" aria-label="Claims and answers">
            {move || match state.selected.get() {
                Some(claim) => view! { <Selection page=page.get() claim/> }.into_any(),
                None => in_article().then(|| view! { <Overview page=page.get()/> }).into_any(),
            }}
            {move || in_article().then(|| view! { <Unanswered page=page.get() selected=state.selected.get()/> })}
            {move || view! { <Notes page=page.get()/> }}
            <Keys/>
        </aside>
    }
}

/// Which keys there are, and the switch for those that are letters.
#[component]
fn Keys() -> impl IntoView {
    let state = use_state();
    view! {
        <section class="keys">
            <p><kbd>"↓"</kbd>" "<kbd>"↑"</kbd>" next and previous claim, "<kbd>"Esc"</kbd>" none"</p>
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || state.letter_keys.get()
                    on:change=move |event| state.set_letter_keys(event_target_checked(&event))
                />
                " also "<kbd>"j"</kbd>" and "<kbd>"k"</kbd>", and "<kbd>"1"</kbd>" to "<kbd>"4"</kbd>" for the views"
            </label>
        </section>
    }
}

/// The selected claim, its answers, and what it answers itself.
#[component]
fn Selection(page: Page, claim: ClaimId) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    let answers: Vec<Response> = breakdown.answers_to(claim).cloned().collect();
    let answered: Vec<Response> = breakdown.answered_by(claim).cloned().collect();
    let show_all = move |_| {
        state.select(None);
        browser::focus("#panel");
    };
    let heading = if answers.is_empty() { "Selected claim" } else { "Selected claim and its answers" };
    view! {
        <section class="selection" aria-label=heading>
            <div class="section-head">
                <h2>{heading}</h2>
                {move || (state.view.get() != View::Read).then(|| view! {
                    <button type="button" class="quiet" on:click=move |_| state.show_in_article(claim)>"In the article"</button>
                })}
                <button type="button" class="quiet" on:click=show_all>"Show all"</button>
            </div>
            <Card page=page.clone() claim/>
            <Replies page=page.clone() answers/>
            {(!answered.is_empty()).then(|| view! {
                <h2>"It answers"</h2>
                {answered.into_iter().map(|answer| view! { <Answered page=page.clone() answer/> }).collect_view()}
            })}
        </section>
    }
}

/// What a selected claim answers: a claim, or something only narrated.
#[component]
fn Answered(page: Page, answer: Response) -> impl IntoView {
    let how = view! { <super::card::Answer page=page.clone() answer=answer.clone()/> };
    view! {
        {match answer.to {
            Target::Claim(claim) => view! { <Card page claim/> }.into_any(),
            Target::Narrated(_) => view! { <Narrated page of=answer.to/> }.into_any(),
        }}
        <div class="how-answered">{how}</div>
    }
}

/// Every answered claim with its answers.
#[component]
pub(super) fn Overview(page: Page) -> impl IntoView {
    let threads = threads::threads(&page.breakdown);
    (!threads.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Answered"</h2>
                {threads.into_iter().map(|Thread { of, answers }| view! {
                    {match of {
                        Target::Claim(claim) => view! { <Card page=page.clone() claim/> }.into_any(),
                        Target::Narrated(_) => view! { <Narrated page=page.clone() of/> }.into_any(),
                    }}
                    <Replies page=page.clone() answers/>
                }).collect_view()}
            </section>
        }
    })
}

#[component]
fn Replies(page: Page, answers: Vec<Response>) -> impl IntoView {
    let replies = answers.into_iter().map(|answer| view! { <Card page=page.clone() claim=answer.from reply=Some(answer)/> });
    replies.collect_view()
}

/// Something answered that is nobody's quoted words.
#[component]
fn Narrated(page: Page, of: Target) -> impl IntoView {
    let words = match of {
        Target::Narrated(Some(span)) => wording::excerpt(page.article(), &[span]),
        _ => "A question or remark that the article doesn’t give".to_owned(),
    };
    view! {
        <div class="card narrated">
            <p class="words">{words}</p>
            <p class="meta">"narrated, nobody’s quoted words"</p>
        </div>
    }
}

/// Claims without an answer: all of them, or beside a selected claim only those that call for one.
#[component]
pub(super) fn Unanswered(page: Page, selected: Option<ClaimId>) -> impl IntoView {
    let mut list = threads::unanswered(&page.breakdown);
    if selected.is_some() {
        list.retain(|unanswered| !unanswered.silent.is_empty() && Some(unanswered.claim) != selected);
    }
    (!list.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Unanswered here"</h2>
                {list.into_iter().map(|unanswered| view! {
                    <Card page=page.clone() claim=unanswered.claim unanswered=Some(unanswered)/>
                }).collect_view()}
            </section>
        }
    })
}
