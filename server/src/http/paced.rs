//! A socket with deadlines: for the head of a request, for the pause before another one, and for a peer that
//! does not read what it asked for. It knows nothing of what is in the bytes.

use std::{
    future::Future,
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// How long a socket is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// For a head: the first one from when the socket was taken, later ones from their first byte.
    pub(super) head: Duration,
    /// For another request.
    pub(super) idle: Duration,
    /// For a peer that lets `progress` bytes or all there are through.
    pub(super) write: Duration,
    /// Bytes that a slow peer takes in the time above.
    pub(super) progress: usize,
}

/// What is going on above a socket.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage(Arc<AtomicU8>);

/// No request has come yet.
const NEW: u8 = 0;
/// A request is being answered: how long that takes is not the socket's business.
const ANSWERING: u8 = 1;
/// The answer is made, and written or being written.
const ANSWERED: u8 = 2;
/// The socket speaks another protocol now, which has deadlines of its own.
const UPGRADED: u8 = 3;

impl Stage {
    /// A request has come.
    pub(super) fn answering(&self) {
        self.0.store(ANSWERING, Ordering::Relaxed);
    }

    /// Its answer is made; with `upgraded`, it was the last one.
    pub(super) fn answered(&self, upgraded: bool) {
        self.0.store(if upgraded { UPGRADED } else { ANSWERED }, Ordering::Relaxed);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A deadline that is set, moved and looked at.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Ready once `at` has passed; until then the task is woken at `at`.
    fn poll(&mut self, at: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(cx)
    }
}

/// What a peer that takes bytes slowly owes: so many more of them until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Debt {
    until: Instant,
    bytes: usize,
}

impl Debt {
    /// What is left once `written` of `offered` bytes have gone; nothing when the peer keeps up again.
    fn after(self, written: usize, offered: usize) -> Option<Self> {
        let paid = written == offered || written >= self.bytes;
        (!paid).then(|| Self { bytes: self.bytes - written, ..self })
    }
}

/// A socket with deadlines.
pub(super) struct Paced<S> {
    socket: S,
    /// What is done to a socket that is not read, so that the system forgets what it was to be sent.
    give_up: fn(&S),
    waits: Waits,
    stage: Stage,
    /// When it was taken.
    taken: Instant,
    /// When bytes last went either way.
    moved: Instant,
    /// When the first bytes of a head came that is not whole yet.
    head: Option<Instant>,
    debt: Option<Debt>,
    reading: Timer,
    writing: Timer,
}

impl<S> Paced<S> {
    /// A socket taken now, and what is to be told about it.
    pub(super) fn new(socket: S, waits: Waits, give_up: fn(&S)) -> (Self, Stage) {
        let (now, stage) = (Instant::now(), Stage::default());
        let paced = Self {
            socket,
            give_up,
            waits,
            stage: stage.clone(),
            taken: now,
            moved: now,
            head: None,
            debt: None,
            reading: Timer::default(),
            writing: Timer::default(),
        };
        (paced, stage)
    }

    /// The socket below.
    pub(super) const fn get_ref(&self) -> &S {
        &self.socket
    }

    /// Until when something has to come.
    fn read_by(&self) -> Option<Instant> {
        match (self.stage.get(), self.head) {
            (NEW, _) => Some(self.taken + self.waits.head),
            (ANSWERED, Some(began)) => Some(began + self.waits.head),
            (ANSWERED, None) => Some(self.moved + self.waits.idle),
            _ => None,
        }
    }

    fn note_read(&mut self) {
        let now = Instant::now();
        self.moved = now;
        if self.stage.get() == ANSWERED {
            self.head.get_or_insert(now);
        }
    }

