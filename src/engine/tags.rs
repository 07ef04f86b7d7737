//! Tags: what part each token plays, as far as the rules need to know.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::index::Index;
use super::lexicon::{self, WordClass};
use super::speech::Speech;
use super::{
    Article, dates,
    sentences::Sentence,
    tokens::{TokenKind, Tokens},
};

/// A coarse part of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tag {
    /// the, a, this, some, every
    Determiner,
    /// his, her, their: they determine a noun and point back.
    PossessivePronoun,
    /// he, she, they, it, I, we, you, who
    Pronoun,
    /// of, in, with
    Preposition,
    /// "to" before a verb or noun
    To,
    /// and, or, but
    Conjunction,
    /// that, while, because, if, whether
    Subordinator,
    /// be, have, do and the modal verbs
    Auxiliary,
    /// A finite verb or past participle.
    Verb,
    /// A verb in -ing.
    Participle,
    /// -ly words and their like.
    Adverb,
    /// Digits and number words.
    Number,
    /// A capitalised word that is no ordinary sentence opener.
    Name,
    /// Nouns and adjectives.
    Noun,
    /// ’s
    Possessive,
    /// Punctuation.
    Mark,
}

impl Tag {
    /// Whether it can stand inside a noun phrase's core.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(self, Self::Name | Self::Noun | Self::Number | Self::Possessive)
    }

    /// Whether it opens a noun phrase.
    pub(crate) fn opens_phrase(self) -> bool {
        matches!(self, Self::Determiner | Self::PossessivePronoun) || self.is_nominal()
    }
}

const DETERMINERS: &str =
    "the a an this that these those some any no every each all both several many most few another other such one either neither";
const POSSESSIVES: &str = "his her its their my our your whose";
const PRONOUNS: &str =
    "he she they it i we you who him them us me everyone everybody nobody someone anyone himself herself themselves itself others";
const PREPOSITIONS: &str = "of in on at by for from with without about against among amid during between into onto over under after before since until through across along around behind beyond near off outside inside toward towards upon via despite following including regarding concerning per within throughout like unlike above below";
const CONJUNCTIONS: &str = "and or but nor yet &";
const SUBORDINATORS: &str = "while whereas because although though if whether unless when where why how what which as so than once";
const AUXILIARIES: &str = "is are was were be been being am has have had having do does did will would can could may might shall should must ought isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't mightn't shouldn't mustn't cannot he's she's it's they're we're i'm you're they've we've i've he'd she'd they'd we'd i'd he'll she'll they'll we'll i'll it'll that's there's";
static HYPHENED: List = LazyLock::new(|| {
    list("led based backed owned born run linked funded controlled style era dominated ruled held educated trained bound wide occupied")
});
static PARTICLES: List =
    LazyLock::new(|| list("on out for up down back off aside into in to behind over against at with about through away"));
const ADVERBS: &str = "not also never ever again already still just only even then now here there too very yesterday today tomorrow tonight however meanwhile therefore moreover later earlier soon often always sometimes once twice further instead perhaps maybe almost nearly rather quite more most less well back away ago else abroad overseas separately else";
const NUMBERS: &str = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million billion dozen dozens hundreds thousands first second third half";
static VERBS: List = LazyLock::new(|| {
    list(
        "began became came went gave took made got found kept left lost met paid put ran saw sent set sold spent stood thought told won wrote knew grew fell felt held led brought bought built caught chose cut drew drove fought flew forgot froze heard hit hung hurt laid lay let lit meant read rose sang sat shot shut slept spoke spread stole struck swore taught threw understood woke wore go goes come comes make makes take takes give gives get gets keep keeps know knows see sees need needs want wants mean means seem seems remain remains include includes become becomes stay stays go goes run runs show shows bring brings help helps work works live lives begin begins lose loses win wins pay pays deserve deserves represent represents cost costs face faces put puts leave leaves continue continues provide provides lead leads happen happens exist exists depend depends require requires allow allows expect expects believe believes think thinks hope hopes say says feel feels",
    )
});
const NOUN_ENDINGS: &[&str] = &[
    "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "ist", "hood", "ure", "age", "ics", "ers", "ors", "ions",
    "ments", "ists", "ities",
];
static ED_NOUNS: List = LazyLock::new(|| {
    list("need seed feed speed deed breed creed shed bed red hundred indeed embed united armed wicked sacred naked kindred")
});
static ING_NOUNS: List = LazyLock::new(|| {
    list(
        "meeting building evening morning briefing hearing ruling spending funding housing thing something anything nothing everything king ring spring string wing being beijing training filing warning shooting bombing killing finding feeling farming mining fishing policing king sterling ceiling offering opening beginning",
    )
});

