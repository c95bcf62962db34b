//! From the TOML of a school to a layout.

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::verzuim::VerzuimSoort;
use toml::de::DeTable;

use super::{ALLES, Betekenis, MAX_INDELING, MEEGELEVERD, Plaats, TUSSEN_CODES, TeLaat, Veld, Vertaling};
use crate::invoer::MAX_KOLOMMEN;
use crate::invoer::verzuim::lesdag::{Blok, Eenheid, Lesdag};
use crate::invoer::verzuim::moment::{self, Datumvorm};
use crate::invoer::verzuim::rij::LAATSTE_LESUUR;
use crate::regio::RegioFout;
use crate::regio::tabel::{Cel, Regels, Tabel};

/// Word for a column of the base layout that this school does not have.
const GEEN: &str = "geen";
/// Word for a code that stands for no absence.
const WEGLATEN: &str = "weglaten";
/// Columns that one code can be put together from.
const MAX_CODEKOLOMMEN: usize = 4;
/// Longest code, in characters.
const MAX_CODE: usize = 80;
/// The shortest and longest stretch of teaching, in minutes.
const BLOK: std::ops::RangeInclusive<u16> = 5..=480;
/// What may be said of a code whatever its last column holds.
const VOOR_ALLES: [Betekenis; 3] =
    [Betekenis::Soort(VerzuimSoort::TeLaat), Betekenis::Soort(VerzuimSoort::Uitgestuurd), Betekenis::Weglaten];
/// Weekdays as the file writes them, Monday first.
const WEEKDAGEN: [&str; 5] = ["ma", "di", "wo", "do", "vr"];

pub(super) fn lees(tekst: &str) -> Result<Vertaling, Vec<RegioFout>> {
    let vertaling = lees_over(tekst, true)?;
    let ontbreekt: Vec<RegioFout> = Veld::NODIG
        .into_iter()
        .filter(|veld| !vertaling.kolommen.contains_key(veld))
        .map(|veld| fout(1, format!("kolommen.{}", veld.naam()), "Dit veld ontbreekt en is verplicht."))
        .chain(vertaling.datum.is_none().then(|| fout(1, "bestand.datum", "Dit veld ontbreekt en is verplicht.")))
        .collect();
    if ontbreekt.is_empty() { Ok(vertaling) } else { Err(ontbreekt) }
}

fn fout(regel: usize, veld: impl Into<String>, uitleg: impl Into<String>) -> RegioFout {
    RegioFout { regel, veld: veld.into(), uitleg: uitleg.into() }
}

/// Reads a file on top of the layout that it names as its base; a base has none of its own.
fn lees_over(tekst: &str, met_basis: bool) -> Result<Vertaling, Vec<RegioFout>> {
    if tekst.len() > MAX_INDELING {
        return Err(vec![fout(1, "", format!("Het bestand is groter dan {} KiB.", MAX_INDELING >> 10))]);
    }
    let regels = Regels::van(tekst);
    let bestand = DeTable::parse(tekst).map_err(|wrong| {
        let regel = regels.regel(wrong.span().map_or(0, |span| span.start));
        let uitleg = "Dit is geen geldige TOML. Kijk naar aanhalingstekens, haken en dubbele velden op deze regel.";
        vec![fout(regel, "", uitleg)]
    })?;
    let mut tabel = Tabel::bestand(&regels, bestand.get_ref());
    let basis = match tabel.mogelijk("basis") {
        None => Vertaling { kop: true, ..Vertaling::default() },
        Some(cel) if !met_basis => return Err(vec![cel.fout("Een meegeleverde indeling heeft zelf geen basis.")]),
        Some(cel) => lees_over(cel.keuze(&MEEGELEVERD).map_err(|wrong| vec![wrong])?, false)?,
    };
    let mut lezer = Lezer { vertaling: basis, fouten: Vec::new() };
    lezer.kop(&mut tabel);
    lezer.lijsten(&mut tabel);
    lezer.houd(tabel.klaar());
    if lezer.fouten.is_empty() { Ok(lezer.vertaling) } else { Err(lezer.fouten) }
}

/// Reads table by table, and keeps what is wrong.
struct Lezer {
    vertaling: Vertaling,
    fouten: Vec<RegioFout>,
}

impl Lezer {
    fn houd<T>(&mut self, read: Result<T, RegioFout>) -> Option<T> {
        read.map_err(|wrong| self.fouten.push(wrong)).ok()
    }

