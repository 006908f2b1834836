//! What is spoken: everything that is announced to the eye is announced to the ear, once. It says; whoever has an ear
//! for it speaks.

use crate::{
    model::{Connection, Model},
    text::{self, voice as words},
    view::{
        banner::BannerView,
        moment::{Meant, MomentView},
        ticket::{Draft, TicketView, promise},
    },
};

/// After so many ms without another change a draft's promise is said to those who do not see it.
const SAY_AFTER_MS: u64 = 900;

/// What has been spoken, so that nothing is said twice.
#[derive(Debug, Default)]
pub struct Voice {
    arrived: bool,
    arrives: bool,
    toast: u64,
    /// The update that told of the last leaving whose meaning was spoken.
    moment: u64,
    banner: Option<&'static str>,
    /// When the draft's promise is due.
    draft_ms: Option<u64>,
}

impl Voice {
    /// The draft was changed by the person: what it would bring is said once nothing follows.
    pub fn draft_changed(&mut self, now_ms: u64) {
        self.draft_ms = Some(now_ms + SAY_AFTER_MS);
    }

    /// Whether the session was seen for the first time since this was asked.
    pub fn arrives(&mut self) -> bool {
        std::mem::take(&mut self.arrives)
    }

    /// What is to be spoken now; `order` is what stands in the ticket.
    pub fn speak(&mut self, model: &Model, order: Option<(&TicketView, &Draft)>, now_ms: u64) -> Vec<String> {
        let mut said = Vec::new();
        if !self.arrived
            && let Some(session) = model.session()
        {
            (self.arrived, self.arrives) = (true, true);
            said.push(words::arrived(&text::apart(session.name()), text::phase(model.phase())));
        }
        said.extend(
            model
                .toasts()
                .iter()
                .filter(|toast| toast.id > self.toast)
                .map(|toast| words::toast(&toast.title, &toast.body)),
        );
        self.toast = model.toasts().iter().last().map_or(self.toast, |toast| toast.id);
        said.extend(self.moment(model, now_ms));
        said.extend(self.connection(model, now_ms));
        if self.draft_ms.is_some_and(|due_ms| now_ms >= due_ms) {
            self.draft_ms = None;
            said.extend(order.and_then(|(view, draft)| typed(view, draft)));
        }
        said
    }

    /// What a leaving meant, once it is told who left; what it paid is among the toasts.
    fn moment(&mut self, model: &Model, now_ms: u64) -> Vec<String> {
        let tick = model.departure().map_or(0, |departure| departure.tick);
        let view = MomentView::new(model, now_ms).filter(|view| tick > self.moment && !view.outcomes.is_empty());
        let Some(view) = view else { return vec![] };
        self.moment = tick;
        let lines = view.lines.into_iter().filter(|line| line.meant != Meant::Paid);
        lines.map(|line| text::sentence(&line.words)).collect()
    }

    /// A connection that was lost or is back.
    fn connection(&mut self, model: &Model, now_ms: u64) -> Option<String> {
        let live = *model.connection() == Connection::Live;
        let banner = BannerView::new(model, now_ms).filter(|_| !live);
        let title = banner.as_ref().map(|view| view.title);
        let before = std::mem::replace(&mut self.banner, title);
        if title == before {
            return None;
        }
        match banner {
            Some(view) => Some(format!("{} {}", text::sentence(view.title), view.body)),
            None => (before == Some(text::banner::RECONNECTING)).then(|| words::BACK.to_owned()),
        }
    }
}

/// What the order being typed would bring, or what is in its way.
fn typed(view: &TicketView, draft: &Draft) -> Option<String> {
    let blocked = view.blocked.as_ref().filter(|blocked| !blocked.waiting).map(|blocked| blocked.reason.clone());
    let promised = || {
        let promise = promise(view, draft)?;
        Some(view.left.as_ref().map_or(promise.clone(), |left| format!("{promise}. {left}")))
    };
    blocked.or_else(promised)
}
