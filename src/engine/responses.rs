//! Responses: which relation answers which, or answers something the article only narrates.
//!
//! This version links explicit answers only: a signal in the answer's own sentence, in a sentence that leads
//! up to it, or in one that looks back at it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::attribution::{Reading, Relation};
use super::cast::Cast;
use super::lexicon;
use super::mentions::{self, Mention};
use super::tags::Tag;
use super::{Force, ResponseKind, provenance};

/// What an answer answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Answered {
    /// The relation at this position.
    Relation(usize),
    /// Tokens that name something narrated.
    Narrated(Range<usize>),
    /// Something that no words of the article name.
    Unnamed,
}

/// A link between relations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    /// The answering relation.
    pub from: usize,
    /// What it answers.
    pub to: Answered,
    /// How it stands to it.
    pub kind: ResponseKind,
    /// The words that show it.
    pub signal: Range<usize>,
    /// In percent.
    pub confidence: u8,
}

/// What the stages before know of the relations.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// In reading order.
    pub relations: &'a [Relation],
    /// The entity behind each.
    pub speakers: &'a [Option<usize>],
    /// Whom each accuses.
    pub about: &'a [Vec<usize>],
    /// Everyone named.
    pub cast: &'a Cast,
    /// Every name.
    pub mentions: &'a [Mention],
}

/// A signal found in the text.
struct Found {
    tokens: Range<usize>,
    kind: ResponseKind,
}

/// How many relations back an answer may reach.
const MEMORY: usize = 120;

/// How many sentences back "The remarks were made in response to …" may speak of.
const SENTENCES_BACK: usize = 12;

/// Links every explicit answer.
pub(crate) fn link(r: Reading, known: Known) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let in_content: Vec<bool> = marked(r, known.relations);
    let mut by_sentence: Vec<Vec<usize>> = vec![Vec::new(); r.sentences.len()];
    for (n, relation) in known.relations.iter().enumerate() {
        by_sentence[sentence_of(r, anchor(relation))].push(n);
    }
    for (s, sentence) in r.sentences.iter().enumerate() {
        for signal in signals_in(r, &sentence.tokens, &in_content) {
            let answers = answering(r, known, &by_sentence, s, &signal);
            for from in answers {
                if let Some(link) = link_one(r, known, from, &signal, &sentence.tokens) {
                    links.push(link);
                }
            }
        }
    }
    for from in 0..known.relations.len() {
        links.extend(by_cue(r, known, from));
    }
    links.extend(spread(r, known, &links));
    // One link for each pair; of several for one answer to narrated things the first is enough.
    links.sort_by_key(|l| (l.from, order(&l.to), std::cmp::Reverse(l.confidence), l.signal.start));
    let claimed = |l: &Link| matches!(l.to, Answered::Relation(_));
    links.dedup_by(|b, a| a.from == b.from && (a.to == b.to || claimed(a) || !claimed(b)));
    drop_cycles(&mut links);
    links
}

/// A signal covers what the same speaker says on in the same sentence, and the quotation that goes straight on.
fn spread(r: Reading, known: Known, links: &[Link]) -> Vec<Link> {
    let answering: BTreeSet<usize> = links.iter().map(|l| l.from).collect();
    let quoted = |n: usize| known.relations[n].content.iter().all(|c| r.quoted(c.start));
    links
        .iter()
        .filter(|l| l.kind != ResponseKind::NoComment && l.from + 1 < known.relations.len())
        .filter_map(|l| {
            let next = l.from + 1;
            let (here, there) = (sentence_of(r, anchor(&known.relations[l.from])), sentence_of(r, anchor(&known.relations[next])));
            let goes_on = here == there || quoted(next) && r.sentences[here].block == r.sentences[there].block && there.abs_diff(here) <= 1;
            let own = answering.contains(&next);
            let speaks_for = known.relations[next].source.iter().cloned().flatten().any(|n| r.lower(n).starts_with("spokes"));
            let same = known.speakers[next] == known.speakers[l.from] || speaks_for && there.abs_diff(here) <= 1;
            (same && (goes_on || speaks_for) && !own && l.to != Answered::Relation(next)).then(|| Link {
                from: next,
                confidence: l.confidence.saturating_sub(10),
                ..l.clone()
            })
        })
        .collect()
}

