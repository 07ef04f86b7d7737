//! Days as running text tells them: in full, without their year, or counted from the article's own day.

use std::ops::Range;

use super::tokens::Tokens;
use super::{Article, Date, dates};

/// Words that tell when, at a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    /// Behind the last of them.
    pub end: usize,
    /// The day, where they mean one and it can be known.
    pub day: Option<Date>,
    /// Whether they need nothing but a calendar.
    pub full: bool,
}

/// What is told at the first token of a range, as far as the range goes. An article speaks of what has been said: a day
/// without its year, or a day of the week, is the latest that is not after `published`, the article's own.
pub(crate) fn at(article: &Article, tokens: &Tokens, range: Range<usize>, published: Option<Date>) -> Option<Told> {
    let words = Words { article, tokens, range };
    words.date(published).or_else(|| words.weekday(published)).or_else(|| words.counted(published))
}

struct Words<'a> {
    article: &'a Article,
    tokens: &'a Tokens,
    range: Range<usize>,
}

impl Words<'_> {
    /// The word at a place, counted from the first; nothing outside.
    fn word(&self, place: usize) -> &str {
        let n = self.range.start + place;
        if n < self.range.end { self.tokens.lower(n) } else { "" }
    }

    /// The word before the first.
    fn before(&self) -> &str {
        self.range.start.checked_sub(1).map_or("", |n| self.tokens.lower(n))
    }

    /// The month that a word names; "may" is also a verb.
    fn month(&self, place: usize) -> Option<u8> {
        dates::month(self.word(place)).filter(|_| self.tokens.capital(self.article, self.range.start + place))
    }

    fn told(&self, len: usize, day: Option<Date>, full: bool) -> Told {
        Told { end: self.range.start + len, day, full }
    }

    /// "15", "15th": the day of a month.
    fn day_of_month(&self, place: usize) -> Option<u8> {
        let word = self.word(place);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    }

    /// How many words tell more days than one: "3-5", "3 to 5".
    fn days_of_month(&self, place: usize) -> Option<usize> {
        if let Some((first, last)) = self.word(place).split_once(['-', '–']) {
            return (first.parse::<u8>().is_ok() && last.parse::<u8>().is_ok()).then_some(1);
        }
        self.day_of_month(place)?;
        let joined = matches!(self.word(place + 1), "-" | "–" | "to" | "and" | "until" | "through");
        (joined && self.day_of_month(place + 2).is_some()).then_some(3)
    }

    /// "November 15, 2025", "15 November", "2025-11-15".
    fn date(&self, published: Option<Date>) -> Option<Told> {
        if let Ok(day) = self.word(0).parse() {
            return Some(self.told(1, Some(day), true));
        }
        if let Some(month) = self.month(0) {
            if let Some(len) = self.days_of_month(1) {
                return Some(self.told(1 + len, None, false));
            }
            return Some(self.with_year(month, self.day_of_month(1)?, 2, published));
        }
        if let Some(len) = self.days_of_month(0) {
            self.month(len)?;
            return Some(self.told(len + 1, None, false));
        }
        let day = self.day_of_month(0)?;
        let len = 1 + usize::from(self.word(1) == "of");
        Some(self.with_year(self.month(len)?, day, len + 1, published))
    }

    fn with_year(&self, month: u8, day: u8, len: usize, published: Option<Date>) -> Told {
        let comma = usize::from(self.word(len) == ",");
        let year = self.word(len + comma);
        if year.len() == 4
            && let Ok(year) = year.parse()
        {
            return self.told(len + comma + 1, Date::new(year, month, day), true);
        }
        let latest = |published: Date| {
            let of = |year| Date::new(year, month, day).filter(|day| *day <= published);
            // The 29th of February may be some years ago.
            (0..8).find_map(|years| of(published.year() - years))
        };
        self.told(len, published.and_then(latest), false)
    }

    /// "Monday", "last Monday"; "Monday, November 15".
    fn weekday(&self, published: Option<Date>) -> Option<Told> {
        let last = usize::from(matches!(self.word(0), "last" | "past" | "this"));
        let word = self.word(last);
        if !dates::is_weekday(word) {
            return None;
        }
        let comma = last + 1 + usize::from(self.word(last + 1) == ",");
        let behind = Words { range: self.range.start + comma..self.range.end, ..*self };
        if let Some(date) = behind.date(published) {
            return Some(date);
        }
        let end = last + 1 + usize::from(matches!(self.word(last + 1), "morning" | "afternoon" | "evening" | "night"));
        let coming = matches!(self.before(), "next" | "every" | "each" | "coming" | "by" | "until" | "from");
        // "Monday last week", "Monday to Friday".
        let other = matches!(self.word(end), "next" | "last")
            || matches!(self.word(end), "to" | "-" | "–" | "through") && dates::is_weekday(self.word(end + 1));
        if coming || other {
            return Some(self.told(end, None, false));
        }
        let day = |published: Date| {
            // "Last Monday", written on a Monday, is not today.
            let from = if last == 1 && self.word(0) != "this" { published.previous()? } else { published };
            dates::latest(word, from)
        };
        Some(self.told(end, published.and_then(day), false))
    }

    /// "Today", "last night", "three days ago".
    fn counted(&self, published: Option<Date>) -> Option<Told> {
        let (len, back) = match (self.word(0), self.word(1)) {
            ("today" | "tonight", _) => (1, 0),
            ("this", "morning" | "afternoon" | "evening") => (2, 0),
            ("yesterday", _) => (1, if self.before() == "before" { 2 } else { 1 }),
            ("last", "night") => (2, 1),
            (count, "days") if self.word(2) == "ago" => (3, number(count)?),
            _ => return None,
        };
        let day = |published: Date| (0..back).try_fold(published, |day, _| day.previous());
        Some(self.told(len, published.and_then(day), false))
    }
}

