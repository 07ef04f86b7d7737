//! Words for what a breakdown holds: the one place where kinds become English.

use crate::edits::{ClaimKey, Corrected, Edit, Part, SpeakerKey, To};
use crate::engine::{
    Article, BlockKind, Breakdown, Channel, Claim, Confidence, Date, Force, Note, NoteKind, Quotation, Response, ResponseKind, Span,
    SpeakerId, Target,
};
use crate::link::View;

/// "interview", "news conference".
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Interview => "interview",
        Channel::Statement => "statement",
        Channel::NewsConference => "news conference",
        Channel::Post => "post",
        Channel::Speech => "speech",
        Channel::Document => "document",
        Channel::Court => "court",
    }
}

/// What the cue makes of the content, where it is more than saying so.
pub fn force(force: Force) -> Option<&'static str> {
    Some(match force {
        Force::States => return None,
        Force::Accuses => "accusation",
        Force::Denies => "denial",
        Force::Predicts => "prediction",
        Force::Promises => "promise",
        Force::Demands => "demand",
        Force::Asks => "question",
        Force::Judges => "judgement",
        Force::Believes => "belief",
    })
}

/// "rebuts", "has no comment on".
pub fn response(kind: ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Rebut => "rebuts",
        ResponseKind::Support => "supports",
        ResponseKind::Answer => "answers",
        ResponseKind::NoComment => "has no comment on",
    }
}

/// "paraphrase", "part quoted"; `None` for words given as they were said.
pub fn quotation(quotation: Quotation) -> Option<&'static str> {
    match quotation {
        Quotation::Direct => None,
        Quotation::Indirect => Some("paraphrase"),
        Quotation::Mixed => Some("part quoted"),
    }
}

/// "15 Nov 2025".
pub fn day(date: Date) -> String {
    format!("{} {}", day_in_year(date), date.year())
}

/// The day where its year is plain: "29 Jan".
pub fn day_in_year(date: Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{} {}", date.day(), MONTHS[usize::from(date.month()) - 1])
}

/// The words of spans, joined by an ellipsis where text lies between them, on one line.
pub fn excerpt(article: &Article, spans: &[Span]) -> String {
    let parts: Vec<String> = spans.iter().map(|span| article.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    parts.join(" … ")
}

/// The words with a capital first letter.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A speaker's name for people; where the article names none, that.
pub fn speaker(breakdown: &Breakdown, speaker: Option<SpeakerId>) -> String {
    speaker.map_or_else(|| "Nobody named".to_owned(), |id| capitalised(&breakdown.speaker(id).name))
}

/// What is answered and only narrated, in the article's words where it has any.
pub fn narrated(article: &Article, words: Option<Span>) -> String {
    words.map_or_else(|| "A question or remark that the article doesn’t give".to_owned(), |span| excerpt(article, &[span]))
}

/// The article's headline.
pub fn title(breakdown: &Breakdown) -> Option<String> {
    let headline = breakdown.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    Some(excerpt(&breakdown.article, &[headline.span]))
}

/// A title as a file's name without its ending: its first words of letters and digits, sixty bytes or a little more,
/// joined by hyphens. Empty where it has none.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    // What stands inside a word doesn't part it.
    let title = title.replace(['’', '\''], "");
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    // Tables of all the world's capitals would cost the page more than this is worth.
    slug.make_ascii_lowercase();
    slug
}

