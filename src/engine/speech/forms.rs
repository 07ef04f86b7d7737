//! What the tagger sees of each token alone: its form, and how the article writes it elsewhere.

use std::ops::Range;

use super::super::Article;
use super::super::chain::{mix, of_text};
use super::super::lexicon;
use super::super::sentences::Sentence;
use super::super::slots::Slots;
use super::super::tokens::{TokenKind, Tokens};
use super::Usage;

/// The form of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    pub(super) word: u32,
    /// Of its last one to four bytes.
    pub(super) suffixes: [u32; 4],
    /// Of its first three and four bytes.
    pub(super) prefixes: [u32; 2],
    /// Kind, capitals, hyphens, digits, space around marks.
    pub(super) shape: u32,
    /// Its lexicon classes.
    pub(super) classes: u32,
    /// Without -s, -ed or -ing, and which of them it has.
    pub(super) stem: u32,
    pub(super) ending: u32,
    /// Which parts of speech the word usually has.
    pub(super) class: u32,
    /// The label it usually has.
    pub(super) usual: u32,
    /// Whether the article has it with a small letter, and with a capital inside a sentence.
    pub(super) elsewhere: u32,
}

/// The forms of all pieces of a text: tokens, or what hyphens part them into.
pub(crate) struct Forms {
    pieces: Vec<Form>,
    /// For each token its first piece; at the end, the number of pieces.
    first: Vec<u32>,
}

/// One sentence of a text.
#[derive(Clone, Copy)]
pub(crate) struct InSentence<'a> {
    pub(super) forms: &'a [Form],
    /// Whether most of its words are capitalised.
    pub(super) title: u32,
}

impl Forms {
    /// Looks at every token.
    pub(crate) fn gather(article: &Article, sentences: &[Sentence], tokens: &Tokens, usage: &Usage) -> Self {
        let mut pieces = Vec::with_capacity(tokens.len());
        let mut first = Vec::with_capacity(tokens.len() + 1);
        for n in 0..tokens.len() {
            first.push(pieces.len() as u32);
            let begun = pieces.len();
            for (text, lower) in parts(article, tokens, n) {
                let joined = u32::from(pieces.len() > begun) * JOINED;
                pieces.push(form(tokens, n, text, lower, joined));
            }
            let last = pieces.len() - 1;
            pieces[begun..last].iter_mut().for_each(|form| form.shape |= JOINS);
        }
        first.push(pieces.len() as u32);
        let mut forms = Self { pieces, first };
        let mut seen = Slots::new(forms.pieces.len(), 2);
        for sentence in sentences {
            let InSentence { forms, title } = forms.sentence(sentence.tokens.clone());
            if title == 1 {
                continue;
            }
            for (n, form) in forms.iter().enumerate() {
                let lower = form.shape & 7 == LOWER;
                let inside = n > 0 && forms[n - 1].shape & 7 >= LOWER;
                if lower || inside && form.shape & 7 > LOWER {
                    *seen.entry(form.word) |= if lower { 1 } else { 2 };
                }
            }
        }
        for form in &mut forms.pieces {
            form.elsewhere = seen.get(form.word);
            let unknown = form.shape & 7;
            (form.class, form.usual) = usage.class(form.word).map_or((256 | unknown, 32 | unknown), |(class, usual)| (class, usual.into()));
        }
        forms
    }

    /// A sentence as a sequence of pieces.
    pub(crate) fn sentence(&self, tokens: Range<usize>) -> InSentence<'_> {
        let forms = &self.pieces[self.first[tokens.start] as usize..self.first[tokens.end] as usize];
        InSentence { forms, title: title(forms) }
    }

    /// The pieces of a token, by their places in its sentence.
    pub(crate) fn pieces(&self, sentence: &Sentence, n: usize) -> Range<usize> {
        let start = self.first[sentence.tokens.start];
        (self.first[n] - start) as usize..(self.first[n + 1] - start) as usize
    }
}

/// What hyphens part a token into: each part as it is and in small letters.
pub(crate) fn parts<'a>(article: &'a Article, tokens: &'a Tokens, n: usize) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (text, lower) = (article.slice(tokens[n].span), tokens.lower(n));
    let hyphen = if tokens.is_word(n) { is_hyphen } else { |_| false };
    text.split(hyphen).zip(lower.split(hyphen))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// A hyphen joins the piece to the one before it.
