//! A marked-up article or a breakdown, as the comparison wants it.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::Value;

/// First code point, and one past the last.
pub(super) type Range = (usize, usize);

/// One attribution relation, its parts as sets of token numbers.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) source: BTreeSet<usize>,
    pub(super) content: BTreeSet<usize>,
    /// The beginning of the content, for messages.
    pub(super) words: String,
    pub(super) json: Value,
}

/// The stretches of word characters of a text; one `'`, `’`, `.` or `-` may join two. In code points.
pub(super) fn tokens(text: &str) -> Vec<Range> {
    let chars: Vec<char> = text.chars().collect();
    let word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let start = at;
        while word(at) || (at > start && matches!(chars.get(at), Some('’' | '\'' | '.' | '-')) && word(at + 1)) {
            at += 1;
        }
        if at > start {
            tokens.push((start, at));
        }
        at += 1;
    }
    tokens
}

/// The relations of an article (`relations`) or the claims of a breakdown (`claims`).
pub(super) fn relations(article: &Value, key: &str, text: &str) -> Result<Vec<Relation>> {
    let tokens = tokens(text);
    let covered = |spans: &[Range]| {
        let inside = |token: &Range| spans.iter().any(|span| token.0 < span.1 && span.0 < token.1);
        tokens.iter().enumerate().filter(|(_, token)| inside(token)).map(|(n, _)| n).collect()
    };
    let relation = |json: &Value| {
        let (source, content) = (ranges(&json["source"])?, ranges(&json["content"])?);
        let words = content.first().map(|span| words(text, *span)).unwrap_or_default();
        let id = json["id"].as_str().context("a relation has no id")?.to_owned();
        Ok(Relation { id, source: covered(&source), content: covered(&content), words, json: json.clone() })
    };
    list(&article[key]).iter().map(relation).collect()
}

/// The pairs of relations with the most content in common, best first, each relation in one pair at most.
pub(super) fn align(gold: &[Relation], ours: &[Relation]) -> Vec<(f64, usize, usize)> {
    let mut pairs = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (q, other) in ours.iter().enumerate() {
            let both = one.content.intersection(&other.content).count();
            if both > 0 {
                pairs.push((both as f64 / one.content.union(&other.content).count() as f64, g, q));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gold_used, mut ours_used) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|&(_, g, q)| !gold_used.contains(&g) && !ours_used.contains(&q) && gold_used.insert(g) && ours_used.insert(q));
    pairs
}

/// A name without what makes no difference: case, a possessive, articles and titles before it, punctuation.
pub(super) fn plain_name(name: &str) -> String {
    const TITLES: &[&str] = &[
        "the",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "senator",
        "rep",
        "gov",
        "governor",
        "president",
        "former",
        "minister",
        "prime",
    ];
    let lower = name.to_lowercase().replace("’s", "").replace("'s", "");
    let clean = |word: &str| word.chars().filter(|c| c.is_alphanumeric() || "_&".contains(*c)).collect::<String>();
    let words: Vec<String> = lower.split_whitespace().map(clean).filter(|word| !word.is_empty()).collect();
    let titles = words.iter().take(words.len().saturating_sub(1)).take_while(|word| TITLES.contains(&word.as_str())).count();
    words[titles..].join(" ")
}

/// A JSON list; of anything else, nothing.
pub(super) fn list(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// `[start, end]`.
pub(super) fn range(json: &Value) -> Result<Range> {
    let at = |n: usize| json[n].as_u64().map(|at| at as usize);
    at(0).zip(at(1)).with_context(|| format!("{json} is no span"))
}

/// The first eight words or so of a span.
pub(super) fn words(text: &str, (start, end): Range) -> String {
    let all: String = text.chars().skip(start).take(end.saturating_sub(start)).collect();
    let first: Vec<&str> = all.split_whitespace().take(8).collect();
    first.join(" ") + if all.split_whitespace().count() > 8 { " …" } else { "" }
}

/// A JSON list of `[start, end]`; of anything else, nothing.
pub(super) fn ranges(json: &Value) -> Result<Vec<Range>> {
    list(json).iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_word_characters_that_one_mark_may_join() {
        let shown =
            |text: &str| tokens(text).into_iter().map(|(a, b)| text.chars().skip(a).take(b - a).collect::<String>()).collect::<Vec<_>>();
        assert_eq!(shown("“Don’t,” said E.U. vice-chair O'Hara -- twice."), ["Don’t", "said", "E.U", "vice-chair", "O'Hara", "twice"]);
        assert_eq!(shown("é_1 ’tis ‘a’ 3.5"), ["é_1", "tis", "a", "3.5"]);
        assert!(tokens(" … ").is_empty());
    }

    #[test]
    fn names_agree_without_titles_case_and_possessives() {
        for (one, other) in
            [("the Prime Minister Ada Voss", "ada voss"), ("Voss’s", "Voss"), ("Dr. Voss", "voss"), ("The President", "president")]
        {
            assert_eq!(plain_name(one), plain_name(other));
        }
        assert_ne!(plain_name("Ada Voss"), plain_name("Voss"));
    }

    #[test]
    fn relations_are_aligned_one_to_one_by_content() {
        let relation = |id: &str, content: &[usize]| Relation {
            id: id.into(),
            source: BTreeSet::new(),
            content: content.iter().copied().collect(),
            words: String::new(),
            json: Value::Null,
        };
        let gold = [relation("a", &[1, 2, 3, 4]), relation("b", &[5, 6])];
        let ours = [relation("x", &[3, 4, 5, 6]), relation("y", &[1, 2, 3, 4]), relation("z", &[9])];
        assert_eq!(align(&gold, &ours), [(1.0, 0, 1), (0.5, 1, 0)]);
    }
}
