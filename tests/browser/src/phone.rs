//! A phone in someone's hand: a small screen, and fingers for all but typing.

use anyhow::{Context, Result, ensure};

use crate::page::{BRIDGE, FAST, Page};

const VIEWS: [&str; 5] = ["Threads", "Speakers", "Timeline", "Map", "Read"];

/// A person with a phone, who has read an article; `script` runs before the page's own.
fn reading(script: &str) -> Result<Page> {
    let page = Page::start_with(&format!("{FAST}{script}"))?;
    page.browser.resize(390, 844)?;
    page.browser.have_fingers()?;
    page.read(BRIDGE)?;
    Ok(page)
}

/// Touches the middle of the first element of this selector, of those with these words where there are any; what lies over
/// it is touched in its place.
fn tap_named(page: &Page, selector: &str, words: &str) -> Result<()> {
    let found = format!("[...document.querySelectorAll(\"{selector}\")].find((element) => element.textContent.includes('{words}'))");
    page.until(&found)?;
    // Where it is once nothing moves any more.
    let script = "const frame = () => new Promise((done) => requestAnimationFrame(done));
        const place = () => { const { left, top, width, height } = arguments[0].getBoundingClientRect(); return [left + width / 2, top + height / 2, top, height] };
        return (async () => {
            let now = place();
            if (now[2] < 0 || now[2] + now[3] > innerHeight) arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });
            for (let before = null; String(before) !== String(now); now = place()) { before = now; await frame(); await frame(); }
            return now;
        })()";
    let middle = page.get(&format!("(function () {{ {script} }})({found})"))?;
    let at = |n: usize| middle[n].as_f64().with_context(|| format!("{selector} is nowhere"));
    page.browser.touch("touchStart", &[(at(0)?, at(1)?)])?;
    page.browser.touch("touchEnd", &[])
}

fn tap(page: &Page, selector: &str) -> Result<()> {
    tap_named(page, selector, "")
}

fn open(page: &Page, view: &str) -> Result<()> {
    tap_named(page, "#views button", view)?;
    page.until(&format!("document.querySelector('#views [aria-current]').textContent === '{view}'")).map(drop)
}

fn fits(page: &Page) -> Result<()> {
    ensure!(page.holds("document.documentElement.scrollWidth <= innerWidth")?, "the page scrolls sideways");
    page.no_trouble()
}

#[test]
fn a_tapped_claim_is_selected_in_every_view() -> Result<()> {
    let page = reading("")?;
    let claim = page.claim("ruin small shops")?;
    tap(&page, &format!("#article .claim-number[data-claim='{claim}']"))?;
    page.until("document.querySelector('#panel .selection')")?;
    for view in VIEWS {
        open(&page, view)?;
        let shown = if view == "Read" { "#article" } else { "#view" };
        page.until(&format!("document.querySelector(\"{shown} [data-claim='{claim}'][data-selected]\")"))?;
        fits(&page)?;
    }
    open(&page, "Threads")?;
    tap_named(&page, "#panel .selection button", "Show all")?;
    page.until("!document.querySelector('#panel .selection')")?;
    tap(&page, "#view .card[data-claim=c1] .speaker")?;
    page.until("document.querySelector('#panel .card[data-claim=c1][data-selected]')")?;
    open(&page, "Map")?;
    tap(&page, &format!("#map .node[data-claim='{claim}']"))?;
    page.until(&format!("document.querySelector(\"#panel .card[data-claim='{claim}'][data-selected]\")"))?;
    fits(&page)
}

#[test]
fn claims_are_found_and_all_come_back_by_touch() -> Result<()> {
    let page = reading("")?;
    tap(&page, "#find")?;
    tap(&page, "#find-words")?;
    page.until("document.activeElement?.id === 'find-words'")?;
    page.browser.keys("lost day")?;
    page.until("document.querySelector('.found').innerText.startsWith('1 of ')")?;
    fits(&page)?;
    for view in VIEWS {
        open(&page, view)?;
        page.until("document.querySelector('.found').innerText.startsWith('1 of ')")?;
    }
    tap_named(&page, ".find button", "Clear")?;
    page.until("!document.querySelector('.find') && !document.querySelector('[data-out]')")?;
    fits(&page)
}

#[test]
fn a_claim_is_dropped_and_brought_back_by_touch() -> Result<()> {
    let page = reading("")?;
    let all = page.count("#article .claim-number")?;
    tap(&page, "#article .claim-number[data-claim=c2]")?;
    tap(&page, "#panel .correct")?;
    page.until("document.querySelector('#editor')")?;
    page.choose("#editor select[aria-label=Type]", "Promise")?;
    page.until("document.querySelector('#panel .corrected')")?;
    tap_named(&page, "#editor button", "Not a claim")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {}", all - 1))?;
    tap(&page, "#panel .undo-here")?;
    page.until(&format!("document.querySelectorAll('#article .claim-number').length === {all}"))?;
    fits(&page)
}

#[test]
fn what_was_read_is_opened_again_and_printed_by_touch() -> Result<()> {
    let page = reading("window.printed = 0; window.print = () => { printed += 1 };")?;
    tap(&page, "#print")?;
    page.until("printed === 1")?;
    tap(&page, "#notes li button")?;
    page.until("document.querySelector('#notes button[aria-pressed=true]')")?;
    tap(&page, "#new")?;
    page.phase("start")?;
    tap(&page, "#recent .title")?;
    page.phase("shown")?;
    fits(&page)
}
