//! Words by which answers and what they answer are told: classes of words in their base form, from
//! `assets/stances.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::order;

use super::super::chain::of_bytes;
use super::super::index::Index;
use super::super::lexicon;
use super::super::tokens::Tokens;

macro_rules! classes {
    ($($class:ident = $name:literal,)*) => {
        /// What a word or phrase tells of.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Class { $($class,)* }

        /// The classes by the names they have in the lexicon.
        const NAMES: &[(&str, Class)] = &[$(($name, Class::$class),)*];
    };
}

classes! {
    Accuse = "accuse",
    Agree = "agree",
    Likewise = "likewise",
    Ask = "ask",
    Believe = "believe",
    Clarify = "clarify",
    Contrast = "contrast",
    Criticise = "criticise",
    Critics = "critics",
    Deny = "deny",
    False = "false",
    NounAccusation = "noun-accusation",
    NounQuestion = "noun-question",
    NounClaim = "noun-claim",
    NounDecision = "noun-decision",
    NounOffer = "noun-offer",
    NounRemark = "noun-remark",
    NoComment = "no-comment",
    Nope = "nope",
    Propose = "propose",
    React = "react",
    Reply = "reply",
    Say = "say",
    SpeaksFor = "speaks-for",
    True = "true",
    Interjection = "interjection",
    Determiner = "determiner",
    Demonstrative = "demonstrative",
    ThirdPerson = "third-person",
    FirstPerson = "first-person",
    Opposing = "opposing",
    Conceding = "conceding",
    Earlier = "earlier",
    Later = "later",
    Stop = "stop",
}

/// How many classes there are.
pub(super) const CLASSES: usize = NAMES.len();

/// A set of classes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Classes(u64);

impl Classes {
    /// These and no others.
    pub(super) const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut n) = (0, 0);
        while n < classes.len() {
            bits |= 1 << classes[n] as u64;
            n += 1;
        }
        Self(bits)
    }

    /// Whether the sets share a class.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the class is one of them.
    pub(super) fn has(self, class: Class) -> bool {
        self.0 >> class as u64 & 1 == 1
    }

    /// The classes that both have.
    pub(super) fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The classes of this set that the other hasn't.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Adds a class.
    pub(super) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u64;
    }

    /// Adds those of another set.
    pub(super) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The classes as numbers, in rising order.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        (0..CLASSES).filter(move |n| self.0 >> n & 1 == 1)
    }
}

/// Nouns for what people say.
pub(super) const SPEECH_NOUNS: Classes =
    Classes::of(&[Class::NounAccusation, Class::NounQuestion, Class::NounClaim, Class::NounDecision, Class::NounOffer, Class::NounRemark]);

/// Forms that no ending explains, the base form first.
const IRREGULAR: &[&str] = &[
    "say said says saying",
    "tell told",
    "shoot shot",
    "strike struck",
    "fight fought",
    "write wrote written",
    "come came",
    "take took taken",
    "speak spoke spoken",
    "think thought",
    "know knew known",
    "feel felt",
    "do did does done",
    "be was were is are been being am",
    "have has had having",
    "make made making",
    "go went gone goes",
    "stand stood",
    "hold held",
    "give gave given giving",
    "lie lied lying lies",
    "get got",
    "find found",
    "see saw seen",
    "bite bit",
    "throw threw",
    "tear tore",
    "lay laid",
    "light lit",
    "swing swung",
    "leave left",
    "put putting",
    "bring brought",
    "hit hitting",
    "hang hung",
    "rail railed railing",
    "deny denied denies denying",
    "criticize criticise criticised criticises criticising",
    "apologize apologise apologised apologises apologising",
    "defence defense",
];

static BASES: LazyLock<Index<&'static str>> = LazyLock::new(|| {
    let forms = |row: &&'static str| row.split(' ').map(|form| (form, row.split(' ').next().unwrap_or(form))).collect::<Vec<_>>();
    IRREGULAR.iter().flat_map(forms).collect()
});

/// An ending, what stands in its place in the base form, and the shortest word that it is taken off.
const ENDINGS: &[(&str, &str, usize)] = &[("ies", "y", 5), ("ied", "y", 5), ("ing", "", 6), ("ed", "", 5), ("s", "", 4)];

/// A word's base form in two pieces. It need not be a word: all that counts is that the forms of one word agree.
fn base(word: &str) -> (&str, &'static str) {
    if word.ends_with("n't") {
        return ("not", "");
    }
    let word = BASES.get(word).copied().unwrap_or(word);
    if word.len() < 4 {
        return (word, "");
    }
    for &(ending, instead, least) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|_| word.len() >= least) else { continue };
        if ending == "s" && stem.ends_with(['s', 'u', 'i']) {
            continue;
        }
        if !instead.is_empty() {
            return (stem, instead);
        }
        let doubled =
            stem.as_bytes().last().is_some_and(|last| b"bdgmnprt".contains(last) && stem.as_bytes().iter().rev().nth(1) == Some(last));
        let stem = if ending != "s" && stem.len() > 3 && doubled { &stem[..stem.len() - 1] } else { stem };
        return (without_e(stem), "");
    }
    (without_e(word), "")
}

fn without_e(stem: &str) -> &str {
    if stem.len() > 3 { stem.strip_suffix('e').unwrap_or(stem) } else { stem }
}

