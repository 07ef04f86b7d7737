//! Blocks: what each line of the paste is. Headline, date, byline, paragraphs; captions, credits and
//! promotions are set aside.

mod asides;
mod wording;

use super::lexicon::{self, Furniture, LineMatch};
use super::{Article, Block, BlockKind, Date, Span, dates};

/// The blocks of a text and the day it gives as its own.
#[derive(Debug)]
pub(crate) struct Blocks {
    /// In text order.
    pub list: Vec<Block>,
    /// From the first date line that is the article's own.
    pub published: Option<Date>,
}

/// A headline has at most this many words.
const HEADLINE_WORDS: usize = 25;
/// A heading inside the article has at most this many.
const HEADING_WORDS: usize = 12;
/// With fewer words, a line above the headline belongs to the page's menu.
const MENU_WORDS: usize = 3;

/// How many paragraphs tell whether a title is theirs.
const BODY: usize = 8;

/// Splits the text at line ends and tells what each line is.
pub(crate) fn split(article: &Article) -> Blocks {
    let mut list = Vec::new();
    let mut days = Vec::new();
    for line in lines(article) {
        let text = article.slice(line);
        if let Some((date, rest)) = dates::leading(text) {
            days.push((list.len(), date));
            let gap = text[rest..].len() - text[rest..].trim_start_matches(|c: char| c.is_whitespace() || "|·–—-,:".contains(c)).len();
            let rest = rest + gap;
            if is_time_or_nothing(&text[rest..]) {
                list.push(Block { kind: BlockKind::Date, span: line });
            } else if is_dateline_prose(text) {
                list.push(Block { kind: BlockKind::Paragraph, span: line });
            } else if let (Some(date), Some(tail)) =
                (article.trimmed(line.start(), line.start() + rest - gap), article.trimmed(line.start() + rest, line.end()))
            {
                list.push(Block { kind: BlockKind::Date, span: date });
                list.push(Block { kind: of_line(article.slice(tail)), span: tail });
            }
        } else {
            list.push(Block { kind: of_line(text), span: line });
        }
    }
    place_headline(article, &mut list);
    place_headings(article, &mut list);
    wording::set_repeats_aside(article, &mut list);
    asides::set_teasers_aside(article, &mut list);
    asides::set_tail_aside(article, &mut list);
    // A day beside another article's title is not this one's.
    let published = days.into_iter().find(|&(at, _)| list.get(at).is_some_and(|b| b.kind != BlockKind::Promo)).map(|(_, date)| date);
    Blocks { list, published }
}

/// The lines of a text that are not blank, without the white space around them. Where the text comes broken to a width, as
/// in e-mail, lines are put together again.
pub(crate) fn lines(article: &Article) -> impl Iterator<Item = Span> {
    let rows: Vec<Span> = rows(article).collect();
    let goes_on = wrapped(article, &rows);
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = *rows.get(at)?;
        while goes_on[at] {
            at += 1;
        }
        at += 1;
        article.span(first.start(), rows[at - 1].end())
    })
}

/// For each row whether the next belongs to the same line, of which the width has broken it off.
fn wrapped(article: &Article, rows: &[Span]) -> Vec<bool> {
    /// The widths to which texts are broken, in characters.
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;
    /// Fewer breaks tell nothing.
    const BREAKS: usize = 6;
    let text = article.text();
    let length = |row: &Span| article.slice(*row).chars().count();
    let first_word = |row: &Span| article.slice(*row).split_whitespace().next().map_or(0, |word| word.chars().count());
    // Each break within a paragraph: the row before it, how long that is, and how long it would be with the next word.
    let pairs = rows.iter().zip(rows.iter().skip(1)).enumerate();
    let within = pairs.filter(|(_, (row, next))| text[row.end()..next.start()].matches('\n').count() == 1);
    let breaks: Vec<(usize, usize, usize)> = within.map(|(n, (row, next))| (n, length(row), length(row) + 1 + first_word(next))).collect();
    let width = breaks.iter().map(|(_, length, _)| *length).max().unwrap_or_default();
    let broken: Vec<usize> = breaks.iter().filter(|(.., longer)| *longer > width).map(|(n, ..)| *n).collect();
    let mut goes_on = vec![false; rows.len()];
    if WIDTHS.contains(&width) && breaks.len() >= BREAKS && broken.len() * 5 >= breaks.len() * 4 {
        broken.into_iter().for_each(|n| goes_on[n] = true);
    }
    goes_on
}

