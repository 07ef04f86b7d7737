//! The ways to look at a breakdown, and the switch between them.

use leptos::prelude::*;

use crate::link::View;

use super::panel::{Overview, Unanswered};
use super::read::Page;
use super::speakers::Speakers;
use super::timeline::Timeline;
use super::use_state;

/// Those that the page has, with their names.
const VIEWS: [(View, &str); 4] =
    [(View::Read, "Read"), (View::Threads, "Threads"), (View::Speakers, "Speakers"), (View::Timeline, "Timeline")];

/// The switch. What is open is part of the link.
#[component]
pub(super) fn Switch() -> impl IntoView {
    let state = use_state();
    let button = |(view, name): (View, &'static str)| {
        let open = move || (state.view.get() == view).then_some("page");
        view! { <button type="button" aria-current=open on:click=move |_| state.open(view)>{name}</button> }
    };
    view! { <nav id="views" aria-label="Views">{VIEWS.map(button).collect_view()}</nav> }
}

/// What stands in the article's place while another view is open.
#[component]
pub(super) fn Other(page: Page, view: View) -> impl IntoView {
    let name = VIEWS.iter().find(|(own, _)| *own == view).map_or("", |(_, name)| name);
    view! {
        <div id="view" class="view" tabindex="-1">
            <h1>{name}</h1>
            {match view {
                View::Threads => view! { <Threads page/> }.into_any(),
                View::Speakers => view! { <Speakers page/> }.into_any(),
                View::Timeline => view! { <Timeline page/> }.into_any(),
                View::Read | View::Map => ().into_any(),
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
