//! Quotation marks, paired.

mod double;
mod marks;
mod single;

use std::ops::Range;

use super::{Article, sentences::Sentence, tokens::Tokens};

/// One stretch between an opening mark and its closing one. Nested ones are not listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Quote {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// The block it is in.
    pub block: usize,
    /// Whether a closing mark was found in the block.
    pub closed: bool,
    /// Whether the next paragraph takes it up with an opening mark of its own, as long quotations do.
    pub continued: bool,
}

/// How a mark that may open a quotation fares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Close {
    /// Closed by the mark at this position.
    At(usize),
    /// The mark at this position opens the same kind again, as in the paragraphs of a long quotation.
    Reopened(usize),
    /// It opens a quotation that nothing closes.
    Never,
    /// It opens none.
    NoQuotation,
}

/// Pairs the marks of every block. A quotation left open runs to the end of its block; where the next block
/// opens with the same kind of mark that is the usual long quotation, else it is unclosed.
pub(crate) fn pair(article: &Article, sentences: &[Sentence], tokens: &Tokens) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut at = 0;
    while at < sentences.len() {
        let block = sentences[at].block;
        let last = sentences[at..].iter().take_while(|s| s.block == block).count() + at - 1;
        let range = sentences[at].tokens.start..sentences[last].tokens.end;
        let open = quotes.len().checked_sub(1).filter(|&q| !quotes[q].closed && quotes[q].tokens.end == range.start);
        pair_block(article, tokens, range.clone(), block, open.is_some(), &mut quotes);
        if let Some(open) = open {
            quotes[open].continued = quotes.get(open + 1).is_some_and(|next| next.tokens.start == range.start);
        }
        at = last + 1;
    }
    quotes
}

/// For each token the position of the quotation it lies in.
pub(crate) fn of_tokens(quotes: &[Quote], tokens: usize) -> Vec<Option<u32>> {
    let mut of = vec![None; tokens];
    for (n, quote) in quotes.iter().enumerate() {
        of[quote.tokens.clone()].fill(Some(n as u32));
    }
    of
}

