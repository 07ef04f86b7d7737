//! Tokens: words, numbers and punctuation marks of the text.

use std::ops::Range;

use super::{Article, Span};

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and the dots of abbreviations.
    Word,
    /// Digits, with inner commas, dots and a currency or percent sign's neighbours left out.
    Number,
    /// The possessive ending of the word before (’s, ', ’).
    Possessive,
    /// Any other single character.
    Mark,
}

/// One token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    /// Where it is.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    lower: (u32, u32),
}

/// All tokens of a text in order, with their lower-case forms.
#[derive(Debug)]
pub(crate) struct Tokens {
    items: Vec<Token>,
    lower: String,
}

/// Abbreviations whose dot does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "maj", "cmdr", "adm", "rev", "hon", "st",
    "jr", "sr", "vs", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc", "ltd", "corp",
    "co", "etc", "fig", "al", "messrs", "pres", "atty", "supt", "det", "insp", "smt", "engr", "barr", "pvt", "cpl", "dist", "ave", "fr",
    "del", "reps", "sens", "adv", "ald", "amb", "assemb", "brig", "cllr", "mme", "msgr",
];

/// Abbreviations that often end a sentence as well, so that the next word decides.
const ENDING_ABBREVIATIONS: &[&str] = &["inc", "ltd", "corp", "co", "etc", "jr", "sr", "no", "al", "ave", "dec", "nov", "oct", "mar"];

impl Tokens {
    /// Splits the stretches given (in text order) into tokens.
    pub(crate) fn new(article: &Article, stretches: impl Iterator<Item = Span>) -> Self {
        let mut tokens = Self { items: Vec::new(), lower: String::with_capacity(article.text().len()) };
        for stretch in stretches {
            tokens.split(article.slice(stretch), stretch.start());
        }
        tokens
    }

    fn split(&mut self, text: &str, offset: usize) {
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let (len, kind) = if first.is_alphabetic() {
                (word_len(rest), TokenKind::Word)
            } else if first.is_numeric() {
                (number_len(rest), TokenKind::Number)
            } else if first == '.' && is_fraction(text, at) {
                (1 + number_len(&rest[1..]), TokenKind::Number)
            } else {
                (first.len_utf8(), TokenKind::Mark)
            };
            if !(first.is_whitespace() || first.is_control()) {
                self.push(&rest[..len], offset + at, kind);
                if kind != TokenKind::Mark {
                    let possessive = possessive_len(&rest[len..]);
                    if possessive > 0 {
                        self.push(&rest[len..len + possessive], offset + at + len, TokenKind::Possessive);
                        at += possessive;
                    }
                }
            }
            at += len;
        }
    }

    fn push(&mut self, text: &str, start: usize, kind: TokenKind) {
        let from = self.lower.len();
        for c in text.chars() {
            let c = if c == '’' { '\'' } else { c };
            self.lower.extend(c.to_lowercase());
        }
        let span = Span::new_unchecked(start, start + text.len());
        self.items.push(Token { span, kind, lower: (from as u32, self.lower.len() as u32) });
    }

    /// The first token that starts at or behind a byte of the text.
    pub(crate) fn after(&self, byte: usize) -> usize {
        self.items.partition_point(|t| t.span.start() < byte)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The tokens in order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Token> {
        self.items.iter()
    }

    /// The lower-case form, with ’ written as '; empty past the end.
    pub(crate) fn lower(&self, n: usize) -> &str {
        self.items.get(n).map_or("", |t| &self.lower[t.lower.0 as usize..t.lower.1 as usize])
    }

    /// Whether the token is a word or number.
    pub(crate) fn is_word(&self, n: usize) -> bool {
        self.items.get(n).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
    }

    /// The span over tokens `from..to`, which must not be empty.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        self.items[from].span.to(self.items[to - 1].span)
    }

    /// Whether white space parts token `n` from the one before (or it is the first).
    pub(crate) fn spaced(&self, n: usize) -> bool {
        n == 0 || self.items[n - 1].span.end() < self.items[n].span.start()
    }

    /// Whether the token is a word that starts with a capital letter.
    pub(crate) fn capital(&self, article: &Article, n: usize) -> bool {
        self.items.get(n).is_some_and(|t| t.kind == TokenKind::Word && article.slice(t.span).starts_with(char::is_uppercase))
    }

    /// Whether a final dot belongs to the token and yet may end a sentence ("U.S.", "Inc.").
    pub(crate) fn may_end_with_dot(&self, n: usize) -> bool {
        let lower = self.lower(n);
        lower.strip_suffix('.').is_some_and(|stem| stem.contains('.') || ENDING_ABBREVIATIONS.contains(&stem))
    }
}

