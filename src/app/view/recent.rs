//! The list of recent breakdowns on the first screen.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::recent::Entry;
use crate::app::shelf::{Kept, Shelf};
use crate::app::state::State;
use crate::app::store::Trouble;

use super::use_state;

/// So many are listed until all are asked for.
const FIRST: usize = 5;

/// What is kept, what can be done with it, and the switch.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let state = use_state();
    let Shelf { on, kept } = state.shelf;
    state.look_at_shelf();
    let wide = RwSignal::new(false);
    view! {
        <section class="recent" aria-label="Recent breakdowns">
            {move || list(state, &kept.read(), wide)}
            <p class="keep">
                <label>
                    <input
                        id="keep-recent"
                        type="checkbox"
                        aria-describedby="keep-note"
                        prop:checked=move || on.get()
                        on:change=move |event| state.set_keeping(event_target_checked(&event))
                    />
                    " Keep recent breakdowns in this browser"
                </label>
                <span id="keep-note">{move || (on.get() && !kept.read().entries.is_empty()).then_some("Switching this off deletes them.")}</span>
            </p>
        </section>
    }
}

/// The entries, what can be brought back, and what went wrong.
fn list(state: State, kept: &Kept, wide: RwSignal<bool>) -> impl IntoView + use<> {
    let count = kept.entries.len();
    let more = count > FIRST && !wide.get();
    let mut rows: Vec<AnyView> =
        kept.entries.iter().take(if more { FIRST } else { count }).map(|entry| row(state, entry).into_any()).collect();
    if let Some(removed) = &kept.removed {
        // In the place of what is gone, so that a second click there meets no other row.
        let told = view! {
            <li class="removed">
                <span>{removed.told.clone()}</span>
                <button id="bring-back-deleted" type="button" on:click=move |_| state.bring_back_deleted()>"Bring back"</button>
            </li>
        };
        rows.insert(removed.place.min(rows.len()), told.into_any());
    }
    let show_all = move |_| {
        wide.set(true);
        // The button goes, so the focus goes on with what it has shown.
        browser::focus_soon(&format!("#recent li[data-key]:nth-child({}) .title", FIRST + 1));
    };
    let sentence = kept.trouble.map(|trouble| match trouble {
        Trouble::Full if count > 0 => "This browser has no room for more recent breakdowns. Delete some to make room.",
        Trouble::Denied | Trouble::Full => "This browser doesn’t let Sayso keep recent breakdowns.",
    });
    view! {
        {(count > 0).then(|| view! {
            <div class="recent-head">
                <h2>"Recent breakdowns"</h2>
                <button id="delete-all" type="button" class="quiet" on:click=move |_| state.delete_all_kept()>"Delete all"</button>
            </div>
        })}
        <ul id="recent">{rows}</ul>
        {more.then(|| view! {
            <button id="all-recent" type="button" class="quiet" on:click=show_all>{format!("Show all {count}")}</button>
        })}
        <p id="recent-trouble">{sentence}</p>
    }
}

/// One of them: its title opens it.
fn row(state: State, entry: &Entry) -> impl IntoView + use<> {
    let opened = browser::moment(entry.opened).zip(browser::moment(browser::now()));
    let about = opened.map(|(opened, now)| entry.about(opened, now));
    let (open, delete) = (entry.clone(), entry.clone());
    view! {
        <li data-key=entry.key.clone()>
            <button type="button" class="title" on:click=move |_| state.open_kept(open.clone())>{entry.title.clone()}</button>
            <span class="about">{about}</span>
            <button
                type="button"
                class="quiet delete"
                aria-label=format!("Delete: {}", entry.title)
                on:click=move |_| state.delete_kept(&delete)
            >"Delete"</button>
        </li>
    }
}
