//! Whatever is pasted gets a sensible page, and none of it is lost.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::{BRIDGE, Page};

/// Pastes a text that can be read and waits until all of it is on the page, in order.
fn shown_whole(page: &Page, text: &str) -> Result<()> {
    if !page.holds("document.querySelector('#paste')")? {
        page.browser.click("#new")?;
        page.phase("start")?;
    }
    page.fill(text)?;
    page.phase("shown")?;
    // Numbers and buttons are the page's, the rest is the text's.
    let script = "const article = document.querySelector('#article').cloneNode(true);
        article.querySelectorAll('button, svg, [hidden], .visually-hidden').forEach((e) => e.remove());
        return article.textContent";
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    let there = page.browser.run(script, json!([]))?;
    let there = bare(there.as_str().unwrap_or_default());
    ensure!(there.contains(&bare(text)), "of {text:?} the page shows {there:?}");
    page.no_trouble()
}

#[test]
fn nothing_and_white_space_are_told_so() -> Result<()> {
    let page = Page::start()?;
    page.fill("")?;
    page.phase("start")?;
    for text in [" ", "\n\n\t \u{a0}\n", "\0\u{1}\u{2}"] {
        page.fill(text)?;
        page.phase("refused")?;
        ensure!(page.words("#problem")?.contains("no text"), "{text:?}: {:?}", page.words("#problem")?);
        page.fill("Hello")?;
        page.phase("shown")?;
        page.browser.click("#new")?;
        page.phase("start")?;
    }
    page.no_trouble()
}

#[test]
fn an_address_instead_of_a_text_is_told_so() -> Result<()> {
    let page = Page::start()?;
    for address in ["https://example.org/news/bridge?page=1", " www.example.org/bridge\n"] {
        page.fill(address)?;
        page.phase("refused")?;
        ensure!(page.words("#problem")?.contains("not its address"), "{address:?}: {:?}", page.words("#problem")?);
        page.fill("Hello")?;
        page.phase("shown")?;
        page.browser.click("#new")?;
        page.phase("start")?;
    }
    page.no_trouble()
}

#[test]
fn a_text_far_too_long_is_refused_and_kept() -> Result<()> {
    let page = Page::start()?;
    let long = BRIDGE.repeat(2_000_000 / BRIDGE.len() + 1);
    page.fill(&long)?;
    page.phase("refused")?;
    ensure!(page.words("#problem")?.contains("MB"), "{:?}", page.words("#problem")?);
    let length = page.get("new TextEncoder().encode(document.querySelector('#paste').value).length")?;
    ensure!(length.as_u64() == Some(long.len() as u64), "{length} of {} bytes are left", long.len());
    page.fill("“It is short now,” Ada Vance said.")?;
    page.phase("shown")?;
    page.no_trouble()
}

#[test]
fn texts_with_nothing_to_find_are_told_so() -> Result<()> {
    let page = Page::start()?;
    for text in ["Hello", "“”\"\"‘’''«»", "The tide table for the week hangs at the pier, beside the map."] {
        shown_whole(&page, text)?;
        ensure!(page.count("#article .claim-number")? == 0, "{text:?} has claims");
        let words = page.get("document.body.innerText")?.to_string().to_lowercase();
        ensure!(words.contains("no statements") || words.contains("no claims"), "{words}");
    }
    Ok(())
}

#[test]
fn texts_that_are_not_english_are_told_so_and_shown() -> Result<()> {
    let page = Page::start()?;
    for text in [
        "Der Bürgermeister sagte am Montag, die Brücke werde im Juni geschlossen. Die Händler am Hafen sind nicht damit einverstanden und wollen klagen.",
        "قال رئيس البلدية يوم الاثنين إن الجسر سيغلق في يونيو. وقال أصحاب المتاجر في الميناء إنهم لا يوافقون على ذلك.",
        "市長は月曜日、橋を六月に閉鎖すると述べた。港の商店主らは反対している。",
    ] {
        shown_whole(&page, text)?;
        ensure!(page.get("document.body.innerText")?.to_string().contains("English"), "nothing says that {text:?} is not English");
    }
    Ok(())
}

#[test]
fn odd_characters_are_shown_as_they_are() -> Result<()> {
    let page = Page::start()?;
    for (text, claim) in [
        ("“The bridge is closed, Mayor Edda Lindqvist said. Nobody closed the quotation.", None),
        ("“🌊👩‍👩‍👧 is coming,” Mayor Zoë Ångström said. A\u{30a} flood in cafe\u{301}s followed.", Some("👩‍👩‍👧 is coming")),
        ("“The bridge is closed,” Mayor Edda Lindqvist said.\r\n\r\n“It is not,” Ravi Okonjo said.\r\n", Some("It is not")),
        ("“The \0bridge\u{7} is\u{1b} closed,” Mayor Edda Lindqvist said.\u{feff}\u{202e}\u{200b}", Some("bridge")),
        ("“السلام عليكم,” Mayor Edda Lindqvist said. The mayor said the words שלום were heard too.", Some("السلام عليكم")),
        (
            "<p>“The bridge is <b>closed</b>,” Mayor Edda Lindqvist said.</p><img src=x onerror=alert(1)><script>alert(2)</script>&lt;i&gt;",
            Some("<b>closed</b>"),
        ),
    ] {
        shown_whole(&page, text)?;
        if let Some(words) = claim {
            page.claim(words)?;
        }
        ensure!(page.count("#article :is(img, script, b, i, iframe)")? == 0, "markup of {text:?} became part of the page");
    }
    Ok(())
}
