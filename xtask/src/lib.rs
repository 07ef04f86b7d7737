//! The project's commands, one file each, and what they share: where things are ([`paths`]), how commands
//! are run ([`run`]), how tools come onto the machine ([`tools`]), the static server ([`server`]) and the
//! hand on Chromium ([`browser`]). The browser tests use the last three as well.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "telling the person at the terminal is the work here")]

mod args;
mod bench;
pub mod browser;
mod build;
mod eval;
mod long;
mod pack;
pub mod paths;
mod run;
mod screenshots;
mod serve;
pub mod server;
mod sizes;
mod test;
pub mod tools;
mod train;

use std::process::ExitCode;

use args::Args;

/// What `cargo xtask` alone prints.
pub const HELP: &str = "\
cargo xtask COMMAND

  serve [--port N]             build the page and serve it on this machine (port 8080, or the next free one)
  test                         check everything: format, lints, tests here, in wasm and in Chromium
  build [--public-url URL]     write the static site to dist/ (without --public-url it works under any path; with an
                               https address, its picture shows where that is shared)
  bench                        measure words per second, the time from paste to breakdown, and memory
  eval [GOLD]                  score the engine on the corpora in ../shared and on a marked-up article
  eval --deep …                the same, and the next, of the deep reading
  eval --gold-claims           the same with the claims as people marked them: how good the stages behind them are
  eval --worst N [--html]      name the N articles read worst, or show them beside their mark-up on a page
  train [MODEL]                train the engine's models, or one of them, from the corpora in ../shared
  train --deep                 train the deep reading's model
  screenshots                  take the README's pictures and the one for shared addresses

Each command installs what it needs first; tools are kept in $SAYSO_CACHE, or ~/.cache/sayso.
CHROMIUM and CHROMEDRIVER name a browser and its driver where the usual ones won't do.";

/// Runs the command that the arguments name.
pub fn main(args: impl Iterator<Item = String>) -> ExitCode {
    match dispatch(Args::new(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut args: Args) -> anyhow::Result<()> {
    match args.word().as_deref() {
        Some("serve") => {
            let port = args.option("--port")?.map(|port| port.parse()).transpose().map_err(|_| anyhow::anyhow!("--port wants a number"))?;
            args.end()?;
            serve::serve(port.unwrap_or(8080))
        }
        Some("test") => {
            args.end()?;
            test::test()
        }
        Some("build") => {
            let url = args.option("--public-url")?;
            args.end()?;
            build::build(url.as_deref().unwrap_or("./"))
        }
        Some("bench") => {
            args.end()?;
            bench::bench()
        }
        Some("eval") => {
            let (worst, html) = (args.option("--worst")?, args.flag("--html"));
            let labeller = match (args.flag("--deep"), args.flag("--gold-claims")) {
                (_, true) => eval::Labeller::Given,
                (true, false) => eval::Labeller::Deep,
                (false, false) => eval::Labeller::Fast,
            };
            let gold = args.word();
            args.end()?;
            match (worst, gold) {
                (Some(count), None) => eval::worst(labeller, count.parse().map_err(|_| anyhow::anyhow!("--worst wants a number"))?, html),
                (Some(_), Some(_)) => anyhow::bail!("--worst is about the corpora and takes no marked-up article"),
                (None, _) if html => anyhow::bail!("--html goes with --worst N"),
                (None, gold) => eval::eval(labeller, gold.as_deref()),
            }
        }
        Some("train") => {
            let deep = args.flag("--deep").then(|| "deep".to_owned());
            let model = args.word().or(deep);
            args.end()?;
            train::train(model.as_deref())
        }
        Some("screenshots") => {
            args.end()?;
            screenshots::screenshots()
        }
        None | Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => anyhow::bail!("there is no command {other:?}\n\n{HELP}"),
    }
}
