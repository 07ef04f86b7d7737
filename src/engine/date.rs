//! Calendar days, without a clock.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar. Prints and parses as ISO 8601 (`2025-11-15`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// `None` where there is no such day, or the year is outside 1000 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        ((1000..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day of the week, Monday as 0.
    pub fn weekday(self) -> u8 {
        ((self.number() + 1) % 7) as u8
    }

    /// The day before; `None` before the first of January 1000.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let last_of = |year, month| (28..=31).rev().find_map(|day| Self::new(year, month, day));
        match (self.month, self.day) {
            (1, 1) => last_of(self.year - 1, 12),
            (month, 1) => last_of(self.year, month - 1),
            (month, day) => Self::new(self.year, month, day - 1),
        }
    }

    /// Its number among all days, so that two days can be subtracted (proleptic Gregorian; years begin in March, so that leap days
    /// come last).
    pub fn number(self) -> usize {
        let (month, year) = if self.month < 3 { (self.month + 9, self.year - 1) } else { (self.month - 3, self.year) };
        let (month, year) = (usize::from(month), usize::from(year));
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + usize::from(self.day)
    }

    /// Year, 1000 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is not a day in the form `2025-11-15`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotADate;

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(s: &str) -> Result<Self, NotADate> {
        let digits = |range: std::ops::Range<usize>| {
            let part = s.get(range).ok_or(NotADate)?;
            if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().map_err(|_| NotADate) } else { Err(NotADate) }
        };
        if s.len() != 10 || s.as_bytes()[4] != b'-' || s.as_bytes()[7] != b'-' {
            return Err(NotADate);
        }
        let (year, month, day): (u16, u16, u16) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        Self::new(year, month as u8, day as u8).ok_or(NotADate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_back_by_days() {
        for (day, weekday, previous) in [
            ("2024-03-11", 0, "2024-03-10"),
            ("2024-03-01", 4, "2024-02-29"),
            ("2025-01-01", 2, "2024-12-31"),
            ("2026-11-22", 6, "2026-11-21"),
        ] {
            let day: Date = day.parse().unwrap();
            assert_eq!((day.weekday(), day.previous().unwrap().to_string().as_str()), (weekday, previous), "{day}");
        }
        assert_eq!(Date::new(1000, 1, 1).unwrap().previous(), None);
    }

    #[test]
    fn reads_and_prints_real_days_only() {
        for good in ["2025-11-15", "2024-02-29", "2000-02-29", "1999-12-31"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "2025-02-29",
            "1900-02-29",
            "2025-13-01",
            "2025-00-01",
            "2025-04-31",
            "25-01-01",
            "2025-1-01",
            "2025/01/01",
            "+025-01-01",
            "2025-01-0é",
        ] {
            assert_eq!(bad.parse::<Date>(), Err(NotADate), "{bad}");
        }
    }
}
