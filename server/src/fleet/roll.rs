//! What a process knows of its fleet's rooms: a copy of the table, for whoever asks over HTTP. The keeper renews it at every
//! sweep; who asks for a room that is not in it has it read at once.

use crate::{
    code::Code,
    store::{ALIVE_MS, Answer, View},
    vault::SealKey,
};
use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

/// How old a copy may be where somebody asks for a room that is in it.
const FRESH: Duration = Duration::from_secs(1);
/// Shortest time between two readings for those who ask, however many do.
const AGAIN: Duration = Duration::from_millis(100);
/// How long a reading may take.
const ANSWER: Duration = Duration::from_secs(1);

/// Reads the table.
pub(crate) type Reader = Box<dyn Fn() -> Answer<'static, View> + Send + Sync>;

/// Which process has a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The one that is reached there.
    Member(String),
    /// None at the moment.
    Nobody,
    /// There is no such room, or it is closed.
    NoRoom,
}

/// The copy. Clones are the same copy.
#[derive(Clone)]
pub struct Roll(Arc<Inner>);

struct Inner {
    own: String,
    origin: Arc<str>,
    key: SealKey,
    read: Reader,
    copy: RwLock<Copy>,
    /// Held by whoever reads for others.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Copy {
    view: Arc<View>,
    read: Option<Instant>,
    /// Why this process is not to be asked for anything new.
    trouble: Option<&'static str>,
}

impl fmt::Debug for Roll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roll").field("own", &self.0.own).finish_non_exhaustive()
    }
}

impl Roll {
    /// An empty one, for the process that is reached at `own`. People reach the fleet's rooms under `origin`.
    pub(crate) fn new(own: &str, origin: Arc<str>, key: SealKey, read: Reader) -> Self {
        let (copy, reading) = (RwLock::default(), tokio::sync::Mutex::default());
        Self(Arc::new(Inner { own: own.to_owned(), origin, key, read, copy, reading }))
    }

    /// Where this process is reached.
    pub(crate) fn own(&self) -> &str {
        &self.0.own
    }

    /// The link of a room.
    pub(crate) fn link(&self, code: &Code) -> String {
        format!("{}/r/{code}", self.0.origin)
    }

    /// The password of a room's host.
    pub(crate) fn password(&self, code: &Code) -> String {
        self.0.key.password(code.as_str())
    }

    /// The fleet as it was seen last.
    pub(crate) fn view(&self) -> Arc<View> {
        Arc::clone(&self.0.copy.read().unwrap_or_else(PoisonError::into_inner).view)
    }

    /// Why this process is not to be asked for anything new, if it is so.
    pub(crate) fn trouble(&self) -> Option<&'static str> {
        self.0.copy.read().unwrap_or_else(PoisonError::into_inner).trouble
    }

    /// Which process has a room.
    pub(crate) async fn find(&self, code: &Code) -> At {
        let (at, age) = self.look(code);
        if at != At::NoRoom && age.is_some_and(|age| age <= FRESH) {
            return at;
        }
        self.renew().await;
        let (at, age) = self.look(code);
        // Of what is older nobody knows whether it is still so.
        if age.is_some_and(|age| age <= Duration::from_millis(ALIVE_MS)) { at } else { At::Nobody }
    }

    fn look(&self, code: &Code) -> (At, Option<Duration>) {
        let copy = self.0.copy.read().unwrap_or_else(PoisonError::into_inner);
        let row = copy.view.rooms.iter().find(|row| row.code == *code);
        let at = row.map_or(At::NoRoom, |row| row.holder.clone().map_or(At::Nobody, At::Member));
        (at, copy.read.map(|read| read.elapsed()))
    }

    /// Reads the table, unless somebody has just done so.
    async fn renew(&self) {
        let _turn = self.0.reading.lock().await;
        let is_new = {
            let copy = self.0.copy.read().unwrap_or_else(PoisonError::into_inner);
            copy.read.is_some_and(|read| read.elapsed() < AGAIN)
        };
        if is_new {
            return;
        }
        let began = Instant::now();
        match tokio::time::timeout(ANSWER, (self.0.read)()).await {
            Ok(Ok(view)) => self.show(view, began),
            Ok(Err(error)) => tracing::debug!(%error, "the table of rooms cannot be read"),
            Err(_) => tracing::debug!("the table of rooms cannot be read in time"),
        }
    }

    /// The fleet as it was at a moment.
    pub(super) fn show(&self, view: View, read: Instant) {
        let mut copy = self.0.copy.write().unwrap_or_else(PoisonError::into_inner);
        if copy.read.is_none_or(|before| before <= read) {
            (copy.view, copy.read) = (Arc::new(view), Some(read));
        }
    }

    pub(super) fn set_trouble(&self, trouble: Option<&'static str>) {
        self.0.copy.write().unwrap_or_else(PoisonError::into_inner).trouble = trouble;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Row, StoreError};
    use std::sync::Mutex;

    fn row(code: &Code, holder: Option<&str>) -> Row {
        Row { code: code.clone(), number: 1, term: 1, holder: holder.map(str::to_owned), board: None }
    }

    #[tokio::test]
    async fn a_room_is_found_by_the_copy_and_an_unknown_one_is_looked_for_at_once() {
        let [one, two, gone] = [(); 3].map(|()| Code::fresh().unwrap());
        let table = Arc::new(Mutex::new((View::default(), 0)));
        let read: Reader = Box::new({
            let table = Arc::clone(&table);
            move || {
                let mut table = table.lock().unwrap();
                table.1 += 1;
                let view = table.0.clone();
                Box::pin(async move { if view.rooms.is_empty() { Err(StoreError::NotClaimed) } else { Ok(view) } })
            }
        });
        let roll = Roll::new("here:1", "http://floor".into(), SealKey::fresh().unwrap(), read);
        assert_eq!(roll.find(&one).await, At::Nobody, "nothing is known");
        table.lock().unwrap().0.rooms = vec![row(&one, Some("there:2")), row(&two, None)];
        assert_eq!(roll.find(&one).await, At::Member("there:2".to_owned()));
        let reads = table.lock().unwrap().1;
        for _ in 0..9 {
            assert_eq!(roll.find(&one).await, At::Member("there:2".to_owned()));
            assert_eq!(roll.find(&two).await, At::Nobody);
        }
        assert_eq!(table.lock().unwrap().1, reads, "the copy answers");
        assert_eq!(roll.find(&gone).await, At::NoRoom);
        roll.show(View::default(), Instant::now());
        assert_eq!(roll.view().rooms, [], "what a sweep has seen");
        roll.show(View { rooms: vec![row(&one, None)], ..View::default() }, Instant::now() - FRESH);
        assert_eq!(roll.view().rooms, [], "what is older does not count");
    }
}
