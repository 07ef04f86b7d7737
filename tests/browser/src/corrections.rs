//! What a reader corrects, by mouse, by keyboard and on a phone.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

/// Selects a claim and opens its editor.
fn correct(page: &Page, claim: &str) -> Result<()> {
    page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
    page.until(&format!("document.querySelector(\"#panel .selection .card[data-claim='{claim}']\")"))?;
    page.browser.click("#panel .correct")?;
    page.until("document.querySelector('#editor')").map(drop)
}

/// Selects words of the article, as with a pointer.
fn select_words(page: &Page, words: &str) -> Result<()> {
    let script = "const article = document.querySelector('#article');
        const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(arguments[0]);
            if (at < 0) continue;
            article.focus();
            getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
            return true;
        }
        return false;";
    ensure!(page.browser.run(script, json!(words))? == json!(true), "{words:?} is not in one piece of the article");
    page.until("document.querySelector('#marked')").map(drop)
}

/// Waits until the panel's card of the selected claim says so.
fn says(page: &Page, words: &str) -> Result<()> {
    page.until(&format!("document.querySelector('#panel .selection .card[data-selected]')?.innerText.includes('{words}')")).map(drop)
}

#[test]
fn a_claim_gets_another_speaker_type_and_words_and_goes_so_into_the_link() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    let before = page.shown()?;
    correct(&page, &claim)?;
    page.choose("#editor select[aria-label=Speaker]", "Edda Lindqvist")?;
    says(&page, "Edda Lindqvist")?;
    page.choose("#editor select[aria-label=Type]", "Prediction")?;
    says(&page, "prediction")?;
    let words = page.words("#editor .part q")?;
    page.browser.click("#editor [aria-label='Words: ends a word earlier']")?;
    page.until(&format!("document.querySelector('#editor .part q').innerText !== {}", json!(words)))?;
    says(&page, "corrected")?;
    let corrected = page.shown()?;
    let other = page.other_person(&page.copy_link()?)?;
    other.phase("shown")?;
    ensure!(other.shown()? == corrected, "the link shows something else");
    ensure!(other.count("#corrections li")? == 3, "the link doesn't say what was corrected");
    // Whoever opens it can go back to what Sayso had.
    other.browser.click("#corrections > button")?;
    other.until("!document.querySelector('#corrections li')")?;
    page.browser.click("#editor .section-head button")?;
    for _ in 0..3 {
        page.browser.keys(&format!("{}z", key::CONTROL))?;
    }
    page.until("!document.querySelector('#corrections li')")?;
    ensure!(page.words(&format!("#panel .card[data-claim='{claim}'] .speaker"))? != "Edda Lindqvist", "undoing changes nothing");
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('#panel .selection')")?;
    page.browser.click("#corrections button:nth-child(2)")?;
    page.until("document.querySelectorAll('#corrections li').length === 1")?;
    page.browser.click("#corrections button")?;
    page.until("!document.querySelector('#corrections li')")?;
    // The panel's list of steps to redo is new; the article is as it was.
    ensure!(page.shown()? == before, "taken back, it is not what it was");
    other.no_trouble()?;
    page.no_trouble()
}

#[test]
fn selected_words_become_a_claim_and_a_part_of_one() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claims = page.count("#article .claim-number")?;
    let words = page.get(
        "[...document.querySelectorAll('#article p:not(.set-aside)')].flatMap((p) => [...p.childNodes])
            .find((node) => node.nodeType === 3 && node.data.trim().split(' ').length > 5)?.data.trim().split(' ').slice(1, 5).join(' ')",
    )?;
    let words = words.as_str().unwrap_or_default();
    select_words(&page, words)?;
    page.browser.click("#marked .primary")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {}", claims + 1))?;
    let claim = page.claim(words)?;
    ensure!(page.selected()? == Some(claim.clone()), "the new claim is not selected");
    says(&page, "corrected")?;
    ensure!(page.count("#marked")? == 0, "the bar stays");
    // Other words for the same claim.
    let fewer = words.rsplit_once(' ').map_or(words, |(start, _)| start);
    select_words(&page, fewer)?;
    page.browser.click("#marked button:nth-of-type(2)")?;
    page.until(&format!("document.querySelector('#editor .part q').innerText === {}", json!(fewer)))?;
    // It is no claim after all.
    page.browser.keys(key::ESCAPE)?;
    page.browser.keys("x")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {claims}"))?;
    page.no_trouble()
}

