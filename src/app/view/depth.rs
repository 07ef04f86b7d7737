//! Who read the article: the fast labeller or the deep one, and what there is to do about it.

use leptos::prelude::*;

use crate::app::deep::depth::{Depth, Stage};
use crate::app::state::{Origin, Phase, Shown};
use crate::app::wording;
use crate::engine::Labeller;

use super::controls::when;
use super::use_state;

/// A switch, where the deep reading stands, and how to stop it or try again.
#[component]
pub(super) fn Deepening() -> impl IntoView {
    let state = use_state();
    let Depth { on, stage, kept, .. } = state.depth;
    let of_shown = move |on: bool| match &*state.phase.read() {
        Phase::Shown(shown) => made_by(shown, on),
        _ => String::new(),
    };
    let Some(bytes) = Depth::bytes() else {
        return view! { <p class="depth" id="depth">{move || of_shown(true)}</p> }.into_any();
    };
    let size = wording::size(bytes);
    let share = Memo::new(move |_| match stage.get() {
        Stage::Fetching(there) => Some(there * 100 / bytes),
        Stage::Reading(percent) => Some(usize::from(percent)),
        _ => None,
    });
    let under_way = Memo::new(move |_| share.get().is_some());
    let words = {
        let size = size.clone();
        move || match stage.get() {
            Stage::Idle if !on.get() && matches!(&*state.phase.read(), Phase::Shown(shown) if shown.could_be_deeper()) => {
                format!("finds more; fetches {size} once, which this browser then keeps")
            }
            Stage::Idle => of_shown(on.get()),
            Stage::Fetching(0) => "starting".to_owned(),
            Stage::Fetching(there) => format!("fetching {} of {size}, once", wording::size(there)),
            Stage::Reading(percent) => format!("reading, {percent} %"),
            Stage::Done(changes) if kept.get() => changes.to_string(),
            Stage::Done(changes) => format!("{changes} This browser doesn’t keep its {size}, so they are fetched again next time."),
            Stage::Stopped => "stopped; this is the fast reading".to_owned(),
            Stage::Failed(trouble) => trouble.to_string(),
        }
    };
    let again = Memo::new(move |_| match stage.get() {
        Stage::Stopped => Some("Go on"),
        Stage::Failed(_) => Some("Try again"),
        _ => None,
    });
    view! {
        <div class="depth" id="depth" role="group" aria-label="Deep reading">
            <label>
                <input
                    type="checkbox"
                    id="deep"
                    prop:checked=move || on.get()
                    on:change=move |event| state.set_deep(event_target_checked(&event))
                />
                " Deep reading"
            </label>
            <span id="depth-words">{words}</span>
            {when(move || under_way.get(), move || view! {
                <progress max="100" aria-label="Deep reading" value=move || share.get().unwrap_or_default()></progress>
                <button type="button" class="quiet" id="stop-deep" on:click=move |_| state.stop_deep()>"Stop"</button>
            }.into_any())}
            {move || again.get().map(|what| view! {
                <button type="button" class="quiet" id="deep-again" on:click=move |_| state.read_deeply()>{what}</button>
            })}
        </div>
    }
    .into_any()
}

/// Which labeller made what is on the page; switching the deep one off takes nothing back.
fn made_by(shown: &Shown, on: bool) -> String {
    let reading = match shown.breakdown.labeller {
        Labeller::Fast => "the fast reading",
        Labeller::Deep => "the deep reading",
    };
    match shown.origin {
        Origin::Link => format!("this link carries {reading}"),
        _ if !on && shown.breakdown.labeller == Labeller::Deep => format!("off from the next text on; this is {reading}"),
        _ => format!("this is {reading}"),
    }
}
