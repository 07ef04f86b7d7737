//! The map: claims as boxes, answers as arrows, in layers from what is answered, at the left, to its answers.
//!
//! All lengths are units, which are CSS pixels where the map is shown at its own size; x grows to the right, y downwards.

mod layers;
mod lines;
mod sight;
mod standalone;

use crate::engine::{Breakdown, ClaimId, Response, ResponseKind, Span, SpeakerId, Target};
use crate::order;

use super::threads::{self, Unanswered};
use super::wording;
use layers::Layout;
pub use sight::{GRAIN, Room, Sight};

/// A box's width.
const WIDTH: i32 = 224;
/// Between two columns: room for an arrow and its label.
const ACROSS: i32 = 92;
/// The least between two boxes of a column.
const ABOVE: i32 = 20;
/// Around the map.
const MARGIN: i32 = 16;
/// From a box's edge to its words.
const BESIDE: i32 = 12;
/// The size of the type in a box, and of a label.
const TYPE: i32 = 13;
/// From one line of words to the next.
const LINE: i32 = 18;
/// The most lines of a claim's words.
const MOST_LINES: usize = 3;
/// How far apart lines meet a box, where it is high enough.
const PORT: i32 = 14;

/// Boxes and the lines between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Map {
    /// The article's headline.
    pub title: Option<String>,
    /// The boxes: first the claims, in reading order.
    pub nodes: Vec<Node>,
    /// The lines.
    pub ties: Vec<Tie>,
    /// Units, margins included.
    pub width: i32,
    /// Units, margins included.
    pub height: i32,
    /// How many claims are left out, since they neither answer nor are answered nor are about who is silent.
    pub apart: usize,
}

/// What a box stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A claim that answers, is answered, or is about somebody silent.
    Claim(ClaimId),
    /// Something narrated that is answered.
    Narrated(Option<Span>),
    /// Somebody spoken about who says nothing here.
    Silent(SpeakerId),
}

/// A box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it stands for.
    pub of: Subject,
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// Units.
    pub width: i32,
    /// Units.
    pub height: i32,
    /// The hue of a claim's speaker, from 0.
    pub hue: Option<usize>,
    /// What is written in it, line by line; of a claim, the first names it.
    pub lines: Vec<String>,
    /// What it shows, for people who don't see it.
    pub label: String,
}

impl Node {
    /// Each line with where it begins: of somebody silent its middle, of others its left end.
    pub fn written(&self) -> impl Iterator<Item = (i32, i32, &str)> {
        let x = self.x + if self.is_silent() { self.width / 2 } else { BESIDE };
        (0..).zip(&self.lines).map(move |(line, words)| (x, self.y + TYPE + 8 + line * LINE, &**words))
    }

    /// Whether it stands for somebody who says nothing.
    pub fn is_silent(&self) -> bool {
        matches!(self.of, Subject::Silent(_))
    }

    /// Its edge, as SVG path data.
    pub fn outline(&self) -> String {
        let round = if self.is_silent() { self.height / 2 } else { 8 };
        let (x, y, across, down) = (self.x + round, self.y, self.width - 2 * round, self.height - 2 * round);
        let corner = |x: i32, y: i32| format!("a{round} {round} 0 0 1 {} {}", x * round, y * round);
        let [right, bottom, left, top] = [corner(1, 1), corner(-1, 1), corner(-1, -1), corner(1, -1)];
        format!("M{x} {y}h{across}{right}v{down}{bottom}h-{across}{left}v-{down}{top}z")
    }

    /// The claim it stands for.
    pub fn claim(&self) -> Option<ClaimId> {
        if let Subject::Claim(claim) = self.of { Some(claim) } else { None }
    }
}

/// A line between two boxes: an answer, or that a claim is about who is silent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tie {
    /// The box that answers, or of the claim that is about somebody; by position.
    pub from: usize,
    /// The box that is answered, or of who is silent; by position.
    pub to: usize,
    /// How it answers; `None` where it doesn't, but is about somebody.
    pub kind: Option<ResponseKind>,
    /// Whether the answer is rather no answer.
    pub unsure: bool,
    /// The line, as SVG path data.
    pub line: String,
    /// The head of an answer's arrow, as SVG path data; empty where there is none.
    pub head: String,
    /// Where the label stands: at its right end where the line leaves to the left, and otherwise at its left end.
    pub at: (i32, i32),
    /// Whether the line leaves its box to the left.
    pub leftward: bool,
    /// What it shows, as words: "9 Ada rebuts 8 Bo".
    pub told: String,
}

