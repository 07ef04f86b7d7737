//! Notes: what a careful reader would notice, each with its evidence. Never a verdict on truth.

use std::collections::{BTreeMap, BTreeSet};

use crate::order;

use super::attribution::Reading;
use super::{Channel, Claim, Force, Note, NoteKind, Span, Speaker, SpeakerId, SpeakerKind, lexicon};

/// Names of more words are looked for only as they are.
const LONGEST_NAME: usize = 5;
/// With fewer claims no source can hold "most" of them.
const ENOUGH_CLAIMS: usize = 4;

/// Everything to be noted about the claims, kind by kind.
pub(crate) fn all(r: Reading, claims: &[Claim], speakers: &[Speaker]) -> Vec<Note> {
    let mut notes = accused_not_quoted(claims, speakers);
    notes.extend(most_from_one(claims, speakers));
    notes.extend(unnamed(claims, speakers));
    notes.extend(headline(r, claims));
    notes.extend(loaded(r, claims));
    notes.extend(unclosed(r));
    notes.extend(undated(claims, speakers));
    notes
}

/// The notes on claims and speakers that somebody corrected. Those that rest on claims alone are made anew; of the
/// others those stay whose evidence is still part of a claim.
pub fn anew(old: &[Note], claims: &[Claim], speakers: &[Speaker]) -> Vec<Note> {
    let kept = |kind: NoteKind| old.iter().filter(move |note| note.kind == kind).cloned();
    let lies_in = |spans: &[Span], parts: &[Span]| spans.iter().all(|span| parts.iter().any(|part| part.contains(*span)));
    let mut notes = accused_not_quoted(claims, speakers);
    notes.extend(most_from_one(claims, speakers));
    notes.extend(unnamed(claims, speakers));
    notes.extend(kept(NoteKind::HeadlineGoesBeyondText).filter_map(|note| {
        let claim = claims.iter().find(|claim| lies_in(&note.spans, &claim.content))?;
        Some(Note { speaker: claim.speaker, ..note })
    }));
    notes.extend(kept(NoteKind::LoadedCue).filter_map(|note| {
        let in_cue = |span: &Span| claims.iter().any(|claim| lies_in(&[*span], &claim.cue));
        let spans: Vec<Span> = note.spans.iter().copied().filter(in_cue).collect();
        (!spans.is_empty()).then_some(Note { spans, ..note })
    }));
    notes.extend(kept(NoteKind::UnclosedQuotation));
    notes.extend(undated(claims, speakers));
    notes
}

/// Someone is accused, and neither they nor anyone speaking for them has a claim.
fn accused_not_quoted(claims: &[Claim], speakers: &[Speaker]) -> Vec<Note> {
    let accusations = claims.iter().filter(|c| c.force == Force::Accuses);
    let accused = grouped(accusations.flat_map(|claim| claim.about.iter().map(move |about| (*about, claim))));
    let speaking = order::set(claims.iter().filter_map(|c| c.speaker));
    // The company speaks where its spokesperson does: every run of words in a speaker's role, or in the name
    // of a body or group, counts for whoever bears that name.
    let mut spoken_for: BTreeSet<String> = BTreeSet::new();
    for id in &speaking {
        let speaker = &speakers[id.index()];
        let name = (speaker.kind != SpeakerKind::Person).then_some(speaker.name.as_str());
        for text in speaker.role.as_deref().into_iter().chain(name) {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            for len in 1..=LONGEST_NAME.min(words.len()) {
                spoken_for.extend(words.windows(len).map(|run| run.join(" ")));
            }
        }
    }
    let speaks = |id: SpeakerId| {
        let Speaker { name, kind, .. } = &speakers[id.index()];
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        // "Dr Strake's lawyer" gives no more than the surname.
        let surname = words.last().filter(|_| *kind == SpeakerKind::Person);
        speaking.contains(&id) || spoken_for.contains(&words.join(" ")) || surname.is_some_and(|name| spoken_for.contains(*name))
    };
    accused
        .into_iter()
        .filter(|(id, _)| !speaks(*id))
        .map(|(id, claims)| {
            let name = &speakers[id.index()].name;
            let spans = claims.iter().flat_map(|claim| &claim.content).copied().collect();
            Note { kind: NoteKind::AccusedNotQuoted, speaker: Some(id), spans, text: format!("{name} is accused here and not quoted.") }
        })
        .collect()
}

/// Claims by something they share, in its order. Few groups: a list is smaller than a map, also as a program.
fn grouped<'a, K: Ord>(claims: impl Iterator<Item = (K, &'a Claim)>) -> Vec<(K, Vec<&'a Claim>)> {
    let mut groups: Vec<(K, Vec<&Claim>)> = Vec::new();
    for (key, claim) in claims {
        match groups.iter().position(|(of, _)| *of >= key) {
            Some(place) if groups[place].0 == key => groups[place].1.push(claim),
            place => groups.insert(place.unwrap_or(groups.len()), (key, vec![claim])),
        }
    }
    groups
}

