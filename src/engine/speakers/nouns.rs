//! Common nouns: where they stand in the text, and whom or what each is said of.

use std::collections::BTreeMap;

use super::super::SpeakerKind;
use super::super::attribution::Reading;
use super::super::gender;
use super::super::lexicon::{self, WordClass};
use super::super::mentions;
use super::super::tags::Tag;

/// Where each noun stands in the text.
#[derive(Debug)]
pub(crate) struct Nouns<'a>(BTreeMap<&'a str, Vec<usize>>);

impl<'a> Nouns<'a> {
    pub(crate) fn gather(r: Reading<'a>) -> Self {
        let mut nouns = BTreeMap::<_, Vec<usize>>::new();
        for n in (0..r.tokens.len()).filter(|&n| r.tag(n) == Tag::Noun) {
            nouns.entry(r.lower(n)).or_default().push(n);
        }
        Self(nouns)
    }

    /// Every place of a noun, in text order.
    pub(super) fn of(&self, noun: &str) -> &[usize] {
        self.0.get(noun).map_or(&[], Vec::as_slice)
    }
}

/// Whether a noun in lower case is said of one person.
pub(super) fn is_person(noun: &str) -> bool {
    let thing = lexicon::is_a(noun, WordClass::OrgHead) || lexicon::is_a(noun, WordClass::Document);
    let plural = || lexicon::is_a(&format!("{noun}s"), WordClass::GroupHead);
    !thing
        && !lexicon::is_a(noun, WordClass::GroupHead)
        && (mentions::is_person_noun(noun)
            || plural()
            || [
                "surgeon",
                "mogul",
                "hopeful",
                "runner",
                "nominee",
                "star",
                "native",
                "magnate",
                "tycoon",
                "veteran",
                "leader",
                "contender",
            ]
            .iter()
            .any(|end| noun.ends_with(end)))
}

/// Whether a noun in lower case is said of people.
pub(super) fn is_of_people(noun: &str) -> bool {
    is_person(noun) || lexicon::is_a(noun, WordClass::GroupHead)
}

/// A role's noun without what doesn't tell offices apart.
pub(super) fn office(word: &str) -> &str {
    match word.trim_end_matches('.') {
        "gov" => "governor",
        "sen" => "senator",
        "rep" | "congressman" | "congresswoman" => "representative",
        "pres" => "president",
        "prof" => "professor",
        "gen" => "general",
        "col" => "colonel",
        "capt" => "captain",
        "sgt" => "sergeant",
        "lt" => "lieutenant",
        "pm" | "premier" => "minister",
        "chairman" | "chairwoman" | "chairperson" => "chair",
        "spokesman" | "spokeswoman" => "spokesperson",
        "attorney" => "lawyer",
        "justice" => "judge",
        "councilman" | "councilwoman" => "councillor",
        "businesswoman" => "businessman",
        other => other.strip_prefix("ex-").unwrap_or(other),
    }
}

/// Nouns by which articles mean someone they don't name, even with "the".
pub(super) fn stands_alone(noun: &str) -> bool {
    noun.starts_with("spokes")
        || matches!(
            noun,
            "source"
                | "official"
                | "aide"
                | "judge"
                | "lawyer"
                | "attorney"
                | "prosecutor"
                | "witness"
                | "reporter"
                | "officer"
                | "moderator"
                | "interviewer"
                | "host"
                | "victim"
                | "suspect"
                | "person"
                | "resident"
                | "neighbour"
                | "neighbor"
                | "friend"
                | "caller"
                | "public"
                | "youth"
        )
}

/// Bodies of which a place has one: "the government" is no other name for the company spoken of.
pub(super) fn is_institution(noun: &str) -> bool {
    matches!(
        noun,
        "government"
            | "state"
            | "court"
            | "military"
            | "police"
            | "army"
            | "press"
            | "media"
            | "administration"
            | "opposition"
            | "regime"
            | "parliament"
            | "crown"
            | "church"
            | "treasury"
            | "senate"
            | "congress"
            | "city"
            | "county"
            | "province"
            | "cabinet"
            | "legislature"
            | "campaign"
            | "office"
            | "team"
            | "prosecution"
            | "defence"
            | "jury"
            | "navy"
            | "presidency"
            | "ombudsman"
    )
}

/// What a company is, said behind its name.
pub(super) fn is_business(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "firm"
            | "newspaper"
            | "magazine"
            | "website"
            | "site"
            | "chain"
            | "network"
            | "agency"
            | "airline"
            | "broadcaster"
            | "retailer"
    )
}

/// What someone or something is that a noun in lower case describes.
pub(super) fn kind_of_noun(noun: &str, indefinite: bool) -> SpeakerKind {
    if matches!(noun, "source" | "sources" | "insider" | "insiders" | "one" | "other") {
        SpeakerKind::Unnamed
    } else if noun.starts_with("spokes") {
        // Whose words they are is told, whatever their own name.
        SpeakerKind::Person
    } else if lexicon::is_a(noun, WordClass::GroupHead) {
        SpeakerKind::Group
    } else if lexicon::is_a(noun, WordClass::Document) {
        SpeakerKind::Document
    } else if lexicon::is_a(noun, WordClass::OrgHead) {
        SpeakerKind::Organisation
    } else if indefinite || lexicon::is_a(noun, WordClass::Unnamed) {
        SpeakerKind::Unnamed
    } else if lexicon::is_a(noun, WordClass::Title) || gender::of_noun(noun).is_some() {
        SpeakerKind::Person
    } else {
        SpeakerKind::Group
    }
}
