//! The page's end of a worker: it must be of the page's own build, and what is sent before it has greeted waits.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::browser::{self, Background, Message};
use super::worker::build;

/// The worker's loader as Trunk names it; Trunk doesn't hash worker files, hence [`build`].
const WORKER: &str = "sayso-worker_loader.js";

/// What comes of a worker.
pub(super) enum News {
    /// It answered.
    Answer(Vec<u8>),
    /// It couldn't start, or died; the next message starts another.
    Failed,
    /// It belongs to another build than the page.
    OtherBuild,
}

/// Sends to a worker, and hears from it.
pub(super) struct Post(Rc<Inner>);

struct Inner {
    name: &'static str,
    hear: Box<dyn Fn(News)>,
    worker: RefCell<Option<Background>>,
    ready: Cell<bool>,
    waiting: RefCell<Option<Vec<u8>>>,
}

impl Post {
    /// To a worker that will go by this name.
    pub(super) fn new(name: &'static str, hear: impl Fn(News) + 'static) -> Self {
        let (worker, ready, waiting) = Default::default();
        Self(Rc::new(Inner { name, hear: Box::new(hear), worker, ready, waiting }))
    }

    /// Starts the worker where there is none.
    pub(super) fn start(&self) {
        if self.is_started() {
            return;
        }
        let inner = Rc::downgrade(&self.0);
        let worker = Background::start(WORKER, self.0.name, move |message| {
            if let Some(inner) = inner.upgrade() {
                inner.take(message);
            }
        });
        if worker.is_none() {
            return self.0.fail(News::Failed);
        }
        *self.0.worker.borrow_mut() = worker;
    }

    /// Whether there is a worker.
    pub(super) fn is_started(&self) -> bool {
        self.0.worker.borrow().is_some()
    }

    /// Sends a message as soon as there is a worker that is ready for it, in the place of any that still waits.
    pub(super) fn send(&self, message: Vec<u8>) {
        *self.0.waiting.borrow_mut() = Some(message);
        self.start();
        self.0.forward();
    }

    /// Takes back the message that waits; `false` where none does.
    pub(super) fn withdraw(&self) -> bool {
        self.0.waiting.take().is_some()
    }

    /// Ends the worker, whatever it is doing.
    pub(super) fn end(&self) {
        self.0.ready.set(false);
        self.0.worker.take();
    }
}

impl Inner {
    fn forward(&self) {
        if !self.ready.get() {
            return;
        }
        if let (Some(message), Some(worker)) = (self.waiting.take(), &*self.worker.borrow()) {
            worker.send(&message);
        }
    }

    fn take(&self, message: Message) {
        match message {
            Message::Ready(theirs) if theirs == build() => {
                self.ready.set(true);
                self.forward();
            }
            Message::Ready(_) => self.fail(News::OtherBuild),
            Message::Died => self.fail(News::Failed),
            Message::Answer(bytes) => (self.hear)(News::Answer(bytes)),
        }
    }

    /// Lets go of the worker, and of what waits for it.
    fn fail(&self, news: News) {
        // The listener that is running belongs to the worker, so it outlives this call.
        let worker = self.worker.take();
        self.ready.set(false);
        self.waiting.take();
        browser::later(0, move || drop(worker)).forget();
        (self.hear)(news);
    }
}
