//! The page's end of the deep reading's worker, which starts when it is first asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::browser::{self, Background, Message};
use crate::app::reader::WORKER;
use crate::app::worker::build;
use crate::engine::Breakdown;
use crate::link;

use super::messages::{Ask, Job, NAME, Tell, Trouble};

/// What there is to tell of the deep reading.
pub(super) enum News {
    /// So many bytes of the weights are here.
    Fetching(usize),
    /// The weights are ready; `kept` unless the browser won't keep them.
    Loaded { kept: bool },
    /// So much of the text has been read, in percent.
    Reading(u8),
    /// A breakdown, of the whole text or with the fast reading's work in it.
    Read { breakdown: Breakdown, whole: bool },
    /// None.
    Failed(Trouble),
}

/// Asks the worker, and tells what comes of it.
pub(super) struct Refiner {
    inner: Rc<Inner>,
}

struct Inner {
    tell: Box<dyn Fn(News)>,
    worker: RefCell<Option<Background>>,
    ready: Cell<bool>,
    /// Asked before the worker was ready.
    waiting: RefCell<Option<Ask>>,
    job: Cell<u32>,
}

impl Refiner {
    pub(super) fn new(tell: impl Fn(News) + 'static) -> Self {
        let inner = Inner {
            tell: Box::new(tell),
            worker: RefCell::default(),
            ready: Cell::default(),
            waiting: RefCell::default(),
            job: Cell::default(),
        };
        Self { inner: Rc::new(inner) }
    }

    /// Has the weights ready.
    pub(super) fn load(&self) {
        self.inner.ask(Ask::Load);
    }

    /// Reads a text, first the bytes that are seen. Nothing more comes of any text before.
    pub(super) fn read(&self, text: String, seen: (usize, usize)) {
        self.inner.job.set(self.inner.job.get() + 1);
        self.inner.ask(Ask::Read(Job { id: self.inner.job.get(), text, seen }));
    }

    /// Lets go of all that is under way.
    pub(super) fn stop(&self) {
        self.inner.job.set(self.inner.job.get() + 1);
        if self.inner.worker.borrow().is_some() {
            self.inner.ask(Ask::Stop);
        }
    }
}

impl Inner {
    fn ask(self: &Rc<Self>, ask: Ask) {
        if self.worker.borrow().is_none() {
            let this = Rc::downgrade(self);
            let worker = Background::start(WORKER, NAME, move |message| {
                if let Some(this) = this.upgrade() {
                    this.hear(message);
                }
            });
            if worker.is_none() {
                return (self.tell)(News::Failed(Trouble::Died));
            }
            *self.worker.borrow_mut() = worker;
        }
        *self.waiting.borrow_mut() = Some(ask);
        self.send();
    }

    fn send(&self) {
        if !self.ready.get() {
            return;
        }
        if let (Some(ask), Some(worker)) = (self.waiting.take(), &*self.worker.borrow()) {
            worker.send(&postcard::to_allocvec(&ask).expect("messages can be packed"));
        }
    }

    fn hear(&self, message: Message) {
        match message {
            Message::Ready(theirs) if theirs == build() => {
                self.ready.set(true);
                self.send();
            }
            Message::Ready(_) => self.fail(Trouble::OtherBuild),
            Message::Died => self.fail(Trouble::Died),
            Message::Answer(bytes) => match postcard::from_bytes(&bytes) {
                Ok(Tell::Fetching { bytes }) => (self.tell)(News::Fetching(bytes)),
                Ok(Tell::Loaded { kept }) => (self.tell)(News::Loaded { kept }),
                Ok(Tell::Reading { job, percent }) if job == self.job.get() => (self.tell)(News::Reading(percent)),
                Ok(Tell::Read { job, whole, packed }) if job == self.job.get() => match link::from_bytes(&packed) {
                    Ok(breakdown) => (self.tell)(News::Read { breakdown, whole }),
                    Err(_) => self.fail(Trouble::Died),
                },
                Ok(Tell::Failed(trouble)) => (self.tell)(News::Failed(trouble)),
                Ok(Tell::Reading { .. } | Tell::Read { .. }) => {}
                Err(_) => self.fail(Trouble::Died),
            },
        }
    }

    /// Lets go of the worker; what is asked next starts another.
    fn fail(&self, trouble: Trouble) {
        // The listener that is running belongs to the worker, so it outlives this call.
        let worker = self.worker.take();
        self.ready.set(false);
        browser::later(0, move || drop(worker)).forget();
        (self.tell)(News::Failed(trouble));
    }
}
