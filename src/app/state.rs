//! Everything that changes on the page, and every way to change it. Components read signals and call
//! these methods; what can be derived is derived where it is shown.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use leptos::prelude::*;

use crate::edits::{self, Corrected, Edits, SpeakerKey};
use crate::engine::{Article, ArticleError, Breakdown, ClaimId, Labeller, Span, Target};
use crate::filter::Filter;
use crate::link::{self, LinkError, Payload, Place, Shared, View};

use super::browser::{self, Entry};
use super::correct::Corrections;
use super::deep::depth::Depth;
use super::map::Sight;
use super::reader::{Outcome, Reader};
use super::shelf::Shelf;
use super::wording;

/// The most bytes of UTF-8 that the page reads: some 50,000 words, which take about two seconds to lay out.
/// The command line reads more.
const MOST_BYTES: usize = 300_000;
/// Reading that takes longer than this, in milliseconds, is shown to be under way.
const SLOW: u32 = 500;
/// The most bytes of a text that may have been typed while the program was fetched; longer ones were pasted.
const TYPED: usize = 140;
const DRAFT: &str = "sayso.draft";
const PREVIOUS: &str = "sayso.previous";
const THEME: &str = "sayso.theme";
const KEYS: &str = "sayso.keys";

/// An article of our own making, with everything that Sayso shows.
pub(super) const EXAMPLE: &str = include_str!("../../assets/example.txt");

/// What the page shows.
#[derive(Clone, PartialEq)]
pub(super) enum Phase {
    /// The paste area.
    Start,
    /// The paste area while a text is read; `slow` once that is worth mentioning.
    Reading { origin: Origin, slow: bool },
    /// A breakdown.
    Shown(Shown),
    /// A sentence instead of a breakdown.
    Refused(Refusal),
}

/// A breakdown on the page.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    /// Counts the breakdowns that have come onto the page; a better reading of the same text is none.
    pub(super) arrival: u32,
    /// As an engine made it.
    pub(super) breakdown: Arc<Breakdown>,
    pub(super) origin: Origin,
}

impl Shown {
    /// Whether it is an own text that only the fast labeller has read.
    pub(super) fn could_be_deeper(&self) -> bool {
        self.origin != Origin::Link && self.breakdown.labeller == Labeller::Fast
    }
}

/// Where the views were left.
#[derive(Clone, Copy, Default)]
pub(super) struct Left {
    /// How far down the page each was, in CSS pixels.
    pub(super) heights: [f64; View::ALL.len()],
    /// What was seen of the map; `None` where that is the whole.
    pub(super) sight: Option<Sight>,
}

/// Where the text on the page is from. Only a draft is the reader's own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The draft, as pasted or kept from an earlier visit.
    Draft,
    Example,
    Link,
    /// An own text of an earlier time, from the list of recent ones.
    Recent,
}

/// Why there is no breakdown.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Refusal {
    Article(ArticleError),
    TooLong {
        bytes: usize,
    },
    /// The text is nothing but a web address.
    Address,
    Link(LinkError),
    /// What is kept of a recent breakdown is none that this build can read.
    Kept,
    /// A recent breakdown was deleted meanwhile.
    Gone,
    ReaderFailed,
    OtherBuild,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(error) => error.fmt(f),
            Self::TooLong { bytes } => write!(
                f,
                "This text has {}; Sayso reads up to {} at once here. Keep the part you want read; nothing below is lost.",
                wording::size(*bytes),
                wording::size(MOST_BYTES)
            ),
            Self::Address => f.write_str(
                "Paste the article’s text, not its address: Sayso fetches nothing, so that nobody learns what you read. \
                 Open the article, select and copy all of it, and paste it here.",
            ),
            Self::Link(error) => error.fmt(f),
            Self::Kept => {
                f.write_str("This breakdown can’t be read: it is damaged, or a newer Sayso made it. You can delete it from the list.")
            }
            Self::Gone => f.write_str("This breakdown is no longer kept: it was deleted in another window."),
            Self::ReaderFailed => f.write_str("The part of Sayso that reads texts has stopped. Your text is still here; try again."),
            Self::OtherBuild => f.write_str("Sayso was updated while this page was open. Reload it to go on; your text is kept."),
        }
    }
}

