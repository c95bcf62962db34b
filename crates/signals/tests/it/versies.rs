//! A new version of the protocol decides from the day it was adopted; windows and runs look back across that day.

use domain::verzuim::VerzuimSoort::{Luxe, Ongeoorloofd, TeLaat, Ziek};

use crate::bouw::{dag, datum, engine, kind, protocol, school};
use crate::oracle::{self, Kind};

fn som(drempel: u16, daarna: &str, extra: &str) -> String {
    format!(
        "naam = \"uren\"\nsoorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\n\
         venster = {{ schooldagen = 10 }}\ndrempel = {drempel}\ndaarna = {daarna}\n{extra}"
    )
}

/// Checks the signals as "v<version> day value" when `oud` decides until `vanaf` and `nieuw` from then on.
#[track_caller]
fn check(kind: Kind, oud: &str, vanaf: &str, nieuw: &str, verwacht: &[&str]) {
    let scholen = [school("2025-08-25", "2026-07-03", &[])];
    let versies = [(0, protocol(&[oud])), (dag(vanaf), protocol(&[nieuw]))];
    let toon = |vuur: &oracle::Vuur| format!("v{} {} {}", vuur.versie, datum(vuur.dag), vuur.waarde);
    let gevonden: Vec<String> =
        engine(&scholen, std::slice::from_ref(&kind), &versies, 1)[0].iter().map(toon).collect();
    assert_eq!(gevonden, verwacht);
    let oracle: Vec<String> = oracle::signalen(&scholen, &kind, &versies).iter().map(toon).collect();
    assert_eq!(oracle, verwacht, "the oracle reads adoption differently");
}

#[test]
fn days_before_adoption_stay_with_the_old_version() {
    let uren = kind(8).uren(&["2025-09-01", "2025-09-02", "2025-09-10"], Ongeoorloofd, 8);
    // The stricter version would have fired on 1 September, but only decides from the 8th; it looks back over it.
    let (oud, nieuw) = (som(20, "{ hysterese_onder = 4 }", ""), som(8, "{ hysterese_onder = 4 }", ""));
    check(uren, &oud, "2025-09-08", &nieuw, &["v1 2025-09-10 96"]);
}

#[test]
fn a_rule_starts_armed() {
    let uren = kind(8).uren(&["2025-09-01", "2025-09-02", "2025-09-03"], Ongeoorloofd, 8);
    let zelfde = som(16, "{ hysterese_onder = 4 }", "");
    check(uren, &zelfde, "2025-09-03", &zelfde, &["v0 2025-09-02 64", "v1 2025-09-03 96"]);
}

#[test]
fn the_last_firing_is_the_point_from_which_a_herstart_counts() {
    let uren = kind(8).uren(&["2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04"], Ongeoorloofd, 8);
    let zelfde = som(16, "\"herstart\"", "");
    check(uren.clone(), &zelfde, "2025-09-03", &zelfde, &["v0 2025-09-02 64", "v1 2025-09-04 64"]);
    // A rule of another name has no such point.
    let ander = zelfde.replace("naam = \"uren\"", "naam = \"anders\"");
    check(uren, &zelfde, "2025-09-03", &ander, &["v0 2025-09-02 64", "v1 2025-09-03 96"]);
}

#[test]
fn the_last_firing_is_the_point_from_which_a_stilte_counts() {
    let regel = "naam = \"luxe\"\nsoorten = [\"luxe\"]\nvorm = \"som_in_venster\"\neenheid = \"keren\"\n\
                 venster = { schooldagen = 1 }\ndrempel = 1\ndaarna = { stilte_schooldagen = 10 }";
    // Fired on the 1st and held on until the 5th. From adoption on only the firing counts: the 15th is ten days on.
    let weg = kind(8).hele_dagen("2025-09-01", "2025-09-05", Luxe).weg("2025-09-15", Luxe, 63);
    check(weg.clone(), regel, "2025-09-08", regel, &["v0 2025-09-01 1", "v1 2025-09-15 1"]);
    let weg = kind(8).hele_dagen("2025-09-01", "2025-09-05", Luxe).weg("2025-09-12", Luxe, 63);
    check(weg, regel, "2025-09-08", regel, &["v0 2025-09-01 1"]);
}

#[test]
fn steps_already_passed_do_not_fire_again() {
    let laat = |stappen: &str| {
        format!(
            "naam = \"laat\"\nsoorten = [\"te_laat\"]\nvorm = \"keren_per_schooljaar\"\nstappen = {stappen}\ndaarna = \"geen\""
        )
    };
    let dagen = ["2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04", "2025-09-05"];
    let kind_laat = kind(8).uren(&dagen, TeLaat, 1);
    check(kind_laat, &laat("[3]"), "2025-09-04", &laat("[2, 5]"), &["v0 2025-09-03 3", "v1 2025-09-05 5"]);
    let nadert = som(16, "\"herstart\"", "nadert = [8]");
    let lager = som(16, "\"herstart\"", "nadert = [6, 10]");
    let uren = kind(8).uren(&["2025-09-01", "2025-09-02", "2025-09-03"], Ongeoorloofd, 4);
    check(uren, &nadert, "2025-09-03", &lager, &["v0 2025-09-02 32", "v1 2025-09-03 48"]);
    let een_uur = kind(8).uren(&["2025-09-01", "2025-09-02"], Ongeoorloofd, 4).uren(&["2025-09-03"], Ongeoorloofd, 1);
    check(een_uur, &nadert, "2025-09-03", &lager, &["v0 2025-09-02 32"]);
}

#[test]
fn positions_in_a_run_already_passed_do_not_fire_again() {
    let lang = |stappen: &str| {
        format!(
            "naam = \"lang\"\nsoorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nhele_dag = true\nstappen = {stappen}\ndaarna = \"geen\""
        )
    };
    let ziek = kind(8).hele_dagen("2025-09-01", "2025-09-12", Ziek);
    check(ziek, &lang("[9]"), "2025-09-08", &lang("[4, 7]"), &["v1 2025-09-09 7"]);
}

#[test]
fn a_destroyed_school_year_leaves_its_last_firing() {
    let mut uren = kind(8).uren(&["2025-09-02", "2025-09-03"], Ongeoorloofd, 8);
    uren.eerder.push(("uren".to_owned(), dag("2025-09-02")));
    let regel = som(16, "\"herstart\"", "");
    check(uren, &regel, "2026-01-01", &regel, &[]);
}
