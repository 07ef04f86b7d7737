//! The page's end of the deep reading's worker, which starts when it is first asked for at the latest.

use std::cell::Cell;
use std::rc::Rc;

use crate::app::post::{News, Post};

use super::messages::{Ask, Job, NAME, Tell, Trouble};

/// Asks the worker, and tells what comes of it.
pub(super) struct Refiner {
    post: Post,
    /// The number of the text that was asked for last.
    job: Rc<Cell<u32>>,
}

impl Refiner {
    pub(super) fn new(tell: impl Fn(Tell) + 'static) -> Self {
        let job = Rc::new(Cell::default());
        let asked = Rc::clone(&job);
        let post = Post::new(NAME, move |news| match news {
            News::Answer(bytes) => match postcard::from_bytes(&bytes) {
                Ok(Tell::Reading { job, .. } | Tell::Read { job, .. }) if job != asked.get() => {}
                Ok(told) => tell(told),
                Err(_) => tell(Tell::Failed(Trouble::Died)),
            },
            News::Failed => tell(Tell::Failed(Trouble::Died)),
            News::OtherBuild => tell(Tell::Failed(Trouble::OtherBuild)),
        });
        Self { post, job }
    }

    /// Starts the worker, so that it is there when it is needed.
    pub(super) fn start(&self) {
        self.post.start();
    }

    /// Has the weights ready.
    pub(super) fn load(&self) {
        self.ask(&Ask::Load);
    }

    /// Reads a text, first the bytes that are seen. Nothing more comes of any text before.
    pub(super) fn read(&self, text: String, seen: (usize, usize)) {
        self.job.set(self.job.get() + 1);
        self.ask(&Ask::Read(Job { id: self.job.get(), text, seen }));
    }

    /// Lets go of all that is under way.
    pub(super) fn stop(&self) {
        self.job.set(self.job.get() + 1);
        if self.post.is_started() {
            self.ask(&Ask::Stop);
        }
    }

    fn ask(&self, ask: &Ask) {
        self.post.send(postcard::to_allocvec(ask).expect("messages can be packed"));
    }
}
