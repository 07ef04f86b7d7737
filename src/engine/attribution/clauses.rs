//! Indirect speech: cue verbs with their complements, from left to right.

use std::ops::Range;

use super::super::lexicon::names_words;
use super::super::lexicon::{Cue, Frame};
use super::super::sentences::Sentence;
use super::super::tags::Tag;
use super::super::{BlockKind, Force, ResponseKind};
use super::rules::Board;
use super::{Reading, Role, content, phrases};

/// Verbs less often cues than this need an object that is itself words ("backed the statement").
const OBJECT_WEIGHT: u8 = 28;

/// Inside another's words only verbs that are cues so often, in percent, are taken for one.
const RELAYED_WEIGHT: u8 = 50;

/// Cue verbs from left to right, each with the complement its row in the lexicon allows.
pub(crate) fn left_to_right(r: Reading, sentence: &Sentence, board: &mut Board) {
    let Range { start: low, end: high } = sentence.tokens.clone();
    let headline = r.blocks[sentence.block].kind == BlockKind::Headline;
    let mut n = low;
    while n < high {
        let step = if board.taken(n) || r.quoted(n) { None } else { one(r, board, low..high, n, headline) };
        n = step.unwrap_or(n + 1);
    }
}

/// What a content reports of somebody else: denials and accusations with a subject of their own, and words at second hand
/// ("that a spokesman said the talks were over").
pub(crate) fn inside(r: Reading, content: Range<usize>, board: &mut Board) {
    for n in content.start + 1..content.end {
        if r.tag(n) != Tag::Verb {
            continue;
        }
        let Some((cue, next)) = content::cue_at(r, n, content.end) else { continue };
        // "refused to leave" tells a deed.
        let strong = cue.weight >= 40 && matches!(cue.force, Force::Denies | Force::Accuses) && r.tag(next) != Tag::To;
        if strong || relayed(r, cue, content.start, n) {
            one(r, board, content.clone(), n, false);
        }
    }
}

/// Whether the verb at `n` tells what somebody has said. A pronoun would mostly be the speaker, and what will be said, or
/// never was, is nobody's word.
fn relayed(r: Reading, cue: &Cue, low: usize, n: usize) -> bool {
    if !(cue.weight >= RELAYED_WEIGHT && cue.takes(Frame::Quote) && (cue.takes(Frame::Clause) || cue.takes(Frame::PersonClause))) {
        return false;
    }
    let group = phrases::verb_group_start(r, low, n);
    let unsaid = |m| matches!(r.lower(m), "will" | "would" | "may" | "might" | "could" | "should" | "can" | "not" | "never" | "to");
    !(group..n).any(unsaid) && phrases::subject_before(r, low, group).is_some_and(|subject| r.tag(subject.end - 1).is_nominal())
}

