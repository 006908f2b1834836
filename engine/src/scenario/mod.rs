//! The scenario runner (§10): states a case in JSON and says what becomes of it.

mod malformed;
mod names;
mod input;
mod output;

pub use malformed::Malformed;

use crate::{
    input::{Input, Refusal},
    market::Market,
    order::{OrderId, UserId},
    quote::quote,
    reason::RejectReason,
    report::{Event, Report},
};
use input::{Scenario, Step};
use names::Names;
use serde_json::Value;

/// Runs a scenario; `print` gets one JSON object per step, in order.
///
/// # Errors
/// The first malformed field. The whole scenario is read before its first step is made.
pub fn run(json: &Value, mut print: impl FnMut(Value)) -> Result<(), Malformed> {
    let mut runner = Runner::new(json)?;
    while let Some(line) = runner.step() {
        print(line);
    }
    Ok(())
}

/// A scenario on its way, step by step.
pub struct Runner {
    market: Market,
    names: Names,
    steps: std::vec::IntoIter<Step>,
    done: usize,
}

impl Runner {
    /// Reads a scenario and opens its market.
    ///
    /// # Errors
    /// The first malformed field.
    pub fn new(json: &Value) -> Result<Self, Malformed> {
        let mut names = Names::default();
        let scenario = Scenario::read(json, &mut names)?;
        let mut market = Market::new(scenario.params).map_err(|violations| input::violation(&violations))?;
        for (index, user) in scenario.users.into_iter().enumerate() {
            let refused = |refusal: Refusal| Malformed::new(format!("users[{index}]"), refusal.to_string());
            market.apply(&Input::Join { user: user.id, deposit: user.balance }).map_err(refused)?;
            for (outcome, sets) in user.sets {
                market.endow(user.id, outcome, sets).map_err(refused)?;
            }
        }
        Ok(Self { market, names, steps: scenario.steps.into_iter(), done: 0 })
    }

    /// The market as it stands.
    #[must_use]
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// Makes the next step; `None` after the last.
    pub fn step(&mut self) -> Option<Value> {
        let step = self.steps.next()?;
        let mut report = Report::default();
        let mut refused = None;
        for (user, order) in step.cancels {
            self.cancel(user, order, step.now_ms, &mut report);
        }
        for input in step.inputs {
            match self.market.apply(&input) {
                Ok(part) => append(&mut report, part),
                Err(refusal) => {
                    if let Refusal::Invariant(detail) = &refusal {
                        report.events.push(Event::Invariant { detail: detail.clone() });
                    }
                    refused = Some(refusal.to_string());
                }
            }
        }
        let quote = step.quote.map(|order| {
            let own = self.market.own_view(order.user);
            quote(&self.market.public(), &own, &[], &order, step.now_ms)
        });
        let line = output::line(self.done, &self.market, &self.names, &report, quote.as_ref(), refused);
        self.done += 1;
        Some(line)
    }

    /// A cancel of somebody's else, or of no, order is an event, not an error.
    fn cancel(&mut self, user: UserId, order: OrderId, now_ms: u64, report: &mut Report) {
        match self.market.apply(&Input::Cancel { user, order, now_ms }) {
            Ok(part) => append(report, part),
            Err(_) => {
                let reason = RejectReason::UnknownUser(user.0);
                report.events.push(Event::OrderCanceled { order, user, found: false, reason });
            }
        }
    }
}

fn append(report: &mut Report, part: Report) {
    report.fills.extend(part.fills);
    report.events.extend(part.events);
    report.orders.extend(part.orders);
    report.payouts.extend(part.payouts);
    report.cash.extend(part.cash);
    report.tidy();
}