/// Light or dark, where the reader chose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn recalled() -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|theme| browser::recall(THEME).as_deref() == Some(theme.as_str()))
    }
}

/// The page's state; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The text as typed or pasted.
    pub(super) draft: RwSignal<String>,
    /// The draft that New made room for, until another text is read.
    pub(super) previous: RwSignal<Option<String>>,
    pub(super) phase: RwSignal<Phase>,
    /// How the breakdown is looked at.
    pub(super) view: RwSignal<View>,
    pub(super) selected: RwSignal<Option<ClaimId>>,
    /// The claim under the pointer.
    pub(super) hovered: RwSignal<Option<ClaimId>>,
    /// What is looked for.
    pub(super) filter: RwSignal<Filter>,
    /// Whether the bar for looking is open.
    pub(super) finding: RwSignal<bool>,
    pub(super) corrections: Corrections,
    /// The speakers whose claims are unfolded in their view.
    pub(super) unfolded: RwSignal<BTreeSet<SpeakerKey>>,
    /// The breakdown with the reader's corrections.
    pub(super) corrected: Memo<Option<Arc<Corrected>>>,
    /// The claims that the filter leaves, where there is one.
    pub(super) matches: Memo<Option<Arc<BTreeSet<ClaimId>>>>,
    /// Whether responses are shown that are mere guesses.
    pub(super) guesses: RwSignal<bool>,
    /// The evidence of the note being looked at.
    pub(super) evidence: RwSignal<Arc<[Span]>>,
    pub(super) theme: RwSignal<Option<Theme>>,
    /// Whether letters work as keys of their own.
    pub(super) letter_keys: RwSignal<bool>,
    /// What is said to people who can't see the page change.
    pub(super) announcement: RwSignal<String>,
    /// The packed breakdown, for links.
    pub(super) payload: Memo<Option<Arc<Payload>>>,
    pub(super) depth: Depth,
    pub(super) shelf: Shelf,
    /// Whether the page stands as it goes onto paper.
    pub(super) printing: RwSignal<bool>,
    arrivals: StoredValue<u32>,
    pub(super) left: StoredValue<Left>,
    reader: StoredValue<Option<Reader>, LocalStorage>,
}

impl State {
    /// Takes up what was written before the program ran, or what the address or the last visit left.
    pub(super) fn new(early: Option<String>) -> Self {
        let phase = RwSignal::new(Phase::Start);
        let corrections = Corrections::new();
        let filter = RwSignal::new(Filter::default());
        let corrected = Memo::new(move |_| match &*phase.read() {
            Phase::Shown(shown) => Some(Arc::new(edits::apply(&shown.breakdown, corrections.history.read().now()))),
            _ => None,
        });
        let state = Self {
            draft: RwSignal::new(browser::recall(DRAFT).unwrap_or_default()),
            previous: RwSignal::new(browser::recall(PREVIOUS)),
            phase,
            view: RwSignal::new(View::Read),
            selected: RwSignal::new(None),
            hovered: RwSignal::new(None),
            filter,
            finding: RwSignal::new(false),
            corrections,
            unfolded: RwSignal::default(),
            corrected,
            matches: Memo::new(move |_| filter.read().matches(&*corrected.get()?).map(Arc::new)),
            guesses: RwSignal::new(false),
            evidence: RwSignal::new(Arc::new([])),
            theme: RwSignal::new(Theme::recalled()),
            letter_keys: RwSignal::new(browser::recall(KEYS).as_deref() != Some("off")),
            announcement: RwSignal::default(),
            payload: Memo::new(move |_| match &*phase.read() {
                Phase::Shown(shown) => Some(Arc::new(Payload::new(&shown.breakdown, corrections.history.read().now()))),
                _ => None,
            }),
            depth: Depth::new(),
            shelf: Shelf::new(),
            printing: RwSignal::new(false),
            arrivals: StoredValue::new(0),
            left: StoredValue::default(),
            reader: StoredValue::new_local(None),
        };
        state.reader.set_value(Some(Reader::new(move |outcome| state.hear(outcome))));
        state.prepare_depth();
        if browser::fragment().is_some() {
            state.open_link();
        } else if let Some(text) = early {
            // Nobody types this much in so short a time.
            let entry = if text.len() > TYPED { Entry::Whole } else { Entry::Typed };
            state.write(text, entry);
        } else if !state.draft.read_untracked().trim().is_empty() {
            state.read();
        }
        state
    }

