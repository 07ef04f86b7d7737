//! The article as pasted, block by block.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::marks::{self, Stretch};
use crate::engine::BlockKind;

use super::arcs::Arcs;
use super::block::BlockText;
use super::read::Page;
use super::use_state;

/// The marked-up text with its arcs. One listener serves all marks.
#[component]
pub(super) fn ArticleText(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    // The blocks are the same whoever reads the text; only their marks change.
    let stretches = Memo::new(move |_| Arc::<[Stretch]>::from(marks::stretches(&page.read().breakdown)));
    // As the engine has them: what a reader brings back stays furniture that can be set aside again.
    let engines = state.shown_now().map_or_else(Vec::new, |shown| marks::stretches(&shown.breakdown));
    let kinds: Vec<BlockKind> = engines.iter().map(|stretch| stretch.kind).collect();
    let aside: Vec<usize> = kinds.iter().enumerate().filter(|(_, kind)| kind.is_set_aside()).map(|(n, _)| n).collect();
    let headline = kinds.iter().position(|kind| *kind == BlockKind::Headline);
    let block = |(place, kind): (usize, BlockKind)| {
        let title = headline == Some(place);
        view! { <BlockText page place title kind stretches/> }
    };
    let blocks: Vec<_> = kinds.into_iter().enumerate().map(block).collect();
    view! {
        <article
            id="article"
            tabindex="-1"
            on:click=move |event| state.choose_at(&event)
            on:mouseover=move |event| state.hovered.set(browser::claim_at(&event))
            on:mouseleave=move |_| state.hovered.set(None)
        >
            {move || view! { <Arcs page=page.get()/> }}
            {headline.is_none().then(|| view! { <h1 class="unseen">"Breakdown"</h1> })}
            {blocks}
            {(aside.len() > 1).then(|| view! { <BringAllBack aside stretches/> })}
        </article>
    }
}

/// One button for all that is set aside.
#[component]
fn BringAllBack(aside: Vec<usize>, stretches: Memo<Arc<[Stretch]>>) -> impl IntoView {
    let state = use_state();
    let count = aside.len();
    let all = aside.clone();
    let all_back = Memo::new(move |_| aside.iter().all(|place| !stretches.read()[*place].kind.is_set_aside()));
    let switch = move |_| {
        let back = all_back.get_untracked();
        state.set_aside(&all, back);
    };
    view! {
        <p class="aside-all">
            <button type="button" class="quiet" on:click=switch>
                {move || if all_back.get() { format!("Set {count} lines aside again") } else { format!("Bring {count} set-aside lines back") }}
            </button>
        </p>
    }
}
