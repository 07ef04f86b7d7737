//! The map of claims and answers.

use anyhow::{Context as _, Result, ensure};
use sayso::edits::Edits;
use sayso::engine::{Article, Breakdown, Confidence, Parts, Response, ResponseKind, Target, read};
use sayso::link::{self, Place, View};
use serde_json::json;
use xtask::browser::key;

use crate::page::{BRIDGE, Page};

/// Keeps what the page hands over as files, and has it handed over all the same.
const CATCH: &str = "window.files = [];
    const make = URL.createObjectURL.bind(URL);
    const blobs = new Map();
    URL.createObjectURL = (blob) => { const address = make(blob); blobs.set(address, blob); return address };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () { files.push([this.download, blobs.get(this.href)]); click.call(this) };";

/// A page with the map of the bridge's closure.
fn opened() -> Result<Page> {
    let page = Page::start()?;
    page.read(BRIDGE)?;
    page.browser.keys("5")?;
    page.until("document.querySelector('#map[viewBox]')")?;
    Ok(page)
}

/// The selector of the box of the claim that says this.
fn box_of(page: &Page, words: &str) -> Result<String> {
    Ok(format!("#map .node[data-claim={}]", page.claim(words)?))
}

/// Waits until the focus is on an element.
fn focused(page: &Page, selector: &str) -> Result<()> {
    page.until(&format!("document.activeElement.matches('{selector}')")).map(drop)
}

/// How wide the part of the map is that is seen.
fn width(page: &Page) -> Result<f64> {
    page.get("document.querySelector('#map').viewBox.baseVal.width")?.as_f64().context("a view box has a width")
}

#[test]
fn the_map_shows_who_answers_whom_and_who_is_silent() -> Result<()> {
    let page = opened()?;
    let words = page.get("[...document.querySelectorAll('#map .node')].map((node) => node.textContent).join(' | ')")?;
    let words = words.as_str().context("a text")?;
    for expected in ["Ravi Okonjo", "Mina Farrow", "Edda Lindqvist", "Northgate Ferry Company: not quoted"] {
        ensure!(words.contains(expected), "{expected} is not in {words}");
    }
    ensure!(page.count("#map .arc.rebut")? == 1 && page.count("#map .arc.about")? == 1, "lines are missing");
    let told = page.get("document.querySelector('#view ul.unseen').textContent")?;
    ensure!(told.as_str().is_some_and(|told| told.contains("Mina Farrow rebuts 7 Ravi Okonjo")), "{told}");
    let left_out = page.words("#view .left-out")?;
    let claims = page.count("#article .claim-number")?;
    ensure!(left_out.starts_with(&format!("{} claims", claims - 3)), "{left_out} of {claims}");
    page.no_trouble()
}

#[test]
fn a_box_selects_its_claim_everywhere() -> Result<()> {
    let page = opened()?;
    let (answered, answer) = (box_of(&page, "ruin small shops")?, box_of(&page, "every lost day")?);
    page.browser.hover(&answer)?;
    page.until(&format!("document.querySelector('{answer}[data-hovered]') && document.querySelector('#map .rebut[data-strong]')"))?;
    page.browser.click(&answered)?;
    page.until(&format!("document.querySelector('{answered}[data-selected]')"))?;
    page.until("document.querySelector('#panel .card[data-claim=c7][data-selected]')")?;
    ensure!(page.selected()?.as_deref() == Some("c7"), "the article has another selection");
    ensure!(page.count("#map .about[data-strong]")? == 0, "a line is strong that doesn't touch the claim");
    let other = page.other_person(&page.copy_link()?)?;
    other.phase("shown")?;
    other.until(&format!("document.querySelector('{answered}[data-selected]')"))?;
    other.no_trouble()?;
    page.no_trouble()
}

#[test]
fn arrow_keys_go_from_box_to_box_and_letters_from_claim_to_claim() -> Result<()> {
    let page = opened()?;
    let (answered, answer) = (box_of(&page, "ruin small shops")?, box_of(&page, "every lost day")?);
    ensure!(page.count("#map [tabindex='0']")? == 1, "the map is more than one stop");
    page.get(&format!("document.querySelector('{answered}').focus()"))?;
    page.browser.keys(key::RIGHT)?;
    focused(&page, &answer)?;
    ensure!(page.count(&format!("{answer}[tabindex='0']"))? == 1, "Tab comes back to another box");
    page.browser.keys(key::LEFT)?;
    focused(&page, &answered)?;
    page.browser.keys(key::UP)?;
    page.browser.keys(key::DOWN)?;
    ensure!(page.selected()?.is_none(), "an arrow key has selected a claim");
    page.browser.keys(key::RIGHT)?;
    focused(&page, &answer)?;
    page.browser.keys(key::ENTER)?;
    page.until(&format!("document.querySelector('{answer}[data-selected]')"))?;
    page.browser.keys("k")?;
    focused(&page, &answered)?;
    page.until(&format!("document.querySelector('{answered}[data-selected]')"))?;
    // Towards claims that are not on the map.
    page.browser.keys("jj")?;
    page.until("document.querySelector('#panel .card[data-claim=c9][data-selected]')")?;
    page.no_trouble()
}

