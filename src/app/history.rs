//! Corrections with what was before and after them, for undoing and redoing.

use crate::edits::Edits;

/// The corrections as they stand, and all that they were.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    past: Vec<Edits>,
    now: Edits,
    future: Vec<Edits>,
}

impl History {
    /// Begins with corrections that were there before, as from a link: each of them is a step that can be undone, since
    /// whoever loads a page again goes on where they were.
    pub fn new(now: Edits) -> Self {
        Self { now, ..Self::default() }
    }

    /// The corrections as they stand.
    pub fn now(&self) -> &Edits {
        &self.now
    }

    /// Makes a step, unless it changes nothing. What was undone can't be redone after it.
    pub fn make(&mut self, edits: Edits) {
        if edits != self.now {
            self.past.push(std::mem::replace(&mut self.now, edits));
            self.future.clear();
        }
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty() || !self.now.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        if self.can_undo() {
            let before = self.past.pop().unwrap_or_else(|| self.now.without(self.now.len() - 1));
            self.future.push(std::mem::replace(&mut self.now, before));
        }
    }

    /// Makes again what was undone last.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
        }
    }

    /// Every state it holds, as another one: for another reading of the same text.
    #[must_use]
    pub fn map(&self, over: impl Fn(&Edits) -> Edits) -> Self {
        let all = |states: &[Edits]| states.iter().map(&over).collect();
        Self { past: all(&self.past), now: over(&self.now), future: all(&self.future) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::{ClaimKey, Edit};

    fn edits(claims: &[u32]) -> Edits {
        Edits::new(claims.iter().map(|n| Edit::Confirm(ClaimKey(*n))))
    }

    #[test]
    fn steps_are_undone_and_redone_in_turn() {
        let mut history = History::default();
        history.undo();
        assert_eq!((history.now(), history.can_undo(), history.can_redo()), (&edits(&[]), false, false));
        history.make(edits(&[1]));
        history.make(edits(&[1, 2]));
        history.make(edits(&[1, 2]));
        history.make(edits(&[1, 2, 3]));
        history.undo();
        assert_eq!(history.now(), &edits(&[1, 2]));
        history.undo();
        assert_eq!((history.now(), history.can_undo(), history.can_redo()), (&edits(&[1]), true, true));
        history.redo();
        assert_eq!(history.now(), &edits(&[1, 2]));
        assert_eq!(history.map(|e| e.without(0)).now(), &edits(&[2]));
        history.make(edits(&[]));
        assert!(!history.can_redo());
        history.undo();
        assert_eq!(history.now(), &edits(&[1, 2]));
    }

    #[test]
    fn what_came_along_is_undone_one_by_one() {
        let mut history = History::new(edits(&[1, 2]));
        history.make(edits(&[]));
        for expected in [&[1, 2][..], &[1], &[], &[]] {
            history.undo();
            assert_eq!(history.now(), &edits(expected));
        }
        assert!(!history.can_undo());
        for expected in [&[1][..], &[1, 2], &[]] {
            history.redo();
            assert_eq!(history.now(), &edits(expected));
        }
    }
}