/// Two claims in five or more rest on one interview, or on one speaker.
fn most_from_one(claims: &[Claim], speakers: &[Speaker]) -> Option<Note> {
    let total = claims.len();
    let said = claims.iter().filter_map(|claim| Some((claim.speaker?, claim)));
    let interviews = said.clone().filter(|(_, claim)| claim.channel == Some(Channel::Interview));
    let occasions = grouped(interviews.map(|(speaker, claim)| ((speaker, claim.outlet.as_deref()), claim)));
    let by_speaker = grouped(said);
    let holds_most = |n: usize| total >= ENOUGH_CLAIMS && n * 5 >= total * 2 && n >= 3;
    let spans = |claims: &[&Claim]| claims.iter().filter_map(|c| c.content.first().copied()).collect();
    if let Some(((speaker, outlet), held)) =
        occasions.into_iter().max_by_key(|(_, held)| held.len()).filter(|(_, held)| holds_most(held.len()))
    {
        let medium = outlet.map(|o| format!(" ({o})")).unwrap_or_default();
        let text = format!("{} of {total} claims rest on one interview{medium}.", held.len());
        return Some(Note { kind: NoteKind::MostClaimsFromOneSource, speaker: Some(speaker), spans: spans(&held), text });
    }
    let (speaker, held) = by_speaker.into_iter().max_by_key(|(_, held)| held.len()).filter(|(_, held)| holds_most(held.len()))?;
    let text = format!("{} of {total} claims come from {}.", held.len(), speakers[speaker.index()].name);
    Some(Note { kind: NoteKind::MostClaimsFromOneSource, speaker: Some(speaker), spans: spans(&held), text })
}

fn unnamed(claims: &[Claim], speakers: &[Speaker]) -> Option<Note> {
    let held: Vec<&Claim> = claims.iter().filter(|c| c.speaker.is_some_and(|s| speakers[s.index()].kind == SpeakerKind::Unnamed)).collect();
    let spans: Vec<Span> = held.iter().filter_map(|c| c.source.first().or(c.content.first()).copied()).collect();
    let text = match held.len() {
        0 => return None,
        1 => "One claim comes from a source the article does not name.".to_owned(),
        n => format!("{n} claims come from sources the article does not name."),
    };
    Some(Note { kind: NoteKind::UnnamedSources, speaker: None, spans, text })
}

/// The headline reports a claim whose main words the body hardly has.
fn headline(r: Reading, claims: &[Claim]) -> Option<Note> {
    let block = r.blocks.iter().find(|b| b.kind == super::BlockKind::Headline)?;
    // A first line that ends like a sentence may be the text's own.
    if r.article.slice(block.span).ends_with('.') {
        return None;
    }
    let claim = claims.iter().find(|c| c.content.iter().all(|s| block.span.contains(*s)))?;
    let stem = |w: &str| w.chars().take(5).collect::<String>();
    let mut head: Vec<String> = Vec::new();
    let mut body = BTreeSet::new();
    for (n, token) in r.tokens.iter().enumerate() {
        if !r.tokens.is_word(n) || r.lower(n).len() < 4 {
            continue;
        }
        if block.span.contains(token.span) {
            if claim.content.iter().any(|s| s.contains(token.span)) {
                head.push(stem(r.lower(n)));
            }
        } else {
            body.insert(stem(r.lower(n)));
        }
    }
    let missing = head.iter().filter(|w| !body.contains(*w)).count();
    // One unmatched word in a short headline is a synonym; half of them are another story.
    (missing >= 2 && missing * 2 >= head.len() && body.len() >= 20).then(|| Note {
        kind: NoteKind::HeadlineGoesBeyondText,
        speaker: claim.speaker,
        spans: claim.content.clone(),
        text: "The headline claims something that the text below it does not report.".to_owned(),
    })
}

/// Cues that take a side, each word once.
fn loaded(r: Reading, claims: &[Claim]) -> Vec<Note> {
    let mut words: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for cue in claims.iter().flat_map(|c| &c.cue) {
        let from = r.tokens.after(cue.start());
        for n in (from..r.tokens.len()).take_while(|&n| r.tokens[n].span.end() <= cue.end()) {
            if let Some(word) = lexicon::cue(r.lower(n)).filter(|word| word.loaded && word.force != Force::Accuses) {
                words.entry(word.lemma).or_default().push(r.tokens[n].span);
            }
        }
    }
    words
        .into_values()
        .map(|spans| {
            let word = r.article.slice(spans[0]);
            let text = format!("“{word}” does more than report: it tells the reader how to take the words.");
            Note { kind: NoteKind::LoadedCue, speaker: None, spans, text }
        })
        .collect()
}

fn unclosed(r: Reading) -> Vec<Note> {
    r.quotes
        .iter()
        .filter(|q| !q.closed && !q.continued)
        .map(|q| Note {
            kind: NoteKind::UnclosedQuotation,
            speaker: None,
            spans: vec![r.tokens[q.tokens.start].span],
            text: "A quotation opens here and never closes.".to_owned(),
        })
        .collect()
}

/// Where one statement has its day, another occasion without one.
fn undated(claims: &[Claim], speakers: &[Speaker]) -> Vec<Note> {
    if claims.iter().all(|c| c.said_on.is_none()) {
        return Vec::new();
    }
    let undated = claims.iter().filter(|c| c.said_on.is_none());
    grouped(undated.filter_map(|claim| Some(((claim.speaker?, claim.channel?), claim))))
        .into_iter()
        .map(|((speaker, channel), claims)| {
            let spans = claims.iter().filter_map(|claim| claim.cue.first()).copied().collect();
            let what = match channel {
                Channel::Interview => "interview",
                Channel::Statement => "statement",
                Channel::NewsConference => "news conference",
                Channel::Post => "post",
                Channel::Speech => "speech",
                Channel::Document => "document",
                Channel::Court => "words in court",
            };
            let name = &speakers[speaker.index()].name;
            Note {
                kind: NoteKind::UndatedStatement,
                speaker: Some(speaker),
                spans,
                text: format!("The article gives no day for the {what} of {name}."),
            }
        })
        .collect()
}
