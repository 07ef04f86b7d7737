//! Running other programs, always from the repository's root and with the cache's tools first.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, iter};

use anyhow::{Context, Result, bail};

use crate::paths;

/// Tells what is being done, in one sentence.
pub(crate) fn say(what: &str) {
    println!("\n\u{25b8} {what}");
}

/// Where programs are looked for: the cache, then `PATH`.
pub(crate) fn path() -> OsString {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(iter::once(paths::cache().join("tools/bin")).chain(env::split_paths(&rest))).unwrap_or(rest)
}

/// A program by its name or file, found as [`path`] says.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&path()).map(|dir| dir.join(program).with_extension(env::consts::EXE_EXTENSION)).find(|file| file.is_file())
}

/// A command with its arguments.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.args(args).current_dir(paths::root()).env("PATH", path());
    command
}

/// Runs it with its output passed through; an error where it doesn't end well.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} can't be started", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs it and gives what it printed; an error, with what it complained about, where it doesn't end well.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{} can't be started", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({}): {}", shown(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    command.get_args().fold(name, |line, arg| line + " " + &arg.to_string_lossy())
}
