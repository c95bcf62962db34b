//! Support: the question, the consult, offers, plans, consent.

use jiff::civil::Date;

use super::super::{Refusal, Zaak};
use super::{HOREN_VANAF, Uitkomst, nee, staat, verplicht, wie_thuis};
use crate::body::{
    Aanbod, AanbodReactie, AanbodSoort, Consult, ConsultStap, Geinformeerd, InstemmingPlan, Ondersteuningsvraag,
    Onderwerp, Plan, Realisatie, Toestemming, ToestemmingVoor, VraagVan,
};
use crate::calendar::datum;
use crate::fact::Actor;
use crate::period::{Period, monday};

/// From this age, in years, a youth consents alone; from 12 together with the parents (WGBO, Jeugdwet).
const ALLEEN_VANAF: i16 = 16;
/// Coming of age (BW 1:233), in years.
const MEERDERJARIG: i16 = 18;
/// Most quarters of an hour a week in an offer or its realisation: forty hours.
const MAX_KWARTIEREN: u16 = 160;
/// Most steps of a build-up.
const MAX_OPBOUW: usize = 60;

/// The samenwerkingsverband learns a name only by the school's question, after parents were told, or by their own.
pub(super) fn vraag(zaak: &Zaak<'_>, geldig: Period, b: &Ondersteuningsvraag) -> Uitkomst {
    verplicht("vraag", &b.vraag)?;
    let by_school = zaak.by.organisatie().is_some_and(|id| zaak.r().scholen.contains_key(&id));
    match (b.van, by_school) {
        (VraagVan::School, false) => {
            nee("De vraag staat op naam van de school.", "Kies \"de ouders\", of laat de school de vraag stellen.")
        }
        (VraagVan::Ouders, true) => nee(
            "Een vraag van de ouders stellen zij zelf, of met het Ouder- en jeugdsteunpunt.",
            "Stel de vraag als school, nadat u de ouders hebt geïnformeerd.",
        ),
        (VraagVan::School, true) => verteld(zaak, Onderwerp::Ondersteuningsvraag, geldig.from, false),
        (VraagVan::Ouders, false) => Ok(()),
    }
}

pub(super) fn consult(zaak: &Zaak<'_>, geldig: Period, b: &Consult) -> Uitkomst {
    let school = zaak.by.organisatie().is_some_and(|id| zaak.r().scholen.contains_key(&id));
    let home = matches!(zaak.by, Actor::Ouder { .. } | Actor::Leerling { .. });
    match b.stap {
        ConsultStap::Bezwaar => Ok(()),
        _ if home => {
            nee("Van thuis kunt u hier alleen bezwaar maken.", "Bel de school of de jeugdarts voor een afspraak.")
        }
        ConsultStap::Gevraagd => {
            verteld(zaak, Onderwerp::Consult, geldig.from, true)?;
            bezwaar(zaak)
        }
        ConsultStap::Gepland | ConsultStap::Gehouden if school => {
            nee("De jeugdarts plant en houdt het consult.", "Wacht op bericht van de jeugdarts, of bel.")
        }
        ConsultStap::Gepland | ConsultStap::Gehouden => {
            let asked = zaak
                .alle::<Consult>()
                .any(|(fact, c)| c.stap == ConsultStap::Gevraagd && fact.valid.from <= geldig.from);
            if !asked {
                return nee("Er is geen consult gevraagd.", "Laat de school eerst een consult vragen.");
            }
            bezwaar(zaak)
        }
    }
}

/// An objection of parents or youth stands until they take it back.
fn bezwaar(zaak: &Zaak<'_>) -> Uitkomst {
    if zaak.alle::<Consult>().any(|(_, c)| c.stap == ConsultStap::Bezwaar) {
        return nee(
            "Ouders of leerling hebben bezwaar tegen een consult.",
            "Bespreek het met hen; zij kunnen hun bezwaar zelf intrekken.",
        );
    }
    Ok(())
}

/// Whether parents were told before; and the youth from twelve years, where the youth has a say. From 18 only the youth.
fn verteld(zaak: &Zaak<'_>, over: Onderwerp, dag: Date, jongere_ook: bool) -> Uitkomst {
    let jaren = zaak.leeftijd(dag);
    let told = |parent: bool| {
        zaak.alle::<Geinformeerd>()
            .any(|(fact, g)| g.over == over && g.ouder.is_some() == parent && fact.valid.from <= dag)
    };
    let of_age = jaren.is_some_and(|jaren| jaren >= MEERDERJARIG);
    if !of_age && !told(true) {
        return nee(
            format!("De ouders zijn nog niet geïnformeerd over {}.", over.label()),
            "Vertel het de ouders eerst en leg dat vast; zij lezen dezelfde woorden vooraf.",
        );
    }
    let youth = of_age || (jongere_ook && jaren.is_some_and(|jaren| jaren >= HOREN_VANAF));
    if youth && !told(false) {
        return nee(
            format!("De leerling is nog niet geïnformeerd over {}.", over.label()),
            "Vertel het de leerling eerst en leg dat vast.",
        );
    }
    Ok(())
}

pub(super) fn deelname_advies(zaak: &Zaak<'_>) -> Uitkomst {
    met_toestemming(zaak, ToestemmingVoor::DeelnameAdvies)
}

