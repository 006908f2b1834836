//! What the host can take home is what is recorded.

use super::Recorded;
use outcry_bots::Address;
use outcry_engine::Usdc;
use outcry_shared::secret::HostGrant;
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// How long the server may take to make an export.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(60);

type Row = BTreeMap<String, String>;

/// Checks the tables that a host downloads against the record, and that nobody else gets them.
pub(crate) fn prove_exports(address: &Address, grant: HostGrant, recorded: &Recorded) {
    assert_eq!(get(address, "/export/current/orders.csv", None).0, 401);
    assert_eq!(get(address, "/export/current/orders.csv", Some(HostGrant([0; 24]))).0, 403);
    assert_eq!(get(address, "/export/current/secrets.csv", Some(grant)).0, 404);
    let table = |name: &str| table(address, grant, name);

    let orders = table("orders");
    assert_eq!(orders.len(), recorded.orders.len());
    for (row, order) in orders.iter().zip(&recorded.orders) {
        assert_eq!((&row["order_id"], &row["status"]), (&order.order.to_string(), &order.status));
        assert_eq!(micros(&row["filled"]), order.filled);
    }
    assert_eq!(table("trades").len(), recorded.trades.len());
    let rankings = table("rankings");
    assert_eq!(rankings.len(), recorded.users.len());
    let metrics = table("metrics");
    let profit = micros(&metrics.last().expect("a tick")["mm_profit"]);
    let sum = |column: &str| rankings.iter().map(|row| micros(&row[column])).sum::<i64>();
    assert_eq!(sum("balance") + sum("gas") + profit, sum("deposit"), "the tables add up to the micro");
    assert!(!table("events").is_empty() && !table("config").is_empty());
    for (name, begins) in [("chart.png", &b"\x89PNG"[..]), ("chart.svg", b"<"), ("all.zip", b"PK")] {
        let (status, body) = get(address, &format!("/export/current/{name}"), Some(grant));
        assert!(status == 200 && body.starts_with(begins), "{name}: {status}");
    }
}

fn table(address: &Address, grant: HostGrant, name: &str) -> Vec<Row> {
    let (status, body) = get(address, &format!("/export/current/{name}.csv"), Some(grant));
    assert_eq!(status, 200, "{name}: {}", String::from_utf8_lossy(&body));
    let mut reader = csv::Reader::from_reader(body.as_slice());
    reader.deserialize().map(|row| row.expect("a row of a table")).collect()
}

fn micros(amount: &str) -> i64 {
    amount.parse::<Usdc>().unwrap_or_else(|error| panic!("{amount}: {error}")).0
}

/// Status and body of an answer.
pub(crate) fn get(address: &Address, path: &str, grant: Option<HostGrant>) -> (u16, Vec<u8>) {
    ask(address, "GET", path, grant, "")
}

/// Status and body of the answer to some JSON.
pub(crate) fn post(address: &Address, path: &str, grant: Option<HostGrant>, json: &str) -> (u16, String) {
    let (status, body) = ask(address, "POST", path, grant, json);
    (status, String::from_utf8_lossy(&body).into_owned())
}

fn ask(address: &Address, method: &str, path: &str, grant: Option<HostGrant>, json: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(address.authority()).expect("the server is there");
    stream.set_read_timeout(Some(EXPORT_TIMEOUT)).expect("a timeout");
    let bearer = grant.map_or_else(String::new, |grant| format!("Authorization: Bearer {}\r\n", grant.to_hex()));
    // HTTP 1.0: the body ends with the connection.
    let (room, host) = (address.room(), address.authority());
    let about = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", json.len());
    write!(stream, "{method} {room}{path} HTTP/1.0\r\nHost: {host}\r\n{bearer}{about}\r\n{json}").expect("sends");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("headers");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, answer.split_off(end + 4))
}
