//! What there is to see of each token, gathered once, as numbers: the models' templates only combine them.

use std::ops::Range;

use super::super::chain::of_text;
use super::super::quotations::Quote;
use super::super::speech::Speech;
use super::super::tags::Tag;
use super::super::tokens::TokenKind;
use super::features::Paragraph;
use super::functions::{self, Clause};
use super::{Reading, Role, Stretch, content};

/// A token's neighbour of some kind: its position plus one, nought where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Neighbour(u32);

impl Neighbour {
    fn new(n: usize) -> Self {
        Self(n as u32 + 1)
    }

    /// Its position.
    pub(crate) fn place(self) -> Option<usize> {
        (self.0 as usize).checked_sub(1)
    }

    /// 1 where there is one.
    pub(crate) fn is_there(self) -> u32 {
        self.0.min(1)
    }
}

/// The nearest of a kind on both sides.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nearest {
    pub(crate) before: Neighbour,
    pub(crate) behind: Neighbour,
}

/// One token. Hashes and small numbers; nought is kept for "no token".
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// The word in lower case.
    pub(crate) word: u32,
    /// Its last three letters.
    pub(crate) suffix: u32,
    /// With what the tagger tells beyond it.
    pub(crate) tag: u32,
    pub(crate) shape: u32,
    /// Weight class and complements of the lexicon cue that begins here; nought where none does.
    pub(crate) cue: u32,
    /// Outside, opening mark, closing mark, inside, inside an unclosed one.
    pub(crate) quote: u32,
    /// What the token is to the word it depends on.
    pub(crate) function: u32,
    /// Role, trust, end and begin of the rules' label.
    pub(crate) rule: u32,
    /// In its sentence.
    pub(crate) cues: Nearest,
    pub(crate) verbs: Nearest,
    pub(crate) subjects: Nearest,
    /// In its block, as positions of quotations: the one the token is in, or the last, and the next.
    pub(crate) quotes: Nearest,
}

impl Seen {
    /// 1 weak to 6 strong, 0 no cue.
    pub(crate) fn cue_class(self) -> u32 {
        self.cue >> 16
    }

    /// 1 source, 2 cue, 3 content by the rules.
    pub(crate) fn role(self) -> u32 {
        self.rule >> 5
    }
}

/// What surrounds a quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The word before the opening mark.
    pub(crate) before: u32,
    /// What stands before the closing mark: comma, stop, question mark, word, other mark.
    pub(crate) last: u32,
    /// Tag and cue class of the token behind the closing mark.
    pub(crate) behind: u32,
    /// 1 where it opens a sentence.
    pub(crate) opens: u32,
}

/// All tokens of a text.
pub(crate) struct Evidence<'a> {
    pub(crate) r: Reading<'a>,
    pub(crate) seen: Vec<Seen>,
    /// For each token its sentence.
    pub(crate) sentence: Vec<u32>,
    pub(crate) quotes: Vec<Frame>,
}

impl<'a> Evidence<'a> {
    /// Gathers all there is to see, functions and rules included.
    pub(crate) fn gather(r: Reading<'a>, rules: &[Stretch]) -> Self {
        let mut evidence = Self::of_words(r);
        for sentence in r.sentences {
            let range = sentence.tokens.clone();
            let functions = functions::label(&Clause { seen: &evidence.seen, tokens: range.clone() });
            for (n, function) in range.clone().zip(functions) {
                evidence.seen[n].function = u32::from(function) + 1;
            }
            place(&mut evidence.seen, range, |seen| functions::is_subject(seen.function), |seen| &mut seen.subjects);
        }
        for stretch in rules {
            let role = match stretch.role {
                Role::Source => 1,
                Role::Cue => 2,
                Role::Content => 3,
            };
            let trust = u32::from(stretch.score.mean) / 200;
            let Range { start, end } = stretch.tokens;
            for n in start..end {
                evidence.seen[n].rule = role << 5 | trust << 2 | u32::from(n + 1 == end) << 1 | u32::from(n == start);
            }
        }
        evidence
    }

    /// What words, tags and marks tell.
    pub(crate) fn of_words(r: Reading<'a>) -> Self {
        let mut seen: Vec<Seen> = (0..r.tokens.len()).map(|n| of_token(r, n)).collect();
        let mut sentence = vec![0; seen.len()];
        for (s, at) in (0..).zip(r.sentences) {
            let range = at.tokens.clone();
            sentence[range.clone()].fill(s);
            for n in range.clone() {
                seen[n].cue = cue(r, n, range.end);
            }
            place(&mut seen, range.clone(), |seen| seen.cue_class() >= 3, |seen| &mut seen.cues);
            let verb = |seen: Seen| [Tag::Verb, Tag::Auxiliary].into_iter().any(|tag| seen.tag & COARSE == tag as u32 + 1);
            place(&mut seen, range, verb, |seen| &mut seen.verbs);
        }
        let quotes = r.quotes.iter().map(|quote| frame(r, &seen, &sentence, quote)).collect();
        let mut evidence = Self { r, seen, sentence, quotes };
        evidence.place_quotes();
        evidence
    }

