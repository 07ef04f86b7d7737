//! Deep reading: it comes by itself, changes nothing under the reader's eyes, and whatever fails leaves the fast reading.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::key;
use xtask::server::Fault;

use crate::page::{BRIDGE, Page};

/// A part of the weights' name.
const WEIGHTS: &str = ".weights";

/// A fresh profile, where deep reading is on because nobody has switched it off.
fn start() -> Result<Page> {
    Page::start_with("")
}

/// The same with a text read, while weights can't be had as usual.
fn read_under(fault: Fault) -> Result<Page> {
    let page = start()?;
    page.server.fault(Some((WEIGHTS, fault)));
    page.read(BRIDGE)?;
    Ok(page)
}

/// What the page says of the deep reading.
fn words(page: &Page) -> Result<String> {
    page.words("#depth-words")
}

/// Waits until the page says this of the deep reading.
fn says(page: &Page, part: &str) -> Result<()> {
    page.until(&format!("document.querySelector('#depth-words')?.innerText.includes({})", json!(part))).map(drop)
}

/// Waits until all is read deeply: what went wrong is told in sentences that begin alike.
fn done(page: &Page) -> Result<()> {
    page.until("/^The deep reading (agrees|found|dropped|changed)/.test(document.querySelector('#depth-words')?.innerText)").map(drop)
}

/// Waits for something that must not happen.
fn linger(page: &Page) -> Result<()> {
    page.browser.run("return new Promise((resume) => setTimeout(resume, 1500))", json!([])).map(drop)
}

/// How often the weights have been asked for.
fn fetches(page: &Page) -> usize {
    page.server.requests().iter().filter(|path| path.contains(WEIGHTS)).count()
}

#[test]
fn it_refines_what_fast_reading_has_shown() -> Result<()> {
    let page = read_under(Fault::Held)?;
    ensure!(page.count("#article .claim-number")? > 3, "fast reading shows its claims first");
    says(&page, "starting")?;
    page.server.fault(None);
    done(&page)?;
    ensure!(page.words("#announcer")?.contains("The deep reading"), "it is announced");
    ensure!(page.count("#depth progress")? == 0, "the bar stays when all is read");
    ensure!(page.count("#article .claim-number")? > 3, "the claims have gone");
    let link = page.copy_link()?;
    let other = page.other_person(&link)?;
    other.phase("shown")?;
    ensure!(words(&other)? == "this link carries the deep reading", "{}", words(&other)?);
    ensure!(other.shown()? == page.shown()?, "the link carries another breakdown");
    page.no_trouble()
}

#[test]
fn it_moves_nothing_that_the_reader_looks_at() -> Result<()> {
    let page = start()?;
    page.browser.resize(1280, 400)?;
    page.server.fault(Some((WEIGHTS, Fault::Held)));
    page.read(BRIDGE)?;
    let words = "const mark = document.querySelector('#article .content[data-selected]'); return mark?.textContent ?? null";
    for _ in 0..3 {
        page.browser.keys(key::DOWN)?;
    }
    page.until("document.activeElement.matches('.claim-number[data-selected]')")?;
    page.browser.run("scrollBy(0, 37)", json!([]))?;
    let place = "const block = [...document.querySelectorAll('#article > [data-block]')].find((e) => e.getBoundingClientRect().bottom > 0);
        return [block.textContent.replace(/[\\d?\\u2060]/g, ''), Math.round(block.getBoundingClientRect().top)]";
    let look = |script: &str| page.browser.run(script, json!([]));
    // The scroll of a selection is gentle, so it takes a moment.
    page.until("(window.last ??= []).push(scrollY) > 3 && last.slice(-3).every((y) => y === scrollY)")?;
    let (before, selected) = (look(place)?, look(words)?);
    page.server.fault(None);
    done(&page)?;
    page.browser.run("return new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))", json!([]))?;
    ensure!(look(place)? == before, "{before} became {}", look(place)?);
    ensure!(look(words)? == selected && selected != Value::Null, "{selected} was selected, now {}", look(words)?);
    ensure!(page.holds("document.activeElement.matches('.claim-number[data-selected]')")?, "the focus has gone");
    page.no_trouble()
}

#[test]
fn what_the_reader_corrected_meanwhile_stays_corrected() -> Result<()> {
    let page = read_under(Fault::Held)?;
    let claim = page.claim("ruin small shops")?;
    page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
    page.until("document.querySelector('#panel .correct')")?;
    page.browser.click("#panel .correct")?;
    page.until("document.querySelector('#editor')")?;
    page.choose("#editor select[aria-label=Speaker]", "Nobody named")?;
    page.until("document.querySelector('#corrections li')")?;
    page.browser.click("#editor [aria-label='Words: ends a word earlier']")?;
    page.until("document.querySelectorAll('#corrections li').length === 2")?;
    let words = page.words("#editor .part q")?;
    page.server.fault(None);
    done(&page)?;
    ensure!(page.count("#corrections li")? == 2, "corrections are gone");
    ensure!(page.words("#panel .selection .card[data-selected] .speaker")? == "Nobody named", "the speaker is the engine's again");
    ensure!(page.words("#editor .part q")? == words, "the words are the engine's again");
    page.browser.keys(&format!("{}zz", key::CONTROL))?;
    page.until("!document.querySelector('#corrections li')")?;
    page.no_trouble()
}

