//! What the trainer sees of the engine: token by token the features that a model is given.

use super::attribution::{self, Stretch, confidence, evidence, features, functions, learned};
use super::chain::{self, Chain, Key};
use super::deep::{Deep, DeepReading};
pub use super::deep::{EVIDENCE, LONGEST, Passage, Pieces, Sizes, Writer, arithmetic, rounded};
use super::speech::{self, Forms, Usage};
use super::{
    Article, Block, BlockKind, Breakdown, Labeller, Prepared, ResponseKind, Span, Stages, blocks, deep, responses, sentences, tokens,
};

/// Units of weight in a nat of log-odds, as [`write`] wants weights.
pub const UNITS: f32 = chain::UNITS;
/// How many bits a feature's key has.
pub const KEY_BITS: u32 = Key::BITS;

/// A weights file from the weights of edge classes, and of features in rising order of their keys.
pub fn write<const L: usize>(edges: &[[[i8; L]; L]], features: &[(u32, [i8; L])]) -> Vec<u8> {
    chain::write(edges, features)
}

/// Which part a label stands for: 0 source, 1 cue, 2 content; `None` outside of relations.
pub fn role(label: u8) -> Option<u8> {
    learned::meaning(label).map(|(role, _)| role as u8)
}

/// A sequence to learn from.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// Where its tokens are, in bytes.
    pub tokens: Vec<Span>,
    /// The features of each token.
    pub features: Vec<Vec<u32>>,
    /// The edge class of each token.
    pub edges: Vec<usize>,
}

/// Labels of the attribution model.
pub const ATTRIBUTION_LABELS: usize = learned::LABELS;
/// Edge classes of the attribution model.
pub const ATTRIBUTION_EDGES: usize = features::EDGES;

/// The grammatical functions, by label.
pub const FUNCTIONS: [&str; 32] = functions::FUNCTIONS;
/// Edge classes of the functions' model.
pub const FUNCTION_EDGES: usize = functions::EDGES;

/// The sequences of the functions' model, one a sentence.
pub fn functions(article: &Article) -> Vec<Sequence> {
    let stages = Stages::new(article);
    let r = stages.reading(article);
    let evidence = evidence::Evidence::of_words(r);
    evidence.clauses().map(|clause| sequence(&clause, clause.tokens.clone().map(|n| r.tokens[n].span).collect())).collect()
}

/// The sequences of the attribution model, one a block.
pub fn attribution(article: &Article) -> Vec<Sequence> {
    let prepared = Prepared::new(article);
    let r = prepared.reading();
    let evidence = evidence::Evidence::gather(r, &prepared.rules);
    evidence.paragraphs().map(|paragraph| sequence(&paragraph, paragraph.tokens().map(|n| r.tokens[n].span).collect())).collect()
}

/// What the deep labeller reads of each block.
pub fn passages(article: &Article, pieces: &Pieces) -> Vec<Vec<Passage>> {
    let prepared = Prepared::new(article);
    let evidence = evidence::Evidence::gather(prepared.reading(), &prepared.rules);
    evidence.paragraphs().map(|paragraph| deep::passages(&paragraph, pieces)).collect()
}

/// A relation as somebody marked it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that signal it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// The breakdown that the stages behind the labellers make of given relations; those whose content is in no block that is
/// read for claims are left out.
pub fn read_given(article: &Article, given: &[Given]) -> Breakdown {
    let prepared = Prepared::new(article);
    let relations: Vec<attribution::Relation> = placed(&prepared, given).into_iter().map(|(_, relation)| relation).collect();
    super::break_down(&prepared, &relations, Labeller::Fast)
}

