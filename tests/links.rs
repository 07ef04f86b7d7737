//! What links say and keep: the ones already out in the world, and the ones that can't be opened.

use sayso::edits::{ClaimKey, Edit, Edits, Part, SpeakerKey, To};
use sayso::engine::{Article, Breakdown, ClaimId, Force, Parts, ResponseKind};
use sayso::filter::Filter;
use sayso::formats::json;
use sayso::link::{self, LinkError, Payload, Place, Shared, View};

/// Made by the first release; it holds every kind of everything. It must open for ever.
const FIRST: &str = include_str!("fixtures/link-v1.txt");
/// What it holds.
const FIRST_HOLDS: &str = include_str!("fixtures/link-v1.json");

#[test]
fn the_first_link_opens_for_ever() {
    let Shared { breakdown, edits, place } = link::decode(FIRST.trim_end()).unwrap();
    assert_eq!(json::write(&breakdown), FIRST_HOLDS);
    assert!(edits.is_empty());
    assert_eq!(place, Place { view: View::Timeline, selected: Some(ClaimId(4)), ..Place::default() });
}

/// Made by the first version that corrects; it has an edit of every kind.
const CORRECTED: &str = include_str!("fixtures/link-v2.txt");

/// What the readers of that link corrected, over what the first link holds.
fn corrections(article: &Article) -> Edits {
    let span = |start, end| article.span(start, end).unwrap();
    let (claim, speaker) = (ClaimKey, SpeakerKey);
    Edits::new([
        Edit::SetAside(0, true),
        Edit::AddSpeaker(speaker(70), "Zoë Quill".into()),
        Edit::AddClaim {
            key: claim(80),
            speaker: Some(speaker(70)),
            source: vec![span(0, 2)],
            cue: vec![],
            content: vec![span(3, 5), span(6, 9)],
        },
        Edit::SetSpeaker(claim(1), Some(speaker(0))),
        Edit::SetSpeaker(claim(2), None),
        Edit::SetForce(claim(1), Force::Promises),
        Edit::SetSpans(claim(1), Part::Cue, vec![span(0, 1)]),
        Edit::SetSpans(claim(2), Part::Source, vec![]),
        Edit::Rename(speaker(1), "Bo".into()),
        Edit::Merge(speaker(2), speaker(1)),
        Edit::Respond(claim(80), To::Claim(claim(1)), ResponseKind::Support),
        Edit::Respond(claim(3), To::Narrated(Some(span(0, 4))), ResponseKind::Answer),
        Edit::DropResponse(claim(2), To::Narrated(None)),
        Edit::Confirm(claim(4)),
        Edit::DropClaim(claim(0)),
    ])
}

/// What that link looks for.
fn search() -> Filter {
    Filter {
        words: "ferry “now”".into(),
        speaker: Some(SpeakerKey(1)),
        force: Some(Force::Denies),
        response: Some(ResponseKind::NoComment),
        unanswered: true,
        unsure: true,
    }
}

#[test]
fn the_first_link_with_corrections_opens_for_ever() {
    let Shared { breakdown, edits, place } = link::decode(CORRECTED.trim_end()).unwrap();
    assert_eq!(json::write(&breakdown), FIRST_HOLDS);
    assert_eq!(edits, corrections(&breakdown.article));
    assert_eq!(place, Place { view: View::Map, selected: Some(ClaimId(1)), filter: search() });
}

/// Letters stand for six bits each, so one changed letter can change three bytes of the body at once.
#[test]
fn no_changed_letter_passes() {
    let link = CORRECTED.trim_end();
    let start = link.find('-').unwrap() + 1;
    for at in start..link.len() {
        for letter in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']) {
            let mut changed = link.to_owned();
            changed.replace_range(at..=at, letter.encode_utf8(&mut [0; 4]));
            // The last letter has bits to spare, which must be 0 and mean nothing.
            assert_eq!(link::decode(&changed).is_ok(), changed == link, "{letter} at {at}");
        }
    }
}

