//! Days, statuses, exemptions, addresses and dossiers that were once read too well: each story is a way in which a child
//! went out of sight.

use std::sync::Arc;

use domain::Date;
use domain::aan_zet::aan_zet;
use domain::body::{
    Adres, Kennisgeving, KennisgevingToets, SluitReden, Sluiting, ToetsUitkomst, UitschrijfReden, VolgendeStap,
    VrijstellingBesluit, VrijstellingSoort,
};
use domain::calendar::begin_van_dag;
use domain::dagbeeld::{DagDeelname, Dagbeeld, SchoolVerzuim, Verzuimrijen};
use domain::dossier::{Dossier, Einde, Opening, dossier};
use domain::finding::Gap;
use domain::klok::{KlokStand, klokken};
use domain::nummers::Gemeentecode;
use domain::period::{Period, day_number};
use domain::status::vrijstelling::{Dekking, vrijstelling};
use domain::status::{StatusSoort, status};
use domain::timeline::Timeline;
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use testkit::{Kind, SCHOOL, SCHOOL_TWEE, SWV, dag, kind, leerplicht, mentor, moeder, regio};

/// At school for five weeks, until 6 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn maandag() -> Date {
    dag(2026, 2, 9)
}

#[test]
fn more_rows_than_a_day_can_hold_add_up_to_a_whole_day_missed() {
    for soort in [VerzuimSoort::Ongeoorloofd, VerzuimSoort::Lesuitval] {
        let number = u16::try_from(day_number(maandag())).unwrap();
        let rij = Rij { dag: number, lesuur: 0, duur: Duur::Kwartieren(96), soort };
        let school = SchoolVerzuim {
            school: SCHOOL,
            rijen: vec![rij.pack(); 1_000].into(),
            aangeleverd: vec![Period::day(maandag())].into(),
            afgewezen: Arc::from([]),
        };
        let t = Timeline::new(sam().feiten().iter().cloned(), Verzuimrijen { per_school: vec![school] });
        let beeld = Dagbeeld::of(&t, maandag(), &regio());
        let there = beeld.vanaf(maandag()).iter().any(|dag| dag.deelname > DagDeelname::Onbekend);
        assert!(!there, "{soort:?}");
    }
}

fn soort(child: &Kind, on: Date) -> StatusSoort {
    status(&child.timeline(), on, &regio()).value.soort
}

#[test]
fn silence_is_not_going_to_school() {
    use StatusSoort::{GaatNaarSchool, NietBekend};
    let new = || kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    let refused = new().dagen(SCHOOL, dag(2026, 1, 5), &"!".repeat(50));
    assert_eq!(soort(&refused, dag(2026, 3, 20)), NietBekend, "every row was refused");
    assert!(!status(&refused.timeline(), dag(2026, 3, 20), &regio()).gaps.is_empty());
    let one_day = new().dagen(SCHOOL, dag(2026, 3, 20), ".");
    assert_eq!(soort(&one_day, dag(2026, 3, 20)), NietBekend, "delivered today, and nothing before");
    for (tekens, expected) in [
        ("ooooo ooo??", NietBekend),
        ("o????", GaatNaarSchool),
        ("o???? ?....", GaatNaarSchool),
        ("o???? ??...", NietBekend),
        ("!!!!! .....", GaatNaarSchool),
        ("ooooo oooo.", GaatNaarSchool),
    ] {
        let child = sam().dagen(SCHOOL, maandag(), tekens);
        let last = if tekens.len() == 5 { dag(2026, 2, 13) } else { dag(2026, 2, 20) };
        assert_eq!(soort(&child, last), expected, "{tekens}");
    }
}

#[test]
fn the_old_address_of_a_school_ends_no_duty() {
    let gone = kind(dag(2011, 9, 3)).woont_hier(dag(2025, 8, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1)).uitgeschreven(
        SCHOOL,
        dag(2026, 1, 16),
        UitschrijfReden::Onbekend,
    );
    let elders = |by, vanaf| {
        let adres =
            Adres { postcode: None, huisnummer: "2".into(), gemeente: Gemeentecode::parse("0363").ok(), geheim: false };
        gone.clone().feit_bekend(Period::since(vanaf), begin_van_dag(vanaf), by, adres)
    };
    let on = dag(2026, 3, 20);
    let stale = elders(mentor(SCHOOL), dag(2025, 9, 1));
    assert_eq!(soort(&gone, on), StatusSoort::Absoluut);
    assert_eq!(soort(&stale, on), StatusSoort::Absoluut);
    let gaps = klokken(&stale.timeline(), on, &regio()).gaps;
    let ander = stale.laatste();
    assert!(gaps.iter().any(|gap| matches!(gap, Gap::Tegenspraak { ander: id, .. } if *id == ander)), "{gaps:?}");
    let moved = elders(leerplicht(), dag(2026, 2, 2));
    let ended = klokken(&moved.timeline(), on, &regio()).value;
    let stand: Vec<_> = ended.iter().map(|klok| klok.stand).collect();
    assert_eq!(stand, [KlokStand::Gesloten { op: dag(2026, 2, 2) }], "the municipality says that the child moved");
}

fn dekking(child: &Kind) -> Dekking {
    vrijstelling(&child.timeline(), dag(2026, 3, 20), &regio()).value
}

