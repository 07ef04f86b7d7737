//! Provenance: how, where and when each relation's words were said; and what its cue makes of them.

use std::ops::Range;

use super::attribution::{Reading, Relation, cue_at};
use super::lexicon::{self, Frame};
use super::tags::Tag;
use super::{Channel, Date, Force, attribution, dates, days, mentions};

/// An occasion of speaking.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Occasion {
    /// How the words reached the article.
    pub channel: Option<Channel>,
    /// The medium they were said to.
    pub outlet: Option<String>,
    /// The day.
    pub said_on: Option<Date>,
}

/// For each relation its occasion. One that its sentence does not give is taken over from the relation
/// before, by the same speaker: an interview goes on until another occasion is named or somebody else speaks.
pub(crate) fn occasions(r: Reading, published: Option<Date>, relations: &[Relation], speakers: &[Option<usize>]) -> Vec<Occasion> {
    let mut all: Vec<Occasion> = Vec::with_capacity(relations.len());
    for (n, relation) in relations.iter().enumerate() {
        let own = of_sentence(r, published, relation);
        let inherited = (speakers[n].is_some() && n > 0 && speakers[n - 1] == speakers[n]).then(|| all[n - 1].clone());
        all.push(match inherited {
            // "In the same interview" tells the occasion again without its day.
            Some(last) if own.said_on.is_none() && (own.channel.is_none() || own.channel == last.channel && own.outlet.is_none()) => last,
            _ => own,
        });
    }
    all
}

/// The occasion that the relation's own sentence gives, outside its content.
fn of_sentence(r: Reading, published: Option<Date>, relation: &Relation) -> Occasion {
    let anchor = relation.cue.first().or(relation.content.first()).map_or(0, |c| c.start);
    let Some(sentence) = r.sentences.get(r.sentences.partition_point(|s| s.tokens.end <= anchor)) else { return Occasion::default() };
    let Range { start: low, end: high } = sentence.tokens.clone();
    let outside = |n: usize| !relation.content.iter().any(|c| c.contains(&n)) && !r.quoted(n);
    let mut occasion = Occasion::default();
    for n in low..high {
        if !outside(n) {
            continue;
        }
        if occasion.channel.is_none()
            && let Some((channel, next)) = channel_at(r, n, high)
        {
            occasion.channel = Some(channel);
            if matches!(channel, Channel::Interview | Channel::Post) {
                occasion.outlet = outlet(r, next, high);
            }
        }
    }
    if occasion.channel.is_none()
        && let Some(outlet) = told_outlet(r, relation, high)
    {
        occasion.channel = Some(Channel::Interview);
        occasion.outlet = Some(outlet);
    }
    occasion.said_on = said_on(r, published, relation, low..high);
    occasion
}

/// The day that the sentence gives: in full wherever it stands outside the content, else beside the cue or at the
/// sentence's start, so that it is the saying's and not another deed's.
fn said_on(r: Reading, published: Option<Date>, relation: &Relation, sentence: Range<usize>) -> Option<Date> {
    let outside = |n: &usize| !relation.content.iter().any(|c| c.contains(n)) && !r.quoted(*n);
    // "Amory’s committee will question her on Monday": that is still to come.
    if relation.cue.iter().flat_map(Range::clone).any(|n| r.lower(n) == "will") {
        return None;
    }
    let told = |n: usize| days::at(r.article, r.tokens, n..sentence.end, published);
    let full = sentence.clone().filter(outside).filter_map(told).find(|told| told.full).and_then(|told| told.day);
    let cue = relation.cue.first().map_or(sentence.start..sentence.start, Range::clone);
    let near = (sentence.start..sentence.start + 3).chain(cue.start.saturating_sub(3)..cue.end + 6).filter(|n| sentence.contains(n));
    full.or_else(|| near.filter(outside).filter_map(told).find_map(|told| told.day))
}

