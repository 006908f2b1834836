//! The way to a database, and a host that vanishes from it without a word.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Passes on to a database what comes to a port of its own.
pub(crate) struct Relay {
    port: u16,
    silences: watch::Sender<u32>,
}

impl Relay {
    /// A relay to the host of a URL.
    pub(crate) async fn to(url: &str) -> Self {
        let (_, rest) = url.split_once('@').unwrap();
        let host = rest.split_once('/').unwrap().0.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, silences) = (listener.local_addr().unwrap().port(), watch::Sender::new(0));
        let silenced = silences.subscribe();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (host, mut silenced) = (host.clone(), silenced.clone());
                silenced.mark_unchanged();
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(&host).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        // Neither end hears anything any more, not even an end.
                        _ = silenced.changed() => std::future::pending().await,
                    }
                });
            }
        });
        Self { port, silences }
    }

    /// The same URL by way of here.
    pub(crate) fn url(&self, url: &str) -> String {
        let (user, rest) = url.split_once('@').unwrap();
        format!("{user}@127.0.0.1:{}/{}", self.port, rest.split_once('/').unwrap().1)
    }

    /// Nothing comes through the connections that there are; new ones are answered.
    pub(crate) fn silence(&self) {
        self.silences.send_modify(|silences| *silences += 1);
    }
}
