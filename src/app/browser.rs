//! The border to the browser: the only file of the page that uses `web-sys`. What can fail here says so in its
//! return type or does nothing; nothing here knows the page's state.

use std::cell::RefCell;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, FocusOptions, HtmlElement, HtmlTextAreaElement, InputEvent, KeyboardEvent, MessageEvent, ResizeObserver,
    ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, Storage, Window, WorkerOptions, WorkerType,
};

use crate::engine::ClaimId;

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

fn document() -> Document {
    window().document().expect("a window has a document")
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

// Storage: private windows and blocked cookies make every call fail, and the page works without.

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was stored under a key.
pub(super) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a value under a key; `None` removes it.
pub(super) fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    // A full store keeps the value it has; the text is still in the page.
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

// Address bar and clipboard.

/// The fragment of the address, without `#`; `None` where it is empty.
pub(super) fn fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    Some(hash.trim_start_matches('#').to_owned()).filter(|fragment| !fragment.is_empty())
}

/// The address of the page with another fragment.
pub(super) fn address(fragment: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Puts another fragment into the address bar without a step in the history. Browsers refuse very long
/// addresses; the old one then stays.
pub(super) fn show_address(fragment: &str) -> bool {
    window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address(fragment)))).is_ok()
}

/// Copies a text; `false` where the browser has no clipboard or refuses.
pub(super) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Outside a secure context the property is missing, whatever its type says.
    let present = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    present && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Puts another fragment into the address bar as a step in the history, so that Back undoes it.
pub(super) fn step_to(fragment: &str) -> bool {
    window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address(fragment)))).is_ok()
}

// The page as a whole.

/// Sets or removes an attribute of the root element.
pub(super) fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The title in the tab.
pub(super) fn set_title(title: &str) {
    document().set_title(title);
}

fn prefers(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the system is set to dark.
pub(super) fn prefers_dark() -> bool {
    prefers("(prefers-color-scheme: dark)")
}

/// Whether the person asks sites to fetch little (Save-Data); `false` where the browser doesn't tell.
pub(super) fn saves_data() -> bool {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    get(&window().navigator(), "connection").and_then(|connection| get(&connection, "saveData")).is_some_and(|saves| saves.is_truthy())
}

/// Leaves a mark in the browser's timeline.
pub(super) fn timing(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(name);
    }
}

/// Loads the page anew.
pub(super) fn reload() {
    let _ = window().location().reload();
}

/// Runs `work` once, when everything that changed is on the page.
pub(super) fn after_layout(work: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(work);
    let _ = window().request_animation_frame(callback.unchecked_ref());
}

/// Runs `work` after a pause; dropping the result calls it off.
pub(super) fn later(milliseconds: u32, work: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(milliseconds, work)
}

// Focus and scrolling.

/// Moves the focus without scrolling.
pub(super) fn focus(selector: &str) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus_with_options(&options);
    }
}

/// Selects all of a text field's words and focuses it, so that a paste takes their place.
pub(super) fn select_all(selector: &str) {
    if let Some(field) = find(selector).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) {
        let _ = field.focus();
        field.select();
        field.set_scroll_top(0);
    }
}

