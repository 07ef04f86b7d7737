//! What links say and keep: the ones already out in the world, and the ones that can't be opened.

use sayso::engine::{Article, Breakdown, ClaimId, Parts};
use sayso::formats::json;
use sayso::link::{self, LinkError, Payload, Place, View};

/// Made by the first release; it holds every kind of everything. It must open for ever.
const FIRST: &str = include_str!("fixtures/link-v1.txt");
/// What it holds.
const FIRST_HOLDS: &str = include_str!("fixtures/link-v1.json");

#[test]
fn the_first_link_opens_for_ever() {
    let (breakdown, place) = link::decode(FIRST.trim_end()).unwrap();
    assert_eq!(json::write(&breakdown), FIRST_HOLDS);
    assert_eq!(place, Place { view: View::Timeline, selected: Some(ClaimId(4)) });
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
    let payload = Payload::new(&link::decode(FIRST).unwrap().0);
    for (view, selected, start) in [
        (View::Read, None, "1r-"),
        (View::Threads, Some(0), "1t1-"),
        (View::Speakers, Some(8), "1s9-"),
        (View::Timeline, None, "1l-"),
        (View::Map, None, "1m-"),
    ] {
        let place = Place { view, selected: selected.map(ClaimId) };
        let link = payload.link(&place);
        assert!(link.starts_with(start), "{link}");
        assert_eq!(link::decode(&link).unwrap().1, place);
    }
    let beyond = payload.link(&Place { view: View::Read, selected: Some(ClaimId(u32::MAX)) });
    assert_eq!(link::decode(&beyond).unwrap().1, Place::default(), "a claim that isn't there isn't selected");
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
        ("2r-AAAA", LinkError::Newer, "newer version of Sayso"),
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
    let first = link::decode(FIRST).unwrap().0;
    let empty = Parts { blocks: vec![], speakers: vec![], claims: vec![], responses: vec![], notes: vec![], ..(*first).clone() };
    let breakdown = |size| Breakdown::new(Parts { article: Article::new("a".repeat(size)).unwrap(), ..empty.clone() }).unwrap();
    let largest = Payload::new(&breakdown(7_999_000));
    assert!(largest.fits() && link::decode(&largest.link(&Place::default())).is_ok());
    let larger = Payload::new(&breakdown(8_000_001));
    let link = larger.link(&Place::default());
    assert!(!larger.fits() && link.len() < 20_000, "{}", link.len());
    assert_eq!(link::decode(&link), Err(LinkError::TooLarge));
}
