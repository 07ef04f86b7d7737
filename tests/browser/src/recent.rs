//! Recent breakdowns: kept by the browser, listed on the first screen, and gone when the person says so.

use anyhow::{Result, ensure};
use sayso::engine::Labeller;
use sayso::link;
use serde_json::{Value, json};
use xtask::browser::key;

use crate::keyboard::tab_to;
use crate::page::{BRIDGE, FAST, Page};

const OTHER: &str = "“The pier is shut,” Mayor Nell Arden said. Captain Bo Tully said the ferry was late.";

/// To the first screen, once what was read is in its list.
fn start_anew(page: &Page, entries: usize) -> Result<()> {
    page.browser.click("#new")?;
    page.phase("start")?;
    listed(page, entries)
}

/// Waits until so many entries are listed.
fn listed(page: &Page, entries: usize) -> Result<()> {
    page.until(&format!("document.querySelectorAll('#recent li[data-key]').length === {entries}")).map(drop)
}

/// Reads a text and goes back to the first screen, where so many are listed.
fn read(page: &Page, text: &str, entries: usize) -> Result<()> {
    page.fill(text)?;
    page.phase("shown")?;
    start_anew(page, entries)
}

/// Runs the body of an asynchronous function with the page's database as `db`.
fn with_database(page: &Page, body: &str) -> Result<Value> {
    let script = "const db = await new Promise((done, fail) => {
            const request = indexedDB.open('sayso');
            request.onsuccess = () => done(request.result);
            request.onerror = fail;
        });
        const after = (request) => new Promise((done, fail) => { request.onsuccess = () => done(request.result); request.onerror = fail });
        try { BODY } finally { db.close() }";
    page.browser.run(&format!("return (async () => {{ {} }})()", script.replace("BODY", body)), json!([]))
}

/// A person who has read two texts, and is at the start page again.
fn two_read() -> Result<Page> {
    let page = Page::start()?;
    read(&page, BRIDGE, 1)?;
    read(&page, OTHER, 2)?;
    Ok(page)
}

#[test]
fn a_breakdown_is_there_after_a_reload_as_it_was_and_the_draft_stays() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let claim = page.claim("ruin small shops")?;
    page.browser.click(&format!("#article .claim-number[data-claim='{claim}']"))?;
    page.open("Threads")?;
    page.until("document.querySelector('#view h1')")?;
    // What is kept follows within a moment.
    let kept = "return (await after(db.transaction('links').objectStore('links').getAll()))[0]?.slice(0, 2) ?? null";
    let begun = std::time::Instant::now();
    while with_database(&page, kept)? != "2t" {
        ensure!(begun.elapsed().as_secs() < 10, "the view is not kept");
    }
    start_anew(&page, 1)?;
    let about = page.words("#recent .about")?;
    ensure!(about.starts_with("today ") && about.ends_with(" words"), "{about}");
    let headline = page.words("#recent .title")?;
    ensure!(BRIDGE.contains(&headline), "{headline}");

    page.browser.reload()?;
    page.phase("start")?;
    listed(&page, 1)?;
    page.browser.keys("A draft")?;
    page.until("document.querySelector('#paste').value === 'A draft'")?;
    page.browser.click("#recent .title")?;
    page.phase("shown")?;
    page.until("document.querySelector('#view h1')?.textContent === 'Threads'")?;
    page.until(&format!("document.querySelector(\"#panel .card[data-claim='{claim}'][data-selected]\")"))?;
    page.browser.click("#new")?;
    page.phase("start")?;
    ensure!(page.get("document.querySelector('#paste').value")? == "A draft", "the draft is gone");
    page.no_trouble()
}

#[test]
fn entries_are_opened_deleted_and_brought_back_by_keyboard() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 844)?;
    read(&page, BRIDGE, 1)?;
    read(&page, OTHER, 2)?;
    ensure!(page.words("#recent .title")?.contains("The pier is shut"), "the newest is not the first");
    tab_to(&page, "#recent li:last-child .title")?;
    page.browser.keys(key::ENTER)?;
    page.phase("shown")?;
    ensure!(page.words("#article")?.contains("harbour bridge"), "something else was opened");
    start_anew(&page, 2)?;
    page.until("!document.querySelector('#recent .title').innerText.includes('The pier')")?;

    tab_to(&page, "#recent li:first-child .delete")?;
    page.browser.keys(key::ENTER)?;
    listed(&page, 1)?;
    page.until("document.querySelector('#announcer').textContent.startsWith('Deleted: ')")?;
    page.until("document.activeElement.id === 'bring-back-deleted'")?;
    page.browser.keys(key::ENTER)?;
    listed(&page, 2)?;
    page.until("document.activeElement.matches('#recent li:first-child .title')")?;

    tab_to(&page, "#delete-all")?;
    page.browser.keys(key::ENTER)?;
    listed(&page, 0)?;
    page.browser.reload()?;
    page.phase("start")?;
    page.until("document.querySelector('#keep-recent')")?;
    ensure!(with_database(&page, "return after(db.transaction('links').objectStore('links').count())")? == 0, "a link is still kept");
    page.no_trouble()
}

