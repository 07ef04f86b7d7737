//! The engine: one text in, one breakdown out.

mod article;
mod breakdown;
mod date;
mod span;

pub use article::{Article, ArticleError};
pub use breakdown::{
    Block, BlockKind, Breakdown, Channel, Claim, ClaimId, Confidence, ENGINE, Force, Invalid, Labeller, Language, Note, NoteKind, Parts,
    Quotation, Response, ResponseKind, Speaker, SpeakerId, SpeakerKind, Target,
};
pub use date::{Date, NotADate};
pub use span::Span;

/// Reads an article.
pub fn read(article: &Article) -> Breakdown {
    let parts = Parts {
        article: article.clone(),
        engine: ENGINE.into(),
        labeller: Labeller::Fast,
        language: Language::English,
        published: None,
        blocks: Vec::new(),
        speakers: Vec::new(),
        claims: Vec::new(),
        responses: Vec::new(),
        notes: Vec::new(),
    };
    Breakdown::new(parts).expect("stages give consistent parts")
}
