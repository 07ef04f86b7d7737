//! One person at the page.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, key};
use xtask::server::Server;
use xtask::{paths, tools};

/// An article of our own with furniture, three speakers, an answer and someone accused who has no words.
pub(crate) const BRIDGE: &str = include_str!("../articles/bridge.txt");

/// Violations of the page's policy, from the first moment on.
const WATCH: &str = "window.violations = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));";

/// A person who has switched deep reading off, so that a breakdown stays as it comes.
pub(crate) const FAST: &str =
    "if (location.protocol !== 'about:') localStorage.setItem('sayso.deep', localStorage.getItem('sayso.deep') ?? 'off');";

/// A person with a browser of their own, at a server that others may visit as well.
pub(crate) struct Page {
    pub(crate) browser: Browser,
    pub(crate) server: Arc<Server>,
}

/// What a breakdown looks like on the page: enough to tell two apart.
#[derive(PartialEq, Debug)]
pub(crate) struct Shown(Value);

impl Page {
    /// A fresh profile at the start page, with deep reading off.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with(FAST)
    }

    /// A fresh profile at the start page; the script runs before any of the page's own.
    pub(crate) fn start_with(script: &str) -> Result<Self> {
        ensure!(paths::dist().join("index.html").exists(), "there is no built page; run `cargo xtask build` first");
        let page = Self::visit(Arc::new(Server::start(&paths::dist(), "/some/where/", 0)?), "", script)?;
        page.until("!document.querySelector('#early')")?;
        Ok(page)
    }

    /// Another person, with a fresh profile, at the same site with this fragment.
    pub(crate) fn other_person(&self, fragment: &str) -> Result<Self> {
        Self::visit(Arc::clone(&self.server), fragment, FAST)
    }

    fn visit(server: Arc<Server>, fragment: &str, script: &str) -> Result<Self> {
        let browser = Browser::start(&tools::chromium()?)?;
        for source in [WATCH, script] {
            browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
        }
        browser.open(&format!("{}{fragment}", server.url()))?;
        // For the page's origin, so not before there is one.
        browser.permit("clipboard-read")?;
        browser.permit("clipboard-write")?;
        let page = Self { browser, server };
        page.until("document.documentElement.dataset.phase")?;
        Ok(page)
    }

    /// Goes to the same site with another fragment, as by the address bar.
    pub(crate) fn go(&self, fragment: &str) -> Result<()> {
        // A visit elsewhere first, so that the page is loaded anew.
        self.browser.open("about:blank")?;
        self.browser.open(&format!("{}{fragment}", self.server.url()))?;
        self.until("document.documentElement.dataset.phase").map(drop)
    }

    /// Waits until the page is in this phase.
    pub(crate) fn phase(&self, phase: &str) -> Result<()> {
        self.until(&format!("document.documentElement.dataset.phase === '{phase}'")).map(drop)
    }

    /// Waits until the expression is true.
    pub(crate) fn until(&self, expression: &str) -> Result<Value> {
        self.browser.until(expression)
    }

    /// The value of an expression in the page.
    pub(crate) fn get(&self, expression: &str) -> Result<Value> {
        self.browser.run(&format!("return {expression}"), json!([]))
    }

    /// Whether an expression holds in the page.
    pub(crate) fn holds(&self, expression: &str) -> Result<bool> {
        Ok(self.get(&format!("Boolean({expression})"))? == Value::Bool(true))
    }

    /// The visible words of the first element that the selector picks.
    pub(crate) fn words(&self, selector: &str) -> Result<String> {
        let words = self.browser.run("return document.querySelector(arguments[0])?.innerText ?? null", json!(selector))?;
        words.as_str().map(str::to_owned).with_context(|| format!("nothing on the page is {selector}"))
    }

    /// How many elements the selector picks.
    pub(crate) fn count(&self, selector: &str) -> Result<u64> {
        let count = self.browser.run("return document.querySelectorAll(arguments[0]).length", json!(selector))?;
        count.as_u64().context("a count is a number")
    }

    /// Takes what the clipboard holds for what is in the paste area, as Ctrl+A and Ctrl+V do.
    pub(crate) fn paste(&self, text: &str) -> Result<()> {
        self.browser.run("return navigator.clipboard.writeText(arguments[0])", json!(text))?;
        self.browser.run("document.querySelector('#paste').focus()", json!([]))?;
        self.browser.keys(&format!("{}a", key::CONTROL))?;
        self.browser.keys(&format!("{}v", key::CONTROL))
    }

    /// Puts text into the paste area as a paste would, also text that no clipboard carries.
    pub(crate) fn fill(&self, text: &str) -> Result<()> {
        self.fill_in_turn(&[text])
    }

    /// Several pastes with no moment between them.
    pub(crate) fn fill_in_turn(&self, texts: &[&str]) -> Result<()> {
        let script = "for (const text of arguments[0]) {
                const area = document.querySelector('#paste');
                Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, text);
                area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
            }";
        self.browser.run(script, json!([texts])).map(drop)
    }

    /// Pastes an article and waits for its breakdown.
    pub(crate) fn read(&self, text: &str) -> Result<()> {
        self.paste(text)?;
        self.phase("shown")
    }

    /// Presses the button of a view and waits until it is open.
    pub(crate) fn open(&self, view: &str) -> Result<()> {
        let buttons = "return [...document.querySelectorAll('#views button')].findIndex((button) => button.textContent === arguments[0])";
        let place = self.browser.run(buttons, json!(view))?.as_i64().filter(|place| *place >= 0);
        let place = place.with_context(|| format!("there is no view {view}"))?;
        self.browser.click(&format!("#views button:nth-child({})", place + 1))?;
        self.until(&format!("document.querySelector('#views [aria-current]').textContent === '{view}'")).map(drop)
    }

    /// Chooses what a list calls so, as a person would; the focus is then in the list.
    pub(crate) fn choose(&self, list: &str, name: &str) -> Result<()> {
        self.until(&format!("document.querySelector(\"{list}\")"))?;
        let script = "const [selector, name] = arguments; const list = document.querySelector(selector);
            const option = [...list.options].find((option) => option.text.includes(name));
            if (!option) return false;
            list.focus();
            list.value = option.value;
            return list.dispatchEvent(new Event('change', { bubbles: true }));";
        ensure!(self.browser.run(script, json!([list, name]))? == json!(true), "{list} has no {name}");
        Ok(())
    }

    /// The id of the claim whose content holds these words.
    pub(crate) fn claim(&self, words: &str) -> Result<String> {
        let script = "const marks = [...document.querySelectorAll('#article span.content[data-claim]')];
            const content = (id) => marks.filter((mark) => mark.dataset.claim === id).map((mark) => mark.textContent).join(' ');
            return marks.map((mark) => mark.dataset.claim).find((id) => content(id).includes(arguments[0])) ?? null";
        let id = self.browser.run(script, json!(words))?;
        id.as_str().map(str::to_owned).with_context(|| {
            format!(
                "no claim says {words:?}; the page shows {}",
                self.shown().map_or_else(|error| error.to_string(), |shown| shown.0.to_string())
            )
        })
    }

    /// Who is named on the card of a claim.
    pub(crate) fn speaker(&self, claim: &str) -> Result<String> {
        self.words(&format!("#panel .card[data-claim='{claim}'] .speaker"))
    }

    /// The id of the selected claim, by its number in the article.
    pub(crate) fn selected(&self) -> Result<Option<String>> {
        let id = self.get("document.querySelector('#article .claim-number[data-selected]')?.dataset.claim ?? null")?;
        Ok(id.as_str().map(str::to_owned))
    }

    /// The breakdown that the page shows.
    pub(crate) fn shown(&self) -> Result<Shown> {
        let script = "const all = (selector, pick) => [...document.querySelectorAll(selector)].map(pick);
            return {
                blocks: all('#article [data-block]', (e) => [e.dataset.block, e.classList.contains('set-aside'), e.textContent]),
                marks: all('#article span[data-claim]', (e) => [e.dataset.claim, e.className, e.textContent]),
                arcs: all('svg.arcs path[data-from]', (e) => [e.dataset.from, e.dataset.to, e.dataset.kind]),
                cards: all('#panel .card', (e) => [e.dataset.claim, e.textContent]),
                notes: all('#notes li', (e) => [e.dataset.note, e.innerText]),
                summary: document.querySelector('#summary')?.innerText,
            }";
        Ok(Shown(self.browser.run(script, json!([]))?))
    }

    /// Copies a link to what is shown and gives its fragment, `#` included.
    pub(crate) fn copy_link(&self) -> Result<String> {
        self.browser.run("return navigator.clipboard.writeText('')", json!([]))?;
        self.browser.click("#copy-link")?;
        self.until("document.querySelector('#announcer').textContent.includes('Link copied')")?;
        self.copied_fragment()
    }

    /// The fragment of the link in the clipboard.
    pub(crate) fn copied_fragment(&self) -> Result<String> {
        let link = self.get("navigator.clipboard.readText()")?;
        let fragment = link.as_str().and_then(|link| link.strip_prefix(self.server.url()));
        fragment.map(str::to_owned).with_context(|| format!("{link} is no link to this site"))
    }

    /// Nothing went wrong behind the scenes: no error in the console, nothing against the page's policy.
    pub(crate) fn no_trouble(&self) -> Result<()> {
        let errors: Vec<_> = self.browser.console()?.into_iter().filter(|(level, _)| level == "SEVERE").collect();
        ensure!(errors.is_empty(), "the console has {errors:?}");
        let violations = self.get("violations")?;
        ensure!(violations == json!([]), "the policy was violated: {violations}");
        Ok(())
    }
}
