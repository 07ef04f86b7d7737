//! Mentions: names in the text, with the role that stands before or behind them.

use std::ops::Range;

use super::SpeakerKind;
use super::attribution::Reading;
use super::lexicon::{self, WordClass};
use super::speech::Speech;
use super::tags::Tag;
use super::tokens::TokenKind;

/// A name in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mention {
    /// The name's own tokens, without titles.
    pub name: Range<usize>,
    /// The whole phrase: role, name and apposition.
    pub phrase: Range<usize>,
    /// The role as the article gives it here.
    pub role: Option<Range<usize>>,
    /// What it seems to be.
    pub kind: SpeakerKind,
    /// The position of its sentence.
    pub sentence: usize,
    /// Whether it is its clause's subject, as far as its place tells.
    pub subject: bool,
    /// Whether ’s follows.
    pub possessive: bool,
}

/// Gender, from evidence in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

/// Finds every name, in text order.
pub(crate) fn find(r: Reading) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (s, sentence) in r.sentences.iter().enumerate() {
        let mut n = sentence.tokens.start;
        while n < sentence.tokens.end {
            if r.tag(n) != Tag::Name || is_calendar(r, n) {
                n += 1;
                continue;
            }
            let end = name_run_end(r, n, sentence.tokens.end);
            // "Minister for Roads" is an office; whoever holds it is named beside it.
            if (n..end).all(|m| is_role_word(r.lower(m))) && matches!(r.lower(end), "of" | "for") {
                n = super::attribution::phrase_forward(r, end + 1, sentence.tokens.end).max(end + 1);
                continue;
            }
            // "The Minister" alone is an office as well.
            if !(n..end).all(|m| is_role_word(r.lower(m))) {
                mentions.extend(of_run(r, n..end, s, &sentence.tokens));
            }
            n = end.max(n + 1);
        }
    }
    mentions
}

/// How many mentions or entities back a name, noun or pronoun may point: more than any article has between
/// two mentions of one bearer, and few enough that a hostile text stays quick.
pub(crate) const MEMORY: usize = 400;

/// The mentions whose names lie in a token range, by position.
pub(crate) fn within(found: &[Mention], range: Range<usize>) -> Range<usize> {
    let from = found.partition_point(|m| m.name.start < range.start);
    from..found.partition_point(|m| m.name.end <= range.end).max(from)
}

fn is_calendar(r: Reading, n: usize) -> bool {
    super::dates::is_weekday(r.lower(n))
        || super::dates::is_month(r.lower(n))
            && (r.tag(n + 1) == Tag::Number || n > 0 && matches!(r.tag(n - 1), Tag::Preposition | Tag::Number))
}

/// The end of a run of names; "of", "for the", "and" inside an organisation's name belong to it.
pub(crate) fn name_run_end(r: Reading, start: usize, high: usize) -> usize {
    let mut n = start + 1;
    loop {
        while n < high && r.tag(n) == Tag::Name && !is_calendar(r, n) && !(r.lower(n - 1).ends_with('.') && r.tag(n - 1) == Tag::Mark) {
            n += 1;
        }
        // "Department of European Affairs", "Ministry for the Environment", "Health & Safety Board"
        let org = (start..n).any(|m| is_org_word(r.lower(m)));
        let mut next = n;
        let joins = match r.lower(n) {
            "of" | "for" => org,
            "&" => true,
            "'" => r.tag(n) == Tag::Possessive && r.tag(n + 1) == Tag::Name,
            "and" => org && (start..n).any(|m| matches!(r.lower(m), "of" | "for")),
            "-" | "bin" | "al" | "de" | "van" | "von" | "der" | "del" | "da" | "la" | "el" | "ibn" | "le" | "du" | "dos" => {
                r.tag(n + 1) == Tag::Name
            }
            _ => false,
        };
        if joins {
            next += 1;
            if r.lower(next) == "the" {
                next += 1;
            }
        }
        if joins && next < high && r.tag(next) == Tag::Name && !is_calendar(r, next) {
            n = next + 1;
        } else {
            return n;
        }
    }
}

/// Whether a lower-case word heads names of organisations.
pub(crate) fn is_org_word(word: &str) -> bool {
    lexicon::is_a(word, WordClass::OrgHead)
}

fn is_role_word(word: &str) -> bool {
    // "Dean" and "Don" are given names more often than titles.
    let title = |word: &str| lexicon::is_a(word, WordClass::Title) || lexicon::is_a(word, WordClass::Honorific);
    !is_given_name(word) && (title(word) || word.strip_suffix('s').is_some_and(title))
}

/// Whether a lower-case word is a given name.
pub(crate) fn is_given_name(word: &str) -> bool {
    lexicon::is_a(word, WordClass::Female) || lexicon::is_a(word, WordClass::Male)
}

