//! Who may use whom, and what the pure crates may not touch: read from the manifests and the code, so that it stays true.

use super::{File, Finding, words};
use toml::{Table, Value};

/// What one of our crates may use, apart from its tests.
struct Wall {
    name: &'static str,
    /// Our own crates.
    ours: &'static [&'static str],
    others: Others,
}

/// Crates of third parties.
enum Others {
    Only(&'static [&'static str]),
    Any,
}

/// A crate that is not in this table is a finding: adding one is deciding on its walls.
const WALLS: [Wall; 11] = [
    Wall { name: "domain", ours: &[], others: Others::Only(&["jiff"]) },
    Wall { name: "tafel", ours: &[], others: Others::Only(&["jiff", "toml"]) },
    Wall { name: "signals", ours: &["domain", "tafel"], others: Others::Only(&["serde", "toml"]) },
    Wall { name: "convenant", ours: &["domain", "tafel"], others: Others::Only(&["toml"]) },
    Wall {
        name: "register",
        ours: &["domain", "signals", "convenant"],
        others: Others::Only(&["jiff", "smallvec", "unicode-normalization"]),
    },
    Wall {
        name: "exchange",
        ours: &["domain"],
        others: Others::Only(&["csv", "encoding_rs", "quick-xml", "serde", "serde_json", "sha2", "toml"]),
    },
    Wall { name: "store", ours: &[], others: Others::Any },
    Wall { name: "proefregio", ours: &["domain", "exchange"], others: Others::Any },
    Wall {
        name: "server",
        ours: &["domain", "signals", "convenant", "register", "exchange", "store", "proefregio"],
        others: Others::Any,
    },
    Wall {
        name: "testkit",
        ours: &["domain", "signals", "convenant", "register", "exchange", "store", "proefregio"],
        others: Others::Any,
    },
    Wall { name: "xtask", ours: &[], others: Others::Any },
];

/// Crates without IO, clock, randomness or async, whatever their manifests say.
const PURE: [&str; 5] = ["domain", "tafel", "signals", "convenant", "register"];
/// What of the standard library and the language a pure crate leaves alone. (`std::thread` computes, and may.)
const IMPURE: [&str; 12] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::time",
    "async fn",
    "async move",
    "println!",
    "eprintln!",
    "dbg!",
];

/// Crates use only what their wall lets through, take every version from the workspace, and share its lints.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if file.path.ends_with("/Cargo.toml") && file.in_crate().is_some() {
            findings.extend(manifest(file));
        }
        if file.in_crate().is_some_and(|name| PURE.contains(&name)) {
            findings.extend(purity(file));
        }
    }
    findings
}

fn purity(file: &File) -> Vec<Finding> {
    let code = file.shipped().into_iter().flat_map(|rust| rust.shipped_code());
    code.flat_map(|(line, text)| {
        IMPURE.iter().filter(move |word| words::stands_in(word, text)).map(move |word| {
            Finding::at(
                file,
                line,
                format!("'{word}' in a pure crate"),
                "take what it gives as an argument; `server` does the rest",
            )
        })
    })
    .collect()
}

fn manifest(file: &File) -> Vec<Finding> {
    let table: Table = match file.text.parse() {
        Ok(table) => table,
        Err(error) => return vec![Finding::at(file, 1, format!("is no TOML: {error}"), "mend the manifest")],
    };
    let name = file.in_crate().unwrap_or_default();
    let Some(wall) = WALLS.iter().find(|wall| wall.name == name) else {
        let mend = "decide what it may use, and add it to WALLS and to the map in ARCHITECTURE.md";
        return vec![Finding::at(file, 1, format!("'{name}' has no wall"), mend)];
    };
    let mut findings = Vec::new();
    for dependency in dependencies(&table) {
        let line = line_of(&file.text, &dependency.name);
        if let Err(mend) = wall.lets_through(&dependency) {
            findings.push(Finding::at(file, line, format!("'{name}' may not use '{}'", dependency.name), mend));
        }
        if !dependency.of_workspace {
            let what = format!("'{}' does not come from the workspace", dependency.name);
            findings.push(Finding::at(
                file,
                line,
                what,
                "name version and reason in the root Cargo.toml; here `x.workspace = true`",
            ));
        }
    }
    let shares_lints = table.get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool);
    if shares_lints != Some(true) {
        findings.push(Finding::at(file, 1, "does not share the lints", "add `[lints]` with `workspace = true`"));
    }
    findings
}

impl Wall {
    /// Whether the crate may use the dependency; an error says what to do instead.
    fn lets_through(&self, dependency: &Dependency) -> Result<(), String> {
        if let Some(other) = WALLS.iter().find(|wall| wall.name == dependency.name) {
            // Tests may use every crate that is not the top of the house.
            let allowed = match dependency.only_tests {
                true => !["server", "xtask"].contains(&other.name),
                false => self.ours.contains(&other.name),
            };
            let mend = format!("it may use {}; move the code to where both are known", list(self.ours));
            return if allowed { Ok(()) } else { Err(mend) };
        }
        match &self.others {
            Others::Only(names) if !dependency.only_tests && !names.contains(&dependency.name.as_str()) => {
                let mend = format!("of third parties it may use {}; others need a reason in docs/adr", list(names));
                Err(mend)
            }
            _ => Ok(()),
        }
    }
}

