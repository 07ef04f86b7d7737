//! The rule labeller: patterns in order of trust, each labelling tokens that none before it has.

use std::ops::Range;

use crate::order;

use super::{Reading, Role, Score, Stretch, clauses, direct, nominal, punctuation, trailing};

/// What has been labelled so far.
#[derive(Debug)]
pub(crate) struct Board {
    of_token: Vec<Option<Role>>,
    stretches: Vec<Stretch>,
}

impl Board {
    /// Labels a range, unless it is empty or one of its tokens is labelled already; says whether it did.
    pub(crate) fn put(&mut self, tokens: Range<usize>, role: Role, score: u8) -> bool {
        if tokens.is_empty() || tokens.clone().any(|n| self.taken(n)) {
            return false;
        }
        self.of_token[tokens.clone()].fill(Some(role));
        self.stretches.push(Stretch { role, tokens, score: Score::even(score), side: None });
        true
    }

    /// Whether a token is labelled.
    pub(crate) fn taken(&self, n: usize) -> bool {
        self.of_token[n].is_some()
    }

    /// Whether a token is labelled with this role.
    pub(crate) fn has(&self, n: usize, role: Role) -> bool {
        self.of_token[n] == Some(role)
    }

    /// Whether any token of a range is labelled with this role.
    pub(crate) fn any(&self, mut range: Range<usize>, role: Role) -> bool {
        range.any(|n| self.has(n, role))
    }
}

/// Labels every sentence of the blocks that are read.
pub(crate) fn label(r: Reading) -> Vec<Stretch> {
    let mut board = Board { of_token: vec![None; r.tokens.len()], stretches: Vec::new() };
    punctuation::label(r, &mut board);
    direct::label(r, &mut board);
    for sentence in r.sentences {
        trailing::according_to(r, sentence, &mut board);
        trailing::trailing(r, sentence, &mut board);
        nominal::label(r, sentence, &mut board);
        clauses::left_to_right(r, sentence, &mut board);
    }
    punctuation::label_unsaid(r, &mut board);
    in_order(board.stretches)
}

fn in_order(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    order::sort_by_key(&mut stretches, |s| s.tokens.start);
    stretches
}

/// What paraphrases report of someone else's words.
pub(crate) fn inner(r: Reading, outer: &[Stretch]) -> Vec<Stretch> {
    let mut board = Board { of_token: vec![None; r.tokens.len()], stretches: Vec::new() };
    for content in outer.iter().filter(|s| s.role == Role::Content && s.tokens.clone().all(|n| !r.quoted(n))) {
        clauses::inside(r, content.tokens.clone(), &mut board);
    }
    in_order(board.stretches)
}
