//! How deep the breakdown on the page has been read, and every way to change that.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser::{self, Anchor};
use crate::app::marks;
use crate::app::state::{Phase, Shown, State, with};
use crate::edits;
use crate::engine::Breakdown;
use crate::link;

use super::changes::Changes;
use super::messages::{Tell, Trouble};
use super::refiner::Refiner;
use super::weights::File;

const DEEP: &str = "sayso.deep";
/// How long after the page, in milliseconds, the worker starts when nobody needs it sooner.
const PATIENCE: u32 = 1_000;

/// Where the deep reading of what is on the page stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Stage {
    /// None is under way.
    Idle,
    /// The weights are being fetched, or taken from where the browser keeps them; so many bytes are here.
    Fetching(usize),
    /// So much has been read, in percent.
    Reading(u8),
    /// It is on the page; this is what it changed.
    Done(Changes),
    /// The person stopped it.
    Stopped,
    /// There is none.
    Failed(Trouble),
}

/// The deep reading's part of the page's state; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Depth {
    /// Whether the person wants it.
    pub(crate) on: RwSignal<bool>,
    pub(crate) stage: RwSignal<Stage>,
    /// Whether the browser keeps the weights for the next visit.
    pub(crate) kept: RwSignal<bool>,
    /// What fast reading gave, which changes are told by.
    fast: StoredValue<Option<Arc<Breakdown>>>,
    refiner: StoredValue<Option<Refiner>, LocalStorage>,
}

impl Depth {
    pub(crate) fn new() -> Self {
        let on = browser::recall(DEEP).map_or_else(|| !browser::saves_data(), |choice| choice == "on");
        Self {
            on: RwSignal::new(on),
            stage: RwSignal::new(Stage::Idle),
            kept: RwSignal::new(true),
            fast: StoredValue::new(None),
            refiner: StoredValue::new_local(None),
        }
    }

    /// How many bytes the weights are; `None` where the site is built without any.
    pub(crate) fn bytes() -> Option<usize> {
        File::of_build().map(|file| file.bytes)
    }
}

impl State {
    /// Switches deep reading on or off, and remembers it.
    pub(crate) fn set_deep(&self, on: bool) {
        browser::remember(DEEP, Some(if on { "on" } else { "off" }));
        self.depth.on.set(on);
        if on {
            self.read_deeply();
        } else {
            self.leave_depth();
        }
    }

    /// Starts the worker of the deep reading, once the page has had its time to start itself: whoever goes offline then
    /// has all that a later text needs, if the browser keeps the weights.
    pub(crate) fn prepare_depth(&self) {
        let state = *self;
        self.depth.refiner.set_value(Some(Refiner::new(move |told| state.hear_of_depth(told))));
        browser::later(PATIENCE, move || {
            if state.depth.on.get_untracked() && Depth::bytes().is_some() {
                with(state.depth.refiner, Refiner::start);
            }
        })
        .forget();
    }

    /// Reads deeply what has come onto the page, where the person wants it.
    pub(crate) fn read_deeply(&self) {
        let Some(shown) = self.shown_now() else { return };
        if !self.depth.on.get_untracked() || Depth::bytes().is_none() || !shown.could_be_deeper() {
            return;
        }
        self.depth.fast.set_value(Some(shown.breakdown));
        browser::timing("sayso:deep-asked");
        self.depth.stage.set(Stage::Fetching(0));
        with(self.depth.refiner, Refiner::load);
    }

    /// What was on the page has gone, and with it any deep reading of it.
    pub(crate) fn leave_depth(&self) {
        self.depth.stage.set(Stage::Idle);
        with(self.depth.refiner, Refiner::stop);
    }

    /// Stops the deep reading of what is on the page.
    pub(crate) fn stop_deep(&self) {
        with(self.depth.refiner, Refiner::stop);
        self.depth.stage.set(Stage::Stopped);
        self.announcement.set("The deep reading has stopped; this is the fast reading.".to_owned());
    }

    fn hear_of_depth(&self, told: Tell) {
        let Some(shown) = self.shown_now() else { return };
        let stage = self.depth.stage.get_untracked();
        if !matches!(stage, Stage::Fetching(_) | Stage::Reading(_)) {
            return;
        }
        match told {
            Tell::Fetching { bytes } => self.depth.stage.set(Stage::Fetching(bytes)),
            Tell::Loaded { kept } => {
                browser::timing("sayso:deep-ready");
                self.depth.kept.set(kept);
                self.depth.stage.set(Stage::Reading(0));
                let seen = seen(&shown.breakdown);
                with(self.depth.refiner, |refiner| refiner.read(shown.breakdown.article.text().to_owned(), seen));
            }
            Tell::Reading { percent, .. } => self.depth.stage.set(Stage::Reading(percent)),
            Tell::Read { whole, packed, .. } => match link::from_bytes(&packed) {
                Ok(better) => self.improve(&shown, better, whole),
                Err(_) => self.go_without(Trouble::Died),
            },
            Tell::Failed(trouble) => self.go_without(trouble),
        }
    }

    fn go_without(&self, trouble: Trouble) {
        self.depth.stage.set(Stage::Failed(trouble));
        self.announcement.set(trouble.to_string());
    }

    /// Puts a better breakdown in the place of the one on the page: the lines that the person reads stay where they
    /// are, and so do selection, focus and what was brought back.
    fn improve(&self, shown: &Shown, better: Breakdown, whole: bool) {
        let Some(before) = self.corrected_now() else { return };
        let readings = Changes::between(&shown.breakdown, &better);
        let anchor = Anchor::drop();
        let better = Arc::new(better);
        browser::timing(if whole { "sayso:deep-whole" } else { "sayso:deep-first" });
        if whole {
            let fast = self.depth.fast.with_value(Option::clone).unwrap_or_else(|| shown.breakdown.clone());
            let changes = Changes::between(&fast, &better);
            self.announcement.set(changes.to_string());
            self.depth.stage.set(Stage::Done(changes));
        }
        self.hovered.set(None);
        // What the reader corrected stays corrected.
        self.corrections.history.update(|history| {
            *history = history.map(|edits| edits::rebase(edits, &shown.breakdown, &better, |claim| readings.became(claim)));
        });
        self.phase.set(Phase::Shown(Shown { breakdown: better, ..shown.clone() }));
        let Some(after) = self.corrected_now() else { return };
        let step = Changes::between(&before.breakdown, &after.breakdown);
        self.selected.update(|selected| *selected = selected.and_then(|claim| step.became(claim)));
        for key in [self.corrections.open, self.corrections.picking] {
            let now = key.get_untracked().and_then(|key| Some(after.key(step.became(before.claim(key)?)?)));
            // Whoever writes in the editor keeps the field they write in.
            if now != key.get_untracked() {
                key.set(now);
            }
        }
        browser::after_layout(move || anchor.hold(|claim| step.became(claim)));
    }
}

/// The bytes of the blocks in the window.
fn seen(breakdown: &Breakdown) -> (usize, usize) {
    let blocks = marks::stretches(breakdown);
    let place = |place: usize| blocks.get(place).map(|block| &block.range);
    let (first, last) = browser::blocks_in_sight().unwrap_or_default();
    (place(first).map_or(0, |range| range.start), place(last).map_or(0, |range| range.end))
}