#[test]
fn whoever_writes_a_name_when_it_comes_goes_on_writing() -> Result<()> {
    let page = read_under(Fault::Held)?;
    page.browser.keys("j")?;
    page.until("document.querySelector('#panel .card[data-claim=c1][data-selected]')")?;
    page.browser.keys("e")?;
    page.until("document.querySelector('#editor')")?;
    page.choose("#editor select[aria-label=Speaker]", "Someone else")?;
    page.until("document.activeElement?.id === 'new-speaker'")?;
    page.browser.keys("Ina ")?;
    page.server.fault(None);
    done(&page)?;
    page.browser.keys(&format!("Voss{}", key::ENTER))?;
    page.until("document.querySelector('#panel .selection .card[data-selected] .speaker')?.innerText === 'Ina Voss'")?;
    page.no_trouble()
}

#[test]
fn it_can_be_stopped_and_gone_on_with() -> Result<()> {
    let page = read_under(Fault::Held)?;
    let fast = page.shown()?;
    page.browser.click("#stop-deep")?;
    ensure!(words(&page)? == "stopped; this is the fast reading", "{}", words(&page)?);
    page.server.fault(None);
    linger(&page)?;
    ensure!(page.shown()? == fast && words(&page)?.starts_with("stopped"), "it went on");
    page.browser.click("#deep-again")?;
    done(&page)?;
    page.no_trouble()
}

#[test]
fn it_is_fetched_once_and_works_offline_afterwards() -> Result<()> {
    let page = start()?;
    page.read(BRIDGE)?;
    done(&page)?;
    ensure!(fetches(&page) == 1, "fetched {} times", fetches(&page));
    page.browser.click("#new")?;
    page.phase("start")?;
    let programs = || page.server.requests().iter().filter(|path| path.contains("sayso-worker_bg.wasm")).count();
    let before = programs();
    page.go("")?;
    let (begun, both) = (Instant::now(), before + 2);
    while programs() < both {
        ensure!(begun.elapsed() < Duration::from_secs(15), "a worker hasn't asked for its program");
        sleep(Duration::from_millis(50));
    }
    linger(&page)?;
    let conditions = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.browser.devtools("Network.enable", &json!({}))?;
    page.browser.devtools("Network.emulateNetworkConditions", &conditions)?;
    page.server.fault(Some(("", Fault::Missing)));
    page.read(&BRIDGE.replace("harbour", "seaside"))?;
    done(&page)?;
    ensure!(fetches(&page) == 1, "fetched {} times", fetches(&page));
    Ok(())
}

/// With this fault the page says this, keeps the fast reading, and can try again.
fn check(fault: Fault, sentence: &str) -> Result<()> {
    let page = read_under(fault)?;
    let fast = page.shown()?;
    says(&page, sentence)?;
    ensure!(page.shown()? == fast, "the breakdown has changed");
    page.server.fault(None);
    page.browser.click("#deep-again")?;
    done(&page)
}

#[test]
fn damaged_weights_are_not_used() -> Result<()> {
    check(Fault::Damaged, "is damaged")
}

#[test]
fn without_weights_the_fast_reading_stays() -> Result<()> {
    check(Fault::Missing, "couldn’t be fetched; this is the fast reading")
}

#[test]
fn where_the_browser_keeps_nothing_it_reads_all_the_same_and_says_so() -> Result<()> {
    let page = start()?;
    let origin = page.get("location.origin")?;
    page.browser.devtools("Storage.overrideQuotaForOrigin", &json!({ "origin": origin, "quotaSize": 1_000_000 }))?;
    page.read(BRIDGE)?;
    says(&page, "fetched again next time")?;
    done(&page)
}

#[test]
fn who_saves_data_is_asked_first() -> Result<()> {
    let page = Page::start_with("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")?;
    page.read(BRIDGE)?;
    ensure!(words(&page)?.starts_with("finds more; fetches "), "{}", words(&page)?);
    linger(&page)?;
    ensure!(fetches(&page) == 0, "it was fetched unasked");
    page.browser.click("#deep")?;
    done(&page)?;
    page.no_trouble()
}

#[test]
fn switched_off_it_stays_off() -> Result<()> {
    let page = read_under(Fault::Held)?;
    let fast = page.shown()?;
    page.browser.click("#deep")?;
    page.server.fault(None);
    page.browser.click("#new")?;
    page.phase("start")?;
    page.go("")?;
    let before = fetches(&page);
    page.read(BRIDGE)?;
    linger(&page)?;
    ensure!(fetches(&page) == before && page.shown()? == fast, "it is not off");
    ensure!(!page.holds("document.querySelector('#deep').checked")?, "the switch forgot");
    page.no_trouble()
}
