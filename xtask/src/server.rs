//! A static file server for one folder, on this machine only.

use std::fs::File;
use std::io::Cursor;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

/// A running server; it stops when dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    threads: Vec<JoinHandle<()>>,
    asked: Arc<Mutex<Vec<String>>>,
    url: String,
}

/// What is served, and where.
struct Site {
    folder: PathBuf,
    /// The path it is served under, with a slash at both ends.
    prefix: String,
}

impl Server {
    /// Serves `folder` under `prefix` (with a slash at both ends) on the first free port from `port` on; port 0
    /// takes any free one.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> Result<Self> {
        let last = if port == 0 { 0 } else { port.saturating_add(50) };
        let http = (port..=last)
            .find_map(|port| tiny_http::Server::http((Ipv4Addr::LOCALHOST, port)).ok())
            .ok_or_else(|| anyhow!("no port from {port} to {last} is free; name another with --port"))?;
        let address = http.server_addr().to_ip().ok_or_else(|| anyhow!("the server has no address"))?;
        let url = format!("http://{address}{prefix}");
        let (http, asked) = (Arc::new(http), Arc::new(Mutex::new(Vec::new())));
        let site = Arc::new(Site { folder: folder.to_owned(), prefix: prefix.to_owned() });
        let threads = (0..4)
            .map(|_| {
                let (http, asked, site) = (Arc::clone(&http), Arc::clone(&asked), Arc::clone(&site));
                thread::spawn(move || {
                    while let Ok(request) = http.recv() {
                        asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.url().to_owned());
                        site.answer(request);
                    }
                })
            })
            .collect();
        Ok(Self { http, threads, asked, url })
    }

    /// Where the site's start page is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The path and query of every request so far, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing more to serve.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.http.unblock();
        }
    }
}

impl Site {
    fn answer(&self, request: Request) {
        // Whether the other side still listens is its own affair: the answer's result is let go.
        let _ = match self.file(&request) {
            Ok((file, kind)) => request.respond(
                Response::from_file(file).with_header(header("Content-Type", kind)).with_header(header("Cache-Control", "no-cache")),
            ),
            Err((status, words)) => {
                let length = words.len();
                request.respond(Response::new(
                    status.into(),
                    vec![header("Content-Type", "text/plain")],
                    Cursor::new(words),
                    Some(length),
                    None,
                ))
            }
        };
    }

    fn file(&self, request: &Request) -> Result<(File, &'static str), (u16, &'static str)> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return Err((405, "Only GET and HEAD are answered here."));
        }
        let file = self.locate(request.url()).ok_or((404, "There is no such file here."))?;
        let kind = kind(&file);
        File::open(file).map(|file| (file, kind)).map_err(|_| (404, "There is no such file here."))
    }

    /// The file of a request's path; `None` where it lies outside the folder or is no file.
    fn locate(&self, url: &str) -> Option<PathBuf> {
        let path = url.split(['?', '#']).next()?.strip_prefix(&self.prefix)?;
        let mut file = self.folder.clone();
        // The site's own names need no escapes, so a name with one is none of them.
        let plain = |name: &str| !name.starts_with('.') && !name.contains(['%', '\\', ':']);
        for name in path.split('/').filter(|name| !name.is_empty()) {
            plain(name).then(|| file.push(name))?;
        }
        if file.is_dir() {
            file.push("index.html");
        }
        file.is_file().then_some(file)
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("names and values here are plain ASCII")
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn serves_its_folder_under_its_prefix_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("sayso-server-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/deep")).unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("site/index.html"), "home").unwrap();
        fs::write(folder.join("site/deep/page.wasm"), "wasm").unwrap();
        let server = Server::start(&folder.join("site"), "/some/where/", 0).unwrap();
        let origin = server.url().strip_suffix("/some/where/").unwrap();

        let cases = [
            ("/some/where/", 200, "text/html; charset=utf-8"),
            ("/some/where/?q=1", 200, "text/html; charset=utf-8"),
            ("/some/where/deep/page.wasm", 200, "application/wasm"),
            ("/some/where/../secret.txt", 404, "text/plain"),
            ("/some/where/%2e%2e/secret.txt", 404, "text/plain"),
            ("/some/where/..%2fsecret.txt", 404, "text/plain"),
            ("/some/where//etc/passwd", 404, "text/plain"),
            ("/some/where/deep", 404, "text/plain"),
            ("/secret.txt", 404, "text/plain"),
            ("/", 404, "text/plain"),
        ];
        for (path, status, kind) in cases {
            let response = minreq::get(format!("{origin}{path}")).send().unwrap();
            let said = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")).map(|(_, value)| value.as_str());
            assert_eq!((response.status_code, said), (status, Some(kind)), "{path}");
        }
        assert_eq!(minreq::post(server.url()).send().unwrap().status_code, 405);
        assert_eq!(server.requests().len(), cases.len() + 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn takes_the_next_port_where_one_is_taken() {
        let first = Server::start(Path::new("."), "/", 0).unwrap();
        let port: u16 = first.url().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let second = Server::start(Path::new("."), "/", port).unwrap();
        assert_ne!(first.url(), second.url());
    }
}
