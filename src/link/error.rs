//! Why a link can't be opened.

use std::fmt;

/// Why a link can't be opened. Each says so, and what to do, in sentences for people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// Nothing that Sayso ever wrote.
    NotALink,
    /// The end is missing.
    Truncated {
        /// How much arrived, in whole percent from 0 to 99.
        percent: u8,
    },
    /// All of it is there and some of it is wrong.
    Corrupt,
    /// It holds more than Sayso opens from a link.
    TooLarge,
    /// A later version made it.
    Newer,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => f.write_str("This is not a Sayso link. Copy the whole address again, with everything after the # sign."),
            Self::Truncated { percent } => write!(
                f,
                "This link was cut short: only {percent} % of it arrived. Some chat and mail programs cut long links; \
                 ask the sender to send it as a file or in a program that keeps it whole."
            ),
            Self::Corrupt => f.write_str(
                "This link was changed on its way and can't be read. Ask the sender to copy it again with “Copy link” and paste it whole.",
            ),
            Self::TooLarge => f.write_str(
                "This link holds more than Sayso opens from a link. Ask the sender for the article itself and paste its text here.",
            ),
            Self::Newer => f.write_str(
                "This link was made with a newer version of Sayso. Reload the page to get that version, then open the link again.",
            ),
        }
    }
}

impl std::error::Error for LinkError {}
