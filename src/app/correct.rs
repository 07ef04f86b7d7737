//! What a reader may correct of the breakdown on the page: every way to make an edit, and to take it back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::edits::{self, ClaimKey, Corrected, Edge, Edit, Edits, Part, SpeakerKey, To};
use crate::engine::{Breakdown, ClaimId, ResponseKind, Span, Target};

use super::browser;
use super::history::History;
use super::marks;
use super::state::State;
use super::wording;

/// The corrections' part of the page's state; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Corrections {
    pub(super) history: RwSignal<History>,
    /// The claim whose editor is open.
    pub(super) open: RwSignal<Option<ClaimKey>>,
    /// The claim for which something to answer is being picked.
    pub(super) picking: RwSignal<Option<ClaimKey>>,
    /// Words of the article that the reader has selected.
    pub(super) marked: RwSignal<Option<Span>>,
}

impl Corrections {
    pub(super) fn new() -> Self {
        Self { history: RwSignal::default(), open: RwSignal::new(None), picking: RwSignal::new(None), marked: RwSignal::new(None) }
    }

    /// Begins anew, with what a link brought along.
    pub(super) fn begin(&self, edits: Edits) {
        self.history.set(History::new(edits));
        self.open.set(None);
        self.picking.set(None);
        self.marked.set(None);
    }
}

impl State {
    /// The breakdown as corrected, without following later changes.
    pub(super) fn corrected_now(&self) -> Option<Arc<Corrected>> {
        self.corrected.get_untracked()
    }

    /// The breakdown as the engine made it, without following later changes.
    fn base_now(&self) -> Option<Arc<Breakdown>> {
        self.shown_now().map(|shown| shown.breakdown)
    }

    /// Changes the corrections; what is selected stays selected, whatever its number becomes.
    pub(super) fn change(&self, change: impl FnOnce(&mut History)) {
        let Some(before) = self.corrected_now() else { return };
        let selected = self.selected.get_untracked().map(|claim| before.key(claim));
        self.hovered.set(None);
        self.corrections.history.update(change);
        let Some(after) = self.corrected_now() else { return };
        self.select(selected.and_then(|key| after.claim(key)));
        let gone = |key: &Option<ClaimKey>| key.is_some_and(|key| after.claim(key).is_none());
        for signal in [self.corrections.open, self.corrections.picking] {
            if gone(&signal.get_untracked()) {
                signal.set(None);
            }
        }
        // What was pressed may be gone.
        let selected = self.selected;
        browser::after_layout(move || browser::catch_focus(selected.get_untracked()));
    }

    /// Makes one edit, and says that it was made.
    pub(super) fn edit(&self, edit: Edit, said: &str) {
        self.change(|history| history.make(history.now().with(edit)));
        self.announcement.set(said.to_owned());
    }

    /// Takes a claim away; the walk through the claims goes on with the one after it.
    pub(super) fn drop_claim(&self, claim: ClaimKey) {
        let Some(before) = self.corrected_now() else { return };
        let next = before.claim(claim).and_then(|id| {
            let last = before.breakdown.claims.len() - 1;
            let next = if id.index() < last { id.0 + 1 } else { id.0.checked_sub(1)? };
            Some(before.key(ClaimId(next)))
        });
        self.corrections.open.set(None);
        self.edit(Edit::DropClaim(claim), "It is no claim any more.");
        let next = next.and_then(|key| self.corrected_now()?.claim(key));
        self.select(next);
        if let Some(next) = next {
            browser::after_layout(move || browser::go_to(next));
        }
    }

    /// Walks through the history, and selects what that brings back.
    fn walk(&self, step: impl FnOnce(&mut History)) {
        let Some(before) = self.corrected_now() else { return };
        self.change(step);
        let Some(after) = self.corrected_now() else { return };
        let mut ids = (0..after.breakdown.claims.len() as u32).map(ClaimId);
        if let Some(back) = ids.find(|id| before.claim(after.key(*id)).is_none()) {
            self.select(Some(back));
        }
    }

