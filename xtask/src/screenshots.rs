//! `cargo xtask screenshots`: the README's picture.

use std::fs;

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::run::say;
use crate::server::Server;
use crate::{build, paths, tools};

/// The picture, from the repository's root.
const PICTURE: &str = "docs/read.png";
/// What a README should cost its readers at most, in bytes.
const LARGEST: usize = 300_000;

/// Takes the picture from the built-in example, with an answered claim selected.
pub(crate) fn screenshots() -> Result<()> {
    let chromium = tools::chromium()?;
    build::site("./")?;
    say("Taking the README's picture (seconds).");
    let server = Server::start(&paths::dist(), "/", 0)?;
    let browser = Browser::start(&chromium)?;
    browser.resize(1280, 1000)?;
    browser.prefer_scheme("light")?;
    browser.open(server.url())?;
    browser.until("document.querySelector('#try-example')")?;
    browser.click("#try-example")?;
    let answered = browser.until("document.querySelector('svg.arcs path[data-to^=c]')?.dataset.to")?;
    browser.click(&format!("#article .claim-number[data-claim={answered}]"))?;
    browser.until("document.querySelector('#panel .card.reply')")?;
    let picture = browser.screenshot()?;
    ensure!(picture.len() < LARGEST, "the picture has {} bytes, more than {LARGEST}", picture.len());
    let file = paths::root().join(PICTURE);
    fs::create_dir_all(file.with_file_name(""))?;
    fs::write(&file, &picture)?;
    println!("{PICTURE} has {} bytes.", picture.len());
    Ok(())
}
