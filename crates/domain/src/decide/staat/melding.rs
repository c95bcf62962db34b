//! The melding, its status and end, and what leerplicht does with it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::{Refusal, Zaak};
use super::{Uitkomst, nee, staat, verplicht, wie_thuis};
use crate::body::{
    Afwezigheid, Consult, Contact, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Met, Onderzoek,
    OnderzoekStap, Verhoor, Verlof, VerlofGrond,
};
use crate::calendar::datum;
use crate::dagbeeld::{Telt, gecorrigeerd};
use crate::decide::grenzen::na_geboorte;
use crate::fact::Fact;
use crate::period::{Period, from_day_number};
use crate::verzuim::{Rij, VerzuimSoort};

/// Age, in years, from which V4 and RMC hold in place of V3 and LRV …
const ACHTTIEN: i16 = 18;
/// … and until which RMC does.
const DRIEENTWINTIG: i16 = 23;

/// Kinds of rows that may be reported.
const ZONDER_REDEN: [VerzuimSoort; 3] = [VerzuimSoort::Ongeoorloofd, VerzuimSoort::Luxe, VerzuimSoort::TeLaat];
/// What to do about absence that may not be what it is called.
const TWIJFEL: &str = "Klopt het verzuim niet, corrigeer het dan. Twijfelt u of de reden klopt, kies dan O (overig), na contact met de ouders en, bij ziekte, de jeugdarts.";

pub(super) fn melding(zaak: &Zaak<'_>, geldig: Period, b: &Melding) -> Uitkomst {
    if !b.soort.kan_nieuw() {
        return nee(
            format!("De soort {} is vervallen.", b.soort.code()),
            "Kies V3 (16 uur), LRV, L (vakantie zonder verlof) of O (overig).",
        );
    }
    if b.begin > geldig.from {
        return nee(
            format!("De begindatum {} ligt na de dag van de melding.", datum(b.begin)),
            "Geef de eerste dag van het verzuim op.",
        );
    }
    na_geboorte(b.begin, zaak.geboren)?;
    binnen(b.begin, b.einde, zaak.vandaag)?;
    leeftijd(zaak, geldig.from, b.soort)?;
    let double = zaak.alle::<Melding>().any(|(fact, other)| {
        other.soort == b.soort && other.begin == b.begin && fact.by.organisatie() == zaak.by.organisatie()
    });
    if double {
        return nee("Deze melding is al gedaan, met dezelfde soort en begindatum.", "Open de melding die er al staat.");
    }
    ziek_of_geschorst(zaak, b)?;
    if b.soort == MeldingSoort::O { verplicht("reden", &b.reden) } else { Ok(()) }
}

fn binnen(begin: Date, einde: Option<Date>, vandaag: Date) -> Uitkomst {
    match einde {
        Some(einde) if einde < begin => nee(
            format!("De einddatum {} ligt voor de begindatum {}.", datum(einde), datum(begin)),
            "Geef een einddatum op of na de begindatum.",
        ),
        Some(einde) if einde > vandaag => nee(
            format!("De einddatum {} ligt in de toekomst.", datum(einde)),
            "Vul de einddatum in als de leerling terug is of wordt uitgeschreven.",
        ),
        _ => Ok(()),
    }
}

fn leeftijd(zaak: &Zaak<'_>, dag: Date, soort: MeldingSoort) -> Uitkomst {
    let Some(jaren) = zaak.leeftijd(dag) else {
        return nee(
            "De geboortedatum is onbekend, dus de soort melding is niet te bepalen.",
            "Vul eerst de geboortedatum in.",
        );
    };
    match soort {
        MeldingSoort::V3 | MeldingSoort::Lrv if jaren >= ACHTTIEN => nee(
            format!("De soort {} is voor leerlingen jonger dan 18 jaar; deze leerling is {jaren}.", soort.code()),
            "Kies V4 of RMC.",
        ),
        MeldingSoort::V4 | MeldingSoort::Rmc if jaren < ACHTTIEN => nee(
            format!("De soort {} is voor 18 jaar en ouder; deze leerling is {jaren}.", soort.code()),
            "Kies V3 of LRV.",
        ),
        MeldingSoort::Rmc if jaren >= DRIEENTWINTIG => {
            nee("De soort RMC is voor jongeren tot 23 jaar.", "Kies V4, of bel het Doorstroompunt.")
        }
        _ => Ok(()),
    }
}