pub(super) const JOINED: u32 = 1 << 8;
/// A hyphen joins the piece to the next one.
pub(super) const JOINS: u32 = 1 << 9;

/// The shape of words in small letters; those with capitals are above it, all else is below.
pub(super) const LOWER: u32 = 3;

fn title(forms: &[Form]) -> u32 {
    let long = |form: &&Form| form.shape & 7 >= LOWER && form.shape >> 12 > 3;
    let longer = forms.iter().filter(long).count();
    let capitals = forms.iter().filter(long).filter(|form| form.shape & 7 > LOWER).count();
    u32::from(longer >= 3 && capitals * 5 >= longer * 4)
}

fn form(tokens: &Tokens, n: usize, text: &str, lower: &str, joined: u32) -> Form {
    let bytes = lower.as_bytes();
    let mut suffixes = [0; 4];
    let mut hash = 7;
    for (byte, suffix) in bytes.iter().rev().zip(&mut suffixes) {
        hash = mix(hash, u32::from(*byte));
        *suffix = hash;
    }
    let mut prefixes = [0; 2];
    let mut hash = 11;
    for (n, byte) in bytes.iter().take(4).enumerate() {
        hash = mix(hash, u32::from(*byte));
        prefixes[n / 3] = hash;
    }
    let spaces = u32::from(tokens.spaced(n)) << 4 | u32::from(n + 1 == tokens.len() || tokens.spaced(n + 1)) << 5;
    let mut classes = 0;
    let mut word = of_text(lower);
    let (stem, ending) = stem(lower);
    let shape = match tokens[n].kind {
        TokenKind::Mark => spaces,
        TokenKind::Possessive => 1,
        TokenKind::Number => {
            let plain = bytes.iter().all(u8::is_ascii_digit);
            let letters = bytes.iter().any(u8::is_ascii_alphabetic);
            // A piece of a number may be a word: "24-hour".
            let none = !bytes.iter().any(u8::is_ascii_digit);
            if plain {
                // Years and other figures by their length.
                word = mix(5, bytes.len() as u32);
            }
            if none { LOWER } else { 2 | u32::from(plain) << 4 | u32::from(letters) << 5 }
        }
        TokenKind::Word => {
            classes = u32::from(lexicon::classes(lower));
            let mut chars = text.chars();
            let first = chars.next().is_some_and(char::is_uppercase);
            let capitals = if first { chars.clone().filter(|c| c.is_uppercase()).count() } else { 0 };
            let case = match (first, capitals, text.len()) {
                (true, _, 1) => 6,
                (true, 0, _) => 4,
                (true, _, _) if !chars.any(char::is_lowercase) => 5,
                (true, _, _) => 7,
                _ => LOWER,
            };
            case | u32::from(lower.contains('\'')) << 5 | u32::from(lower.ends_with('.')) << 6
        }
    };
    Form {
        word,
        suffixes,
        prefixes,
        shape: shape | joined | (bytes.len().min(15) as u32) << 12,
        stem: of_text(stem),
        ending,
        classes,
        ..Form::default()
    }
}

/// A word without its ending, so that forms of a word share what is known of them; and a number for the ending.
fn stem(word: &str) -> (&str, u32) {
    let endings = [("ies", 1), ("es", 2), ("s", 3), ("ied", 4), ("ed", 5), ("ing", 6), ("e", 7), ("y", 8)];
    let found = endings.into_iter().find_map(|(ending, class)| word.strip_suffix(ending).filter(|s| s.len() > 2).map(|s| (s, class)));
    let (stem, class) = found.unwrap_or((word, 0));
    // "planned", "planning"
    let doubled = matches!(class, 5 | 6) && stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    let single = stem.is_char_boundary(stem.len() - 1).then(|| &stem[..stem.len() - 1]);
    (single.filter(|_| doubled && !stem.ends_with("ss") && !stem.ends_with("ll")).unwrap_or(stem), class)
}

impl InSentence<'_> {
    pub(super) fn at(&self, n: usize, by: isize) -> Form {
        self.forms.get(n.wrapping_add_signed(by)).copied().unwrap_or_default()
    }
}