/// A claim's content as a card shows it: verbatim as it stands; a paraphrase as a sentence of its own.
pub fn content(article: &Article, claim: &Claim) -> String {
    let words = excerpt(article, &claim.content);
    if claim.quotation == Quotation::Direct {
        return words;
    }
    let bare = words.strip_prefix("that ").unwrap_or(&words).trim_end_matches([',', ';', ':']);
    let mut sentence = capitalised(bare);
    if !sentence.trim_end_matches(['”', '"', '’', '\'', '»', ')']).ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// The cue of a paraphrase that does more than say, which the words alone would turn around: "denies: lying".
pub fn verb(article: &Article, claim: &Claim) -> Option<String> {
    let cue = excerpt(article, &claim.cue);
    let negated = cue.split(' ').any(|word| word == "not" || word.ends_with("n’t") || word.ends_with("n't"));
    // "declined: to comment" says what the words alone would turn around.
    let asked = claim.content.first().is_some_and(|span| article.slice(*span).starts_with("to "));
    let refuses = ["declin", "refus"].iter().any(|start| cue.starts_with(start));
    let tells =
        (negated || refuses || asked || claim.force != Force::States) && claim.quotation != Quotation::Direct && !claim.cue.is_empty();
    tells.then_some(cue)
}

/// Where a claim comes from: "said · on the word of Reuters · Daily Post, interview · 15 Nov 2025 · prediction".
pub fn provenance(breakdown: &Breakdown, claim: &Claim) -> String {
    let cue = (!claim.cue.is_empty()).then(|| excerpt(&breakdown.article, &claim.cue));
    let teller = claim.within.and_then(|outer| breakdown.claim(outer).speaker);
    let relayed = teller.map(|id| format!("on the word of {}", breakdown.speaker(id).name));
    let place = match (&claim.outlet, claim.channel) {
        (Some(outlet), Some(way)) => Some(format!("{outlet}, {}", channel(way))),
        (Some(outlet), None) => Some(outlet.clone()),
        (None, way) => way.map(|way| channel(way).to_owned()),
    };
    let force = force(claim.force).map(str::to_owned);
    [cue, relayed, place, claim.said_on.map(day), force].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The odds of what is unsure, as a sentence; `None` for what isn't.
pub fn doubt(confidence: Confidence) -> Option<String> {
    confidence.is_low().then(|| {
        let odds = match (confidence.as_percent() + 5) / 10 {
            0 => "less than 1 chance".to_owned(),
            1 => "about 1 chance".to_owned(),
            n => format!("about {n} chances"),
        };
        format!("Sayso gives this {odds} in 10 of being right.")
    })
}

/// "rebuts 8", or "answers" with the narrated words.
pub fn tag(breakdown: &Breakdown, answer: &Response) -> String {
    let verb = response(answer.kind);
    match answer.to {
        Target::Claim(id) => format!("{verb} {}", id.0 + 1),
        Target::Narrated(Some(span)) => format!("{verb} “{}”", excerpt(&breakdown.article, &[span])),
        Target::Narrated(None) if answer.kind == ResponseKind::NoComment => "no comment".to_owned(),
        Target::Narrated(None) => format!("{verb} a question"),
    }
}

/// A note as the summary line has it, the part that stands out first; `None` where the list of notes
/// is enough.
pub fn headline(breakdown: &Breakdown, note: &Note) -> Option<(String, String)> {
    match note.kind {
        NoteKind::AccusedNotQuoted => Some((breakdown.speaker(note.speaker?).name.clone(), "is accused and not quoted".to_owned())),
        NoteKind::MostClaimsFromOneSource => {
            let (count, rest) = note.text.split_once(" claims ")?;
            Some((count.to_owned(), format!("claims {}", rest.trim_end_matches('.'))))
        }
        _ => None,
    }
}

/// A link of more characters than this is no use on paper.
const LONGEST_ON_PAPER: usize = 300;

/// Where a printed breakdown is: its link, or where that is too long to be typed, the page and how long the link is.
pub fn on_paper(page: &str, link: &str) -> String {
    if link.len() <= LONGEST_ON_PAPER {
        return format!("This breakdown is at {link}");
    }
    format!(
        "The link to this breakdown carries all of it and has {} characters, too many for paper; “Copy link” gives it. Sayso is at {page}",
        count(link.len())
    )
}

/// "Threads": what a view is called.
pub fn view(view: View) -> &'static str {
    match view {
        View::Read => "Read",
        View::Threads => "Threads",
        View::Speakers => "Speakers",
        View::Timeline => "Timeline",
        View::Map => "Map",
    }
}

/// "Words", "Source": what a part of a claim is called.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Content => "Words",
        Part::Source => "Source",
        Part::Cue => "Cue",
    }
}

/// What a part is, for those who don't know its name.
pub fn part_meaning(part: Part) -> &'static str {
    match part {
        Part::Content => "what is said",
        Part::Source => "how the article names who says it",
        Part::Cue => "the words of saying",
    }
}

/// Words that fit a line of a list, with an ellipsis for what is left out.
pub fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    match words.char_indices().nth(MOST) {
        None => words.to_owned(),
        Some((end, _)) => format!("{} …", words[..end].rsplit_once(' ').map_or(&words[..end], |(start, _)| start)),
    }
}

