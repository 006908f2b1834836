//! A WebSocket to a floor, encrypted where its address says so. Blocking, for a thread of its own.

use crate::{address::Address, trust::Trust, words};
use rustls::{ClientConnection, StreamOwned, pki_types::ServerName};
use std::{
    io::{self, ErrorKind},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};
use tungstenite::{
    Error, HandshakeError, WebSocket, client::client_with_config, http::Response, protocol::WebSocketConfig,
    stream::MaybeTlsStream,
};

/// An open socket.
pub type Socket = WebSocket<Stream>;

/// Why no socket could be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no floor answers at {address}: {reason}")]
pub struct Unreachable {
    address: String,
    reason: String,
}

/// Bytes to and from a floor.
pub type Stream = MaybeTlsStream<TcpStream>;

/// Opens a socket to a floor whose frames have at most so many bytes. Each step may take as long as `patience`, which
/// then is how long a read and a write may wait.
///
/// # Errors
/// When nobody answers, or somebody who is not believed, or not as a floor.
pub fn dial(
    address: &Address,
    trust: &Trust,
    frame_bytes_max: usize,
    patience: Duration,
) -> Result<Socket, Unreachable> {
    let failed = |reason: String| Unreachable { address: address.origin().to_owned(), reason };
    let stream = open(address, trust, patience)?;
    let limits =
        WebSocketConfig::default().max_message_size(Some(frame_bytes_max)).max_frame_size(Some(frame_bytes_max));
    match client_with_config(address.socket_url(), stream, Some(limits)) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(Error::Http(answer))) => Err(failed(refusal(&answer))),
        Err(HandshakeError::Failure(error)) => Err(failed(in_words(&error))),
        Err(HandshakeError::Interrupted(_)) => Err(failed(LATE.to_owned())),
    }
}

/// Opens a stream to a floor on which nothing has been said yet.
///
/// # Errors
/// When nobody answers, or somebody who is not believed.
pub fn open(address: &Address, trust: &Trust, patience: Duration) -> Result<Stream, Unreachable> {
    let opened = connect(address, patience).and_then(|stream| {
        if address.is_secure() {
            encrypt(stream, address.host(), trust).map(MaybeTlsStream::Rustls)
        } else {
            Ok(MaybeTlsStream::Plain(stream))
        }
    });
    opened.map_err(|error| Unreachable { address: address.origin().to_owned(), reason: in_words(&error) })
}

/// What carries a socket's bytes: for its timeouts.
#[must_use]
pub fn tcp(socket: &Socket) -> Option<&TcpStream> {
    match socket.get_ref() {
        MaybeTlsStream::Plain(stream) => Some(stream),
        MaybeTlsStream::Rustls(stream) => Some(&stream.sock),
        _ => None,
    }
}

const LATE: &str = "no answer in time";

/// Tries every address of the host, as a name may stand for one that nobody listens on.
fn connect(address: &Address, patience: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::new(ErrorKind::NotFound, "no such host");
    for place in (address.host(), address.port()).to_socket_addrs()? {
        match TcpStream::connect_timeout(&place, patience) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(patience))?;
                stream.set_write_timeout(Some(patience))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Nothing is said before the other end has shown who it is.
fn encrypt(mut stream: TcpStream, host: &str, trust: &Trust) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let config = trust.config().map_err(io::Error::other)?;
    let mut connection = ClientConnection::new(config, name).map_err(io::Error::other)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => io::Error::other("it hangs up when TLS begins: perhaps it speaks http alone"),
            _ => error,
        })?;
    }
    Ok(StreamOwned::new(connection, stream))
}

/// An answer that is no socket: it may say where else to go.
fn refusal(answer: &Response<Option<Vec<u8>>>) -> String {
    let elsewhere = answer.headers().get("location").and_then(|place| place.to_str().ok()?.parse::<Address>().ok());
    match elsewhere {
        Some(place) => format!("it is reached by {}", place.origin()),
        None => format!("it answers {}", answer.status()),
    }
}

fn in_words(error: &(impl std::error::Error + 'static)) -> String {
    let system = (error as &(dyn std::error::Error + 'static)).downcast_ref::<io::Error>();
    match system.map(io::Error::kind) {
        Some(ErrorKind::WouldBlock | ErrorKind::TimedOut) => LATE.to_owned(),
        _ => words::about_tls(error).unwrap_or_else(|| error.to_string()),
    }
}

#[cfg(test)]
mod tests;
