//! Pupils of a school with their enrolment and up to four carers.

mod dubbel;
mod rij;

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{Adres, Contactgegevens, JaNee, Persoonsgegevens, Relatie};
use domain::nummers::{Brin, Vestigingscode};
use domain::tekst::Tekst;

use super::bevinding::{Ernst, Gebrek, Weigering};
use super::edexml::{self, Vondst};
use super::kop::{Kolom, Kop};
use super::lezing::{Invoer, Lezing};
use super::regels::{Rij, Stuk};
use super::{Kader, tekst};

/// The most rows of a file of pupils; a large region has some fifty thousand.
pub const MAX_LEERLINGEN: u64 = 500_000;
/// Carers that one row can hold: `verzorger1_naam` to `verzorger4_veilig_contact`.
pub const MAX_VERZORGERS: usize = 4;

/// A pupil as one school delivers it. Which child of the register this is, the register decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeerlingRij {
    /// Line in the file, of which the header is 1; in an EDEXML file the pupil, counted from 1.
    pub rij: u64,
    /// Name, birth date, numbers.
    pub persoon: Persoonsgegevens,
    /// Where the pupil lives.
    pub adres: Adres,
    /// The pupil's own telephone number.
    pub telefoon: Tekst,
    /// Enrolment.
    pub inschrijving: InschrijvingRij,
    /// Parents and other carers, in the order of the columns.
    pub verzorgers: Vec<VerzorgerRij>,
}

/// The enrolment of a pupil, with the school by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InschrijvingRij {
    /// The school site.
    pub vestiging: Vestigingscode,
    /// The school's own pupil number.
    pub leerlingnummer: Tekst,
    /// Year group: P, 0-8 (po), 11-16 (vo 1-6), S (so, sbo), V (vso); empty when not stated.
    pub jaargroep: Tekst,
    /// Class or mentor group.
    pub klas: Tekst,
    /// Mentor, as the school writes it.
    pub mentor: Tekst,
    /// First day of enrolment.
    pub inschrijfdatum: Date,
    /// Last day of enrolment, when it ended.
    pub uitschrijfdatum: Option<Date>,
}

/// A parent or other carer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerzorgerRij {
    /// Name as one string.
    pub naam: Tekst,
    /// What they are to the child.
    pub relatie: Relatie,
    /// Parental authority (BW 1:245); unknown when the file does not say.
    pub gezag: JaNee,
    /// Whether the child lives with them.
    pub woont_bij_kind: JaNee,
    /// How to reach them.
    pub contact: Contactgegevens,
}

impl LeerlingRij {
    /// The school, without its site: with the pupil number it names one pupil.
    pub fn brin(&self) -> Brin {
        self.inschrijving.vestiging.brin()
    }
}

/// The columns of the file.
struct Kolommen {
    brin: Kolom,
    vestiging: Kolom,
    leerlingnummer: Kolom,
    achternaam: Kolom,
    voorvoegsel: Kolom,
    voornamen: Kolom,
    roepnaam: Kolom,
    geboortedatum: Kolom,
    geslacht: Kolom,
    bsn: Kolom,
    onderwijsnummer: Kolom,
    postcode: Kolom,
    huisnummer: Kolom,
    gemeentecode: Kolom,
    adres_geheim: Kolom,
    jaargroep: Kolom,
    klas: Kolom,
    inschrijfdatum: Kolom,
    uitschrijfdatum: Kolom,
    mentor: Kolom,
    telefoon: Kolom,
    verzorgers: [VerzorgerKolommen; MAX_VERZORGERS],
}

/// The columns of one carer.
struct VerzorgerKolommen {
    naam: Kolom,
    relatie: Kolom,
    gezag: Kolom,
    woont_bij_kind: Kolom,
    telefoon: Kolom,
    email: Kolom,
    taal: Kolom,
    tolk: Kolom,
    veilig_contact: Kolom,
}

impl Kolommen {
    fn find(kop: &mut Kop) -> Self {
        Kolommen {
            brin: kop.optional("brin"),
            vestiging: kop.required("vestigingscode"),
            leerlingnummer: kop.required("leerlingnummer"),
            achternaam: kop.required("achternaam"),
            voorvoegsel: kop.optional("voorvoegsel"),
            voornamen: kop.optional("voornamen"),
            roepnaam: kop.optional("roepnaam"),
            geboortedatum: kop.required("geboortedatum"),
            geslacht: kop.optional("geslacht"),
            bsn: kop.optional("bsn"),
            onderwijsnummer: kop.optional("onderwijsnummer"),
            postcode: kop.optional("postcode"),
            huisnummer: kop.optional("huisnummer"),
            gemeentecode: kop.optional("gemeentecode"),
            adres_geheim: kop.optional("adres_geheim"),
            jaargroep: kop.optional("jaargroep"),
            klas: kop.optional("klas"),
            inschrijfdatum: kop.required("inschrijfdatum"),
            uitschrijfdatum: kop.optional("uitschrijfdatum"),
            mentor: kop.optional("mentor"),
            telefoon: kop.optional("telefoon_leerling"),
            verzorgers: [1, 2, 3, 4].map(|nummer| VerzorgerKolommen::find(kop, nummer)),
        }
    }
}

