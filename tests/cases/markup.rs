//! The format of the case files: marked-up articles, each with what a reading of it must hold.
//! `README.md` beside this file describes it for people.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso::engine::{BlockKind, NoteKind, ResponseKind};

/// Words of one role, as byte ranges of [`Case::text`] in text order.
pub(crate) type Words = Vec<Range<usize>>;

/// One article and what must come out of it.
#[derive(Debug)]
pub(crate) struct Case {
    /// What the case shows, with the press style in brackets.
    pub(crate) name: String,
    /// The article without its marks.
    pub(crate) text: String,
    /// The marked claims by their number.
    pub(crate) claims: BTreeMap<u32, Marked>,
    /// What else must hold.
    pub(crate) expectations: Vec<Expectation>,
    /// Whether claims beyond those marked may be found.
    pub(crate) extra_claims: bool,
    /// Whether responses beyond those named may be found.
    pub(crate) extra_responses: bool,
    /// Why the engine is known to read it otherwise, although the case is right.
    pub(crate) known_fault: Option<String>,
}

/// A claim as marked. A role without a mark is not compared.
#[derive(Default, Debug)]
pub(crate) struct Marked {
    pub(crate) source: Words,
    pub(crate) cue: Words,
    pub(crate) content: Words,
}

/// One expectation line, or one attribute of it. Of several kinds any will do.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Expectation {
    Claim { number: u32, key: String, want: String },
    Speaker { name: String, key: String, want: String },
    Response { from: u32, to: To, kinds: Vec<ResponseKind>, signal: Option<String> },
    Note { kind: NoteKind, speaker: Option<String>, wanted: bool },
    Block { kinds: Vec<BlockKind>, text: String },
    Published(String),
}

/// What a response answers.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum To {
    Claim(u32),
    Narrated(Option<String>),
}

/// Reads a case file. The error names the case, or the line, that can't be understood.
pub(crate) fn parse(file: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    let mut rest = file;
    while let Some(start) = header(rest) {
        let (title, body) = rest[start + 4..].split_once('\n').unwrap_or((&rest[start + 4..], ""));
        let end = header(body).unwrap_or(body.len());
        cases.push(case(title.trim(), &body[..end]).map_err(|why| format!("{}: {why}", title.trim()))?);
        rest = &body[end..];
    }
    Ok(cases)
}

fn header(text: &str) -> Option<usize> {
    if text.starts_with("=== ") { Some(0) } else { text.find("\n=== ").map(|at| at + 1) }
}

fn case(name: &str, body: &str) -> Result<Case, String> {
    let (article, lines) = body.split_once("\n---\n").ok_or("no line `---` after the article")?;
    let (text, claims) = strip(article)?;
    let mut case =
        Case { name: name.into(), text, claims, expectations: Vec::new(), extra_claims: false, extra_responses: false, known_fault: None };
    let (mut extra, mut only, mut no_response) = (false, false, false);
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line {
            "extra ok" => extra = true,
            "only" => only = true,
            "response none" => no_response = true,
            _ if let Some(why) = line.strip_prefix("known fault: ") => case.known_fault = Some(why.into()),
            _ => expectation(line, &mut case.expectations).map_err(|why| format!("`{line}`: {why}"))?,
        }
    }
    case.extra_claims = extra;
    case.extra_responses = extra && !no_response;
    let known = |n: &u32| case.claims.contains_key(n);
    let named = |e: &Expectation| match e {
        Expectation::Claim { number, .. } => known(number),
        Expectation::Response { from, to: To::Claim(to), .. } => known(from) && known(to),
        Expectation::Response { from, .. } => known(from),
        _ => true,
    };
    match case.expectations.iter().find(|e| !named(e)) {
        Some(e) => Err(format!("names a claim that is not marked: {e:?}")),
        None if extra && only => Err("`extra ok` contradicts `only`".into()),
        None if case.claims.values().any(|marked| marked.content.is_empty()) => Err("a claim without content".into()),
        None if case.claims.is_empty() && case.expectations.is_empty() && !only && !no_response => {
            Err("expects nothing; say `only`".into())
        }
        None => Ok(case),
    }
}

