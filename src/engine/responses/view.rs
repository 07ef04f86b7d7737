//! Claims as answers are looked for among them: what stands in and around each, gathered once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::order;

use super::super::BlockKind;
use super::super::attribution::{Reading, Relation};
use super::super::chain::of_text;
use super::super::mentions;
use super::super::tags::Tag;
use super::Known;
use super::words::{Class, Classes, SPEECH_NOUNS, Words};

/// How many claims back the same speaker's turn may go on.
const TURN: usize = 4;
/// How many tokens make the head of a content.
const HEAD: usize = 12;
/// More words than this in a content are not compared.
const BAG: usize = 80;

/// Stretches of words around a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Zone {
    /// Its cue.
    Cue,
    /// Its source.
    Source,
    /// The first words of its content.
    Head,
    /// The rest of the content.
    Rest,
    /// Words of its sentence that are in no claim.
    Free,
    /// Those of them before the cue.
    Before,
    /// The sentence before, where nobody speaks in it.
    Previous,
    /// The sentence behind, the same.
    Next,
    /// Other claims' cues and sources before it in the sentence.
    SiblingBefore,
    /// The same behind it.
    SiblingBehind,
}

/// How many zones there are.
pub(super) const ZONES: usize = 10;

/// Numbers of words, each once.
#[derive(Default)]
pub(super) struct Bag {
    /// Rising.
    words: Vec<u32>,
    /// For each word a bit that some others share: bags without a common bit have nothing in common.
    bits: u64,
}

impl Bag {
    fn new(mut words: Vec<u32>) -> Self {
        tidy(&mut words);
        Self { bits: words.iter().fold(0, |bits, word| bits | 1 << (word % 64)), words }
    }

    /// What two bags have in common.
    pub(super) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        let mut rest: &[u32] = if self.bits & other.bits == 0 { &[] } else { &other.words };
        self.words.iter().copied().take(if rest.is_empty() { 0 } else { self.words.len() }).filter(move |word| {
            let passed = rest.iter().take_while(|other| *other < word).count();
            rest = &rest[passed..];
            rest.first() == Some(word)
        })
    }
}

/// What is to be known of a claim.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Claim {
    /// The entity that speaks.
    pub speaker: Option<usize>,
    /// The first token of its cue, else of its content.
    pub anchor: usize,
    /// The sentence of that token.
    pub sentence: usize,
    /// Its paragraph, counted over those that are read; the headline is none.
    pub paragraph: usize,
    /// Whether it is a headline's.
    pub headline: bool,
    /// By [`Zone`].
    pub zones: [Vec<Range<usize>>; ZONES],
    /// The classes of words in each zone.
    pub classes: [Classes; ZONES],
    /// The content.
    pub content: Vec<Range<usize>>,
    /// How many tokens that is.
    pub length: usize,
    /// Whether the first word of the content stands in quotation marks.
    pub direct: bool,
    /// Whether any does.
    pub quoted: bool,
    /// Whether the content has a question mark.
    pub question: bool,
    /// What the content is about: numbers of words, rising.
    pub bag: Bag,
    /// The same of the words around it that are in no content.
    pub around: Bag,
    /// Words of the content in quotation marks, where it does not begin with them.
    pub scare: Bag,
    /// Pairs of neighbouring words of the content.
    pub pairs: Bag,
    /// Entities named in the content.
    pub named_within: Vec<usize>,
    /// In the sentence outside of contents.
    pub named_outside: Vec<usize>,
    /// In the sentence before.
    pub named_before: Vec<usize>,
    /// Whose words a noun names: "Renshaw's comments".
    pub owners: Vec<usize>,
    /// The speaker, and whoever a spokesperson's source names.
    pub sides: Vec<usize>,
    /// A determiner or owner before a noun for words: in head, cue, free words, sentence before, rest of the content.
    pub determined: [bool; 5],
    /// The same with "that", "this", "such".
    pub pointed: [bool; 5],
    /// The same speaker's claim before it, in one turn with it.
    pub turn: Option<usize>,
    /// The first claim of its turn.
    pub turn_start: usize,
    /// Words of the turn's claims before.
    pub turn_bag: Bag,
    /// How the cue's words begin.
    pub cue_starts: Bag,
    /// How other words that tell something begin: of the content's head and of what stands around the claim.
    pub starts: Bag,
}