#[test]
fn the_map_is_made_larger_moved_and_fitted_again() -> Result<()> {
    let page = opened()?;
    let whole = width(&page)?;
    let press = |label: &str| page.browser.click(&format!(".map-tools button[aria-label='{label}']"));
    press("Larger")?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width < {whole} * 0.8"))?;
    press("Smaller")?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width === {whole}"))?;
    page.get("document.querySelector('#map [tabindex=\"0\"]').focus()")?;
    page.browser.keys("+++")?;
    page.until("document.querySelector('#map[data-near]')")?;
    let near = width(&page)?;
    let wheel = "const map = document.querySelector('#map'), { left, top } = map.getBoundingClientRect();
        const turn = (ctrlKey) => !map.dispatchEvent(new WheelEvent('wheel', { deltaY: -40, ctrlKey, clientX: left + 50, clientY: top + 50, bubbles: true, cancelable: true }));
        return [turn(false), turn(true)]";
    ensure!(page.browser.run(wheel, json!([]))? == json!([false, true]), "the wheel scrolls nothing or makes nothing larger");
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width < {near}"))?;
    let left = page.get("document.querySelector('#map').viewBox.baseVal.x")?;
    let drag = "const map = document.querySelector('#map'), node = map.querySelector('.node[data-claim]'), { left, top } = map.getBoundingClientRect();
        const point = (type, x) => node.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX: left + x, clientY: top + 50, bubbles: true }));
        point('pointerdown', 100), point('pointermove', 60), point('pointermove', 20), point('pointerup', 20);
        node.dispatchEvent(new MouseEvent('click', { bubbles: true }))";
    page.browser.run(drag, json!([]))?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.x > {left}"))?;
    ensure!(page.selected()?.is_none(), "what ends a move has selected a claim");
    page.browser.keys("0")?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width === {whole}"))?;
    page.no_trouble()
}

#[test]
fn two_fingers_make_the_map_larger_and_a_correction_leaves_it_there() -> Result<()> {
    let page = opened()?;
    let whole = width(&page)?;
    let middle = page.get(
        "(({ left, top, width, height }) => [left + width / 2, top + height / 2])(document.querySelector('#map').getBoundingClientRect())",
    )?;
    let [x, y] = [0, 1].map(|n| middle[n].as_f64().unwrap_or_default());
    let touch = |kind: &str, apart: Option<f64>| {
        let fingers: Vec<_> = apart.into_iter().flat_map(|apart| [(x - apart, y), (x + apart, y)]).collect();
        page.browser.touch(kind, &fingers)
    };
    touch("touchStart", Some(30.0))?;
    for apart in [36.0, 48.0, 60.0] {
        touch("touchMove", Some(apart))?;
    }
    touch("touchEnd", None)?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width < {}", whole * 0.6))?;
    ensure!(page.selected()?.is_none(), "what ends a pinch has selected a claim");
    let near = width(&page)?;
    let claim = page.claim("ruin small shops")?;
    page.browser.keys("j")?;
    page.browser.keys("e")?;
    page.choose("#editor select[aria-label=Type]", "Promise")?;
    page.until("document.querySelector('#panel .corrected')")?;
    page.until("document.querySelector('#map').viewBox.baseVal.width > 0")?;
    ensure!((width(&page)? - near).abs() < 2.0, "the map is {} units wide after a correction, not {near}", width(&page)?);
    // Paper has all of it.
    page.get("dispatchEvent(new Event('beforeprint'))")?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width > {}", whole * 0.9))?;
    page.get("dispatchEvent(new Event('afterprint'))")?;
    page.until(&format!("document.querySelector('#map').viewBox.baseVal.width < {}", whole * 0.9))?;
    ensure!(page.count(&format!("#map .node[data-claim={claim}]"))? == 1, "the map has lost a claim");
    page.no_trouble()
}

