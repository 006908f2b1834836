//! The host's right, view and pending acts. Only the model changes them; without the right no act is sent.

use outcry_shared::{
    message::{HostAct, HostRequest, HostState},
    secret::HostGrant,
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

    pub(super) fn request(&mut self, act: &HostAct) -> Option<HostRequest> {
        let grant = self.grant?;
        self.next_request += 1;
        let request_id = self.next_request;
        self.replies.push(Reply { request_id, act: act.clone(), result: None });
        let surplus = self.replies.len().saturating_sub(REPLIES_MAX);
        self.replies.drain(..surplus);
        Some(HostRequest { grant, request_id, act: act.clone() })
    }

    pub(super) fn reply(&mut self, request_id: u32, result: Result<String, String>) {
        if let Some(reply) = self.replies.iter_mut().rev().find(|reply| reply.request_id == request_id) {
            reply.result = Some(result);
        }
    }
}
