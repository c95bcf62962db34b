//! Signals of the register under the default protocol, over a made-up year with its holidays. The school delivers each
//! month on the first of the next.

use domain::Date;
use domain::body::{
    Afhandeling, Afwezigheid, RijCorrectie, Rooster, SignaalAfhandeling, Stem, Vakanties, Verlof, VerlofGrond,
};
use domain::calendar::Vakantieregio;
use domain::fact::{Bron, NewFact, Source};
use domain::period::{Period, plus_days, plus_months};
use domain::signaal::{Opvolging, Signaal, SignaalSoort as S, opvolging, vervallen};
use domain::termijnen::termijnen;
use domain::verzuim::{Duur, Rij, VerzuimSoort as V};
use testkit::{DAG, SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{Log, NOOR, SAM, SINDS, dagrij, log, met, stelling, urenrij, volledig, wie};

/// Months of the school year of 2025.
fn maanden() -> impl Iterator<Item = Period> {
    let first = |month: i32| plus_months(dag(2025, 8, 1), month);
    (0..12).map(move |month| Period { from: first(month), until: Some(first(month + 1)) })
}

fn sam() -> Log {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &wie("1", "de Boer"));
    log
}

/// The school delivers the whole year, month by month; all rows are Sam's.
fn lever_jaar(log: &mut Log, rijen: &[u32]) {
    for maand in maanden() {
        let inside = |packed: &&u32| maand.contains(Rij::unpack(**packed).map_or(SINDS, dag_van));
        let rows: Vec<u32> = rijen.iter().filter(inside).copied().collect();
        log.op(maand.until.unwrap()).levert(&met(volledig(SCHOOL, maand), SAM, &rows, &[]));
    }
}

fn dag_van(rij: Rij) -> Date {
    domain::period::from_day_number(rij.dag.into())
}

fn jaar(rijen: &[u32]) -> Vec<Signaal> {
    let mut log = sam();
    lever_jaar(&mut log, rijen);
    log.register.timeline(SAM).unwrap().signalen
}

fn hele_dagen(soort: V, dagen: &[Date]) -> Vec<u32> {
    dagen.iter().map(|dag| dagrij(*dag, soort)).collect()
}

/// The next so many calendar days, weekends and holidays too: a row on a day without lessons counts nowhere.
fn vanaf(dag: Date, dagen: i32) -> Vec<Date> {
    (0..dagen).map(|n| plus_days(dag, n)).collect()
}

fn check(story: &str, rijen: &[u32], expected: &[(S, Date, u32)]) {
    let found: Vec<_> = jaar(rijen).iter().map(|s| (s.soort, s.dag, s.waarde)).collect();
    assert_eq!(found, expected, "{story}");
}

#[test]
fn rules_5_and_6_sixteen_hours_count_in_lesweken_and_start_anew() {
    let uren = |dagen: &[Date]| hele_dagen(V::Ongeoorloofd, dagen);
    // A day is five hours: three are twelve and more, four are sixteen and more.
    let vier = [dag(2025, 9, 1), dag(2025, 9, 8), dag(2025, 9, 15), dag(2025, 9, 22)];
    let nadert = (S::NadertZestienUur, dag(2025, 9, 15), 60);
    check("three days", &uren(&vier[..3]), &[nadert]);
    check("four days in four lesweken", &uren(&vier), &[nadert, (S::ZestienUur, dag(2025, 9, 22), 80)]);
    let vijf_weken = [dag(2025, 9, 1), dag(2025, 9, 9), dag(2025, 9, 16), dag(2025, 9, 30)];
    // By then the first day has left the window, so that twelve hours are neared anew.
    check(
        "the fourth falls outside",
        &uren(&vijf_weken),
        &[(S::NadertZestienUur, dag(2025, 9, 16), 60), (S::NadertZestienUur, dag(2025, 9, 30), 60)],
    );
    // The autumn holiday of 18 to 26 October takes no place in the four lesweken.
    let om_de_herfst = [dag(2025, 10, 7), dag(2025, 10, 14), dag(2025, 10, 28), dag(2025, 11, 3)];
    check(
        "over a holiday",
        &uren(&om_de_herfst),
        &[(S::NadertZestienUur, dag(2025, 10, 28), 60), (S::ZestienUur, dag(2025, 11, 3), 80)],
    );
    let twee_keer: Vec<Date> = vier.into_iter().chain([1, 2, 3, 6].map(|d| dag(2025, 10, d))).collect();
    check(
        "again after a signal, from the next day on",
        &uren(&twee_keer),
        &[
            nadert,
            (S::ZestienUur, dag(2025, 9, 22), 80),
            (S::NadertZestienUur, dag(2025, 10, 3), 60),
            (S::ZestienUur, dag(2025, 10, 6), 80),
        ],
    );
    let uitgestuurd: Vec<u32> = vier.iter().map(|dag| dagrij(*dag, V::Uitgestuurd)).collect();
    check("sent out never counts", &uitgestuurd, &[]);
}

