//! Mentions: names in the text, with the role that stands before or behind them.

use std::ops::Range;

use crate::order;

use super::attribution::Reading;
use super::lexicon::{self, WordClass};
use super::names;
use super::speech::{self, Speech};
use super::tags::Tag;
use super::{BlockKind, SpeakerKind};

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

/// Finds every name, in text order.
pub(crate) fn find(r: Reading) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut offices = Vec::new();
    for (s, sentence) in r.sentences.iter().enumerate() {
        let mut n = sentence.tokens.start;
        while n < sentence.tokens.end {
            if r.tag(n) != Tag::Name || is_calendar(r, n) {
                n += 1;
                continue;
            }
            let end = name_run_end(r, n, sentence.tokens.end);
            if n > sentence.tokens.start && is_given(r, n - 1, sentence.tokens.start) {
                n -= 1;
            }
            // "Brandt & Lowe" of which only the second word reads like a name.
            if n > sentence.tokens.start + 1 && r.lower(n - 1) == "&" && r.tokens.capital(r.article, n - 2) {
                n -= 2;
            }
            let end = office_end(r, n..end, sentence.tokens.end).unwrap_or(end);
            // "Minister for Roads" is an office; whoever holds it is named beside it.
            if (n..end).all(|m| is_role_word(r.lower(m))) && matches!(r.lower(end), "of" | "for") {
                n = super::attribution::phrase_forward(r, end + 1, sentence.tokens.end).max(end + 1);
                continue;
            }
            // "The Minister" alone is an office as well, "Singer" may be a name.
            if (n..end).all(|m| is_role_word(r.lower(m))) {
                if (n == sentence.tokens.start || !matches!(r.lower(n - 1), "the" | "a" | "an"))
                    && (n..end - 1).all(|m| is_address(r.lower(m)))
                {
                    offices.push((end - 1, s));
                }
            } else if names_someone(r, n..end) {
                mentions.extend(of_run(r, n..end, s, &sentence.tokens));
            }
            n = end.max(n + 1);
        }
    }
    // "Blue Perch Limited" that is named so inside a sentence is named so at a sentence's start.
    let words = |run: Range<usize>| run.map(|n| r.lower(n)).collect::<Vec<_>>();
    let whole = order::set(mentions.iter().filter(|m| m.name.len() > 2).map(|m| words(m.name.clone())));
    for mention in &mut mentions {
        let start = r.sentences[mention.sentence].tokens.start;
        let cut = mention.name.start == start + 1 && mention.name.len() > 1 && r.tag(start) == Tag::Name;
        if cut && whole.contains(&words(start..mention.name.end)) {
            mention.name.start = start;
            mention.phrase.start = start;
            mention.role = None;
            mention.kind = names::kind_of(r, &mention.name, false);
        }
    }
    let surnames = order::set(mentions.iter().filter(|m| m.name.len() > 1).map(|m| r.lower(m.name.end - 1)));
    let borne = offices.into_iter().filter(|&(n, _)| surnames.contains(r.lower(n)));
    mentions.extend(borne.filter_map(|(n, s)| of_run(r, n..n + 1, s, &r.sentences[s].tokens)).collect::<Vec<_>>());
    order::sort_by_key(&mut mentions, |m| m.name.start);
    mentions
}

/// Whether a small word before a name is a given name, as its capital within a sentence tells: "Per Holm", "May Lind".
fn is_given(r: Reading, n: usize, start: usize) -> bool {
    let small = matches!(r.lower(n), "per" | "will" | "may") && r.tag(n) != Tag::Name;
    // What opens a quotation or stands in a headline has its capital from there.
    let within = n > start && (r.tokens.is_word(n - 1) || !r.quoted(n)) && r.blocks[r.block_of(n)].kind != BlockKind::Headline;
    small && within && r.tokens.capital(r.article, n)
}

/// Whether a lower-case word gives a member's party and state: "R-Utah".
pub(crate) fn is_seat(word: &str) -> bool {
    ["r-", "d-", "i-"].iter().any(|party| word.starts_with(party))
}

