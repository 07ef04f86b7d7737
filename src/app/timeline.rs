//! Claims by the day they were made.

use std::collections::BTreeMap;

use crate::engine::{Breakdown, ClaimId, Date};

/// A day with what was said on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Whether the article is of this day.
    pub published: bool,
    /// The claims, in reading order.
    pub claims: Vec<ClaimId>,
    /// Days since the day before it in the list; `None` for the first.
    pub since: Option<usize>,
}

/// Claims by day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline {
    /// The days, the earliest first; the article's own is among them whether or not anything was said on it.
    pub days: Vec<Day>,
    /// Claims without a day, in reading order.
    pub undated: Vec<ClaimId>,
}

/// Puts claims in order of their days.
pub fn timeline(breakdown: &Breakdown) -> Timeline {
    let mut by_day: BTreeMap<Date, Vec<ClaimId>> = breakdown.published.map(|date| (date, Vec::new())).into_iter().collect();
    let mut undated = Vec::new();
    for (id, claim) in breakdown.numbered_claims() {
        match claim.said_on {
            Some(date) => by_day.entry(date).or_default().push(id),
            None => undated.push(id),
        }
    }
    let mut before: Option<Date> = None;
    let days = by_day.into_iter().map(|(date, claims)| {
        let since = before.replace(date).map(|before| date.number() - before.number());
        Day { date, published: breakdown.published == Some(date), claims, since }
    });
    Timeline { days: days.collect(), undated }
}

/// Days drawn along a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scale {
    /// How far along each day stands, from 0 to 1000.
    pub at: Vec<usize>,
    /// The day before which the line is cut, by its place in the list: what lies there is longer than all the rest.
    pub cut: Option<usize>,
}

/// The length of a line, and how near two days may stand on it.
const LINE: usize = 1000;
const NEAREST: usize = 28;
/// What the dates of two days between the ends need, and of one and an end, which has its year.
const BETWEEN: usize = 170;
const BESIDE_END: usize = 260;

/// Puts days where their dates are, as far as they can be told apart there; `None` where a line would show nothing.
pub fn scale(days: &[Day]) -> Option<Scale> {
    let mut gaps: Vec<usize> = days.iter().filter_map(|day| day.since).collect();
    let longest = (0..gaps.len()).max_by_key(|gap| gaps[*gap])?;
    let rest = gaps.iter().sum::<usize>() - gaps[longest];
    let cut = (rest > 0 && gaps[longest] > rest).then(|| {
        gaps[longest] = rest;
        longest + 1
    });
    let total: usize = gaps.iter().sum();
    let nearest = NEAREST.min(LINE / gaps.len());
    // What is stretched for the sake of short gaps is taken from the others.
    let is_short = |gap: &usize| gap * LINE < nearest * total;
    let short = gaps.iter().filter(|gap| is_short(gap)).count();
    let long: usize = gaps.iter().filter(|gap| !is_short(gap)).sum();
    let room = LINE - short * nearest;
    let mut at = vec![0];
    for gap in &gaps {
        let length = if is_short(gap) { nearest } else { gap * room / long };
        at.push(at[at.len() - 1] + length);
    }
    Some(Scale { at, cut })
}

/// The days between the ends of a line that have room for their date on a phone, by their places in the list.
pub fn named(at: &[usize]) -> Vec<usize> {
    let mut last = 0;
    let mut has_room = |at: usize| {
        let room = at >= (last + BETWEEN).max(BESIDE_END) && at + BESIDE_END <= LINE;
        last = if room { at } else { last };
        room
    };
    (0..at.len()).filter(|day| has_room(at[*day])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::engine::Parts;
    use crate::engine::Quotation::Indirect;

    #[test]
    fn days_are_in_order_with_the_articles_own() {
        let text = "Ada said one. Bo said two. Ada said three.";
        let base =
            breakdown(text, &["one", "two", "three"].map(|what| said(if what == "two" { "Bo" } else { "Ada" }, "said", &[what], Indirect)));
        let mut parts = Parts::clone(&base);
        let day = |month, day| Date::new(2026, month, day).unwrap();
        parts.published = Some(day(3, 2));
        parts.claims[0].said_on = Some(day(3, 1));
        parts.claims[2].said_on = Some(day(2, 1));
        let found = timeline(&Breakdown::new(parts).unwrap());
        let days: Vec<_> = found.days.iter().map(|day| (day.date, day.claims.clone(), day.since, day.published)).collect();
        let expected = [
            (day(2, 1), vec![ClaimId(2)], None, false),
            (day(3, 1), vec![ClaimId(0)], Some(28), false),
            (day(3, 2), vec![], Some(1), true),
        ];
        assert_eq!(days, expected);
        assert_eq!(found.undated, [ClaimId(1)]);
    }

    #[test]
    fn dates_are_written_where_they_have_room() {
        for (at, expected) in [
            (&[0, 1000][..], &[][..]),
            (&[0, 500, 1000], &[1]),
            (&[0, 200, 300, 400, 500, 800, 1000], &[2, 4]),
            (&[0, 260, 740, 1000], &[1, 2]),
        ] {
            assert_eq!(named(at), expected, "{at:?}");
        }
    }

    #[test]
    fn days_stand_to_scale_as_far_as_that_helps() {
        // Days between each and the one before.
        for (gaps, at, cut) in [
            (&[][..], None, None),
            (&[75], Some(vec![0, 1000]), None),
            (&[1, 3], Some(vec![0, 500, 1000]), Some(2)),
            (&[2, 1, 1], Some(vec![0, 500, 750, 1000]), None),
            (&[400, 10, 10], Some(vec![0, 500, 750, 1000]), Some(1)),
            (&[100, 1, 100], Some(vec![0, 486, 514, 1000]), None),
            (&[1; 100], Some((0..=100).map(|n| n * 10).collect()), None),
        ] {
            let since = std::iter::once(None).chain(gaps.iter().copied().map(Some));
            let days: Vec<Day> =
                since.map(|since| Day { date: Date::new(2026, 3, 1).unwrap(), published: false, claims: vec![], since }).collect();
            assert_eq!(scale(&days), at.map(|at| Scale { at, cut }), "{gaps:?}");
        }
    }
}
