//! Assembly: contents, cues and sources joined into relations, whichever labeller found them.
//!
//! Each content goes to the nearest cue of its block and each cue to the nearest free source, where crossing
//! a sentence's end or another cue counts as distance; a cue left without one shares its sentence's earlier
//! source. This is the rule measured for PolNeAR's gold labels, where it loses almost nothing.

use std::ops::Range;

use crate::order;

use super::confidence::{self, Second};
use super::{Labels, Reading, Relation, Role, Side, Stretch};

/// Distance added for each sentence end crossed.
const SENTENCE: usize = 14;
/// Distance added for each other cue crossed.
const CUE: usize = 8;
/// Distance added where the labeller says that the cue is on the other side.
const WRONG_SIDE: usize = 10;
/// Distance added for each block's end crossed.
const BLOCK: usize = 60;
/// A nested relation stands at most this many places from the one that holds it.
const NESTING: usize = 8;
/// A paraphrase less likely than this, in percent, is left out: on training articles that the labeller had not seen,
/// F1 is 0.3 points higher for relations without them and 0.1 lower for contents. A quotation stays, however
/// unlikely: its words are somebody's.
const LEAST: u8 = 20;
/// A content farther than this from every cue stands alone.
const FAR: usize = 100;

/// Stretches that make up a relation.
#[derive(Debug)]
pub(crate) struct Joined<'a> {
    /// Who says it.
    pub source: Option<&'a Stretch>,
    /// The words that signal it.
    pub cue: Option<&'a Stretch>,
    /// What is said, in text order; never empty.
    pub content: Vec<&'a Stretch>,
    /// Whether the source is first of all another cue's.
    pub shared: bool,
    /// Whether it lies inside another relation's content.
    pub inner: bool,
}

/// Joins the labels of both layers.
pub(crate) fn join<'a>(r: Reading, labels: &'a Labels) -> Vec<Joined<'a>> {
    let mut joined = join_layer(r, &labels.outer, false);
    joined.extend(join_layer(r, &labels.inner, true));
    joined
}

/// Joins labels into relations, in reading order; `rules` is what the rule labeller says, `weights` are the labeller's.
pub(crate) fn assemble(r: Reading, labels: &Labels, rules: &[Stretch], weights: &confidence::Weights) -> Vec<Relation> {
    let second = Second::new(r, rules);
    let tokens = |stretch: &Stretch| stretch.tokens.clone();
    let mut relations: Vec<Relation> = join(r, labels)
        .iter()
        .map(|joined| (joined, second.view(r, joined)))
        .map(|(joined, view)| (joined, view.quoted, weights.of(&view)))
        .filter(|&(_, quoted, confidence)| quoted || confidence >= LEAST)
        .map(|(joined, _, confidence)| Relation {
            source: joined.source.map(tokens).into_iter().collect(),
            cue: joined.cue.map(tokens).into_iter().collect(),
            content: joined.content.iter().map(|stretch| tokens(stretch)).collect(),
            confidence,
            within: None,
        })
        .collect();
    // At the same token the outer relation comes first: sorting is stable.
    order::sort_by_key(&mut relations, first_token);
    for n in 0..relations.len() {
        let Some(first) = relations[n].content.first().cloned() else { continue };
        relations[n].within = (n.saturating_sub(NESTING)..relations.len().min(n + NESTING)).find(|&m| {
            m != n && relations[m].content.iter().any(|c| c.start <= first.start && first.end <= c.end && c.len() > first.len())
        });
    }
    relations
}

