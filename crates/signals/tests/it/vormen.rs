//! Each form and each `daarna` as a story: these rows, this rule, these signals. The rules of the default protocol
//! carry the number they have in the catalogue of rules.

use domain::verzuim::VerzuimSoort::{self, Luxe, Ongeoorloofd, Ziek};
use domain::verzuim::VerzuimSoort::{TeLaat, ThuisOpVerzoekSchool, Uitgestuurd, Verlof};
use signals::compiled::Compiled;
use signals::engine::evaluate_all;
use signals::protocol::{self, Protocol};

use crate::bouw::{bouw, dag, datum, engine, kind, protocol, school};
use crate::oracle::{self, Kind, School};

/// A school year with an autumn holiday (20 to 24 October), Christmas (22 December to 2 January) and a study day.
fn schooljaar() -> School {
    school(
        "2025-08-25",
        "2026-07-03",
        &[("2025-10-20", "2025-10-24"), ("2025-12-22", "2026-01-02"), ("2025-11-12", "2025-11-12")],
    )
}

/// Checks that engine and oracle both find exactly these signals of the rule with this number: "day value", with
/// " nadert" for a warning and " gaten" where something is not known. Hours are in quarters.
#[track_caller]
fn check_regel(scholen: &[School], kind: &Kind, protocol: &Protocol, nummer: usize, verwacht: &[&str]) {
    let versies = [(0, protocol.clone())];
    let toon = |vuur: &oracle::Vuur| {
        let nadert = if vuur.trap > 0 && !protocol.regels[nummer].nadert.is_empty() { " nadert" } else { "" };
        let gaten = if vuur.gaten { " gaten" } else { "" };
        format!("{} {}{nadert}{gaten}", datum(vuur.dag), vuur.waarde)
    };
    let gevonden = engine(scholen, std::slice::from_ref(kind), &versies, 1);
    let gevonden: Vec<String> = gevonden[0].iter().filter(|vuur| vuur.regel == nummer).map(toon).collect();
    assert_eq!(gevonden, verwacht);
    let oracle = oracle::signalen(scholen, kind, &versies);
    let oracle: Vec<String> = oracle.iter().filter(|vuur| vuur.regel == nummer).map(toon).collect();
    assert_eq!(oracle, verwacht, "the oracle reads the rule differently");
}

#[track_caller]
fn check(kind: Kind, regel: &str, verwacht: &[&str]) {
    check_regel(&[schooljaar()], &kind, &protocol(&[regel]), 0, verwacht);
}

/// A rule of the shipped protocol, by name.
#[track_caller]
fn check_standaard(kind: Kind, naam: &str, verwacht: &[&str]) {
    let protocol = protocol::lees(protocol::STANDAARD).unwrap();
    let nummer = protocol.regels.iter().position(|regel| regel.naam == naam).unwrap();
    check_regel(&[schooljaar()], &kind, &protocol, nummer, verwacht);
}

const DINSDAGEN: [&str; 8] =
    ["2025-09-02", "2025-09-09", "2025-09-16", "2025-09-23", "2025-09-30", "2025-10-07", "2025-10-14", "2025-10-28"];

fn spijbelt(dagen: &[&str], uren: u8) -> Kind {
    kind(8).uren(dagen, Ongeoorloofd, uren)
}

#[test]
fn rule_5_sixteen_hours_in_four_lesweken_with_a_warning_at_twelve() {
    check_standaard(spijbelt(&DINSDAGEN[..4], 4), "16 uur", &["2025-09-16 48 nadert", "2025-09-23 64"]);
    check_standaard(spijbelt(&DINSDAGEN[..3], 4), "16 uur", &["2025-09-16 48 nadert"]);
    // 15.75 hours are not 16.
    let bijna = spijbelt(&DINSDAGEN[..3], 4).weg(DINSDAGEN[3], Ongeoorloofd, 15);
    check_standaard(bijna, "16 uur", &["2025-09-16 48 nadert"]);
    // A holiday week takes no place: 7 October and 28 October lie in four lesweken.
    check_standaard(spijbelt(&DINSDAGEN[5..], 6), "16 uur", &["2025-10-14 48 nadert", "2025-10-28 72"]);
    // Five lesweken is too long.
    check_standaard(spijbelt(&["2025-09-02", "2025-09-30"], 8), "16 uur", &[]);
    check_standaard(spijbelt(&["2025-09-03", "2025-09-30"], 8), "16 uur", &["2025-09-30 64"]);
}

