//! Texts whose words are tagged: by hand (GUM) and by a program (PolNeAR's articles, by `CoreNLP`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use sayso::engine::train::{SPEECH_LABELS, speech_name};

use crate::corpus::{self, Parsed};

/// A token of a corpus.
#[derive(Clone, Copy)]
pub(super) struct Gold {
    /// In bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: u8,
}

/// A text with its tokens.
pub(super) struct Document {
    pub(super) text: String,
    pub(super) tokens: Vec<Gold>,
}

impl Document {
    /// The tokens that a span of the text touches.
    pub(super) fn covered(&self, span: &Range<usize>) -> &[Gold] {
        let first = self.tokens.partition_point(|gold| gold.end <= span.start);
        let last = self.tokens.partition_point(|gold| gold.start < span.end);
        &self.tokens[first..last.max(first)]
    }

    /// A token's text.
    pub(super) fn word(&self, gold: &Gold) -> &str {
        &self.text[gold.start..gold.end]
    }
}

/// The label with this name.
pub(super) fn label(name: &str) -> u8 {
    (0..SPEECH_LABELS).position(|label| speech_name(label) == name).unwrap_or_else(|| panic!("{name} is no label")) as u8
}

/// A label's tag in Universal Dependencies.
pub(super) fn universal(label: u8) -> &'static str {
    speech_name(label as usize).split('-').next().unwrap_or_default()
}

/// What kind of name a label is of, if any.
pub(super) fn kind(label: u8) -> Option<&'static str> {
    speech_name(label as usize).strip_prefix("PROPN-")
}

/// Whether a label's words are in a name.
pub(super) fn names(label: u8) -> bool {
    kind(label).is_some() || speech_name(label as usize).ends_with("-name")
}

/// A label's name from tags by the two schemes: Universal Dependencies' and the Penn Treebank's.
fn divided<'a>(universal: &'a str, penn: &str) -> &'a str {
    match (universal, penn) {
        ("PART", "TO") => "PART-to",
        ("PRON", "PRP$" | "WP$") => "PRON-possessive",
        ("ADJ", "NNP") => "ADJ-name",
        ("VERB", "NNP") => "VERB-name",
        ("VERB", "VB") => "VERB-infinitive",
        ("VERB", "VBN") => "VERB-past",
        ("VERB", "VBG") => "VERB-ing",
        ("VERB", _) => "VERB-finite",
        ("PROPN", _) => "PROPN-other",
        _ => universal,
    }
}

/// GUM's documents.
pub(super) fn by_hand(corpora: &Path) -> Result<Vec<Document>> {
    let plain = String::from_utf8(corpus::unpack(&corpora.join("gum.conllu.xz"))?).context("GUM is no text")?;
    plain.split("# newdoc ").skip(1).map(document).collect()
}

fn document(lines: &str) -> Result<Document> {
    let mut document = Document { text: String::new(), tokens: Vec::new() };
    // The last token written out in several: what is left of it, from where, up to which of its sentence's tokens.
    let (mut whole, mut from, mut until) = ("", 0, 0);
    let mut sentence = 0;
    let mut entities = Entities::default();
    for line in lines.lines() {
        if line.starts_with("# newpar_block") {
            document.text.push('\n');
        }
        if line.is_empty() {
            entities.name(&mut document.tokens, sentence);
            sentence = document.tokens.len();
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, form, _, universal, penn, .., misc] = fields.as_slice() else { continue };
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            (whole, from, until) = (form, document.text.len(), last.parse()?);
        } else {
            let n: usize = id.parse()?;
            let (start, end) = if n <= until {
                // A part of what was written out: where it is in it, or else all of it.
                let len = if whole.starts_with(form) { form.len() } else { whole.len() };
                (from, from + len)
            } else {
                (document.text.len(), document.text.len() + form.len())
            };
            document.tokens.push(Gold { start, end, label: label(divided(universal, penn)) });
            let entity = misc.split('|').find_map(|part| part.strip_prefix("Entity="));
            entities.read(entity.unwrap_or_default(), document.tokens.len() - 1);
            if n <= until {
                if let Some(left) = whole.strip_prefix(form) {
                    (whole, from) = (left, end);
                }
                if n == until {
                    until = 0;
                }
                continue;
            }
        }
        document.text.push_str(form);
        if !misc.contains("SpaceAfter=No") {
            document.text.push(' ');
        }
    }
    Ok(document)
}

