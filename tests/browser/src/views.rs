//! The ways to look at a breakdown.

use anyhow::{Result, ensure};
use sayso::edits::Edits;
use sayso::engine::{Article, Breakdown, Confidence, Parts, read};
use sayso::link::{self, Place};
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

const VIEWS: [&str; 4] = ["Threads", "Speakers", "Timeline", "Map"];

#[test]
fn every_view_shows_the_selected_claim_and_goes_with_the_link() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
    for view in VIEWS {
        page.open(view)?;
        ensure!(!page.holds("document.querySelector('#article').checkVisibility()")?, "{view} stands beside the article");
        ensure!(page.count(&format!("#view [data-claim='{claim}'][data-selected]"))? > 0, "{view} shows nothing of the selection");
        let other = page.other_person(&page.copy_link()?)?;
        other.phase("shown")?;
        other.until(&format!("document.querySelector('#view h1')?.textContent === '{view}'"))?;
        other.until(&format!("document.querySelector(\"#panel .card[data-claim='{claim}'][data-selected]\")"))?;
        other.no_trouble()?;
    }
    page.browser.click(".copy-result .quiet")?;
    page.browser.click("#panel .selection .section-head button:first-of-type")?;
    page.until(&format!("document.activeElement?.matches(\"#article .claim-number[data-claim='{claim}']\")"))?;
    ensure!(page.count("#view")? == 0, "the article is not back");
    page.no_trouble()
}

#[test]
fn views_tell_who_says_how_much_who_answers_and_when() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.open("Threads")?;
    ensure!(page.words("#view")?.contains("would be paid for every lost day"), "{}", page.words("#view")?);
    page.open("Speakers")?;
    let words = page.words("#view")?;
    for name in ["Edda Lindqvist", "Ravi Okonjo", "Mina Farrow", "Northgate Ferry Company"] {
        ensure!(words.contains(name), "{name} is not in {words}");
    }
    ensure!(page.count("#view .exchanges td[data-count]")? > 0, "nobody answers anybody");
    page.browser.click("#view .share summary")?;
    page.until("document.querySelector('#view .share[open] .card')?.checkVisibility()")?;
    page.open("Timeline")?;
    let (dated, undated) = (page.count("#view .days .card")?, page.count("#view .undated .card")?);
    let all = page.count("#article .claim-number")?;
    ensure!(dated + undated == all, "{dated} with and {undated} without a day, of {all}");
    page.no_trouble()
}

#[test]
fn views_are_opened_and_walked_by_keyboard() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    for view in VIEWS {
        let place = format!("[...document.querySelectorAll('#views button')].find((button) => button.textContent === '{view}')");
        page.get(&format!("{place}.focus()"))?;
        page.browser.keys(key::ENTER)?;
        page.until(&format!("document.querySelector('#view h1')?.textContent === '{view}'"))?;
        page.browser.keys(key::ESCAPE)?;
        page.browser.keys("j")?;
        page.until("document.querySelector('#panel .card[data-claim=c1][data-selected]')")?;
    }
    page.browser.keys("4k")?;
    page.until("document.activeElement?.closest('#view .card[data-claim=c1]')")?;
    page.browser.keys("1")?;
    page.until("document.querySelector('#article').checkVisibility()")?;
    page.browser.keys("3")?;
    page.until("document.querySelector('#view h1')?.textContent === 'Speakers'")?;
    page.no_trouble()
}

#[test]
fn a_note_shows_its_evidence_from_any_view() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    for view in VIEWS {
        page.open(view)?;
        page.browser.click("#notes button")?;
        page.until("document.querySelector('#article .evidence')?.checkVisibility()")?;
    }
    page.no_trouble()
}

#[test]
fn a_view_is_where_it_was_left() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(900, 500)?;
    page.read(BRIDGE)?;
    page.until("document.activeElement.id === 'article'")?;
    page.get("scrollTo(0, 300)")?;
    page.open("Threads")?;
    page.until("scrollY === 0")?;
    page.open("Read")?;
    page.until("scrollY === 300")?;
    page.no_trouble()
}

#[test]
fn guesses_are_shown_when_asked_for() -> Result<()> {
    let mut parts = Parts::clone(&*read(&Article::new(BRIDGE)?));
    ensure!(!parts.responses.is_empty(), "nobody answers anybody");
    parts.responses.iter_mut().for_each(|response| response.confidence = Confidence::percent(20));
    let breakdown = Breakdown::new(parts)?;
    let page = Page::start()?;
    let other = page.other_person(&format!("#{}", link::encode(&breakdown, &Edits::default(), &Place::default())))?;
    other.phase("shown")?;
    ensure!(other.words("#summary")?.contains("0 responses"), "{}", other.words("#summary")?);
    ensure!(other.count("svg.arcs path[data-from]")? == 0, "guesses are drawn");
    other.browser.click("#summary .guesses button")?;
    other.until("document.querySelector('svg.arcs .arc[data-unsure] path[data-from]')")?;
    ensure!(other.count("#panel .reply .card .unsure")? > 0, "a guess doesn't say that it is one");
    other.browser.click("#summary .guesses button")?;
    other.until("!document.querySelector('svg.arcs path[data-from]')")?;
    other.no_trouble()
}
