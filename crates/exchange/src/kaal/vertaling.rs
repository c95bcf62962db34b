//! The bare layout put into our own words, so that the same import checks and keeps it.

use domain::nummers::Vestigingscode;

use super::UREN_PER_DAG;

/// The header of our own layout, for the columns that the bare one can fill.
const KOP: &str = "vestigingscode;leerlingnummer;datum;lesuur;lesuren;soort\n";

/// The file line for line in the layout `leerrecht`, all rows at one school site; a line that is not a bare row comes
/// through as it is, so that the import finds it on its own line. The column `school` numbers schools of a benchmark and
/// says nothing about a register.
pub fn als_leerrecht(bytes: &[u8], vestiging: Vestigingscode) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let is_header = |line: &[u8]| line.strip_suffix(b"\r").unwrap_or(line) == b"pupil,date,start,hours,kind,school";
    match lines.next() {
        Some(line) if is_header(line) => out.extend_from_slice(KOP.as_bytes()),
        Some(line) => {
            out.extend_from_slice(line);
            out.push(b'\n');
        }
        None => return out,
    }
    for line in lines {
        match std::str::from_utf8(line).ok().and_then(|line| row(line.trim_end_matches('\r'), vestiging)) {
            Some(row) => out.extend_from_slice(row.as_bytes()),
            None => out.extend_from_slice(line),
        }
        out.push(b'\n');
    }
    out
}

fn row(line: &str, vestiging: Vestigingscode) -> Option<String> {
    let cells: Vec<&str> = line.split(',').collect();
    let [pupil, date, start, hours, kind, _school] = cells.as_slice() else { return None };
    let soort = match *kind {
        "U" => "ongeoorloofd",
        "L" => "te_laat",
        "S" => "ziek",
        "A" => "verlof",
        "R" => "uitgestuurd",
        "X" => "vrijstelling",
        other => other,
    };
    let whole_day = *start == "1" && hours.parse() == Ok(UREN_PER_DAG);
    let (lesuur, lesuren) = if whole_day { ("", "dag") } else { (*start, *hours) };
    Some(format!("{vestiging};{pupil};{date};{lesuur};{lesuren};{soort}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bare_row_becomes_a_row_on_the_same_line() {
        let bare = "pupil,date,start,hours,kind,school\n7,2026-03-02,1,8,S,3\n7,2026-03-03,4,2,U,3\nkapot\n7,2026-03-04,1,1,Q,3\n";
        let vestiging = Vestigingscode::parse("90AA00").unwrap();
        let expected = "vestigingscode;leerlingnummer;datum;lesuur;lesuren;soort\n\
            90AA00;7;2026-03-02;;dag;ziek\n90AA00;7;2026-03-03;4;2;ongeoorloofd\nkapot\n90AA00;7;2026-03-04;1;1;Q\n\n";
        assert_eq!(String::from_utf8(als_leerrecht(bare.as_bytes(), vestiging)).unwrap(), expected);
        assert_eq!(als_leerrecht(b"iets,anders", vestiging), b"iets,anders\n");
    }
}
