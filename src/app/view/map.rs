//! The Map view: claims as boxes, answers as arrows.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::app::browser::{self, Gesture, Gestures, Watch};
use crate::app::map::{self, Direction, GRAIN, Room, Sight, Subject};
use crate::app::state::Left;
use crate::app::wording;
use crate::engine::ClaimId;

use super::map_tools::MapTools;
use super::read::{Page, name};
use super::use_state;

/// How much one press of a button or key makes the map larger.
pub(super) const STEP: f64 = 1.4;
/// The shapes (width by height) of the place that maps are laid out for: beside a panel, and above one.
const SHAPES: [f64; 2] = [1.5, 0.7];

/// Where a map is drawn, and what is seen of it.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The place it is drawn in, once that has a size.
    room: Option<Room>,
    /// `None` while the whole is seen.
    sight: Option<Sight>,
}

/// How a map is looked at; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) map: StoredValue<map::Map>,
    seen: RwSignal<Seen>,
    /// What is seen, for when a correction or a better reading draws the map anew.
    kept: StoredValue<Left>,
    /// Whether all of it goes onto paper, whatever is seen.
    printing: RwSignal<bool>,
    /// The box that has the focus when the map gets it, by position.
    current: RwSignal<usize>,
}

impl Look {
    /// Changes what is seen, in the room that there is.
    fn change(self, change: impl FnOnce(Sight, &map::Map, Room) -> Sight) {
        let Seen { room: Some(room), sight } = self.seen.get_untracked() else { return };
        let sight = self.map.with_value(|map| {
            let whole = map.whole(room);
            let changed = change(sight.unwrap_or(whole), map, room);
            // What is as small as it gets is the whole, and stays it where the room changes.
            (changed.scale() > whole.scale()).then_some(changed)
        });
        self.seen.set(Seen { room: Some(room), sight });
        self.kept.set_value(Left { sight, ..self.kept.get_value() });
    }

    fn obey(self, gesture: Gesture) {
        self.change(|sight, map, room| match gesture {
            Gesture::Move(by) => sight.moved(map, room, by),
            Gesture::Zoom(factor, at) => sight.zoomed(map, room, factor, at),
        });
    }

    /// Makes the map larger around the middle of what is seen.
    pub(super) fn zoom(self, factor: f64) {
        if let Some((width, height)) = self.seen.get_untracked().room {
            self.obey(Gesture::Zoom(factor, (width / 2.0, height / 2.0)));
        }
    }

    pub(super) fn fit(self) {
        self.change(|_, map, room| map.whole(room));
    }

    fn measure(self) {
        let room = browser::size_of("#map");
        self.seen.set(Seen { room, ..self.seen.get_untracked() });
        // What was seen of the map before something in it changed may not be there any more.
        if self.seen.get_untracked().sight.is_some() {
            self.change(|sight, map, room| sight.moved(map, room, (0.0, 0.0)));
        }
    }

    /// Brings a box into sight, within the map and then within the page.
    fn bring(self, node: usize) {
        self.current.set(node);
        self.change(|sight, map, room| sight.showing(map, room, &map.nodes[node]));
        browser::after_layout(move || browser::scroll_least(&format!("#box-{node}")));
    }

    /// Moves the focus to the next box in a direction.
    fn walk(self, direction: Direction) {
        if let Some(node) = self.map.with_value(|map| map.beside(self.current.get_untracked(), direction)) {
            self.bring(node);
            browser::focus(&format!("#box-{node}"));
        }
    }

    /// The claim of the box that has the focus.
    fn claim(self) -> Option<ClaimId> {
        self.map.with_value(|map| map.nodes[self.current.get_untracked()].claim())
    }

    fn view_box(self) -> Option<String> {
        let Seen { room, sight } = self.seen.get();
        let sight = sight.filter(|_| !self.printing.get());
        room.map(|room| sight.unwrap_or_else(|| self.map.with_value(|map| map.whole(room))).view_box(room))
    }
}

/// The map with what can be done with it; and what is not on it.
#[component]
pub(super) fn Map(page: Page) -> impl IntoView {
    let map = map::Map::new(&page.breakdown, SHAPES[usize::from(browser::is_narrow())]);
    let left_out = match map.apart {
        0 => None,
        1 => Some("1 claim neither answers anything nor is answered, and is not on the map.".to_owned()),
        n => Some(format!("{} claims neither answer anything nor are answered, and are not on the map.", wording::count(n))),
    };
    let none = map.nodes.is_empty();
    view! {
        {none.then(|| view! {
            <p class="nothing">"Nobody answers anybody here, as far as Sayso sees, and nobody is spoken about who says nothing."</p>
        })}
        {(!none).then(|| view! { <Looked page map/> })}
        {left_out.map(|words| view! { <p class="left-out">{words}</p> })}
    }
}

