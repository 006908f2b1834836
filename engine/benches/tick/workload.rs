//! What can be measured, by time and by instructions.

use crate::{
    kinds::{self, KINDS},
    step::Steps,
    work::Ticks,
};

/// Steps that a median time is taken of, and that instructions are counted in.
const TIMED: usize = 500;
const COUNTED: usize = 40;
/// Ticks until the book has its full age.
pub(crate) const WARM_UP: usize = 30;

#[derive(Clone, Copy)]
pub(crate) enum Workload {
    /// Ticks of so many orders, after so many others.
    Ticks { outcomes: u8, orders: usize, after: usize },
    /// A tick of a hundred orders of one kind.
    Kind { outcomes: u8, kind: usize },
}

impl Workload {
    pub(crate) fn timed(self) -> Steps {
        self.run(TIMED)
    }

    fn run(self, count: usize) -> Steps {
        match self {
            Self::Ticks { outcomes, orders, after } => Ticks { outcomes, orders, after, count }.run(),
            Self::Kind { outcomes, kind } => KINDS[kind].run(outcomes, count),
        }
    }

    /// Orders in a step.
    pub(crate) fn orders(self) -> usize {
        match self {
            Self::Ticks { orders, .. } => orders,
            Self::Kind { .. } => kinds::ORDERS as usize,
        }
    }

    /// How this program is told to run a workload for a tool that counts.
    pub(crate) fn arguments(self) -> Vec<String> {
        let numbers = match self {
            Self::Ticks { outcomes, orders, after } => [0, outcomes.into(), orders, after],
            Self::Kind { outcomes, kind } => [1, outcomes.into(), kind, 0],
        };
        std::iter::once("count".to_owned()).chain(numbers.map(|number| number.to_string())).collect()
    }

    /// Runs what [`Self::arguments`] said; prints how many steps it made.
    pub(crate) fn run_counted(arguments: &[String]) {
        let numbers: Vec<usize> = arguments.iter().map(|text| text.parse().unwrap()).collect();
        let outcomes = numbers[1] as u8;
        let workload = match numbers[0] {
            0 => Self::Ticks { outcomes, orders: numbers[2], after: numbers[3] },
            _ => Self::Kind { outcomes, kind: numbers[2] },
        };
        println!("{}", workload.run(COUNTED).ours.len());
    }
}
