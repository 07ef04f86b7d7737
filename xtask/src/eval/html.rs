//! The page that shows gold and predicted marks side by side. It needs nothing else: style and script are in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::article::Range;
use super::compare::{Compared, Judged, Score, Verdict, slices};
use super::tally::{self, COLUMNS, Row};
use super::worst::{Split, faults};

const STYLE: &str = include_str!("worst.css");
const SCRIPT: &str = include_str!("worst.js");

/// The `count` first articles of each split, with the figures of all.
pub(super) fn page(splits: &[Split], count: usize) -> String {
    let chip = |verdict: Verdict| {
        let class = class(verdict);
        format!("<button type=button class='chip {class}' data-verdict={class} aria-pressed=false>{} <b></b></button>", verdict.words())
    };
    let chips = Verdict::ALL.map(chip).concat();
    let mut number = 0;
    let mut body = String::new();
    for split in splits {
        let _ = write!(body, "<section><h2>{}</h2><div class=tables>", escaped(split.title));
        body += &table("Marked up", &tally::of_gold(&split.articles));
        body += &table("Predicted", &tally::of_ours(&split.articles));
        let _ = write!(
            body,
            "</div><p class=soft>Full relations over all {} articles: <b>{}</b>. Below, the {} worst.</p>",
            split.articles.len(),
            Score::of(&split.articles),
            count.min(split.articles.len())
        );
        for one in split.articles.iter().take(count) {
            number += 1;
            body += &article(one, number);
        }
        body += "</section>";
    }
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Worst articles – Sayso</title><style>{STYLE}</style>\
         <header><h1>Worst articles</h1><div id=chips role=group aria-label='Show only'>{chips}</div>\
         <p class=keys><span class=source>source</span> <span class=cue>cue</span> <span class=content>content</span>\
         <kbd>n</kbd> <kbd>p</kbd> next, previous; click keeps, <kbd>Esc</kbd> lets go</p></header>\
         <main>{body}</main><aside id=details aria-live=polite hidden></aside><script>{SCRIPT}</script></html>"
    )
}

/// A verdict as a class.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Full => "full",
        Verdict::WrongSource => "wrong-source",
        Verdict::NoSource => "no-source",
        Verdict::Grouped => "grouped",
        Verdict::Partly => "partly",
        Verdict::Missed => "missed",
        Verdict::Spurious => "spurious",
    }
}

fn table(title: &str, rows: &[Row]) -> String {
    let sums = rows.last().map_or([0; COLUMNS.len()], |row| row.counts);
    let heads = COLUMNS.map(|column| format!("<th scope=col>{column}")).concat();
    let row = |row: &Row| {
        let (class, words) = row.verdict.map_or(("sum", "sum"), |verdict| (class(verdict), verdict.words()));
        let cell = |(count, sum): (&usize, &usize)| match (row.verdict, *sum) {
            (Some(_), 1..) => format!("<td>{count} <i>{:.0} %</i>", *count as f64 / *sum as f64 * 100.0),
            _ => format!("<td>{count}"),
        };
        let cells = row.counts.iter().zip(&sums).map(cell).collect::<String>();
        format!("<tr class={class}><th scope=row>{words}{cells}")
    };
    format!("<table><thead><tr><th scope=col>{title}{heads}<tbody>{}</table>", rows.iter().map(row).collect::<String>())
}

fn article(article: &Compared, number: usize) -> String {
    let chars: Vec<char> = article.text.chars().collect();
    let score = article.score();
    let (gold, ours) = (format!("a{number}g"), format!("a{number}p"));
    let sides = [
        Side { prefix: &gold, other: &ours, relations: &article.gold, chars: &chars },
        Side { prefix: &ours, other: &gold, relations: &article.ours, chars: &chars },
    ];
    let mut out = format!(
        "<article><h3>{}</h3><p class=soft><b>{score}</b>; {}</p>\
         <div class=pair><p class=side>marked up<p class=side>predicted",
        escaped(&article.id),
        faults(article)
    );
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        let range = (start, start + line.len());
        start = range.1 + 1;
        if line.iter().any(|c| !c.is_whitespace()) {
            let _ = write!(out, "<div class=line><p>{}</p><p>{}</p></div>", sides[0].line(range), sides[1].line(range));
        }
    }
    out + "</div></article>"
}

/// The relations of one side of an article, and what their elements are called.
struct Side<'a> {
    prefix: &'a str,
    other: &'a str,
    relations: &'a [Judged],
    chars: &'a [char],
}

