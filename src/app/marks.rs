//! From a breakdown to marked-up text: which stretch of the paste carries which marks, as a tree that
//! the page can render element by element. All offsets are bytes of the article's text.

use std::cmp::Reverse;
use std::ops::Range;

use crate::engine::{BlockKind, Breakdown, Claim, ClaimId, Quotation, Span, Target, quoted_parts};
use crate::order;

/// Marks nested deeper than this are dropped, so that no text can make the page's tree deep or slow.
const DEEPEST: usize = 12;

/// What marked words are. On equal words the earlier role is the outer one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Evidence of the note being looked at.
    Evidence,
    /// Narrated words that the claim answers.
    Answered,
    /// What is attributed.
    Content,
    /// The verbatim part of a mixed content.
    Quoted,
    /// The words that name the source.
    Source,
    /// The words that signal the attribution.
    Cue,
}

/// A node of the marked-up text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// Plain words.
    Text(Range<usize>),
    /// Marked words; evidence belongs to no claim.
    Mark(Role, Option<ClaimId>, Vec<Node>),
    /// The number of a claim whose content ends here.
    Number(ClaimId),
}

/// A part of the paste that the page shows as one element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    pub range: Range<usize>,
    pieces: Vec<Piece>,
}

/// One contiguous mark inside one stretch. The order of fields is the order of nesting.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Piece {
    start: usize,
    end: Reverse<usize>,
    role: Role,
    depth: usize,
    claim: Option<ClaimId>,
    last: bool,
}

/// The whole text in order: every block, and as paragraphs whatever no block covers, so that nothing
/// that was pasted is ever missing from the page.
pub fn stretches(breakdown: &Breakdown) -> Vec<Stretch> {
    let article = &breakdown.article;
    let mut found = Vec::new();
    let fill = |from: usize, to: usize, found: &mut Vec<Stretch>| {
        let gap = article.trimmed(from, to);
        found.extend(gap.map(|span| Stretch { kind: BlockKind::Paragraph, range: span.range(), pieces: Vec::new() }));
    };
    let mut done = 0;
    for block in &breakdown.blocks {
        fill(done, block.span.start(), &mut found);
        found.push(Stretch { kind: block.kind, range: block.span.range(), pieces: Vec::new() });
        done = block.span.end();
    }
    fill(done, article.text().len(), &mut found);

    for (id, claim) in breakdown.numbered_claims() {
        let depth = depth(breakdown, claim);
        let last = claim.content.last().map(|span| span.end());
        let mut mark = |role, range: Range<usize>| {
            let last = role == Role::Content && last == Some(range.end);
            spread(&mut found, &Piece { start: range.start, end: Reverse(range.end), role, depth, claim: Some(id), last });
        };
        for span in &claim.content {
            mark(Role::Content, span.range());
            if claim.quotation == Quotation::Mixed {
                for part in quoted_parts(article.text(), *span) {
                    mark(Role::Quoted, part);
                }
            }
        }
        claim.source.iter().for_each(|span| mark(Role::Source, span.range()));
        claim.cue.iter().for_each(|span| mark(Role::Cue, span.range()));
    }
    for response in &breakdown.responses {
        if let Target::Narrated(Some(span)) = response.to {
            let piece = Piece {
                start: span.start(),
                end: Reverse(span.end()),
                role: Role::Answered,
                depth: 0,
                claim: Some(response.from),
                last: false,
            };
            spread(&mut found, &piece);
        }
    }
    found
}

/// How many claims a claim lies in.
fn depth(breakdown: &Breakdown, claim: &Claim) -> usize {
    std::iter::successors(claim.within, |outer| breakdown.claim(*outer).within).take(DEEPEST).count()
}

/// Cuts a mark at the ends of the stretches it runs through and gives each its part.
fn spread(stretches: &mut [Stretch], piece: &Piece) {
    let first = stretches.partition_point(|s| s.range.end <= piece.start);
    for stretch in stretches[first..].iter_mut().take_while(|s| s.range.start < piece.end.0) {
        let (start, end) = (piece.start.max(stretch.range.start), piece.end.0.min(stretch.range.end));
        stretch.pieces.push(Piece { start, end: Reverse(end), last: piece.last && end == piece.end.0, ..piece.clone() });
    }
}

impl Stretch {
    /// Its words as a tree, with `evidence` marked too. Marks that cross are cut, so that they nest.
    pub fn nodes(&self, evidence: &[Span]) -> Vec<Node> {
        let mut pending = order::set(self.pieces.iter().cloned());
        for span in self.touched_by(evidence) {
            let (start, end) = (span.start().max(self.range.start), span.end().min(self.range.end));
            pending.insert(Piece { start, end: Reverse(end), role: Role::Evidence, depth: 0, claim: None, last: false });
        }
        let mut tree = Tree { at: self.range.start, open: Vec::new(), done: Vec::new() };
        while let Some(mut piece) = pending.pop_first() {
            tree.close_until(piece.start);
            match tree.open.last() {
                Some((outer, _)) if outer.end.0 < piece.end.0 => {
                    let cut = outer.end;
                    pending.insert(Piece { start: cut.0, ..piece.clone() });
                    piece = Piece { end: cut, last: false, ..piece };
                }
                _ => {}
            }
            tree.text_until(piece.start);
            if tree.open.len() < DEEPEST {
                tree.open.push((piece, Vec::new()));
            } else if let (true, Some(claim)) = (piece.last, piece.claim) {
                tree.add(Node::Number(claim));
            }
        }
        tree.close_until(self.range.end);
        tree.text_until(self.range.end);
        tree.done
    }

