//! The host's right, view and pending acts. Only the model changes them; without the right no act is sent.

use crate::text::host as words;
use outcry_engine::UserId;
use outcry_shared::{
    message::{HostAct, HostRequest, HostState},
    secret::{HostGrant, SeatCode},
};

/// Replies kept for the overlay; older ones go.
const REPLIES_MAX: usize = 20;

/// An act that was sent, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Number of the request.
    pub request_id: u32,
    /// The act as it was sent.
    pub act: HostAct,
    /// What was done, or why not; `None` while waiting.
    pub result: Option<Result<String, String>>,
}

/// The host's right, view and pending acts.
#[derive(Clone, Debug, Default)]
pub struct HostLink {
    /// The right, once the password was accepted.
    pub grant: Option<HostGrant>,
    /// A password is being checked.
    pub checking: bool,
    /// Why the last password was refused, and the local time from which another is looked at.
    pub denied: Option<(String, u64)>,
    /// What the host sees.
    pub state: Option<Box<HostState>>,
    /// Acts sent, newest last.
    pub replies: Vec<Reply>,
    /// The code that gives a seat to another device: whose seat, the code, and the local time at which it ends.
    pub seat_code: Option<(UserId, SeatCode, u64)>,
    next_request: u32,
}

impl HostLink {
    /// The newest act, if it still waits for its answer.
    #[must_use]
    pub fn waiting(&self) -> Option<&Reply> {
        self.replies.last().filter(|reply| reply.result.is_none())
    }

    /// What came of the newest act of this kind.
    #[must_use]
    pub fn last(&self, kind: impl Fn(&HostAct) -> bool) -> Option<&Reply> {
        self.replies.iter().rev().find(|reply| kind(&reply.act))
    }

    /// The newest request of this kind that was carried out.
    #[must_use]
    pub fn done(&self, kind: impl Fn(&HostAct) -> bool) -> Option<u32> {
        let done = |reply: &&Reply| matches!(reply.result, Some(Ok(_))) && kind(&reply.act);
        self.replies.iter().rev().find(done).map(|reply| reply.request_id)
    }

    /// Notes an act over a session. It is sent while there is a right and a connection.
    pub(super) fn request(&mut self, act: &HostAct, session: u64, live: bool) -> Option<HostRequest> {
        let grant = self.grant?;
        self.next_request += 1;
        let request_id = self.next_request;
        let result = (!live).then(|| Err(words::NOT_CONNECTED.to_owned()));
        self.replies.push(Reply { request_id, act: act.clone(), result });
        let surplus = self.replies.len().saturating_sub(REPLIES_MAX);
        self.replies.drain(..surplus);
        live.then(|| HostRequest { grant, request_id, session, act: act.clone() })
    }

    /// The connection is lost: whatever was not answered will not be.
    pub(super) fn lose(&mut self) {
        self.checking = false;
        for reply in self.replies.iter_mut().filter(|reply| reply.result.is_none()) {
            reply.result = Some(Err(words::ANSWER_LOST.to_owned()));
        }
    }

    /// There is no right, or no longer.
    pub(super) fn deny(&mut self, reason: String, until_ms: u64) {
        self.checking = false;
        self.grant = None;
        self.state = None;
        self.seat_code = None;
        self.denied = Some((reason, until_ms));
    }

    pub(super) fn reply(&mut self, request_id: u32, result: Result<String, String>) {
        if let Some(reply) = self.replies.iter_mut().rev().find(|reply| reply.request_id == request_id) {
            reply.result = Some(result);
        }
    }
}
