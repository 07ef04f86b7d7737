//! Where articles come from, one job each.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sayso::engine::Article;
use serde::Deserialize;
use serde_json::Value;

/// The longest line of `--jsonl`, in bytes: the longest text, and as much again for its escapes.
const MAX_LINE: usize = 2 * Article::MAX_BYTES;

/// The jobs of a run, in order.
pub(super) type Jobs = Box<dyn Iterator<Item = Job> + Send>;

/// A file or standard input.
pub(super) enum Source {
    Stdin,
    File(PathBuf),
}

/// One article to read, not yet looked at.
pub(super) enum Job {
    /// A file that is one article.
    File(Source),
    /// A line that holds one.
    Line { place: String, bytes: Vec<u8> },
    /// An article that can't be got at.
    Failed(Failure),
}

/// What went wrong, and where.
pub(super) struct Failure {
    /// The file, with the line where there is one.
    pub(super) place: String,
    /// What is wrong, for people.
    pub(super) sentence: String,
}

/// An article's text, not yet checked.
pub(super) struct Input {
    /// Where it stands.
    pub(super) place: String,
    /// The id that goes with it.
    pub(super) id: Option<Value>,
    /// The text.
    pub(super) text: String,
}

/// One job a file.
pub(super) fn files(sources: Vec<Source>) -> Jobs {
    Box::new(sources.into_iter().map(Job::File))
}

/// One job a line. Empty lines are passed over, and count.
pub(super) fn lines(sources: Vec<Source>) -> Jobs {
    Box::new(sources.into_iter().flat_map(|source| {
        let name = source.name();
        let (lines, failed) = match source.open() {
            Ok(reader) => (Some(Lines { reader: BufReader::new(reader), name, number: 0, done: false }), None),
            Err(error) => (None, Some(Job::Failed(Failure::io(name, &error)))),
        };
        failed.into_iter().chain(lines.into_iter().flatten())
    }))
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::Stdin => "stdin".into(),
            Self::File(path) => path.display().to_string(),
        }
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Stdin => Box::new(io::stdin()),
            Self::File(path) => Box::new(open_file(path)?),
        })
    }
}

/// Opens a file. Directories open on some systems and then can't be read; they fail here on all.
fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() { Err(ErrorKind::IsADirectory.into()) } else { Ok(file) }
}

impl Failure {
    fn io(place: String, error: &io::Error) -> Self {
        let sentence = match error.kind() {
            ErrorKind::NotFound => "There is no such file.".into(),
            ErrorKind::PermissionDenied => "You may not read this file.".into(),
            ErrorKind::IsADirectory => "This is a directory; name the files in it.".into(),
            _ => format!("This can't be read: {error}."),
        };
        Self { place, sentence }
    }
}

impl Job {
    /// Gets at the text.
    pub(super) fn read(self) -> Result<Input, Failure> {
        match self {
            Self::File(source) => read_file(&source),
            Self::Line { place, bytes } => read_line(place, bytes),
            Self::Failed(failure) => Err(failure),
        }
    }
}

fn read_file(source: &Source) -> Result<Input, Failure> {
    let place = source.name();
    let mut bytes = Vec::new();
    let read = source.open().and_then(|reader| reader.take(Article::MAX_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(Failure::io(place, &error));
    }
    if bytes.len() > Article::MAX_BYTES {
        let sentence = format!("This is longer than {} MB, the most that Sayso reads at once.", Article::MAX_BYTES / 1_000_000);
        return Err(Failure { place, sentence });
    }
    let id = Some(Value::String(place.clone()));
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Input { place, id, text }),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.split(|&b| b == b'\n').count();
            Err(Failure { place: format!("{place}:{line}"), sentence: NOT_UTF8.into() })
        }
    }
}

const NOT_UTF8: &str = "This is not text in UTF-8; save it with that encoding.";

fn read_line(place: String, bytes: Vec<u8>) -> Result<Input, Failure> {
    #[derive(Deserialize)]
    #[serde(expecting = "an object with a “text”")]
    struct Line {
        id: Option<Value>,
        text: Option<String>,
    }
    let Ok(line) = String::from_utf8(bytes) else { return Err(Failure { place, sentence: NOT_UTF8.into() }) };
    match serde_json::from_str(line.trim_end()) {
        Ok(Line { id, text: Some(text) }) => Ok(Input { place, id, text }),
        Ok(Line { text: None, .. }) => Err(Failure { place, sentence: "This line has no “text”.".into() }),
        Err(error) => {
            let what = if error.is_data() { "can't be used" } else { "is not JSON" };
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Err(Failure { place, sentence: format!("This line {what}: {message} (byte {}).", error.column()) })
        }
    }
}

/// A file's lines, none of them longer in memory than [`MAX_LINE`].
struct Lines<R> {
    reader: R,
    name: String,
    number: u64,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    fn place(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }

    /// The next line with its end; `None` at the end of the file.
    fn read(&mut self) -> io::Result<Option<Result<Vec<u8>, Failure>>> {
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut bytes)?;
        if read < MAX_LINE || bytes.ends_with(b"\n") {
            return Ok((read > 0).then_some(Ok(bytes)));
        }
        self.reader.skip_until(b'\n')?;
        let sentence = format!("This line is longer than {} MB, the most that Sayso reads at once.", MAX_LINE / 1_000_000);
        Ok(Some(Err(Failure { place: self.place(), sentence })))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        while !self.done {
            self.number += 1;
            match self.read() {
                Ok(Some(Ok(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Ok(bytes))) => return Some(Job::Line { place: self.place(), bytes }),
                Ok(Some(Err(failure))) => return Some(Job::Failed(failure)),
                Ok(None) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Job::Failed(Failure::io(self.place(), &error)));
                }
            }
        }
        None
    }
}
