//! What stood between a person and a trade.

use outcry_engine::{Event, RejectReason, Report};

/// A reason's name, without what it says of the one order.
#[must_use]
pub fn name_of(reason: &RejectReason) -> &'static str {
    match reason {
        RejectReason::Slippage { .. } => "slippage",
        RejectReason::Funds { .. } => "funds",
        RejectReason::NoProceeds { .. } => "proceeds",
        RejectReason::NeverPaysBack { .. } => "never pays back",
        RejectReason::Insolvent { .. } => "insolvent",
        RejectReason::InsufficientTokens { .. } => "tokens",
        RejectReason::Frozen => "frozen",
        RejectReason::BadSize { .. } => "size",
        RejectReason::BadLimit { .. } => "limit",
        _ => "other",
    }
}

/// `rejected`: of all orders in some reports, the share refused for each reason, most frequent first, then by name.
/// Empty where no order was sent.
#[must_use]
pub fn rejected<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Vec<(&'static str, f64)> {
    let (mut counts, mut orders): (Vec<(&'static str, u64)>, u64) = (Vec::new(), 0);
    for event in reports.into_iter().flat_map(|report| &report.events) {
        match event {
            Event::Tick { orders: sent, .. } => orders += u64::from(*sent),
            Event::OrderRejected { reason, .. } => {
                let name = name_of(reason);
                match counts.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((name, 1)),
                }
            }
            _ => {}
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts.into_iter().map(|(name, count)| (name, count as f64 / orders as f64)).collect()
}

/// `preview_gap`: the receipt's average ÷ the preview's − 1; above 0 a purchase was dearer than it had been shown.
#[must_use]
pub fn preview_gap(receipt: f64, preview: f64) -> f64 {
    receipt / preview - 1.0
}

/// `first_order_s` (s): from the name to the first accepted order; `None` without one. Times in ms of one clock.
#[must_use]
pub fn first_order_s(named_ms: u64, accepted_ms: Option<u64>) -> Option<f64> {
    accepted_ms.map(|accepted| accepted.saturating_sub(named_ms) as f64 / 1_000.0)
}
