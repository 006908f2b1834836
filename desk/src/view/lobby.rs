//! The lobby: who is here, oneself first, and what one waits for.

use crate::{
    model::Model,
    text::{apart, lobby as words},
};
use outcry_shared::phase::Phase;
use serde::Serialize;

/// Someone in the lobby.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Name, with a mark for bots and oneself.
    pub label: String,
    /// Whether it is oneself.
    pub you: bool,
    /// Whether a connection holds the seat now.
    pub connected: bool,
}

/// What the lobby shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LobbyView {
    /// The session's name.
    pub heading: String,
    /// What the market is about, as the host asks it; may be empty.
    pub question: String,
    /// What one waits for.
    pub wait: String,
    /// What one starts with.
    pub start_with: Option<String>,
    /// Everyone, oneself first.
    pub people: Vec<Person>,
    /// "12 here, 3 of them bots"
    pub count: String,
    /// The address people join by.
    pub link: String,
    /// Whether it leads to the computer that opens it alone.
    pub only_here: bool,
}

impl LobbyView {
    /// The lobby as the model knows it; without people before there is a session.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let wait = if model.phase() == Phase::Draft { words::DRAFT } else { words::WAIT };
        let mut view = Self {
            heading: words::WELCOME.to_owned(),
            question: String::new(),
            wait: wait.to_owned(),
            start_with: None,
            people: vec![],
            count: String::new(),
            link: model.join_url().to_owned(),
            only_here: words::only_here(model.join_url()),
        };
        let Some(session) = model.session() else { return view };
        view.question = apart(session.question());
        let params = &session.market().params;
        let minutes = params.total_duration.div_ceil(60);
        view.start_with =
            Some(words::start_with(params.starting_balance, params.n_outcomes, minutes, params.rounds.len()));
        let mut seats: Vec<_> = session.seats().values().collect();
        let me = model.user();
        seats.sort_by_key(|seat| (Some(seat.user) != me, seat.bot, !seat.connected, seat.user));
        let bots = seats.iter().filter(|seat| seat.bot).count();
        view.count = words::count(seats.len() - bots, bots);
        view.people = seats
            .into_iter()
            .map(|seat| {
                let you = Some(seat.user) == me;
                Person { label: words::person(&apart(&seat.name), you, seat.bot), you, connected: seat.connected }
            })
            .collect();
        view
    }
}
