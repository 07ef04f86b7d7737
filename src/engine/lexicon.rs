//! The embedded lexicons: tab-separated files in `assets/`, one row one fact, each with an example that
//! runs as a test.

use std::collections::BTreeMap;
use std::iter::repeat;
use std::ops::Range;
use std::sync::LazyLock;

use super::index::Index;
use super::tokens::Tokens;
use super::{BlockKind, Force, ResponseKind};

/// A complement in which a cue signals attribution.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Frame {
    /// Introduces direct speech.
    Quote,
    /// A clause, with or without "that".
    Clause,
    /// A clause, only with "that".
    That,
    /// A question clause: whether, if, why …
    Whether,
    /// An infinitive: "vowed to fight".
    To,
    /// A person and an infinitive: "urged him to go".
    PersonTo,
    /// A person and a clause: "told reporters that …".
    PersonClause,
    /// "accused X of Y".
    Of,
    /// "described X as Y".
    As,
    /// A noun phrase: "denied the allegations".
    Object,
    /// "called for calm".
    For,
    /// "called the toll “a tax”": a thing and its name in quotation marks.
    Term,
}

/// A cue verb, alone or with a particle.
#[derive(Debug)]
pub(crate) struct Cue {
    /// Its base form.
    pub lemma: &'static str,
    /// Its complements.
    pub frames: Vec<Frame>,
    /// What it makes of the content.
    pub force: Force,
    /// Whether it takes a side.
    pub loaded: bool,
    /// How it stands to others' words, where it can answer them.
    pub stance: Option<ResponseKind>,
    /// In how many of 100 occurrences in running news it is a cue.
    pub weight: u8,
}

impl Cue {
    /// Whether it takes this complement.
    pub(crate) fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// Kinds of words that speakers are made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum WordClass {
    /// Mr, Dr, Hon.
    Honorific,
    /// President, minister, spokesperson.
    Title,
    /// Ministry, union, court.
    OrgHead,
    /// Officials, residents, analysts.
    GroupHead,
    /// Source, official, insider: unnamed with "a", "one", "another".
    Unnamed,
    /// Report, survey, ruling.
    Document,
    /// A woman's given name.
    Female,
    /// A man's given name.
    Male,
    /// A country, capital or region.
    Place,
    /// Russian, Kenyan.
    Demonym,
    /// Foods, Motors, Ltd: ends the name of a company.
    Company,
}

impl WordClass {
    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// How a furniture line is recognised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LineMatch {
    /// The whole line, ignoring case and final punctuation.
    Whole,
    /// Its beginning.
    Prefix,
}

/// A pattern of page furniture.
#[derive(Debug)]
pub(crate) struct Furniture {
    /// In lower case; without marks around it where it is a whole line.
    pub pattern: &'static str,
    /// How it applies.
    pub applies: LineMatch,
    /// What such a line is.
    pub kind: BlockKind,
    /// Where it stands among all patterns: earlier ones come first.
    pub rank: usize,
}

/// A pattern that shows an answer: lower-case words, `*` for up to six words.
#[derive(Debug)]
pub(crate) struct Signal {
    /// The words.
    pub words: Vec<&'static str>,
    /// The answer's type.
    pub kind: ResponseKind,
}

fn rows(tsv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    tsv.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

// From assets, without the examples and with titles by class; see build.rs.
const CUES_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/cues.tsv"));
const PHRASES_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/cue_phrases.tsv"));
const TITLES_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/titles.tsv"));
const RESPONSES_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/responses.tsv"));
const STANCES_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/stances.tsv"));
const FURNITURE_TSV: &str = include_str!(concat!(env!("OUT_DIR"), "/furniture.tsv"));

struct Cues {
    cues: Vec<Cue>,
    /// Surface form and position in `cues`.
    forms: Index<usize>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut forms = Vec::new();
    let mut cues = Vec::new();
    for row in rows(CUES_TSV) {
        let [lemma, surface, frames, force, loaded, stance, weight, ..] = row[..] else { continue };
        forms.extend(surface.split(',').map(|form| (form, cues.len())));
        cues.push(Cue {
            lemma,
            frames: frames.split(',').filter_map(frame).collect(),
            force: Force::from_name(force).unwrap_or(Force::States),
            loaded: loaded == "yes",
            stance: ResponseKind::from_name(stance),
            weight: weight.parse().unwrap_or(0),
        });
    }
    // Of several cues with one form the first.
    forms.reverse();
    Cues { cues, forms: forms.into_iter().collect() }
});

