//! `cargo xtask bench`: how fast it is.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
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

/// Pastes a text; gives milliseconds in the worker and from paste to breakdown.
const PASTE: &str = "const area = document.querySelector('#paste');
    area.value = arguments[0];
    area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
    const mark = (name) => performance.getEntriesByName(name).at(-1)?.startTime;
    while (!mark('sayso:shown')) await new Promise((resume) => setTimeout(resume, 5));
    return [answered - sent, mark('sayso:shown') - mark('sayso:paste')]";

/// Prints words per second natively and in Chromium, and how long a person waits.
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
    for (what, text) in [("an article of usual length", example.clone()), ("a very long text", example.repeat(30))] {
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
    Ok(())
}

/// Milliseconds in the worker, and from paste to breakdown, on a page opened anew.
fn paste(browser: &Browser, url: &str, text: &str) -> Result<(f64, f64)> {
    browser.open(url)?;
    browser.run("localStorage.clear()", json!([]))?;
    browser.open("about:blank")?;
    browser.open(url)?;
    browser.until("document.documentElement.dataset.phase === 'start' && document.querySelector('#paste')")?;
    let times = browser.run(PASTE, json!(text))?;
    let time = |n: usize| times[n].as_f64();
    time(0).zip(time(1)).with_context(|| format!("the page gave no times: {}", Value::clone(&times)))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