#[test]
fn all_are_deleted_and_brought_back() -> Result<()> {
    let page = Page::start()?;
    for n in 1..=7 {
        read(&page, &format!("{OTHER} It was number {n}."), n.min(5))?;
    }
    page.browser.click("#all-recent")?;
    listed(&page, 7)?;
    page.until("document.activeElement.matches('#recent li:nth-child(6) .title')")?;
    page.browser.click("#delete-all")?;
    listed(&page, 0)?;
    page.browser.click("#bring-back-deleted")?;
    listed(&page, 7)?;
    page.no_trouble()
}

#[test]
fn a_second_click_deletes_nothing_more_and_what_was_deleted_in_turn_comes_back_together() -> Result<()> {
    let page = Page::start()?;
    for n in 1..=4 {
        read(&page, &format!("{OTHER} It was number {n}."), n)?;
    }
    let place =
        "(() => { const { left, top, width, height } = document.querySelector('#recent li:nth-child(2) .delete').getBoundingClientRect();
        return [left + width / 2, top + height / 2] })()";
    let place = page.get(place)?;
    page.browser.click("#recent li:nth-child(2) .delete")?;
    listed(&page, 3)?;
    let met = format!("document.elementFromPoint(...{place}).closest('button')");
    ensure!(page.holds(&format!("{met} === null"))?, "a second click meets {}", page.get(&format!("{met}.outerHTML"))?);
    page.browser.click("#recent li[data-key] .delete")?;
    listed(&page, 2)?;
    ensure!(page.words("#recent .removed")?.contains("Deleted 2 recent breakdowns."), "{}", page.words("#recent .removed")?);
    page.browser.click("#bring-back-deleted")?;
    listed(&page, 4)?;
    page.no_trouble()
}

#[test]
fn the_last_text_goes_with_its_breakdown() -> Result<()> {
    let page = two_read()?;
    page.browser.click("#forget")?;
    listed(&page, 1)?;
    ensure!(!page.words("#recent .title")?.contains("The pier"), "another was deleted");
    ensure!(page.count("#previous")? == 0, "the last text is still there");
    page.browser.click("#bring-back-deleted")?;
    listed(&page, 2)?;
    page.no_trouble()
}

#[test]
fn the_same_text_is_kept_once() -> Result<()> {
    let page = two_read()?;
    read(&page, BRIDGE, 2)?;
    page.until("!document.querySelector('#recent .title').innerText.includes('The pier')")?;
    page.no_trouble()
}

#[test]
fn what_has_no_claims_is_not_kept() -> Result<()> {
    let page = Page::start()?;
    read(&page, "Hello", 0)?;
    read(&page, BRIDGE, 1)?;
    page.no_trouble()
}

#[test]
fn a_link_says_that_it_is_one_and_the_example_is_not_kept() -> Result<()> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    let other = page.other_person(&page.copy_link()?)?;
    other.phase("shown")?;
    start_anew(&other, 1)?;
    ensure!(other.words("#recent .about")?.ends_with("from a link"), "{}", other.words("#recent .about")?);
    other.browser.click("#try-example")?;
    other.phase("shown")?;
    start_anew(&other, 1)?;
    // Pasted, it is the reader's own.
    read(&other, BRIDGE, 1)?;
    other.until("!document.querySelector('#recent .about').innerText.includes('link')")?;
    other.no_trouble()
}

#[test]
fn switched_off_nothing_is_kept() -> Result<()> {
    let page = Page::start()?;
    read(&page, BRIDGE, 1)?;
    ensure!(page.words("#keep-note")?.contains("deletes"), "nobody says what switching off does");
    page.browser.click("#keep-recent")?;
    listed(&page, 0)?;
    read(&page, OTHER, 0)?;
    page.browser.reload()?;
    page.phase("start")?;
    ensure!(!page.holds("document.querySelector('#keep-recent').checked")?, "the switch forgot");
    ensure!(with_database(&page, "return after(db.transaction('links').objectStore('links').count())")? == 0, "something is kept");
    page.browser.click("#keep-recent")?;
    read(&page, OTHER, 1)?;
    page.no_trouble()
}

