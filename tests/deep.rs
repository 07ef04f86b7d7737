//! The deep labeller, with the weights that are shipped.

use std::sync::LazyLock;

use sayso::engine::{Article, Deep, DeepReading, Labeller, Prepared};

const WEIGHTS: &[u8] = include_bytes!("../assets/deep.weights");

static DEEP: LazyLock<Deep> = LazyLock::new(|| Deep::new(WEIGHTS).expect("the weights in the repository are whole"));

const TEXT: &str = "The bridge will close in May, Mayor Ida Brandt said.\n\n“Nobody asked us,” said Tom Weir, who runs the ferry.\n\n\
    Brandt denied that.\n\nThe council votes on Monday.";

fn article() -> Article {
    Article::new(TEXT).unwrap()
}

/// The words of every claim's content.
fn contents(breakdown: &sayso::engine::Breakdown) -> Vec<String> {
    let words =
        |claim: &sayso::engine::Claim| claim.content.iter().map(|span| breakdown.article.slice(*span)).collect::<Vec<_>>().join(" … ");
    breakdown.claims.iter().map(words).collect()
}

#[test]
fn it_finds_who_says_what() {
    let breakdown = DEEP.read(&article());
    assert_eq!(breakdown.labeller, Labeller::Deep);
    let found = contents(&breakdown);
    for content in ["The bridge will close in May", "“Nobody asked us,”"] {
        assert!(found.iter().any(|words| words.trim_end_matches(',') == content.trim_end_matches(',')), "{content} is not in {found:?}");
    }
}

#[test]
fn where_it_begins_makes_no_difference_in_the_end() {
    let (article, whole) = (article(), DEEP.read(&article()));
    let prepared = Prepared::new(&article);
    for from in [1, 60, TEXT.len() - 3, TEXT.len() + 9] {
        let mut reading = DeepReading::new(&prepared, &DEEP, from);
        assert_eq!(reading.percent(), 0);
        while reading.step() {}
        assert_eq!((reading.percent(), reading.next()), (100, None));
        assert_eq!(reading.breakdown(), whole, "begun at byte {from}");
    }
}

#[test]
fn what_is_in_sight_comes_first_and_can_be_looked_at() {
    let (article, second) = (article(), TEXT.find('“').unwrap());
    let prepared = Prepared::new(&article);
    let mut reading = DeepReading::new(&prepared, &DEEP, second);
    assert_eq!(reading.next(), Some(second));
    assert!(reading.step());
    let early = reading.breakdown();
    assert_eq!(early.labeller, Labeller::Fast, "not all of it is read deeply yet");
    assert!(contents(&early).iter().any(|words| words.starts_with("“Nobody")));
    while reading.next() != Some(0) {
        assert!(reading.step(), "the first block comes last");
    }
}

#[test]
fn odd_texts_are_read() {
    let long = "word ".repeat(3000);
    for text in ["?", "“", "a", "\u{301}\u{301} \u{200d}", "漢字 ты “да”", "HE SAID: NO.", &"x".repeat(5000), &long] {
        assert_eq!(DEEP.read(&Article::new(text).unwrap()).article.text(), text);
    }
}

#[test]
fn what_is_no_file_of_weights_is_refused() {
    assert!(Deep::new(b"").is_none());
    assert!(Deep::new(&WEIGHTS[..100]).is_none());
    assert!(Deep::new(&WEIGHTS[..WEIGHTS.len() - 1]).is_none());
    // Sizes that would ask for more memory than there is.
    for at in (8..40).step_by(4) {
        let mut wrong = WEIGHTS[..100_000].to_vec();
        wrong[at..at + 4].fill(0xff);
        assert!(Deep::new(&wrong).is_none(), "size at byte {at}");
    }
}
