//! Holds a reading against what a case expects of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sayso::engine::{Breakdown, Claim, ClaimId, Response, Span, Speaker, Target};

use super::markup::{Case, Expectation, Marked, To, Words};

/// Every way a reading of the case's text differs from the case, in sentences; empty where it agrees.
pub(crate) fn differences(case: &Case, breakdown: &Breakdown) -> Vec<String> {
    let mut found = Comparison { case, breakdown, tokens: tokens(&case.text), pairs: BTreeMap::new(), problems: Vec::new() };
    found.claims();
    for expectation in &case.expectations {
        found.expectation(expectation);
    }
    if !case.extra_responses {
        found.extra_responses();
    }
    found.problems
}

struct Comparison<'a> {
    case: &'a Case,
    breakdown: &'a Breakdown,
    tokens: Vec<Range<usize>>,
    /// The engine's claim for each marked one.
    pairs: BTreeMap<u32, ClaimId>,
    problems: Vec<String>,
}

impl Comparison<'_> {
    fn claims(&mut self) {
        let case = self.case;
        for (&number, marked) in &case.claims {
            let content = self.covered(&marked.content);
            let taken: BTreeSet<ClaimId> = self.pairs.values().copied().collect();
            let same = self
                .breakdown
                .numbered_claims()
                .filter(|(id, claim)| !taken.contains(id) && self.covered(&ranges(&claim.content)) == content);
            let best = same.min_by_key(|(_, claim)| self.role_problems(number, marked, claim).len());
            if let Some((id, claim)) = best {
                let problems = self.role_problems(number, marked, claim);
                self.problems.extend(problems);
                self.pairs.insert(number, id);
            } else {
                self.problems.push(format!("claim {number} not found: {}", self.words(&marked.content)));
            }
        }
        if !case.extra_claims {
            let taken: BTreeSet<ClaimId> = self.pairs.values().copied().collect();
            let extra = self.breakdown.numbered_claims().filter(|(id, _)| !taken.contains(id));
            let extra: Vec<String> = extra.map(|(_, claim)| format!("a claim too many: {}", self.show(claim))).collect();
            self.problems.extend(extra);
        }
    }

    /// Source and cue need only overlap: their exact edges are a matter of convention.
    fn role_problems(&self, number: u32, marked: &Marked, claim: &Claim) -> Vec<String> {
        // A mark that is a cue covers no word: it is compared by its place.
        let meets = |want: &Words, got: &[Span]| want.iter().any(|w| got.iter().any(|g| w.start < g.end() && g.start() < w.end));
        let wordless = |want: &Words| self.covered(want).is_empty();
        let differs = |want: &Words, got: &[Span]| {
            let apart = if wordless(want) { !meets(want, got) } else { self.covered(want).is_disjoint(&self.covered(&ranges(got))) };
            !want.is_empty() && apart
        };
        let problem = |role, want: &Words, got: &[Span]| {
            differs(want, got).then(|| format!("claim {number} {role}: want {}, got {}", self.words(want), self.words(&ranges(got))))
        };
        [problem("source", &marked.source, &claim.source), problem("cue", &marked.cue, &claim.cue)].into_iter().flatten().collect()
    }

    fn expectation(&mut self, expectation: &Expectation) {
        let problem = match expectation {
            Expectation::Claim { number, key, want } => self.pairs.get(number).and_then(|&id| {
                let got = self.claim_value(self.breakdown.claim(id), key);
                (!got.iter().any(|got| agrees(key, want, got)))
                    .then(|| format!("claim {number} {key}: want {want}, got {}", got.join(" + ")))
            }),
            Expectation::Speaker { name, key, want } => match self.breakdown.speakers.iter().find(|s| agrees("speaker", name, &s.name)) {
                None => Some(format!("no speaker {name}; there are {}", list(self.breakdown.speakers.iter().map(|s| s.name.as_str())))),
                Some(speaker) => {
                    let got = speaker_value(speaker, key);
                    (!agrees(key, want, &got)).then(|| format!("speaker {name} {key}: want {want}, got {got}"))
                }
            },
            Expectation::Response { .. } => {
                let found = self.breakdown.responses.iter().any(|response| self.is(expectation, response));
                (!found && self.has_ends(expectation)).then(|| {
                    let got = self.breakdown.responses.iter().map(|response| self.show_response(response));
                    format!("no such response: {expectation:?}; there are {}", list(got))
                })
            }
            Expectation::Note { kind, speaker, wanted } => {
                let who = |id| speaker.as_ref().is_none_or(|want| agrees("speaker", want, &self.breakdown.speaker(id).name));
                let found = self.breakdown.notes.iter().any(|n| n.kind == *kind && n.speaker.map_or(speaker.is_none(), who));
                let notes = self.breakdown.notes.iter().map(|n| n.text.as_str());
                (found != *wanted).then(|| format!("note {} {speaker:?}: want {wanted}; there are {}", kind.as_str(), list(notes)))
            }
            Expectation::Block { kinds, text } => {
                let blocks = &self.breakdown.blocks;
                let found = blocks.iter().any(|b| kinds.contains(&b.kind) && self.breakdown.article.slice(b.span) == text);
                let show = blocks.iter().map(|b| format!("{} {:?}", b.kind.as_str(), self.breakdown.article.slice(b.span)));
                (!found).then(|| format!("no block {kinds:?} {text:?}; there are {}", list(show)))
            }
            Expectation::Published(want) => {
                let got = self.breakdown.published.map_or("none".into(), |date| date.to_string());
                (*want != got).then(|| format!("published: want {want}, got {got}"))
            }
        };
        self.problems.extend(problem);
    }

    fn extra_responses(&mut self) {
        let wanted = |response: &&Response| self.case.expectations.iter().any(|e| self.is(e, response));
        let extra = self.breakdown.responses.iter().filter(|r| !r.confidence.is_low() && !wanted(r));
        let extra: Vec<String> = extra.map(|r| format!("a response too many: {}", self.show_response(r))).collect();
        self.problems.extend(extra);
    }

    /// What the engine holds under an attribute's key; "none" where it holds nothing.
    fn claim_value(&self, claim: &Claim, key: &str) -> Vec<String> {
        let name = |id| self.breakdown.speaker(id).name.clone();
        let one = |value: Option<String>| vec![value.unwrap_or_else(|| "none".into())];
        match key {
            "speaker" => one(claim.speaker.map(name)),
            "quotation" => one(Some(claim.quotation.as_str().into())),
            "force" => one(Some(claim.force.as_str().into())),
            "channel" => one(claim.channel.map(|c| c.as_str().into())),
            "outlet" => one(claim.outlet.clone()),
            "said_on" => one(claim.said_on.map(|date| date.to_string())),
            "within" => one(claim.within.map(|id| self.number(id))),
            "unsure" => one(claim.confidence.is_low().then(|| "yes".into())),
            "about" if claim.about.is_empty() => one(None),
            "about" => claim.about.iter().map(|&id| name(id)).collect(),
            _ => panic!("{}: a claim has no {key}", self.case.name),
        }
    }

    fn is(&self, expectation: &Expectation, response: &Response) -> bool {
        let Expectation::Response { from, to, kinds, signal } = expectation else { return false };
        let to_agrees = match (to, &response.to) {
            (To::Claim(number), Target::Claim(id)) => self.pairs.get(number) == Some(id),
            (To::Narrated(None), Target::Narrated(None)) => true,
            (To::Narrated(Some(text)), Target::Narrated(Some(span))) => self.shares_word(text, &[*span]),
            _ => false,
        };
        let signal_agrees = signal.as_ref().is_none_or(|text| self.shares_word(text, &response.signal));
        self.pairs.get(from) == Some(&response.from) && to_agrees && kinds.contains(&response.kind) && signal_agrees
    }

    /// Whether the claims a response needs were found; if not, that is reported already.
    fn has_ends(&self, expectation: &Expectation) -> bool {
        let Expectation::Response { from, to, .. } = expectation else { return false };
        self.pairs.contains_key(from) && !matches!(to, To::Claim(number) if !self.pairs.contains_key(number))
    }

    fn shares_word(&self, text: &str, spans: &[Span]) -> bool {
        let at = self.case.text.find(text).unwrap_or_else(|| panic!("{}: {text:?} is not in the article", self.case.name));
        let wanted: Words = std::iter::once(at..at + text.len()).collect();
        !self.covered(&wanted).is_disjoint(&self.covered(&ranges(spans)))
    }

    /// The positions of the tokens that the ranges touch.
    fn covered(&self, ranges: &[Range<usize>]) -> BTreeSet<usize> {
        let touched = |token: &Range<usize>| ranges.iter().any(|r| token.start < r.end && r.start < token.end);
        (0..self.tokens.len()).filter(|&n| touched(&self.tokens[n])).collect()
    }

    fn words(&self, ranges: &[Range<usize>]) -> String {
        if ranges.is_empty() { "nothing".into() } else { list(ranges.iter().map(|r| &self.case.text[r.clone()])) }
    }

    fn show(&self, claim: &Claim) -> String {
        let words = |spans: &[Span]| self.words(&ranges(spans));
        format!("source {} cue {} content {}", words(&claim.source), words(&claim.cue), words(&claim.content))
    }

    fn show_response(&self, response: &Response) -> String {
        let to = match response.to {
            Target::Claim(id) => self.number(id),
            Target::Narrated(span) => self.words(&ranges(span.as_slice())),
        };
        format!("{} -> {to}: {} signal {}", self.number(response.from), response.kind.as_str(), self.words(&ranges(&response.signal)))
    }

    /// A claim's number as marked, or its words.
    fn number(&self, id: ClaimId) -> String {
        let marked = self.pairs.iter().find(|(_, found)| **found == id).map(|(number, _)| number.to_string());
        marked.unwrap_or_else(|| self.show(self.breakdown.claim(id)))
    }
}

