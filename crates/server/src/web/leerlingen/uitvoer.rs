//! Taking the list along in a file: the columns and rows of the selection, for whom the convenant allows it, with a reason
//! that stands in the read log of every child in the file.

use askama::Template;
use axum::extract::{Query, State};
use convenant::{Facet, Facetten, Mag};
use register::Register;

use super::kolom::{Cellen, Kolom};
use super::opties::Opties;
use super::selectie::{Selectie, Vraag};
use crate::dienst::lezer;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::blik::{Beeld, Blik};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// Most pupils in one file; nobody's work needs a whole region on a stick.
pub const MAX_UITVOER: usize = 2_500;
/// Characters of the reason, at most.
const MAX_REDEN: usize = 200;

#[derive(Template)]
#[template(path = "leerlingen/uitvoer.html")]
struct Blad {
    kader: Kader,
    f: Formulier,
    selectie: String,
    terug: String,
    /// Pupils that go into the file, and those of the selection that do not.
    mee: usize,
    niet_mee: usize,
    te_veel: bool,
    kolommen: Vec<&'static str>,
}

/// What of a child the reader may take along; `None` when not even its name.
pub(super) fn mag(register: &Register, bezoek: &Bezoek, beeld: &Beeld) -> Option<Facetten> {
    let convenant = register.convenant(bezoek.vandaag);
    let allowed = convenant.facetten(&bezoek.actor(), Mag::Exporteer, &beeld.vandaag.kring);
    // What one may take along one may also see.
    let allowed = allowed.intersection(beeld.facetten);
    allowed.contains(Facet::PersoonNaam).then_some(allowed)
}

/// The rows of a file, before they are written.
struct Uitvoer {
    kolommen: Vec<Kolom>,
    kinderen: Vec<Beeld>,
    niet_mee: usize,
}

fn uitvoer(register: &Register, bezoek: &Bezoek, blik: &Blik, selectie: &Selectie) -> Uitvoer {
    let cellen = Cellen::new(register, bezoek.vandaag, bezoek.organisatie, bezoek.medewerker);
    let opties = blik.opties(|kinderen| Opties::van(register, &cellen, kinderen));
    let plekken = blik.keuze(&selectie.adres(), |kinderen| selectie.plekken(register, &cellen, kinderen));
    let allowed = |beeld: &Beeld| {
        let facetten = mag(register, bezoek, beeld)?;
        Some(beeld.met(facetten))
    };
    let kinderen: Vec<Beeld> = blik.op_plek(&plekken).filter_map(allowed).collect();
    Uitvoer { kolommen: opties.kolommen().iter().collect(), niet_mee: plekken.len() - kinderen.len(), kinderen }
}

/// What goes into the file, and the question why.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let selectie = Selectie::lees(&vraag);
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    antwoord::pagina(&maak_blad(&staat, &bezoek, &selectie, f).await?)
}

async fn maak_blad(staat: &Staat, bezoek: &Bezoek, selectie: &Selectie, f: Formulier) -> Result<Blad, Weigering> {
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let Uitvoer { kolommen, kinderen, niet_mee } = uitvoer(register, bezoek, &blik, selectie);
        (kolommen, kinderen.len(), niet_mee)
    });
    let (kolommen, mee, niet_mee) = made.await?;
    Ok(Blad {
        kader: Kader::van(bezoek, "Lijst meenemen", paden::LEERLINGEN, "leerlingen")?,
        f,
        selectie: selectie.adres(),
        terug: super::lijst::achter(paden::LEERLINGEN, &selectie.adres()),
        mee,
        niet_mee,
        te_veel: mee > MAX_UITVOER,
        kolommen: kolommen.into_iter().map(Kolom::label).collect(),
    })
}

/// The file.
pub async fn bestand(State(staat): State<Staat>, bezoek: Bezoek, mut f: Formulier) -> Uitslag {
    let selectie = Selectie::uit_adres(f.waarde("selectie"));
    let vraag = "Schrijf op waarvoor u het bestand nodig hebt. Ouders en leerlingen kunnen dit lezen.";
    let reden = f.verplichte_tekst("reden", MAX_REDEN, vraag).zichtbaar().to_owned();
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, &bezoek);
        let Uitvoer { kolommen, kinderen, .. } = uitvoer(register, &bezoek, &blik, &selectie);
        let cellen = Cellen::new(register, bezoek.vandaag, bezoek.organisatie, bezoek.medewerker);
        let few = kinderen.len() <= MAX_UITVOER;
        let csv = if few { csv(&cellen, &kolommen, &kinderen) } else { Vec::new() };
        (csv, kinderen.iter().map(|beeld| beeld.leerling).collect::<Vec<_>>())
    });
    let (csv, over) = made.await?;
    if over.len() > MAX_UITVOER {
        f.zet_fout(
            "reden",
            format!("Een bestand heeft hoogstens {MAX_UITVOER} leerlingen. Kies een kleinere selectie."),
        );
    }
    if !f.is_goed() {
        let f = f.opnieuw(&bezoek.aanmelding, bezoek.nu)?;
        return antwoord::opnieuw(&maak_blad(&staat, &bezoek, &selectie, f).await?);
    }
    if over.is_empty() {
        return Err(Weigering::NietGevonden);
    }
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &over, "uitvoer leerlingenlijst", &reden).await?;
    antwoord::bestand(&format!("leerlingen-{}.csv", bezoek.vandaag), "text/csv; charset=utf-8", csv)
}

/// The table as a spreadsheet reads it: UTF-8 with its mark, semicolons, a line per pupil.
fn csv(cellen: &Cellen<'_>, kolommen: &[Kolom], kinderen: &[Beeld]) -> Vec<u8> {
    let mut csv = String::from("\u{feff}");
    regel(&mut csv, kolommen.iter().map(|kolom| kolom.label().to_owned()));
    for beeld in kinderen {
        regel(&mut csv, kolommen.iter().map(|kolom| cellen.tekst(*kolom, beeld)));
    }
    csv.into_bytes()
}

/// One line of a file, in the way of Dutch spreadsheets.
pub fn regel(csv: &mut String, velden: impl Iterator<Item = String>) {
    for (plek, waarde) in velden.enumerate() {
        if plek > 0 {
            csv.push(';');
        }
        csv.push_str(&veld(&waarde));
    }
    csv.push_str("\r\n");
}

/// A value that no spreadsheet takes for a formula, quoted where it must be.
fn veld(waarde: &str) -> String {
    let formula = waarde.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let waarde = if formula { format!("'{waarde}") } else { waarde.to_owned() };
    if waarde.contains([';', '"', '\n', '\r']) { format!("\"{}\"", waarde.replace('"', "\"\"")) } else { waarde }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_taken_for_a_formula_or_breaks_the_line() {
        for (waarde, expected) in [
            ("Boer, Sam de", "Boer, Sam de"),
            ("", ""),
            ("a;b", "\"a;b\""),
            ("zeg \"ja\"", "\"zeg \"\"ja\"\"\""),
            ("twee\nregels", "\"twee\nregels\""),
            ("=1+1", "'=1+1"),
            ("+31 6", "'+31 6"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1;2", "\"'\r=1;2\""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(veld(waarde), expected, "{waarde:?}");
        }
    }
}
