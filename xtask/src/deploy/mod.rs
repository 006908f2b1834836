//! What lies in `deploy/` is read by the programs that it is for. That its figures exist is
//! tested beside the server.

mod kubernetes;
mod proxies;

use crate::{
    failure::{Context, Failure, Result},
    needs,
    place::Place,
    say,
};
use std::{fs, process::Command};

/// Lets systemd read the unit, proxies their files, and a validator what is for Kubernetes.
///
/// # Errors
/// When one of them finds something, or cannot be had.
pub(crate) fn check(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::SYSTEMD, &needs::CADDY, &needs::NGINX, &needs::PYTHON])?;
    unit(place)?;
    proxies::check(place)?;
    kubernetes::check(place)?;
    json(place)
}

/// systemd warns of what it does not know and goes on; here that is an error.
fn unit(place: &Place) -> Result<()> {
    let unit = place.root.join("deploy/outcry.service");
    let text = fs::read_to_string(&unit).context(unit.display())?;
    // The program is not where it will be.
    let copy = place.target.join("outcry.service");
    fs::write(&copy, text.replace("/usr/local/bin/outcry-server", "/bin/true")).context(copy.display())?;
    let verified = Command::new("systemd-analyze").arg("verify").arg(&copy).output().context("systemd-analyze")?;
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    if !verified.status.success() || said.contains("outcry.service") {
        return Err(Failure::new(format!("{}: {}", unit.display(), said.trim())));
    }
    say::line("systemd reads the unit");
    Ok(())
}

fn json(place: &Place) -> Result<()> {
    let dashboard = place.root.join("deploy/dashboard.json");
    let text = fs::read_to_string(&dashboard).context(dashboard.display())?;
    let read: serde_json::Value = serde_json::from_str(&text).context(dashboard.display())?;
    let panels = read.get("panels").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    if panels == 0 {
        return Err(Failure::new(format!("{} has no panels", dashboard.display())));
    }
    say::line(&format!("the dashboard has {panels} panels"));
    Ok(())
}