/// Words that fit two lines, with an ellipsis for what is left out in their middle: their ends are what one moves.
pub fn ends(words: &str) -> String {
    const HALF: usize = 40;
    let (first, last) = (words.char_indices().nth(HALF), words.char_indices().nth_back(HALF));
    match (first, last) {
        (Some((first, _)), Some((last, _))) if first < last => {
            let start = words[..first].rsplit_once(' ').map_or(&words[..first], |(start, _)| start);
            let end = words[last..].split_once(' ').map_or(&words[last..], |(_, end)| end);
            format!("{start} … {end}")
        }
        _ => words.to_owned(),
    }
}

/// A correction as a sentence, by the numbers and names that things have now; what is gone, by those the engine gave.
pub fn edit(edit: &Edit, base: &Breakdown, corrected: &Corrected) -> String {
    let breakdown = &corrected.breakdown;
    let quoted = |spans: &[Span]| format!("“{}”", shortened(&excerpt(&base.article, spans)).trim_matches(['“', '”', '"']));
    let claim = |key: &ClaimKey| match (corrected.claim(*key), base.claims.get(key.0 as usize)) {
        (Some(id), _) => format!("Claim {}", id.0 + 1),
        (None, Some(gone)) => quoted(&gone.content),
        (None, None) => "A claim".to_owned(),
    };
    let first = |key: &SpeakerKey| base.speakers.get(key.0 as usize).map(|speaker| speaker.name.clone());
    let name = |key: &SpeakerKey| {
        let now = corrected.speaker(*key).map(|id| breakdown.speaker(id).name.clone());
        now.or_else(|| first(key)).unwrap_or_else(|| "somebody".to_owned())
    };
    let to = |to: &To| match to {
        To::Claim(key) => corrected.claim(*key).map_or_else(|| claim(key), |id| format!("claim {}", id.0 + 1)),
        To::Narrated(Some(span)) => quoted(&[*span]),
        To::Narrated(None) => "something the article doesn’t give".to_owned(),
    };
    match edit {
        Edit::AddClaim { key, .. } => format!("{} added", claim(key)),
        Edit::DropClaim(key) => format!("{} is no claim", claim(key)),
        Edit::Confirm(key) => format!("{} is right", claim(key)),
        Edit::SetSpeaker(key, Some(speaker)) => format!("{} is by {}", claim(key), name(speaker)),
        Edit::SetSpeaker(key, None) => format!("{} is by nobody named", claim(key)),
        Edit::SetForce(key, of) => {
            let of = force(*of).unwrap_or("statement");
            format!("{} is {} {of}", claim(key), if of.starts_with('a') { "an" } else { "a" })
        }
        Edit::SetDay(key, Some(date)) => format!("{} was made on {}", claim(key), day(*date)),
        Edit::SetDay(key, None) => format!("{} has no day", claim(key)),
        Edit::SetSpans(key, of, _) => format!("{}: other {}", claim(key), part(*of).to_ascii_lowercase()),
        Edit::AddSpeaker(key, name) => format!("{} added", corrected.speaker(*key).map_or(name, |id| &breakdown.speaker(id).name)),
        Edit::Rename(key, name) => first(key).map_or_else(|| format!("Named {name}"), |first| format!("{first} is named {name}")),
        Edit::Merge(one, into) => format!("{} is {}", first(one).unwrap_or_else(|| "Somebody".to_owned()), name(into)),
        Edit::Respond(from, target, kind) => format!("{} {} {}", claim(from), response(*kind), to(target)),
        Edit::DropResponse(from, target) => format!("{} doesn’t answer {}", claim(from), to(target)),
        Edit::SetAside(block, aside) => {
            let words = base.blocks.get(*block as usize).map_or_else(String::new, |block| quoted(&[block.span]));
            format!("{words} {}", if *aside { "set aside" } else { "brought back" })
        }
    }
}

/// "1 claim", "3,000 claims".
pub fn counted(number: usize, one: &'static str, many: &'static str) -> String {
    format!("{} {}", count(number), plural(number, one, many))
}

