//! What is typed is never lost.

use anyhow::{Result, ensure};
use xtask::server::Fault;

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
    page.no_trouble()
}

#[test]
fn new_makes_room_and_the_last_text_comes_back_when_asked() -> Result<()> {
    let page = Page::start()?;
    let field = "document.querySelector('#paste').value";
    page.read(BRIDGE)?;
    page.browser.click("#new")?;
    page.phase("start")?;
    ensure!(page.get(field)? == "", "the field is not empty");
    page.browser.reload()?;
    page.phase("start")?;
    page.browser.click("#previous")?;
    page.until(&format!("{field} !== ''"))?;
    ensure!(page.get(field)? == BRIDGE, "the text changed");
    page.browser.click("#read")?;
    page.phase("shown")?;
    page.browser.click("#new")?;
    page.phase("start")?;
    page.fill("“It is short now,” Ada Vance said.")?;
    page.phase("shown")?;
    ensure!(!page.words("#article")?.contains("bridge"), "the last text is still there");
    page.no_trouble()
}

#[test]
fn back_leads_from_a_breakdown_to_the_paste_area_and_forward_again() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.until("location.hash")?;
    page.get("history.back()")?;
    page.phase("start")?;
    ensure!(page.get("document.querySelector('#paste').value")? == BRIDGE, "the draft is gone");
    page.get("history.forward()")?;
    page.phase("shown")?;
    ensure!(page.words("#article")?.contains("harbour bridge"), "something else is shown");
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

#[test]
fn a_person_can_type_before_the_worker_is_there() -> Result<()> {
    let page = Page::start()?;
    page.server.fault(Some(("sayso-worker", Fault::Held)));
    page.go("")?;
    page.phase("start")?;
    page.browser.click("#paste")?;
    page.browser.keys("“The bridge is closed,” Ada Vance said.")?;
    page.until("document.querySelector('#paste').value === '“The bridge is closed,” Ada Vance said.'")?;
    // What is to be read waits for the worker.
    page.browser.click("#read")?;
    page.phase("reading")?;
    page.server.fault(None);
    page.phase("shown")?;
    page.claim("The bridge is closed")?;
    page.no_trouble()
}

#[test]
fn what_is_pasted_before_the_program_runs_is_read() -> Result<()> {
    let early = format!(
        "addEventListener('DOMContentLoaded', () => {{ const early = document.querySelector('#early textarea');
            if (early) {{ window.early = document.activeElement === early; early.value = {}; }} }});",
        serde_json::json!(BRIDGE)
    );
    let page = Page::start_with(&early)?;
    page.phase("shown")?;
    ensure!(page.holds("window.early")?, "the early paste area has no focus");
    ensure!(page.words("#article")?.contains("ruin small shops"), "another text is shown");
    ensure!(page.count("#early")? == 0, "the early paste area is still there");
    Ok(())
}
