//! Descriptions: whom a common noun stands for. Who bears the office, who was called so before, whom the text is
//! about; else someone of their own.

use std::ops::Range;

use super::super::attribution::{Reading, Relation};
use super::super::dates;
use super::super::gender;
use super::super::lexicon::{self, WordClass};
use super::super::mentions;
use super::super::speech::Speech;
use super::super::tags::Tag;
use super::super::{BlockKind, SpeakerKind};
use super::{Resolver, naming, nouns};

/// A noun phrase taken apart.
struct Description<'a> {
    /// All of it.
    phrase: Range<usize>,
    /// Its head.
    head: usize,
    noun: &'a str,
    /// With "the", "this", "his": it points to something known.
    definite: bool,
    /// With "a", "one", "another".
    indefinite: bool,
    /// Nothing hangs on its head: no "of the union".
    bare: bool,
}

impl Resolver<'_> {
    /// Someone described by a common noun: an earlier bearer of the role, or an entity of its own.
    pub(super) fn of_description(&mut self, phrase: Range<usize>) -> usize {
        let r = self.r;
        if let Some(one) = self.one_of_them(&phrase) {
            return one;
        }
        let d = taken_apart(r, phrase);
        let person = nouns::is_person(d.noun);
        let headline = r.blocks[r.block_of(d.head)].kind == BlockKind::Headline;
        if let Some(later) = self.told_later(&d, person, headline) {
            return later;
        }
        if (d.definite || headline && !d.indefinite)
            && let Some(known) = self.known(&d, person, headline)
        {
            return known;
        }
        let kind = match nouns::kind_of_noun(d.noun, d.indefinite) {
            // "the trust's chief executive": of those there is one.
            SpeakerKind::Unnamed
                if lexicon::is_a(d.noun, WordClass::Title) && !nouns::stands_alone(d.noun) && is_owned(r, d.phrase.start..d.head) =>
            {
                SpeakerKind::Person
            }
            kind => kind,
        };
        let name = self.with_owner(d.phrase.clone(), kind).unwrap_or_else(|| naming::name(r, &d.phrase, d.head));
        let entity = self.cast.described(name, d.noun, kind, kind == SpeakerKind::Unnamed && d.indefinite);
        if person || matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Person) {
            let gender = gender::of_noun(d.noun);
            self.cast.entities[entity].gender = self.cast.entities[entity].gender.or(gender);
            self.described.push((d.phrase.start, entity));
        }
        entity
    }

    /// "Two officials disputed it. One said …, the official said": one of those who spoke before.
    fn one_of_them(&mut self, phrase: &Range<usize>) -> Option<usize> {
        let all = &self.cast.entities[self.previous.filter(|_| phrase.len() == 1 && naming::is_one(self.r, phrase.start))?];
        let noun = all.described_as()?.strip_suffix('s')?;
        if !nouns::is_person(noun) {
            return None;
        }
        let (name, noun) = (format!("{} of the {}", self.r.lower(phrase.start), all.name), noun.to_owned());
        let entity = self.cast.described(name, &noun, SpeakerKind::Unnamed, true);
        self.described.push((phrase.start, entity));
        Some(entity)
    }

    /// What a body or document of someone's is called, with the owner's full name: "Obi’s office", "her campaign".
    fn with_owner(&mut self, phrase: Range<usize>, kind: SpeakerKind) -> Option<String> {
        if !matches!(kind, SpeakerKind::Organisation | SpeakerKind::Document) {
            return None;
        }
        let r = self.r;
        let (owner, rest) = if let Some(owner) = self.owner(phrase.start) {
            (owner, phrase.start + 1)
        } else {
            let from = naming::start(r, &phrase);
            let m = mentions::within(self.found, from..phrase.end).next()?;
            let mention = &self.found[m];
            let leads = mention.possessive && mention.phrase.start <= from;
            leads.then(|| (self.cast.of_mention[m], mention.name.end))?
        };
        let owner = &self.cast.entities[owner];
        let rest = r.written(rest..phrase.end);
        let mark = if rest.starts_with(['’', '\'']) { "" } else { "’s " };
        (owner.kind == SpeakerKind::Person).then(|| format!("{}{mark}{rest}", owner.name))
    }

    /// Headlines and leads put off the name: "A judge has ruled …" is the judge whom the next sentences name first.
    fn told_later(&mut self, d: &Description, person: bool, headline: bool) -> Option<usize> {
        /// How many sentences a name is put off.
        const DELAY: usize = 8;
        /// How many sentences headline and lead have together.
        const LEAD: usize = 20;
        let r = self.r;
        let sentence = r.sentence_of(d.head);
        let lead = headline
            || sentence < LEAD
                && r.sentences[..sentence]
                    .iter()
                    .all(|s| r.blocks[s.block].kind != BlockKind::Paragraph || s.block == r.sentences[sentence].block);
        if !lead || d.definite && !headline || r.lower(d.phrase.start) == "another" {
            return None;
        }
        let from = self.found.partition_point(|m| m.name.start < d.head);
        let until = self.found.partition_point(|m| m.sentence <= sentence + DELAY);
        let new = |e: usize| self.cast.entities[e].mentions.first().is_some_and(|&m| m >= from) || headline;
        if person {
            let holds = |m: &usize| new(self.cast.of_mention[*m]) && self.holds(*m, d.noun);
            let holder = (from..until).find(holds).or_else(|| self.quoted_next(d, from, new));
            return holder.map(|m| self.cast.of_mention[m]);
        }
        let thing = lexicon::is_a(d.noun, WordClass::OrgHead) || lexicon::is_a(d.noun, WordClass::Document);
        if !thing || d.phrase.clone().any(|n| r.tag(n) == Tag::Name && n < d.head) {
            return None;
        }
        let named = (from..until).find(|&m| {
            let e = self.cast.of_mention[m];
            new(e) && self.found[m].name.len() > 1 && self.found[m].name.clone().any(|n| r.lower(n) == d.noun)
        });
        if let Some(m) = named {
            return Some(self.cast.of_mention[m]);
        }
        let end = r.sentences[(sentence + DELAY).min(r.sentences.len() - 1)].tokens.end;
        let places = self.nouns.of(d.noun);
        let later = &places[places.partition_point(|&n| n <= d.head)..];
        let compound = later.iter().take_while(|&&n| n < end).find_map(|&n| self.compound(n))?;
        Some(self.cast.described(r.written(compound), d.noun, nouns::kind_of_noun(d.noun, false), false))
    }

    /// "A former chairman says …", and then “It is time,” said Don Ferrow: whoever is quoted next, new and without a role
    /// of their own, is the one described.
    fn quoted_next(&self, d: &Description, from: usize, new: impl Fn(usize) -> bool) -> Option<usize> {
        /// How many sentences off the quotation may be.
        const NEXT: usize = 2;
        let sentence = self.r.sentence_of(d.head);
        let mut next = (from..self.found.len()).take_while(|&m| self.found[m].sentence <= sentence + NEXT);
        next.find(|&m| {
            let (mention, e) = (&self.found[m], self.cast.of_mention[m]);
            let source = |rel: &Relation| rel.source.iter().any(|words| mentions::within(self.found, words.clone()).next() == Some(m));
            mention.sentence > sentence
                && mention.name.len() > 1
                && self.cast.entities[e].kind == SpeakerKind::Person
                && self.cast.entities[e].role.is_none()
                && new(e)
                && self.relations.iter().any(source)
        })
        .filter(|_| lexicon::is_a(d.noun, WordClass::Title) && !nouns::stands_alone(d.noun))
    }

    fn known(&mut self, d: &Description, person: bool, headline: bool) -> Option<usize> {
        let r = self.r;
        if person {
            if let Some(e) = self.by_office(d, headline) {
                return Some(e);
            }
        } else if let Some(e) =
            self.cast.by_noun(self.found, d.noun, d.phrase.start).filter(|&e| self.cast.entities[e].kind != SpeakerKind::Person)
        {
            return Some(e);
        } else if let Some(e) = self.by_words(d).or_else(|| self.by_kind(d)) {
            return Some(e);
        } else if let Some(e) = self.by_compound(d) {
            return Some(e);
        }
        let beside: Vec<&str> =
            d.phrase.clone().filter(|&n| n != d.head && r.tag(n).is_nominal() && r.tag(n) != Tag::Possessive).map(|n| r.lower(n)).collect();
        let alike = (0..self.cast.entities.len()).rev().take(mentions::MEMORY).find(|&e| {
            let e = &self.cast.entities[e];
            e.is_described_as(d.noun) && (beside.is_empty() || beside.iter().all(|word| e.name.to_lowercase().contains(word)))
        });
        if let Some(e) = alike.filter(|_| d.bare) {
            return Some(e);
        }
        let is_new = !self.introduced(d);
        // "The governor has promised it. … Gov. Ada Obi said …": who is named by the office right after.
        if person
            && d.bare
            && is_new
            && let Some(m) = self.named_next(d)
        {
            return Some(self.cast.of_mention[m]);
        }
        // "The retired surgeon": nobody has been called so, so it says more of someone who is spoken of.
        let epithet = d.bare && r.lower(d.phrase.start) == "the" && is_new && !is_owned(r, d.phrase.start..d.head);
        // "Obi's former strategist", "the former minister of state": an office that is over is told of someone known.
        let former = d.definite && !headline && is_over(r, d.phrase.start..d.head) && is_new;
        if person && (former || epithet && !nouns::stands_alone(d.noun)) {
            let owner = mentions::within(self.found, d.phrase.start..d.head).next().map(|m| self.cast.of_mention[m]);
            // "A spokesman said …, the mayor said": two offices without a name are two people.
            let of_another = |e: usize| lexicon::is_a(d.noun, WordClass::Title) && self.cast.entities[e].mentions.is_empty();
            let guess = self.salient(d.phrase.start, gender::of_noun(d.noun), None);
            let guess = guess.filter(|&e| (epithet || Some(e) != owner) && !of_another(e));
            self.guessed = guess.is_some();
            return guess;
        }
        if epithet && beside.is_empty() && lexicon::is_a(d.noun, WordClass::OrgHead) && !nouns::is_institution(d.noun) {
            let body = |e: usize| self.cast.entities[e].kind == SpeakerKind::Organisation;
            let sentence = r.sentence_of(d.head);
            let before = self.found.partition_point(|m| m.name.start < d.phrase.start);
            let guess = (before.saturating_sub(12)..before)
                .rev()
                .filter(|&m| {
                    sentence - self.found[m].sentence <= 3 && r.lower(self.found[m].name.end) != ")" && body(self.cast.of_mention[m])
                })
                .max_by_key(|&m| (self.found[m].subject, m))
                .map(|m| self.cast.of_mention[m]);
            self.guessed = guess.is_some();
            return guess;
        }
        None
    }

    /// The first name with the office in the next sentences.
    fn named_next(&self, d: &Description) -> Option<usize> {
        const NEXT: usize = 3;
        let sentence = self.r.sentence_of(d.head);
        let from = self.found.partition_point(|m| m.name.start < d.phrase.end);
        let mut next = (from..self.found.len()).take_while(|&m| self.found[m].sentence <= sentence + NEXT);
        next.find(|&m| self.holds(m, d.noun)).filter(|_| lexicon::is_a(d.noun, WordClass::Title) && !nouns::stands_alone(d.noun))
    }

    /// Whether an indefinite phrase has brought the noun in: "a judge ruled … the judge said".
    fn introduced(&self, d: &Description) -> bool {
        let places = self.nouns.of(d.noun);
        let before = &places[..places.partition_point(|&n| n < d.head)];
        before.iter().rev().take(mentions::MEMORY).any(|&n| {
            (n.saturating_sub(5)..n)
                .rev()
                .find(|&b| !matches!(self.r.tag(b), Tag::Noun | Tag::Name | Tag::Number))
                .is_some_and(|b| matches!(self.r.lower(b), "a" | "an" | "another" | "one"))
        })
    }

    /// The person whose role holds the noun; of several the one whose role has most of the description's other words,
    /// then the latest.
    fn by_office(&self, d: &Description, headline: bool) -> Option<usize> {
        let r = self.r;
        let office = nouns::office(d.noun);
        let beside: Vec<usize> = d.phrase.clone().filter(|&n| n != d.head && matches!(r.tag(n), Tag::Name | Tag::Noun)).collect();
        let before = self.found.partition_point(|m| m.name.start < d.phrase.start);
        let reach = if headline { 0..self.found.len().min(mentions::MEMORY) } else { before.saturating_sub(mentions::MEMORY)..before };
        reach
            .filter_map(|m| {
                let entity = self.cast.of_mention[m];
                let role = self.found[m].role.clone()?;
                if !self.holds(m, d.noun) {
                    return None;
                }
                if headline && is_over(r, d.phrase.clone()) && !is_over(r, role.clone()) {
                    return None;
                }
                let shared = beside.iter().filter(|&&b| role.clone().any(|n| r.lower(n) == r.lower(b))).count();
                // "the Texas senator" is not the one from Utah.
                let named = |n: usize| r.tag(n) == Tag::Name && nouns::office(r.lower(n)) != office;
                let clash = shared == 0 && beside.iter().any(|&n| named(n)) && role.clone().any(named);
                let mentions = &self.cast.entities[entity].mentions;
                let last = mentions.partition_point(|&m| m < before).checked_sub(1).map_or(m, |at| mentions[at]);
                (!clash).then_some((shared, last, entity))
            })
            .max_by_key(|&(shared, last, _)| (shared, if headline { usize::MAX - last } else { last }))
            .map(|(_, _, entity)| entity)
    }

    /// Whether the role beside a name is the office that a noun names.
    fn holds(&self, m: usize, noun: &str) -> bool {
        let office = nouns::office(noun);
        self.offices(m).any(|n| nouns::office(self.r.lower(n)) == office)
    }

    /// The words of a person's role that can name an office: those before "of the union".
    fn offices(&self, m: usize) -> Range<usize> {
        let person = self.cast.entities[self.cast.of_mention[m]].kind == SpeakerKind::Person;
        let role = self.found[m].role.clone().filter(|_| person).unwrap_or_default();
        let top = role.clone().find(|&n| matches!(self.r.lower(n), "of" | "for" | "at" | "in"));
        role.start..top.unwrap_or(role.end)
    }

    /// The body whose name has all words of the description: "Norbury's harbour authority" is the Harbour Authority of
    /// Norbury.
    fn by_words(&self, d: &Description) -> Option<usize> {
        let r = self.r;
        // "the top British farming journal": an adjective more says nothing against it.
        let adds = |n: usize| r.speech[n] == Speech::Adjective && r.tag(n) == Tag::Noun;
        let words: Vec<usize> = d.phrase.clone().filter(|&n| r.tag(n).is_nominal() && r.tag(n) != Tag::Possessive).collect();
        let fits = |e: usize| {
            let entity = &self.cast.entities[e];
            let held = words.iter().filter(|&&n| entity.is_named_with(r.lower(n))).count();
            entity.kind != SpeakerKind::Person && held > 2 && words.iter().all(|&n| adds(n) || entity.is_named_with(r.lower(n)))
        };
        (words.len() > 2).then(|| (0..self.cast.entities.len()).take(mentions::MEMORY).find(|&e| fits(e))).flatten()
    }

    /// The body that a common noun is put behind: "the Norbury newspaper chain".
    fn by_kind(&self, d: &Description) -> Option<usize> {
        let m = mentions::within(self.found, d.phrase.start..d.head).last()?;
        let mention = &self.found[m];
        let plain = !mention.possessive && (mention.name.end..d.head).all(|n| self.r.tag(n) == Tag::Noun);
        (plain && mention.kind == SpeakerKind::Organisation && nouns::is_business(d.noun)).then(|| self.cast.of_mention[m])
    }

    /// The fullest name of a thing called after someone: "the campaign" after "the Obi campaign", "Norbury's foreign
    /// ministry". Of several owners the one named in the description or the nearest before.
    fn by_compound(&mut self, d: &Description) -> Option<usize> {
        /// How many places of the noun are looked at, on each side.
        const PLACES: usize = 60;
        let named = d.phrase.clone().any(|n| n < d.head && self.r.tag(n) == Tag::Name);
        let given = if named { Some(self.named_in(d.phrase.start..d.head)?) } else { self.owner(d.phrase.start) };
        let places = self.nouns.of(d.noun);
        let here = places.partition_point(|&n| n < d.head);
        let near = places[here.saturating_sub(PLACES)..here].iter().rev().chain(places[here..].iter().take(PLACES));
        let all: Vec<Range<usize>> = near.filter_map(|&n| self.compound(n)).collect();
        let before = || all.iter().find(|name| name.start < d.head).cloned();
        let fullest = match given.or_else(|| self.named_in(before()?)) {
            Some(owner) => {
                let own = all.iter().filter(|&name| self.named_in(name.clone()) == Some(owner));
                // Of "the Obi campaign" and "Obi's campaign" the former.
                let owned = |name: &Range<usize>| name.clone().filter(|&n| self.r.tag(n) == Tag::Possessive).count();
                own.max_by_key(|&name| (name.len() - owned(name), usize::MAX - owned(name), usize::MAX - name.start))?.clone()
            }
            None => before()?,
        };
        let kind = nouns::kind_of_noun(d.noun, false);
        let name = self.with_owner(fullest.clone(), kind).unwrap_or_else(|| self.r.written(fullest));
        Some(self.cast.described(name, d.noun, kind, false))
    }

    /// The entity that a phrase names first.
    fn named_in(&self, phrase: Range<usize>) -> Option<usize> {
        mentions::within(self.found, phrase).next().map(|m| self.cast.of_mention[m])
    }

    /// The phrase that ends in a noun and begins with a name.
    fn compound(&self, noun: usize) -> Option<Range<usize>> {
        let r = self.r;
        let low = (noun.saturating_sub(8)..noun)
            .rev()
            .take_while(|&n| (r.tag(n).is_nominal() || matches!(r.lower(n), "/" | "-")) && !dates::is_weekday(r.lower(n)))
            .last()?;
        let first = (low..noun).find(|&n| r.tag(n) == Tag::Name)?;
        let mention = mentions::within(self.found, low..noun).next();
        let titled = mention.map(|m| &self.found[m]).filter(|m| m.phrase.start <= first && m.name.start < noun);
        Some(titled.map_or(first, |m| m.name.start)..noun + 1)
    }
}

/// Whether an office or role is one that somebody had.
fn is_over(r: Reading, mut words: Range<usize>) -> bool {
    words.any(|n| r.lower(n) == "former")
}

/// Whether somebody's name with ’s is in front: "the trust's chief executive".
fn is_owned(r: Reading, mut front: Range<usize>) -> bool {
    front.any(|n| r.tag(n) == Tag::Possessive)
}

fn taken_apart(r: Reading, phrase: Range<usize>) -> Description {
    let from = naming::start(r, &phrase);
    let core = (from + 1..phrase.end)
        .find(|&n| matches!(r.tag(n), Tag::Preposition | Tag::To | Tag::Participle | Tag::Subordinator) || r.lower(n) == ",")
        .unwrap_or(phrase.end);
    let head = (from..core).rev().find(|&n| r.tag(n).is_nominal() && r.tag(n) != Tag::Possessive).unwrap_or(core - 1);
    let first = r.lower(phrase.start);
    Description {
        head,
        noun: r.lower(head),
        definite: is_owned(r, from..head) || matches!(first, "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their"),
        indefinite: matches!(first, "a" | "an" | "one" | "another"),
        bare: core == phrase.end,
        phrase,
    }
}
