//! The price chart, from its first point on.

use crate::{
    reader::Read,
    support::{Host, busy, market, party},
};
use outcry_engine::{Direction, Side};
use outcry_lite::{
    page::Page,
    state::{State, Tab},
};
use outcry_shared::phase::Phase;

/// A session after so many seconds of trades.
fn after(ticks: u32) -> Host {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    for tick in 0..ticks {
        host.run(&[market(2 + tick % 5, (tick % 5) as u8, Side::Yes, Direction::Buy, 20)]);
    }
    host
}

fn chart(host: &Host, narrow: bool) -> Read {
    let page = Page::new(&host.model(), &State { narrow, tab: Tab::Market, ..State::default() });
    Read::of(&if narrow { page.choose } else { page.look }.into_string())
}

/// The first number after the last of these letters.
fn last(path: &str, letter: char) -> Option<i32> {
    path.rsplit_once(letter)?.1.split(|c: char| c != '-' && !c.is_ascii_digit()).next()?.parse().ok()
}

#[test]
fn names_stand_at_their_lines_ends_from_the_first_point_on() {
    for (host, narrow) in
        [0, 1, 3, 5, 6, 40, 90].into_iter().flat_map(|ticks| [(after(ticks), true), (after(ticks), false)])
    {
        let read = chart(&host, narrow);
        let [lines, leads, letters]: [Vec<_>; 3] =
            ["line", "lead", "letter"].map(|class| read.classed(class).collect());
        assert_eq!((lines.len(), leads.len(), letters.len()), (5, 5, 5));
        for line in lines {
            let end = last(line.get("d").unwrap(), 'H').unwrap();
            for (lead, letter) in leads.iter().zip(&letters) {
                let (from, x) =
                    (last(lead.get("d").unwrap(), 'M').unwrap(), letter.get("x").unwrap().parse::<i32>().unwrap());
                assert_eq!(from, end, "after {} ms, narrow {narrow}: a stroke begins where no line ends", host.now_ms);
                assert!(
                    (end..end + 14).contains(&x),
                    "after {} ms, narrow {narrow}: {x} is far from {end}",
                    host.now_ms
                );
            }
        }
    }
}

#[test]
fn the_axis_has_round_times() {
    let times = |host: &Host| -> Vec<String> {
        let marks = chart(host, false);
        let below = marks.classed("mark").filter(|mark| mark.get("text-anchor") == Some("middle"));
        below.map(|mark| mark.text.clone()).collect()
    };
    for ticks in [0, 1, 3, 6, 40] {
        assert_eq!(times(&after(ticks)), ["0:00", "0:15", "0:30", "0:45", "1:00"], "{ticks} s");
    }
    assert_eq!(times(&after(70)), ["0:00", "0:15", "0:30", "0:45", "1:00"]);
    assert_eq!(times(&busy()), ["0:00", "1:00", "2:00"]);
}
