//! Where a term turns: who owes it, what fulfils it and what does not, and in which order the list stands.

use domain::Date;
use domain::body::{
    Afhandeling, Afwezigheid, Besluit, BesluitSoort, Consult, ConsultStap, Contact, Gesprek, GesprekSoort,
    Kennisgeving, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Met, Onderzoek, OnderzoekStap,
    Oordeel, Schoolloopbaan, Sector, SignaalAfhandeling, Stem, Taak, Toestemming, ToestemmingVoor, UitschrijfReden,
    Verantwoordelijke, Verhoor, Verlof, VerlofGrond, VrijstellingSoort, Wijze,
};
use domain::calendar::begin_van_dag;
use domain::fact::{Actor, Rol};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::period::{Period, plus_days};
use domain::signaal::{Signaal, SignaalSoort};
use domain::termijnen::{Stand, Termijn, Uitwerking, Wie, termijnen, uitwerking};
use domain::verzuim::VerzuimSoort;
use testkit::{
    GEMEENTE, Kind, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, consulent, dag, kind, leerplicht, mentor, moeder, regio,
};

use Stand::{Open, TeLaat, Vandaag, Vervallen, Vervuld};

const GEBOREN: Date = dag(2012, 3, 10);

/// A pupil of fourteen at the school of the stories, who lives in the municipality.
fn sam() -> Kind {
    kind(GEBOREN).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn signaal(soort: SignaalSoort, dag: Date, waarde: u32) -> Signaal {
    Signaal {
        regel: soort.code().to_owned(),
        soort,
        dag,
        van: dag,
        stap: 0,
        was: None,
        waarde,
        bekend: None,
        onvolledig: false,
    }
}

fn melding(soort: MeldingSoort, einde: Option<Date>) -> Melding {
    let leeg = || "".into();
    Melding {
        soort,
        begin: dag(2026, 3, 2),
        einde,
        reden: leeg(),
        alle_lessen: true,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
}

fn contact(met: Met) -> Contact {
    Contact { met, wijze: Wijze::Telefoon, bereikt: true, notitie: "".into() }
}

fn verzuimgesprek() -> Gesprek {
    Gesprek { soort: GesprekSoort::Verzuimgesprek, ouders: true, leerling: true, afspraken: "".into() }
}

fn alles(kind: &Kind, signalen: &[Signaal], on: Date) -> Uitwerking {
    uitwerking(&kind.timeline().with_signalen(signalen.to_vec()), on, &regio())
}

/// The terms of one rule on a day, in order of their trigger.
fn van(kind: &Kind, signalen: &[Signaal], on: Date, regel: &str) -> Vec<Termijn> {
    let mut found = alles(kind, signalen, on).termijnen;
    found.retain(|termijn| termijn.regel.regel == regel);
    found.sort_by_key(|termijn| (termijn.dag_zelf, termijn.wat.clone()));
    found
}

/// How the terms of one rule stand on a day.
fn standen(kind: &Kind, signalen: &[Signaal], on: Date, regel: &str) -> Vec<Stand> {
    van(kind, signalen, on, regel).iter().map(|termijn| termijn.stand).collect()
}

fn wie(termijn: &Termijn) -> (Option<OrganisatieId>, Option<Rol>) {
    match &termijn.wie {
        Wie::Organisatie { organisatie, rol, .. } => (*organisatie, *rol),
        Wie::WachtOp { vrager, rol, .. } => (*vrager, Some(*rol)),
        Wie::Duo | Wie::Niemand => (None, None),
    }
}

#[test]
fn wat_het_eerst_moet_staat_bovenaan_en_wat_gedaan_of_vervallen_is_onderaan() {
    let kind = sam()
        .dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25))
        .gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding(MeldingSoort::V3, None))
        .gebeurtenis(dag(2026, 3, 9), leerplicht(), Onderzoek { melding: None, stap: OnderzoekStap::Gestart });
    let on = dag(2026, 3, 20);
    let list = termijnen(&kind.timeline(), on, &regio());
    assert_eq!(list, uitwerking(&kind.timeline(), on, &regio()).termijnen);
    let open = list.iter().take_while(|termijn| termijn.is_open()).count();
    assert!(open >= 5 && list.len() > open, "{open} of {}", list.len());
    assert!(list.iter().skip(open).all(|termijn| matches!(termijn.stand, Vervuld | Vervallen)));
    let days = |part: &[Termijn]| part.is_sorted_by_key(Termijn::rangdag);
    assert!(days(&list[..open]) && days(&list[open..]));
    assert_eq!(list[0].rangdag(), list.iter().filter(|t| t.is_open()).map(Termijn::rangdag).min().unwrap());
}

