//! The convenant as a table for people, in Dutch.

use std::fmt::Write;

use crate::Convenant;

/// The rows of a convenant as Markdown.
pub fn matrix(convenant: &Convenant) -> String {
    let mut text = String::new();
    for regel in convenant.regels() {
        let _ = writeln!(text, "- {}", regel.naam);
    }
    text
}