/// Words of a class.
type List = LazyLock<Index<()>>;

fn list(words: &'static str) -> Index<()> {
    words.split_whitespace().map(|word| (word, ())).collect()
}

fn listed(list: &List, word: &str) -> bool {
    list.get(word).is_some()
}

/// Words of closed classes; one of several classes is of the last.
static CLOSED: LazyLock<Index<Tag>> = LazyLock::new(|| {
    let lists = [
        (ADVERBS, Tag::Adverb),
        (DETERMINERS, Tag::Determiner),
        (NUMBERS, Tag::Number),
        (SUBORDINATORS, Tag::Subordinator),
        (CONJUNCTIONS, Tag::Conjunction),
        (PREPOSITIONS, Tag::Preposition),
        (AUXILIARIES, Tag::Auxiliary),
        (POSSESSIVES, Tag::PossessivePronoun),
        (PRONOUNS, Tag::Pronoun),
    ];
    lists.into_iter().flat_map(|(words, tag)| words.split_whitespace().map(move |word| (word, tag))).collect()
});

/// Tags every token: closed classes and names by lists and capitals, open classes by the trained tagger.
pub(crate) fn tag(article: &Article, sentences: &[Sentence], tokens: &Tokens, speech: &[Speech]) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(tokens.len());
    let names = names_inside(article, sentences, tokens);
    for sentence in sentences {
        // In A Headline Like This capitals tell nothing: only words that are names elsewhere are.
        let shouts = in_title_case(article, tokens, sentence);
        for n in sentence.tokens.clone() {
            let after_mark = n > sentence.tokens.start
                && (tokens.lower(n - 1) == ":" || matches!(tokens.lower(n - 1), "“" | "\"" | "‘" | "'" | "«") && !tokens.spaced(n));
            let capital = if shouts {
                Capital::Empty
            } else if n == sentence.tokens.start || after_mark {
                Capital::Opening
            } else {
                Capital::Telling
            };
            let previous = (n > sentence.tokens.start).then(|| tags[n - 1]);
            let closed = (tokens[n].kind == TokenKind::Word).then(|| closed_class(tokens, n, tokens.lower(n))).flatten();
            let open = open_class(speech[n]).filter(|_| tokens[n].kind == TokenKind::Word && closed.is_none() && capital != Capital::Empty);
            tags.push(match open {
                Some(tag) if !tokens.capital(article, n) => tag,
                // What the rules know for a name is one.
                open => match of_token(article, tokens, n, capital, previous, closed, &names) {
                    // "it’s" against "its owner’s"
                    Tag::Possessive if tokens[n].kind == TokenKind::Possessive && speech[n] == Speech::Auxiliary => Tag::Auxiliary,
                    Tag::Name => Tag::Name,
                    rule => open.unwrap_or(rule),
                },
            });
        }
    }
    tags
}

/// The tag of a word of an open class. What else the tagger finds, lists and capitals know better.
fn open_class(speech: Speech) -> Option<Tag> {
    match speech {
        Speech::Finite | Speech::Infinitive | Speech::PastParticiple => Some(Tag::Verb),
        Speech::Ing => Some(Tag::Participle),
        Speech::Adverb => Some(Tag::Adverb),
        Speech::Noun | Speech::Adjective => Some(Tag::Noun),
        _ => None,
    }
}

