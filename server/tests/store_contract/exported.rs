//! The exports of a played session: they parse, they add up, and the archive holds them all.

use crate::{
    bench::{Bench, on_memory},
    played::play,
};
use outcry_engine::{OrderId, Usdc};
use outcry_server::{
    export::{Export, make, write_all},
    store::{Contents, SessionId, Store, Wanted},
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

/// A table as lines of cells under their headings.
struct Sheet {
    headings: csv::StringRecord,
    lines: Vec<csv::StringRecord>,
}

impl Sheet {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = csv::Reader::from_reader(bytes);
        let headings = reader.headers().unwrap().clone();
        Self { headings, lines: reader.records().map(Result::unwrap).collect() }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.headings.iter().position(|heading| heading == name).unwrap();
        self.lines.iter().map(|line| &line[at]).collect()
    }

    fn sum(&self, name: &str) -> i64 {
        self.column(name).iter().map(|cell| cell.parse::<Usdc>().unwrap().0).sum()
    }

    fn last(&self, name: &str) -> i64 {
        self.column(name).last().unwrap().parse::<Usdc>().unwrap().0
    }
}

async fn sheet(store: &dyn Store, id: SessionId, export: Export) -> Sheet {
    Sheet::read(&make(store, id, export).await.unwrap())
}

pub(crate) async fn exports_add_up(bench: Bench) {
    let store = bench.open().await;
    let (id, _) = play(&*store).await;
    let rankings = sheet(&*store, id, Export::Rankings).await;
    let metrics = sheet(&*store, id, Export::Metrics).await;
    let orders = sheet(&*store, id, Export::Orders).await;
    let trades = sheet(&*store, id, Export::Trades).await;
    let config = sheet(&*store, id, Export::Config).await;

    let paid = metrics.last("mm_profit") + metrics.last("gas");
    assert_eq!(rankings.sum("balance") + paid, rankings.sum("deposit"));
    assert_eq!(rankings.sum("net_pnl"), -paid);
    assert_eq!(rankings.sum("gas"), metrics.last("gas"));
    assert_eq!(orders.sum("gas"), metrics.last("gas"));
    assert_eq!(orders.sum("filled") + orders.sum("remaining"), orders.sum("size"));
    assert_eq!(rankings.column("rank").first(), Some(&"1"));
    let names = ["buy_user", "sell_user"].map(|side| trades.column(side).iter().filter(|name| **name != "AMM").count());
    let counted: usize = rankings.column("trades").iter().map(|cell| cell.parse::<usize>().unwrap()).sum();
    assert_eq!(names.iter().sum::<usize>(), counted);
    assert!(config.column("field").contains(&"params.kappa_start"));
    assert_eq!(metrics.column("phase").last(), Some(&"RESOLVED"));
    assert!(!sheet(&*store, id, Export::Events).await.lines.is_empty());
}

/// What belongs together was read together, while people trade.
fn belongs_together(contents: &Contents) {
    let mut filled: BTreeMap<OrderId, i64> = BTreeMap::new();
    for trade in &contents.trades {
        for order in [trade.fill.buyer.order(), trade.fill.seller.order()].into_iter().flatten() {
            *filled.entry(order).or_default() += trade.fill.size.0;
        }
    }
    for row in &contents.orders {
        assert!(contents.users.iter().any(|user| user.user == row.order.user), "whoever trades is named");
        let traded = filled.remove(&row.order.id).unwrap_or_default();
        assert_eq!(row.filled.0, traded, "an order is filled by its trades");
    }
    assert!(filled.is_empty(), "every trade is of orders that are there");
    assert_eq!(contents.metrics.last().map(|row| row.tick), contents.ticks.last().map(|(row, _)| row.tick));
    assert_eq!(contents.ticks.last().map_or(0, |(row, _)| row.tick), contents.state.tick);
}

pub(crate) async fn an_export_is_one_state(bench: Bench) {
    let store = bench.open().await;
    let over = AtomicBool::new(false);
    let playing = async {
        play(&*store).await;
        over.store(true, Ordering::Relaxed);
    };
    let exporting = async {
        let wanted = Wanted { trades: true, orders: true, events: true, ticks: true, metrics: true, cash: true };
        while !over.load(Ordering::Relaxed) {
            if let Some(id) = store.served() {
                belongs_together(&store.contents(id, wanted).await.unwrap());
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(playing, exporting);
    let id = store.served().unwrap();
    let trades = sheet(&*store, id, Export::Trades).await;
    assert!(trades.column("created_at").iter().all(|at| at.ends_with('Z') && at.len() == 24));
    let config = sheet(&*store, id, Export::Config).await;
    assert!(config.column("field").contains(&"exported_by"));
}

/// Drawing and packing know nothing of the store they come from: one is enough.
#[test]
fn charts_and_archive_are_whole() {
    on_memory(|bench| async move {
        let store = bench.open().await;
        let (id, _) = play(&*store).await;
        let packed = make(&*store, id, Export::Archive).await.unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export");
        let written = write_all(&*store, id, &out).await.unwrap();
        assert_eq!((archive.len(), written.files.len()), (14, 14));
        assert!(written.findings.is_empty(), "{:?}", written.findings);
        for path in written.files {
            let name = path.file_name().unwrap().to_str().unwrap();
            let mut unpacked = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut unpacked).unwrap();
            assert!(std::fs::read(&path).unwrap() == unpacked, "{name} is the same in archive and directory");
        }
        assert!(is_drawn(&std::fs::read(out.join("chart.png")).unwrap()));
        let svg = std::fs::read_to_string(out.join("chart.svg")).unwrap();
        for title in ["Volume", "Maker risk", "Worst-case loss", "Maker profit"] {
            assert!(svg.contains(title), "{title}");
        }
    });
}

/// Whether a PNG file has anything dark on it.
fn is_drawn(png: &[u8]) -> bool {
    let mut picture = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; picture.output_buffer_size().unwrap()];
    picture.next_frame(&mut pixels).unwrap();
    pixels.iter().any(|byte| *byte < 100)
}
