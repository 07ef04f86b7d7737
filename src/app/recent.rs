//! Recent breakdowns: which of them are kept, and how they are told apart.

use crate::engine::{Breakdown, Date, fnv};

use super::wording;

/// So many are kept.
const MOST: usize = 50;
/// So many characters their links may have together; the newest is kept however long it is.
const MOST_CHARACTERS: usize = 5_000_000;
/// A title has at most about so many characters, counted in bytes.
const LONGEST_TITLE: usize = 80;

/// A breakdown that is kept: what the list shows of it. Its link is kept beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The same for the same text, and for no other.
    pub key: String,
    /// The headline, or the first words.
    pub title: String,
    /// How many words the text has.
    pub words: usize,
    /// When it was opened last, in milliseconds since 1970.
    pub opened: u64,
    /// How many characters its link has.
    pub size: usize,
    /// Whether it came with a link, and was never the reader's own paste.
    pub linked: bool,
}

impl Entry {
    /// What is kept of a breakdown whose link has `size` characters; `opened` in milliseconds since 1970.
    pub fn new(breakdown: &Breakdown, size: usize, opened: u64, linked: bool) -> Self {
        let text = breakdown.article.text();
        Self { key: key(text), title: title(breakdown), words: text.split_whitespace().count(), opened, size, linked }
    }

    /// When it was opened, how long it is and where it is from: "today 14:05 · 1,012 words · from a link".
    pub fn about(&self, opened: Moment, now: Moment) -> String {
        let words = wording::counted(self.words, "word", "words");
        let origin = if self.linked { " · from a link" } else { "" };
        format!("{} · {words}{origin}", when(opened, now))
    }
}

/// Puts an entry into a list that has the newest first.
pub fn insert(list: &mut Vec<Entry>, entry: Entry) {
    let place = list.partition_point(|other| other.opened > entry.opened);
    list.insert(place, entry);
}

/// Adds an entry to a list that has the newest first, in the place of the one with the same text; gives what goes,
/// where that makes too much.
pub fn keep(list: &mut Vec<Entry>, mut new: Entry) -> Vec<Entry> {
    if let Some(at) = list.iter().position(|entry| entry.key == new.key) {
        new.linked &= list.remove(at).linked;
    }
    insert(list, new);
    let mut characters = 0;
    let fitting = list.iter().take(MOST).take_while(|entry| {
        characters += entry.size;
        characters <= MOST_CHARACTERS
    });
    let stay = fitting.count().max(1);
    list.split_off(stay)
}

/// Tells texts apart: 64 bits of FNV-1a, in hexadecimal.
pub(super) fn key(text: &str) -> String {
    format!("{:016x}", fnv(text.bytes()))
}