#[test]
fn rule_8_holiday_without_leave_has_no_threshold() {
    let luxe = hele_dagen(V::Luxe, &[dag(2025, 10, 17)]);
    check("one day before the holiday", &luxe, &[(S::Luxe, dag(2025, 10, 17), 1)]);
    check("a day of the holiday itself", &hele_dagen(V::Luxe, &[dag(2025, 10, 20)]), &[]);
    let week = hele_dagen(V::Luxe, &vanaf(dag(2025, 10, 13), 5));
    check("a week is one signal", &week, &[(S::Luxe, dag(2025, 10, 13), 1)]);
}

#[test]
fn rules_37_and_38_illness() {
    let vier = [dag(2025, 9, 1), dag(2025, 9, 15), dag(2025, 10, 6), dag(2025, 11, 3)];
    check("often: four spells", &hele_dagen(V::Ziek, &vier), &[(S::ZiekVaak, dag(2025, 11, 3), 4)]);
    check("three spells", &hele_dagen(V::Ziek, &vier[..3]), &[]);
    let aan_elkaar = [dag(2025, 9, 1), dag(2025, 9, 2), dag(2025, 10, 6), dag(2025, 11, 3)];
    check("two days in a row are one spell", &hele_dagen(V::Ziek, &aan_elkaar), &[]);
    // Ill from Tuesday 14 October over the autumn holiday: the seventh schooldag is Wednesday 29 October.
    let lang = hele_dagen(V::Ziek, &vanaf(dag(2025, 10, 14), 16));
    check("long, over the holiday", &lang, &[(S::ZiekLang, dag(2025, 10, 29), 7)]);
    check("six schooldagen", &hele_dagen(V::Ziek, &vanaf(dag(2025, 9, 1), 8)), &[]);
}

#[test]
fn rule_40_too_late_goes_up_the_ladder_of_the_year() {
    let dagen = [1, 2, 3, 4, 5, 8].map(|d| urenrij(dag(2025, 9, d), 1, 1, V::TeLaat));
    check("six times", &dagen, &[(S::TeLaat, dag(2025, 9, 3), 3), (S::TeLaat, dag(2025, 9, 8), 6)]);
    check("two times", &dagen[..2], &[]);
}

#[test]
fn weg_counts_whole_days_of_any_cause() {
    let mut rijen = hele_dagen(V::Ziek, &vanaf(dag(2025, 9, 1), 5));
    rijen.extend(hele_dagen(V::ThuisOpVerzoekSchool, &[dag(2025, 9, 8)]));
    rijen.extend(hele_dagen(V::Geschorst, &vanaf(dag(2025, 9, 9), 6)));
    let gone: Vec<_> = jaar(&rijen).into_iter().filter(|s| s.soort == S::Weg).collect();
    assert_eq!(gone.iter().map(|s| (s.dag, s.waarde)).collect::<Vec<_>>(), [(dag(2025, 9, 12), 10)]);
    let lang: Vec<_> = jaar(&hele_dagen(V::Verlof, &vanaf(dag(2025, 9, 1), 30))).into_iter().collect();
    let weg = |waarde, dag| (S::Weg, dag, waarde);
    let found: Vec<_> = lang.iter().map(|s| (s.soort, s.dag, s.waarde)).collect();
    assert_eq!(found, [weg(10, dag(2025, 9, 12)), weg(20, dag(2025, 9, 26))]);
}

