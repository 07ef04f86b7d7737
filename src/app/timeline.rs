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
}
