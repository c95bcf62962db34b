//! One row of a file of pupils, field by field.

use domain::Date;
use domain::body::{Adres, Contactgegevens, Geslacht, JaNee, Persoonsgegevens, Relatie};
use domain::nummers::{Brin, Gemeentecode, Onderwijsnummer, Postcode};
use domain::period::{birthday, plus_days};
use domain::tekst::Tekst;

use super::{InschrijvingRij, Kolommen, LeerlingRij, VerzorgerKolommen, VerzorgerRij};
use crate::invoer::bevinding::Gebrek;
use crate::invoer::kop::Kolom;
use crate::invoer::lezing::Controle;
use crate::invoer::{Kader, veld};
use crate::regio::JAARGROEPEN;

/// The youngest age at enrolment, in years: schools enrol before the fourth birthday, not before the third.
const JONGSTE: i16 = 3;
/// The oldest age at enrolment, in years, that day included: Doorstroompunt follows youth until 27.
const OUDSTE: i16 = 27;
/// Days ahead of today for which an enrolment may already be known.
const VOORUIT: i32 = 366;
/// The first day of enrolment that can be meant.
const EERSTE_INSCHRIJVING: Date = Date::constant(1990, 1, 1);
/// The first birth date that can be meant.
const EERSTE_GEBOORTE: Date = Date::constant(1970, 1, 1);

/// Reads a row; `None` or a refusal in `c` when it cannot be taken.
pub(super) fn read(c: &mut Controle<'_, '_>, k: &Kolommen, kader: &Kader<'_>) -> Option<LeerlingRij> {
    let persoon = persoon(c, k, kader);
    let adres = adres(c, k, kader);
    let telefoon = text(c, &k.telefoon);
    let inschrijving = inschrijving(c, k, kader);
    let verzorgers = k.verzorgers.iter().filter_map(|kolommen| verzorger(c, kolommen)).collect();
    let leerling =
        LeerlingRij { rij: c.rij.regel, persoon: persoon?, adres, telefoon, inschrijving: inschrijving?, verzorgers };
    check_age(c, k, &leerling);
    Some(leerling)
}

fn text(c: &mut Controle<'_, '_>, kolom: &Kolom) -> Tekst {
    c.optional(kolom, veld::tekst).unwrap_or_default()
}

fn persoon(c: &mut Controle<'_, '_>, k: &Kolommen, kader: &Kader<'_>) -> Option<Persoonsgegevens> {
    let achternaam = c.required(&k.achternaam, veld::tekst);
    let geboortedatum = c.required(&k.geboortedatum, |text| birth_date(text, kader.vandaag));
    let geslacht = c.optional(&k.geslacht, |text| {
        let unknown = || Gebrek::new("geslacht", "De waarde is niet bekend.", "Gebruik 0, 1, 2 of 9.");
        Geslacht::from_code(text).ok_or_else(unknown)
    });
    let bsn = leading_zeros(c, &k.bsn, 9);
    let bsn = if bsn.is_empty() { None } else { c.required(&k.bsn, |_| veld::bsn(&bsn, kader.soort)) };
    let onderwijsnummer = leading_zeros(c, &k.onderwijsnummer, 9);
    let onderwijsnummer = c.optional(&k.onderwijsnummer, |_| {
        Onderwijsnummer::parse(&onderwijsnummer).map_err(|fout| veld::nummer("onderwijsnummer", fout))
    });
    if c.text(&k.bsn).is_empty() && c.text(&k.onderwijsnummer).is_empty() {
        let gebrek = Gebrek::new(
            "geen bsn of onderwijsnummer",
            "Het BSN en het onderwijsnummer zijn allebei leeg.",
            "Vul een van de twee in, zodat de leerling na een verhuizing of overstap wordt herkend.",
        );
        c.warn(&k.bsn, gebrek);
    }
    Some(Persoonsgegevens {
        achternaam: achternaam?,
        voorvoegsel: text(c, &k.voorvoegsel),
        voornamen: text(c, &k.voornamen),
        roepnaam: text(c, &k.roepnaam),
        geboortedatum: Some(geboortedatum?),
        geslacht: geslacht.unwrap_or(Geslacht::Onbekend),
        bsn,
        onderwijsnummer,
    })
}

/// A birth date; unlike other days it is not shown in the finding.
fn birth_date(text: &str, vandaag: Date) -> Result<Date, Gebrek> {
    let dag = veld::dag_tussen(text, EERSTE_GEBOORTE, vandaag);
    dag.map_err(|gebrek| Gebrek { wat: "De geboortedatum kan niet kloppen.".into(), ..gebrek })
}

/// The number with the leading zeros that a spreadsheet dropped; says so when it had to.
fn leading_zeros(c: &mut Controle<'_, '_>, kolom: &Kolom, length: usize) -> String {
    let text = c.text(kolom);
    let dropped = text.len() + 1 == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !dropped {
        return text.to_owned();
    }
    let gebrek = Gebrek::new(
        "voorloopnul",
        "De nul aan het begin ontbrak en is aangevuld.",
        "Maak de kolom in uw rekenblad op als tekst.",
    );
    c.warn(kolom, gebrek);
    format!("0{text}")
}

