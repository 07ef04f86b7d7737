//! Light and dark, wide and narrow, for eyes and for screen readers.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::tools;

use crate::page::{BRIDGE, Page};

/// Brings the page into each of its states in turn, and calls `check` in each.
fn in_each_state(page: &Page, check: impl Fn(&str) -> Result<()>) -> Result<()> {
    check("start")?;
    page.fill(" \n ")?;
    page.phase("refused")?;
    check("a problem")?;
    page.fill("Hello")?;
    page.phase("shown")?;
    check("nothing found")?;
    page.browser.click("#new")?;
    page.phase("start")?;
    page.fill(BRIDGE)?;
    page.phase("shown")?;
    page.until("document.querySelector('svg.arcs path[data-from]')")?;
    check("a breakdown")?;
    page.browser.click("#article .claim-number")?;
    page.until("document.querySelector('#panel .card[data-selected]')")?;
    check("a selected claim")?;
    page.browser.click("#panel .correct")?;
    page.until("document.querySelector('#editor')")?;
    page.browser.click("#editor .responses .wide")?;
    page.until("document.querySelector('#pick')")?;
    check("a claim being corrected")?;
    page.browser.click("#editor [aria-label='Words: ends a word earlier']")?;
    page.until("document.querySelector('#corrections li')")?;
    page.browser.click("#editor .section-head button")?;
    page.get("getSelection().selectAllChildren(document.querySelector('#article h1, #article p'))")?;
    page.until("document.querySelector('#marked')")?;
    check("selected words")?;
    page.browser.click("#marked .quiet")?;
    // What is corrected was brought into sight; the summary is at the top.
    page.get("scrollTo(0, 0)")?;
    page.browser.click("#find")?;
    page.until("document.activeElement?.id === 'find-words'")?;
    page.browser.keys("the")?;
    page.until("document.querySelector('[data-out]')")?;
    check("a search")?;
    page.browser.click(".find .quiet")?;
    page.get("document.querySelector('#keys').showModal()")?;
    check("the sheet of keys")?;
    page.get("document.querySelector('#keys').close()")?;
    for view in ["Threads", "Speakers", "Timeline", "Map"] {
        page.open(view)?;
        if view == "Speakers" {
            page.get("document.querySelector('#view .share').setAttribute('open', '')")?;
            page.until("document.querySelector('#view .speaker-editor')")?;
            page.get("document.querySelector('#view .speaker-editor').setAttribute('open', '')")?;
        }
        check(view)?;
    }
    page.browser.click("#new")?;
    page.phase("start")?;
    page.until("document.querySelector('#recent li')")?;
    check("recent breakdowns")?;
    page.browser.click("#recent .delete")?;
    page.until("document.querySelector('#bring-back-deleted')")?;
    check("a deleted breakdown")?;
    page.fill("")
}

#[test]
fn the_accessibility_checker_finds_nothing() -> Result<()> {
    let (page, axe) = (Page::start()?, tools::axe()?);
    let script = axe
        + "; return axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html.slice(0, 120)) })))";
    for width in [1280, 390] {
        page.browser.resize(width, 900)?;
        for scheme in ["light", "dark"] {
            page.browser.prefer_scheme(scheme)?;
            page.until(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"))?;
            in_each_state(&page, |state| {
                // Colours that are still on their way would be measured as they pass.
                // Those of what was put away meanwhile never finish, and so are not waited for one by one.
                page.until("document.getAnimations().every(({ playState }) => playState !== 'running')")?;
                let found = page.browser.run(&script, json!([]))?;
                ensure!(found == json!([]), "{state}, {scheme}, {width} pixels wide: {found:#}");
                Ok(())
            })?;
        }
    }
    Ok(())
}

#[test]
fn nothing_scrolls_sideways_on_a_narrow_screen() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(320, 640)?;
    let fits = |state: &str| {
        let wide = page.get("document.documentElement.scrollWidth")?;
        ensure!(wide.as_u64() <= Some(320), "{state} is {wide} pixels wide");
        Ok(())
    };
    in_each_state(&page, fits)?;
    page.fill(&format!("“{}” she said. {}", "Incomprehensibilities".repeat(20), "x".repeat(500)))?;
    page.phase("shown")?;
    fits("an endless word")
}

#[test]
fn targets_are_large_enough_to_hit() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 844)?;
    // What a target draws over its surroundings is hit as well, and so is the words of a box that is ticked.
    let least = |pixels: u32| {
        format!(
            "const seen = (e) => e.checkVisibility() && e.getClientRects().length;
            const size = (e) => {{
                const box = e.getBoundingClientRect(), over = getComputedStyle(e, '::after');
                const drawn = over.position === 'absolute' ? [parseFloat(over.width), parseFloat(over.height)] : [0, 0];
                return [Math.max(box.width, drawn[0]), Math.max(box.height, drawn[1])];
            }};
            const targets = [...document.querySelectorAll('button, summary, select, input:not([type=checkbox]), label:has(input)')];
            return targets.filter((e) => seen(e) && Math.min(...size(e)) < {pixels}).map((e) => size(e) + ' ' + e.outerHTML.slice(0, 120))"
        )
    };
    let check = |pixels: u32| {
        let script = least(pixels);
        in_each_state(&page, |state| {
            let small = page.browser.run(&script, json!([]))?;
            ensure!(small == json!([]), "{state}, {pixels} pixels: {small:#}");
            Ok(())
        })
    };
    check(24)?;
    page.browser.have_fingers()?;
    check(44)
}

#[test]
fn on_a_phone_the_tapped_claim_stays_above_what_is_told_about_it() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 700)?;
    page.read(BRIDGE)?;
    // The claim at the bottom of the window, where the sheet will be.
    page.get("document.querySelector('#article .claim-number[data-claim=c3]').scrollIntoView({ block: 'end', behavior: 'instant' })")?;
    page.get("document.querySelector('#article .content[data-claim=c3]').click()")?;
    page.until("document.querySelector('#panel .selection')")?;
    page.until("document.querySelector('#article .claim-number[data-claim=c3]').getBoundingClientRect().bottom <= document.querySelector('#panel .selection').getBoundingClientRect().top")?;
    page.no_trouble()
}

#[test]
fn the_theme_follows_the_system_until_someone_chooses() -> Result<()> {
    let page = Page::start()?;
    let ground = |page: &Page| {
        page.get("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor")
    };
    page.browser.prefer_scheme("light")?;
    let light = ground(&page)?;
    page.browser.prefer_scheme("dark")?;
    page.until("matchMedia('(prefers-color-scheme: dark)').matches")?;
    let dark = ground(&page)?;
    ensure!(light != dark, "dark looks like light");
    ensure!(page.get("document.documentElement.dataset.theme ?? null")? == Value::Null, "a theme is set that nobody chose");
    page.browser.click("#theme")?;
    page.until("document.documentElement.dataset.theme === 'light'")?;
    ensure!(ground(&page)? == light, "the chosen theme is not shown");
    page.browser.reload()?;
    page.until("document.documentElement.dataset.theme === 'light'")?;
    ensure!(ground(&page)? == light, "the chosen theme is forgotten");
    page.no_trouble()
}
