//! A link carries the breakdown to someone else.

use anyhow::{Result, ensure};
use sayso::edits::Edits;
use sayso::engine::{Article, Breakdown, Confidence, Parts, read};
use sayso::link::{self, Place};
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

#[test]
fn a_link_shows_another_person_the_same_breakdown() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
    page.until("document.querySelector('svg.arcs path[data-from]')")?;
    let link = page.copy_link()?;
    ensure!(link.starts_with('#') && link[1..].chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{link}");
    // The address bar follows within a moment.
    page.until(&format!("location.hash === '{link}'"))?;

    let other = page.other_person(&link)?;
    other.phase("shown")?;
    other.until("document.querySelector('svg.arcs path[data-from]')")?;
    ensure!(other.selected()?.as_deref() == Some(claim.as_str()), "the selected claim did not come along");
    ensure!(other.shown()? == page.shown()?, "{:?} is not {:?}", other.shown()?, page.shown()?);
    other.no_trouble()?;
    page.no_trouble()
}

#[test]
fn escape_closes_what_is_said_of_a_link_and_nothing_else() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.keys("j")?;
    page.until("document.querySelector('#panel .selection')")?;
    page.browser.keys("/shops")?;
    page.until("document.querySelector('.find .found')?.innerText.includes(' of ')")?;
    page.copy_link()?;
    page.until("document.querySelector('.copy-result .outcome')")?;
    ensure!(page.words("#link-note")?.contains("what you look for"), "{}", page.words("#link-note")?);
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('.copy-result .outcome') && document.activeElement?.id === 'copy-link'")?;
    ensure!(page.count(".find")? == 1, "it ends the search as well");
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('.find')")?;
    page.no_trouble()
}

#[test]
fn each_broken_link_gets_its_own_sentence() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let link = page.copy_link()?;
    let cut = &link[..link.len() * 2 / 3];
    let middle = link.len() / 2;
    let swapped = if &link[middle..=middle] == "A" { "B" } else { "A" };
    let changed = format!("{}{swapped}{}", &link[..middle], &link[middle + 1..]);
    let newer = link.replacen('2', "3", 1);
    // Says that 268 megabytes follow.
    let huge = "#2r-____fwAA";
    let other = page.other_person("")?;
    for (link, words) in [
        (cut, "cut short"),
        (&changed, "changed on its way"),
        (&newer, "newer version"),
        (huge, "more than Sayso opens"),
        ("#hello", "not a Sayso link"),
    ] {
        other.go(link)?;
        other.phase("refused")?;
        let sentence = other.words("#problem")?;
        ensure!(sentence.contains(words), "{words:?} is not in {sentence:?}");
        other.no_trouble()?;
    }
    Ok(())
}

#[test]
fn what_is_unsure_says_so_wherever_it_shows() -> Result<()> {
    let mut parts = Parts::clone(&read(&Article::new(BRIDGE)?));
    for (at, claim) in parts.claims.iter_mut().enumerate() {
        claim.confidence = Confidence::percent(if at % 3 == 1 { 32 } else { 50 });
    }
    let unsure = parts.claims.iter().filter(|claim| claim.confidence.is_low()).count();
    let fragment = link::encode(&Breakdown::new(parts)?, &Edits::default(), &Place::default());
    let page = Page::start()?.other_person(&format!("#{fragment}"))?;
    page.phase("shown")?;
    let summary = page.words("#summary")?;
    ensure!(summary.contains(&format!("{unsure} unsure")), "{summary}");
    let numbers = page.get("[...document.querySelectorAll('#article .claim-number')].filter((e) => e.textContent.includes('?')).length")?;
    ensure!(numbers.as_u64() == Some(unsure as u64), "{numbers} of {unsure} numbers ask");
    let style = |claim: &str| {
        page.get(&format!("(({{ borderBottomStyle, backgroundColor }}) => borderBottomStyle + backgroundColor)(getComputedStyle(document.querySelector(\"#article .content[data-claim='{claim}']\")))"))
    };
    ensure!(style("c2")?.to_string().contains("dotted") && !style("c1")?.to_string().contains("dotted"), "an unsure claim looks sure");

    page.browser.click(".unsure-claims button")?;
    page.until("document.querySelector('#panel .card[data-selected]')?.dataset.claim === 'c2'")?;
    let card = page.words("#panel .card[data-selected]")?;
    ensure!(card.contains("unsure") && card.contains("about 3 chances in 10"), "{card}");
    let spoken = page.get("document.querySelector('#article .claim-number[data-claim=c2]').ariaLabel")?.to_string();
    ensure!(spoken.contains("unsure"), "{spoken}");
    page.browser.click(".unsure-claims button")?;
    page.until("document.querySelector('#panel .card[data-selected]')?.dataset.claim === 'c5'")?;
    page.no_trouble()
}

#[test]
fn the_page_reads_what_the_engine_reads_natively() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let breakdown = link::decode(&page.copy_link()?)?.breakdown;
    ensure!(breakdown == read(&Article::new(BRIDGE)?), "WebAssembly and this machine read differently");
    Ok(())
}
