//! A breakdown on paper.

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use xtask::browser::key;

use crate::keyboard::tab_to;
use crate::page::{BRIDGE, FAST, Page};

/// How many pages a printer would get.
fn pages(page: &Page) -> Result<usize> {
    let printed = page.browser.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true, "printBackground": false }))?;
    let pdf = STANDARD.decode(printed["data"].as_str().context("nothing was printed")?)?;
    ensure!(pdf.starts_with(b"%PDF"), "what was printed is no PDF");
    Ok(pdf.windows(12).filter(|part| part == b"/Type /Page\n").count())
}

/// Lays the page out as for paper, calls `check`, and lays it out for the screen again.
fn on_paper(page: &Page, check: impl Fn() -> Result<()>) -> Result<()> {
    page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }))?;
    page.get("dispatchEvent(new Event('beforeprint'))")?;
    page.until("document.querySelector('.paper')?.checkVisibility()")?;
    check()?;
    page.get("dispatchEvent(new Event('afterprint'))")?;
    page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "" }))?;
    page.until("!document.querySelector('.paper')").map(drop)
}

#[test]
fn paper_has_the_open_view_every_claim_the_answers_and_the_notes() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claims = page.count("#article .claim-number")?;
    let notes = page.words("#notes")?;
    page.browser.click("#article .claim-number")?;
    for view in ["Read", "Threads", "Speakers", "Timeline"] {
        page.open(view)?;
        on_paper(&page, || {
            let words = page.get("document.body.innerText")?;
            let words = words.as_str().unwrap_or_default();
            ensure!(page.count(".paper ol > li")? == claims, "{view}: not every claim is there");
            for part in ["Claims", "Who answers whom", "signal: “", "Worth noticing", "The link to this breakdown carries all of it"] {
                ensure!(words.contains(part), "{view}: {part:?} is not in {words}");
            }
            for note in notes.lines().filter(|line| !line.is_empty()) {
                ensure!(words.contains(note), "{view}: {note:?} is not in {words}");
            }
            for part in ["nobody can take it back", "Deep reading", "Show all", "Bring back", "next and previous claim"] {
                ensure!(!words.contains(part), "{view}: {part:?} is for the screen");
            }
            ensure!(page.holds("document.querySelector('#article').checkVisibility()")? == (view == "Read"), "{view}: the wrong view");
            Ok(())
        })?;
    }
    page.no_trouble()
}

#[test]
fn paper_is_black_and_white_also_where_the_page_is_dark() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.click("#theme")?;
    page.browser.click("#article .claim-number")?;
    on_paper(&page, || {
        // Numbers of a colour: red, green, blue.
        let script = "const grey = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g); return r === g && g === b };
            const dark = (colour) => colour.match(/[\\d.]+/g)[0] < 100;
            return [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && e.innerText).filter((e) => {
                const { color, backgroundColor } = getComputedStyle(e);
                return !grey(color) || !dark(color) || !grey(backgroundColor);
            }).map((e) => e.outerHTML.slice(0, 100))";
        let coloured = page.browser.run(script, json!([]))?;
        ensure!(coloured == json!([]), "{coloured:#}");
        Ok(())
    })?;
    page.no_trouble()
}

#[test]
fn what_is_for_paper_stands_before_the_browser_lays_it_out() -> Result<()> {
    let script = "addEventListener('beforeprint', (event) => { if (window.unheard) event.stopImmediatePropagation() });";
    let page = Page::start_with(&format!("{FAST}{script}"))?;
    page.read(BRIDGE)?;
    let with_claims = pages(&page)?;
    page.until("!document.querySelector('.paper')")?;
    page.get("window.unheard = true")?;
    let without = pages(&page)?;
    ensure!(with_claims > without, "{with_claims} pages with claims and {without} without");
    page.no_trouble()
}

#[test]
fn the_button_prints_by_mouse_and_keyboard() -> Result<()> {
    let script = "window.printed = []; window.print = () => printed.push(document.querySelectorAll('.paper li').length);";
    let page = Page::start_with(&format!("{FAST}{script}"))?;
    page.read(BRIDGE)?;
    page.browser.click("#print")?;
    page.until("printed.length === 1 && printed[0] > 5")?;
    page.get("dispatchEvent(new Event('afterprint'))")?;
    page.until("!document.querySelector('.paper')")?;
    tab_to(&page, "#print")?;
    page.browser.keys(key::ENTER)?;
    page.until("printed.length === 2 && printed[1] > 5")?;
    ensure!(page.get("document.querySelector('.paper').checkVisibility()")? == Value::Bool(false), "paper shows on the screen");
    page.no_trouble()
}
