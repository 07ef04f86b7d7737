//! Every row of a lexicon has an example, and every example is read as it is marked.

use sayso::engine::{self, Article, BlockKind, Span};

/// A marked example without its marks, and the byte ranges of each role.
#[derive(Default)]
struct Example {
    text: String,
    marks: Vec<(char, usize, usize)>,
}

/// `[s|Ada] [c|said] [t|it rained].` — brackets that are no marks stay.
fn parse(marked: &str) -> Example {
    let mut example = Example::default();
    let mut open: Option<(char, usize)> = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let role = rest.strip_prefix('[').and_then(|r| r.chars().next()).filter(|_| rest[1..].chars().nth(1) == Some('|'));
        match (role, open) {
            (Some(role), None) => {
                open = Some((role, example.text.len()));
                rest = &rest[3..];
            }
            (_, Some((role, start))) if c == ']' => {
                example.marks.push((role, start, example.text.len()));
                open = None;
                rest = &rest[1..];
            }
            _ => {
                example.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    assert!(open.is_none(), "unclosed mark: {marked}");
    example
}

fn rows(tsv: &str) -> impl Iterator<Item = Vec<&str>> {
    tsv.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn overlap(spans: &[Span], marks: &[(char, usize, usize)], role: char) -> bool {
    let mut marked = marks.iter().filter(|(r, ..)| *r == role).peekable();
    marked.peek().is_none() || marked.any(|(_, from, to)| spans.iter().any(|s| s.start() < *to && *from < s.end()))
}

/// The rows whose example is not read as marked.
fn misread(tsv: &str, column: usize) -> (usize, Vec<&str>) {
    let mut total = 0;
    let wrong = rows(tsv)
        .filter(|row| {
            total += 1;
            let example = parse(row[column]);
            let breakdown = engine::read(&Article::new(example.text.as_str()).unwrap());
            let hit = |c: &engine::Claim| {
                overlap(&c.source, &example.marks, 's') && overlap(&c.cue, &example.marks, 'c') && overlap(&c.content, &example.marks, 't')
            };
            !breakdown.claims.iter().any(hit)
        })
        .map(|row| row[0])
        .collect();
    (total, wrong)
}

#[test]
fn cue_examples_are_read() {
    // Read by rule these are not, and the trained labeller has seen too few of them: mend them, and take them out.
    const KNOWN_FAULTS: [&str; 2] = ["lambast", "retract"];
    let (total, wrong) = misread(include_str!("../assets/cues.tsv"), 7);
    assert_eq!(wrong, KNOWN_FAULTS, "{} of {total}", wrong.len());
}

#[test]
fn phrase_examples_are_read() {
    let (total, wrong) = misread(include_str!("../assets/cue_phrases.tsv"), 3);
    assert!(wrong.is_empty(), "{} of {total}: {wrong:?}", wrong.len());
}

#[test]
fn furniture_examples_are_set_aside() {
    let before =
        "The old mill in Norbury will be pulled down next spring, the borough council said on Monday after a long debate about its roof.";
    let wrong: Vec<String> = rows(include_str!("../assets/furniture.tsv"))
        .filter_map(|row| {
            let [_, _, kind, example] = row[..] else { return Some(format!("{row:?}")) };
            let article = Article::new(format!("{before}\n\n{example}\n\n{before}")).unwrap();
            let blocks = &engine::read(&article).blocks;
            let got = blocks.get(1).map(|b| b.kind)?;
            let want = BlockKind::from_name(kind)?;
            let same = got == want || got.is_set_aside() && want.is_set_aside();
            (!same).then(|| format!("{example}: {} not {kind}", got.as_str()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}