#[test]
fn rule_6_counts_anew_after_the_crossing() {
    // 17 hours, then 12 more: the hours above the threshold are used up.
    let vaak = spijbelt(&["2025-09-01", "2025-09-02", "2025-09-04", "2025-09-05"], 8);
    check_standaard(vaak, "16 uur", &["2025-09-02 64", "2025-09-05 64"]);
    let meer = spijbelt(&["2025-09-01", "2025-09-02", "2025-09-04"], 8).uren(&["2025-09-05"], Ongeoorloofd, 4);
    check_standaard(meer, "16 uur", &["2025-09-02 64", "2025-09-05 48 nadert"]);
}

#[test]
fn rule_5_counts_hours_of_this_school_only() {
    let (een, twee) = (schooljaar(), schooljaar());
    let mut overstap = spijbelt(&["2025-09-01", "2025-09-02"], 7);
    overstap.assen = vec![vec![(0, dag("2025-09-08"), 0), (dag("2025-09-08"), u16::MAX, 1)]];
    let overstap = overstap.weg_bij(1, "2025-09-08", Ongeoorloofd, 28).weg_bij(1, "2025-09-09", Ongeoorloofd, 20);
    let standaard = protocol::lees(protocol::STANDAARD).unwrap();
    let verwacht = ["2025-09-02 56 nadert", "2025-09-09 48 nadert"];
    check_regel(&[een.clone(), twee.clone()], &overstap, &standaard, 0, &verwacht);
    // Without `per_school` the school does not matter.
    let samen = protocol(&[
        "soorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\nvenster = { lesweken = 4 }\n\
         drempel = 16\ndaarna = \"herstart\"",
    ]);
    check_regel(&[een, twee], &overstap, &samen, 0, &["2025-09-08 84"]);
}

#[test]
fn a_day_is_capped_once_at_the_dagtaak() {
    let dubbel = kind(6).weg("2025-09-01", Ongeoorloofd, 20).weg("2025-09-01", Ongeoorloofd, 20);
    let regel = |drempel: u8| {
        format!(
            "soorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\nvenster = {{ schooldagen = 1 }}\n\
             drempel = {drempel}\ndaarna = \"herstart\""
        )
    };
    check(dubbel.clone(), &regel(6), &["2025-09-01 24"]);
    check(dubbel, &regel(7), &[]);
    // A row `dag` counts as the dagtaak of that day.
    check(kind(5).weg("2025-09-01", Ongeoorloofd, 63), &regel(5), &["2025-09-01 20"]);
}

#[test]
fn without_a_dagtaak_no_hours_count_and_it_is_said() {
    let regel = "soorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\nvenster = { lesweken = 1 }\n\
                 drempel = 4\ndaarna = { stilte_schooldagen = 1 }";
    let mut zonder = spijbelt(&["2025-09-01", "2025-09-02", "2025-09-03"], 4);
    zonder.rooster = [Some(32), None, Some(32), None, None, None, None];
    check(zonder.clone(), regel, &["2025-09-01 16", "2025-09-03 32 gaten"]);
    let (axes, rows) = bouw(&[schooljaar()], &[zonder]);
    let uitkomst = evaluate_all(&rows, &axes, &Compiled::one(&protocol(&[regel])), 1);
    assert_eq!(uitkomst.zonder_dagtaak, 1);
    // Whole days are known all the same when the row says so.
    let mut dagen = kind(8).hele_dagen("2025-09-01", "2025-09-07", Ziek);
    dagen.rooster = [None; 7];
    let weg = "soorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nstappen = [5]\nhele_dag = true\ndaarna = \"geen\"";
    check(dagen, weg, &["2025-09-05 5"]);
}

#[test]
fn late_counts_in_hours_what_the_region_chose() {
    let regel = "soorten = [\"te_laat\", \"uitgestuurd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\n\
                 venster = { lesweken = 4 }\ndrempel = 1\ndaarna = \"herstart\"";
    let mut kiest = protocol(&[regel]);
    kiest.telt_uren.te_laat = 2;
    let laat = kind(8).weg("2025-09-01", TeLaat, 40).weg("2025-09-02", TeLaat, 1).weg("2025-09-03", Uitgestuurd, 40);
    check_regel(&[schooljaar()], &laat, &kiest, 0, &["2025-09-02 4"]);
    check(laat, regel, &[]);
}

