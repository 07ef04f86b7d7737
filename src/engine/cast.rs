//! The cast: everyone and everything the article names, each with all of its mentions.

use std::collections::BTreeMap;

use crate::order;

use super::attribution::Reading;
use super::gender::{self, Gender};
use super::lexicon::{self, WordClass};
use super::mentions::{self, Mention};
use super::speech::Speech;
use super::tags;
use super::{BlockKind, SpeakerKind};

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
}

impl Entity {
    /// Whether it has no name and this noun heads its description.
    pub(crate) fn is_described_as(&self, noun: &str) -> bool {
        self.described_as() == Some(noun)
    }

    /// The noun that heads its description, where it has no name.
    pub(crate) fn described_as(&self) -> Option<&str> {
        match &self.words[..] {
            [noun] if self.mentions.is_empty() => Some(noun),
            _ => None,
        }
    }

    /// Whether its name is a given name and another word that is no body's.
    fn could_be_person(&self) -> bool {
        self.words.len() == 2 && mentions::is_given_name(&self.words[0]) && !mentions::is_org_word(&self.words[1])
    }

    /// Whether its name holds this word.
    pub(crate) fn is_named_with(&self, word: &str) -> bool {
        !self.mentions.is_empty() && self.words.iter().any(|own| own == word)
    }
}

/// Every entity, and the entity of every mention.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// In order of first appearance.
    pub entities: Vec<Entity>,
    /// For each mention its entity.
    pub of_mention: Vec<usize>,
}

/// Groups mentions by name: full names, surnames, short forms and acronyms of one bearer together.
pub(crate) fn gather(r: Reading, found: &[Mention]) -> Cast {
    let mut gathering = Gathering::default();
    gathering.cast.of_mention = vec![0; found.len()];
    let mut title = (None, false);
    let titles: Vec<bool> = found
        .iter()
        .map(|mention| {
            if title.0 != Some(mention.sentence) {
                let sentence = &r.sentences[mention.sentence];
                let headline = r.blocks[sentence.block].kind == BlockKind::Headline;
                title = (Some(mention.sentence), headline && tags::in_title_case(r.article, r.tokens, sentence));
            }
            title.1
        })
        .collect();
    let headed = |m: usize| titles[m];
    // Full names first: a headline has the surname before the article has the rest.
    for full in [true, false] {
        for m in (0..found.len()).filter(|&m| (found[m].name.len() > 1) == full && !headed(m)) {
            gathering.take(r, found, m, false);
        }
    }
    // In some headlines every word has a capital: what names the body has is known by now.
    for m in (0..found.len()).filter(|&m| headed(m)) {
        gathering.take(r, found, m, true);
    }
    let mut cast = gathering.cast;
    for e in &mut cast.entities {
        order::sort(&mut e.mentions);
        let mut roles = e.mentions.iter().filter_map(|&m| found[m].role.clone());
        e.role = roles.next().map(|role| without_article(&r.written(role)).to_owned());
        let titled = e.mentions.iter().any(|&m| found[m].kind == SpeakerKind::Person && found[m].role.is_some());
        if titled && e.kind != SpeakerKind::Place {
            e.kind = SpeakerKind::Person;
        } else if e.words.len() == 1 {
            // Of a single word the tagger is less sure than the article as a whole.
            let so = |kind| e.mentions.iter().filter(|&&m| found[m].kind == kind).count();
            let kinds = [SpeakerKind::Person, SpeakerKind::Organisation, SpeakerKind::Place, SpeakerKind::Group];
            e.kind = kinds.into_iter().rev().max_by_key(|&kind| so(kind)).filter(|&kind| so(kind) > 0).unwrap_or(e.kind);
        }
    }
    settle_kinds(r, found, &mut cast);
    cast
}

/// A cast in the making, with its entities by the words of their names.
#[derive(Default)]
struct Gathering<'a> {
    cast: Cast,
    by_word: BTreeMap<&'a str, Vec<usize>>,
    by_acronym: BTreeMap<String, Vec<usize>>,
}

impl<'a> Gathering<'a> {
    /// Gives a mention its entity.
    fn take(&mut self, r: Reading<'a>, found: &[Mention], m: usize, headline: bool) {
        let mention = &found[m];
        let words = words_of(r, mention);
        let known = defined_short_form(r, found, m, &self.cast).or_else(|| self.known(r, mention, &words));
        let within = if known.is_none() { self.named_within(r, found, mention, &words) } else { None };
        let entity = known.unwrap_or_else(|| {
            let kind = mention.kind;
            self.cast.entities.push(Entity {
                name: String::new(),
                kind,
                gender: None,
                role: None,
                mentions: Vec::new(),
                words: Vec::new(),
            });
            self.cast.entities.len() - 1
        });
        self.cast.of_mention[m] = entity;
        let e = &mut self.cast.entities[entity];
        if known.is_some() && words.len() == 1 && mention.kind == SpeakerKind::Person && e.could_be_person() {
            e.kind = SpeakerKind::Person;
        }
        e.mentions.push(m);
        if known.is_some() && headline && !mentions::is_given_name(words[0]) {
            return;
        }
        if let Some(full) = within {
            e.name = full;
            e.words = words.iter().map(|&word| word.to_owned()).collect();
            self.by_word.entry(words[0]).or_default().push(entity);
        } else if words.len() > e.words.len() {
            e.name = r.written(mention.name.clone());
            e.words = words.iter().map(|&word| word.to_owned()).collect();
            for &word in &words {
                let bearers = self.by_word.entry(word).or_default();
                if bearers.last() != Some(&entity) {
                    bearers.push(entity);
                }
            }
            if mention.kind != SpeakerKind::Person {
                for acronym in acronyms(&words) {
                    self.by_acronym.entry(acronym).or_default().push(entity);
                }
            }
        }
    }

