//! Enrolment, absence and leave.

use super::super::{Refusal, Zaak};
use super::{Uitkomst, nee, verplicht, wie_thuis};
use crate::body::{
    Afhandeling, Afwezigheid, Inschrijving, Persoonsgegevens, RijCorrectie, SignaalAfhandeling, Stem, Uitschrijving,
    Verlof, VerlofGrond, ZitThuis,
};
use crate::calendar::datum;
use crate::fact::{Actor, Rol};
use crate::ids::OrganisatieId;
use crate::period::{Period, age, next_day};
use crate::verzuim::VerzuimSoort;

/// Days of leave for weighty circumstances that a head may grant (LPW art. 14), in schooldagen.
const VERLOF_HOOFD: usize = 10;
/// Days of a period that are looked at when counting schooldagen: over a school year.
const MAX_VERLOF: usize = 400;
/// Hours a week under art. 11a, in quarters: five by notice and five granted by the head.
const URENVRIJSTELLING: u16 = 40;
/// Lessons of a day.
const MAX_LESUUR: u8 = 12;
/// Birthday, in years, until which art. 11a holds.
const JONG_TOT: i16 = 6;

pub(super) fn persoon(b: &Persoonsgegevens) -> Uitkomst {
    if b.geboortedatum.is_none() {
        return nee(
            "De geboortedatum ontbreekt.",
            "Vul de geboortedatum in; zonder geboortedatum is de plicht niet te bepalen.",
        );
    }
    verplicht("achternaam", &b.achternaam)
}

pub(super) fn inschrijving(zaak: &Zaak<'_>, geldig: Period, b: &Inschrijving) -> Uitkomst {
    eigen(zaak, b.school)?;
    let same = zaak.alle::<Inschrijving>().any(|(fact, other)| {
        let left = |(uit, body): &(&crate::fact::Fact, &Uitschrijving)| {
            body.school == other.school && uit.valid.from >= fact.valid.from && uit.valid.from < geldig.from
        };
        let again = other.school == b.school && other.jaargroep == b.jaargroep && other.klas == b.klas;
        let overlaps = fact.valid.overlaps(&geldig);
        again && overlaps && !zaak.alle::<Uitschrijving>().any(|uit| left(&uit))
    });
    if same {
        return nee(
            "De leerling staat al ingeschreven op deze school, in deze klas.",
            "Schrijf de leerling eerst uit, of leg de nieuwe klas of jaargroep vast.",
        );
    }
    Ok(())
}

pub(super) fn uitschrijving(zaak: &Zaak<'_>, geldig: Period, b: &Uitschrijving) -> Uitkomst {
    eigen(zaak, b.school)?;
    if zaak.alle::<Uitschrijving>().any(|(fact, uit)| uit.school == b.school && fact.valid.from >= geldig.from) {
        return nee("De leerling is al uitgeschreven van deze school.", "Corrigeer de uitschrijving die er al staat.");
    }
    let enrolled =
        zaak.alle::<Inschrijving>().any(|(fact, other)| other.school == b.school && fact.valid.from <= geldig.from);
    if !enrolled {
        return nee(
            format!("De leerling was op {} niet ingeschreven op deze school.", datum(geldig.from)),
            "Controleer de datum; de datum is de laatste dag van de inschrijving.",
        );
    }
    Ok(())
}

/// A school speaks of enrolment at itself only.
fn eigen(zaak: &Zaak<'_>, school: OrganisatieId) -> Uitkomst {
    if zaak.by.organisatie() == Some(school) {
        return Ok(());
    }
    let naam = zaak.naam(school);
    nee(
        format!("U kunt alleen voor uw eigen school in- en uitschrijven, niet voor {naam}."),
        format!("Vraag {naam} om dit vast te leggen."),
    )
}

pub(super) fn afwezigheid(zaak: &Zaak<'_>, geldig: Period, b: &Afwezigheid) -> Uitkomst {
    if b.soort == VerzuimSoort::Ziek && !b.toelichting.is_empty() {
        return nee("Bij ziekte wordt geen reden vastgelegd.", "Laat de toelichting leeg.");
    }
    let from_home = matches!(zaak.by, Actor::Ouder { .. } | Actor::Leerling { .. });
    if from_home && !matches!(b.soort, VerzuimSoort::Ziek | VerzuimSoort::ThuisOpVerzoekSchool) {
        return nee(
            "Van thuis kan ziekte worden gemeld, of dat de school vroeg om thuis te blijven.",
            "Vraag verlof aan bij de school, of meld dat uw kind niet naar school gaat.",
        );
    }
    if zaak.t().inschrijvingen_op(geldig.from).next().is_none() {
        return nee(
            format!("De leerling was op {} niet ingeschreven op een school.", datum(geldig.from)),
            "Controleer de datum, of leg eerst de inschrijving vast.",
        );
    }
    Ok(())
}

pub(super) fn rijcorrectie(b: &RijCorrectie) -> Uitkomst {
    if b.lesuur > MAX_LESUUR {
        return nee(
            format!("Lesuur {} bestaat niet.", b.lesuur),
            "Kies lesuur 1 tot en met 12, of 0 voor de hele dag.",
        );
    }
    verplicht("reden", &b.reden)
}

