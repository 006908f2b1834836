//! The words of the host's exports.

/// Files of an export with the label of their button.
pub const FILES: [(&str, &str); 10] = [
    ("all.zip", "Everything (ZIP)"),
    ("trades.csv", "Trades"),
    ("orders.csv", "Orders"),
    ("events.csv", "Events"),
    ("config.csv", "Config"),
    ("metrics.csv", "Metrics"),
    ("rankings.csv", "Rankings"),
    ("funnel.csv", "Newcomers"),
    ("chart.png", "Chart PNG"),
    ("chart.svg", "Chart SVG"),
];

/// What a file holds.
#[must_use]
pub fn file_help(file: &str) -> &'static str {
    match file {
        "all.zip" => "Every table and chart, with a codebook.",
        "trades.csv" => "One line per fill.",
        "orders.csv" => "One line per order, rejected ones included, with the reason.",
        "events.csv" => "Everything that happened, in order.",
        "config.csv" => "Every parameter.",
        "metrics.csv" => "The maker's figures at every tick.",
        "funnel.csv" => "How long each newcomer took from the page to the first order.",
        "rankings.csv" => "Everyone's result.",
        _ => "Volume, maker risk, worst-case loss and maker profit over time.",
    }
}

/// "#7 Friday night (now)"
#[must_use]
pub fn session(number: Option<u64>, name: &str, now: bool) -> String {
    let number = number.map_or_else(String::new, |number| format!("#{number} "));
    format!("{number}{name}{}", if now { " (now)" } else { "" })
}
