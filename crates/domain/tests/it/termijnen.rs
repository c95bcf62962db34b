//! The numbered rules: what is due, by whom, by when, and what fulfils it.

use domain::Date;
use domain::body::{
    Afhandeling, Afwezigheid, Besluit, BesluitSoort, Consult, ConsultStap, Contact, Gesprek, GesprekSoort,
    Hoedanigheid, Kennisgeving, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Met,
    Ondersteuningsvraag, Onderzoek, OnderzoekStap, Oordeel, Schoolloopbaan, SignaalAfhandeling, Taak, UitschrijfReden,
    Verantwoordelijke, Verhoor, Verklaring, VraagVan, VrijstellingBesluit, VrijstellingSoort, Wijze,
};
use domain::calendar::begin_van_dag;
use domain::fact::{FactId, Rol};
use domain::ids::{MedewerkerId, OrganisatieId, PersoonId};
use domain::period::{Period, plus_days};
use domain::signaal::{Signaal, SignaalSoort};
use domain::termijnen::{Stand, Termijn, Uitwerking, Wie, termijnen, uitwerking};
use domain::verzuim::VerzuimSoort;
use proptest::prelude::*;
use testkit::{
    BESTUUR, GEMEENTE, Kind, MOEDER, SCHOOL, SWV, VADER, consulent, dag, kind, leerplicht, mentor, moeder, regio, zelf,
};

const GEBOREN: Date = dag(2012, 3, 10);

/// A pupil of fourteen at the school of the stories, who lives in the municipality.
fn sam() -> Kind {
    kind(GEBOREN).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn signaal(soort: SignaalSoort, dag: Date, waarde: u32) -> Signaal {
    Signaal { regel: soort.code().to_owned(), soort, dag, stap: 0, was: None, waarde, bekend: None, onvolledig: false }
}

fn melding(soort: MeldingSoort, begin: Date) -> Melding {
    let leeg = || "".into();
    Melding {
        soort,
        begin,
        einde: None,
        reden: leeg(),
        alle_lessen: true,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
}

fn contact(bereikt: bool) -> Contact {
    Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt, notitie: "".into() }
}

fn gesprek(soort: GesprekSoort) -> Gesprek {
    Gesprek { soort, ouders: true, leerling: true, afspraken: "".into() }
}

fn met_signalen(kind: &Kind, signalen: &[Signaal], on: Date) -> Uitwerking {
    uitwerking(&kind.timeline().with_signalen(signalen.to_vec()), on, &regio())
}

fn van<'a>(alles: &'a [Termijn], regel: &str) -> Vec<&'a Termijn> {
    let mut found: Vec<&Termijn> = alles.iter().filter(|t| t.regel.regel == regel).collect();
    found.sort_by_key(|t| (t.dag_zelf, t.wat.clone()));
    found
}

/// The terms of one rule on a day: how each stands, its last day, and the fact that fulfilled it.
fn check(
    kind: &Kind,
    signalen: &[Signaal],
    on: Date,
    regel: &str,
    expected: &[(Stand, Option<Date>, Option<FactId>)],
) -> Vec<Termijn> {
    let all = met_signalen(kind, signalen, on).termijnen;
    let found = van(&all, regel);
    let got: Vec<_> = found.iter().map(|t| (t.stand, t.uiterlijk, t.vervuld_door)).collect();
    assert_eq!(got, expected, "regel {regel} op {on}: {found:#?}");
    found.into_iter().cloned().collect()
}

fn wie(termijn: &Termijn) -> (Option<OrganisatieId>, Option<Rol>) {
    match &termijn.wie {
        Wie::Organisatie { organisatie, rol, .. } => (*organisatie, *rol),
        Wie::WachtOp { vrager, rol, .. } => (*vrager, Some(*rol)),
        Wie::Duo | Wie::Niemand => (None, None),
    }
}

#[test]
fn regels_1_tot_en_met_4_geven_data_om_te_weten_en_niemand_is_iets_schuldig() {
    let on = dag(2016, 1, 1);
    let rows = [("1", dag(2017, 4, 3)), ("2", dag(2028, 7, 31)), ("3", dag(2030, 3, 10)), ("4", dag(2024, 3, 10))];
    for (regel, dag) in rows {
        let found = check(&sam(), &[], on, regel, &[(Stand::Open, Some(dag), None)]);
        assert_eq!(found[0].wie, Wie::Niemand, "regel {regel}");
    }
    check(&sam(), &[], dag(2024, 3, 10), "4", &[(Stand::Vandaag, Some(dag(2024, 3, 10)), None)]);
    check(&sam(), &[], dag(2024, 3, 11), "4", &[(Stand::Vervallen, Some(dag(2024, 3, 10)), None)]);
    let diploma = Schoolloopbaan { startkwalificatie: true, ..Schoolloopbaan::default() };
    let met = sam().toestand(dag(2029, 7, 1), mentor(SCHOOL), diploma);
    check(&met, &[], dag(2029, 7, 2), "3", &[(Stand::Vervallen, Some(dag(2029, 7, 1)), None)]);
}