/// The headline of a breakdown's article, or its first words, on one line.
pub fn title(breakdown: &Breakdown) -> String {
    let headline = wording::title(breakdown);
    let words = headline.as_deref().unwrap_or(breakdown.article.text());
    let mut title = String::new();
    for word in words.split_whitespace() {
        if title.len() + word.len() >= LONGEST_TITLE {
            // A single endless word is cut.
            if title.is_empty() {
                title.extend(word.chars().take(LONGEST_TITLE));
            }
            return title + " …";
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

/// A minute where the reader is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// "today 14:05", "yesterday 9:30", "21 Nov 2026".
fn when(then: Moment, now: Moment) -> String {
    let Moment { date, hour, minute } = then;
    if date == now.date {
        format!("today {hour}:{minute:02}")
    } else if Some(date) == now.date.previous() {
        format!("yesterday {hour}:{minute:02}")
    } else {
        wording::day(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::breakdown;
    use crate::engine::BlockKind;
    use crate::engine::Parts;

    fn entry(key: &str, opened: u64, size: usize) -> Entry {
        Entry { key: key.into(), title: key.into(), words: 1, opened, size, linked: false }
    }

    fn keys(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.key.as_str()).collect()
    }

    /// What stays and what goes.
    fn kept(mut list: Vec<Entry>, new: Entry) -> (Vec<Entry>, Vec<Entry>) {
        let gone = keep(&mut list, new);
        (list, gone)
    }

    #[test]
    fn the_same_text_is_kept_once_and_moves_to_the_top() {
        let (list, gone) = kept(vec![entry("b", 2, 10), entry("a", 1, 10)], entry("a", 3, 20));
        assert_eq!((keys(&list), gone.len()), (vec!["a", "b"], 0));
        assert_eq!(list[0].size, 20);
    }

    #[test]
    fn what_comes_back_stands_where_it_was() {
        let (list, _) = kept(vec![entry("c", 3, 1), entry("a", 1, 1)], entry("b", 2, 1));
        assert_eq!(keys(&list), ["c", "b", "a"]);
    }

    #[test]
    fn what_was_pasted_once_is_the_readers_own() {
        let linked = |linked| Entry { linked, ..entry("a", 1, 1) };
        for (before, now, expected) in [(true, true, true), (true, false, false), (false, true, false)] {
            assert_eq!(kept(vec![linked(before)], linked(now)).0[0].linked, expected);
        }
        assert!(kept(Vec::new(), linked(true)).0[0].linked);
    }

    #[test]
    fn the_oldest_go_where_there_are_too_many_or_they_are_too_long() {
        let many: Vec<Entry> = (0..MOST as u64).rev().map(|n| entry(&n.to_string(), n, 1)).collect();
        let (list, gone) = kept(many, entry("new", 1_000, 1));
        assert_eq!((list.len(), keys(&gone), keys(&list[..2])), (MOST, vec!["0"], vec!["new", "49"]));

        let half = MOST_CHARACTERS / 2;
        let (list, gone) = kept(vec![entry("b", 2, half), entry("a", 1, half)], entry("c", 3, 1));
        assert_eq!((keys(&list), keys(&gone)), (vec!["c", "b"], vec!["a"]));

        let (list, gone) = kept(vec![entry("a", 1, 1)], entry("huge", 2, 2 * MOST_CHARACTERS));
        assert_eq!((keys(&list), keys(&gone)), (vec!["huge"], vec!["a"]));
    }

    #[test]
    fn a_title_is_the_headline_or_the_first_words() {
        let mut parts = Parts::clone(&breakdown("Mill to\u{a0}close\nAda said so.", &[]));
        assert_eq!(title(&Breakdown::new(parts.clone()).unwrap()), "Mill to close Ada said so.");
        parts.blocks[0].kind = BlockKind::Headline;
        assert_eq!(title(&Breakdown::new(parts).unwrap()), "Mill to close");
        let long = title(&breakdown(&"word ".repeat(100), &[]));
        assert!(long.ends_with("word …") && long.chars().count() <= LONGEST_TITLE + 2, "{long}");
        assert_eq!(title(&breakdown(&"ä".repeat(500), &[])), "ä".repeat(LONGEST_TITLE) + " …");
    }

    #[test]
    fn texts_are_told_apart() {
        assert_eq!(key("a"), "af63dc4c8601ec8c");
        assert_ne!(key("Ada said yes."), key("Ada said yes. "));
    }

    #[test]
    fn an_entry_says_when_it_was_opened_and_how_long_it_is() {
        let moment = |day: &str, hour, minute| Moment { date: day.parse().unwrap(), hour, minute };
        let now = moment("2026-12-01", 0, 30);
        let one = Entry { words: 1_012, ..entry("a", 1, 1) };
        assert_eq!(one.about(moment("2026-12-01", 0, 5), now), "today 0:05 · 1,012 words");
        assert_eq!(one.about(moment("2026-11-30", 14, 5), now), "yesterday 14:05 · 1,012 words");
        let linked = Entry { words: 1, linked: true, ..one };
        assert_eq!(linked.about(moment("2026-11-21", 14, 5), now), "21 Nov 2026 · 1 word · from a link");
    }
}
