//! The engine: one text in, one breakdown out. [`read`] is the whole pipeline.
//!
//! Pure and deterministic: no browser, no clock, no randomness, and no hash map's order reaches the output.
//! Only making an [`Article`] can fail; every later stage is total, and doubt becomes a confidence or a note.

mod article;
mod attribution;
mod blocks;
mod breakdown;
mod cast;
mod chain;
mod claims;
mod date;
mod dates;
mod days;
pub mod deep;
mod gender;
mod index;
mod kinds;
mod language;
mod lexicon;
mod mentions;
mod names;
mod notes;
mod provenance;
mod quotations;
mod quoted;
mod responses;
mod sentences;
mod slots;
mod span;
mod speakers;
mod speech;
mod tags;
mod tokens;
#[cfg(feature = "train")]
pub mod train;

pub use article::{Article, ArticleError};
pub use breakdown::{Block, Breakdown, Claim, ClaimId, Confidence, ENGINE, Invalid, Note, Parts, Response, Speaker, SpeakerId, Target};
pub use date::{Date, NotADate};
pub use deep::{Deep, DeepReading};
pub use index::fnv;
pub use kinds::{BlockKind, Channel, Force, Labeller, Language, NoteKind, Quotation, ResponseKind, SpeakerKind};
pub use notes::anew as notes_anew;
pub use quoted::quoted_parts;
pub use span::Span;

/// Reads an article. Same text, same breakdown.
pub fn read(article: &Article) -> Breakdown {
    let prepared = Prepared::new(article);
    let labels = attribution::learned::label(prepared.reading(), &prepared.rules);
    finish(&prepared, &labels, Labeller::Fast, &attribution::confidence::FAST)
}

/// What every labeller begins with.
#[derive(Debug)]
pub struct Prepared<'a> {
    article: &'a Article,
    stages: Stages,
    rules: Vec<attribution::Stretch>,
}

impl<'a> Prepared<'a> {
    /// Goes through the stages before the labellers.
    pub fn new(article: &'a Article) -> Self {
        let stages = Stages::new(article);
        let rules = attribution::label_by_rules(stages.reading(article));
        Self { article, stages, rules }
    }

    fn reading(&self) -> attribution::Reading<'_> {
        self.stages.reading(self.article)
    }
}

/// What follows from labels, whichever labeller they are from; `weights` say how sure it is of what.
fn finish(prepared: &Prepared, labels: &attribution::Labels, labeller: Labeller, weights: &attribution::confidence::Weights) -> Breakdown {
    break_down(prepared, &attribution::assemble(prepared.reading(), labels, &prepared.rules, weights), labeller)
}

/// Everyone the article names or describes.
struct People {
    mentions: Vec<mentions::Mention>,
    cast: cast::Cast,
    /// The entity behind each relation.
    speakers: Vec<Option<usize>>,
    /// Whether it is only guessed.
    guessed: Vec<bool>,
    /// Whom each accuses.
    about: Vec<Vec<usize>>,
}

impl People {
    fn find(r: attribution::Reading, relations: &[attribution::Relation]) -> Self {
        let mentions = mentions::find(r);
        let mut cast = cast::gather(r, &mentions);
        gender::settle(r, &mentions, &mut cast);
        let nouns = speakers::Nouns::gather(r);
        let (speakers, guessed) = speakers::resolve(r, &mentions, &nouns, &mut cast, relations);
        let about = claims::about(r, &mentions, &nouns, &mut cast, relations);
        Self { mentions, cast, speakers, guessed, about }
    }

    /// What answers are found by.
    fn known<'a>(&'a self, relations: &'a [attribution::Relation]) -> responses::Known<'a> {
        responses::Known { relations, speakers: &self.speakers, about: &self.about, cast: &self.cast, mentions: &self.mentions }
    }
}

/// What follows from relations, in reading order.
fn break_down(prepared: &Prepared, relations: &[attribution::Relation], labeller: Labeller) -> Breakdown {
    let Prepared { article, stages, .. } = prepared;
    let r = prepared.reading();
    let people = People::find(r, relations);
    let occasions = provenance::occasions(r, stages.published, relations, &people.speakers);
    let links = responses::link(r, people.known(relations));

    let People { mentions, cast, speakers, guessed, about } = &people;
    let gathered = claims::Gathered { relations, speakers, guessed, occasions, about, cast, mentions, links };
    let claims::Finished { speakers, claims, responses } = claims::finish(r, gathered);
    let notes = notes::all(r, &claims, &speakers);

    let language = language::detect(&stages.tokens);
    let parts = Parts {
        article: (*article).clone(),
        engine: ENGINE.into(),
        labeller,
        language,
        published: stages.published,
        blocks: stages.blocks.clone(),
        speakers,
        claims,
        responses,
        notes,
    };
    Breakdown::new(parts).expect("the stages keep the breakdown's rules, which the property tests hold them to")
}

/// What the stages before attribution find.
#[derive(Debug)]
struct Stages {
    blocks: Vec<Block>,
    published: Option<Date>,
    tokens: tokens::Tokens,
    sentences: Vec<sentences::Sentence>,
    speech: Vec<speech::Speech>,
    tags: Vec<tags::Tag>,
    quotes: Vec<quotations::Quote>,
    quote_of: Vec<Option<u32>>,
}

impl Stages {
    fn new(article: &Article) -> Self {
        let blocks::Blocks { list: blocks, published } = blocks::split(article);
        let tokens = tokens::Tokens::new(article, blocks.iter().filter(|b| is_read(b)).map(|b| b.span));
        let sentences = sentences::split(article, &blocks, &tokens);
        let speech = speech::tag(article, &sentences, &tokens);
        let tags = tags::tag(article, &sentences, &tokens, &speech);
        let quotes = quotations::pair(article, &sentences, &tokens);
        let quote_of = quotations::of_tokens(&quotes, tokens.len());
        Self { blocks, published, tokens, sentences, speech, tags, quotes, quote_of }
    }

    fn reading<'a>(&'a self, article: &'a Article) -> attribution::Reading<'a> {
        attribution::Reading {
            article,
            blocks: &self.blocks,
            tokens: &self.tokens,
            sentences: &self.sentences,
            speech: &self.speech,
            tags: &self.tags,
            quotes: &self.quotes,
            quote_of: &self.quote_of,
        }
    }
}

/// Whether a block is read for claims: furniture, dates and bylines are not.
fn is_read(block: &Block) -> bool {
    !block.kind.is_set_aside() && !matches!(block.kind, BlockKind::Date | BlockKind::Byline)
}
