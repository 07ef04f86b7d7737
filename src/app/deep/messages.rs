//! What the page and the worker of the deep reading say to each other.

use std::fmt;

use serde::{Deserialize, Serialize};

/// By this name the worker's program knows that it is to read deeply.
pub(crate) const NAME: &str = "sayso-deep";

/// From the page.
#[derive(Serialize, Deserialize)]
pub(super) enum Ask {
    /// Have the weights ready.
    Load,
    /// Read a text, and let go of any other.
    Read(Job),
    /// Fetch and read nothing more.
    Stop,
}

/// A text to read.
#[derive(Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) id: u32,
    pub(super) text: String,
    /// The bytes that the person sees, which are read first.
    pub(super) seen: (usize, usize),
}

/// From the worker.
#[derive(Serialize, Deserialize)]
pub(super) enum Tell {
    /// So many bytes of the weights are here.
    Fetching { bytes: usize },
    /// The weights are ready; `kept` unless the browser won't keep them for the next visit.
    Loaded { kept: bool },
    /// A part of the words has been read, in percent.
    Reading { job: u32, percent: u8 },
    /// A breakdown, packed: of the whole text, or with the fast labeller's work where the deep one has not come to.
    Read { job: u32, whole: bool, packed: Vec<u8> },
    /// No deep reading.
    Failed(Trouble),
}

/// Why there is no deep reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Trouble {
    /// The file didn't come.
    NotFetched,
    /// What came is not the file that belongs to this build.
    Damaged,
    /// The worker couldn't start, or died.
    Died,
    /// The worker belongs to another build.
    OtherBuild,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFetched => "The deep reading couldn’t be fetched; this is the fast reading.",
            Self::Damaged => "What was fetched for the deep reading is damaged, so it isn’t used; this is the fast reading.",
            Self::Died => "The deep reading stopped by itself; this is the fast reading.",
            Self::OtherBuild => {
                "Sayso was updated while this page was open, so this is the fast reading; reload the page for the deep one."
            }
        })
    }
}
