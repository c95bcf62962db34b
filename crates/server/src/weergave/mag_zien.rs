//! Who may see this child, in words: the outer bounds of the law and the pact. School and parents see it; leerplicht only
//! after a melding, an exemption, a request or absence of enrolment, and never illness or suspension; the
//! samenwerkingsverband only after a question; the youth doctor on consent.

use domain::body::{Body, Gezag, JaNee, Kennisgeving, Relatie};
use domain::in_beeld::{Beeld, InBeeld, Partij};
use domain::klok::Klok;
use domain::status::StatusSoort;

use super::stand::{Voorstelling, gemeentenaam};
use super::{Zicht, woorden};

/// From this age on, what a child says itself is not shown to its parents.
const EIGEN_WOORDEN: i16 = 12;
/// From this age on parents see that, how often and when a child is away.
const ZESTIEN: i16 = 16;
/// Of age: the access of parents ends.
const MEERDERJARIG: i16 = 18;

/// Who may see a child, and who may not yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MagZien {
    /// Parties, each with the bound of what it sees.
    pub wel: Vec<String>,
    /// Sentences about who may not, and why.
    pub niet: Vec<String>,
}

pub(super) fn mag_zien(
    zicht: &Zicht<'_>,
    kind: &Voorstelling,
    klok: Option<&Klok>,
    status: StatusSoort,
    in_beeld: &[InBeeld; 4],
) -> MagZien {
    let mut mag = MagZien::default();
    // Looking into a missing enrolment happens inside the municipality: no school and no swv sees it.
    let inside = status == StatusSoort::Absoluut;
    if inside {
        mag.niet.push(
            "Scholen en het samenwerkingsverband niet: inschrijving nagaan gebeurt binnen de gemeente.".to_owned(),
        );
    } else {
        match kind.scholen.len() {
            0 => {}
            1 => mag.wel.push("school".to_owned()),
            _ => mag.wel.push("scholen (elk de eigen gegevens)".to_owned()),
        }
    }
    ouders(zicht, kind, &mut mag);
    for party in in_beeld {
        match (party.partij, party.beeld) {
            (Partij::Leerplicht, beeld) => leerplicht(zicht, klok, party, beeld, &mut mag),
            (Partij::Samenwerkingsverband, Beeld::Sinds { dag, .. }) if !inside => mag.wel.push(format!(
                "samenwerkingsverband (sinds de vraag van {}; niet de reden, ziekte of wat leerplicht doet)",
                woorden::dag(dag, zicht.op)
            )),
            (Partij::Jeugdarts, Beeld::Sinds { .. }) => mag.wel.push("jeugdarts (met toestemming)".to_owned()),
            _ => {}
        }
    }
    mag
}

fn ouders(zicht: &Zicht<'_>, kind: &Voorstelling, mag: &mut MagZien) {
    let naam = &kind.roepnaam;
    if kind.leeftijd.is_some_and(|jaren| jaren >= MEERDERJARIG) {
        mag.wel.push(format!("{naam} zelf"));
        mag.niet.push(format!("De ouders niet: {naam} is 18 jaar of ouder."));
        return;
    }
    let stated: Vec<&Gezag> = zicht.t.on::<Gezag>(zicht.op).map(|(_, gezag)| gezag).collect();
    let with: Vec<&Gezag> = stated.iter().copied().filter(|gezag| gezag.gezag == JaNee::Ja).collect();
    if with.is_empty() {
        let unknown = stated.is_empty() || stated.iter().any(|gezag| gezag.gezag == JaNee::Onbekend);
        let why = if unknown { "wie het gezag heeft, is niet bekend" } else { "geen van hen heeft het gezag" };
        mag.niet.push(format!("De ouders nog niet: {why}."));
        return;
    }
    let voogd = with.iter().all(|gezag| matches!(gezag.relatie, Relatie::Voogd | Relatie::VoogdGi));
    let wie = if voogd { "voogd" } else { "ouders" };
    mag.wel.push(match kind.leeftijd {
        Some(jaren) if jaren >= ZESTIEN => format!("{wie} (dat, hoe vaak en wanneer; zonder wat {naam} zelf vertelde)"),
        Some(jaren) if jaren < EIGEN_WOORDEN => wie.to_owned(),
        _ => format!("{wie} (zonder wat {naam} zelf vertelde)"),
    });
}

fn leerplicht(zicht: &Zicht<'_>, klok: Option<&Klok>, party: &InBeeld, beeld: Beeld, mag: &mut MagZien) {
    let Beeld::Sinds { dag, door } = beeld else {
        mag.niet.push("De leerplichtambtenaar nog niet: er is geen melding.".to_owned());
        return;
    };
    let of = party.organisatie.map(|id| format!(" van {}", gemeentenaam(zicht.r.naam(id)))).unwrap_or_default();
    let way = match zicht.t.fact(door).map(|fact| &fact.body) {
        Some(Body::Melding(_)) => "de melding",
        Some(Body::Kennisgeving(_)) => "het beroep op vrijstelling",
        Some(Body::VrijstellingBesluit(_)) => "het besluit over vrijstelling",
        Some(Body::Onderzoek(_)) => "het onderzoek",
        Some(Body::Verlof(_)) => "de vraag om verlof",
        // Not enrolled because of an exemption that parents invoked: that is what leerplicht knows the child by.
        _ if zicht.t.on::<Kennisgeving>(zicht.op).next().is_some() => "het beroep op vrijstelling",
        _ => "het ontbreken van een inschrijving",
    };
    let since = woorden::dag(dag, zicht.op);
    mag.wel.push(format!("leerplichtambtenaar{of} (sinds {way} van {since}; niet ziekte en schorsing)"));
    if klok.is_some_and(|klok| klok.alleen_ziek_of_geschorst) {
        mag.niet.push("De leerplichtambtenaar ziet deze klok niet: zij rust alleen op ziekte of schorsing.".to_owned());
    }
}
