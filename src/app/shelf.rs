//! The recent breakdowns that this browser keeps: what the page knows of them, and every way to change that.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::link;

use super::browser;
use super::recent::{self, Entry};
use super::state::{EXAMPLE, Origin, Phase, Refusal, Shown, State};
use super::store::{self, Record, Trouble};
use super::wording;

const KEEPING: &str = "sayso.recent";

/// What was deleted last, for as long as it can be brought back.
pub(super) struct Removed {
    /// What was done, as a sentence.
    pub(super) told: String,
    /// Where in the list the last of it stood.
    pub(super) place: usize,
    records: Vec<Record>,
}

impl Removed {
    /// What was deleted after something else: all of it comes back together.
    fn and(before: Option<Self>, told: String, place: usize, records: Vec<Record>) -> Self {
        let Some(before) = before else { return Self { told, place, records } };
        let records = [before.records, records].concat();
        let told = format!("Deleted {}.", wording::counted(records.len(), "recent breakdown", "recent breakdowns"));
        Self { told, place, records }
    }
}

/// What the page knows of what is kept.
#[derive(Default)]
pub(super) struct Kept {
    /// The newest first.
    pub(super) entries: Vec<Entry>,
    pub(super) removed: Option<Removed>,
    /// Why nothing could be read or written, until something is written again.
    pub(super) trouble: Option<Trouble>,
}

/// The recent breakdowns' part of the page's state; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    /// Whether breakdowns are kept.
    pub(super) on: RwSignal<bool>,
    pub(super) kept: RwSignal<Kept>,
}

impl Shelf {
    pub(super) fn new() -> Self {
        Self { on: RwSignal::new(wanted()), kept: RwSignal::default() }
    }

    /// What was deleted can no longer be brought back.
    pub(super) fn settle(&self) {
        self.kept.update(|kept| kept.removed = None);
    }

    fn tell(&self, trouble: Trouble) {
        self.kept.update(|kept| kept.trouble = Some(trouble));
    }

    /// Keeps records; `false` where the browser refuses.
    async fn keep(self, records: Vec<Record>) -> bool {
        let outcome = store::keep(records).await;
        let done = outcome.is_ok();
        self.kept.update(|kept| match outcome {
            Ok(entries) => {
                kept.entries = entries;
                kept.trouble = None;
            }
            Err(trouble) => kept.trouble = Some(trouble),
        });
        done
    }
}

/// Whether breakdowns are to be kept, as the person last said in any tab.
fn wanted() -> bool {
    browser::recall(KEEPING).as_deref() != Some("off")
}

impl State {
    /// Reads what is kept; another tab may have changed it.
    pub(super) fn look_at_shelf(&self) {
        let shelf = self.shelf;
        if shelf.on.get_untracked() {
            spawn_local(async move {
                match store::list().await {
                    Ok(entries) => shelf.kept.update(|kept| kept.entries = entries),
                    Err(trouble) => shelf.tell(trouble),
                }
            });
        }
    }

    /// Keeps a breakdown with its link, unless it is the example as it comes, or has no claims; it was `opened` so many milliseconds
    /// after 1970 began.
    pub(super) fn keep_on_shelf(&self, shown: &Shown, fragment: String, opened: u64) {
        let (shelf, breakdown) = (self.shelf, &shown.breakdown);
        let untouched_example = breakdown.article.text() == EXAMPLE && self.corrections.history.read_untracked().now().is_empty();
        if !shelf.on.get_untracked() || !wanted() || breakdown.claims.is_empty() || untouched_example {
            return;
        }
        let entry = Entry::new(breakdown, fragment.len(), opened, shown.origin == Origin::Link);
        spawn_local(async move {
            shelf.keep(vec![(entry, fragment)]).await;
        });
    }

    /// Shows a breakdown that is kept as it was. The draft stays as it is.
    pub(super) fn open_kept(&self, entry: Entry) {
        let state = *self;
        spawn_local(async move {
            let link = match store::link(&entry.key).await {
                Ok(link) => link,
                Err(trouble) => return state.shelf.tell(trouble),
            };
            state.rest();
            let Some(link) = link else {
                state.refuse(Refusal::Gone);
                return state.look_at_shelf();
            };
            let Ok(shared) = link::decode(&link) else { return state.refuse(Refusal::Kept) };
            let origin = match shared.breakdown.article.text() == *state.draft.read_untracked() {
                true => Origin::Draft,
                false if entry.linked => Origin::Link,
                false => Origin::Recent,
            };
            state.show(shared, origin);
        });
    }

    /// Deletes one entry.
    pub(super) fn delete_kept(&self, entry: &Entry) {
        self.remove(Some(entry.key.clone()), format!("Deleted: {}", entry.title));
    }

    /// Deletes the entry of a text, if there is one.
    pub(super) fn delete_kept_text(&self, text: &str) {
        let key = recent::key(text);
        let entry = self.shelf.kept.with_untracked(|kept| kept.entries.iter().find(|entry| entry.key == key).cloned());
        if let Some(entry) = entry {
            self.delete_kept(&entry);
        }
    }

    /// Deletes all entries.
    pub(super) fn delete_all_kept(&self) {
        self.remove(None, "Deleted all recent breakdowns.".to_owned());
    }

    /// Switches keeping on or off, and remembers it; off, nothing of what was kept is left.
    pub(super) fn set_keeping(&self, on: bool) {
        self.switch_keeping(on);
        if on {
            self.shelf.settle();
            self.look_at_shelf();
        } else {
            self.remove(None, "Deleted all recent breakdowns; from now on none are kept.".to_owned());
        }
    }

    fn switch_keeping(&self, on: bool) {
        browser::remember(KEEPING, (!on).then_some("off"));
        self.shelf.on.set(on);
    }

    fn remove(&self, key: Option<String>, told: String) {
        let (state, shelf) = (*self, self.shelf);
        spawn_local(async move {
            let records = match store::take(key.as_deref()).await {
                Ok(records) => records,
                Err(trouble) => return shelf.tell(trouble),
            };
            if matches!(*state.phase.read_untracked(), Phase::Refused(Refusal::Kept | Refusal::Gone)) {
                state.rest();
            }
            let any = !records.is_empty();
            if any {
                state.announcement.set(told.clone());
            }
            shelf.kept.update(|kept| {
                let place = kept.entries.iter().position(|entry| key.as_ref() == Some(&entry.key)).unwrap_or(0);
                kept.entries.retain(|entry| key.as_ref().is_some_and(|key| *key != entry.key));
                kept.trouble = None;
                if any {
                    kept.removed = Some(Removed::and(kept.removed.take(), told, place, records));
                }
            });
            // The button that was pressed may have gone with its entry; the switch has not.
            if shelf.on.get_untracked() {
                browser::focus_soon("#bring-back-deleted");
            }
        });
    }

    /// Keeps again what was deleted last.
    pub(super) fn bring_back_deleted(&self) {
        let (state, shelf) = (*self, self.shelf);
        let Some(records) = shelf.kept.with_untracked(|kept| kept.removed.as_ref().map(|removed| removed.records.clone())) else { return };
        self.switch_keeping(true);
        spawn_local(async move {
            let first = records.first().map(|(entry, _)| entry.key.clone()).unwrap_or_default();
            if shelf.keep(records).await {
                shelf.settle();
                state.announcement.set("Brought back.".to_owned());
                browser::focus_soon(&format!("#recent [data-key='{first}'] .title"));
            }
        });
    }
}