/// Takes the marks out. A square bracket that opens no mark belongs to the text.
pub(crate) fn strip(marked: &str) -> Result<(String, BTreeMap<u32, Marked>), String> {
    let mut text = String::new();
    let mut claims: BTreeMap<u32, Marked> = BTreeMap::new();
    let mut open = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        let bracket = &rest[at..=at];
        rest = &rest[at + 1..];
        if bracket == "]" {
            let (labels, start): (Option<Vec<_>>, usize) = open.pop().ok_or("a `]` too many")?;
            for (number, role) in labels.iter().flatten() {
                let claim = claims.entry(*number).or_default();
                let words = match *role {
                    "source" => &mut claim.source,
                    "cue" => &mut claim.cue,
                    _ => &mut claim.content,
                };
                words.push(start..text.len());
            }
            if labels.is_none() {
                text.push(']');
            }
        } else if let Some((mark, after)) = labels(rest) {
            open.push((Some(mark), text.len()));
            rest = after;
        } else {
            text.push('[');
            open.push((None, text.len()));
        }
    }
    text.push_str(rest);
    if open.is_empty() { Ok((text, claims)) } else { Err("a `[` that is not closed".into()) }
}

/// `1.content 2.source|…` → its labels and what follows the bar.
fn labels(rest: &str) -> Option<(Vec<(u32, &str)>, &str)> {
    let (head, after) = rest.split_once('|')?;
    let label = |word: &'_ str| -> Option<(u32, usize)> {
        let (number, role) = word.split_once('.')?;
        matches!(role, "source" | "cue" | "content").then_some(())?;
        Some((number.parse().ok()?, number.len() + 1))
    };
    let marks = head.split(' ').map(|word| label(word).map(|(number, role)| (number, &word[role..]))).collect::<Option<Vec<_>>>()?;
    Some((marks, after))
}

fn expectation(line: &str, out: &mut Vec<Expectation>) -> Result<(), String> {
    let (word, rest) = line.split_once([' ', '=']).ok_or("not an expectation")?;
    match word {
        "claim" => {
            let (number, attributes) = rest.split_once(':').ok_or("no `:`")?;
            let number = number.parse().map_err(|_| "no number")?;
            out.extend(pairs(attributes)?.into_iter().map(|(key, want)| Expectation::Claim { number, key, want }));
        }
        "speaker" => {
            let (name, attributes) = quoted(rest).ok_or("no name in quotation marks")?;
            let attributes = attributes.strip_prefix(':').ok_or("no `:`")?;
            out.extend(pairs(attributes)?.into_iter().map(|(key, want)| Expectation::Speaker { name: name.into(), key, want }));
        }
        "response" => out.push(response(rest)?),
        "note" => {
            let (rest, wanted) = rest.strip_prefix("none ").map_or((rest, true), |rest| (rest, false));
            let (kind, name) = rest.split_once(' ').unwrap_or((rest, ""));
            let kind = NoteKind::from_name(kind).ok_or("no such kind of note")?;
            out.push(Expectation::Note { kind, speaker: quoted(name).map(|(name, _)| name.into()), wanted });
        }
        "block" => {
            let (kinds, text) = rest.split_once(": ").ok_or("no `: `")?;
            let kinds = kinds.split('|').map(BlockKind::from_name).collect::<Option<_>>().ok_or("no such kind of block")?;
            out.push(Expectation::Block { kinds, text: quoted(text).ok_or("no text in quotation marks")?.0.into() });
        }
        "published" => out.push(Expectation::Published(rest.into())),
        _ => return Err("no such expectation".into()),
    }
    Ok(())
}

fn response(rest: &str) -> Result<Expectation, String> {
    let (from, rest) = rest.split_once(" -> ").ok_or("no ` -> `")?;
    let from = from.parse().map_err(|_| "no number before the arrow")?;
    let (to, rest) = if let Some((text, rest)) = quoted(rest) {
        (To::Narrated(Some(text.into())), rest.strip_prefix(": ").ok_or("no `: `")?)
    } else {
        let (to, rest) = rest.split_once(": ").ok_or("no `: `")?;
        let to = if to == "nothing" { To::Narrated(None) } else { To::Claim(to.parse().map_err(|_| "no number after the arrow")?) };
        (to, rest)
    };
    let (kind, attributes) = rest.split_once(' ').unwrap_or((rest, ""));
    let kinds = kind.split('|').map(ResponseKind::from_name).collect::<Option<_>>().ok_or("no such kind of response")?;
    let signal = match pairs(attributes)?.as_slice() {
        [] => None,
        [(key, signal)] if key == "signal" => Some(signal.clone()),
        _ => return Err("only `signal=` may follow".into()),
    };
    Ok(Expectation::Response { from, to, kinds, signal })
}

