//! The QR code of the join link.

use super::sentence::sentence;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};
use std::sync::Arc;

/// The QR code as a drawing.
pub(super) async fn qr(State(join_url): State<Arc<str>>) -> Response {
    match QRBuilder::new(&*join_url).ecl(ECL::M).build() {
        Ok(code) => {
            let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")];
            (headers, SvgBuilder::default().to_str(&code)).into_response()
        }
        Err(_) => sentence(StatusCode::INTERNAL_SERVER_ERROR, "The join link is too long for a QR code.\n"),
    }
}
