//! From a paste to its breakdown, with mouse in hand.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::{BRIDGE, Page};

#[test]
fn a_paste_becomes_named_claims_answers_and_notes() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    for (speaker, words) in [
        ("Edda Lindqvist", "The harbour bridge will close in June"),
        ("Edda Lindqvist", "The steel is tired and the bolts are worse"),
        ("Edda Lindqvist", "the repairs would cost 40 million crowns"),
        ("Edda Lindqvist", "buses will run to the old town"),
        ("Ravi Okonjo", "the closure would ruin small shops"),
        ("Mina Farrow", "the shops would be paid for every lost day"),
        ("Ravi Okonjo", "I have read the contract, and that sum is not in it"),
    ] {
        let claim = page.claim(words)?;
        page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
        page.until(&format!("document.querySelector(\"#panel .card[data-claim='{claim}'][data-selected]\")"))?;
        ensure!(page.speaker(&claim)?.contains(speaker), "“{words}” is {:?}'s", page.speaker(&claim)?);
    }
    let (answer, answered) = (page.claim("paid for every lost day")?, page.claim("ruin small shops")?);
    page.until(&format!("document.querySelector(\"svg.arcs path[data-from='{answer}'][data-to='{answered}']\")"))?;
    let notes = page.words("#notes")?;
    ensure!(page.count("#notes [data-note='accused-not-quoted']")? == 1 && notes.contains("Northgate Ferry Company"), "{notes}");
    ensure!(page.words("#summary")?.contains("claims"), "{}", page.words("#summary")?);
    page.no_trouble()
}

#[test]
fn the_example_shows_everything_there_is_to_see() -> Result<()> {
    let page = Page::start()?;
    page.browser.click("#try-example")?;
    page.phase("shown")?;
    for kind in ["direct", "indirect", "mixed"] {
        ensure!(page.count(&format!("#article span.content.{kind}"))? > 0, "no {kind} quotation");
    }
    for selector in [
        "#article span.source[data-claim]",
        "#article span.cue[data-claim]",
        "[data-block].set-aside",
        "#notes li[data-note='accused-not-quoted']",
        "#panel .reply .card .response-tag",
    ] {
        ensure!(page.count(selector)? > 0, "nothing is {selector}");
    }
    page.until("document.querySelectorAll('svg.arcs path[data-from][data-to][data-kind]').length >= 2")?;
    page.no_trouble()
}

#[test]
fn hovering_and_clicking_a_claim_point_it_out() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    let marks = format!("#article [data-claim='{claim}']");
    let looks = "[...document.querySelectorAll(arguments[0])].map((e) => { const s = getComputedStyle(e); return [s.backgroundColor, s.boxShadow, s.outlineStyle, s.color, s.textDecorationColor, s.textDecorationThickness].join() }).join('|')";
    let look = |page: &Page| page.browser.run(&format!("return {looks}"), json!(format!("{marks}:not(button)")));
    let before = look(&page)?;
    page.browser.hover(&format!("{marks}.content"))?;
    page.browser.run(
        &format!(
            "const before = arguments[1]; for (let n = 0; n < 100 && {looks} === before; n++) await new Promise(requestAnimationFrame)"
        ),
        json!([format!("{marks}:not(button)"), before]),
    )?;
    ensure!(look(&page)? != before, "a hovered claim looks like any other");
    ensure!(page.selected()?.is_none(), "hovering selects nothing");

    page.browser.click(&format!("{marks}.content"))?;
    page.until(&format!("document.querySelectorAll(\"{marks}[data-selected]\").length === document.querySelectorAll(\"{marks}\").length"))?;
    ensure!(page.selected()?.as_deref() == Some(claim.as_str()), "{:?} is selected", page.selected()?);
    ensure!(page.count("#panel .card[data-selected]")? == 1, "one card is the selected claim's");
    let other = page.claim("40 million crowns")?;
    page.browser.click(&format!("#article .claim-number[data-claim='{other}']"))?;
    page.until(&format!("document.querySelector(\"#article .claim-number[data-selected]\")?.dataset.claim === '{other}'"))?;
    page.no_trouble()
}

#[test]
fn page_furniture_is_dimmed_and_comes_back_when_asked() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let aside = "[...document.querySelectorAll('[data-block].set-aside')]";
    let texts = page.get(&format!("{aside}.map((block) => block.textContent).join('|')"))?.to_string();
    for line in ["Ten quiet beaches near Lowmoor", "Sign up for our newsletter"] {
        ensure!(texts.contains(line), "{line:?} is not among the lines set aside: {texts}");
    }
    for line in ["tired and the bolts", "Residents have until"] {
        ensure!(!texts.contains(line), "{line:?} was set aside");
    }
    let strength = "(e) => { const s = getComputedStyle(e); return s.color + s.opacity }";
    let dimmed = format!("({strength})({aside}[0]) !== ({strength})(document.querySelector('[data-block=paragraph]:not(.set-aside)'))");
    ensure!(page.holds(&dimmed)?, "lines set aside look like the others");
    let count = page.count("[data-block].set-aside")?;
    page.browser.click("[data-block].set-aside .bring-back")?;
    page.until(&format!("document.querySelectorAll('[data-block].set-aside').length === {}", count - 1))?;
    page.browser.click("button.set-aside-again")?;
    page.until(&format!("document.querySelectorAll('[data-block].set-aside').length === {count}"))?;
    page.no_trouble()
}

#[test]
fn a_newer_paste_cancels_an_older_one() -> Result<()> {
    let page = Page::start()?;
    let long = BRIDGE.repeat(600);
    page.fill_in_turn(&[&long, "“The ferry is late again,” Captain Ulla Brandt said."])?;
    page.phase("shown")?;
    ensure!(page.words("#article")?.contains("ferry is late") && page.count("#article .claim-number")? == 1, "the older text is shown");
    // Had the older reading gone on, it would end about now and take the page over.
    std::thread::sleep(std::time::Duration::from_secs(3));
    ensure!(page.count("#article .claim-number")? == 1, "the older text took the page over");
    page.no_trouble()
}
