//! Lines and cells of delimited text: `;`, `,` or tab; CR, LF or CRLF; quotes; every length bounded.

use std::borrow::Cow;

use super::bevinding::Gebrek;
use super::uitvoer::restore;

/// The longest row in bytes, with all the lines that a quoted cell spans. A longer line is skipped, never copied.
pub const MAX_REGEL: usize = 64 << 10;
/// The most lines that one row may span, through line breaks in quoted cells.
pub const MAX_REGELS_PER_RIJ: u64 = 16;
/// The most columns of a file.
pub const MAX_KOLOMMEN: usize = 256;

/// Part of a file, and the line on which it starts; the first line of a file is 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stuk<'a> {
    /// The bytes, from the start of that line to the end of the file.
    pub bytes: &'a [u8],
    /// The line.
    pub regel: u64,
}

/// One row: its cells, and where it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Rij<'a> {
    /// Line on which the row starts; the first line of the file is 1.
    pub regel: u64,
    /// The row as it stands in the file, without the last line break.
    pub ruw: &'a [u8],
    /// The cells, unquoted.
    pub cellen: Vec<Cow<'a, str>>,
}

impl Rij<'_> {
    /// The cell at that place without outer blanks; empty when there is none. The apostrophe with which our own files
    /// make a formula harmless is taken off again.
    pub fn cell(&self, plaats: usize) -> &str {
        self.cellen.get(plaats).map_or("", |cell| restore(trim(cell)))
    }

    fn is_blank(&self) -> bool {
        self.cellen.iter().all(|cell| trim(cell).is_empty())
    }
}

/// Without outer blanks; nearly no cell has any.
fn trim(cell: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) { cell } else { cell.trim() }
}

/// Reads rows one after another; a row that cannot be read ends at its own line, so that the next one can.
#[derive(Debug)]
pub(super) struct Regels<'a> {
    rest: &'a [u8],
    volgende: u64,
    scheiding: char,
    breedte: Breedte,
}

/// How many cells a row has.
#[derive(Debug, Clone, Copy)]
enum Breedte {
    Vrij,
    /// As many as the header.
    Kop(usize),
    /// As many as are read, or more.
    Minstens(usize),
}

impl<'a> Regels<'a> {
    /// Reads `stuk`; the separator is the one that occurs most often in its first line.
    pub fn new(stuk: Stuk<'a>) -> Self {
        let (kop, _) = split_line(stuk.bytes);
        let kop = kop.get(..MAX_REGEL).unwrap_or(kop);
        let scheiding = [';', ',', '\t'].into_iter().rev().max_by_key(|teken| count_unquoted(kop, *teken as u8));
        Regels { rest: stuk.bytes, volgende: stuk.regel, scheiding: scheiding.unwrap_or(';'), breedte: Breedte::Vrij }
    }

    /// The separator between cells.
    pub fn scheiding(&self) -> char {
        self.scheiding
    }

    /// From here on, rows must have this many cells.
    pub fn set_width(&mut self, breedte: usize) {
        self.breedte = Breedte::Kop(breedte);
    }

    /// From here on, rows must have at least this many cells.
    pub fn set_least_width(&mut self, breedte: usize) {
        self.breedte = Breedte::Minstens(breedte);
    }

    /// The next row that is not blank, read into `rij`: `None` at the end, a defect when the row cannot be read. Then
    /// `rij` holds its first line and no cells, and the next row is looked for on the line below.
    pub fn next(&mut self, rij: &mut Rij<'a>) -> Option<Result<(), Gebrek>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let (line, after) = split_line(self.rest);
            let start = self.rest;
            rij.regel = self.volgende;
            rij.ruw = line;
            rij.cellen.clear();
            self.rest = after;
            self.volgende += 1;
            if line.is_empty() {
                continue;
            }
            match self.read(rij, start) {
                Ok(()) if rij.is_blank() => {}
                Ok(()) => return Some(Ok(())),
                Err(gebrek) => {
                    // A stray quote may have taken in lines that are rows of their own.
                    (rij.ruw, self.rest, self.volgende) = (line, after, rij.regel + 1);
                    rij.cellen.clear();
                    return Some(Err(gebrek));
                }
            }
        }
    }

    fn read(&mut self, rij: &mut Rij<'a>, start: &'a [u8]) -> Result<(), Gebrek> {
        if rij.ruw.len() > MAX_REGEL {
            return Err(too_long());
        }
        if rij.ruw.contains(&b'"') {
            let (row, lines) = quoted_row(start, self.scheiding as u8)?;
            rij.ruw = row;
            (_, self.rest) = split_line(start.get(row.len()..).unwrap_or_default());
            self.volgende = rij.regel + lines;
        }
        split_cells(rij.ruw, self.scheiding, &mut rij.cellen)?;
        self.check_width(rij)
    }

    /// More cells than there are columns are allowed when they are empty, as some packages end each row with a
    /// separator; fewer when the row is blank.
    fn check_width(&self, rij: &Rij<'a>) -> Result<(), Gebrek> {
        let (count, next) =
            (rij.cellen.len(), "Zet een veld waarin het scheidingsteken voorkomt tussen aanhalingstekens.");
        let wat = match self.breedte {
            Breedte::Vrij => return Ok(()),
            Breedte::Kop(breedte) => {
                let surplus = rij.cellen.iter().skip(breedte).any(|cell| !trim(cell).is_empty());
                if (count >= breedte && !surplus) || rij.is_blank() {
                    return Ok(());
                }
                format!("De rij heeft {count} velden en de kop heeft er {breedte}.")
            }
            Breedte::Minstens(breedte) if count >= breedte || rij.is_blank() => return Ok(()),
            Breedte::Minstens(breedte) => format!("De rij heeft {count} velden; er zijn er {breedte} nodig."),
        };
        Err(Gebrek::new("aantal velden", wat, next))
    }
}

