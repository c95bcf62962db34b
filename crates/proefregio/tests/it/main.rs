//! The synthetic region from outside: its files are read by the real import, its numbers counted, its truth checked.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop the test, as the tests themselves do")]

mod bestanden;
mod gewone_kinderen;
mod klok;
mod verhalen;

use std::sync::LazyLock;

use domain::Date;
use domain::nummers::Gemeentecode;
use exchange::invoer::{Kader, LeerlingRij, SchoolRij, Verzuim, read_leerlingen, read_scholen, read_verzuim};
use exchange::regio::RegioSoort;
use jiff::civil::date;
use proefregio::{Levering, Proef, Proefregio, proefregio};

/// The day of the worked example.
pub const VANDAAG: Date = date(2026, 3, 20);

/// A region of a few thousand pupils on a day.
pub fn klein(vandaag: Date) -> Proefregio {
    proefregio(&Proef { leerlingen: 3_000, seed: 7, vandaag })
}

/// That region on the day of the worked example, with its files as they are read: made once for all tests.
pub static KLEIN: LazyLock<(Proefregio, Gelezen)> = LazyLock::new(|| {
    let regio = klein(VANDAAG);
    let gelezen = lees(&regio, VANDAAG);
    (regio, gelezen)
});

/// The six municipalities.
pub fn gemeenten() -> Vec<Gemeentecode> {
    ["0361", "1980", "0373", "0399", "0383", "0450"].map(|code| Gemeentecode::parse(code).unwrap()).to_vec()
}

/// The files of a region as the import reads them, without its own checks looked at.
pub struct Gelezen {
    /// Schools.
    pub scholen: Vec<SchoolRij>,
    /// Pupils.
    pub leerlingen: Vec<LeerlingRij>,
    /// Deliveries, each with the number of rows that were refused.
    pub leveringen: Vec<(Levering, Verzuim, u64)>,
}

/// Reads all files.
pub fn lees(regio: &Proefregio, vandaag: Date) -> Gelezen {
    let gemeenten = gemeenten();
    let kader = Kader { soort: RegioSoort::Proef, vandaag, gemeenten: &gemeenten };
    let scholen = read_scholen(&regio.scholen, &kader, None).unwrap();
    let leerlingen = read_leerlingen(&regio.leerlingen, &kader).unwrap();
    assert_eq!(
        (scholen.telling.afgewezen, leerlingen.telling.afgewezen),
        (0, 0),
        "{:?}",
        leerlingen.bevindingen.kept()
    );
    let leveringen = regio.leveringen.iter().map(|levering| {
        let gelezen = read_verzuim(&levering.bestand, &kader).unwrap();
        (levering.clone(), gelezen.inhoud, gelezen.telling.afgewezen)
    });
    Gelezen { scholen: scholen.inhoud, leerlingen: leerlingen.inhoud, leveringen: leveringen.collect() }
}
