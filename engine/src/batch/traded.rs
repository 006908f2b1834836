//! D₀: what each user has traded with each side of each pool in this tick (§4).

use crate::{amount::Tokens, order::Leg, params::OUTCOMES_MAX};

type Row = [[[Tokens; 2]; 2]; OUTCOMES_MAX];

/// Per seat that has traded, a row of amounts.
pub(super) struct Traded {
    /// Per seat: 0, or its row counted from 1.
    rows_of: Vec<u32>,
    rows: Vec<Row>,
}

impl Traded {
    pub(super) fn new(seats: usize) -> Self {
        Self { rows_of: vec![0; seats], rows: Vec::new() }
    }

    pub(super) fn done(&self, seat: usize, leg: Leg) -> Tokens {
        match self.rows_of[seat] {
            0 => Tokens::ZERO,
            row => self.rows[row as usize - 1][leg.outcome.index()][leg.side.index()][leg.direction as usize],
        }
    }

    pub(super) fn add(&mut self, seat: usize, leg: Leg, size: Tokens) {
        if self.rows_of[seat] == 0 {
            self.rows.push(Row::default());
            self.rows_of[seat] = self.rows.len() as u32;
        }
        let row = self.rows_of[seat] as usize - 1;
        self.rows[row][leg.outcome.index()][leg.side.index()][leg.direction as usize] += size;
    }
}