#[test]
fn regel_5_melden_binnen_vijf_werkdagen_en_op_de_laatste_dag_is_niet_te_laat() {
    // Thursday 23 April 2026; King's Day (27 April) and the weekend are no working days.
    let signalen = [signaal(SignaalSoort::ZestienUur, dag(2026, 4, 23), 64)];
    let laatste = Some(dag(2026, 5, 1));
    for (on, stand) in [
        (dag(2026, 4, 23), Stand::Open),
        (dag(2026, 4, 30), Stand::Open),
        (dag(2026, 5, 1), Stand::Vandaag),
        (dag(2026, 5, 2), Stand::TeLaat),
    ] {
        let found = check(&sam(), &signalen, on, "5", &[(stand, laatste, None)]);
        assert_eq!(wie(&found[0]), (Some(SCHOOL), Some(Rol::Schoolleider)));
        assert!(found[0].wat.contains("16 uur"));
    }
    check(&sam(), &signalen, dag(2026, 4, 22), "5", &[]);
    // Contact with parents ends no duty to report; a melding does.
    let gebeld = sam().gebeurtenis(dag(2026, 4, 24), mentor(SCHOOL), contact(true));
    check(&gebeld, &signalen, dag(2026, 5, 2), "5", &[(Stand::TeLaat, laatste, None)]);
    let gemeld = gebeld.gebeurtenis(dag(2026, 5, 1), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 4, 1)));
    let found = check(&gemeld, &signalen, dag(2026, 6, 1), "5", &[(Stand::Vervuld, laatste, Some(gemeld.laatste()))]);
    assert_eq!(found[0].op_tijd(), Some(true));
    // On the day before, nobody knew of that melding yet.
    check(&gemeld, &signalen, dag(2026, 4, 30), "5", &[(Stand::Open, laatste, None)]);
    // From 18 reporting is voluntary.
    let achttien = kind(dag(2008, 4, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    check(&achttien, &signalen, dag(2026, 5, 2), "5", &[]);
}

#[test]
fn regel_6_na_een_melding_begint_het_opnieuw_en_een_melding_per_zeven_dagen_is_genoeg() {
    let signalen = [
        signaal(SignaalSoort::ZestienUur, dag(2026, 3, 2), 64),
        signaal(SignaalSoort::ZestienUur, dag(2026, 3, 6), 64),
        signaal(SignaalSoort::ZestienUur, dag(2026, 3, 9), 64),
    ];
    let kind = sam().gebeurtenis(dag(2026, 3, 3), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 2, 16)));
    let on = dag(2026, 3, 10);
    check(&kind, &signalen, on, "5", &[(Stand::Vervuld, Some(dag(2026, 3, 9)), Some(kind.laatste()))]);
    check(&kind, &signalen, on, "6", &[(Stand::Open, Some(dag(2026, 3, 16)), None)]);
}

#[test]
fn regel_5_vervullen_gaat_een_op_een_en_de_oudste_aanleiding_gaat_voor() {
    let signalen = [
        signaal(SignaalSoort::ZestienUur, dag(2026, 3, 2), 64),
        signaal(SignaalSoort::ZestienUur, dag(2026, 3, 16), 64),
    ];
    let een = sam().gebeurtenis(dag(2026, 3, 17), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 3, 1)));
    let on = dag(2026, 3, 30);
    check(&een, &signalen, on, "5", &[(Stand::Vervuld, Some(dag(2026, 3, 9)), Some(een.laatste()))]);
    check(&een, &signalen, on, "6", &[(Stand::TeLaat, Some(dag(2026, 3, 23)), None)]);
}

#[test]
fn een_melding_zonder_aanleiding_wordt_gezien_maar_niet_waar_niets_is_aangeleverd() {
    let gemeld =
        |kind: Kind| kind.gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 3, 9)));
    let geleverd = gemeld(sam().dagen(SCHOOL, dag(2026, 3, 9), "....."));
    let found = met_signalen(&geleverd, &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert_eq!(
        found.iter().map(|z| (z.regel.regel, z.feit, z.onbekend)).collect::<Vec<_>>(),
        [("5", geleverd.laatste(), false)]
    );
    let onbekend = met_signalen(&gemeld(sam()), &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert!(onbekend.iter().all(|z| z.onbekend) && onbekend.len() == 1);
}

#[test]
fn regel_7_meer_dan_vier_weken_is_lrv_en_vakantie_telt_niet_mee() {
    // Monday 5 January 2026: 5 lesweken without reason; the fifth Monday is 2 February.
    let weg = sam().dagen(SCHOOL, dag(2026, 1, 5), &"ooooo".repeat(5));
    check(&weg, &[], dag(2026, 1, 30), "7", &[]);
    let found = check(&weg, &[], dag(2026, 2, 6), "7", &[(Stand::Open, None, None)]);
    assert_eq!((found[0].dag_zelf, found[0].norm.in_woorden()), (dag(2026, 2, 2), "onverwijld".to_owned()));
    let gemeld = weg.gebeurtenis(dag(2026, 2, 4), mentor(SCHOOL), melding(MeldingSoort::Lrv, dag(2026, 1, 5)));
    check(&gemeld, &[], dag(2026, 2, 6), "7", &[(Stand::Vervuld, None, Some(gemeld.laatste()))]);
    // The week of spring holiday (23-27 February 2026) takes no place.
    let vakantie = sam().dagen(SCHOOL, dag(2026, 2, 2), &"ooooo".repeat(5));
    let found = check(&vakantie, &[], dag(2026, 3, 20), "7", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 9));
    // Ill for as long: nothing to report.
    check(&sam().dagen(SCHOOL, dag(2026, 1, 5), &"zzzzz".repeat(6)), &[], dag(2026, 3, 20), "7", &[]);
}