#[test]
fn a_signal_is_known_on_the_day_of_the_delivery_that_held_its_day() {
    let bekend = |rijen: &[u32]| jaar(rijen).iter().map(|s| (s.dag, s.bekend, s.onvolledig)).collect::<Vec<_>>();
    let luxe = hele_dagen(V::Luxe, &[dag(2025, 9, 30)]);
    assert_eq!(bekend(&luxe), [(dag(2025, 9, 30), Some(dag(2025, 10, 1)), false)]);
}

#[test]
fn what_another_school_delivered_makes_nothing_known() {
    let mut log = sam();
    // Sam went to the other school on 1 March; the old one delivers March at once, the new one in May.
    let vertrek = domain::body::Uitschrijving { school: SCHOOL, reden: domain::body::UitschrijfReden::AndereSchool };
    log.stelt(SAM, Period::day(dag(2026, 2, 28)), vertrek);
    log.leerling(SAM, SCHOOL_TWEE, dag(2026, 3, 1), &wie("8", "de Boer"));
    let maart = Period { from: dag(2026, 3, 1), until: Some(dag(2026, 4, 1)) };
    log.op(dag(2026, 4, 1)).levert(&volledig(SCHOOL, maart));
    let rijen = hele_dagen(V::Luxe, &[dag(2026, 3, 10)]);
    log.op(dag(2026, 5, 6)).levert(&met(volledig(SCHOOL_TWEE, maart), SAM, &rijen, &[]));
    let found = log.register.timeline(SAM).unwrap().signalen;
    assert_eq!(
        found.iter().map(|s| (s.dag, s.bekend)).collect::<Vec<_>>(),
        [(dag(2026, 3, 10), Some(dag(2026, 5, 6)))]
    );
}

#[test]
fn days_that_nobody_delivered_leave_a_gap_and_break_nothing() {
    let mut log = sam();
    let september = |first, last| Period::through(dag(2025, 9, first), dag(2025, 9, last));
    let ziek = |first, days| hele_dagen(V::Ziek, &vanaf(dag(2025, 9, first), days));
    log.op(dag(2025, 9, 8)).levert(&met(volledig(SCHOOL, september(1, 7)), SAM, &ziek(1, 5), &[]));
    log.op(dag(2025, 9, 29)).levert(&met(volledig(SCHOOL, september(15, 28)), SAM, &ziek(15, 5), &[]));
    let found = log.register.timeline(SAM).unwrap().signalen;
    let lang: Vec<_> = found.iter().filter(|s| s.soort == S::ZiekLang).map(|s| (s.dag, s.onvolledig)).collect();
    assert_eq!(lang, [(dag(2025, 9, 16), true)], "the week of 8 September is unknown");
    log.op(dag(2025, 9, 30)).levert(&volledig(SCHOOL, september(8, 14)));
    let found = log.register.timeline(SAM).unwrap().signalen;
    assert_eq!(found.iter().filter(|s| s.soort == S::ZiekLang).count(), 0, "the child was there that week");
}

#[test]
fn a_day_of_which_a_row_was_refused_is_unknown_too() {
    let mut log = sam();
    let september = Period::through(dag(2025, 9, 1), dag(2025, 9, 30));
    let mut dagen = vanaf(dag(2025, 9, 1), 10);
    dagen.retain(|dag| dag.day() != 3);
    let rijen = hele_dagen(V::Ziek, &dagen);
    log.levert(&met(volledig(SCHOOL, september), SAM, &rijen, &[dag(2025, 9, 3)]));
    let found = log.register.timeline(SAM).unwrap().signalen;
    let lang: Vec<_> = found.iter().filter(|s| s.soort == S::ZiekLang).map(|s| (s.dag, s.onvolledig)).collect();
    assert_eq!(lang, [(dag(2025, 9, 10), true)]);
}