#[test]
fn words_with_a_gap_become_one_claim() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    select_words(&page, "ruin")?;
    page.browser.click("#marked .primary")?;
    page.until("document.querySelector('#editor')")?;
    let added = page.selected()?.context("nothing is selected")?;
    ensure!(added != claim, "the claim that was there is changed");
    select_words(&page, "that the closure")?;
    page.browser.click("#editor .part .wide:nth-of-type(6)")?;
    page.until("document.querySelector('#editor .part q').innerText === 'that the closure … ruin'")?;
    page.no_trouble()
}

#[test]
fn a_claim_gets_a_day_and_stands_there_on_the_timeline() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    correct(&page, &claim)?;
    let set = "const day = document.querySelector('#editor input[type=date]');
        day.value = arguments[0];
        day.dispatchEvent(new Event('change', { bubbles: true }));";
    // While it is typed, a year has fewer digits.
    page.browser.run(set, json!("0020-06-03"))?;
    page.browser.run(set, json!("2019-06-03"))?;
    says(&page, "3 Jun 2019")?;
    ensure!(page.words("#corrections li span")?.ends_with("was made on 3 Jun 2019"), "{}", page.words("#corrections li")?);
    ensure!(page.count("#corrections li")? == 1, "a year of two digits was taken");
    let other = page.other_person(&page.copy_link()?)?;
    for page in [&page, &other] {
        page.open("Timeline")?;
        page.until(&format!("document.querySelector(`.days li:has(time[datetime='2019-06-03']) .card[data-claim='{claim}']`)"))?;
    }
    page.browser.click("#editor .day button")?;
    page.until(&format!("document.querySelector(`.undated .card[data-claim='{claim}']`)"))?;
    ensure!(page.holds("document.querySelector('#editor input[type=date]').value === ''")?, "the field still has a day");
    other.no_trouble()?;
    page.no_trouble()
}

#[test]
fn a_paragraph_is_set_aside_with_its_claims_and_brought_back() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let before = page.shown()?;
    let (aside, claims) = (page.count("[data-block].set-aside")?, page.count("#article .claim-number")?);
    select_words(&page, "ruin small shops")?;
    page.browser.click("#marked button:nth-last-of-type(2)")?;
    page.until(&format!("document.querySelectorAll('[data-block].set-aside').length === {}", aside + 1))?;
    ensure!(page.count("#article .claim-number")? < claims, "its claims are still there");
    let back = "[...document.querySelectorAll('[data-block].set-aside')].find((block) => block.innerText.includes('ruin small shops')).querySelector('button')";
    page.get(&format!("{back}.click()"))?;
    page.until("!document.querySelector('#corrections li')")?;
    ensure!(page.shown()? == before, "brought back, it is not what it was");
    page.no_trouble()
}

#[test]
fn everything_is_corrected_without_a_mouse() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claims = page.count("#article .claim-number")?;
    page.browser.keys("jj")?;
    page.until("document.querySelector('#panel .card[data-claim=c2][data-selected]')")?;
    // A claim that answers another, picked from the list; at the second try.
    page.browser.keys("a")?;
    page.until("document.activeElement?.matches('#pick select')")?;
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('#pick') && document.activeElement?.matches('#editor .responses > .wide')")?;
    page.browser.keys(key::ENTER)?;
    page.until("document.activeElement?.matches('#pick select')")?;
    page.browser.keys(key::DOWN)?;
    page.until("document.querySelector('#editor .answered-claim')")?;
    ensure!(page.count("svg.arcs path[data-from=c2]")? > 0, "no arc is drawn");
    // A new one: the next sentence, with an end moved.
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('#editor')")?;
    page.browser.keys("n")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {}", claims + 1))?;
    page.until("document.activeElement?.matches('#editor select')")?;
    let words = page.words("#editor .part q")?;
    for _ in 0..5 {
        page.browser.keys(key::TAB)?;
        if page.holds("document.activeElement?.getAttribute('aria-label') === 'Words: begins a word later'")? {
            break;
        }
    }
    page.browser.keys(key::ENTER)?;
    page.until(&format!("document.querySelector('#editor .part q').innerText !== {}", json!(words)))?;
    ensure!(page.holds("document.activeElement?.getAttribute('aria-label') === 'Words: begins a word later'")?, "the focus is lost");
    page.browser.keys(key::ESCAPE)?;
    page.browser.keys("x")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {claims}"))?;
    page.no_trouble()
}