pub(super) fn zit_thuis(zaak: &Zaak<'_>, b: &ZitThuis) -> Uitkomst {
    if matches!(zaak.by, Actor::Medewerker { .. }) && b.relatie.is_some() {
        return nee(
            "U legt dit vast namens de school, niet als ouder.",
            "Laat de relatie leeg, of laat de ouder dit zelf melden.",
        );
    }
    Ok(())
}

pub(super) fn signaal(zaak: &Zaak<'_>, b: &SignaalAfhandeling) -> Uitkomst {
    let from_home = matches!(zaak.by, Actor::Ouder { .. } | Actor::Leerling { .. });
    if from_home && b.afhandeling != Afhandeling::Betwist {
        return nee("De school handelt een signaal af.", "Kies \"Klopt dit niet?\" als het signaal niet klopt.");
    }
    let known = zaak.t().signalen.iter().any(|signaal| signaal.is(b));
    if !known {
        return nee(
            "Dit signaal is er niet (meer); de verzuimgegevens zijn veranderd.",
            "Ververs het scherm en kijk of er een ander signaal is.",
        );
    }
    stem(zaak, b)?;
    match b.afhandeling {
        Afhandeling::Gesloten | Afhandeling::Betwist => verplicht("reden", &b.reden),
        Afhandeling::Opgepakt | Afhandeling::Contact => Ok(()),
    }
}

/// Only that something is not right is put down as the word of somebody at home.
fn stem(zaak: &Zaak<'_>, b: &SignaalAfhandeling) -> Uitkomst {
    if b.stem != Stem::Eigen && b.afhandeling != Afhandeling::Betwist {
        return nee(
            "U noemt een ouder of de leerling bij iets wat de school zelf doet.",
            "Kies \"Klopt dit niet?\", of kies dat de school dit zegt.",
        );
    }
    match b.stem {
        Stem::Eigen => Ok(()),
        Stem::Ouder(persoon) => wie_thuis(zaak, Some(persoon)),
        Stem::Leerling => wie_thuis(zaak, None),
        Stem::Thuis if matches!(zaak.by, Actor::Medewerker { .. }) => Ok(()),
        Stem::Thuis => nee("U kunt dit alleen voor uzelf vastleggen.", "Laat de ander dit aan de school vertellen."),
    }
}

pub(super) fn verlof(zaak: &Zaak<'_>, geldig: Period, b: &Verlof) -> Uitkomst {
    let Some(last) = geldig.last() else {
        return nee("Het verlof heeft geen einddatum.", "Geef de laatste dag van het verlof op.");
    };
    match b.grond {
        VerlofGrond::G => gewichtig(zaak, geldig)?,
        VerlofGrond::Jong => jong(zaak, last, b)?,
        _ => {}
    }
    if b.grond != VerlofGrond::Jong && b.kwartieren_per_week != 0 {
        return nee("Uren per week horen alleen bij artikel 11a.", "Laat de uren per week leeg.");
    }
    let for_leerplicht = zaak.by.rol() == Some(Rol::Leerplichtambtenaar);
    if for_leerplicht && b.grond != VerlofGrond::G {
        return nee(
            "De leerplichtambtenaar beslist alleen over verlof voor gewichtige omstandigheden.",
            "Laat de schoolleider dit verlof vastleggen.",
        );
    }
    Ok(())
}

/// Up to ten schooldagen the head decides, above that leerplicht (LPW art. 14 lid 3).
fn gewichtig(zaak: &Zaak<'_>, geldig: Period) -> Uitkomst {
    let leerplicht = zaak.by.rol() == Some(Rol::Leerplichtambtenaar);
    let days = zaak.school().map(|school| schooldagen(school, geldig));
    match days {
        Some(days) if days > VERLOF_HOOFD && !leerplicht => nee(
            format!("Dit zijn {days} schooldagen. Over meer dan {VERLOF_HOOFD} dagen beslist de leerplichtambtenaar."),
            "Stuur de aanvraag door naar de leerplichtambtenaar van de woongemeente.",
        ),
        Some(days) if days <= VERLOF_HOOFD && leerplicht => nee(
            format!("Dit zijn {days} schooldagen. Over {VERLOF_HOOFD} dagen of minder beslist de schoolleider."),
            "Stuur de aanvraag door naar de schoolleider.",
        ),
        _ => Ok(()),
    }
}

fn schooldagen(school: &crate::region::School, geldig: Period) -> usize {
    let days = std::iter::successors(Some(geldig.from), |day| Some(next_day(*day)));
    days.take(MAX_VERLOF)
        .take_while(|day| geldig.contains(*day))
        .filter(|day| school.schooldag(*day) == Some(true))
        .count()
}

fn jong(zaak: &Zaak<'_>, last: jiff::civil::Date, b: &Verlof) -> Result<(), Refusal> {
    if zaak.geboren.is_none_or(|geboren| age(geboren, last) >= JONG_TOT) {
        return nee(
            "Artikel 11a geldt alleen tot de zesde verjaardag.",
            "Kies een andere grond, of een eerdere einddatum.",
        );
    }
    if b.kwartieren_per_week == 0 || b.kwartieren_per_week > URENVRIJSTELLING {
        return nee("Artikel 11a geeft ten hoogste 10 uur per week.", "Vul 1 tot en met 10 uur per week in.");
    }
    Ok(())
}