fn of_token(
    article: &Article,
    tokens: &Tokens,
    n: usize,
    place: Capital,
    previous: Option<Tag>,
    closed: Option<Tag>,
    names: &BTreeSet<&str>,
) -> Tag {
    let word = tokens.lower(n);
    match tokens[n].kind {
        TokenKind::Mark => {
            return match word {
                "&" => Tag::Conjunction,
                // the growers’ union
                "'" if n > 0
                    && !tokens.spaced(n)
                    && tokens.lower(n - 1).ends_with('s')
                    && tokens.is_word(n + 1)
                    && tokens.spaced(n + 1) =>
                {
                    Tag::Possessive
                }
                _ => Tag::Mark,
            };
        }
        TokenKind::Possessive => return Tag::Possessive,
        TokenKind::Number => return Tag::Number,
        TokenKind::Word => {}
    }
    // "BJP-led", "Nairobi-based" describe; they name nobody.
    let describes = word.rsplit_once('-').is_some_and(|(_, tail)| listed(&HYPHENED, tail));
    let capital = tokens.capital(article, n) && !describes;
    if let Some(tag) = closed {
        // "May said", "Will Obi": a capital inside the sentence is a name, but not an all-caps or title word.
        return if capital
            && place == Capital::Telling
            && matches!(word, "will" | "may" | "might" | "us")
            && previous.is_none_or(|t| t != Tag::Name)
        {
            Tag::Name
        } else {
            tag
        };
    }
    if capital {
        let known = lexicon::is_a(word, WordClass::Female)
            || lexicon::is_a(word, WordClass::Male)
            || lexicon::is_a(word, WordClass::Place)
            || lexicon::is_a(word, WordClass::Demonym)
            || lexicon::is_a(word, WordClass::Honorific);
        let beside = || place == Capital::Opening && (tokens.capital(article, n + 1) || reads_like_name(tokens, n));
        if place == Capital::Telling || known || names.contains(word) || beside() {
            return Tag::Name;
        }
    }
    let after_phrase_opener =
        previous.is_some_and(|t| matches!(t, Tag::Determiner | Tag::PossessivePronoun | Tag::Possessive | Tag::Preposition));
    if word.ends_with("ly")
        && word.len() > 4
        && !matches!(
            word,
            "family"
                | "weekly"
                | "daily"
                | "monthly"
                | "bully"
                | "supply"
                | "reply"
                | "assembly"
                | "ally"
                | "italy"
                | "july"
                | "anomaly"
                | "monopoly"
        )
    {
        return Tag::Adverb;
    }
    // "dwelt on", "tore into": the verb is in the lexicon only with its particle.
    if !after_phrase_opener && !capital && previous.is_some() && listed(&PARTICLES, tokens.lower(n + 1)) {
        let with_particle = format!("{word} {}", tokens.lower(n + 1));
        if lexicon::cue(&with_particle).is_some_and(|cue| !cue.lemma.starts_with(&with_particle)) {
            return if word.ends_with("ing") { Tag::Participle } else { Tag::Verb };
        }
    }
    // A bare verb ("rail", "plan") needs a subject that takes it, or "to" or an auxiliary before it.
    let bare = |lemma: &str| {
        word == lemma
            && !previous.is_some_and(|t| {
                matches!(t, Tag::Pronoun | Tag::Noun | Tag::Name | Tag::Auxiliary | Tag::To | Tag::Adverb | Tag::Conjunction)
            })
    };
    if let Some(cue) = lexicon::cue(word)
        && !after_phrase_opener
        && !bare(cue.lemma)
        && (cue.weight >= 10 || word.ends_with("ed"))
    {
        return if word.ends_with("ing") {
            Tag::Participle
        } else if previous == Some(Tag::Name)
            || !noun_like(word)
            || previous.is_some_and(|t| matches!(t, Tag::Pronoun | Tag::Noun | Tag::Mark | Tag::Adverb | Tag::Auxiliary))
        {
            Tag::Verb
        } else {
            Tag::Noun
        };
    }
    if word.ends_with("ing") && word.len() > 4 && !listed(&ING_NOUNS, word) && !after_phrase_opener {
        return Tag::Participle;
    }
    if listed(&VERBS, word) && !after_phrase_opener {
        return Tag::Verb;
    }
    if word.ends_with("ed") && word.len() > 3 && !listed(&ED_NOUNS, word) && !after_phrase_opener {
        return Tag::Verb;
    }
    if previous == Some(Tag::To) && !capital && !NOUN_ENDINGS.iter().any(|e| word.ends_with(e)) {
        return Tag::Verb;
    }
    Tag::Noun
}

