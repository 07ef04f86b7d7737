//! The Timeline view: claims on the days they were made.

use leptos::prelude::*;

use crate::app::timeline::{self, Day, Scale};
use crate::app::wording;

use super::card::Card;
use super::read::{Page, name};
use super::use_state;

/// So many claims of one day are drawn above each other.
const MOST: usize = 6;

/// The days along a line; the earliest first, with how long lies between; then what has no day.
#[component]
pub(super) fn Timeline(page: Page) -> impl IntoView {
    let timeline::Timeline { days, undated } = timeline::timeline(&page.breakdown);
    let undatable = if page.breakdown.published.is_some() {
        "The article says of no statement on which day it was made."
    } else {
        "Without the article’s own date, which this text doesn’t have, Sayso can’t tell on which days statements were made. \
         “Correct” beside a claim gives it a day."
    };
    let dated = days.iter().any(|day| !day.claims.is_empty());
    let day = |day: Day| {
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
        {(!dated).then(|| view! { <p class="nothing">{undatable}</p> })}
        {timeline::scale(&days).map(|scale| view! { <Line page=page.clone() days=days.clone() scale/> })}
        <ol class="days">{days.into_iter().map(day).collect_view()}</ol>
        {(!undated.is_empty()).then(|| view! {
            <section class="undated">
                <h2>"No day given"</h2>
                {undated.into_iter().map(|claim| view! { <Card page=page.clone() claim/> }).collect_view()}
            </section>
        })}
    }
}

/// The days where they are in time, each with a dot for each of its claims. All of it is in the list below as well.
#[component]
fn Line(page: Page, days: Vec<Day>, scale: Scale) -> impl IntoView {
    let state = use_state();
    // The ends stay free for half a date.
    let along = |at: usize| format!("{}%", 8 + at * 84 / 1000);
    let ends = [&days[0], &days[days.len() - 1]].map(|day| wording::day(day.date));
    let label = format!("From {} to {}, to scale{}", ends[0], ends[1], if scale.cut.is_some() { " but for one cut" } else { "" });
    let gaps = (1..days.len()).map(|n| {
        let (from, to) = (scale.at[n - 1], scale.at[n]);
        let between = days[n].since.filter(|_| to - from > 150);
        let middle = along(usize::midpoint(from, to));
        view! {
            {(scale.cut == Some(n)).then(|| view! { <text class="cut" x=middle.clone() y="95">"//"</text> })}
            {between.map(|since| view! { <text x=middle y="110">{wording::counted(since, "day", "days")}</text> })}
        }
    });
    let stack = |(day, at): (&Day, &usize)| {
        let x = along(*at);
        let dot = |(n, &claim): (usize, &_)| {
            view! {
                <circle
                    class=page.hue(claim)
                    data-claim=name(claim)
                    data-selected=page.selected(claim)
                    data-hovered=page.hovered(claim)
                    data-out=page.out(claim)
                    cx=x.clone()
                    cy=90 - 12 * n
                    r="5"
                />
            }
        };
        let more = day.claims.len().saturating_sub(MOST);
        view! {
            {day.claims.is_empty().then(|| view! { <circle class="empty" cx=x.clone() cy="90" r="5"/> })}
            {day.claims.iter().take(MOST).enumerate().map(dot).collect_view()}
            {(more > 0).then(|| view! { <text x=x.clone() y="14">"+"{more}</text> })}
        }
    };
    let named = timeline::named(&scale.at).into_iter().map(|n| (along(scale.at[n]), wording::day_in_year(days[n].date)));
    let named: Vec<_> = named.map(|(x, day)| view! { <text x=x y="128">{day}</text> }).collect();
    let stacks: Vec<_> = days.iter().zip(&scale.at).map(stack).collect();
    view! {
        <svg
            class="line"
            role="img"
            aria-label=label
            on:click=move |event| state.choose_at(&event)
        >
            <line x1="0" x2="100%" y1="90" y2="90"/>
            {gaps.collect_view()}
            {stacks}
            {named}
            {[("8%", &ends[0]), ("92%", &ends[1])].map(|(x, day)| view! { <text x=x y="128">{day.clone()}</text> })}
        </svg>
    }
}
