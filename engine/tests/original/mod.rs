//! The first technical design of the pool, stated again as plainly as can be: whole units,
//! no rounding, one outcome.

/// μ/(μ+ν), ν/(μ+ν), κ, the share of a trade that stays, and the soft limits of a price.
#[derive(Clone, Copy)]
pub(crate) struct Weights {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) kappa: f64,
    pub(crate) own: f64,
    pub(crate) p_max: f64,
    pub(crate) p_min: f64,
    pub(crate) eta: f64,
}

/// A pool: L, and the supplies of YES and NO.
#[derive(Clone)]
pub(crate) struct Original {
    l: f64,
    q: [f64; 2],
}

impl Original {
    pub(crate) fn new(subsidy: f64) -> Self {
        Self { l: subsidy, q: [subsidy / 2.0; 2] }
    }

    pub(crate) fn price(&self, side: usize) -> f64 {
        self.q[side] / self.l
    }

    /// κΔ² of each order alone; the penalty, and nothing else, holds the price down.
    pub(crate) fn buy(&mut self, side: usize, size: f64, w: &Weights) -> f64 {
        let k = w.a * self.price(side) * size + w.kappa * size * size;
        let m = w.b * size * (self.q[side] + size);
        let linear = self.l - w.own * k;
        let mut x = ((linear * linear + 4.0 * w.own * (k * self.l + m)).sqrt() - linear) / (2.0 * w.own);
        let price = (self.q[side] + size) / (self.l + w.own * x);
        if price > w.p_max {
            x *= libm::pow(price / w.p_max, w.eta);
        }
        self.l += w.own * x;
        self.q[side] += size;
        x
    }

    /// The first root that is positive; the penalty's fraction upside down; no cap.
    pub(crate) fn sell(&mut self, side: usize, size: f64, w: &Weights) -> f64 {
        let k = w.b * self.price(side) * size - w.kappa * size * size;
        let m = w.a * size * (self.q[side] - size);
        let linear = self.l + w.own * k;
        let root = (linear * linear - 4.0 * w.own * (k * self.l + m)).sqrt();
        let smaller = (linear - root) / (2.0 * w.own);
        let mut x = if smaller > 0.0 { smaller } else { (linear + root) / (2.0 * w.own) };
        let price = (self.q[side] - size) / (self.l - w.own * x);
        if price > 0.0 && price < w.p_min {
            x *= libm::pow(w.p_min / price, w.eta);
        }
        self.l -= w.own * x;
        self.q[side] -= size;
        x
    }

    /// A matched pair enters collateral and both supplies.
    pub(crate) fn mint(&mut self, pairs: f64, paid: f64) {
        self.l += pairs * paid;
        self.q = self.q.map(|q| q + pairs);
    }
}
