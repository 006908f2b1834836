//! Which views stand where: the large parts of the page in every phase, wide and narrow.

use crate::{
    html::{
        book, chart, end, help, leaders, lobby, market, news, portfolio, receipts, scenario, simple, tape, ticket, top,
    },
    state::{State, Tab},
};
use maud::{Markup, PreEscaped, html};
use outcry_desk::{
    model::Model,
    text::{self, term::Term},
    view::{
        book::BookView,
        chart::{ChartView, maker},
        end::EndView,
        hint::{Hint, hint},
        leaders::leaders as leader_rows,
        lobby::LobbyView,
        outcomes::outcomes,
        portfolio::{PortfolioView, open_orders},
        receipts::receipts as receipt_rows,
        scenario as scenarios,
        tape::tape as tape_rows,
        ticket::TicketView,
        why::largest,
    },
};
use outcry_shared::phase::Phase;

/// The large parts of the page; what is not shown is empty.
#[derive(Debug)]
pub struct Page {
    /// What there is: outcomes, or the lobby, or the end.
    pub choose: Markup,
    /// What one does: the ticket.
    pub act: Markup,
    /// Everything to look at.
    pub look: Markup,
    /// Tabs of a narrow page.
    pub tabs: Markup,
}

impl Default for Page {
    fn default() -> Self {
        let [choose, act, look, tabs] = std::array::from_fn(|_| PreEscaped(String::new()));
        Self { choose, act, look, tabs }
    }
}

impl Page {
    /// The page as it stands now.
    #[must_use]
    pub fn new(model: &Model, state: &State) -> Self {
        let parts = Parts { model, state };
        match (model.session(), model.phase()) {
            (None, _) => Self { choose: html! { p.card.weak { (text::ui::LOADING) } }, ..Self::default() },
            (Some(_), Phase::Draft | Phase::Lobby) => parts.lobby(),
            (Some(_), Phase::Resolved) => parts.end(),
            (Some(_), _) if state.narrow => parts.tab(),
            (Some(_), _) => parts.desk(),
        }
    }
}

/// Everything that a page is made of.
struct Parts<'a> {
    model: &'a Model,
    state: &'a State,
}

impl Parts<'_> {
    fn lobby(&self) -> Page {
        let view = LobbyView::new(self.model);
        let choose = lobby::welcome(&view, self.model.you().map(|_| self.state.missions));
        let look = html! {
            (lobby::people(&view, self.state.copied))
            (news::history(self.model.toasts())) (help::help(self.state.prefs))
        };
        Page { choose, look, ..Page::default() }
    }

    fn end(&self) -> Page {
        let narrow = self.state.narrow;
        let choose = match EndView::new(self.model) {
            Some(view) => end::end(&view, &maker(self.model), narrow),
            None => html! { p.card.weak { (text::ui::SETTLING) } },
        };
        let look = html! {
            (self.chart()) (self.receipts()) (news::history(self.model.toasts())) (help::help(self.state.prefs))
        };
        Page { choose, look, ..Page::default() }
    }

    /// Everything side by side.
    fn desk(&self) -> Page {
        Page {
            choose: html! { (self.market()) (self.leaders()) },
            act: html! { (self.ticket()) (self.portfolio()) (self.orders()) (self.receipts()) },
            look: html! {
                (self.chart()) (self.book()) (self.scenarios()) (self.tape())
                (news::history(self.model.toasts())) (help::help(self.state.prefs))
            },
            tabs: html! {},
        }
    }

    /// One thing at a time.
    fn tab(&self) -> Page {
        let tabs = top::tabs(self.state.tab);
        let page = match self.state.tab {
            Tab::Market => Page { choose: html! { (self.market()) (self.chart()) }, ..Page::default() },
            Tab::Trade => Page { act: self.ticket(), look: self.book(), ..Page::default() },
            Tab::Portfolio => Page {
                look: html! { (self.portfolio()) (self.orders()) (self.receipts()) (self.scenarios()) },
                ..Page::default()
            },
            Tab::More => Page {
                look: html! {
                    (self.leaders()) (self.tape()) (news::history(self.model.toasts())) (help::help(self.state.prefs))
                },
                ..Page::default()
            },
        };
        Page { tabs, ..page }
    }

    fn market(&self) -> Markup {
        let draft = &self.state.draft;
        let ghosts = self.state.view().map_or(&[][..], TicketView::ghosts);
        let largest = largest(self.model);
        let why = largest.as_ref().map(|why| why.words.as_str());
        let marked = market::Marked { outcome: draft.outcome, side: draft.side, ghosts, hint: self.hint(), why };
        market::market(&outcomes(self.model), marked)
    }

    fn ticket(&self) -> Markup {
        let State { draft, prefs, .. } = self.state;
        match (self.state.simple.view(), self.state.view()) {
            (Some(view), _) => simple::ticket(view, draft, self.hint()),
            (None, Some(view)) => ticket::ticket(view, draft, *prefs),
            (None, None) => html! {},
        }
    }

    fn hint(&self) -> Option<Hint> {
        hint(self.model, self.state.prefs)
    }

    fn book(&self) -> Markup {
        let side = self.state.book_side.unwrap_or(self.state.draft.side);
        BookView::new(self.model, self.state.draft.outcome, side).map_or_else(|| html! {}, |view| book::book(&view))
    }

    fn chart(&self) -> Markup {
        let view = ChartView::new(self.model);
        view.map_or_else(|| html! {}, |view| chart::chart(&view, self.state.draft.outcome, self.state.narrow))
    }

    fn tape(&self) -> Markup {
        tape::tape(&tape_rows(self.model), self.state.narrow)
    }

    fn leaders(&self) -> Markup {
        leaders::leaders(&leader_rows(self.model))
    }

    fn portfolio(&self) -> Markup {
        match PortfolioView::new(self.model) {
            Some(view) => portfolio::portfolio(&view, self.hint()),
            None => html! { p.card.weak { (text::ui::NO_SEAT_PORTFOLIO) } },
        }
    }

    fn orders(&self) -> Markup {
        html! { @if self.model.own().is_some() { (portfolio::orders(&open_orders(self.model))) } }
    }

    fn receipts(&self) -> Markup {
        receipts::receipts(&receipt_rows(self.model))
    }

    fn scenarios(&self) -> Markup {
        let narrow = self.state.narrow;
        html! {
            (scenario::scenario(Term::IfWins, &scenarios::wins(self.model), narrow))
            (scenario::scenario(Term::IfLeaves, &scenarios::eliminations(self.model), narrow))
        }
    }
}
