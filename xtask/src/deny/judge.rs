//! What is wrong with a set of packages. Pure functions: one sentence for each finding.

use super::{
    advisories::Copy,
    crates::Package,
    rules::{Licences, Rules, Sources},
};
use crate::failure::{Context, Result};
use spdx::{Expression, Licensee, ParseMode};
use std::collections::BTreeMap;

/// Everything that is wrong.
///
/// # Errors
/// When a rule or an advisory cannot be read.
pub(super) fn findings(packages: &[Package], rules: &Rules, copy: &Copy) -> Result<Vec<String>> {
    let mut found = advisories(packages, rules, copy)?;
    found.extend(licences(packages, &rules.licenses)?);
    found.extend(duplicates(packages, rules));
    found.extend(sources(packages, &rules.sources));
    Ok(found)
}

fn advisories(packages: &[Package], rules: &Rules, copy: &Copy) -> Result<Vec<String>> {
    let ignored = |id: &str| rules.advisories.ignore.iter().any(|ignored| ignored.id == id);
    let mut found = Vec::new();
    for advisory in copy.advisories.iter().filter(|advisory| !ignored(&advisory.id)) {
        for package in packages {
            found.extend(advisory.concerns(package)?);
        }
    }
    Ok(found)
}

/// Old manifests write a slash for OR; otherwise an expression has to be SPDX's.
fn licences(packages: &[Package], rules: &Licences) -> Result<Vec<String>> {
    let allowed = parsed(&rules.allow)?;
    let mut found = Vec::new();
    for Package { name, version, license, .. } in packages {
        let own = rules.exceptions.iter().filter(|exception| exception.name == *name);
        let own = own.map(|exception| parsed(&exception.allow)).collect::<Result<Vec<_>>>()?.concat();
        let Some(text) = license else {
            found.push(format!("{name} {version} names no licence"));
            continue;
        };
        let permits = |expression: &Expression| {
            expression.evaluate(|required| allowed.iter().chain(&own).any(|licence| licence.satisfies(required)))
        };
        if !Expression::parse_mode(text, ParseMode::LAX).is_ok_and(|expression| permits(&expression)) {
            found.push(format!("{name} {version} is under {text}, which deny.toml does not allow"));
        }
    }
    Ok(found)
}

fn parsed(licences: &[String]) -> Result<Vec<Licensee>> {
    licences.iter().map(|licence| Licensee::parse(licence).context(licence)).collect()
}

/// A crate in two versions is compiled and downloaded twice.
fn duplicates(packages: &[Package], rules: &Rules) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for Package { name, version, .. } in packages {
        versions.entry(name).or_default().push(version.to_string());
    }
    let skipped = |name: &str| rules.bans.skip.iter().any(|skipped| skipped.name == name);
    let several = versions.into_iter().filter(|(name, versions)| versions.len() > 1 && !skipped(name));
    several
        .map(|(name, versions)| format!("{name} is there in {} versions: {}", versions.len(), versions.join(", ")))
        .collect()
}

fn sources(packages: &[Package], rules: &Sources) -> Vec<String> {
    let strange = |source: &&str| !rules.allow_registry.iter().any(|known| *source == format!("registry+{known}"));
    let from = |package: &Package| {
        let source = package.source.as_deref().filter(strange)?;
        Some(format!("{} {} comes from {source}", package.name, package.version))
    };
    packages.iter().filter_map(from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [graph]
        targets = []
        [advisories]
        ignore = [{ id = "RUSTSEC-2020-0002", reason = "not used" }]
        [licenses]
        allow = ["MIT", "Apache-2.0 WITH LLVM-exception"]
        exceptions = [{ crate = "b", allow = ["MPL-2.0"] }]
        [bans]
        skip = [{ crate = "syn", reason = "on its way" }]
        [sources]
        allow-registry = ["https://example.org/index"]
    "#;
    const COPY: &str = r#"
        taken = "2020-01-01"
        advisories = [
            { id = "RUSTSEC-2020-0001", package = "pit", patched = [">= 2.0.0"] },
            { id = "RUSTSEC-2020-0002", package = "pit", patched = [] },
        ]
    "#;
    const REGISTRY: &str = "registry+https://example.org/index";

    fn package(name: &str, version: &str, license: Option<&str>, source: Option<&str>) -> Package {
        let [license, source] = [license, source].map(|text| text.map(ToOwned::to_owned));
        Package { name: name.to_owned(), version: version.parse().unwrap(), license, source }
    }

    #[track_caller]
    fn check(packages: &[Package], expected: &[&str]) {
        let found = findings(packages, &toml::from_str(RULES).unwrap(), &toml::from_str(COPY).unwrap()).unwrap();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (sentence, part) in found.iter().zip(expected) {
            assert!(sentence.contains(part), "{sentence} should say {part}");
        }
    }

    #[test]
    fn licences_have_to_be_on_the_list() {
        let check = |license: Option<&str>, expected: &[&str]| check(&[package("a", "1.0.0", license, None)], expected);
        check(Some("MIT"), &[]);
        check(Some("MIT/Apache-2.0"), &[]);
        check(Some("GPL-3.0-only OR MIT"), &[]);
        check(Some("Apache-2.0 WITH LLVM-exception"), &[]);
        check(Some("Apache-2.0"), &["under Apache-2.0"]);
        check(Some("MIT AND GPL-3.0-only"), &["under MIT AND GPL-3.0-only"]);
        check(Some("proprietary"), &["under proprietary"]);
        check(Some("MPL-2.0"), &["under MPL-2.0"]);
        check(None, &["names no licence"]);
    }

    #[test]
    fn an_exception_is_for_one_crate() {
        check(&[package("b", "1.0.0", Some("MPL-2.0"), None)], &[]);
    }

    #[test]
    fn advisories_duplicates_and_sources_are_found_unless_a_reason_is_given() {
        let of = |name, version, source| package(name, version, Some("MIT"), source);
        check(&[of("pit", "1.9.0", None)], &["pit 1.9.0 is vulnerable, mended by >= 2.0.0"]);
        check(&[of("pit", "2.0.0", None)], &[]);
        check(&[of("syn", "2.0.0", None), of("syn", "3.0.0", None)], &[]);
        check(&[of("a", "2.0.0", None), of("a", "3.0.0", None)], &["a is there in 2 versions: 2.0.0, 3.0.0"]);
        check(&[of("a", "1.0.0", Some(REGISTRY))], &[]);
        check(&[of("a", "1.0.0", Some("git+https://example.org/a"))], &["comes from git+https://example.org/a"]);
    }
}
