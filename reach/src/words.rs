//! What is wrong with the other end of an encrypted connection, in words for people.

use rustls::{CertificateError, Error, InvalidMessage};
use std::{error, io};

/// Seconds of a day.
const DAY_S: u64 = 86_400;

/// What an error says of the other end's TLS, wherever in it that lies; nothing when it is about something else.
#[must_use]
pub fn about_tls(error: &(dyn error::Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<Error>() {
            return Some(sentence(tls));
        }
        next = match error.downcast_ref::<io::Error>() {
            // What an error of the system holds is not its source.
            Some(io) => io.get_ref().map(|inner| -> &(dyn error::Error + 'static) { inner }),
            None => error.source(),
        };
    }
    None
}

fn sentence(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(why) => certificate(why),
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => "it does not speak TLS".to_owned(),
        other => format!("no encrypted connection: {other}"),
    }
}

fn certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::UnknownIssuer => {
            "its certificate is signed by nobody who is trusted here: name the authority's file if it is yours"
                .to_owned()
        }
        CertificateError::ExpiredContext { time, not_after } => {
            let days = time.as_secs().saturating_sub(not_after.as_secs()) / DAY_S;
            format!("its certificate has expired, {days} days ago: it must be renewed there")
        }
        CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet: is the clock of this machine right?".to_owned()
        }
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names: Vec<_> = presented.iter().map(|name| bare(name)).collect();
            let names = if names.is_empty() { "no name at all".to_owned() } else { names.join(", ") };
            format!("its certificate is for {names}, not for {}", expected.to_str())
        }
        CertificateError::Other(why) => {
            let why = why.to_string();
            if why.contains("CaUsedAsEndEntity") {
                "its certificate is that of an authority, which no server may show: make one with CA:FALSE".to_owned()
            } else {
                format!("its certificate is not accepted: {why}")
            }
        }
        other => format!("its certificate is not accepted: {other}"),
    }
}

/// A name out of the words around it: `DnsName("floor.example.org")`.
fn bare(name: &str) -> &str {
    name.split_once('(').map_or(name, |(_, rest)| rest).trim_end_matches(')').trim_matches('"')
}