/// `"text" rest` → text and rest. The text can hold no straight double quotation mark.
fn quoted(s: &str) -> Option<(&str, &str)> {
    s.strip_prefix('"')?.split_once('"')
}

/// `key=word key="some words"`.
fn pairs(s: &str) -> Result<Vec<(String, String)>, String> {
    let mut out = Vec::new();
    let mut rest = s.trim();
    while !rest.is_empty() {
        let (key, value) = rest.split_once('=').ok_or("no `=`")?;
        let (value, after) = quoted(value).unwrap_or_else(|| value.split_once(' ').unwrap_or((value, "")));
        out.push((key.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_out_and_leave_their_places() {
        let (text, claims) = strip("[1.content|“A, [2.source 3.source|B] [sic] é”] [1.cue|said], [1.content|“c.”]").unwrap();
        assert_eq!(text, "“A, B [sic] é” said, “c.”");
        let words = |spans: &Words| spans.iter().map(|s| &text[s.clone()]).collect::<Vec<_>>().join(" … ");
        assert_eq!(words(&claims[&1].content), "“A, B [sic] é” … “c.”");
        assert_eq!(words(&claims[&1].cue), "said");
        assert_eq!(words(&claims[&2].source), "B");
        assert_eq!(words(&claims[&3].source), "B");
    }

    #[test]
    fn a_file_holds_cases_and_their_expectations() {
        let file = "A note for people.\n\n=== one (UK)\n[1.source|A] [1.cue|said] [1.content|so].\n\n[2.content|No.]\n---\nclaim 1: speaker=\"A B\" force=states\n\
                    response 2 -> 1: rebut signal=\"hit back\"\nresponse 1 -> \"a question\": answer\nnote none unclosed-quotation\nnote loaded-cue \"A\"\n\
                    block promo|other: \"Also: read\"\npublished=2026-01-29\nextra ok\n\n=== two (US)\nPlain.\n---\nonly\n";
        let cases = parse(file).unwrap();
        assert_eq!(
            cases.iter().map(|c| (c.name.as_str(), c.text.as_str())).collect::<Vec<_>>(),
            [("one (UK)", "A said so.\n\nNo."), ("two (US)", "Plain.")]
        );
        assert!(cases[0].extra_claims && cases[0].extra_responses && !cases[1].extra_claims);
        let claim = |key: &str, want: &str| Expectation::Claim { number: 1, key: key.into(), want: want.into() };
        let expected = [
            claim("speaker", "A B"),
            claim("force", "states"),
            Expectation::Response { from: 2, to: To::Claim(1), kinds: vec![ResponseKind::Rebut], signal: Some("hit back".into()) },
            Expectation::Response { from: 1, to: To::Narrated(Some("a question".into())), kinds: vec![ResponseKind::Answer], signal: None },
            Expectation::Note { kind: NoteKind::UnclosedQuotation, speaker: None, wanted: false },
            Expectation::Note { kind: NoteKind::LoadedCue, speaker: Some("A".into()), wanted: true },
            Expectation::Block { kinds: vec![BlockKind::Promo, BlockKind::Other], text: "Also: read".into() },
            Expectation::Published("2026-01-29".into()),
        ];
        assert_eq!(cases[0].expectations, expected);
    }

    #[test]
    fn mistakes_are_found() {
        for (file, why) in [
            ("=== a\nText.\n", "no line `---`"),
            ("=== a\n[1.cue|Text.\n---\nonly\n", "not closed"),
            ("=== a\nText].\n---\nonly\n", "too many"),
            ("=== a\n[1.cue|Text].\n---\nonly\n", "without content"),
            ("=== a\nText.\n---\n", "expects nothing"),
            ("=== a\nText.\n---\nclaim 1: force=states\n", "not marked"),
            ("=== a\nText.\n---\nresponse 1 -> 2: rebut\n", "not marked"),
            ("=== a\nText.\n---\nnote accused\n", "no such kind"),
            ("=== a\nText.\n---\nblocks promo: \"A\"\n", "no such expectation"),
            ("=== a\nText.\n---\nonly\nextra ok\n", "contradicts"),
            ("=== a\nText.\n---\nresponse 1 -> 1: maybe\n", "no such kind"),
        ] {
            let error = parse(file).expect_err(file);
            assert!(error.contains(why), "{file}: {error}");
        }
    }
}
