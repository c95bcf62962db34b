//! Our own delimited files: UTF-8, `;`, CRLF, and no cell that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// The byte-order mark by which Excel recognises UTF-8.
const BOM: &str = "\u{FEFF}";

/// Whether a spreadsheet may read the cell as a formula, also behind apostrophes of ours.
fn looks_like_formula(cell: &str) -> bool {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(formula)
}

/// The cell, with an apostrophe before what a spreadsheet would read as a formula. [`restore`] takes it off again.
pub fn neutralise(cell: &str) -> Cow<'_, str> {
    if looks_like_formula(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell as it was before [`neutralise`].
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| looks_like_formula(rest)).unwrap_or(cell)
}

/// Writes rows as delimited text.
#[derive(Debug, Default)]
pub struct CsvWriter {
    text: String,
}

impl CsvWriter {
    /// For programs: starts with the header row.
    pub fn new() -> Self {
        CsvWriter::default()
    }

    /// For people, who open it in a spreadsheet: with a byte-order mark.
    pub fn for_spreadsheets() -> Self {
        CsvWriter { text: BOM.to_owned() }
    }

    /// Adds a row; formulas are made harmless, and cells quoted where needed.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(';');
            }
            self.cell(cell.as_ref());
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let cell = neutralise(cell);
        let plain = cell.trim() == cell && !cell.contains(['"', ';', ',', '\t', '\r', '\n']);
        if plain {
            self.text.push_str(&cell);
        } else {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        }
    }

    /// The whole file.
    pub fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back_as_they_were() {
        for cell in ["=1+1", "+31 6", "-5", "@x", "\tx", "\r=1", "'=x", "''=x", "＝1"] {
            let harmless = neutralise(cell);
            assert!(harmless.starts_with('\''), "{cell}");
            assert_eq!(restore(&harmless), cell);
        }
        for cell in ["", "'t Hart", "'s-Graveland", "Sam", "1-2", "a=b"] {
            assert_eq!(neutralise(cell), cell);
            assert_eq!(restore(cell), cell);
        }
    }

    #[test]
    fn cells_are_quoted_where_needed() {
        let mut csv = CsvWriter::new();
        csv.row(["a", "b;c", "d\"e", " f", "", "g\r\nh", "1,25"]);
        assert_eq!(csv.into_text(), "a;\"b;c\";\"d\"\"e\";\" f\";;\"g\r\nh\";\"1,25\"\r\n");
        let mut csv = CsvWriter::for_spreadsheets();
        csv.row(["Zoë"]);
        assert_eq!(csv.into_text().as_bytes(), "\u{FEFF}Zoë\r\n".as_bytes());
    }
}
