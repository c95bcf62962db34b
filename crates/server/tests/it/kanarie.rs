//! What is said about people stays inside: nothing of it is printed, nothing of it can be read from the disk.

use std::path::Path;

use crate::plek::{Plek, VERZUIM_KOP};

const KOP: &str = "vestigingscode;leerlingnummer;achternaam;voornamen;geboortedatum;bsn;postcode;huisnummer;klas;inschrijfdatum;telefoon_leerling;verzorger1_naam;verzorger1_relatie;verzorger1_email";
/// Values that occur nowhere else.
const KANARIES: [&str; 10] = [
    "KNR4411",
    "Goudkanarië",
    "Fladderina",
    "999900079",
    "1823ZX",
    "71bisQ",
    "kooi7w",
    "0612345987",
    "Vinkemoeder",
    "vink@kanarie.example",
];

fn rij() -> String {
    let [nummer, achternaam, voornamen, bsn, postcode, huis, klas, telefoon, ouder, email] = KANARIES;
    format!(
        "90AA00;{nummer};{achternaam};{voornamen};2011-03-04;{bsn};{postcode};{huis};{klas};2023-08-01;{telefoon};{ouder};moeder;{email}\n"
    )
}

fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes_of(&path) } else { std::fs::read(path).unwrap() });
    }
    all
}

fn occurs(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[test]
fn nothing_about_people_is_printed_or_readable_on_disk() {
    let plek = Plek::scholen();
    let good = rij();
    let mut printed = String::new();
    let mut import = |wat: &str, text: String, status: i32| {
        plek.schrijf("bestand.csv", text);
        let afloop = plek.draai(&["import", wat, "bestand.csv"]);
        assert_eq!(afloop.status, status, "{afloop:?}");
        printed.push_str(&afloop.alles());
    };
    import("leerlingen", format!("{KOP}\n{good}"), 0);
    // The same child with something wrong in every column that can be wrong, and with its columns slipped.
    for (from, to) in [
        ("2011-03-04", "2011-02-30"),
        ("999900079", "Fladderina"),
        ("1823ZX", "71bisQ kooi7w"),
        ("moeder;", "Vinkemoeder;"),
        ("2023-08-01", "0612345987"),
        ("90AA00", "Goudkanarië"),
        ("2011-03-04", "2031-03-04"),
        ("KNR4411", "KNR4411 Goudkanarië"),
        (";0612345987", ""),
    ] {
        import("leerlingen", format!("{KOP}\n{}", good.replace(from, to)), 1);
    }
    import("leerlingen", format!("{KOP}\n{good}{}", good.replace("Goudkanarië", "Vinkemoeder")), 1);
    import("verzuim", format!("{VERZUIM_KOP}\n90AA00;KNR4411;2025-03-04;;dag;ziek\n"), 0);
    import("verzuim", format!("{VERZUIM_KOP}\n90AA00;KNR4411;2025-03-04;;dag;Goudkanarië\n"), 1);
    import("verzuim", format!("{VERZUIM_KOP}\n90AB00;KNR4411;2025-03-04;;Fladderina;ziek\n"), 1);
    printed.push_str(&plek.goed(&["verify"]).alles());
    let disk = bytes_of(&plek.data());
    assert!(disk.len() > 10_000);
    for kanarie in KANARIES {
        assert!(!printed.contains(kanarie), "{kanarie} was printed:\n{printed}");
        let wide: Vec<u8> = kanarie.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!occurs(&disk, kanarie.as_bytes()), "{kanarie} lies readable on disk");
        assert!(!occurs(&disk, &wide), "{kanarie} lies readable on disk, in UTF-16");
    }
}