#[test]
fn regel_2_na_twaalf_schooljaren_eindigt_de_leerplicht_eerder() {
    // Sixteen in March 2028: leerplicht ends on 31 July 2028, or when twelve full years are done.
    let einde = |schooljaren| {
        let loopbaan = Schoolloopbaan { schooljaren, ..Schoolloopbaan::default() };
        let kind = sam().toestand(dag(2025, 8, 1), mentor(SCHOOL), loopbaan);
        van(&kind, &[], dag(2026, 3, 3), "2")[0].uiterlijk
    };
    assert_eq!(einde(None), Some(dag(2028, 7, 31)));
    assert_eq!(einde(Some(10)), Some(dag(2027, 7, 31)), "two years to go");
    assert_eq!(einde(Some(9)), Some(dag(2028, 7, 31)));
}

#[test]
fn in_het_primair_en_speciaal_onderwijs_is_de_intern_begeleider_aan_zet() {
    let signalen = [signaal(SignaalSoort::ZiekVaak, dag(2026, 3, 2), 4)];
    for (sector, rol) in [
        (Sector::Po, Rol::IbEr),
        (Sector::Sbo, Rol::IbEr),
        (Sector::So, Rol::IbEr),
        (Sector::Vso, Rol::Verzuimcoordinator),
        (Sector::Vo, Rol::Verzuimcoordinator),
        (Sector::Mbo, Rol::Verzuimcoordinator),
    ] {
        let mut rules = regio();
        rules.scholen.get_mut(&SCHOOL).unwrap().sector = Some(sector);
        let timeline = sam().timeline().with_signalen(signalen.to_vec());
        let found = termijnen(&timeline, dag(2026, 3, 3), &rules);
        let talk = found.iter().find(|termijn| termijn.regel.regel == "37").unwrap();
        assert_eq!(wie(talk), (Some(SCHOOL), Some(rol)), "{sector:?}");
    }
}

#[test]
fn regel_5_een_melding_waarvan_niet_alles_is_aangeleverd_is_geen_bevinding_tegen_iemand() {
    // The melding says that the absence began on Monday 2 March.
    let onbekend = |tekens: &str| {
        let kind = sam().dagen(SCHOOL, dag(2026, 3, 2), tekens).gebeurtenis(
            dag(2026, 3, 12),
            mentor(SCHOOL),
            melding(MeldingSoort::V3, None),
        );
        let found = alles(&kind, &[], dag(2026, 3, 20)).zonder_aanleiding;
        found.iter().map(|zonder| (zonder.regel.regel, zonder.onbekend)).collect::<Vec<_>>()
    };
    assert_eq!(onbekend("....."), [("5", false)], "delivered");
    assert_eq!(onbekend("?...."), [("5", true)], "other days were delivered, this one was not");
    assert_eq!(onbekend("!...."), [("5", true)], "a row of that day was refused");
    assert_eq!(onbekend(".!..."), [("5", false)], "a row of another day was refused");
}

#[test]
fn regel_11_een_einddatum_hoort_bij_zestien_uur_lrv_en_achttienplus_en_wordt_een_keer_gevraagd() {
    use MeldingSoort::{L, Lrv, O, Rmc, V3, V4};
    // Back at school on Monday 9 March.
    let story = |soort, einde| {
        sam().dagen(SCHOOL, dag(2026, 3, 2), "ooooo .....").gebeurtenis(
            dag(2026, 3, 5),
            mentor(SCHOOL),
            melding(soort, einde),
        )
    };
    let on = dag(2026, 3, 13);
    for (soort, asked) in [(V3, 1), (Lrv, 1), (Rmc, 1), (L, 0), (O, 0), (V4, 0)] {
        assert_eq!(standen(&story(soort, None), &[], on, "11").len(), asked, "{soort:?}");
        assert_eq!(standen(&story(soort, Some(dag(2026, 3, 6))), &[], on, "11"), [], "{soort:?}, with its end");
    }
    let two = story(V3, None);
    let first = two.laatste();
    let two = two.gebeurtenis(dag(2026, 3, 10), mentor(SCHOOL), melding(Lrv, None)).gebeurtenis(
        dag(2026, 3, 12),
        mentor(SCHOOL),
        MeldingEinde { melding: first, einde: dag(2026, 3, 6) },
    );
    assert_eq!(standen(&two, &[], on, "11"), [Vervuld, Open], "an end date belongs to its own melding");
}

