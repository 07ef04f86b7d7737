//! Parts of speech and the kinds of names, as a trained model finds them: a conditional random field over
//! sentences, fed by the forms of words.

mod features;
mod forms;
mod usage;

use std::sync::LazyLock;

use super::Article;
use super::chain::{Chain, of_text};
use super::sentences::Sentence;
use super::tokens::Tokens;
#[cfg(feature = "train")]
pub(crate) use features::EDGES;
pub(crate) use forms::Forms;
#[cfg(feature = "train")]
pub(crate) use forms::parts;
pub(crate) use usage::Usage;

/// A part of speech: those of Universal Dependencies, some divided as the rules need them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Speech {
    Adjective,
    Adposition,
    Adverb,
    Auxiliary,
    Conjunction,
    Determiner,
    Interjection,
    Noun,
    Number,
    /// not, ’s
    Particle,
    /// "to" before a verb.
    To,
    Pronoun,
    /// my, whose
    PossessivePronoun,
    Subordinator,
    Symbol,
    Foreign,
    Finite,
    Infinitive,
    /// A verb in -ed or its like that is not finite.
    PastParticiple,
    /// A verb in -ing.
    Ing,
    Punctuation,
    /// A proper noun of a person's name,
    Person,
    /// of an organisation's,
    Organisation,
    /// of a place's,
    Place,
    /// of anything else's.
    Name,
    /// An adjective that is part of a name: the Red Sox.
    NamingAdjective,
    /// A verb that is: the United States.
    NamingVerb,
}

/// Labels of the model.
pub(crate) const LABELS: usize = 27;

/// All parts of speech with their names in Universal Dependencies and what divides them; a label of the model is a place in this list.
const ALL: [(Speech, &str); LABELS] = [
    (Speech::Adjective, "ADJ"),
    (Speech::Adposition, "ADP"),
    (Speech::Adverb, "ADV"),
    (Speech::Auxiliary, "AUX"),
    (Speech::Conjunction, "CCONJ"),
    (Speech::Determiner, "DET"),
    (Speech::Interjection, "INTJ"),
    (Speech::Noun, "NOUN"),
    (Speech::Number, "NUM"),
    (Speech::Particle, "PART"),
    (Speech::To, "PART-to"),
    (Speech::Pronoun, "PRON"),
    (Speech::PossessivePronoun, "PRON-possessive"),
    (Speech::Subordinator, "SCONJ"),
    (Speech::Symbol, "SYM"),
    (Speech::Foreign, "X"),
    (Speech::Finite, "VERB-finite"),
    (Speech::Infinitive, "VERB-infinitive"),
    (Speech::PastParticiple, "VERB-past"),
    (Speech::Ing, "VERB-ing"),
    (Speech::Punctuation, "PUNCT"),
    (Speech::Person, "PROPN-person"),
    (Speech::Organisation, "PROPN-organisation"),
    (Speech::Place, "PROPN-place"),
    (Speech::Name, "PROPN-other"),
    (Speech::NamingAdjective, "ADJ-name"),
    (Speech::NamingVerb, "VERB-name"),
];

/// The name of a label: Universal Dependencies' tag and, after a hyphen, what divides it.
#[cfg(feature = "train")]
pub(crate) fn name(label: usize) -> &'static str {
    ALL[label].1
}

static WEIGHTS: LazyLock<Chain<LABELS>> = LazyLock::new(|| Chain::read(include_bytes!("../../../assets/speech.bin")));

static USAGE: LazyLock<Usage> = LazyLock::new(|| Usage::read(include_bytes!("../../../assets/usage.bin")));

/// The part of speech of every token.
pub(crate) fn tag(article: &Article, sentences: &[Sentence], tokens: &Tokens) -> Vec<Speech> {
    let forms = Forms::gather(article, sentences, tokens, &USAGE);
    let mut speech = Vec::with_capacity(tokens.len());
    for sentence in sentences {
        let labels = WEIGHTS.best(&forms.sentence(sentence.tokens.clone()));
        speech.extend(sentence.tokens.clone().map(|n| of_pieces(&labels[forms.pieces(sentence, n)])));
    }
    speech
}

/// Whether a word in lower case is known, and as no name.
pub(crate) fn is_usually_common(word: &str) -> bool {
    USAGE.class(of_text(word)).is_some_and(|(_, label)| !ALL[usize::from(label)].1.starts_with("PROPN"))
}

/// The part of speech of a token from those of its pieces: its last one's, but a verb that is joined to something
/// describes ("court-appointed").
fn of_pieces(labels: &[u8]) -> Speech {
    let last = labels.last().map_or(Speech::Foreign, |&label| ALL[label as usize].0);
    let verb = matches!(last, Speech::Finite | Speech::Infinitive | Speech::PastParticiple | Speech::Ing);
    if labels.len() > 1 && verb { Speech::Adjective } else { last }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, sentences};
    use super::*;

    fn check(text: &str, expected: &[Speech]) {
        let article = Article::new(text).unwrap();
        let blocks = [Block { kind: BlockKind::Paragraph, span: article.span(0, text.len()).unwrap() }];
        let tokens = Tokens::new(&article, blocks.iter().map(|block| block.span));
        let sentences = sentences::split(&article, &blocks, &tokens);
        assert_eq!(tag(&article, &sentences, &tokens), expected, "{text}");
    }

    #[test]
    fn tells_parts_of_speech_by_what_is_around() {
        use Speech::*;
        check("She reports on the reports.", &[Pronoun, Finite, Adposition, Determiner, Noun, Punctuation]);
        check(
            "It’s the minister’s plan to plan ahead.",
            &[Pronoun, Auxiliary, Determiner, Noun, Particle, Noun, To, Infinitive, Adverb, Punctuation],
        );
    }

    #[test]
    fn tells_kinds_of_names() {
        use Speech::*;
        check("Senator Maria Obi left Nairobi.", &[Person, Person, Person, Finite, Place, Punctuation]);
    }

    #[test]
    fn takes_what_a_hyphen_joins_for_one_word() {
        use Speech::*;
        check("a court-appointed guardian", &[Determiner, Adjective, Noun]);
    }
}
