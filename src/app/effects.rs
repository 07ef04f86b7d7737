//! What the state does to the browser outside the components: attributes of the root element, the
//! title, the address bar, focus, keys. Nothing here changes the state but the reader's own keys and
//! address.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::engine::Breakdown;
use crate::link::View;

use super::browser::{self, Key};
use super::state::{Phase, Shown, State, Theme};
use super::wording;

/// A pause this long, in milliseconds, before the address follows the page: browsers limit how often
/// it may change.
const ADDRESS_PAUSE: u32 = 200;
/// The same before what is kept of a breakdown follows its changes.
const SHELF_PAUSE: u32 = 500;

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
                    // Whoever follows a link to a claim wants to see it.
                    if let Some(claim) = state.selected.get_untracked() {
                        state.go_to(claim);
                    }
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
    follow_with_shelf(state);
    browser::on_print(move |printing| state.printing.set(printing));
    browser::on_fragment(move || state.open_link());
    browser::on_selection(move |words| state.take_marked(words));
    browser::on_key(move |key, letter| {
        let shown = matches!(*state.phase.read_untracked(), Phase::Shown(_));
        if !shown || (letter && !state.letter_keys.get_untracked()) {
            return false;
        }
        match key {
            Key::Clear => {
                if state.corrections.picking.get_untracked().is_some() {
                    state.stop_picking();
                } else if state.corrections.open.get_untracked().is_some() {
                    state.close_editor();
                } else if let Some(claim) = state.selected.get_untracked() {
                    state.select(None);
                    // The panel may have had the focus.
                    browser::after_layout(move || browser::catch_focus(Some(claim)));
                } else {
                    state.stop_finding();
                }
            }
            Key::Find => state.find(),
            Key::Help => browser::open_dialog("#keys"),
            Key::Undo => state.undo(),
            Key::Redo => state.redo(),
            Key::New => state.add_claim(),
            Key::Correct | Key::Answer | Key::Drop => {
                let Some((claim, key_of)) = state.selected.get_untracked().zip(state.selected_key()) else { return false };
                if key == Key::Drop {
                    state.drop_claim(key_of);
                } else {
                    state.correct(claim);
                    if key == Key::Answer {
                        state.pick(key_of);
                    }
                }
            }
            Key::ToAnswered | Key::ToAnswer => match state.follow(key == Key::ToAnswer) {
                Some(claim) => state.go_to(claim),
                None if state.selected.get_untracked().is_some() => {
                    let nothing = if key == Key::ToAnswer { "Nobody answers this claim here." } else { "This claim answers no other." };
                    state.announcement.set(nothing.to_owned());
                }
                None => return false,
            },
            Key::View(place) => match View::ALL.get(place) {
                Some(&view) => state.open(view),
                None => return false,
            },
            Key::Next | Key::Previous => {
                state.step(key == Key::Next);
                if let Some(claim) = state.selected.get_untracked() {
                    state.go_to(claim);
                }
            }
        }
        true
    });
}

/// Keeps what is on the page: at once when it comes and when it goes, otherwise after a pause in its changes.
fn follow_with_shelf(state: State) {
    let waiting = Rc::new(Cell::new(None::<(Shown, String, u64)>));
    let kept = Rc::clone(&waiting);
    let keep = move || {
        if let Some((shown, fragment, opened)) = kept.take() {
            state.keep_on_shelf(&shown, fragment, opened);
        }
    };
    Effect::new(move |before: Option<Option<(u32, u64)>>| {
        let now = state.fragment().zip(state.shown_now());
        let same = before.flatten().filter(|(arrival, _)| now.as_ref().is_some_and(|(_, shown)| shown.arrival == *arrival));
        if same.is_none() {
            browser::call_off("shelf");
            keep();
        }
        let (fragment, shown) = now?;
        let (arrival, opened) = same.unwrap_or_else(|| (shown.arrival, browser::now()));
        waiting.set(Some((shown, fragment, opened)));
        browser::debounce("shelf", if same.is_some() { SHELF_PAUSE } else { 0 }, keep.clone());
        Some((arrival, opened))
    });
}

/// The article's headline, as far as a tab shows it.
fn title(breakdown: &Breakdown) -> String {
    wording::title(breakdown).map_or_else(|| "Sayso".to_owned(), |title| format!("{title} – Sayso"))
}
