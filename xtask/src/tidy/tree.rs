//! The files of the repository, read once for all checks.

use super::rust::Rust;
use std::path::Path;

/// Nothing of ours is in them: built things, and what a developer's own register writes. (`.git` is a file in a worktree.)
const SKIPPED: [&str; 4] = ["target", ".git", "leerrecht-data", "node_modules"];
/// Files written by a tool or by somebody else; their words are not ours.
const NOT_OURS: [&str; 2] = ["LICENSE", "Cargo.lock"];
/// Larger files are data, not text that somebody reads.
const MAX_BYTES: u64 = 1024 * 1024;

/// One text file of the repository.
pub struct File {
    /// From the root, with `/` between the parts.
    pub path: String,
    pub text: String,
    /// The parts of a Rust file; `None` for other files.
    pub rust: Option<Rust>,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        let rust = path.ends_with(".rs").then(|| Rust::new(text));
        File { path: path.to_owned(), text: text.to_owned(), rust }
    }

    /// The name of our crate this file belongs to, by its folder.
    pub fn in_crate(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match (parts.next(), parts.next()) {
            (Some("crates"), Some(name)) => Some(name),
            (Some("xtask"), Some(_)) => Some("xtask"),
            _ => None,
        }
    }

    /// Whether the file holds nothing but tests.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// The Rust parts of files that ship (not of test files).
    pub fn shipped(&self) -> Option<&Rust> {
        if self.is_test() { None } else { self.rust.as_ref() }
    }
}

/// Every text file under `root`, in the order of their paths.
pub fn read(root: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    walk(root, "", &mut files).map_err(|error| format!("cannot read the repository: {error}"))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else if kind.is_file() && !NOT_OURS.contains(&name.as_str()) && entry.metadata()?.len() <= MAX_BYTES {
            // What is not UTF-8 is a sample file of another system, or no text at all.
            match String::from_utf8(std::fs::read(entry.path())?) {
                Ok(text) => files.push(File::new(&path, &text)),
                // A picture has nothing to read, but documents name it.
                Err(_) if path.ends_with(".png") => files.push(File::new(&path, "")),
                Err(_) => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_crate_and_whether_it_is_a_test() {
        let check = |path: &str, name: Option<&str>, test: bool| {
            let file = File::new(path, "");
            assert_eq!((file.in_crate(), file.is_test()), (name, test), "{path}");
        };
        check("crates/domain/src/fact.rs", Some("domain"), false);
        check("crates/signals/tests/it/oracle.rs", Some("signals"), true);
        check("crates/domain/src/klok/tests.rs", Some("domain"), true);
        check("xtask/src/main.rs", Some("xtask"), false);
        check("README.md", None, false);
    }

    #[test]
    fn the_repository_is_read_without_its_built_things() {
        let files = read(&crate::shell::root()).unwrap();
        assert!(files.iter().any(|file| file.path == "xtask/src/tidy/tree.rs" && file.rust.is_some()));
        assert!(files.iter().any(|file| file.path == "Cargo.toml" && file.rust.is_none()));
        assert!(!files.iter().any(|file| file.path.starts_with("target/") || file.path == "Cargo.lock"));
    }
}
