//! Attributions that a mark signals, with no word of saying: transcripts (OBI: …), headlines (Obi: …), names
//! before or under a quotation (Obi: “…”, “…” ― Ada Obi), embedded posts (… — Ada Obi (@obi) May 3, 2024).

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::BlockKind;
use super::super::lexicon::{self, WordClass};
use super::super::tags::Tag;
use super::rules::Board;
use super::{Reading, Role, clauses, content, phrases};

/// A name before a colon has at most this many tokens, role and all.
const NAMED: usize = 14;
/// A line that names who said the words above it has at most this many tokens.
const LINE: usize = 30;

/// Labels what stands for itself: transcripts, headlines, posts.
pub(super) fn label(r: Reading, board: &mut Board) {
    let blocks = blocks(r);
    let turns: Vec<Turn> = blocks.iter().filter_map(|(_, range)| turn(r, range)).collect();
    for turn in spoken(r, &turns) {
        let content = turn.colon + 1..content::trim_end(r, turn.colon + 1, turn.end);
        put(board, turn.source.clone(), turn.colon..turn.colon + 1, content, 92);
    }
    for (n, (block, range)) in blocks.iter().enumerate() {
        // Some titles end with a stop, so that the first line passes for prose.
        if r.blocks[*block].kind == BlockKind::Headline || n == 0 && blocks.len() > 1 && range.len() <= LINE {
            headline(r, range, board);
        }
        post(r, n.checked_sub(1).map(|n| &blocks[n].1), range, board);
    }
}

/// The blocks that are read, each with its tokens.
fn blocks(r: Reading) -> Vec<(usize, Range<usize>)> {
    let mut blocks: Vec<(usize, Range<usize>)> = Vec::new();
    for sentence in r.sentences {
        match blocks.last_mut() {
            Some((block, range)) if *block == sentence.block => range.end = sentence.tokens.end,
            _ => blocks.push((sentence.block, sentence.tokens.clone())),
        }
    }
    blocks
}

fn put(board: &mut Board, source: Range<usize>, cue: Range<usize>, content: Range<usize>, score: u8) -> bool {
    let free = !content.is_empty() && [&source, &cue, &content].into_iter().all(|range| range.clone().all(|n| !board.taken(n)));
    if free {
        board.put(source, Role::Source, score);
        board.put(cue, Role::Cue, score);
        board.put(content, Role::Content, score);
    }
    free
}

/// What a line of a transcript opens with.
struct Turn<'a> {
    source: Range<usize>,
    colon: usize,
    /// One past the last token of the block.
    end: usize,
    /// The last word of the name, in lower case.
    key: &'a str,
    /// The name is in capitals (OBI), or a letter of an interview (Q, A).
    capitals: bool,
}

/// A name and a colon at the start of a block: "OBI:", "ADA OBI, HOST:", "Q:".
fn turn<'a>(r: Reading<'a>, range: &Range<usize>) -> Option<Turn<'a>> {
    let start = range.start + usize::from(matches!(r.lower(range.start), "\"" | "“" | "‘"));
    let colon = (start..range.end.min(start + NAMED)).find(|&n| r.lower(n) == ":")?;
    let name = (start..colon).take_while(|&n| r.tokens.capital(r.article, n)).count() + start;
    let role = name == colon || matches!(r.lower(name), "," | "(");
    if name == start || name > start + 4 || !role || colon + 1 >= range.end || !r.tokens.spaced(colon + 1) {
        return None;
    }
    let capitals = r.article.slice(r.tokens.span(start, name)).chars().all(|c| !c.is_lowercase());
    Some(Turn { source: start..colon, colon, end: range.end, key: r.lower(name - 1), capitals })
}

/// The turns that belong to a transcript: speakers come back, and there are several.
fn spoken<'t>(r: Reading, turns: &'t [Turn]) -> Vec<&'t Turn<'t>> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in turns.iter().filter(|t| !names_a_matter(t.key)) {
        *times.entry(turn.key).or_default() += 1;
    }
    let returning = times.values().filter(|&&n| n > 1).count();
    let interview = times.contains_key("q") && times.contains_key("a");
    let belongs = |t: &&Turn| match t.key {
        "q" | "a" => interview,
        // Capitals are how transcripts write names; in plain ones two speakers must take turns.
        key if t.capitals => times.contains_key(key) && times.len() > 1 && returning > 0,
        key => times.get(key).is_some_and(|&n| n > 1) && returning > 1 && r.tag(t.colon - 1) == Tag::Name,
    };
    turns.iter().filter(belongs).collect()
}