/// Given relations that are read for claims, in reading order, each with its position in the list.
fn placed(prepared: &Prepared, given: &[Given]) -> Vec<(usize, attribution::Relation)> {
    let tokens = &prepared.stages.tokens;
    let ranges = |spans: &[Span]| {
        let range = |span: &Span| {
            let start = tokens.after(span.start());
            start..(start..tokens.len()).find(|&n| tokens[n].span.start() >= span.end()).unwrap_or(tokens.len())
        };
        spans.iter().map(range).filter(|range| !range.is_empty()).collect::<Vec<_>>()
    };
    let mut relations: Vec<_> = given
        .iter()
        .map(|given| attribution::Relation {
            source: ranges(&given.source),
            cue: ranges(&given.cue),
            content: ranges(&given.content),
            confidence: 100,
            within: None,
        })
        .enumerate()
        .filter(|(_, relation)| !relation.content.is_empty())
        .collect();
    relations.sort_by_key(|(_, relation)| attribution::first_token(relation));
    relations
}

/// The features of the model of answers, by name, with the number of their classes; a class is numbered on through all of them.
pub const RESPONSES: &[(&str, usize)] = responses::ROWS;

/// What a claim might answer, and the classes that its features are in.
#[derive(Clone, Debug)]
pub struct Options {
    /// The claim, as a position in the list of given relations.
    pub from: usize,
    /// Features that all options share.
    pub own: Vec<u16>,
    /// The claims before it in the same turn, the nearest first, each with whether it stands in another paragraph.
    pub turn: Vec<(usize, bool)>,
    /// The options: something narrated (`None`), then other claims, by position in the list; with the features of the option and
    /// those that tell how an answer stands to it.
    pub targets: Vec<(Option<usize>, Vec<u16>, Vec<u16>)>,
}

/// Adds to the options of a claim what follows from what the same speaker's claim before answers, and how.
pub fn follow(options: &mut Options, to: Option<usize>, kind: ResponseKind, apart: bool) {
    for (option, keys, kinds) in &mut options.targets {
        let (link, of_kind) = responses::Before { to, kind, apart }.keys(*option);
        keys.extend(link.0);
        kinds.extend(of_kind.0);
    }
}

/// The options of every given relation that is read for claims.
pub fn responses(article: &Article, given: &[Given]) -> Vec<Options> {
    let prepared = Prepared::new(article);
    let (places, relations): (Vec<usize>, Vec<attribution::Relation>) = placed(&prepared, given).into_iter().unzip();
    let people = super::People::find(prepared.reading(), &relations);
    let all = responses::options(prepared.reading(), people.known(&relations));
    let options = |(n, options): (usize, responses::Options)| {
        let responses::Options { own, targets, turn } = options;
        let targets = targets.into_iter().map(|(to, keys, kind)| (to.map(|m| places[m]), keys.0, kind.0)).collect();
        Options { from: places[n], own: own.0, turn: turn.into_iter().map(|(m, apart)| (places[m], apart)).collect(), targets }
    };
    all.into_iter().enumerate().map(options).collect()
}

/// Every label's score at each token of a passage, in nats.
pub fn scores(deep: &Deep, passage: &Passage) -> Vec<[f32; ATTRIBUTION_LABELS]> {
    deep.scores(passage)
}

fn sequence(of: &impl chain::Sequence, tokens: Vec<Span>) -> Sequence {
    let features = |n| {
        let mut sink = chain::Sink::default();
        of.features(n, &mut sink);
        sink.keys().iter().map(|Key(key)| *key).collect()
    };
    Sequence { tokens, features: (0..of.len()).map(features).collect(), edges: (0..of.len()).map(|n| of.edge(n)).collect() }
}

/// Labels of the tagger.
pub const SPEECH_LABELS: usize = speech::LABELS;
/// Edge classes of the tagger.
pub const SPEECH_EDGES: usize = speech::EDGES;

/// The name of a tagger's label: Universal Dependencies' tag and, after a hyphen, what divides it.
pub fn speech_name(label: usize) -> &'static str {
    speech::name(label)
}

/// Which parts of speech words usually have, as numbers above nought.
#[derive(Debug)]
pub struct Usual(Usage);

impl Usual {
    /// Reads a file of them.
    pub fn read(bytes: &[u8]) -> Self {
        Self(Usage::read(bytes))
    }

    /// The file for words in small letters with their classes, from one on, and for each class its usual label.
    pub fn write<'a>(usual: &[u8], words: impl Iterator<Item = (&'a str, u8)>) -> Vec<u8> {
        Usage::write(usual, words)
    }
}

