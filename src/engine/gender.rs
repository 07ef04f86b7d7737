//! Gender: which pronouns the article has for a person, from honorifics, roles, given names and pronouns.

use super::attribution::Reading;
use super::cast::Cast;
use super::lexicon::{self, WordClass};
use super::mentions::Mention;
use super::tags::Tag;
use super::{SpeakerKind, mentions};

/// Gender, from evidence in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

/// The gender that a pronoun in lower case shows.
pub(crate) fn of_pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" | "he's" | "he'd" | "he'll" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" | "she's" | "she'd" | "she'll" => Some(Gender::Female),
        _ => None,
    }
}

/// The gender that a noun in lower case shows.
pub(crate) fn of_noun(word: &str) -> Option<Gender> {
    match word {
        w if w.ends_with("woman") => Some(Gender::Female),
        "mother" | "sister" | "daughter" | "wife" | "widow" | "actress" | "queen" | "girl" | "grandmother" | "aunt" | "niece" => {
            Some(Gender::Female)
        }
        // "spokesman" and "chairman" are said of women as well, but seldom.
        w if w.ends_with("man") && !matches!(w, "human" | "german" | "roman" | "ottoman") => Some(Gender::Male),
        "father" | "brother" | "son" | "husband" | "widower" | "king" | "boy" | "grandfather" | "uncle" | "nephew" => Some(Gender::Male),
        _ => None,
    }
}

/// What an honorific right before a mention shows.
pub(crate) fn of_honorific(r: Reading, mention: &Mention) -> Option<Gender> {
    match mention.name.start.checked_sub(1).map_or("", |n| r.lower(n)).trim_end_matches('.') {
        "mr" | "sir" | "lord" | "alhaji" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "madam" | "smt" => Some(Gender::Female),
        _ => None,
    }
}

/// Settles the gender of everyone in the cast by the weight of the evidence.
pub(crate) fn settle(r: Reading, found: &[Mention], cast: &mut Cast) {
    let mut weights = vec![0_i32; cast.entities.len()];
    let signed = |gender: Option<Gender>, weight: i32| match gender {
        Some(Gender::Female) => weight,
        Some(Gender::Male) => -weight,
        None => 0,
    };
    for (e, weight) in cast.entities.iter().zip(&mut weights).filter(|(e, _)| e.kind == SpeakerKind::Person) {
        // A lone surname may look like a given name; only a name that stands with another is one.
        let full = e.mentions.iter().map(|&m| &found[m]).find(|m| m.name.len() > 1).or(e.mentions.first().map(|&m| &found[m]));
        *weight += signed(full.and_then(|m| of_given_name(r.lower(m.name.start))), 3);
        for mention in e.mentions.iter().take(mentions::MEMORY).map(|&m| &found[m]) {
            *weight += signed(of_honorific(r, mention), 4);
            *weight += signed(mention.role.clone().and_then(|role| role.into_iter().find_map(|n| of_noun(r.lower(n)))), 2);
        }
    }
    for (entity, gender) in by_pronouns(r, found, cast) {
        weights[entity] += signed(Some(gender), 1);
    }
    for (e, weight) in cast.entities.iter_mut().zip(weights) {
        e.gender = match weight {
            -1..=1 => None,
            w if w > 0 => Some(Gender::Female),
            _ => Some(Gender::Male),
        };
    }
}

/// The gender of those who bear a given name in lower case.
pub(crate) fn of_given_name(word: &str) -> Option<Gender> {
    match (lexicon::is_a(word, WordClass::Female), lexicon::is_a(word, WordClass::Male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// Every pronoun that only one person can be meant by: the only one named before it in its sentence or, where
/// nobody is, in the sentence before.
fn by_pronouns(r: Reading, found: &[Mention], cast: &Cast) -> Vec<(usize, Gender)> {
    let mut shown = Vec::new();
    let mut before: Vec<usize> = Vec::new();
    let mut next = 0;
    for sentence in r.sentences {
        let mut here: Vec<usize> = Vec::new();
        for n in sentence.tokens.clone() {
            while next < found.len() && found[next].name.start <= n {
                let entity = cast.of_mention[next];
                if cast.entities[entity].kind == SpeakerKind::Person && !here.contains(&entity) && here.len() < 3 {
                    here.push(entity);
                }
                next += 1;
            }
            if !matches!(r.tag(n), Tag::Pronoun | Tag::PossessivePronoun | Tag::Auxiliary) {
                continue;
            }
            let Some(gender) = of_pronoun(r.lower(n)) else { continue };
            // "Obi said she …" may be about anyone.
            let since = here.last().map_or(sentence.tokens.start, |_| found[next - 1].name.end);
            let told = (since..n).any(|m| r.tag(m) == Tag::Verb && lexicon::cue(r.lower(m)).is_some());
            if told || here.is_empty() && n > sentence.tokens.start + 3 {
                continue;
            }
            if let [only] = (if here.is_empty() { &before } else { &here })[..] {
                shown.push((only, gender));
            }
        }
        before = here;
    }
    shown
}