fn of_run(r: Reading, run: Range<usize>, sentence: usize, bounds: &Range<usize>) -> Option<Mention> {
    // Everything up to the last title word is role, if a name follows it: "Foreign Minister Ada Obi".
    let given = run.clone().find(|&n| is_given_name(r.lower(n)) && n + 1 < run.end && n > run.start);
    let title = run.clone().rev().find(|&n| n + 1 < run.end && is_role_word(r.lower(n)) && r.tag(n + 1) == Tag::Name);
    // "Union Minister of State for Rural Development Kamlesh Yadav": an office with phrases of its own.
    let office = run.clone().any(|n| is_role_word(r.lower(n)) && matches!(r.lower(n + 1), "of" | "for"));
    let last_joint = run.clone().rev().find(|&n| matches!(r.lower(n), "of" | "for" | "and" | "the"));
    let holder = last_joint.filter(|&n| office && run.end - n >= 4).map(|_| run.end - 2);
    let name_start = match (title, given) {
        (Some(t), _) => t + 1,
        (None, None) if holder.is_some() => holder.unwrap_or(run.start),
        // "Deputy Cormac Devane", "Accountant Riana Booysens": what stands before a given name and is none.
        (None, Some(g)) if !is_given_name(r.lower(run.start)) && !r.lower(run.start).ends_with('.') => g,
        _ => run.start,
    };
    let mut name = name_start..run.end;
    if matches!(r.lower(name.end - 1), "of" | "for" | "and" | "the") {
        name.end -= 1;
    }
    if name.is_empty() || name.clone().all(|n| r.tag(n) != Tag::Name) {
        return None;
    }
    let mut role_start = run.start;
    // Lower-case titles right before the name: "spokesperson Ada Obi", "the union's general secretary Ada Obi".
    while role_start > bounds.start && r.tag(role_start - 1) == Tag::Noun && name_start == run.start {
        role_start -= 1;
        if role_start > bounds.start && matches!(r.tag(role_start - 1), Tag::Name | Tag::Possessive) {
            break;
        }
    }
    let noun_title = role_start < run.start && is_person_noun(r.lower(run.start - 1));
    if role_start < run.start && !noun_title {
        role_start = run.start;
    }
    if noun_title {
        while role_start > bounds.start && (r.tag(role_start - 1).is_nominal()) && !is_calendar(r, role_start - 1) {
            role_start -= 1;
        }
    }
    let titled = title.is_some() || noun_title || name_start > run.start;
    let before = (role_start < name.start && !(role_start..name.start).all(|n| is_address(r.lower(n)))).then_some(role_start..name.start);
    let kind = kind_of(r, &name, titled);
    let apposition = (kind == SpeakerKind::Person).then(|| apposition(r, name.end, bounds.end)).flatten();
    let end = apposition.as_ref().map_or(name.end, |a| a.end);
    let subject = is_subject(r, role_start, end, bounds);
    Some(Mention {
        possessive: r.tag(name.end) == Tag::Possessive || r.lower(name.end) == "’" && r.lower(name.end - 1).ends_with('s'),
        phrase: role_start..end,
        role: before.filter(|_| titled || kind == SpeakerKind::Person).or(apposition),
        kind,
        sentence,
        subject,
        name,
    })
}

/// Whether a lower-case noun names a person by office or trade.
pub(crate) fn is_person_noun(word: &str) -> bool {
    is_role_word(word)
        || lexicon::is_a(word, WordClass::Unnamed)
        || [
            "person",
            "woman",
            "man",
            "ist",
            "ologist",
            "secretary",
            "director",
            "officer",
            "analyst",
            "professor",
            "engineer",
            "teacher",
            "farmer",
            "lawyer",
        ]
        .iter()
        .any(|e| word.ends_with(e))
}

/// The role behind a name: ", director of the Norbury Trust," or ", 42, a nurse,".
fn apposition(r: Reading, at: usize, high: usize) -> Option<Range<usize>> {
    if r.lower(at) != "," {
        return None;
    }
    let mut start = at + 1;
    if r.tag(start) == Tag::Number && r.lower(start + 1) == "," {
        start += 2;
    }
    let opens = matches!(r.tag(start), Tag::Determiner | Tag::PossessivePronoun | Tag::Noun | Tag::Name);
    let end = (start..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":" | ")" | "?" | "!") || r.quoted(n))?;
    if !opens || end == start || end - start > 25 {
        return None;
    }
    let mut stop = end;
    if let Some(who) = (start..end).find(|&n| matches!(r.lower(n), "who" | "which" | "whose" | "and" | "said" | "told")) {
        if matches!(r.lower(who), "said" | "told") {
            return None;
        }
        if matches!(r.lower(who), "who" | "which" | "whose") {
            stop = who;
        }
    }
    let head = (start..stop)
        .take_while(|&n| !matches!(r.tag(n), Tag::Preposition))
        .any(|n| is_person_noun(r.lower(n)) || is_person_noun(r.lower(n).trim_end_matches('s')))
        || (start..stop).any(|n| matches!(r.lower(n), "of" | "for" | "at"));
    let clause = (start..stop).any(|n| matches!(r.tag(n), Tag::Auxiliary));
    (stop > start && head && !clause).then_some(start..stop)
}

