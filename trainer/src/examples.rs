//! Marked-up examples of our own: those of the lexicons and those of `trainer/examples.txt`.

use anyhow::{Result, ensure};

use crate::corpus::{Marked, Relation};

/// All examples.
pub(crate) fn read() -> Result<Vec<Marked>> {
    let column = |tsv: &'static str, column: usize| rows(tsv).filter_map(move |row| row.split('\t').nth(column));
    let cues = column(include_str!("../../assets/cues.tsv"), 7);
    let phrases = column(include_str!("../../assets/cue_phrases.tsv"), 3);
    let own = rows(include_str!("../examples.txt"));
    cues.chain(phrases).chain(own).map(parse).collect()
}

pub(crate) fn rows(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// `[s|Ada] [c|said] [t|it rained].` with `[s2|…]` for a part of the second relation and `¶` between paragraphs.
/// Brackets that are no marks stay.
pub(crate) fn parse(marked: &str) -> Result<Marked> {
    let mut text = String::new();
    let mut relations: Vec<Relation> = Vec::new();
    let mut open: Option<(char, usize, usize)> = None;
    let mut len = 0;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        match (mark(rest), open) {
            (Some((role, relation, behind)), None) => {
                open = Some((role, relation, len));
                rest = behind;
                continue;
            }
            (_, Some((role, relation, from))) if c == ']' => {
                if relations.len() <= relation {
                    relations.resize_with(relation + 1, Relation::default);
                }
                let spans = match role {
                    's' => &mut relations[relation].source,
                    'c' => &mut relations[relation].cue,
                    _ => &mut relations[relation].content,
                };
                spans.push((from, len));
                open = None;
            }
            _ => {
                let shown = if c == '¶' { "\n\n" } else { &rest[..c.len_utf8()] };
                text.push_str(shown);
                len += shown.chars().count();
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    ensure!(open.is_none(), "unclosed mark: {marked}");
    ensure!(relations.iter().all(|r| !r.content.is_empty()), "a relation without content: {marked}");
    Ok(Marked { id: String::new(), text, relations })
}

/// The role and the relation's position that a mark opens with, and what follows.
fn mark(text: &str) -> Option<(char, usize, &str)> {
    let (label, behind) = text.strip_prefix('[')?.split_once('|')?;
    let role = label.chars().next().filter(|role| "sct".contains(*role))?;
    let number = match &label[1..] {
        "" => 1,
        digits => digits.parse::<usize>().ok().filter(|n| (1..=9).contains(n))?,
    };
    Some((role, number - 1, behind))
}
