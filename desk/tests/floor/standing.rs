//! What is said while trading stands still, to whoever has a seat and to whoever has none.

use crate::support::{Host, busy};
use outcry_desk::{model::Model, view::banner::BannerView};
use outcry_shared::{ServerMessage, phase::Phase};

/// What stands over the floor, and what was told of it.
fn said(host: &Host, mut model: Model) -> [String; 2] {
    model.apply(ServerMessage::Clock(host.clock()), 5_250);
    let banner = BannerView::new(&model, 5_300).unwrap().body;
    let told = model.toasts().iter().next_back().unwrap();
    [banner, told.body.clone()]
}

#[test]
fn only_whoever_has_a_seat_is_told_of_orders() {
    for phase in [Phase::Frozen, Phase::Paused] {
        let mut host = busy();
        let (seated, seatless) = (host.model(), host.spectator());
        host.phase = phase;
        for words in said(&host, seated) {
            assert!(words.ends_with(". You can cancel orders."), "{phase:?}: {words}");
        }
        for words in said(&host, seatless) {
            assert!(!words.is_empty() && !words.contains("orders"), "{phase:?}: {words}");
        }
    }
}
