//! The QR code of the join link.

use super::{HttpState, sentence};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};

/// The QR code as a drawing.
pub(super) async fn qr(State(state): State<HttpState>) -> Response {
    match QRBuilder::new(&*state.join_url).ecl(ECL::M).build() {
        Ok(code) => {
            let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")];
            (headers, SvgBuilder::default().to_str(&code)).into_response()
        }
        Err(_) => sentence(StatusCode::INTERNAL_SERVER_ERROR, "The join link is too long for a QR code.\n"),
    }
}
