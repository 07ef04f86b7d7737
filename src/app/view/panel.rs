//! The side panel: the selected claim with its answers, or who answers whom in the whole article.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::threads::{self, Reply, Thread};
use crate::app::wording;
use crate::edits::Edit;
use crate::engine::{ClaimId, Response, Target};
use crate::link::View;

use super::card::Card;
use super::controls::{button, when};
use super::correct::Editor;
use super::mine::Corrections;
use super::notes::Notes;
use super::read::Page;
use super::use_state;

/// How many unanswered claims stand beside the article.
const MOST: usize = 12;

/// Selection or overview, then what nobody answers, then the notes.
#[component]
pub(super) fn Panel(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    let in_article = move || state.view.get() == View::Read;
    // On a phone the list of corrections is a long way below the sheet in which they are made.
    let can_undo = Memo::new(move |_| {
        let open = state.selected.get().is_some() || state.corrections.open.get().is_some();
        open && state.corrections.history.read().can_undo()
    });
    view! {
        <aside id="panel" tabindex="-1" aria-label="Claims and answers">
            <div class="sheet">
                {when(move || can_undo.get(), move || button("quiet undo-here", "Undo", move || state.undo()))}
                {move || state.selected.get().map(|claim| view! { <Selection page=page.get() claim/> })}
                {move || state.corrections.open.get().map(|key| view! { <Editor page key/> })}
            </div>
            {move || (state.selected.get().is_none() && in_article()).then(|| view! { <Overview page=page.get()/> })}
            {move || in_article().then(|| view! { <Unanswered page=page.get() selected=state.selected.get() most=MOST/> })}
            <Corrections page/>
            {move || view! { <Notes page=page.get()/> }}
            <KeysHint/>
        </aside>
    }
}

/// Where the keys are told, for those who have a keyboard.
#[component]
fn KeysHint() -> impl IntoView {
    view! {
        <section class="keys">
            {button("quiet", "Keys", || browser::open_dialog("#keys"))}
        </section>
    }
}

/// The selected claim, its answers, and what it answers itself.
#[component]
fn Selection(page: Page, claim: ClaimId) -> impl IntoView {
    let state = use_state();
    let breakdown = page.breakdown.clone();
    let answers = threads::replies_to(&breakdown, claim);
    let answered: Vec<Response> = breakdown.answered_by(claim).cloned().collect();
    let show_all = move |_| {
        state.select(None);
        browser::focus("#panel");
    };
    let (key, unsure) = (page.corrected.key(claim), breakdown.claim(claim).confidence.is_low());
    let heading = if answers.is_empty() { "Selected claim" } else { "Selected claim and its answers" };
    view! {
        <section class="selection" aria-label=heading>
            <div class="section-head">
                <h2>{heading}</h2>
                {move || (state.view.get() != View::Read).then(|| view! {
                    <button type="button" class="quiet" on:click=move |_| state.show_in_article(claim)>"In the article"</button>
                })}
                {button("quiet correct", "Correct", move || state.correct(claim))}
                <button type="button" class="quiet show-all" on:click=show_all>"Show all"</button>
            </div>
            <Card page=page.clone() claim/>
            {when(move || unsure && state.corrections.open.get().is_none(), move || view! {
                <div class="row">
                    {button("", "It is right", move || state.edit(Edit::Confirm(key), "Marked as right."))}
                    {button("", "Not a claim", move || state.drop_claim(key))}
                </div>
            }.into_any())}
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
                    <div class="thread">
                        {match of {
                            Target::Claim(claim) => view! { <Card page=page.clone() claim/> }.into_any(),
                            Target::Narrated(_) => view! { <Narrated page=page.clone() of/> }.into_any(),
                        }}
                        <Replies page=page.clone() answers/>
                    </div>
                }).collect_view()}
            </section>
        }
    })
}

/// Answers, each with its own under it.
#[component]
fn Replies(page: Page, answers: Vec<Reply>) -> impl IntoView {
    let reply = |Reply { response, answers }: Reply| {
        let nested = (!answers.is_empty()).then(|| view! { <Replies page=page.clone() answers/> }.into_any());
        view! { <div class="reply"><Card page=page.clone() claim=response.from reply=Some(response)/>{nested}</div> }
    };
    answers.into_iter().map(reply).collect_view().into_any()
}

/// Something answered that is nobody's quoted words.
#[component]
fn Narrated(page: Page, of: Target) -> impl IntoView {
    let words = if let Target::Narrated(words) = of { wording::narrated(page.article(), words) } else { String::new() };
    view! {
        <div class="card narrated">
            <p class="words">{words}</p>
            <p class="meta">"narrated, nobody’s quoted words"</p>
        </div>
    }
}

/// Claims without an answer: all of them, or beside a selected claim only those that call for one.
#[component]
pub(super) fn Unanswered(
    page: Page,
    selected: Option<ClaimId>,
    /// How many are shown at most; the view of the threads has all.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let state = use_state();
    let mut list = threads::unanswered(&page.breakdown);
    if selected.is_some() {
        list.retain(|unanswered| !unanswered.silent.is_empty() && Some(unanswered.claim) != selected);
    }
    let hidden = (page.guesses > 0 && !list.is_empty() && !state.guesses.get()).then(|| {
        view! { <p class="meta">"Possible responses, which are hidden, may answer some of these."</p> }
    });
    let more = list.len() - most.map_or(list.len(), |most| list.len().min(most));
    list.truncate(list.len() - more);
    let groups = threads::by_addressee(list).into_iter().map(|(about, list)| {
        let title = match about {
            Some(id) => format!("Said about {}, and not answered here", page.breakdown.speaker(id).name),
            None => "Unanswered here".to_owned(),
        };
        let cards =
            list.into_iter().map(|unanswered| view! { <Card page=page.clone() claim=unanswered.claim unanswered=Some(unanswered)/> });
        view! { <section><h2>{title}</h2>{cards.collect_view()}</section> }
    });
    view! {
        {groups.collect_view()}
        {hidden}
        {(more > 0).then(|| {
            let label = format!("{} more in Threads", wording::count(more));
            // How many of them are looked for, their number doesn't tell.
            let label = Signal::derive(move || if state.matches.read().is_none() { label.clone() } else { "All in Threads".to_owned() });
            view! { <button type="button" class="more" on:click=move |_| state.open(View::Threads)>{label}</button> }
        })}
    }
}
