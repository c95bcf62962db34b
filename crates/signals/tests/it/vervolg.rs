//! After rows change: which firing continues which signal, and what falls away.

use domain::verzuim::VerzuimSoort::{Ongeoorloofd, TeLaat, Ziek};
use signals::engine::evaluate_all;
use signals::vervolg::{Identiteit, Lot, Reden, Vorig, vervolg};

use crate::bouw::{bouw, compileer, dag, datum, kind, protocol, school};
use crate::oracle::Kind;

const UREN: &str = "naam = \"uren\"\nsoorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\n\
                    venster = { schooldagen = 10 }\ndrempel = 16\nnadert = [8]\ndaarna = \"herstart\"";
const LANG: &str = "naam = \"lang\"\nsoorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nstappen = [3]\nhele_dag = true\n\
                    daarna = \"geen\"";
const LAAT: &str = "naam = \"laat\"\nsoorten = [\"te_laat\"]\nvorm = \"keren_per_schooljaar\"\nstappen = [2]\n\
                    daarna = \"geen\"";
const MAANDAG: &str = "naam = \"vaste dag\"\nsoorten = [\"ongeoorloofd\"]\nvorm = \"weekdag\"\n\
                       venster = { lesweken = 8 }\ndrempel = 2\ndaarna = { stilte_schooldagen = 40 }";

/// Evaluates `eerst`, takes all its signals as handled or not, evaluates `nu`, and checks what became of each, as
/// "old -> new", "old -> vervallen" or "-> new".
#[track_caller]
fn check(regel: &str, behandeld: bool, eerst: Kind, nu: Kind, verwacht: &[&str]) {
    let scholen = [school("2025-08-25", "2026-10-30", &[("2026-07-04", "2026-08-16")])];
    let compiled = compileer(&[(0, protocol(&[regel]))]);
    let evaluate = |kind: Kind| {
        let (axes, rows) = bouw(&scholen, &[kind]);
        (evaluate_all(&rows, &axes, &compiled, 1).firings, axes)
    };
    let vorige: Vec<Vorig> = evaluate(eerst)
        .0
        .iter()
        .map(|firing| Vorig { identiteit: compiled.identiteit(firing).unwrap(), van: firing.van, behandeld })
        .collect();
    let (nieuwe, axes) = evaluate(nu);
    let toon = |lot: &Lot| match *lot {
        Lot::Blijft { vorig, nieuw } => {
            assert_eq!(vorige[vorig].identiteit.dag, nieuwe[nieuw].dag);
            format!("{} blijft", datum(nieuwe[nieuw].dag))
        }
        Lot::Vervolgt { vorig, nieuw } => {
            format!("{} -> {}", datum(vorige[vorig].identiteit.dag), datum(nieuwe[nieuw].dag))
        }
        Lot::Vervallen { vorig, reden } => {
            assert_eq!(reden, Reden::GeenAanleidingMeer);
            format!("{} vervallen", datum(vorige[vorig].identiteit.dag))
        }
        Lot::Nieuw { nieuw } => format!("{} nieuw", datum(nieuwe[nieuw].dag)),
    };
    let gevonden: Vec<String> = vervolg(&axes, 0, &compiled, &vorige, &nieuwe).iter().map(toon).collect();
    assert_eq!(gevonden, verwacht);
}

fn spijbelt(dagen: &[&str]) -> Kind {
    kind(8).uren(dagen, Ongeoorloofd, 8)
}

fn ziek(van: &str, tot: &str) -> Kind {
    kind(8).hele_dagen(van, tot, Ziek)
}

#[test]
fn a_handled_signal_keeps_its_handling_when_its_day_moves_within_one_window() {
    let eerst = spijbelt(&["2025-09-01", "2025-09-02"]);
    let later = spijbelt(&["2025-09-01", "2025-09-03"]);
    let moves = ["2025-09-01 blijft", "2025-09-02 -> 2025-09-03"];
    check(UREN, true, eerst.clone(), later, &moves);
    check(UREN, true, eerst.clone(), eerst.clone(), &["2025-09-01 blijft", "2025-09-02 blijft"]);
    // Ten schooldagen on is another window.
    let ver = spijbelt(&["2025-09-15", "2025-09-16"]);
    let anders = ["2025-09-01 vervallen", "2025-09-02 vervallen", "2025-09-15 nieuw", "2025-09-16 nieuw"];
    check(UREN, true, eerst.clone(), ver, &anders);
    check(UREN, true, eerst, kind(8), &["2025-09-01 vervallen", "2025-09-02 vervallen"]);
}

#[test]
fn what_nobody_handled_does_not_hide_what_is_new() {
    let (eerst, later) = (spijbelt(&["2025-09-01", "2025-09-02"]), spijbelt(&["2025-09-01", "2025-09-03"]));
    check(UREN, false, eerst, later, &["2025-09-01 blijft", "2025-09-02 vervallen", "2025-09-03 nieuw"]);
}

#[test]
fn a_warning_that_was_handled_does_not_handle_the_rule_itself() {
    let (waarschuwing, zelf) = (spijbelt(&["2025-09-02"]), spijbelt(&["2025-09-02", "2025-09-03"]));
    check(UREN, true, waarschuwing, zelf, &["2025-09-02 blijft", "2025-09-03 nieuw"]);
}