    /// Takes the last correction back.
    pub(super) fn undo(&self) {
        if self.corrections.history.read_untracked().can_undo() {
            self.walk(History::undo);
            self.announcement.set("Undone.".to_owned());
        }
    }

    /// Makes again what was undone last.
    pub(super) fn redo(&self) {
        if self.corrections.history.read_untracked().can_redo() {
            self.walk(History::redo);
            self.announcement.set("Done again.".to_owned());
        }
    }

    /// Takes back the correction at this position.
    pub(super) fn take_back(&self, place: usize) {
        self.change(|history| history.make(history.now().without(place)));
        self.announcement.set("Taken back.".to_owned());
    }

    /// Takes back all corrections of one claim.
    pub(super) fn take_claim_back(&self, claim: ClaimKey) {
        self.change(|history| history.make(history.now().without_claim(claim)));
        self.announcement.set("Taken back.".to_owned());
    }

    /// Takes back all corrections.
    pub(super) fn take_all_back(&self) {
        self.change(|history| history.make(Edits::default()));
        self.announcement.set("All corrections are taken back.".to_owned());
    }

    /// The key of the selected claim.
    pub(super) fn selected_key(&self) -> Option<ClaimKey> {
        Some(self.corrected_now()?.key(self.selected.get_untracked()?))
    }

    /// An open editor is always that of the selected claim.
    pub(super) fn follow_with_editor(&self) {
        let open = self.corrections.open;
        if open.get_untracked().is_some_and(|key| Some(key) != self.selected_key()) {
            open.set(self.selected_key());
            self.corrections.picking.set(None);
        }
    }

    /// Takes words that were selected in the article; each end is a block's place on the page and the UTF-16 units
    /// before it there.
    pub(super) fn take_marked(&self, ends: Option<[(usize, usize); 2]>) {
        let span = ends.and_then(|ends| {
            let base = self.base_now()?;
            let stretches = marks::stretches(&base);
            let text = base.article.text();
            let [start, end] = ends.map(|(block, units)| {
                let range = stretches.get(block)?.range.clone();
                Some(range.start + bytes_of(&text[range], units))
            });
            edits::whole_words(&base.article, start?, end?)
        });
        if span.is_some() || self.corrections.marked.read_untracked().is_some() {
            self.corrections.marked.set(span);
        }
    }

    /// Opens the editor of a claim and brings the focus there.
    pub(super) fn correct(&self, claim: ClaimId) {
        let Some(corrected) = self.corrected_now() else { return };
        self.select(Some(claim));
        self.corrections.open.set(Some(corrected.key(claim)));
        browser::after_layout(move || {
            browser::focus("#editor select");
            // On a phone the editor lies over half of the article.
            browser::keep_in_sight(claim);
        });
    }

    /// Closes the editor; the focus goes to what it was about.
    pub(super) fn close_editor(&self) {
        self.corrections.picking.set(None);
        if self.corrections.open.get_untracked().is_some() {
            self.corrections.open.set(None);
            browser::focus_soon("#panel .correct");
        }
    }

    /// Says whose words a claim is.
    pub(super) fn give_to(&self, claim: ClaimKey, speaker: Option<SpeakerKey>) {
        self.edit(Edit::SetSpeaker(claim, speaker), "Speaker changed.");
    }

    /// Gives claims to somebody whom the engine doesn't know.
    pub(super) fn give_to_new(&self, claims: &[ClaimKey], name: &str) {
        let name = name.trim();
        let Some(base) = self.base_now().filter(|_| !name.is_empty() && !claims.is_empty()) else { return };
        self.change(|history| {
            let key = history.now().next_speaker(base.speakers.len());
            let with = history.now().with(Edit::AddSpeaker(key, name.to_owned()));
            history.make(claims.iter().fold(with, |edits, claim| edits.with(Edit::SetSpeaker(*claim, Some(key)))));
        });
        self.announcement.set(format!("{name} is a speaker now."));
    }

