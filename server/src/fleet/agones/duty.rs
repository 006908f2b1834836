//! When a sidecar is told what, on a clock of the caller's. Two lines that do not wait for each other: signs of life, and
//! words. It decides; the calls themselves are made elsewhere.

use super::call::Call;

/// How a process stands, as its orchestrator has to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It lives, and cannot be used yet.
    #[default]
    Starting,
    /// It has a place for a room and nothing in play: it may be taken away.
    Ready,
    /// Somebody is in one of its rooms, or a session runs: it is not to be taken away.
    Allocated,
    /// It ends.
    Over,
}

/// What the sidecar is to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) stage: Stage,
    /// Rooms that are held.
    pub(super) rooms: usize,
}

/// Times between calls, in ms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Between two signs of life.
    pub(super) beat_ms: u64,
    /// Between a word that was not taken and its next try; each try doubles it.
    pub(super) retry_min_ms: u64,
    /// The longest it gets.
    pub(super) retry_max_ms: u64,
}

/// What is to be said of the sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It takes nothing any more, or something it does not take: why.
    Lost(String),
    /// It takes everything again.
    Back,
}

/// The calls of one line.
#[derive(Debug, Default)]
struct Line {
    /// Made, and not answered.
    is_asking: bool,
    has_failed: bool,
    due_ms: u64,
}

/// What was told and what is to be told.
#[derive(Debug)]
pub(super) struct Duty {
    pace: Pace,
    wanted: Wanted,
    /// What was taken, since the sidecar was last lost.
    stage: Stage,
    rooms: Option<usize>,
    signs: Line,
    words: Line,
    retry_ms: u64,
    is_lost: bool,
}