#[test]
fn hysterese_fires_again_only_after_the_window_fell_below() {
    let regel = "soorten = [\"ongeoorloofd\"]\nvorm = \"som_in_venster\"\neenheid = \"uren\"\n\
                 venster = { schooldagen = 5 }\ndrempel = 16\ndaarna = { hysterese_onder = 8 }";
    let weken = ["2025-09-01", "2025-09-02", "2025-09-03"];
    check(spijbelt(&weken, 8), regel, &["2025-09-02 64"]);
    // On the 9th the window ending the schooldag before still holds 8 hours: not below 8.
    let net_niet = ["2025-09-01", "2025-09-02", "2025-09-09", "2025-09-10"];
    check(spijbelt(&net_niet, 8), regel, &["2025-09-02 64"]);
    // On the 10th it holds none.
    let onder = ["2025-09-01", "2025-09-02", "2025-09-10", "2025-09-11"];
    check(spijbelt(&onder, 8), regel, &["2025-09-02 64", "2025-09-11 64"]);
}

#[test]
fn luxe_fires_at_once_and_then_is_silent_for_ten_schooldagen() {
    let weg = kind(8).hele_dagen("2025-09-15", "2025-09-26", Luxe);
    check_standaard(weg.clone(), "vakantie zonder verlof", &["2025-09-15 1"]);
    // Ten schooldagen after the last day it held: 26 September + 10 = 10 October.
    let vlak_erna = weg.clone().weg("2025-10-09", Luxe, 63);
    check_standaard(vlak_erna, "vakantie zonder verlof", &["2025-09-15 1"]);
    let later = weg.weg("2025-10-10", Luxe, 63);
    check_standaard(later, "vakantie zonder verlof", &["2025-09-15 1", "2025-10-10 1"]);
}

#[test]
fn rule_37_fourth_time_ill_in_twelve_lesweken() {
    let vier = ["2025-09-01", "2025-09-15", "2025-10-06", "2025-11-10"];
    check_standaard(kind(8).uren(&vier, Ziek, 8), "ziek, vaak", &["2025-11-10 4"]);
    // Two days in a row, also over a weekend and a study day, are one spell.
    let drie = ["2025-09-01", "2025-09-12", "2025-09-15", "2025-11-11", "2025-11-13"];
    check_standaard(kind(8).uren(&drie, Ziek, 8), "ziek, vaak", &[]);
    // The fifth follows while there are still three in the window: no second signal.
    let vijf = ["2025-09-01", "2025-09-15", "2025-10-06", "2025-11-10", "2025-11-24"];
    check_standaard(kind(8).uren(&vijf, Ziek, 8), "ziek, vaak", &["2025-11-10 4"]);
}

#[test]
fn rule_38_seventh_schooldag_ill_in_a_row() {
    check_standaard(kind(8).hele_dagen("2025-09-01", "2025-09-30", Ziek), "ziek, lang", &["2025-09-09 7"]);
    // The autumn holiday neither counts nor breaks.
    check_standaard(kind(8).hele_dagen("2025-10-15", "2025-10-31", Ziek), "ziek, lang", &["2025-10-30 7"]);
    // Half a day at school breaks the run.
    let onderbroken = kind(8).hele_dagen("2025-09-01", "2025-09-04", Ziek).weg("2025-09-05", Ziek, 16);
    check_standaard(onderbroken.hele_dagen("2025-09-08", "2025-09-10", Ziek), "ziek, lang", &[]);
}

#[test]
fn rule_40_the_ladder_of_late() {
    let laat = kind(8).uren(&DINSDAGEN, TeLaat, 1);
    check_standaard(laat.clone(), "te laat", &["2025-09-16 3", "2025-10-07 6"]);
    // Several times on one day pass more than one step.
    let op_een_dag = (0..7).fold(kind(8), |kind, _| kind.weg("2025-09-01", TeLaat, 1));
    check_standaard(op_een_dag, "te laat", &["2025-09-01 3", "2025-09-01 6"]);
    // A row on a Saturday counts nowhere.
    check_standaard(kind(8).uren(&["2025-09-01", "2025-09-06", "2025-09-08"], TeLaat, 1), "te laat", &[]);
}

