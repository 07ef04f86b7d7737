//! Speakers: whose words each relation reports.

use std::ops::Range;

use super::SpeakerKind;
use super::attribution::{Reading, Relation};
use super::cast::{Cast, without_article};
use super::lexicon::{self, WordClass};
use super::mentions::{self, Gender, Mention};
use super::tags::Tag;

/// How many sentences back a pronoun reaches.
const PRONOUN_REACH: usize = 6;

/// The entity behind each relation's source; the cast grows by those that are only described.
pub(crate) fn resolve(r: Reading, found: &[Mention], cast: &mut Cast, relations: &[Relation]) -> Vec<Option<usize>> {
    let mut speakers: Vec<Option<usize>> = Vec::with_capacity(relations.len());
    let mut previous = None;
    for (n, relation) in relations.iter().enumerate() {
        let speaker = match relation.source.first() {
            Some(source) => {
                let whole = source.start..relation.source[relation.source.len() - 1].end;
                of_source(r, found, cast, whole, previous, &relations[..=n])
            }
            // A quotation that goes on without a cue is still the last speaker's.
            None if relation.cue.is_empty() => previous,
            None => None,
        };
        previous = speaker.or(previous);
        speakers.push(speaker);
    }
    speakers
}

fn of_source(
    r: Reading,
    found: &[Mention],
    cast: &mut Cast,
    source: Range<usize>,
    previous: Option<usize>,
    before: &[Relation],
) -> Option<usize> {
    if source.len() == 1 && r.tag(source.start) == Tag::Pronoun {
        return of_pronoun(r, found, cast, source.start, previous, before);
    }
    let core = core_end(r, &source);
    let inside: Vec<usize> = mentions::within(found, source.clone()).collect();
    // "Rep. Ada Obi of Norbury, the panel's chair": a person's name in front is the head, whatever hangs on it.
    if let Some(&first) = inside.first()
        && found[first].kind == SpeakerKind::Person
        && !found[first].possessive
        && found[first].phrase.start <= source.start + 1
        && (found[first].name.end >= source.end || matches!(r.tag(found[first].name.end), Tag::Mark | Tag::Preposition))
    {
        return Some(cast.of_mention[first]);
    }
    // Names that head the phrase: not before ’s and not behind a preposition.
    let heads: Vec<usize> =
        inside.iter().copied().filter(|&m| found[m].name.end <= core && !found[m].possessive && ends_phrase(r, &found[m], core)).collect();
    match heads[..] {
        [] => {}
        [one] => return Some(cast.of_mention[one]),
        [first, .., last]
            if heads.len() == 2
                && (found[first].name.end..found[last].phrase.start.max(found[first].name.end)).all(|n| r.tag(n) != Tag::Mark) =>
        {
            let (a, b) = (cast.of_mention[first], cast.of_mention[last]);
            if a == b {
                return Some(a);
            }
            let name = format!("{} & {}", cast.entities[a].name, cast.entities[b].name);
            return Some(cast.described(name, SpeakerKind::Group, false));
        }
        [first, ..] => return Some(cast.of_mention[first]),
    }
    // "the union's general secretary, Ada Obi": the name stands in the apposition.
    let comma = (core..source.end).find(|&n| r.lower(n) == ",");
    let in_apposition = inside.iter().copied().find(|&m| {
        let behind = |comma: usize| found[m].phrase.start <= comma + 1 && comma < found[m].name.start || found[m].name.start == comma + 1;
        found[m].kind == SpeakerKind::Person && !found[m].possessive && comma.is_some_and(behind)
    });
    if let Some(m) = in_apposition {
        let role = without_article(r.article.slice(r.tokens.span(source.start, core))).to_owned();
        let e = &mut cast.entities[cast.of_mention[m]];
        e.role.get_or_insert(role);
        return Some(cast.of_mention[m]);
    }
    let hidden = source.clone().any(|n| {
        matches!(r.lower(n), "familiar" | "anonymity" | "anonymous" | "unidentified" | "unnamed" | "briefed")
            || r.lower(n) == "named" && source.clone().any(|m| r.lower(m) == "not")
    });
    let entity = of_description(r, found, cast, source.start..described_end(r, &source, core));
    if hidden && cast.entities[entity].mentions.is_empty() {
        cast.entities[entity].kind = SpeakerKind::Unnamed;
    }
    Some(entity)
}

