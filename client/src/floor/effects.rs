//! What every event of the market looks like. Driven by the data of the tick alone.

use super::{
    dice::Dice,
    figures::Figures,
    mood::Mood,
    palette,
    pillars::Pillars,
    ripples::Ripples,
    sparks::{Path, Spark, Sparks},
};
use crate::{
    frame::FloorSystems,
    net::Heard,
    stage::place::{self, PILLAR_RADIUS_M, SCALE_M},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_desk::model::Notice;
use outcry_engine::{Event, FillType, OutcomeId, Price, Side, Usdc, UserId};
use outcry_shared::message::{ActionKind, FloorAction, PublicTrade, TickUpdate};

/// Trades and actions of one tick that are shown; the others only move the pillars.
const SHOWN_MAX: usize = 40;
/// How long a pulse flies, in s.
const PULSE_S: f32 = 0.55;
/// Over how long the events of a tick are spread, in s.
const SPREAD_S: f32 = 0.6;
/// When survivors of an elimination rise, in s after it: the streams have arrived.
const RISE_AFTER_S: f32 = 2.2;
/// Lights of a stream, of a shower and of the winner's eruption.
const STREAM: usize = 22;
const SHOWER: usize = 130;
const ERUPTION: usize = 420;
const CONFETTI: usize = 360;
/// How long the eruption lasts, and confetti falls, in s.
const ERUPTION_S: f32 = 7.0;
const CONFETTI_S: f32 = 14.0;
/// Payments and flows of this many dollars are shown by all their lights; smaller ones by fewer.
const RICH_USD: f32 = 2_000.0;

/// What happens at a pillar once a light has reached it.
struct Arrival {
    left_s: f32,
    outcome: OutcomeId,
    glow: f32,
    ripple: f32,
}

#[derive(Resource, Default)]
struct Arrivals(Vec<Arrival>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Arrivals>()
        .add_systems(Update, show.in_set(FloorSystems::Follow))
        .add_systems(Update, arrive.in_set(FloorSystems::Move));
}

/// Everything an effect touches.
#[derive(SystemParam)]
struct Scene<'w> {
    sparks: ResMut<'w, Sparks>,
    pillars: ResMut<'w, Pillars>,
    figures: ResMut<'w, Figures>,
    arrivals: ResMut<'w, Arrivals>,
}

fn show(mut scene: Scene, mut heard: MessageReader<Heard>, mood: Res<Mood>, mut dice: Local<Dice>) {
    for Heard(notice) in heard.read() {
        match notice {
            _ if !mood.motion => scene.sparks.clear(),
            Notice::Tick { update, .. } => scene.tick(update, &mut dice),
            Notice::Snapshot { .. } => {
                scene.sparks.clear();
                scene.arrivals.0.clear();
            }
            _ => {}
        }
    }
}

fn arrive(
    mut arrivals: ResMut<Arrivals>,
    mut pillars: ResMut<Pillars>,
    mut ripples: ResMut<Ripples>,
    time: Res<Time<Real>>,
) {
    let dt_s = time.delta_secs();
    arrivals.0.retain_mut(|arrival| {
        arrival.left_s -= dt_s;
        if arrival.left_s > 0.0 {
            return true;
        }
        if let Some(foot) = pillars.shine(arrival.outcome, arrival.glow)
            && arrival.ripple > 0.0
        {
            ripples.start(foot, arrival.ripple);
        }
        false
    });
}

/// The part of its lights that an amount of money has.
fn share(amount: Usdc) -> f32 {
    (amount.as_f64() as f32 / RICH_USD).max(0.0).sqrt().clamp(0.3, 1.0)
}