#[test]
fn regel_8_vakantie_zonder_verlof_wordt_gemeld_hoe_kort_ook() {
    let signalen = [signaal(SignaalSoort::Luxe, dag(2026, 6, 5), 1)];
    check(&sam(), &signalen, dag(2026, 6, 8), "8", &[(Stand::Open, None, None)]);
    let gemeld = sam().gebeurtenis(dag(2026, 6, 8), mentor(SCHOOL), melding(MeldingSoort::L, dag(2026, 6, 5)));
    check(&gemeld, &signalen, dag(2026, 6, 8), "8", &[(Stand::Vervuld, None, Some(gemeld.laatste()))]);
}

#[test]
fn regel_9_overig_en_v4_zijn_vrijwillig_dus_geen_termijn_en_geen_bevinding() {
    let kind = sam()
        .dagen(SCHOOL, dag(2026, 3, 9), ".....")
        .gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::O, dag(2026, 3, 9)))
        .gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::V4, dag(2026, 3, 9)));
    let found = met_signalen(&kind, &[], dag(2026, 3, 20));
    assert_eq!(van(&found.termijnen, "9"), Vec::<&Termijn>::new());
    assert_eq!(found.zonder_aanleiding, []);
}

#[test]
fn regel_10_vanaf_18_meldt_het_bestuur_na_vier_weken() {
    let jan =
        kind(dag(2007, 10, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &"ooooo".repeat(4));
    check(&jan, &[], dag(2026, 1, 29), "10", &[]);
    let found = check(&jan, &[], dag(2026, 1, 30), "10", &[(Stand::Open, None, None)]);
    assert_eq!((wie(&found[0]).0, found[0].dag_zelf), (Some(BESTUUR), dag(2026, 1, 30)));
    let diploma = Schoolloopbaan { startkwalificatie: true, ..Schoolloopbaan::default() };
    check(&jan.toestand(dag(2025, 7, 1), mentor(SCHOOL), diploma), &[], dag(2026, 1, 30), "10", &[]);
}

#[test]
fn regel_11_de_einddatum_bij_terugkeer_of_uitschrijving() {
    let gemeld = sam().dagen(SCHOOL, dag(2026, 3, 2), "ooooo ooz.. .....").gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = gemeld.laatste();
    check(&gemeld, &[], dag(2026, 3, 11), "11", &[]);
    let found = check(&gemeld, &[], dag(2026, 3, 12), "11", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 12));
    let klaar = gemeld.clone().gebeurtenis(
        dag(2026, 3, 13),
        mentor(SCHOOL),
        MeldingEinde { melding: id, einde: dag(2026, 3, 11) },
    );
    check(&klaar, &[], dag(2026, 3, 20), "11", &[(Stand::Vervuld, None, Some(klaar.laatste()))]);
    let weg = sam()
        .gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding(MeldingSoort::Lrv, dag(2026, 3, 2)))
        .uitgeschreven(SCHOOL, dag(2026, 3, 9), UitschrijfReden::AndereSchool);
    let found = check(&weg, &[], dag(2026, 3, 20), "11", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 9));
}

#[test]
fn regel_12_en_13_zijn_van_duo_en_vragen_niemand_iets() {
    let besluit = VrijstellingBesluit { grond: VrijstellingSoort::A15, toegekend: true };
    let kind = sam().feit(Period::through(dag(2026, 2, 1), dag(2026, 7, 31)), leerplicht(), besluit).gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = kind.laatste();
    for regel in ["12", "13"] {
        let found = check(&kind, &[], dag(2026, 3, 9), regel, &[(Stand::Open, None, None)]);
        assert_eq!(found[0].wie, Wie::Duo);
    }
    let ingetrokken = MeldingStatus { melding: id, status: MeldingStand::Ingetrokken, reden: "V".into() };
    let kind = kind.gebeurtenis(dag(2026, 3, 10), leerplicht(), ingetrokken);
    for regel in ["12", "13"] {
        check(&kind, &[], dag(2026, 3, 10), regel, &[(Stand::Vervuld, None, Some(kind.laatste()))]);
    }
    check(&kind, &[], dag(2026, 3, 10), "14", &[(Stand::Vervallen, Some(dag(2026, 3, 12)), None)]);
}

