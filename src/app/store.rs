//! Recent breakdowns in IndexedDB: beside `browser` the only border to the browser. Every call opens the database and
//! closes it again, so that no tab is in another's way; what several tabs write, the last one has written.

use idb::{Database, DatabaseEvent as _, Factory, ObjectStore, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, IdbRequest};

use super::recent::{self, Entry};

const DATABASE: &str = "sayso";
const VERSION: u32 = 1;
/// What the list shows, by key.
const ENTRIES: &str = "entries";
/// The links, by the same keys: apart, so that the list is read without them.
const LINKS: &str = "links";

/// An entry with its link.
pub(super) type Record = (Entry, String);

/// Why nothing could be kept or read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser has no database for this page.
    Denied,
    /// It has one and takes no more.
    Full,
}

/// Everything that is kept, the newest first.
pub(super) async fn list() -> Result<Vec<Entry>, Trouble> {
    Session::open().await?.entries().await
}

/// The link of an entry; `None` where it is gone.
pub(super) async fn link(key: &str) -> Result<Option<String>, Trouble> {
    Session::open().await?.link(key).await
}

/// Keeps records, each in the place of the one with the same text, and lets the oldest go where that makes too much;
/// gives everything that is kept then, the newest first. Either all of that is done or nothing.
pub(super) async fn keep(records: Vec<Record>) -> Result<Vec<Entry>, Trouble> {
    let session = Session::open().await?;
    let mut list = session.entries().await?;
    for (new, link) in records {
        let key = new.key.clone();
        let go = recent::keep(&mut list, new);
        if let Some(entry) = list.iter().find(|entry| entry.key == key) {
            session.put(entry, &link).map_err(full)?;
        }
        for entry in go {
            session.delete(&entry.key).map_err(full)?;
        }
    }
    session.done().await?;
    Ok(list)
}

/// Deletes one entry, or all; gives what was there, so that it can be kept again.
pub(super) async fn take(key: Option<&str>) -> Result<Vec<Record>, Trouble> {
    let session = Session::open().await?;
    let mut taken = Vec::new();
    for entry in session.entries().await? {
        if key.is_none_or(|key| key == entry.key) {
            let link = session.link(&entry.key).await?.unwrap_or_default();
            taken.push((entry, link));
        }
    }
    match key {
        Some(key) => session.delete(key),
        // Also whatever the list couldn't name.
        None => session.clear(),
    }
    .map_err(full)?;
    session.done().await?;
    Ok(taken)
}

/// What isn't written where reading goes well has no room.
fn full(_: idb::Error) -> Trouble {
    Trouble::Full
}

fn denied(_: idb::Error) -> Trouble {
    Trouble::Denied
}

/// One transaction on both stores, which counts only as a whole, and the database, which closes when this is dropped.
struct Session {
    _database: Closing,
    transaction: Transaction,
    entries: ObjectStore,
    links: ObjectStore,
}

/// A database that closes when it is dropped.
struct Closing(Database);

impl Session {
    async fn open() -> Result<Self, Trouble> {
        Self::try_open().await.map_err(denied)
    }

    async fn try_open() -> Result<Self, idb::Error> {
        let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            // Where this fails, so does the transaction below, which says so.
            let Ok(database) = event.database() else { return };
            for store in [ENTRIES, LINKS] {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        });
        request.forget_callbacks();
        let database = Database::try_from(answer(request).await)?;
        let transaction = database.transaction(&[ENTRIES, LINKS], TransactionMode::ReadWrite)?;
        let (entries, links) = (transaction.object_store(ENTRIES)?, transaction.object_store(LINKS)?);
        Ok(Self { _database: Closing(database), transaction, entries, links })
    }

    async fn entries(&self) -> Result<Vec<Entry>, Trouble> {
        let found = answer(self.entries.get_all(None, None).map_err(denied)?).await;
        let mut list = Vec::new();
        for value in found.dyn_into::<Array>().map_err(|_| Trouble::Denied)? {
            recent::insert(&mut list, from_js(&value));
        }
        Ok(list)
    }

    async fn link(&self, key: &str) -> Result<Option<String>, Trouble> {
        Ok(answer(self.links.get(Query::Key(key.into())).map_err(denied)?).await.as_string())
    }

    // Whether these have gone well, only the end of the transaction tells.

    fn put(&self, entry: &Entry, link: &str) -> Result<(), idb::Error> {
        let key = JsValue::from_str(&entry.key);
        self.entries.put(&to_js(entry), Some(&key))?;
        self.links.put(&link.into(), Some(&key)).map(drop)
    }

    fn delete(&self, key: &str) -> Result<(), idb::Error> {
        self.entries.delete(Query::Key(key.into()))?;
        self.links.delete(Query::Key(key.into())).map(drop)
    }

    fn clear(&self) -> Result<(), idb::Error> {
        self.entries.clear()?;
        self.links.clear().map(drop)
    }

    /// Waits until what was written is written.
    async fn done(self) -> Result<(), Trouble> {
        let transaction = JsValue::from(self.transaction);
        if ends(transaction, "complete", "abort").await { Ok(()) } else { Err(Trouble::Full) }
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What a request answers; undefined where it fails.
async fn answer(request: impl Into<JsValue>) -> JsValue {
    let request: JsValue = request.into();
    if ends(request.clone(), "success", "error").await {
        request.unchecked_into::<IdbRequest>().result().unwrap_or_default()
    } else {
        JsValue::UNDEFINED
    }
}

/// Waits for one of two events, and tells whether it is the first.
async fn ends(target: JsValue, well: &str, badly: &str) -> bool {
    let target = target.unchecked_into::<EventTarget>();
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = target.add_event_listener_with_callback(well, &resolve);
        let _ = target.add_event_listener_with_callback(badly, &reject);
    });
    JsFuture::from(promise).await.is_ok()
}

// The names of these fields are those of the stored form.

fn to_js(entry: &Entry) -> JsValue {
    let object = Object::new();
    let fields: [(&str, JsValue); 6] = [
        ("key", entry.key.as_str().into()),
        ("title", entry.title.as_str().into()),
        ("words", (entry.words as f64).into()),
        ("opened", (entry.opened as f64).into()),
        ("size", (entry.size as f64).into()),
        ("linked", entry.linked.into()),
    ];
    for (name, value) in fields {
        // Fails for frozen objects only.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

fn from_js(value: &JsValue) -> Entry {
    let get = |name: &str| Reflect::get(value, &name.into()).unwrap_or_default();
    let number = |name| get(name).as_f64().unwrap_or_default();
    let words = |name| get(name).as_string().unwrap_or_default();
    Entry {
        key: words("key"),
        title: words("title"),
        words: number("words") as usize,
        opened: number("opened") as u64,
        size: number("size") as usize,
        linked: get("linked").is_truthy(),
    }
}
