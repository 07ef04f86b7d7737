//! The engine gives the same bytes natively and in the page's worker.
#![expect(clippy::print_stdout, reason = "what was compared is worth telling")]

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sayso::engine::{Article, Deep, read};
use sayso::link;
use serde_json::{Value, json};
use xtask::paths;

use crate::page::Page;

/// How many texts are compared at least.
const TEXTS: usize = 1_000;

/// How many are compared at least as the deep labeller reads them.
const DEEP_TEXTS: usize = 10;

/// Where paragraphs of running news are, if they are at hand: a corpus that is no part of the repository.
const CORPUS: &str = "corpora/polnear-dev.jsonl.xz";

/// Reads every text in a worker of its own making, the page's program; gives the breakdowns' bytes in base64.
const READ: &str = "const worker = new Worker(new URL('sayso-worker_loader.js', document.baseURI), { type: 'module' });
    const next = () => new Promise((resolve, reject) => {
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = () => reject(new Error('the worker has died'));
    });
    await next();
    const answers = [];
    for (const text of arguments[0]) {
        const answer = next();
        worker.postMessage(new TextEncoder().encode('same' + text));
        answers.push(btoa(Array.from((await answer).subarray(4), (byte) => String.fromCharCode(byte)).join('')));
    }
    worker.terminate();
    return answers";

#[test]
fn the_worker_gives_the_bytes_that_the_engine_gives_here() -> Result<()> {
    let texts: Vec<String> = own_texts()?.into_iter().chain(paragraphs()?).filter(|text| Article::new(text.as_str()).is_ok()).collect();
    ensure!(texts.len() >= TEXTS, "there are only {} texts to compare", texts.len());
    let page = Page::start()?;
    let answers = page.browser.run(READ, json!([texts]))?;
    let answers = answers.as_array().context("the worker gave no answers")?;
    ensure!(answers.len() == texts.len(), "{} texts, but {} answers", texts.len(), answers.len());
    for (text, answer) in texts.iter().zip(answers) {
        let theirs = STANDARD.decode(answer.as_str().context("an answer is a string")?)?;
        let ours = link::to_bytes(&read(&Article::new(text.as_str())?));
        ensure!(theirs == ours, "the worker reads this text otherwise: {text:?}");
    }
    println!("{} texts are read alike.", texts.len());
    page.no_trouble()
}

/// Reads every text in a worker of the deep reading; gives the bytes of its last breakdown in base64. The messages are
/// postcard's: first the kind, then numbers in sevens of bits.
const READ_DEEPLY: &str =
    "const worker = new Worker(new URL('sayso-worker_loader.js', document.baseURI), { type: 'module', name: 'sayso-deep' });
    const heard = [];
    worker.onmessage = (event) => heard.push(event.data);
    const until = async (is) => {
        while (!heard.some(is)) await new Promise((resume) => setTimeout(resume, 10));
        return heard.splice(0).find(is);
    };
    await until((data) => typeof data === 'string');
    const number = (n) => n < 128 ? [n] : [n & 127 | 128, ...number(n >> 7)];
    const answers = [];
    for (const text of arguments[0]) {
        const bytes = new TextEncoder().encode(text);
        worker.postMessage(new Uint8Array([1, 1, ...number(bytes.length), ...bytes, 0, 0]));
        const [, , , ...rest] = await until((data) => data[0] === 3 && data[2] === 1);
        const packed = rest.slice(rest.findIndex((byte) => byte < 128) + 1);
        answers.push(btoa(String.fromCharCode(...packed)));
    }
    worker.terminate();
    return answers";

#[test]
fn the_deep_reading_gives_the_bytes_that_it_gives_here() -> Result<()> {
    let deep = Deep::new(&fs::read(paths::root().join("assets/deep.weights"))?).context("the weights in the repository are whole")?;
    // The long ones' beginnings: the program that tests run in is slow.
    let texts: Vec<String> =
        own_texts()?.into_iter().filter(|text| text.len() > 800).map(|text| text.chars().take(800).collect()).collect();
    ensure!(texts.len() >= DEEP_TEXTS, "there are only {} texts to compare", texts.len());
    let page = Page::start()?;
    let answers = page.browser.run(READ_DEEPLY, json!([texts]))?;
    for (n, text) in texts.iter().enumerate() {
        let theirs = STANDARD.decode(answers[n].as_str().context("an answer is a string")?)?;
        let ours = link::to_bytes(&deep.read(&Article::new(text.as_str())?));
        ensure!(theirs == ours, "the worker reads this text otherwise: {text:?}");
    }
    page.no_trouble()
}

/// The example, and each file of cases as one long text and line by line: marks and expectations make it odd text,
/// which serves here as well as any.
fn own_texts() -> Result<Vec<String>> {
    let mut texts = vec![fs::read_to_string(paths::root().join("assets/example.txt"))?];
    let mut files: Vec<_> = fs::read_dir(paths::root().join("tests/cases"))?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    for file in files.into_iter().map(|file| file.path()).filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let text = fs::read_to_string(file)?;
        texts.extend(text.lines().map(str::to_owned));
        texts.push(text);
    }
    Ok(texts)
}

/// Paragraphs of running news, and the articles they make; none, and a word about it, where the corpus is not at hand.
fn paragraphs() -> Result<Vec<String>> {
    let file = paths::shared().join(CORPUS);
    if !file.exists() {
        println!("There is no corpus at {}: only the project's own texts are compared.", file.display());
        return Ok(Vec::new());
    }
    let mut plain = Vec::new();
    if let Err(error) = lzma_rs::xz_decompress(&mut fs::read(&file)?.as_slice(), &mut plain) {
        bail!("{} can't be unpacked: {error:?}", file.display());
    }
    let mut found = Vec::new();
    for article in serde_json::Deserializer::from_slice(&plain).into_iter::<Value>() {
        let article = article?;
        let text = article["text"].as_str().context("an article has a text")?;
        found.extend(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
        found.push(text.to_owned());
    }
    Ok(found)
}
