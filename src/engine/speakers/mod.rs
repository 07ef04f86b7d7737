//! Speakers: whose words each relation reports.

mod descriptions;
mod naming;
mod nouns;
mod pronouns;

use std::ops::Range;

use super::attribution::{self, Reading, Relation};
use super::cast::{Cast, without_article};
use super::mentions::{self, Mention};
use super::tags::Tag;
use super::{BlockKind, Force, SpeakerKind, provenance};
pub(crate) use nouns::Nouns;

/// The entity behind each relation's source; the cast grows by those that are only described.
///
/// Says as well of which relations the speaker is only guessed: another name for somebody, which nothing but their place
/// in the text bears out.
pub(crate) fn resolve(
    r: Reading,
    found: &[Mention],
    nouns: &Nouns,
    cast: &mut Cast,
    relations: &[Relation],
) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut resolver = Resolver::new(r, found, nouns, cast, relations);
    let mut guessed = Vec::with_capacity(relations.len());
    for n in 0..relations.len() {
        let speaker = resolver.of_relation(n);
        resolver.previous = speaker.or(resolver.previous);
        resolver.speakers.push(speaker);
        guessed.push(std::mem::take(&mut resolver.guessed));
    }
    (resolver.speakers, guessed)
}

/// Whom a noun phrase that is no source denotes.
pub(crate) fn of_phrase(r: Reading, found: &[Mention], nouns: &Nouns, cast: &mut Cast, phrase: Range<usize>) -> usize {
    let mut resolver = Resolver::new(r, found, nouns, cast, &[]);
    resolver.of_description(phrase)
}

/// What is known while relations are gone through in reading order.
struct Resolver<'a> {
    r: Reading<'a>,
    found: &'a [Mention],
    nouns: &'a Nouns<'a>,
    relations: &'a [Relation],
    cast: &'a mut Cast,
    /// Of the relations before.
    speakers: Vec<Option<usize>>,
    /// The last speaker there was.
    previous: Option<usize>,
    /// Whether a description was only guessed to be somebody known.
    guessed: bool,
    /// Tokens at which single people were only described, and who that was.
    described: Vec<(usize, usize)>,
    /// A later relation whose speaker an earlier one has asked for, and who that is.
    ahead: Option<(usize, usize)>,
}

impl<'a> Resolver<'a> {
    fn new(r: Reading<'a>, found: &'a [Mention], nouns: &'a Nouns<'a>, cast: &'a mut Cast, relations: &'a [Relation]) -> Self {
        let speakers = Vec::with_capacity(relations.len());
        Self { r, found, nouns, relations, cast, speakers, previous: None, guessed: false, described: Vec::new(), ahead: None }
    }
}

