//! The deep labeller, whose weights the program carries.

use std::sync::LazyLock;

use sayso::engine::{Article, Breakdown, Deep};

static DEEP: LazyLock<Deep> =
    LazyLock::new(|| Deep::new(include_bytes!("../../../assets/deep.weights")).expect("the weights in the repository are whole"));

/// Reads an article deeply.
pub(crate) fn read(article: &Article) -> Breakdown {
    DEEP.read(article)
}
