//! Rules, words and keys, each behind its name.

use crate::kit::check;
use maud::{Markup, html};
use outcry_desk::{
    prefs::Prefs,
    text::{help, light, lobby::RULES, term::Term, ticket},
};

/// How it works, and what this device prefers.
#[must_use]
pub fn help(prefs: Prefs) -> Markup {
    html! {
        section.card aria-labelledby="help-title" {
            h2 #help-title tabindex="-1" { (help::TITLE) }
            details { summary { (help::RULES) } (rules()) }
            details { summary { (help::TERMS) }
                dl.words { @for term in Term::ALL { dt { (term.name()) } dd { (term.help()) } } }
            }
            details { summary { (help::KEYS) }
                dl.keys { @for (key, does) in help::KEY_MAP { div { dt { kbd { (key) } } dd { (does) } } } }
            }
            h3 { (help::SETTINGS) }
            (check("ask-here", prefs.confirm_orders, ticket::ASK_FIRST))
            (check("contrast", prefs.more_contrast, help::MORE_CONTRAST))
            p.links {
                a href="?host" { (light::HOST) } " "
                a href="?view=floor" { (light::PROJECTOR) }
            }
        }
    }
}

/// Three rules.
#[must_use]
pub fn rules() -> Markup {
    html! { ol.rules { @for (title, rule) in RULES { li { strong { (title) } p { (rule) } } } } }
}