#[test]
fn regel_13_en_14_een_status_hoort_bij_zijn_eigen_melding() {
    let two = sam().gebeurtenis(dag(2026, 3, 3), mentor(SCHOOL), melding(MeldingSoort::V3, None));
    let first = two.laatste();
    let two = two.gebeurtenis(dag(2026, 3, 4), mentor(SCHOOL), melding(MeldingSoort::L, None));
    let on = dag(2026, 3, 6);
    for (status, dertien, veertien) in [
        (MeldingStand::Wacht, Open, Open),
        (MeldingStand::Geregistreerd, Vervuld, Open),
        (MeldingStand::InBehandeling, Vervuld, Vervuld),
        (MeldingStand::TerKennisgeving, Vervuld, Vervuld),
        (MeldingStand::Afgesloten, Vervuld, Vervuld),
        (MeldingStand::Ingetrokken, Vervuld, Vervallen),
    ] {
        let said = MeldingStatus { melding: first, status, reden: "".into() };
        let kind = two.clone().gebeurtenis(dag(2026, 3, 5), leerplicht(), said);
        assert_eq!(standen(&kind, &[], on, "13"), [dertien, Open], "{status:?}");
        assert_eq!(standen(&kind, &[], on, "14"), [veertien, Open], "{status:?}");
    }
    let examined = Onderzoek { melding: Some(first), stap: OnderzoekStap::Gestart };
    let kind = two.gebeurtenis(dag(2026, 3, 5), leerplicht(), examined);
    assert_eq!(standen(&kind, &[], on, "14"), [Vervuld, Open], "an examination is a reaction");
}

#[test]
fn regel_15_horen_hoort_bij_een_onderzoek_dat_is_begonnen() {
    let hoor = || Verhoor { melding: None, ouder: Some(MOEDER) };
    let start = dag(2026, 3, 10);
    let found = |days: &[Date]| {
        let examined =
            sam().gebeurtenis(start, leerplicht(), Onderzoek { melding: None, stap: OnderzoekStap::Gestart });
        let kind = days.iter().fold(examined, |kind, day| kind.gebeurtenis(*day, leerplicht(), hoor()));
        alles(&kind, &[], dag(2026, 3, 20)).zonder_aanleiding.len()
    };
    assert_eq!(found(&[start]), 0, "on the day it began");
    assert_eq!(found(&[plus_days(start, -1)]), 1, "the day before");
    assert_eq!(found(&[start, plus_days(start, 3)]), 0, "the mother is heard twice in one examination");
}

#[test]
fn regel_19_alleen_wat_de_school_zelf_als_ziek_noteerde_wacht_op_bericht() {
    let away = |by: Actor, soort| {
        let afwezigheid = Afwezigheid { soort, toelichting: "".into() };
        sam().feit(Period::day(dag(2026, 3, 13)), by, afwezigheid)
    };
    let on = dag(2026, 3, 20);
    for (story, by, soort, expected) in [
        ("ill, by the school", mentor(SCHOOL), VerzuimSoort::Ziek, 1),
        ("leave, by the school", mentor(SCHOOL), VerzuimSoort::Verlof, 0),
        ("ill, by the mother", moeder(), VerzuimSoort::Ziek, 0),
        ("leave, by the mother", moeder(), VerzuimSoort::Verlof, 0),
    ] {
        assert_eq!(standen(&away(by, soort), &[], on, "19").len(), expected, "{story}");
    }
    let ill = || away(mentor(SCHOOL), VerzuimSoort::Ziek);
    let leave = |grond| Verlof { grond, toegekend: true, kwartieren_per_week: 0 };
    let after = |body: domain::body::Body| standen(&ill().gebeurtenis(dag(2026, 3, 16), moeder(), body), &[], on, "19");
    assert_eq!(after(leave(VerlofGrond::D).into()), [Vervuld], "notice of illness under article 11 onder d");
    assert_eq!(after(leave(VerlofGrond::G).into()), [Open], "other leave says nothing of illness");
    assert_eq!(after(contact(Met::Ouders).into()), [Vervuld]);
    assert_eq!(after(contact(Met::Partner).into()), [Open], "another organisation is not home");
    assert_eq!(after(Contact { bereikt: false, ..contact(Met::Ouders) }.into()), [Open], "nobody answered");
}