impl Resolver<'_> {
    fn of_relation(&mut self, n: usize) -> Option<usize> {
        if let Some((_, entity)) = self.ahead.filter(|&(ahead, _)| ahead == n) {
            return Some(entity);
        }
        let relation = &self.relations[n];
        if let Some(cue) = relation.cue.first().filter(|cue| self.accuses_subject(relation, cue)) {
            return self.agent(cue.end);
        }
        let Some(source) = relation.source.first() else { return self.of_none(n) };
        let end = relation.source[relation.source.len() - 1].end;
        let whole = self.trimmed(source.start..end);
        if whole.clone().any(|n| self.r.tokens.is_word(n) && self.r.tag(n) != Tag::Possessive) {
            self.of_source(whole, Some(n))
        } else {
            // A stray mark or ’s: whoever is named right before it.
            self.subject(source.start).or_else(|| self.named_before(source.start)).or(self.previous)
        }
    }

    /// "The clerk was accused of lying": the subject is whom others accuse.
    fn accuses_subject(&self, relation: &Relation, cue: &Range<usize>) -> bool {
        let r = self.r;
        let is = |n: usize| matches!(r.lower(n), "is" | "are" | "was" | "were" | "been" | "being");
        let subject = relation.source.first().is_some_and(|source| source.start < cue.start);
        // A headline leaves out "is": "Minister accused of lying".
        let headline = r.blocks[r.block_of(cue.start)].kind == BlockKind::Headline;
        let passive = |n: usize| r.lower(n).ends_with("ed") && (cue.start < n && is(n - 1) || headline && r.lower(n + 1) == "of");
        subject && cue.clone().any(passive) && provenance::force(r, relation) == Force::Accuses
    }

    /// Whoever is named behind "by", right behind a passive.
    fn agent(&mut self, behind: usize) -> Option<usize> {
        let r = self.r;
        let by = (behind - 1..=behind).find(|&n| r.lower(n) == "by")?;
        let end = attribution::phrase_forward(r, by + 1, r.sentences[r.sentence_of(by)].tokens.end);
        (end > by + 1).then(|| self.of_source(by + 1..end, None)).flatten()
    }

    /// A source's tokens without marks around it and ’s behind it.
    fn trimmed(&self, source: Range<usize>) -> Range<usize> {
        let r = self.r;
        let mut range = source;
        while !range.is_empty()
            && (r.tag(range.start) == Tag::Mark && r.lower(range.start) != "(" || matches!(r.lower(range.start), "and" | "but" | "or"))
        {
            range.start += 1;
        }
        // The ’s of "Kessler’s said" is the name's own.
        let own =
            |part: Range<usize>| mentions::within(self.found, part.clone()).last().is_some_and(|m| self.found[m].name.end == part.end);
        while !range.is_empty()
            && (matches!(r.lower(range.end - 1), "," | "’" | "'" | "—" | "–" | "-" | ":")
                || r.tag(range.end - 1) == Tag::Possessive && !own(range.clone()))
        {
            range.end -= 1;
        }
        range
    }

    /// Who speaks where no source is given: whoever does in the rest of the sentence.
    fn of_none(&mut self, n: usize) -> Option<usize> {
        let r = self.r;
        let Some(cue) = self.relations[n].cue.first() else { return self.previous };
        if !matches!(r.tag(cue.start), Tag::Participle | Tag::Verb) {
            return None;
        }
        let (first, behind) = (cue.start, self.relations[n].cue[self.relations[n].cue.len() - 1].end);
        let sentence = r.sentences[r.sentence_of(first)].tokens.clone();
        if first <= sentence.start + 1 {
            // "Asked by a reporter whether …, she said …"
            if let Some(agent) = self.agent(behind) {
                return Some(agent);
            }
            // "Asked about the fire, she said …"
            let ahead = (n + 1..self.relations.len().min(n + 4))
                .find(|&m| self.relations[m].source.first().is_some_and(|source| sentence.contains(&source.start)))?;
            let entity = self.of_relation(ahead)?;
            self.ahead = Some((ahead, entity));
            return Some(entity);
        }
        // "…, she said, adding that …"
        let before = n.checked_sub(1)?;
        let near = self.relations[before].cue.first().or(self.relations[before].source.first())?;
        (near.start < first && sentence.contains(&near.start)).then(|| self.speakers[before]).flatten()
    }

    fn of_source(&mut self, source: Range<usize>, relation: Option<usize>) -> Option<usize> {
        let r = self.r;
        if let Some(whom) = source.clone().find(|&n| matches!(r.lower(n), "who" | "which" | "that" | "whom"))
            && (whom == source.start || whom <= source.start + 2 && r.lower(whom - 1) == "of")
        {
            return self.antecedent(source.start).or(self.previous);
        }
        let word = r.lower(source.start);
        if source.len() == 1 && matches!(word, "both" | "each" | "neither") {
            return self.several(source.start);
        }
        if matches!(r.tag(source.start), Tag::Pronoun | Tag::PossessivePronoun) && source.len() == 1 || self.leads_clause(&source) {
            return self.of_pronoun(source.start, relation);
        }
        // "…, a nurse at the clinic," behind a name: its apposition.
        if let Some(bearer) = self.apposed(source.start) {
            return Some(bearer);
        }
        let core = core_end(r, &source);
        let inside: Vec<usize> = mentions::within(self.found, source.clone()).collect();
        if let Some(all) = self.joined(&source, &inside) {
            return Some(all);
        }
        // "Rep. Ada Obi of Norbury, the panel's chair": a person's name in front is the head, whatever hangs on it.
        if let Some(&first) = inside.first() {
            let mention = &self.found[first];
            let unread =
                (source.start..mention.phrase.start).all(|n| matches!(r.lower(n), "." | "del") || mentions::is_person_noun(r.lower(n)));
            let leads = mention.kind == SpeakerKind::Person && !mention.possessive && (mention.phrase.start <= source.start + 1 || unread);
            if leads && (mention.name.end >= source.end || matches!(r.tag(mention.name.end), Tag::Mark | Tag::Preposition)) {
                return Some(self.cast.of_mention[first]);
            }
            // "Obi’s" alone, or a name with roles in front.
            if inside.len() == 1 && mention.name.end == source.end && (mention.phrase.start..source.end).contains(&source.start) {
                return Some(self.cast.of_mention[first]);
            }
        }
        // "former county planning director Ada Obi"
        if let Some(&last) = inside.last() {
            let mention = &self.found[last];
            let of_office = |n: usize| r.lower(n) == "of" && mentions::is_person_noun(r.lower(n - 1));
            let leads = |n: usize| r.tag(n).opens_phrase() || r.tag(n) == Tag::Participle || n > source.start && of_office(n);
            if mention.kind == SpeakerKind::Person && mention.name.end == source.end && (source.start..mention.name.start).all(leads) {
                return Some(self.cast.of_mention[last]);
            }
        }
        // Names that head the phrase: not before ’s and not behind a preposition.
        let head = inside.iter().copied().find(|&m| {
            let mention = &self.found[m];
            let ends = mention.name.end == core || matches!(r.lower(mention.name.end), "," | "(");
            mention.name.end <= core && !mention.possessive && ends
        });
        if let Some(head) = head {
            // "Other Republicans" are not all.
            let mention = &self.found[head];
            let some = mention.kind == SpeakerKind::Group && naming::start(r, &source) < mention.name.start;
            return Some(if some { self.of_description(source.start..mention.name.end) } else { self.cast.of_mention[head] });
        }
        // "the union's general secretary, Ada Obi": the name stands in the apposition.
        let comma = (core..source.end).find(|&n| matches!(r.lower(n), "," | "—" | "–" | "-"));
        let in_apposition = comma.and_then(|comma| {
            inside.iter().copied().find(|&m| {
                let mention = &self.found[m];
                let led = mention.phrase.start <= comma + 1
                    || (comma + 1..mention.name.start)
                        .all(|n| r.tag(n).opens_phrase() || matches!(r.tag(n), Tag::Adverb | Tag::Participle) || r.lower(n) == "of");
                // "The regulator, the Harbour Authority": a body is named right there, and with nothing behind.
                let body = mention.kind == SpeakerKind::Organisation
                    && !nouns::is_of_people(r.lower(core - 1))
                    && (comma + 1..mention.name.start).all(|n| r.tag(n) == Tag::Determiner)
                    && mention.name.end == source.end;
                (mention.kind == SpeakerKind::Person || body) && !mention.possessive && mention.name.start > comma && led
            })
        });
        if let Some(m) = in_apposition {
            let role = without_article(&r.written(source.start..core)).to_owned();
            let e = &mut self.cast.entities[self.cast.of_mention[m]];
            e.role.get_or_insert(role);
            return Some(self.cast.of_mention[m]);
        }
        let hidden = source.clone().any(|n| {
            matches!(r.lower(n), "familiar" | "anonymity" | "anonymous" | "unidentified" | "unnamed" | "briefed")
                || r.lower(n) == "named" && source.clone().any(|m| r.lower(m) == "not")
        });
        let entity = self.of_description(source.start..naming::end(r, &source, core));
        if hidden && self.cast.entities[entity].mentions.is_empty() {
            self.cast.entities[entity].kind = SpeakerKind::Unnamed;
        }
        Some(entity)
    }

    /// "he who …", "she, a nurse, …": a pronoun with a clause or apposition behind it.
    fn leads_clause(&self, source: &Range<usize>) -> bool {
        let pronoun =
            matches!(self.r.lower(source.start), "he" | "she" | "they" | "it" | "i" | "we" | "he's" | "she's" | "they're" | "i've" | "i'm");
        pronoun && !matches!(self.r.lower(source.start + 1), "and" | "&" | "of")
    }

    /// The first name of a token's sentence that stands before it, no preposition before the name.
    fn subject(&self, at: usize) -> Option<usize> {
        let low = self.r.sentences[self.r.sentence_of(at)].tokens.start;
        mentions::within(self.found, low..at)
            .find(|&m| {
                let mention = &self.found[m];
                let governed =
                    mention.phrase.start > low && matches!(self.r.tag(mention.phrase.start - 1), Tag::Preposition | Tag::To | Tag::Verb);
                !mention.possessive && !governed && mention.kind != SpeakerKind::Place && !self.r.quoted(mention.name.start)
            })
            .map(|m| self.cast.of_mention[m])
    }

    /// The name that ends right before a token, marks aside.
    fn named_before(&self, at: usize) -> Option<usize> {
        let before = self.found.partition_point(|m| m.name.end <= at).checked_sub(1)?;
        let gap = self.found[before].phrase.end.min(at)..at;
        (gap.len() <= 2 && gap.clone().all(|n| matches!(self.r.tag(n), Tag::Mark | Tag::Possessive))).then(|| self.cast.of_mention[before])
    }

    /// The bearer of the name to which a phrase is the apposition.
    fn apposed(&self, at: usize) -> Option<usize> {
        let before = self.found.partition_point(|m| m.name.end <= at).checked_sub(1)?;
        let mention = &self.found[before];
        let behind = mention.name.end + 1 == at && self.r.lower(at - 1) == ",";
        let apposition = matches!(self.r.tag(at), Tag::Determiner | Tag::PossessivePronoun | Tag::Noun) && mention.phrase.contains(&at);
        (behind && apposition).then(|| self.cast.of_mention[before])
    }

    /// Whom "who", "which" or "that" at a token stands for: the noun phrase before it.
    fn antecedent(&mut self, at: usize) -> Option<usize> {
        let r = self.r;
        let sentence = &r.sentences[r.sentence_of(at)];
        let mut end = at;
        while end > sentence.tokens.start && !r.quoted(end - 1) {
            let bracket = (sentence.tokens.start..end).rev().take(12).find(|&n| r.lower(n) == "(").filter(|_| r.lower(end - 1) == ")");
            if let Some(open) = bracket {
                end = open;
            } else if r.tag(end - 1) == Tag::Mark || matches!(r.lower(end - 1), "both" | "all" | "some" | "and") {
                end -= 1;
            } else {
                break;
            }
        }
        // With an apposition between them, the name is what is spoken of.
        let before = self.found.partition_point(|m| m.name.end <= end).checked_sub(1);
        let named = before.filter(|&m| self.found[m].name.end == end || self.found[m].phrase.end == end && end > sentence.tokens.start);
        if let Some(m) = named
            && !self.found[m].possessive
            && self.found[m].name.start >= sentence.tokens.start
        {
            let range = self.found[m].phrase.start..self.found[m].name.end;
            let joint = attribution::phrase_back(r, sentence.tokens.start, self.found[m].name.end).filter(|p| p.start < range.start);
            return match joint.map(|phrase| mentions::within(self.found, phrase.clone()).collect::<Vec<_>>()).filter(|all| all.len() > 1) {
                Some(all) => self.joined(&(self.found[all[0]].phrase.start..range.end), &all).or(Some(self.cast.of_mention[m])),
                None => Some(self.cast.of_mention[m]),
            };
        }
        let phrase = attribution::phrase_back(r, sentence.tokens.start, end)?;
        // "members of the board, which …", "a list of drivers who …": the part that is of the right kind.
        let people = matches!(r.lower(at), "who" | "whom") || r.lower(at + 1) == "of" && r.lower(at + 2) == "whom";
        let top = (phrase.start..phrase.end).find(|&n| r.tag(n) == Tag::Preposition).unwrap_or(phrase.end);
        let part = (top..phrase.end).rev().find(|&n| r.tag(n) == Tag::Preposition).map(|n| n + 1..phrase.end);
        let fits = nouns::is_of_people(r.lower(top.saturating_sub(1))) == people;
        self.of_source(part.filter(|part| !fits && !part.is_empty()).unwrap_or(phrase), None)
    }

    /// Several together: "Ada Obi and Tom Ferrow", "she and another driver", "voters and party officials".
    fn joined(&mut self, source: &Range<usize>, inside: &[usize]) -> Option<usize> {
        let r = self.r;
        let ands: Vec<usize> = source
            .clone()
            .filter(|&n| matches!(r.lower(n), "and" | "&") && !inside.iter().any(|&m| self.found[m].name.contains(&n)))
            .collect();
        let &and = ands.first()?;
        // A list of names, each with what leads to it, in brackets behind it, or in common before all.
        let listed = |m: usize| {
            let mention = &self.found[m];
            let ends = !mention.possessive && matches!(r.lower(mention.name.end), "," | "and" | "&" | "(" | "—");
            ends || mention.name.end == source.end
        };
        let names: Vec<usize> = inside.iter().copied().filter(|&m| !self.bracketed(source, self.found[m].name.start)).collect();
        let seat = |n: usize| mentions::is_seat(r.lower(n));
        let plain = |n: usize| {
            seat(n)
                || r.tag(n).opens_phrase()
                || matches!(r.lower(n), "," | "." | "and" | "&" | "like" | "including" | "both")
                || self.bracketed(source, n)
        };
        if names.len() > 1 && ands.len() == 1 && names.iter().all(|&m| listed(m)) {
            let last = &self.found[names[names.len() - 1]];
            let before_last = &self.found[names[names.len() - 2]];
            let spans_and = before_last.name.end <= and && and < last.name.start;
            if spans_and
                && (source.start..last.name.end).all(plain)
                && (last.name.end..source.end).all(|n| self.bracketed(source, n) || r.tag(n) == Tag::Mark || seat(n))
            {
                let all: Vec<usize> = names.iter().map(|&m| self.cast.of_mention[m]).collect();
                return Some(self.together(&all));
            }
        }
        // Two phrases of which at least one has no name.
        let (left, right) = (source.start..and, and + 1..source.end);
        let simple = |part: &Range<usize>| {
            !part.is_empty()
                && part.len() <= 6
                && part.clone().all(|n| r.tag(n).opens_phrase() && r.tag(n) != Tag::Possessive || r.tag(n) == Tag::Pronoun)
        };
        // "The former nurse and county chair" is one.
        let offices = nouns::is_person(r.lower(and - 1)) && nouns::is_person(r.lower(source.end - 1));
        let whole = ands.len() > 1
            || offices && r.tag(and + 1) != Tag::Determiner
            || r.lower(source.start) == "the" && !matches!(r.tag(and + 1), Tag::Determiner | Tag::Name | Tag::Pronoun);
        if whole || !simple(&left) || !simple(&right) {
            return None;
        }
        // "Fox and Friends", "a husband and wife": one name, one phrase.
        if left.len() == 1
            && right.len() == 1
            && r.tag(left.start) != Tag::Pronoun
            && r.tag(right.start) != Tag::Pronoun
            && inside.len() != 1
        {
            return None;
        }
        // "The chairman and former nurse Ada Obi" is one.
        let titled = nouns::is_person(r.lower(and - 1)) && r.tag(and + 1) != Tag::Determiner;
        if titled
            && let Some(&m) = inside.last()
            && self.found[m].kind == SpeakerKind::Person
            && self.found[m].name.end == source.end
        {
            return Some(self.cast.of_mention[m]);
        }
        let a = self.of_source(left, None)?;
        let b = self.of_source(right, None)?;
        Some(self.together(&[a, b]))
    }

    /// Whether a token stands in round brackets within a source.
    fn bracketed(&self, source: &Range<usize>, n: usize) -> bool {
        (source.start..=n)
            .rev()
            .take(12)
            .find(|&m| matches!(self.r.lower(m), "(" | ")") && (m < n || self.r.lower(m) == "("))
            .is_some_and(|m| self.r.lower(m) == "(")
            || self.r.lower(n) == ")"
    }

    /// Entities that speak together, as one.
    fn together(&mut self, all: &[usize]) -> usize {
        let mut names: Vec<&str> = Vec::new();
        for &e in all {
            if !names.contains(&self.cast.entities[e].name.as_str()) {
                names.push(&self.cast.entities[e].name);
            }
        }
        if names.len() == 1 {
            return all[0];
        }
        let name = names.join(" & ");
        self.cast.described(name, "", SpeakerKind::Group, false)
    }
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
                || matches!(r.lower(n), "," | "who" | "whom" | "whose" | "that" | "which" | "(" | "—" | "–")
                || r.tag(n) == Tag::Verb && r.lower(n).ends_with("ed")
        })
        .unwrap_or(source.end)
}
