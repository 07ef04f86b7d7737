//! What people paste by accident, and what must come of it: as data.

use std::time::{Duration, Instant};

use sayso::edits::Edits;
use sayso::engine::{self, Article, ArticleError, Breakdown, Language, NoteKind, Quotation};
use sayso::formats::json;
use sayso::link::{self, Place};

/// What must hold of a breakdown beyond what holds of all.
type Must = fn(&Breakdown) -> bool;

fn anything(_: &Breakdown) -> bool {
    true
}

fn no_claims(b: &Breakdown) -> bool {
    b.claims.is_empty() && b.responses.is_empty()
}

/// Name, text, what must hold.
const TEXTS: &[(&str, &str, Must)] = &[
    ("one word", "Hello", no_claims),
    ("one character", "x", no_claims),
    ("one quotation mark", "“", no_claims),
    ("only quotation marks", "“”\"\"''‘’«»„“\n\"\"\"\"\"\"\"\"", no_claims),
    ("only punctuation", "... -- !? ;:,", no_claims),
    ("no words", "👩‍👩‍👧 🎉\n\n💶 12 %", no_claims),
    (
        "an unclosed quotation",
        "The mayor spoke on Monday.\n\n“We will not close the harbour, said Mayor Ilse Tarnow.\n\nThe council meets again in May.",
        |b| b.notes.iter().any(|note| note.kind == NoteKind::UnclosedQuotation),
    ),
    ("closing marks without opening ones", "We will not close the harbour,” said Mayor Ilse Tarnow. That is all,” she added.", anything),
    ("quotations inside quotations", "“He told me ‘they said never’,” said Ilse Tarnow.", |b| {
        b.claims.iter().any(|claim| claim.quotation == Quotation::Direct)
    }),
    (
        "right-to-left",
        "قال الوزير إن الميناء آمن. \u{202b}«لن نغلقه»، قالت رئيسة البلدية.\u{202c}\n\nהשר אמר: ״הנמל בטוח״.",
        |b| b.language == Language::Undetermined,
    ),
    ("another language", "Der Hafen bleibt offen, sagte die Bürgermeisterin am Montag. „Wir schließen ihn nicht“, sagte sie.", |b| {
        b.language == Language::Undetermined
    }),
    (
        "emoji and combining marks",
        "“We 👩🏽‍🚒 wi\u{301}ll re\u{301}build 🏗️,” said Ilse Tarnów\u{301} on Monday 🎉. Z̷̢a̴l̶g̸o̵ d\u{336}enied it.",
        |b| !b.claims.is_empty(),
    ),
    ("CRLF", "Harbour is safe\r\n\r\n“The harbour is safe,” said Mayor Ilse Tarnow.\r\n\r\nShe denied that it would close.\r\n", |b| {
        b.claims.len() >= 2 && b.blocks.len() == 3 && b.blocks.iter().all(|block| !b.article.slice(block.span).contains('\r'))
    }),
    ("CR alone", "Harbour is safe\r\r“The harbour is safe,” said Mayor Ilse Tarnow.\r", |b| !b.claims.is_empty()),
    ("NUL and controls", "\0“The harbour\u{1} is safe,”\u{7f} said\0 Mayor\u{8} Ilse Tarnow.\u{1b}[0m\0", anything),
    (
        "line separators and odd spaces",
        "“The harbour is safe,”\u{a0}said\u{2003}Mayor\u{202f}Ilse Tarnow.\u{2028}She left.\u{2029}\u{feff}",
        |b| !b.claims.is_empty(),
    ),
    ("noncharacters and private use", "“Safe,” said \u{fffe}\u{ffff}\u{10ffff} Ilse Tarnow \u{e000}.", anything),
    (
        "HTML source",
        "<!doctype html><html><head><title>Harbour</title><script>alert(\"x said\")</script></head>\n<body><p class=\"lead\">&ldquo;The \
         harbour is safe,&rdquo; said <b>Mayor</b> Ilse Tarnow.</p><img src=x onerror=alert(1)></body></html>",
        anything,
    ),
    ("JSON", "{\"text\": \"“Yes,” he said\", \"n\": [1, 2, 3]}", anything),
    ("an address", "https://news.example/2026/01/harbour?said=yes#c1", no_claims),
    ("only furniture", "Also read\n\nShare this article\n\nSign up to our newsletter\n\nAdvertisement", |b| {
        no_claims(b) && b.blocks[0].kind.is_set_aside()
    }),
    ("a headline alone", "Harbour is safe, says mayor", |b| b.blocks.len() == 1 && b.claims.len() == 1),
];

/// Reads a text and checks what holds of every breakdown.
fn read(name: &str, text: &str) -> Breakdown {
    let breakdown = engine::read(&Article::new(text).unwrap_or_else(|error| panic!("{name}: {error}")));
    assert_eq!(breakdown.article.text(), text, "{name}: the text stays as it is");
    assert!(json::read(&json::write(&breakdown)).is_ok_and(|read| read == breakdown), "{name}: JSON carries it");
    breakdown
}

#[test]
fn odd_texts_give_sensible_breakdowns() {
    let mut wrong = Vec::new();
    for (name, text, must) in TEXTS {
        let breakdown = read(name, text);
        let opened = link::decode(&link::encode(&breakdown, &Edits::default(), &Place::default())).unwrap().breakdown;
        assert_eq!(opened, breakdown, "{name}: a link carries it");
        if !must(&breakdown) {
            wrong.push(format!("{name}: {}", json::write_line(&breakdown, None)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_to_read_is_said() {
    for text in ["", " ", "\n\n\t\r\n", "\0\0", "\u{a0}\u{2003}\u{3000}", "\u{1}\u{7f}"] {
        assert_eq!(Article::new(text), Err(ArticleError::Empty), "{text:?}");
    }
    let long = "a".repeat(Article::MAX_BYTES + 1);
    assert_eq!(Article::new(long), Err(ArticleError::TooLong { bytes: Article::MAX_BYTES + 1 }));
}

/// Megabytes of anything are read in time that grows with the text, not with its square.
#[test]
fn long_texts_are_read_in_time() {
    // A test build is some twenty times slower than a release build, which reads all of it.
    const SIZE: usize = if cfg!(debug_assertions) { 100_000 } else { 2_000_000 };
    let pieces = [
        ("prose", "“The harbour is safe,” said Mayor Ilse Tarnow on Monday. She denied that it would close.\n\n"),
        ("opening marks", "“"),
        ("straight marks", "\""),
        ("one line", "said "),
        ("one word", "a"),
        ("short lines", "a\n"),
        ("commas", ","),
        ("names", "Ilse Tarnow and "),
        ("tags", "<p>"),
        ("combining marks", "e\u{301}\u{301}\u{301}"),
    ];
    // Machines differ; time that grows with the square goes far beyond.
    let limit = Duration::from_mins(1);
    for (name, piece) in pieces {
        let text = piece.repeat(SIZE / piece.len());
        let started = Instant::now();
        let breakdown = engine::read(&Article::new(text.as_str()).unwrap());
        assert!(started.elapsed() < limit, "{name}: {:?}", started.elapsed());
        assert_eq!(breakdown.article.text().len(), text.len(), "{name}");
    }
}