    /// A lone surname's full name from the name of something called after its bearer: "The Ada Obi Show".
    fn named_within(&self, r: Reading, found: &[Mention], mention: &Mention, words: &[&str]) -> Option<String> {
        let [word] = words else { return None };
        (mention.kind == SpeakerKind::Person).then_some(())?;
        self.bearers(word).find_map(|e| {
            let thing = &self.cast.entities[e];
            let at = thing.words.iter().position(|w| w == word).filter(|&at| at > 0 && at + 1 < thing.words.len())?;
            let whole = found[*thing.mentions.first()?].name.clone();
            let given = mentions::is_given_name(&thing.words[at - 1]) && whole.len() >= thing.words.len();
            given.then(|| r.written(whole.start + at - 1..whole.start + at + 1))
        })
    }

    /// The entities whose names hold a word, latest first.
    fn bearers(&self, word: &str) -> impl Iterator<Item = usize> {
        self.by_word.get(word).into_iter().flat_map(|all| all.iter().rev().take(mentions::MEMORY).copied())
    }

    fn known(&self, r: Reading, mention: &Mention, words: &[&str]) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let entity = |e: usize| &self.cast.entities[e];
        let person = |e: usize| entity(e).kind == SpeakerKind::Person;
        let first_is = |e: usize| entity(e).words.first().is_some_and(|word| word == first);
        let last_is = |e: usize| entity(e).words.last().is_some_and(|word| word == last);
        let same = || self.bearers(last).find(|&e| entity(e).words == words);
        if let [word] = words {
            let place = lexicon::is_a(word, WordClass::Place) && r.speech[mention.name.start] != Speech::Person;
            // "Olive Prentice" read as a company's name, then "Prentice" as a person's.
            let read_amiss = |e: usize| mention.kind == SpeakerKind::Person && entity(e).could_be_person();
            let person = |e: usize| person(e) || read_amiss(e);
            let gender = gender::of_honorific(r, mention);
            let mut bearers: Vec<usize> =
                self.bearers(word).filter(|&e| !place && person(e) && last_is(e) && entity(e).words.len() > 1).collect();
            if bearers.len() > 1 && gender.is_some() {
                bearers.retain(|&e| gender::of_given_name(&entity(e).words[0]).is_none_or(|g| Some(g) == gender));
            }
            // Of several bearers of a surname the one spoken of most.
            let by_surname = bearers.into_iter().max_by_key(|&e| (entity(e).mentions.len(), usize::MAX - e));
            let by_given = || self.bearers(word).find(|&e| !place && person(e) && first_is(e) && entity(e).words.len() > 1);
            let by_acronym = || {
                let letters = word.replace('.', "");
                let all = self.by_acronym.get(&letters)?;
                all.iter().rev().copied().find(|_| letters.len() >= 2 && mention.kind != SpeakerKind::Group)
            };
            let by_head = || {
                let definite = mention.name.start > 0 && r.lower(mention.name.start - 1) == "the";
                // The U.N. is more than its Security Council.
                let part = |e: usize| word.contains('.') && entity(e).words.len() > 2;
                self.bearers(word).find(|&e| {
                    !person(e)
                        && entity(e).words.len() > 1
                        && (mentions::is_org_word(word)
                            || entity(e).kind != SpeakerKind::Document && first_is(e) && !part(e)
                            || definite && last_is(e))
                        && entity(e).words.iter().all(|word| word != "/")
                        && !lexicon::is_a(word, WordClass::Demonym)
                        && !lexicon::is_a(word, WordClass::Place)
                })
            };
            return by_surname.or_else(same).or_else(by_given).or_else(by_acronym).or_else(by_head);
        }
        if let Some(same) = same() {
            return Some(same);
        }
        let ends_alike = |e: usize| {
            let theirs = &entity(e).words;
            theirs.len() > 1
                && (ends_with(theirs, words) || words.len() > theirs.len() && words[words.len() - theirs.len()..] == theirs[..])
        };
        if mention.kind == SpeakerKind::Person {
            // With a middle name more or less, or without the given one ("Mora Quint").
            let lone = |e: usize| entity(e).words.len() == 1;
            return self.bearers(last).find(|&e| person(e) && last_is(e) && (first_is(e) || ends_alike(e) || lone(e)));
        }
        let starts_alike = |e: usize| {
            let theirs = &entity(e).words;
            theirs.len() > words.len()
                && theirs.iter().zip(words).all(|(a, b)| a == b)
                && words.iter().any(|w| mentions::is_org_word(w) || matches!(*w, "'s" | "’s"))
        };
        self.bearers(last).find(|&e| !person(e) && (ends_alike(e) || starts_alike(e)))
    }
}

