//! Courses with an offer: too late, delivered, refused, care only, and broken off again.

use domain::Date;
use domain::body::{AanbodSoort, GesprekSoort, MeldingSoort, Oordeel};
use domain::fact::Rol;
use domain::period::{Period, days_between, monday, plus_days, plus_months};
use domain::verzuim::VerzuimSoort;

use super::boek::{Boek, Wie};
use super::ziek::KLEINE_GROEP;
use super::{Betrokkenen, GeplantFeit, Plan, Verwacht, Waarheid, begin_lopend_aanbod, vanaf};
use crate::dagen::Dagen;

/// Quarters a week of an offer: twelve hours.
const AFGESPROKEN: u16 = 48;
/// Quarters a week that were realised of them.
const GELEVERD: u16 = 46;
/// Schooldagen before today on which an earlier spell began, how long it lasted, and when it broke off again.
const EERDER: (u32, usize, u32) = (130, 25, 20);

/// Away all days from `dag0` up to today.
fn weg(dagen: &Dagen, dag0: Date, verwacht: Verwacht, soort: VerzuimSoort) -> Plan {
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, verwacht);
    plan.dagen(dagen, dag0, dagen.vandaag, soort);
    plan
}

/// What precedes every offer.
fn aanloop(boek: &mut Boek<'_>) {
    let b = boek.b;
    boek.gebeld(b.dag(2), "Het gaat niet meer op deze school. Ouders vragen om een andere plek.");
    boek.eigenaar(b.dag(3));
    boek.gesprek(b.dag(6), Wie::School, GesprekSoort::Ondersteuningsteam, "Samen een andere plek zoeken.");
    boek.vraag(b.dag(8), "Welke plek past bij deze leerling?");
    boek.melding(b.dag(10), MeldingSoort::O, b.dag0, "Geen passende plek.");
    boek.aan_zet(b.dag(10), Wie::Swv, &[Rol::Consulent], "Aanbod doen.", plus_days(b.dag(10), 21));
}

pub(super) fn wachten(dagen: &Dagen, n: u32) -> Plan {
    weg(dagen, dagen.terug(50 + 4 * n), Verwacht::Beproeving, VerzuimSoort::OverigGeoorloofd)
}

pub(super) fn wachten_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    aanloop(&mut boek);
    // Three weeks from now: the place has a waiting list.
    let start = plus_days(monday(b.vandaag), 21);
    let (soort, wat) = KLEINE_GROEP;
    let aanbod = boek.aanbod(b.terug(12), vanaf(start), soort, wat, AFGESPROKEN);
    boek.antwoord(b.terug(9), aanbod, Oordeel::Passend, Oordeel::Proberen);
    boek.klaar()
}

/// Started three weeks ago: the first two weeks are delivered, twenty schooldagen are not over.
pub(super) fn geleverd(dagen: &Dagen, n: u32) -> Plan {
    let vanaf = begin_lopend_aanbod(&dagen.kalender, dagen.vandaag);
    weg(dagen, dagen.terug(50 + 2 * n), Verwacht::Gestopt { vanaf }, VerzuimSoort::AangepastRooster)
}

pub(super) fn geleverd_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    aanloop(&mut boek);
    let start = b.begin_aanbod();
    let (soort, wat) = KLEINE_GROEP;
    let aanbod = boek.aanbod(b.terug(27), vanaf(start), soort, wat, AFGESPROKEN);
    boek.antwoord(b.terug(24), aanbod, Oordeel::Passend, Oordeel::Passend);
    boek.realisatie(aanbod, start, b.vandaag, GELEVERD);
    boek.klaar()
}

pub(super) fn niet_passend(dagen: &Dagen, n: u32) -> Plan {
    weg(dagen, dagen.terug(45 + 3 * n), Verwacht::NietEens, VerzuimSoort::Ongeoorloofd)
}

pub(super) fn niet_passend_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    aanloop(&mut boek);
    let (soort, wat) = KLEINE_GROEP;
    let aanbod = boek.aanbod(b.terug(14), vanaf(b.terug(5)), soort, wat, AFGESPROKEN);
    boek.antwoord(b.terug(8), aanbod, Oordeel::NietPassend, Oordeel::Proberen);
    boek.aan_zet(b.terug(7), Wie::Swv, &[Rol::Consulent], "Casustafel met ouders.", plus_days(b.vandaag, 3));
    boek.klaar()
}

pub(super) fn zorg(dagen: &Dagen, n: u32) -> Plan {
    weg(dagen, dagen.terug(55 + 3 * n), Verwacht::ZorgLoopt, VerzuimSoort::Ziek)
}

pub(super) fn zorg_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    aanloop(&mut boek);
    let start = b.begin_aanbod();
    let aanbod = boek.aanbod(b.terug(24), vanaf(start), AanbodSoort::Zorg, "Dagbehandeling, Proefzorg De Oever", 0);
    boek.antwoord(b.terug(22), aanbod, Oordeel::Passend, Oordeel::Proberen);
    boek.klaar()
}

/// An earlier spell ended with an offer that held for more than twenty schooldagen, and then broke off.
pub(super) fn terugval(dagen: &Dagen, n: u32) -> Plan {
    let eerste = dagen.terug(EERDER.0 + n);
    let dag0 = dagen.week_terug(EERDER.2);
    let mut plan = Plan::van(eerste);
    let at = dagen.plaats(eerste) + EERDER.1;
    let start = dagen.dagen.get(at).map_or(dag0, |dag| monday(*dag));
    let days = days_between(eerste, start);
    plan.waarheid = Waarheid {
        begin: Some(dag0),
        doel: Some(plus_months(plus_days(dag0, -days), 3).max(dag0)),
        verwacht: Verwacht::Loopt,
        eerder: days.unsigned_abs(),
    };
    plan.dagen(dagen, eerste, start, VerzuimSoort::Ongeoorloofd);
    plan.dagen(dagen, start, dag0, VerzuimSoort::AangepastRooster);
    plan.dagen(dagen, dag0, dagen.vandaag, VerzuimSoort::Ongeoorloofd);
    plan
}

pub(super) fn terugval_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    aanloop(&mut boek);
    let start = monday(b.dag(u32::try_from(EERDER.1).unwrap_or_default()));
    let dropped = monday(b.terug(EERDER.2));
    let geldig = Period { from: start, until: Some(dropped) };
    let (soort, wat) = KLEINE_GROEP;
    let aanbod = boek.aanbod(b.dag(14), geldig, soort, wat, AFGESPROKEN);
    boek.antwoord(b.dag(18), aanbod, Oordeel::Proberen, Oordeel::Proberen);
    boek.realisatie(aanbod, start, dropped, GELEVERD);
    boek.gebeld(b.terug(EERDER.2 - 3), "Het lukt niet meer op de nieuwe plek.");
    boek.klaar()
}