impl Duty {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            pace,
            wanted: Wanted::default(),
            stage: Stage::default(),
            rooms: None,
            signs: Line::default(),
            words: Line::default(),
            retry_ms: pace.retry_min_ms,
            is_lost: false,
        }
    }

    /// Something else is wanted. The end waits neither for what was not taken before it nor for what was not answered, and
    /// is not taken back.
    pub(super) fn want(&mut self, wanted: Wanted, now_ms: u64) {
        if self.wanted.stage == Stage::Over {
            return;
        }
        self.wanted = wanted;
        if wanted.stage == Stage::Over {
            self.words = Line { is_asking: false, due_ms: now_ms, ..self.words };
        }
    }

    /// Whether the end was told.
    pub(super) fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// The calls that are due. Each is answered by [`Self::heard`] before the next of its line.
    pub(super) fn due(&mut self, now_ms: u64) -> Vec<Call> {
        let mut calls = Vec::new();
        if !self.signs.is_asking && now_ms >= self.signs.due_ms {
            // By the clock, not by the answer: whoever answers slowly hears as often.
            self.signs = Line { is_asking: true, due_ms: now_ms + self.pace.beat_ms, ..self.signs };
            calls.push(Call::Health);
        }
        if let Some(word) = self.word().filter(|_| !self.words.is_asking && now_ms >= self.words.due_ms) {
            self.words.is_asking = true;
            calls.push(word);
        }
        calls
    }

    /// When to look again, if nothing happens before.
    pub(super) fn next_ms(&self) -> Option<u64> {
        let signs = (!self.signs.is_asking).then_some(self.signs.due_ms);
        let words = (!self.words.is_asking && self.word().is_some()).then_some(self.words.due_ms);
        signs.into_iter().chain(words).min()
    }

    /// What came of a call.
    pub(super) fn heard(&mut self, call: Call, answer: Result<(), String>, now_ms: u64) -> Option<News> {
        let has_failed = answer.is_err();
        if self.wanted.stage == Stage::Over && !matches!(call, Call::Health | Call::Shutdown) {
            // What was said before the end counts no more.
            return None;
        }
        if call == Call::Health {
            self.signs = Line { is_asking: false, has_failed, ..self.signs };
        } else {
            self.words = Line { is_asking: false, has_failed, due_ms: now_ms };
            if has_failed {
                self.words.due_ms += self.retry_ms;
                self.retry_ms = self.retry_ms.saturating_mul(2).min(self.pace.retry_max_ms);
            } else {
                self.retry_ms = self.pace.retry_min_ms;
                self.note(call);
            }
        }
        match answer {
            Err(why) if !self.is_lost => {
                // One that comes back may be another, that knows nothing.
                (self.is_lost, self.stage, self.rooms) = (true, Stage::default(), None);
                Some(News::Lost(why))
            }
            Ok(()) if self.is_lost && !self.signs.has_failed && !self.words.has_failed => {
                self.is_lost = false;
                Some(News::Back)
            }
            _ => None,
        }
    }

    fn note(&mut self, call: Call) {
        match call {
            Call::Health => {}
            Call::Ready => self.stage = Stage::Ready,
            Call::Allocate => self.stage = Stage::Allocated,
            Call::Shutdown => self.stage = Stage::Over,
            Call::Rooms(count) => self.rooms = Some(count),
        }
    }

    /// What is to be told next. How it stands comes first: a room more or less takes nobody away.
    fn word(&self) -> Option<Call> {
        match (self.stage, self.wanted.stage) {
            (Stage::Over, _) => None,
            (_, Stage::Over) => Some(Call::Shutdown),
            (Stage::Starting | Stage::Allocated, Stage::Ready) => Some(Call::Ready),
            (Stage::Starting | Stage::Ready, Stage::Allocated) => Some(Call::Allocate),
            _ => (self.rooms != Some(self.wanted.rooms)).then_some(Call::Rooms(self.wanted.rooms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace { beat_ms: 2_000, retry_min_ms: 250, retry_max_ms: 5_000 };

    fn want(duty: &mut Duty, stage: Stage, rooms: usize, now_ms: u64) {
        duty.want(Wanted { stage, rooms }, now_ms);
    }

    /// Lets a duty run on its own times to `until_ms`, with a sidecar that answers at once; what was called when, and the
    /// news.
    fn run(
        duty: &mut Duty,
        from_ms: u64,
        until_ms: u64,
        mut answer: impl FnMut(Call, u64) -> Result<(), String>,
    ) -> (Vec<(u64, Call)>, Vec<News>) {
        let (mut now_ms, mut calls, mut news) = (from_ms, Vec::new(), Vec::new());
        while now_ms <= until_ms {
            for call in duty.due(now_ms) {
                calls.push((now_ms, call));
                news.extend(duty.heard(call, answer(call, now_ms), now_ms));
            }
            now_ms = duty.next_ms().unwrap_or(u64::MAX).max(now_ms);
        }
        (calls, news)
    }

    fn words(calls: &[(u64, Call)]) -> Vec<Call> {
        calls.iter().map(|(_, call)| *call).filter(|call| *call != Call::Health).collect()
    }

    fn signs(calls: &[(u64, Call)]) -> Vec<u64> {
        calls.iter().filter(|(_, call)| *call == Call::Health).map(|(at, _)| *at).collect()
    }

    #[test]
    fn a_day_of_a_process() {
        let mut duty = Duty::new(PACE);
        let mut told = Vec::new();
        let stages = [
            (Stage::Starting, 0),
            (Stage::Ready, 2),
            (Stage::Ready, 2),
            (Stage::Allocated, 2),
            (Stage::Allocated, 3),
            (Stage::Ready, 3),
            (Stage::Over, 0),
        ];
        for (hour, (stage, rooms)) in (0..).zip(stages) {
            want(&mut duty, stage, rooms, hour * 10_000);
            let (calls, news) = run(&mut duty, hour * 10_000, hour * 10_000 + 9_999, |_, _| Ok(()));
            assert_eq!((signs(&calls).len(), news), (5, vec![]), "alive every two seconds, in the end, too");
            told.push(words(&calls));
        }
        let expected = [
            vec![Call::Rooms(0)],
            vec![Call::Ready, Call::Rooms(2)],
            vec![],
            vec![Call::Allocate],
            vec![Call::Rooms(3)],
            vec![Call::Ready],
            vec![Call::Shutdown],
        ];
        assert_eq!(told, expected);
        assert!(duty.is_over());
    }

    #[test]
    fn a_lost_sidecar_is_said_once_and_told_everything_when_it_is_back() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Allocated, 4, 0);
        let (calls, _) = run(&mut duty, 0, 9_999, |_, _| Ok(()));
        assert_eq!(words(&calls), [Call::Allocate, Call::Rooms(4)]);
        let (calls, news) = run(&mut duty, 10_000, 69_999, |_, _| Err("refused".to_owned()));
        assert_eq!(news, [News::Lost("refused".to_owned())]);
        assert_eq!(signs(&calls).len(), 30, "it is looked for every two seconds");
        let tries: Vec<_> =
            calls.iter().filter(|(_, call)| *call == Call::Allocate).map(|(at, _)| at - 10_000).collect();
        assert_eq!(tries[..7], [0, 250, 750, 1_750, 3_750, 7_750, 12_750], "less and less often");
        assert!(tries.windows(2).skip(5).all(|pair| pair[1] - pair[0] == 5_000), "{tries:?}");
        let (calls, news) = run(&mut duty, 70_000, 79_999, |_, _| Ok(()));
        assert_eq!(news, [News::Back]);
        assert_eq!(words(&calls), [Call::Allocate, Call::Rooms(4)], "it may know nothing");
    }

    #[test]
    fn signs_of_life_go_on_while_a_word_hangs() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Ready, 1, 0);
        assert_eq!(duty.due(0), [Call::Health, Call::Ready]);
        // Ready is never answered.
        duty.heard(Call::Health, Ok(()), 0);
        for beat in 1..20 {
            assert_eq!(duty.next_ms(), Some(beat * 2_000));
            assert_eq!(duty.due(beat * 2_000), [Call::Health]);
            duty.heard(Call::Health, Ok(()), beat * 2_000 + 1_999);
        }
    }

    #[test]
    fn a_sign_that_hangs_is_not_followed_by_another_and_holds_up_no_word() {
        let mut duty = Duty::new(PACE);
        assert_eq!(duty.due(0), [Call::Health, Call::Rooms(0)]);
        duty.heard(Call::Rooms(0), Ok(()), 0);
        want(&mut duty, Stage::Allocated, 0, 5_000);
        assert_eq!(duty.due(5_000), [Call::Allocate]);
        let lost = duty.heard(Call::Health, Err("no answer".to_owned()), 6_000);
        assert_eq!(lost, Some(News::Lost("no answer".to_owned())));
        assert_eq!(duty.due(6_000), [Call::Health], "what was missed is made up for once");
    }

    #[test]
    fn one_that_takes_signs_and_no_words_is_lost_once() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Ready, 1, 0);
        let upset = |call, now_ms| if call == Call::Ready && now_ms < 60_000 { Err("500".to_owned()) } else { Ok(()) };
        let (calls, news) = run(&mut duty, 0, 90_000, upset);
        assert_eq!(news, [News::Lost("500".to_owned()), News::Back]);
        assert!(words(&calls).ends_with(&[Call::Ready, Call::Rooms(1)]));
    }

    #[test]
    fn the_end_waits_for_no_pause_and_is_not_taken_back() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Ready, 1, 0);
        let (calls, _) = run(&mut duty, 0, 30_000, |_, _| Err("refused".to_owned()));
        let last = calls.last().unwrap().0;
        want(&mut duty, Stage::Over, 1, last + 1);
        assert!(duty.due(last + 1).contains(&Call::Shutdown));
        want(&mut duty, Stage::Ready, 1, last + 2);
        duty.heard(Call::Shutdown, Ok(()), last + 2);
        assert!(duty.is_over());
    }

    #[test]
    fn the_end_is_told_while_people_play_and_a_word_hangs() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Allocated, 2, 0);
        assert_eq!(duty.due(0), [Call::Health, Call::Allocate]);
        want(&mut duty, Stage::Over, 2, 100);
        assert_eq!(duty.due(100), [Call::Shutdown]);
        assert_eq!(duty.heard(Call::Allocate, Err("no answer".to_owned()), 2_000), None);
        assert_eq!(duty.due(2_000), [], "it was told, and is not told twice");
        duty.heard(Call::Shutdown, Ok(()), 2_100);
        assert!(duty.is_over());
    }

    #[test]
    fn what_changes_while_a_word_is_on_its_way_is_told_after_it() {
        let mut duty = Duty::new(PACE);
        want(&mut duty, Stage::Ready, 1, 0);
        assert_eq!(duty.due(0), [Call::Health, Call::Ready]);
        want(&mut duty, Stage::Allocated, 1, 1);
        assert_eq!(duty.due(1), []);
        duty.heard(Call::Ready, Ok(()), 2);
        assert_eq!(duty.due(2), [Call::Allocate]);
    }
}