#[test]
fn regel_25_alleen_de_opgave_van_de_eigen_school_is_het_doorgeven() {
    let enrolled = |by: Actor| {
        let inschrijving = domain::body::Inschrijving {
            school: SCHOOL,
            leerlingnummer: "1001".into(),
            jaargroep: "12".into(),
            klas: "2b".into(),
            mentor: "VIS".into(),
        };
        kind(GEBOREN).toestand(dag(2026, 3, 2), by, inschrijving)
    };
    let on = dag(2026, 3, 9);
    assert_eq!(standen(&enrolled(mentor(SCHOOL)), &[], on, "25"), [Vervuld]);
    assert_eq!(standen(&enrolled(mentor(SCHOOL_TWEE)), &[], on, "25"), [Vandaag], "said by another school");
    assert_eq!(standen(&enrolled(leerplicht()), &[], on, "25"), [Vandaag], "said by the municipality");
    // Two schools on one day are two enrolments; one that two sources state is one.
    let two = enrolled(leerplicht()).ingeschreven(SCHOOL, dag(2026, 3, 2)).ingeschreven(SCHOOL_TWEE, dag(2026, 3, 2));
    assert_eq!(standen(&two, &[], on, "25"), [Vervuld, Vervuld]);
}

fn kennisgeving(ontvangen: Date) -> Kennisgeving {
    Kennisgeving { grond: VrijstellingSoort::A5a, ontvangen, eerder: false, geen_jaarlijkse_verklaring: false }
}

#[test]
fn regel_27_een_kennisgeving_op_de_dag_dat_de_leerplicht_begint_is_geen_eerste_vooraf() {
    // Five on 10 March 2026: leerplichtig from Wednesday 1 April.
    let found = |ontvangen| {
        let kind = kind(dag(2021, 3, 10)).toestand(ontvangen, moeder(), kennisgeving(ontvangen));
        standen(&kind, &[], dag(2026, 5, 1), "27")
    };
    assert_eq!(found(dag(2026, 3, 31)), [Vervuld]);
    assert_eq!(found(dag(2026, 4, 1)), []);
}

#[test]
fn regel_28_een_late_kennisgeving_beantwoordt_zichzelf_niet_en_na_de_plicht_is_er_geen_meer() {
    let year = |kind: Kind, from, ontvangen| {
        kind.feit(Period::through(from, plus_days(from, 364)), moeder(), kennisgeving(ontvangen))
    };
    // For the year from 1 August, received on 20 September: the next one is due before 1 July.
    let late = year(sam(), dag(2025, 8, 1), dag(2025, 9, 20));
    assert_eq!(standen(&late, &[], dag(2026, 6, 30), "28"), [Vandaag]);
    assert_eq!(standen(&late, &[], dag(2026, 7, 1), "28"), [Open], "parents are never overdue");
    // Eighteen on 10 March 2030: the notice for the last year asks for none after it.
    let last = year(sam(), dag(2029, 8, 1), dag(2029, 6, 20));
    assert_eq!(standen(&last, &[], dag(2030, 2, 1), "28"), []);
}

