//! Courses in which the child is at school for a part, or kept away from it.

use domain::body::{GesprekSoort, InstemmingPlan, Plan as Afspraak, Relatie, ZitThuis};
use domain::fact::Rol;
use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort;

use super::boek::{Boek, Wie};
use super::{Betrokkenen, GeplantFeit, Plan, Verwacht, Waarheid, vanaf};
use crate::dagen::Dagen;

/// Lessons missed every day: more than half of six or seven.
const GEMIST: u8 = 4;

pub(super) fn halve_dagen(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.week_terug(40 + 5 * n);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Loopt);
    plan.lessen(dagen, dag0, dagen.vandaag, GEMIST, VerzuimSoort::OverigGeoorloofd);
    plan
}

pub(super) fn halve_dagen_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.gebeld(b.dag(1), "Komt voorlopig alleen de laatste lesuren.");
    boek.eigenaar(b.dag(10));
    boek.klaar()
}

/// The same days, under a plan to which everybody agreed before it began.
pub(super) fn met_plan(dagen: &Dagen, n: u32) -> Plan {
    Plan { waarheid: Waarheid::geen_zaak(), ..halve_dagen(dagen, n) }
}

pub(super) fn met_plan_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    let agreed = plus_days(b.dag0, -4);
    boek.gesprek(agreed, Wie::School, GesprekSoort::Ondersteuningsteam, "Opbouwrooster: elke maand een lesuur erbij.");
    let doel = Afspraak { doel: "In stappen terug naar een heel rooster.".into(), kwartieren_per_week: Some(48) };
    let geldig = Period { from: plus_days(b.dag0, -3), until: Some(plus_days(b.vandaag, 60)) };
    let plan = boek.feit(agreed, geldig, Wie::School, doel);
    for n in 0..b.ouders.len() {
        let ouder = b.ouders.get(n).copied();
        boek.op(agreed, Wie::Ouder(n), InstemmingPlan { plan, ouder, akkoord: true });
    }
    boek.op(agreed, Wie::Leerling, InstemmingPlan { plan, ouder: None, akkoord: true });
    boek.klaar()
}

pub(super) fn naar_huis(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.terug(18 + 3 * n);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Loopt);
    plan.dagen(dagen, dag0, dagen.vandaag, VerzuimSoort::ThuisOpVerzoekSchool);
    plan
}

pub(super) fn naar_huis_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.gebeld(b.dag(0), "De school vraagt ouders om hun kind thuis te houden tot er begeleiding is.");
    let stated = ZitThuis { relatie: Some(Relatie::Ouder), woorden: "Ons kind mag van school niet komen.".into() };
    // Stated about a later day than the first one: the rows say since when it is so.
    boek.feit(b.dag(12), vanaf(b.dag(12)), Wie::Ouder(0), stated);
    boek.aan_zet(b.dag(13), Wie::School, &[Rol::Schoolleider], "Gesprek met ouders over terugkeer.", b.dag(17));
    boek.klaar()
}
