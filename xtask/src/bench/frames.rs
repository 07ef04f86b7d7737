//! How soon the page answers, with a long article on it.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{median, paste};
use crate::browser::Browser;

/// The most milliseconds that an answer may take, by the median.
const BUDGET: f64 = 50.0;
const RUNS: usize = 9;

/// Does something by an expression and gives the milliseconds until what it changed has been painted; up to a frame of
/// them is waiting for the screen.
const TIME: &str = "const begun = performance.now();
    (0, eval)(arguments[0]);
    await new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
    return performance.now() - begun";

/// Prints how long selections, switches between views, searches and corrections take; an error where one takes longer
/// than it may.
pub(super) fn frames(browser: &Browser, url: &str, text: &str) -> Result<()> {
    // A page's policy forbids to make code from text, which is what a measuring script does.
    browser.devtools("Page.setBypassCSP", &json!({ "enabled": true }))?;
    paste(browser, url, text)?;
    let claims = browser.run("return document.querySelectorAll('#article .claim-number').length", json!([]))?;
    println!(
        "Chromium, an article of {} words with {claims} claims, from an action to its paint (medians of {RUNS}):",
        text.split_whitespace().count()
    );
    let claims = claims.as_u64().context("a count is a number")?;
    let mut slow = Vec::new();
    let mut told = |what: &str, times: Vec<f64>| {
        let time = median(times);
        println!("  {what}: {time:.0} ms");
        if time > BUDGET {
            slow.push(what.to_owned());
        }
    };
    let key = |key: &str, more: &str| format!("dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}'{more} }}))");
    let time = |action: &str| -> Result<f64> { browser.run(TIME, json!([action]))?.as_f64().context("the page gives a time") };
    let each = |action: &dyn Fn(u64) -> String| (0..RUNS as u64).map(|run| time(&action(run))).collect::<Result<Vec<f64>>>();
    let number = |run: u64| {
        format!("document.querySelector('#article .claim-number[data-claim=c{}]').click()", 1 + run * (claims - 1) / RUNS as u64)
    };
    told("selecting a claim", each(&number)?);
    for (place, view) in ["Read", "Threads", "Speakers", "Timeline", "Map"].iter().enumerate() {
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let other = if place == 0 { 2 } else { 1 };
            time(&format!("document.querySelector('#views button:nth-child({other})').click()"))?;
            times.push(time(&format!("document.querySelector('#views button:nth-child({})').click()", place + 1))?);
        }
        told(&format!("opening {view}"), times);
    }
    time("document.querySelector('#views button').click()")?;
    let mut drops = Vec::new();
    let mut undos = Vec::new();
    for run in 0..RUNS as u64 {
        time(&number(run))?;
        drops.push(time(&key("x", ""))?);
        undos.push(time(&key("z", ", ctrlKey: true"))?);
    }
    told("a correction", drops);
    told("undoing it", undos);
    time("document.querySelector('#find').click()")?;
    let search = |run: u64| {
        format!(
            "(() => {{ const field = document.querySelector('#find-words'); field.value = '{}'; field.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }})()",
            ["the", "of", "survey"][run as usize % 3]
        )
    };
    told("a search", each(&search)?);
    browser.devtools("Page.setBypassCSP", &json!({ "enabled": false }))?;
    ensure!(slow.is_empty(), "longer than {BUDGET} ms: {}", slow.join(", "));
    Ok(())
}
