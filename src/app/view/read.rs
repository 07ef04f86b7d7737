//! The Read view: the article with its marks, beside it the panel.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::state::{Origin, Phase, Shown};
use crate::app::{threads, wording};
use crate::engine::{Article, Breakdown, ClaimId, Language, SpeakerId};
use crate::link::View;

use super::article::ArticleText;
use super::depth::Deepening;
use super::panel::Panel;
use super::summary::Summary;
use super::use_state;
use super::views::Other;

/// How many hues the style sheet has; speakers after these share them.
const HUES: usize = 10;

/// What every part of the view needs of the breakdown on the page.
#[derive(Clone)]
pub(super) struct Page {
    /// What is shown: without guesses, unless they are asked for.
    pub(super) breakdown: Arc<Breakdown>,
    /// How many responses are guesses.
    pub(super) guesses: usize,
    hues: Arc<[Option<usize>]>,
    selected: Selector<Option<ClaimId>>,
    hovered: Selector<Option<ClaimId>>,
}

impl Page {
    pub(super) fn article(&self) -> &Article {
        &self.breakdown.article
    }

    /// The class of a speaker's hue.
    pub(super) fn hue_of(&self, speaker: Option<SpeakerId>) -> String {
        let hue = speaker.and_then(|id| self.hues[id.index()]);
        hue.map_or_else(|| "hue-none".to_owned(), |hue| format!("hue-{}", hue % HUES + 1))
    }

    /// The class of the hue of a claim's speaker.
    pub(super) fn hue(&self, claim: ClaimId) -> String {
        self.hue_of(self.breakdown.claim(claim).speaker)
    }

    /// Present on the marks of a claim that may well be wrong.
    pub(super) fn unsure(&self, claim: ClaimId) -> Option<&'static str> {
        self.breakdown.claim(claim).confidence.is_low().then_some("")
    }

    /// Present on everything that shows the selected claim.
    pub(super) fn selected(&self, claim: ClaimId) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + use<> {
        let selected = self.selected.clone();
        move || selected.selected(&Some(claim)).then_some("")
    }

    /// Present on everything that shows the claim under the pointer.
    pub(super) fn hovered(&self, claim: ClaimId) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + use<> {
        let hovered = self.hovered.clone();
        move || hovered.selected(&Some(claim)).then_some("")
    }

    /// Who says a claim, for people.
    pub(super) fn speaker_name(&self, claim: ClaimId) -> String {
        let speaker = self.breakdown.claim(claim).speaker;
        speaker.map_or_else(|| "Nobody named".to_owned(), |id| wording::capitalised(&self.breakdown.speaker(id).name))
    }
}

/// A claim's id as `sayso/1` writes it.
pub(super) fn name(claim: ClaimId) -> String {
    format!("c{}", claim.0 + 1)
}

/// The article, its panel, and what must be said about the breakdown as a whole.
#[component]
pub(super) fn Read(shown: Shown) -> impl IntoView {
    let state = use_state();
    let selected = Selector::new(move || state.selected.get());
    let hovered = Selector::new(move || state.hovered.get());
    let first = shown.breakdown.clone();
    // While the page is taken down there is no breakdown any more; the last one stays.
    let breakdown = Memo::new(move |before: Option<&Arc<Breakdown>>| match &*state.phase.read() {
        Phase::Shown(shown) => shown.breakdown.clone(),
        _ => before.unwrap_or(&first).clone(),
    });
    let of_breakdown = move |_: Option<&Page>| {
        let all = breakdown.get();
        let guesses = all.responses.iter().filter(|response| response.confidence.is_guess()).count();
        let breakdown = if guesses == 0 || state.guesses.get() { all } else { Arc::new(all.without_guesses()) };
        Page { hues: threads::hues(&breakdown).into(), selected: selected.clone(), hovered: hovered.clone(), guesses, breakdown }
    };
    let page = Memo::new_with_compare(of_breakdown, |_, _| true);
    let foreign = shown.breakdown.language != Language::English;
    let silent = Memo::new(move |_| breakdown.read().claims.is_empty());
    let linked = shown.origin == Origin::Link && !state.draft.read_untracked().is_empty();
    view! {
        <section class="summary" aria-label="Summary">
            {move || view! { <Summary page=page.get()/> }}
            <Deepening/>
        </section>
        <main class="read">
            {move || {
                let open = state.view.get();
                (open != View::Read).then(|| view! { <Other page=page.get() view=open/> })
            }}
            // The article stays, so that it is there at once and as it was left.
            <div class="text" hidden=move || state.view.get() != View::Read>
                {linked.then(|| view! {
                    <p class="notice">"This breakdown came with a link. The text you had here is kept; New brings it back."</p>
                })}
                {foreign.then(|| view! {
                    <p class="notice">
                        "Sayso reads English, and this text doesn’t look like it, or is too short to tell. What follows is a best effort."
                    </p>
                })}
                {move || silent.get().then(|| view! {
                    <p class="notice" id="nothing-found">
                        <strong>"No statements found."</strong>
                        " Sayso looks for words that are given to somebody: quotations, “the mayor said …”, “according to the report”."
                        {(!foreign).then_some(" It found none here, so this text speaks in its writer’s own voice throughout.")}
                    </p>
                })}
                <ArticleText page/>
            </div>
            <Panel page/>
        </main>
    }
}
