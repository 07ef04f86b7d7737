//! How long the deep reading takes in Chromium, and its memory.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{RUNS, median, times};
use crate::browser::Browser;
use crate::long::long;

/// The words of the text that is timed.
const WORDS: usize = 1_000;

/// The most megabytes that page and both workers may take with a long article.
const MEMORY_BUDGET: f64 = 150.0;

/// Pastes a text once the page is there, and once more, changed by a letter, when all is warm; gives milliseconds: from
/// asking for the weights until they are ready, from there to the first better breakdown and to the last, and the same
/// of the second text but the first.
const TIMES: &str = "const mark = (name) => performance.getEntriesByName(name).at(-1)?.startTime;
    const read = async (text) => {
        while (!document.querySelector('#paste')) await new Promise((resume) => setTimeout(resume, 5));
        ['asked', 'ready', 'first', 'whole'].forEach((name) => performance.clearMarks(`sayso:deep-${name}`));
        const area = document.querySelector('#paste');
        area.value = text;
        area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
        while (!mark('sayso:deep-whole')) await new Promise((resume) => setTimeout(resume, 5));
        const ready = mark('sayso:deep-ready');
        return [ready - mark('sayso:deep-asked'), (mark('sayso:deep-first') ?? mark('sayso:deep-whole')) - ready, mark('sayso:deep-whole') - ready];
    };
    const cold = await read(arguments[0]);
    document.querySelector('#new').click();
    const warm = await read('A' + arguments[0]);
    return [cold[0], warm[1], warm[2]]";

/// Reads a text with the worker's program inside the page, where its memory can be looked at, by the messages that the
/// page would send; gives the bytes of WebAssembly memory, which never shrinks.
const MEMORY: &str = "window.name = 'sayso-deep';
    const answers = [];
    window.postMessage = (message) => answers.push(message);
    const worker = (await (await import(new URL('sayso-worker.js', document.baseURI))).default()).memory;
    const varint = (n) => n < 128 ? [n] : [n & 127 | 128, ...varint(n >> 7)];
    const text = new TextEncoder().encode(arguments[0]);
    const send = (bytes) => dispatchEvent(new MessageEvent('message', { data: new Uint8Array(bytes) }));
    send([1, 1, ...varint(text.length), ...text, 0, 0]);
    const whole = (answer) => answer instanceof Uint8Array && answer[0] === 3 && answer[2] === 1;
    for (let n = 0; n < 3000 && !answers.some(whole); n++) await new Promise((resume) => setTimeout(resume, 20));
    if (!answers.some(whole)) throw new Error('the worker gave no answer');
    return worker.buffer.byteLength";

/// Prints times and memory; an error where it takes more memory than it may. `rest` is the memory, in bytes, that an
/// article of as many words takes without deep reading.
pub(super) fn deep(browser: &Browser, url: &str, example: &str, long_article: &str, rest: f64) -> Result<()> {
    let text = long(example, WORDS.div_ceil(example.split_whitespace().count()));
    let text: String = text.split_inclusive(' ').take(WORDS).collect();
    // Once, so that the browser has the weights.
    let read = || times::<3>(browser, url, TIMES, &text, "on");
    read()?;
    let mut all = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (all, time) in all.iter_mut().zip(read()?) {
            all.push(time);
        }
    }
    let [ready, first, whole] = all.map(median);
    println!(
        "Chromium, deep reading of {WORDS} words, warm: {whole:.0} ms, {first:.0} ms until the paragraphs in sight are refined; \
         weights from the browser's store ready in {ready:.0} ms (medians of {RUNS} runs)"
    );
    browser.open("about:blank")?;
    browser.open(url)?;
    let worker = browser.run(MEMORY, json!(long_article))?.as_f64().context("the page tells no size of its memory")?;
    let mb = (rest + worker) / 1e6;
    println!(
        "Chromium, deep reading of {} words: {mb:.1} MB at most ({:.1} MB of the second worker)",
        long_article.split_whitespace().count(),
        worker / 1e6
    );
    ensure!(mb <= MEMORY_BUDGET, "that is more than {MEMORY_BUDGET} MB");
    Ok(())
}