/// "1 claim", "3 claims": the word with the plural it needs.
pub fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// A length in bytes for people: "48 kB", "2.4 MB".
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A count with its thousands set apart: "12,345".
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;

    fn check_content(text: &str, content_words: &[&'static str], quotation: Quotation, expected: &str) {
        let breakdown = sample::breakdown(text, &[sample::said("Ada", "said", content_words, quotation)]);
        assert_eq!(content(&breakdown.article, &breakdown.claims[0]), expected);
    }

    #[test]
    fn a_paraphrase_becomes_a_sentence() {
        check_content(
            "Ada said that the mill\nwould close.",
            &["that the mill\nwould close"],
            Quotation::Indirect,
            "The mill would close.",
        );
        check_content("Ada said it is “a farce”.", &["it is “a farce”"], Quotation::Mixed, "It is “a farce”.");
        check_content("Ada said it is “over.”", &["it is “over.”"], Quotation::Mixed, "It is “over.”");
        check_content("Ada said über das", &["über das"], Quotation::Indirect, "Über das.");
    }

    #[test]
    fn verbatim_words_stay_as_they_are() {
        check_content("“that one,” Ada said, “that two.”", &["“that one,”", "“that two.”"], Quotation::Direct, "“that one,” … “that two.”");
    }

    #[test]
    fn provenance_names_what_is_known() {
        let breakdown = sample::breakdown("Ada said yes", &[sample::said("Ada", "said", &["yes"], Quotation::Indirect)]);
        let bare = breakdown.claims[0].clone();
        assert_eq!(provenance(&breakdown, &bare), "said");
        let full = Claim {
            outlet: Some("Daily Post".into()),
            channel: Some(Channel::Interview),
            said_on: Date::new(2025, 11, 15),
            force: Force::Predicts,
            within: Some(crate::engine::ClaimId(0)),
            ..bare
        };
        assert_eq!(provenance(&breakdown, &full), "said · on the word of Ada · Daily Post, interview · 15 Nov 2025 · prediction");
    }

    #[test]
    fn doubt_is_told_in_odds() {
        let told = |percent| doubt(Confidence::percent(percent));
        assert_eq!(told(4).as_deref(), Some("Sayso gives this less than 1 chance in 10 of being right."));
        assert_eq!(told(5).as_deref(), Some("Sayso gives this about 1 chance in 10 of being right."));
        assert_eq!(told(34).as_deref(), Some("Sayso gives this about 3 chances in 10 of being right."));
        assert_eq!((told(49).is_some(), told(50)), (true, None));
    }

    #[test]
    fn what_most_claims_rest_on_is_in_the_summary_line() {
        let breakdown = sample::breakdown("Ada said yes", &[sample::said("Ada", "said", &["yes"], Quotation::Indirect)]);
        let text = "6 of 11 claims rest on one interview (Daily Post).".to_owned();
        let note = Note { kind: NoteKind::MostClaimsFromOneSource, speaker: None, spans: Vec::new(), text };
        let expected = ("6 of 11".to_owned(), "claims rest on one interview (Daily Post)".to_owned());
        assert_eq!(headline(&breakdown, &note), Some(expected));
        assert_eq!(headline(&breakdown, &Note { kind: NoteKind::UnnamedSources, ..note }), None);
    }

    #[test]
    fn paper_has_links_that_can_be_typed() {
        let page = "https://sayso.example/";
        let short = format!("{page}#1r-{}", "A".repeat(100));
        assert_eq!(on_paper(page, &short), format!("This breakdown is at {short}"));
        let long = on_paper(page, &format!("{page}#1r-{}", "A".repeat(3_000)));
        assert!(long.contains("has 3,026 characters") && long.ends_with(page) && !long.contains('#'), "{long}");
    }

    #[test]
    fn long_words_keep_both_ends() {
        assert_eq!(ends("short words"), "short words");
        let long = format!("begins here {} and ends there", "and goes on ".repeat(20));
        let told = ends(&long);
        assert!(told.starts_with("begins here ") && told.ends_with(" and ends there") && told.chars().count() < 90, "{told}");
    }

    #[test]
    fn a_title_names_a_file() {
        assert_eq!(slug("Crab fishers’ boats: “11 lost”, say crews"), "crab-fishers-boats-11-lost-say-crews");
        assert_eq!(slug("Zürich – «ja»"), "zürich-ja");
        assert_eq!(slug(&"words ".repeat(20)), ["words"; 10].join("-"));
        assert_eq!(slug("…!"), "");
    }

    #[test]
    fn figures_are_readable() {
        assert_eq!([size(999), size(48_200), size(2_449_000)], ["999 bytes", "48 kB", "2.4 MB"]);
        assert_eq!([count(7), count(1_234), count(1_234_567)], ["7", "1,234", "1,234,567"]);
    }
}