/// Whether nothing but the rest of its own phrase follows a name up to the core's end, or "and" another.
fn ends_phrase(r: Reading, mention: &Mention, core: usize) -> bool {
    mention.name.end == core || matches!(r.lower(mention.name.end), "and" | "&" | "," | "(")
}

/// The end of the phrase's core: before its first preposition, comma or relative clause.
fn core_end(r: Reading, source: &Range<usize>) -> usize {
    (source.start + 1..source.end)
        .find(|&n| {
            let joins_name = r.tag(n) == Tag::Preposition
                && r.tag(n - 1) == Tag::Name
                && r.tag(n + 1) == Tag::Name
                && matches!(r.lower(n), "of" | "for");
            matches!(r.tag(n), Tag::Preposition | Tag::Participle | Tag::To) && !joins_name && r.tag(n - 1) != Tag::Determiner
                || r.lower(n) == ","
                || r.lower(n) == "who"
                || r.lower(n) == "("
                || r.tag(n) == Tag::Verb && r.lower(n).ends_with("ed")
        })
        .unwrap_or(source.end)
}

/// The end of a description: with the phrases that hang on it, without clauses ("polls in two states").
fn described_end(r: Reading, source: &Range<usize>, core: usize) -> usize {
    let end = (core..source.end)
        .find(|&n| !(r.tag(n).opens_phrase() || matches!(r.tag(n), Tag::Preposition | Tag::To | Tag::Conjunction)))
        .unwrap_or(source.end);
    let hanging = |n: usize| matches!(r.tag(n), Tag::Preposition | Tag::To | Tag::Conjunction | Tag::Determiner | Tag::PossessivePronoun);
    (core..end).rev().find(|&n| !hanging(n)).map_or(core, |n| n + 1)
}

/// "he", "she", "they", "it": the best earlier mention by nearness, place in its clause and gender.
fn of_pronoun(r: Reading, found: &[Mention], cast: &mut Cast, at: usize, previous: Option<usize>, before: &[Relation]) -> Option<usize> {
    let sentence = r.sentences.partition_point(|s| s.tokens.end <= at);
    let wanted = match r.lower(at) {
        "he" => Some(Gender::Male),
        "she" => Some(Gender::Female),
        "it" => None,
        "they" => {
            return previous
                .filter(|&e| cast.entities[e].kind != SpeakerKind::Person)
                .or_else(|| latest(found, cast, at, |k| k != SpeakerKind::Person && k != SpeakerKind::Place))
                .or(previous);
        }
        _ => return None,
    };
    if wanted.is_none() {
        return previous
            .filter(|&e| matches!(cast.entities[e].kind, SpeakerKind::Organisation | SpeakerKind::Document | SpeakerKind::Place))
            .or_else(|| latest(found, cast, at, |k| matches!(k, SpeakerKind::Organisation)));
    }
    let in_content = |n: usize| before.iter().rev().take(2 * PRONOUN_REACH).any(|rel| rel.content.iter().any(|c| c.contains(&n)));
    let last = found.partition_point(|m| m.name.start < at);
    let best = found[..last]
        .iter()
        .enumerate()
        .skip(last.saturating_sub(mentions::MEMORY))
        .filter(|(_, m)| m.name.start < at && sentence - m.sentence <= PRONOUN_REACH)
        .filter_map(|(m, mention)| {
            let entity = &cast.entities[cast.of_mention[m]];
            let person = entity.kind == SpeakerKind::Person;
            let clash = entity.gender.is_some_and(|g| Some(g) != wanted);
            if !person || clash {
                return None;
            }
            let mut score = 30 - 8 * (sentence - mention.sentence).cast_signed();
            score += if mention.subject { 9 } else { 0 };
            score += if previous == Some(cast.of_mention[m]) { 7 } else { 0 };
            score += if entity.gender == wanted { 5 } else { 0 };
            score -= if mention.possessive { 6 } else { 0 };
            score -= if in_content(mention.name.start) { 8 } else { 0 };
            Some((score, mention.name.start, cast.of_mention[m]))
        })
        .max();
    let best = best.map(|(_, _, entity)| entity);
    // Described people count as well: "one resident said … She added".
    let described = previous.filter(|&e| {
        cast.entities[e].mentions.is_empty()
            && !matches!(cast.entities[e].kind, SpeakerKind::Group | SpeakerKind::Document | SpeakerKind::Organisation)
    });
    let chosen = described.or(best).or_else(|| {
        previous.filter(|&e| cast.entities[e].kind == SpeakerKind::Person && cast.entities[e].gender.is_none_or(|g| Some(g) == wanted))
    });
    if let Some(e) = chosen {
        // What the article calls a person by is evidence for later pronouns.
        cast.entities[e].gender = cast.entities[e].gender.or(wanted);
    }
    chosen
}