    /// What came of writing: progress is noted, and a peer that takes nothing for too long is an error.
    fn note_write(
        &mut self,
        result: Poll<io::Result<usize>>,
        offered: usize,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match result {
            Poll::Ready(Ok(written)) => {
                (self.moved, self.head) = (Instant::now(), None);
                self.debt = self.debt.and_then(|debt| debt.after(written, offered));
                Poll::Ready(Ok(written))
            }
            Poll::Pending => {
                let fresh = || Debt { until: Instant::now() + self.waits.write, bytes: self.waits.progress };
                let debt = *self.debt.get_or_insert_with(fresh);
                ready!(self.writing.poll(debt.until, cx));
                (self.give_up)(&self.socket);
                Poll::Ready(Err(io::Error::new(ErrorKind::TimedOut, "what it asked for is not read")))
            }
            failed => failed,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.socket).poll_read(cx, buf) {
            Poll::Ready(result) => {
                if buf.filled().len() > before {
                    self.note_read();
                }
                Poll::Ready(result)
            }
            Poll::Pending => {
                let Some(by) = self.read_by() else { return Poll::Pending };
                ready!(self.reading.poll(by, cx));
                Poll::Ready(Err(io::Error::new(ErrorKind::TimedOut, "no request has come")))
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.note_write(result, buf.len(), cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.note_write(result, bufs.iter().map(|buf| buf.len()).sum(), cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    /// What does not matter to a case never comes.
    const NEVER: Duration = Duration::from_secs(3_600);
    const SOON: Duration = Duration::from_millis(5);
    const LONG: Waits = Waits { head: NEVER, idle: NEVER, write: NEVER, progress: 1_000 };

    fn run<F: Future<Output = ()>>(waits: Waits, case: impl FnOnce(Paced<DuplexStream>, Stage, DuplexStream) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (ours, theirs) = duplex(64);
            let (paced, stage) = Paced::new(ours, waits, |_| {});
            case(paced, stage, theirs).await;
        });
    }

    fn is_late<T>(result: &io::Result<T>) -> bool {
        result.as_ref().is_err_and(|error| error.kind() == ErrorKind::TimedOut)
    }

    #[test]
    fn a_first_head_has_to_come_in_time() {
        run(Waits { head: SOON, ..LONG }, |mut paced, _, mut theirs| async move {
            theirs.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
            let mut head = Vec::new();
            assert!(is_late(&paced.read_to_end(&mut head).await));
            assert_eq!(head, b"GET / HTTP/1.1\r\n");
        });
    }

    #[test]
    fn a_later_head_has_to_come_in_time_once_it_has_begun() {
        run(Waits { head: SOON, ..LONG }, |mut paced, stage, mut theirs| async move {
            stage.answering();
            stage.answered(false);
            paced.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            theirs.write_all(b"G").await.unwrap();
            assert!(is_late(&paced.read_to_end(&mut Vec::new()).await));
        });
    }

    #[test]
    fn an_idle_socket_is_kept_for_a_while() {
        run(Waits { head: Duration::ZERO, idle: SOON, ..LONG }, |mut paced, stage, theirs| async move {
            stage.answering();
            stage.answered(false);
            assert!(is_late(&paced.read_u8().await));
            drop(theirs);
        });
    }

    #[test]
    fn whoever_is_answered_or_upgraded_is_not_waited_for() {
        let hurried = Waits { head: Duration::ZERO, idle: Duration::ZERO, ..LONG };
        for upgraded in [false, true] {
            run(hurried, |mut paced, stage, mut theirs| async move {
                stage.answering();
                if upgraded {
                    stage.answered(true);
                }
                let (read, ()) = tokio::join!(paced.read_u8(), async {
                    tokio::task::yield_now().await;
                    theirs.write_all(b"x").await.unwrap();
                });
                assert_eq!(read.unwrap(), b'x');
            });
        }
    }

    #[test]
    fn whoever_reads_nothing_is_given_up() {
        run(Waits { write: SOON, ..LONG }, |mut paced, _, theirs| async move {
            assert!(is_late(&paced.write_all(&[0; 1_000]).await));
            drop(theirs);
        });
    }

    #[test]
    fn whoever_reads_by_the_byte_is_given_up() {
        run(Waits { write: SOON, progress: usize::MAX, ..LONG }, |mut paced, _, mut theirs| async move {
            let asked_for = vec![0; 10_000_000];
            let drips = async {
                while theirs.read_u8().await.is_ok() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                written = paced.write_all(&asked_for) => assert!(is_late(&written)),
                () = drips => panic!("it is not given up"),
            }
        });
    }

    #[test]
    fn a_debt_is_paid_by_progress() {
        let debt = Debt { until: Instant::now(), bytes: 100 };
        let left = |bytes| Some(Debt { bytes, ..debt });
        assert_eq!(debt.after(30, 1_000), left(70));
        assert_eq!(debt.after(99, 1_000), left(1));
        assert_eq!(debt.after(100, 1_000), None);
        assert_eq!(debt.after(30, 30), None, "there was no more to take");
    }
}
