//! A browser fetches the fonts from where the page came from.

use super::shelf::Arrived;
use egui::Context;
use std::sync::mpsc::Sender;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Fetches a font.
pub(super) fn ask(name: &'static str, ctx: &Context, arrived: &Sender<Arrived>) {
    let (ctx, arrived) = (ctx.clone(), arrived.clone());
    spawn_local(async move {
        let file = fetch(&format!("/font-{name}.ttf")).await.ok().flatten();
        let _ = arrived.send(Arrived { name, file });
        ctx.request_repaint();
    });
}

async fn fetch(path: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let answer: web_sys::Response = JsFuture::from(window.fetch_with_str(path)).await?.dyn_into()?;
    if !answer.ok() {
        return Ok(None);
    }
    let body = JsFuture::from(answer.array_buffer()?).await?;
    Ok(Some(js_sys::Uint8Array::new(&body).to_vec()))
}