impl Tie {
    /// "rebuts", "no comment", "about"; with a question mark where it is unsure.
    pub fn label(&self) -> String {
        let verb = match self.kind {
            None => "about",
            Some(ResponseKind::NoComment) => "no comment",
            Some(kind) => wording::response(kind),
        };
        format!("{verb}{}", if self.unsure { "?" } else { "" })
    }

    /// The class of its kind.
    pub fn class(&self) -> &'static str {
        self.kind.map_or("about", ResponseKind::as_str)
    }
}

/// A way over the map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// To the column before.
    Left,
    /// To the column after.
    Right,
    /// To the box above, in the same column.
    Up,
    /// To the box below, in the same column.
    Down,
}

/// Across and down, in units.
type Point = (i32, i32);

/// How many, as far as anything can be drawn so often.
fn whole(count: usize) -> i32 {
    i32::try_from(count).map_or(1 << 20, |count| count.min(1 << 20))
}

/// A line from one box to another, by position, with the answer it stands for.
type Edge<'a> = (usize, usize, Option<&'a Response>);

/// The boxes and lines before they have places.
struct Graph<'a> {
    breakdown: &'a Breakdown,
    subjects: Vec<Subject>,
    ties: Vec<Edge<'a>>,
}

impl<'a> Graph<'a> {
    fn new(breakdown: &'a Breakdown) -> Self {
        let addressed = threads::unanswered(breakdown);
        let mut drawn = vec![false; breakdown.claims.len()];
        for response in &breakdown.responses {
            drawn[response.from.index()] = true;
            if let Target::Claim(to) = response.to {
                drawn[to.index()] = true;
            }
        }
        addressed.iter().for_each(|claim| drawn[claim.claim.index()] |= !claim.silent.is_empty());
        let mut subjects = Vec::new();
        let mut places = vec![0; drawn.len()];
        for (id, _) in breakdown.numbered_claims().filter(|(id, _)| drawn[id.index()]) {
            places[id.index()] = subjects.len();
            subjects.push(Subject::Claim(id));
        }
        let mut ties: Vec<Edge> = Vec::new();
        for response in &breakdown.responses {
            let to = match response.to {
                Target::Claim(to) => places[to.index()],
                Target::Narrated(words) => {
                    // Two answers to the same words meet in one box; two to nothing in particular don't.
                    let known = subjects.iter().position(|of| words.is_some() && *of == Subject::Narrated(words));
                    known.unwrap_or_else(|| {
                        subjects.push(Subject::Narrated(words));
                        subjects.len() - 1
                    })
                }
            };
            ties.push((places[response.from.index()], to, Some(response)));
        }
        // The box of who is silent, and the last claim that was joined to it: one may be about somebody twice.
        let mut silent: Vec<Option<(usize, ClaimId)>> = vec![None; breakdown.speakers.len()];
        for Unanswered { claim, silent: about } in &addressed {
            for who in about {
                let place = silent[who.index()].map_or(subjects.len(), |(place, _)| place);
                if place == subjects.len() {
                    subjects.push(Subject::Silent(*who));
                }
                if silent[who.index()].replace((place, *claim)) != Some((place, *claim)) {
                    ties.push((places[claim.index()], place, None));
                }
            }
        }
        Self { breakdown, subjects, ties }
    }

    /// "9 Maria Zakharova", "“questions about the ice”", "NATO": what a box stands for, in a sentence.
    fn name(&self, node: usize) -> String {
        let breakdown = self.breakdown;
        match self.subjects[node] {
            Subject::Claim(id) => format!("{} {}", id.0 + 1, wording::speaker(breakdown, breakdown.claim(id).speaker)),
            Subject::Narrated(Some(span)) => format!("“{}”", wording::excerpt(&breakdown.article, &[span])),
            Subject::Narrated(None) => "something not given".to_owned(),
            Subject::Silent(id) => wording::speaker(breakdown, Some(id)),
        }
    }