#[test]
fn regel_14_leerplicht_reageert_binnen_vijf_werkdagen_nadat_zij_het_kon_weten() {
    // Made on Thursday 5 March, known in the register on Tuesday 10 March: the later day counts, both are shown.
    let (gedaan, bekend) = (dag(2026, 3, 5), dag(2026, 3, 10));
    let kind = sam().feit_bekend(
        Period::day(gedaan),
        begin_van_dag(bekend),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = kind.laatste();
    let laatste = Some(dag(2026, 3, 17));
    let found = check(&kind, &[], dag(2026, 3, 17), "14", &[(Stand::Vandaag, laatste, None)]);
    assert_eq!((found[0].dag_zelf, found[0].kon_weten), (gedaan, bekend));
    assert_eq!(wie(&found[0]), (Some(GEMEENTE), Some(Rol::Leerplichtambtenaar)));
    let b = MeldingStatus { melding: id, status: MeldingStand::InBehandeling, reden: "".into() };
    let kind = kind.gebeurtenis(dag(2026, 3, 18), leerplicht(), b);
    let found = check(&kind, &[], dag(2026, 3, 19), "14", &[(Stand::Vervuld, laatste, Some(kind.laatste()))]);
    assert_eq!(found[0].op_tijd(), Some(false));
}

#[test]
fn regel_15_elke_ouder_met_gezag_en_de_leerling_vanaf_twaalf_wordt_gehoord() {
    let gemeld = sam().met_gezag(VADER, GEBOREN).gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = gemeld.laatste();
    let stap = |stap| Onderzoek { melding: Some(id), stap };
    let hoor = |ouder: Option<PersoonId>| Verhoor { melding: Some(id), ouder };
    let kind = gemeld.gebeurtenis(dag(2026, 3, 10), leerplicht(), stap(OnderzoekStap::Gestart));
    let open = (Stand::Open, None, None);
    check(&kind, &[], dag(2026, 3, 20), "15", &[open, open, open]);
    let kind = kind
        .gebeurtenis(dag(2026, 3, 12), leerplicht(), hoor(Some(MOEDER)))
        .gebeurtenis(dag(2026, 3, 13), leerplicht(), hoor(None))
        .gebeurtenis(dag(2026, 3, 20), leerplicht(), stap(OnderzoekStap::Afgerond));
    let all = met_signalen(&kind, &[], dag(2026, 3, 21)).termijnen;
    let stands: Vec<Stand> = van(&all, "15").iter().map(|t| t.stand).collect();
    assert_eq!(stands.iter().filter(|s| **s == Stand::Vervuld).count(), 2);
    assert_eq!(stands.iter().filter(|s| **s == Stand::TeLaat).count(), 1, "the father was never heard");
    // Under twelve only parents are heard.
    let jong = kind_van(dag(2016, 5, 1)).gebeurtenis(
        dag(2026, 3, 10),
        leerplicht(),
        Onderzoek { melding: None, stap: OnderzoekStap::Gestart },
    );
    check(&jong, &[], dag(2026, 3, 20), "15", &[open]);
    // Hearing somebody without an examination is seen.
    let zonder = sam().gebeurtenis(dag(2026, 3, 12), leerplicht(), Verhoor { melding: None, ouder: Some(MOEDER) });
    let found = met_signalen(&zonder, &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert_eq!(found.iter().map(|z| z.regel.regel).collect::<Vec<_>>(), ["15"]);
}

fn kind_van(geboren: Date) -> Kind {
    kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

#[test]
fn regel_19_de_school_wacht_op_bericht_over_ziekte_en_ouders_zijn_nooit_te_laat() {
    // Friday 13 March plus two days ends on Sunday: Monday, by the Algemene termijnenwet.
    let ziek = || Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "".into() };
    let kind = sam().feit(Period::day(dag(2026, 3, 13)), mentor(SCHOOL), ziek());
    let laatste = Some(dag(2026, 3, 16));
    let found = check(&kind, &[], dag(2026, 3, 30), "19", &[(Stand::Open, laatste, None)]);
    assert!(matches!(found[0].wie, Wie::WachtOp { vrager: Some(SCHOOL), .. }));
    assert!(found[0].wat.starts_with("Wij wachten op"));
    let gemeld = kind.feit(Period::day(dag(2026, 3, 14)), moeder(), ziek());
    check(&gemeld, &[], dag(2026, 3, 30), "19", &[(Stand::Vervuld, laatste, Some(gemeld.laatste()))]);
    // What parents report themselves waits for nothing.
    check(&sam().feit(Period::day(dag(2026, 3, 13)), moeder(), ziek()), &[], dag(2026, 3, 30), "19", &[]);
}

#[test]
fn regel_25_en_26_doorgeven_binnen_zeven_dagen_en_een_verwijdering_terstond() {
    // Enrolled on Wednesday 29 April 2026: seven days end on 6 May; told on 7 May.
    let laat = kind(GEBOREN).feit_bekend(
        Period::since(dag(2026, 4, 29)),
        begin_van_dag(dag(2026, 5, 7)),
        mentor(SCHOOL),
        inschrijving("2b"),
    );
    let id = laat.laatste();
    let found = check(&laat, &[], dag(2026, 6, 1), "25", &[(Stand::Vervuld, Some(dag(2026, 5, 6)), Some(id))]);
    assert_eq!(found[0].op_tijd(), Some(false));
    // Seven days after Friday 17 April is Friday; after Monday 20 April it is King's Day: the day after.
    let uit = sam().uitgeschreven(SCHOOL, dag(2026, 4, 20), UitschrijfReden::Verwijderd);
    let rows =
        van(&met_signalen(&uit, &[], dag(2026, 6, 1)).termijnen, "25").iter().map(|t| t.uiterlijk).collect::<Vec<_>>();
    assert_eq!(rows[1], Some(dag(2026, 4, 28)));
    let found = check(&uit, &[], dag(2026, 6, 1), "26", &[(Stand::Vervuld, None, Some(uit.laatste()))]);
    assert_eq!(found[0].norm.in_woorden(), "terstond");
    // Told by the municipality only: the school's own statement is still awaited.
    let gemeente = kind(GEBOREN).toestand(dag(2026, 4, 29), leerplicht(), inschrijving("2b"));
    check(&gemeente, &[], dag(2026, 5, 6), "25", &[(Stand::Vandaag, Some(dag(2026, 5, 6)), None)]);
    // A new class is no enrolment.
    let klas = sam().toestand(dag(2026, 2, 2), mentor(SCHOOL), inschrijving("2c"));
    assert_eq!(van(&met_signalen(&klas, &[], dag(2026, 3, 1)).termijnen, "25").len(), 1);
}

fn inschrijving(klas: &str) -> domain::body::Inschrijving {
    domain::body::Inschrijving {
        school: SCHOOL,
        leerlingnummer: "1001".into(),
        jaargroep: "12".into(),
        klas: klas.into(),
        mentor: "VIS".into(),
    }
}

fn kennisgeving(ontvangen: Date, eerder: bool, blijvend: bool) -> Kennisgeving {
    Kennisgeving { grond: VrijstellingSoort::A5a, ontvangen, eerder, geen_jaarlijkse_verklaring: blijvend }
}

#[test]
fn regel_27_de_eerste_kennisgeving_komt_een_maand_voor_het_begin() {
    // Five on 10 March 2026: leerplichtig from Wednesday 1 April; a month before is 1 March.
    for (ontvangen, op_tijd) in [(dag(2026, 3, 1), true), (dag(2026, 3, 2), false)] {
        let kind = kind(dag(2021, 3, 10)).toestand(ontvangen, moeder(), kennisgeving(ontvangen, false, false));
        let expected = [(Stand::Vervuld, Some(dag(2026, 3, 1)), Some(kind.laatste()))];
        let found = check(&kind, &[], dag(2026, 5, 1), "27", &expected);
        assert_eq!(found[0].op_tijd(), Some(op_tijd));
    }
}

#[test]
fn regel_28_elk_jaar_voor_1_juli_en_daarna_belt_de_leerplichtambtenaar() {
    let eerste = sam().feit(
        Period::through(dag(2025, 8, 1), dag(2026, 7, 31)),
        moeder(),
        kennisgeving(dag(2025, 6, 20), true, false),
    );
    let laatste = Some(dag(2026, 6, 30));
    check(&eerste, &[], dag(2026, 6, 30), "28", &[(Stand::Vandaag, laatste, None)]);
    let found = check(&eerste, &[], dag(2026, 7, 1), "28", &[(Stand::Open, laatste, None)]);
    assert_eq!(wie(&found[0]), (Some(GEMEENTE), Some(Rol::Leerplichtambtenaar)));
    assert!(matches!(found[0].wie, Wie::WachtOp { .. }));
    let tweede = eerste.feit(
        Period::through(dag(2026, 8, 1), dag(2027, 7, 31)),
        moeder(),
        kennisgeving(dag(2026, 6, 28), true, false),
    );
    let on = dag(2026, 9, 1);
    let rows = [(Stand::Vervuld, laatste, Some(tweede.laatste())), (Stand::Open, Some(dag(2027, 6, 30)), None)];
    check(&tweede, &[], on, "28", &rows);
    let nooit = sam().feit(Period::since(dag(2025, 8, 1)), moeder(), kennisgeving(dag(2025, 6, 20), true, true));
    check(&nooit, &[], dag(2026, 7, 1), "28", &[]);
}

#[test]
fn regel_29_de_verklaring_is_hooguit_drie_kalendermaanden_oud_en_niet_van_een_behandelaar() {
    let verklaring = |aangewezen, behandelend| Verklaring {
        hoedanigheid: Hoedanigheid::Arts,
        aangewezen,
        behandelend,
        tot: None,
        blijvend: false,
    };
    let rows = [
        (dag(2026, 3, 15), true, false, true),
        (dag(2026, 3, 14), true, false, false),
        (dag(2026, 6, 1), false, false, false),
        (dag(2026, 6, 1), true, true, false),
    ];
    for (van, aangewezen, behandelend, telt) in rows {
        let kind = sam().gebeurtenis(van, leerplicht(), verklaring(aangewezen, behandelend)).toestand(
            dag(2026, 6, 15),
            moeder(),
            kennisgeving(dag(2026, 6, 15), false, false),
        );
        let all = met_signalen(&kind, &[], dag(2026, 6, 20)).termijnen;
        let found = van_een(&all, "29");
        assert_eq!(found.stand == Stand::Vervuld, telt, "{van} {aangewezen} {behandelend}");
        assert_eq!(found.gaten.is_empty(), telt);
    }
}

fn van_een<'a>(all: &'a [Termijn], regel: &str) -> &'a Termijn {
    van(all, regel).first().copied().unwrap()
}