fn order(to: &Answered) -> (u8, usize) {
    match to {
        Answered::Relation(n) => (0, *n),
        Answered::Narrated(range) => (1, range.start),
        Answered::Unnamed => (2, 0),
    }
}

/// Two claims don't answer each other: the later link of a pair goes.
fn drop_cycles(links: &mut Vec<Link>) {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    links.retain(|l| match l.to {
        Answered::Relation(to) => !seen.contains(&(to, l.from)) && seen.insert((l.from, to)),
        _ => true,
    });
}

fn marked(r: Reading, relations: &[Relation]) -> Vec<bool> {
    let mut marks = vec![false; r.tokens.len()];
    for range in relations.iter().flat_map(|rel| &rel.content) {
        marks[range.clone()].fill(true);
    }
    marks
}

/// Signals of the lexicon in a sentence. A signal may reach into a content ("rejected the accusation") but
/// must begin outside.
fn signals_in(r: Reading, sentence: &Range<usize>, in_content: &[bool]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for start in sentence.clone() {
        if in_content[start] || r.quoted(start) || !r.tokens.is_word(start) {
            continue;
        }
        let best = lexicon::signals(r.lower(start))
            .iter()
            .filter_map(|signal| Some((lexicon::match_words(r.tokens, &signal.words, start, sentence.end)?.end, signal.kind)))
            .max_by_key(|(end, _)| *end);
        if let Some((end, kind)) = best
            && found.last().is_none_or(|f| f.tokens.end <= start)
        {
            found.push(Found { tokens: start..end, kind });
        }
    }
    found
}

fn anchor(relation: &Relation) -> usize {
    relation.cue.first().or(relation.content.first()).map_or(0, |range| range.start)
}

fn sentence_of(r: Reading, n: usize) -> usize {
    r.sentences.partition_point(|s| s.tokens.end <= n)
}

/// The relations that a signal in sentence `s` marks as answers.
fn answering(r: Reading, known: Known, by_sentence: &[Vec<usize>], s: usize, signal: &Found) -> Vec<usize> {
    let of_sentence = |s: usize| by_sentence[s].clone();
    let own = of_sentence(s);
    if !own.is_empty() {
        // In the sentence: the relation whose cue is nearest.
        let near = own.into_iter().min_by_key(|&n| anchor(&known.relations[n]).abs_diff(signal.tokens.start));
        return near.into_iter().collect();
    }
    let block = r.sentences[s].block;
    let looks_back = looks_back(r, &r.sentences[s].tokens, signal);
    if !looks_back {
        // "Lavrov also addressed the comments. He said …": what follows in the paragraph, by one speaker.
        let mut following = (s + 1..r.sentences.len()).take_while(|&t| r.sentences[t].block == block).flat_map(of_sentence);
        let Some(first) = following.next() else { return Vec::new() };
        let rest = following.take_while(|&n| known.speakers[n] == known.speakers[first]).take(1);
        return std::iter::once(first).chain(rest).collect();
    }
    // "The remarks were made in response to …", "Obi was responding to …": what came right before.
    let named = named_in(r, known, r.sentences[s].tokens.start..signal.tokens.start).last().copied();
    let opens_block = s == 0 || r.sentences[s - 1].block != block;
    let mut back: Vec<usize> = (s.saturating_sub(SENTENCES_BACK)..s)
        .rev()
        .take_while(|&t| {
            if opens_block {
                r.sentences[t].block + 2 > block || r.sentences[t].block == r.sentences[s - 1].block
            } else {
                r.sentences[t].block == block
            }
        })
        .flat_map(of_sentence)
        .collect();
    back.sort_unstable();
    let speaker = named.or_else(|| back.last().and_then(|&n| known.speakers[n]));
    back.retain(|&n| known.speakers[n] == speaker);
    back
}