#[test]
fn the_school_year_turns_on_1_august() {
    let zomerschool = [school("2025-07-01", "2025-08-31", &[])];
    let laat = kind(8).uren(&["2025-07-29", "2025-07-30", "2025-08-01", "2025-08-04", "2025-08-05"], TeLaat, 1);
    let standaard = protocol::lees(protocol::STANDAARD).unwrap();
    let nummer = standaard.regels.iter().position(|regel| regel.naam == "te laat").unwrap();
    check_regel(&zomerschool, &laat, &standaard, nummer, &["2025-08-05 3"]);
}

#[test]
fn away_ten_and_twenty_days_whatever_the_reason() {
    let weg = kind(8)
        .hele_dagen("2025-09-01", "2025-09-05", Ziek)
        .hele_dagen("2025-09-08", "2025-09-19", Verlof)
        .hele_dagen("2025-09-20", "2025-09-30", ThuisOpVerzoekSchool);
    check_standaard(weg.clone(), "weg", &["2025-09-12 10", "2025-09-26 20"]);
    check_standaard(weg, "thuis op verzoek van de school", &["2025-09-22 1"]);
    // Hours of different kinds make a whole day together.
    let samen = (1..=12).fold(kind(8), |kind, dag| {
        let dag = format!("2025-09-{dag:02}");
        kind.weg(&dag, Ziek, 16).weg(&dag, Ongeoorloofd, 16)
    });
    check_standaard(samen, "weg", &["2025-09-12 10"]);
}

#[test]
fn three_calendar_months_may_pass_in_a_holiday() {
    let weg = kind(8).hele_dagen("2025-10-06", "2026-01-31", Ongeoorloofd);
    check_standaard(weg, "weg, drie maanden", &["2026-01-06 51"]);
    // No minimum position: the months may pass in a long summer.
    let zomer = [school("2025-06-16", "2025-11-28", &[("2025-06-20", "2025-10-19")])];
    let weg = kind(8).hele_dagen("2025-06-18", "2025-11-28", Ziek);
    let maanden = "soorten = [\"ziek\"]\nvorm = \"kalendermaanden\"\nmaanden = 3\nhele_dag = true\ndaarna = \"geen\"";
    check_regel(&zomer, &weg, &protocol(&[maanden]), 0, &["2025-10-20 3"]);
    // 30 November plus three months is 28 February, a Saturday: the Monday after.
    let winter = [school("2025-11-01", "2026-03-31", &[("2025-11-01", "2025-11-27")])];
    let weg = kind(8).hele_dagen("2025-11-28", "2026-03-31", Ziek);
    check_regel(&winter, &weg, &protocol(&[maanden]), 0, &["2026-03-02 67"]);
}

#[test]
fn rising_is_twice_the_window_before() {
    let regel = "soorten = [\"ongeoorloofd\"]\nvorm = \"stijging\"\neenheid = \"uren\"\nvenster = { schooldagen = 5 }\n\
                 factor = 2\nminimum = 6\ndaarna = { stilte_schooldagen = 5 }";
    // 4 hours, then 8 in the next five schooldagen: it holds on the Tuesday, and is silent on the Wednesday.
    let stijgt = spijbelt(&["2025-09-01"], 4).uren(&["2025-09-08", "2025-09-09", "2025-09-10"], Ongeoorloofd, 4);
    check(stijgt, regel, &["2025-09-09 32"]);
    // Below the minimum nothing happens.
    check(spijbelt(&["2025-09-08"], 5), regel, &[]);
}

#[test]
fn the_same_weekday_is_counted_per_weekday() {
    let regel = "soorten = [\"ongeoorloofd\", \"ziek\"]\nvorm = \"weekdag\"\nvenster = { lesweken = 8 }\ndrempel = 4\n\
                 daarna = { stilte_schooldagen = 40 }";
    check(spijbelt(&DINSDAGEN, 1), regel, &["2025-09-23 4"]);
    let woensdagen = ["2025-09-03", "2025-09-10", "2025-09-17", "2025-09-24"];
    let beide = spijbelt(&DINSDAGEN[..4], 1).uren(&woensdagen, Ziek, 8);
    check(beide, regel, &["2025-09-23 4", "2025-09-24 4"]);
    // Four different weekdays are no pattern.
    check(spijbelt(&["2025-09-01", "2025-09-09", "2025-09-17", "2025-09-25"], 1), regel, &[]);
}