#[test]
fn a_timetable_of_ones_own_wins_over_the_hours_of_the_school_for_as_long_as_it_holds() {
    let mut log = sam();
    let half = Rooster { kwartieren: [DAG / 2, DAG / 2, DAG / 2, DAG / 2, DAG / 2, 0, 0] };
    let herfst = Period::through(dag(2025, 9, 1), dag(2025, 10, 31));
    let rooster = NewFact { source: Source::of(Bron::School, SCHOOL), ..stelling(SAM, herfst, SCHOOL, half) };
    log.feit(rooster);
    // Another class in the middle of it changes no hours.
    log.feit(stelling(
        SAM,
        Period::since(dag(2025, 9, 15)),
        SCHOOL,
        wie("1", "de Boer").klas("2c").inschrijving(SCHOOL),
    ));
    let dagen = [dag(2025, 9, 1), dag(2025, 9, 8), dag(2025, 9, 16), dag(2025, 9, 23)];
    let november = [dag(2025, 11, 3), dag(2025, 11, 10), dag(2025, 11, 17), dag(2025, 11, 24)];
    let rijen = hele_dagen(V::Ongeoorloofd, &[dagen, november].concat());
    lever_jaar(&mut log, &rijen);
    let found = log.register.timeline(SAM).unwrap().signalen;
    let found: Vec<_> = found.iter().map(|s| (s.soort, s.dag, s.waarde)).collect();
    assert_eq!(
        found,
        [(S::NadertZestienUur, dag(2025, 11, 17), 60), (S::ZestienUur, dag(2025, 11, 24), 80)],
        "four half days are ten hours"
    );
}

#[test]
fn each_school_counts_on_its_own_calendar() {
    let mut log = sam();
    log.toestand(SCHOOL_TWEE, SINDS, Vakanties { regio: Vakantieregio::Zuid });
    log.register.settle();
    log.leerling(NOOR, SCHOOL_TWEE, dag(2024, 8, 1), &wie("2", "Visser"));
    // 20 to 24 October 2025 is the autumn holiday in Noord; in Zuid it was the week before.
    let week = Period::through(dag(2025, 10, 20), dag(2025, 10, 24));
    let rij = [Rij { dag: crate::bouw::number(dag(2025, 10, 21)), lesuur: 0, duur: Duur::Dag, soort: V::Luxe }.pack()];
    log.op(dag(2025, 10, 27)).levert(&met(volledig(SCHOOL, week), SAM, &rij, &[]));
    log.levert(&met(volledig(SCHOOL_TWEE, week), NOOR, &rij, &[]));
    let all = log.register.signalen(2);
    assert_eq!(all.get(&SAM).map_or(0, Vec::len), 0);
    assert_eq!(all[&NOOR].iter().map(|s| s.soort).collect::<Vec<_>>(), [S::Luxe]);
}

/// Five days without valid reason in September, delivered by the school.
fn vijf_dagen() -> (Log, [Date; 5]) {
    let dagen = [1, 2, 3, 4, 5].map(|day| dag(2025, 9, day));
    let mut log = sam();
    lever_jaar(&mut log, &hele_dagen(V::Ongeoorloofd, &dagen));
    (log, dagen)
}

fn soorten(log: &Log) -> Vec<S> {
    log.register.timeline(SAM).unwrap().signalen.iter().map(|s| s.soort).collect()
}

fn termijn_van_zestien_uur(log: &Log) -> usize {
    let timeline = log.register.timeline(SAM).unwrap();
    let terms = termijnen(&timeline, dag(2025, 10, 3), log.register.rules());
    terms.iter().filter(|term| term.regel.regel == "5").count()
}

#[test]
fn what_the_school_corrected_to_illness_fires_no_sixteen_hours() {
    let (mut log, dagen) = vijf_dagen();
    assert_eq!(soorten(&log), [S::NadertZestienUur, S::ZestienUur]);
    assert_eq!(termijn_van_zestien_uur(&log), 1);
    for dag in dagen {
        let wordt = Some((V::Ziek, Duur::Dag));
        let correctie = RijCorrectie { lesuur: 0, soort: V::Ongeoorloofd, wordt, reden: "was ziek".into() };
        log.stelt(SAM, Period::day(dag), correctie);
    }
    assert_eq!(soorten(&log), []);
    assert_eq!(termijn_van_zestien_uur(&log), 0);
}

#[test]
fn leave_that_was_granted_takes_the_signal_away_and_leave_that_was_refused_does_not() {
    for (toegekend, expected) in [(false, vec![S::NadertZestienUur, S::ZestienUur]), (true, vec![])] {
        let (mut log, dagen) = vijf_dagen();
        let verlof = Verlof { grond: VerlofGrond::G, toegekend, kwartieren_per_week: 0 };
        log.stelt(SAM, Period::through(dagen[0], dagen[4]), verlof);
        assert_eq!(soorten(&log), expected, "toegekend: {toegekend}");
    }
}

