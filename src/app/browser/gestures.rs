//! Hands, mice and wheels on something that can be moved and made larger.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, PointerEvent, WheelEvent};

use super::find;

/// A pointer that moves less than this, in CSS pixels, only points.
const STILL: f64 = 4.0;
/// How much larger a pixel of the wheel makes things,
const WHEEL: f64 = 0.004;
/// and the least factor that one turn of it may have.
const LEAST: f64 = 0.6;

/// What is done to something. Lengths are CSS pixels, places those from its upper left corner.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) enum Gesture {
    /// It is moved by so much.
    Move((f64, f64)),
    /// It is made larger by a factor around a place.
    Zoom(f64, (f64, f64)),
}

/// Calls `act` for gestures on an element; dropping it ends that.
pub(in crate::app) struct Gestures {
    _listeners: Vec<EventListener>,
}

/// The pointers that are down.
#[derive(Default)]
struct Hand {
    /// Each with where it was last.
    fingers: Vec<(i32, (f64, f64))>,
    /// Where the first went down.
    start: (f64, f64),
    /// Whether something has been moved since then.
    moving: bool,
}

impl Hand {
    /// Takes a pointer's new place, and gives what that does.
    fn moved(&mut self, pointer: i32, to: (f64, f64)) -> Vec<Gesture> {
        let Some(finger) = self.fingers.iter().position(|finger| finger.0 == pointer) else { return Vec::new() };
        let before = self.fingers[finger].1;
        self.moving = self.moving || self.fingers.len() > 1 || distance(to, self.start) > STILL;
        if !self.moving {
            return Vec::new();
        }
        self.fingers[finger].1 = to;
        let by = (to.0 - before.0, to.1 - before.1);
        match self.fingers[..] {
            [_] => vec![Gesture::Move(by)],
            [(_, a), (_, b)] => {
                // Two fingers hold what is between them.
                let other = if finger == 0 { b } else { a };
                let factor = distance(to, other) / distance(before, other).max(1.0);
                let middle = (f64::midpoint(to.0, other.0), f64::midpoint(to.1, other.1));
                vec![Gesture::Move((by.0 / 2.0, by.1 / 2.0)), Gesture::Zoom(factor, middle)]
            }
            _ => Vec::new(),
        }
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    (x * x + y * y).sqrt()
}

impl Gestures {
    /// Listens on the element that the selector picks.
    pub(in crate::app) fn new(selector: &str, act: impl Fn(Gesture) + 'static) -> Option<Self> {
        let (element, act) = (find(selector)?, Rc::new(act));
        let hand = Rc::new(RefCell::new(Hand::default()));
        let mut listeners = Vec::new();
        let mut listen = |name: &'static str, phase: EventListenerPhase, mut heard: Box<dyn FnMut(&Event)>| {
            let options = EventListenerOptions { phase, passive: false };
            listeners.push(EventListener::new_with_options(&element, name, options, move |event| heard(event)));
        };
        let (place, held, frame) = (place_in(&element), Rc::clone(&hand), element.clone());
        let down = move |event: &Event| {
            let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| event.button() == 0) else { return };
            let mut hand = held.borrow_mut();
            if hand.fingers.is_empty() {
                (hand.start, hand.moving) = (place(event), false);
            }
            hand.fingers.push((event.pointer_id(), place(event)));
        };
        listen("pointerdown", EventListenerPhase::Bubble, Box::new(down));
        let (place, held, done) = (place_in(&element), Rc::clone(&hand), Rc::clone(&act));
        let moved = move |event: &Event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let gestures = held.borrow_mut().moved(event.pointer_id(), place(event));
            if !gestures.is_empty() {
                // So that nothing is lost where the pointer leaves the element.
                let _ = frame.set_pointer_capture(event.pointer_id());
            }
            gestures.into_iter().for_each(|gesture| done(gesture));
        };
        listen("pointermove", EventListenerPhase::Bubble, Box::new(moved));
        for name in ["pointerup", "pointercancel", "pointerleave"] {
            let held = Rc::clone(&hand);
            let up = move |event: &Event| {
                let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
                let mut hand = held.borrow_mut();
                hand.fingers.retain(|finger| finger.0 != event.pointer_id());
                // A finger that has moved something doesn't click.
                hand.moving &= event.pointer_type() != "touch";
            };
            listen(name, EventListenerPhase::Bubble, Box::new(up));
        }
        let held = Rc::clone(&hand);
        let click = move |event: &Event| {
            // What ends a move is no click on what happens to be there.
            if std::mem::take(&mut held.borrow_mut().moving) {
                event.stop_propagation();
            }
        };
        listen("click", EventListenerPhase::Capture, Box::new(click));
        let place = place_in(&element);
        let wheel = move |event: &Event| {
            // Without Ctrl the wheel scrolls the page. A pinch on a touch pad comes as a wheel with Ctrl.
            let Some(event) = event.dyn_ref::<WheelEvent>().filter(|event| event.ctrl_key()) else { return };
            event.prevent_default();
            let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 16.0 };
            act(Gesture::Zoom((1.0 - event.delta_y() * pixels * WHEEL).max(LEAST), place(event)));
        };
        listen("wheel", EventListenerPhase::Bubble, Box::new(wheel));
        Some(Self { _listeners: listeners })
    }
}

/// Where on an element a mouse event happens.
fn place_in(element: &Element) -> impl Fn(&web_sys::MouseEvent) -> (f64, f64) + 'static {
    let element = element.clone();
    move |event| {
        let frame = element.get_bounding_client_rect();
        (f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top())
    }
}
