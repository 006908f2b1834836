//! The two calls that are measured, each a function of its own, so that a tool which counts
//! instructions can be told to look at nothing else.

use crate::{clock, plain::Plain};
use outcry_engine::{Input, Market, Report};

/// What a workload measured, in µs per step.
#[derive(Default)]
pub(crate) struct Steps {
    pub(crate) ours: Vec<f64>,
    pub(crate) plain: Vec<f64>,
}

impl Steps {
    pub(crate) fn market(&mut self, market: &mut Market, inputs: &[Input]) -> Report {
        let (report, micros) = clock::timed(|| market_step(market, inputs));
        self.ours.push(micros);
        report
    }

    pub(crate) fn plain(&mut self, plain: &mut Plain, inputs: &[Input]) {
        let ((), micros) = clock::timed(|| plain_step(plain, inputs));
        self.plain.push(micros);
    }
}

/// Applies inputs; returns the last report.
#[inline(never)]
fn market_step(market: &mut Market, inputs: &[Input]) -> Report {
    let mut last = Report::default();
    for input in inputs {
        last = market.apply(input).unwrap();
    }
    last
}

/// The same with the plain book.
#[inline(never)]
fn plain_step(plain: &mut Plain, inputs: &[Input]) {
    inputs.iter().for_each(|input| plain.apply(input));
}