#[test]
fn an_absence_that_a_person_stated_counts_where_nothing_was_delivered() {
    let ziek = Afwezigheid { soort: V::Ziek, toelichting: "".into() };
    let mut log = sam();
    // Seven schooldagen.
    log.op(dag(2025, 9, 9)).stelt(SAM, Period::through(dag(2025, 9, 1), dag(2025, 9, 9)), ziek.clone());
    assert_eq!(soorten(&log), [S::ZiekLang]);
    let mut open_end = sam();
    open_end.op(dag(2025, 9, 1)).stelt(SAM, Period::since(dag(2025, 9, 1)), ziek);
    assert_eq!(soorten(&open_end), [], "of the days after it nothing is known yet");
    open_end.op(dag(2025, 10, 1)).levert(&volledig(SCHOOL, Period::through(dag(2025, 9, 1), dag(2025, 9, 30))));
    assert_eq!(soorten(&open_end), [], "the delivery goes first");
}

#[test]
fn a_handled_signal_keeps_its_handling_when_a_correction_moves_its_day() {
    let mut log = sam();
    let dagen = |rijen: &[Date]| hele_dagen(V::Ongeoorloofd, rijen);
    let vier = [dag(2025, 9, 1), dag(2025, 9, 8), dag(2025, 9, 15), dag(2025, 9, 22)];
    lever_jaar(&mut log, &dagen(&vier));
    let zestien = |log: &Log| {
        let signalen = log.register.timeline(SAM).unwrap().signalen;
        signalen.into_iter().find(|s| s.soort == S::ZestienUur).unwrap()
    };
    let eerst = zestien(&log);
    assert_eq!((eerst.dag, eerst.stap, eerst.was), (dag(2025, 9, 22), 0, None));
    let gedaan = SignaalAfhandeling {
        regel: eerst.regel.as_str().into(),
        eerste_dag: eerst.dag,
        stap: Some(eerst.stap),
        afhandeling: Afhandeling::Opgepakt,
        reden: "".into(),
        stem: Stem::Eigen,
    };
    log.feit(stelling(SAM, Period::day(dag(2025, 10, 2)), SCHOOL, gedaan.clone()));
    assert_eq!(zestien(&log), eerst, "nothing moved");

    // The row of the 22nd was that of the 23rd.
    let september = Period { from: dag(2025, 9, 1), until: Some(dag(2025, 10, 1)) };
    let nu = [dag(2025, 9, 1), dag(2025, 9, 8), dag(2025, 9, 15), dag(2025, 9, 23)];
    log.levert(&met(volledig(SCHOOL, september), SAM, &dagen(&nu), &[]));
    let later = zestien(&log);
    assert_eq!((later.dag, later.was), (dag(2025, 9, 23), Some(dag(2025, 9, 22))));
    let t = log.register.timeline(SAM).unwrap();
    assert!(matches!(opvolging(&t, &later, dag(2025, 10, 10)), Opvolging::Opgepakt(_)));
    assert_eq!(vervallen(&t).count(), 0);

    // All of it was excused: what was done about it does not disappear silently.
    log.levert(&met(volledig(SCHOOL, september), SAM, &hele_dagen(V::Verlof, &nu), &[]));
    let t = log.register.timeline(SAM).unwrap();
    assert_eq!(t.signalen, []);
    assert_eq!(vervallen(&t).map(|(_, gedaan)| gedaan).collect::<Vec<_>>(), [&gedaan]);
}

#[test]
fn a_signal_leads_to_the_rule_as_it_was_on_its_day() {
    let mut log = sam();
    let anders = signals::protocol::STANDAARD.replace("16 uur of meer", "zestien uur of meer");
    log.protocol(dag(2025, 10, 1), "2", &anders);
    log.register.settle();
    let zin = |naam, dag| log.register.signaalregel(naam, dag).map(|regel| regel.zin.as_str());
    assert!(zin("16 uur", dag(2025, 9, 30)).unwrap().contains("16 uur of meer"));
    assert!(zin("16 uur", dag(2025, 10, 1)).unwrap().contains("zestien uur of meer"));
    assert!(zin("16 uur", dag(2001, 1, 1)).is_some(), "of a day before the first version");
    assert_eq!(zin("bestaat niet", dag(2025, 10, 1)), None);
}
