//! Everything without a mouse.

use anyhow::{Result, bail, ensure};
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

/// Presses Tab until the focus is on this element.
pub(crate) fn tab_to(page: &Page, selector: &str) -> Result<()> {
    for _ in 0..80 {
        if page.holds(&format!("document.activeElement?.matches(\"{selector}\")"))? {
            return Ok(());
        }
        page.browser.keys(key::TAB)?;
    }
    bail!("Tab never comes to {selector}")
}

#[test]
fn an_article_is_typed_read_and_shared_by_keyboard_alone() -> Result<()> {
    let page = Page::start()?;
    ensure!(page.holds("document.activeElement.id === 'paste'")?, "the paste area has no focus");
    tab_to(&page, "#try-example")?;
    page.browser.keys(&format!("{}{}", key::SHIFT, key::TAB))?;
    tab_to(&page, "#paste")?;
    page.browser.keys("“The pier is shut,” Mayor Nell Arden said. Captain Bo Tully said the ferry was late.")?;
    tab_to(&page, "#read")?;
    page.browser.keys(key::ENTER)?;
    page.phase("shown")?;
    tab_to(&page, "#copy-link")?;
    page.browser.keys(key::ENTER)?;
    page.until("document.querySelector('#announcer').textContent.includes('Link copied')")?;
    let other = page.other_person(&page.copied_fragment()?)?;
    other.phase("shown")?;
    ensure!(other.words("#article")?.contains("The pier is shut"), "the link shows something else");
    page.no_trouble()
}

#[test]
fn j_and_k_and_arrows_walk_through_the_claims() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claims = page.count("#article .claim-number")?;
    ensure!(claims >= 7, "{claims} claims");
    let press = |keys: &str, expected: Option<u64>| -> Result<()> {
        page.browser.keys(keys)?;
        let expected = expected.map_or("null".to_owned(), |n| format!("'c{n}'"));
        page.until(&format!("(document.querySelector('#article .claim-number[data-selected]')?.dataset.claim ?? null) === {expected}"))
            .map(drop)
    };
    press("j", Some(1))?;
    press("j", Some(2))?;
    press(key::DOWN, Some(3))?;
    press("k", Some(2))?;
    press(key::UP, Some(1))?;
    press("k", Some(1))?;
    press(key::ESCAPE, None)?;
    press(&"j".repeat(claims as usize + 3), Some(claims))?;
    let visible = "(() => { const { top, bottom } = document.querySelector('#article .claim-number[data-selected]').getBoundingClientRect(); return top >= 0 && bottom <= innerHeight })()";
    page.until(visible)?;
    page.no_trouble()
}

#[test]
fn a_claim_number_is_selected_with_enter() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    tab_to(&page, "#article .claim-number[data-claim=c2]")?;
    page.browser.keys(key::ENTER)?;
    page.until("document.querySelector('#article .claim-number[data-selected]')?.dataset.claim === 'c2'")?;
    tab_to(&page, "[data-block].set-aside .bring-back")?;
    let count = page.count("[data-block].set-aside")?;
    page.browser.keys(key::ENTER)?;
    page.until(&format!("document.querySelectorAll('[data-block].set-aside').length === {}", count - 1))?;
    page.no_trouble()
}
