//! What is typed is never lost.

use anyhow::{Result, ensure};

use crate::page::{BRIDGE, Page};

#[test]
fn a_reload_keeps_the_draft_and_its_breakdown() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let shown = page.shown()?;
    page.browser.reload()?;
    page.phase("shown")?;
    page.until("document.querySelector('svg.arcs path[data-from]')")?;
    ensure!(page.shown()? == shown, "the breakdown changed: {:?}, before {shown:?}", page.shown()?);
    page.browser.click("#new")?;
    page.phase("start")?;
    ensure!(page.get("document.querySelector('#paste').value")? == BRIDGE, "the draft changed");
    page.no_trouble()
}

#[test]
fn a_text_half_typed_survives_a_reload() -> Result<()> {
    let page = Page::start()?;
    page.browser.keys("The ferry leaves at")?;
    page.until("document.querySelector('#paste').value === 'The ferry leaves at'")?;
    page.browser.reload()?;
    page.until("document.querySelector('#paste')?.value === 'The ferry leaves at' || document.querySelector('#article')?.innerText.includes('The ferry leaves at')")?;
    page.no_trouble()
}

#[test]
fn opening_a_link_keeps_the_draft() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let link = page.copy_link()?;

    let other = page.other_person("")?;
    let draft = "“My own work is here,” Ada Vance said.";
    other.read(draft)?;
    other.go(&link)?;
    other.phase("shown")?;
    ensure!(other.words("#article")?.contains("harbour bridge"), "the link's article is shown");
    other.browser.click("#new")?;
    other.phase("start")?;
    ensure!(other.get("document.querySelector('#paste').value")? == draft, "the draft is gone");
    other.no_trouble()
}
