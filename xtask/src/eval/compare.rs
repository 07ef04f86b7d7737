//! What became of every relation of an article: the scorer's hits, and a name for each way to miss one.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result};
use serde_json::Value;

use super::article::{Range, Relation, align, ranges, relations};

/// Content in common from which on the scorer takes two relations for one.
const SAME: f64 = 0.5;

/// What became of a relation. One that is marked up can have any of these but the last, and one that is predicted
/// has its partner's; without a partner it is grouped differently or spurious.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Verdict {
    /// Content and source are right.
    Full,
    /// The content is right, and the source is other words, or there should be none.
    WrongSource,
    /// The content is right, and no source was found.
    NoSource,
    /// Most of its words are in some relation of the other side, but joined or split otherwise.
    Grouped,
    /// Fewer than half of its words are found.
    Partly,
    /// None of its words are found.
    Missed,
    /// None of its words are in anything marked up.
    Spurious,
}

impl Verdict {
    pub(super) const ALL: [Self; 7] =
        [Self::Full, Self::WrongSource, Self::NoSource, Self::Grouped, Self::Partly, Self::Missed, Self::Spurious];

    /// As people read it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Full => "full hit",
            Self::WrongSource => "wrong source",
            Self::NoSource => "no source",
            Self::Grouped => "grouped differently",
            Self::Partly => "partly found",
            Self::Missed => "missed",
            Self::Spurious => "spurious",
        }
    }
}

/// A relation of either side with what became of it.
pub(super) struct Judged {
    pub(super) relation: Relation,
    pub(super) verdict: Verdict,
    /// Its place among the relations of the other side, and the share of content in common.
    pub(super) partner: Option<(usize, f64)>,
    /// In code points, as are the others.
    pub(super) source: Vec<Range>,
    pub(super) cue: Vec<Range>,
    pub(super) content: Vec<Range>,
    /// Whether there are quotation marks in its content.
    pub(super) direct: bool,
    /// Whether the training split has its cue; `None` without a cue.
    pub(super) cue_seen: Option<bool>,
}

/// An article, both ways.
pub(super) struct Compared {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) gold: Vec<Judged>,
    pub(super) ours: Vec<Judged>,
}

/// Precision, recall and their harmonic mean, from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Score {
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) f1: f64,
}

impl Score {
    /// Full relations found in these articles together, as the scorer counts them.
    pub(super) fn of(articles: &[Compared]) -> Self {
        let gold = || articles.iter().flat_map(|article| &article.gold);
        let hits = gold().filter(|judged| judged.verdict == Verdict::Full).count() as f64;
        let share = |of: usize| if of == 0 { 0.0 } else { hits / of as f64 };
        let (precision, recall) = (share(articles.iter().map(|article| article.ours.len()).sum()), share(gold().count()));
        let both = precision + recall;
        Self { precision, recall, f1: if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 } }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [f1, precision, recall] = [self.f1, self.precision, self.recall].map(|share| share * 100.0);
        write!(f, "F1 {f1:5.1} (P {precision:5.1}, R {recall:5.1})")
    }
}

impl Compared {
    pub(super) fn score(&self) -> Score {
        Score::of(std::slice::from_ref(self))
    }
}

/// The cue of a relation, so that equal cues compare equal; `None` without one.
pub(super) fn cue(relation: &Value, text: &[char]) -> Result<Option<String>> {
    let words: String = slices(&ranges(&relation["cue"])?, text).to_lowercase();
    Ok((!words.is_empty()).then_some(words))
}

