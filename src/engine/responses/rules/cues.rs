//! Cues that are answers themselves: "denied the allegations", "declined to comment".

use std::ops::Range;

use super::super::super::attribution::Reading;
use super::super::super::tags::Tag;
use super::super::super::{Force, ResponseKind, lexicon, provenance};
use super::super::opens_topic;
use super::signals::narrated;
use super::targets::{Owner, best_target, last_accusation, last_accusing, last_of, near, phrase_around, right_before, whose};
use super::{Answered, CERTAIN, Known, Link, negates};

/// Cues that are answers whatever their object is.
const REPLIES: &[&str] = &[
    "respond",
    "respond to",
    "reply",
    "reply to",
    "retort",
    "counter",
    "hit back",
    "hit back at",
    "fire back",
    "shoot back",
    "push back",
    "rebut",
    "refute",
    "rejoin",
    "echo",
    "concur",
    "agree",
    "agree with",
    "disagree",
    "disagree with",
    "second",
    "dispute",
    "contradict",
];

/// What words are called, whether or not "not" stands before it, and how that answers them.
const VERDICTS: &[(ResponseKind, &[&str])] = &[
    (
        ResponseKind::Rebut,
        &[
            "false",
            "untrue",
            "wrong",
            "baseless",
            "unfounded",
            "groundless",
            "incorrect",
            "inaccurate",
            "misleading",
            "absurd",
            "nonsense",
            "ridiculous",
            "ludicrous",
            "fabricated",
            "malicious",
            "defamatory",
            "rubbish",
        ],
    ),
    (ResponseKind::Support, &["true", "right", "correct", "accurate", "justified", "fair"]),
];

/// Words about words: "said the allegation was untrue", “Her account is accurate,” he said.
pub(super) fn by_verdict(r: Reading, known: Known, from: usize) -> Option<Link> {
    let content = known.relations[from].content.first()?;
    let start = content.clone().find(|&n| r.tokens.is_word(n) && r.lower(n) != "that")?;
    let mut subject = (start..content.end).take(5);
    let noun = subject.find(|&n| lexicon::names_words(r.lower(n)))?;
    let phrase = start..noun + 1;
    let opens = matches!(r.tag(start), Tag::Determiner | Tag::PossessivePronoun | Tag::Name);
    // "called the claims misleading" has no verb of its own.
    let calls =
        provenance::cue_of(r, &known.relations[from]).is_some_and(|cue| matches!(cue.lemma, "call" | "describe" | "label" | "brand"));
    let is = matches!(r.lower(noun + 1), "is" | "are" | "was" | "were");
    if !opens || !is && !calls {
        return None;
    }
    let behind = noun + 1 + usize::from(is)..content.end.min(noun + 6);
    let verdict = |n: usize| VERDICTS.iter().find(|(_, words)| words.contains(&r.lower(n))).map(|(kind, _)| *kind);
    let (at, kind) = behind.clone().find_map(|n| Some((n, verdict(n)?)))?;
    let kind = match kind {
        kind if !negates(r, behind.start..at) => kind,
        ResponseKind::Support => ResponseKind::Rebut,
        _ => return None,
    };
    let speaker = known.speakers[from];
    let owner = whose(r, known, phrase.start.saturating_sub(1)..phrase.end, from);
    let told = if let Owner::Entity(e) = owner { last_of(known, from, e) } else { None };
    let accused = last_accusing(known, from, speaker);
    let taken_up = || if owner == Owner::Untold { best_target(r, known, from, speaker) } else { None };
    let to = told.or(accused).or_else(taken_up).filter(|&to| near(r, known, from, to))?;
    let confidence = if told.or(accused).is_some() { 82 } else { 64 };
    Some(Link { from, to: Answered::Relation(to), kind, signal: phrase.start..at + 1, confidence })
}

