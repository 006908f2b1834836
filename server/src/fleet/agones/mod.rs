//! Tells the sidecar that Agones puts beside a process how the process stands, so that Kubernetes keeps what is in play and
//! takes away what is not. Changes nothing else: a sidecar that is lost, slow or wrong ends no room and holds none up.

mod call;
mod duty;
#[cfg(test)]
mod stub;

use duty::{Duty, News, Pace, Wanted};
use futures_util::{StreamExt, stream::FuturesUnordered};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep_until, timeout},
};

pub use duty::Stage;

/// Where Agones' sidecar listens, on this machine, if `AGONES_SDK_HTTP_PORT` names no other port.
pub const PORT: u16 = 9_358;
/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long the end waits until the sidecar has taken it. Without it, the process only ends.
const LAST_PATIENCE: Duration = Duration::from_secs(4);
/// Agones gives up a process that has said nothing for three times five seconds, as `deploy/kubernetes` has it.
const PACE: Pace = Pace { beat_ms: 2_000, retry_min_ms: 250, retry_max_ms: 5_000 };

/// The sidecar, as whoever knows how the process stands sees it: told at once, and never waited for.
#[derive(Debug)]
pub struct Sidecar {
    wanted: watch::Sender<Wanted>,
    telling: JoinHandle<()>,
}

impl Sidecar {
    /// Begins to tell the sidecar at this port of this machine that the process lives.
    #[must_use]
    pub fn attend(runtime: &Handle, port: u16) -> Self {
        Self::attend_at(runtime, (Ipv4Addr::LOCALHOST, port).into(), PACE)
    }

    fn attend_at(runtime: &Handle, sidecar: SocketAddr, pace: Pace) -> Self {
        let (wanted, changes) = watch::channel(Wanted::default());
        let telling = runtime.spawn(tell(sidecar, pace, changes));
        Self { wanted, telling }
    }

    /// The process stands so, with so many rooms. Costs nothing where nothing has changed.
    pub fn want(&self, stage: Stage, rooms: usize) {
        let wanted = Wanted { stage, rooms };
        self.wanted.send_if_modified(|before| std::mem::replace(before, wanted) != wanted);
    }

    /// The process has ended. Waits some seconds at most until the sidecar knows; signs of life are given till then.
    pub async fn shut_down(self) {
        self.end(LAST_PATIENCE).await;
    }

    async fn end(mut self, patience: Duration) {
        self.wanted.send_modify(|wanted| wanted.stage = Stage::Over);
        if timeout(patience, &mut self.telling).await.is_err() {
            self.telling.abort();
            tracing::warn!("the process ends, and Agones' sidecar has not taken it");
        }
    }
}

/// Tells until the end was told, or until nobody wants anything any more.
async fn tell(sidecar: SocketAddr, pace: Pace, mut changes: watch::Receiver<Wanted>) {
    let began = Instant::now();
    let now_ms = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (mut duty, mut asked) = (Duty::new(pace), FuturesUnordered::new());
    let mut is_first = true;
    while !duty.is_over() {
        for call in duty.due(now_ms()) {
            asked.push(async move { (call, call::ask(sidecar, call, PATIENCE).await) });
        }
        let look = duty.next_ms().map(|next_ms| began + Duration::from_millis(next_ms));
        tokio::select! {
            Some((call, answer)) = asked.next() => {
                if let Some(news) = duty.heard(call, answer, now_ms()) {
                    say(sidecar, &news);
                } else if is_first {
                    tracing::info!(%sidecar, "Agones' sidecar answers");
                }
                is_first = false;
            }
            changed = changes.changed() => match changed {
                Ok(()) => duty.want(*changes.borrow_and_update(), now_ms()),
                Err(_) => return,
            },
            () = sleep_until(look.unwrap_or(began)), if look.is_some() => {}
        }
    }
}

/// Its figure and its line in the log.
fn say(sidecar: SocketAddr, news: &News) {
    metrics::gauge!("outcry_sidecar_lost").set(if *news == News::Back { 0.0 } else { 1.0 });
    match news {
        News::Lost(why) => {
            tracing::warn!(
                %sidecar,
                why,
                "Agones' sidecar does not take what it is told: it is tried again, and rooms go on"
            );
        }
        News::Back => tracing::info!(%sidecar, "Agones' sidecar takes what it is told again"),
    }
}

#[cfg(test)]
mod tests {
    use super::{stub::Stub, *};

    const QUICK: Pace = Pace { beat_ms: 1, retry_min_ms: 1, retry_max_ms: 2 };

    fn is_sign(heard: &str) -> bool {
        heard.starts_with("POST /health")
    }

    /// What is heard next that is no sign of life.
    async fn word(stub: &mut Stub) -> String {
        loop {
            let heard = stub.heard().await;
            if !is_sign(&heard) {
                return heard;
            }
        }
    }

    fn label(count: usize) -> String {
        format!(r#"PUT /metadata/label {{"key":"rooms","value":"{count}"}}"#)
    }

    #[tokio::test]
    async fn the_sidecar_hears_how_the_process_stands_to_its_end() {
        let mut stub = Stub::start(&[]).await;
        let sidecar = Sidecar::attend_at(&Handle::current(), stub.address(), QUICK);
        assert_eq!(word(&mut stub).await, label(0));
        sidecar.want(Stage::Ready, 0);
        assert_eq!(word(&mut stub).await, "POST /ready {}");
        sidecar.want(Stage::Allocated, 2);
        assert_eq!(word(&mut stub).await, "POST /allocate {}");
        assert_eq!(word(&mut stub).await, label(2));
        for _ in 0..3 {
            assert!(is_sign(&stub.heard().await));
        }
        sidecar.shut_down().await;
        assert_eq!(word(&mut stub).await, "POST /shutdown {}");
    }

    #[tokio::test]
    async fn one_that_hangs_on_a_word_hears_signs_of_life_all_the_same() {
        let mut stub = Stub::start(&[("/ready", Stub::NEVER, "")]).await;
        let sidecar = Sidecar::attend_at(&Handle::current(), stub.address(), QUICK);
        sidecar.want(Stage::Ready, 1);
        let mut heard = String::new();
        while !heard.contains("/ready") {
            heard = stub.heard().await;
        }
        for _ in 0..10 {
            assert!(is_sign(&stub.heard().await));
        }
    }

    #[tokio::test]
    async fn one_that_is_wrong_and_then_is_not_is_told_all_that_counts() {
        let mut stub = Stub::start(&[("/allocate", 500, "upset"), ("/health", 200, "<html>")]).await;
        let sidecar = Sidecar::attend_at(&Handle::current(), stub.address(), QUICK);
        sidecar.want(Stage::Allocated, 3);
        for _ in 0..3 {
            while word(&mut stub).await != "POST /allocate {}" {}
        }
        stub.mend();
        while word(&mut stub).await != label(3) {}
        sidecar.shut_down().await;
        while word(&mut stub).await != "POST /shutdown {}" {}
    }

    #[tokio::test]
    async fn the_end_waits_for_none_that_is_gone() {
        let stub = Stub::start(&[]).await;
        let gone = stub.address();
        drop(stub);
        let begin = || Sidecar::attend_at(&Handle::current(), gone, QUICK);
        let sidecar = begin();
        sidecar.want(Stage::Allocated, 1);
        sidecar.end(Duration::from_millis(1)).await;
        // Whoever forgets to say that it is over has no more to say.
        let Sidecar { wanted, telling } = begin();
        drop(wanted);
        telling.await.unwrap();
    }
}