#[test]
fn regel_37_alleen_contact_met_thuis_of_over_dit_signaal_laat_het_gesprek_vervallen() {
    let fired = dag(2026, 3, 2);
    let signalen = [signaal(SignaalSoort::ZiekVaak, fired, 4)];
    let stand = |day, body: domain::body::Body| {
        standen(&sam().gebeurtenis(day, mentor(SCHOOL), body), &signalen, dag(2026, 3, 4), "37")
    };
    let handled = |regel: &str, eerste_dag, afhandeling| SignaalAfhandeling {
        regel: regel.into(),
        eerste_dag,
        stap: None,
        afhandeling,
        reden: "".into(),
        stem: Stem::Eigen,
    };
    use Afhandeling::{Betwist, Gesloten, Opgepakt};
    for (story, day, body, expected) in [
        ("the parents", fired, contact(Met::Ouders).into(), Vervallen),
        ("the child", fired, contact(Met::Leerling).into(), Vervallen),
        ("another organisation", fired, contact(Met::Partner).into(), Open),
        ("before the signal", plus_days(fired, -1), contact(Met::Ouders).into(), Open),
        ("closed", fired, handled("ziek_vaak", fired, Gesloten).into(), Vervallen),
        ("there was contact", fired, handled("ziek_vaak", fired, Afhandeling::Contact).into(), Vervallen),
        ("taken up only", fired, handled("ziek_vaak", fired, Opgepakt).into(), Open),
        ("contested", fired, handled("ziek_vaak", fired, Betwist).into(), Open),
        ("another rule", fired, handled("ziek_lang", fired, Gesloten).into(), Open),
        ("an earlier signal", fired, handled("ziek_vaak", dag(2026, 1, 12), Gesloten).into(), Open),
    ] {
        assert_eq!(stand(day, body), [expected], "{story}");
    }
}

#[test]
fn regel_39_vraagt_een_consult_na_een_gesprek_in_hetzelfde_schooljaar_en_nooit_tegen_een_nee_in() {
    let fired = dag(2026, 3, 12);
    let signalen = [signaal(SignaalSoort::ZiekLang, fired, 7)];
    let on = dag(2026, 3, 16);
    let talked = |day| sam().gebeurtenis(day, mentor(SCHOOL), verzuimgesprek());
    for (story, day, expected) in [
        ("the day before", plus_days(fired, -1), vec![Open]),
        ("the day itself", fired, vec![]),
        ("the day after", plus_days(fired, 1), vec![]),
        ("the first day of the school year", dag(2025, 8, 1), vec![Open]),
        ("last school year", dag(2025, 7, 31), vec![]),
    ] {
        assert_eq!(standen(&talked(day), &signalen, on, "39"), expected, "{story}");
    }
    let toestemming = |voor, gegeven| Toestemming { ouder: Some(MOEDER), voor, aan: None, gegeven };
    use ToestemmingVoor::{DeelnameAdvies, JgzBetrokken};
    let said = |day, body: domain::body::Body| {
        standen(&talked(dag(2026, 1, 14)).gebeurtenis(day, moeder(), body), &signalen, on, "39")
    };
    assert_eq!(said(fired, toestemming(JgzBetrokken, false).into()), [Vervallen], "no, on the day itself");
    assert_eq!(said(fired, toestemming(JgzBetrokken, true).into()), [Open], "yes");
    assert_eq!(said(fired, toestemming(DeelnameAdvies, false).into()), [Open], "no to something else");
    assert_eq!(
        said(plus_days(fired, -1), toestemming(JgzBetrokken, false).into()),
        [Open],
        "no to an earlier question"
    );
    assert_eq!(said(fired, Consult { stap: ConsultStap::Gepland }.into()), [Vervuld], "planned");
}

#[test]
fn regel_40_leerplicht_nodigt_uit_na_de_vijftiende_keer_van_dit_schooljaar() {
    let fired = dag(2026, 3, 16);
    let last = |kind: Kind, signalen: &[Signaal]| {
        let found = van(&kind, signalen, dag(2026, 3, 20), "40");
        found.last().map(|termijn| (wie(termijn).0, termijn.stand))
    };
    let fifteen = [signaal(SignaalSoort::TeLaat, fired, 15)];
    let told = |day| sam().gebeurtenis(day, mentor(SCHOOL), melding(MeldingSoort::O, None));
    let now = || told(dag(2026, 3, 13));
    assert_eq!(last(sam(), &fifteen), None, "the school did not report");
    assert_eq!(last(told(dag(2025, 7, 1)), &fifteen), None, "it reported last school year");
    assert_eq!(last(now(), &[signaal(SignaalSoort::TeLaat, fired, 14)]).and_then(|(who, _)| who), Some(SCHOOL));
    assert_eq!(last(now(), &fifteen), Some((Some(GEMEENTE), Open)));
    let heard = |day| now().gebeurtenis(day, leerplicht(), Verhoor { melding: None, ouder: Some(MOEDER) });
    assert_eq!(last(heard(fired), &fifteen), Some((Some(GEMEENTE), Vervuld)));
    assert_eq!(last(heard(plus_days(fired, -1)), &fifteen), Some((Some(GEMEENTE), Open)), "that was something else");
}