#[test]
fn without_a_database_the_page_works_and_says_so() -> Result<()> {
    let refusals = [
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') };",
        "const open = IDBFactory.prototype.open;
         IDBFactory.prototype.open = function () { const request = open.call(this, 'x', 1); request.addEventListener('upgradeneeded', () => request.transaction.abort()); return request };",
        "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    ];
    for refusal in refusals {
        let page = Page::start_with(&format!("{FAST}{refusal}"))?;
        page.until("document.querySelector('#recent-trouble').innerText.includes('doesn’t let Sayso keep')")?;
        page.read(BRIDGE)?;
        page.claim("ruin small shops")?;
        start_anew(&page, 0)?;
        page.until("document.querySelector('#recent-trouble').innerText.includes('doesn’t let Sayso keep')")?;
        page.no_trouble()?;
    }
    Ok(())
}

#[test]
fn where_there_is_no_room_what_is_kept_stays() -> Result<()> {
    // Browsers refuse a single record, or find at the end that the whole doesn't fit.
    let refusals = [
        "throw new DOMException('full', 'QuotaExceededError')",
        "const request = put.apply(this, record); request.addEventListener('success', () => this.transaction.abort()); return request",
    ];
    for refusal in refusals {
        let full = format!(
            "const put = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (...record) {{ if (!window.full) return put.apply(this, record); {refusal} }};"
        );
        let page = Page::start_with(&format!("{FAST}{full}"))?;
        read(&page, BRIDGE, 1)?;
        page.get("window.full = true")?;
        page.fill(OTHER)?;
        page.phase("shown")?;
        page.claim("The pier is shut")?;
        page.browser.click("#new")?;
        page.phase("start")?;
        page.until("document.querySelector('#recent-trouble').innerText.includes('no room')")?;
        listed(&page, 1)?;
        page.browser.click("#recent .title")?;
        page.phase("shown")?;
        ensure!(page.words("#article")?.contains("harbour bridge"), "something else was opened");
        page.no_trouble()?;
    }
    Ok(())
}

#[test]
fn what_cannot_be_read_says_so_and_can_be_deleted() -> Result<()> {
    let page = Page::start()?;
    read(&page, BRIDGE, 1)?;
    let damage = "const [key] = await after(db.transaction('links').objectStore('links').getAllKeys());
        await after(db.transaction('links', 'readwrite').objectStore('links').put('1r-garbage', key))";
    with_database(&page, damage)?;
    page.browser.click("#recent .title")?;
    page.phase("refused")?;
    ensure!(page.words("#problem")?.contains("can’t be read"), "{}", page.words("#problem")?);
    page.browser.click("#recent .delete")?;
    listed(&page, 0)?;
    page.phase("start")?;
    page.no_trouble()
}

#[test]
fn another_tab_may_have_deleted_it() -> Result<()> {
    let page = Page::start()?;
    read(&page, BRIDGE, 1)?;
    let clear = "const stores = db.transaction(['entries', 'links'], 'readwrite');
        await after(stores.objectStore('entries').clear());
        await after(stores.objectStore('links').clear())";
    with_database(&page, clear)?;
    page.browser.click("#recent .title")?;
    page.phase("refused")?;
    ensure!(page.words("#problem")?.contains("deleted in another window"), "{}", page.words("#problem")?);
    listed(&page, 0)?;
    page.no_trouble()
}

#[test]
fn what_is_kept_follows_the_deep_reading() -> Result<()> {
    let page = Page::start_with("")?;
    page.read(BRIDGE)?;
    page.until("/^The deep reading (agrees|found|dropped|changed)/.test(document.querySelector('#depth-words')?.innerText)")?;
    page.browser.click("#new")?;
    page.phase("start")?;
    listed(&page, 1)?;
    let link = with_database(&page, "return (await after(db.transaction('links').objectStore('links').getAll()))[0]")?;
    let breakdown = link::decode(link.as_str().unwrap_or_default())?.breakdown;
    ensure!(breakdown.labeller == Labeller::Deep, "the fast reading is kept");
    page.no_trouble()
}
