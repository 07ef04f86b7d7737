//! What a reader is shown of an answer: the words that signal it, and those that name something narrated.

use std::ops::Range;

use super::super::tags::Tag;
use super::features::Facts;
use super::view::Zone;
use super::words::{Class, Classes, SPEECH_NOUNS};
use super::{Answered, opens_topic};

/// The words that show that a claim, or one before it in its turn, is an answer; `None` where only its content does.
pub(super) fn signal(facts: &Facts, n: usize) -> Option<Range<usize>> {
    let of = |at: usize| facts.rules[at].as_ref().map(|link| link.signal.clone()).or_else(|| own_signal(facts, at));
    of(n).or_else(|| facts.turn(n).find_map(|(m, _)| of(m)))
}

fn own_signal(facts: &Facts, n: usize) -> Option<Range<usize>> {
    const CUES: Classes = Classes::of(&[Class::Reply, Class::Deny, Class::NoComment, Class::Criticise, Class::Agree, Class::React]);
    const AROUND: Classes = Classes::of(&[Class::Ask, Class::Reply, Class::Deny, Class::Agree, Class::NoComment]);
    const SAID: Classes = Classes::of(&[Class::Deny, Class::Agree, Class::False]);
    const BEFORE: Classes = Classes::of(&[Class::Reply, Class::Ask, Class::Deny]);
    let (words, c) = (&facts.claims.words, &facts.claims.list[n]);
    let zone = |zone: Zone| &c.zones[zone as usize];
    if let Some(cue) = zone(Zone::Cue).first().filter(|_| c.of(Zone::Cue).meets(CUES)) {
        // "rejected the offer": with the noun right behind.
        let object = zone(Zone::Head).first().filter(|head| head.start == cue.end);
        let noun = object.and_then(|head| (head.start..head.end.min(head.start + 6)).find(|&w| words.of(w).meets(SPEECH_NOUNS)));
        return Some(cue.start..noun.map_or(cue.end, |noun| noun + 1));
    }
    let noun = || {
        let noun = zone(Zone::Head).iter().cloned().flatten().find(|&w| words.of(w).meets(SPEECH_NOUNS))?;
        let opens = |&w: &usize| words.of(w).has(Class::Determiner) || facts.r.tag(w) == Tag::Possessive;
        let first = (noun.saturating_sub(3)..noun).find(opens)?;
        let owner = usize::from(facts.r.tag(first) == Tag::Possessive && first > 0);
        Some(first - owner..noun + 1)
    };
    words
        .first(zone(Zone::Before), AROUND)
        .or_else(|| words.first(zone(Zone::Free), AROUND))
        .or_else(noun)
        .or_else(|| words.first(zone(Zone::Head), SAID))
        .or_else(|| words.first(zone(Zone::Previous), BEFORE))
}

/// What a claim answers, where that is only narrated.
pub(super) fn narrated(facts: &Facts, n: usize) -> Answered {
    if let Some(link) = facts.rules[n].as_ref().filter(|link| !matches!(link.to, Answered::Relation(_))) {
        return link.to.clone();
    }
    let (r, words, c) = (facts.r, &facts.claims.words, &facts.claims.list[n]);
    let ends = |w: usize| matches!(r.lower(w), "," | "." | ";" | ":" | "?" | "!");
    // "Asked whether he would resign, …"
    if let Some(asked) = words.first(&c.zones[Zone::Before as usize], Classes::of(&[Class::Ask])) {
        let sentence = &r.sentences[r.sentence_of(asked.start)].tokens;
        let end = (asked.end..sentence.end.min(c.anchor.max(asked.end))).find(|&w| ends(w)).unwrap_or(asked.end);
        if end > asked.end {
            return Answered::Narrated(asked.end..end);
        }
    }
    let Some(content) = c.content.first() else { return Answered::Unnamed };
    // "declined to comment", "declined to comment on Friday"
    if r.lower(content.start + 1) == "comment" && !(content.start + 2..content.end).any(|w| opens_topic(r, w)) {
        return Answered::Unnamed;
    }
    let head = content.start..content.end.min(content.start + 12);
    if let Some(noun) = head.clone().find(|&w| words.of(w).meets(SPEECH_NOUNS)) {
        let start = if noun < head.start + 4 { head.start } else { noun - 1 };
        let end = (noun + 1..content.end).find(|&w| ends(w)).unwrap_or(content.end);
        return Answered::Narrated(start..end);
    }
    if c.direct { Answered::Unnamed } else { Answered::Narrated(content.clone()) }
}
