//! Files for the reader to keep.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url};

use super::document;

/// How long, in milliseconds, a browser may take to begin with a file.
const PATIENCE: u32 = 60_000;

/// Hands over a text as a file of this name and media type; `None` where the browser refuses.
pub(in crate::app) fn save_text(name: &str, media_type: &str, text: &str) -> Option<()> {
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    save(name, &Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &properties).ok()?)
}

/// Draws an SVG document in so many pixels and hands it over as a PNG file; `None` where the browser can't.
pub(in crate::app) async fn save_picture(name: &str, svg: &str, (width, height): (u32, u32)) -> Option<()> {
    let image = HtmlImageElement::new().ok()?;
    let loaded = Promise::new(&mut |done, failed| {
        image.set_onload(Some(&done));
        image.set_onerror(Some(&failed));
    });
    // The page's policy has pictures from data addresses, not from those of blobs.
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(svg)));
    JsFuture::from(loaded).await.ok()?;
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into()).ok()?;
    let drawn = Promise::new(&mut |done, failed| {
        if canvas.to_blob(&done).is_err() {
            let _ = failed.call0(&JsValue::NULL);
        }
    });
    // A canvas larger than the browser can hold gives nothing.
    save(name, &JsFuture::from(drawn).await.ok()?.dyn_into().ok()?)
}

fn save(name: &str, content: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(content).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(PATIENCE, move || drop(Url::revoke_object_url(&address))).forget();
    Some(())
}