#[test]
fn a_refusal_on_one_ground_leaves_another_as_it_was() {
    let besluit = |child: Kind, dag, grond, toegekend| {
        child.toestand(dag, leerplicht(), VrijstellingBesluit { grond, toegekend })
    };
    let (september, maart) = (dag(2025, 9, 1), dag(2026, 3, 1));
    let granted = besluit(sam(), september, VrijstellingSoort::A15, true);
    let covered = Dekking::Gedekt { grond: VrijstellingSoort::A15, sinds: september };
    assert_eq!(dekking(&granted), covered);
    assert_eq!(dekking(&besluit(granted.clone(), maart, VrijstellingSoort::A3b, false)), covered);
    assert_eq!(dekking(&besluit(granted, maart, VrijstellingSoort::A15, false)), Dekking::Geen, "its own ground");
}

#[test]
fn a_notice_on_one_ground_leaves_another_as_it_was() {
    let notice = |child: Kind, vanaf, grond, uitkomst| {
        let kennisgeving = Kennisgeving { grond, ontvangen: vanaf, eerder: false, geen_jaarlijkse_verklaring: false };
        let child = child.toestand(vanaf, moeder(), kennisgeving);
        let kennisgeving = child.laatste();
        child.gebeurtenis(vanaf, leerplicht(), KennisgevingToets { kennisgeving, uitkomst, reden: "".into() })
    };
    let (september, maart) = (dag(2025, 9, 1), dag(2026, 3, 1));
    let meets = notice(sam(), september, VrijstellingSoort::A5b, ToetsUitkomst::Voldoet);
    let covered = Dekking::Gedekt { grond: VrijstellingSoort::A5b, sinds: september };
    let other = notice(meets.clone(), maart, VrijstellingSoort::A5c, ToetsUitkomst::VoldoetNiet);
    assert_eq!(dekking(&other), covered);
    let same = notice(meets, maart, VrijstellingSoort::A5b, ToetsUitkomst::VoldoetNiet);
    assert_eq!(dekking(&same), Dekking::Geen, "its own ground");
}

#[test]
fn a_dossier_that_a_clock_opened_stays_open_until_a_person_closes_it() {
    let back = sam().dagen(SCHOOL, maandag(), "ooooo ooooo").dagen(SCHOOL, dag(2026, 3, 2), &".".repeat(40));
    let staat = |child: &Kind, on| dossier(&child.timeline(), on, &regio()).value;
    let open = Dossier::Open { sinds: maandag(), door: Opening::Klok };
    let later = dag(2026, 4, 2);
    assert!(klokken(&back.timeline(), later, &regio()).value.iter().all(|klok| klok.stand.is_voorbij()));
    assert_eq!(staat(&back, dag(2026, 3, 20)), open, "not yet back for long enough");
    assert_eq!(staat(&back, later), open);
    let sluiting = Sluiting { reden: SluitReden::Terug, toelichting: "".into() };
    let closed = back.gebeurtenis(dag(2026, 4, 3), mentor(SCHOOL), sluiting);
    let door = Einde::Sluiting(closed.laatste());
    assert_eq!(staat(&closed, dag(2026, 4, 10)), Dossier::Gesloten { op: dag(2026, 4, 3), door });
}

#[test]
fn an_enrolment_that_nobody_ended_does_not_make_a_child_present() {
    let (weg, on) = (&"o".repeat(30), dag(2026, 3, 27));
    let both = |old: &str| {
        let child = sam().ingeschreven(SCHOOL_TWEE, maandag()).dagen(SCHOOL_TWEE, maandag(), weg);
        child.dagen(SCHOOL, maandag(), old)
    };
    for (old, expected) in [
        (".".repeat(30), StatusSoort::Thuiszittend),
        (String::new(), StatusSoort::Thuiszittend),
        ("!".repeat(30), StatusSoort::Thuiszittend),
        ("c".repeat(30), StatusSoort::Thuiszittend),
        ("h".repeat(30), StatusSoort::GaatSteedsMinder),
        ("u".repeat(30), StatusSoort::GaatNaarSchool),
    ] {
        assert_eq!(soort(&both(&old), on), expected, "{old}");
    }
    let said = |old: &str| {
        let gaps = status(&both(old).timeline(), on, &regio()).gaps;
        gaps.iter().filter(|gap| matches!(gap, Gap::Ontbreekt(text) if text.contains("beide scholen"))).count()
    };
    assert_eq!((said(&".".repeat(30)), said(weg), said(&"u".repeat(30))), (1, 0, 0), "once, not every day");
}

#[test]
fn the_clock_and_the_screen_name_the_same_organisation() {
    let away = sam().dagen(SCHOOL, maandag(), &"o".repeat(25));
    let step = |child: Kind, day, known, organisatie| {
        let uiterlijk = dag(2026, 4, 1);
        let stap = VolgendeStap { organisatie, medewerker: None, stap: "bellen".into(), uiterlijk };
        child.feit_bekend(Period::day(day), begin_van_dag(known), mentor(SCHOOL), stap)
    };
    // The swv takes over on 9 March; what the school did on the second is written down only on the eleventh.
    let child = step(away, dag(2026, 3, 9), dag(2026, 3, 9), SWV);
    let child = step(child, dag(2026, 3, 2), dag(2026, 3, 11), SCHOOL);
    let (t, on) = (child.timeline(), dag(2026, 3, 20));
    assert_eq!(aan_zet(&t, on, &regio()).value.map(|found| found.organisatie), Some(SWV));
    let klok = klokken(&t, on, &regio()).value.pop().unwrap();
    let days: Vec<_> = klok.beurten.iter().map(|beurt| (beurt.organisatie, beurt.dagen)).collect();
    assert_eq!(days, [(Some(SCHOOL), 7), (Some(SWV), 12), (None, 21)]);
}
