//! A hand on headless Chromium, through the W3C WebDriver protocol.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::run::command;
use crate::tools::Chromium;

/// Chromium's arguments: no window, a sandbox-less start for root, and no connection of its own to anywhere.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// How long a wait takes before it gives up.
const PATIENCE: Duration = Duration::from_secs(15);

/// One browser with a fresh profile; it ends, and the profile goes, when dropped.
pub struct Browser {
    driver: Child,
    // chromedriver would be stopped by its first word after this closed.
    _said: BufReader<ChildStdout>,
    session: String,
}

/// What a WebDriver session is asked for, so that it gets this browser with these arguments.
pub(crate) fn capabilities(chromium: &Chromium) -> Value {
    json!({ "goog:chromeOptions": { "binary": chromium.browser, "args": ARGUMENTS } })
}

/// Keys with no character of their own, as WebDriver writes them.
pub mod key {
    /// Tab.
    pub const TAB: &str = "\u{E004}";
    /// Enter.
    pub const ENTER: &str = "\u{E007}";
    /// Shift, held until the end of the keys.
    pub const SHIFT: &str = "\u{E008}";
    /// Control, held until the end of the keys.
    pub const CONTROL: &str = "\u{E009}";
    /// Escape.
    pub const ESCAPE: &str = "\u{E00C}";
    /// Left arrow.
    pub const LEFT: &str = "\u{E012}";
    /// Right arrow.
    pub const RIGHT: &str = "\u{E014}";
    /// Up arrow.
    pub const UP: &str = "\u{E013}";
    /// Down arrow.
    pub const DOWN: &str = "\u{E015}";
}