impl Side<'_> {
    /// A line with its marks, cut wherever one begins or ends.
    fn line(&self, (start, end): Range) -> String {
        let marks = self.marks((start, end));
        let cuts: BTreeSet<usize> =
            marks.iter().flat_map(|mark| [mark.span.0.max(start), mark.span.1.min(end)]).chain([start, end]).collect();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let mut out = String::new();
        for piece in cuts.windows(2).map(|cut| (cut[0], cut[1])) {
            let here: Vec<&Mark> = marks.iter().filter(|mark| mark.span.0 < piece.1 && piece.0 < mark.span.1).collect();
            for mark in here.iter().filter(|mark| mark.first && mark.span.0 == piece.0) {
                out += &self.button(mark.relation);
            }
            let words = escaped(&self.chars[piece.0..piece.1].iter().collect::<String>());
            // The innermost comes last, and parts that name or signal come after contents.
            let Some(last) = here.last() else {
                out += &words;
                continue;
            };
            let classes: BTreeSet<&str> = here.iter().map(|mark| mark.role).collect();
            let ids: Vec<String> = here.iter().map(|mark| format!("{}{}", self.prefix, mark.relation + 1)).collect();
            let verdict = class(self.relations[last.relation].verdict);
            let classes = classes.into_iter().collect::<Vec<_>>().join(" ");
            let _ = write!(out, "<span class='{classes} {verdict}' data-of='{}'>{words}</span>", ids.join(" "));
        }
        out
    }

    /// Everything marked in a line: contents from the longest to the shortest, then sources, then cues.
    fn marks(&self, (start, end): Range) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (role, spans) in [
            ("content", &(|one: &Judged| one.content.clone()) as &dyn Fn(&Judged) -> Vec<Range>),
            ("source", &|one| one.source.clone()),
            ("cue", &|one| one.cue.clone()),
        ] {
            let mut order: Vec<usize> = (0..self.relations.len()).collect();
            order.sort_by_key(|at| std::cmp::Reverse(self.relations[*at].relation.content.len()));
            for relation in order {
                let spans = spans(&self.relations[relation]).into_iter().enumerate();
                let here = spans.filter(|(_, span)| span.0 < end && start < span.1);
                marks.extend(here.map(|(at, span)| Mark { relation, role, span, first: role == "content" && at == 0 }));
            }
        }
        marks
    }

    /// The number of a relation, which knows all there is to tell about it.
    fn button(&self, at: usize) -> String {
        let one = &self.relations[at];
        let partner = one.partner.map(|(partner, _)| format!(" data-partner={}{}", self.other, partner + 1)).unwrap_or_default();
        let cue = match one.cue_seen {
            Some(true) => "cue seen in training",
            Some(false) => "cue new",
            None => "no cue",
        };
        let common = one.partner.map(|(_, share)| format!(", {:.0} % of content in common", share * 100.0)).unwrap_or_default();
        let confidence =
            one.relation.json["confidence"].as_f64().map(|share| format!(", confidence {:.0} %", share * 100.0)).unwrap_or_default();
        let about = format!("{}, {cue}{common}{confidence}", if one.direct { "direct" } else { "indirect" });
        let words = |spans: &[Range]| escaped(&slices(spans, self.chars));
        let verdict = one.verdict;
        format!(
            "<button type=button class='number {}' data-id={}{}{partner} data-verdict='{}' data-about='{about}' data-source='{}' data-cue='{}' \
             data-content='{}' aria-label='{}, {}'>{}</button>",
            class(verdict),
            self.prefix,
            at + 1,
            verdict.words(),
            words(&one.source),
            words(&one.cue),
            words(&one.content),
            at + 1,
            verdict.words(),
            at + 1,
        )
    }
}

/// A stretch that a relation marks.
struct Mark {
    relation: usize,
    role: &'static str,
    span: Range,
    /// Whether the relation's number stands before it.
    first: bool,
}

/// Text as HTML, also between quotation marks of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::eval::compare::compare;

    #[test]
    fn marks_numbers_and_verdicts_are_on_the_page() {
        let text = "Tarn said <b>it</b> is safe.\nNobody spoke.";
        let gold =
            json!({ "id": "a&b", "text": text, "relations": [{ "id": "r", "source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 27]] }] });
        let ours = json!({ "claims": [
            { "id": "c1", "source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 27]] },
            { "id": "c2", "source": [], "cue": [[36, 41]], "content": [[29, 35]] },
        ] });
        let articles = vec![compare(&gold, &ours, &BTreeSet::new()).unwrap()];
        let html = page(&[Split { title: "Split", articles }], 1);
        for part in [
            "<h3>a&amp;b</h3>",
            "<span class='source full' data-of='a1g1'>Tarn</span>",
            "<span class='content full' data-of='a1p1'>&lt;b&gt;it&lt;/b&gt; is safe</span>",
            "data-id=a1g1 data-partner=a1p1 data-verdict='full hit'",
            "data-id=a1p2 data-verdict='spurious'",
            "1 of 1 found; 1 spurious",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<b>it"));
    }
}