    /// Moves an end of a claim's part by a word.
    pub(super) fn move_end(&self, claim: ClaimKey, part: Part, edge: Edge, forward: bool) {
        let Some(corrected) = self.corrected_now() else { return };
        let Some(id) = corrected.claim(claim) else { return };
        let breakdown = &corrected.breakdown;
        let spans = part.of(breakdown.claim(id));
        match edits::moved(&breakdown.article, &breakdown.blocks, spans, edge, forward) {
            Some(moved) => self.edit(Edit::SetSpans(claim, part, moved), "Moved."),
            None => self.announcement.set("It can’t be moved further.".to_owned()),
        }
    }

    /// Makes the selected words a part of a claim.
    pub(super) fn mark_as(&self, claim: ClaimKey, part: Part) {
        let Some(span) = self.corrections.marked.get_untracked() else { return };
        self.forget_marked();
        self.edit(Edit::SetSpans(claim, part, vec![span]), "Words changed.");
        focus_part(part);
    }

    /// Adds the selected words to a part of a claim, which may have a gap then.
    pub(super) fn mark_as_well(&self, claim: ClaimKey, part: Part) {
        let (Some(span), Some(corrected)) = (self.corrections.marked.get_untracked(), self.corrected_now()) else { return };
        let breakdown = &corrected.breakdown;
        let spans = corrected.claim(claim).map_or(&[][..], |id| part.of(breakdown.claim(id)));
        if let Some(spans) = edits::with_words(&breakdown.article, spans, span) {
            self.forget_marked();
            self.edit(Edit::SetSpans(claim, part, spans), "Words added.");
            focus_part(part);
        }
    }

    /// Nothing of the article is selected any more.
    pub(super) fn forget_marked(&self) {
        browser::unselect();
        self.corrections.marked.set(None);
    }

    /// Adds a claim: of the selected words, or else of the sentence after the selected claim or at the top of the window,
    /// as something to begin with.
    pub(super) fn add_claim(&self) {
        let (Some(base), Some(corrected)) = (self.base_now(), self.corrected_now()) else { return };
        let breakdown = &corrected.breakdown;
        let after = || {
            let claim = self.selected.get_untracked().map(|id| breakdown.claim(id));
            let at = claim.and_then(|claim| claim.content.iter().chain(&claim.cue).map(|span| span.end()).max());
            let seen = || {
                let (first, _) = browser::blocks_in_sight()?;
                Some(marks::stretches(breakdown).get(first)?.range.start)
            };
            let at = at.or_else(seen).unwrap_or(0);
            edits::sentence_after(&breakdown.article, &breakdown.blocks, &breakdown.claims, at)
                .or_else(|| edits::sentence_after(&breakdown.article, &breakdown.blocks, &breakdown.claims, 0))
        };
        let Some(content) = self.corrections.marked.get_untracked().or_else(after) else { return };
        self.forget_marked();
        let suggestion = edits::suggest(breakdown, content);
        let key = self.corrections.history.read_untracked().now().next_claim(base.claims.len());
        let add = Edit::AddClaim {
            key,
            speaker: suggestion.speaker.map(|speaker| corrected.speaker_key(speaker)),
            source: suggestion.source,
            cue: suggestion.cue,
            content: vec![content],
        };
        self.change(|history| history.make(history.now().with(add)));
        let Some(claim) = self.corrected_now().and_then(|corrected| corrected.claim(key)) else { return };
        self.announcement.set(format!("Claim {} added. Its editor is open.", claim.0 + 1));
        self.correct(claim);
        browser::after_layout(move || browser::keep_in_sight(claim));
    }

    /// Draws a response from the claim that one is picked for, and ends the picking.
    pub(super) fn answer(&self, to: To) {
        let Some(from) = self.corrections.picking.get_untracked() else { return };
        self.corrections.picking.set(None);
        if to != To::Claim(from) {
            self.edit(Edit::Respond(from, to, ResponseKind::Rebut), "Response added. Its type can be changed.");
        }
        browser::focus_soon("#editor .responses select");
    }