#[test]
fn a_day_outside_every_delivery_neither_counts_nor_breaks() {
    let weg = "soorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nstappen = [5]\nhele_dag = true\ndaarna = \"geen\"";
    let mut onbekend = kind(8).hele_dagen("2025-09-01", "2025-09-12", Ziek);
    check(onbekend.clone(), weg, &["2025-09-05 5"]);
    onbekend.onbekend.insert(dag("2025-09-03"));
    check(onbekend, weg, &["2025-09-08 5 gaten"]);
    // The same for a school that did not deliver the day, and a known day in between still breaks.
    let mut school = schooljaar();
    school.bekend.remove(&dag("2025-09-03"));
    let twee = kind(8).hele_dagen("2025-09-01", "2025-09-02", Ziek).hele_dagen("2025-09-05", "2025-09-11", Ziek);
    check_regel(&[school], &twee, &protocol(&[weg]), 0, &["2025-09-11 5"]);
}

#[test]
fn two_schools_at_once_are_two_axes() {
    let weg = "soorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nstappen = [4]\nhele_dag = true\ndaarna = \"geen\"";
    let mut beide = kind(8).hele_dagen("2025-09-01", "2025-09-02", Ziek);
    beide.assen = vec![vec![(0, u16::MAX, 0)], vec![(dag("2025-09-01"), u16::MAX, 1)]];
    let beide = ["2025-09-03", "2025-09-04"].iter().fold(beide, |kind, op| kind.weg_bij(1, op, Ziek, 63));
    check_regel(&[schooljaar(), schooljaar()], &beide, &protocol(&[weg]), 0, &[]);
    // One signal when both schools see it on the same day.
    let ook = ["2025-09-01", "2025-09-02"].iter().fold(beide, |kind, op| kind.weg_bij(1, op, Ziek, 63));
    let ook = ook.hele_dagen("2025-09-03", "2025-09-04", Ziek);
    check_regel(&[schooljaar(), schooljaar()], &ook, &protocol(&[weg]), 0, &["2025-09-04 4"]);
}

#[test]
fn runs_cross_a_change_of_school() {
    let mut overstap = kind(8).hele_dagen("2025-09-01", "2025-09-03", Ziek);
    overstap.assen = vec![vec![(0, dag("2025-09-04"), 0), (dag("2025-09-08"), u16::MAX, 1)]];
    let overstap = ["2025-09-08", "2025-09-09"].iter().fold(overstap, |kind, op| kind.weg_bij(1, op, Ziek, 63));
    let weg = "soorten = [\"ziek\"]\nvorm = \"aaneengesloten\"\nstappen = [5]\nhele_dag = true\ndaarna = \"geen\"";
    check_regel(&[schooljaar(), schooljaar()], &overstap, &protocol(&[weg]), 0, &["2025-09-09 5"]);
}

/// Random cases prove little when nothing fires in them: every kind of row can reach a signal of the shipped rules.
#[test]
fn every_rule_that_is_on_can_fire() {
    let standaard = protocol::lees(protocol::STANDAARD).unwrap();
    for (nummer, regel) in standaard.regels.iter().enumerate().filter(|(_, regel)| regel.aan) {
        let soort = regel.soorten.iter().next().unwrap_or(VerzuimSoort::Ziek);
        let lang = kind(8).hele_dagen("2025-09-01", "2026-06-30", soort);
        let om_de_dag = DINSDAGEN.iter().fold(kind(8), |kind, op| kind.weg(op, soort, 63));
        let vuren = |kind: Kind| engine(&[schooljaar()], &[kind], &[(0, standaard.clone())], 1).remove(0);
        let alles: Vec<_> = vuren(lang).into_iter().chain(vuren(om_de_dag)).collect();
        assert!(alles.iter().any(|vuur| vuur.regel == nummer), "{}", regel.naam);
    }
}