    /// The lines in a box.
    fn lines(&self, node: usize) -> Vec<String> {
        let breakdown = self.breakdown;
        let room = f64::from(WIDTH - 2 * BESIDE) / f64::from(TYPE);
        let (title, words) = match self.subjects[node] {
            Subject::Claim(id) => {
                let claim = breakdown.claim(id);
                let verb = wording::verb(&breakdown.article, claim).map_or_else(String::new, |verb| format!("{verb}: "));
                (self.name(node), verb + &wording::content(&breakdown.article, claim))
            }
            Subject::Narrated(words) => ("narrated".to_owned(), wording::narrated(&breakdown.article, words)),
            Subject::Silent(_) => return lines::wrap(&format!("{}: not quoted", self.name(node)), room, 2),
        };
        let mut lines = lines::wrap(&title, room, 1);
        // Only the title is bold.
        lines.extend(lines::wrap(&words, room * 1.1, MOST_LINES));
        lines
    }

    /// What each box answers: ", rebuts 8".
    fn tags(&self) -> Vec<String> {
        let mut tags = vec![String::new(); self.subjects.len()];
        for (from, _, response) in &self.ties {
            tags[*from].extend(response.map(|response| format!(", {}", wording::tag(self.breakdown, response))));
        }
        tags
    }

    /// What a box shows, in a sentence that begins with what is written in it.
    fn label(&self, node: usize, tags: &str, lines: &[String]) -> String {
        let written = lines.split_first().map(|(title, words)| format!("{title}: {}", words.join(" "))).unwrap_or_default();
        match self.subjects[node] {
            Subject::Claim(_) => format!("{written} – claim{tags}"),
            Subject::Narrated(_) => format!("{written} – nobody’s quoted words"),
            Subject::Silent(_) => format!("{}: not quoted, though spoken about", self.name(node)),
        }
    }

    fn told(&self, from: usize, to: usize, response: Option<&Response>) -> String {
        let (from, to) = (self.name(from), self.name(to));
        match response {
            Some(response) => {
                let unsure = if response.confidence.is_low() { ", unsure" } else { "" };
                format!("{from} {} {to}{unsure}", wording::response(response.kind))
            }
            None => format!("{from} is about {to}, who is not quoted"),
        }
    }
}

impl Map {
    /// Lays out who answers whom; `shape` is the width of the place it is to fill, divided by its height.
    pub fn new(breakdown: &Breakdown, shape: f64) -> Self {
        let graph = Graph::new(breakdown);
        let (hues, tags) = (threads::hues(breakdown), graph.tags());
        let mut nodes: Vec<Node> = (0..graph.subjects.len())
            .map(|node| {
                let (of, lines) = (graph.subjects[node], graph.lines(node));
                let speaker = if let Subject::Claim(id) = of { breakdown.claim(id).speaker } else { None };
                Node {
                    of,
                    x: 0,
                    y: 0,
                    width: WIDTH,
                    height: LINE * whole(lines.len()) + LINE - 3,
                    hue: speaker.and_then(|speaker| hues[speaker.index()]),
                    label: graph.label(node, &tags[node], &lines),
                    lines,
                }
            })
            .collect();
        let heights: Vec<i32> = nodes.iter().map(|node| node.height).collect();
        // Answers belong to the right of what they answer, and who is silent where the answer would be.
        let ends = |&(from, to, response): &Edge| if response.is_some() { (to, from) } else { (from, to) };
        let lines: Vec<(usize, usize)> = graph.ties.iter().map(ends).collect();
        let layout = layers::lay_out(&heights, &lines, shape);
        for (node, corner) in nodes.iter_mut().zip(&layout.corners) {
            (node.x, node.y) = *corner;
        }
        let ties = draw(&graph, &nodes, &layout);
        let claims = nodes.iter().filter_map(Node::claim).count();
        Self {
            title: wording::title(breakdown),
            nodes,
            ties,
            width: layout.width,
            height: layout.height,
            apart: breakdown.claims.len() - claims,
        }
    }

