//! Pronouns: the best earlier bearer by nearness, place in the clause and gender.

use super::super::attribution::Relation;
use super::super::gender::{self, Gender};
use super::super::mentions;
use super::super::tags::Tag;
use super::super::{BlockKind, SpeakerKind};
use super::Resolver;

/// How many sentences back a pronoun reaches.
const REACH: usize = 6;

impl Resolver<'_> {
    /// Whom a pronoun stands for.
    pub(super) fn of_pronoun(&mut self, at: usize, relation: Option<usize>) -> Option<usize> {
        let word = self.r.lower(at);
        if let Some(gender) = gender::of_pronoun(word) {
            let person = self.salient(at, Some(gender), relation).or_else(|| {
                self.previous.filter(|&e| {
                    let e = &self.cast.entities[e];
                    e.kind == SpeakerKind::Person && e.gender.is_none_or(|g| g == gender)
                })
            });
            if let Some(e) = person {
                // What the article calls a person by is evidence for later pronouns.
                self.cast.entities[e].gender = self.cast.entities[e].gender.or(Some(gender));
            }
            return person;
        }
        match word {
            "i" | "me" | "my" | "we" | "us" | "our" | "i'm" | "i've" | "i'd" => {
                let plural = matches!(word, "we" | "us" | "our");
                let speaker = self.first_person(at, relation).or_else(|| if plural { None } else { self.author() });
                // An author whom the text doesn't name.
                Some(speaker.unwrap_or_else(|| {
                    let (name, kind) = if plural { ("we", SpeakerKind::Group) } else { ("I", SpeakerKind::Person) };
                    self.cast.described(name.to_owned(), word, kind, false)
                }))
            }
            "they" | "their" | "them" | "they're" | "others" => self.several(at),
            "it" | "its" | "it's" => {
                let thing = |kind| matches!(kind, SpeakerKind::Organisation | SpeakerKind::Document | SpeakerKind::Place);
                self.previous.filter(|&e| thing(self.cast.entities[e].kind)).or_else(|| self.latest(at, |k| k == SpeakerKind::Organisation))
            }
            _ => None,
        }
    }

    /// "I", "we": whoever speaks the words they stand in.
    fn first_person(&self, at: usize, relation: Option<usize>) -> Option<usize> {
        let holds = |relation: &Relation| relation.content.iter().any(|c| c.contains(&at));
        let before = relation.unwrap_or(self.speakers.len());
        let around = (before.saturating_sub(2 * REACH)..before).rev().find(|&n| holds(&self.relations[n]));
        around.and_then(|n| self.speakers[n])
    }

    /// The one whom the byline names.
    fn author(&self) -> Option<usize> {
        let Some(byline) = self.r.blocks.iter().find(|b| b.kind == BlockKind::Byline) else { return self.introduced_last() };
        let text = self.r.article.slice(byline.span).to_lowercase();
        (0..self.cast.entities.len().min(mentions::MEMORY)).find(|&e| {
            let e = &self.cast.entities[e];
            e.kind == SpeakerKind::Person && e.name.contains(' ') && text.contains(&e.name.to_lowercase())
        })
    }

    /// Whom the last paragraph tells of: "Ada Obi is a nurse in Norbury."
    fn introduced_last(&self) -> Option<usize> {
        let last = self.r.sentences.last()?;
        let first = self.r.first_of(last.block);
        let m = self.found.partition_point(|m| m.name.start < first);
        let mention = self.found.get(m).filter(|m| m.phrase.start == first && m.kind == SpeakerKind::Person)?;
        (mention.name.len() > 1).then(|| self.cast.of_mention[m])
    }

    /// "they", "both": those who spoke last together, else the latest two named together, group or body.
    pub(super) fn several(&mut self, at: usize) -> Option<usize> {
        let plural = |kind| matches!(kind, SpeakerKind::Group | SpeakerKind::Organisation);
        let two = matches!(self.r.lower(at), "both" | "each" | "neither");
        if !two
            && let Some(e) = self
                .previous
                .filter(|&e| self.cast.entities[e].kind != SpeakerKind::Person && self.cast.entities[e].kind != SpeakerKind::Document)
        {
            return Some(e);
        }
        let r = self.r;
        let last = self.found.partition_point(|m| m.name.start < at);
        let sentence = r.sentence_of(at);
        let near = (last.saturating_sub(12)..last).rev().take_while(|&m| sentence - self.found[m].sentence <= 2);
        let pair = near.filter(|&m| m > 0).find(|&m| {
            let (a, b) = (&self.found[m - 1], &self.found[m]);
            let gap = a.name.end..b.name.start;
            let person = |m: usize| self.cast.entities[self.cast.of_mention[m]].kind == SpeakerKind::Person;
            gap.len() <= 6
                && person(m - 1)
                && person(m)
                && gap.clone().any(|n| r.lower(n) == "and")
                && gap.clone().all(|n| r.tag(n).opens_phrase() || matches!(r.lower(n), "and" | ","))
        });
        if let Some(m) = pair {
            let (a, b) = (self.cast.of_mention[m - 1], self.cast.of_mention[m]);
            return Some(self.together(&[a, b]));
        }
        self.latest(at, plural).or(self.previous)
    }

    /// The latest entity of a kind named before a token.
    pub(super) fn latest(&self, at: usize, fits: impl Fn(SpeakerKind) -> bool) -> Option<usize> {
        let before = self.found.partition_point(|m| m.name.start < at);
        (0..before).rev().take(mentions::MEMORY).map(|m| self.cast.of_mention[m]).find(|&e| fits(self.cast.entities[e].kind))
    }

    /// The person whom the text before a token is most about, of this gender if one is given.
    pub(super) fn salient(&self, at: usize, wanted: Option<Gender>, relation: Option<usize>) -> Option<usize> {
        let r = self.r;
        let sentence = r.sentence_of(at);
        let epithet = relation.is_none() && r.lower(at) == "the";
        let so_far = relation.unwrap_or(self.speakers.len());
        let earlier = &self.relations[so_far.saturating_sub(2 * REACH)..so_far];
        let own = relation.map(|n| &self.relations[n]);
        let in_content = |n: usize| earlier.iter().chain(own).any(|rel| rel.content.iter().any(|c| c.contains(&n)));
        let near = |n: usize, score: i32| {
            let far = sentence - r.sentence_of(n);
            (far <= REACH).then(|| score - 8 * i32::try_from(far).unwrap_or(0))
        };
        let clash = |e: usize| wanted.is_some() && self.cast.entities[e].gender.is_some_and(|g| Some(g) != wanted);
        let last = self.found.partition_point(|m| m.name.start < at);
        let named = (last.saturating_sub(mentions::MEMORY)..last)
            .rev()
            .take_while(|&m| sentence - self.found[m].sentence <= REACH)
            .filter_map(|m| {
                let (mention, e) = (&self.found[m], self.cast.of_mention[m]);
                let entity = &self.cast.entities[e];
                if entity.kind != SpeakerKind::Person || clash(e) {
                    return None;
                }
                let mut score = near(mention.name.start, 30)?;
                let spoke = earlier.iter().any(|rel| rel.source.iter().any(|s| s.contains(&mention.name.start)));
                score += if mention.subject || spoke { 9 } else { 0 };
                // "Obi took on Ferrow after the surgeon …": another name for whoever is no subject.
                score += if epithet && !mention.subject && sentence == mention.sentence { 20 } else { 0 };
                score += if self.previous == Some(e) { 7 } else { 0 };
                score += if wanted.is_some() && entity.gender == wanted { 5 } else { 0 };
                score += if epithet { i32::try_from(entity.mentions.len().min(8)).unwrap_or(0) } else { 0 };
                score -= if mention.possessive { 6 } else { 0 };
                score -= if in_content(mention.name.start) { 8 } else { 0 };
                Some((score, mention.name.start, e))
            });
        // Described people count as well: "one resident said … She added".
        let described = self.described.iter().rev().take(2 * REACH).filter_map(|&(n, e)| {
            let score = near(n, 26)? + if self.previous == Some(e) { 7 } else { 0 } - if in_content(n) { 8 } else { 0 };
            (n < at && !clash(e)).then_some((score, n, e))
        });
        named.chain(described).max().map(|(_, _, e)| e)
    }

    /// Whose "his", "her", "their" or "its" before a noun is.
    pub(super) fn owner(&mut self, at: usize) -> Option<usize> {
        (self.r.tag(at) == Tag::PossessivePronoun).then(|| self.of_pronoun(at, None)).flatten()
    }
}