#[test]
fn regel_37_en_38_een_verzuimgesprek_binnen_vijf_schooldagen_en_het_vervalt_bij_contact() {
    for (regel, soort) in [("37", SignaalSoort::ZiekVaak), ("38", SignaalSoort::ZiekLang)] {
        // Thursday 19 February 2026; the week after is spring holiday.
        let signalen = [signaal(soort, dag(2026, 2, 19), 4)];
        let laatste = Some(dag(2026, 3, 5));
        let found = check(&sam(), &signalen, dag(2026, 2, 20), regel, &[(Stand::Open, laatste, None)]);
        assert_eq!(wie(&found[0]), (Some(SCHOOL), Some(Rol::Verzuimcoordinator)));
        let gesproken = sam().gebeurtenis(dag(2026, 3, 3), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
        check(&gesproken, &signalen, dag(2026, 3, 6), regel, &[(Stand::Vervuld, laatste, Some(gesproken.laatste()))]);
        let gebeld = sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), contact(true));
        check(&gebeld, &signalen, dag(2026, 3, 6), regel, &[(Stand::Vervallen, laatste, None)]);
        let geen_gehoor = sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), contact(false));
        check(&geen_gehoor, &signalen, dag(2026, 3, 6), regel, &[(Stand::TeLaat, laatste, None)]);
        let gesloten = SignaalAfhandeling {
            regel: soort.code().into(),
            eerste_dag: dag(2026, 2, 19),
            stap: None,
            afhandeling: Afhandeling::Gesloten,
            reden: "griep".into(),
        };
        check(
            &sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), gesloten),
            &signalen,
            dag(2026, 3, 6),
            regel,
            &[(Stand::Vervallen, laatste, None)],
        );
        // An excuse took the signal away: nothing is left.
        check(&sam(), &[], dag(2026, 3, 6), regel, &[]);
    }
}

