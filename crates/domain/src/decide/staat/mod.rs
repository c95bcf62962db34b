//! In which state of the dossier a statement makes sense, kind by kind. Each check says what is missing and what to do.

mod hulp;
mod melding;
mod school;
mod verloop;
mod vrijstelling;

use super::{Refusal, Zaak};
use crate::body::Body;
use crate::fact::Actor;
use crate::ids::PersoonId;
use crate::period::Period;
use crate::tekst::Tekst;

/// What every check answers.
type Uitkomst = Result<(), Refusal>;

/// Checks a statement against what else is known.
pub(super) fn controleer(zaak: &Zaak<'_>, geldig: Period, body: &Body) -> Uitkomst {
    match body {
        Body::Persoonsgegevens(b) => school::persoon(b),
        Body::Inschrijving(b) => school::inschrijving(zaak, geldig, b),
        Body::Uitschrijving(b) => school::uitschrijving(zaak, geldig, b),
        Body::Afwezigheid(b) => school::afwezigheid(zaak, geldig, b),
        Body::RijCorrectie(b) => school::rijcorrectie(b),
        Body::ZitThuis(b) => school::zit_thuis(zaak, b),
        Body::SignaalAfhandeling(b) => school::signaal(zaak, b),
        Body::Verlof(b) => school::verlof(zaak, geldig, b),
        Body::Melding(b) => melding::melding(zaak, geldig, b),
        Body::MeldingStatus(b) => melding::status(zaak, b),
        Body::MeldingEinde(b) => melding::einde(zaak, b),
        Body::Onderzoek(b) => melding::onderzoek(zaak, geldig, b),
        Body::Verhoor(b) => melding::verhoor(zaak, geldig, b),
        Body::Kennisgeving(b) => vrijstelling::kennisgeving(zaak, b),
        Body::Verklaring(b) => vrijstelling::verklaring(geldig, b),
        Body::KennisgevingToets(b) => vrijstelling::toets(zaak, b),
        Body::VrijstellingBesluit(b) => vrijstelling::besluit(zaak, geldig, b),
        Body::SwvAdvies(b) => vrijstelling::swv_advies(zaak, b),
        Body::PerspectiefBehandelaar(b) => vrijstelling::perspectief(zaak, b),
        _ => ondersteuning(zaak, geldig, body),
    }
}

fn ondersteuning(zaak: &Zaak<'_>, geldig: Period, body: &Body) -> Uitkomst {
    match body {
        Body::Ondersteuningsvraag(b) => hulp::vraag(zaak, geldig, b),
        Body::Consult(b) => hulp::consult(zaak, geldig, b),
        Body::DeelnameAdvies(_) => hulp::deelname_advies(zaak),
        Body::Aanbod(b) => hulp::aanbod(zaak, geldig, b),
        Body::AanbodReactie(b) => hulp::reactie(zaak, geldig, b),
        Body::Realisatie(b) => hulp::realisatie(zaak, geldig, b),
        Body::InstemmingPlan(b) => hulp::instemming(zaak, b),
        Body::Toestemming(b) => hulp::toestemming(zaak, b),
        Body::Geinformeerd(b) => wie_thuis(zaak, b.ouder),
        Body::Verantwoordelijke(b) => verloop::verantwoordelijke(zaak, b),
        Body::VolgendeStap(b) => verloop::volgende_stap(zaak, geldig, b),
        Body::Afwijking(b) => verplicht("waarom", &b.waarom),
        Body::Besluit(b) => verloop::besluit(zaak, b),
        Body::Bevestiging(b) => verloop::bevestiging(zaak, b),
        Body::Sluiting(b) => verloop::sluiting(zaak, b),
        Body::ZelfdeKind(b) => verloop::zelfde_kind(zaak, b),
        _ => Ok(()),
    }
}

fn nee(waarom: impl Into<String>, wat_te_doen: impl Into<String>) -> Uitkomst {
    Err(Refusal::new(waarom, wat_te_doen))
}

/// Refuses an empty text.
fn verplicht(veld: &str, tekst: &Tekst) -> Uitkomst {
    if tekst.is_empty() {
        return nee(format!("Het veld \"{veld}\" is leeg."), format!("Vul \"{veld}\" in."));
    }
    Ok(())
}

/// A parent must have gezag and the child must be under 18; the child itself must be twelve. At home everyone speaks for
/// themselves only.
fn wie_thuis(zaak: &Zaak<'_>, ouder: Option<PersoonId>) -> Uitkomst {
    let for_another = match zaak.by {
        Actor::Ouder { persoon } => ouder != Some(*persoon),
        Actor::Leerling { .. } => ouder.is_some(),
        Actor::Medewerker { .. } | Actor::Systeem { .. } => false,
    };
    if for_another {
        return nee("U kunt dit alleen voor uzelf vastleggen.", "Laat de ander dit zelf doen, of vraag de school.");
    }
    match ouder {
        Some(persoon) if !zaak.heeft_gezag(persoon) => nee(
            "Van deze persoon is niet bekend dat hij of zij gezag heeft.",
            "Kies een ouder met gezag, of vul het gezag aan bij de leerling.",
        ),
        None if zaak.leeftijd(zaak.vandaag).is_none_or(|jaren| jaren < HOREN_VANAF) => nee(
            "De leerling is nog geen 12 jaar, of de geboortedatum is onbekend.",
            "Kies een ouder met gezag, of vul de geboortedatum aan.",
        ),
        _ => Ok(()),
    }
}

/// From this age, in years, the child is heard, told and asked itself.
const HOREN_VANAF: i16 = 12;

/// Refuses a reference to a fact that does not stand.
fn staat<T>(gevonden: Option<T>, wat: &str) -> Result<T, Refusal> {
    gevonden.ok_or_else(|| {
        Refusal::new(format!("{wat} staat niet (meer) in dit dossier."), "Ververs het scherm en kies opnieuw.")
    })
}