#[test]
fn regel_60_en_61_de_casusregisseur_gaat_voor_de_eigenaar_en_een_aanbod_haalt_de_doorzettingsmacht_weg() {
    let away = || sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(60));
    let named = |organisatie, taak| Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak };
    let regie = away().toestand(dag(2026, 2, 20), consulent(), named(SWV, Taak::Casusregisseur)).toestand(
        dag(2026, 2, 23),
        mentor(SCHOOL),
        named(SCHOOL, Taak::Eigenaar),
    );
    let on = dag(2026, 4, 29);
    for regel in ["60", "61"] {
        assert_eq!(wie(&van(&regie, &[], on, regel)[0]).0, Some(SWV), "regel {regel}");
        assert_eq!(wie(&van(&away(), &[], on, regel)[0]).0, Some(SCHOOL), "regel {regel}, nobody named");
    }
    let aangeboden = away().aanbod(SWV, dag(2026, 4, 6), 40).allen_zeggen(Oordeel::Passend).realisatie(&[Some(40); 3]);
    assert_eq!(standen(&aangeboden, &[], on, "61"), [Vervallen]);
    assert_eq!(standen(&aangeboden, &[], on, "60"), [Vervuld]);
    let besluit = || Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: "plaatsing".into() };
    let decided = |day| standen(&away().gebeurtenis(day, mentor(SCHOOL), besluit()), &[], on, "61");
    assert_eq!(decided(dag(2026, 2, 8)), [TeLaat], "about an earlier time");
    assert_eq!(decided(dag(2026, 2, 9)), [Vervuld]);
}

#[test]
fn regel_60_de_herziening_van_zorg_en_de_casustafel_komen_na_wat_ze_bespreken() {
    let away = || sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(60));
    let term = |kind: &Kind, wat: &str| {
        let found = alles(kind, &[], dag(2026, 3, 25)).termijnen;
        found.iter().find(|termijn| termijn.wat.contains(wat)).map(|termijn| (termijn.stand, termijn.uiterlijk))
    };
    let talk = |soort, ouders, leerling| Gesprek { soort, ouders, leerling, afspraken: "".into() };
    let care = || {
        away()
            .aanbod_van(domain::body::AanbodSoort::Zorg, testkit::ZORG, dag(2026, 3, 9), 16)
            .allen_zeggen(Oordeel::Passend)
    };
    let wat = "of leren weer kan beginnen";
    let six_weeks = Some(dag(2026, 4, 20));
    assert_eq!(term(&care(), wat), Some((Open, six_weeks)));
    assert_eq!(term(&away(), wat), None);
    for (story, day, ouders, leerling, expected) in [
        ("before it began", dag(2026, 3, 9), true, true, Open),
        ("with the parents", dag(2026, 3, 10), true, false, Vervuld),
        ("with the child", dag(2026, 3, 10), false, true, Vervuld),
        ("without either", dag(2026, 3, 10), false, false, Open),
    ] {
        let kind = care().gebeurtenis(day, mentor(SCHOOL), talk(GesprekSoort::Mdo, ouders, leerling));
        assert_eq!(term(&kind, wat), Some((expected, six_weeks)), "{story}");
    }
    // Refused on Sunday 15 March: ten schooldagen end on Friday 27 March.
    let refused = || away().aanbod(SWV, dag(2026, 3, 16), 40).allen_zeggen(Oordeel::NietPassend);
    let ten = Some(dag(2026, 3, 27));
    for (story, day, soort, expected) in [
        ("before the answer", dag(2026, 3, 14), GesprekSoort::Casustafel, Open),
        ("on the day of the answer", dag(2026, 3, 15), GesprekSoort::Casustafel, Vervuld),
        ("another talk", dag(2026, 3, 18), GesprekSoort::Mdo, Open),
    ] {
        let kind = refused().gebeurtenis(day, mentor(SCHOOL), talk(soort, true, true));
        assert_eq!(term(&kind, "casustafel"), Some((expected, ten)), "{story}");
    }
}

