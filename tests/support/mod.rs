//! Breakdowns of every valid shape, for properties to hold on.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sayso::edits::{ClaimKey, Edit, Edits, Part, SpeakerKey, To};
use sayso::engine::{
    Article, Block, BlockKind, Breakdown, Channel, Claim, ClaimId, Confidence, Date, Force, Labeller, Language, Note, NoteKind, Parts,
    Quotation, Response, ResponseKind, Span, Speaker, SpeakerId, SpeakerKind, Target,
};
use sayso::filter::Filter;

/// Pieces that news, and pages it is copied from, are made of.
const PIECES: &[&str] = &[
    "“We will rebuild the harbour,” ",
    "said Mayor Ilse Tarnow on Monday. ",
    "according to ",
    "the ministry",
    " denied that ",
    "\"",
    "'",
    "’s ",
    "„So nicht“, ",
    "«Jamais», ",
    " has accused Ostmark of lying.\n\n",
    "Also read: Ten bridges to see\n",
    "15 November 2025\r\n",
    "By Rana Okafor\n",
    "Dr. ",
    "U.S. ",
    "3.5 million",
    " – ",
    "…",
    "e\u{301}",
    "👩‍👩‍👧",
    "قال الوزير ",
    "<p>Told &quot;us&quot;</p>",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "\t",
];

/// Text as people paste it, and as nobody would.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        2 => "[A-Z][a-z]{2,9} ",
        1 => any::<String>(),
    ];
    vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

/// Texts with something to read in them.
pub(crate) fn articles() -> impl Strategy<Value = Article> {
    texts().prop_filter_map("nothing to read", |text| Article::new(text).ok())
}

/// Spans in order from any numbers: positions are taken two by two.
fn spans(article: &Article, at: &[Index]) -> Vec<Span> {
    let mut bytes: Vec<usize> = article.text().char_indices().map(|(n, _)| n).chain([article.text().len()]).collect();
    bytes = at.iter().map(|at| bytes[at.index(bytes.len())]).collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.chunks_exact(2).filter_map(|pair| article.span(pair[0], pair[1])).collect()
}

fn pick<T: std::fmt::Debug + Copy + 'static>(kinds: &'static [T]) -> impl Strategy<Value = T> {
    select(kinds)
}

fn places(most: usize) -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 0..=most * 2)
}

fn confidences() -> impl Strategy<Value = Confidence> {
    (0..=100u8).prop_map(Confidence::percent)
}

fn days() -> impl Strategy<Value = Option<Date>> {
    option::of((1000..=9999u16, 1..=12u8, 1..=31u8)).prop_map(|day| day.and_then(|(y, m, d)| Date::new(y, m, d)))
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?", "\\PC{1,12}"]
}

/// Which of so many things, if any.
fn refer(index: Option<Index>, count: usize) -> Option<u32> {
    index.filter(|_| count > 0).map(|index| index.index(count) as u32)
}