fn adres(c: &mut Controle<'_, '_>, k: &Kolommen, kader: &Kader<'_>) -> Adres {
    let postcode = c.optional(&k.postcode, |text| Postcode::parse(text).map_err(|fout| veld::nummer("postcode", fout)));
    let code = leading_zeros(c, &k.gemeentecode, 4);
    let gemeente =
        c.optional(&k.gemeentecode, |_| Gemeentecode::parse(&code).map_err(|fout| veld::nummer("gemeentecode", fout)));
    let gemeente = gemeente.map(|code| code.op(kader.vandaag));
    if gemeente.is_some_and(|code| !kader.gemeenten.contains(&code)) {
        let gebrek = Gebrek::new(
            "gemeente buiten de regio",
            "Deze gemeentecode is niet van een gemeente in de regio.",
            "Woont de leerling buiten de regio, dan hoeft u niets te doen.",
        );
        c.warn(&k.gemeentecode, gebrek);
    }
    let geheim = c.optional(&k.adres_geheim, veld::ja_nee) == Some(JaNee::Ja);
    Adres { postcode, huisnummer: text(c, &k.huisnummer), gemeente, geheim }
}

fn inschrijving(c: &mut Controle<'_, '_>, k: &Kolommen, kader: &Kader<'_>) -> Option<InschrijvingRij> {
    let vestiging = c.required(&k.vestiging, |text| veld::vestiging(text, kader.soort));
    let brin = c.optional(&k.brin, |text| Brin::parse(text).map_err(|fout| veld::nummer("brin", fout)));
    if let (Some(vestiging), Some(brin)) = (vestiging, brin)
        && vestiging.brin() != brin
    {
        c.refuse(k.brin.naam.clone(), veld::other_brin());
    }
    let leerlingnummer = c.required(&k.leerlingnummer, veld::leerlingnummer);
    let jaargroep = c.optional(&k.jaargroep, |text| {
        let allowed = "Gebruik P, 0 tot en met 8 (po), 11 tot en met 16 (vo 1 tot en met 6), S (so, sbo) of V (vso).";
        let unknown = || Gebrek::new("jaargroep", "De jaargroep is niet bekend.", allowed);
        JAARGROEPEN.into_iter().find(|known| known.eq_ignore_ascii_case(text)).ok_or_else(unknown)
    });
    let last = plus_days(kader.vandaag, VOORUIT);
    let inschrijfdatum = c.required(&k.inschrijfdatum, |text| veld::dag_tussen(text, EERSTE_INSCHRIJVING, last));
    let uitschrijfdatum = c.optional(&k.uitschrijfdatum, |text| {
        let dag = veld::dag_tussen(text, EERSTE_INSCHRIJVING, last)?;
        if inschrijfdatum.is_some_and(|first| dag < first) {
            return Err(Gebrek::new(
                "uitschrijving voor inschrijving",
                "De uitschrijfdatum ligt voor de inschrijfdatum.",
                "De uitschrijfdatum is de laatste dag van de inschrijving.",
            ));
        }
        Ok(dag)
    });
    Some(InschrijvingRij {
        vestiging: vestiging?,
        leerlingnummer: Tekst::new(leerlingnummer?),
        jaargroep: jaargroep.unwrap_or_default().into(),
        klas: text(c, &k.klas),
        mentor: text(c, &k.mentor),
        inschrijfdatum: inschrijfdatum?,
        uitschrijfdatum,
    })
}

/// A carer, when one of the columns is filled.
fn verzorger(c: &mut Controle<'_, '_>, k: &VerzorgerKolommen) -> Option<VerzorgerRij> {
    let all =
        [&k.naam, &k.relatie, &k.gezag, &k.woont_bij_kind, &k.telefoon, &k.email, &k.taal, &k.tolk, &k.veilig_contact];
    if all.iter().all(|kolom| c.text(kolom).is_empty()) {
        return None;
    }
    let naam = c.required(&k.naam, veld::tekst);
    let relatie = c.required(&k.relatie, |text| {
        Relatie::from_code(&text.to_lowercase()).ok_or_else(|| {
            let codes: Vec<&str> = Relatie::ALL.iter().map(|relatie| relatie.code()).collect();
            Gebrek::new("relatie", "De relatie is niet bekend.", format!("Gebruik {}.", codes.join(", ")))
        })
    });
    let gezag = c.optional(&k.gezag, veld::ja_nee);
    let woont_bij_kind = c.optional(&k.woont_bij_kind, veld::ja_nee);
    let tolk = c.optional(&k.tolk, veld::ja_nee);
    let contact = Contactgegevens {
        telefoon: text(c, &k.telefoon),
        email: text(c, &k.email),
        taal: text(c, &k.taal),
        tolk: tolk.unwrap_or(JaNee::Onbekend),
        veilig_contact: text(c, &k.veilig_contact),
    };
    Some(VerzorgerRij {
        naam: naam?,
        relatie: relatie?,
        gezag: gezag.unwrap_or(JaNee::Onbekend),
        woont_bij_kind: woont_bij_kind.unwrap_or(JaNee::Onbekend),
        contact,
    })
}

/// Refuses a pupil who was too young or too old for a school on the day of enrolment.
fn check_age(c: &mut Controle<'_, '_>, k: &Kolommen, leerling: &LeerlingRij) {
    let first = leerling.inschrijving.inschrijfdatum;
    let fits = |born| (birthday(born, JONGSTE)..birthday(born, OUDSTE + 1)).contains(&first);
    if !leerling.persoon.geboortedatum.is_some_and(fits) {
        let gebrek = Gebrek::new(
            "leeftijd",
            "De geboortedatum en de inschrijfdatum kunnen niet allebei kloppen.",
            format!("Een leerling is op de inschrijfdatum {JONGSTE} tot en met {OUDSTE} jaar."),
        );
        c.refuse(k.geboortedatum.naam.clone(), gebrek);
    }
}