/// Pairs the marks of one block. `goes_on` says that the block before left a quotation open.
fn pair_block(article: &Article, tokens: &Tokens, range: Range<usize>, block: usize, goes_on: bool, quotes: &mut Vec<Quote>) {
    let marks = marks::of_block(article, tokens, range.clone());
    let mut m = 0;
    // A long quotation whose next paragraph has no opening mark of its own, only the closing one.
    let first = marks.iter().position(|mark| !mark.is_single());
    if goes_on && let Some(close) = first.filter(|&m| marks[m].faces_back() && !marks[m].faces_forward()) {
        quotes.push(Quote { tokens: range.start..marks[close].end(), block, closed: true, continued: false });
        m = close + 1;
    }
    while m < marks.len() {
        let start = marks[m].at;
        let quote = |end, closed, continued| Quote { tokens: start..end, block, closed, continued };
        let found = if marks[m].is_single() { single::close(tokens, &range, &marks, m) } else { double::close(tokens, &marks, m) };
        match found {
            Close::At(close) => {
                quotes.push(quote(marks[close].end(), true, false));
                m = close;
            }
            Close::Reopened(next) => {
                quotes.push(quote(marks[next].at, false, true));
                m = next - 1;
            }
            Close::Never if marks[m].end() < range.end => {
                quotes.push(quote(range.end, false, false));
                return;
            }
            Close::Never | Close::NoQuotation => {}
        }
        m += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, sentences};
    use super::*;

    /// Paragraphs are parted by `¶`; quotations are written `[…]`, with `~` where unclosed and `+` where continued.
    fn check(text: &str, expected: &[&str]) {
        let article = Article::new(text).unwrap();
        let mut blocks = Vec::new();
        let mut at = 0;
        for part in text.split('¶') {
            blocks.push(Block { kind: BlockKind::Paragraph, span: article.span(at, at + part.len()).unwrap() });
            at += part.len() + '¶'.len_utf8();
        }
        let tokens = Tokens::new(&article, blocks.iter().map(|b| b.span));
        let sentences = sentences::split(&article, &blocks, &tokens);
        let got: Vec<String> = pair(&article, &sentences, &tokens)
            .iter()
            .map(|q| {
                let sign = if q.continued {
                    "+"
                } else if q.closed {
                    ""
                } else {
                    "~"
                };
                format!("{sign}{}", article.slice(tokens.span(q.tokens.start, q.tokens.end)))
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn pairs_marks() {
        check("“Yes,” he said, “and ‘no’ too.”", &["“Yes,”", "“and ‘no’ too.”"]);
        check("\"Yes,\" he said. \"No.\"", &["\"Yes,\"", "\"No.\""]);
        check("‘It’s the girls’ school,’ she said.", &["‘It’s the girls’ school,’"]);
        check("'I don't know,' she said.", &["'I don't know,'"]);
        check("The mayor (\"Big Al\") left—\"gladly\"—at noon.", &["\"Big Al\"", "\"gladly\""]);
    }

    #[test]
    fn nests_marks() {
        check("“She said ‘never,’” he told us. “Never.”", &["“She said ‘never,’”", "“Never.”"]);
        check("‘She said “never” to me,’ he told us. ‘To me.’", &["‘She said “never” to me,’", "‘To me.’"]);
        check("\"She said 'never,'\" he told us, \"twice.\"", &["\"She said 'never,'\"", "\"twice.\""]);
        check("'She said \"never\",' he told us, 'twice.'", &["'She said \"never\",'", "'twice.'"]);
        check("“He sang “Low Tide” and left,” she said.", &["“He sang “Low Tide” and left,”"]);
        check("“He sang \"Low Tide\" and left,” she said.", &["“He sang \"Low Tide\" and left,”"]);
        check("“‘Never,’ she said,” he told us.", &["“‘Never,’ she said,”"]);
        check("''He called it 'mud.''' Then he left.", &["''He called it 'mud.'''"]);
    }

    #[test]
    fn knows_other_marks() {
        check("«Oui», dit-il.", &["«Oui»"]);
        check("« Oui », dit-il, « mais non ! »", &["« Oui »", "« mais non ! »"]);
        check("»Ja«, sagte er, »aber nein.«", &["»Ja«", "»aber nein.«"]);
        check("„Ja“, sagte er, „aber nein.“ Ende.", &["„Ja“", "„aber nein.“"]);
        check("„Tak”, powiedział.", &["„Tak”"]);
        check("''It is mud,'' he said, ''and cold.''", &["''It is mud,''", "''and cold.''"]);
        check("``It is mud,'' he said.", &["``It is mud,''"]);
        check("`It is mud,' he said.", &["`It is mud,'"]);
        check("Read more » Next page »", &[]);
    }

    #[test]
    fn follows_a_quotation_over_paragraphs() {
        check("“First part.¶“Second part.”", &["+“First part.", "“Second part.”"]);
        check("\"First part.¶\"Second part.¶\"Third,\" he said.", &["+\"First part.", "+\"Second part.", "\"Third,\""]);
        check("‘First part.¶‘Second part,’ he said.", &["+‘First part.", "‘Second part,’"]);
        check("He said: “First part.¶Second part.” Then he left.", &["+“First part.", "Second part.”"]);
        check("“First part. “Second part,” he said.", &["+“First part.", "“Second part,”"]);
        check("“Never closed.¶Next one.", &["~“Never closed."]);
        check("“Never closed.¶Next “one” is.", &["~“Never closed.", "“one”"]);
        check("He said: \"Never closed.¶He left.", &["~\"Never closed."]);
    }

    #[test]
    fn tells_apostrophes_and_inches_from_marks() {
        check("It was the '90s, rock 'n' roll.", &[]);
        check("The girls' school and the boys' school met.", &[]);
        check("'It was the girls' idea and the boys' too,' she said.", &["'It was the girls' idea and the boys' too,'"]);
        check("‘We love rock ’n’ roll,’ she said.", &["‘We love rock ’n’ roll,’"]);
        check("“I was goin’ home in the ’80s,” he said.", &["“I was goin’ home in the ’80s,”"]);
        check("He is 5'10\" and she is 6'. \"Tall,\" he said.", &["\"Tall,\""]);
        check("\"He is 5'10\" in socks,\" she said.", &["\"He is 5'10\" in socks,\""]);
        check("A 6\" pipe burst, \"badly,\" she said.", &["\"badly,\""]);
        check("Tell 'em 'no' twice.", &["'no'"]);
        check("The ’60s and the workers’ ‘long march’ ended.", &["‘long march’"]);
    }

    #[test]
    fn bears_slips_of_the_keyboard() {
        check("\"Yes,\"he said.\"No.\" He left.", &["\"Yes,\"", "\"No.\""]);
        check("”It is mud,” he said.", &["”It is mud,”"]);
        check("“It is mud —.“ He left.", &["“It is mud —.“"]);
        check("“It is mud,\" he said. \"It is cold,” she said.", &["“It is mud,\"", "\"It is cold,”"]);
        check("It is mud,” he said. “It is cold.”", &["“It is cold.”"]);
        check("’It is mud,’ he said.", &["’It is mud,’"]);
        check("\"", &[]);
        check("''''''''", &[]);
    }
}