#[test]
fn speakers_are_renamed_merged_and_split() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.keys("3")?;
    page.until("document.querySelector('#view .share')")?;
    let names = || page.get("[...document.querySelectorAll('#view .share > summary .name')].map((name) => name.innerText)");
    let unfold = || -> Result<()> {
        page.get("document.querySelectorAll('#view .share').forEach((e, n) => e.open = n === 0)")?;
        page.get("document.querySelector('#view .share .speaker-editor').open = true").map(drop)
    };
    let speakers = page.count("#view .share")?;
    unfold()?;
    page.get("document.querySelector('#view .share .speaker-editor input').select()")?;
    page.browser.run("document.querySelector('#view .share .speaker-editor input').focus()", json!([]))?;
    page.browser.keys(&format!("Maren Holt{}", key::ENTER))?;
    page.until("[...document.querySelectorAll('#view .share .name')].some((name) => name.innerText === 'Maren Holt')")?;
    unfold()?;
    page.browser.click("#view .split input[type=checkbox]")?;
    page.browser.click("#view .split input[type=text]")?;
    page.browser.keys(&format!("Olin Rask{}", key::ENTER))?;
    page.until(&format!("document.querySelectorAll('#view .share').length === {}", speakers + 1))?;
    let split = names()?;
    ensure!(split.to_string().contains("Olin Rask"), "{split}");
    unfold()?;
    page.choose("#view .share .speaker-editor select", "Olin Rask")?;
    page.until(&format!("document.querySelectorAll('#view .share').length === {speakers}"))?;
    page.no_trouble()
}

#[test]
fn corrections_stay_when_the_page_is_loaded_again() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.keys("j")?;
    page.until("document.querySelector('#panel .card[data-claim=c1][data-selected]')")?;
    page.browser.keys("x")?;
    page.until("document.querySelector('#corrections li')")?;
    page.browser.click("[data-block].set-aside .bring-back")?;
    page.until("document.querySelectorAll('#corrections li').length === 2")?;
    let link = page.copy_link()?;
    page.until(&format!("location.hash === '{link}'"))?;
    page.browser.reload()?;
    page.phase("shown")?;
    ensure!(page.count("#corrections li")? == 2, "corrections are lost");
    ensure!(page.count("[data-block] .set-aside-again")? == 1, "the block is aside again");
    // They can still be undone, the last one first, and made again.
    page.browser.keys(&format!("{}z", key::CONTROL))?;
    page.until("document.querySelectorAll('#corrections li').length === 1 && !document.querySelector('[data-block] .set-aside-again')")?;
    page.browser.keys(&format!("{}y", key::CONTROL))?;
    page.until("document.querySelectorAll('#corrections li').length === 2 && document.querySelector('[data-block] .set-aside-again')")?;
    page.no_trouble()
}

#[test]
fn on_a_phone_claims_are_corrected_by_touch() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 844)?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    page.get(&format!("document.querySelector(\"#article .claim-number[data-claim='{claim}']\").click()"))?;
    page.until("document.querySelector('#panel .correct')")?;
    page.browser.click("#panel .correct")?;
    page.choose("#editor select[aria-label=Speaker]", "Someone else")?;
    page.until("document.activeElement?.matches('#new-speaker')")?;
    page.browser.keys(&format!("Ina Voss{}", key::ENTER))?;
    page.until(&format!("document.querySelector(\"#article .claim-number[data-claim='{claim}']\").ariaLabel.includes('Ina Voss')"))?;
    ensure!(page.holds("document.documentElement.scrollWidth <= innerWidth")?, "the page scrolls sideways");
    page.no_trouble()
}

#[test]
fn the_editor_goes_with_the_selection_and_undo_brings_back_what_was_dropped() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    correct(&page, "c2")?;
    page.browser.click("#article .claim-number[data-claim=c3]")?;
    page.until("document.querySelector('#editor')?.ariaLabel === 'Correct claim 3'")?;
    // From a list, too.
    page.choose("#editor select[aria-label=Type]", "Promise")?;
    says(&page, "promise")?;
    page.browser.keys(&format!("{}z", key::CONTROL))?;
    page.until("!document.querySelector('#corrections li')")?;
    page.browser.keys(key::ESCAPE)?;
    page.until("!document.querySelector('#editor')")?;
    let words = "document.querySelector('#panel .selection .card[data-selected] .words').innerText";
    let dropped = page.get(words)?;
    page.browser.keys("x")?;
    page.until(&format!("{words} !== {dropped}"))?;
    page.until("document.activeElement?.matches('#article .claim-number[data-claim=c3]')")?;
    page.browser.keys(&format!("{}z", key::CONTROL))?;
    page.until(&format!("{words} === {dropped}"))?;
    // The walk goes on where it was, also after the panel that had the focus is gone.
    page.until("document.activeElement?.matches('#article .claim-number[data-claim=c3]')")?;
    page.browser.keys("e")?;
    page.until("document.activeElement?.matches('#editor select')")?;
    page.browser.keys(&format!("{0}{0}", key::ESCAPE))?;
    page.until("!document.querySelector('#panel .selection') && document.activeElement?.matches('#article .claim-number[data-claim=c3]')")?;
    page.no_trouble()
}
