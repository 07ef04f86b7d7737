//! The bar at the top.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::state::{Phase, Theme};

use super::controls::when;
use super::copy_link::CopyLink;
use super::use_state;
use super::views::Switch;

/// Name, the views, what can be done with the breakdown, light and dark.
#[component]
pub(super) fn Header() -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| matches!(*state.phase.read(), Phase::Shown(_)));
    let dark = move || state.theme.get().map_or_else(browser::prefers_dark, |theme| theme == Theme::Dark);
    let other = move || if dark() { "Switch to light" } else { "Switch to dark" };
    view! {
        <header class="bar">
            <span class="wordmark">"Sayso"</span>
            <span class="motto">"who says what, on whose word"</span>
            {when(move || shown.get(), move || view! {
                <Switch/>
            }.into_any())}
            <div class="bar-actions">
                <button id="theme" class="quiet icon" type="button" aria-label=other title=other on:click=move |_| state.switch_theme()>
                    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
                        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/>
                        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>
                    </svg>
                </button>
                {when(move || shown.get(), move || view! {
                    <button id="print" class="quiet icon" type="button" aria-label="Print" title="Print" on:click=move |_| state.print()>
                        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6">
                            <path d="M6 7V2.8h8V7M6 14H3.6V7h12.8v7H14"/>
                            <path d="M6 11.5h8v5.7H6z"/>
                        </svg>
                    </button>
                    <button id="new" type="button" on:click=move |_| state.start_anew()>"New"</button>
                    <CopyLink/>
                }.into_any())}
            </div>
        </header>
    }
}