/// Whether a sentence without a relation speaks of words already given.
fn looks_back(r: Reading, sentence: &Range<usize>, signal: &Found) -> bool {
    let progressive = (sentence.start..signal.tokens.end).any(|n| {
        matches!(r.lower(n), "was" | "were" | "had")
            && matches!(
                r.lower(n + 1),
                "responding" | "answering" | "replying" | "reacting" | "speaking" | "been" | "made" | "given" | "asked"
            )
    });
    let words = (sentence.start..signal.tokens.start).any(|n| lexicon::names_words(r.lower(n)))
        && (sentence.start..signal.tokens.start).any(|n| matches!(r.lower(n), "was" | "were" | "came" | "come"));
    progressive || words
}

fn named_in(r: Reading, known: Known, range: Range<usize>) -> Vec<usize> {
    let mut named: Vec<usize> = mentions::within(known.mentions, range.clone()).map(|m| known.cast.of_mention[m]).collect();
    if named.is_empty() && range.clone().any(|n| matches!(r.lower(n), "he" | "she" | "they")) {
        named.extend(known.relations.iter().zip(known.speakers).rev().filter(|(rel, _)| anchor(rel) < range.start).find_map(|(_, s)| *s));
    }
    named
}

/// The link of an answer that a signal marks.
fn link_one(r: Reading, known: Known, from: usize, signal: &Found, sentence: &Range<usize>) -> Option<Link> {
    // Where the answer's own cue is the signal, what the cue takes decides.
    if known.relations[from].cue.iter().any(|cue| cue.start < signal.tokens.end && signal.tokens.start < cue.end) {
        return None;
    }
    let speaker = known.speakers[from];
    let end = sentence.end;
    let question = (signal.tokens.start..end.min(signal.tokens.end + 3))
        .find(|&n| matches!(r.lower(n), "question" | "questions" | "query" | "queries" | "asked"));
    if let Some(question) = question
        && signal.kind != ResponseKind::NoComment
    {
        let target = narrated(r, question, end);
        return Some(Link { from, to: target, kind: ResponseKind::Answer, signal: signal.tokens.clone(), confidence: 80 });
    }
    let object = object_after(r, signal, end);
    if signal.kind == ResponseKind::NoComment {
        let accused = last_by_others(known, from, speaker, true);
        let to = accused.map_or_else(|| object.map_or(Answered::Unnamed, Answered::Narrated), Answered::Relation);
        return Some(Link { from, to, kind: ResponseKind::NoComment, signal: signal.tokens.clone(), confidence: 65 });
    }
    let around = signal.tokens.start.saturating_sub(4).max(sentence.start)..end.min(signal.tokens.end + 6);
    let named = whose(r, known, around, from).filter(|e| Some(*e) != speaker);
    let target = named
        .and_then(|e| (from.saturating_sub(MEMORY)..from).rev().find(|&n| known.speakers[n] == Some(e)))
        .or_else(|| best_target(r, known, from, speaker).filter(|&to| near(r, known, from, to)));
    let (to, confidence) = match target {
        Some(to) => (Answered::Relation(to), if named.is_some() { 86 } else { 68 }),
        None => (Answered::Narrated(object?), 60),
    };
    // "His comments drew a response": whose words are answered is told, but not how. In the training articles
    // an answer to another's statement is a rebuttal twice as often as anything else.
    let kind = match signal.kind {
        ResponseKind::Answer if named.is_some() && matches!(to, Answered::Relation(_)) => ResponseKind::Rebut,
        kind => kind,
    };
    Some(Link { from, to, kind, signal: signal.tokens.clone(), confidence })
}