    /// Picks what a claim answers.
    pub(super) fn pick(&self, claim: ClaimKey) {
        self.corrections.picking.set(Some(claim));
        self.announcement.set("Choose the claim that it answers.".to_owned());
        browser::focus_soon("#pick select");
    }

    /// Nothing to answer is picked after all.
    pub(super) fn stop_picking(&self) {
        self.corrections.picking.set(None);
        browser::focus_soon("#editor .responses > .wide");
    }

    /// What the picked-for claim answers is the selected words.
    pub(super) fn answer_marked(&self) {
        let words = self.corrections.marked.get_untracked();
        self.forget_marked();
        self.answer(To::Narrated(words));
    }

    /// Somebody clicked: what is there is chosen, if it is a claim.
    pub(super) fn choose_at(&self, event: &leptos::ev::MouseEvent) {
        if let Some(claim) = browser::claim_at(event) {
            self.choose(claim);
        }
    }

    /// A claim was chosen: what the picked-for claim answers, or what is selected.
    pub(super) fn choose(&self, claim: ClaimId) {
        let picking = self.corrections.picking.get_untracked();
        if let Some((_, corrected)) = picking.zip(self.corrected_now()) {
            self.answer(To::Claim(corrected.key(claim)));
        } else {
            self.select(Some(claim));
            browser::after_layout(move || browser::keep_in_sight(claim));
        }
    }

    /// Sets the blocks aside that the selected words stand in.
    pub(super) fn set_marked_aside(&self) {
        let (Some(span), Some(base)) = (self.corrections.marked.get_untracked(), self.base_now()) else { return };
        self.forget_marked();
        let touched = base.blocks.iter().map(|block| block.span).enumerate().filter(|(_, block)| block.overlaps(span));
        self.set_blocks_aside(&base, &touched.map(|(block, _)| block).collect::<Vec<_>>(), true);
    }

    /// Sets the blocks at these places on the page aside, or brings them back: one step, whatever their number.
    pub(super) fn set_aside(&self, places: &[usize], aside: bool) {
        let Some(base) = self.base_now() else { return };
        let stretches = marks::stretches(&base);
        let ranges = places.iter().filter_map(|place| Some(stretches.get(*place)?.range.clone()));
        let blocks = ranges.filter_map(|range| base.blocks.iter().position(|block| block.span.range() == range));
        self.set_blocks_aside(&base, &blocks.collect::<Vec<_>>(), aside);
    }

    fn set_blocks_aside(&self, base: &Breakdown, blocks: &[usize], aside: bool) {
        let concerns = |edit: &Edit| matches!(edit, Edit::SetAside(of, _) if blocks.contains(&(*of as usize)));
        self.change(|history| {
            let others = Edits::new(history.now().iter().filter(|edit| !concerns(edit)).cloned());
            // Where the engine has it so, nothing is corrected.
            let corrected = blocks.iter().filter(|block| base.blocks[**block].kind.is_set_aside() != aside);
            history.make(corrected.fold(others, |edits, block| edits.with(Edit::SetAside(*block as u32, aside))));
        });
        self.announcement.set(if aside { "Set aside." } else { "Brought back." }.to_owned());
    }
}

/// The focus goes to a part in the editor, where one is open: the button that was pressed there is gone.
fn focus_part(part: Part) {
    browser::focus_soon(&format!("#editor [aria-label='{}'] button", wording::part(part)));
}

/// How many bytes so many UTF-16 units are at the start of a text, at most all.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut seen = 0;
    let past = text.char_indices().find(|(_, c)| {
        seen += c.len_utf16();
        seen > units
    });
    past.map_or(text.len(), |(at, _)| at)
}

/// What a response answers, by keys.
pub(super) fn target(corrected: &Corrected, to: &Target) -> To {
    match to {
        Target::Claim(claim) => To::Claim(corrected.key(*claim)),
        Target::Narrated(span) => To::Narrated(*span),
    }
}
