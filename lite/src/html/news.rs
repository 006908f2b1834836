//! What happened: what is fresh stands for a while, the history keeps all.

use maud::{Markup, html};
use outcry_desk::{
    format::moment,
    model::{Toast, ToastKind, Toasts},
    text::{help, ui},
};

/// Items shown of the history.
const SHOWN_MAX: usize = 40;

/// What has just happened, newest last; `of` tells two lists apart.
#[must_use]
pub fn fresh(toasts: &Toasts, now_ms: u64, of: &str) -> Markup {
    html! {
        @for toast in toasts.fresh(now_ms) {
            li.(class(toast.kind)) id={ (of) "-" (toast.id) } { (words(toast)) }
        }
    }
}

/// All that happened, newest first.
#[must_use]
pub fn history(toasts: &Toasts) -> Markup {
    html! {
        section.card aria-labelledby="history-title" {
            h2 #history-title { (help::HISTORY) }
            @if toasts.iter().next().is_none() { p.weak { (ui::NOTHING_HAPPENED) } } @else {
                ol.history {
                    @for toast in toasts.iter().rev().take(SHOWN_MAX) {
                        li.(class(toast.kind)) id={ "then-" (toast.id) } {
                            span.num.weak { (moment(toast.session_ms)) }
                            div { (words(toast)) }
                        }
                    }
                }
            }
        }
    }
}

fn words(toast: &Toast) -> Markup {
    html! { strong { (toast.title) } @if !toast.body.is_empty() { " " span { (toast.body) } } }
}

const fn class(kind: ToastKind) -> &'static str {
    match kind {
        ToastKind::Quiet | ToastKind::Info => "info",
        ToastKind::Good => "gain",
        ToastKind::Notable => "notable",
        ToastKind::Bad => "loss",
    }
}
