//! What stands over everything while trading does not go on.

use crate::kit::button;
use maud::{Markup, html};
use outcry_desk::view::banner::{About, BannerView, Help};

/// A banner over the page's lower edge.
#[must_use]
pub fn banner(view: &BannerView) -> Markup {
    html! {
        section.banner.(class(view.about)) aria-label=(view.title) {
            strong { (view.title) }
            p { (view.body) }
            @if let Some(help) = view.help { (help_button(help)) }
        }
    }
}

/// What has to be answered before anything else.
#[must_use]
pub fn ended(view: &BannerView) -> Markup {
    html! {
        dialog #ended.(class(view.about)) aria-labelledby="ended-title" data-stays="" {
            h2 #ended-title { (view.title) }
            p { (view.body) }
            @if let Some(help) = view.help { (help_button(help)) }
        }
    }
}

fn help_button(help: Help) -> Markup {
    let does = match help {
        Help::TryNow => "reconnect",
        Help::Reload => "reload",
        Help::JoinAgain => "rejoin",
    };
    button(does, "", "primary", help.words())
}

const fn class(about: About) -> &'static str {
    match about {
        About::Frozen => "frozen",
        About::Host | About::Paused | About::Waiting | About::Name => "notable",
        About::Ended => "loss",
    }
}
