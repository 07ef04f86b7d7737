//! The Timeline view: claims on the days they were made.

use leptos::prelude::*;

use crate::app::{timeline, wording};

use super::card::Card;
use super::read::Page;

/// The days, the earliest first, with how long lies between; then what has no day.
#[component]
pub(super) fn Timeline(page: Page) -> impl IntoView {
    let timeline::Timeline { days, undated } = timeline::timeline(&page.breakdown);
    let dated = days.iter().any(|day| !day.claims.is_empty());
    let day = |day: timeline::Day| {
        let since = day.since.map(|days| format!("{} later", wording::counted(days, "day", "days")));
        let own = page.clone();
        view! {
            <li>
                {since.map(|since| view! { <p class="since">{since}</p> })}
                <h2>
                    <time datetime=day.date.to_string()>{wording::day(day.date)}</time>
                    {day.published.then(|| view! { " " <span class="own-day">"the article’s day"</span> })}
                </h2>
                {day.claims.into_iter().map(|claim| view! { <Card page=own.clone() claim/> }).collect_view()}
            </li>
        }
    };
    view! {
        {(!dated).then(|| view! { <p class="nothing">"The article says of no statement on which day it was made."</p> })}
        <ol class="days">{days.into_iter().map(day).collect_view()}</ol>
        {(!undated.is_empty()).then(|| view! {
            <section class="undated">
                <h2>"No day given"</h2>
                {undated.into_iter().map(|claim| view! { <Card page=page.clone() claim/> }).collect_view()}
            </section>
        })}
    }
}
