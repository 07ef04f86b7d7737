//! A model settled with the rules: each knows cases that the other gets wrong.

use std::ops::Range;

use crate::order;

use super::super::dates;
use super::super::kinds::ResponseKind;
use super::super::lexicon;
use super::super::tags::Tag;
use super::super::tokens::overlap;
use super::assembly::{Joined, join_layer};
use super::{Reading, Role, Score, Side, Stretch, content};

/// A rule's relation is kept from this trust on, in percent; earlier one that only a mark signals, which rules know
/// best, and one that stands where the model found nothing.
const TRUSTED: u8 = 82;
const TRUSTED_MARK: u8 = 70;
const TRUSTED_ALONE: u8 = 60;
/// Below this certainty what the model found gives way to a trusted rule.
const WEAK: u8 = 70;
/// How sure we are, in percent, that a whole paragraph of a long quotation is somebody's words.
const PARAGRAPH: u8 = 80;

/// How what a labeller found is settled: what it found, and what the rules say.
pub(crate) type Settle = fn(Reading, Vec<Stretch>, &[Stretch]) -> Vec<Stretch>;

/// What the fast labeller found without the relations that it doubts and no rule bears out, and with those that the
/// rules trust where it found nothing or little.
pub(crate) fn fast(r: Reading, mut found: Vec<Stretch>, rules: &[Stretch]) -> Vec<Stretch> {
    found.iter_mut().filter(|s| s.role != Role::Cue).for_each(|part| undate(r, part));
    give_sources(r, &mut found, rules);
    let borne = borne_out(r, rules);
    let mut relations = join_layer(r, &found, false);
    relations.retain(|joined| borne(joined) || certainty(joined) >= least(r, joined));
    let mut settled = overrule(r, &found, &relations, rules, borne, |marked, alone| match (marked, alone) {
        (true, _) => Some(TRUSTED_MARK),
        (false, true) => Some(TRUSTED_ALONE),
        (false, false) => Some(TRUSTED),
    });
    complete(r, &mut settled, rules);
    unchain(r, whole_paragraphs(r, settled), rules)
}

/// What the deep labeller found, with the relations that only a mark signals where the rules trust theirs: it has seen
/// few of those. Of all else it knows more than the rules; each of the other settlements made it worse on the
/// development split.
pub(crate) fn deep(r: Reading, mut found: Vec<Stretch>, rules: &[Stretch]) -> Vec<Stretch> {
    found.iter_mut().filter(|s| s.role != Role::Cue).for_each(|part| undate(r, part));
    found.retain(|s| s.role != Role::Content || !is_day(r, s.tokens.clone()));
    let borne = borne_out(r, rules);
    let mut relations = join_layer(r, &found, false);
    relations.retain(|joined| borne(joined) || !joined.cue.is_some_and(|cue| answers(r, cue.tokens.clone()) || is_answered(r, cue)));
    let mut settled = overrule(r, &found, &relations, rules, borne, |marked, _| marked.then_some(TRUSTED_MARK));
    complete(r, &mut settled, rules);
    whole_paragraphs(r, settled)
}

/// Whether any rule takes a relation's cue for one.
fn borne_out(r: Reading, rules: &[Stretch]) -> impl Fn(&Joined) -> bool + use<> {
    let mut by_rule = vec![false; r.tokens.len()];
    for cue in rules.iter().filter(|s| s.role == Role::Cue) {
        by_rule[cue.tokens.clone()].fill(true);
    }
    move |joined| joined.cue.is_some_and(|cue| cue.tokens.clone().any(|n| by_rule[n]))
}

/// The stretches of these relations, but where rules overrule them. `borne` says whether a rule bears one out, `trusted`
/// how sure a rule must be, in percent: by whether only a mark signals its relation, and whether it stands alone; never,
/// where it says nothing.
fn overrule(
    r: Reading,
    found: &[Stretch],
    relations: &[Joined],
    rules: &[Stretch],
    borne: impl Fn(&Joined) -> bool,
    trusted: impl Fn(bool, bool) -> Option<u8>,
) -> Vec<Stretch> {
    let mut owner: Vec<Option<usize>> = vec![None; r.tokens.len()];
    for (position, joined) in relations.iter().enumerate() {
        tokens(joined).for_each(|n| owner[n] = Some(position));
    }
    let mut ousted = vec![false; relations.len()];
    let mut kept = Vec::new();
    for joined in join_layer(r, rules, false) {
        let Some(cue) = joined.cue else { continue };
        let marked = !r.tokens.is_word(cue.tokens.start);
        let gives_way = |rival: &Joined| {
            let same = rival.cue.is_some_and(|other| overlap(&other.tokens, &cue.tokens));
            if marked { same || !borne(rival) } else { !same && !borne(rival) && certainty(rival) < WEAK }
        };
        let rivals: Vec<usize> = tokens(&joined).filter_map(|n| owner[n]).filter(|&o| !ousted[o]).collect();
        let enough = trusted(marked, rivals.is_empty());
        if enough.is_some_and(|enough| certainty(&joined) >= enough) && rivals.iter().all(|&o| gives_way(&relations[o])) {
            rivals.iter().for_each(|&o| ousted[o] = true);
            kept.push(joined);
        }
    }
    let mut taken = vec![false; r.tokens.len()];
    for (joined, _) in relations.iter().zip(&ousted).filter(|(_, ousted)| !**ousted) {
        tokens(joined).for_each(|n| taken[n] = true);
    }
    let mut settled: Vec<Stretch> = found.iter().filter(|s| taken[s.tokens.start]).cloned().collect();
    for stretch in kept.iter().flat_map(stretches) {
        // A source that two relations share is there already.
        if stretch.tokens.clone().all(|n| !taken[n]) {
            taken[stretch.tokens.clone()].fill(true);
            settled.push(stretch.clone());
        }
    }
    order::sort_by_key(&mut settled, |s| s.tokens.start);
    settled
}