/// The channel that a phrase at `n` names, and the token behind it.
fn channel_at(r: Reading, n: usize, high: usize) -> Option<(Channel, usize)> {
    let preposition = matches!(r.lower(n), "in" | "at" | "during" | "through" | "via" | "on" | "to");
    if preposition {
        // "in an exclusive interview", "in a joint statement", "at a news conference"
        for at in n + 1..high.min(n + 6) {
            let found = match (r.lower(at), r.lower(at + 1)) {
                ("interview" | "interviews", _) => Some((Channel::Interview, at + 1)),
                ("news" | "press", "conference" | "briefing") => Some((Channel::NewsConference, at + 2)),
                ("briefing", _) => Some((Channel::NewsConference, at + 1)),
                ("statement" | "statements", _) | ("press", "release") => Some((Channel::Statement, at + 1)),
                ("post" | "tweet" | "posts" | "tweets" | "thread" | "video", _) => Some((Channel::Post, at + 1)),
                ("speech" | "address" | "sermon" | "keynote", _) => Some((Channel::Speech, at + 1)),
                ("report" | "letter" | "memo" | "email" | "filing" | "document" | "affidavit", _) if r.lower(n) == "in" => {
                    Some((if matches!(r.lower(at), "filing" | "affidavit") { Channel::Court } else { Channel::Document }, at + 1))
                }
                ("court", _) if r.lower(n) == "in" => Some((Channel::Court, at + 1)),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            if !(r.tag(at).opens_phrase() || r.tag(at) == Tag::Mark && r.lower(at) == "-") {
                break;
            }
        }
    }
    let network = matches!(
        r.lower(n + 1),
        "x" | "twitter"
            | "facebook"
            | "instagram"
            | "telegram"
            | "linkedin"
            | "tiktok"
            | "whatsapp"
            | "weibo"
            | "youtube"
            | "mastodon"
            | "bluesky"
            | "threads"
    );
    if r.lower(n) == "on" && network {
        return Some((Channel::Post, n));
    }
    match r.lower(n) {
        // "told the court that …"
        "told" | "tells" | "telling"
            if matches!(r.lower(n + 1), "the" | "a")
                && matches!(r.lower(n + 2), "court" | "jury" | "judge" | "tribunal" | "magistrate" | "inquest") =>
        {
            Some((Channel::Court, n + 3))
        }
        "tweeted" | "tweets" | "posted" | "posts" if r.tag(n) == Tag::Verb => Some((Channel::Post, n + 1)),
        "testified" | "testifies" => Some((Channel::Court, n + 1)),
        _ => None,
    }
}

/// The name behind "with", "to" or "on" right after a channel: "an interview with the Norbury Herald".
fn outlet(r: Reading, from: usize, high: usize) -> Option<String> {
    let preposition = (from..high.min(from + 6)).find(|&n| matches!(r.lower(n), "with" | "to" | "on" | "for" | "by"))?;
    last_name(r, preposition + 1, high)
}

/// The last name of the noun phrase at `at`: "the state news agency NANA" → "NANA".
fn last_name(r: Reading, at: usize, high: usize) -> Option<String> {
    let end = attribution::phrase_forward(r, at, high);
    let mut n = at;
    let mut name = None;
    while n < end {
        if r.tag(n) == Tag::Name && !dates::is_weekday(r.lower(n)) {
            let stop = mentions::name_run_end(r, n, end);
            name = Some(n..stop);
            n = stop;
        } else {
            n += 1;
        }
    }
    let mut name = name?;
    // "Ada Obi of the Herald" ends in the paper, "Herald newspaper" in the name.
    while name.len() > 1 && r.tag(name.end - 1) == Tag::Possessive {
        name.end -= 1;
    }
    Some(r.written(name))
}

/// "told the Norbury Herald that …": an addressee that reads like a medium.
fn told_outlet(r: Reading, relation: &Relation, high: usize) -> Option<String> {
    let cue = relation.cue.first()?;
    let (verb, next) = cue_at(r, cue.end - 1, high)?;
    if !(verb.takes(Frame::PersonClause) && verb.lemma == "tell") {
        return None;
    }
    let name = last_name(r, next, high)?;
    let medium = [
        "news",
        "times",
        "herald",
        "post",
        "tribune",
        "radio",
        "tv",
        "fm",
        "bbc",
        "cnn",
        "reuters",
        "afp",
        "press",
        "journal",
        "gazette",
        "guardian",
        "telegraph",
        "mail",
        "standard",
        "chronicle",
        "magazine",
        "agency",
        "observer",
        "daily",
        "weekly",
        "star",
        "nation",
        "express",
        "independent",
        "punch",
        "vanguard",
        "today",
        "television",
        "broadcasting",
        "argus",
        "courier",
        "echo",
        "dispatch",
        "examiner",
        "mercury",
        "sentinel",
        "monitor",
        "bulletin",
        "zeitung",
        "wire",
        "channel",
    ];
    let lower = name.to_lowercase();
    let acronym = name.len() >= 2 && name.chars().all(char::is_uppercase);
    (acronym || lower.split(' ').any(|w| medium.contains(&w))).then_some(name)
}

/// What the relation's cue makes of its content.
pub(crate) fn force(r: Reading, relation: &Relation) -> Force {
    if let Some(cue) = cue_of(r, relation) {
        return if cue.force == Force::Asks && is_request(r, relation) { Force::Demands } else { cue.force };
    }
    let Some(cue) = relation.cue.first() else { return Force::States };
    let phrase = cue
        .clone()
        .flat_map(|n| lexicon::phrases(r.lower(n)).iter().filter(move |p| lexicon::match_words(r.tokens, &p.words, n, cue.end).is_some()));
    phrase.map(|p| p.force).next().unwrap_or(Force::States)
}

/// Whether something asked is wanted rather than asked about: "asked for help", "asked the guards to leave", "asked that
/// it be closed".
fn is_request(r: Reading, relation: &Relation) -> bool {
    let Some(content) = relation.content.first().filter(|content| !r.quoted(content.start)) else { return false };
    let behind_cue = relation.cue.first().map_or(content.start, |cue| cue.end - 1);
    let is_question = |n: &usize| {
        let word = r.lower(*n);
        word.starts_with("wh") || matches!(word, "if" | "how" | "about")
    };
    let is_wish = |n: usize| r.lower(n) == "to" && (r.tag(n + 1) == Tag::Verb || matches!(r.lower(n + 1), "be" | "have"));
    let begins = |n: usize| matches!(r.lower(n), "for" | "that");
    begins(behind_cue) || begins(content.start) || content.clone().take_while(|n| !is_question(n)).any(is_wish)
}

/// The lexicon's row for the relation's cue: the last cue word in it ("has repeatedly denied").
pub(crate) fn cue_of(r: Reading, relation: &Relation) -> Option<&'static lexicon::Cue> {
    let cue = relation.cue.first()?;
    cue.clone().find_map(|n| cue_at(r, n, cue.end).filter(|_| !matches!(r.tag(n), Tag::Auxiliary | Tag::Adverb)).map(|(cue, _)| cue))
}