/// Whose words a signal speaks of: "Pistor’s comments", "his remarks".
fn whose(r: Reading, known: Known, near: Range<usize>, from: usize) -> Option<usize> {
    for n in near.clone() {
        if !lexicon::names_words(r.lower(n)) {
            continue;
        }
        if n > near.start && r.tag(n - 1) == Tag::PossessivePronoun {
            return (from.saturating_sub(MEMORY)..from).rev().filter_map(|m| known.speakers[m]).find(|e| Some(*e) != known.speakers[from]);
        }
        // "the bishop’s statement": a possessor who is only described.
        if n > near.start + 1 && r.tag(n - 1) == Tag::Possessive && r.tag(n - 2) == Tag::Noun {
            return known.cast.by_noun(known.mentions, r.lower(n - 2), n);
        }
        let owner = known
            .mentions
            .iter()
            .enumerate()
            .rev()
            .find(|(_, m)| m.possessive && m.name.end < n && n - m.name.end <= 3)
            .map(|(m, _)| known.cast.of_mention[m]);
        if owner.is_some() {
            return owner;
        }
    }
    None
}

/// The narrated question: from its noun, with the article before it, to the end of the clause.
fn narrated(r: Reading, noun: usize, high: usize) -> Answered {
    let start = if r.lower(noun) == "asked" {
        if matches!(r.lower(noun + 1), "about" | "by") { noun + 2 } else { noun + 1 }
    } else if noun > 0 && matches!(r.tag(noun - 1), Tag::Determiner | Tag::Noun) {
        (0..noun).rev().take(3).take_while(|&n| matches!(r.tag(n), Tag::Determiner | Tag::Noun)).last().unwrap_or(noun)
    } else {
        noun
    };
    let end = (start + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":" | "?" | "!") || r.quoted(n)).unwrap_or(high);
    if start < end { Answered::Narrated(start..end) } else { Answered::Unnamed }
}

/// The noun phrase behind a signal, or the one it ends with.
fn object_after(r: Reading, signal: &Found, high: usize) -> Option<Range<usize>> {
    if let Some(noun) = signal.tokens.clone().rev().find(|&n| lexicon::names_words(r.lower(n)) || r.lower(n) == "comment") {
        let start = (signal.tokens.start..noun)
            .rev()
            .take_while(|&n| r.tag(n).opens_phrase() || r.tag(n) == Tag::PossessivePronoun)
            .last()
            .unwrap_or(noun);
        let end = (noun + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":") || r.quoted(n)).unwrap_or(high);
        return Some(start..end.min(noun + 20));
    }
    None
}

/// The latest earlier relation by someone else; with `accusing` only one that accuses this speaker or anyone.
fn last_by_others(known: Known, from: usize, speaker: Option<usize>, accusing: bool) -> Option<usize> {
    let others = |n: &usize| known.speakers[*n] != speaker && !known.relations[*n].cue.is_empty();
    (from.saturating_sub(MEMORY)..from).rev().filter(others).find(|&n| !accusing || speaker.is_some_and(|s| known.about[n].contains(&s)))
}

/// The earlier relation by someone else that the answer's words take up most, near ones first.
fn best_target(r: Reading, known: Known, from: usize, speaker: Option<usize>) -> Option<usize> {
    let own = words(r, &known.relations[from]);
    (from.saturating_sub(8)..from)
        .rev()
        .filter(|&n| known.speakers[n] != speaker && known.speakers[n].is_some())
        .map(|n| {
            let shared = words(r, &known.relations[n]).intersection(&own).count().cast_signed();
            let accuses_speaker = isize::from(speaker.is_some_and(|s| known.about[n].contains(&s)));
            (2 * shared + 6 * accuses_speaker - (from - n).cast_signed(), n)
        })
        .max()
        .map(|(_, n)| n)
}

