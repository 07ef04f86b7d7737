//! Whether a text is English.

use super::Language;
use super::tokens::{TokenKind, Tokens};

/// The words that make up a good third of any English text and little of any other.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "with", "as", "his", "on", "be", "at", "by", "had", "not", "are",
    "but", "from", "or", "have", "an", "they", "which", "were", "been", "has", "their", "would", "will", "said", "he", "she", "this",
    "who", "its", "after",
];

/// With fewer words there is too little to tell.
const ENOUGH: usize = 12;

/// English where at least one word in seven is among the commonest ones.
pub(crate) fn detect(tokens: &Tokens) -> Language {
    let words = tokens.iter().filter(|t| t.kind == TokenKind::Word).count();
    let common = (0..tokens.len()).filter(|&n| COMMON.contains(&tokens.lower(n))).count();
    let enough = if words < ENOUGH { common >= 2 } else { common * 7 >= words };
    if enough && words > 0 { Language::English } else { Language::Undetermined }
}

#[cfg(test)]
mod tests {
    use super::super::Article;
    use super::*;

    fn check(text: &str, expected: Language) {
        let article = Article::new(text).unwrap();
        let tokens = Tokens::new(&article, article.span(0, text.len()).into_iter());
        assert_eq!(detect(&tokens), expected, "{text}");
    }

    #[test]
    fn tells_english_from_others() {
        check("The council said on Monday that the bridge would stay closed for a week.", Language::English);
        check("Mayor says bridge is safe, and it will open.", Language::English);
        check(
            "Die Stadt teilte am Montag mit, dass die Brücke eine Woche lang gesperrt bleibt, weil Risse gefunden wurden.",
            Language::Undetermined,
        );
        check("Le maire a déclaré lundi que le pont resterait fermé pendant une semaine à cause des travaux.", Language::Undetermined);
        check("El alcalde dijo el lunes que el puente seguirá cerrado durante una semana por las obras.", Language::Undetermined);
        check("Hello", Language::Undetermined);
    }
}
