//! The clock (rules 58 to 61): how it opens, runs, stands still and ends.

mod aanbod;
mod maanden;
mod opening;

use domain::Date;
use domain::body::{
    AanbodSoort, Afwezigheid, InstemmingPlan, Kennisgeving, Oordeel, Plan, SluitReden, Sluiting, TeBevestigen,
    UitschrijfReden, VrijstellingSoort,
};
use domain::fact::FactId;
use domain::finding::{Finding, Gap};
use domain::klok::{Beurt, Gehaald, Klok, KlokStand, Label, Opening, Stuk, klok, klokken, waarom};
use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort;
use testkit::{
    GEMEENTE, Kind, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, ZORG, consulent, dag, kind, leerplicht, mentor, moeder,
    regio, zelf,
};

/// Fourteen years old, at school since the summer, always there until 9 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

/// Monday 9 February 2026, two weeks before the spring holiday (21 February to 1 March).
fn maandag() -> Date {
    dag(2026, 2, 9)
}

fn open(child: &Kind, on: Date) -> Option<Klok> {
    klok(&child.timeline(), on, &regio()).value
}

#[track_caller]
fn running(child: &Kind, on: Date) -> Klok {
    open(child, on).unwrap_or_else(|| panic!("geen klok op {on}"))
}

fn alle(child: &Kind, on: Date) -> Finding<Vec<Klok>> {
    klokken(&child.timeline(), on, &regio())
}

fn beurten(klok: &Klok) -> Vec<(Option<domain::ids::OrganisatieId>, u32)> {
    klok.beurten.iter().map(|Beurt { organisatie, dagen, .. }| (*organisatie, *dagen)).collect()
}

#[test]
fn regel_59_de_klok_van_sam() {
    // practice.md P12: ill and away before the holiday, away after it; nobody acted in the first week.
    let sam = sam().dagen(SCHOOL, maandag(), "zzzzo ooooo ooooo ooooo ooooo").stap(dag(2026, 2, 16), SCHOOL);
    let klok = running(&sam, dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.opening, klok.stand), (maandag(), Opening::GeenDeelname, KlokStand::Loopt));
    assert_eq!((klok.dag, klok.doel, klok.gehaald), (40, dag(2026, 5, 9), Gehaald::Nog));
    assert_eq!(beurten(&klok), [(Some(SCHOOL), 33), (None, 7)]);
    assert_eq!(klok.gebleken, dag(2026, 2, 20));
    let stuk = |van, tot_en_met, schooldagen, soorten: &[(VerzuimSoort, u32)]| Stuk::Schooldagen {
        van,
        tot_en_met,
        schooldagen,
        zonder_deelname: schooldagen,
        onbekend: 0,
        soorten: soorten.iter().copied().collect(),
    };
    assert_eq!(
        waarom(&sam.timeline(), &klok, dag(2026, 3, 20), &regio()),
        [
            stuk(maandag(), dag(2026, 2, 20), 10, &[(VerzuimSoort::Ziek, 4), (VerzuimSoort::Ongeoorloofd, 6)]),
            Stuk::Vakantie { van: dag(2026, 2, 21), tot_en_met: dag(2026, 3, 1) },
            stuk(dag(2026, 3, 2), dag(2026, 3, 20), 15, &[(VerzuimSoort::Ongeoorloofd, 15)]),
        ]
    );
    assert!(!klok.alleen_ziek_of_geschorst && klok.labels.is_empty());
}

#[test]
fn regel_60_vakantie_ertussen_is_een_periode() {
    let child = sam().dagen(SCHOOL, dag(2026, 2, 16), "ooooo ooooo ooooo");
    let klok = running(&child, dag(2026, 3, 6));
    assert_eq!((klok.begin, klok.opening), (dag(2026, 2, 16), Opening::GeenDeelname));
}