    /// What is on the page, without following later changes.
    pub(super) fn shown_now(&self) -> Option<Shown> {
        match &*self.phase.read_untracked() {
            Phase::Shown(shown) => Some(shown.clone()),
            _ => None,
        }
    }

    /// Takes the field's text, and reads it where it came all at once.
    pub(super) fn write(&self, text: String, entry: Entry) {
        let empty = text.is_empty();
        self.keep(text);
        match entry {
            _ if empty => self.rest(),
            Entry::Whole => self.read(),
            // Whoever types goes on typing: a button reads when they are done.
            Entry::Typed => self.rest(),
        }
    }

    /// Makes a text the draft, and stores it.
    fn keep(&self, text: String) {
        browser::remember(DRAFT, (!text.is_empty()).then_some(&text));
        self.draft.set(text);
    }

    fn keep_previous(&self, text: Option<String>) {
        browser::remember(PREVIOUS, text.as_deref());
        self.previous.set(text);
    }

    /// Takes up again the draft that New made room for.
    pub(super) fn bring_back(&self) {
        if let Some(text) = self.previous.get_untracked() {
            self.keep(text);
            self.keep_previous(None);
            self.rest();
        }
    }

    /// Deletes the draft that New made room for, and its breakdown.
    pub(super) fn forget(&self) {
        if let Some(text) = self.previous.get_untracked() {
            self.delete_kept_text(&text);
        }
        self.keep_previous(None);
    }

    /// Shows the paste area with nothing under way.
    pub(super) fn rest(&self) {
        with(self.reader, Reader::cancel);
        if self.phase.read_untracked() != Phase::Start {
            self.phase.set(Phase::Start);
        }
    }

    /// Reads the draft.
    pub(super) fn read(&self) {
        self.read_text(&self.draft.get_untracked(), Origin::Draft);
    }

    /// Reads the built-in example. The draft stays as it is.
    pub(super) fn try_example(&self) {
        self.read_text(EXAMPLE, Origin::Example);
    }

    fn read_text(&self, text: &str, origin: Origin) {
        browser::timing("sayso:paste");
        if text.len() > MOST_BYTES {
            return self.refuse(Refusal::TooLong { bytes: text.len() });
        }
        if is_address(text) {
            return self.refuse(Refusal::Address);
        }
        if let Err(error) = Article::new(text) {
            return self.refuse(Refusal::Article(error));
        }
        self.phase.set(Phase::Reading { origin, slow: false });
        let phase = self.phase;
        browser::debounce("slow", SLOW, move || {
            if matches!(*phase.read_untracked(), Phase::Reading { .. }) {
                phase.set(Phase::Reading { origin, slow: true });
            }
        });
        with(self.reader, |reader| reader.read(text));
    }

    fn hear(&self, outcome: Outcome) {
        match outcome {
            Outcome::Read(breakdown) => {
                let Phase::Reading { origin, .. } = *self.phase.read_untracked() else { return };
                if origin == Origin::Draft {
                    self.keep_previous(None);
                }
                self.show(Shared { breakdown, edits: Edits::default(), place: Place::default() }, origin);
            }
            Outcome::Failed => self.refuse(Refusal::ReaderFailed),
            Outcome::OtherBuild => self.refuse(Refusal::OtherBuild),
        }
    }