/// The map between its buttons and its words.
#[component]
fn Looked(page: Page, map: map::Map) -> impl IntoView {
    let state = use_state();
    let told: Vec<String> = map.ties.iter().map(|tie| tie.told.clone()).collect();
    let seen = RwSignal::new(Seen { room: None, sight: state.left.get_value().sight });
    let look = Look { map: StoredValue::new(map), seen, kept: state.left, printing: state.printing, current: RwSignal::new(0) };
    view! {
        <MapTools look/>
        <Drawing page look/>
        // What the arrows show, for people who don't see them.
        <ul class="unseen" aria-label="Lines on the map">{told.into_iter().map(|told| view! { <li>{told}</li> }).collect_view()}</ul>
    }
}

/// The drawing itself: one stop for Tab, in which the arrow keys go from box to box. One listener serves all boxes.
#[component]
fn Drawing(page: Page, look: Look) -> impl IntoView {
    let state = use_state();
    let kept = StoredValue::new_local(None::<(Option<Watch>, Option<Gestures>)>);
    Effect::new(move |_| {
        let watch = Watch::new("#map", move || look.measure());
        kept.set_value(Some((watch, Gestures::new("#map", move |gesture| look.obey(gesture)))));
    });
    // What is selected, wherever that happened, is in sight.
    Effect::new(move |_| {
        if let Some(node) = state.selected.get().and_then(|claim| look.map.with_value(|map| map.node_of(claim))) {
            look.bring(node);
        }
    });
    let press = move |event: KeyboardEvent| {
        browser::take_key(&event, |key| {
            match key {
                "ArrowLeft" => look.walk(Direction::Left),
                "ArrowRight" => look.walk(Direction::Right),
                "ArrowUp" => look.walk(Direction::Up),
                "ArrowDown" => look.walk(Direction::Down),
                "+" | "=" => look.zoom(STEP),
                "-" => look.zoom(1.0 / STEP),
                "0" => look.fit(),
                "Enter" | " " => look.claim().into_iter().for_each(|claim| state.choose(claim)),
                _ => return false,
            }
            true
        });
    };
    let drawn = look.map.with_value(|map| {
        let line = |tie: &map::Tie| {
            let ends = [tie.from, tie.to].map(|node| map.nodes[node].claim());
            view! { <Line tie=tie.clone() ends/> }
        };
        let lines: Vec<_> = map.ties.iter().map(line).collect();
        let boxes: Vec<_> =
            map.nodes.iter().enumerate().map(|(at, node)| view! { <Card page=page.clone() at node=node.clone() look/> }).collect();
        (lines, boxes)
    });
    view! {
        <svg
            id="map"
            role="group"
            aria-label="Map of claims and answers; arrow keys go from box to box"
            // A map that needs less height than it may have gets no more.
            height=move || look.seen.get().room.map(|room| look.map.with_value(|map| map.height_across(room)).to_string())
            viewBox=move || look.view_box()
            data-near=move || look.seen.get().sight.map(|_| "")
            on:keydown=press
            on:click=move |event| state.choose_at(&event)
            on:mouseover=move |event| state.hovered.set(browser::claim_at(&event))
            on:mouseleave=move |_| state.hovered.set(None)
        >
            <g transform=format!("scale({GRAIN})")>{drawn}</g>
        </svg>
    }
}

/// A box; that of a claim selects it.
#[component]
fn Card(page: Page, at: usize, node: map::Node, look: Look) -> impl IntoView {
    let (class, role) = match node.of {
        Subject::Claim(claim) => (format!("node {}", page.hue(claim)), "button"),
        Subject::Narrated(_) => ("node narrated".to_owned(), "img"),
        Subject::Silent(_) => ("node silent".to_owned(), "img"),
    };
    let (selected, hovered) = node.claim().map(|claim| (page.selected(claim), page.hovered(claim))).unzip();
    let out = node.claim().map(|claim| page.out(claim));
    // The space parts the lines for whoever has them read.
    let line = |(x, y, words): (i32, i32, &str)| view! { <text x=x.to_string() y=y.to_string()>{words.to_owned() + " "}</text> };
    let words: Vec<_> = node.written().map(line).collect();
    view! {
        <g
            id=format!("box-{at}")
            class=class
            role=role
            aria-label=node.label.clone()
            tabindex=move || if look.current.get() == at { "0" } else { "-1" }
            data-claim=node.claim().map(name)
            data-selected=selected
            data-hovered=hovered
            data-out=out
            on:focus=move |_| look.current.set(at)
        >
            <path d=node.outline()/>
            {words}
        </g>
    }
}

/// A line with its label: strong while a claim at one of its ends is selected or under the pointer.
#[component]
fn Line(tie: map::Tie, ends: [Option<ClaimId>; 2]) -> impl IntoView {
    let state = use_state();
    let touches = move |claim: Option<ClaimId>| claim.is_some() && ends.contains(&claim);
    let strong = move || (touches(state.selected.get()) || touches(state.hovered.get())).then_some("");
    let side = if tie.leftward { "leftward" } else { "rightward" };
    let ((x, y), label, unsure) = (tie.at, tie.label(), tie.unsure.then_some(""));
    let class = format!("arc {} {side}", tie.class());
    view! {
        <g class=class aria-hidden="true" data-unsure=unsure data-strong=strong>
            <path class="line" d=tie.line/>
            <path class="point" d=tie.head/>
            <text x=x.to_string() y=y.to_string()>{label}</text>
        </g>
    }
}