/// The words of spans on one line, with an ellipsis where text lies between them.
pub(super) fn slices(spans: &[Range], text: &[char]) -> String {
    let slice = |&(start, end): &Range| text[start.min(text.len())..end.min(text.len())].iter().collect::<String>();
    let parts = spans.iter().map(|span| slice(span).split_whitespace().collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join(" … ")
}

/// Compares a marked-up article with its breakdown; `seen` holds the cues of the training split.
pub(super) fn compare(gold: &Value, ours: &Value, seen: &BTreeSet<String>) -> Result<Compared> {
    let text = gold["text"].as_str().context("a marked-up article has no text")?;
    let chars: Vec<char> = text.chars().collect();
    // Like the scorer: what has no word in it doesn't count.
    let scored =
        |json, key| Ok::<_, anyhow::Error>(relations(json, key, text)?.into_iter().filter(|one| !one.content.is_empty()).collect());
    let (wanted, found): (Vec<Relation>, Vec<Relation>) = (scored(gold, "relations")?, scored(ours, "claims")?);
    let hits: Vec<_> = align(&wanted, &found).into_iter().filter(|pair| pair.0 >= SAME).collect();
    let judge = |here: Vec<Relation>, partner: &dyn Fn(usize) -> Option<(usize, f64)>, verdicts: Vec<Verdict>| -> Result<Vec<Judged>> {
        let judged = here.into_iter().zip(verdicts).enumerate().map(|(at, (relation, verdict))| {
            let spans = |key: &str| ranges(&relation.json[key]);
            let (source, own_cue, content) = (spans("source")?, spans("cue")?, spans("content")?);
            let direct = has_quotation_marks(&content, &chars);
            let cue_seen = cue(&relation.json, &chars)?.map(|cue| seen.contains(&cue));
            Ok(Judged { relation, verdict, partner: partner(at), source, cue: own_cue, content, direct, cue_seen })
        });
        judged.collect()
    };
    let partner_of_gold = |at: usize| hits.iter().find(|hit| hit.1 == at).map(|hit| (hit.2, hit.0));
    let partner_of_ours = |at: usize| hits.iter().find(|hit| hit.2 == at).map(|hit| (hit.1, hit.0));
    let covered = |relations: &[Relation]| relations.iter().flat_map(|one| one.content.iter().copied()).collect::<BTreeSet<usize>>();
    let (all_wanted, all_found) = (covered(&wanted), covered(&found));
    let of_gold: Vec<Verdict> = (wanted.iter().enumerate())
        .map(|(at, one)| match partner_of_gold(at) {
            Some((q, _)) => by_source(one, &found[q]),
            None => match one.content.intersection(&all_found).count() {
                0 => Verdict::Missed,
                common if common * 2 < one.content.len() => Verdict::Partly,
                _ => Verdict::Grouped,
            },
        })
        .collect();
    let of_ours = (found.iter().enumerate())
        .map(|(at, one)| match partner_of_ours(at) {
            Some((g, _)) => of_gold[g],
            None if one.content.is_disjoint(&all_wanted) => Verdict::Spurious,
            None => Verdict::Grouped,
        })
        .collect();
    Ok(Compared {
        id: gold["id"].as_str().context("an article has no id")?.to_owned(),
        text: text.to_owned(),
        gold: judge(wanted, &partner_of_gold, of_gold)?,
        ours: judge(found, &partner_of_ours, of_ours)?,
    })
}

fn by_source(gold: &Relation, ours: &Relation) -> Verdict {
    match (gold.source.is_empty(), ours.source.is_empty()) {
        (true, true) => Verdict::Full,
        (false, true) => Verdict::NoSource,
        _ if gold.source.is_disjoint(&ours.source) => Verdict::WrongSource,
        _ => Verdict::Full,
    }
}

/// Whether the scorer counts it as direct: a quotation mark anywhere, or a straight `'` that no word ends with.
fn has_quotation_marks(spans: &[Range], text: &[char]) -> bool {
    let word = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    spans.iter().any(|&(start, end)| {
        (start..end.min(text.len())).any(|at| match text[at] {
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' => true,
            '\'' => at == start || !word(at - 1),
            _ => false,
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "Tarn said the bridge is safe. “It is not,” Orr said. Critics fear it falls.";

    /// What becomes of the marked-up relations and of the predicted ones, given as source and content in code points.
    fn check(gold: &[(Range, Range)], ours: &[(Range, Range)], expected: (&[Verdict], &[Verdict])) -> Compared {
        let list = |relations: &[(Range, Range)]| {
            let span = |at: Range| if at.0 < at.1 { json!([[at.0, at.1]]) } else { json!([]) };
            let one = |(at, (source, content)): (usize, &(Range, Range))| json!({ "id": at.to_string(), "source": span(*source), "cue": [[5, 9]], "content": span(*content) });
            relations.iter().enumerate().map(one).collect::<Value>()
        };
        let (gold, ours) = (json!({ "id": "a", "text": TEXT, "relations": list(gold) }), json!({ "claims": list(ours) }));
        let compared = compare(&gold, &ours, &BTreeSet::from(["said".to_owned()])).unwrap();
        let verdicts = |side: &[Judged]| side.iter().map(|judged| judged.verdict).collect::<Vec<_>>();
        assert_eq!((verdicts(&compared.gold).as_slice(), verdicts(&compared.ours).as_slice()), expected);
        compared
    }

    const TARN: Range = (0, 4);
    const ORR: Range = (43, 46);
    const SAFE: Range = (10, 28);
    const NOT: Range = (30, 42);
    const NOBODY: Range = (0, 0);

    #[test]
    fn a_hit_depends_on_its_source() {
        use Verdict::{Full, NoSource, WrongSource};
        let compared = check(&[(TARN, SAFE), (ORR, NOT)], &[(TARN, SAFE), (ORR, NOT)], (&[Full, Full], &[Full, Full]));
        assert_eq!(compared.score(), Score { precision: 1.0, recall: 1.0, f1: 1.0 });
        assert_eq!(
            compared.gold.iter().map(|judged| (judged.direct, judged.cue_seen)).collect::<Vec<_>>(),
            [(false, Some(true)), (true, Some(true))]
        );
        check(&[(TARN, SAFE)], &[(ORR, SAFE)], (&[WrongSource], &[WrongSource]));
        check(&[(NOBODY, SAFE)], &[(ORR, SAFE)], (&[WrongSource], &[WrongSource]));
        check(&[(TARN, SAFE)], &[(NOBODY, SAFE)], (&[NoSource], &[NoSource]));
        check(&[(NOBODY, SAFE)], &[(NOBODY, SAFE)], (&[Full], &[Full]));
    }

    #[test]
    fn a_miss_depends_on_how_much_was_found() {
        use Verdict::{Full, Grouped, Missed, Partly, Spurious};
        let compared = check(&[(TARN, SAFE)], &[(ORR, NOT)], (&[Missed], &[Spurious]));
        assert_eq!(compared.score(), Score { precision: 0.0, recall: 0.0, f1: 0.0 });
        check(&[(TARN, SAFE)], &[(TARN, (24, 28))], (&[Partly], &[Grouped]));
        check(&[(TARN, SAFE)], &[(TARN, (10, 20)), (TARN, (21, 28))], (&[Full], &[Full, Grouped]));
        check(&[(TARN, SAFE)], &[(TARN, (10, 75))], (&[Grouped], &[Grouped]));
        check(&[(TARN, (28, 29))], &[(TARN, SAFE)], (&[], &[Spurious]));
    }
}
