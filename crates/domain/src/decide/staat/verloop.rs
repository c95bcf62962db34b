//! Who is responsible, who is next, decisions, confirmation, closing, joining.

use super::super::{Refusal, Zaak};
use super::{Uitkomst, hulp, nee, verplicht};
use crate::body::{
    Besluit, BesluitSoort, Bevestiging, Onderzoek, OrganisatieSoort, SluitReden, Sluiting, TeBevestigen,
    ToestemmingVoor, Verantwoordelijke, VolgendeStap, ZelfdeKind,
};
use crate::calendar::datum;
use crate::dossier::dossier;
use crate::fact::Rol;
use crate::ids::OrganisatieId;
use crate::in_beeld::{self, Beeld};
use crate::klok;
use crate::period::Period;

/// An organisation names its own people; somebody at youth support is named with consent.
pub(super) fn verantwoordelijke(zaak: &Zaak<'_>, b: &Verantwoordelijke) -> Uitkomst {
    if zaak.by.organisatie() == Some(b.organisatie) {
        return Ok(());
    }
    zaak.lees(b.organisatie);
    let soort = zaak.r().organisaties.get(&b.organisatie).map(|organisatie| organisatie.soort);
    if soort == Some(OrganisatieSoort::Zorg) {
        return hulp::met_toestemming(zaak, ToestemmingVoor::Jeugdhulp);
    }
    let naam = zaak.naam(b.organisatie);
    nee(
        "U kunt alleen iemand van uw eigen organisatie aanwijzen.",
        format!("Vraag {naam} om zelf iemand aan te wijzen."),
    )
}

/// The next step is for an organisation that already knows the child: a step never tells a name to somebody new.
pub(super) fn volgende_stap(zaak: &Zaak<'_>, geldig: Period, b: &VolgendeStap) -> Uitkomst {
    verplicht("stap", &b.stap)?;
    if b.uiterlijk < geldig.from {
        return nee(
            format!("De uiterste dag, {}, ligt voor vandaag.", datum(b.uiterlijk)),
            "Geef een dag op waarop de stap nog kan.",
        );
    }
    if dossier(zaak.t(), zaak.vandaag, zaak.r()).value.open_sinds().is_none() {
        return nee(
            "Er is geen open dossier, dus niemand is aan zet.",
            "Pak eerst een signaal op, of wijs een verantwoordelijke aan.",
        );
    }
    if zaak.by.organisatie() == Some(b.organisatie) || bekend(zaak, b.organisatie) {
        return Ok(());
    }
    let naam = zaak.naam(b.organisatie);
    nee(
        format!("Deze leerling is nog niet in beeld bij {naam}."),
        "Doe eerst een melding of stel een ondersteuningsvraag, of kies een andere organisatie.",
    )
}

fn bekend(zaak: &Zaak<'_>, organisatie: OrganisatieId) -> bool {
    zaak.lees(organisatie);
    let seen = in_beeld::in_beeld(zaak.t(), zaak.vandaag, zaak.r());
    let seen = seen.iter().any(|b| b.organisatie == Some(organisatie) && matches!(b.beeld, Beeld::Sinds { .. }));
    seen || zaak.betrokken(organisatie)
}

pub(super) fn besluit(zaak: &Zaak<'_>, b: &Besluit) -> Uitkomst {
    verplicht("inhoud", &b.inhoud)?;
    match b.soort {
        BesluitSoort::Doorzettingsmacht if zaak.by.rol() != Some(Rol::Doorzettingsmacht) => nee(
            "Dit besluit neemt alleen wie de doorzettingsmacht heeft.",
            "Leg de zaak voor aan wie de doorzettingsmacht heeft.",
        ),
        BesluitSoort::Verbaal if zaak.by.rol() != Some(Rol::Leerplichtambtenaar) => {
            nee("Dit besluit neemt alleen de leerplichtambtenaar.", "Neem contact op met de leerplichtambtenaar.")
        }
        BesluitSoort::Verbaal if zaak.alle::<Onderzoek>().next().is_none() => {
            nee("Er is geen onderzoek geweest.", "Start eerst het onderzoek, en hoor ouders en leerling.")
        }
        _ => Ok(()),
    }
}

/// Absoluut and thuiszittend are confirmed by leerplicht of the municipality of residence only.
pub(super) fn bevestiging(zaak: &Zaak<'_>, b: &Bevestiging) -> Uitkomst {
    let leerplicht = zaak.by.rol() == Some(Rol::Leerplichtambtenaar);
    if matches!(b.wat, TeBevestigen::Absoluut | TeBevestigen::Thuiszittend) && !leerplicht {
        return nee(
            format!("De status \"{}\" bevestigt alleen de leerplichtambtenaar van de woongemeente.", b.wat.label()),
            "Laat de status op vermoedelijk staan, of vraag de leerplichtambtenaar.",
        );
    }
    if b.klopt { Ok(()) } else { verplicht("reden", &b.reden) }
}

pub(super) fn sluiting(zaak: &Zaak<'_>, b: &Sluiting) -> Uitkomst {
    if let Some(klok) = klok::klok(zaak.t(), zaak.vandaag, zaak.r()).value {
        return nee(
            format!("De klok loopt nog, sinds {}.", datum(klok.begin)),
            "Een dossier sluit als de leerling terug is of het aanbod loopt. Spreek de volgende stap af.",
        );
    }
    // Without the fact that is being corrected the dossier is as it was before it.
    let open = dossier(zaak.t(), zaak.vandaag, zaak.r()).value.open_sinds().is_some();
    if !open && !zaak.corrigeert() {
        return nee("Er is geen open dossier.", "Er hoeft niets te worden gesloten.");
    }
    if b.reden == SluitReden::Anders { verplicht("toelichting", &b.toelichting) } else { Ok(()) }
}

/// Only a person joins two children, with a reason; an `Intrekking` undoes it.
pub(super) fn zelfde_kind(zaak: &Zaak<'_>, b: &ZelfdeKind) -> Result<(), Refusal> {
    zaak.lees_leerling(b.ander);
    if b.ander == zaak.leerling() {
        return nee("Dit is dezelfde leerling.", "Kies de andere leerling die hetzelfde kind is.");
    }
    if zaak.alle::<ZelfdeKind>().any(|(_, other)| other.ander == b.ander) {
        return nee("Deze twee leerlingen zijn al samengevoegd.", "Ververs het scherm.");
    }
    verplicht("reden", &b.reden)
}
