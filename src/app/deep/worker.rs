//! The worker of the deep reading. It stays open to messages while it reads: a newer text takes the place of the one
//! under way, at the next paragraph.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

use crate::engine::{Article, Deep, DeepReading, Prepared};
use crate::link;

use super::messages::{Ask, Job, Tell, Trouble};
use super::weights::File;

struct Worker {
    scope: DedicatedWorkerGlobalScope,
    /// Messages through it let others in between.
    turns: MessageChannel,
    /// The labeller, and whether the browser keeps its weights.
    deep: OnceCell<(Deep, bool)>,
    next: RefCell<Option<Job>>,
    wanted: Cell<bool>,
    busy: Cell<bool>,
}

/// Answers the page's messages.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let worker = Rc::new(Worker {
        turns: MessageChannel::new().expect("workers have channels"),
        deep: OnceCell::new(),
        next: RefCell::default(),
        wanted: Cell::default(),
        busy: Cell::default(),
        scope: scope.clone(),
    });
    EventListener::new(scope, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
        worker.hear(postcard::from_bytes(&bytes).expect("page and worker are of one build"));
    })
    .forget();
}

impl Worker {
    fn hear(self: &Rc<Self>, ask: Ask) {
        self.wanted.set(!matches!(ask, Ask::Stop));
        *self.next.borrow_mut() = if let Ask::Read(job) = ask { Some(job) } else { None };
        if self.wanted.get() && !self.busy.replace(true) {
            let this = Rc::clone(self);
            spawn_local(async move {
                if let Err(trouble) = this.work().await {
                    this.tell(&Tell::Failed(trouble));
                }
                this.busy.set(false);
            });
        }
    }

    fn tell(&self, tell: &Tell) {
        let bytes = postcard::to_allocvec(tell).expect("messages can be packed");
        self.scope.post_message(&js_sys::Uint8Array::from(&bytes[..])).expect("the page takes answers");
    }

    async fn work(&self) -> Result<(), Trouble> {
        if self.deep.get().is_none() {
            let file = File::of_build().ok_or(Trouble::NotFetched)?;
            let told = Cell::new(0);
            let go_on = |bytes: usize| {
                // A hundred steps are enough for a bar.
                if bytes * 100 / file.bytes > told.get() {
                    told.set(bytes * 100 / file.bytes);
                    self.tell(&Tell::Fetching { bytes });
                }
                self.wanted.get()
            };
            let Some((bytes, kept)) = file.get(&self.scope, go_on).await? else { return Ok(()) };
            let deep = Deep::new(&bytes).ok_or(Trouble::Damaged)?;
            self.deep.get_or_init(|| (deep, kept));
        }
        let (deep, kept) = self.deep.get().expect("it has just been read");
        if self.next.borrow().is_none() {
            self.tell(&Tell::Loaded { kept: *kept });
        }
        loop {
            let next = self.next.take();
            let Some(job) = next else { return Ok(()) };
            self.read(deep, job).await;
        }
    }

    async fn read(&self, deep: &Deep, Job { id: job, text, seen }: Job) {
        let article = Article::new(text).expect("the page sends only texts that can be read");
        let prepared = Prepared::new(&article);
        let mut reading = DeepReading::new(&prepared, deep, seen.0);
        let mut shown = false;
        while reading.step() {
            if !shown && reading.next().is_some_and(|byte| byte < seen.0 || byte >= seen.1) {
                shown = true;
                self.send(job, &reading);
            }
            self.tell(&Tell::Reading { job, percent: reading.percent() });
            self.pause().await;
            if !self.wanted.get() || self.next.borrow().is_some() {
                return;
            }
        }
        self.send(job, &reading);
    }

    fn send(&self, job: u32, reading: &DeepReading) {
        let packed = link::to_bytes(&reading.breakdown());
        self.tell(&Tell::Read { job, whole: reading.next().is_none(), packed });
    }

    /// Lets messages in that have come meanwhile. A timer would do, but browsers make each wait four milliseconds.
    async fn pause(&self) {
        let turn = Promise::new(&mut |go_on, _| {
            self.turns.port1().set_onmessage(Some(&go_on));
            let _ = self.turns.port2().post_message(&JsValue::NULL);
        });
        let _ = JsFuture::from(turn).await;
    }
}