fn frame(name: &str) -> Option<Frame> {
    Some(match name {
        "quote" => Frame::Quote,
        "clause" => Frame::Clause,
        "that" => Frame::That,
        "whether" => Frame::Whether,
        "to" => Frame::To,
        "person-to" => Frame::PersonTo,
        "person-clause" => Frame::PersonClause,
        "of" => Frame::Of,
        "as" => Frame::As,
        "object" => Frame::Object,
        "for" => Frame::For,
        "term" => Frame::Term,
        _ => return None,
    })
}

/// The cue of a surface form in lower case, words parted by one space.
pub(crate) fn cue(form: &str) -> Option<&'static Cue> {
    CUES.forms.get(form).map(|&n| &CUES.cues[n])
}

/// Nouns for what people say: an answer to one of these is an answer to words.
const SPEECH_NOUNS: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "claim",
    "claims",
    "charge",
    "charges",
    "comment",
    "comments",
    "complaint",
    "complaints",
    "criticism",
    "criticisms",
    "demand",
    "demands",
    "idea",
    "notion",
    "offer",
    "proposal",
    "question",
    "questions",
    "remark",
    "remarks",
    "report",
    "reports",
    "statement",
    "statements",
    "suggestion",
    "suggestions",
    "warning",
    "warnings",
    "call",
    "calls",
    "appeal",
    "threat",
    "threats",
    "rumours",
    "rumors",
    "speculation",
    "words",
    "account",
    "version",
    "concerns",
    "concern",
    "query",
    "queries",
    "request",
    "requests",
    "letter",
    "finding",
    "findings",
    "argument",
    "arguments",
    "conclusion",
    "conclusions",
    "assessment",
    "explanation",
    "verdict",
    "ruling",
    "characterization",
    "characterisation",
];

/// Whether a noun in lower case names what somebody said.
pub(crate) fn names_words(noun: &str) -> bool {
    SPEECH_NOUNS.contains(&noun)
}

/// Where a cue phrase's source stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Position {
    /// "the nurse raised concerns about"
    Precedes,
    /// "in the words of the nurse"
    Follows,
    /// "in the nurse's view"
    Inside,
}

/// A cue that is no plain verb. Words are in lower case, `*` stands for one to six.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Its words.
    pub words: Vec<&'static str>,
    /// Where its source stands.
    pub position: Position,
    /// What it makes of the content.
    pub force: Force,
}

static PHRASES: LazyLock<Index<Vec<Phrase>>> = LazyLock::new(|| {
    let phrases = rows(PHRASES_TSV).filter_map(|row| {
        let [phrase, position, force, ..] = row[..] else { return None };
        let position = match position {
            "source-precedes" => Position::Precedes,
            "source-follows" => Position::Follows,
            "source-inside" => Position::Inside,
            _ => return None,
        };
        Some(Phrase { words: phrase.split(' ').collect(), position, force: Force::from_name(force)? })
    });
    grouped(phrases, |phrase| phrase.words[0])
});

/// Rows by what they have in common, in their order.
fn grouped<T>(rows: impl Iterator<Item = T>, key: impl Fn(&T) -> &'static str) -> Index<Vec<T>> {
    let mut groups = BTreeMap::<_, Vec<T>>::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups.into_iter().collect()
}

/// Every cue phrase that starts with this word.
pub(crate) fn phrases(first: &str) -> &'static [Phrase] {
    PHRASES.get(first).map_or(&[], Vec::as_slice)
}

/// A pattern found in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Matched {
    /// One past its last token.
    pub end: usize,
    /// The tokens that its first `*` stands for.
    pub star: Option<Range<usize>>,
}

