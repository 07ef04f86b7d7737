//! What can be done with words that the reader has selected in the article.

use leptos::prelude::*;

use crate::app::wording;
use crate::edits::Part;
use crate::link::View;

use super::controls::{button, named_button, when};
use super::read::Page;
use super::use_state;

/// A bar at the bottom of the window, while words are selected.
#[component]
pub(super) fn Marked(page: Memo<Page>) -> impl IntoView {
    let state = use_state();
    let marked = move || state.corrections.marked.get().filter(|_| state.view.get() == View::Read);
    let words = move || marked().map(|span| wording::shortened(&wording::excerpt(page.read().article(), &[span])));
    let selected = move || state.selected.get().map(|id| (id.0 + 1, page.read().corrected.key(id)));
    let actions = move || {
        if state.corrections.picking.get().is_some() {
            return vec![button("primary", "It answers this", move || state.answer_marked())];
        }
        let mut actions = vec![button("primary", "New claim", move || state.add_claim())];
        if let Some((number, key)) = selected() {
            let part = |part: Part| button("", format!("{} of {number}", wording::part(part)), move || state.mark_as(key, part));
            actions.extend(Part::ALL.map(part));
        }
        actions.push(button("", "Set paragraph aside", move || state.set_marked_aside()));
        actions
    };
    let bar = move || {
        view! {
            <div id="marked" role="toolbar" aria-label="Selected words">
                <p>"“"{words}"”"</p>
                {actions}
                {named_button("quiet", "×", Some("Close".to_owned()), None, move || state.forget_marked())}
            </div>
        }
        .into_any()
    };
    when(move || marked().is_some(), bar)
}