/// The first line, without its CR, LF or CRLF, and what comes after.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
        return (bytes, &[]);
    };
    let (line, rest) = bytes.split_at(end);
    (line, rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default())
}

/// Cuts a row into cells.
///
/// # Errors
/// When the row is no text, holds control characters, has too many cells or quotes that do not match.
pub(super) fn split_cells<'a>(row: &'a [u8], scheiding: char, cellen: &mut Vec<Cow<'a, str>>) -> Result<(), Gebrek> {
    let quoted = row.contains(&b'"');
    let control = |byte: u8| byte < b' ' && byte != b'\t' && !(quoted && matches!(byte, b'\n' | b'\r'));
    if row.iter().fold(false, |found, byte| found | control(*byte)) {
        return Err(Gebrek::new(
            "onleesbare tekens",
            "De rij bevat tekens die geen tekst zijn, zoals een nulteken.",
            "Maak het bestand opnieuw als CSV in UTF-8.",
        ));
    }
    let text = std::str::from_utf8(row).map_err(|_| {
        Gebrek::new("onleesbare tekens", "De rij bevat kapotte tekens.", "Sla het bestand opnieuw op als CSV in UTF-8.")
    })?;
    if quoted {
        split_quoted(text, scheiding, cellen)?;
    } else {
        split_plain(text, scheiding, cellen);
    }
    if cellen.len() > MAX_KOLOMMEN {
        return Err(Gebrek::new(
            "te veel kolommen",
            "De rij heeft te veel kolommen.",
            format!("Een bestand mag hoogstens {MAX_KOLOMMEN} kolommen hebben."),
        ));
    }
    Ok(())
}

/// Cuts text without quotes. By bytes, as cells are short: a separator is ASCII and never part of another character.
fn split_plain<'a>(text: &'a str, scheiding: char, cellen: &mut Vec<Cow<'a, str>>) {
    let mut from = 0;
    for (place, byte) in text.bytes().enumerate() {
        if char::from(byte) == scheiding && cellen.len() < MAX_KOLOMMEN {
            cellen.push(Cow::Borrowed(text.get(from..place).unwrap_or_default()));
            from = place + 1;
        }
    }
    cellen.push(Cow::Borrowed(text.get(from..).unwrap_or_default()));
}

/// Cuts text in which quotes occur. A cell is quoted when its first character, blanks aside, is a quote; elsewhere a
/// quote is a character like any other.
fn split_quoted<'a>(text: &'a str, scheiding: char, cellen: &mut Vec<Cow<'a, str>>) -> Result<(), Gebrek> {
    let mut rest = text;
    while cellen.len() <= MAX_KOLOMMEN {
        let after = match rest.trim_start_matches(' ').strip_prefix('"') {
            Some(inner) => {
                let (cell, after) = quoted_cell(inner).ok_or_else(unmatched_quote)?;
                cellen.push(cell);
                let after = after.trim_start_matches(' ');
                if after.is_empty() { None } else { Some(after.strip_prefix(scheiding).ok_or_else(unmatched_quote)?) }
            }
            None => match rest.split_once(scheiding) {
                Some((cell, after)) => {
                    cellen.push(Cow::Borrowed(cell));
                    Some(after)
                }
                None => {
                    cellen.push(Cow::Borrowed(rest));
                    None
                }
            },
        };
        match after {
            Some(after) => rest = after,
            None => break,
        }
    }
    Ok(())
}

/// The cell up to its closing quote, with `""` read as one quote, and what comes after; `None` without closing quote.
fn quoted_cell(inner: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let quote = from + inner.get(from..)?.find('"')?;
        let after = inner.get(quote + 1..)?;
        if !after.starts_with('"') {
            let cell = inner.get(..quote)?;
            let doubled = from > 0;
            return Some((if doubled { cell.replace("\"\"", "\"").into() } else { cell.into() }, after));
        }
        from = quote + 2;
    }
}