/// What a capital at a token's place tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capital {
    /// A name.
    Telling,
    /// The start of a sentence, or a name.
    Opening,
    /// Nothing: every word has one.
    Empty,
}

/// Whether most longer words of a sentence of some length are capitalised.
pub(crate) fn in_title_case(article: &Article, tokens: &Tokens, sentence: &Sentence) -> bool {
    let longer: Vec<usize> = sentence.tokens.clone().filter(|&n| tokens.is_word(n) && tokens.lower(n).len() > 3).collect();
    let capitals = longer.iter().filter(|&&n| tokens.capital(article, n)).count();
    longer.len() >= 4 && capitals * 5 >= longer.len() * 4
}

/// Words capitalised inside a sentence: at a sentence's start the capital tells nothing, but these are names.
fn names_inside<'a>(article: &Article, sentences: &[Sentence], tokens: &'a Tokens) -> BTreeSet<&'a str> {
    sentences
        .iter()
        .filter(|s| !in_title_case(article, tokens, s))
        .flat_map(|s| s.tokens.clone().skip(1))
        .filter(|&n| tokens.is_word(n - 1) && tokens.capital(article, n))
        .map(|n| tokens.lower(n))
        .collect()
}

/// A capitalised word that opens a sentence and nothing else tells of: a name if a verb of speaking follows,
/// unless it is a noun that people or bodies are called by.
fn reads_like_name(tokens: &Tokens, n: usize) -> bool {
    let word = tokens.lower(n);
    let common = word.ends_with('s')
        || word.ends_with("ly")
        || [WordClass::GroupHead, WordClass::Unnamed, WordClass::Document, WordClass::OrgHead, WordClass::Title]
            .into_iter()
            .any(|class| lexicon::is_a(word, class));
    !common && !listed(&VERBS, word) && lexicon::cue(tokens.lower(n + 1)).is_some_and(|cue| cue.weight >= 40)
}

fn noun_like(word: &str) -> bool {
    matches!(
        word,
        "claim"
            | "claims"
            | "report"
            | "reports"
            | "plan"
            | "plans"
            | "promise"
            | "promises"
            | "charge"
            | "charges"
            | "demand"
            | "demands"
            | "call"
            | "calls"
            | "hope"
            | "hopes"
            | "question"
            | "questions"
            | "request"
            | "requests"
            | "note"
            | "notes"
            | "pledge"
            | "pledges"
            | "comment"
            | "comments"
            | "answer"
            | "answers"
            | "reply"
            | "replies"
            | "praise"
            | "estimate"
            | "estimates"
            | "forecast"
            | "forecasts"
            | "view"
            | "views"
            | "offer"
            | "offers"
            | "vow"
            | "vows"
            | "fear"
            | "fears"
            | "doubt"
            | "doubts"
    )
}

fn closed_class(tokens: &Tokens, n: usize, word: &str) -> Option<Tag> {
    if word == "to" {
        return Some(if n > 0 && tokens.lower(n - 1) == "according" { Tag::Preposition } else { Tag::To });
    }
    if word == "that" {
        return Some(Tag::Subordinator);
    }
    if matches!(word, "her") {
        let determines = tokens.is_word(n + 1) && closed_class(tokens, n + 1, tokens.lower(n + 1)).is_none();
        return Some(if determines { Tag::PossessivePronoun } else { Tag::Pronoun });
    }
    if dates::is_weekday(word) {
        return Some(Tag::Name);
    }
    CLOSED.get(word).copied()
}