    /// The box of a claim, by position.
    pub fn node_of(&self, claim: ClaimId) -> Option<usize> {
        self.nodes.iter().position(|node| node.claim() == Some(claim))
    }

    /// The box nearest to another in a direction, by position. Every box is reached from every other: up and down lead
    /// through its column, left and right to the next one.
    pub fn beside(&self, node: usize, direction: Direction) -> Option<usize> {
        let here = self.nodes.get(node)?;
        let middle = |node: &Node| node.y + node.height / 2;
        // How far a box is: first by column, then by height.
        let far = |other: &Node| {
            let (right, down) = (other.x - here.x, middle(other) - middle(here));
            let across = |columns: i32| (columns > 0).then_some((columns, down.abs()));
            let along = |down: i32| (right == 0 && down > 0).then_some((0, down));
            match direction {
                Direction::Left => across(-right),
                Direction::Right => across(right),
                Direction::Up => along(-down),
                Direction::Down => along(down),
            }
        };
        self.nodes.iter().enumerate().filter_map(|(at, other)| Some((far(other)?, at))).min().map(|(_, at)| at)
    }
}

/// Gives every line its way between the boxes.
fn draw(graph: &Graph, nodes: &[Node], layout: &Layout) -> Vec<Tie> {
    let ways = ways(&graph.ties, nodes, layout);
    let tie = |(&(from, to, response), mut way): (&Edge, Vec<Point>)| {
        let leftward = nodes[from].x > nodes[to].x;
        if leftward {
            way.reverse();
        }
        let ((start_x, start_y), (end_x, end_y)) = (way[0], way[way.len() - 1]);
        let back = if leftward { 1 } else { -1 };
        Tie {
            from,
            to,
            kind: response.map(|response| response.kind),
            unsure: response.is_some_and(|response| response.confidence.is_low()),
            line: curve(&way),
            head: response.map_or_else(String::new, |_| format!("M{end_x} {end_y}l{} -5v10z", 9 * back)),
            // Beside the line: above where it goes level or down, below where it rises.
            at: (start_x - 8 * back, start_y + if way[1].1 < start_y { 15 } else { -6 }),
            leftward,
            told: graph.told(from, to, response),
        }
    };
    graph.ties.iter().zip(ways).map(tie).collect()
}

/// The points of each line from left to right: out of a box, through the columns between, into the other. Lines that meet
/// on one side of a box keep apart there, in the order of where they come from.
fn ways(edges: &[Edge], nodes: &[Node], layout: &Layout) -> Vec<Vec<Point>> {
    let middle = |node: usize| nodes[node].y + nodes[node].height / 2;
    let mut ways = Vec::with_capacity(edges.len());
    // Each end of each line, in order of its side of its box and then of the height that it comes from.
    let mut ends = Vec::with_capacity(2 * edges.len());
    for (&(from, to, _), bends) in edges.iter().zip(&layout.bends) {
        let (left, right) = if nodes[from].x < nodes[to].x { (from, to) } else { (to, from) };
        let mut way = vec![(nodes[left].x + WIDTH, middle(left))];
        way.extend(bends.iter().flat_map(|&(x, y)| [(x, y), (x + WIDTH, y)]));
        way.push((nodes[right].x, middle(right)));
        for (side, next) in [(2 * left, way[1].1), (2 * right + 1, way[way.len() - 2].1)] {
            ends.push(((i64::from(whole(side)) << 32) + i64::from(next), ends.len()));
        }
        ways.push(way);
    }
    order::sort(&mut ends);
    for meeting in ends.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
        let (count, node) = (whole(meeting.len()), (meeting[0].0 >> 33) as usize);
        let step = PORT.min((nodes[node].height - PORT) / count);
        for (at, (_, end)) in (0..).zip(meeting) {
            let way: &mut Vec<Point> = &mut ways[end / 2];
            let place = if end % 2 == 0 { 0 } else { way.len() - 1 };
            way[place].1 += (2 * at - count + 1) * step / 2;
        }
    }
    ways
}

