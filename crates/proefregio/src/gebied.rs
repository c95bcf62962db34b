//! The real places of the region: municipalities, towns and postcode areas, and to which parties they belong.
//!
//! Sources: regulation on the areas of the samenwerkingsverbanden (BWBR0032324), CBS codes of municipalities, and the
//! RMC regions of 2012. The partitions do not coincide: Castricum shares its RMC region with Alkmaar but not its
//! samenwerkingsverbanden, Uitgeest shares neither.

/// A town with its postcode areas.
pub(crate) type Plaats = (&'static str, &'static [u16]);

/// A municipality of the region.
#[derive(Debug)]
pub(crate) struct Gemeente {
    /// CBS code.
    pub nummer: &'static str,
    /// Code in `region.toml`.
    pub code: &'static str,
    /// Name on screens.
    pub naam: &'static str,
    /// Name in DUO's files.
    pub duo: &'static str,
    pub swv_po: &'static str,
    pub swv_vo: &'static str,
    pub rmc: &'static str,
    pub plaatsen: &'static [Plaats],
}

/// Samenwerkingsverbanden: number, code in `region.toml`, and a made-up name that says which area it is.
pub(crate) const SWVS: [(&str, &str, &str); 4] = [
    ("PO2703", "swv-po2703", "Samenwerkingsverband primair onderwijs Noord-Kennemerland (PO2703)"),
    ("VO2703", "swv-vo2703", "Samenwerkingsverband voortgezet onderwijs Noord-Kennemerland (VO2703)"),
    ("PO2711", "swv-po2711", "Samenwerkingsverband primair onderwijs IJmond (PO2711)"),
    ("VO2704", "swv-vo2704", "Samenwerkingsverband voortgezet onderwijs Midden-Kennemerland (VO2704)"),
];

/// Doorstroompunt (RMC) regions: code and name.
pub(crate) const RMCS: [(&str, &str); 2] = [
    ("rmc-noord-kennemerland", "Doorstroompunt Noord-Kennemerland"),
    ("rmc-west-kennemerland", "Doorstroompunt West-Kennemerland"),
];

/// Code in `region.toml` of youth health care, one for the whole region.
pub(crate) const JGZ: &str = "jgz";

/// Code of a samenwerkingsverband in `region.toml`.
pub(crate) fn swv_code(nummer: &str) -> &'static str {
    SWVS.iter().find(|(found, ..)| *found == nummer).map_or("", |(_, code, _)| code)
}

/// The six municipalities.
pub(crate) const GEMEENTEN: [Gemeente; 6] = [
    Gemeente {
        nummer: "0361",
        code: "alkmaar",
        naam: "Alkmaar",
        duo: "ALKMAAR",
        swv_po: "PO2703",
        swv_vo: "VO2703",
        rmc: "rmc-noord-kennemerland",
        plaatsen: &[
            ("Alkmaar", &[1811, 1812, 1813, 1814, 1815, 1816, 1817, 1821, 1822, 1823, 1824, 1825, 1826, 1827]),
            ("Oudorp", &[1829]),
            ("Koedijk", &[1831]),
            ("Stompetoren", &[1841]),
            ("De Rijp", &[1483]),
            ("Schermerhorn", &[1636]),
        ],
    },
    Gemeente {
        nummer: "1980",
        code: "dijk-en-waard",
        naam: "Dijk en Waard",
        duo: "DIJK EN WAARD",
        swv_po: "PO2703",
        swv_vo: "VO2703",
        rmc: "rmc-noord-kennemerland",
        plaatsen: &[
            ("Heerhugowaard", &[1701, 1702, 1703, 1704, 1705, 1706]),
            ("Broek op Langedijk", &[1721]),
            ("Zuid-Scharwoude", &[1722]),
            ("Noord-Scharwoude", &[1723]),
            ("Sint Pancras", &[1834]),
        ],
    },
    Gemeente {
        nummer: "0373",
        code: "bergen",
        naam: "Bergen (NH)",
        duo: "BERGEN NH",
        swv_po: "PO2703",
        swv_vo: "VO2703",
        rmc: "rmc-noord-kennemerland",
        plaatsen: &[
            ("Bergen (NH)", &[1861, 1862]),
            ("Schoorl", &[1871]),
            ("Egmond aan Zee", &[1931]),
            ("Egmond aan den Hoef", &[1934]),
        ],
    },
    Gemeente {
        nummer: "0399",
        code: "heiloo",
        naam: "Heiloo",
        duo: "HEILOO",
        swv_po: "PO2703",
        swv_vo: "VO2703",
        rmc: "rmc-noord-kennemerland",
        plaatsen: &[("Heiloo", &[1851, 1852])],
    },
    Gemeente {
        nummer: "0383",
        code: "castricum",
        naam: "Castricum",
        duo: "CASTRICUM",
        swv_po: "PO2711",
        swv_vo: "VO2704",
        rmc: "rmc-noord-kennemerland",
        plaatsen: &[("Castricum", &[1901, 1902]), ("Limmen", &[1906]), ("Akersloot", &[1921])],
    },
    Gemeente {
        nummer: "0450",
        code: "uitgeest",
        naam: "Uitgeest",
        duo: "UITGEEST",
        swv_po: "PO2711",
        swv_vo: "VO2704",
        rmc: "rmc-west-kennemerland",
        plaatsen: &[("Uitgeest", &[1911])],
    },
];

/// Neighbours outside the region: pupils come from there too. CBS code and postcode areas.
pub(crate) const BUITEN: [(&str, &[u16]); 4] =
    [("0441", &[1741, 1742]), ("1911", &[1761, 1771]), ("0479", &[1506, 1521]), ("0453", &[1971, 1951])];

/// Letters of a made-up postcode: none with a Q or Y at the end was ever given out.
const LETTERS: &[u8] = b"ABCDEGHJKLMNPRTVWXZ";

/// A postcode in that area which no address has.
pub(crate) fn postcode(pc4: u16, ticket: usize) -> String {
    let first = LETTERS.get(ticket % LETTERS.len()).copied().unwrap_or(b'A');
    let last = if (ticket / LETTERS.len()).is_multiple_of(2) { 'Q' } else { 'Y' };
    format!("{pc4}{}{last}", char::from(first))
}