#[test]
fn regel_60_een_andere_school_zet_de_klok_niet_terug() {
    let child = sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .uitgeschreven(SCHOOL, dag(2026, 2, 28), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 1))
        .dagen(SCHOOL_TWEE, dag(2026, 3, 2), "..... ...oo ooooo ooooo");
    let klok = running(&child, dag(2026, 3, 27));
    assert_eq!((klok.begin, klok.dag), (maandag(), 47));
    let short = sam()
        .dagen(SCHOOL, maandag(), "ooooo")
        .uitgeschreven(SCHOOL, dag(2026, 2, 15), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 2, 16))
        .dagen(SCHOOL_TWEE, dag(2026, 2, 16), "ooooo");
    assert_eq!(running(&short, dag(2026, 2, 20)).begin, maandag(), "a run crosses schools");
}

#[test]
fn regel_60_wie_door_een_van_twee_scholen_gezien_is_doet_mee() {
    let child = sam().ingeschreven(SCHOOL_TWEE, dag(2026, 2, 1)).dagen(SCHOOL, maandag(), "ooooo ooooo ooooo").dagen(
        SCHOOL_TWEE,
        maandag(),
        "uuuuu uuuuu ooooo",
    );
    assert_eq!(open(&child, dag(2026, 3, 6)), None);
}

#[test]
fn regel_60_terug_is_twintig_schooldagen_op_rij() {
    let away = || sam().dagen(SCHOOL, maandag(), "ooooo ooooo");
    let back = away().dagen(SCHOOL, dag(2026, 3, 2), &".".repeat(20));
    assert_eq!(running(&back, dag(2026, 3, 26)).stand, KlokStand::Loopt, "nineteen days");
    assert_eq!(open(&back, dag(2026, 3, 27)), None);
    let spell = alle(&back, dag(2026, 3, 27)).value;
    assert_eq!(spell[0].stand, KlokStand::Terug { op: dag(2026, 3, 2) });
    assert_eq!((spell[0].dag, spell[0].gehaald), (21, Gehaald::Ja));

    let drop = away().dagen(SCHOOL, dag(2026, 3, 2), &format!("{}ooooo", ".".repeat(19)));
    let klok = running(&drop, dag(2026, 4, 2));
    assert_eq!((klok.begin, klok.stand), (maandag(), KlokStand::Loopt), "nineteen good days, then a drop");

    let unknown = away().dagen(SCHOOL, dag(2026, 3, 2), &format!("{}?{}", ".".repeat(10), ".".repeat(10)));
    assert!(open(&unknown, dag(2026, 3, 30)).is_some(), "twenty days that are known, on end");
}

#[test]
fn regel_60_wie_niet_is_ingeschreven_heeft_een_klok() {
    let gone = sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Verwijderd);
    assert_eq!(open(&gone, dag(2026, 3, 5)), None);
    let klok = running(&gone, dag(2026, 3, 6));
    assert_eq!((klok.begin, klok.opening), (dag(2026, 3, 6), Opening::NietIngeschreven));
    let of_old = gone.clone().bevestigt(dag(2025, 10, 1), leerplicht(), TeBevestigen::Absoluut, false);
    assert!(open(&of_old, dag(2026, 3, 6)).is_some(), "said of an earlier time");
    let dismissed = gone.bevestigt(dag(2026, 3, 9), leerplicht(), TeBevestigen::Absoluut, false);
    assert_eq!(open(&dismissed, dag(2026, 3, 20)), None, "leerplicht found the enrolment");

    let abroad = sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Buitenland);
    assert_eq!(open(&abroad, dag(2026, 4, 1)), None);
    let summer = sam().uitgeschreven(SCHOOL, dag(2026, 7, 10), UitschrijfReden::AndereSchool);
    assert_eq!(open(&summer, dag(2026, 8, 14)), None, "no schooldag without enrolment yet");
    let klok = running(&summer, dag(2026, 8, 17));
    assert_eq!((klok.begin, klok.dag), (dag(2026, 7, 11), 38), "the summer counts all the same");
}

