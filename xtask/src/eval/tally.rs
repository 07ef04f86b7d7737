//! Verdicts counted over a whole split.

use super::compare::{Compared, Judged, Verdict};

/// What relations are told apart by, in the order of [`Row::counts`].
pub(super) const COLUMNS: [&str; 6] = ["all", "direct", "indirect", "cue seen", "cue new", "no cue"];

/// How many relations have a verdict, or how many there are.
pub(super) struct Row {
    /// `None` for the sum.
    pub(super) verdict: Option<Verdict>,
    pub(super) counts: [usize; COLUMNS.len()],
}

/// Every verdict that the relations have, and at the end their sum.
pub(super) fn of_gold(articles: &[Compared]) -> Vec<Row> {
    rows(|| articles.iter().flat_map(|article| &article.gold))
}

/// The same for what was predicted.
pub(super) fn of_ours(articles: &[Compared]) -> Vec<Row> {
    rows(|| articles.iter().flat_map(|article| &article.ours))
}

fn rows<'a, I: Iterator<Item = &'a Judged>>(judged: impl Fn() -> I) -> Vec<Row> {
    let count = |verdict: Option<Verdict>| {
        let mut counts = [0; COLUMNS.len()];
        for one in judged().filter(|one| verdict.is_none_or(|verdict| verdict == one.verdict)) {
            let cue = match one.cue_seen {
                Some(true) => 3,
                Some(false) => 4,
                None => 5,
            };
            for column in [0, if one.direct { 1 } else { 2 }, cue] {
                counts[column] += 1;
            }
        }
        Row { verdict, counts }
    };
    Verdict::ALL.into_iter().map(Some).map(count).filter(|row| row.counts[0] > 0).chain([count(None)]).collect()
}

/// The rows as lines of text.
pub(super) fn text(title: &str, rows: &[Row]) -> String {
    let head = COLUMNS.map(|column| format!("{column:>10}")).concat();
    let line = |row: &Row| {
        let counts = row.counts.map(|count| format!("{count:>10}")).concat();
        format!("{:22}{counts}\n", row.verdict.map_or("sum", Verdict::words))
    };
    format!("{title:22}{head}\n{}", rows.iter().map(line).collect::<String>())
}
