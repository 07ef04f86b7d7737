//! `cargo xtask serve`: the site on this machine.

use std::thread;

use anyhow::Result;

use crate::server::Server;
use crate::{build, paths};

/// Builds the site and serves it until it is stopped.
pub(crate) fn serve(port: u16) -> Result<()> {
    build::site("./")?;
    let server = Server::start(&paths::dist(), "/", port)?;
    println!("\nSayso is at {} (stop it with Ctrl+C).", server.url());
    loop {
        thread::park();
    }
}