impl Browser {
    /// Starts chromedriver and, by it, Chromium with an empty profile.
    pub fn start(chromium: &Chromium) -> Result<Self> {
        let (driver, said, port) = driver(&chromium.driver.to_string_lossy())?;
        let mut browser = Self { driver, _said: said, session: format!("http://127.0.0.1:{port}/session") };
        let mut wanted = capabilities(chromium);
        wanted["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
        let session = browser.post("", &json!({ "capabilities": { "alwaysMatch": wanted } }))?;
        let id = session["sessionId"].as_str().context("chromedriver opened no session")?;
        browser.session = format!("{}/{id}", browser.session);
        Ok(browser)
    }

    /// Goes to an address and waits until the page and its first files are loaded.
    pub fn open(&self, url: &str) -> Result<()> {
        self.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Loads the page again.
    pub fn reload(&self) -> Result<()> {
        self.post("/refresh", &json!({})).map(drop)
    }

    /// Runs the body of a function in the page with `args` as its arguments; gives what it returns, awaited.
    pub fn run(&self, script: &str, args: Value) -> Result<Value> {
        let args = if args.is_array() { args } else { json!([args]) };
        self.post("/execute/sync", &json!({ "script": script, "args": args }))
    }

    /// Waits until the expression is true in the page as the page's language has it (an empty string is not), and
    /// gives its value.
    pub fn until(&self, expression: &str) -> Result<Value> {
        let (begun, script) = (Instant::now(), format!("return ({expression}) || null"));
        loop {
            let value = self.run(&script, json!([]))?;
            if value != Value::Null {
                return Ok(value);
            }
            if begun.elapsed() > PATIENCE {
                bail!("waited {PATIENCE:?} in vain for {expression}");
            }
            sleep(Duration::from_millis(25));
        }
    }

    /// Clicks the middle of the first element that the CSS selector picks, as a person would.
    pub fn click(&self, selector: &str) -> Result<()> {
        let element = self.element(selector)?;
        self.post(&format!("/element/{element}/click"), &json!({})).with_context(|| format!("{selector} can't be clicked")).map(drop)
    }

    /// Moves the mouse onto the first element that the CSS selector picks.
    pub fn hover(&self, selector: &str) -> Result<()> {
        let element = self.element(selector)?;
        let origin = json!({ "element-6066-11e4-a52e-4f735466cecf": element });
        let moved = json!({ "type": "pointerMove", "duration": 0, "origin": origin, "x": 0, "y": 0 });
        self.post("/actions", &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": [moved] }] })).map(drop)
    }

    /// Presses and releases each key in turn where the focus is; see [`key`] for keys without a character.
    pub fn keys(&self, keys: &str) -> Result<()> {
        let (mut actions, mut held) = (Vec::new(), Vec::new());
        for character in keys.chars() {
            let name = character.to_string();
            actions.push(json!({ "type": "keyDown", "value": name }));
            if [key::SHIFT, key::CONTROL].contains(&name.as_str()) {
                held.push(json!({ "type": "keyUp", "value": name }));
            } else {
                actions.push(json!({ "type": "keyUp", "value": name }));
            }
        }
        actions.extend(held);
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] })).map(drop)
    }

    /// Lets pages do something that needs a permission, such as `clipboard-read`.
    pub fn permit(&self, what: &str) -> Result<()> {
        self.post("/permissions", &json!({ "descriptor": { "name": what }, "state": "granted" })).map(drop)
    }

    /// A command of the Chrome DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Makes the page as large as a screen of this many CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// Makes the page one that is touched rather than pointed at.
    pub fn have_fingers(&self) -> Result<()> {
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": true }))?;
        self.until("matchMedia('(pointer: coarse)').matches").map(drop)
    }

    /// A touch event, such as `touchStart`, with the fingers' places in CSS pixels; none where they have left.
    pub fn touch(&self, kind: &str, fingers: &[(f64, f64)]) -> Result<()> {
        let points: Vec<_> = fingers.iter().enumerate().map(|(id, (x, y))| json!({ "id": id, "x": x, "y": y })).collect();
        self.devtools("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points })).map(drop)
    }

    /// Makes the system prefer `light` or `dark`.
    pub fn prefer_scheme(&self, scheme: &str) -> Result<()> {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", &features).map(drop)
    }

    /// What the console got since this was last asked: level and message of each entry.
    pub fn console(&self) -> Result<Vec<(String, String)>> {
        let text = |entry: &Value, name| entry[name].as_str().unwrap_or_default().to_owned();
        Ok(self.log("browser")?.iter().map(|entry| (text(entry, "level"), text(entry, "message"))).collect())
    }

    /// Every address that the page has asked for since this was last asked, wherever it is; workers ask on
    /// their own account.
    pub fn requests(&self) -> Result<Vec<String>> {
        let mut requests = Vec::new();
        for entry in self.log("performance")? {
            let entry: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("null"))?;
            if entry["message"]["method"] == "Network.requestWillBeSent" {
                requests.extend(entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned));
            }
        }
        Ok(requests)
    }

    fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.post("/se/log", &json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    /// A picture of the visible page, as `webp`, which takes half of PNG's bytes, or `jpeg`, which everything can show.
    pub fn screenshot(&self, format: &str) -> Result<Vec<u8>> {
        let taken = self.devtools("Page.captureScreenshot", &json!({ "format": format, "quality": 80 }))?;
        Ok(STANDARD.decode(taken["data"].as_str().context("Chromium took no picture")?)?)
    }

    fn element(&self, selector: &str) -> Result<String> {
        let element = self.post("/element", &json!({ "using": "css selector", "value": selector }))?;
        let id = element.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).with_context(|| format!("nothing on the page is {selector}"))
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        send(minreq::post(format!("{}{path}", self.session)).with_body(body.to_string()).with_header("Content-Type", "application/json"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session ends Chromium; chromedriver itself is ended whatever came of that.
        let _ = send(minreq::delete(&self.session));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Asks chromedriver and gives its answer.
fn send(request: minreq::Request) -> Result<Value> {
    let answer = request.with_timeout(120).send().context("chromedriver does not answer")?;
    let mut answer: Value = serde_json::from_slice(answer.as_bytes())?;
    let value = answer["value"].take();
    if let (Some(error), Some(message)) = (value["error"].as_str(), value["message"].as_str()) {
        bail!("{error}: {message}");
    }
    Ok(value)
}

/// How often chromedriver is started before giving up.
const STARTS: usize = 8;

/// Starts chromedriver; gives it with what it goes on saying and the port it listens on.
///
/// It takes a free IPv6 port and then wants the same number on IPv4, where a connection of a neighbour may have
/// it by then: it ends at once, and another start takes another port.
fn driver(program: &str) -> Result<(Child, BufReader<ChildStdout>, u16)> {
    for _ in 0..STARTS {
        let mut driver =
            command(program, &["--port=0"]).stdout(Stdio::piped()).spawn().with_context(|| format!("{program} can't be started"))?;
        let mut said = BufReader::new(driver.stdout.take().context("chromedriver says nothing")?);
        if let Some(port) = port(&mut said)? {
            return Ok((driver, said, port));
        }
        driver.wait()?;
    }
    bail!("chromedriver ended {STARTS} times before it was ready")
}

/// The port that chromedriver says it has taken; none if it ends without one.
fn port(said: &mut impl BufRead) -> Result<Option<u16>> {
    for line in said.lines() {
        if let Some((_, port)) = line?.split_once("successfully on port ") {
            return port.trim_end_matches('.').parse().map(Some).context("chromedriver names no port");
        }
    }
    Ok(None)
}