/// Matches a pattern's words at a token; `*` takes one to six tokens, none of them a comma or "of" (a
/// noun behind "of" is not what the pattern is about), `+` a noun that names words.
pub(crate) fn match_words(tokens: &Tokens, words: &[&str], at: usize, high: usize) -> Option<Matched> {
    let Some((first, rest)) = words.split_first() else { return Some(Matched { end: at, star: None }) };
    if *first == "*" {
        return (at + 1..=high.min(at + 6))
            .take_while(|&end| !matches!(tokens.lower(end - 1), "," | "of"))
            .find_map(|end| Some(Matched { star: Some(at..end), ..match_words(tokens, rest, end, high)? }));
    }
    if *first == "+" {
        return (at < high && names_words(tokens.lower(at))).then(|| match_words(tokens, rest, at + 1, high)).flatten();
    }
    // The possessive ’s is a token of its own.
    if at < high && tokens.lower(at) == *first {
        return match_words(tokens, rest, at + 1, high);
    }
    let stem = first.strip_suffix("'s").filter(|stem| !stem.is_empty())?;
    (at + 1 < high && tokens.lower(at) == stem && tokens.lower(at + 1) == "'s").then(|| match_words(tokens, rest, at + 2, high)).flatten()
}

/// For each word its classes, a bit each.
static WORDS: LazyLock<Index<u16>> = LazyLock::new(|| {
    let of_class = |row: Vec<&'static str>| Some(row[1].split(',').zip(repeat(word_class(row[0])?)));
    let mut words = BTreeMap::new();
    for (word, class) in rows(TITLES_TSV).filter_map(of_class).flatten() {
        *words.entry(word).or_default() |= class.bit();
    }
    words.into_iter().collect()
});

fn word_class(name: &str) -> Option<WordClass> {
    Some(match name {
        "honorific" => WordClass::Honorific,
        "title" => WordClass::Title,
        "org-head" => WordClass::OrgHead,
        "company" => WordClass::Company,
        "group-head" => WordClass::GroupHead,
        "unnamed" => WordClass::Unnamed,
        "document" => WordClass::Document,
        "female" => WordClass::Female,
        "male" => WordClass::Male,
        "place" => WordClass::Place,
        "demonym" => WordClass::Demonym,
        _ => return None,
    })
}

/// Whether a word or phrase in lower case is of a class.
pub(crate) fn is_a(word: &str, class: WordClass) -> bool {
    WORDS.get(word).is_some_and(|classes| classes & class.bit() != 0)
}

/// All classes of a word or phrase in lower case, a bit each.
pub(crate) fn classes(word: &str) -> u16 {
    WORDS.get(word).copied().unwrap_or(0)
}

static SIGNALS: LazyLock<Index<Vec<Signal>>> = LazyLock::new(|| {
    let signals = rows(RESPONSES_TSV)
        .filter_map(|row| Some(Signal { words: row[0].split(' ').collect(), kind: ResponseKind::from_name(row.get(1)?)? }));
    grouped(signals, |signal| signal.words[0])
});

/// Every pattern that shows an answer and starts with this word.
pub(crate) fn signals(first: &str) -> &'static [Signal] {
    SIGNALS.get(first).map_or(&[], Vec::as_slice)
}

/// Words by which answers are told, in their base forms, each with the name of its class.
pub(crate) fn stances() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(STANCES_TSV).flat_map(|row| row[1].split(',').map(move |phrase| (row[0], phrase)))
}

static FURNITURE: LazyLock<Index<Vec<Furniture>>> = LazyLock::new(|| {
    let furniture = rows(FURNITURE_TSV).enumerate().filter_map(|(rank, row)| {
        let [pattern, applies, kind, ..] = row[..] else { return None };
        let (pattern, applies) = if applies == "whole" {
            (pattern.trim_matches(|c: char| !c.is_alphanumeric()), LineMatch::Whole)
        } else {
            (pattern, LineMatch::Prefix)
        };
        Some(Furniture { pattern, applies, kind: BlockKind::from_name(kind)?, rank })
    });
    grouped(furniture, |f| first_word(f.pattern))
});

/// The letters and digits that a line starts with; where it starts with a mark, none.
fn first_word(line: &str) -> &str {
    line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Every pattern of page furniture that a line in lower case can match.
pub(crate) fn furniture(line: &str) -> &'static [Furniture] {
    FURNITURE.get(first_word(line)).map_or(&[], Vec::as_slice)
}
