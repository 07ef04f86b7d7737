//! What holds for every text, every breakdown and every link.

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use sayso::edits::{Edits, apply};
use sayso::engine::{self, ClaimId, Span};
use sayso::filter::Filter;
use sayso::formats::json;
use sayso::link::{self, LinkError, Place, View};
use serde_json::Value;

use support::{articles, breakdowns, edited, filters, texts};

fn places() -> impl Strategy<Value = Place> {
    (proptest::sample::select(&View::ALL[..]), proptest::option::of(0..20u32), filters()).prop_map(|(view, selected, filter)| Place {
        view,
        selected: selected.map(ClaimId),
        filter,
    })
}

/// The words that a pair of code point offsets covers.
fn words(text: &[char], range: &Value) -> String {
    let at = |n: usize| range[n].as_u64().unwrap() as usize;
    text[at(0)..at(1)].iter().collect()
}

proptest! {
    #[test]
    fn any_text_is_read_and_read_alike_twice(text in texts()) {
        if let Ok(article) = engine::Article::new(text.as_str()) {
            let breakdown = engine::read(&article);
            prop_assert_eq!(breakdown.article.text(), text.as_str());
            prop_assert_eq!(link::to_bytes(&breakdown), link::to_bytes(&engine::read(&article)));
        }
    }

    #[test]
    fn what_the_engine_makes_survives_link_and_json(article in articles()) {
        let breakdown = engine::read(&article);
        let shared = link::decode(&link::encode(&breakdown, &Edits::default(), &Place::default())).unwrap();
        prop_assert_eq!(&shared.breakdown, &breakdown);
        prop_assert_eq!(&json::read(&json::write(&breakdown)).unwrap(), &breakdown);
    }

    #[test]
    fn links_carry_everything((breakdown, edits) in edited(), place in places()) {
        let link = link::encode(&breakdown, &edits, &place);
        prop_assert!(link.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{}", link);
        let shared = link::decode(&link).unwrap();
        prop_assert_eq!(&shared.breakdown, &breakdown);
        prop_assert_eq!(&shared.edits, &edits);
        let corrected = apply(&breakdown, &edits).breakdown;
        let filter = if place.filter.is_empty() { Filter::default() } else { place.filter };
        let selected = place.selected.filter(|id| id.index() < corrected.claims.len());
        prop_assert_eq!(shared.place, Place { filter, selected, ..place });
        prop_assert_eq!(&link::from_bytes(&link::to_bytes(&breakdown)).unwrap(), &breakdown);
    }

    #[test]
    fn a_place_costs_only_its_own_letters(breakdown in breakdowns(), place in places()) {
        let payload = link::Payload::new(&breakdown, &Edits::default());
        prop_assert_eq!(payload.link(&place), link::encode(&breakdown, &Edits::default(), &place));
    }

    #[test]
    fn a_cut_link_says_so((breakdown, edits) in edited(), cut in any::<Index>()) {
        let link = link::encode(&breakdown, &edits, &Place::default());
        let cut = 1 + cut.index(link.len() - 1);
        let opened = link::decode(&link[..cut]);
        prop_assert!(matches!(opened, Err(LinkError::Truncated { percent: 0..=99 })), "{:?} of {} from {}", opened, link.len(), cut);
    }

    #[test]
    fn a_changed_link_is_an_error_or_the_same((breakdown, edits) in edited(), at in any::<Index>(), letter in "[A-Za-z0-9_-]") {
        let mut link = link::encode(&breakdown, &edits, &Place::default());
        let at = at.index(link.len());
        link.replace_range(at..=at, &letter);
        if let Ok(shared) = link::decode(&link) {
            prop_assert_eq!(shared.breakdown, breakdown);
            prop_assert_eq!(shared.edits, edits);
        }
    }

    #[test]
    fn any_link_and_any_bytes_are_answered(link in "#?[12]?[rtslm]?[0-9]{0,12}(_[0-9a-f]{0,20})?-?[A-Za-z0-9_-]{0,80}|\\PC*", bytes in any::<Vec<u8>>()) {
        if let Err(error) = link::decode(&link) {
            prop_assert!(error.to_string().ends_with('.'));
        }
        prop_assert!(link::from_bytes(&bytes).is_err_and(|error| error == LinkError::Corrupt));
    }

    #[test]
    fn changed_bytes_are_corrupt_or_sound(breakdown in breakdowns(), at in any::<Index>(), byte in any::<u8>()) {
        let mut bytes = link::to_bytes(&breakdown);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = link::from_bytes(&bytes) {
            prop_assert!(engine::Breakdown::new((*read).clone()).is_ok());
        }
    }

    #[test]
    fn json_carries_everything(breakdown in breakdowns()) {
        let written = json::write(&breakdown);
        prop_assert_eq!(&json::read(&written).unwrap(), &breakdown);
        prop_assert_eq!(&json::read(&json::write_line(&breakdown, None)).unwrap(), &breakdown);
        prop_assert_eq!(json::write_line(&breakdown, None).lines().count(), 1);
    }

    #[test]
    fn json_offsets_count_code_points(breakdown in breakdowns()) {
        let document: Value = serde_json::from_str(&json::write(&breakdown)).unwrap();
        let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
        let slices = |spans: &[Span]| spans.iter().map(|&span| breakdown.article.slice(span).to_owned()).collect::<Vec<_>>();
        let ranges = |ranges: &Value| ranges.as_array().unwrap().iter().map(|range| words(&text, range)).collect::<Vec<_>>();
        for (n, claim) in breakdown.claims.iter().enumerate() {
            let written = &document["claims"][n];
            prop_assert_eq!(ranges(&written["source"]), slices(&claim.source));
            prop_assert_eq!(ranges(&written["cue"]), slices(&claim.cue));
            prop_assert_eq!(ranges(&written["content"]), slices(&claim.content));
        }
        for (n, speaker) in breakdown.speakers.iter().enumerate() {
            prop_assert_eq!(ranges(&document["speakers"][n]["mentions"]), slices(&speaker.mentions));
        }
        for (n, block) in breakdown.blocks.iter().enumerate() {
            prop_assert_eq!(words(&text, &document["blocks"][n]["span"]), breakdown.article.slice(block.span));
        }
    }
}
