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

use super::ResponseKind;
use super::attribution::{Reading, Relation};
use super::cast::Cast;
use super::mentions::Mention;
use features::Facts;
#[cfg(feature = "train")]
pub(crate) use features::{Keys, ROWS};
use model::WEIGHTS;

/// Less likely links, in percent, are not shown. A lower bound would find more, but from here on
/// four of ten links are right on articles that the weights were not learned from, as the trainer measures it.
const LEAST: u8 = 23;

/// The same for links that no words show.
const LEAST_UNSHOWN: u8 = 35;

/// The same where the same speaker's claim before it in the paragraph answers the same.
const LEAST_OF_TURN: u8 = 15;

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

/// Links every answer that is likely enough, in order of the answering relations.
pub(crate) fn link(r: Reading, known: Known) -> Vec<Link> {
    let facts = facts(r, known);
    let mut answering: Vec<Option<Option<usize>>> = vec![None; known.relations.len()];
    let mut found: Vec<(u8, usize, Option<usize>)> = (0..known.relations.len())
        .filter_map(|n| {
            let own = WEIGHTS.link(&facts.own(n));
            let (mut targets, mut scores) = (vec![None], vec![own + WEIGHTS.link(&facts.narrated(n))]);
            for (m, keys) in facts.candidates_with_keys(n) {
                targets.push(Some(m));
                scores.push(own + WEIGHTS.link(&keys));
            }
            let (best, chance) = model::best(&scores)?;
            let to = targets[best];
            // The same speaker goes on answering the same.
            let before = facts.claims.list[n].turn.filter(|&m| facts.goes_on(m, n));
            let goes_on = before.is_some_and(|m| answering[m] == Some(to));
            let least = if goes_on { LEAST_OF_TURN } else { LEAST };
            let shows = chance >= least && (goes_on || chance >= LEAST_UNSHOWN || evidence::signal(&facts, n).is_some());
            if shows {
                answering[n] = Some(to);
            }
            shows.then_some((chance, n, to))
        })
        .collect();
    found.sort_by_key(|&(chance, n, _)| (std::cmp::Reverse(chance), n));
    // A thread of answers has a beginning: a link that would lead back to its own claim goes, the less likely first.
    let mut answered: Vec<Option<usize>> = vec![None; known.relations.len()];
    found.retain(|&(_, n, to)| {
        let leads_back = std::iter::successors(to, |&m| answered[m]).take(THREAD).any(|m| m == n);
        if !leads_back {
            answered[n] = to;
        }
        !leads_back
    });
    found.sort_by_key(|&(_, n, _)| n);
    let link = |(confidence, from, to): (u8, usize, Option<usize>)| Link {
        from,
        to: to.map_or_else(|| evidence::narrated(&facts, from), Answered::Relation),
        kind: WEIGHTS.kind(&facts.kind(from, to)),
        signal: evidence::signal(&facts, from),
        confidence,
    };
    found.into_iter().map(link).collect()
}

fn facts<'a>(r: Reading<'a>, known: Known<'a>) -> Facts<'a> {
    let mut rules = vec![None; known.relations.len()];
    for link in rules::link(r, known) {
        let from = link.from;
        rules[from].get_or_insert(link);
    }
    let owners = (0..known.relations.len()).map(|n| rules::owner(r, known, n)).collect();
    Facts { r, known, claims: view::Claims::gather(r, known), rules, owners }
}

/// What the trainer sees of a claim.
#[cfg(feature = "train")]
#[derive(Debug)]
pub(crate) struct Options {
    /// Features of the claim, and of something narrated as what it answers.
    pub own: Keys,
    pub narrated: Keys,
    /// The claims that it may answer, with their features.
    pub claims: Vec<(usize, Keys)>,
    /// For something narrated and for each claim the features that tell the type.
    pub kinds: Vec<Keys>,
}

/// The options of every claim.
#[cfg(feature = "train")]
pub(crate) fn options(r: Reading, known: Known) -> Vec<Options> {
    let facts = facts(r, known);
    let options = |n| {
        let claims = facts.candidates_with_keys(n);
        let targets = std::iter::once(None).chain(claims.iter().map(|(m, _)| Some(*m)));
        Options { own: facts.own(n), narrated: facts.narrated(n), kinds: targets.map(|to| facts.kind(n, to)).collect(), claims }
    };
    (0..known.relations.len()).map(options).collect()
}

fn anchor(relation: &Relation) -> usize {
    relation.cue.first().or(relation.content.first()).map_or(0, |range| range.start)
}
