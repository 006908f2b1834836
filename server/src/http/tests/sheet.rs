//! The sheet of a rehearsal: whole, and the host's alone.

use super::{ask, bearer, host, test};
use crate::rehearsals::{Newest, Rehearsed};
use axum::http::{StatusCode, header};
use outcry_lab::{
    rehearsal::{Means, Rehearsal, Sheet, rehearse},
    setup::Setup,
};
use outcry_shared::{config::presets, secret::HostGrant};
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;

/// A short rehearsal, made once.
pub(super) fn rehearsed() -> Newest {
    static REHEARSED: OnceLock<Arc<Rehearsed>> = OnceLock::new();
    let rehearsed = REHEARSED.get_or_init(|| {
        let mut config = presets()[0].config.clone();
        config.name = "<Party>".to_owned();
        let wanted = Rehearsal { sessions: 1, attack_plans: 1, ..Rehearsal::new(Setup::new(config.clone())) };
        let means = Means { threads: 1, clock: None, goes_on: &|_, _| true };
        Arc::new(Rehearsed { config, sheet: rehearse(&wanted, means).unwrap().unwrap() })
    });
    watch::channel(Some(Arc::clone(rehearsed))).1
}

#[test]
fn a_sheet_is_whole_and_the_hosts_alone() {
    test(|server| async move {
        let right = bearer(host().1);
        for (path, right, expected) in [
            ("/rehearsal/sheet.json", None, StatusCode::UNAUTHORIZED),
            ("/rehearsal/sheet.html", Some(bearer(HostGrant([7; 24]))), StatusCode::FORBIDDEN),
            ("/rehearsal/sheet.csv", Some(right.clone()), StatusCode::NOT_FOUND),
        ] {
            let headers = right.as_deref().map(|right| (header::AUTHORIZATION, right));
            let (status, ..) = ask(&server, "GET", path, headers.as_slice()).await;
            assert_eq!(status, expected, "{path}");
        }
        let got = async |path| {
            let (status, headers, body) = ask(&server, "GET", path, &[(header::AUTHORIZATION, &right)]).await;
            assert_eq!((status, headers[header::CACHE_CONTROL].to_str().unwrap()), (StatusCode::OK, "no-store"));
            (headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned(), String::from_utf8(body).unwrap())
        };
        let (name, json) = got("/rehearsal/sheet.json").await;
        let sheet: Sheet = serde_json::from_str(&json).unwrap();
        assert!(sheet.is_whole());
        assert_eq!(name, format!("attachment; filename=\"outcry-rehearsal-{}.json\"", &sheet.hash[..8]));
        let (name, page) = got("/rehearsal/sheet.html").await;
        assert!(name.ends_with(".html\"") && page.contains(&sheet.hash) && page.contains("&lt;Party&gt;"));
        assert!(!page.contains("<Party>") && !page.contains("<script"), "nothing in it is run");
    });
}