/// A curve through the points, level at each: across columns straight, between them bent.
fn curve(way: &[Point]) -> String {
    let step = |(place, pair): (usize, &[Point])| {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let middle = i32::midpoint(x, to_x);
        if place % 2 == 0 { format!("C{middle} {y} {middle} {to_y} {to_x} {to_y}") } else { format!("H{to_x}") }
    };
    let steps: String = way.windows(2).enumerate().map(step).collect();
    format!("M{} {}{steps}", way[0].0, way[0].1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::sample::{breakdown, find, said};
    use crate::engine::Quotation::Indirect;
    use crate::engine::{Confidence, Parts};
    use proptest::prelude::*;

    fn respond(from: u32, to: Target) -> Response {
        Response { from: ClaimId(from), to, kind: ResponseKind::Rebut, signal: vec![], confidence: Confidence::percent(80) }
    }

    fn claim(to: u32) -> Target {
        Target::Claim(ClaimId(to))
    }

    /// Five claims by Ada, Bo, Ada, Cy and Di with these responses; the last is about Ed, who says nothing.
    fn sample(responses: Vec<Response>) -> Breakdown {
        let text = "Ada said one. Bo said two. Ada said three. Cy said four. Di said Ed lied. Ed said naught.";
        let claims = [("Ada", "one"), ("Bo", "two"), ("Ada", "three"), ("Cy", "four"), ("Di", "Ed lied"), ("Ed", "naught")];
        let mut parts = Parts::clone(&breakdown(text, &claims.map(|(who, what)| said(who, "said", &[what], Indirect))));
        parts.claims.pop();
        parts.claims[4].about = vec![SpeakerId(4), SpeakerId(4)];
        parts.responses = responses;
        Breakdown::new(parts).unwrap()
    }

    fn subjects(map: &Map) -> Vec<Subject> {
        map.nodes.iter().map(|node| node.of).collect()
    }

    #[test]
    fn boxes_stand_for_what_answers_what_is_answered_and_who_is_silent() {
        let map = Map::new(&sample(vec![respond(1, claim(0))]), 1.5);
        let claims = [0, 1, 4].map(|id| Subject::Claim(ClaimId(id)));
        assert_eq!(subjects(&map), [&claims[..], &[Subject::Silent(SpeakerId(4))]].concat());
        let ties: Vec<_> = map.ties.iter().map(|tie| (tie.from, tie.to, tie.label(), tie.leftward)).collect();
        assert_eq!(ties, [(1, 0, "rebuts".to_owned(), true), (2, 3, "about".to_owned(), false)]);
        assert_eq!(map.apart, 2);
    }

    #[test]
    fn what_is_narrated_is_one_box_where_it_has_words() {
        let base = sample(vec![]);
        let words = Target::Narrated(Some(find(&base.article, "three")));
        let map = Map::new(
            &sample(vec![
                respond(0, words.clone()),
                respond(1, words),
                respond(2, Target::Narrated(None)),
                respond(3, Target::Narrated(None)),
            ]),
            1.5,
        );
        let narrated = subjects(&map).into_iter().filter(|of| matches!(of, Subject::Narrated(_))).count();
        assert_eq!(narrated, 3);
    }

    #[test]
    fn everything_is_told_in_words_too() {
        let mut unsure = respond(1, claim(0));
        unsure.confidence = Confidence::percent(40);
        let map = Map::new(&sample(vec![unsure]), 1.5);
        assert_eq!(map.ties[0].told, "2 Bo rebuts 1 Ada, unsure");
        assert_eq!(map.ties[0].label(), "rebuts?");
        assert_eq!(map.ties[1].told, "5 Di is about Ed, who is not quoted");
        let labels: Vec<&str> = map.nodes.iter().map(|node| &*node.label).collect();
        let expected =
            ["1 Ada: One. – claim", "2 Bo: Two. – claim, rebuts 1", "5 Di: Ed lied. – claim", "Ed: not quoted, though spoken about"];
        assert_eq!(labels, expected);
    }

    #[test]
    fn nobody_who_answers_gives_no_boxes() {
        let mut parts = Parts::clone(&sample(vec![]));
        parts.claims.pop();
        let map = Map::new(&Breakdown::new(parts).unwrap(), 1.5);
        assert_eq!((map.nodes.len(), map.apart), (0, 4));
    }

    #[test]
    fn an_arrow_ends_where_it_points() {
        let map = Map::new(&sample(vec![respond(1, claim(0))]), 1.5);
        let [answered, answer] = [&map.nodes[0], &map.nodes[1]];
        let tie = &map.ties[0];
        assert!(answered.x < answer.x);
        assert!(tie.line.starts_with(&format!("M{} ", answer.x)), "{}", tie.line);
        assert!(tie.head.starts_with(&format!("M{} ", answered.x + WIDTH)), "{}", tie.head);
    }

    #[test]
    fn hundreds_of_claims_are_laid_out() {
        let mut parts = Parts::clone(&sample(vec![]));
        parts.claims = vec![parts.claims[0].clone(); 300];
        parts.responses = (1..300).map(|from| respond(from, claim(if from % 7 == 0 { from - 1 } else { from / 4 }))).collect();
        let map = Map::new(&Breakdown::new(parts).unwrap(), 1.5);
        assert_eq!((map.nodes.len(), map.ties.len()), (300, 299));
        assert_no_overlap(&map);
    }

    fn assert_no_overlap(map: &Map) {
        for (at, a) in map.nodes.iter().enumerate() {
            assert!(a.x >= 0 && a.y >= 0 && a.x + a.width <= map.width && a.y + a.height <= map.height, "{a:?} is off the map");
            for b in &map.nodes[at + 1..] {
                let apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
                assert!(apart, "{a:?} and {b:?} overlap");
            }
        }
    }

    /// Whatever may answer whatever: circles, the same twice, claims about anybody.
    fn breakdowns() -> impl Strategy<Value = Breakdown> {
        let target = prop_oneof![4 => (0_u32..24).prop_map(claim), 1 => Just(Target::Narrated(None)), 1 => Just(Target::Narrated(Some(find(&sample(vec![]).article, "three"))))];
        let responses = prop::collection::vec((0_u32..24, target), 0..40);
        let about = prop::collection::vec((0_usize..24, 0_u32..5), 0..20);
        (responses, about).prop_map(|(responses, about)| {
            let mut parts = Parts::clone(&sample(vec![]));
            parts.claims = vec![parts.claims[3].clone(); 24];
            about.into_iter().for_each(|(claim, who)| parts.claims[claim].about.push(SpeakerId(who)));
            parts.responses = responses.into_iter().filter(|(from, to)| *to != claim(*from)).map(|(from, to)| respond(from, to)).collect();
            Breakdown::new(parts).unwrap()
        })
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap_and_every_answer_is_drawn_once(breakdown in breakdowns(), shape in 0.2..5.0) {
            let map = Map::new(&breakdown, shape);
            assert_no_overlap(&map);
            let mut drawn: Vec<(u32, Option<u32>)> = Vec::new();
            for tie in map.ties.iter().filter(|tie| tie.kind.is_some()) {
                let claim = |node: usize| map.nodes[node].claim().map(|id| id.0);
                drawn.extend(claim(tie.from).map(|from| (from, claim(tie.to))));
            }
            let given = breakdown.responses.iter().map(|response| match response.to {
                Target::Claim(to) => (response.from.0, Some(to.0)),
                Target::Narrated(_) => (response.from.0, None),
            });
            prop_assert_eq!(drawn, given.collect::<Vec<_>>());
        }

        #[test]
        fn arrow_keys_reach_every_box(breakdown in breakdowns()) {
            let map = Map::new(&breakdown, 1.5);
            let mut reached: BTreeSet<usize> = (0..map.nodes.len().min(1)).collect();
            let mut open: Vec<usize> = reached.iter().copied().collect();
            while let Some(node) = open.pop() {
                for direction in [Direction::Left, Direction::Right, Direction::Up, Direction::Down] {
                    open.extend(map.beside(node, direction).filter(|&other| reached.insert(other)));
                }
            }
            prop_assert_eq!(reached.len(), map.nodes.len());
        }
    }
}
