//! A map as a file of its own: an SVG that needs nothing of the page, in the colours of the light theme.

use std::fmt::Write as _;

use crate::app::wording;
use crate::engine::ResponseKind;

use super::{Map, Node, Subject, TYPE, Tie};

const PAPER: &str = "#fbfaf7";
const CARD: &str = "#ffffff";
const INK: &str = "#1d1c1a";
const SOFT: &str = "#66635c";
const EDGE: &str = "#8d897f";
const FLAG: &str = "#a83c14";
const HUES: [&str; 10] = ["#a9421a", "#1a6763", "#6347ad", "#775a00", "#2a672a", "#a82763", "#1b5a9f", "#774628", "#505b68", "#87298a"];

/// The pixels a unit of the map has in a picture, where they are not too many.
const PIXELS: f64 = 2.0;
/// Browsers draw nothing on a canvas longer than this, in pixels,
const MOST_PIXELS: f64 = 8_000.0;
/// or, on some telephones, on one with more than this many in all.
const MOST_AREA: f64 = 16_000_000.0;

impl Map {
    /// The name of a file with the map, without its ending.
    pub fn file_name(&self) -> String {
        let slug = self.title.as_deref().map(wording::slug).unwrap_or_default();
        if slug.is_empty() { "sayso-map".to_owned() } else { slug }
    }

    /// The map as an SVG document.
    pub fn standalone(&self) -> String {
        let (width, height) = (self.width, self.height);
        let told: Vec<&str> = self.ties.iter().map(|tie| &*tie.told).collect();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif\" font-size=\"{TYPE}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>\n",
            escaped(self.title.as_deref().unwrap_or("Who answers whom")),
            escaped(&told.join("; ")),
        );
        self.ties.iter().for_each(|tie| line(&mut svg, tie));
        self.nodes.iter().for_each(|node| card(&mut svg, node));
        svg + "</svg>\n"
    }

    /// Width and height in pixels of a picture of the map.
    pub fn pixels(&self) -> (u32, u32) {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let scale = PIXELS.min(MOST_PIXELS / width.max(height)).min((MOST_AREA / width / height).sqrt());
        let whole = |length: f64| (length * scale).floor().max(1.0) as u32;
        (whole(width), whole(height))
    }
}

fn line(svg: &mut String, tie: &Tie) {
    let (colour, dashes) = match tie.kind {
        Some(ResponseKind::Rebut) => (FLAG, ""),
        Some(ResponseKind::Support) => (HUES[4], " stroke-dasharray=\"9 4\""),
        Some(ResponseKind::Answer) => (HUES[1], " stroke-dasharray=\"5 3\""),
        Some(ResponseKind::NoComment) => (SOFT, " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\""),
        None => (EDGE, " stroke-dasharray=\"2 4\""),
    };
    let thickness = if tie.unsure { "1" } else { "1.6" };
    let _ = writeln!(svg, "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness}\"{dashes}/>", tie.line);
    if !tie.head.is_empty() {
        let _ = writeln!(svg, "<path d=\"{}\" fill=\"{colour}\"/>", tie.head);
    }
    let ((x, y), anchor) = (tie.at, if tie.leftward { "end" } else { "start" });
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"11\" fill=\"{SOFT}\">{}</text>", tie.label());
}

fn card(svg: &mut String, node: &Node) {
    let colour = node.hue.map_or(SOFT, |hue| HUES[hue % HUES.len()]);
    let (dashes, fill) = if node.claim().is_some() { ("", CARD) } else { (" stroke-dasharray=\"4 3\"", PAPER) };
    let _ = writeln!(svg, "<path d=\"{}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"{dashes}/>", node.outline());
    for (at, (x, y, words)) in node.written().enumerate() {
        let (fill, weight) = match (node.of, at) {
            (Subject::Claim(_), 0) => (colour, " font-weight=\"700\""),
            (Subject::Claim(_), _) => (INK, ""),
            _ => (SOFT, ""),
        };
        let anchor = if node.is_silent() { " text-anchor=\"middle\"" } else { "" };
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" fill=\"{fill}\"{weight}{anchor}>{}</text>", escaped(words));
    }
}

/// Words as XML has them; characters that it has in no way are left out.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => (),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::engine::Quotation::Indirect;
    use crate::engine::{Breakdown, ClaimId, Confidence, Parts, Response, Target};

    fn sample() -> Map {
        let text = "Ada said a < b & “c”. Bo said \u{1}two.";
        let claims = [said("Ada", "said", &["a < b & “c”"], Indirect), said("Bo", "said", &["\u{1}two"], Indirect)];
        let mut parts = Parts::clone(&breakdown(text, &claims));
        let kind = ResponseKind::Support;
        parts.responses =
            vec![Response { from: ClaimId(1), to: Target::Claim(ClaimId(0)), kind, signal: vec![], confidence: Confidence::percent(80) }];
        Map::new(&Breakdown::new(parts).unwrap(), 1.5)
    }

    #[test]
    fn words_are_escaped() {
        let svg = Map { title: Some("<Ada> & \"Bo\"\u{7}".to_owned()), ..sample() }.standalone();
        assert!(svg.contains("<title>&lt;Ada&gt; &amp; &quot;Bo&quot;</title>"), "{svg}");
        assert!(svg.contains("<desc>2 Bo supports 1 Ada</desc>"), "{svg}");
        assert!(svg.contains(">A &lt; b &amp; “c”.</text>") && svg.contains(">two.</text>") && !svg.contains('\u{1}'), "{svg}");
    }

    #[test]
    fn a_file_is_named_after_its_article() {
        let name = |title: Option<&str>| Map { title: title.map(str::to_owned), ..sample() }.file_name();
        let names = [None, Some("…"), Some("Ada’s word")].map(name);
        assert_eq!(names, ["sayso-map", "sayso-map", "adas-word"]);
    }

    #[test]
    fn everything_on_the_map_is_in_the_file() {
        let (map, svg) = (sample(), sample().standalone());
        assert_eq!(svg.matches("<path ").count(), map.nodes.len() + 2 * map.ties.len());
        assert_eq!(svg.matches("<text ").count(), svg.matches("</text>").count());
        assert!(svg.contains(">supports</text>") && svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn colours_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../../style/tokens.css");
        let hues = (1..).zip(HUES).map(|(number, colour)| (format!("hue-{number}"), colour));
        let others = [("paper", PAPER), ("card", CARD), ("ink", INK), ("soft", SOFT), ("edge", EDGE), ("flag", FLAG)];
        for (name, colour) in others.map(|(name, colour)| (name.to_owned(), colour)).into_iter().chain(hues) {
            assert!(tokens.contains(&format!("--{name}: light-dark({colour}, ")), "{name} is not {colour}");
        }
    }

    #[test]
    fn a_picture_has_twice_the_pixels_unless_they_are_too_many() {
        let pixels = |width, height| Map { width, height, ..sample() }.pixels();
        assert_eq!(pixels(1000, 500), (2000, 1000));
        assert_eq!(pixels(16_000, 500), (8_000, 250));
        assert_eq!(pixels(4000, 4000), (4000, 4000));
        assert_eq!(pixels(1_000_000, 20), (8_000, 1));
    }
}
