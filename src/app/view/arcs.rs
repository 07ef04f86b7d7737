//! The arcs in the margin, drawn where the laid-out text puts their ends.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::app::arcs::{self, Curve, Ends};
use crate::app::browser::{self, Watch};
use crate::app::wording;
use crate::engine::{ClaimId, Response, Target};

use super::read::{Page, name};
use super::use_state;

/// An arc for every answer whose two ends are on the page.
#[component]
pub(super) fn Arcs(page: Page) -> impl IntoView {
    let drawn = RwSignal::new(Vec::<(Response, Curve)>::new());
    let watch = StoredValue::new_local(None::<Watch>);
    let responses = page.breakdown.responses.clone();
    // The article's size changes with whatever moves its lines: the window, fonts, blocks brought back.
    Effect::new(move |_| {
        let responses = responses.clone();
        watch.set_value(Watch::new("#article", move || drawn.set(measured(&responses))));
    });
    let arc = move |(response, curve): (Response, Curve)| view! { <Arc page=page.clone() response curve/> };
    view! {
        <svg class="arcs" aria-hidden="true" fill="none">{move || drawn.get().into_iter().map(&arc).collect_view()}</svg>
    }
}

fn measured(responses: &[Response]) -> Vec<(Response, Curve)> {
    // Of several parts of one content, the first counts.
    let first = |marks: &str| {
        let mut heights = BTreeMap::<ClaimId, f64>::new();
        for (claim, height) in browser::heights("#article", marks) {
            heights.entry(claim).or_insert(height);
        }
        heights
    };
    if responses.is_empty() {
        return Vec::new();
    }
    let (contents, answered) = (first(".content"), first(".answered"));
    let ends = |response: &Response| {
        let to = match response.to {
            Target::Claim(id) => contents.get(&id),
            Target::Narrated(_) => answered.get(&response.from),
        };
        Some(Ends { from: *contents.get(&response.from)?, to: *to? })
    };
    let (found, ends): (Vec<Response>, Vec<Ends>) = responses.iter().filter_map(|r| Some((r.clone(), ends(r)?))).unzip();
    let curves = arcs::curves(&ends, browser::width_of("#article svg.arcs").unwrap_or_default());
    found.into_iter().zip(curves).collect()
}

/// One arc: strong while one of its claims is selected or under the pointer.
#[component]
fn Arc(page: Page, response: Response, curve: Curve) -> impl IntoView {
    let state = use_state();
    let from = response.from;
    let ends = [Some(from), if let Target::Claim(id) = response.to { Some(id) } else { None }];
    let target = match response.to {
        Target::Claim(id) => name(id),
        Target::Narrated(_) => "narrated".to_owned(),
    };
    let touches = move |claim: Option<ClaimId>| claim.is_some() && ends.contains(&claim);
    let joins = move |found: &BTreeSet<ClaimId>| ends.iter().flatten().any(|end| found.contains(end));
    let strong = Memo::new(move |_| touches(state.selected.get()) || touches(state.hovered.get()));
    let (kind, of) = (response.kind.as_str(), response.kind);
    let out = move || {
        let of_another_type = state.filter.read().response.is_some_and(|sought| sought != of);
        (of_another_type || state.matches.read().as_ref().is_some_and(|found| !joins(found))).then_some("")
    };
    let unsure = response.confidence.is_low().then_some("");
    let title = format!("{} {}", from.0 + 1, wording::tag(&page.breakdown, &response));
    let (x, y) = curve.dot;
    view! {
        <g class=format!("arc {kind}") data-claim=name(from) data-unsure=unsure data-out=out data-strong=move || strong.get().then_some("")>
            <title>{title}</title>
            <path class="reach" d=curve.line.clone()/>
            <path class="line" d=curve.line data-from=name(from) data-to=target data-kind=kind/>
            <path class="head" d=curve.head/>
            <circle cx=x cy=y r="3"/>
        </g>
    }
}