fn ends_with(longer: &[String], words: &[&str]) -> bool {
    longer.len() > words.len() && longer[longer.len() - words.len()..].iter().zip(words).all(|(a, b)| a == b)
}

/// The words of a name in lower case, without what only tells son from father.
fn words_of<'a>(r: Reading<'a>, mention: &Mention) -> Vec<&'a str> {
    let mut words: Vec<&str> = mention.name.clone().map(|n| r.lower(n)).collect();
    while words.len() > 2 && matches!(words.last(), Some(&("jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv"))) {
        words.pop();
    }
    words
}

/// A name of several words that nothing shows to be a person's (no given name, title or role, and never the
/// last word alone) is an organisation's where the text speaks of a company.
fn settle_kinds(r: Reading, found: &[Mention], cast: &mut Cast) {
    let company = (0..r.tokens.len()).any(|n| matches!(r.lower(n), "company" | "firm" | "developer" | "operator" | "retailer" | "maker"));
    let placed = |e: &Entity| {
        let place = |word: &str| lexicon::is_a(word, WordClass::Place);
        e.kind == SpeakerKind::Place
            && !place(&e.words.join(" "))
            && !e.words.iter().any(|w| place(w))
            && e.mentions.iter().any(|&m| found[m].subject)
    };
    for e in cast.entities.iter_mut().filter(|e| company && (e.kind == SpeakerKind::Person || placed(e))) {
        let bare = e.words.len() > 1 && e.role.is_none() && !mentions::is_given_name(&e.words[0]);
        if bare && e.mentions.iter().all(|&m| found[m].name.len() > 1) {
            e.kind = SpeakerKind::Organisation;
        }
    }
}

/// A phrase without the article it starts with.
pub(crate) fn without_article(phrase: &str) -> &str {
    const FIRST: [&str; 14] =
        ["the ", "a ", "an ", "his ", "her ", "its ", "their ", "The ", "A ", "An ", "His ", "Her ", "Its ", "Their "];
    FIRST.iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(phrase)
}

/// What a name may be shortened to: its initials, with or without the small words and what leads it ("U.S.
/// Department of Fisheries": DOF).
fn acronyms(words: &[&str]) -> Vec<String> {
    let initials = |words: &[&str], small: bool| -> String {
        let counts = |w: &&&str| small || !matches!(**w, "of" | "the" | "and" | "for" | "&");
        words.iter().filter(counts).filter_map(|w| w.chars().next()).collect()
    };
    let mut all: Vec<String> = (0..words.len().saturating_sub(1).min(3))
        .flat_map(|from| [initials(&words[from..], false), initials(&words[from..], true)])
        .filter(|letters| letters.chars().count() >= 2)
        .collect();
    order::sort(&mut all);
    all.dedup();
    all
}

/// "the Norbury Harbour Trust (NHT)": a short form in brackets right behind a name.
fn defined_short_form(r: Reading, found: &[Mention], m: usize, cast: &Cast) -> Option<usize> {
    let start = found[m].name.start;
    let previous = m.checked_sub(1)?;
    let bracketed = start >= 2 && r.lower(start - 1) == "(" && r.lower(found[m].name.end) == ")";
    (bracketed && found[previous].name.end == start - 1 && found[m].name.len() == 1).then(|| cast.of_mention[previous])
}

impl Cast {
    /// Adds someone who is only described, or gives the one already described by the same words.
    pub(crate) fn described(&mut self, name: String, noun: &str, kind: SpeakerKind, always_new: bool) -> usize {
        let known = (0..self.entities.len())
            .rev()
            .take(mentions::MEMORY)
            .find(|&e| self.entities[e].mentions.is_empty() && self.entities[e].name == name);
        known.filter(|_| !always_new).unwrap_or_else(|| {
            self.entities.push(Entity { name, kind, gender: None, role: None, mentions: Vec::new(), words: vec![noun.to_owned()] });
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
                // "The regulator, the Harbour Authority, …", and later "the regulator".
                SpeakerKind::Organisation if company || e.role.as_deref().is_some_and(holds) => true,
                _ => {
                    e.words.len() > 1
                        && (mentions::is_org_word(noun) || lexicon::is_a(noun, WordClass::Document))
                        && e.words.iter().any(|w| w == noun)
                }
            }
        })
    }
}

/// The part of a role that names the office: "director of the harbour trust" → "director".
fn head_of_role(role: &str) -> &str {
    [" of ", " for ", " at ", " in "].iter().filter_map(|p| role.find(p)).min().map_or(role, |at| &role[..at])
}