/// A cue that answers by itself: "denied the allegations", "rejected the claim", "declined to comment".
pub(super) fn by_cue(r: Reading, known: Known, from: usize) -> Option<Link> {
    let relation = &known.relations[from];
    let cue = provenance::cue_of(r, relation)?;
    let content = relation.content.first()?;
    let own = &relation.cue[0];
    let negated = negates(r, own.clone());
    if cue.stance == Some(ResponseKind::Rebut)
        && !negated
        && !own.clone().any(|n| matches!(r.lower(n), "will" | "would" | "may" | "might" | "could" | "to"))
        && let Some(pointer) = points_back(r, content)
        && let Some(to) = right_before(r, known, from)
        && match whose(r, known, pointer.clone(), from) {
            Owner::Untold => true,
            Owner::Unknown => false,
            Owner::Entity(owner) => known.speakers[to] == Some(owner),
        }
    {
        let signal = own.start..pointer.end;
        return Some(Link { from, to: Answered::Relation(to), kind: ResponseKind::Rebut, signal, confidence: CERTAIN });
    }
    let kind = match (cue.stance?, negated) {
        (kind, false) => kind,
        (ResponseKind::Answer, true) => ResponseKind::NoComment,
        // "did not deny", "has not rejected": no answer that its cue tells of.
        (_, true) => return None,
    };
    // The object's own head, not a noun inside a phrase that hangs on it ("the handling of the complaint").
    let refuses = cue.stance == Some(ResponseKind::NoComment) || negated;
    let mut core = content.clone().take(8).take_while(|&n| refuses || n == content.start || !matches!(r.tag(n), Tag::Preposition));
    let head = core.find(|&n| lexicon::names_words(r.lower(n)));
    let speaker = known.speakers[from];
    let accused = last_accusing(known, from, speaker);
    let owner = head.map_or(Owner::Untold, |n| whose(r, known, n.saturating_sub(3)..n + 1, from));
    let of_owner = if let Owner::Entity(e) = owner { last_of(known, from, e) } else { None };
    let signal = own.start..head.filter(|&n| n < own.end + 6).map_or(own.end, |n| (n + 1).max(own.end));
    if kind == ResponseKind::NoComment {
        // "declined to comment on the accusation" answers it; "a request for comment" is only narrated.
        let about_words = content.clone().any(|n| opens_topic(r, n)) && head.is_some();
        let taken_up = || last_accusation(r, known, from).or_else(|| best_target(r, known, from, speaker));
        let to = of_owner.or(accused).or_else(|| about_words.then(taken_up).flatten());
        let request = (own.start..content.end).find(|&n| matches!(r.lower(n), "request" | "requests" | "question" | "questions"));
        let narrated = request.map(|n| phrase_around(r, n, content.end));
        return Some(Link {
            from,
            to: to.map_or_else(|| narrated.map_or(Answered::Unnamed, Answered::Narrated), Answered::Relation),
            kind,
            signal: own.clone(),
            confidence: 70,
        });
    }
    let denied = || if cue.force == Force::Denies || head.is_some() { accused } else { None };
    let taken_up = || if head.is_some() && owner != Owner::Unknown { best_target(r, known, from, speaker) } else { None };
    let replied = || {
        let replies = REPLIES.contains(&cue.lemma) && !answers_a_thing(r, content);
        replies.then(|| best_target(r, known, from, speaker).filter(|&to| near(r, known, from, to))).flatten()
    };
    // "Asked whether she would resign, she replied": the question is narrated right there.
    if REPLIES.contains(&cue.lemma)
        && let Some(asked) =
            (r.sentences[r.sentence_of(own.start)].tokens.start..own.start).find(|&n| r.lower(n) == "asked" && !r.quoted(n))
    {
        return Some(Link {
            from,
            to: narrated(r, asked, own.start),
            kind: ResponseKind::Answer,
            signal: asked..asked + 1,
            confidence: 84,
        });
    }
    let target = of_owner.or_else(denied).or_else(taken_up).or_else(replied);
    let to = match target {
        Some(to) => Answered::Relation(to),
        None if kind != ResponseKind::Answer && cue.force == Force::Denies || kind == ResponseKind::Rebut => {
            Answered::Narrated(head.map(|n| phrase_around(r, n, content.end))?)
        }
        None => return None,
    };
    Some(Link { from, to, kind, signal, confidence: if accused.is_some() || owner != Owner::Untold { 82 } else { 64 } })
}

/// "denies this", "rejected her account", "dismissed the claim as a stunt": the words that say no more of what they mean than
/// that it was just said.
fn points_back(r: Reading, content: &Range<usize>) -> Option<Range<usize>> {
    /// More words than "the prime minister’s own account" has.
    const LONGEST: usize = 6;
    let behind = |n: usize| matches!(r.lower(n), "as" | "too" | "outright" | "entirely" | "altogether" | "completely" | "flatly");
    let end = (content.start + 1..content.end).find(|&n| behind(n) || !(r.tokens.is_word(n) || r.tag(n) == Tag::Possessive));
    let phrase = content.start..end.unwrap_or(content.end);
    let (first, last) = (phrase.start, phrase.end - 1);
    let points = match phrase.len() {
        1 => matches!(r.lower(first), "this" | "that" | "it"),
        2..=LONGEST => {
            let determined = matches!(r.lower(first), "the" | "this" | "that" | "these" | "those" | "such");
            let led = phrase.len() == 2 && (determined || r.tag(first) == Tag::PossessivePronoun);
            (led || r.tag(last - 1) == Tag::Possessive) && lexicon::names_words(r.lower(last))
        }
        _ => false,
    };
    points.then_some(phrase)
}

/// "responded to the blaze": what is answered is a thing, not words.
fn answers_a_thing(r: Reading, content: &Range<usize>) -> bool {
    matches!(r.tag(content.start), Tag::Determiner | Tag::PossessivePronoun)
        && !content.clone().any(|n| r.quoted(n) || matches!(r.tag(n), Tag::Verb | Tag::Auxiliary))
}
