//! The cast: everyone and everything the article names, each with all of its mentions.

use super::SpeakerKind;
use super::attribution::Reading;
use super::lexicon::{self, WordClass};
use super::mentions::{self, Gender, Mention};

/// A person, organisation or place, named or described.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Entity {
    /// The fullest name given.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// From its names and roles.
    pub gender: Option<Gender>,
    /// The first role given.
    pub role: Option<String>,
    /// Positions in the list of mentions, in text order; empty for those that are only described.
    pub mentions: Vec<usize>,
    /// The name's words in lower case.
    words: Vec<String>,
    /// Initials of an organisation's name, and the short form the article defines.
    acronyms: Vec<String>,
}

/// Every entity, and the entity of every mention.
#[derive(Debug)]
pub(crate) struct Cast {
    /// In order of first appearance.
    pub entities: Vec<Entity>,
    /// For each mention its entity.
    pub of_mention: Vec<usize>,
}

/// Groups mentions by name: full names, surnames, short forms and acronyms of one bearer together.
pub(crate) fn gather(r: Reading, found: &[Mention]) -> Cast {
    let mut cast = Cast { entities: Vec::new(), of_mention: Vec::new() };
    for (m, mention) in found.iter().enumerate() {
        let words: Vec<String> = mention.name.clone().map(|n| r.lower(n).to_owned()).collect();
        let entity = defined_short_form(r, found, m, &cast).or_else(|| known(&cast, mention, &words)).unwrap_or_else(|| {
            cast.entities.push(Entity {
                name: String::new(),
                kind: mention.kind,
                gender: None,
                role: None,
                mentions: Vec::new(),
                acronyms: vec![initials(&words)],
                words: Vec::new(),
            });
            cast.entities.len() - 1
        });
        cast.of_mention.push(entity);
        let e = &mut cast.entities[entity];
        if words.len() > e.words.len() {
            // A full name behind a bare surname tells what the bearer is.
            if e.words.len() <= 1 {
                e.kind = mention.kind;
            }
            r.article.slice(r.tokens.span(mention.name.start, mention.name.end)).clone_into(&mut e.name);
            e.acronyms[0] = initials(&words);
            e.words.clone_from(&words);
        }
        if mention.kind == SpeakerKind::Person && e.kind != SpeakerKind::Place && mention.role.is_some() {
            e.kind = SpeakerKind::Person;
        }
        e.gender = e.gender.or_else(|| mentions::gender(r, mention));
        if e.role.is_none()
            && let Some(role) = mention.role.clone()
        {
            let role = r.article.slice(r.tokens.span(role.start, role.end));
            e.role = Some(without_article(role).to_owned());
        }
        e.mentions.push(m);
    }
    settle_kinds(r, found, &mut cast);
    cast
}

/// A name of several words that nothing shows to be a person's (no given name, title or role, and never the
/// last word alone) is an organisation's where the text speaks of a company.
fn settle_kinds(r: Reading, found: &[Mention], cast: &mut Cast) {
    let company = (0..r.tokens.len()).any(|n| matches!(r.lower(n), "company" | "firm" | "developer" | "operator" | "retailer" | "maker"));
    for e in cast.entities.iter_mut().filter(|e| company && e.kind == SpeakerKind::Person) {
        let bare = e.words.len() > 1 && e.gender.is_none() && e.role.is_none() && !mentions::is_given_name(&e.words[0]);
        if bare && e.mentions.iter().all(|&m| found[m].name.len() > 1) {
            e.kind = SpeakerKind::Organisation;
        }
    }
}