impl VerzorgerKolommen {
    fn find(kop: &mut Kop, nummer: usize) -> Self {
        let mut column = |naam: &str| kop.optional(format!("verzorger{nummer}_{naam}"));
        VerzorgerKolommen {
            naam: column("naam"),
            relatie: column("relatie"),
            gezag: column("gezag"),
            woont_bij_kind: column("woont_bij_kind"),
            telefoon: column("telefoon"),
            email: column("email"),
            taal: column("taal"),
            tolk: column("tolk"),
            veilig_contact: column("veilig_contact"),
        }
    }
}

/// Reads a file of pupils: our own layout, or EDEXML 2.1, which is recognised from its bytes.
///
/// Rows that cannot both be true (one pupil number or one BSN for two children) are all refused: which of them is
/// right only the school knows. One child at two schools is allowed, with a warning. Refused pupils of an EDEXML file
/// come back in our own layout.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read_leerlingen(bytes: &[u8], kader: &Kader<'_>) -> Result<Invoer<Vec<LeerlingRij>>, Weigering> {
    with_rows(bytes, kader, |lezing, kolommen, vondsten| read_rows(lezing, kolommen, kader, vondsten))
}

/// Gives `read` the rows of the file, with what was found about each of them before.
fn with_rows<T>(
    bytes: &[u8],
    kader: &Kader<'_>,
    read: impl FnOnce(Lezing<'_>, &Kolommen, &BTreeMap<u64, Vec<Vondst>>) -> Result<T, Weigering>,
) -> Result<T, Weigering> {
    if edexml::is_xml(bytes) {
        let omgezet = edexml::read(bytes, kader)?;
        let (lezing, kolommen) = Lezing::open_edexml(&omgezet, MAX_LEERLINGEN, Kolommen::find)?;
        return read(lezing, &kolommen, &omgezet.leerlingen);
    }
    let (codering, text) = tekst::decode(bytes)?;
    let stuk = Stuk { bytes: &text, regel: 1 };
    let (lezing, kolommen) = Lezing::open(codering, stuk, MAX_LEERLINGEN, Kolommen::find)?;
    read(lezing, &kolommen, &BTreeMap::new())
}

fn read_rows(
    mut lezing: Lezing<'_>,
    kolommen: &Kolommen,
    kader: &Kader<'_>,
    vondsten: &BTreeMap<u64, Vec<Vondst>>,
) -> Result<Invoer<Vec<LeerlingRij>>, Weigering> {
    let mut leerlingen: Vec<(LeerlingRij, &[u8])> = Vec::new();
    let mut rij = Rij::default();
    while lezing.next(&mut rij)? {
        let mut controle = lezing.controle(&rij);
        controle.note(vondsten.get(&rij.regel).map_or(&[], Vec::as_slice));
        let leerling = rij::read(&mut controle, kolommen, kader);
        let reden = controle.finish();
        match leerling {
            Some(leerling) if reden.is_empty() => leerlingen.push((leerling, rij.ruw)),
            _ => lezing.reject(&rij, &reden),
        }
    }
    let oordelen = dubbel::judge(leerlingen.iter().map(|(leerling, _)| leerling));
    let mut kept = Vec::with_capacity(leerlingen.len());
    let mut repeated = 0;
    for ((leerling, ruw), oordeel) in leerlingen.into_iter().zip(oordelen) {
        for (veld, ernst, gebrek) in &oordeel.bevindingen {
            lezing.bevindingen.add(leerling.rij, (*veld).into(), *ernst, gebrek.clone());
        }
        if let Some(reden) = oordeel.refused() {
            let rij = Rij { regel: leerling.rij, ruw, cellen: Vec::new() };
            lezing.reject(&rij, &reden);
        } else if oordeel.repeated {
            repeated += 1;
        } else {
            kept.push(leerling);
        }
    }
    Ok(lezing.finish(kept, repeated))
}

impl Invoer<Vec<LeerlingRij>> {
    /// Refuses rows of the same file that the register cannot place, by their number, with the column and what is wrong:
    /// they become findings and go to the file of refused rows. Rows that were refused before are passed over.
    ///
    /// # Errors
    /// When the file cannot be read, which it could before.
    pub fn weiger(
        &mut self,
        bytes: &[u8],
        kader: &Kader<'_>,
        geweigerd: &BTreeMap<u64, (&'static str, Gebrek)>,
    ) -> Result<(), Weigering> {
        with_rows(bytes, kader, |mut lezing, _, _| {
            let mut nakijken = self.nakijken();
            let mut rij = Rij::default();
            while lezing.next(&mut rij)? {
                if let Some((veld, gebrek)) = geweigerd.get(&rij.regel) {
                    nakijken.weiger(&rij, veld, gebrek.clone());
                }
            }
            Ok(())
        })?;
        self.sort();
        Ok(())
    }
}

/// What the other rows of the file say about a row.
#[derive(Debug, Default)]
struct Oordeel {
    /// Another row says exactly the same.
    repeated: bool,
    /// Column, severity and what is wrong.
    bevindingen: Vec<(&'static str, Ernst, Gebrek)>,
}

impl Oordeel {
    /// Why the row is refused, if it is.
    fn refused(&self) -> Option<String> {
        let fouten = self.bevindingen.iter().filter(|(_, ernst, _)| *ernst == Ernst::Fout);
        let redenen: Vec<String> =
            fouten.map(|(veld, _, gebrek)| format!("{veld}: {} {}", gebrek.wat, gebrek.toegestaan)).collect();
        (!redenen.is_empty()).then(|| redenen.join(" "))
    }
}