fn latest(found: &[Mention], cast: &Cast, at: usize, fits: impl Fn(SpeakerKind) -> bool) -> Option<usize> {
    (0..found.partition_point(|m| m.name.start < at))
        .rev()
        .take(mentions::MEMORY)
        .map(|m| cast.of_mention[m])
        .find(|&e| fits(cast.entities[e].kind))
}

/// Someone described by a common noun: an earlier bearer of the role, or an entity of its own.
pub(crate) fn of_description(r: Reading, found: &[Mention], cast: &mut Cast, phrase: Range<usize>) -> usize {
    let core = (phrase.start + 1..phrase.end).find(|&n| matches!(r.tag(n), Tag::Preposition | Tag::To)).unwrap_or(phrase.end);
    let head = (phrase.start..core).rev().find(|&n| r.tag(n).is_nominal() && r.tag(n) != Tag::Possessive).unwrap_or(phrase.start);
    let noun = r.lower(head);
    let first = r.lower(phrase.start);
    let definite = matches!(first, "the" | "this" | "that" | "his" | "her" | "its" | "their");
    if definite && let Some(known) = cast.by_noun(found, noun, phrase.start) {
        return known;
    }
    let indefinite = matches!(first, "a" | "an" | "one" | "another");
    let kind = kind_of_noun(noun, indefinite);
    let counts = |n: usize| r.tag(n) == Tag::Number && matches!(r.lower(n + 1), "percent" | "per" | "of" | "in" | "%");
    let bare = phrase
        .clone()
        .find(|&n| counts(n) || !matches!(r.tag(n), Tag::Determiner | Tag::Number | Tag::Adverb | Tag::PossessivePronoun | Tag::Mark))
        .unwrap_or(phrase.start);
    let text = r.article.slice(r.tokens.span(bare, phrase.end));
    let name = if r.tag(bare) == Tag::Name { text.to_owned() } else { lower_first(text) };
    cast.described(name, kind, kind == SpeakerKind::Unnamed && indefinite)
}

fn kind_of_noun(noun: &str, indefinite: bool) -> SpeakerKind {
    if matches!(noun, "source" | "sources") {
        SpeakerKind::Unnamed
    } else if lexicon::is_a(noun, WordClass::GroupHead) {
        SpeakerKind::Group
    } else if lexicon::is_a(noun, WordClass::Document) {
        SpeakerKind::Document
    } else if lexicon::is_a(noun, WordClass::OrgHead) {
        SpeakerKind::Organisation
    } else if indefinite || lexicon::is_a(noun, WordClass::Unnamed) {
        SpeakerKind::Unnamed
    } else if lexicon::is_a(noun, WordClass::Title) {
        SpeakerKind::Person
    } else {
        SpeakerKind::Group
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let second_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(c) if !second_upper => c.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
