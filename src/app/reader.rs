//! Reading in the background: texts go to the worker, breakdowns come back. Only the worker's binary
//! holds the engine, so the page stays small and never freezes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::engine::Breakdown;
use crate::link;

use super::browser::{self, Background, Message};
use super::worker::build;

/// The worker's loader as Trunk names it; Trunk doesn't hash worker files, hence [`build`].
pub(super) const WORKER: &str = "sayso-worker_loader.js";

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
    inner: Rc<Inner>,
}

struct Inner {
    tell: Box<dyn Fn(Outcome)>,
    worker: RefCell<Option<Background>>,
    ready: Cell<bool>,
    job: RefCell<Option<Job>>,
    last: Cell<u32>,
}

struct Job {
    id: u32,
    text: String,
    sent: bool,
}

impl Reader {
    /// Starts the worker at once, so that it is warm when the first text comes.
    pub(super) fn new(tell: impl Fn(Outcome) + 'static) -> Self {
        let inner = Rc::new(Inner {
            tell: Box::new(tell),
            worker: RefCell::default(),
            ready: Cell::default(),
            job: RefCell::default(),
            last: Cell::default(),
        });
        inner.start();
        Self { inner }
    }

    /// Reads a text. The outcome of any text still under way never comes.
    pub(super) fn read(&self, text: String) {
        self.cancel();
        let id = self.inner.last.get() + 1;
        self.inner.last.set(id);
        *self.inner.job.borrow_mut() = Some(Job { id, text, sent: false });
        if self.inner.worker.borrow().is_none() {
            self.inner.start();
        }
        self.inner.send();
    }

    /// Drops the text under way, and the worker that is busy with it.
    pub(super) fn cancel(&self) {
        let dropped = self.inner.job.take();
        if dropped.is_some_and(|job| job.sent) {
            self.inner.stop();
            self.inner.start();
        }
    }
}

impl Inner {
    fn start(self: &Rc<Self>) {
        let this = Rc::downgrade(self);
        let worker = Background::start(WORKER, "", move |message| {
            if let Some(this) = this.upgrade() {
                this.hear(message);
            }
        });
        if worker.is_none() {
            return self.fail(Outcome::Failed);
        }
        *self.worker.borrow_mut() = worker;
    }

    fn stop(&self) {
        self.ready.set(false);
        self.worker.take();
    }

    /// Sends the job if there is one and the worker is ready for it.
    fn send(&self) {
        let mut job = self.job.borrow_mut();
        let (Some(job), Some(worker)) = (job.as_mut().filter(|job| !job.sent), &*self.worker.borrow()) else { return };
        if self.ready.get() {
            job.sent = worker.send(&[&job.id.to_le_bytes(), job.text.as_bytes()].concat());
        }
    }

    fn hear(&self, message: Message) {
        match message {
            Message::Ready(theirs) if theirs == build() => {
                self.ready.set(true);
                self.send();
            }
            Message::Ready(_) => self.fail(Outcome::OtherBuild),
            Message::Died => self.fail(Outcome::Failed),
            Message::Answer(bytes) => {
                let Some((id, packed)) = bytes.split_first_chunk() else { return };
                let id = u32::from_le_bytes(*id);
                if self.job.borrow_mut().take_if(|job| job.id == id).is_some() {
                    (self.tell)(link::from_bytes(packed).map_or(Outcome::Failed, Outcome::Read));
                }
            }
        }
    }

    /// Lets go of the worker. Only a text that waits is worth telling about: without one, the next
    /// text tries again.
    fn fail(&self, outcome: Outcome) {
        // The listener that is running belongs to the worker, so it outlives this call.
        let worker = self.worker.take();
        self.ready.set(false);
        browser::later(0, move || drop(worker)).forget();
        if self.job.take().is_some() {
            (self.tell)(outcome);
        }
    }
}