    fn place_quotes(&mut self) {
        let blocks: Vec<Range<usize>> = self.blocks().collect();
        for block in blocks {
            let mut before = Neighbour::default();
            for n in block.clone() {
                if let Some(q) = self.r.quote_of[n] {
                    before = Neighbour::new(q as usize);
                }
                self.seen[n].quotes.before = before;
            }
            let mut behind = Neighbour::default();
            for n in block.rev() {
                self.seen[n].quotes.behind = behind;
                if let Some(q) = self.r.quote_of[n].filter(|&q| self.quotes[q as usize].start == n) {
                    behind = Neighbour::new(q as usize);
                }
            }
        }
    }

    /// The tokens of each block that is read.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let blocks = self.r.sentences.chunk_by(|a, b| a.block == b.block);
        blocks.map(|sentences| sentences[0].tokens.start..sentences[sentences.len() - 1].tokens.end)
    }

    /// The blocks that are read, each a sequence for the labeller.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_, 'a>> {
        self.blocks().map(|tokens| self.paragraph(tokens))
    }

    /// The block of these tokens.
    pub(crate) fn paragraph(&self, tokens: Range<usize>) -> Paragraph<'_, 'a> {
        Paragraph { evidence: self, tokens }
    }

    /// The sentences, each a sequence for the functions.
    #[cfg(feature = "train")]
    pub(crate) fn clauses(&self) -> impl Iterator<Item = Clause<'_>> {
        self.r.sentences.iter().map(|sentence| Clause { seen: &self.seen, tokens: sentence.tokens.clone() })
    }
}

/// Tells every token of a range of the nearest tokens of a kind before and behind it.
fn place(seen: &mut [Seen], range: Range<usize>, is: impl Fn(Seen) -> bool, nearest: impl Fn(&mut Seen) -> &mut Nearest) {
    let mut last = Neighbour::default();
    for n in range.clone() {
        nearest(&mut seen[n]).before = last;
        if is(seen[n]) {
            last = Neighbour::new(n);
        }
    }
    last = Neighbour::default();
    for n in range.rev() {
        nearest(&mut seen[n]).behind = last;
        if is(seen[n]) {
            last = Neighbour::new(n);
        }
    }
}

fn of_token(r: Reading, n: usize) -> Seen {
    let word = r.lower(n);
    let tail = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    Seen {
        word: of_text(word),
        suffix: of_text(&word[tail..]),
        tag: (r.tag(n) as u32 + 1) | finer(r.speech[n]) << COARSE.count_ones(),
        shape: shape(r, n),
        quote: quote(r, n),
        ..Seen::default()
    }
}

/// The bits of a tag that the rules know as well.
const COARSE: u32 = 31;

/// What the tagger tells beyond a tag.
fn finer(speech: Speech) -> u32 {
    match speech {
        Speech::Infinitive | Speech::Adjective | Speech::Person | Speech::Subordinator => 1,
        Speech::PastParticiple | Speech::Organisation | Speech::Adposition | Speech::Adverb => 2,
        Speech::Place | Speech::Pronoun | Speech::PossessivePronoun | Speech::Determiner => 3,
        _ => 0,
    }
}

fn cue(r: Reading, n: usize, high: usize) -> u32 {
    content::cue_at(r, n, high).map_or(0, |(found, _)| {
        let class = [0, 10, 25, 40, 60, 80].iter().filter(|&&least| found.weight >= least).count() as u32;
        class << 16 | found.frames.iter().fold(0, |bits, &frame| bits | 1 << frame as u32)
    })
}

fn shape(r: Reading, n: usize) -> u32 {
    match r.tokens[n].kind {
        TokenKind::Number => 1,
        TokenKind::Mark => 2,
        TokenKind::Possessive => 3,
        TokenKind::Word => {
            let mut capitals = r.article.slice(r.tokens[n].span).chars().map(char::is_uppercase);
            match (capitals.next(), capitals.next()) {
                (Some(true), Some(true)) => 4,
                (Some(true), _) => 5,
                _ => 6,
            }
        }
    }
}

fn quote(r: Reading, n: usize) -> u32 {
    r.quote_of[n].map_or(1, |q| {
        let quote = &r.quotes[q as usize];
        if quote.tokens.start == n {
            2
        } else if quote.tokens.end == n + 1 && quote.closed {
            3
        } else {
            4 + u32::from(!quote.closed)
        }
    })
}

fn frame(r: Reading, seen: &[Seen], sentence: &[u32], quote: &Quote) -> Frame {
    let Range { start, end } = quote.tokens;
    let inner = if quote.closed { end.saturating_sub(2) } else { end - 1 };
    let last = match r.lower(inner) {
        "," => 1,
        "." => 2,
        "?" | "!" => 3,
        _ if r.tokens.is_word(inner) => 4,
        _ => 5,
    };
    let block = |n: usize| r.sentences[sentence[n] as usize].block;
    let same = |n: &usize| *n < seen.len() && block(*n) == block(start);
    Frame {
        start,
        end,
        before: start.checked_sub(1).filter(same).map_or(0, |n| seen[n].word),
        last,
        behind: Some(end).filter(same).map_or(0, |n| seen[n].tag << 4 | seen[n].cue_class()),
        opens: u32::from(start == 0 || sentence[start] != sentence[start - 1]),
    }
}

/// A distance by size.
pub(crate) fn far(from: usize, to: usize) -> u32 {
    match to.abs_diff(from) {
        near @ 0..=5 => near as u32,
        6..=8 => 6,
        9..=14 => 7,
        15..=25 => 8,
        _ => 9,
    }
}
