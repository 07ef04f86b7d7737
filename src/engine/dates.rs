//! Days written in the text.

use super::Date;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of the month that a word names, or shortens to three letters or four.
pub(crate) fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let full = MONTHS.iter().position(|m| *m == word);
    let short = || (word.len() >= 3).then(|| MONTHS.iter().position(|m| m.starts_with(word.as_str()) && word.len() <= 4)).flatten();
    full.or_else(short).map(|n| n as u8 + 1)
}

/// Whether a lower-case word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Whether a lower-case word names a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// The latest day of this name that is not after another; the name in lower case.
pub(crate) fn latest(weekday: &str, last: Date) -> Option<Date> {
    let wanted = WEEKDAYS.iter().position(|w| *w == weekday)?;
    let mut day = last;
    while usize::from(day.weekday()) != wanted {
        day = day.previous()?;
    }
    Some(day)
}

/// The day at the start of a line and the byte behind it: "2026-01-29", "Published: 12 March 2024",
/// "Tuesday, March 12, 2024". Only full dates count.
pub(crate) fn leading(line: &str) -> Option<(Date, usize)> {
    const LEADS: &[&str] = &[
        "date",
        "date:",
        "published",
        "published:",
        "published on",
        "updated",
        "updated:",
        "last updated",
        "last updated:",
        "posted",
        "posted:",
        "posted on",
    ];
    let mut start = 0;
    let lower = line.to_lowercase();
    if lower.len() == line.len() {
        let lead = LEADS.iter().filter(|l| lower.starts_with(**l) && lower[l.len()..].starts_with(' ')).map(|l| l.len()).max();
        start = lead.unwrap_or(0);
    }
    let mut rest = line[start..].trim_start();
    if let Some((first, tail)) = rest.split_once([' ', ','])
        && is_weekday(&first.trim_end_matches('.').to_lowercase())
    {
        rest = tail.trim_start_matches([',', ' ']);
    }
    let (date, len) = at_start(rest)?;
    Some((date, line.len() - rest.len() + len))
}

/// The full date at the start of a text and its length in bytes.
pub(crate) fn at_start(text: &str) -> Option<(Date, usize)> {
    if let Some(date) = text.get(..10).and_then(|iso| iso.parse().ok()) {
        return Some((date, 10));
    }
    // Day, month and year in either order, with their lengths up to each piece's end.
    let mut pieces = Vec::with_capacity(3);
    let mut at = 0;
    while pieces.len() < 3 {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start_matches([' ', ',', '\u{a0}']).len();
        let piece: &str = rest[skipped..].split(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
        if piece.is_empty() || (!pieces.is_empty() && skipped == 0) {
            return None;
        }
        at += skipped + piece.len();
        pieces.push(piece);
    }
    let [a, b, c] = pieces[..] else { return None };
    let year = |s: &str| s.trim_end_matches('.').parse::<u16>().ok().filter(|y| s.len() >= 4 && (1000..=9999).contains(y));
    let day = |s: &str| {
        let digits = s.trim_end_matches(|c: char| c.is_alphabetic());
        (matches!(s.len() - digits.len(), 0 | 2) && digits.len() <= 2).then(|| digits.parse::<u8>().ok()).flatten()
    };
    let date = match (month(a), month(b)) {
        (Some(month), _) => Date::new(year(c)?, month, day(b)?),
        (None, Some(month)) => Date::new(year(c)?, month, day(a)?),
        (None, None) => None,
    }?;
    let dot = usize::from(c.ends_with('.'));
    Some((date, at - dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_date_a_line_starts_with() {
        for (line, rest) in [
            ("date 2026-01-29 Title", " Title"),
            ("Published 12 March 2024", ""),
            ("Tuesday, March 12, 2024 10:30 GMT", " 10:30 GMT"),
            ("Updated: 3 May 2023 | 4 min read", " | 4 min read"),
        ] {
            let (_, at) = leading(line).unwrap();
            assert_eq!(&line[at..], rest);
        }
        assert_eq!(leading("Mayor says no"), None);
    }
}
