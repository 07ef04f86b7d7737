//! The command line, run as people run it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// A directory of its own for each test, gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

/// Runs the program with arguments and standard input, to its end.
fn run(args: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut child = command(args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_vec();
    let feed = thread::spawn(move || {
        // A program that needs no input closes it.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(json).collect()
}

const ARTICLE: &str = "Harbour “safe”, says mayor\n\n“The harbour is safe,” said Mayor Ilse Tarnow on Monday.\n";

#[test]
fn reads_standard_input_with_and_without_a_dash() {
    for args in [&[][..], &["-"], &["--format", "json"], &["-fjson"]] {
        let ran = run(args, ARTICLE);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{args:?}");
        let document = json(&ran.out);
        assert_eq!(document["format"], "sayso/1");
        assert_eq!(document["text"], ARTICLE);
        assert_eq!(document.get("id"), None);
    }
}

#[test]
fn reads_several_files_in_order_past_those_that_fail() {
    let scratch = Scratch::new("files");
    let good = scratch.file("good.txt", ARTICLE);
    let bad = scratch.file("bad.txt", b"Line one\nLine t\xffo\n");
    let empty = scratch.file("empty.txt", " \n");
    let long = scratch.file("long.txt", vec![b'a'; 32_000_001]);
    let missing = scratch.0.join("missing.txt").to_str().unwrap().to_owned();
    let directory = scratch.0.to_str().unwrap().to_owned();

    let ran = run(&[&good, &bad, &missing, &directory, &empty, &long, &good], "");
    assert_eq!(ran.status, 1);
    let ids: Vec<Value> = lines(&ran.out).iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [good.as_str(), good.as_str()]);
    let expected = [
        format!("sayso: {bad}:2: This is not text in UTF-8; save it with that encoding."),
        format!("sayso: {missing}: There is no such file."),
        format!("sayso: {directory}: This is a directory; name the files in it."),
        format!("sayso: {empty}: There is no text to read."),
        format!("sayso: {long}: This is longer than 32 MB, the most that Sayso reads at once."),
    ];
    assert_eq!(ran.err.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn reads_json_lines_in_order_past_those_that_fail() {
    let good: Vec<String> = (0..200).map(|n| format!("{{\"id\":{n},\"text\":\"Item {n}. \\u201cYes,\\u201d he said.\"}}")).collect();
    let bad = [
        ("", None),
        ("   \t", None),
        ("{\"id\":1,\"text\":", Some("This line is not JSON: EOF while parsing a value (byte 15).")),
        ("nonsense", Some("This line is not JSON: expected ident (byte 2).")),
        ("{\"id\":1}", Some("This line has no “text”.")),
        ("{\"text\":null}", Some("This line has no “text”.")),
        ("{\"text\":\"\"}", Some("There is no text to read.")),
        ("{\"text\":7}", Some("This line can't be used: invalid type: integer `7`, expected a string (byte 9).")),
        ("[]", Some("This line can't be used: invalid length 0, expected an object with a “text” (byte 2).")),
    ];
    let mut input = good[..100].join("\n");
    for (line, _) in bad {
        input.push('\n');
        input.push_str(line);
    }
    let mut input = input.into_bytes();
    input.extend(b"\n\xff\xfe\n");
    input.extend(good[100..].join("\r\n").into_bytes());

    let ran = run(&["--jsonl"], input);
    assert_eq!(ran.status, 1);
    let ids: Vec<u64> = lines(&ran.out).iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..200).collect::<Vec<_>>());
    let mut expected: Vec<String> =
        (bad.iter().enumerate()).filter_map(|(n, (_, error))| error.map(|error| format!("sayso: stdin:{}: {error}", 101 + n))).collect();
    expected.push("sayso: stdin:110: This is not text in UTF-8; save it with that encoding.".into());
    assert_eq!(ran.err.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn keeps_any_id_and_none() {
    let ids = ["\"a b\"", "7", "{\"site\":\"x\"}", "[1]", "true"];
    let mut input: String = ids.map(|id| format!("{{\"text\":\"Yes.\",\"id\":{id},\"more\":0}}\n")).concat();
    input.push_str("{\"text\":\"Yes.\"}");
    let ran = run(&["--jsonl"], input);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let read = lines(&ran.out);
    for (line, id) in read.iter().zip(ids) {
        assert_eq!(line["id"], json(id));
    }
    assert_eq!(read.len(), ids.len() + 1);
    assert_eq!(read[ids.len()].get("id"), None);
}

#[test]
fn answers_a_line_before_the_next_comes() {
    let mut child = command(&["--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        writeln!(stdin, "{{\"id\":{n},\"text\":\"Yes.\"}}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(json(&line)["id"], n);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn stops_quietly_when_nobody_reads_on() {
    let mut child = command(&["--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // Input goes on until the program is gone, as it does from `tail -f`.
    while writeln!(stdin, "{{\"text\":\"Yes.\"}}").is_ok() {}
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn tells_about_itself() {
    assert_eq!(run(&["--version"], "").out, format!("sayso {}\n", env!("CARGO_PKG_VERSION")));
    assert!(run(&["--list-formats"], "").out.starts_with("json "));
    for args in [["--help"], ["-h"]] {
        let ran = run(&args, "");
        assert_eq!(ran.status, 0);
        for word in ["Usage: sayso", "--jsonl", "--format", "--list-formats", "Exit status"] {
            assert!(ran.out.contains(word), "{word}");
        }
    }
}

#[test]
fn refuses_arguments_that_make_no_sense() {
    for (args, error) in [
        (&["--nonsense"][..], "sayso: invalid option '--nonsense'. Try “sayso --help”.\n"),
        (&["--format"], "sayso: missing argument for option '--format'. Try “sayso --help”.\n"),
        (&["--format", "tsv"], "sayso: there is no format “tsv”; “sayso --list-formats” lists them. Try “sayso --help”.\n"),
        (&["-", "-"], "sayso: standard input can be read only once. Try “sayso --help”.\n"),
    ] {
        let ran = run(args, "");
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (2, "", error));
    }
}

#[test]
fn deep_reading_is_asked_for_by_name() {
    let labeller = |args: &[&str]| {
        let ran = run(args, "“It rained,” said Ada Quill.");
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        (ran.status, document["labeller"].as_str().unwrap().to_owned(), document["claims"].as_array().unwrap().len())
    };
    assert_eq!(labeller(&[]), (0, "fast".to_owned(), 1));
    assert_eq!(labeller(&["--deep"]), (0, "deep".to_owned(), 1));
}