/// A small number in figures or words.
fn number(word: &str) -> Option<u8> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let written = || WORDS.iter().position(|known| *known == word).map(|n| n as u8 + 1);
    word.parse().ok().filter(|n| (1..=30).contains(n)).or_else(written)
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    /// The days told in a text of a Wednesday, 19 November 2025; `?` for one that is told and can't be known.
    fn check(text: &str, expected: &str) {
        check_on(text, "2025-11-19".parse().ok(), expected);
    }

    fn check_on(text: &str, published: Option<Date>, expected: &str) {
        let article = Article::new(text).unwrap();
        let tokens = Tokens::new(&article, std::iter::once(Span::new_unchecked(0, text.len())));
        let (mut told, mut n) = (Vec::new(), 0);
        while n < tokens.len() {
            let here = at(&article, &tokens, n..tokens.len(), published);
            told.extend(here.map(|told| told.day.map_or("?".to_owned(), |day| day.to_string())));
            n = here.map_or(n + 1, |told| told.end);
        }
        assert_eq!(told.join(" "), expected, "{text}");
    }

    #[test]
    fn in_full() {
        for (text, day) in [
            ("She said on November 15, 2025, that it would rain.", "2025-11-15"),
            ("On 15 November 2025 the council agreed.", "2025-11-15"),
            ("On the 3rd of March, 2024, he denied it.", "2024-03-03"),
            ("In a post on Sept. 4, 2024, she wrote", "2024-09-04"),
            ("dated 2026-01-29 and signed", "2026-01-29"),
            ("Tuesday, March 12, 2024, was dry", "2024-03-12"),
            ("on Tuesday 12 March 2024", "2024-03-12"),
            ("November 31, 2025, does not exist", "?"),
            ("since May 1, 2019, and again on June 2, 2020", "2019-05-01 2020-06-02"),
        ] {
            check(text, day);
        }
    }

    #[test]
    fn without_their_year() {
        for (text, day) in [
            ("He said on November 15 that", "2025-11-15"),
            ("He said on 15 November that", "2025-11-15"),
            ("on November 19 she spoke", "2025-11-19"),
            ("On December 3 he had written", "2024-12-03"),
            ("Oct. 30 was cold", "2025-10-30"),
            ("the 1st of January speech", "2025-01-01"),
            ("a letter of Feb. 29", "2024-02-29"),
            ("Monday, Nov. 17", "2025-11-17"),
            ("He may 2 times", ""),
            ("in November", ""),
            ("in May 2024", ""),
            ("45 November rains", ""),
        ] {
            check(text, day);
        }
    }

    #[test]
    fn more_than_one_day() {
        for (text, day) in [
            ("between 3 and 5 March", "?"),
            ("from March 3 to 5", "?"),
            ("March 3-5", "?"),
            ("on 3 to 5 March 2024", "?"),
            ("last week and last month", ""),
            ("two weeks ago", ""),
        ] {
            check(text, day);
        }
    }

    #[test]
    fn days_of_the_week() {
        for (text, day) in [
            ("said on Monday", "2025-11-17"),
            ("said Wednesday", "2025-11-19"),
            ("said Thursday night", "2025-11-13"),
            ("told reporters on Sunday evening", "2025-11-16"),
            ("said last Wednesday", "2025-11-12"),
            ("said last Friday", "2025-11-14"),
            ("this Tuesday she", "2025-11-18"),
            ("will speak next Monday", "?"),
            ("every Monday he", "?"),
            ("by Friday", "?"),
            ("Monday last week", "?"),
            ("open Monday to Friday", "? 2025-11-14"),
        ] {
            check(text, day);
        }
    }

    #[test]
    fn counted_from_the_articles_day() {
        for (text, day) in [
            ("said today", "2025-11-19"),
            ("said this morning", "2025-11-19"),
            ("said yesterday", "2025-11-18"),
            ("the day before yesterday", "2025-11-17"),
            ("said last night", "2025-11-18"),
            ("three days ago she said", "2025-11-16"),
            ("20 days ago", "2025-10-30"),
            ("some days ago", ""),
        ] {
            check(text, day);
        }
    }

    #[test]
    fn where_the_article_has_no_day() {
        for (text, day) in [
            ("said on Monday", "?"),
            ("said yesterday", "?"),
            ("on November 15", "?"),
            ("on November 15, 2025", "2025-11-15"),
            ("no day at all", ""),
        ] {
            check_on(text, None, day);
        }
    }
}
