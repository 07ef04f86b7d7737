//! The ways to look at a breakdown, and the switch between them.

use leptos::prelude::*;

use crate::app::wording;
use crate::link::View;

use super::map::Map;
use super::panel::{Overview, Unanswered};
use super::read::Page;
use super::speakers::Speakers;
use super::timeline::Timeline;
use super::use_state;

/// The switch. What is open is part of the link.
#[component]
pub(super) fn Switch() -> impl IntoView {
    let state = use_state();
    let button = |view: View| {
        let open = move || (state.view.get() == view).then_some("page");
        view! { <button type="button" aria-current=open on:click=move |_| state.open(view)>{wording::view(view)}</button> }
    };
    view! { <nav id="views" aria-label="Views">{View::ALL.map(button).collect_view()}</nav> }
}

/// What stands in the article's place while another view is open.
#[component]
pub(super) fn Other(page: Page, view: View) -> impl IntoView {
    view! {
        <div id="view" class="view" tabindex="-1">
            <h1>{wording::view(view)}</h1>
            {match view {
                View::Threads => view! { <Threads page/> }.into_any(),
                View::Speakers => view! { <Speakers page/> }.into_any(),
                View::Timeline => view! { <Timeline page/> }.into_any(),
                View::Map => view! { <Map page/> }.into_any(),
                View::Read => ().into_any(),
            }}
        </div>
    }
}

/// Every answered claim with its answers, then what nobody answers.
#[component]
fn Threads(page: Page) -> impl IntoView {
    let none = page.breakdown.responses.is_empty();
    view! {
        {none.then(|| view! { <p class="nothing">"Nobody answers anybody here, as far as Sayso sees."</p> })}
        <Overview page=page.clone()/>
        <Unanswered page selected=None/>
    }
}