/// Labels of lists and notices that look like names.
fn names_a_matter(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "what"
            | "when"
            | "where"
            | "why"
            | "how"
            | "time"
            | "date"
            | "place"
            | "venue"
            | "cost"
            | "price"
            | "tickets"
            | "more"
            | "update"
            | "updated"
            | "note"
            | "watch"
            | "video"
            | "photo"
            | "photos"
            | "related"
            | "exclusive"
            | "breaking"
            | "editor"
            | "here"
            | "now"
            | "latest"
            | "live"
            | "us"
            | "today"
            | "story"
            | "stories"
    )
}

/// Obi: the bridge is safe. The name must be one that the article tells of, or that of a report.
fn headline(r: Reading, range: &Range<usize>, board: &mut Board) {
    let Some(colon) = (range.start..range.end.min(range.start + NAMED)).find(|&n| r.lower(n) == ":" && !r.quoted(n)) else { return };
    let dash = (range.start..colon).rev().find(|&n| matches!(r.lower(n), "—" | "–" | "-"));
    let source = dash.map_or(range.start, |n| n + 1)..colon;
    let words = source.clone().filter(|&n| r.tokens.is_word(n)).count();
    let asks = r.lower(range.end - 1) == "?";
    if !(1..=4).contains(&words) || asks || source.clone().any(|n| r.quoted(n)) || !is_speaker(r, colon - 1, range.end) {
        return;
    }
    let content = colon + 1..content::trim_end(r, colon + 1, range.end);
    put(board, source, colon..colon + 1, content, 82);
}