impl Claim {
    /// The classes of words in a zone.
    pub(super) fn of(&self, zone: Zone) -> Classes {
        self.classes[zone as usize]
    }

    /// Whether a zone has a class.
    pub(super) fn has(&self, zone: Zone, class: Class) -> bool {
        self.of(zone).has(class)
    }

    /// The classes of the whole content.
    pub(super) fn of_content(&self) -> Classes {
        let mut all = self.of(Zone::Head);
        all.join(self.of(Zone::Rest));
        all
    }

    /// How strong a signal of an answer there is, from none (0) to a word for replying or denying (3).
    pub(super) fn strength(&self) -> u8 {
        const CLEAR: Classes = Classes::of(&[Class::Reply, Class::Deny, Class::NoComment]);
        const LIKELY: Classes = Classes::of(&[Class::Criticise, Class::Agree, Class::React]);
        const BEFORE: Classes = Classes::of(&[Class::Reply, Class::Ask]);
        if self.of(Zone::Cue).meets(CLEAR) || self.has(Zone::Before, Class::Ask) || self.has(Zone::Free, Class::Reply) {
            3
        } else if self.of(Zone::Cue).meets(LIKELY) || self.of(Zone::Previous).meets(BEFORE) || self.has(Zone::Head, Class::False) {
            2
        } else {
            u8::from(self.determined[0] || self.determined[1])
        }
    }
}

/// Every claim of an article.
pub(super) struct Claims {
    /// In reading order.
    pub list: Vec<Claim>,
    /// The words of the article.
    pub words: Words,
    /// For each word of a bag how much it tells: rarer words more, in quarters of a nat.
    weights: BTreeMap<u32, u32>,
}

impl Claims {
    /// Looks at every relation.
    pub(super) fn gather(r: Reading, known: Known) -> Self {
        let words = Words::gather(r.tokens);
        let (mut in_claim, mut in_content) = (vec![false; r.tokens.len()], vec![false; r.tokens.len()]);
        let mut speaks = vec![false; r.sentences.len()];
        for relation in known.relations {
            for range in relation.source.iter().chain(&relation.cue).chain(&relation.content) {
                in_claim[range.clone()].fill(true);
            }
            relation.content.iter().for_each(|range| in_content[range.clone()].fill(true));
            speaks[r.sentence_of(super::anchor(relation))] = true;
        }
        let mut paragraphs = vec![0; r.blocks.len()];
        let mut count = 0;
        for sentence in r.sentences {
            if paragraphs[sentence.block] == 0 {
                count += usize::from(r.blocks[sentence.block].kind != BlockKind::Headline);
                paragraphs[sentence.block] = count;
            }
        }
        let around = Surroundings { r, known, words: &words, in_claim, in_content, speaks, paragraphs };
        let mut list: Vec<Claim> = Vec::with_capacity(known.relations.len());
        for n in 0..known.relations.len() {
            let mut claim = around.claim(n);
            claim.turn =
                (n.saturating_sub(TURN)..n).rev().find(|&m| list[m].speaker == claim.speaker && claim.speaker.is_some()).filter(|&m| {
                    let apart = claim.paragraph.abs_diff(list[m].paragraph);
                    apart == 0 || apart == 1 && n - m <= 2
                });
            claim.turn_start = claim.turn.map_or(n, |m| list[m].turn_start);
            list.push(claim);
            list[n].turn_bag = Bag::new(turn(&list, n).take(TURN).flat_map(|m| &list[m].bag.words).copied().collect());
        }
        let mut weights: BTreeMap<u32, u32> = BTreeMap::new();
        for claim in &list {
            claim.bag.words.iter().for_each(|word| *weights.entry(*word).or_default() += 1);
        }
        // The logarithm of how much rarer than all claims the claims with the word are.
        for times in weights.values_mut() {
            let ratio = (list.len() + 1) as f64 / (f64::from(*times) + 0.5);
            let (mut quarters, mut power) = (1, 1.284_025_416_687_741_4);
            while power * 1.284_025_416_687_741_4 <= ratio && quarters < 20 {
                power *= 1.284_025_416_687_741_4;
                quarters += 1;
            }
            *times = quarters;
        }
        Self { list, words, weights }
    }

    /// How much two bags have in common.
    pub(super) fn shared(&self, one: &Bag, other: &Bag) -> u32 {
        one.common(other).map(|word| self.weights.get(&word).copied().unwrap_or(0)).sum()
    }