fn speaker_value(speaker: &Speaker, key: &str) -> String {
    match key {
        "kind" => speaker.kind.as_str().into(),
        "role" => speaker.role.clone().unwrap_or_else(|| "none".into()),
        _ => panic!("a speaker has no {key}"),
    }
}

/// Names agree apart from articles, honorifics and case, and may be given as alternatives with `|`;
/// a role holds the words wanted; everything else is the same.
fn agrees(key: &str, want: &str, got: &str) -> bool {
    match key {
        "speaker" | "outlet" | "about" => want.split('|').any(|want| name(want) == name(got)),
        "role" => {
            let got = name(got);
            name(want).iter().all(|word| got.contains(word))
        }
        _ => want == got,
    }
}

fn name(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'").replace('&', "and");
    let words: Vec<String> = tokens(&text).into_iter().map(|t| text[t].to_owned()).collect();
    let title = |word: &&String| matches!(word.as_str(), "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr");
    words.iter().skip_while(title).cloned().collect()
}

/// The runs of word characters.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match tokens.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => tokens.push(at..at + c.len_utf8()),
        }
    }
    tokens
}

fn ranges(spans: &[Span]) -> Words {
    spans.iter().map(|span| span.range()).collect()
}

/// Enough of a long text to know it again.
fn short(text: &str) -> String {
    let length = text.chars().count();
    if length <= 80 {
        return text.into();
    }
    let (start, end): (String, String) = (text.chars().take(60).collect(), text.chars().skip(length - 15).collect());
    format!("{start}…{end}")
}