fn kind_of(r: Reading, name: &Range<usize>, titled: bool) -> SpeakerKind {
    let lower: Vec<&str> = name.clone().map(|n| r.lower(n)).collect();
    let first = lower[0];
    let acronym = name.len() == 1 && r.tokens[name.start].kind == TokenKind::Word && {
        let text = r.article.slice(r.tokens[name.start].span);
        text.chars().filter(|c| c.is_uppercase()).count() >= 2 && !text.chars().any(char::is_lowercase)
    };
    let phrase = lower.join(" ");
    let definite = name.start > 0 && r.lower(name.start - 1) == "the";
    if lexicon::is_a(&phrase, WordClass::Place) && !titled {
        SpeakerKind::Place
    } else if lower.iter().any(|w| is_org_word(w)) || lower.iter().any(|w| matches!(*w, "of" | "for" | "&")) || acronym && !titled {
        SpeakerKind::Organisation
    } else if !titled
        && name.len() > 1
        && (lexicon::is_a(lower[lower.len() - 1], WordClass::Place) || is_direction(first) && name.len() == 2)
    {
        SpeakerKind::Place
    } else if titled || is_given_name(first) || name.start > 0 && lexicon::is_a(r.lower(name.start - 1), WordClass::Honorific) {
        SpeakerKind::Person
    } else if reads_like_organisation(r, name)
        || lexicon::is_a(first, WordClass::Demonym)
        || definite
        || lower.iter().any(|w| lexicon::is_a(w, WordClass::Document))
    {
        SpeakerKind::Organisation
    } else if (2..=4).contains(&name.len()) || name.len() == 1 {
        SpeakerKind::Person
    } else {
        SpeakerKind::Organisation
    }
}

/// Whether the tagger takes most words of a name of several for parts of an organisation's. A single word may be
/// anyone's surname.
fn reads_like_organisation(r: Reading, name: &Range<usize>) -> bool {
    let words = r.speech[name.clone()].iter().filter(|&&speech| speech == Speech::Organisation).count();
    name.len() > 1 && words * 2 > name.len()
}

/// Whether a word only addresses its bearer and tells no office.
fn is_address(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss" | "dr" | "sir" | "madam" | "shri" | "smt" | "mx" | "messrs")
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "eastern"
            | "western"
            | "northern"
            | "southern"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "upper"
            | "lower"
            | "new"
            | "port"
            | "lake"
            | "mount"
    )
}

/// A name opens its sentence, or a verb follows it.
fn is_subject(r: Reading, start: usize, end: usize, bounds: &Range<usize>) -> bool {
    let next = if matches!(r.lower(end), "," | ")") { end + 1 } else { end };
    let verb = (next..next + 3)
        .take_while(|&n| matches!(r.tag(n), Tag::Adverb | Tag::Auxiliary | Tag::Verb))
        .any(|n| matches!(r.tag(n), Tag::Auxiliary | Tag::Verb));
    start <= bounds.start + 1 && r.tag(end) != Tag::Possessive || verb
}

/// The gender that a given name or honorific shows.
pub(crate) fn gender(r: Reading, mention: &Mention) -> Option<Gender> {
    let before = mention.name.start.checked_sub(1).map_or("", |n| r.lower(n)).trim_end_matches('.');
    let first = r.lower(mention.name.start);
    match before {
        "mr" | "sir" | "lord" | "alhaji" | "chief" if before != "chief" => return Some(Gender::Male),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "madam" | "smt" => return Some(Gender::Female),
        _ => {}
    }
    let role = mention.role.clone().unwrap_or(0..0);
    for n in role {
        match r.lower(n) {
            w if w.ends_with("woman") || matches!(w, "mother" | "sister" | "daughter" | "wife" | "widow" | "actress" | "queen") => {
                return Some(Gender::Female);
            }
            w if w.ends_with("man") && w != "human" && w != "german" || matches!(w, "father" | "brother" | "son" | "husband" | "king") => {
                return Some(Gender::Male);
            }
            _ => {}
        }
    }
    match (lexicon::is_a(first, WordClass::Female), lexicon::is_a(first, WordClass::Male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}
