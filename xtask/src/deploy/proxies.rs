//! Files of proxies, read by the proxies.

use crate::{
    failure::{Context, Result},
    place::Place,
    run, say,
};
use std::{fs, path::Path, process::Command};

/// Lets Caddy and nginx read what is theirs.
///
/// # Errors
/// When one of them finds something.
pub(super) fn check(place: &Place) -> Result<()> {
    for file in ["Caddyfile", "Caddyfile-fleet"] {
        let dir = place.target.join("caddy");
        let mut caddy = Command::new("caddy");
        caddy.args(["validate", "--adapter", "caddyfile", "--config"]).arg(place.root.join("deploy").join(file));
        run::output(caddy.env("XDG_DATA_HOME", &dir).env("XDG_CONFIG_HOME", &dir))?;
    }
    say::line("Caddy reads its two files");
    nginx(place)
}

/// The frame of the front on Kubernetes with each of the two sites in it.
fn nginx(place: &Place) -> Result<()> {
    let dir = place.target.join("nginx");
    fs::create_dir_all(&dir).context(dir.display())?;
    let deploy = place.root.join("deploy");
    let read = |file: &Path| fs::read_to_string(file).context(file.display());
    let frame = read(&deploy.join("kubernetes/nginx.conf"))?;
    for site in ["nginx.conf", "kubernetes/nginx-fleet.conf"] {
        let (text, copy) = (read(&deploy.join(site))?, dir.join("site.conf"));
        fs::write(&copy, here(&text, &dir)).context(copy.display())?;
        let (text, whole) = (here(&frame, &dir), dir.join("nginx.conf"));
        let included = text.replace("/etc/nginx/nginx-fleet.conf", &copy.display().to_string());
        fs::write(&whole, included).context(whole.display())?;
        run::output(
            Command::new("/usr/sbin/nginx").args(["-t", "-q", "-e", "stderr", "-p"]).arg(&dir).arg("-c").arg(&whole),
        )?;
    }
    say::line("nginx reads its frame and its two sites");
    Ok(())
}

/// What nginx makes and asks for while it reads is here, and no name is looked up.
fn here(text: &str, dir: &Path) -> String {
    let dir = dir.display();
    let text = text.replace(" /tmp/", &format!(" {dir}/")).replace("/var/cache/outcry", &format!("{dir}/cache"));
    text.replace("server outcry:7777", "server 127.0.0.1:7777").replace("listen 80;", "listen 127.0.0.1:8080;")
}
