//! The Read view: the article with its marks, beside it the panel.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::state::{Origin, Shown};
use crate::app::{threads, wording};
use crate::edits::{Corrected, Edits, apply};
use crate::engine::{Article, Breakdown, ClaimId, Language, SpeakerId};
use crate::link::View;

use super::article::ArticleText;
use super::depth::Deepening;
use super::find::Find;
use super::keys::Keys;
use super::marked::Marked;
use super::panel::Panel;
use super::print::{Foot, Head};
use super::summary::Summary;
use super::use_state;
use super::views::Other;

/// How many hues the style sheet has; speakers after these share them, and are told apart by slant.
const HUES: usize = 10;

/// What every part of the view needs of the breakdown on the page.
#[derive(Clone)]
pub(super) struct Page {
    /// What is shown: without guesses, unless they are asked for.
    pub(super) breakdown: Arc<Breakdown>,
    /// The same with guesses, and what a reader corrected of it.
    pub(super) corrected: Arc<Corrected>,
    /// How many responses are guesses.
    pub(super) guesses: usize,
    hues: Arc<[Option<usize>]>,
    selected: Selector<Option<ClaimId>>,
    hovered: Selector<Option<ClaimId>>,
    matches: Memo<Option<Arc<BTreeSet<ClaimId>>>>,
}

impl Page {
    pub(super) fn article(&self) -> &Article {
        &self.breakdown.article
    }

    /// The class of a speaker's hue.
    pub(super) fn hue_of(&self, speaker: Option<SpeakerId>) -> String {
        let hue = speaker.and_then(|id| self.hues.get(id.index()).copied().flatten());
        let class = |hue: usize| format!("hue-{}{}", hue % HUES + 1, if hue < HUES { "" } else { " again" });
        hue.map_or_else(|| "hue-none".to_owned(), class)
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

    /// Present on everything that shows a claim which isn't looked for.
    pub(super) fn out(&self, claim: ClaimId) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + use<> {
        let matches = self.matches;
        move || matches.read().as_ref().and_then(|matches| (!matches.contains(&claim)).then_some(""))
    }

    /// Who says a claim, for people.
    pub(super) fn speaker_name(&self, claim: ClaimId) -> String {
        wording::speaker(&self.breakdown, self.breakdown.claim(claim).speaker)
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
    let first = Arc::new(apply(&shown.breakdown, &Edits::default()));
    // While the page is taken down there is no breakdown any more; the last one stays.
    let corrected =
        Memo::new(move |before: Option<&Arc<Corrected>>| state.corrected.get().unwrap_or_else(|| before.unwrap_or(&first).clone()));
    let of_breakdown = move |_: Option<&Page>| {
        let corrected = corrected.get();
        let all = &corrected.breakdown;
        let guesses = all.responses.iter().filter(|response| response.confidence.is_guess()).count();
        let breakdown = Arc::new(if guesses == 0 || state.guesses.get() { all.clone() } else { all.without_guesses() });
        Page {
            hues: state.shown_now().map_or_else(Vec::new, |shown| corrected.hues(&threads::hues(&shown.breakdown))).into(),
            selected: selected.clone(),
            hovered: hovered.clone(),
            matches: state.matches,
            guesses,
            breakdown,
            corrected,
        }
    };
    let page = Memo::new_with_compare(of_breakdown, |_, _| true);
    let foreign = shown.breakdown.language != Language::English;
    let silent = Memo::new(move |_| corrected.read().breakdown.claims.is_empty());
    let origin = match shown.origin {
        _ if state.draft.read_untracked().is_empty() => None,
        Origin::Link => Some("This breakdown came with a link."),
        Origin::Recent => Some("This is a recent breakdown."),
        Origin::Draft | Origin::Example => None,
    };
    view! {
        {move || state.printing.get().then(|| view! { <Head page=page.get()/> })}
        <section class="summary" aria-label="Summary">
            {move || view! { <Summary page=page.get()/> }}
            <Deepening/>
            <Find page/>
        </section>
        <main class="read">
            {move || {
                let open = state.view.get();
                (open != View::Read).then(|| view! { <Other page=page.get() view=open/> })
            }}
            // The article stays, so that it is there at once and as it was left.
            <div class="text" data-away=move || (state.view.get() != View::Read).then_some("")>
                {origin.map(|origin| view! {
                    <p class="notice origin">{origin}" The text you had here is kept; New brings it back."</p>
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
            <Marked page/>
            <Keys/>
        </main>
        {move || state.printing.get().then(|| view! { <Foot page=page.get()/> })}
    }
}
