//! What happens between the arguments and the exit status.

mod args;
mod deep;
mod input;
mod pool;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use sayso::engine::{self, Article, Breakdown};
use sayso::formats::json;

use args::{Command, Output};
use input::{Failure, Job};

/// Some input failed.
const FAILED: u8 = 1;
/// The arguments make no sense.
const USAGE: u8 = 2;

pub(crate) fn main() -> ExitCode {
    match args::parse(lexopt::Parser::from_env()) {
        Ok(Command::Show(text)) => match print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(FAILED),
        },
        Ok(Command::Read { jobs, output, deep }) => read(jobs, output, if deep { deep::read } else { engine::read }),
        Err(error) => {
            complain(&format!("sayso: {error}. Try “sayso --help”."));
            ExitCode::from(USAGE)
        }
    }
}

/// How an article is read.
type Reader = fn(&Article) -> Breakdown;

/// Reads every job's article and prints the breakdowns in the order of the jobs.
fn read(jobs: impl Iterator<Item = Job> + Send, output: Output, reader: Reader) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    pool::in_order(
        jobs,
        |job| breakdown(job, output, reader),
        |result| {
            match result {
                Ok(text) => match print(&text) {
                    Ok(()) => {}
                    // Whoever reads has seen enough; input that is still to come won't be waited for.
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
                    Err(error) => {
                        complain(&format!("sayso: The output can't be written: {error}."));
                        std::process::exit(i32::from(FAILED));
                    }
                },
                Err(Failure { place, sentence }) => {
                    complain(&format!("sayso: {place}: {sentence}"));
                    status = ExitCode::from(FAILED);
                }
            }
        },
    );
    status
}

fn breakdown(job: Job, output: Output, reader: Reader) -> Result<String, Failure> {
    let input = job.read()?;
    let article = Article::new(input.text).map_err(|error| Failure { place: input.place, sentence: error.to_string() })?;
    let breakdown = reader(&article);
    Ok(match output {
        Output::Whole(format) => (format.write)(&breakdown),
        Output::Lines => json::write_line(&breakdown, input.id.as_ref()),
    })
}

fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Says what is wrong, if anybody listens.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