#[test]
fn regel_39_na_een_gesprek_dat_niet_hielp_een_consult_met_toestemming() {
    let signalen =
        [signaal(SignaalSoort::ZiekVaak, dag(2026, 1, 12), 4), signaal(SignaalSoort::ZiekLang, dag(2026, 3, 12), 7)];
    check(&sam(), &signalen, dag(2026, 3, 13), "39", &[]);
    let kind = sam().gebeurtenis(dag(2026, 1, 14), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
    let found = check(&kind, &signalen, dag(2026, 3, 13), "39", &[(Stand::Open, None, None)]);
    assert!(found[0].wat.contains("toestemming") && wie(&found[0]).0 == Some(SCHOOL));
    let consult = |stap| Consult { stap };
    let gevraagd = kind.clone().gebeurtenis(dag(2026, 3, 13), mentor(SCHOOL), consult(ConsultStap::Gevraagd));
    check(&gevraagd, &signalen, dag(2026, 3, 14), "39", &[(Stand::Vervuld, None, Some(gevraagd.laatste()))]);
    let bezwaar = kind.gebeurtenis(dag(2026, 3, 13), moeder(), consult(ConsultStap::Bezwaar));
    check(&bezwaar, &signalen, dag(2026, 3, 14), "39", &[(Stand::Vervallen, None, None)]);
}

#[test]
fn regel_40_de_ladder_van_te_laat_en_leerplicht_pas_na_een_melding() {
    let stappen = [3, 12, 15].map(|n| signaal(SignaalSoort::TeLaat, dag(2026, 3, i8::try_from(n).unwrap()), n));
    let open = check(
        &sam(),
        &stappen,
        dag(2026, 3, 16),
        "40",
        &[(Stand::TeLaat, Some(dag(2026, 3, 10)), None), (Stand::Open, Some(dag(2026, 3, 19)), None)],
    );
    assert!(open.iter().all(|t| wie(t).0 == Some(SCHOOL)), "leerplicht does not know the child yet");
    let kind = sam().gebeurtenis(dag(2026, 3, 4), mentor(SCHOOL), contact(true)).gebeurtenis(
        dag(2026, 3, 13),
        mentor(SCHOOL),
        melding(MeldingSoort::O, dag(2026, 3, 12)),
    );
    let all = met_signalen(&kind, &stappen, dag(2026, 3, 16)).termijnen;
    let rows: Vec<_> = van(&all, "40").iter().map(|t| (t.stand, wie(t).0)).collect();
    assert_eq!(rows, [(Stand::Vervuld, Some(SCHOOL)), (Stand::Vervuld, Some(SCHOOL)), (Stand::Open, Some(GEMEENTE))]);
}

#[test]
fn regel_40_een_gesprek_met_thuis_handelt_alle_stappen_af_die_dan_open_staan() {
    let stappen = [3, 6, 9].map(|n| signaal(SignaalSoort::TeLaat, dag(2026, 3, i8::try_from(n).unwrap()), n));
    let kind = sam().gebeurtenis(dag(2026, 3, 7), mentor(SCHOOL), contact(true));
    let all = met_signalen(&kind, &stappen, dag(2026, 3, 17)).termijnen;
    let mut rows: Vec<_> = van(&all, "40").iter().map(|t| (t.dag_zelf.day(), t.stand)).collect();
    rows.sort_unstable();
    assert_eq!(rows, [(3, Stand::Vervuld), (6, Stand::Vervallen), (9, Stand::TeLaat)]);
}

/// Away since Monday 9 February 2026; ten schooldagen later it is a case.
fn weg(tekens: &str) -> Kind {
    sam().dagen(SCHOOL, dag(2026, 2, 9), tekens)
}

fn eigenaar(organisatie: OrganisatieId, taak: Taak) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak }
}

