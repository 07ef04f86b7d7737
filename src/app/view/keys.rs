//! The sheet of keys.

use leptos::prelude::*;

use crate::app::browser;

use super::controls::{button, check};
use super::use_state;

/// A key, what it does, and whether it is a letter or sign of its own, which can be switched off.
type Key = (&'static str, &'static str, bool);

/// Every key, in groups.
const KEYS: &[(&str, &[Key])] = &[
    (
        "Go",
        &[
            ("↓ ↑", "next and previous claim", false),
            ("j k", "the same", true),
            ("t", "to what the claim answers", true),
            ("r", "to its first answer", true),
            ("1 – 5", "the views", true),
            ("Esc", "close what is open, then select nothing", false),
        ],
    ),
    ("Find", &[("/", "find claims", true)]),
    (
        "Correct",
        &[
            ("e", "correct the selected claim", true),
            ("n", "new claim: from the selected words, or the next sentence", true),
            ("a", "say what the claim answers", true),
            ("x", "it is no claim", true),
            ("Ctrl Z", "undo", false),
            ("Ctrl Shift Z", "redo", false),
        ],
    ),
    ("Help", &[("?", "this sheet", true)]),
];

/// A dialog that `?` and a button open.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let state = use_state();
    view! {
        <dialog id="keys" aria-labelledby="keys-title">
            <div class="section-head">
                <h2 id="keys-title">"Keys"</h2>
                {button("quiet", "Close", || browser::close_dialog("#keys"))}
            </div>
            {KEYS.iter().map(|(group, keys)| view! {
                <h3>{*group}</h3>
                <dl>
                    {keys.iter().map(|&(key, what, letter)| view! {
                        <div class:off=move || letter && !state.letter_keys.get()>
                            <dt>{key.split(' ').map(|key| if key == "–" { view! { " – " }.into_any() } else { view! { <kbd>{key}</kbd>" " }.into_any() }).collect_view()}</dt>
                            <dd>{what}</dd>
                        </div>
                    }).collect_view()}
                </dl>
            }).collect_view()}
            {check("Single letters, digits and signs work as keys", move || state.letter_keys.get(), move |on| state.set_letter_keys(on))}
        </dialog>
    }
}
