//! `cargo xtask bench`: how fast it is.

mod deep;
mod frames;

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::long::long;
use crate::run::{command, run, say};
use crate::server::Server;
use crate::{build, paths, tools};

const RUNS: usize = 7;

/// Notes when the page sends a text to its worker and when the breakdown comes back.
const WATCH: &str = "window.sent = window.answered = 0;
    window.Worker = class extends Worker {
        constructor(...all) {
            super(...all);
            this.addEventListener('message', ({ data }) => { if (typeof data !== 'string') window.answered = performance.now() });
        }
        postMessage(...all) {
            window.sent = performance.now();
            super.postMessage(...all);
        }
    };";

/// Pastes a text half a second after the page is there, as people can at best; gives milliseconds in the worker and
/// from paste to breakdown.
const PASTE: &str = "await new Promise((resume) => setTimeout(resume, 500));
    const area = document.querySelector('#paste');
    area.value = arguments[0];
    area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
    const mark = (name) => performance.getEntriesByName(name).at(-1)?.startTime;
    while (!mark('sayso:shown')) await new Promise((resume) => setTimeout(resume, 5));
    return [answered - sent, mark('sayso:shown') - mark('sayso:paste')]";

/// Reads a text on the page, then once more with the worker's program inside the page, where its memory can be
/// looked at; gives the bytes of WebAssembly memory of page and worker, which never shrinks.
const MEMORY: &str = "const page = (await wasmBindings.default()).memory;
    const answers = [];
    window.postMessage = (message) => answers.push(message);
    const worker = (await (await import(new URL('sayso-worker.js', document.baseURI))).default()).memory;
    const request = new TextEncoder().encode('0000' + arguments[0]);
    dispatchEvent(new MessageEvent('message', { data: request }));
    if (answers.length !== 2 || answers[1].length < request.length) throw new Error('the worker gave no answer');
    return [page.buffer.byteLength, worker.buffer.byteLength]";

/// The words of the article whose memory is measured, and the most megabytes it may take.
const MEMORY_WORDS: usize = 5_000;
const MEMORY_BUDGET: f64 = 64.0;

/// Prints words per second natively and in Chromium, how long a person waits, and the memory of a long article; then
/// the same of the deep reading.
pub(crate) fn bench() -> Result<()> {
    let chromium = tools::chromium()?;
    say("Building and timing the engine natively (usually 2 minutes).");
    run(&mut command("cargo", &["bench", "--locked", "--bench", "engine"]))?;
    build::site("./")?;
    say("Timing the page in Chromium (usually 1 minute).");
    let example = fs::read_to_string(paths::root().join("assets/example.txt"))?;
    let server = Server::start(&paths::dist(), "/", 0)?;
    let browser = Browser::start(&chromium)?;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }))?;
    for (what, text) in [("an article of usual length", example.clone()), ("a very long text", long(&example, 30))] {
        let words = text.split_whitespace().count();
        let (mut worker, mut shown) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let times = paste(&browser, server.url(), &text)?;
            worker.push(times.0);
            shown.push(times.1);
        }
        let (worker, shown) = (median(worker), median(shown));
        let speed = words as f64 / worker * 1000.0;
        println!(
            "Chromium, {what} ({words} words): {speed:.0} words/s in the worker, {shown:.0} ms from paste to breakdown (medians of {RUNS} runs)"
        );
    }
    let article = long(&example, MEMORY_WORDS.div_ceil(example.split_whitespace().count()));
    let fast = memory(&browser, server.url(), &article)?;
    frames::frames(&browser, server.url(), &dense(&example))?;
    // A fresh browser, whose pages haven't been watched.
    deep::deep(&Browser::start(&chromium)?, server.url(), &example, &article, fast)
}

/// An article of the length that memory is measured with, with some 150 claims in it; the rest only tells.
fn dense(example: &str) -> String {
    const COPIES: usize = 11;
    const TELLS: &str = "The quay was quiet that morning, and the boats lay in rows along the wall while the tide went out.\n";
    let mut text = long(example, COPIES);
    let missing = MEMORY_WORDS.saturating_sub(text.split_whitespace().count());
    text.push_str(&TELLS.repeat(missing.div_ceil(TELLS.split_whitespace().count())));
    text
}

/// Prints the memory that a long article takes on the page, and gives it in bytes; an error where it is more than it
/// may be.
fn memory(browser: &Browser, url: &str, text: &str) -> Result<f64> {
    paste(browser, url, text)?;
    // Before anything else runs on the page: what was not yet collected counts.
    browser.devtools("Performance.enable", &json!({}))?;
    let metrics = browser.devtools("Performance.getMetrics", &json!({}))?;
    let metric = metrics["metrics"].as_array().and_then(|all| all.iter().find(|metric| metric["name"] == "JSHeapTotalSize"));
    let heap = metric.and_then(|metric| metric["value"].as_f64()).context("Chromium tells no size of the heap")?;
    let wasm = browser.run(MEMORY, json!(text))?;
    let (page, worker) = wasm[0].as_f64().zip(wasm[1].as_f64()).context("the page tells no size of its memory")?;
    let mb = |bytes: f64| bytes / 1e6;
    let all = mb(heap + page + worker);
    println!(
        "Chromium, an article of {} words: {all:.1} MB at most ({:.1} MB WebAssembly memory of the page, {:.1} MB of the worker, \
         {:.1} MB JavaScript heap of the page; without Chromium's own)",
        text.split_whitespace().count(),
        mb(page),
        mb(worker),
        mb(heap)
    );
    ensure!(all <= MEMORY_BUDGET, "that is more than {MEMORY_BUDGET} MB");
    Ok(heap + page + worker)
}

/// Milliseconds in the worker, and from paste to breakdown, on a page opened anew.
fn paste(browser: &Browser, url: &str, text: &str) -> Result<(f64, f64)> {
    let [worker, shown] = times(browser, url, PASTE, text, "off")?;
    Ok((worker, shown))
}

/// What a script gives that is run with a text on a page opened anew, with deep reading on or off.
fn times<const N: usize>(browser: &Browser, url: &str, script: &str, text: &str, deep: &str) -> Result<[f64; N]> {
    browser.open(url)?;
    browser.run("localStorage.clear(); localStorage.setItem('sayso.deep', arguments[0])", json!(deep))?;
    browser.open("about:blank")?;
    browser.open(url)?;
    browser.until("document.documentElement.dataset.phase === 'start' && document.querySelector('#paste')")?;
    let times = browser.run(script, json!(text))?;
    let numbers: Option<Vec<f64>> = times.as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
    numbers.and_then(|numbers| numbers.try_into().ok()).with_context(|| format!("the page gave no times: {times}"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