#[test]
fn in_the_same_run_it_is_the_same_signal() {
    let eerst = ziek("2025-09-01", "2025-09-12");
    check(LANG, true, eerst.clone(), ziek("2025-09-02", "2025-09-12"), &["2025-09-03 -> 2025-09-04"]);
    check(LANG, true, eerst.clone(), ziek("2025-08-28", "2025-09-12"), &["2025-09-03 -> 2025-09-01"]);
    check(LANG, true, eerst, ziek("2025-09-15", "2025-09-19"), &["2025-09-03 vervallen", "2025-09-17 nieuw"]);
}

#[test]
fn the_same_step_of_the_same_school_year_is_the_same_signal() {
    let laat = |dagen: &[&str]| kind(8).uren(dagen, TeLaat, 1);
    let eerst = laat(&["2025-09-01", "2025-09-02"]);
    check(LAAT, true, eerst.clone(), laat(&["2025-09-01", "2026-06-02"]), &["2025-09-02 -> 2026-06-02"]);
    let volgend_jaar = laat(&["2026-09-01", "2026-09-02"]);
    check(LAAT, true, eerst, volgend_jaar, &["2025-09-02 vervallen", "2026-09-02 nieuw"]);
}

#[test]
fn another_weekday_is_another_signal() {
    let eerst = spijbelt(&["2025-09-01", "2025-09-08"]);
    check(MAANDAG, true, eerst.clone(), spijbelt(&["2025-09-01", "2025-09-15"]), &["2025-09-08 -> 2025-09-15"]);
    let dinsdag = spijbelt(&["2025-09-02", "2025-09-09"]);
    check(MAANDAG, true, eerst, dinsdag, &["2025-09-08 vervallen", "2025-09-09 nieuw"]);
}

#[test]
fn each_signal_continues_one_and_the_nearest_first() {
    let eerst = spijbelt(&["2025-09-01", "2025-09-02", "2025-09-04", "2025-09-05"]);
    let nu = spijbelt(&["2025-09-01", "2025-09-03", "2025-09-04", "2025-09-08"]);
    // The two signals of the rule itself, and the two warnings, each pair off with the nearest.
    let verwacht = ["2025-09-01 blijft", "2025-09-02 -> 2025-09-03", "2025-09-04 blijft", "2025-09-05 -> 2025-09-08"];
    check(UREN, true, eerst, nu, &verwacht);
}

#[test]
fn a_rule_that_is_gone_says_so() {
    let scholen = [school("2025-08-25", "2026-07-03", &[])];
    let compiled = compileer(&[(0, protocol(&[LANG]))]);
    let (axes, _) = bouw(&scholen, &[kind(8)]);
    let identiteit = Identiteit { regel: "uren".to_owned(), dag: dag("2025-09-02"), stap: 0 };
    let vorige = [Vorig { identiteit, van: dag("2025-09-01"), behandeld: true }];
    let lot = vervolg(&axes, 0, &compiled, &vorige, &[]);
    assert_eq!(lot, [Lot::Vervallen { vorig: 0, reden: Reden::RegelBestaatNietMeer }]);
}

/// What was handled is known by rule, day and step alone; the rest follows, and leads to the same fate.
#[test]
fn what_a_fact_keeps_of_a_signal_is_enough_to_find_it_again() {
    let scholen = [school("2025-08-25", "2026-10-30", &[("2026-07-04", "2026-08-16")])];
    let maanden = "naam = \"maanden\"\nsoorten = [\"ziek\"]\nvorm = \"kalendermaanden\"\nmaanden = 1\nhele_dag = true\n\
                   daarna = \"geen\"";
    let compiled = compileer(&[(0, protocol(&[UREN, LANG, maanden]))]);
    let evaluate = |kind: Kind| {
        let (axes, rows) = bouw(&scholen, &[kind]);
        (evaluate_all(&rows, &axes, &compiled, 1).firings, axes)
    };
    let spijbelt_en_ziek = |uren: &[&str], van: &str| spijbelt(uren).hele_dagen(van, "2025-11-14", Ziek);
    let (eerst, axes) = evaluate(spijbelt_en_ziek(&["2025-09-01", "2025-09-02"], "2025-10-01"));
    assert_eq!(eerst.len(), 4);
    let (nu, _) = evaluate(spijbelt_en_ziek(&["2025-09-01", "2025-09-03"], "2025-09-30"));
    for met_stap in [true, false] {
        for firing in &eerst {
            let identiteit = compiled.identiteit(firing).unwrap();
            // Between a warning and the rule itself only the step can tell.
            if !met_stap && identiteit.regel == "uren" {
                continue;
            }
            let kept = (identiteit.regel.as_str(), identiteit.dag, met_stap.then_some(identiteit.stap));
            let vorig = compiled.behandeld(&axes, 0, kept, &nu);
            assert_eq!(vorig.identiteit, identiteit, "the nearest firing has the same step");
            let known = Vorig { identiteit, van: firing.van, behandeld: true };
            let lot = |vorig: Vorig| vervolg(&axes, 0, &compiled, &[vorig], &nu)[0];
            assert_eq!(lot(vorig), lot(known));
        }
    }
    let weg = compiled.behandeld(&axes, 0, ("lang", dag("2025-09-03"), None), &[]);
    assert_eq!((weg.identiteit.stap, weg.van), (0, dag("2025-09-04")));
}