/// A phrase without the article it starts with.
pub(crate) fn without_article(phrase: &str) -> &str {
    ["the ", "a ", "an ", "The ", "A ", "An "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(phrase)
}

fn initials(words: &[String]) -> String {
    if words.len() < 2 {
        return String::new();
    }
    words.iter().filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for" | "&")).filter_map(|w| w.chars().next()).collect()
}

/// "the Norbury Harbour Trust (NHT)": a short form in brackets right behind a name.
fn defined_short_form(r: Reading, found: &[Mention], m: usize, cast: &Cast) -> Option<usize> {
    let start = found[m].name.start;
    let previous = m.checked_sub(1)?;
    let bracketed = start >= 2 && r.lower(start - 1) == "(" && r.lower(found[m].name.end) == ")";
    (bracketed && found[previous].name.end == start - 1 && found[m].name.len() == 1).then(|| cast.of_mention[previous])
}

fn known(cast: &Cast, mention: &Mention, words: &[String]) -> Option<usize> {
    let last = words.last()?;
    let recent = || (0..cast.entities.len()).rev().take(mentions::MEMORY);
    if let Some(same) = recent().find(|&e| cast.entities[e].words == words) {
        return Some(same);
    }
    let person = |e: &Entity| e.kind == SpeakerKind::Person;
    if let [word] = words {
        // Of several bearers of a surname the one spoken of most.
        let bears = |e: usize| person(&cast.entities[e]) && cast.entities[e].words.len() > 1 && cast.entities[e].words.last() == Some(word);
        let by_surname = recent().filter(|&e| bears(e)).max_by_key(|&e| (cast.entities[e].mentions.len(), e));
        let by_given = || {
            recent()
                .find(|&e| person(&cast.entities[e]) && cast.entities[e].words.len() > 1 && cast.entities[e].words.first() == Some(word))
        };
        let by_acronym =
            || recent().find(|&e| word.len() >= 2 && cast.entities[e].acronyms.iter().any(|a| a == word.trim_end_matches('.')));
        let by_head = || {
            recent().find(|&e| {
                !person(&cast.entities[e])
                    && cast.entities[e].words.len() > 1
                    && cast.entities[e].words.contains(word)
                    && (mentions::is_org_word(word) || cast.entities[e].words.first() == Some(word))
                    && !lexicon::is_a(word, WordClass::Demonym)
                    && !lexicon::is_a(word, WordClass::Place)
            })
        };
        return by_surname.or_else(by_given).or_else(by_acronym).or_else(by_head);
    }
    if mention.kind == SpeakerKind::Person {
        // A full name behind its surname, or with a middle name more or less.
        return recent().find(|&e| {
            let e = &cast.entities[e];
            e.words.last() == Some(last)
                && (e.words.len() == 1 && e.kind != SpeakerKind::Place || person(e) && e.words.first() == words.first())
        });
    }
    recent()
        .find(|&e| {
            let e = &cast.entities[e];
            !person(e)
                && e.words.len() > 1
                && (e.words.ends_with(words)
                    || words.ends_with(&e.words)
                    || e.words.starts_with(words) && words.iter().any(|w| mentions::is_org_word(w)))
        })
        .or_else(|| {
            let own = initials(words);
            recent().find(|&e| own.len() >= 3 && cast.entities[e].words.len() == 1 && cast.entities[e].words[0] == own)
        })
}

impl Cast {
    /// Adds someone who is only described, or gives the one already described by the same words.
    pub(crate) fn described(&mut self, name: String, kind: SpeakerKind, always_new: bool) -> usize {
        let known = (0..self.entities.len())
            .rev()
            .take(mentions::MEMORY)
            .find(|&e| self.entities[e].mentions.is_empty() && self.entities[e].name == name);
        known.filter(|_| !always_new).unwrap_or_else(|| {
            self.entities.push(Entity {
                name,
                kind,
                gender: None,
                role: None,
                mentions: Vec::new(),
                words: Vec::new(),
                acronyms: Vec::new(),
            });
            self.entities.len() - 1
        })
    }

    /// The latest entity whose role or name holds this noun ("the minister", "the council").
    pub(crate) fn by_noun(&self, found: &[Mention], noun: &str, before: usize) -> Option<usize> {
        let holds = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == noun);
        let company = matches!(noun, "company" | "firm" | "business" | "retailer" | "carrier" | "bank");
        (0..found.partition_point(|m| m.name.start < before)).rev().take(mentions::MEMORY).map(|m| self.of_mention[m]).find(|&e| {
            let e = &self.entities[e];
            match e.kind {
                SpeakerKind::Person => e.role.as_deref().is_some_and(|role| holds(head_of_role(role))),
                SpeakerKind::Organisation if company => true,
                _ => e.words.len() > 1 && mentions::is_org_word(noun) && e.words.iter().any(|w| w == noun),
            }
        })
    }
}

/// The part of a role that names the office: "director of the harbour trust" → "director".
fn head_of_role(role: &str) -> &str {
    [" of ", " for ", " at ", " in "].iter().filter_map(|p| role.find(p)).min().map_or(role, |at| &role[..at])
}
