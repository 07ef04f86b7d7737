//! A static file server for one folder, on this machine only.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// The longest request head that is read, in bytes.
const LONGEST_HEAD: u64 = 16_384;
/// Browsers open connections ahead of need; one that stays silent this long is closed.
const SILENCE: Duration = Duration::from_secs(10);
/// How often a request that waits looks whether it may go on.
const HOLD: Duration = Duration::from_millis(10);

/// What can befall requests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The answer waits, as on a slow line.
    Held,
    /// The answer's last byte is another.
    Damaged,
    /// There is no such file.
    Missing,
}

/// Requests whose path holds a part of a name, and what befalls them.
type Faulty = Arc<Mutex<Option<(&'static str, Fault)>>>;

/// A server that runs until the program ends.
pub struct Server {
    asked: Arc<Mutex<Vec<String>>>,
    faulty: Faulty,
    url: String,
}

/// What is served, and where.
struct Site {
    folder: PathBuf,
    /// The path it is served under, with a slash at both ends.
    prefix: String,
    asked: Arc<Mutex<Vec<String>>>,
    faulty: Faulty,
}

impl Server {
    /// Serves `folder` under `prefix` (with a slash at both ends) on the first free port from `port` on; port 0
    /// takes any free one.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> Result<Self> {
        let last = if port == 0 { 0 } else { port.saturating_add(50) };
        let listener = (port..=last)
            .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
            .with_context(|| format!("no port from {port} to {last} is free; name another with --port"))?;
        let url = format!("http://{}{prefix}", listener.local_addr()?);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let faulty = Faulty::default();
        let (folder, prefix) = (folder.to_owned(), prefix.to_owned());
        let site = Arc::new(Site { folder, prefix, asked: Arc::clone(&asked), faulty: Arc::clone(&faulty) });
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&site);
                // Whether the other side still listens is its own affair: the result is let go.
                thread::spawn(move || site.answer(&stream));
            }
        });
        Ok(Self { asked, faulty, url })
    }

    /// Where the site's start page is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on, until this is called again, a fault befalls every request whose path holds this part.
    pub fn fault(&self, faulty: Option<(&'static str, Fault)>) {
        *self.faulty.lock().unwrap_or_else(PoisonError::into_inner) = faulty;
    }

    /// The path and query of every request so far, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Site {
    /// Answers the one request of a connection.
    fn answer(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(SILENCE))?;
        let mut lines = BufReader::new(stream.take(LONGEST_HEAD)).lines();
        let Some(request) = lines.next().transpose()? else { return Ok(()) };
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        let mut words = request.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        while self.fault(path) == Some(Fault::Held) {
            thread::sleep(HOLD);
        }
        let (status, kind, mut body) = self.page(method, path);
        if self.fault(path) == Some(Fault::Damaged) {
            body.last_mut().into_iter().for_each(|byte| *byte ^= 1);
        }
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
        )?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        self.faulty.lock().unwrap_or_else(PoisonError::into_inner).filter(|(part, _)| path.contains(part)).map(|(_, fault)| fault)
    }

    /// Status, media type and body of an answer.
    fn page(&self, method: &str, path: &str) -> (&'static str, &'static str, Vec<u8>) {
        if !["GET", "HEAD"].contains(&method) {
            return ("405 Method Not Allowed", "text/plain", b"Only GET and HEAD are answered here.".to_vec());
        }
        let found = self.locate(path).filter(|_| self.fault(path) != Some(Fault::Missing));
        let file = found.and_then(|file| Some((kind(&file), fs::read(file).ok()?)));
        file.map_or_else(
            || ("404 Not Found", "text/plain", b"There is no such file here.".to_vec()),
            |(kind, bytes)| ("200 OK", kind, bytes),
        )
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
