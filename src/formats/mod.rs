//! Files in and out: one file per format, one table that lists them.

pub mod json;
mod layout;
mod offsets;

use crate::engine::Breakdown;

/// A form in which a breakdown leaves Sayso.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line and in the page.
    pub name: &'static str,
    /// The file extension, without the dot.
    pub extension: &'static str,
    /// The media type.
    pub mime: &'static str,
    /// What it is, in one phrase for people.
    pub about: &'static str,
    /// Writes a breakdown, whole, ending in a line feed.
    pub write: fn(&Breakdown) -> String,
}

/// Every format, the default first.
pub const FORMATS: &[Format] = &[Format {
    name: "json",
    extension: "json",
    mime: "application/json",
    about: "sayso/1: everything Sayso knows, one block, speaker, claim or response a line",
    write: json::write,
}];

impl Format {
    /// The format of this name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}
