//! The deep reading's weights: fetched once from beside the page, checked by digest, kept by the browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, Response};

use super::messages::Trouble;

/// The name under which the browser keeps them.
const KEPT: &str = "sayso-deep";

/// Where the weights are and what they must be.
pub(crate) struct File {
    /// Beside the page.
    name: &'static str,
    /// SHA-256 in base64url.
    digest: &'static str,
    pub(crate) bytes: usize,
}

impl File {
    /// The file that belongs to this build, where it was built with one.
    pub(crate) fn of_build() -> Option<Self> {
        let mut parts = option_env!("SAYSO_DEEP")?.split(' ');
        Some(Self { name: parts.next()?, digest: parts.next()?, bytes: parts.next()?.parse().ok()? })
    }

    fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.bytes && URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)) == self.digest
    }

    /// The file, and whether it is kept for the next visit. `go_on` is told how many bytes are here, and answers whether
    /// more are wanted: `None` where they are not.
    pub(super) async fn get(
        &self,
        scope: &DedicatedWorkerGlobalScope,
        go_on: impl Fn(usize) -> bool,
    ) -> Result<Option<(Vec<u8>, bool)>, Trouble> {
        let cache = open(scope).await;
        if let Some(bytes) = kept(cache.as_ref(), self.name).await.filter(|bytes| self.is(bytes)) {
            return Ok(Some((bytes, true)));
        }
        let Some(bytes) = self.fetch(scope, go_on).await.ok_or(Trouble::NotFetched)? else { return Ok(None) };
        if !self.is(&bytes) {
            return Err(Trouble::Damaged);
        }
        let kept = match &cache {
            Some(cache) => keep(cache, self.name, &bytes).await.is_ok(),
            None => false,
        };
        Ok(Some((bytes, kept)))
    }

    async fn fetch(&self, scope: &DedicatedWorkerGlobalScope, go_on: impl Fn(usize) -> bool) -> Option<Option<Vec<u8>>> {
        let response: Response = JsFuture::from(scope.fetch_with_str(self.name)).await.ok()?.dyn_into().ok()?;
        let reader: ReadableStreamDefaultReader = response.ok().then(|| response.body())??.get_reader().dyn_into().ok()?;
        let mut bytes = Vec::with_capacity(self.bytes);
        loop {
            let chunk = JsFuture::from(reader.read()).await.ok()?;
            if Reflect::get(&chunk, &"done".into()).ok()?.is_truthy() {
                return Some(Some(bytes));
            }
            let chunk: Uint8Array = Reflect::get(&chunk, &"value".into()).ok()?.dyn_into().ok()?;
            // More than there should be is no reason to fill the memory.
            if bytes.len() > self.bytes {
                return Some(Some(bytes));
            }
            bytes.extend(chunk.to_vec());
            if !go_on(bytes.len()) {
                let _ = JsFuture::from(reader.cancel()).await;
                return Some(None);
            }
        }
    }
}

/// The browser's store; outside a secure context, and where the person forbids it, there is none.
async fn open(scope: &DedicatedWorkerGlobalScope) -> Option<Cache> {
    if !Reflect::get(scope, &"caches".into()).is_ok_and(|caches| caches.is_object()) {
        return None;
    }
    JsFuture::from(scope.caches().ok()?.open(KEPT)).await.ok()?.dyn_into().ok()
}

async fn kept(cache: Option<&Cache>, name: &str) -> Option<Vec<u8>> {
    let response: Response = JsFuture::from(cache?.match_with_str(name)).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Keeps the file, and none of another build.
async fn keep(cache: &Cache, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    for other in js_sys::Array::from(&JsFuture::from(cache.keys()).await?) {
        JsFuture::from(cache.delete_with_request(&other.dyn_into()?)).await?;
    }
    let response = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes)))?;
    JsFuture::from(cache.put_with_str(name, &response)).await?;
    Ok(())
}