/// Entities of a document: those that are open, and those that are over.
#[derive(Default)]
struct Entities<'a> {
    open: Vec<(&'a str, &'a str, usize)>,
    closed: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Entities<'a> {
    /// Reads what begins and ends at a token: "(1-person-new(2-place-new)" and "1)".
    fn read(&mut self, marks: &'a str, at: usize) {
        let mut rest = marks;
        while !rest.is_empty() {
            let begins = rest.starts_with('(');
            let body = rest.trim_start_matches('(');
            let len = body.find(['(', ')']).unwrap_or(body.len());
            let (inside, behind) = body.split_at(len);
            rest = behind;
            let mut parts = inside.split('-');
            let (group, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            if begins {
                self.open.push((group, kind, at));
            }
            if let Some(behind) = rest.strip_prefix(')') {
                rest = behind;
                if let Some(last) = self.open.iter().rposition(|(open, ..)| *open == group) {
                    let (_, kind, start) = self.open.remove(last);
                    self.closed.push((kind, start..at + 1));
                }
            }
        }
    }

    /// Gives each run of names in a sentence the kind of the smallest entity that holds all of it, or else each of
    /// its tokens that of the smallest that holds the token.
    fn name(&mut self, tokens: &mut [Gold], sentence: usize) {
        let mut at = sentence;
        for run in tokens[sentence..].chunk_by_mut(|a, b| names(a.label) == names(b.label)) {
            let held = |range: Range<usize>| {
                let holds = |(_, span): &&(&str, Range<usize>)| span.start <= range.start && range.end <= span.end;
                let smallest = self.closed.iter().filter(holds).min_by_key(|(_, span)| span.len());
                smallest.map(|(kind, _)| match *kind {
                    "person" => "PROPN-person",
                    "organization" => "PROPN-organisation",
                    "place" => "PROPN-place",
                    _ => "PROPN-other",
                })
            };
            if names(run[0].label) {
                let all = held(at..at + run.len());
                for (n, gold) in run.iter_mut().enumerate().filter(|(_, gold)| universal(gold.label) == "PROPN") {
                    gold.label = label(all.or_else(|| held(at + n..at + n + 1)).unwrap_or("PROPN-other"));
                }
            }
            at += run.len();
        }
        self.closed.clear();
    }
}

/// PolNeAR's articles of a split, as `CoreNLP` has tagged them.
pub(super) fn by_program(corpora: &Path, split: &str) -> Result<Vec<Document>> {
    let articles = corpus::articles(corpora, split)?;
    let parsed = corpus::parsed(corpora, split)?;
    let tagged = |article: corpus::Marked| {
        let Parsed { sentences, .. } = parsed.get(&article.id)?;
        let bytes = corpus::bytes(&article.text);
        let mut tokens = Vec::new();
        for sentence in sentences {
            let first = tokens.len();
            for (n, (from, to, tag, _, _, relation)) in sentence.iter().enumerate() {
                let (start, end) = (bytes[*from], bytes[*to]);
                let next = sentence.get(n + 1).map_or("", |token| token.2.as_str());
                tokens.push(Gold { start, end, label: label(of_penn(&article.text[start..end].to_lowercase(), tag, relation, next)) });
            }
            // What is in no entity belongs to the name it stands in: "President", "Inc."
            let mut at = 0;
            for run in tokens[first..].chunk_by_mut(|a, b| universal(a.label) == universal(b.label)) {
                let kinds: Vec<Option<&str>> = sentence[at..at + run.len()].iter().map(|token| of_entity(&token.3)).collect();
                for (n, gold) in run.iter_mut().enumerate().filter(|(_, gold)| universal(gold.label) == "PROPN") {
                    let behind = kinds[n..].iter().flatten().next();
                    gold.label = label(behind.or(kinds[..n].iter().rev().flatten().next()).unwrap_or(&"PROPN-other"));
                }
                at += run.len();
            }
        }
        Some(Document { text: article.text, tokens })
    };
    let mut documents: Vec<Document> = articles.into_iter().filter_map(tagged).collect();
    name_by_form(&mut documents);
    Ok(documents)
}