/// Brings an element to the middle of the window, gently unless the reader wants no motion.
pub(super) fn reveal(selector: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    let still = prefers("(prefers-reduced-motion: reduce)");
    options.set_behavior(if still { ScrollBehavior::Instant } else { ScrollBehavior::Smooth });
    if let Some(element) = find(selector) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls no further than it takes for a claim's number to be in sight, and not under what covers the text's end.
pub(super) fn keep_in_sight(claim: ClaimId) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = find(&format!("#article .claim-number[data-claim=c{}]", claim.0 + 1)) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Brings a claim's words to the reader, and the focus to its number; in another view, its card.
pub(super) fn go_to(claim: ClaimId) {
    let number = claim.0 + 1;
    let place = match find("#view") {
        Some(_) => format!("#view [data-claim=c{number}] .speaker"),
        None => format!("#article .claim-number[data-claim=c{number}]"),
    };
    reveal(&place);
    focus(&place);
}

/// How far down the page is, in CSS pixels.
pub(super) fn height() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls to so many CSS pixels from the top.
pub(super) fn scroll_to(height: f64) {
    window().scroll_to_with_x_and_y(0.0, height);
}

/// A breakdown has just come onto the page: it starts at its top, with the focus on its article.
pub(super) fn arrive() {
    timing("sayso:shown");
    scroll_to(0.0);
    focus("#article");
}

/// The article's blocks in page order.
fn blocks() -> impl Iterator<Item = Element> {
    let blocks = document().query_selector_all("#article > [data-block]").ok();
    let len = blocks.as_ref().map_or(0, web_sys::NodeList::length);
    (0..len).filter_map(move |at| blocks.as_ref()?.item(at)?.dyn_into().ok())
}

/// The positions of the first and the last of the article's blocks that are in the window.
pub(super) fn blocks_in_sight() -> Option<(usize, usize)> {
    let bottom = window().inner_height().ok()?.as_f64()?;
    let inside = |element: &Element| {
        let place = element.get_bounding_client_rect();
        place.bottom() > 0.0 && place.top() < bottom
    };
    let mut inside = blocks().enumerate().filter(|(_, block)| inside(block)).map(|(place, _)| place);
    let first = inside.next()?;
    Some((first, inside.last().unwrap_or(first)))
}

/// What holds the page where it is while its marks are drawn anew.
pub(super) struct Anchor {
    /// The first block in the window, and its upper edge.
    block: Option<(usize, f64)>,
    /// Whether the focus is in the panel or the article, and on which claim.
    focus: Option<(bool, ClaimId)>,
}

impl Anchor {
    /// Notes where the page stands.
    pub(super) fn drop() -> Self {
        let block = blocks_in_sight().and_then(|(first, _)| Some((first, blocks().nth(first)?.get_bounding_client_rect().top())));
        let focus = document().active_element().and_then(|element| {
            let claim = claim_of(&element.closest("[data-claim]").ok()??)?;
            Some((element.closest("#panel").ok()?.is_some(), claim))
        });
        Self { block, focus }
    }

    /// Brings the same lines to the same place, and the focus to what its claim has become.
    pub(super) fn hold(self, became: impl Fn(ClaimId) -> Option<ClaimId>) {
        if let Some((block, top)) = self.block
            && let Some(element) = blocks().nth(block)
        {
            window().scroll_by_with_x_and_y(0.0, element.get_bounding_client_rect().top() - top);
        }
        if let Some((in_panel, claim)) = self.focus {
            let claim = became(claim).map(|claim| claim.0 + 1);
            match (in_panel, claim) {
                (true, Some(claim)) => focus(&format!("#panel [data-claim=c{claim}] .speaker")),
                (false, Some(claim)) => focus(&format!("#article .claim-number[data-claim=c{claim}]")),
                (true, None) => focus("#panel"),
                (false, None) => focus("#article"),
            }
        }
    }
}

// Events.

/// How text came into a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    /// Key by key.
    Typed,
    /// All at once: pasted, dropped, or set by a tool.
    Whole,
}

/// How the text of an input event came.
pub(super) fn entry(event: &web_sys::Event) -> Entry {
    let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type).unwrap_or_default();
    let whole = ["", "insertFromPaste", "insertFromDrop", "insertFromYank", "insertReplacementText", "insertFromPasteAsQuotation"];
    if whole.contains(&kind.as_str()) { Entry::Whole } else { Entry::Typed }
}

fn claim_of(element: &Element) -> Option<ClaimId> {
    let number: u32 = element.get_attribute("data-claim")?.strip_prefix('c')?.parse().ok()?;
    number.checked_sub(1).map(ClaimId)
}

/// The claim whose mark, number or card an event happened on.
pub(super) fn claim_at(event: &web_sys::Event) -> Option<ClaimId> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    claim_of(&target.closest("[data-claim]").ok()??)
}

/// A key that the page knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// To the next claim.
    Next,
    /// To the claim before.
    Previous,
    /// Nothing selected.
    Clear,
    /// Opens the view at this place, counted from 0.
    View(usize),
}