#[test]
fn regel_58_een_verantwoordelijke_binnen_een_schooldag_nadat_de_klok_openging() {
    let kind = weg("ooooo ooooo ooooo ooooo");
    check(&kind, &[], dag(2026, 2, 19), "58", &[]);
    let found = van_een(&met_signalen(&kind, &[], dag(2026, 3, 2)).termijnen, "58").clone();
    assert_eq!(found.dag_zelf, dag(2026, 2, 9), "the spell is back-dated");
    assert_eq!(found.kon_weten, dag(2026, 2, 20), "nobody could know before ten schooldagen");
    assert_eq!((found.stand, found.uiterlijk), (Stand::Vandaag, Some(dag(2026, 3, 2))), "after the holiday");
    assert_eq!(wie(&found).0, Some(SCHOOL));
    let benoemd = kind.toestand(dag(2026, 3, 2), mentor(SCHOOL), eigenaar(SCHOOL, Taak::Eigenaar));
    let found = van_een(&met_signalen(&benoemd, &[], dag(2026, 3, 3)).termijnen, "58").clone();
    assert_eq!((found.stand, found.vervuld_door), (Stand::Vervuld, Some(benoemd.laatste())));
}

#[test]
fn regel_59_op_vier_weken_een_casusregisseur_en_een_plan_van_het_swv_pas_na_een_vraag() {
    let kind = weg(&"ooooo".repeat(5));
    let on = dag(2026, 3, 16);
    let all = met_signalen(&kind, &[], on).termijnen;
    let found = van(&all, "59");
    assert_eq!(
        found.iter().map(|t| (wie(t).0, t.uiterlijk, t.stand)).collect::<Vec<_>>(),
        [(Some(SCHOOL), Some(dag(2026, 3, 9)), Stand::TeLaat), (Some(SCHOOL), Some(dag(2026, 3, 9)), Stand::TeLaat)]
    );
    let leeg = || "".into();
    let vraag = Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "plek".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    };
    let gevraagd = kind.gebeurtenis(dag(2026, 3, 2), mentor(SCHOOL), vraag).toestand(
        dag(2026, 3, 5),
        consulent(),
        eigenaar(SWV, Taak::Casusregisseur),
    );
    let all = met_signalen(&gevraagd, &[], on).termijnen;
    let rows: Vec<_> = van(&all, "59").iter().map(|t| (wie(t).0, t.stand)).collect();
    assert_eq!(rows, [(Some(SWV), Stand::TeLaat), (Some(SWV), Stand::Vervuld)], "plan open, regisseur named");
}

