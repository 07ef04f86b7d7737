//! `cargo xtask screenshots`: pictures of every view, for the README and for whoever changes the look.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::run::say;
use crate::server::Server;
use crate::{build, paths, tools};

/// Where the pictures go, from the repository's root.
const FOLDER: &str = "docs";
/// An article of our own that has as much in it as long ones have, from the repository's root.
const LONG: &str = "tests/browser/articles/barrage.txt";
/// What all pictures together should cost the README's readers at most, in bytes.
const LARGEST: usize = 1_000_000;
/// What is shown where somebody shares the site's address, and the page that it is taken of, from the repository's root.
const CARD: &str = "public/card.jpg";
const CARD_PAGE: &str = "xtask/card.html";
/// The views, as the switch has them, with what their pictures are called.
const VIEWS: [&str; 5] = ["read", "threads", "speakers", "timeline", "map"];

/// Takes the pictures of the built-in example and of a long article, each with an answered claim selected.
pub(crate) fn screenshots() -> Result<()> {
    let chromium = tools::chromium()?;
    build::site("./")?;
    say("Taking pictures of every view (half a minute).");
    let server = Server::start(&paths::dist(), "/", 0)?;
    let browser = Browser::start(&chromium)?;
    browser.resize(1280, 1000)?;
    browser.prefer_scheme("light")?;
    let folder = paths::root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let long = fs::read_to_string(paths::root().join(LONG)).with_context(|| format!("{LONG} can't be read"))?;
    let mut bytes = 0;
    for (name, text) in [("", None), ("long-", Some(&long))] {
        browser.open("about:blank")?;
        browser.open(server.url())?;
        browser.until("document.querySelector('#try-example')")?;
        match text {
            None => browser.click("#try-example")?,
            Some(text) => {
                let paste = "const area = document.querySelector('#paste');
                    area.value = arguments[0];
                    area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));";
                browser.run(paste, json!([text]))?;
            }
        }
        // With what the deep reading finds.
        browser.until("/^The deep reading/.test(document.querySelector('#depth-words')?.innerText)")?;
        let answered = browser.until("document.querySelector('svg.arcs path[data-to^=c]')?.dataset.to")?;
        let answered = answered.as_str().context("a claim has an id")?;
        browser.click(&format!("#article .claim-number[data-claim={answered}]"))?;
        browser.until("document.querySelector('#panel .reply .card')")?;
        for (place, view) in VIEWS.iter().enumerate() {
            browser.click(&format!("#views button:nth-child({})", place + 1))?;
            browser.run("scrollTo(0, 0)", json!([]))?;
            let picture = browser.screenshot("webp")?;
            bytes += picture.len();
            fs::write(folder.join(format!("{name}{view}.webp")), &picture)?;
        }
    }
    browser.resize(1200, 630)?;
    browser.open(&format!("file://{}", paths::root().join(CARD_PAGE).display()))?;
    fs::write(paths::root().join(CARD), browser.screenshot("jpeg")?)?;
    ensure!(bytes < LARGEST, "the pictures have {bytes} bytes, more than {LARGEST}");
    println!("{} pictures in {FOLDER} have {bytes} bytes.", VIEWS.len() * 2);
    Ok(())
}