    /// The claims that have marks in it, each as often as it has.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> {
        self.pieces.iter().filter_map(|piece| piece.claim)
    }

    /// Those of the spans that share words with this stretch.
    fn touched_by(&self, spans: &[Span]) -> Vec<Span> {
        spans.iter().copied().filter(|s| s.start() < self.range.end && self.range.start < s.end()).collect()
    }
}

/// The tree while it is being built: marks still open, outermost first, and what is finished.
struct Tree {
    at: usize,
    open: Vec<(Piece, Vec<Node>)>,
    done: Vec<Node>,
}

impl Tree {
    fn add(&mut self, node: Node) {
        self.open.last_mut().map_or(&mut self.done, |(_, inner)| inner).push(node);
    }

    fn text_until(&mut self, to: usize) {
        if self.at < to {
            self.add(Node::Text(self.at..to));
            self.at = to;
        }
    }

    /// Closes every mark that ends at or before `to`, innermost first.
    fn close_until(&mut self, to: usize) {
        while self.open.last().is_some_and(|(piece, _)| piece.end.0 <= to) {
            let Some((piece, _)) = self.open.last() else { return };
            self.text_until(piece.end.0);
            let Some((piece, inner)) = self.open.pop() else { return };
            self.add(Node::Mark(piece.role, piece.claim, inner));
            if let (true, Some(claim)) = (piece.last, piece.claim) {
                self.add(Node::Number(claim));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;

    /// The tree as text: `{role+claim words}` and `#number`.
    fn drawn(text: &str, nodes: &[Node]) -> String {
        nodes.iter().fold(String::new(), |out, node| match node {
            Node::Text(range) => out + &text[range.clone()],
            Node::Number(id) => format!("{out}#{}", id.0 + 1),
            Node::Mark(role, id, inner) => {
                let id = id.map_or(String::new(), |id| (id.0 + 1).to_string());
                format!("{out}{{{role:?}{id} {}}}", drawn(text, inner))
            }
        })
    }

    fn check(claims: &[sample::Said], evidence: &[&str], text: &str, expected: &str) {
        let breakdown = sample::breakdown(text, claims);
        let spans: Vec<Span> = evidence.iter().map(|words| sample::find(&breakdown.article, words)).collect();
        let drawn: Vec<String> = stretches(&breakdown).iter().map(|s| drawn(text, &s.nodes(&spans))).collect();
        assert_eq!(drawn.join("\n"), expected);
    }

    #[test]
    fn plain_text_stays_plain() {
        check(&[], &[], "Nobody says a word.", "Nobody says a word.");
    }

    #[test]
    fn a_claim_has_source_cue_content_and_its_number() {
        let said = sample::said("Ada Quill", "said", &["the mill would close"], Quotation::Indirect);
        check(&[said], &[], "Ada Quill said the mill would close.", "{Source1 Ada Quill} {Cue1 said} {Content1 the mill would close}#1.");
    }

    #[test]
    fn a_number_stands_once_after_the_last_part() {
        let said = sample::said("she", "said", &["“One,”", "“two.”"], Quotation::Direct);
        check(&[said], &[], "“One,” she said, “two.” Then", "{Content1 “One,”} {Source1 she} {Cue1 said}, {Content1 “two.”}#1 Then");
    }

    #[test]
    fn quoted_words_of_a_mixed_claim_are_told_apart() {
        let said = sample::said("She", "called", &["it “a farce” again"], Quotation::Mixed);
        check(&[said], &[], "She called it “a farce” again.", "{Source1 She} {Cue1 called} {Content1 it {Quoted1 “a farce”} again}#1.");
    }

    #[test]
    fn nested_claims_nest_and_number_inside_out() {
        let outer = sample::said("Ada", "said", &["Bo denied it"], Quotation::Indirect);
        let inner = sample::Said { within: Some(0), ..sample::said("Bo", "denied", &["it"], Quotation::Indirect) };
        let expected = "{Source1 Ada} {Cue1 said} {Content1 {Source2 Bo} {Cue2 denied} {Content2 it}#2}#1.";
        check(&[outer, inner], &[], "Ada said Bo denied it.", expected);
    }

    #[test]
    fn crossing_marks_are_cut_so_that_they_nest() {
        let said = sample::said("Ada", "said", &["it would rain"], Quotation::Indirect);
        let expected = "{Source1 Ada} {Cue1 said} {Content1 it {Evidence would rain}}#1{Evidence  on} us.";
        check(&[said], &["would rain on"], "Ada said it would rain on us.", expected);
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(cuts in proptest::collection::vec((0usize..60, 1usize..30), 0..8)) {
            let text = "“Naïve,” Zoë said — “and so on”, he added that all is well, étude.";
            let article = crate::engine::Article::new(text).unwrap();
            let spans: Vec<Span> = cuts.iter().filter_map(|(s, l)| article.span(*s, s + l)).collect();
            let breakdown = sample::breakdown(text, &[sample::said("Zoë", "said", &["“Naïve,”", "“and so on”"], Quotation::Direct)]);
            for stretch in stretches(&breakdown) {
                proptest::prop_assert_eq!(words(text, &stretch.nodes(&spans)), &text[stretch.range.clone()]);
            }
        }
    }

    fn words(text: &str, nodes: &[Node]) -> String {
        nodes.iter().fold(String::new(), |out, node| match node {
            Node::Text(range) => out + &text[range.clone()],
            Node::Mark(_, _, inner) => out + &words(text, inner),
            Node::Number(_) => out,
        })
    }
}
