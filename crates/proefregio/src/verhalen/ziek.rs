//! Courses that look like illness: school fear, illness without end, and a flu that is none of it.

use domain::body::{AanbodSoort, Consult, ConsultStap, GesprekSoort, MeldingSoort, Toestemming, ToestemmingVoor};
use domain::fact::Rol;
use domain::period::plus_days;
use domain::verzuim::VerzuimSoort;

use super::boek::{Boek, Wie};
use super::{Betrokkenen, GeplantFeit, Plan, Verwacht, Waarheid, vanaf};
use crate::dagen::Dagen;

/// Schooldagen of flu: two fewer than would open the clock.
const GRIEP: usize = 8;

/// Three weeks with one, one and two days away, then nothing.
pub(super) fn schoolangst(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.week_terug(34 + 6 * n);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Loopt);
    let at = dagen.plaats(dag0);
    for place in [15, 10, 5, 3].map(|back| at.saturating_sub(back)) {
        if let Some(dag) = dagen.dagen.get(place) {
            plan.dagen(dagen, *dag, plus_days(*dag, 1), VerzuimSoort::Ziek);
        }
    }
    let week = plus_days(dag0, 7);
    plan.dagen(dagen, dag0, week, VerzuimSoort::Ziek);
    plan.dagen(dagen, week, dagen.vandaag, VerzuimSoort::Ongeoorloofd);
    plan
}

pub(super) fn schoolangst_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.geen_gehoor(b.dag(2));
    boek.gebeld(b.dag(3), "Buikpijn voor school, al weken. Ouders maken zich zorgen.");
    boek.eigenaar(b.dag(3));
    boek.gesprek(b.dag(8), Wie::School, GesprekSoort::Verzuimgesprek, "Elke week bellen; rustige ingang mogelijk.");
    boek.melding(b.dag(12), MeldingSoort::O, b.dag0, "Gaat niet meer naar school; ouders en school komen er niet uit.");
    boek.vraag(b.dag(14), "Hoe kan deze leerling stap voor stap terug naar de klas?");
    boek.aan_zet(b.dag(15), Wie::School, &[Rol::Consulent], "Plek zoeken met kleine groep.", plus_days(b.dag(15), 14));
    boek.klaar()
}

/// Ill all days; the school talks, the jeugdarts is consulted (MAZL).
pub(super) fn eindeloos(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.terug(45 + 4 * n);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::LooptZiek);
    plan.dagen(dagen, dag0, dagen.vandaag, VerzuimSoort::Ziek);
    plan
}

pub(super) fn eindeloos_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.gebeld(b.dag(4), "Nog steeds ziek. Afgesproken dat de mentor elke week belt.");
    boek.eigenaar(b.dag(7));
    boek.gesprek(
        b.dag(8),
        Wie::School,
        GesprekSoort::Verzuimgesprek,
        "Ouders en leerling willen overleg met de jeugdarts.",
    );
    for n in 0..b.ouders.len() {
        let ouder = b.ouders.get(n).copied();
        let gegeven = Toestemming { ouder, voor: ToestemmingVoor::JgzBetrokken, aan: None, gegeven: true };
        boek.feit(b.dag(8), vanaf(b.dag(8)), Wie::Ouder(n), gegeven);
    }
    let eigen = Toestemming { ouder: None, voor: ToestemmingVoor::JgzBetrokken, aan: None, gegeven: true };
    boek.feit(b.dag(8), vanaf(b.dag(8)), Wie::Leerling, eigen);
    boek.op(b.dag(9), Wie::School, Consult { stap: ConsultStap::Gevraagd });
    boek.op(b.dag(12), Wie::Jgz, Consult { stap: ConsultStap::Gepland });
    boek.op(b.dag(20), Wie::Jgz, Consult { stap: ConsultStap::Gehouden });
    boek.aan_zet(b.dag(21), Wie::School, &[Rol::Verzuimcoordinator, Rol::IbEr], "Gesprek over thuis leren.", b.dag(30));
    boek.klaar()
}

/// Eight days ill, then back as if nothing happened.
pub(super) fn griep(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.terug(40 + 3 * n);
    let mut plan = Plan::van(dag0);
    let well = dagen.dagen.get(dagen.plaats(dag0) + GRIEP).copied().unwrap_or(dagen.vandaag);
    plan.dagen(dagen, dag0, well, VerzuimSoort::Ziek);
    plan
}

pub(super) fn griep_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.gebeld(b.dag(3), "Griep, het hele gezin. Huiswerk doorgegeven.");
    boek.klaar()
}

/// Education and care in a small group: what most offers hold.
pub(super) const KLEINE_GROEP: (AanbodSoort, &str) =
    (AanbodSoort::Onderwijs, "Kleine groep met opbouw, Proefplek Het Vlot");