/// Whether a run is a name and neither only an adjective ("Nepali officials"), a party in brackets ("R-Utah") nor an
/// office ("the US President").
fn names_someone(r: Reading, run: Range<usize>) -> bool {
    let last = run.end - 1;
    let describes = r.speech[last] == Speech::Adjective && r.tag(run.end) == Tag::Noun;
    let party = is_seat(r.lower(run.start)) || run.len() == 1 && r.lower(last).len() == 1;
    let office = run.start > 0
        && r.lower(run.start - 1) == "the"
        && is_role_word(r.lower(last))
        && run.clone().all(|n| {
            is_role_word(r.lower(n))
                || [WordClass::Place, WordClass::Demonym].into_iter().any(|class| lexicon::is_a(r.lower(n), class))
                || matches!(r.speech[n], Speech::Adjective | Speech::NamingAdjective)
        });
    // A headline's first word has its capital from there.
    let common = run.len() == 1 && r.speech[last] == Speech::Noun && lexicon::is_a(r.lower(last), WordClass::Document);
    !describes && !party && !office && !common
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
    let dated = |n: usize| {
        matches!(r.tag(n), Tag::Preposition | Tag::Number) || matches!(r.lower(n), "last" | "next" | "this" | "early" | "late" | "mid")
    };
    super::dates::is_weekday(r.lower(n))
        || super::dates::is_month(r.lower(n)) && (r.tag(n + 1) == Tag::Number || n.checked_sub(1).is_some_and(dated))
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
            "'s" | "’s" => is_company(r, n + 1, high),
            "and" => org && (start..n).any(|m| matches!(r.lower(m), "of" | "for")),
            "/" => !r.tokens.spaced(n) && r.tag(n + 1) == Tag::Name,
            "-" | "bin" | "al" | "de" | "van" | "von" | "der" | "del" | "da" | "la" | "el" | "ibn" | "le" | "du" | "dos" => {
                r.tag(n + 1) == Tag::Name
            }
            _ => false,
        };
        if joins {
            next += 1;
            if matches!(r.lower(next), "the" | "a") {
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

/// Whether the names from a token on end as companies' do: "Foods", "Bread Co.".
fn is_company(r: Reading, start: usize, high: usize) -> bool {
    let last = (start..high).take_while(|&n| r.tag(n) == Tag::Name).last();
    last.is_some_and(|n| names::ends_company(r.lower(n)))
}

/// Whether a verb follows the ’s behind a name, so that it is part of a shop's or firm's: "Kessler’s said".
fn ends_in_s(r: Reading, name: &Range<usize>) -> bool {
    let (own, verb) = (r.lower(name.end), r.lower(name.end + 1));
    let finite = matches!(verb, "said" | "says" | "has" | "had" | "was" | "will" | "would" | "declined" | "plans" | "denied" | "denies");
    matches!(own, "'s" | "’s") && finite && name.len() == 1 && !r.quoted(name.end)
}

/// Whether a lower-case word heads names of organisations.
pub(crate) fn is_org_word(word: &str) -> bool {
    lexicon::is_a(word, WordClass::OrgHead)
}

/// Whether a capital is more likely the sentence's than a name's: by the tagger, or in a headline by what the word is
/// elsewhere ("Ruinous Obi plan fails").
fn leads_sentence(r: Reading, n: usize) -> bool {
    !names::is_name(r.speech[n])
        || r.blocks[r.block_of(n)].kind == BlockKind::Headline && !is_given_name(r.lower(n)) && speech::is_usually_common(r.lower(n))
}

/// The end of a run whose office goes on before its holder: "Deputy Secretary of State Tom Ferrow", "Vice President and
/// Managing Editor Bill Sammon".
fn office_end(r: Reading, run: Range<usize>, high: usize) -> Option<usize> {
    /// More words than any office has.
    const LONGEST: usize = 12;
    let joint = r.lower(run.end);
    let joins = match joint {
        "of" | "for" | "to" => true,
        // "the President and Senator Obi" are two.
        "and" => run.len() > 1 && run.start.checked_sub(1).is_none_or(|n| r.tag(n) != Tag::Determiner),
        _ => false,
    };
    if !joins || !is_person_noun(r.lower(run.end - 1)) {
        return None;
    }
    let end = (run.end + 1..high.min(run.end + LONGEST))
        .find(|&n| r.tag(n) != Tag::Name && !matches!(r.lower(n), "of" | "for" | "and" | "the") || is_calendar(r, n))
        .unwrap_or(high);
    let holder = holder(r, run.end..end)?;
    let office = joint != "and" || (run.end..holder).any(|n| is_person_noun(r.lower(n)));
    office.then_some(end)
}

/// Where the name begins that ends what goes on with "of State Tom Ferrow".
fn holder(r: Reading, run: Range<usize>) -> Option<usize> {
    let person = person_run(r, run.start + 1..run.end);
    let joint = run.clone().rev().find(|&n| matches!(r.lower(n), "of" | "for" | "and" | "the" | "to"))?;
    let person = person.start.max(joint + 1)..run.end;
    let given = person.clone().skip(1).find(|&n| is_given_name(r.lower(n)) && n + 1 < run.end);
    // The tagger may take all of "State Tom Ferrow" for his name.
    let start = given.unwrap_or(if person.start == joint + 1 { person.end.saturating_sub(2) } else { person.start });
    (!person.is_empty() && start > joint + 1).then_some(start)
}

/// The words at the end of a run that the tagger takes for a person's name, offices left out.
fn person_run(r: Reading, run: Range<usize>) -> Range<usize> {
    let of_person = |n: &usize| r.speech[*n] == Speech::Person && !is_role_word(r.lower(*n));
    run.end - run.clone().rev().take_while(of_person).count()..run.end
}

fn is_role_word(word: &str) -> bool {
    // "Dean" and "Don" are given names more often than titles.
    let title = |word: &str| lexicon::is_a(word, WordClass::Title) || lexicon::is_a(word, WordClass::Honorific);
    let joined = || word.contains('-') && word.split('-').all(title);
    !is_given_name(word) && (title(word) || word.strip_suffix('s').is_some_and(title) || joined())
}

/// Whether a lower-case word is a given name.
pub(crate) fn is_given_name(word: &str) -> bool {
    lexicon::is_a(word, WordClass::Female) || lexicon::is_a(word, WordClass::Male)
}

fn of_run(r: Reading, run: Range<usize>, sentence: usize, bounds: &Range<usize>) -> Option<Mention> {
    // "Absent Obi": a capital of the sentence's, not of the name's.
    // "Kessler’s Bread Co." is one name, whatever its parts read like.
    let person = if run.clone().any(|n| r.tag(n) == Tag::Possessive) { run.clone() } else { person_run(r, run.clone()) };
    if run.len() > 1
        && run.start == bounds.start
        && !is_role_word(r.lower(run.start))
        && leads_sentence(r, run.start)
        && person.start <= run.start + 1
    {
        return of_run(r, run.start + 1..run.end, sentence, bounds);
    }
    // Everything up to the last title word is role, if a name follows it: "Foreign Minister Ada Obi".
    let given = run.clone().find(|&n| is_given_name(r.lower(n)) && n + 1 < run.end && n > run.start);
    // "Datuk Seri" is one honorific.
    let role = |n: usize| {
        is_role_word(r.lower(n)) || n > run.start && lexicon::is_a(&format!("{} {}", r.lower(n - 1), r.lower(n)), WordClass::Honorific)
    };
    let title = run.clone().rev().find(|&n| n + 1 < run.end && role(n) && r.tag(n + 1) == Tag::Name);
    // "the General Medical Council"
    let title = title.filter(|&t| !(t + 1..run.end).any(|n| is_org_word(r.lower(n))));
    // "Union Minister of State for Rural Development Kamlesh Yadav": an office with phrases of its own.
    let office = run.clone().find(|&n| is_person_noun(r.lower(n)) && matches!(r.lower(n + 1), "of" | "for" | "and" | "to"));
    let office = office.map(|n| n + 1).or_else(|| {
        // At a sentence's start "Secretary" alone is no name.
        let split = run.start >= bounds.start + 2 && r.lower(run.start - 1) == "of" && is_person_noun(r.lower(run.start - 2));
        split.then(|| run.start - 1)
    });
    let holder = office.and_then(|from| holder(r, from..run.end));
    let party = |n: usize| !is_given_name(r.lower(n)) && lexicon::is_a(&format!("{}s", r.lower(n)), WordClass::GroupHead);
    let name_start = match (title, given) {
        (Some(t), _) => t + 1,
        (None, _) if holder.is_some() => holder.unwrap_or(run.start),
        // "Democrat Ada Obi"
        _ if person.len() > 2 && party(person.start) => person.start + 1,
        // What stands before a person's name of several words is not of it: "Radio Norbury host Ada Obi".
        (None, _) if person.len() > 1 && person.start > run.start => person.start,
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
    let shop = ends_in_s(r, &name);
    if shop {
        name.end += 1;
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
    let described = if role_start == name.start { description_before(r, name.start, bounds.start) } else { None };
    let before = (role_start < name.start && !(role_start..name.start).all(|n| is_address(r.lower(n)))).then_some(role_start..name.start);
    let kind = if shop { SpeakerKind::Organisation } else { names::kind_of(r, &name, titled || described.is_some() && name.len() > 1) };
    let apposition = (kind == SpeakerKind::Person).then(|| apposition(r, name.end, bounds.end)).flatten();
    let end = apposition.as_ref().map_or(name.end, |a| a.end);
    let subject = is_subject(r, role_start, end, bounds);
    Some(Mention {
        possessive: r.tag(name.end) == Tag::Possessive || r.lower(name.end) == "’" && r.lower(name.end - 1).ends_with('s'),
        phrase: role_start..end,
        role: before.filter(|_| titled || kind == SpeakerKind::Person).or(apposition).or(described.filter(|_| kind == SpeakerKind::Person)),
        kind,
        sentence,
        subject,
        name,
    })
}

/// Whether a lower-case noun names someone by whose relative they are.
fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "wife"
            | "husband"
            | "mother"
            | "father"
            | "daughter"
            | "son"
            | "brother"
            | "sister"
            | "uncle"
            | "aunt"
            | "cousin"
            | "nephew"
            | "niece"
            | "grandson"
            | "granddaughter"
            | "widow"
            | "widower"
            | "partner"
            | "fiancé"
            | "fiancée"
            | "girlfriend"
            | "boyfriend"
            | "boss"
            | "stepson"
            | "stepdaughter"
    )
}

/// Whether a lower-case noun names a person by office or trade.
pub(crate) fn is_person_noun(word: &str) -> bool {
    is_role_word(word)
        || lexicon::is_a(word, WordClass::Unnamed)
        || is_kin(word.strip_prefix("ex-").unwrap_or(word))
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
        || !matches!(r.lower(start), "a" | "an" | "some") && (start..stop).any(|n| matches!(r.lower(n), "of" | "for" | "at"));
    let clause = (start..stop).any(|n| r.tag(n) == Tag::Auxiliary || r.speech[n] == Speech::Finite);
    (stop > start && head && !clause).then_some(start..stop)
}

/// The description to which a name is the apposition: "An engineer for the council, Ada Obi, said".
fn description_before(r: Reading, name: usize, low: usize) -> Option<Range<usize>> {
    /// More words than such a description has.
    const LONGEST: usize = 12;
    let comma = name.checked_sub(1).filter(|&n| n > low && r.lower(n) == ",")?;
    let start = (low.max(comma.saturating_sub(LONGEST))..comma)
        .rev()
        .take_while(|&n| r.tag(n).opens_phrase() || matches!(r.lower(n), "of" | "for" | "at" | "in"))
        .last()?;
    let top = (start..comma).find(|&n| r.tag(n) == Tag::Preposition).unwrap_or(comma);
    let opens = matches!(r.tag(start), Tag::Determiner | Tag::PossessivePronoun) || start == low || r.tag(top - 1) == Tag::Possessive;
    (opens && top > start && r.tag(top - 1) == Tag::Noun && is_person_noun(r.lower(top - 1))).then_some(start..comma)
}

/// Whether a word only addresses its bearer and tells no office.
fn is_address(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss" | "dr" | "sir" | "madam" | "shri" | "smt" | "mx" | "messrs")
}

/// A name opens its sentence, or a verb follows it.
fn is_subject(r: Reading, start: usize, end: usize, bounds: &Range<usize>) -> bool {
    let next = if matches!(r.lower(end), "," | ")") { end + 1 } else { end };
    let verb = (next..next + 3)
        .take_while(|&n| matches!(r.tag(n), Tag::Adverb | Tag::Auxiliary | Tag::Verb))
        .any(|n| matches!(r.tag(n), Tag::Auxiliary | Tag::Verb));
    start <= bounds.start + 1 && r.tag(end) != Tag::Possessive || verb
}
