//! Exemptions: notices, statements, tests, decisions, advice.

use super::super::Zaak;
use super::{Uitkomst, hulp, nee, staat, verplicht};
use crate::body::{
    Kennisgeving, KennisgevingToets, PerspectiefBehandelaar, SwvAdvies, ToestemmingVoor, ToetsUitkomst, Verklaring,
    VrijstellingBesluit, VrijstellingSoort,
};
use crate::calendar::datum;
use crate::decide::grenzen::na_geboorte;
use crate::fact::Actor;
use crate::period::Period;

/// Vervangende leerplicht is for youth of at least this age, in years (LPW art. 3a).
const VERVANGEND_VANAF: i16 = 14;

pub(super) fn kennisgeving(zaak: &Zaak<'_>, b: &Kennisgeving) -> Uitkomst {
    if !b.grond.van_rechtswege() {
        return nee(
            format!("Voor {} is een aanvraag en een besluit nodig, geen kennisgeving.", b.grond.label()),
            "Vraag dit aan bij de gemeente; de gemeente legt het besluit vast.",
        );
    }
    if b.ontvangen > zaak.vandaag {
        return nee(
            format!("De dag van ontvangst, {}, ligt in de toekomst.", datum(b.ontvangen)),
            "Geef de dag op waarop de kennisgeving binnenkwam.",
        );
    }
    na_geboorte(b.ontvangen, zaak.geboren)
}

pub(super) fn verklaring(geldig: Period, b: &Verklaring) -> Uitkomst {
    if b.blijvend && b.tot.is_some() {
        return nee(
            "De verklaring is blijvend en heeft ook een einddatum.",
            "Kies blijvend, of geef een einddatum op.",
        );
    }
    if b.tot.is_some_and(|tot| tot <= geldig.from) {
        return nee("De einddatum van de verklaring ligt voor haar begin.", "Geef een latere einddatum op.");
    }
    Ok(())
}

pub(super) fn toets(zaak: &Zaak<'_>, b: &KennisgevingToets) -> Uitkomst {
    staat(zaak.feit::<Kennisgeving>(b.kennisgeving), "Deze kennisgeving")?;
    if b.uitkomst == ToetsUitkomst::VoldoetNiet { verplicht("reden", &b.reden) } else { Ok(()) }
}

pub(super) fn besluit(zaak: &Zaak<'_>, geldig: Period, b: &VrijstellingBesluit) -> Uitkomst {
    if b.grond.van_rechtswege() {
        return nee(
            format!("Een vrijstelling op grond van {} ontstaat door de wet en wordt niet verleend.", b.grond.label()),
            "Leg de kennisgeving vast, en toets of die aan de voorwaarden voldoet.",
        );
    }
    if geldig.until.is_none() {
        return nee("Het besluit heeft geen einddatum.", "Geef de laatste dag op waarvoor het besluit geldt.");
    }
    let young = zaak.leeftijd(geldig.from).is_none_or(|jaren| jaren < VERVANGEND_VANAF);
    if b.toegekend && b.grond == VrijstellingSoort::A3a && young {
        return nee("Vervangende leerplicht kan vanaf 14 jaar.", "Controleer de geboortedatum en de begindatum.");
    }
    Ok(())
}

pub(super) fn swv_advies(zaak: &Zaak<'_>, b: &SwvAdvies) -> Uitkomst {
    hulp::met_toestemming(zaak, ToestemmingVoor::SwvAdvies)?;
    verplicht("advies", &b.advies)
}

/// Parents and youth bring it themselves; a professional needs their consent.
pub(super) fn perspectief(zaak: &Zaak<'_>, b: &PerspectiefBehandelaar) -> Uitkomst {
    if matches!(zaak.by, Actor::Medewerker { .. }) {
        hulp::met_toestemming(zaak, ToestemmingVoor::PerspectiefBehandelaar)?;
    }
    verplicht("woorden", &b.woorden)
}