    pub(super) fn refuse(&self, refusal: Refusal) {
        browser::call_off("slow");
        with(self.reader, Reader::cancel);
        self.phase.set(Phase::Refused(refusal));
    }

    pub(super) fn show(&self, Shared { breakdown, edits, place }: Shared, origin: Origin) {
        browser::call_off("slow");
        self.hovered.set(None);
        self.corrections.begin(edits);
        self.unfolded.set(BTreeSet::new());
        self.finding.set(!place.filter.is_empty());
        self.filter.set(place.filter);
        self.evidence.set(Arc::new([]));
        self.shelf.settle();
        self.selected.set(place.selected);
        self.view.set(place.view);
        self.left.set_value(Left::default());
        self.arrivals.update_value(|arrivals| *arrivals += 1);
        self.phase.set(Phase::Shown(Shown { arrival: self.arrivals.get_value(), breakdown: Arc::new(breakdown), origin }));
        // As many as the page shows, corrections that came along included.
        self.announcement.set(match self.corrected_now().map_or(0, |corrected| corrected.breakdown.claims.len()) {
            0 => "No statements found.".to_owned(),
            n => format!("{n} {} found.", wording::plural(n, "claim", "claims")),
        });
    }

    /// Follows the address bar: opens its link, or shows the paste area where there is none. The draft stays as it is.
    pub(super) fn open_link(&self) {
        let Some(fragment) = browser::fragment() else {
            self.selected.set(None);
            return self.rest();
        };
        browser::timing("sayso:paste");
        with(self.reader, Reader::cancel);
        match link::decode(&fragment) {
            Ok(shared) => {
                let own = shared.breakdown.article.text() == *self.draft.read_untracked();
                self.show(shared, if own { Origin::Draft } else { Origin::Link });
            }
            Err(error) => self.refuse(Refusal::Link(error)),
        }
    }

    /// To the paste area: emptied where its draft has been read, and otherwise with the draft that waits there.
    pub(super) fn start_anew(&self) {
        if matches!(&*self.phase.read_untracked(), Phase::Shown(shown) if shown.origin == Origin::Draft) {
            self.keep_previous(Some(self.draft.get_untracked()));
            self.keep(String::new());
        }
        browser::step_to("");
        self.selected.set(None);
        self.rest();
        browser::after_layout(|| browser::scroll_to(0.0));
    }

    /// The fragment that restores what is on the page.
    pub(super) fn fragment(&self) -> Option<String> {
        let place = Place { view: self.view.get(), selected: self.selected.get(), filter: self.filter.get() };
        self.payload.get().map(|payload| payload.link(&place))
    }

    /// The same, without following later changes.
    pub(super) fn fragment_now(&self) -> Option<String> {
        untrack(|| self.fragment())
    }

    /// Opens a view where it was left.
    pub(super) fn open(&self, view: View) {
        let before = self.view.get_untracked();
        if let (View::Speakers, Some(claim)) = (view, self.selected.get_untracked()) {
            self.unfold(claim);
        }
        let mut left = self.left.get_value();
        left.heights[before as usize] = browser::height();
        self.left.set_value(left);
        self.view.set(view);
        let height = left.heights[view as usize];
        browser::after_layout(move || browser::scroll_to(height));
    }

    /// Shows a claim in the article.
    pub(super) fn show_in_article(&self, claim: ClaimId) {
        self.open(View::Read);
        self.select(Some(claim));
        browser::after_layout(move || browser::go_to(claim));
    }

    /// Shows evidence in the article.
    pub(super) fn show_evidence(&self, evidence: Arc<[Span]>) {
        if self.view.get_untracked() != View::Read {
            self.open(View::Read);
        }
        self.evidence.set(evidence);
        browser::after_layout(|| browser::reveal("#article .evidence"));
    }

    /// Selects a claim, or nothing.
    pub(super) fn select(&self, claim: Option<ClaimId>) {
        if *self.selected.read_untracked() != claim {
            self.selected.set(claim);
        }
        self.follow_with_editor();
    }

