//! The least that a fan-out can be: one frame a tick to everyone, and nothing else.

use crate::TICK_MS;
use axum::{
    Router,
    body::Bytes,
    extract::ws::{Message, WebSocketUpgrade},
    routing::get,
};
use std::{io::Write, time::Duration};
use tokio::{net::TcpListener, sync::broadcast};

/// Serves until killed, on as many threads as the server.
pub(crate) fn serve(bytes: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(fan_out(Bytes::from(vec![0; bytes])));
}

async fn fan_out(frame: Bytes) {
    let (sender, _) = broadcast::channel::<Bytes>(16);
    let listeners = sender.clone();
    let socket = move |upgrade: WebSocketUpgrade| {
        let mut frames = listeners.subscribe();
        std::future::ready(upgrade.on_upgrade(async move |mut socket| {
            while let Ok(frame) = frames.recv().await {
                if socket.send(Message::Binary(frame)).await.is_err() {
                    return;
                }
            }
        }))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("listening on {}", listener.local_addr().unwrap());
    std::io::stdout().flush().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/ws", get(socket))).await });
    let mut ticks = tokio::time::interval(Duration::from_millis(TICK_MS.into()));
    loop {
        ticks.tick().await;
        // Without listeners there is nobody to send to.
        let _ = sender.send(frame.clone());
    }
}
