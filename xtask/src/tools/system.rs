//! Packages of the operating system: installed with apt where that is ours to do, else asked for.

use std::fs;
use std::sync::Once;

use anyhow::{Context, Result, bail};

use crate::run::{command, find, output, run, say};

pub(super) fn npm() -> Result<()> {
    if find("npm").is_some() && find("node").is_some() {
        return Ok(());
    }
    let advice = "Install Node.js with npm (macOS: `brew install node`, Fedora: `dnf install npm`, Arch: `pacman -S npm`).";
    apt(&["npm"], "Node.js with npm, which brings wasm-opt and the accessibility checker", "2 minutes", advice)
}

pub(super) fn python() -> Result<()> {
    if find("python3").is_some() {
        return Ok(());
    }
    apt(&["python3"], "Python, which the scorer is written in", "under a minute", "Install Python 3.")
}

/// Python's installer of packages.
pub(super) fn pip() -> Result<()> {
    python()?;
    if output(&mut command("python3", &["-m", "pip", "--version"])).is_ok() {
        return Ok(());
    }
    apt(&["python3-pip"], "pip, which fetches Python packages", "a minute", "Install pip for Python 3.")
}

/// The lists of packages are fetched once a run.
static UPDATE: Once = Once::new();

/// Installs Debian packages; where that can't be done, the error is `advice`.
pub(super) fn apt(packages: &[&str], what: &str, time: &str, advice: &str) -> Result<()> {
    let Some(prefix) = administrator() else { bail!("{advice}") };
    say(&format!("Installing {what}, as system package {} (usually {time}, once).", packages.join(" and ")));
    let apt_get = |args: &[&str]| {
        let line = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"], args].concat();
        run(&mut command(line[0], &line[1..]))
    };
    UPDATE.call_once(|| {
        // With an old list, or one source out of reach, the packages may be had all the same.
        let _ = apt_get(&["update"]);
    });
    apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat()).context(advice.to_owned())
}

/// How to act as administrator with apt-get: directly as root, through sudo where it asks no password; `None`
/// where neither goes or there is no apt-get.
pub(super) fn administrator() -> Option<&'static [&'static str]> {
    find("apt-get")?;
    if output(&mut command("id", &["-u"])).is_ok_and(|id| id == "0") {
        return Some(&[]);
    }
    output(&mut command("sudo", &["-n", "true"])).is_ok().then_some(&["sudo", "-n"])
}

/// Whether this is Ubuntu, whose Chromium is no apt package.
pub(super) fn is_ubuntu() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line.trim() == "ID=ubuntu"))
}