fn rows(article: &Article) -> impl Iterator<Item = Span> {
    let text = article.text();
    let base = text.as_ptr() as usize;
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']).filter_map(move |line| {
        let start = line.as_ptr() as usize - base;
        article.trimmed(start, start + line.len())
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// Whether the date belongs to running text: "On May 3 the council met." is long and ends like a sentence.
fn is_dateline_prose(text: &str) -> bool {
    words(text) > HEADLINE_WORDS + 5
}

fn is_time_or_nothing(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty()
        || words(rest) <= 8
            && rest.split_whitespace().all(|w| {
                let w = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                w.is_empty()
                    || w.starts_with(|c: char| c.is_ascii_digit())
                    || matches!(
                        w.as_str(),
                        "am" | "pm"
                            | "at"
                            | "gmt"
                            | "bst"
                            | "est"
                            | "edt"
                            | "et"
                            | "ist"
                            | "utc"
                            | "wat"
                            | "eat"
                            | "sast"
                            | "cet"
                            | "a.m"
                            | "p.m"
                            | "updated"
                            | "last"
                            | "min"
                            | "mins"
                            | "read"
                            | "ago"
                            | "hours"
                            | "published"
                            | "on"
                    )
                    || dates::is_month(&w)
            })
}

/// What a line is by its own words.
fn of_line(text: &str) -> BlockKind {
    let lower = text.to_lowercase().replace('’', "'").replace('\u{a0}', " ");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let begins = |f: &Furniture| {
        // Either the line goes on with another word, or the pattern ends with what parts words.
        let rest = lower.strip_prefix(f.pattern);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || f.pattern.ends_with([' ', ':', '/']))
    };
    let prefixes = lexicon::furniture(&lower).iter().filter(|f| f.applies == LineMatch::Prefix && begins(f));
    let wholes = lexicon::furniture(bare).iter().filter(|f| f.applies == LineMatch::Whole && f.pattern == bare);
    let applies = |f: &&Furniture| {
        // A sentence that happens to begin like furniture ("Follow the money, she said.") stays text.
        (f.applies == LineMatch::Whole || f.kind == BlockKind::Credit || words(text) <= HEADLINE_WORDS + 10)
            // "By the river, nobody slept" starts like a byline.
            && !(f.kind == BlockKind::Byline && f.pattern.starts_with("by ") && !is_byline(text))
    };
    if let Some(first) = prefixes.chain(wholes).filter(applies).min_by_key(|f| f.rank) {
        return first.kind;
    }
    if is_byline(text) {
        BlockKind::Byline
    } else if is_caption(&lower) {
        BlockKind::Caption
    } else if !text.chars().any(char::is_alphabetic) {
        BlockKind::Other
    } else {
        BlockKind::Paragraph
    }
}

/// "By Ada Obi", "By Ada Obi and Kofi Mensah, Health Correspondent".
fn is_byline(text: &str) -> bool {
    let from = || text.strip_prefix("From ").filter(|names| names.contains(',') && words(names) <= 6);
    let Some(names) = ["By ", "BY ", "by "].iter().find_map(|by| text.strip_prefix(by)).or_else(from) else { return false };
    let count = words(names);
    let small = |w: &str| matches!(w, "and" | "in" | "for" | "of" | "the" | "with" | "at" | "|" | "-" | "–" | "&");
    (1..=14).contains(&count)
        && !text.ends_with(['.', '?', '!', '”', '"'])
        && names.split_whitespace().take(3).all(|w| small(w) || w.starts_with(char::is_uppercase))
}

/// A line that ends in a picture credit: "… (Photo: Ada Obi)", "… /Reuters"; or that says who stands where in it.
fn is_caption(lower: &str) -> bool {
    if words(lower) > 70 {
        return false;
    }
    let tail_start = lower.char_indices().rev().nth(50).map_or(0, |(at, _)| at);
    let tail = &lower[tail_start..];
    [
        "photo:",
        "photo by",
        "photograph:",
        "picture:",
        "image:",
        "(file photo",
        "[file",
        "getty images",
        "photo/",
        "/file",
        "(photo",
        "image credit",
        " credit: ",
        "via reuters",
        "/afp",
        "/reuters",
        "/ap)",
        "(ap photo",
    ]
    .iter()
    .any(|sign| tail.contains(sign))
        || [
            "second left",
            "second right",
            ", left, ",
            ", right, ",
            "in this picture",
            "in this photo",
            "in this undated photo",
            "in this file photo",
        ]
        .iter()
        .any(|sign| lower.contains(sign))
}