/// Tries the cue at `n`; gives the token to go on from where a relation was labelled.
fn one(r: Reading, board: &mut Board, range: Range<usize>, n: usize, headline: bool) -> Option<usize> {
    let Range { start: low, end: high } = range;
    let (cue, next) = content::cue_at(r, n, high)?;
    let participle = r.tag(n) == Tag::Participle && r.lower(n).ends_with("ing");
    if !(r.tag(n) == Tag::Verb || participle || headline && n > low && cue.weight >= 50) {
        return None;
    }
    // "an official who asked not to be named": a word about the source, not about what it said.
    if r.lower(next) == "not" && r.tag(next + 1) == Tag::To || r.lower(next) == "anonymity" {
        return None;
    }
    // "was responding to a question" tells of the claims around it and is none itself.
    if r.lower(n).ends_with("ing")
        && n > low
        && matches!(r.lower(n - 1), "was" | "were")
        && (next..high.min(next + 5)).any(|m| matches!(r.lower(m), "question" | "questions"))
    {
        return None;
    }
    let passive =
        n > low && matches!(r.lower(n - 1), "is" | "are" | "was" | "were" | "been" | "be" | "being") && !r.lower(n).ends_with("ing");
    if passive {
        return None;
    }
    let group = phrases::verb_group_start(r, low, n);
    let floor = (low..group).rev().find(|&m| board.taken(m)).map_or(low, |m| m + 1);
    let subject = phrases::subject_before(r, floor, group).filter(|s| !s.clone().any(|m| board.taken(m)));
    let shares = participle
        && (n == low || matches!(r.lower(n - 1), "," | "and" | "while" | "by" | "before" | "after"))
        && board.any(low..n, Role::Cue)
        || group > low && matches!(r.lower(group - 1), "and" | "but" | ",") && board.any(low..group, Role::Cue);
    let trails = participle && !shares && n > low && r.lower(n - 1) == "," && cue.weight >= 50;
    let subject = if trails { first_subject(r, board, low, n) } else { subject };
    // "…, with Obi alleging that …"
    let accompanies = participle && subject.as_ref().is_some_and(|s| s.start > low && r.lower(s.start - 1) == "with");
    if subject.is_none() && !shares || participle && subject.is_some() && !shares && !trails && !accompanies {
        return None;
    }
    let (content, score) = complement(r, cue, group..next, high, headline)?;
    if content.clone().any(|m| board.taken(m)) {
        return None;
    }
    let cue_start = if subject.as_ref().is_some_and(|s| s.end > group) { n } else { group };
    let end = content.end;
    board.put(cue_start..next, Role::Cue, score);
    if let Some(subject) = subject {
        board.put(subject, Role::Source, score);
    }
    board.put(content, Role::Content, score);
    Some(end)
}

/// The subject of the sentence's first verb: "Pascoe hit back, saying …".
pub(crate) fn first_subject(r: Reading, board: &Board, low: usize, high: usize) -> Option<Range<usize>> {
    let verb = (low + 1..high).find(|&n| matches!(r.tag(n), Tag::Verb | Tag::Auxiliary) && !r.quoted(n))?;
    phrases::subject_before(r, low, verb).filter(|s| !s.clone().any(|n| board.taken(n)))
}

