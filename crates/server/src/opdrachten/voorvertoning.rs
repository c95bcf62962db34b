//! `import verzuim --proef`: what a file of absence would become, before anything is taken.

use domain::calendar::datum;
use exchange::invoer::{Betekenis, CodeStand, VoorbeeldRij, Voorvertoning};

use super::getal;
use crate::uitvoer::zeg;
use crate::weergave::{verzuimrij, verzuimsoort};

/// Rows that are shown.
pub(super) const RIJEN: usize = 10;
/// Days that are shown of one row.
const DAGEN: usize = 3;
/// Codes that are shown.
const CODES: usize = 40;

/// Tells which columns and codes were found, and what becomes of the first rows.
pub(super) fn vertel(beeld: &Voorvertoning) {
    zeg!("Voorbeeld. Zo wordt het bestand gelezen:");
    for kolom in &beeld.kolommen {
        match (kolom.gevonden, kolom.nodig) {
            (true, _) if kolom.veld == kolom.kolom => zeg!("  kolom {}: gevonden", kolom.kolom),
            (true, _) => zeg!("  kolom {}: gelezen als {}", kolom.kolom, kolom.veld),
            (false, true) => zeg!("  kolom {}: niet gevonden, nodig voor {}", kolom.kolom, kolom.veld),
            (false, false) => {}
        }
    }
    if !beeld.overig.is_empty() {
        zeg!("  niet gelezen: {}", beeld.overig.join(", "));
    }
    if beeld.weigering.is_some() {
        return;
    }
    match beeld.levering.and_then(|levering| Some((levering, levering.periode.last()?))) {
        Some((levering, last)) => {
            let van = datum(levering.periode.from);
            zeg!("Alle verzuim van {} van {van} t/m {}.", levering.vestiging, datum(last));
        }
        None => zeg!("Losse rijen: het bestand zegt niets over dagen die er niet in staan."),
    }
    codes(beeld);
    zeg!("De eerste rijen:");
    beeld.rijen.iter().for_each(rij);
}

fn codes(beeld: &Voorvertoning) {
    zeg!("Codes in het bestand:");
    for stand in beeld.codes.iter().take(CODES) {
        let CodeStand { code, aantal, betekenis } = stand;
        let (code, aantal) = (code.zichtbaar(), getal(*aantal));
        match betekenis {
            Some(Betekenis::Soort(soort)) => zeg!("  {code}: {aantal} keer, {}", verzuimsoort(*soort)),
            Some(Betekenis::Weglaten) => zeg!("  {code}: {aantal} keer, telt bewust niet mee"),
            None => zeg!("  {code}: {aantal} keer, NIET BEKEND: zet deze code in de indeling bij [codes]"),
        }
    }
    let others: u64 = beeld.codes.iter().skip(CODES).map(|stand| stand.aantal).sum::<u64>() + beeld.andere_codes;
    if others > 0 {
        zeg!("  en nog {} rijen met andere codes", getal(others));
    }
}

fn rij(voorbeeld: &VoorbeeldRij) {
    let wie = voorbeeld.leerlingnummer.zichtbaar();
    for bevinding in &voorbeeld.bevindingen {
        zeg!("  {bevinding}");
    }
    if voorbeeld.weggelaten {
        zeg!("  rij {}: telt niet mee", voorbeeld.regel);
    }
    let dagen: Vec<String> = voorbeeld.rijen.iter().take(DAGEN).map(verzuimrij).collect();
    let meer = voorbeeld.rijen.len().saturating_sub(DAGEN);
    match (dagen.is_empty(), meer) {
        (true, _) => {}
        (false, 0) => zeg!("  rij {}: leerling {wie}: {}", voorbeeld.regel, dagen.join("; ")),
        (false, meer) => zeg!("  rij {}: leerling {wie}: {}; en nog {meer}", voorbeeld.regel, dagen.join("; ")),
    }
}