/// "That the boat, a patrol vessel, had been hit": a clause of which no more than the subject was found goes on to
/// where the rules end it, or else to its sentence's end.
fn complete(r: Reading, stretches: &mut [Stretch], rules: &[Stretch]) {
    let acts = |range: Range<usize>| range.into_iter().any(|n| matches!(r.tag(n), Tag::Verb | Tag::Auxiliary));
    for n in 0..stretches.len() {
        let Range { start, end } = stretches[n].tokens;
        if stretches[n].role != Role::Content || acts(start..end) {
            continue;
        }
        // "The fire began in a shed, according to Obi": nothing else is between the subject and the cue.
        let cue = stretches.get(n + 1).filter(|next| next.role == Role::Cue && r.lower(next.tokens.start) == "according");
        if let Some(cue) = cue.filter(|cue| acts(end..end + 1) && r.sentence_of(cue.tokens.start) == r.sentence_of(start)) {
            stretches[n].tokens.end = content::trim_end(r, start, cue.tokens.start);
            continue;
        }
        if r.lower(start) != "that" || end < start + 3 {
            continue;
        }
        let rule = rules.get(rules.partition_point(|s| s.tokens.start < start));
        let by_rule = rule.filter(|s| s.role == Role::Content && s.tokens.start == start).map(|s| s.tokens.end);
        let whole = by_rule.unwrap_or_else(|| content::trim_end(r, start, r.sentences[r.sentence_of(start)].tokens.end));
        let free = stretches.get(n + 1).map_or(r.tokens.len(), |next| next.tokens.start);
        if (end..=free).contains(&whole) && acts(end..whole) {
            stretches[n].tokens.end = whole;
        }
    }
}

/// Gives all of a paragraph that is one quotation, left open for the next, to the content; what the model took for
/// the content's parts is joined.
fn whole_paragraphs(r: Reading, stretches: Vec<Stretch>) -> Vec<Stretch> {
    let long = r.quotes.iter().filter(|q| q.continued && r.first_of(q.block) == q.tokens.start);
    let mut whole = Vec::with_capacity(stretches.len());
    let mut rest = stretches.into_iter().peekable();
    for quote in long {
        while let Some(before) = rest.next_if(|s| s.tokens.start < quote.tokens.start) {
            whole.push(before);
        }
        let mut inside = Vec::new();
        while let Some(part) = rest.next_if(|s| s.tokens.start < quote.tokens.end) {
            inside.push(part);
        }
        if inside.iter().all(|s| s.role == Role::Content && s.tokens.end <= quote.tokens.end) {
            let score = inside.first().map_or(Score::even(PARAGRAPH), |s| s.score);
            whole.push(Stretch { role: Role::Content, tokens: quote.tokens.clone(), score, side: None });
        } else {
            whole.append(&mut inside);
        }
    }
    whole.extend(rest);
    whole
}

/// A paragraph's dateline ("RIVERTON, Ohio — ") is no part of a source or content.
fn undate(r: Reading, part: &mut Stretch) {
    /// A dateline has at most this many tokens.
    const DATELINE: usize = 10;
    let Range { start, end } = part.tokens;
    let paragraph = r.first_of(r.block_of(start));
    let dash = |&n: &usize| matches!(r.lower(n), "—" | "–" | "-") && r.tokens.spaced(n);
    // A content may have a dash of its own: there only a place in capitals counts, and "I" is none.
    let first = r.article.slice(r.tokens[start].span);
    let place = part.role == Role::Source || start == paragraph && first.len() > 1 && first.chars().all(char::is_uppercase);
    if let Some(dash) = (start..end.min(paragraph + DATELINE)).find(dash).filter(|dash| place && dash + 1 < end) {
        part.tokens.start = dash + 1;
    }
}

