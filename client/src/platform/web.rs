//! The browser: its clock, storage, downloads and what a page can do.

use super::outcomes::Outcome;
use std::sync::mpsc::Sender;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlAnchorElement, HtmlInputElement, Storage, Url};

/// Key of the preferences in the browser's storage.
const PREFS_KEY: &str = "outcry-prefs";
/// After so many ms no browser needs the address of a file that it saves.
const SAVED_AFTER_MS: i32 = 60_000;

#[wasm_bindgen]
extern "C" {
    /// What the page's script of the room has for its program.
    #[wasm_bindgen(js_namespace = ["window", "outcryPage"])]
    fn said() -> String;
    #[wasm_bindgen(js_namespace = ["window", "outcryPage"])]
    fn shows(shown: &str);
    #[wasm_bindgen(js_namespace = ["window", "outcryPage"])]
    fn speak(sentence: &str);
    #[wasm_bindgen(js_namespace = ["window", "outcryPage"], js_name = copy)]
    fn copy_by_page(text: &str) -> js_sys::Promise;
}

/// Whom the browser believes is its own business.
#[derive(Clone, Debug, Default)]
pub struct Trust;

/// A clock of this page's own, in ms.
#[must_use]
pub(crate) fn now_ms() -> u64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0, |clock| clock.now() as u64)
}

/// The wall clock in µs: grows from one start of the page to the next.
#[must_use]
pub(crate) fn wall_us() -> u64 {
    (js_sys::Date::now() * 1_000.0) as u64
}

/// Whether the screen is touched rather than pointed at.
#[must_use]
pub(crate) fn is_touch() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Whether this device asks for little motion.
#[must_use]
pub(crate) fn is_calm() -> bool {
    let query =
        web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Tells the page that the first frame is drawn.
pub(crate) fn announce_ready() {
    if let Some(window) = web_sys::window()
        && let Ok(event) = web_sys::Event::new("outcry-ready")
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Asks the page for its light floor.
pub(crate) fn to_light_floor() {
    if let Some(window) = web_sys::window()
        && let Ok(event) = web_sys::Event::new("outcry-light")
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Opens a page in a window of its own.
pub(crate) fn open_page(url: &str, outcomes: &Sender<Outcome>) {
    let opened = web_sys::window().and_then(|window| window.open_with_url_and_target(url, "_blank").ok().flatten());
    if opened.is_none() {
        let _ = outcomes.send(Outcome::Said(Err(format!("the browser opened no window: open {url} yourself"))));
    }
}

/// Asks the page for a picture of a result, which it draws from these words.
pub(crate) fn keep_result(json: &str) {
    let detail = web_sys::CustomEventInit::new();
    detail.set_detail(&json.into());
    if let Some(window) = web_sys::window()
        && let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("outcry-keep", &detail)
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Leaves the order being typed where the page finds it: `window.outcryBoot.draft`.
pub(crate) fn keep_draft(line: &str) {
    let boot = web_sys::window().and_then(|window| js_sys::Reflect::get(&window, &"outcryBoot".into()).ok());
    if let Some(boot) = boot {
        let _ = js_sys::Reflect::set(&boot, &"draft".into(), &line.into());
    }
}

/// Offers a file as a download.
pub(crate) fn save_file(name: &str, bytes: &[u8], outcomes: &Sender<Outcome>) {
    let said = match download(name, bytes) {
        Ok(()) => Ok(format!("saved as {name}")),
        Err(_) => Err(format!("the browser did not save {name}")),
    };
    let _ = outcomes.send(Outcome::Said(said));
}

fn download(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let page = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = page.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Some browsers begin to read it only after this turn.
    let forget = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&url);
    });
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    window.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), SAVED_AFTER_MS)?;
    Ok(())
}

/// Lets the person choose a text file.
pub(crate) fn choose_text_file(outcomes: &Sender<Outcome>) {
    let page = web_sys::window().and_then(|window| window.document());
    let Some(element) = page.and_then(|page| page.create_element("input").ok()) else { return };
    let input: HtmlInputElement = element.unchecked_into();
    input.set_type("file");
    input.set_accept(".json,application/json");
    let (outcomes, chosen) = (outcomes.clone(), input.clone());
    let on_change = Closure::once_into_js(move || {
        let files = js_sys::Reflect::get(&chosen, &"files".into()).unwrap_or_default();
        let Ok(file) = js_sys::Reflect::get_u32(&files, 0) else { return };
        let Ok(file) = file.dyn_into::<Blob>() else { return };
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await;
            let text = text.ok().and_then(|text| text.as_string()).ok_or("the file could not be read".to_owned());
            let _ = outcomes.send(Outcome::Chosen(text));
        });
    });
    input.set_onchange(Some(on_change.unchecked_ref()));
    input.click();
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What [`keep_prefs`] wrote.
#[must_use]
pub(crate) fn kept_prefs() -> Option<String> {
    storage()?.get_item(PREFS_KEY).ok().flatten()
}

/// Remembers preferences in this browser, where it lets us.
pub(crate) fn keep_prefs(text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(PREFS_KEY, text);
    }
}

/// Says sentences to a screen reader.
pub(crate) fn announce(sentences: &[String]) {
    sentences.iter().for_each(|sentence| speak(sentence));
}

/// What was done on the page since this was asked last, as JSON; empty when nothing was.
pub(crate) fn page_said() -> String {
    said()
}

/// Has the page call this whenever there is something in [`page_said`].
pub(crate) fn on_page_said(wake: impl Fn() + 'static) {
    let page = web_sys::window().and_then(|window| js_sys::Reflect::get(&window, &"outcryPage".into()).ok());
    if let Some(page) = page {
        let wake = Closure::<dyn Fn()>::new(wake).into_js_value();
        let _ = js_sys::Reflect::set(&page, &"wake".into(), &wake);
    }
}

/// Tells the page where fields and keyboard are, as JSON.
pub(crate) fn page_shows(shown: &str) {
    shows(shown);
}

/// Puts a text on the clipboard, or has the page show it.
pub(crate) fn copy(text: &str, outcomes: &Sender<Outcome>) {
    let (copied, outcomes) = (copy_by_page(text), outcomes.clone());
    spawn_local(async move {
        if JsFuture::from(copied).await.is_ok_and(|copied| copied.is_truthy()) {
            let _ = outcomes.send(Outcome::Copied);
        }
    });
}