struct Dependency {
    name: String,
    only_tests: bool,
    of_workspace: bool,
}

/// All dependencies of a manifest, those of single platforms too.
fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = std::iter::once(manifest).chain(platforms.filter_map(|(_, table)| table.as_table()));
    let mut found = Vec::new();
    for table in tables {
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            for (key, value) in table.get(kind).and_then(Value::as_table).into_iter().flatten() {
                // A renamed dependency is judged by the crate's own name.
                let name = value.get("package").and_then(Value::as_str).unwrap_or(key).to_owned();
                let of_workspace = value.get("workspace").and_then(Value::as_bool) == Some(true);
                found.push(Dependency { name, only_tests: kind == "dev-dependencies", of_workspace });
            }
        }
    }
    found
}

fn line_of(manifest: &str, name: &str) -> usize {
    let found = manifest
        .lines()
        .position(|line| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(['.', '='])));
    found.map_or(1, |n| n + 1)
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::places;

    fn check_manifest(name: &str, dependencies: &str, expected: &[usize]) {
        let text = format!("{dependencies}\n[lints]\nworkspace = true\n");
        let path = if name == "xtask" { "xtask/Cargo.toml".to_owned() } else { format!("crates/{name}/Cargo.toml") };
        let expected: Vec<String> = expected.iter().map(|line| format!("{path}:{line}")).collect();
        assert_eq!(places(check(&[File::new(&path, &text)])), expected, "{name}: {dependencies}");
    }

    #[test]
    fn a_crate_uses_only_what_its_wall_lets_through() {
        check_manifest("domain", "[dependencies]\njiff.workspace = true", &[]);
        check_manifest("domain", "[dependencies]\njiff.workspace = true\nserde.workspace = true", &[3]);
        check_manifest("domain", "[build-dependencies]\nserde.workspace = true", &[2]);
        check_manifest("domain", "[target.'cfg(unix)'.dependencies]\nlibc.workspace = true", &[2]);
        check_manifest("domain", "[dependencies]\njiff = { workspace = true, package = \"chrono\" }", &[1]);
        check_manifest("store", "[dependencies]\ndomain.workspace = true", &[2]);
        check_manifest("exchange", "[dependencies]\ndomain.workspace = true\nstore.workspace = true", &[3]);
        check_manifest("server", "[dependencies]\nstore.workspace = true\naxum.workspace = true", &[]);
        check_manifest("server", "[dependencies]\ntestkit.workspace = true", &[2]);
    }

    #[test]
    fn a_refusal_says_what_is_allowed() {
        let mend = |name: &str, text: &str| {
            let found = check(&[File::new(&format!("crates/{name}/Cargo.toml"), text)]);
            found.into_iter().map(|finding| finding.mend).next().unwrap()
        };
        assert!(mend("exchange", "[dependencies]\nstore.workspace = true").starts_with("it may use domain;"));
        assert!(mend("store", "[dependencies]\ndomain.workspace = true").starts_with("it may use none;"));
        assert!(mend("signals", "[dependencies]\nregex.workspace = true").contains("it may use serde, toml;"));
    }

    #[test]
    fn tests_may_use_more_but_not_the_top_of_the_house() {
        check_manifest("signals", "[dev-dependencies]\nproefregio.workspace = true\nproptest.workspace = true", &[]);
        check_manifest("signals", "[dev-dependencies]\nserver.workspace = true", &[2]);
    }

    #[test]
    fn versions_and_lints_come_from_the_workspace() {
        check_manifest("store", "[dependencies]\nsha2 = \"0.11\"", &[2]);
        let bare = File::new("crates/store/Cargo.toml", "[package]\nname = \"store\"\n");
        assert_eq!(places(check(&[bare])), ["crates/store/Cargo.toml:1"]);
    }

    #[test]
    fn a_new_crate_needs_a_wall() {
        check_manifest("misc", "", &[1]);
    }

    #[test]
    fn pure_crates_touch_nothing() {
        let check = |path: &str, line: &str, found: bool| {
            let file = File::new(path, &format!("//! Made up.\n{line}\n"));
            assert_eq!(!check(&[file]).is_empty(), found, "{path}: {line}");
        };
        for word in IMPURE {
            check("crates/domain/src/a.rs", &format!("let x = {word};"), true);
            check("crates/server/src/a.rs", &format!("let x = {word};"), false);
            check("crates/domain/src/a.rs", &format!("let x = \"{word}\"; // {word}"), false);
            check("crates/domain/tests/it/main.rs", &format!("let x = {word};"), false);
        }
        check("crates/signals/src/a.rs", "std::thread::scope(|s| {});", false);
    }
}