/// Breakdowns of every valid shape over any article.
pub(crate) fn breakdowns() -> impl Strategy<Value = Breakdown> {
    let head = (pick(Labeller::ALL), pick(Language::ALL), days(), "[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]");
    let blocks = (places(6), vec(pick(BlockKind::ALL), 6));
    let speakers = vec((names(), pick(SpeakerKind::ALL), option::of(names()), places(4)), 0..5);
    let claim = (
        (places(2), places(2), places(3)),
        (pick(Quotation::ALL), pick(Force::ALL), option::of(pick(Channel::ALL)), option::of(names()), days(), confidences()),
        (option::of(any::<Index>()), option::of(any::<Index>()), vec(any::<Index>(), 0..3)),
    );
    let response = ((any::<Index>(), option::of(any::<Index>()), places(1)), pick(ResponseKind::ALL), places(2), confidences());
    let note = (pick(NoteKind::ALL), option::of(any::<Index>()), places(2), "\\PC{0,20}");
    let lists = (blocks, speakers, vec(claim, 0..8), vec(response, 0..6), vec(note, 0..4));
    (articles(), head, lists).prop_map(
        |(article, (labeller, language, published, engine), (blocks, speakers, claims, responses, notes))| {
            let spans = |at: &[Index]| spans(&article, at);
            let speaker_count = speakers.len();
            let speaker = |index| refer(index, speaker_count).map(SpeakerId);
            let mut claims: Vec<Claim> = claims
                .into_iter()
                .map(|((source, cue, content), (quotation, force, channel, outlet, said_on, confidence), (who, within, about))| Claim {
                    speaker: speaker(who),
                    source: spans(&source),
                    cue: spans(&cue),
                    content: spans(&content),
                    quotation,
                    force,
                    channel,
                    outlet,
                    said_on,
                    within: within.map(|index| ClaimId(index.index(8) as u32)),
                    about: about.into_iter().filter_map(|index| speaker(Some(index))).collect(),
                    confidence,
                })
                .filter(|claim| !claim.content.is_empty())
                .collect();
            claims.sort_by_key(Claim::start);
            let count = claims.len();
            for (n, claim) in claims.iter_mut().enumerate() {
                claim.within = claim.within.filter(|within| within.index() < count && within.index() != n);
            }
            let claim = |index| refer(Some(index), count).map(ClaimId);
            let parts = Parts {
                engine,
                labeller,
                language,
                published,
                blocks: spans(&blocks.0).into_iter().zip(blocks.1).map(|(span, kind)| Block { kind, span }).collect(),
                speakers: (speakers.into_iter())
                    .map(|(name, kind, role, mentions)| Speaker { name, kind, role, mentions: spans(&mentions) })
                    .collect(),
                responses: (responses.into_iter())
                    .filter_map(|((from, to, span), kind, signal, confidence)| {
                        let from = claim(from)?;
                        let to = match to.and_then(claim).filter(|to| *to != from) {
                            Some(to) => Target::Claim(to),
                            None => Target::Narrated(spans(&span).first().copied()),
                        };
                        Some(Response { from, to, kind, signal: spans(&signal), confidence })
                    })
                    .collect(),
                notes: (notes.into_iter())
                    .map(|(kind, who, at, text)| Note { kind, speaker: speaker(who), spans: spans(&at), text })
                    .collect(),
                claims,
                article: article.clone(),
            };
            Breakdown::new(parts).expect("made by the rules")
        },
    )
}

/// What an edit is made from: which it is, two keys, places in the text, a name, and a number to pick a kind by.
type Made = (u8, (u32, u32), (Vec<Index>, Vec<Index>), String, usize);

/// Edits of every kind, over claims and speakers that are there or not.
pub(crate) fn edited() -> impl Strategy<Value = (Breakdown, Edits)> {
    let made = (0..13u8, (0..9u32, 0..9u32), (places(1), places(2)), names(), any::<usize>());
    (breakdowns(), vec(made, 0..8)).prop_map(|(breakdown, made)| {
        let edits = Edits::new(made.into_iter().filter_map(|made| edit(&breakdown.article, made)));
        (breakdown, edits)
    })
}

fn edit(article: &Article, (which, (one, other), (few, more), name, number): Made) -> Option<Edit> {
    let (claim, speaker) = (ClaimKey(one), SpeakerKey(one));
    let content = spans(article, &more);
    let to = match number % 3 {
        0 => To::Claim(ClaimKey(other)),
        _ => To::Narrated(content.first().copied()),
    };
    Some(match which {
        0 if content.is_empty() => return None,
        0 => Edit::AddClaim { key: claim, speaker: Some(SpeakerKey(other)), source: spans(article, &few), cue: vec![], content },
        1 => Edit::DropClaim(claim),
        2 => Edit::Confirm(claim),
        3 => Edit::SetSpeaker(claim, (number % 2 == 0).then_some(SpeakerKey(other))),
        4 => Edit::SetForce(claim, Force::ALL[number % Force::ALL.len()]),
        5 => Edit::SetSpans(claim, Part::ALL[number % 3], content),
        6 => Edit::AddSpeaker(speaker, name),
        7 => Edit::Rename(speaker, name),
        8 => Edit::Merge(speaker, SpeakerKey(other)),
        9 => Edit::Respond(claim, to, ResponseKind::ALL[number % 4]),
        10 => Edit::DropResponse(claim, to),
        11 => Edit::SetDay(claim, Date::new(2025, 11, (number % 40) as u8)),
        _ => Edit::SetAside(one, number % 2 == 0),
    })
}

/// Filters of every kind.
pub(crate) fn filters() -> impl Strategy<Value = Filter> {
    ("\\PC{0,12}", option::of(0..9u32), option::of(pick(Force::ALL)), option::of(pick(ResponseKind::ALL)), any::<(bool, bool)>()).prop_map(
        |(words, speaker, force, response, (unanswered, unsure))| Filter {
            words,
            speaker: speaker.map(SpeakerKey),
            force,
            response,
            unanswered,
            unsure,
        },
    )
}
