//! How many instructions a workload's steps take, counted by valgrind: the same on a busy
//! machine as on a quiet one.

use crate::workload::Workload;
use std::{env, process::Command};

/// Whose steps are counted, by the function that makes them.
const MARKET: &str = "*market_step*";
const PLAIN: &str = "*plain_step*";

/// Instructions per step.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    pub(crate) ours: f64,
    pub(crate) plain: f64,
}

/// Whether valgrind is here.
pub(crate) fn available() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs this program under valgrind on a workload, once for the market and once for the
/// plain book.
pub(crate) fn count(workload: &Workload) -> Count {
    Count { ours: per_step(workload, MARKET), plain: per_step(workload, PLAIN) }
}

fn per_step(workload: &Workload, function: &str) -> f64 {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--toggle-collect={function}")).arg(env::current_exe().unwrap()).args(workload.arguments());
    let output = valgrind.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let collected = said.lines().find_map(|line| line.split_once("Collected :")).unwrap().1;
    let steps: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    collected.trim().parse::<f64>().unwrap() / steps
}