/// The first line that reads like a title, before the first long paragraph, is the headline; shorter ones
/// above it are the page's menu.
fn place_headline(article: &Article, list: &mut [Block]) {
    let body = list.iter().position(|b| b.kind == BlockKind::Paragraph && words(article.slice(b.span)) > HEADLINE_WORDS);
    let paragraphs: Vec<usize> = (0..list.len()).filter(|&n| list[n].kind == BlockKind::Paragraph).collect();
    if paragraphs.len() < 2 {
        return;
    }
    let until = body.unwrap_or(list.len());
    let is_title = |n: usize| {
        let text = article.slice(list[n].span);
        n < until && (MENU_WORDS + 1..=HEADLINE_WORDS).contains(&words(text)) && !reads_like_prose(text)
    };
    let titles: Vec<usize> = paragraphs.iter().copied().filter(|&n| is_title(n)).collect();
    // A page's menu has titles as well: the headline is the first one whose words the text takes up.
    let body = paragraphs.iter().copied().filter(|&n| n >= until).take(BODY).map(|n| article.slice(list[n].span));
    let told = wording::stems(&body.collect::<Vec<_>>().join(" "));
    let taken_up = |n: usize| wording::stems(article.slice(list[n].span)).intersection(&told).count();
    let about = |&n: &usize| taken_up(n) >= 2 && taken_up(n) * 2 >= wording::stems(article.slice(list[n].span)).len();
    let Some(headline) = titles.iter().copied().find(about).or(titles.first().copied()) else {
        return;
    };
    // Where the page shows its title twice, the first is in the path to it.
    let same = |n: usize| article.slice(list[n].span) == article.slice(list[headline].span);
    let headline = titles.iter().copied().rfind(|&n| same(n)).unwrap_or(headline);
    let menu: Vec<usize> = titles.into_iter().filter(|&n| n < headline && (same(n) || taken_up(n) == 0)).collect();
    // A very short title above a first sentence ("Council leader apologises") is the headline after all.
    let ends = |n: usize| article.slice(list[n].span).ends_with('.');
    let above = paragraphs.iter().copied().rev().find(|&n| n < headline && words(article.slice(list[n].span)) >= 2 && !ends(n));
    let headline = above.filter(|_| ends(headline)).unwrap_or(headline);
    list[headline].kind = BlockKind::Headline;
    for n in menu {
        list[n].kind = BlockKind::Other;
    }
    for n in paragraphs.iter().copied().take_while(|&n| n < headline) {
        let text = article.slice(list[n].span);
        if words(text) <= MENU_WORDS || !text.ends_with(['.', '?', '!', '”', '"']) {
            list[n].kind = BlockKind::Other;
        }
    }
    // A line between the headline and the byline or date sums the article up.
    let Some(next) = list.get(headline + 1).filter(|b| b.kind == BlockKind::Paragraph).map(|_| headline + 1) else { return };
    let sums_up = list.get(next + 1).is_some_and(|b| matches!(b.kind, BlockKind::Byline | BlockKind::Date));
    if sums_up && words(article.slice(list[next].span)) <= 60 {
        list[next].kind = BlockKind::Standfirst;
    }
}

/// Whether a short line is a sentence of running text rather than a title: it quotes and closes, or it ends
/// with a stop and starts with an article or pronoun.
fn reads_like_prose(text: &str) -> bool {
    let starts = ["“", "\"", "The ", "A ", "An ", "He ", "She ", "They ", "It ", "On ", "In ", "But ", "According "];
    text.ends_with(['.', '”', '"', ':']) && (starts.iter().any(|s| text.starts_with(s)) || text.contains(". "))
        || text.ends_with(['.', ',']) && ["”", "\"", "’ "].iter().any(|m| text.contains(m))
}