impl std::ops::Index<usize> for Tokens {
    type Output = Token;

    fn index(&self, n: usize) -> &Token {
        &self.items[n]
    }
}

fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '’'
}

/// Length in bytes of the word at the start of `text`.
fn word_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        // Marks that combine with the letter before are not alphabetic but belong to the word.
        let joins = c.is_alphanumeric() || is_combining(c);
        let inner = matches!(c, '-' | '‐' | '‑' | '.' | '&' | '@') || is_apostrophe(c);
        if joins {
            end = at + c.len_utf8();
        } else if inner && end == at && next.is_some_and(char::is_alphanumeric) {
            if is_apostrophe(c) && possessive_len(&text[at..]) > 0 {
                break;
            }
            if c == '.' && !dotted(&text[..at]) {
                break;
            }
        } else {
            break;
        }
    }
    let word = &text[..end];
    if text[end..].starts_with('.') && (dotted(word) && word.contains('.') || initial(word, text) || is_abbreviation(word)) {
        end += 1;
    }
    end
}

/// Whether everything so far is single letters parted by dots, as in "U.S".
fn dotted(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1)
}

/// A single capital before a dot and another capitalised word: "J. Smith".
fn initial(word: &str, text: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I";
    single && text[word.len() + 1..].starts_with(' ') && text[word.len() + 2..].starts_with(char::is_uppercase)
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 6 && word.starts_with(char::is_uppercase) && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}' | '\u{64b}'..='\u{65f}' | '\u{93e}'..='\u{94d}')
}

/// Whether a dot begins a number, as in ".265", rather than ends a sentence before a note's number.
fn is_fraction(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let opens = before.is_none_or(|c| c.is_whitespace() || "([$€£¥~<>=–—-“‘/".contains(c));
    opens && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
}

fn number_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
        } else if !(matches!(c, ',' | '.' | '-' | '/' | ':') && chars.peek().is_some_and(|&(_, c)| c.is_alphanumeric())) {
            break;
        }
    }
    end
}

/// Length of a possessive ending at the start of `text`: 's, or a bare apostrophe that no letter follows
/// is left to the quotation stage.
fn possessive_len(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(mark) = chars.next().filter(|&c| is_apostrophe(c)) else { return 0 };
    match (chars.next(), chars.next()) {
        (Some('s' | 'S'), next) if !next.is_some_and(char::is_alphanumeric) => mark.len_utf8() + 1,
        _ => 0,
    }
}

/// Whether two ranges of tokens share one.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let article = Article::new(text).unwrap();
        let tokens = Tokens::new(&article, article.span(0, text.len()).into_iter());
        let got: Vec<&str> = tokens.iter().map(|t| article.slice(t.span)).collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn splits_words_numbers_and_marks() {
        check("“It’s safe,” he said.", "“ It ’s safe , ” he said .");
        check("Mr. Obi of the U.S. didn't pay $1,200.50.", "Mr. Obi of the U.S. didn't pay $ 1,200.50 .");
        check("J. K. Mensah’s co-author", "J. K. Mensah ’s co-author");
        check("She batted .265 (.3 more).5 It rose $.50 ...7", "She batted .265 ( .3 more ) . 5 It rose $ .50 . . . 7");
        check("the girls’ school at 10:30", "the girls ’ school at 10:30");
        check("end.Next", "end . Next");
        check("naïve cafe\u{301} 👩‍🚒", "naïve cafe\u{301} 👩 \u{200d} 🚒");
        check("\u{0}a\r\nb", "a b");
    }
}