impl Scene<'_> {
    fn tick(&mut self, update: &TickUpdate, dice: &mut Dice) {
        let shown = (update.trades.len() + update.actions.len()).clamp(1, SHOWN_MAX);
        let step_s = SPREAD_S / shown as f32;
        for (index, trade) in update.trades.iter().take(SHOWN_MAX).enumerate() {
            self.trade(trade, index as f32 * step_s, dice);
        }
        let left = SHOWN_MAX.saturating_sub(update.trades.len());
        for (index, action) in update.actions.iter().take(left).enumerate() {
            self.action(action, index as f32 * step_s, dice);
        }
        for event in &update.events {
            self.event(event, dice);
        }
    }

    /// A fill: light flies from whoever traded to the pillar; of a pair, from both.
    fn trade(&mut self, trade: &PublicTrade, delay_s: f32, dice: &mut Dice) {
        let tokens = trade.size.as_f64() as f32;
        let size_m = (0.10 + 0.03 * (1.0 + tokens).ln()).min(0.34);
        let pair = matches!(trade.fill_type, FillType::Mint | FillType::Merge);
        let place = self.at_price(trade.outcome, trade.price, trade.side);
        for (user, side) in
            [(trade.buyer, trade.side), (trade.seller, if pair { trade.side.other() } else { trade.side })]
        {
            let Some(user) = user else { continue };
            self.pulse(user, place, palette::side(side), size_m, delay_s);
        }
        let (glow, ripple) = if pair { (0.3, 0.0) } else { (0.22, (0.25 + tokens / 400.0).min(0.9)) };
        self.arrivals.0.push(Arrival { left_s: delay_s + PULSE_S, outcome: trade.outcome, glow, ripple });
        if pair {
            // Two lights meet, and both holders shine in one.
            self.burst(place, 10, 0.8, LinearRgba::WHITE * 0.8, delay_s + PULSE_S, dice);
        }
        if trade.fill_type == FillType::Amm {
            self.cross_impact(trade.outcome, delay_s + PULSE_S, (0.03 + tokens / 3_000.0).min(0.15));
        }
    }

    /// The ripple of a trade with the pool reaches the other pillars.
    fn cross_impact(&mut self, from: OutcomeId, delay_s: f32, glow: f32) {
        let Some(centre) = self.pillars.list.get(from.index()).map(|pillar| pillar.foot) else { return };
        for pillar in self.pillars.list.iter().filter(|pillar| pillar.outcome != from && pillar.presence() > 0.5) {
            let left_s = delay_s + pillar.foot.distance(centre) / 6.5;
            self.arrivals.0.push(Arrival { left_s, outcome: pillar.outcome, glow, ripple: 0.0 });
        }
    }

    fn pulse(&mut self, user: UserId, place: Vec3, colour: LinearRgba, size_m: f32, delay_s: f32) {
        const TAIL: usize = 6;
        self.figures.hop(user);
        let from = self.figures.hand(user);
        for part in 0..self.sparks.some(TAIL) {
            let behind = part as f32 / TAIL as f32;
            self.sparks.fly(Spark {
                from,
                path: Path::To { place, lift_m: 0.9 },
                delay_s: delay_s + behind * 0.11,
                life_s: PULSE_S,
                size_m: size_m * (1.0 - 0.7 * behind),
                colour: colour * (1.3 * (1.0 - 0.75 * behind)),
            });
        }
    }

    /// An order comes to rest or is pulled: a small light goes to its ring, or leaves it.
    fn action(&mut self, action: &FloorAction, delay_s: f32, dice: &mut Dice) {
        let place = self.at_price(action.outcome, action.price, action.side);
        let colour = palette::side(action.side) * 0.8;
        match action.kind {
            ActionKind::Placed => {
                let from = self.figures.hand(action.user);
                let path = Path::To { place, lift_m: 0.4 };
                self.sparks.fly(Spark { from, path, delay_s, life_s: PULSE_S, size_m: 0.13, colour });
            }
            ActionKind::Pulled => self.burst(place, 5, 0.9, colour * 0.5, delay_s, dice),
        }
    }

    fn event(&mut self, event: &Event, dice: &mut Dice) {
        match event {
            Event::AutoFill { outcome, side, price, .. } => {
                let place = self.at_price(*outcome, *price, *side);
                self.burst(place, 26, 1.7, palette::amber(), PULSE_S, dice);
                self.arrivals.0.push(Arrival { left_s: PULSE_S, outcome: *outcome, glow: 0.6, ripple: 0.0 });
            }
            Event::Elimination { outcome, paid, flows, .. } => {
                self.shower(*outcome, share(*paid), dice);
                for (to, flow) in flows {
                    self.stream(*outcome, *to, share(*flow), dice);
                }
            }
            Event::Renormalisation { prices, .. } => {
                for (outcome, _, _) in prices {
                    let left_s = RISE_AFTER_S;
                    self.arrivals.0.push(Arrival { left_s, outcome: *outcome, glow: 0.9, ripple: 0.4 });
                }
            }
            Event::Final { winner, .. } => self.eruption(*winner, dice),
            _ => {}
        }
    }

    /// Holders of its NO are paid: coins rain on the floor.
    fn shower(&mut self, outcome: OutcomeId, share: f32, dice: &mut Dice) {
        let Some(head) = self.pillars.list.get(outcome.index()).map(|pillar| pillar.head()) else { return };
        for _ in 0..self.sparks.some((SHOWER as f32 * share) as usize) {
            let out = Vec3::new(dice.around(2.4), 2.0 + dice.unit() * 3.0, 0.6 + dice.unit() * 2.4);
            self.sparks.fly(Spark {
                from: head,
                path: Path::Thrown { velocity: out, gravity: 5.0 },
                delay_s: 0.5 + dice.unit() * 1.6,
                life_s: 1.8 + dice.unit() * 0.8,
                size_m: 0.10 + 0.08 * dice.unit(),
                colour: palette::amber() * 1.2,
            });
        }
    }

    /// What came free flows to a survivor, which rises once it has arrived.
    fn stream(&mut self, from: OutcomeId, to: OutcomeId, share: f32, dice: &mut Dice) {
        let Some((heart, colour)) = self.pillars.list.get(from.index()).map(|p| (p.foot + Vec3::Y * 0.4, p.colour))
        else {
            return;
        };
        let Some(place) = self.pillars.hold(to, RISE_AFTER_S) else { return };
        let lift_m = 1.2 + heart.distance(place) * 0.12;
        let parts = self.sparks.some((STREAM as f32 * share) as usize);
        for part in 0..parts {
            let jitter = Vec3::new(dice.around(0.12), dice.around(0.12), dice.around(0.12));
            self.sparks.fly(Spark {
                from: heart + jitter,
                path: Path::To { place: place + jitter, lift_m },
                delay_s: 0.8 + part as f32 / parts as f32 * 1.1,
                life_s: 0.95,
                size_m: 0.20,
                colour: colour * 0.9,
            });
        }
        self.arrivals.0.push(Arrival { left_s: RISE_AFTER_S, outcome: to, glow: 1.0, ripple: 0.5 });
    }

    /// The winner erupts, in every colour of the floor.
    fn eruption(&mut self, winner: OutcomeId, dice: &mut Dice) {
        let Some((foot, colour)) = self.pillars.list.get(winner.index()).map(|pillar| (pillar.foot, pillar.colour))
        else {
            return;
        };
        let head = foot + Vec3::Y * SCALE_M;
        let colours: Vec<LinearRgba> = self.pillars.list.iter().map(|pillar| pillar.colour).collect();
        for index in 0..self.sparks.some(ERUPTION) {
            let other = colours.get(index % colours.len().max(1)).copied().unwrap_or(colour);
            let colour = if index % 3 == 0 { other } else { colour };
            self.sparks.fly(Spark {
                from: head,
                path: Path::Thrown {
                    velocity: Vec3::new(dice.around(2.6), 2.5 + dice.unit() * 4.5, dice.around(1.5) + 1.0),
                    gravity: 3.6,
                },
                delay_s: 0.7 + dice.unit() * ERUPTION_S,
                life_s: 2.2 + dice.unit() * 1.3,
                size_m: 0.12 + 0.16 * dice.unit(),
                colour: colour * 1.3,
            });
        }
        for index in 0..self.sparks.some(CONFETTI) {
            let colour = colours.get(index % colours.len().max(1)).copied().unwrap_or(colour);
            self.sparks.fly(Spark {
                from: Vec3::new(dice.around(9.0), SCALE_M * (1.2 + 0.3 * dice.unit()), 0.5 + dice.unit() * 3.5),
                path: Path::Thrown {
                    velocity: Vec3::new(dice.around(0.5), -0.8 - 0.7 * dice.unit(), 0.0),
                    gravity: 0.0,
                },
                delay_s: 2.5 + dice.unit() * CONFETTI_S,
                life_s: 6.5,
                size_m: 0.08 + 0.07 * dice.unit(),
                colour: colour * 0.9,
            });
        }
        for beat in 0..3 {
            let left_s = 0.7 + beat as f32 * 0.9;
            self.arrivals.0.push(Arrival { left_s, outcome: winner, glow: 1.4, ripple: 1.0 });
        }
    }

    fn burst(&mut self, place: Vec3, wish: usize, speed: f32, colour: LinearRgba, delay_s: f32, dice: &mut Dice) {
        for _ in 0..self.sparks.some(wish) {
            let turn = dice.unit() * std::f32::consts::TAU;
            let out = Vec3::new(turn.sin(), 0.0, turn.cos());
            let velocity = out * speed * (0.5 + dice.unit()) + Vec3::Y * (0.4 + dice.unit()) * speed * 0.6;
            self.sparks.fly(Spark {
                from: place + out * PILLAR_RADIUS_M * 1.1,
                path: Path::Thrown { velocity, gravity: 1.6 },
                delay_s: delay_s + dice.unit() * 0.12,
                life_s: 0.5 + dice.unit() * 0.5,
                size_m: 0.09 + 0.07 * dice.unit(),
                colour,
            });
        }
    }

    /// The side of a pillar that is seen, at a price.
    fn at_price(&self, outcome: OutcomeId, price: Price, side: Side) -> Vec3 {
        let height = place::height_m(price.as_f64());
        let out = PILLAR_RADIUS_M * if side == Side::Yes { 1.0 } else { 1.1 };
        let foot = self.pillars.list.get(outcome.index()).map_or(Vec3::ZERO, |pillar| pillar.foot);
        foot + Vec3::new(0.0, height, out)
    }
}