#[test]
fn regel_60_nooit_ingeschreven() {
    // Five years old on 10 November 2024: duty from the first schooldag of December.
    let never = kind(dag(2019, 11, 10)).woont_hier(dag(2021, 5, 1));
    assert_eq!(open(&never, dag(2024, 12, 1)), None);
    let klok = running(&never, dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.opening, klok.gehaald), (dag(2024, 12, 2), Opening::NietIngeschreven, Gehaald::Nee));
    let enrolled = never.ingeschreven(SCHOOL, dag(2026, 4, 1));
    assert_eq!(running(&enrolled, dag(2026, 4, 10)).begin, dag(2024, 12, 2), "enrolment alone ends nothing");
    let at_school = enrolled.dagen(SCHOOL, dag(2026, 4, 1), &".".repeat(20));
    assert_eq!(alle(&at_school, dag(2026, 5, 20)).value[0].stand, KlokStand::Terug { op: dag(2026, 4, 1) });
}

#[test]
fn regel_60_voor_de_eerste_inschrijving_telt_alleen_wat_de_gemeente_toen_wist() {
    let on = dag(2025, 7, 1);
    let knew = sam().woont_hier(dag(2025, 6, 2));
    assert_eq!(running(&knew, on).begin, dag(2025, 6, 2));
    let told_later = sam().feit_bekend(
        domain::period::Period::since(dag(2025, 6, 2)),
        domain::calendar::begin_van_dag(dag(2025, 10, 1)),
        leerplicht(),
        domain::body::Adres { postcode: None, huisnummer: "1".into(), gemeente: None, geheim: false },
    );
    assert_eq!(open(&told_later, on), None, "until then the child may have been at a school elsewhere");
}

#[test]
fn regel_60_na_het_einde_van_de_plicht_hoeft_niemand_ingeschreven_te_zijn() {
    // Eighteen on 3 September 2029.
    let child = sam().uitgeschreven(SCHOOL, dag(2029, 6, 1), UitschrijfReden::Onbekend);
    assert_eq!(running(&child, dag(2029, 8, 30)).begin, dag(2029, 6, 2));
    assert_eq!(open(&child, dag(2029, 9, 3)), None);
    assert_eq!(alle(&child, dag(2029, 9, 3)).value[0].stand, KlokStand::Gesloten { op: dag(2029, 9, 3) });
}

#[test]
fn regel_60_wie_vertrekt_neemt_zijn_klok_mee() {
    let away = || sam().dagen(SCHOOL, maandag(), &"o".repeat(20));
    let on = dag(2026, 4, 1);
    let abroad = away().uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::Buitenland);
    assert_eq!(open(&abroad, on), None);
    assert_eq!(alle(&abroad, on).value[0].stand, KlokStand::Gesloten { op: dag(2026, 3, 14) });
    let verwijderd = away().uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::Verwijderd);
    assert_eq!(running(&verwijderd, on).begin, maandag(), "leaving a school ends nothing");

    // Nineteen years old: enrolled without a duty; the clock runs as long as the enrolment does.
    let adult = kind(dag(2007, 1, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, maandag(), &"o".repeat(20));
    assert_eq!(running(&adult, on).begin, maandag());
    let left = adult.uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::EindeOnderwijs);
    assert_eq!(open(&left, on), None);
}

#[test]
fn regel_60_zonder_lesuren_is_alleen_volledige_deelname_zeker_terug() {
    let mut without = regio();
    without.scholen.values_mut().for_each(|school| school.uren.clear());
    let child = sam().dagen(SCHOOL, maandag(), "ooooo ooooo").dagen(
        SCHOOL,
        dag(2026, 3, 2),
        &format!("{}o{}", ".".repeat(10), ".".repeat(20)),
    );
    let stand = |on| klokken(&child.timeline(), on, &without).value[0].stand;
    assert_eq!(stand(dag(2026, 3, 30)), KlokStand::Loopt, "how much nineteen of twenty days are is not known");
    assert_eq!(stand(dag(2026, 4, 14)), KlokStand::Terug { op: dag(2026, 3, 17) });
}
