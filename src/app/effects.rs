//! What the state does to the browser outside the components: attributes of the root element, the
//! title, the address bar, focus, keys. Nothing here changes the state but the reader's own keys and
//! address.

use leptos::prelude::*;

use crate::engine::{BlockKind, Breakdown};

use super::browser::{self, Key};
use super::state::{Phase, State, Theme, VIEWS};

/// A pause this long, in milliseconds, before the address follows the page: browsers limit how often
/// it may change.
const ADDRESS_PAUSE: u32 = 200;

/// Connects the state to the browser, for as long as the page is open.
pub(super) fn connect(state: State) {
    Effect::new(move |_| {
        let name = match &*state.phase.read() {
            Phase::Start => "start",
            Phase::Reading { .. } => "reading",
            Phase::Shown(_) => "shown",
            Phase::Refused(_) => "refused",
        };
        // Once the new view stands, so that whoever waits for the phase finds what it promises.
        browser::after_layout(move || browser::mark_root("data-phase", Some(name)));
    });
    Effect::new(move |_| browser::mark_root("data-theme", state.theme.get().map(Theme::as_str)));
    Effect::new(move |before: Option<Option<u32>>| {
        if let Phase::Shown(shown) = &*state.phase.read() {
            if before.flatten() != Some(shown.arrival) {
                browser::set_title(&title(&shown.breakdown));
                browser::after_layout(move || {
                    browser::arrive();
                    state.leave_depth();
                    state.read_deeply();
                });
            }
            return Some(shown.arrival);
        }
        state.leave_depth();
        browser::set_title("Sayso");
        if before.flatten().is_some() {
            // A paste takes the old text's place.
            browser::after_layout(|| browser::select_all("#paste"));
        }
        None
    });
    Effect::new(move |_| {
        if let Some(fragment) = state.fragment() {
            browser::debounce("address", ADDRESS_PAUSE, move || {
                // From the paste area to its breakdown is a step that Back undoes.
                if browser::fragment().is_some() {
                    browser::show_address(&fragment)
                } else {
                    browser::step_to(&fragment)
                };
            });
        } else {
            browser::call_off("address");
        }
    });
    browser::on_fragment(move || state.open_link());
    browser::on_key(move |key, letter| {
        let shown = matches!(*state.phase.read_untracked(), Phase::Shown(_));
        if !shown || (letter && !state.letter_keys.get_untracked()) {
            return false;
        }
        match key {
            Key::Clear => state.select(None),
            Key::View(place) => match VIEWS.get(place) {
                Some(&view) => state.open(view),
                None => return false,
            },
            Key::Next | Key::Previous => {
                state.step(key == Key::Next);
                if let Some(claim) = state.selected.get_untracked() {
                    browser::go_to(claim);
                }
            }
        }
        true
    });
}

/// The article's headline, as far as a tab shows it.
fn title(breakdown: &Breakdown) -> String {
    let headline = breakdown.blocks.iter().find(|block| block.kind == BlockKind::Headline);
    headline.map_or_else(|| "Sayso".to_owned(), |block| format!("{} – Sayso", breakdown.article.slice(block.span)))
}
