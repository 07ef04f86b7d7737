//! The button that copies the link, with what it says before and after.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{browser, wording};

use super::controls::when;
use super::use_state;

/// Some chat programs cut messages at this many characters.
const CHAT_LIMIT: usize = 2_000;

/// How copying went.
#[derive(Clone, PartialEq)]
enum Copied {
    /// The link is in the clipboard; its length in characters.
    Yes(usize),
    /// The browser refused; here is the link to copy by hand.
    ByHand(String),
    /// The text is too large for a link.
    TooLarge,
}

impl Copied {
    fn sentence(&self) -> String {
        match self {
            Self::Yes(length) if *length > CHAT_LIMIT => format!(
                "Link copied. It has {} characters; some chat programs cut links longer than {}.",
                wording::count(*length),
                wording::count(CHAT_LIMIT)
            ),
            Self::Yes(_) => "Link copied.".to_owned(),
            Self::ByHand(_) => "The browser doesn’t let Sayso copy. Here is the link; copy it from the field.".to_owned(),
            Self::TooLarge => "This text is too large for a link. Send the text itself instead.".to_owned(),
        }
    }
}

/// "Copy link".
#[component]
pub(super) fn CopyLink() -> impl IntoView {
    let state = use_state();
    let copied = RwSignal::new(None::<Copied>);
    // Another breakdown or place has another link: what was said is no longer true.
    Effect::new(move |_| {
        state.payload.track();
        state.selected.track();
        state.view.track();
        state.filter.track();
        copied.set(None);
    });
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if copied.read_untracked().is_some() && browser::takes_escape(&event) {
            copied.set(None);
            browser::focus("#copy-link");
        }
    };
    let copy = move |_| {
        let (Some(fragment), Some(payload)) = (state.fragment_now(), state.payload.get_untracked()) else { return };
        let link = browser::address(&fragment);
        spawn_local(async move {
            let outcome = match payload.fits() {
                false => Copied::TooLarge,
                true if browser::copy(&link).await => Copied::Yes(link.len()),
                true => Copied::ByHand(link),
            };
            state.announcement.set(outcome.sentence());
            copied.set(Some(outcome));
        });
    };
    view! {
        <div class="copy-link" on:keydown=escape>
            <button id="copy-link" class="primary" type="button" aria-describedby="link-note" on:click=copy>
                {move || if matches!(copied.get(), Some(Copied::Yes(_))) { "Copied ✓" } else { "Copy link" }}
            </button>
            <div class="copy-result" data-open=move || copied.get().is_some().then_some("")>
                {move || copied.get().map(|outcome| view! {
                    <p class="outcome">{outcome.sentence()}</p>
                    {match outcome {
                        Copied::ByHand(link) => Some(view! { <input type="text" readonly="readonly" aria-label="Link" prop:value=link/> }),
                        _ => None,
                    }}
                })}
                <p id="link-note">
                    "A link carries the whole text, and nobody can take it back."
                    {move || (!state.filter.read().is_empty()).then_some(" It opens with what you look for.")}
                </p>
                {when(move || copied.get().is_some(), move || view! {
                    <button type="button" class="quiet" on:click=move |_| copied.set(None)>"Close"</button>
                }.into_any())}
            </div>
        </div>
    }
}