#[test]
fn the_map_is_saved_as_a_drawing_and_as_a_picture() -> Result<()> {
    let page = opened()?;
    page.browser.devtools("Browser.setDownloadBehavior", &json!({ "behavior": "deny" }))?;
    page.browser.run(CATCH, json!([]))?;
    page.browser.click(".map-tools button[aria-label='Save as SVG']")?;
    page.until("files.length === 1")?;
    ensure!(page.get("files[0][0]")? == json!("harbour-bridge-will-close-for-a-year-mayor-says.svg"), "{}", page.get("files[0][0]")?);
    let parsed = "return files[0][1].text().then((text) => {
        const { documentElement: svg } = new DOMParser().parseFromString(text, 'image/svg+xml');
        return [svg.nodeName, svg.querySelector('title')?.textContent, svg.querySelectorAll('text').length > 8, svg.querySelector('[class], [style], style, script, image') === null];
    })";
    let expected = json!(["svg", "Harbour bridge will close for a year, mayor says", true, true]);
    ensure!(page.browser.run(parsed, json!([]))? == expected, "{}", page.browser.run(parsed, json!([]))?);
    page.browser.click(".map-tools button[aria-label='Save as PNG']")?;
    page.until("files.length === 2")?;
    page.until("document.querySelector('#announcer').textContent === 'The map is saved.'")?;
    let picture = "return Promise.all([files[0][1].text(), createImageBitmap(files[1][1])]).then(([text, { width, height }]) => {
        const { documentElement: svg } = new DOMParser().parseFromString(text, 'image/svg+xml');
        return [files[1][0].endsWith('.png'), width === 2 * svg.getAttribute('width'), height === 2 * svg.getAttribute('height')];
    })";
    ensure!(page.browser.run(picture, json!([]))? == json!([true, true, true]), "the picture has another size");
    page.no_trouble()
}

#[test]
fn a_browser_that_saves_nothing_is_told_of() -> Result<()> {
    let page = opened()?;
    ensure!(!page.holds("document.querySelector('.map-tools .trouble').checkVisibility()")?, "trouble before anything was saved");
    page.browser.run("URL.createObjectURL = () => { throw new Error('no') }", json!([]))?;
    page.browser.click(".map-tools button[aria-label='Save as PNG']")?;
    page.until("document.querySelector('.map-tools .trouble').checkVisibility()")?;
    page.until("document.querySelector('#announcer').textContent.includes('save the map')").map(drop)
}

#[test]
fn on_a_phone_the_map_is_whole_and_what_is_tapped_stays_in_sight() -> Result<()> {
    let page = Page::start()?;
    page.browser.resize(390, 844)?;
    page.read(BRIDGE)?;
    page.open("Map")?;
    page.until("document.querySelector('#map[viewBox]')")?;
    let inside = "[...document.querySelectorAll('#map .node')].every((node) => {
        const [box, map] = [node, document.querySelector('#map')].map((element) => element.getBoundingClientRect());
        return box.left >= map.left && box.right <= map.right && box.top >= map.top && box.bottom <= map.bottom;
    })";
    page.until(inside)?;
    let answer = box_of(&page, "every lost day")?;
    page.get(&format!("document.querySelector('{answer}').dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))"))?;
    page.until(&format!(
        "document.querySelector('{answer}').getBoundingClientRect().bottom <= document.querySelector('#panel .selection')?.getBoundingClientRect().top"
    ))?;
    page.no_trouble()
}

#[test]
fn a_map_without_anything_on_it_says_so() -> Result<()> {
    let page = Page::start()?;
    page.read("“The pier is shut,” Mayor Nell Arden said.")?;
    page.browser.keys("5")?;
    page.until("document.querySelector('#view .nothing')?.textContent.includes('Nobody answers anybody')")?;
    ensure!(page.count("#map, .map-tools")? == 0, "there are buttons for nothing");
    ensure!(page.words("#view .left-out")?.starts_with("1 claim neither"), "{}", page.words("#view .left-out")?);
    page.no_trouble()
}

#[test]
fn answers_in_a_circle_and_an_endless_word_are_drawn() -> Result<()> {
    let mut parts = Parts::clone(&*read(&Article::new(BRIDGE)?));
    let respond = |from, to| Response {
        from,
        to: Target::Claim(to),
        kind: ResponseKind::Support,
        signal: vec![],
        confidence: Confidence::percent(80),
    };
    let ids: Vec<_> = read(&Article::new(BRIDGE)?).numbered_claims().map(|(id, _)| id).collect();
    parts.responses = vec![respond(ids[0], ids[1]), respond(ids[1], ids[2]), respond(ids[2], ids[0])];
    parts.speakers[0].name = "W".repeat(300);
    let breakdown = Breakdown::new(parts)?;
    let page = Page::start()?;
    let place = Place { view: View::Map, selected: Some(ids[1]), ..Place::default() };
    let other = page.other_person(&format!("#{}", link::encode(&breakdown, &Edits::default(), &place)))?;
    other.phase("shown")?;
    other.until("document.querySelectorAll('#map .arc.support').length === 3")?;
    let wide = "[...document.querySelectorAll('#map .node')].filter((node) => [...node.querySelectorAll('text')]
        .some((text) => text.getBBox().x + text.getBBox().width > node.querySelector('path').getBBox().x + 224)).length";
    ensure!(other.get(wide)? == json!(0), "words leave their box");
    other.no_trouble()
}
