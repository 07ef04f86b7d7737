//! The border to the browser: with `store`, which has the database, all of the page that uses `web-sys`. What can fail
//! here says so in its return type or does nothing; nothing here knows the page's state.

mod files;
mod gestures;

use std::cell::RefCell;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, FocusOptions, HtmlDialogElement, HtmlElement, HtmlTextAreaElement, InputEvent, KeyboardEvent, MessageEvent, Node,
    ResizeObserver, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, Storage, Window, WorkerOptions, WorkerType,
};

use crate::engine::{ClaimId, Date};

use super::recent::Moment;

pub(super) use files::{save_picture, save_text};
pub(super) use gestures::{Gesture, Gestures};

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

/// Clears away the paste area that stood in the program's place, and gives what was written there.
pub(super) fn take_over() -> Option<String> {
    let early = find("#early")?;
    let text = find("#early textarea")?.dyn_into::<HtmlTextAreaElement>().ok()?.value();
    early.remove();
    Some(text).filter(|text| !text.is_empty())
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

/// Whether the window is so narrow that what stands beside the text on a wide one is below it.
pub(super) fn is_narrow() -> bool {
    prefers("(max-width: 860px)")
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

/// Now, in milliseconds since 1970.
pub(super) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// The minute of a time in milliseconds since 1970, where the reader is; `None` for times that no calendar has.
pub(super) fn moment(time: u64) -> Option<Moment> {
    let time = js_sys::Date::new(&(time as f64).into());
    let date = Date::new(time.get_full_year() as u16, time.get_month() as u8 + 1, time.get_date() as u8)?;
    Some(Moment { date, hour: time.get_hours() as u8, minute: time.get_minutes() as u8 })
}

/// Prints the page; `false` where the browser can't.
pub(super) fn print() -> bool {
    window().print().is_ok()
}

/// Calls `act` with `true` before the page is laid out for paper, and with `false` after.
pub(super) fn on_print(act: impl Fn(bool) + Copy + 'static) {
    EventListener::new(&window(), "beforeprint", move |_| act(true)).forget();
    EventListener::new(&window(), "afterprint", move |_| act(false)).forget();
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
    if let Some(element) = find(selector) {
        // What is drawn takes the focus as everything else does, though its type is another.
        let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
    }
}

/// The same once what changes now is laid out.
pub(super) fn focus_soon(selector: &str) {
    let selector = selector.to_owned();
    after_layout(move || focus(&selector));
}

/// Where the focus has fallen to nothing, brings it to the editor, else to a claim, else to what is read.
pub(super) fn catch_focus(claim: Option<ClaimId>) {
    if document().active_element().is_some_and(|element| element.tag_name() != "BODY") {
        return;
    }
    let claim = claim.map(place);
    let places = [Some("#editor .section-head button"), claim.as_deref(), Some("#view"), Some("#panel")];
    if let Some(selector) = places.into_iter().flatten().find(|selector| find(selector).is_some()) {
        focus(selector);
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
    scroll_least(&format!("#article .claim-number[data-claim=c{}]", claim.0 + 1));
}

/// Scrolls no further than it takes for an element to be in sight.
pub(super) fn scroll_least(selector: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = find(selector) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Where a claim is read: its card in the view that is open, or else its number in the article.
fn place(claim: ClaimId) -> String {
    let number = claim.0 + 1;
    format!("#view [data-claim=c{number}] .speaker, #article .claim-number[data-claim=c{number}]")
}

/// Moves the focus to where a claim is read, or to its box on the map.
fn focus_on(claim: ClaimId) {
    focus(&format!("{}, #map [data-claim=c{}]", place(claim), claim.0 + 1));
}

/// Brings a claim's words to the reader; the focus stays.
pub(super) fn show_claim(claim: ClaimId) {
    reveal(&place(claim));
}

/// Brings a claim's words to the reader, and the focus with them. A map brings what is selected into sight by itself.
pub(super) fn go_to(claim: ClaimId) {
    reveal(&place(claim));
    focus_on(claim);
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
            match (in_panel, became(claim)) {
                (true, Some(claim)) => focus(&format!("#panel [data-claim=c{}] .speaker", claim.0 + 1)),
                (false, Some(claim)) => focus_on(claim),
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
    claim_of(&target(event)?.closest("[data-claim]").ok()??)
}

/// The element that an event happened on.
fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// A key that the page knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// To the next claim.
    Next,
    /// To the claim before.
    Previous,
    /// To what the claim answers.
    ToAnswered,
    /// To what answers the claim.
    ToAnswer,
    /// Closes what is open, or selects nothing.
    Clear,
    /// Opens the view at this place, counted from 0.
    View(usize),
    /// Looks for claims.
    Find,
    /// Shows the keys.
    Help,
    /// Opens the editor of the claim.
    Correct,
    /// Adds a claim.
    New,
    /// Picks what the claim answers.
    Answer,
    /// Takes the claim away.
    Drop,
    /// Takes the last correction back.
    Undo,
    /// Makes it again.
    Redo,
}

/// Calls `act` for every known key pressed outside text fields and dialogs, with whether the key is a letter, digit or
/// sign; what it answers tells whether the key was used, which keeps the browser from using it too.
pub(super) fn on_key(act: impl Fn(Key, bool) -> bool + 'static) {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let ctrl = event.ctrl_key() || event.meta_key();
        if event.alt_key() || event.is_composing() {
            return;
        }
        let writing = target(event).is_some_and(|element| {
            // Of a list, letters choose; it has nothing to undo, and no use for Escape.
            let list = element.matches("select").unwrap_or(false) && !ctrl && event.key() != "Escape";
            let fields = "input:not([type=checkbox]), textarea, [contenteditable], dialog, dialog *";
            let leaves = event.key() == "Escape" && element.closest("#editor").ok().flatten().is_some();
            list || (element.matches(fields).unwrap_or(false) && !leaves)
        });
        let (key, sign) = match (ctrl, event.key().as_str()) {
            // Caps lock changes the letter as well.
            (true, "z" | "Z") if !event.shift_key() => (Key::Undo, false),
            (true, "z" | "Z" | "y") => (Key::Redo, false),
            (true, _) => return,
            (_, "ArrowDown") => (Key::Next, false),
            (_, "ArrowUp") => (Key::Previous, false),
            (_, "Escape") => (Key::Clear, false),
            (_, "j") => (Key::Next, true),
            (_, "k") => (Key::Previous, true),
            (_, "t") => (Key::ToAnswered, true),
            (_, "r") => (Key::ToAnswer, true),
            (_, "/") => (Key::Find, true),
            (_, "?") => (Key::Help, true),
            (_, "e") => (Key::Correct, true),
            (_, "n") => (Key::New, true),
            (_, "a") => (Key::Answer, true),
            (_, "x") => (Key::Drop, true),
            (_, other) => match other.as_bytes() {
                [digit @ b'1'..=b'9'] => (Key::View(usize::from(digit - b'1')), true),
                _ => return,
            },
        };
        if !writing && act(key, sign) {
            event.prevent_default();
        }
    })
    .forget();
}

/// Opens a dialog over the page; the browser keeps the focus in it, closes it with Escape and gives the focus back.
pub(super) fn open_dialog(selector: &str) {
    if let Some(dialog) = dialog(selector) {
        let _ = dialog.show_modal();
    }
}

/// Unfolds what is folded.
pub(super) fn unfold(selector: &str) {
    if let Some(folded) = find(selector) {
        let _ = folded.set_attribute("open", "");
    }
}

/// Closes a dialog.
pub(super) fn close_dialog(selector: &str) {
    if let Some(dialog) = dialog(selector) {
        dialog.close();
    }
}

fn dialog(selector: &str) -> Option<HtmlDialogElement> {
    find(selector)?.dyn_into().ok()
}

/// Whether the element of a toggle event has been opened.
pub(super) fn is_open(event: &web_sys::Event) -> bool {
    target(event).is_some_and(|element| element.has_attribute("open"))
}

// Words that the reader selects.

/// A pause this long, in milliseconds, before a selection counts: it changes with every pixel that a pointer goes.
const SELECTION_PAUSE: u32 = 200;

/// Calls `act` when words of the article have been selected, with both ends as the place of a block among the article's
/// and the UTF-16 units of its text before them; and with `None` when the selection has gone elsewhere in the article.
pub(super) fn on_selection(act: impl Fn(Option<[(usize, usize); 2]>) + Clone + 'static) {
    EventListener::new(&document(), "selectionchange", move |_| {
        let act = act.clone();
        debounce("selection", SELECTION_PAUSE, move || {
            if let Some(ends) = selected_ends() {
                act(ends);
            }
        });
    })
    .forget();
}

/// The ends of the selection; `None` where it is not in the article, or the focus is with what can be done with it.
#[expect(clippy::option_option, reason = "nothing selected in the article is not the same as a selection elsewhere")]
fn selected_ends() -> Option<Option<[(usize, usize); 2]>> {
    let selection = window().get_selection().ok()??;
    let article = find("#article")?;
    if selection.is_collapsed() || selection.range_count() == 0 {
        let acting = document().active_element().is_some_and(|element| element.closest("#marked, #panel").ok().flatten().is_some());
        return if acting { None } else { Some(None) };
    }
    let range = selection.get_range_at(0).ok()?;
    let (start, end) = (range.start_container().ok()?, range.end_container().ok()?);
    if !article.contains(Some(&start)) || !article.contains(Some(&end)) {
        return Some(None);
    }
    let place = |node: &Node, offset: u32| {
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        let block = element.closest("[data-block]").ok()??;
        let before = document().create_range().ok()?;
        before.select_node_contents(&block).ok()?;
        before.set_end(node, offset).ok()?;
        // What the page adds to the words, numbers and buttons, is none of them.
        let words = before.clone_contents().ok()?;
        let added = words.query_selector_all("button").ok()?;
        (0..added.length()).filter_map(|at| added.item(at)?.dyn_into::<Element>().ok()).for_each(|element| element.remove());
        let units = words.text_content().unwrap_or_default().encode_utf16().count();
        Some((blocks().position(|other| other == block)?, units))
    };
    let ends = place(&start, range.start_offset().ok()?).zip(place(&end, range.end_offset().ok()?));
    Some(ends.map(|(start, end)| [start, end]))
}

/// Selects no words any more.
pub(super) fn unselect() {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// Calls `act` with the key of an event, unless it is held together with Ctrl, Alt or Meta. A key that `act` says it has
/// used is nobody else's any more.
pub(super) fn take_key(event: &KeyboardEvent, act: impl FnOnce(&str) -> bool) {
    if !(event.ctrl_key() || event.alt_key() || event.meta_key()) && act(&event.key()) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Whether a key is Escape; then it is nobody else's any more.
pub(super) fn takes_escape(event: &KeyboardEvent) -> bool {
    let mut escape = false;
    take_key(event, |key| {
        escape = key == "Escape";
        escape
    });
    escape
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
    size_of(selector).map(|size| size.0)
}

/// The width and height of an element in CSS pixels.
pub(super) fn size_of(selector: &str) -> Option<(f64, f64)> {
    let place = find(selector)?.get_bounding_client_rect();
    Some((place.width(), place.height()))
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
