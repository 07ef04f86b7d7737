//! What goes out of what was built: one stylesheet rather than many, and none of the comments, which only those want who
//! have the source.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::{paths, sizes};

/// Takes the comments out of the scripts in a folder.
pub(crate) fn scripts(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    paths::files(dist, &mut files)?;
    for file in files.iter().filter(|file| sizes::is_a(file, &["js"])) {
        fs::write(file, script(&fs::read_to_string(file)?))?;
    }
    Ok(())
}

/// Puts the stylesheets that a page names into one, in their order, and gives the page that names it.
pub(crate) fn styles(html: &str, dist: &Path) -> Result<String> {
    let names: Vec<&str> = html.lines().filter_map(stylesheet).collect();
    let first = *names.first().context("index.html names no stylesheet on a line of its own")?;
    let mut all = String::new();
    for file in names.iter().map(|name| dist.join(name)) {
        all.push_str(&style(&fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?));
        fs::remove_file(file)?;
    }
    let name = format!("style-{}.css", URL_SAFE_NO_PAD.encode(&Sha256::digest(&all)[..12]));
    fs::write(dist.join(&name), all)?;
    // The first of them gives its place to the one that holds all.
    let stay = html.lines().filter(|line| stylesheet(line).is_none_or(|name| name == first));
    let page: String = stay.flat_map(|line| [line, "\n"]).collect();
    ensure!(page.matches("rel=\"stylesheet\"").count() == 1, "index.html still names several stylesheets");
    Ok(page.replace(first, &name))
}

/// The file that a line of HTML names as a stylesheet and does nothing else with.
fn stylesheet(line: &str) -> Option<&str> {
    let link = line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"")?;
    let address = link.strip_suffix("\"/>")?;
    Some(address.rsplit('/').next().unwrap_or(address))
}

/// CSS without comments, indentation and empty lines. No string of ours holds the mark of a comment.
fn style(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// A script without those comments that have lines of their own. The rest of a line is left alone: telling comments from
/// strings and patterns takes a parser.
fn script(js: &str) -> String {
    let mut within = false;
    let mut bare = String::new();
    for line in js.lines() {
        let start = line.trim_start();
        let begins = !within && start.starts_with("/*");
        let alone = within || begins || start.starts_with("//") || start.is_empty();
        if within || begins {
            within = !line.trim_end().ends_with("*/");
        }
        if !alone {
            bare.push_str(line);
            bare.push('\n');
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_they_stand_beside_stays() {
        assert_eq!(style("/* One. */\na { b: c; } /* two\n three */\n\n  d { e: \"f\"; }\n"), "a { b: c; }\nd { e: \"f\"; }\n");
        let js = "/* a */\nlet a = 1; // one\n/**\n * @param {b}\n */\nfunction b() {\n    // two\n    return `/* no comment */`;\n}\n";
        assert_eq!(script(js), "let a = 1; // one\nfunction b() {\n    return `/* no comment */`;\n}\n");
    }

    #[test]
    fn only_lines_that_name_a_stylesheet_count() {
        assert_eq!(stylesheet("  <link rel=\"stylesheet\" href=\"./a-1.css\"/>"), Some("a-1.css"));
        assert_eq!(stylesheet("<link rel=\"stylesheet\" href=\"https://example.org/x/a.css\"/>"), Some("a.css"));
        assert_eq!(stylesheet("<link rel=\"icon\" href=\"./a.css\"/>"), None);
    }
}
