//! What can be done with a map: making it larger and smaller, and saving it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::state::State;

use super::map::{Look, STEP};
use super::use_state;

const FAILED: &str = "The browser doesn’t let Sayso save the map.";

/// What the buttons work on.
#[derive(Clone, Copy)]
struct Tools {
    state: State,
    look: Look,
    /// Whether the browser refused to save.
    failed: RwSignal<bool>,
}

impl Tools {
    /// Saves the map as a picture, or else as the drawing that it is.
    fn save(self, picture: bool) {
        let (name, svg, pixels) = self.look.map.with_value(|map| (map.file_name(), map.standalone(), map.pixels()));
        spawn_local(async move {
            let saved = if picture {
                browser::save_picture(&format!("{name}.png"), &svg, pixels).await
            } else {
                browser::save_text(&format!("{name}.svg"), "image/svg+xml", &svg)
            };
            self.failed.set(saved.is_none());
            self.state.announcement.set(if saved.is_some() { "The map is saved." } else { FAILED }.to_owned());
        });
    }
}

/// The buttons, and what is said where the browser doesn't save.
#[component]
pub(super) fn MapTools(look: Look) -> impl IntoView {
    let tools = Tools { state: use_state(), look, failed: RwSignal::new(false) };
    let button = move |(words, label, act): (&'static str, &'static str, fn(Tools))| {
        view! { <button type="button" aria-label=label on:click=move |_| act(tools)>{words}</button> }
    };
    let zoom: [(_, _, fn(Tools)); 3] = [
        ("−", "Smaller", |tools| tools.look.zoom(1.0 / STEP)),
        ("+", "Larger", |tools| tools.look.zoom(STEP)),
        ("Fit", "Fit the whole map", |tools| tools.look.fit()),
    ];
    let save: [(_, _, fn(Tools)); 2] =
        [("SVG", "Save as SVG", |tools| tools.save(false)), ("PNG", "Save as PNG", |tools| tools.save(true))];
    view! {
        <div class="map-tools">
            <span class="zoom">{zoom.map(button).into_iter().collect_view()}</span>
            <span class="save"><span aria-hidden="true">"Save as"</span>{save.map(button).into_iter().collect_view()}</span>
            <p class="trouble" hidden=move || !tools.failed.get()>{FAILED}</p>
        </div>
    }
}