/// Finds adjectives and participles in names, which the program calls proper nouns and people don't: words that are
/// mostly that where they name nothing, unless they name a person.
fn name_by_form(documents: &mut [Document]) {
    let [adjective, past] = ["ADJ", "VERB-past"].map(label);
    let mut uses: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for document in &*documents {
        for gold in &document.tokens {
            let place = match gold.label {
                label if label == adjective => 0,
                label if label == past => 1,
                label if kind(label).is_some() => 3,
                _ => 2,
            };
            uses.entry(document.word(gold).to_lowercase()).or_default()[place] += 1;
        }
    }
    for Document { text, tokens } in documents {
        for gold in tokens.iter_mut().filter(|gold| kind(gold.label).is_some_and(|kind| kind != "person")) {
            match uses.get(&text[gold.start..gold.end].to_lowercase()) {
                Some([adjectives, past, others, names]) if *adjectives > 2 && adjectives > &(past + others) && adjectives * 20 > *names => {
                    gold.label = label("ADJ-name");
                }
                Some([adjectives, past, others, names]) if *past > 2 && past > &(adjectives + others) && past * 40 > *names => {
                    gold.label = label("VERB-name");
                }
                _ => {}
            }
        }
    }
}

fn of_entity(class: &str) -> Option<&'static str> {
    match class {
        "O" => None,
        "PERSON" => Some("PROPN-person"),
        "ORGANIZATION" => Some("PROPN-organisation"),
        "LOCATION" => Some("PROPN-place"),
        _ => Some("PROPN-other"),
    }
}

/// What a tag of the Penn Treebank is here, with the word, its relation to its head, and the next token's tag.
fn of_penn(word: &str, tag: &str, relation: &str, next: &str) -> &'static str {
    let auxiliary = matches!(relation, "aux" | "auxpass" | "cop");
    match tag {
        _ if matches!(word, "%" | "/" | "+") => "SYM",
        "IN" if relation == "mark" => "SCONJ",
        "TO" if relation == "mark" || relation == "aux" || next == "VB" => "PART-to",
        "TO" | "RP" => "ADP",
        "DT" if matches!(word, "this" | "that" | "these" | "those") && relation != "det" => "PRON",
        "PDT" => "DET",
        "WDT" if relation == "det" => "DET",
        "WDT" | "WP" | "EX" => "PRON",
        "WP$" | "PRP$" => "PRON-possessive",
        "RB" if matches!(word, "not" | "n't" | "n’t") => "PART",
        "WRB" => "ADV",
        "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" if auxiliary => "AUX",
        "POS" => "PART",
        "CC" => "CCONJ",
        "LS" => "X",
        "SYM" | "$" | "#" => "SYM",
        _ => of_word(tag).unwrap_or("PUNCT"),
    }
}

/// What a tag of the Penn Treebank is here for a word on its own, if it says enough of one.
pub(super) fn of_word(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "NN" | "NNS" => "NOUN",
        "NNP" | "NNPS" => "PROPN-other",
        "JJ" | "JJR" | "JJS" => "ADJ",
        "VB" => "VERB-infinitive",
        "VBP" | "VBD" | "VBZ" => "VERB-finite",
        "VBN" => "VERB-past",
        "VBG" => "VERB-ing",
        "RB" | "RBR" | "RBS" => "ADV",
        "IN" => "ADP",
        "CD" => "NUM",
        "FW" => "X",
        "UH" => "INTJ",
        "DT" => "DET",
        "MD" => "AUX",
        "PRP" => "PRON",
        _ => return None,
    })
}

/// Which of the corpus's tokens decides for ours when it covers several ("don't"): the first word.
pub(super) fn deciding(document: &Document, covered: &[Gold]) -> u8 {
    covered.iter().find(|gold| document.word(gold).contains(char::is_alphanumeric)).unwrap_or(&covered[0]).label
}
