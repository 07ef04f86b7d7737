//! Attribution: a *labeller* says of each token whether it is part of a source, a cue or a content; the
//! *assembly*, shared by all labellers, joins them into relations.
//!
//! The fast labeller is a set of rules over quotation marks, the cue lexicon and clause patterns.

mod assembly;
mod clauses;
pub(crate) mod confidence;
mod content;
mod direct;
pub(crate) mod evidence;
pub(crate) mod features;
pub(crate) mod functions;
pub(crate) mod learned;
mod nominal;
mod phrases;
mod punctuation;
mod rules;
pub(crate) mod settle;
mod trailing;

use std::ops::Range;

pub(crate) use assembly::assemble;
#[cfg(feature = "train")]
pub(crate) use assembly::{first_token, join};
pub(crate) use content::cue_at;
pub(crate) use phrases::{phrase_back, phrase_forward};
pub(crate) use rules::label as label_by_rules;

use super::quotations::Quote;
use super::sentences::Sentence;
use super::speech::Speech;
use super::tags::Tag;
use super::tokens::Tokens;
use super::{Article, Block};

/// Everything the stages before have found.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The text.
    pub article: &'a Article,
    /// Blocks.
    pub blocks: &'a [Block],
    /// Tokens of the blocks that are read.
    pub tokens: &'a Tokens,
    /// Sentences.
    pub sentences: &'a [Sentence],
    /// One part of speech a token.
    pub speech: &'a [Speech],
    /// One tag a token.
    pub tags: &'a [Tag],
    /// Quotations.
    pub quotes: &'a [Quote],
    /// For each token the quotation it is in, as a position in `quotes`.
    pub quote_of: &'a [Option<u32>],
}

impl<'a> Reading<'a> {
    /// The lower-case form of a token, empty past the end.
    pub(crate) fn lower(&self, n: usize) -> &'a str {
        self.tokens.lower(n)
    }

    /// The words of a name as the article writes them, with plain spaces.
    pub(crate) fn written(&self, tokens: Range<usize>) -> String {
        self.article.slice(self.tokens.span(tokens.start, tokens.end)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The tag of a token; past the end a mark.
    pub(crate) fn tag(&self, n: usize) -> Tag {
        self.tags.get(n).copied().unwrap_or(Tag::Mark)
    }

    /// The position of the sentence that a token is in.
    pub(crate) fn sentence_of(&self, n: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= n)
    }

    /// The block that a token is in.
    pub(crate) fn block_of(&self, n: usize) -> usize {
        self.sentences[self.sentence_of(n)].block
    }

    /// The first token of a block that is read.
    pub(crate) fn first_of(&self, block: usize) -> usize {
        self.tokens.after(self.blocks[block].span.start())
    }

    /// Whether the token lies in a quotation.
    pub(crate) fn quoted(&self, n: usize) -> bool {
        self.quote_of.get(n).copied().flatten().is_some()
    }
}

/// The part a token plays in a relation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Who says it.
    Source,
    /// The words that signal it.
    Cue,
    /// What is said.
    Content,
}

/// One labelled stretch of tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stretch {
    /// Its part.
    pub role: Role,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// How sure the labeller is.
    pub score: Score,
    /// On which side the cue of a source or content is, where the labeller says.
    pub side: Option<Side>,
}

/// How sure a labeller is of a stretch, in per mille.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Score {
    /// Of its tokens on average.
    pub mean: u16,
    /// Of the token it is least sure of.
    pub least: u16,
    /// That it begins where it does.
    pub first: u16,
    /// That it ends where it does.
    pub end: u16,
}

impl Score {
    /// The same for all of it, from percent.
    pub(crate) fn even(percent: u8) -> Self {
        let all = u16::from(percent) * 10;
        Self { mean: all, least: all, first: all, end: all }
    }
}

/// Where a source or content stands to its cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// Its cue follows.
    Before,
    /// Its cue precedes.
    Behind,
}

/// What a labeller gives. The stretches of a layer are in text order and don't overlap.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Labels {
    /// The article's own attributions.
    pub outer: Vec<Stretch>,
    /// Attributions inside an outer content: "he said the driver had denied it".
    pub inner: Vec<Stretch>,
}

/// An attribution relation: lists of token ranges in text order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Relation {
    /// Who says it; may be empty.
    pub source: Vec<Range<usize>>,
    /// The words that signal it; may be empty.
    pub cue: Vec<Range<usize>>,
    /// What is said; never empty.
    pub content: Vec<Range<usize>>,
    /// In percent.
    pub confidence: u8,
    /// The relation whose content holds this one, by position.
    pub within: Option<usize>,
}