/// Refuses without consent: of a parent under 16, of the youth from 12; from 16 the youth's alone. The last word counts.
pub(super) fn met_toestemming(zaak: &Zaak<'_>, voor: ToestemmingVoor) -> Uitkomst {
    let given = |parent: bool| {
        let said = zaak
            .alle::<Toestemming>()
            .filter(|(fact, t)| t.voor == voor && t.ouder.is_some() == parent && fact.valid.contains(zaak.vandaag));
        let mut last = std::collections::BTreeMap::new();
        said.for_each(|(_, t)| {
            last.insert(t.ouder, t.gegeven);
        });
        !last.is_empty() && last.values().all(|given| *given)
    };
    let jaren = zaak.leeftijd(zaak.vandaag).unwrap_or(0);
    let parents = jaren >= ALLEEN_VANAF || given(true);
    let youth = jaren < HOREN_VANAF || given(false);
    if parents && youth {
        return Ok(());
    }
    let wie = if parents { "de leerling" } else { "de ouders" };
    nee(
        format!("Er is geen toestemming van {wie} voor {}.", voor.label()),
        format!("Vraag {wie} om toestemming en leg die vast. Weigeren mag, en heeft geen gevolgen."),
    )
}

pub(super) fn aanbod(zaak: &Zaak<'_>, geldig: Period, b: &Aanbod) -> Uitkomst {
    verplicht("wat", &b.wat)?;
    if b.kwartieren_per_week == 0 && b.soort != AanbodSoort::Zorg {
        return nee("Er staan geen uren bij het aanbod.", "Vul in hoeveel uur per week de leerling krijgt.");
    }
    let steps = b.opbouw.iter().map(|stap| stap.kwartieren_per_week);
    if std::iter::once(b.kwartieren_per_week).chain(steps).any(|kwartieren| kwartieren > MAX_KWARTIEREN) {
        return nee("Er staan meer dan 40 uur per week bij het aanbod.", "Vul ten hoogste 40 uur per week in.");
    }
    if b.opbouw.len() > MAX_OPBOUW {
        return nee(format!("De opbouw heeft meer dan {MAX_OPBOUW} stappen."), "Neem stappen samen.");
    }
    let ascending = b.opbouw.windows(2).all(|pair| matches!(pair, [a, b] if a.vanaf < b.vanaf));
    let mondays = b.opbouw.iter().all(|stap| monday(stap.vanaf) == stap.vanaf && stap.vanaf >= monday(geldig.from));
    if !ascending || !mondays {
        return nee(
            "De stappen van de opbouw kloppen niet.",
            "Laat elke stap op een maandag ingaan, op volgorde, na het begin.",
        );
    }
    match b.schriftelijk_op {
        Some(dag) if dag > zaak.vandaag => nee(
            format!("De dag waarop het aanbod is verstuurd, {}, ligt in de toekomst.", datum(dag)),
            "Vul deze dag in als het aanbod is verstuurd.",
        ),
        _ => Ok(()),
    }
}

/// Nobody answers what is not written.
pub(super) fn reactie(zaak: &Zaak<'_>, geldig: Period, b: &AanbodReactie) -> Uitkomst {
    let (_, aanbod) = staat(zaak.feit::<Aanbod>(b.aanbod), "Dit aanbod")?;
    match aanbod.schriftelijk_op {
        Some(dag) if dag <= geldig.from => {}
        _ => {
            return nee(
                "Dit aanbod staat nog niet op papier.",
                "Stuur het aanbod eerst op: wat, waar, hoeveel uur en vanaf wanneer.",
            );
        }
    }
    wie_thuis(zaak, b.ouder)?;
    let on_behalf = matches!(zaak.by, Actor::Medewerker { .. });
    if on_behalf { verplicht("woorden", &b.woorden) } else { Ok(()) }
}

pub(super) fn realisatie(zaak: &Zaak<'_>, geldig: Period, b: &Realisatie) -> Uitkomst {
    let (fact, _) = staat(zaak.feit::<Aanbod>(b.aanbod), "Dit aanbod")?;
    if monday(geldig.from) != geldig.from {
        return nee(
            format!("{} is geen maandag.", datum(geldig.from)),
            "Geef de maandag op van de week waar de uren bij horen.",
        );
    }
    if geldig.from < monday(fact.valid.from) {
        return nee("Deze week ligt voor het begin van het aanbod.", "Kies een week vanaf het begin van het aanbod.");
    }
    if b.kwartieren > MAX_KWARTIEREN {
        return nee("Er staan meer dan 40 uur in deze week.", "Vul ten hoogste 40 uur in.");
    }
    let double = zaak.alle::<Realisatie>().any(|(other, r)| r.aanbod == b.aanbod && other.valid.from == geldig.from);
    if double {
        return nee("De uren van deze week staan er al.", "Corrigeer de uren die er al staan.");
    }
    Ok(())
}

pub(super) fn instemming(zaak: &Zaak<'_>, b: &InstemmingPlan) -> Uitkomst {
    staat(zaak.feit::<Plan>(b.plan), "Dit plan")?;
    wie_thuis(zaak, b.ouder)
}

pub(super) fn toestemming(zaak: &Zaak<'_>, b: &Toestemming) -> Result<(), Refusal> {
    wie_thuis(zaak, b.ouder)?;
    let alone = zaak.leeftijd(zaak.vandaag).is_some_and(|jaren| jaren >= ALLEEN_VANAF);
    if b.ouder.is_some() && alone {
        return nee("Vanaf 16 jaar geeft de leerling zelf toestemming.", "Vraag de leerling om toestemming.");
    }
    Ok(())
}
