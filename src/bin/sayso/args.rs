//! The arguments.

use std::fmt::Write;

use lexopt::{Arg, Parser, ValueExt};
use sayso::engine::{Article, ENGINE};
use sayso::formats::{FORMATS, Format};

use super::input::{self, Jobs, Source};

/// What to do.
pub(super) enum Command {
    /// Print this and stop.
    Show(String),
    /// Read articles.
    Read {
        /// Where they are.
        jobs: Jobs,
        /// How to print their breakdowns.
        output: Output,
        /// Whether the deep labeller reads them.
        deep: bool,
    },
}

/// How breakdowns are printed.
#[derive(Clone, Copy)]
pub(super) enum Output {
    /// As a file of this format.
    Whole(&'static Format),
    /// In `sayso/1`, one a line.
    Lines,
}

pub(super) fn parse(mut parser: Parser) -> Result<Command, lexopt::Error> {
    let mut sources = Vec::new();
    let (mut jsonl, mut deep) = (false, false);
    let mut format = &FORMATS[0];
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Show(help())),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Show(format!("sayso {ENGINE}\n"))),
            Arg::Long("list-formats") => return Ok(Command::Show(formats())),
            Arg::Long("jsonl") => jsonl = true,
            Arg::Long("deep") => deep = true,
            Arg::Short('f') | Arg::Long("format") => {
                let name = parser.value()?.string()?;
                format =
                    Format::from_name(&name).ok_or_else(|| format!("there is no format “{name}”; “sayso --list-formats” lists them"))?;
            }
            Arg::Value(path) if path == "-" => sources.push(Source::Stdin),
            Arg::Value(path) => sources.push(Source::File(path.into())),
            _ => return Err(arg.unexpected()),
        }
    }
    if sources.is_empty() {
        sources.push(Source::Stdin);
    }
    if sources.iter().filter(|source| matches!(source, Source::Stdin)).count() > 1 {
        return Err("standard input can be read only once".into());
    }
    let many = jsonl || sources.len() > 1;
    if many && format.name != FORMATS[0].name {
        return Err(format!("the format “{}” holds one article; give one FILE and no --jsonl", format.name).into());
    }
    let output = if many { Output::Lines } else { Output::Whole(format) };
    let jobs = if jsonl { input::lines(sources) } else { input::files(sources) };
    Ok(Command::Read { jobs, output, deep })
}

fn help() -> String {
    format!(
        "\
Reads news articles and says who says what, on whose word, and who answers whom.

Usage: sayso [OPTIONS] [FILE…]

Each FILE is one article, plain text in UTF-8 of up to {} MB; “-” or none is standard input.
One article gives one document. Several give JSON Lines: one document a line, in the order
of the files, each with its file's name as “id”.

Options:
      --jsonl          Each FILE holds one article a line, {{\"id\": …, \"text\": …}}; print one
                       breakdown a line with the same “id”, in order, using all cores
      --deep           Read deeply: better, and some hundred times slower
  -f, --format NAME    The form of the breakdown of one article [default: {}]
      --list-formats   List the formats
  -h, --help           Print this
  -V, --version        Print the version

Problems go to standard error as “sayso: FILE:LINE: what is wrong” and don't stop the rest.
Exit status: 0 all was read, 1 some was not, 2 the arguments make no sense.
",
        Article::MAX_BYTES / 1_000_000,
        FORMATS[0].name,
    )
}

fn formats() -> String {
    FORMATS.iter().fold(String::new(), |mut list, format| {
        let _ = writeln!(list, "{:<12}.{:<8}{:<24}{}", format.name, format.extension, format.mime, format.about);
        list
    })
}
