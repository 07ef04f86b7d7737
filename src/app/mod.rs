//! The page: what a person sees of a breakdown.
//!
//! What can be decided without a browser is pure and lives in [`marks`], [`arcs`], [`figures`], [`history`], [`recent`],
//! [`threads`], [`shares`], [`timeline`], [`map`] and [`wording`], which compile and are tested on the host. The rest is Leptos: `state`
//! holds everything that changes, components read it, effects carry it to the browser, and only
//! `browser` and `store` touch that. `worker` is the other program: the engine, off the page's thread.

pub mod arcs;
pub mod deep;
pub mod figures;
pub mod history;
pub mod map;
pub mod marks;
pub mod recent;
#[cfg(test)]
pub(crate) mod sample;
pub mod shares;
pub mod threads;
pub mod timeline;
pub mod wording;

#[cfg(feature = "app")]
mod browser;
#[cfg(feature = "app")]
mod correct;
#[cfg(feature = "app")]
mod effects;
#[cfg(feature = "app")]
mod post;
#[cfg(feature = "app")]
mod reader;
#[cfg(feature = "app")]
mod shelf;
#[cfg(feature = "app")]
mod state;
#[cfg(feature = "app")]
mod store;
#[cfg(feature = "app")]
mod view;
#[cfg(feature = "worker")]
mod worker;

/// Puts the page into the document's body.
#[cfg(feature = "app")]
pub fn mount() {
    let early = browser::take_over();
    leptos::mount::mount_to_body(move || view::app(early.clone()));
}

/// Answers the page's messages; what the worker does.
#[cfg(feature = "worker")]
pub fn serve() {
    worker::serve();
}
