//! Reading in the background: texts go to the worker, breakdowns come back. Only the worker's binary
//! holds the engine, so the page stays small and never freezes.

use std::cell::Cell;
use std::rc::Rc;

use crate::engine::Breakdown;
use crate::link;

use super::post::{News, Post};

/// How reading ended.
pub(super) enum Outcome {
    /// With a breakdown.
    Read(Breakdown),
    /// The worker couldn't start, or died.
    Failed,
    /// The worker belongs to another build than the page.
    OtherBuild,
}

/// Reads one text at a time; a newer one takes the place of the one under way.
pub(super) struct Reader {
    post: Post,
    /// The number of the text under way.
    job: Rc<Cell<Option<u32>>>,
    last: Cell<u32>,
}

impl Reader {
    /// Starts the worker at once, so that it is warm when the first text comes.
    pub(super) fn new(tell: impl Fn(Outcome) + 'static) -> Self {
        let job = Rc::new(Cell::new(None));
        let under_way = Rc::clone(&job);
        let post = Post::new("", move |news| {
            let (answered, outcome) = match &news {
                News::Answer(bytes) => {
                    let Some((id, packed)) = bytes.split_first_chunk() else { return };
                    (Some(u32::from_le_bytes(*id)), link::from_bytes(packed).map_or(Outcome::Failed, Outcome::Read))
                }
                News::Failed => (under_way.get(), Outcome::Failed),
                News::OtherBuild => (under_way.get(), Outcome::OtherBuild),
            };
            // Only a text that waits is worth telling about: without one, the next text tries again.
            if answered.is_some() && answered == under_way.get() {
                under_way.set(None);
                tell(outcome);
            }
        });
        post.start();
        Self { post, job, last: Cell::default() }
    }

    /// Reads a text. The outcome of any text still under way never comes.
    pub(super) fn read(&self, text: &str) {
        self.cancel();
        let id = self.last.get() + 1;
        self.last.set(id);
        self.job.set(Some(id));
        self.post.send([&id.to_le_bytes(), text.as_bytes()].concat());
    }

    /// Drops the text under way, and the worker that is busy with it.
    pub(super) fn cancel(&self) {
        if self.job.take().is_some() && !self.post.withdraw() {
            self.post.end();
            self.post.start();
        }
    }
}
