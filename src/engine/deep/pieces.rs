//! Word pieces (Schuster and Nakajima, 2012; Devlin et al., 2019): a word is read as the longest pieces of a
//! vocabulary, one behind the other.

use std::collections::HashMap;

/// A vocabulary: pieces by number. Those that go on a word begin with `##`.
#[derive(Clone, Debug)]
pub struct Pieces {
    begin: HashMap<Box<str>, u32>,
    go_on: HashMap<Box<str>, u32>,
    longest: usize,
    unknown: u32,
    first: u32,
    last: u32,
}

/// A longer word, in bytes, counts as unknown.
const LONGEST: usize = 100;

impl Pieces {
    /// A vocabulary with these pieces, the first of them number nought; `None` where it lacks one that every text needs.
    pub fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut begin, mut go_on, mut longest) = (HashMap::new(), HashMap::new(), 0);
        for (number, piece) in (0..).zip(pieces) {
            longest = longest.max(piece.len());
            match piece.strip_prefix("##") {
                Some(behind) if !behind.is_empty() => go_on.insert(behind.into(), number),
                _ => begin.insert(piece.into(), number),
            };
        }
        let [unknown, first, last] = ["[UNK]", "[CLS]", "[SEP]"].map(|name| begin.get(name).copied());
        Some(Self { unknown: unknown?, first: first?, last: last?, begin, go_on, longest })
    }

    /// The pieces that open and close what the encoder reads at once.
    pub fn borders(&self) -> (u32, u32) {
        (self.first, self.last)
    }

    /// Adds the pieces of a token, at least one: marks stand alone, letters are small and without accents.
    pub fn add(&self, token: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        let mut word = String::new();
        for c in token.chars().flat_map(char::to_lowercase).map(plain) {
            if c.is_alphanumeric() {
                word.push(c);
            } else if !('\u{300}'..='\u{36f}').contains(&c) {
                self.add_word(&word, pieces);
                word.clear();
                self.add_word(c.encode_utf8(&mut [0; 4]), pieces);
            }
        }
        self.add_word(&word, pieces);
        if pieces.len() == before {
            pieces.push(self.unknown);
        }
    }

    fn add_word(&self, word: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        let mut start = 0;
        while start < word.len() {
            let known = if start == 0 { &self.begin } else { &self.go_on };
            let most = word.len().min(start + self.longest);
            let ends = (start + 1..=most).rev().filter(|&end| word.is_char_boundary(end));
            let found = ends.into_iter().find_map(|end| Some((*known.get(&word[start..end])?, end)));
            let Some((piece, end)) = found.filter(|_| word.len() <= LONGEST) else {
                pieces.truncate(before);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(piece);
            start = end;
        }
    }
}

/// A letter without its accent.
fn plain(c: char) -> char {
    const ACCENTED: [(&str, char); 12] = [
        ("àáâãäåāăą", 'a'),
        ("çćčĉċ", 'c'),
        ("èéêëēĕėęě", 'e'),
        ("ìíîïĩīĭį", 'i'),
        ("ñńņňǹ", 'n'),
        ("òóôõöōŏő", 'o'),
        ("ùúûüũūŭůű", 'u'),
        ("ýÿŷ", 'y'),
        ("śŝşšș", 's'),
        ("źżž", 'z'),
        ("ğĝġģ", 'g'),
        ("ţťț", 't'),
    ];
    if c.is_ascii() { c } else { ACCENTED.iter().find(|(letters, _)| letters.contains(c)).map_or(c, |(_, plain)| *plain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, expected: &str) {
        const VOCABULARY: [&str; 16] =
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##believ", "##able", "cafe", ".", "u", "s", "'", "d", "##s", "##o", "##n"];
        let known = Pieces::new(VOCABULARY.into_iter()).unwrap();
        let mut pieces = Vec::new();
        known.add(token, &mut pieces);
        let got: Vec<&str> = pieces.iter().map(|&piece| VOCABULARY[piece as usize]).collect();
        assert_eq!(got.join(" "), expected, "{token}");
    }

    #[test]
    fn reads_words_as_their_longest_pieces() {
        check("Unbelievable", "un ##believ ##able");
        check("CAFÉS", "cafe ##s");
        check("cafe\u{301}", "cafe");
        check("U.S.", "u . s .");
        check("don't", "d ##o ##n ' [UNK]");
        check("unx", "[UNK]");
        check("\u{301}", "[UNK]");
    }
}