/// Words are compared by their number alone.
fn number(pieces: (&str, &str)) -> u32 {
    of_bytes(pieces.0.bytes().chain(pieces.1.bytes()))
}

/// The phrases of the lexicon, by the first word's number.
static PHRASES: LazyLock<Vec<(u32, Vec<u32>, Class)>> = LazyLock::new(|| {
    let mut phrases: Vec<_> = lexicon::stances()
        .filter_map(|(class, phrase)| {
            let class = NAMES.iter().find(|(name, _)| *name == class)?.1;
            let mut words = phrase.split(' ').map(|word| number(base(word)));
            Some((words.next()?, words.collect(), class))
        })
        .collect();
    order::sort_by(&mut phrases, |a, b| (a.0, &a.1, a.2 as u8).cmp(&(b.0, &b.1, b.2 as u8)));
    phrases
});

/// The words of an article: what they are at base, and which phrases of the lexicon they make.
pub(super) struct Words {
    bases: Vec<u32>,
    /// For each token the classes of the word alone.
    single: Vec<Classes>,
    /// Phrases of several words.
    phrases: Vec<(Range<usize>, Class)>,
}

impl Words {
    /// Looks up every word.
    pub(super) fn gather(tokens: &Tokens) -> Self {
        let bases: Vec<u32> = (0..tokens.len()).map(|n| number(base(tokens.lower(n)))).collect();
        let mut words = Self { single: vec![Classes::default(); bases.len()], phrases: Vec::new(), bases };
        for n in 0..words.bases.len() {
            let first = words.bases[n];
            let from = PHRASES.partition_point(|phrase| phrase.0 < first);
            for (_, rest, class) in PHRASES[from..].iter().take_while(|phrase| phrase.0 == first) {
                if rest.is_empty() {
                    words.single[n].add(*class);
                } else if words.bases[n + 1..].starts_with(rest) {
                    words.phrases.push((n..n + 1 + rest.len(), *class));
                }
            }
        }
        words
    }

    /// The number of a token's base form.
    pub(super) fn base(&self, n: usize) -> u32 {
        self.bases[n]
    }

    /// The classes of a word alone.
    pub(super) fn of(&self, n: usize) -> Classes {
        self.single.get(n).copied().unwrap_or_default()
    }

    /// The classes of all phrases that lie in one of the stretches.
    pub(super) fn classes(&self, zone: &[Range<usize>]) -> Classes {
        let mut classes = Classes::default();
        for stretch in zone {
            self.single[stretch.clone()].iter().for_each(|single| classes.join(*single));
            self.within(stretch).for_each(|(_, class)| classes.add(*class));
        }
        classes
    }

    /// The first phrase of one of these classes in the stretches.
    pub(super) fn first(&self, zone: &[Range<usize>], wanted: Classes) -> Option<Range<usize>> {
        zone.iter().find_map(|stretch| {
            let long = self.within(stretch).find(|(_, class)| wanted.has(*class)).map(|(tokens, _)| tokens.clone());
            let single = stretch.clone().find(|&n| self.single[n].meets(wanted)).map(|n| n..n + 1);
            long.into_iter().chain(single).min_by_key(|tokens| (tokens.start, usize::MAX - tokens.end))
        })
    }

    fn within(&self, stretch: &Range<usize>) -> impl Iterator<Item = &(Range<usize>, Class)> {
        let from = self.phrases.partition_point(|(tokens, _)| tokens.start < stretch.start);
        let end = stretch.end;
        self.phrases[from..].iter().take_while(move |(tokens, _)| tokens.start < end).filter(move |(tokens, _)| tokens.end <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Article;
    use super::*;

    fn words(text: &str) -> (Article, Tokens, Words) {
        let article = Article::new(text).unwrap();
        let tokens = Tokens::new(&article, article.span(0, text.len()).into_iter());
        let words = Words::gather(&tokens);
        (article, tokens, words)
    }

    #[test]
    fn examples_are_found() {
        let rows = include_str!("../../../assets/stances.tsv").lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let [name, _, example] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let (before, rest) = example.split_once("[x|").unwrap();
            let (marked, after) = rest.split_once(']').unwrap();
            let (article, tokens, words) = words(&format!("{before}{marked}{after}"));
            let class = NAMES.iter().find(|(of_class, _)| *of_class == name).expect(name).1;
            let all = 0..tokens.len();
            let found =
                words.first(std::slice::from_ref(&all), Classes::of(&[class])).unwrap_or_else(|| panic!("{name}: nothing in {example}"));
            assert_eq!(article.slice(tokens.span(found.start, found.end)), marked, "{name}");
        }
    }

    #[test]
    fn every_class_has_words() {
        for (name, _) in NAMES {
            assert!(lexicon::stances().any(|(class, _)| class == *name), "{name}");
        }
    }

    #[test]
    fn forms_of_a_word_agree() {
        for forms in [
            "deny denies denied denying",
            "rebut rebuts rebutted rebutting",
            "criticise criticizes",
            "dismiss dismisses dismissed",
            "not didn't",
        ] {
            let mut numbers = forms.split(' ').map(|form| number(base(form)));
            let first = numbers.next();
            assert!(numbers.all(|number| Some(number) == first), "{forms}");
        }
    }
}
