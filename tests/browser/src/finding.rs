//! Looking for claims, and the sheet of keys.

use anyhow::{Result, ensure};
use serde_json::json;
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

#[test]
fn claims_are_found_by_their_words_in_every_view_and_by_link() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claims = page.count("#article .claim-number")?;
    let claim = page.claim("ruin small shops")?;
    page.browser.keys("j")?;
    ensure!(page.selected()?.is_some_and(|selected| selected != claim), "the first claim is the one looked for");
    page.browser.keys("/")?;
    page.until("document.activeElement?.id === 'find-words'")?;
    page.browser.keys("small shops")?;
    page.until(&format!("document.querySelector('.found').innerText.startsWith('1 of {claims}')"))?;
    ensure!(page.count("#article .claim-number:not([data-out])")? == 1, "what isn't looked for doesn't step back");
    ensure!(page.count(&format!("#article .claim-number[data-claim='{claim}']:not([data-out])"))? == 1, "the wrong one is found");
    ensure!(page.selected()?.is_none(), "what isn't looked for stays selected");
    let shown =
        "[...document.querySelectorAll('.arc')].filter((arc) => arc.checkVisibility()).map((arc) => arc.querySelector('.line').dataset)";
    ensure!(
        page.holds(&format!("{shown}.every(({{ from, to }}) => from === '{claim}' || to === '{claim}')"))?,
        "arcs join what isn't looked for"
    );
    for view in ["Threads", "Timeline"] {
        page.open(view)?;
        let seen = "[...document.querySelectorAll('#view .card[data-claim]')].filter((card) => card.checkVisibility() && !card.hasAttribute('data-out')).length";
        ensure!(page.get(seen)? == json!(1), "{view} shows {}", page.get(seen)?);
    }
    let other = page.other_person(&page.copy_link()?)?;
    other.phase("shown")?;
    other.until("document.querySelector('#find-words')?.value === 'small shops'")?;
    ensure!(other.count("#article .claim-number:not([data-out])")? == 1, "the link forgets what is looked for");
    // One key clears.
    page.browser.run("document.querySelector('#find-words').focus()", json!([]))?;
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('.find') && !document.querySelector('[data-out]')")?;
    page.until("document.activeElement?.id === 'find'")?;
    other.no_trouble()?;
    page.no_trouble()
}

#[test]
fn the_walk_goes_through_what_is_found() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 844)?;
    page.read(BRIDGE)?;
    page.browser.click("#find")?;
    page.until("document.querySelector('.find select')")?;
    let first = page.get("document.querySelector('#article .claim-number').ariaLabel.split(', claim by ')[1].split(',')[0]")?;
    page.choose(".find select[aria-label=Speaker]", first.as_str().unwrap_or_default())?;
    page.until("document.querySelector('.found').innerText.includes(' of ')")?;
    let found = page.get("[...document.querySelectorAll('#article .claim-number:not([data-out])')].map((e) => e.dataset.claim)")?;
    let found: Vec<String> = serde_json::from_value(found)?;
    ensure!(!found.is_empty(), "nobody says anything");
    page.browser.run("document.querySelector('#article').focus()", json!([]))?;
    for claim in &found {
        page.browser.keys("j")?;
        page.until(&format!("document.querySelector('#article .claim-number[data-selected]')?.dataset.claim === '{claim}'"))?;
    }
    ensure!(page.holds("document.documentElement.scrollWidth <= innerWidth")?, "the page scrolls sideways");
    page.no_trouble()
}

#[test]
fn the_sheet_of_keys_opens_closes_and_switches_letters_off() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.keys("?")?;
    page.until("document.querySelector('#keys').open")?;
    // In the sheet, letters do nothing behind it.
    page.browser.keys("j")?;
    ensure!(page.selected()?.is_none(), "a key reaches the page behind the sheet");
    page.browser.click("#keys input[type=checkbox]")?;
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('#keys').open")?;
    page.browser.keys("j?")?;
    page.browser.keys(key::DOWN)?;
    page.until("document.querySelector('#article .claim-number[data-selected]')?.dataset.claim === 'c1'")?;
    ensure!(!page.holds("document.querySelector('#keys').open")?, "a letter that was switched off works");
    page.no_trouble()
}