/// The content behind a cue, and how sure its pattern is.
fn complement(r: Reading, cue: &Cue, verb: Range<usize>, high: usize, headline: bool) -> Option<(Range<usize>, u8)> {
    let next = verb.end;
    let negated = verb.clone().any(|n| r.lower(n) == "not" || r.lower(n).ends_with("n't"));
    let clause = |start: usize| start..content::clause_end(r, start, high);
    let longer_than = |range: &Range<usize>, least: usize| range.clone().filter(|&n| r.tokens.is_word(n)).count() >= least;
    let addressed = if cue.takes(Frame::PersonClause) { phrases::phrase_forward(r, next, high) } else { next };
    let weak = if cue.weight >= 50 { 0 } else { 12 };

    // With "that" or a question word, however far adverbials push it.
    for start in [next, addressed, content::skip_adverbials(r, addressed, high), behind_aside(r, addressed, high)] {
        if start >= high {
            continue;
        }
        let word = r.lower(start);
        if word == "that"
            && (cue.takes(Frame::Clause) || cue.takes(Frame::That) || cue.takes(Frame::PersonClause))
            && !demonstrative(r, start)
        {
            return Some((clause(start), 90 - weak));
        }
        if matches!(word, "whether" | "if" | "how" | "why" | "what" | "who" | "where" | "when")
            && (cue.takes(Frame::Whether) || cue.takes(Frame::Clause) && word != "when" && word != "if")
        {
            return Some((clause(start), 80 - weak));
        }
    }
    // Anywhere near: "said in an interview with the Herald of Norbury on Monday that".
    if cue.takes(Frame::Clause)
        && matches!(r.tag(next), Tag::Preposition | Tag::Adverb)
        && let Some(that) = (next..high.min(next + 25)).find(|&n| r.lower(n) == "that" && !r.quoted(n))
        && !(next..that).any(|n| matches!(r.tag(n), Tag::Auxiliary | Tag::Verb) || r.lower(n) == ",")
    {
        return Some((clause(that), 85 - weak));
    }
    if cue.takes(Frame::Of)
        && (next + 1..high.min(next + 10)).any(|n| r.lower(n) == "of" && (r.tag(n - 1).is_nominal() || r.tag(n - 1) == Tag::Pronoun))
    {
        return Some((clause(next), 88));
    }
    if cue.takes(Frame::PersonTo)
        && let Some(to) = (next + 1..high.min(next + 10)).find(|&n| r.tag(n) == Tag::To && r.tag(n + 1) == Tag::Verb)
        && !(next..to).any(|n| matches!(r.tag(n), Tag::Verb | Tag::Auxiliary))
    {
        return Some((clause(next), 80 - weak));
    }
    if cue.takes(Frame::To) && r.tag(next) == Tag::To {
        return Some((clause(next), 80 - weak));
    }
    if cue.takes(Frame::As)
        && let Some(as_word) = (next + 1..high.min(next + 14)).find(|&n| r.lower(n) == "as" && !r.quoted(n))
        && as_word + 1 < high
    {
        return Some((clause(next), 80 - weak));
    }
    if cue.takes(Frame::Clause) || cue.takes(Frame::PersonClause) {
        for start in [addressed, content::skip_adverbials(r, addressed, high), behind_aside(r, addressed, high)] {
            if start >= high || r.tag(start) == Tag::Mark && !r.quoted(start) {
                continue;
            }
            let range = clause(start);
            let starts_clause = r.tag(start).opens_phrase()
                || matches!(r.tag(start), Tag::Pronoun | Tag::Subordinator)
                || r.quoted(start)
                || matches!(r.lower(start), "there" | "in" | "on" | "at" | "for" | "only");
            if starts_clause && longer_than(&range, 2) && (content::is_clause(r, range.clone()) || headline || r.quoted(start)) {
                return Some((range, 84 - weak));
            }
        }
    }
    if cue.takes(Frame::For) && r.lower(next) == "for" {
        return Some((clause(next + 1), 76 - weak));
    }
    if r.tag(next) == Tag::Participle && cue.weight >= 30 && (cue.takes(Frame::Clause) || cue.takes(Frame::Object)) && !r.quoted(next) {
        return Some((clause(next), 74 - weak));
    }
    let range = clause(next);
    let opens = (r.tag(next).opens_phrase() || r.tag(next) == Tag::Pronoun || r.quoted(next)) && longer_than(&range, 1);
    if cue.takes(Frame::Term) && opens && range.clone().any(|n| r.quoted(n)) {
        return Some((range, 74 - weak));
    }
    if cue.takes(Frame::Object) && opens && r.tag(next) != Tag::Pronoun {
        // "addressed the comments" tells that an answer follows, "rejected the comments" is one.
        let stand = cue.stance.is_some_and(|stance| stance != ResponseKind::Answer || negated);
        let words = (next..high.min(next + 6)).any(|n| names_words(r.lower(n)));
        if cue.weight >= OBJECT_WEIGHT && !(words && cue.stance == Some(ResponseKind::Answer) && cue.force == Force::States && !negated)
            || words && stand && cue.weight >= 10
        {
            return Some((range, 72 - weak));
        }
    }
    (cue.takes(Frame::Quote) && cue.weight > 50 && r.quoted(next)).then(|| (clause(next), 70))
}

/// "said, in a letter to staff, that …": behind the aside.
fn behind_aside(r: Reading, at: usize, high: usize) -> usize {
    if r.lower(at) != "," {
        return high;
    }
    (at + 1..high.min(at + 16)).find(|&n| r.lower(n) == "," && !r.quoted(n)).map_or(high, |n| n + 1)
}

/// "said that man": "that" determines the noun right after it, and no clause follows.
fn demonstrative(r: Reading, that: usize) -> bool {
    r.tag(that + 1) == Tag::Mark && !r.quoted(that + 1)
}