/// Gives quotations without a cue to that of the quotation they go on from, in the paragraph before, or which they
/// begin, where their last mark is not closed, in the next one: as annotators do in PolNeAR's train split, where
/// only one relation has no cue. What is left stands alone.
fn go_on<'a>(r: Reading, of_cue: &mut [Vec<&'a Stretch>], alone: Vec<&'a Stretch>) -> Vec<&'a Stretch> {
    let block_after = |stretch: &Stretch| {
        let behind = r.sentences.partition_point(|s| s.block <= block_of(r, stretch));
        r.sentences.get(behind).map(|s| s.block)
    };
    // By block, the first and the last of its quoted contents: where it begins, and its cue.
    let mut ends: Vec<[Option<(usize, usize)>; 2]> = vec![[None; 2]; r.blocks.len()];
    let note = |ends: &mut [[Option<(usize, usize)>; 2]], content: &Stretch, c: usize| {
        let [first, last] = &mut ends[block_of(r, content)];
        let own = Some((content.tokens.start, c));
        if r.quoted(content.tokens.start) && first.is_none_or(|first| own < Some(first)) {
            *first = own;
        }
        if r.quoted(content.tokens.end - 1) && *last < own {
            *last = own;
        }
    };
    for (c, contents) in of_cue.iter().enumerate() {
        contents.iter().for_each(|content| note(&mut ends, content, c));
    }
    let mut join = |ends: &mut [[Option<(usize, usize)>; 2]], content: &'a Stretch, cue: Option<(usize, usize)>| {
        if let Some((_, c)) = cue {
            of_cue[c].push(content);
            note(ends, content, c);
        }
        cue.is_none()
    };
    let mut left: Vec<&Stretch> = Vec::new();
    for content in alone {
        let block = block_of(r, content);
        let opening = r.sentences.partition_point(|s| s.block < block);
        let before = opening.checked_sub(1).map(|s| r.sentences[s].block);
        let cue = ends[block][1].or_else(|| ends[before?][1]).filter(|_| r.quoted(content.tokens.start));
        if join(&mut ends, content, cue) {
            left.push(content);
        }
    }
    let mut alone: Vec<&Stretch> = Vec::new();
    for content in left.into_iter().rev() {
        let open = r.quote_of[content.tokens.end - 1].is_some_and(|q| !r.quotes[q as usize].closed);
        let cue = block_after(content).filter(|_| open).and_then(|next| ends[next][0]);
        if join(&mut ends, content, cue) {
            alone.push(content);
        }
    }
    alone.reverse();
    of_cue.iter_mut().for_each(|contents| order::sort_by_key(contents, |content| content.tokens.start));
    alone
}

/// "“We left,” she said, referring to the flood. “We had to.”": a sentence in quotation marks goes on with the quotation
/// of the sentence before, not with the paraphrase that stands nearer. In PolNeAR's train split 41 of 48 do.
fn resumed(r: Reading, cues: &[&Stretch], of_cue: &[Vec<&Stretch>], nearest: usize, content: &Stretch) -> Option<usize> {
    let start = content.tokens.start;
    let sentence = r.sentence_of(start);
    let before = r.sentence_of(cues[nearest].tokens.start);
    let whole = r.quoted(start) && start <= r.sentences[sentence].tokens.start + 1 && before < sentence;
    let quotes = |c: usize| of_cue[c].iter().any(|own| r.quoted(own.tokens.start) || r.quoted(own.tokens.end - 1));
    if !whole || of_cue[nearest].is_empty() || quotes(nearest) {
        return None;
    }
    (0..nearest).rev().take_while(|&c| r.sentence_of(cues[c].tokens.start) == before).find(|&c| quotes(c))
}

/// Whether two neighbouring blocks are one turn: the first ends with a colon ("Obi said:"), or the second opens
/// with a mark that is a cue ("― Ada Obi").
fn one_turn(r: Reading, cue: &Stretch, part: &Stretch) -> bool {
    let (first, second) = if cue.tokens.start < part.tokens.start { (cue, part) } else { (part, cue) };
    let next = block_of(r, second);
    let start = r.first_of(next);
    next == block_of(r, first) + 1 && (r.lower(start - 1) == ":" || cue.tokens.start == start && !r.tokens.is_word(start))
}

/// Where a relation begins: relations are in the order of their first tokens.
pub(crate) fn first_token(relation: &Relation) -> usize {
    [&relation.source, &relation.cue, &relation.content]
        .into_iter()
        .filter_map(|part| part.first())
        .map(|range| range.start)
        .min()
        .unwrap_or(0)
}

fn block_of(r: Reading, stretch: &Stretch) -> usize {
    r.block_of(stretch.tokens.start)
}

