//! Courses that are leerplicht's: holiday without leave, notices of exemption, children who are enrolled nowhere.

use domain::Date;
use domain::body::{
    Adres, Geslacht, GesprekSoort, Gezag, Hoedanigheid, JaNee, Kennisgeving, KennisgevingToets, MeldingEinde,
    MeldingSoort, MeldingStand, Persoonsgegevens, Relatie, ToetsUitkomst, Verklaring, VrijstellingSoort,
};
use domain::fact::FactId;
use domain::nummers::Gemeentecode;
use domain::period::{Period, plus_days, plus_months, schooljaar};
use domain::verzuim::VerzuimSoort;

use super::boek::{Boek, Wie};
use super::{Betrokkenen, GeplantFeit, Plan, Verwacht, Waarheid, vanaf};
use crate::dagen::Dagen;

/// Schooldagen of holiday without leave: enough to open the clock.
const VAKANTIE: usize = 12;
/// Schooldagen of illness before the child was taken off the school's list.
const VOOR_UITSCHRIJVING: usize = 20;
/// Calendar days ago that a child came to live here which was never enrolled.
const SINDS: i32 = 62;

/// The schooldag so many places after a day; today when there is none.
fn na(dagen: &Dagen, dag: Date, count: usize) -> Date {
    dagen.dagen.get(dagen.plaats(dag) + count).copied().unwrap_or(dagen.vandaag)
}

pub(super) fn vakantie(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = dagen.terug(50 + 3 * n);
    let back = na(dagen, dag0, VAKANTIE);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Terug { op: back });
    plan.dagen(dagen, dag0, back, VerzuimSoort::Luxe);
    plan
}

pub(super) fn vakantie_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.geen_gehoor(b.dag(0));
    boek.geen_gehoor(b.dag(2));
    let melding = boek.melding(b.dag(3), MeldingSoort::L, b.dag0, "Op vakantie zonder verlof.");
    let back = b.dag(12);
    boek.op(back, Wie::School, MeldingEinde { melding, einde: b.dag(11) });
    boek.gesprek(b.dag(14), Wie::Leerplicht, GesprekSoort::Anders, "Uitleg over verlof; waarschuwing.");
    boek.status(b.dag(15), melding, MeldingStand::Afgesloten, "Waarschuwing gegeven.");
    boek.klaar()
}

/// Ill, then taken off the list because the parents gave notice of an exemption.
fn uitgeschreven(dagen: &Dagen, n: u32, verwacht: Verwacht) -> Plan {
    let dag0 = dagen.terug(60 + 3 * n);
    let left = plus_days(na(dagen, dag0, VOOR_UITSCHRIJVING), -1);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, verwacht);
    plan.dagen(dagen, dag0, plus_days(left, 1), VerzuimSoort::Ziek);
    plan.uitschrijving = Some(left);
    plan
}

/// A notice for a period, with a statement made shortly before it was received.
fn kennisgeving(boek: &mut Boek<'_>, ontvangen: Date, geldig: Period, aangewezen: bool, eerder: bool) -> FactId {
    let verklaring = Verklaring {
        hoedanigheid: Hoedanigheid::Arts,
        aangewezen,
        behandelend: !aangewezen,
        tot: geldig.until,
        blijvend: false,
    };
    boek.op(plus_days(ontvangen, -12), Wie::Leerplicht, verklaring);
    let grond = VrijstellingSoort::A5a;
    let body = Kennisgeving { grond, ontvangen, eerder, geen_jaarlijkse_verklaring: false };
    boek.feit(ontvangen, geldig, Wie::Leerplicht, body)
}

/// The first notice, received ten days before the child leaves the school, for the rest of the school year; and the day
/// on which that ends.
fn eerste_kennisgeving(boek: &mut Boek<'_>, aangewezen: bool) -> (FactId, Date) {
    let left = boek.b.dag(u32::try_from(VOOR_UITSCHRIJVING).unwrap_or_default());
    let einde = Date::new(schooljaar(left) + 1, 8, 1).unwrap_or(boek.b.vandaag);
    let geldig = Period { from: left, until: Some(einde) };
    (kennisgeving(boek, plus_days(left, -10), geldig, aangewezen, false), einde)
}

