//! Responses: which relation answers which, or answers something the article only narrates.
//!
//! Claims are looked at once (`view.rs`): what classes of words (`words.rs`) stand in and around each, whom it names,
//! what it is about. Each may answer nothing, something narrated, or a claim near it by somebody else; features
//! (`features.rs`) of each option have weights (`model.rs`), and the likeliest is taken where it is likely enough.
//! What rules find (`rules/`) are features among others.

mod evidence;
mod features;
mod model;
mod rules;
mod view;
mod words;

use std::ops::Range;

use crate::order;

use super::ResponseKind;
use super::attribution::{Reading, Relation};
use super::cast::Cast;
use super::dates;
use super::mentions::Mention;
use super::tokens::overlap;
pub(crate) use features::Before;
use features::Facts;
#[cfg(feature = "train")]
pub(crate) use features::{Keys, ROWS};
use model::WEIGHTS;

/// Less likely links, in percent, are left out. Around here precision and recall balance, as the trainer measures it on articles
/// that the weights were not learned from; what of it is shown at once is for the views to say.
const LEAST: u8 = 12;

/// How likely it is that somebody answers a question, in percent, where a rule finds words that name the question: in the train
/// split 10 of 12 such links were right that the model had not found.
const ASKED: u8 = 80;

/// The same where an answer points at what was said right before it: in the annotated articles 12 of 14 such links were right.
const POINTED: u8 = 86;

/// Longer threads of answers are not followed.
const THREAD: usize = 200;

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
    /// The words that show it, where any do.
    pub signal: Option<Range<usize>>,
    /// How likely the link is, in percent.
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

/// Whether what somebody declines to speak about stands behind a word: "on the report", not "on Friday".
fn opens_topic(r: Reading, n: usize) -> bool {
    matches!(r.lower(n), "on" | "about") && !dates::is_weekday(r.lower(n + 1))
}

/// Links every answer that is likely enough, in order of the answering relations.
pub(crate) fn link(r: Reading, known: Known) -> Vec<Link> {
    let facts = facts(r, known);
    let mut found: Vec<Option<Found>> = Vec::with_capacity(known.relations.len());
    for n in 0..known.relations.len() {
        let before = facts.turn(n).find_map(|(m, apart)| found[m].map(|Found { to, kind, .. }| Before { to, kind, apart }));
        found.push(find(&facts, n, before));
    }
    let links = beginning_somewhere(&found).into_iter().enumerate().filter_map(|(from, found)| {
        let Found { to, kind, chance } = found?;
        let to = to.map_or_else(|| evidence::narrated(&facts, from), Answered::Relation);
        Some(Link { from, to, kind, signal: evidence::signal(&facts, from), confidence: chance })
    });
    links.collect()
}

/// What a relation answers: another, or something narrated; how, and how likely in percent.
#[derive(Clone, Copy)]
struct Found {
    to: Option<usize>,
    kind: ResponseKind,
    chance: u8,
}

fn find(facts: &Facts, n: usize, before: Option<Before>) -> Option<Found> {
    if let Some(found) = asked(facts, n).or_else(|| pointed(facts, n)) {
        return Some(found);
    }
    let (own, options) = (facts.own(n), facts.options(n));
    let of_claim = WEIGHTS.link(&own);
    let of_turn = |to| before.map_or(0, |before| WEIGHTS.link(&before.keys(to).0));
    let scores: Vec<i32> = options.iter().map(|(to, keys)| of_claim + WEIGHTS.link(keys) + of_turn(*to)).collect();
    let (best, chance) = model::best(&scores)?;
    let to = options[best].0;
    let chance = with_claims(facts, chance, n, to);
    if chance < LEAST {
        return None;
    }
    let mut keys = facts.kind(n, &own, to);
    keys.0.extend(before.into_iter().flat_map(|before| before.keys(to).1.0));
    Some(Found { to, kind: WEIGHTS.kind(&keys), chance })
}

/// An answer to a question that words name: to the relation that holds it, where there is one.
fn asked(facts: &Facts, n: usize) -> Option<Found> {
    let link = facts.rules[n].as_ref().filter(|link| link.kind == ResponseKind::Answer && link.confidence >= ASKED)?;
    let Answered::Narrated(question) = &link.to else { return None };
    let holds = |m: &usize| facts.known.relations[*m].content.iter().any(|range| overlap(range, question));
    let to = (0..facts.known.relations.len()).find(|m| *m != n && holds(m));
    Some(Found { to, kind: link.kind, chance: ASKED })
}

/// An answer that points at what was said right before it: "denied this", "disagreed".
fn pointed(facts: &Facts, n: usize) -> Option<Found> {
    let link = facts.rules[n].as_ref().filter(|link| link.confidence == rules::CERTAIN)?;
    let Answered::Relation(to) = link.to else { return None };
    Some(Found { to: Some(to), kind: link.kind, chance: with_claims(facts, POINTED, n, Some(to)) })
}

/// How likely a link is, in percent, where it is so likely once its claims are right: a link is right only if both are.
fn with_claims(facts: &Facts, chance: u8, n: usize, to: Option<usize>) -> u8 {
    let sure = |n: usize| u32::from(facts.known.relations[n].confidence);
    (u32::from(chance) * sure(n) * to.map_or(100, sure) / 10_000) as u8
}

/// A thread of answers has a beginning: a link that would lead back to its own relation goes, the less likely first.
fn beginning_somewhere(found: &[Option<Found>]) -> Vec<Option<Found>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order::sort_by_key(&mut order, |&n| (std::cmp::Reverse(found[n].map(|found| found.chance)), n));
    let mut kept: Vec<Option<Found>> = vec![None; found.len()];
    for n in order {
        let next = |m: &usize| kept[*m].and_then(|found| found.to);
        let leads_back = std::iter::successors(found[n].and_then(|found| found.to), next).take(THREAD).any(|m| m == n);
        kept[n] = found[n].filter(|_| !leads_back);
    }
    kept
}

fn facts<'a>(r: Reading<'a>, known: Known<'a>) -> Facts<'a> {
    let mut rules = vec![None; known.relations.len()];
    for link in rules::link(r, known) {
        let from = link.from;
        rules[from].get_or_insert(link);
    }
    let owners = (0..known.relations.len()).map(|n| rules::owner(r, known, n)).collect();
    Facts::new(r, known, rules, owners)
}

/// What the trainer sees of a claim.
#[cfg(feature = "train")]
#[derive(Debug)]
pub(crate) struct Options {
    /// Features of the claim.
    pub own: Keys,
    /// What it may answer, something narrated or a claim, each with its features and those that tell the type.
    pub targets: Vec<(Option<usize>, Keys, Keys)>,
    /// The claims before it in the same turn.
    pub turn: Vec<(usize, bool)>,
}

/// The options of every claim.
#[cfg(feature = "train")]
pub(crate) fn options(r: Reading, known: Known) -> Vec<Options> {
    let facts = facts(r, known);
    let options = |n| {
        let own = facts.own(n);
        let targets = facts.options(n).into_iter().map(|(to, keys)| (to, keys, facts.kind(n, &own, to))).collect();
        Options { own, targets, turn: facts.turn(n).collect() }
    };
    (0..known.relations.len()).map(options).collect()
}

/// Whether words say no.
fn negates(r: Reading, mut words: impl Iterator<Item = usize>) -> bool {
    words.any(|n| matches!(r.lower(n), "not" | "never") || r.lower(n).ends_with("n't"))
}

fn anchor(relation: &Relation) -> usize {
    relation.cue.first().or(relation.content.first()).map_or(0, |range| range.start)
}