/// Calls `act` for every known key pressed outside text fields, with whether the key is a letter or digit; what
/// it answers tells whether the key was used, which keeps the browser from using it too.
pub(super) fn on_key(act: impl Fn(Key, bool) -> bool + 'static) {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
            return;
        }
        let writing = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]").unwrap_or(false));
        let (key, letter) = match event.key().as_str() {
            "j" => (Key::Next, true),
            "k" => (Key::Previous, true),
            "ArrowDown" => (Key::Next, false),
            "ArrowUp" => (Key::Previous, false),
            "Escape" => (Key::Clear, false),
            other => match other.as_bytes() {
                [digit @ b'1'..=b'9'] => (Key::View(usize::from(digit - b'1')), true),
                _ => return,
            },
        };
        if !writing && act(key, letter) {
            event.prevent_default();
        }
    })
    .forget();
}

/// Calls `act` whenever the reader puts another fragment into the address bar.
pub(super) fn on_fragment(act: impl Fn() + 'static) {
    EventListener::new(&window(), "hashchange", move |_| act()).forget();
}

// Layout.

/// Calls `act` when an element first has a size and whenever that changes; dropping the result ends it.
pub(super) struct Watch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Watch {
    pub(super) fn new(selector: &str, act: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(act);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&find(selector)?);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// How high marks stand: for every element that `marks` selects inside `frame`, in document order, its
/// claim and the middle of its first line in CSS pixels below the top of `frame`.
pub(super) fn heights(frame: &str, marks: &str) -> Vec<(ClaimId, f64)> {
    let Some(frame) = find(frame) else { return Vec::new() };
    let top = frame.get_bounding_client_rect().top();
    let Ok(found) = frame.query_selector_all(marks) else { return Vec::new() };
    let height = |at| {
        let mark = found.item(at)?.dyn_into::<Element>().ok()?;
        let line = mark.get_client_rects().get(0)?;
        Some((claim_of(&mark)?, line.top() + line.height() / 2.0 - top))
    };
    (0..found.length()).filter_map(height).collect()
}

/// The width of an element in CSS pixels.
pub(super) fn width_of(selector: &str) -> Option<f64> {
    find(selector).map(|element| element.get_bounding_client_rect().width())
}

// Background work.

/// What comes back from a [`Background`].
pub(super) enum Message {
    /// It runs; this is the build it belongs to.
    Ready(String),
    /// An answer.
    Answer(Vec<u8>),
    /// It couldn't start, or it has died.
    Died,
}

/// A worker. Dropping it ends it at once, whatever it is doing.
pub(super) struct Background {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Background {
    /// Starts the worker of this file name, found beside the page, under a name of its own; messages before `Ready`
    /// would be lost.
    pub(super) fn start(file: &str, name: &str, tell: impl Fn(Message) + Clone + 'static) -> Option<Self> {
        let base = document().base_uri().ok()??;
        let address = web_sys::Url::new_with_base(file, &base).ok()?.href();
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = web_sys::Worker::new_with_options(&address, &options).ok()?;
        let (failed, garbled) = (tell.clone(), tell.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                let data = event.data();
                tell(match data.as_string() {
                    Some(build) => Message::Ready(build),
                    None => Message::Answer(js_sys::Uint8Array::new(&data).to_vec()),
                });
            }),
            EventListener::new(&worker, "error", move |_| failed(Message::Died)),
            EventListener::new(&worker, "messageerror", move |_| garbled(Message::Died)),
        ];
        Some(Self { worker, _listeners: listeners })
    }

    /// Sends bytes; `false` where the worker can't take them.
    pub(super) fn send(&self, bytes: &[u8]) -> bool {
        self.worker.post_message(&js_sys::Uint8Array::from(bytes)).is_ok()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

thread_local! {
    static PAUSES: RefCell<Vec<(&'static str, Timeout)>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` when nothing of this name has been asked for during a pause.
pub(super) fn debounce(name: &'static str, milliseconds: u32, work: impl FnOnce() + 'static) {
    call_off(name);
    let pause = later(milliseconds, work);
    PAUSES.with_borrow_mut(|pauses| pauses.push((name, pause)));
}

/// Drops what [`debounce`] was to run.
pub(super) fn call_off(name: &str) {
    PAUSES.with_borrow_mut(|pauses| pauses.retain(|(other, _)| *other != name));
}