/// A relation without a source, part of whose content ends with a source by the rules: that part is its source.
fn give_sources(r: Reading, found: &mut [Stretch], rules: &[Stretch]) {
    let of_rule = |part: &&Stretch| {
        let end = part.tokens.end;
        let rule = rules.get(rules.partition_point(|s| s.tokens.end < end));
        rule.is_some_and(|s| s.role == Role::Source && s.tokens.end == end && part.tokens.start == s.tokens.start)
    };
    let sourceless = join_layer(r, found, false).into_iter().filter(|joined| joined.source.is_none() && joined.content.len() > 1);
    let starts: Vec<usize> =
        sourceless.filter_map(|joined| joined.content.into_iter().find(of_rule)).map(|part| part.tokens.start).collect();
    for start in starts {
        let at = found.partition_point(|s| s.tokens.start < start);
        found[at].role = Role::Source;
    }
}

/// How sure a labeller is of all of a relation, in percent.
fn certainty(joined: &Joined) -> u8 {
    let least = stretches(joined).map(|s| (s.score.mean / 10) as u8).min().unwrap_or(0);
    least.saturating_sub(if joined.cue.is_none() {
        15
    } else if joined.shared {
        10
    } else {
        0
    })
}

/// How sure the model must be of a relation that no rule bears out, in percent; more than sure where it is none.
fn least(r: Reading, joined: &Joined) -> u8 {
    let Some(cue) = joined.cue.map(|cue| cue.tokens.clone()) else { return 0 };
    if answers(r, cue.clone()) {
        101
    } else if cue.clone().any(|n| content::cue_at(r, n, cue.end).is_some()) {
        30
    } else {
        45
    }
}

/// "The remarks were made in response to questions about …": a cue that tells what another claim answers.
fn answers(r: Reading, cue: Range<usize>) -> bool {
    cue.clone().any(|n| answer_ends(r, n, cue.end + 6).next().is_some())
}

/// "In response to questions about …": a cue right behind the words that tell of an answer.
fn is_answered(r: Reading, cue: &Stretch) -> bool {
    /// No signal of an answer has more tokens.
    const LONGEST: usize = 4;
    let start = cue.tokens.start;
    (start.saturating_sub(LONGEST)..start).any(|n| answer_ends(r, n, start).any(|end| end == start))
}

/// Where signals of an answer end that begin at a token, `high` at most.
fn answer_ends(r: Reading, n: usize, high: usize) -> impl Iterator<Item = usize> {
    let signals = lexicon::signals(r.lower(n)).iter().filter(|signal| signal.kind == ResponseKind::Answer);
    signals.filter_map(move |signal| Some(lexicon::match_words(r.tokens, &signal.words, n, high)?.end))
}

/// "On Monday,", "On November 15, 2025,": when something was said, which is no part of it.
fn is_day(r: Reading, tokens: Range<usize>) -> bool {
    let named = |n: usize| dates::is_weekday(r.lower(n)) || dates::is_month(r.lower(n));
    let fits = |n: usize| named(n) || !r.tokens.is_word(n) || r.lower(n).starts_with(|c: char| c.is_ascii_digit());
    r.lower(tokens.start) == "on" && tokens.clone().any(named) && (tokens.start + 1..tokens.end).all(fits)
}

fn stretches<'j, 'a>(joined: &'j Joined<'a>) -> impl Iterator<Item = &'a Stretch> + use<'j, 'a> {
    joined.source.into_iter().chain(joined.cue).chain(joined.content.iter().copied())
}

fn tokens(joined: &Joined) -> impl Iterator<Item = usize> {
    stretches(joined).flat_map(|s| Range::clone(&s.tokens))
}

/// "The roof leaked and promised to have it fixed": where a rule of some trust finds a cue and its content behind an
/// "and" or "but" in a content, without a subject of their own, they are the source's next claim.
fn unchain(r: Reading, stretches: Vec<Stretch>, rules: &[Stretch]) -> Vec<Stretch> {
    let mut split = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let within = rules.partition_point(|s| s.tokens.start <= stretch.tokens.start)
            ..rules.partition_point(|s| s.tokens.end <= stretch.tokens.end);
        let mut whole = stretch;
        if whole.role == Role::Content && whole.side != Some(Side::Before) {
            for pair in rules[within.start..within.end.max(within.start)].windows(2) {
                let [cue, content] = pair else { continue };
                let chained = cue.role == Role::Cue
                    && content.role == Role::Content
                    && cue.tokens.end == content.tokens.start
                    && cue.tokens.start > whole.tokens.start + 1
                    && matches!(r.lower(cue.tokens.start - 1), "and" | "but")
                    && !r.quoted(cue.tokens.start);
                if chained {
                    let end = content::trim_end(r, whole.tokens.start, cue.tokens.start - 1);
                    let rest = Stretch { tokens: content.tokens.start..whole.tokens.end, side: None, ..whole.clone() };
                    split.push(Stretch { tokens: whole.tokens.start..end, ..whole });
                    split.push(cue.clone());
                    whole = rest;
                }
            }
        }
        split.push(whole);
    }
    split
}