#[test]
fn regel_60_drie_maanden_met_waarschuwingen_en_regel_61_doorzettingsmacht() {
    let kind = weg(&"ooooo".repeat(16));
    let on = dag(2026, 4, 29);
    let found = check(&kind, &[], on, "60", &[(Stand::Open, Some(dag(2026, 5, 9)), None)]);
    assert_eq!(found[0].waarschuwingen.len(), 4);
    let found = check(&kind, &[], on, "61", &[(Stand::TeLaat, Some(plus_days(dag(2026, 2, 9), 77)), None)]);
    assert_eq!(wie(&found[0]).0, Some(SCHOOL));
    let besluit = Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: "plaatsing".into() };
    let besloten = kind.clone().gebeurtenis(dag(2026, 4, 28), mentor(SCHOOL), besluit);
    check(&besloten, &[], on, "61", &[(Stand::Vervuld, Some(dag(2026, 4, 27)), Some(besloten.laatste()))]);
    // Three months gone: the goal is missed, and a number without a name goes to the OOGO.
    let later = dag(2026, 5, 11);
    check(&kind, &[], later, "60", &[(Stand::TeLaat, Some(dag(2026, 5, 9)), None)]);
    let all = met_signalen(&kind, &[], later).termijnen;
    assert!(van(&all, "61").iter().any(|t| t.wie == Wie::Niemand && t.wat.contains("zonder naam")));
}

#[test]
fn regel_60_niet_passend_vraagt_een_casustafel() {
    let kind = weg(&"ooooo".repeat(6)).aanbod(SCHOOL, dag(2026, 3, 16), 40).allen_zeggen(Oordeel::NietPassend);
    let all = met_signalen(&kind, &[], dag(2026, 3, 20)).termijnen;
    let tafel = |all: &[Termijn]| all.iter().find(|t| t.wat.contains("casustafel")).map(|t| t.stand);
    assert_eq!(tafel(&all), Some(Stand::Open));
    let gehouden = kind.gebeurtenis(dag(2026, 3, 19), mentor(SCHOOL), gesprek(GesprekSoort::Casustafel));
    assert_eq!(tafel(&met_signalen(&gehouden, &[], dag(2026, 3, 20)).termijnen), Some(Stand::Vervuld));
}

#[test]
fn zonder_klok_geen_plicht_van_een_eigenaar_een_griep_is_geen_zaak() {
    let griep = weg("zzzzz ..... .....");
    for on in [dag(2026, 2, 13), dag(2026, 3, 2)] {
        let all = termijnen(&griep.timeline(), on, &regio());
        assert!(all.iter().all(|t| !["58", "59", "60", "61"].contains(&t.regel.regel)), "{all:#?}");
    }
}

fn is_leerplicht(termijn: &Termijn) -> bool {
    let rol = match termijn.wie {
        Wie::Organisatie { rol, .. } => rol,
        Wie::WachtOp { rol, .. } => Some(rol),
        Wie::Duo | Wie::Niemand => None,
    };
    matches!(rol, Some(Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ziekte_en_schorsing_geven_leerplicht_nooit_een_termijn(tekens in "[zgi.?]{5,70}", ziek in prop::collection::vec(0..60i32, 0..4), na in 0..120i32, zelf_gemeld in any::<bool>()) {
        let mut kind = sam().dagen(SCHOOL, dag(2026, 1, 5), &tekens);
        if zelf_gemeld {
            kind = kind.zit_thuis(dag(2026, 1, 12)).gebeurtenis(dag(2026, 1, 13), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
        }
        let signalen: Vec<Signaal> = ziek.iter().flat_map(|d| {
            [SignaalSoort::ZiekVaak, SignaalSoort::ZiekLang, SignaalSoort::Weg].map(|soort| signaal(soort, plus_days(dag(2026, 1, 5), *d), 7))
        }).collect();
        let all = met_signalen(&kind, &signalen, plus_days(dag(2026, 1, 5), na)).termijnen;
        prop_assert!(!all.iter().any(is_leerplicht), "{:#?}", all.iter().filter(|t| is_leerplicht(t)).collect::<Vec<_>>());
    }

    #[test]
    fn wat_vandaag_moet_is_niet_te_laat_en_wie_thuis_iets_schuldig_is_nooit(tekens in "[zgo.]{20,70}", on in 0..200i32) {
        let on = plus_days(dag(2026, 1, 5), on);
        let kind = sam().dagen(SCHOOL, dag(2026, 1, 5), &tekens).toestand(dag(2026, 2, 1), moeder(), kennisgeving(dag(2026, 2, 1), false, false));
        for termijn in termijnen(&kind.timeline(), on, &regio()) {
            prop_assert_eq!(termijn.stand == Stand::TeLaat, termijn.is_open() && termijn.uiterlijk.is_some_and(|d| d < on) && matches!(termijn.wie, Wie::Organisatie { .. }));
        }
    }
}

#[test]
fn de_verklaringen_van_leerling_en_ouders_openen_geen_termijn_voor_hen() {
    let kind = weg(&"ooooo".repeat(8)).gebeurtenis(dag(2026, 3, 3), zelf(), contact(true));
    for termijn in termijnen(&kind.timeline(), dag(2026, 4, 1), &regio()) {
        assert!(!termijn.wat.to_lowercase().contains("niet meewerk"));
        assert!(matches!(termijn.wie, Wie::Organisatie { .. } | Wie::Niemand | Wie::Duo), "{termijn:?}");
    }
}
