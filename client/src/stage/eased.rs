//! Values that follow their targets.

/// The longest step of time that is animated, in s: after a pause nothing leaps.
pub const STEP_MAX_S: f32 = 0.5;

/// A value that follows its target smoothly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Eased {
    /// Where it is now.
    pub now: f32,
    /// Where it comes to rest.
    pub target: f32,
}

impl Eased {
    /// A value that is where it should be.
    #[must_use]
    pub const fn at(value: f32) -> Self {
        Self { now: value, target: value }
    }

    /// Lets time pass; `per_s` is how fast the distance shrinks. False when it is at rest.
    pub fn advance(&mut self, dt_s: f32, per_s: f32) -> bool {
        let off = self.target - self.now;
        if off.abs() < 0.0005 || per_s.is_infinite() {
            self.now = self.target;
            return false;
        }
        self.now += off * (1.0 - (-dt_s * per_s).exp());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_arrives_and_rests() {
        let mut eased = Eased { now: 0.0, target: 1.0 };
        let steps = (0..1_000).take_while(|_| eased.advance(0.016, 4.0)).count();
        assert!((50..500).contains(&steps), "{steps} steps");
        assert_eq!(eased, Eased::at(1.0));
        let mut at_once = Eased { now: 0.0, target: 1.0 };
        assert!(!at_once.advance(0.016, f32::INFINITY));
        assert_eq!(at_once, Eased::at(1.0));
    }
}
