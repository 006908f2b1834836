//! Looks after the store beside the lap: a sign of life about once a second, the lock taken again when
//! it was lost, and what is wrong said to whoever asks.

use super::{health::Health, recorder::Recorder};
use crate::{clock::ServerClock, store::StoreError};
use bevy::prelude::*;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;

/// Time between two looks at the store, in ms.
const LOOK_MS: u64 = 1_000;
/// How long a look may take. Beyond it there is another.
const LOOK_MAX: Duration = Duration::from_secs(5);

/// The look under way, and what the last one saw.
#[derive(Default)]
pub(super) struct Look {
    began_ms: u64,
    answer: Option<(Instant, JoinHandle<Result<(), StoreError>>)>,
    trouble: Option<String>,
}

impl Drop for Look {
    fn drop(&mut self) {
        if let Some((_, answer)) = &self.answer {
            answer.abort();
        }
    }
}

/// Looks after the store.
pub(super) fn look(clock: Res<ServerClock>, recorder: Res<Recorder>, health: Res<Health>, mut look: Local<Look>) {
    let now_ms = clock.now_ms();
    if let Some((_, answer)) = look.answer.take_if(|(_, answer)| answer.is_finished()) {
        let answer = recorder.runtime().block_on(answer);
        let answer = answer.unwrap_or_else(|lost| Err(StoreError::Unavailable(lost.to_string())));
        look.trouble = answer.err().map(|error| error.to_string());
        if let Some(trouble) = &look.trouble {
            tracing::warn!(trouble, "the store is not as it should be");
        }
    } else if let Some((_, answer)) = look.answer.take_if(|(began, _)| began.elapsed() > LOOK_MAX) {
        answer.abort();
        look.trouble = Some("the database takes long".to_owned());
    }
    if look.answer.is_none() && now_ms >= look.began_ms + LOOK_MS {
        let store = Arc::clone(recorder.store());
        look.began_ms = now_ms;
        look.answer = Some((Instant::now(), recorder.runtime().spawn(async move { store.ready().await })));
    }
    health.note(recorder.trouble().map(|(_, why)| why.to_owned()).or_else(|| look.trouble.clone()));
}