/// Illness and suspension never reach leerplicht by themselves: only as O, with the school's reason, after contact with
/// parents (and, for illness, once the youth doctor was asked). What the rows call authorised is no ground for the other
/// kinds either.
fn ziek_of_geschorst(zaak: &Zaak<'_>, b: &Melding) -> Uitkomst {
    let gemist = gemist(zaak, Period::through(b.begin, b.einde.unwrap_or(zaak.vandaag)));
    let met_reden = !gemist.is_empty() && !gemist.iter().any(|soort| ZONDER_REDEN.contains(soort));
    let only = |soort| met_reden && gemist.contains(&soort);
    let ziek = is_ziek(zaak, b.begin) || only(VerzuimSoort::Ziek);
    let geschorst = is_geschorst(zaak, b.begin) || only(VerzuimSoort::Geschorst);
    if b.soort != MeldingSoort::O && (ziek || geschorst) {
        return nee("Ziekte en schorsing worden niet gemeld.", TWIJFEL);
    }
    if b.soort != MeldingSoort::O && met_reden {
        let sinds = datum(b.begin);
        return nee(format!("Sinds {sinds} is volgens het verzuim niets gemist zonder geldige reden."), TWIJFEL);
    }
    if !ziek && !geschorst {
        return Ok(());
    }
    verplicht("reden", &b.reden)?;
    let reached = zaak.alle::<Contact>().any(|(fact, c)| {
        c.bereikt && matches!(c.met, Met::Ouders | Met::OudersEnLeerling) && fact.valid.from >= b.begin
    });
    if !reached {
        return nee("Er was nog geen contact met de ouders over dit verzuim.", "Neem eerst contact op met de ouders.");
    }
    if ziek && zaak.alle::<Consult>().next().is_none() {
        return nee(
            "De jeugdarts is nog niet gevraagd.",
            "Vraag eerst een consult van de jeugdarts, en informeer de ouders daarover.",
        );
    }
    Ok(())
}

fn is_ziek(zaak: &Zaak<'_>, dag: Date) -> bool {
    let stated = zaak.t().on::<Afwezigheid>(dag).any(|(_, a)| a.soort == VerzuimSoort::Ziek);
    stated || verlof(zaak, dag, VerlofGrond::D) || rij(zaak, dag, VerzuimSoort::Ziek)
}

fn is_geschorst(zaak: &Zaak<'_>, dag: Date) -> bool {
    let stated = zaak.t().on::<Afwezigheid>(dag).any(|(_, a)| a.soort == VerzuimSoort::Geschorst);
    stated || verlof(zaak, dag, VerlofGrond::C) || rij(zaak, dag, VerzuimSoort::Geschorst)
}

fn verlof(zaak: &Zaak<'_>, dag: Date, grond: VerlofGrond) -> bool {
    zaak.t().on::<Verlof>(dag).any(|(_, verlof)| verlof.grond == grond && verlof.toegekend)
}

fn rij(zaak: &Zaak<'_>, dag: Date, soort: VerzuimSoort) -> bool {
    gemist(zaak, Period::day(dag)).contains(&soort)
}

/// The kinds of rows by which lessons or minutes were missed on these days, as persons corrected them.
fn gemist(zaak: &Zaak<'_>, dagen: Period) -> BTreeSet<VerzuimSoort> {
    let scholen = gecorrigeerd(zaak.t(), zaak.vandaag);
    let rijen = scholen.iter().flat_map(|school| school.rijen.iter()).filter_map(|packed| Rij::unpack(*packed));
    let here = rijen.filter(|rij| dagen.contains(from_day_number(i32::from(rij.dag))));
    let missed = here.filter(|rij| matches!(Telt::van(rij.soort), Telt::Gemist | Telt::AlleenMinuten));
    missed.map(|rij| rij.soort).collect()
}