    /// Selects the claim after or before the selected one, of those that the filter leaves; at the ends the first or last.
    pub(super) fn step(&self, forward: bool) {
        let Some(corrected) = self.corrected_now() else { return };
        let matches = self.matches.get_untracked();
        let all = (0..corrected.breakdown.claims.len() as u32).map(ClaimId);
        let mut walked = all.filter(|id| matches.as_ref().is_none_or(|matches| matches.contains(id)));
        let selected = *self.selected.read_untracked();
        let next = match (selected, forward) {
            (None, true) => walked.next(),
            (None, false) => walked.next_back(),
            (Some(from), true) => walked.find(|id| *id > from),
            (Some(from), false) => walked.rfind(|id| *id < from),
        };
        self.select(next.or(selected));
    }

    /// From the selected claim to what it answers, or to its next answer.
    pub(super) fn follow(&self, to_answer: bool) -> Option<ClaimId> {
        let (corrected, selected) = (self.corrected_now()?, self.selected.get_untracked()?);
        let breakdown = &corrected.breakdown;
        let next = if to_answer {
            breakdown.answers_to(selected).map(|response| response.from).next()
        } else {
            breakdown.answered_by(selected).find_map(|response| if let Target::Claim(to) = response.to { Some(to) } else { None })
        };
        self.select(next.or(Some(selected)));
        next
    }

    /// Brings a claim to the reader, wherever the open view has it.
    pub(super) fn go_to(&self, claim: ClaimId) {
        let unfolded = if self.view.get_untracked() == View::Speakers { self.unfold(claim) } else { None };
        match unfolded {
            Some(key) => {
                browser::unfold(&format!("[data-speaker='{}']", key.0));
                browser::after_layout(move || browser::go_to(claim));
            }
            None => browser::go_to(claim),
        }
    }

    /// Unfolds the claims of whoever says this one, and gives the speaker where they were folded.
    fn unfold(&self, claim: ClaimId) -> Option<SpeakerKey> {
        let corrected = self.corrected_now()?;
        let key = corrected.speaker_key(corrected.breakdown.claim(claim).speaker?);
        let folded = !self.unfolded.read_untracked().contains(&key);
        folded.then(|| {
            self.unfolded.update(|unfolded| {
                unfolded.insert(key);
            });
            key
        })
    }

    /// Opens the bar for looking, with the focus in it.
    pub(super) fn find(&self) {
        self.finding.set(true);
        browser::focus_soon("#find-words");
    }

    /// Looks for nothing any more.
    pub(super) fn stop_finding(&self) {
        self.filter.set(Filter::default());
        self.finding.set(false);
    }

    /// Switches letters as keys on or off, and remembers it.
    pub(super) fn set_letter_keys(&self, on: bool) {
        browser::remember(KEYS, (!on).then_some("off"));
        self.letter_keys.set(on);
    }

    /// Prints what is on the page.
    pub(super) fn print(&self) {
        // A page that prints itself is laid out without a moment to draw what is for paper, so that stands before.
        self.printing.set(true);
        let printing = self.printing;
        browser::after_layout(move || {
            if !browser::print() {
                printing.set(false);
            }
        });
    }

    /// Changes to the other of light and dark, and remembers it.
    pub(super) fn switch_theme(&self) {
        let dark = self.theme.get_untracked().map_or_else(browser::prefers_dark, |theme| theme == Theme::Dark);
        let theme = if dark { Theme::Light } else { Theme::Dark };
        browser::remember(THEME, Some(theme.as_str()));
        self.theme.set(Some(theme));
    }
}

/// Does something with what is kept, where there is anything.
pub(super) fn with<T: 'static>(kept: StoredValue<Option<T>, LocalStorage>, act: impl FnOnce(&T)) {
    kept.with_value(|kept| {
        if let Some(kept) = kept {
            act(kept);
        }
    });
}

/// Whether a text is a web address and nothing else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let starts = ["http://", "https://", "www."];
    !text.contains(char::is_whitespace)
        && starts.iter().any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}
