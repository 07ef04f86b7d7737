//! Assembly: contents, cues and sources joined into relations, whichever labeller found them.
//!
//! Each content goes to the nearest cue of its block and each cue to the nearest free source, where crossing
//! a sentence's end or another cue counts as distance; a cue left without one shares its sentence's earlier
//! source. This is the rule measured for PolNeAR's gold labels, where it loses almost nothing.

use std::ops::Range;

use super::{Labels, Reading, Relation, Role, Stretch};

/// Distance added for each sentence end crossed.
const SENTENCE: usize = 14;
/// Distance added for each other cue crossed.
const CUE: usize = 8;
/// A nested relation stands at most this many places from the one that holds it.
const NESTING: usize = 8;
/// A content farther than this from every cue stands alone.
const FAR: usize = 160;

/// Joins labels into relations, in reading order.
pub(crate) fn join(r: Reading, labels: &Labels) -> Vec<Relation> {
    let mut relations = join_layer(r, &labels.outer);
    relations.extend(join_layer(r, &labels.inner));
    // At the same token the outer relation comes first: sorting is stable.
    relations.sort_by_key(first_token);
    for n in 0..relations.len() {
        let Some(first) = relations[n].content.first().cloned() else { continue };
        relations[n].within = (n.saturating_sub(NESTING)..relations.len().min(n + NESTING)).find(|&m| {
            m != n && relations[m].content.iter().any(|c| c.start <= first.start && first.end <= c.end && c.len() > first.len())
        });
    }
    relations
}

fn join_layer(r: Reading, stretches: &[Stretch]) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut from = 0;
    while from < stretches.len() {
        let len = 1 + stretches[from..].windows(2).take_while(|pair| stay_together(r, &pair[0], &pair[1])).count();
        join_block(r, &stretches[from..from + len], &mut relations);
        from += len;
    }
    relations
}

/// Whether two neighbours may be of one relation: in one block, or in two of which the first ends with a colon
/// ("Obi said:") or the second is the name under a quotation ("― Ada Obi").
fn stay_together(r: Reading, first: &Stretch, second: &Stretch) -> bool {
    let block = block_of(r, first);
    let next = block_of(r, second);
    let starts = second.tokens.start;
    next == block
        || next == block + 1
            && (r.lower(r.tokens.after(r.blocks[next].span.start()) - 1) == ":"
                || second.role == Role::Cue && !r.tokens.is_word(starts) && r.blocks[next].span.start() == r.tokens[starts].span.start())
}

fn first_token(relation: &Relation) -> usize {
    [&relation.source, &relation.cue, &relation.content]
        .into_iter()
        .filter_map(|part| part.first())
        .map(|range| range.start)
        .min()
        .unwrap_or(0)
}

fn block_of(r: Reading, stretch: &Stretch) -> usize {
    r.sentences[r.sentence_of(stretch.tokens.start)].block
}

fn join_block(r: Reading, stretches: &[Stretch], relations: &mut Vec<Relation>) {
    let of = |role| stretches.iter().filter(move |s| s.role == role).collect::<Vec<_>>();
    let (sources, cues, contents) = (of(Role::Source), of(Role::Cue), of(Role::Content));
    let starts: Vec<usize> = cues.iter().map(|c| c.tokens.start).collect();
    let distance = |a: &Range<usize>, b: &Range<usize>| {
        let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
        let ends = r.sentence_of(second.start) - r.sentence_of(first.end - 1);
        let from = starts.partition_point(|&s| s < first.end);
        let between = starts[from..].partition_point(|&s| s < second.start);
        second.start - first.end + ends * SENTENCE + between * CUE
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
                pairs.push((distance(&cue.tokens, &sources[s].tokens), c, s));
            }
        }
    }
    pairs.sort_unstable();
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
        let nearest = near(&cues, &content.tokens).map(|c| (distance(&cues[c].tokens, &content.tokens), c)).min();
        match nearest {
            Some((far, c)) if far <= FAR => of_cue[c].push(content),
            _ => alone.push(content),
        }
    }
    for (c, content) in of_cue.into_iter().enumerate() {
        if content.is_empty() {
            continue;
        }
        let source = source_of[c].map(|s| sources[s]);
        let least = content.iter().map(|s| s.score).chain([cues[c].score]).chain(source.map(|s| s.score)).min().unwrap_or(0);
        relations.push(Relation {
            source: source.map(|s| s.tokens.clone()).into_iter().collect(),
            cue: vec![cues[c].tokens.clone()],
            content: content.iter().map(|s| s.tokens.clone()).collect(),
            confidence: least.saturating_sub(if shared[c] { 10 } else { 0 }),
            within: None,
        });
    }
    // Speech without a cue in its block goes on from the block before; neighbours are one quotation.
    let mut run: Option<Relation> = None;
    for content in alone {
        match &mut run {
            Some(relation)
                if r.sentence_of(content.tokens.start) - r.sentence_of(relation.content[relation.content.len() - 1].end - 1) <= 1 =>
            {
                relation.content.push(content.tokens.clone());
            }
            _ => relations.extend(run.replace(Relation {
                source: Vec::new(),
                cue: Vec::new(),
                content: vec![content.tokens.clone()],
                confidence: content.score.saturating_sub(15),
                within: None,
            })),
        }
    }
    relations.extend(run);
}