fn words<'a>(r: Reading<'a>, relation: &Relation) -> BTreeSet<&'a str> {
    relation
        .content
        .iter()
        .cloned()
        .flatten()
        .filter(|&n| matches!(r.tag(n), Tag::Noun | Tag::Name | Tag::Verb | Tag::Participle))
        .map(|n| {
            let w = r.lower(n);
            w.get(..5).unwrap_or(w)
        })
        .collect()
}

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

/// A cue that answers by itself: "denied the allegations", "rejected the claim", "declined to comment".
fn by_cue(r: Reading, known: Known, from: usize) -> Option<Link> {
    let relation = &known.relations[from];
    let cue = provenance::cue_of(r, relation)?;
    let content = relation.content.first()?;
    let own = &relation.cue[0];
    let negated = own.clone().any(|n| matches!(r.lower(n), "not" | "never") || r.lower(n).ends_with("n't"));
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
    let accused = last_by_others(known, from, speaker, true);
    let owner = head.and_then(|n| whose(r, known, n.saturating_sub(3)..n + 1, from));
    let of_owner = owner.and_then(|e| (from.saturating_sub(MEMORY)..from).rev().find(|&n| known.speakers[n] == Some(e)));
    let signal = own.start..head.filter(|&n| n < own.end + 6).map_or(own.end, |n| (n + 1).max(own.end));
    if kind == ResponseKind::NoComment {
        // "declined to comment on the accusation" answers it; "a request for comment" is only narrated.
        let about_words = (content.start..content.end).any(|n| matches!(r.lower(n), "on" | "about")) && head.is_some();
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
    let taken_up = || head.and_then(|_| best_target(r, known, from, speaker));
    let replied = || {
        let replies = REPLIES.contains(&cue.lemma) && !answers_a_thing(r, content);
        replies.then(|| best_target(r, known, from, speaker).filter(|&to| near(r, known, from, to))).flatten()
    };
    let target = of_owner.or_else(denied).or_else(taken_up).or_else(replied);
    let to = match target {
        Some(to) => Answered::Relation(to),
        None if kind != ResponseKind::Answer && cue.force == Force::Denies || kind == ResponseKind::Rebut => {
            Answered::Narrated(head.map(|n| phrase_around(r, n, content.end))?)
        }
        None => return None,
    };
    Some(Link { from, to, kind, signal, confidence: if accused.is_some() || owner.is_some() { 82 } else { 64 } })
}

/// "responded to the blaze": what is answered is a thing, not words.
fn answers_a_thing(r: Reading, content: &Range<usize>) -> bool {
    matches!(r.tag(content.start), Tag::Determiner | Tag::PossessivePronoun)
        && !content.clone().any(|n| r.quoted(n) || matches!(r.tag(n), Tag::Verb | Tag::Auxiliary))
}

/// Whether two relations stand in the same block or in neighbouring ones, or share words.
fn near(r: Reading, known: Known, from: usize, to: usize) -> bool {
    let block = |n: usize| r.sentences[sentence_of(r, anchor(&known.relations[n]))].block;
    let shared = words(r, &known.relations[from]).intersection(&words(r, &known.relations[to])).count();
    block(from) - block(to) <= 1 || shared >= 2
}

/// The latest earlier accusation, whomever it is against.
fn last_accusation(r: Reading, known: Known, from: usize) -> Option<usize> {
    (from.saturating_sub(MEMORY)..from)
        .rev()
        .find(|&n| known.speakers[n] != known.speakers[from] && provenance::force(r, &known.relations[n]) == Force::Accuses)
}

/// The noun phrase around a noun, with what follows it up to a mark.
fn phrase_around(r: Reading, noun: usize, high: usize) -> Range<usize> {
    let start = (noun.saturating_sub(4)..noun).rev().take_while(|&n| r.tag(n).opens_phrase()).last().unwrap_or(noun);
    let end = (noun + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":") || r.quoted(n)).unwrap_or(high);
    start..end.max(noun + 1)
}
