//! One block of the article, and the marks in it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::marks::{Node, Role, Stretch};
use crate::app::wording;
use crate::engine::{BlockKind, ClaimId, Confidence, Quotation};

use super::read::{Page, name};
use super::use_state;

/// A block with its marks; page furniture is dimmed and can be brought back.
#[component]
pub(super) fn BlockText(page: Memo<Page>, place: usize, title: bool, kind: BlockKind, stretches: Memo<Arc<[Stretch]>>) -> impl IntoView {
    let state = use_state();
    let aside = Memo::new(move |_| stretches.read()[place].kind.is_set_aside());
    // Drawn anew only where something in it has changed, so that a selection of text elsewhere stays.
    let marked = Memo::new(move |_| {
        let stretches = stretches.read();
        let stretch = &stretches[place];
        let nodes = stretch.nodes(&state.evidence.read());
        let page = page.read();
        let looks: Vec<Look> = stretch.claims().map(|claim| look(&page, claim)).collect();
        (nodes, looks)
    });
    let words = move || drawn(marked.get().0, &page.get_untracked());
    // What the engine reads is set aside with the panel's help; here buttons would stand in the reader's way.
    let offered = Memo::new(move |_| kind.is_set_aside() || aside.get());
    let button = move || {
        offered.get().then(|| {
            view! {
                <button
                    type="button"
                    class="quiet"
                    class:bring-back=aside
                    class:set-aside-again=move || !aside.get()
                    on:click=move |_| state.set_aside(&[place], !aside.get_untracked())
                >
                    {move || if aside.get() { "Bring back" } else { "Set aside again" }}
                </button>
            }
        })
    };
    let inner = view! { {words} " " {button} };
    match kind {
        BlockKind::Headline if title => view! { <h1 data-block=kind.as_str()>{inner}</h1> }.into_any(),
        BlockKind::Headline | BlockKind::Heading => view! { <h2 data-block=kind.as_str()>{inner}</h2> }.into_any(),
        _ => view! { <p data-block=kind.as_str() class:set-aside=aside>{inner}</p> }.into_any(),
    }
}

/// What of a claim shows in the text beside where its marks are.
type Look = (ClaimId, String, Quotation, Confidence, String);

fn look(page: &Page, claim: ClaimId) -> Look {
    let said = page.breakdown.claim(claim);
    (claim, page.hue(claim), said.quotation, said.confidence, page.speaker_name(claim))
}

/// Nodes as elements.
fn drawn(nodes: Vec<Node>, page: &Page) -> Vec<AnyView> {
    nodes.into_iter().map(|node| element(node, page)).collect()
}

fn element(node: Node, page: &Page) -> AnyView {
    match node {
        Node::Text(range) => page.article().text()[range].to_owned().into_any(),
        Node::Mark(role, Some(claim), inner) => view! {
            <span
                class=format!("{} {}", class(role, claim, page), page.hue(claim))
                data-claim=name(claim)
                data-unsure=page.unsure(claim)
                data-selected=page.selected(claim)
                data-hovered=page.hovered(claim)
                data-out=page.out(claim)
            >
                {drawn(inner, page)}
            </span>
        }
        .into_any(),
        Node::Mark(_, None, inner) => view! { <span class="evidence">{drawn(inner, page)}</span> }.into_any(),
        Node::Number(claim) => {
            let selected = page.selected(claim);
            let doubt = wording::doubt(page.breakdown.claim(claim).confidence);
            let mark = doubt.is_some().then_some("?");
            let spoken = if doubt.is_some() { ", unsure" } else { "" };
            view! {
                <span class="with-word">
                    <button
                        type="button"
                        class=format!("claim-number {}", page.hue(claim))
                        data-claim=name(claim)
                        data-selected=page.selected(claim)
                        data-hovered=page.hovered(claim)
                        data-out=page.out(claim)
                        aria-pressed=move || if selected().is_some() { "true" } else { "false" }
                        aria-label=format!("{}, claim by {}{spoken}", claim.0 + 1, page.speaker_name(claim))
                        title=doubt
                    >
                        {claim.0 + 1}
                        {mark}
                    </button>
                </span>
            }
            .into_any()
        }
    }
}

fn class(role: Role, claim: ClaimId, page: &Page) -> &'static str {
    match (role, page.breakdown.claim(claim).quotation) {
        (Role::Evidence, _) => "evidence",
        (Role::Answered, _) => "answered",
        (Role::Content, Quotation::Direct) => "content direct",
        (Role::Content, Quotation::Indirect) => "content indirect",
        (Role::Content, Quotation::Mixed) => "content mixed",
        (Role::Quoted, _) => "quoted",
        (Role::Source, _) => "source",
        (Role::Cue, _) => "cue",
    }
}