#[test]
fn regel_26_alleen_een_verwijdering_is_terstond() {
    let left = |reden| sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), reden);
    let on = dag(2026, 3, 20);
    let told_late = left(UitschrijfReden::Onbekend).feit_bekend(
        Period::day(dag(2026, 3, 5)),
        begin_van_dag(dag(2026, 3, 13)),
        mentor(SCHOOL),
        domain::body::Uitschrijving { school: SCHOOL, reden: UitschrijfReden::Onbekend },
    );
    assert_eq!(standen(&left(UitschrijfReden::Verwijderd), &[], on, "26"), [Vervuld]);
    assert_eq!(standen(&left(UitschrijfReden::AndereSchool), &[], on, "26"), []);
    let twice = van(&told_late, &[], on, "25").pop().unwrap();
    assert_eq!((twice.op_tijd(), twice.uiterlijk), (Some(true), Some(dag(2026, 3, 12))), "told once is told");
}

#[test]
fn een_termijn_na_een_signaal_telt_vanaf_de_dag_waarop_de_school_het_kon_weten() {
    // The signal is of Thursday 5 March 2026; five working days or schooldagen later is Thursday 12 March.
    let fired = dag(2026, 3, 5);
    for (bekend, kon_weten, laatste) in [
        (None, fired, dag(2026, 3, 12)),
        (Some(dag(2026, 3, 12)), dag(2026, 3, 12), dag(2026, 3, 19)),
        (Some(dag(2026, 3, 2)), fired, dag(2026, 3, 12)),
    ] {
        for (regel, soort, counted) in [
            ("5", SignaalSoort::ZestienUur, true),
            ("8", SignaalSoort::Luxe, false),
            ("37", SignaalSoort::ZiekVaak, true),
            ("40", SignaalSoort::TeLaat, true),
        ] {
            let signalen = [Signaal { bekend, ..signaal(soort, fired, 3) }];
            let found = van(&sam(), &signalen, dag(2026, 3, 12), regel).pop().unwrap();
            let expected = (fired, kon_weten, counted.then_some(laatste));
            assert_eq!((found.dag_zelf, found.kon_weten, found.uiterlijk), expected, "regel {regel}, {bekend:?}");
            assert_eq!(found.rangdag(), if counted { laatste } else { kon_weten }, "regel {regel}, {bekend:?}");
        }
    }
}

#[test]
fn regel_10_de_vierde_week_is_vol_op_haar_laatste_lesdag_wanneer_men_er_ook_naar_vraagt() {
    let away = |since, days| {
        let jan = kind(dag(2007, 10, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1));
        jan.dagen(SCHOOL, since, &"o".repeat(days))
    };
    let fired = |kind: &Kind, on| van(kind, &[], on, "10").iter().map(|termijn| termijn.dag_zelf).collect::<Vec<_>>();
    // Four whole weeks from Monday 5 January, and then a week of which nothing is known.
    let (vrijdag, jan) = (dag(2026, 1, 30), away(dag(2026, 1, 5), 20));
    for (on, expected) in [
        (dag(2026, 1, 29), vec![]),
        (vrijdag, vec![vrijdag]),
        (dag(2026, 2, 2), vec![vrijdag]),
        (dag(2026, 2, 6), vec![vrijdag]),
    ] {
        assert_eq!(fired(&jan, on), expected, "asked on {on}");
    }
    // From Wednesday 7 January four weeks are over on Tuesday 3 February.
    let wednesday = away(dag(2026, 1, 7), 25);
    assert_eq!(fired(&wednesday, dag(2026, 2, 10)), [dag(2026, 2, 3)]);
    // Back for a day: it starts again.
    let twice = away(dag(2026, 1, 5), 10).dagen(SCHOOL, dag(2026, 1, 19), &format!(".{}", "o".repeat(14)));
    assert_eq!(fired(&twice, dag(2026, 2, 6)), []);
}