/// The bytes of a row in which quotes occur, and the number of lines it spans.
fn quoted_row(start: &[u8], scheiding: u8) -> Result<(&[u8], u64), Gebrek> {
    let (mut in_quotes, mut at_cell_start, mut lines) = (false, true, 1);
    let mut bytes = start.iter().enumerate().peekable();
    while let Some((place, byte)) = bytes.next() {
        if place > MAX_REGEL || lines > MAX_REGELS_PER_RIJ {
            return Err(unmatched_quote());
        }
        match byte {
            b'"' if in_quotes => in_quotes = bytes.next_if(|(_, next)| **next == b'"').is_some(),
            b'"' if at_cell_start => in_quotes = true,
            b'\n' | b'\r' if !in_quotes => return Ok((start.get(..place).unwrap_or(start), lines)),
            b'\n' | b'\r' => {
                let crlf = *byte == b'\r' && bytes.peek().is_some_and(|(_, next)| **next == b'\n');
                lines += u64::from(!crlf);
            }
            _ => {}
        }
        at_cell_start = *byte == scheiding || (at_cell_start && *byte == b' ');
    }
    if in_quotes { Err(unmatched_quote()) } else { Ok((start, lines)) }
}

fn count_unquoted(line: &[u8], teken: u8) -> usize {
    let mut in_quotes = false;
    line.iter()
        .filter(|byte| {
            in_quotes ^= **byte == b'"';
            !in_quotes && **byte == teken
        })
        .count()
}

fn unmatched_quote() -> Gebrek {
    Gebrek::new(
        "aanhalingsteken",
        "De aanhalingstekens in de rij kloppen niet.",
        "Sluit elk veld dat met een aanhalingsteken begint met een aanhalingsteken; schrijf er binnen het veld twee voor één.",
    )
}

fn too_long() -> Gebrek {
    Gebrek::new(
        "rij te lang",
        "De rij is te lang om te lezen.",
        format!("Een rij mag hoogstens {} KiB zijn.", MAX_REGEL >> 10),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as "line:cell|cell", or "line:!kind" when a row cannot be read.
    fn check(bytes: &[u8], expected: &[&str]) {
        let mut regels = Regels::new(Stuk { bytes, regel: 1 });
        let mut rij = Rij::default();
        let mut found = Vec::new();
        while let Some(read) = regels.next(&mut rij) {
            let cells: Vec<&str> = (0..rij.cellen.len()).map(|plaats| rij.cell(plaats)).collect();
            found.push(match read {
                Ok(()) => format!("{}:{}", rij.regel, cells.join("|")),
                Err(gebrek) => format!("{}:!{}", rij.regel, gebrek.soort),
            });
        }
        assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn separators_and_line_ends_are_recognised() {
        check(b"a;b,c\n1;2\n", &["1:a|b,c", "2:1|2"]);
        check(b"a,b;c,d\r\n1,2,3\r\n", &["1:a|b;c|d", "2:1|2|3"]);
        check(b"a\tb\r1\t2", &["1:a|b", "2:1|2"]);
        check(b"naam\nSam", &["1:naam", "2:Sam"]);
        check(b"\"a;a\",b\n1,2", &["1:a;a|b", "2:1|2"]);
    }

    #[test]
    fn blank_rows_are_passed_over_and_still_counted() {
        check(b"a;b\n\n ; \n1;2\n;\n", &["1:a|b", "4:1|2"]);
        check(b"", &[]);
        check(b"\r\n\r\n", &[]);
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        check(b"a;b\n\"1;1\"; \"2\"\"2\" \n3;4", &["1:a|b", "2:1;1|2\"2", "3:3|4"]);
        check(b"a;b\n\"1\r\n1\";2\r\n3;4", &["1:a|b", "2:1\r\n1|2", "4:3|4"]);
        check(b"a;b\n5\" pijp;O\"Neil\n3;4", &["1:a|b", "2:5\" pijp|O\"Neil", "3:3|4"]);
        check(b"a;b\n\"\";\"\"\"\"\n", &["1:a|b", "2:|\""]);
    }

    #[test]
    fn a_stray_quote_costs_one_line() {
        check(b"a;b\n\"1;2\n3;4\n", &["1:a|b", "2:!aanhalingsteken", "3:3|4"]);
        check(b"a;b\n\"1\"x;2\n3;4\n", &["1:a|b", "2:!aanhalingsteken", "3:3|4"]);
        check(b"a;b\n\"1;2\n\"3\";4\n5;6", &["1:a|b", "2:!aanhalingsteken", "3:3|4", "4:5|6"]);
    }

    #[test]
    fn what_is_no_text_is_refused_line_by_line() {
        check(
            b"a;b\n1;\0\n\xEB;\xC3\xAB\xC3\xAB\n3;4",
            &["1:a|b", "2:!onleesbare tekens", "3:!onleesbare tekens", "4:3|4"],
        );
        let wide = vec![b';'; MAX_KOLOMMEN];
        check(&[b"a", wide.as_slice(), b"\n3"].concat(), &["1:!te veel kolommen", "2:3"]);
    }

    #[test]
    fn a_line_of_a_hundred_mebibytes_is_skipped_without_a_copy() {
        let mut bytes = b"a;b\n".to_vec();
        bytes.resize(100 << 20, b'x');
        bytes.extend_from_slice(b"\n3;4\n");
        check(&bytes, &["1:a|b", "2:!rij te lang", "3:3|4"]);
    }
}