/// Whether the word at `n` of a headline, title case or not, names a speaker: somebody whom a cue stands beside in
/// the text behind it, or something that speaks.
fn is_speaker(r: Reading, n: usize, body: usize) -> bool {
    /// How far into the text a name is looked for, in tokens.
    const NEAR: usize = 600;
    let word = r.lower(n);
    // A strain or a model, "Covid-19", tells nothing itself.
    if word.rsplit_once('-').is_some_and(|(_, number)| number.starts_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let speaks = [WordClass::Document, WordClass::Unnamed, WordClass::GroupHead, WordClass::OrgHead];
    let beside_cue = |m: usize| {
        let before = m.saturating_sub(4).max(body)..m;
        before.chain(m + 1..m + 4).any(|c| content::cue_at(r, c, r.tokens.len()).is_some_and(|(cue, _)| cue.weight >= 40))
    };
    speaks.into_iter().any(|class| lexicon::is_a(word, class)) && !names_a_matter(word)
        || (body..r.tokens.len().min(body + NEAR)).any(|m| r.lower(m) == word && r.tokens.capital(r.article, m) && beside_cue(m))
}

/// The words of a post — Ada Obi (@obi) May 3, 2024. The name may stand on a line of its own.
fn post(r: Reading, above: Option<&Range<usize>>, range: &Range<usize>, board: &mut Board) {
    let tail = range.end.saturating_sub(LINE).max(range.start);
    let Some(at) = (tail..range.end).find(|&n| r.lower(n) == "@" && r.lower(n - usize::from(n > 0)) == "(") else {
        return;
    };
    let Some(dash) = (tail..at).rev().take(NAMED).find(|&n| is_dash(r, n)).filter(|&n| r.tokens.is_word(n + 1)) else { return };
    let content =
        if dash == range.start { above.cloned().unwrap_or(dash..dash) } else { range.start..content::trim_end(r, range.start, dash) };
    put(board, dash + 1..at - 1, dash..dash + 1, content, 88);
}

fn is_dash(r: Reading, n: usize) -> bool {
    matches!(r.lower(n), "—" | "―" | "–" | "-")
}

/// “…” ― Ada Obi, or the same with the name on the next line.
pub(super) fn named_after(r: Reading, quote: &Range<usize>, low: usize, board: &mut Board) -> bool {
    let dash = quote.end;
    let name = dash + usize::from(is_dash(r, dash)) + usize::from(is_dash(r, dash) && is_dash(r, dash + 1));
    let Some(sentence) = r.sentences.get(r.sentences.partition_point(|s| s.tokens.end <= dash)).filter(|_| name > dash) else {
        return false;
    };
    let Range { end: high, .. } = sentence.tokens;
    // A title and its maker ("Low Tide" - Ada Obi) have no stop inside the marks.
    let speech = quote.start == low && (stops(r, quote) || r.lower(dash) == "―") && is_speech(r, quote);
    let end = phrases::phrase_forward(r, name, high.min(name + LINE));
    let role = r.lower(end) == "," && high <= end + LINE && !(end..high).any(|n| matches!(r.tag(n), Tag::Verb | Tag::Auxiliary));
    let end = if role { content::trim_end(r, end, high) } else { end };
    if !speech || end == name || !r.tokens.capital(r.article, name) || content::trim_end(r, name, high) > end {
        return false;
    }
    put(board, name..end, dash..name, quote.clone(), 88)
}

/// Ada Obi: “…”, where the name is all that stands before the colon, or between a dash and it.
pub(super) fn named_before(r: Reading, low: usize, quote: &Range<usize>, board: &mut Board) -> bool {
    let Some(mark) = quote.start.checked_sub(1).filter(|&n| n > low && r.lower(n) == ":") else { return false };
    let opening = (low..mark).rev().find(|&n| is_dash(r, n) && r.tokens.spaced(n)).map_or(low, |n| n + 1);
    let name = phrases::subject_before(r, opening, mark).filter(|name| name.start == opening);
    let named = name.filter(|name| name.len() <= NAMED && name.clone().any(|n| r.tag(n) == Tag::Name));
    named.is_some_and(|name| (is_speech(r, quote) || stops(r, quote)) && put(board, name, mark..mark + 1, quote.clone(), 85))
}

/// This finding: “…”; Ada Obi -- ''…''; where nothing else introduces the quotation.
pub(super) fn label_unsaid(r: Reading, board: &mut Board) {
    for quote in r.quotes {
        let low = r.sentences[r.sentence_of(quote.tokens.start)].tokens.start;
        if !board.taken(quote.tokens.start) {
            unsaid_before(r, low, &quote.tokens, board);
        }
    }
}

fn unsaid_before(r: Reading, low: usize, quote: &Range<usize>, board: &mut Board) {
    let Some(last) = quote.start.checked_sub(1).filter(|&n| n > low + 1) else { return };
    let doubled = r.lower(last) == "-" && r.lower(last - 1) == "-";
    let mark = last - usize::from(doubled);
    let parts = doubled || matches!(r.lower(last), ":" | "—" | "–" | "―");
    if !parts || !is_speech(r, quote) || (low..mark).any(|n| board.taken(n)) {
        return;
    }
    // What stands right before the mark, or else the subject of the sentence, where it is somebody or a document.
    let speaks = |range: &Range<usize>| {
        let head = range.end - 1;
        let placed = range.start > low && r.tag(range.start - 1) == Tag::Preposition;
        r.tag(head) == Tag::Name && !placed
            || r.lower(range.start) == "this"
            || lexicon::is_a(r.lower(head), WordClass::Document)
            || range.len() == 1 && matches!(r.lower(head), "he" | "she" | "they")
    };
    let beside = phrases::subject_before(r, low, mark).filter(speaks);
    let source = beside.or_else(|| clauses::first_subject(r, board, low, mark).filter(speaks)).unwrap_or(mark..mark);
    put(board, source, mark..quote.start, quote.clone(), 70);
}

/// Whether a quotation is an utterance, not a term or a title.
fn is_speech(r: Reading, quote: &Range<usize>) -> bool {
    let first = quote.start + 1;
    quote.clone().filter(|&n| r.tokens.is_word(n)).count() >= 4
        && (first..first + 2).any(|n| r.tokens.capital(r.article, n) || r.tag(n) == Tag::Number)
}

/// Whether a quotation has its sentence's stop inside the marks.
fn stops(r: Reading, quote: &Range<usize>) -> bool {
    (quote.start + 1..quote.end).rev().take(3).any(|n| matches!(r.lower(n), "." | "," | "?" | "!" | "…"))
}