    /// How much a bag holds.
    pub(super) fn weight(&self, bag: &Bag) -> u32 {
        bag.words.iter().map(|word| self.weights.get(word).copied().unwrap_or(0)).sum()
    }
}

/// The claims before one in the same turn, the nearest first.
pub(super) fn turn(list: &[Claim], n: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(list[n].turn, |&m| list[m].turn)
}

fn tidy<T: Ord>(list: &mut Vec<T>) {
    order::sort(list);
    list.dedup();
}

struct Surroundings<'a> {
    r: Reading<'a>,
    known: Known<'a>,
    words: &'a Words,
    in_claim: Vec<bool>,
    in_content: Vec<bool>,
    /// Whether a claim has its cue in the sentence.
    speaks: Vec<bool>,
    /// Numbers of the blocks that are paragraphs.
    paragraphs: Vec<usize>,
}

impl Surroundings<'_> {
    fn claim(&self, n: usize) -> Claim {
        let r = self.r;
        let relation: &Relation = &self.known.relations[n];
        let all = || relation.source.iter().chain(&relation.cue).chain(&relation.content);
        let own = |token: usize| all().any(|range| range.contains(&token));
        let (low, high) = (all().map(|range| range.start).min().unwrap_or(0), all().map(|range| range.end).max().unwrap_or(1));
        let anchor = super::anchor(relation);
        let (first, sentence) = (r.sentence_of(low), r.sentence_of(anchor));
        let last = r.sentence_of(high - 1).max(sentence);
        let block = r.sentences[sentence].block;

        let of_sentence = |s: usize, keep: &dyn Fn(usize) -> bool| runs(r.sentences[s].tokens.clone(), keep);
        let here = |keep: &dyn Fn(usize) -> bool| -> Vec<Range<usize>> {
            let mut found = of_sentence(first, keep);
            if sentence != first {
                found.extend(of_sentence(sentence, keep));
            }
            found
        };
        let free = |token: usize| !self.in_claim[token];
        let sibling = |token: usize| self.in_claim[token] && !self.in_content[token] && !own(token);
        let silent = |s: usize| {
            let near = self.paragraphs[r.sentences[s].block].abs_diff(self.paragraphs[block]) <= 1;
            let headline = r.blocks[r.sentences[s].block].kind == BlockKind::Headline;
            if near && !headline && !self.speaks[s] { of_sentence(s, &|token| !self.in_content[token]) } else { Vec::new() }
        };
        let (mut head, mut rest, mut left) = (Vec::new(), Vec::new(), HEAD);
        for range in &relation.content {
            let cut = range.end.min(range.start + left);
            left -= cut - range.start;
            head.extend((range.start < cut).then_some(range.start..cut));
            rest.extend((cut < range.end).then_some(cut..range.end));
        }
        let zones = [
            relation.cue.clone(),
            relation.source.clone(),
            head,
            rest,
            here(&free),
            here(&|token| free(token) && token < anchor),
            first.checked_sub(1).map_or_else(Vec::new, silent),
            if last + 1 < r.sentences.len() { silent(last + 1) } else { Vec::new() },
            here(&|token| sibling(token) && token < anchor),
            here(&|token| sibling(token) && token > anchor),
        ];
        let mut claim = Claim {
            speaker: self.known.speakers[n],
            anchor,
            sentence,
            paragraph: self.paragraphs[r.block_of(relation.content.first().map_or(anchor, |range| range.start))],
            headline: r.blocks[block].kind == BlockKind::Headline,
            classes: std::array::from_fn(|zone| self.words.classes(&zones[zone])),
            content: relation.content.clone(),
            length: relation.content.iter().map(Range::len).sum(),
            ..Claim::default()
        };
        claim.zones = zones;
        self.read_content(&mut claim);
        self.read_names(&mut claim);
        claim
    }

    /// What the content's words are.
    fn read_content(&self, claim: &mut Claim) {
        let r = self.r;
        let tokens = || claim.content.iter().cloned().flatten();
        let words = || tokens().filter(|&n| r.tokens.is_word(n));
        claim.direct = words().next().is_some_and(|n| r.quoted(n));
        claim.quoted = words().any(|n| r.quoted(n));
        claim.question = tokens().any(|n| r.lower(n) == "?");
        let tells = |n: usize| r.tokens.is_word(n) && r.lower(n).len() > 2 && !self.words.of(n).has(Class::Stop);
        let bag = |words: &mut dyn Iterator<Item = u32>| Bag::new(words.take(BAG).collect());
        let base = |n: usize| self.words.base(n);
        let pair = |n: usize| base(n).rotate_left(5) ^ base(n + 1);
        let zone = |zone: Zone| claim.zones[zone as usize].iter().cloned().flatten();
        let around = [Zone::Free, Zone::Cue, Zone::Previous].into_iter().flat_map(zone);
        // "vowed … the vow": the noun has the first letters of the verb.
        let start = |n: usize| r.lower(n).get(..5).map(of_text);
        let telling = |n: &usize| {
            let classes = self.words.of(*n);
            !classes.has(Class::Stop) && classes.without(Classes::of(&[Class::Say])) != Classes::default()
        };
        let named = [Zone::Head, Zone::Free, Zone::Previous].into_iter().flat_map(zone).take(60);
        let found = [
            bag(&mut tokens().filter(|&n| tells(n)).map(base)),
            bag(&mut words().filter(|&n| r.quoted(n) && tells(n) && !claim.direct).map(base)),
            bag(&mut words().filter(|&n| r.tokens.is_word(n + 1) && (tells(n) || tells(n + 1))).map(pair)),
            bag(&mut around.filter(|&n| tells(n)).map(base)),
            bag(&mut zone(Zone::Cue).filter_map(start)),
            bag(&mut named.filter(telling).filter_map(start)),
        ];
        [claim.bag, claim.scare, claim.pairs, claim.around, claim.cue_starts, claim.starts] = found;
    }

    /// Whom it names, and whose words.
    fn read_names(&self, claim: &mut Claim) {
        let r = self.r;
        let named = |zone: &[Range<usize>]| -> Vec<usize> {
            let mentions = zone.iter().flat_map(|range| mentions::within(self.known.mentions, range.clone()));
            let mut named: Vec<usize> = mentions.map(|m| self.known.cast.of_mention[m]).collect();
            tidy(&mut named);
            named
        };
        let zone = |zone: Zone| &claim.zones[zone as usize];
        let outside = [zone(Zone::Free).clone(), zone(Zone::Cue).clone()].concat();
        let around = [&claim.content, &outside, zone(Zone::Previous)];
        let mut owners = Vec::new();
        for m in around.iter().flat_map(|zone| zone.iter()).flat_map(|range| mentions::within(self.known.mentions, range.clone())) {
            let mention = &self.known.mentions[m];
            if mention.possessive && (mention.name.end..mention.name.end + 5).any(|n| self.words.of(n).meets(SPEECH_NOUNS)) {
                owners.push(self.known.cast.of_mention[m]);
            }
        }
        tidy(&mut owners);
        let mut sides: Vec<usize> = claim.speaker.into_iter().collect();
        if claim.has(Zone::Source, Class::SpeaksFor) {
            sides.extend(named(zone(Zone::Source)));
        }
        tidy(&mut sides);
        let told = [zone(Zone::Head), zone(Zone::Cue), zone(Zone::Free), zone(Zone::Previous), zone(Zone::Rest)].map(|zone| {
            let (mut determined, mut pointed) = (false, false);
            for n in zone.iter().cloned().flatten().filter(|&n| self.words.of(n).meets(SPEECH_NOUNS)) {
                for before in n.saturating_sub(3)..n {
                    determined |= self.words.of(before).has(Class::Determiner) || r.tag(before) == Tag::Possessive;
                    pointed |= self.words.of(before).has(Class::Demonstrative);
                }
            }
            (determined, pointed)
        });
        let (within, before) = (named(&claim.content), named(zone(Zone::Previous)));
        claim.named_outside = named(&outside);
        (claim.named_within, claim.named_before, claim.owners, claim.sides) = (within, before, owners, sides);
        (claim.determined, claim.pointed) = (told.map(|(determined, _)| determined), told.map(|(_, pointed)| pointed));
    }
}

/// The stretches of tokens that are kept.
fn runs(tokens: Range<usize>, keep: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for n in tokens.filter(|&n| keep(n)) {
        match runs.last_mut() {
            Some(run) if run.end == n => run.end += 1,
            _ => runs.push(n..n + 1),
        }
    }
    runs
}
