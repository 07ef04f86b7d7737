//! The page: what a person sees of a breakdown.
//!
//! What can be decided without a browser is pure and lives in [`marks`], [`arcs`], [`figures`],
//! [`threads`] and [`wording`], which compile and are tested on the host. The rest is Leptos: `state`
//! holds everything that changes, components read it, effects carry it to the browser, and only
//! `browser` touches that.

pub mod arcs;
pub mod figures;
pub mod marks;
#[cfg(test)]
pub(crate) mod sample;
pub mod threads;
pub mod wording;

#[cfg(feature = "app")]
mod browser;
#[cfg(feature = "app")]
mod effects;
#[cfg(feature = "app")]
mod reader;
#[cfg(feature = "app")]
mod state;
#[cfg(feature = "app")]
mod view;

/// Puts the page into the document's body.
#[cfg(feature = "app")]
pub fn mount() {
    leptos::mount::mount_to_body(view::App);
}

/// Answers the page's messages; what the worker does.
#[cfg(feature = "app")]
pub fn serve() {
    reader::serve();
}
