//! The ways to look at a breakdown.

use anyhow::{Result, ensure};
use sayso::edits::Edits;
use sayso::engine::{Article, Breakdown, ClaimId, Confidence, Date, Note, NoteKind, Parts, Response, ResponseKind, Target, read};
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

/// The bridge's breakdown, changed.
fn changed(change: impl FnOnce(&mut Parts)) -> Result<Breakdown> {
    let mut parts = Parts::clone(&*read(&Article::new(BRIDGE)?));
    change(&mut parts);
    Ok(Breakdown::new(parts)?)
}

/// A page that somebody opens with a link to it.
fn opened(page: &Page, breakdown: &Breakdown, place: &Place) -> Result<Page> {
    let other = page.other_person(&format!("#{}", link::encode(breakdown, &Edits::default(), place)))?;
    other.phase("shown")?;
    Ok(other)
}

#[test]
fn an_answer_to_an_answer_stands_under_it() -> Result<()> {
    let breakdown = changed(|parts| {
        let link = |(from, to)| Response {
            from: ClaimId(from),
            to: Target::Claim(ClaimId(to)),
            kind: ResponseKind::Rebut,
            signal: vec![],
            confidence: Confidence::percent(80),
        };
        parts.responses = [(1, 0), (2, 1), (3, 0)].map(link).into();
    })?;
    let other = opened(&Page::start()?, &breakdown, &Place { view: link::View::Threads, ..Place::default() })?;
    let nested = "(of) => [...document.querySelector(`#view .thread [data-claim=${of}]`).parentElement.querySelectorAll(':scope > .reply > .card')].map((card) => card.dataset.claim).join()";
    other.until("document.querySelector('#view .thread .reply .reply')")?;
    for (of, answers) in [("c1", "c2,c4"), ("c2", "c3"), ("c4", "")] {
        let found = other.get(&format!("({nested})('{of}')"))?;
        ensure!(found == answers, "{found} answer {of}, not {answers}");
    }
    other.no_trouble()
}

#[test]
fn days_stand_to_scale_on_a_line_whose_dots_are_claims() -> Result<()> {
    let breakdown = changed(|parts| {
        let day = |day| Date::new(2026, 3, day);
        parts.published = day(29);
        parts.claims.iter_mut().for_each(|claim| claim.said_on = None);
        for (claim, on) in [(0, 1), (1, 8), (2, 22), (3, 22)] {
            parts.claims[claim].said_on = day(on);
        }
    })?;
    let other = opened(&Page::start()?, &breakdown, &Place { view: link::View::Timeline, ..Place::default() })?;
    other.until("document.querySelector('#view svg.line')")?;
    let at = "[...document.querySelectorAll('#view svg.line circle')].map((dot) => dot.getBoundingClientRect().x)";
    let at: Vec<f64> = serde_json::from_value(other.get(at)?)?;
    let [first, second, third, fourth, own] = at[..] else { anyhow::bail!("{at:?}") };
    let week = second - first;
    let near = |length: f64, weeks: f64| (length - week * weeks).abs() < week * 0.1;
    ensure!(near(third - second, 2.0) && near(own - third, 1.0) && near(fourth - third, 0.0), "{at:?}");
    other.browser.click("#view svg.line circle[data-claim=c2]")?;
    other.until("document.querySelector('#panel .card[data-claim=c2][data-selected]')")?;
    ensure!(other.count("#view svg.line circle[data-selected]")? == 1, "the dot doesn't show that it is selected");
    other.no_trouble()
}

#[test]
fn many_notes_of_one_kind_are_folded_away() -> Result<()> {
    let breakdown = changed(|parts| {
        let note = |n| Note { kind: NoteKind::LoadedCue, speaker: None, spans: vec![], text: format!("Note {n}.") };
        parts.notes = (0..8).map(note).collect();
    })?;
    let other = opened(&Page::start()?, &breakdown, &Place::default())?;
    let seen = "[...document.querySelectorAll('#notes [data-note]')].filter((note) => note.checkVisibility()).length";
    other.until(&format!("{seen} === 3"))?;
    ensure!(other.words("#notes summary")? == "5 more of this kind", "{}", other.words("#notes summary")?);
    other.browser.click("#notes summary")?;
    other.until(&format!("{seen} === 8"))?;
    other.no_trouble()
}

#[test]
fn a_link_to_a_claim_opens_at_it() -> Result<()> {
    let breakdown = changed(|_| {})?;
    let last = ClaimId(breakdown.claims.len() as u32 - 1);
    let page = Page::start()?;
    page.browser.resize(900, 400)?;
    let other = opened(&page, &breakdown, &Place { selected: Some(last), ..Place::default() })?;
    other.browser.resize(900, 400)?;
    other.browser.reload()?;
    other.phase("shown")?;
    let number = format!("document.querySelector(\"#article .claim-number[data-claim='c{}']\")", last.0 + 1);
    other.until(&format!("document.activeElement === {number}"))?;
    other.until(&format!("(({{ top, bottom }}) => top > 0 && bottom < innerHeight)({number}.getBoundingClientRect())"))?;
    other.no_trouble()
}
