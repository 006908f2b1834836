//! Manifests, checked against the schemas of Kubernetes by a program of its own.

use crate::{
    failure::{Context, Failure, Result},
    place::Place,
    run, say,
};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What checks, from the registry of Python's packages; the schemas are in it.
const VALIDATOR: &str = "kubernetes-validate==1.35.0";
/// Whose files are no resources.
const KUSTOMIZE: [&str; 2] = ["kustomization.yaml", "names.yaml"];
/// Agones' kinds, whose schemas are in no registry.
const NOT_CHECKED: [&str; 2] = ["Fleet", "FleetAutoscaler"];

/// Checks every manifest, and what kustomize makes of them where kubectl is.
///
/// # Errors
/// When one is not as its schema has it, or names a kind that nobody knows.
pub(super) fn check(place: &Place) -> Result<()> {
    let folder = place.root.join("deploy/kubernetes");
    let validator = validator(place)?;
    let entries = fs::read_dir(&folder).context(folder.display())?.flatten();
    let files = entries.map(|entry| entry.path()).filter(|file| {
        let is_of_kustomize = KUSTOMIZE.iter().any(|name| file.ends_with(name));
        file.extension() == Some(OsStr::new("yaml")) && !is_of_kustomize
    });
    let mut checked = validate(&validator, &files.collect::<Vec<_>>())?;
    if run::find_program("kubectl").is_some() {
        let whole = place.target.join("kubernetes.yaml");
        let text = run::output(Command::new("kubectl").arg("kustomize").arg(&folder))?;
        fs::write(&whole, text).context(whole.display())?;
        checked = validate(&validator, &[whole])?;
    } else {
        say::line("kubectl is not here: every file was checked, and not what kustomize makes of them");
    }
    say::line(&format!("{checked} resources keep to Kubernetes' schemas; not checked: {}", NOT_CHECKED.join(", ")));
    Ok(())
}

/// The program, installed once beside what cargo builds.
fn validator(place: &Place) -> Result<PathBuf> {
    let dir = place.target.join("kubernetes-validate");
    let (program, installed) = (dir.join("bin/kubernetes-validate"), dir.join("installed"));
    if !fs::read_to_string(&installed).is_ok_and(|version| version == VALIDATOR) {
        run::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&dir))?;
        run::run(Command::new(dir.join("bin/pip")).args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            VALIDATOR,
        ]))?;
        fs::write(&installed, VALIDATOR).context(installed.display())?;
    }
    Ok(program)
}

/// How many resources of these files are as they should be.
fn validate(program: &Path, files: &[PathBuf]) -> Result<usize> {
    let output = Command::new(program).arg("--strict").args(files).output().context(program.display())?;
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let passed = judge(&said)?;
    if output.status.success() && passed > 0 {
        return Ok(passed);
    }
    Err(Failure::new(format!("{} ends with {}: {}", program.display(), output.status, said.trim())))
}

/// It only warns of kinds that it does not know: how many have passed, if nothing else is to be said.
fn judge(said: &str) -> Result<usize> {
    let is_known =
        |line: &str| NOT_CHECKED.iter().any(|kind| line.contains(&format!("schema for kind {kind} with api version ")));
    let wrong: Vec<_> = said.lines().filter(|line| !line.starts_with("INFO ") && !is_known(line)).collect();
    if wrong.is_empty() {
        Ok(said.lines().filter(|line| line.starts_with("INFO ")).count())
    } else {
        Err(Failure::new(wrong.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_nobody_knows_are_no_passing_matter() {
        let passed = "INFO fleet.yaml passed for resource service/outcry against version 1.35";
        let unknown = |kind| {
            format!(
                "WARN fleet.yaml Couldn't find schema for kind {kind} with api version v1 for kubernetes version 1.35"
            )
        };
        let judged = |lines: &[&str]| judge(&lines.join("\n")).map_err(|failure| failure.to_string());
        assert_eq!(judged(&[passed, &unknown("Fleet"), &unknown("FleetAutoscaler"), passed]), Ok(2));
        assert_eq!(judged(&[passed, &unknown("Servise")]), Err(unknown("Servise")));
        assert_eq!(judged(&[passed, &unknown("Fleets")]), Err(unknown("Fleets")));
        let error = "ERROR fleet.yaml did not validate for resource service/outcry: spec: no";
        assert_eq!(judged(&[error, passed]), Err(error.to_owned()));
    }
}
