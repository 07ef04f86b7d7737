//! The text never leaves the page.

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::page::{BRIDGE, Page};

/// Waits until nothing has been asked of the server for a while, and gives what was.
fn settled(page: &Page) -> Vec<String> {
    loop {
        let before = page.server.requests();
        sleep(Duration::from_millis(1500));
        if page.server.requests() == before {
            return before;
        }
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere_and_nothing_after_the_page_has_loaded() -> Result<()> {
    let page = Page::start()?;
    let loaded = settled(&page);
    ensure!(loaded.iter().any(|path| path.contains(".wasm")), "{loaded:?}");

    page.read(BRIDGE)?;
    page.browser.click("#article .claim-number")?;
    page.browser.click("[data-block].set-aside .bring-back")?;
    page.browser.click("#theme")?;
    page.copy_link()?;
    page.browser.click("#new")?;
    page.browser.click("#try-example")?;
    page.phase("shown")?;
    ensure!(settled(&page) == loaded, "after loading, {:?} was asked for", &page.server.requests()[loaded.len()..]);

    let root = page.server.url();
    let prefix = root.splitn(4, '/').nth(3).context("the site has a path")?;
    ensure!(loaded.iter().all(|path| path.trim_start_matches('/').starts_with(prefix)), "{loaded:?}");
    let asked = page.browser.requests()?;
    ensure!(asked.iter().any(|url| url == root), "the page itself is not among {asked:?}");
    for url in &asked {
        ensure!(url.starts_with(root) || url.starts_with("data:") || url.starts_with("blob:"), "{url} was asked for");
        ensure!(!url.contains("harbour"), "the text is in {url}");
    }
    page.no_trouble()
}

#[test]
fn a_strict_policy_is_in_force_and_nothing_violates_it() -> Result<()> {
    let page = Page::start()?;
    let policy = page.get("document.querySelector('meta[http-equiv=Content-Security-Policy]').content")?;
    let policy = policy.as_str().context("the policy is a text")?;
    for part in ["default-src 'none'", "'wasm-unsafe-eval'", "'sha256-", "form-action 'none'", "connect-src 'self'"] {
        ensure!(policy.contains(part), "{part} is not in {policy}");
    }
    for part in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
        ensure!(!policy.contains(part), "{part} is in {policy}");
    }
    page.read(BRIDGE)?;
    page.browser.click("#article .claim-number")?;
    page.no_trouble()?;

    let inject =
        "const script = document.createElement('script'); script.textContent = 'window.injected = true'; document.body.append(script)";
    page.browser.run(inject, json!([]))?;
    page.until("violations.length === 1")?;
    ensure!(!page.holds("window.injected")?, "a script got in");
    Ok(())
}