pub(super) fn join_layer<'a>(r: Reading, stretches: &'a [Stretch], inner: bool) -> Vec<Joined<'a>> {
    let mut relations = Vec::new();
    let of = |role| stretches.iter().filter(move |s| s.role == role).collect::<Vec<_>>();
    let (sources, cues, contents) = (of(Role::Source), of(Role::Cue), of(Role::Content));
    let starts: Vec<usize> = cues.iter().map(|c| c.tokens.start).collect();
    // From a cue to one of its parts.
    let distance = |cue: &Stretch, part: &Stretch| {
        let follows = cue.tokens.start < part.tokens.start;
        let (first, second) = if follows { (&cue.tokens, &part.tokens) } else { (&part.tokens, &cue.tokens) };
        let ends = r.sentence_of(second.start) - r.sentence_of(first.end - 1);
        let from = starts.partition_point(|&s| s < first.end);
        let between = starts[from..].partition_point(|&s| s < second.start);
        let expected = if follows { Side::Behind } else { Side::Before };
        let blocks = if one_turn(r, cue, part) { 0 } else { block_of(r, cue).abs_diff(block_of(r, part)) };
        let wrong = part.side.is_some_and(|side| side != expected);
        second.start - first.end + ends * SENTENCE + between * CUE + usize::from(wrong) * WRONG_SIDE + blocks * BLOCK
    };
    // The stretches of a list near a token range: work stays linear however long a block is.
    let near = |list: &[&Stretch], range: &Range<usize>| {
        let from = list.partition_point(|s| s.tokens.end + FAR < range.start);
        from..list.partition_point(|s| s.tokens.start < range.end + FAR).max(from)
    };

    // One source a cue, nearest pairs first.
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (c, cue) in cues.iter().enumerate() {
        for s in near(&sources, &cue.tokens) {
            if r.sentence_of(cue.tokens.start) == r.sentence_of(sources[s].tokens.start) {
                pairs.push((distance(cue, sources[s]), c, s));
            }
        }
    }
    order::sort(&mut pairs);
    let mut source_of: Vec<Option<usize>> = vec![None; cues.len()];
    let mut used = vec![false; sources.len()];
    for (_, c, s) in pairs {
        if source_of[c].is_none() && !used[s] {
            source_of[c] = Some(s);
            used[s] = true;
        }
    }
    let shared: Vec<bool> = source_of.iter().map(Option::is_none).collect();
    for c in 0..cues.len() {
        if source_of[c].is_none() {
            let sentence = r.sentence_of(cues[c].tokens.start);
            let earlier = |&s: &usize| sources[s].tokens.end <= cues[c].tokens.start && r.sentence_of(sources[s].tokens.start) == sentence;
            source_of[c] = near(&sources, &cues[c].tokens).rev().find(earlier);
        }
    }

    let mut of_cue: Vec<Vec<&Stretch>> = vec![Vec::new(); cues.len()];
    let mut alone: Vec<&Stretch> = Vec::new();
    for content in contents {
        let close = |c: &usize| block_of(r, cues[*c]) == block_of(r, content) || one_turn(r, cues[*c], content);
        let nearest = near(&cues, &content.tokens).filter(close).map(|c| (distance(cues[c], content), c)).min();
        match nearest {
            Some((far, c)) if far <= FAR => {
                let c = resumed(r, &cues, &of_cue, c, content).unwrap_or(c);
                of_cue[c].push(content);
            }
            _ => alone.push(content),
        }
    }
    let alone = go_on(r, &mut of_cue, alone);
    for (c, content) in of_cue.into_iter().enumerate() {
        if content.is_empty() {
            continue;
        }
        let source = source_of[c].map(|s| sources[s]);
        relations.push(Joined { source, cue: Some(cues[c]), content, shared: source.is_some() && shared[c], inner });
    }
    // Of what is left, neighbours are one quotation.
    let mut run: Option<Joined> = None;
    for content in alone {
        match &mut run {
            Some(joined)
                if block_of(r, content) == block_of(r, joined.content[0])
                    && r.sentence_of(content.tokens.start) - r.sentence_of(joined.content[joined.content.len() - 1].tokens.end - 1)
                        <= 1 =>
            {
                joined.content.push(content);
            }
            _ => relations.extend(run.replace(Joined { source: None, cue: None, content: vec![content], shared: false, inner })),
        }
    }
    relations.extend(run);
    relations
}