/// The sentences of a text, as the tagger sees it; every line is a paragraph.
fn by_lines(article: &Article) -> (tokens::Tokens, Vec<sentences::Sentence>) {
    let blocks: Vec<Block> = blocks::lines(article).map(|span| Block { kind: BlockKind::Paragraph, span }).collect();
    let tokens = tokens::Tokens::new(article, blocks.iter().map(|block| block.span));
    let sentences = sentences::split(article, &blocks, &tokens);
    (tokens, sentences)
}

/// The words that the tagger tags: tokens, or what hyphens part them into.
fn words(article: &Article, tokens: &tokens::Tokens, sentence: &sentences::Sentence) -> Vec<Span> {
    let span = |(part, _): (&str, &str)| {
        let start = part.as_ptr() as usize - article.text().as_ptr() as usize;
        Span::new_unchecked(start, start + part.len())
    };
    sentence.tokens.clone().flat_map(|n| speech::parts(article, tokens, n)).map(span).collect()
}

/// The words of each sentence, as the tagger sees them; every line of the text is a paragraph.
pub fn speech_words(article: &Article) -> Vec<Vec<Span>> {
    let (tokens, sentences) = by_lines(article);
    sentences.iter().map(|sentence| words(article, &tokens, sentence)).collect()
}

/// The sequences of the tagger, one a sentence; every line of the text is a paragraph.
pub fn speech(article: &Article, usual: &Usual) -> Vec<Sequence> {
    let (tokens, sentences) = by_lines(article);
    let forms = Forms::gather(article, &sentences, &tokens, &usual.0);
    sentences.iter().map(|sentence| sequence(&forms.sentence(sentence.tokens.clone()), words(article, &tokens, sentence))).collect()
}

/// Names of the features that confidence is made of.
pub const CONFIDENCE: &[&str] = &confidence::FEATURES;

/// A trained attribution model.
#[derive(Debug)]
pub struct Model(Chain<ATTRIBUTION_LABELS>);

impl Model {
    /// Reads a weights file.
    pub fn new(bytes: &[u8]) -> Self {
        Self(Chain::read(bytes))
    }
}

/// A relation that a model found, however unlikely.
#[derive(Debug)]
pub struct Found {
    /// Who says it: positions of words in the article.
    pub source: Vec<usize>,
    /// What is said.
    pub content: Vec<usize>,
    /// Whether any of its content is in quotation marks.
    pub quoted: bool,
    /// For each feature of [`CONFIDENCE`] the class it is in.
    pub classes: Vec<u8>,
}

/// The words of an article, in bytes, and the relations that a model finds in it.
pub fn relations(article: &Article, model: &Model) -> (Vec<Span>, Vec<Found>) {
    let prepared = Prepared::new(article);
    found(&prepared, &learned::label_with(&model.0, prepared.reading(), &prepared.rules))
}

/// The same by the deep labeller.
pub fn deep_relations(article: &Article, deep: &Deep) -> (Vec<Span>, Vec<Found>) {
    let prepared = Prepared::new(article);
    found(&prepared, &DeepReading::new(&prepared, deep, 0).finish())
}

fn found(prepared: &Prepared, labels: &attribution::Labels) -> (Vec<Span>, Vec<Found>) {
    let r = prepared.reading();
    let second = confidence::Second::new(r, &prepared.rules);
    let words: Vec<usize> = (0..r.tokens.len()).filter(|&n| r.tokens.is_word(n)).collect();
    let covered =
        |stretch: &Stretch| words.partition_point(|&n| n < stretch.tokens.start)..words.partition_point(|&n| n < stretch.tokens.end);
    let found = attribution::join(r, labels)
        .iter()
        .map(|joined| {
            let confidence::View { quoted, classes } = second.view(r, joined);
            Found {
                source: joined.source.into_iter().flat_map(covered).collect(),
                content: joined.content.iter().flat_map(|stretch| covered(stretch)).collect(),
                quoted,
                classes: classes.into(),
            }
        })
        .collect();
    (words.iter().map(|&n| r.tokens[n].span).collect(), found)
}