fn list<S: AsRef<str>>(items: impl Iterator<Item = S>) -> String {
    let items: Vec<String> = items.map(|item| format!("⟨{}⟩", short(item.as_ref()))).collect();
    if items.is_empty() { "none".into() } else { items.join(" ") }
}

#[cfg(test)]
mod tests {
    use sayso::engine::{Article, Confidence, ENGINE, Force, Labeller, Language, Parts, Quotation, ResponseKind, SpeakerId, SpeakerKind};

    use super::*;
    use crate::markup::parse;

    const CASE: &str = "=== a\n[1.source|Ada] [1.cue|said] [1.content|the sea rose].\n\n[2.source|Ben] [2.cue|denied] [2.content|the claim].\n---\n\
                        claim 1: speaker=\"Ada\" force=states said_on=none\nspeaker \"Ben\": kind=person role=none\n\
                        response 2 -> 1: rebut signal=\"denied the claim\"\nnote none loaded-cue\npublished=none\n";

    /// What a reader who makes no mistake would make of [`CASE`].
    fn reading(case: &Case) -> Parts {
        let article = Article::new(case.text.as_str()).unwrap();
        let spans = |words: &Words| words.iter().map(|w| article.span(w.start, w.end).unwrap()).collect::<Vec<_>>();
        let speaker = |name: &str| Speaker { name: name.into(), kind: SpeakerKind::Person, role: None, mentions: Vec::new() };
        let claim = |(n, marked): (usize, &Marked)| Claim {
            speaker: Some(SpeakerId(n as u32)),
            source: spans(&marked.source),
            cue: spans(&marked.cue),
            content: spans(&marked.content),
            quotation: Quotation::Indirect,
            force: if n == 0 { Force::States } else { Force::Denies },
            channel: None,
            outlet: None,
            said_on: None,
            within: None,
            about: Vec::new(),
            confidence: Confidence::percent(90),
        };
        let signal = spans(&case.claims[&2].cue);
        Parts {
            engine: ENGINE.into(),
            labeller: Labeller::Fast,
            language: Language::English,
            published: None,
            blocks: Vec::new(),
            speakers: vec![speaker("Ada"), speaker("Ben")],
            claims: case.claims.values().enumerate().map(claim).collect(),
            responses: vec![Response {
                from: ClaimId(1),
                to: Target::Claim(ClaimId(0)),
                kind: ResponseKind::Rebut,
                signal,
                confidence: Confidence::percent(90),
            }],
            notes: Vec::new(),
            article,
        }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Parts), expected: &[&str]) {
        let case = parse(CASE).unwrap().remove(0);
        let mut parts = reading(&case);
        change(&mut parts);
        let found = differences(&case, &Breakdown::new(parts).unwrap());
        assert_eq!(found.len(), expected.len(), "{found:?}");
        assert!(found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected)), "{found:?}");
    }

    #[test]
    fn a_right_reading_has_no_differences() {
        check(|_| (), &[]);
    }

    #[test]
    fn every_mistake_is_a_difference() {
        check(|p| p.claims[0].force = Force::Asks, &["claim 1 force: want states, got asks"]);
        check(|p| p.claims[0].speaker = None, &["claim 1 speaker: want Ada, got none"]);
        check(|p| p.claims[0].cue = p.claims[0].source.clone(), &["claim 1 cue: want ⟨said⟩, got ⟨Ada⟩"]);
        check(|p| p.claims[0].content = p.claims[0].source.clone(), &["claim 1 not found", "a claim too many", "a response too many"]);
        check(|p| p.claims.push(p.claims[1].clone()), &["a claim too many"]);
        check(|p| p.speakers[1].role = Some("mayor".into()), &["speaker Ben role: want none, got mayor"]);
        check(|p| p.responses.clear(), &["no such response"]);
        check(|p| p.responses[0].kind = ResponseKind::Support, &["no such response", "a response too many"]);
        check(|p| p.responses[0].to = Target::Narrated(None), &["no such response", "a response too many"]);
        check(|p| p.published = "2026-01-29".parse().ok(), &["published: want none, got 2026-01-29"]);
    }
}