    /// Reads a value when it is there.
    fn veld<'t, T>(&mut self, cel: Option<Cel<'t>>, read: impl FnOnce(&Cel<'t>) -> Result<T, RegioFout>) -> Option<T> {
        let cel = cel?;
        self.houd(read(&cel))
    }

    /// Gives a table to `read` when it is there, and refuses the fields that it did not ask for.
    fn tabel(&mut self, bestand: &mut Tabel<'_>, naam: &'static str, read: impl FnOnce(&mut Self, &mut Tabel<'_>)) {
        let table = bestand.tabel(naam);
        if let Some(Some(mut table)) = self.houd(table) {
            read(self, &mut table);
            self.houd(table.klaar());
        }
    }

    fn kop(&mut self, bestand: &mut Tabel<'_>) {
        if let Some(naam) = self.veld(bestand.mogelijk("naam"), |cel| cel.tekst().map(str::to_owned)) {
            self.vertaling.naam = naam;
        }
        self.tabel(bestand, "school", |lezer, tabel| {
            let vestiging = tabel.mogelijk("vestiging");
            let vestiging = lezer.veld(vestiging, |cel| cel.nummer(Vestigingscode::parse));
            lezer.vertaling.vestiging = vestiging.or(lezer.vertaling.vestiging);
        });
        self.tabel(bestand, "levering", |lezer, tabel| {
            let mut day = |naam| {
                let cel = tabel.verplicht(naam);
                lezer.houd(cel.and_then(|cel| cel.dag()))
            };
            let (van, tot_en_met): (Option<Date>, Option<Date>) = (day("van"), day("tot_en_met"));
            lezer.vertaling.levering = van.zip(tot_en_met);
        });
        self.tabel(bestand, "bestand", |lezer, tabel| {
            if let Some(kop) = lezer.veld(tabel.mogelijk("kop"), Cel::ja_nee) {
                lezer.vertaling.kop = kop;
            }
            let datum = lezer.veld(tabel.mogelijk("datum"), |cel| cel.keuze(&Datumvorm::ALL));
            lezer.vertaling.datum = datum.or(lezer.vertaling.datum);
            let keuzes = [("afwijzen", false), ("loopt_door", true)];
            if let Some(loopt_door) = lezer.veld(tabel.mogelijk("open_einde"), |cel| cel.keuze(&keuzes)) {
                lezer.vertaling.loopt_door = loopt_door;
            }
        });
    }

    fn lijsten(&mut self, bestand: &mut Tabel<'_>) {
        self.tabel(bestand, "kolommen", |lezer, tabel| {
            for (naam, veld) in Veld::ALL {
                lezer.kolom(tabel.mogelijk(naam), veld);
            }
        });
        self.tabel(bestand, "lesdag", Self::lesdag);
        self.tabel(bestand, "te_laat", |lezer, tabel| {
            let TeLaat { tijden, minuten } = lezer.vertaling.te_laat;
            let found_tijden = lezer.veld(tabel.mogelijk("tijden"), Cel::ja_nee);
            let found_minuten = lezer.veld(tabel.mogelijk("minuten"), |cel| cel.getal(1..=240));
            lezer.vertaling.te_laat = TeLaat {
                tijden: found_tijden.unwrap_or(tijden),
                minuten: found_minuten.and_then(|minuten| u16::try_from(minuten).ok()).or(minuten),
            };
        });
        let codes = bestand.tabel("codes");
        if let Some(Some(codes)) = self.houd(codes) {
            for (code, cel) in codes.vrije_velden() {
                if let Some((code, betekenis)) = self.houd(lees_code(code, &cel)) {
                    self.vertaling.codes.insert(code, betekenis);
                }
            }
        }
    }

    fn kolom(&mut self, cel: Option<Cel<'_>>, veld: Veld) {
        let Some(cel) = cel else { return };
        if cel.tekst().is_ok_and(|tekst| tekst == GEEN) {
            self.vertaling.kolommen.remove(&veld);
            return;
        }
        let read = if veld == Veld::Code && cel.is_lijst() {
            cel.lijst().and_then(|cellen| match cellen.len() {
                1..=MAX_CODEKOLOMMEN => cellen.iter().map(plaats).collect(),
                _ => Err(cel.fout(format!("Noem 1 tot en met {MAX_CODEKOLOMMEN} kolommen."))),
            })
        } else {
            plaats(&cel).map(|plaats| vec![plaats])
        };
        let Some(plaatsen) = self.houd(read) else { return };
        if !self.vertaling.kop && plaatsen.iter().any(|plaats| matches!(plaats, Plaats::Naam(_))) {
            let uitleg = "Het bestand heeft geen kop (kop = false): noem de kolom met haar nummer.";
            self.fouten.push(cel.fout(uitleg));
        }
        self.vertaling.kolommen.insert(veld, plaatsen);
    }

    fn lesdag(&mut self, tabel: &mut Tabel<'_>) {
        let Lesdag { eenheid, lesuur_minuten, mut dagen } = self.vertaling.lesdag.clone();
        let eenheid = self.veld(tabel.mogelijk("eenheid"), |cel| cel.keuze(&Eenheid::ALL)).unwrap_or(eenheid);
        let minuten = self.veld(tabel.mogelijk("lesuur_minuten"), |cel| cel.getal(20..=240));
        let lesuur_minuten = minuten.and_then(|minuten| u16::try_from(minuten).ok()).or(lesuur_minuten);
        if let Some(blokken) = self.veld(tabel.mogelijk("elke_dag"), blokken) {
            for dag in dagen.iter_mut().take(WEEKDAGEN.len()) {
                dag.clone_from(&blokken);
            }
        }
        for (naam, dag) in WEEKDAGEN.into_iter().zip(&mut dagen) {
            if let Some(blokken) = self.veld(tabel.mogelijk(naam), blokken) {
                *dag = blokken;
            }
        }
        self.vertaling.lesdag = Lesdag { eenheid, lesuur_minuten, dagen };
    }
}

/// A column by its name or its number.
fn plaats(cel: &Cel<'_>) -> Result<Plaats, RegioFout> {
    if cel.is_getal() {
        let last = u32::try_from(MAX_KOLOMMEN).unwrap_or(u32::MAX);
        return cel.getal(1..=last).map(|nummer| Plaats::Nummer(usize::try_from(nummer).unwrap_or(usize::MAX)));
    }
    let wrong =
        || cel.fout("Noem de kolom met haar naam tussen aanhalingstekens, of met haar nummer (de eerste is 1).");
    cel.tekst().map(|naam| Plaats::Naam(naam.to_owned())).map_err(|_| wrong())
}

/// The lessons or stretches of a day, one after another: `["08:30-09:20", "09:20-10:10"]`.
fn blokken(cel: &Cel<'_>) -> Result<Vec<Blok>, RegioFout> {
    let cellen = cel.lijst()?;
    if cellen.is_empty() || cellen.len() > LAATSTE_LESUUR.into() {
        return Err(cel.fout(format!("Noem 1 tot en met {LAATSTE_LESUUR} lesuren.")));
    }
    let mut found: Vec<Blok> = Vec::with_capacity(cellen.len());
    for cel in cellen {
        let wrong = || cel.fout("Schrijf begin en einde als \"08:30-09:20\", elk lesuur na het vorige.");
        let (van, tot) = cel.tekst()?.split_once('-').ok_or_else(wrong)?;
        let time = |text: &str| moment::tijd(text.trim()).ok_or_else(wrong);
        let blok = Blok { van: time(van)?, tot: time(tot)? };
        let after = found.last().is_none_or(|earlier| earlier.tot <= blok.van);
        if !after || !BLOK.contains(&blok.tot.saturating_sub(blok.van)) {
            return Err(wrong());
        }
        found.push(blok);
    }
    Ok(found)
}

/// A code with what it means. "Whatever else" is allowed only where the reason does not matter: an unknown reason must
/// stay a finding.
fn lees_code(code: &str, cel: &Cel<'_>) -> Result<(String, Betekenis), RegioFout> {
    let parts: Vec<&str> = code.split(TUSSEN_CODES).map(str::trim).collect();
    let misplaced = parts.iter().rev().skip(1).any(|part| *part == ALLES) || parts == [ALLES];
    if code.trim().is_empty() || code.chars().count() > MAX_CODE || misplaced {
        return Err(cel.fout(format!(
            "Deze code kan niet. Gebruik hoogstens {MAX_CODE} tekens; {ALLES} mag alleen als laatste deel, na een ander deel."
        )));
    }
    let mut words: Vec<(&str, Betekenis)> =
        VerzuimSoort::ALL.iter().map(|soort| (soort.code(), Betekenis::Soort(*soort))).collect();
    words.push((WEGLATEN, Betekenis::Weglaten));
    let betekenis = cel.keuze(&words)?;
    if parts.last() == Some(&ALLES) && !VOOR_ALLES.contains(&betekenis) {
        return Err(cel.fout(format!(
            "{ALLES} kan alleen bij te_laat, uitgestuurd en weglaten. Noem elke reden met haar eigen code."
        )));
    }
    Ok((parts.join(TUSSEN_CODES), betekenis))
}