pub(super) fn status(zaak: &Zaak<'_>, b: &MeldingStatus) -> Uitkomst {
    use MeldingStand::{Afgesloten, Geregistreerd, InBehandeling, Ingetrokken, Overgedragen, TerKennisgeving, Wacht};
    staat(zaak.feit::<Melding>(b.melding), "Deze melding")?;
    if b.status == Overgedragen {
        return nee("De status D (overgedragen) is vervallen.", "Kies in behandeling, ter kennisgeving of afgesloten.");
    }
    let leerplicht = matches!(b.status, InBehandeling | Afgesloten | TerKennisgeving);
    let school = zaak.by.organisatie().is_some_and(|id| zaak.r().scholen.contains_key(&id));
    if leerplicht == school {
        return nee(
            format!(
                "De status {} zet {}.",
                b.status.code(),
                if leerplicht { "de leerplichtambtenaar" } else { "de school" }
            ),
            if leerplicht {
                "Neem contact op met de leerplichtambtenaar."
            } else {
                "Vraag de school om deze status te zetten."
            },
        );
    }
    let mut others = zaak.alle::<MeldingStatus>().filter(|(_, s)| s.melding == b.melding);
    let now = others.next_back().map_or(Wacht, |(_, s)| s.status);
    let goes = match (now, b.status) {
        (Wacht, Geregistreerd | Ingetrokken | InBehandeling | Afgesloten | TerKennisgeving) => true,
        (Geregistreerd, InBehandeling | Afgesloten | TerKennisgeving | Ingetrokken) => true,
        (InBehandeling, Afgesloten | TerKennisgeving | Ingetrokken) => true,
        (Wacht, Wacht) => zaak.alle::<MeldingStatus>().all(|(_, s)| s.melding != b.melding),
        _ => false,
    };
    if !goes {
        return nee(
            format!("Een melding met status {} kan niet naar {}.", now.code(), b.status.code()),
            "Corrigeer de laatste status als die niet klopt.",
        );
    }
    if matches!(b.status, Afgesloten | Ingetrokken) { verplicht("reden", &b.reden) } else { Ok(()) }
}

pub(super) fn einde(zaak: &Zaak<'_>, b: &MeldingEinde) -> Uitkomst {
    let (_, melding) = staat(zaak.feit::<Melding>(b.melding), "Deze melding")?;
    let ended = zaak.alle::<MeldingEinde>().any(|(_, other)| other.melding == b.melding);
    if ended || melding.einde.is_some() {
        return nee("Deze melding heeft al een einddatum.", "Corrigeer de einddatum die er al staat.");
    }
    binnen(melding.begin, Some(b.einde), zaak.vandaag)
}

pub(super) fn onderzoek(zaak: &Zaak<'_>, geldig: Period, b: &Onderzoek) -> Uitkomst {
    match b.melding {
        Some(id) => {
            staat(zaak.feit::<Melding>(id), "Deze melding")?;
        }
        None if zaak.t().inschrijvingen_op(geldig.from).next().is_some() => {
            return nee(
                "De leerling is ingeschreven en er is geen melding gekozen.",
                "Kies de melding waar het onderzoek bij hoort.",
            );
        }
        None => {}
    }
    let started = gestart(zaak, geldig, |other| other.melding == b.melding);
    match (b.stap, started) {
        (OnderzoekStap::Gestart, Some(_)) => {
            nee("Dit onderzoek is al gestart.", "Ga verder met het onderzoek dat er al is.")
        }
        (OnderzoekStap::Waarschuwing | OnderzoekStap::Afgerond, None) => {
            nee("Dit onderzoek is nog niet gestart.", "Leg eerst de start van het onderzoek vast.")
        }
        _ => Ok(()),
    }
}

/// The examination that had started by a day.
fn gestart<'a>(zaak: &Zaak<'a>, geldig: Period, which: impl Fn(&Onderzoek) -> bool) -> Option<&'a Fact> {
    let mut all = zaak.alle::<Onderzoek>();
    let found = all.find(|(fact, o)| o.stap == OnderzoekStap::Gestart && fact.valid.from <= geldig.from && which(o));
    found.map(|(fact, _)| fact)
}

pub(super) fn verhoor(zaak: &Zaak<'_>, geldig: Period, b: &Verhoor) -> Result<(), Refusal> {
    wie_thuis(zaak, b.ouder)?;
    if gestart(zaak, geldig, |_| true).is_none() {
        return nee("Er is geen onderzoek gestart.", "Leg eerst de start van het onderzoek vast.");
    }
    match b.melding {
        Some(id) => staat(zaak.feit::<Melding>(id), "Deze melding").map(|_| ()),
        None => Ok(()),
    }
}