/// Leerplicht tests a notice: it meets the conditions, or it does not.
fn toets(boek: &mut Boek<'_>, dag: Date, kennisgeving: FactId, uitkomst: ToetsUitkomst, reden: &str) {
    boek.op(dag, Wie::Leerplicht, KennisgevingToets { kennisgeving, uitkomst, reden: reden.into() });
}

pub(super) fn geldig(dagen: &Dagen, n: u32) -> Plan {
    uitgeschreven(dagen, n, Verwacht::Vrijgesteld)
}

pub(super) fn geldig_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    boek.gebeld(b.dag(5), "Ouders overwegen een beroep op artikel 5 onder a.");
    let (eerste, einde) = eerste_kennisgeving(&mut boek, true);
    let reden = "Verklaring van een aangewezen arts, jonger dan drie maanden.";
    toets(&mut boek, b.dag(17), eerste, ToetsUitkomst::Voldoet, reden);
    if einde <= b.vandaag {
        // A new school year asked for a new notice, before 1 July.
        let ontvangen = plus_days(einde, -35);
        let volgend_jaar = Period { from: einde, until: Some(plus_months(einde, 12)) };
        let tweede = kennisgeving(&mut boek, ontvangen, volgend_jaar, true, true);
        toets(&mut boek, plus_days(ontvangen, 5), tweede, ToetsUitkomst::Voldoet, reden);
    }
    boek.klaar()
}

pub(super) fn ongeldig(dagen: &Dagen, n: u32) -> Plan {
    uitgeschreven(dagen, n, Verwacht::Absoluut)
}

pub(super) fn ongeldig_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    let (eerste, _) = eerste_kennisgeving(&mut boek, false);
    toets(&mut boek, b.dag(18), eerste, ToetsUitkomst::VoldoetNiet, "De verklaring is van de behandelend arts.");
    boek.gesprek(
        b.dag(24),
        Wie::Leerplicht,
        GesprekSoort::Anders,
        "Inschrijven, of een verklaring van een andere arts.",
    );
    boek.klaar()
}

/// Came to live here two months ago; no school has enrolled it.
pub(super) fn nooit(dagen: &Dagen, n: u32) -> Plan {
    let dag0 = plus_days(dagen.vandaag, -SINDS - 5 * i32::try_from(n).unwrap_or_default());
    Plan { waarheid: Waarheid::klok(dag0, Verwacht::Absoluut), ..Plan::van(dag0) }
}

pub(super) fn nooit_feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    let persoon = |voornamen: &str, geboortedatum, geslacht| Persoonsgegevens {
        achternaam: "Ontbreekt-Proef".into(),
        voorvoegsel: "".into(),
        voornamen: voornamen.into(),
        roepnaam: voornamen.into(),
        geboortedatum,
        geslacht,
        bsn: None,
        onderwijsnummer: None,
    };
    let geboren = plus_months(b.dag0, -12 * (8 + i32::try_from(b.reeks % 6).unwrap_or_default()) - 4);
    boek.feit(b.dag0, vanaf(geboren), Wie::Gemeente, persoon("Noa", Some(geboren), Geslacht::Vrouw));
    let gemeente = b.gemeentecode.and_then(|code| Gemeentecode::parse(code).ok());
    let adres = Adres { postcode: None, huisnummer: "".into(), gemeente, geheim: false };
    boek.feit(b.dag0, vanaf(b.dag0), Wie::Gemeente, adres);
    for (n, (naam, relatie)) in [("Mila", Relatie::Moeder), ("Adam", Relatie::Vader)].into_iter().enumerate() {
        let Some(ouder) = b.ouders.get(n).copied() else { break };
        boek.over(ouder.into(), b.dag0, vanaf(b.dag0), Wie::Gemeente, persoon(naam, None, Geslacht::Onbekend));
        let gezag = Gezag { persoon: ouder, relatie, gezag: JaNee::Ja, woont_bij_kind: JaNee::Ja };
        boek.feit(b.dag0, vanaf(b.dag0), Wie::Gemeente, gezag);
    }
    boek.klaar()
}

/// At school until it moved on; the next school never enrolled it.
pub(super) fn kwijt(dagen: &Dagen, n: u32) -> Plan {
    let left = dagen.terug(32 + 3 * n);
    let dag0 = plus_days(left, 1);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Absoluut);
    plan.uitschrijving = Some(left);
    plan
}

/// Nobody knows, so nobody states anything.
pub(super) fn kwijt_feiten(_: &Betrokkenen) -> Vec<GeplantFeit> {
    Vec::new()
}