/// A short line without a stop between paragraphs is a heading.
fn place_headings(article: &Article, list: &mut [Block]) {
    let is_text = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::Headline | BlockKind::Standfirst);
    // For each block whether the next that is not set aside is a paragraph; told backwards to stay linear.
    let mut leads_to_text = vec![false; list.len()];
    for n in (1..list.len()).rev() {
        leads_to_text[n - 1] = if list[n].kind.is_set_aside() { leads_to_text[n] } else { list[n].kind == BlockKind::Paragraph };
    }
    let first_text = list.iter().position(is_text).unwrap_or(list.len());
    for n in first_text + 1..list.len() {
        let text = article.slice(list[n].span);
        let short = words(text) <= HEADING_WORDS
            && !text.ends_with(['.', ',', ';', '”', '"', ')', '…', '!'])
            && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "‘“\"'".contains(c));
        let speaks = text.contains(':') && !text.ends_with(':') || text.ends_with(':') && words(text) > 6;
        if list[n].kind == BlockKind::Paragraph && short && leads_to_text[n] && !speaks {
            list[n].kind = BlockKind::Heading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_broken_to_a_width_are_put_together() {
        let wrap = |text: &str, width: usize| {
            let (mut wrapped, mut column) = (String::new(), 0);
            for word in text.split(' ') {
                if column > 0 && column + 1 + word.len() > width {
                    wrapped.push('\n');
                    column = 0;
                } else if column > 0 {
                    wrapped.push(' ');
                    column += 1;
                }
                wrapped.push_str(word);
                column += word.len();
            }
            wrapped
        };
        let paragraph = "The mayor of Norbury said on Monday that the old bridge over the harbour would stay where it is, whatever the \
             engineers had found in its piers, and that nobody need fear for the ferry or its crew while she was in office.";
        for width in [50, 65, 72, 80] {
            let long = wrap(&format!("{paragraph} {paragraph}"), width);
            let text = format!("Bridge will stay\n\n{long}\n\n{long}\n");
            let article = Article::new(text).unwrap();
            assert_eq!(lines(&article).count(), 3, "{width}");
        }
        // One line a paragraph, and verse.
        for text in [paragraph.replace(", ", ",\n"), "The sea was grey\nand so was she\n".repeat(9), format!("{paragraph}\n").repeat(9)] {
            let article = Article::new(text.as_str()).unwrap();
            assert_eq!(lines(&article).count(), text.lines().count(), "{text}");
        }
    }

    /// One line of the paste per `kind| text` row; blank rows are blank lines.
    fn check(rows: &str, published: Option<&str>) {
        let lines: Vec<(&str, &str)> = rows.lines().map(|row| row.trim().split_once("| ").unwrap_or(("", ""))).collect();
        let text: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
        let article = Article::new(text.join("\n")).unwrap();
        let blocks = split(&article);
        let got: Vec<String> = blocks.list.iter().map(|b| format!("{}| {}", b.kind.as_str(), article.slice(b.span))).collect();
        let want: Vec<String> = lines.iter().filter(|(kind, _)| !kind.is_empty()).map(|(kind, line)| format!("{kind}| {line}")).collect();
        assert_eq!(got, want);
        assert_eq!(blocks.published.map(|d| d.to_string()).as_deref(), published);
    }

    #[test]
    fn tells_lines_apart() {
        check(
            "headline| Harbour bridge to close for a year
             byline| By Ama Owusu, Transport Correspondent
             date| Published 12 March 2024

             paragraph| The harbour bridge will close to all traffic for a year from June, the city said on Tuesday, after engineers found cracks in two of its piers.
             promo| Also read

             heading| Long detours
             paragraph| Drivers will have to cross at Norbury, twelve kilometres upstream, until the work is done.
             credit| Sources: City Press Office",
            Some("2024-03-12"),
        );
        check("paragraph| One sentence only, he said.", None);
    }

    #[test]
    fn sets_loose_lines_and_summaries_behind_the_article_aside() {
        check(
            "other| Front page Norbury news
             headline| Harbour bridge to close for a year
             paragraph| The harbour bridge will close to all traffic for a year from June, the city said on Tuesday, after engineers found cracks in two of its piers.
             paragraph| Drivers will have to cross at Norbury, twelve kilometres upstream, until the work is done.
             promo| Advertisement
             paragraph| The city had hoped that the bridge would last for another ten years, until the new crossing at Norbury is to be opened to traffic.
             promo| You might also like
             promo| Ferry line doubles its fares
             promo| 2024-03-10
             promo| FARES: An official said that tickets had to cost more The ferry line said on Sunday that it would charge twice as much from May, and that it had
             promo| By Kofi Mensah
             promo| Cracks seen in spring
             promo| Divers say they told the city of the cracks a year ago.
             promo| Sign up
             promo| I agree that the Norbury Bell can send me letters.",
            None,
        );
        // The last words of an article are no furniture, whatever they end with.
        check(
            "headline| Harbour bridge to close for a year
             paragraph| The harbour bridge will close to all traffic for a year from June, the city said on Tuesday, after engineers found cracks in two of its piers.
             paragraph| Some people took it lightly.
             paragraph| Time to learn to swim, then https://example.org/b/1
             paragraph| — Ada Obi (@obi) March 12, 2024
             promo| Sign up
             other| Share this article
             promo| Advertisement",
            None,
        );
        check(
            "headline| Harbour bridge to close for a year
             paragraph| The harbour bridge will close to all traffic for a year from June, the city said on Tuesday, after engineers found cracks in two of its piers.
             paragraph| Drivers will have to cross at Norbury until the work is done.
             promo| Advertisement
             paragraph| Divers told the city of the cracks a year ago, and",
            None,
        );
    }

    #[test]
    fn parts_a_date_from_the_headline_behind_it() {
        let article = Article::new("date 2026-01-29 Mayor says bridge will stay.\n\nThe mayor of Norbury has said that the old bridge over the harbour will stay where it is, whatever the engineers found in its piers.").unwrap();
        let blocks = split(&article);
        let got: Vec<(BlockKind, &str)> = blocks.list.iter().take(2).map(|b| (b.kind, article.slice(b.span))).collect();
        assert_eq!(got, [(BlockKind::Date, "date 2026-01-29"), (BlockKind::Headline, "Mayor says bridge will stay.")]);
    }
}
