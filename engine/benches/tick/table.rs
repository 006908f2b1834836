//! The table of P1, P2 and P3.

use crate::{
    clock::median,
    instructions::{self, Count},
    kinds::KINDS,
    tail,
    workload::{WARM_UP, Workload},
};

/// Ticks of a session before those called late.
const LATE: usize = 1_000;

/// A workload measured: µs and instructions per step.
struct Figures {
    micros: [f64; 2],
    count: Option<Count>,
}

impl Figures {
    fn of(workload: Workload) -> Self {
        let steps = workload.timed();
        let count = instructions::available().then(|| instructions::count(&workload));
        Self { micros: [median(&steps.ours), median(&steps.plain)], count }
    }

    /// A line with the market's and the plain book's figures, each divided by `by`.
    fn print(&self, name: &str, by: usize) {
        let by = by as f64;
        let [ours, plain] = self.micros;
        let time = format!("{:>9.2} {:>8.2} {:>6.1}", ours / by, plain / by, ours / plain);
        let count = self.count.map_or_else(String::new, |count| {
            format!("{:>12.0} {:>10.0} {:>6.1}", count.ours / by, count.plain / by, count.ours / count.plain)
        });
        println!("{name:<46} {time}   {count}");
    }
}

/// A line with a ratio of the market's own figures.
fn print_ratio(name: &str, over: &Figures, under: &Figures, by: f64) {
    let time = over.micros[0] / under.micros[0] / by;
    let count = over.count.zip(under.count).map(|(over, under)| over.ours / under.ours / by);
    let count = count.map_or_else(String::new, |ratio| format!("{ratio:>30.2}"));
    println!("{name:<46} {time:>25.2}   {count}");
}

pub(crate) fn print(ticks: usize) {
    if !instructions::available() {
        println!("valgrind is not here: no instructions are counted");
    }
    println!("{:<46} {:>25}   {:>30}", "", "µs of processor time", "instructions");
    println!(
        "{:<46} {:>9} {:>8} {:>6}   {:>12} {:>10} {:>6}",
        "", "market", "plain", "ratio", "market", "plain", "ratio"
    );
    for outcomes in [3, 5] {
        let usual = Workload::Ticks { outcomes, orders: 200, after: WARM_UP };
        Figures::of(usual).print(&format!("P1 tick of 200 orders, N = {outcomes}"), 1);
    }
    for outcomes in [3, 5] {
        for (kind, name) in KINDS.iter().map(|kind| kind.name).enumerate() {
            let workload = Workload::Kind { outcomes, kind };
            Figures::of(workload).print(&format!("P1 one {name}, N = {outcomes}"), workload.orders());
        }
    }
    print_growth();
    print_tail(ticks);
}

fn print_growth() {
    let ticks = |orders, after| Figures::of(Workload::Ticks { outcomes: 3, orders, after });
    let (few, many) = (ticks(50, WARM_UP), ticks(800, WARM_UP));
    few.print("P2 one order, 50 in a tick", 50);
    many.print("P2 one order, 800 in a tick", 800);
    print_ratio("P2 one of 800 ÷ one of 50", &many, &few, 16.0);
    let (early, late) = (ticks(200, WARM_UP), ticks(200, LATE));
    print_ratio("P2 late tick ÷ early tick, equal books", &late, &early, 1.0);
}

fn print_tail(ticks: usize) {
    let tail = tail::run(ticks, 200);
    let name = format!("P3 slowest of {ticks} ticks ÷ median");
    println!("{name:<46} {:>9.2} {:>8.2} {:>6.1}", tail.slowest, tail.median, tail.slowest / tail.median);
    if let Some((start, end)) = tail.resident {
        println!("{:<46} {end:>9.1} {start:>8.1} {:>6.2}", "P3 MiB resident at the end ÷ at the start", end / start);
    }
}
