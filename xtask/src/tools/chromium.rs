//! Chromium and its driver.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::system;
use crate::run::{command, find, output, run, say};

const ADVICE: &str = "The browser tests need Chromium (or Chrome) and chromedriver of one version on the PATH, or named by CHROMIUM and CHROMEDRIVER \
(Debian: `apt-get install chromium chromium-driver`, Ubuntu: `snap install chromium`, Fedora: `dnf install chromium chromedriver`, \
Arch: `pacman -S chromium`, macOS: `brew install --cask chromium chromedriver`).";

/// The two programs, of one version.
#[derive(Clone, Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// chromedriver.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver, or installs them.
pub fn chromium() -> Result<Chromium> {
    if let Some(found) = look()? {
        return Ok(found);
    }
    if !system::is_ubuntu() {
        system::apt(&["chromium", "chromium-driver"], "Chromium and its driver, which the page is tested in", "2 minutes", ADVICE)?;
    } else if let (Some(prefix), Some(_)) = (system::administrator(), find("snap")) {
        // Ubuntu's chromium packages are stubs that want the snap, and the snap brings the driver.
        say("Installing Chromium and its driver, which the page is tested in, as a snap (usually 3 minutes, once).");
        let line = [prefix, &["snap", "install", "chromium"]].concat();
        run(&mut command(line[0], &line[1..])).context(ADVICE)?;
    }
    look()?.context(ADVICE)
}

fn look() -> Result<Option<Chromium>> {
    let browser = pick("CHROMIUM", &["chromium", "/snap/bin/chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])?;
    let driver = pick("CHROMEDRIVER", &["chromedriver", "/snap/bin/chromium.chromedriver"])?;
    let (Some((browser, browser_version)), Some((driver, driver_version))) = (browser, driver) else { return Ok(None) };
    if browser_version != driver_version {
        let (browser, driver) = (browser.display(), driver.display());
        bail!("{browser} is of version {browser_version} and {driver} of version {driver_version}; they must be of one. {ADVICE}");
    }
    Ok(Some(Chromium { browser, driver }))
}

/// The program that the variable names, else the first that runs, with its major version. Running it tells a
/// browser from a stub that only says where to get one.
fn pick(variable: &str, names: &[&str]) -> Result<Option<(PathBuf, String)>> {
    if let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let version = major_version(&named.to_string_lossy()).with_context(|| format!("{variable} names no browser program that runs"))?;
        return Ok(Some((named.into(), version)));
    }
    Ok(names.iter().find_map(|name| Some((find(name)?, major_version(name)?))))
}

fn major_version(program: &str) -> Option<String> {
    let said = output(&mut command(program, &["--version"])).ok()?;
    let number = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split('.').next().map(str::to_owned)
}