#[test]
fn what_people_and_programs_put_around_a_link_does_no_harm() {
    let link = FIRST.trim_end();
    for around in [
        format!("#{link}"),
        format!("https://sayso.example/app/#{link}"),
        format!("  <https://sayso.example/#{link}>.\n"),
        format!("{link}…"),
        format!("{link}_"),
        format!("{link}**"),
    ] {
        assert!(link::decode(&around).is_ok(), "{around}");
    }
}

#[test]
fn views_and_claims_have_an_address() {
    let payload = Payload::new(&link::decode(FIRST).unwrap().breakdown, &Edits::default());
    for (view, selected, start) in [
        (View::Read, None, "2r-"),
        (View::Threads, Some(0), "2t1-"),
        (View::Speakers, Some(8), "2s9-"),
        (View::Timeline, None, "2l-"),
        (View::Map, None, "2m-"),
    ] {
        let place = Place { view, selected: selected.map(ClaimId), ..Place::default() };
        let link = payload.link(&place);
        assert!(link.starts_with(start), "{link}");
        assert_eq!(link::decode(&link).unwrap().place, place);
    }
    let beyond = payload.link(&Place { selected: Some(ClaimId(u32::MAX)), ..Place::default() });
    assert_eq!(link::decode(&beyond).unwrap().place, Place::default(), "a claim that isn't there isn't selected");
}

#[test]
fn a_link_that_cannot_be_opened_says_why_and_what_to_do() {
    let link = FIRST.trim_end();
    let half = &link[..link.len() / 2];
    // The letter in the middle, changed.
    let changed = format!("{half}{}{}", if link.as_bytes()[half.len()] == b'A' { 'B' } else { 'A' }, &link[half.len() + 1..]);
    let spaced = link.replacen('-', "- ", 1);
    // It claims more bytes than four of its bytes can count.
    let huge = "1r-________";
    for (link, error, words) in [
        ("", LinkError::NotALink, "not a Sayso link"),
        ("#", LinkError::NotALink, "Copy the whole address"),
        ("#section-2", LinkError::NotALink, "not a Sayso link"),
        ("0r-AAAA", LinkError::NotALink, "not a Sayso link"),
        ("1", LinkError::Truncated { percent: 0 }, "cut short"),
        ("1r", LinkError::Truncated { percent: 0 }, "only 0 %"),
        ("1r-", LinkError::Truncated { percent: 0 }, "ask the sender"),
        (half, LinkError::Truncated { percent: 49 }, "only 49 % of it arrived"),
        (&changed, LinkError::Corrupt, "changed on its way"),
        (&spaced, LinkError::Corrupt, "copy it again"),
        ("1r-AAAAAAAAAAA", LinkError::Corrupt, "changed on its way"),
        (huge, LinkError::TooLarge, "holds more"),
        ("3r-AAAA", LinkError::Newer, "newer version of Sayso"),
        ("9", LinkError::Newer, "Reload the page"),
        ("1z-AAAA", LinkError::Newer, "Reload the page"),
    ] {
        let found = link::decode(link).unwrap_err();
        assert_eq!(found, error, "{link}");
        assert!(found.to_string().contains(words), "{found}");
    }
}

/// Eight megabytes of one letter pack into a few kilobytes; a link may not unpack more than that.
#[test]
fn a_link_that_swells_is_stopped() {
    let first = link::decode(FIRST).unwrap().breakdown;
    let empty = Parts { blocks: vec![], speakers: vec![], claims: vec![], responses: vec![], notes: vec![], ..(*first).clone() };
    let breakdown = |size| Breakdown::new(Parts { article: Article::new("a".repeat(size)).unwrap(), ..empty.clone() }).unwrap();
    let largest = Payload::new(&breakdown(7_999_000), &Edits::default());
    assert!(largest.fits() && link::decode(&largest.link(&Place::default())).is_ok());
    let larger = Payload::new(&breakdown(8_000_001), &Edits::default());
    let link = larger.link(&Place::default());
    assert!(!larger.fits() && link.len() < 20_000, "{}", link.len());
    assert_eq!(link::decode(&link), Err(LinkError::TooLarge));
}
