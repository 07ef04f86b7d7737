//! `cargo xtask build`: the static site.

use std::fmt;
use std::fs;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::run::{command, run, say};
use crate::{pack, paths, sizes, tools};

/// How the page names the picture for those to whom its address is sent.
const CARD: &str = "content=\"card.jpg\"";

/// Writes the site to `dist`, for being served under `public_url`, and checks what it weighs.
pub(crate) fn build(public_url: &str) -> Result<()> {
    site(public_url)?;
    sizes::report(&paths::dist())
}

/// Writes the site to `dist`.
pub(crate) fn site(public_url: &str) -> Result<()> {
    tools::for_building()?;
    say("Building the page and its worker (usually 1 minute, 3 the first time).");
    let trunk = ["build", "--release", "--locked", "--offline", "--public-url", public_url, "--dist"];
    // Trunk takes NO_COLOR for an option of its own, and only as true or false.
    let deep = Weights::read()?;
    run(command("trunk", &trunk)
        .arg(paths::dist())
        .env("SAYSO_BUILD", mark()?)
        .env("SAYSO_DEEP", deep.to_string())
        .env_remove("NO_COLOR"))?;
    fs::write(paths::dist().join(deep.name()), &deep.bytes)?;
    let page = paths::dist().join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("{} can't be read", page.display()))?;
    // Few of those who fetch it look for it beside the page.
    let html = if public_url.starts_with("https://") { html.replace(CARD, &format!("content=\"{public_url}card.jpg\"")) } else { html };
    pack::scripts(&paths::dist())?;
    let html = pack::styles(&html, &paths::dist())?;
    Ok(fs::write(&page, allow_own_script(&html)?)?)
}

/// The weights of the deep reading, which the page fetches when they are wanted.
struct Weights {
    bytes: Vec<u8>,
    /// SHA-256 in base64url.
    digest: String,
}

impl Weights {
    fn read() -> Result<Self> {
        let file = paths::root().join(sizes::DEEP_WEIGHTS);
        let bytes = fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?;
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes));
        Ok(Self { bytes, digest })
    }

    /// Other weights, another name: what is kept under a name is never out of date.
    fn name(&self) -> String {
        format!("sayso-deep-{}.weights", &self.digest[..16])
    }
}

/// As the worker reads it: name, digest, bytes.
impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.name(), self.digest, self.bytes.len())
    }
}

/// The build's mark, by which the page knows its own worker: a digest of all that goes in.
fn mark() -> Result<String> {
    let root = paths::root();
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    for folder in ["src", "assets"] {
        paths::files(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(fs::read(file)?);
    }
    Ok(URL_SAFE_NO_PAD.encode(&digest.finalize()[..9]))
}

/// Trunk starts the page with a script inside the HTML: the page's policy is given the hash of each such script.
fn allow_own_script(html: &str) -> Result<String> {
    let hash = |script: &str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
    let hashes = inline_scripts(html).map(hash).collect::<Vec<_>>().concat();
    let policy = html.find("http-equiv=\"Content-Security-Policy\"").context("index.html holds no Content-Security-Policy")?;
    let directive = html[policy..].find("script-src").context("the Content-Security-Policy has no script-src")? + policy;
    let end = directive + html[directive..].find([';', '"']).context("the Content-Security-Policy does not end")?;
    if html.find("<script").is_some_and(|script| script < end) {
        bail!("index.html holds a script before its Content-Security-Policy, which does not cover it there");
    }
    Ok([&html[..end], &hashes, &html[end..]].concat())
}

fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::allow_own_script;

    #[test]
    fn the_policy_names_the_inline_script_by_its_hash() {
        let html = |policy: &str| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
                 <script src=\"a.js\"></script><script type=\"module\">alert('Hello, world.');</script>"
            )
        };
        let hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        let expected = html(&format!("script-src 'self' {hash}; img-src data:"));
        assert_eq!(allow_own_script(&html("script-src 'self'; img-src data:")).unwrap(), expected);
        assert_eq!(allow_own_script(&html("script-src 'self'")).unwrap(), html(&format!("script-src 'self' {hash}")));
    }

    #[test]
    fn a_page_without_a_policy_over_its_scripts_is_refused() {
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">";
        assert!(allow_own_script("<p>Hello</p>").is_err());
        assert!(allow_own_script(&format!("<script>early()</script>{policy}")).is_err());
    }
}
