//! In which state what may be stated: after what, within which bounds.

use super::*;

#[test]
fn een_vraag_aan_het_swv_pas_nadat_ouders_zijn_verteld_of_door_hen_zelf() {
    mag_niet(&sam(), coordinator(), vraag(VraagVan::School), "niet geïnformeerd");
    let verteld =
        sam().gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Ondersteuningsvraag));
    mag(&verteld, coordinator(), vraag(VraagVan::School), Grondslag::Ondersteuningstaak);
    mag(&sam(), moeder(), vraag(VraagVan::Ouders), Grondslag::EigenInbreng);
    mag_niet(&verteld, coordinator(), vraag(VraagVan::Ouders), "zelf");
    mag_niet(&sam(), moeder(), vraag(VraagVan::School), "op naam van de school");
}

#[test]
fn een_consult_pas_nadat_ouders_en_leerling_vanaf_twaalf_zijn_verteld_en_niet_bij_bezwaar() {
    let consult = |stap| Consult { stap };
    let kind = sam();
    mag_niet(&kind, coordinator(), consult(ConsultStap::Gevraagd), "De ouders zijn nog niet");
    let kind = kind.gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Consult));
    mag_niet(&kind, coordinator(), consult(ConsultStap::Gevraagd), "De leerling is nog niet");
    let kind = kind.gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(None, Onderwerp::Consult));
    mag(&kind, coordinator(), consult(ConsultStap::Gevraagd), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, arts(), consult(ConsultStap::Gehouden), "geen consult gevraagd");
    let gevraagd = kind.gebeurtenis(GISTEREN, coordinator(), consult(ConsultStap::Gevraagd));
    mag(&gevraagd, arts(), consult(ConsultStap::Gehouden), Grondslag::Jeugdgezondheidszorg);
    mag_niet(&gevraagd, coordinator(), consult(ConsultStap::Gehouden), "De jeugdarts plant");
    let bezwaar = gevraagd.gebeurtenis(GISTEREN, zelf(), consult(ConsultStap::Bezwaar));
    mag_niet(&bezwaar, arts(), consult(ConsultStap::Gehouden), "bezwaar");
}

#[test]
fn toestemming_van_ouders_tot_zestien_van_beiden_vanaf_twaalf_en_dan_alleen_de_leerling() {
    let advies = || DeelnameAdvies { kwartieren_per_week: 20, opbouw: leeg() };
    let voor = ToestemmingVoor::DeelnameAdvies;
    let rows = [
        (dag(2015, 1, 1), true, false, true),
        (dag(2012, 1, 1), true, false, false),
        (dag(2012, 1, 1), true, true, true),
        (dag(2009, 6, 1), false, true, true),
    ];
    for (geboren, ouder, jongere, genoeg) in rows {
        let mut kind = kind_van(geboren);
        if ouder {
            kind = kind.toestand(GISTEREN, moeder(), toestemming(Some(MOEDER), voor, true));
        }
        if jongere {
            kind = kind.toestand(GISTEREN, zelf(), toestemming(None, voor, true));
        }
        match genoeg {
            true => drop(mag(&kind, arts(), advies(), Grondslag::Toestemming)),
            false => mag_niet(&kind, arts(), advies(), "geen toestemming"),
        }
        let nee = kind.toestand(VANDAAG, zelf(), toestemming(None, voor, false)).toestand(
            VANDAAG,
            moeder(),
            toestemming(Some(MOEDER), voor, false),
        );
        mag_niet(&nee, arts(), advies(), "geen toestemming");
    }
    mag_niet(&kind_van(dag(2009, 6, 1)), moeder(), toestemming(Some(MOEDER), voor, true), "Vanaf 16 jaar");
    mag_niet(
        &sam().met_gezag(VADER, dag(2012, 3, 10)),
        moeder(),
        toestemming(Some(VADER), voor, true),
        "alleen voor uzelf",
    );
}

#[test]
fn geen_reactie_op_een_aanbod_dat_niet_op_papier_staat() {
    let zegt = |aanbod, ouder| AanbodReactie { aanbod, ouder, oordeel: Oordeel::Proberen, woorden: leeg() };
    let plan = sam().toestand(dag(2026, 3, 30), hoofd(), aanbod(None));
    mag_niet(&plan, moeder(), zegt(plan.laatste(), Some(MOEDER)), "niet op papier");
    let papier = sam().toestand(dag(2026, 3, 30), hoofd(), aanbod(Some(GISTEREN)));
    mag(&papier, moeder(), zegt(papier.laatste(), Some(MOEDER)), Grondslag::EigenInbreng);
    mag(&papier, zelf(), zegt(papier.laatste(), None), Grondslag::EigenInbreng);
    mag_niet(&papier, moeder(), zegt(papier.laatste(), None), "alleen voor uzelf");
    mag_niet(&papier, coordinator(), zegt(papier.laatste(), Some(MOEDER)), "woorden");
    let uren = |kwartieren| Realisatie { aanbod: papier.laatste(), kwartieren };
    mag_niet(&papier, hoofd(), uren(40), "geen maandag");
}

#[test]
fn in_en_uitschrijven_doet_de_eigen_school_en_niet_dubbel() {
    let schrijf = |school, klas: &str| Inschrijving {
        school,
        leerlingnummer: "1".into(),
        jaargroep: "12".into(),
        klas: klas.into(),
        mentor: leeg(),
    };
    let nieuw = kind(dag(2012, 3, 10));
    mag(&nieuw, hoofd(), schrijf(SCHOOL, "2b"), Grondslag::Schooladministratie);
    mag_niet(&nieuw, hoofd(), schrijf(SCHOOL_TWEE, "2b"), "eigen school");
    mag_niet(&sam(), hoofd(), schrijf(SCHOOL, "2b"), "al ingeschreven");
    mag(&sam(), hoofd(), schrijf(SCHOOL, "2c"), Grondslag::Schooladministratie);
    mag(&sam(), als(SCHOOL_TWEE, Rol::Schoolleider), schrijf(SCHOOL_TWEE, "1a"), Grondslag::Schooladministratie);
    let uit = |school| Uitschrijving { school, reden: UitschrijfReden::AndereSchool };
    mag(&sam(), hoofd(), uit(SCHOOL), Grondslag::Schooladministratie);
    mag_niet(&sam(), als(SCHOOL_TWEE, Rol::Schoolleider), uit(SCHOOL), "U mag dit niet");
    // Of a child nobody knows yet a municipality states who it is; afterwards only its own.
    let adres = || Adres { postcode: None, huisnummer: "1".into(), gemeente: None, geheim: false };
    mag(&nieuw, lpa(), adres(), Grondslag::Leerplichttaak);
    let elders = nieuw.toestand(GISTEREN, lpa(), adres());
    mag_niet(&elders, lpa(), adres(), "U mag dit niet");
    let weg = sam().uitgeschreven(SCHOOL, VANDAAG, UitschrijfReden::AndereSchool);
    mag_niet(&weg, hoofd(), uit(SCHOOL), "al uitgeschreven");
}

#[test]
fn dagen_en_woorden_hebben_grenzen() {
    let kind = sam();
    weigert(doet(&kind, mentor(SCHOOL), stel(dag(2026, 3, 21), contact())), "te ver in de toekomst");
    weigert(doet(&kind, mentor(SCHOOL), stel(dag(2012, 3, 9), contact())), "geboortedatum");
    let twee = Command::NeemContact(Period::through(GISTEREN, VANDAAG), contact());
    weigert(doet(&kind, mentor(SCHOOL), twee), "één dag");
    let achterstevoren = Command::MaakPlan(
        Period { from: VANDAAG, until: Some(GISTEREN) },
        Plan { doel: leeg(), kwartieren_per_week: None },
    );
    weigert(doet(&kind, hoofd(), achterstevoren), "voor de begindatum");
    let lang = |n: usize| Contact { notitie: "é".repeat(n).as_str().into(), ..contact() };
    mag(&kind, mentor(SCHOOL), lang(4_000), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, mentor(SCHOOL), lang(4_001), "4000 is het maximum");
    let ziek = Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "griep".into() };
    mag_niet(&kind, moeder(), ziek, "geen reden");
    let verlof = Afwezigheid { soort: VerzuimSoort::Verlof, toelichting: leeg() };
    mag_niet(&kind, moeder(), verlof, "Van thuis");
}

#[test]
fn verlof_boven_tien_dagen_is_van_leerplicht() {
    let g = || Verlof { grond: VerlofGrond::G, toegekend: true, kwartieren_per_week: 0 };
    let geef = |last| Command::GeefVerlof(Period::through(dag(2026, 3, 9), last), g());
    assert!(doet(&sam(), hoofd(), geef(dag(2026, 3, 20))).is_ok());
    weigert(doet(&sam(), hoofd(), geef(dag(2026, 3, 23))), "11 schooldagen");
    assert_eq!(doet(&sam(), lpa(), geef(dag(2026, 3, 23))).unwrap().ground, Grondslag::Leerplichttaak);
    weigert(doet(&sam(), lpa(), geef(dag(2026, 3, 20))), "de schoolleider");
}

#[test]
fn vrijstellingen_ontstaan_door_de_wet_of_door_een_besluit() {
    let kennis = |grond| Kennisgeving { grond, ontvangen: GISTEREN, eerder: false, geen_jaarlijkse_verklaring: false };
    mag(&sam(), moeder(), kennis(VrijstellingSoort::A5a), Grondslag::EigenInbreng);
    mag_niet(&sam(), moeder(), kennis(VrijstellingSoort::A15), "besluit nodig");
    let kind = sam().toestand(GISTEREN, moeder(), kennis(VrijstellingSoort::A5a));
    let besluit = |grond| VrijstellingBesluit { grond, toegekend: true };
    mag_niet(&kind, lpa(), besluit(VrijstellingSoort::A5a), "ontstaat door de wet");
    mag_niet(&kind, lpa(), besluit(VrijstellingSoort::A3a), "geen einddatum");
    let toets = |uitkomst| KennisgevingToets { kennisgeving: kind.laatste(), uitkomst, reden: leeg() };
    mag(&kind, lpa(), toets(ToetsUitkomst::Voldoet), Grondslag::Vrijstellingen);
    mag_niet(&kind, lpa(), toets(ToetsUitkomst::VoldoetNiet), "reden");
    mag_niet(&kind, als(GEMEENTE, Rol::AdministratieLeerplicht), toets(ToetsUitkomst::Voldoet), "U mag dit niet");
}

#[test]
fn bevestigen_doet_alleen_leerplicht_van_de_woongemeente_die_het_kind_in_beeld_heeft() {
    let zegt = |wat| Bevestiging { wat, klopt: true, reden: leeg() };
    for wat in [TeBevestigen::Absoluut, TeBevestigen::Thuiszittend] {
        mag_niet(&sam(), lpa(), zegt(wat), "U mag dit niet");
        mag_niet(&sam(), hoofd(), zegt(wat), "leerplichtambtenaar");
        mag(&gemeld().0, lpa(), zegt(wat), Grondslag::Leerplichttaak);
    }
    mag(&sam(), hoofd(), zegt(TeBevestigen::Ongeoorloofd), Grondslag::Verzuimadministratie);
}

#[test]
fn sluiten_kan_niet_zolang_de_klok_loopt() {
    let sluit = || Sluiting { reden: SluitReden::Terug, toelichting: leeg() };
    let weg = sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25));
    mag_niet(&weg, coordinator(), sluit(), "klok loopt nog");
    mag(&gemeld().0, coordinator(), sluit(), Grondslag::Ondersteuningstaak);
    mag_niet(&sam(), coordinator(), sluit(), "geen open dossier");
}

#[test]
fn een_stap_of_een_naam_vertelt_het_kind_niet_aan_een_nieuwe_partij() {
    let stap = |organisatie| VolgendeStap {
        organisatie,
        medewerker: None,
        stap: "gesprek".into(),
        uiterlijk: dag(2026, 3, 27),
    };
    mag_niet(&sam(), coordinator(), stap(SCHOOL), "geen open dossier");
    let (kind, _) = gemeld();
    mag(&kind, coordinator(), stap(SCHOOL), Grondslag::Ondersteuningstaak);
    mag(&kind, coordinator(), stap(GEMEENTE), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, coordinator(), stap(SWV), "niet in beeld");
    mag_niet(&kind, coordinator(), stap(JGZ), "niet in beeld");
    let te_laat = VolgendeStap { uiterlijk: GISTEREN, ..stap(SCHOOL) };
    mag_niet(&kind, coordinator(), te_laat, "voor vandaag");
    let wijs = |organisatie| Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak: Taak::Eigenaar };
    mag(&kind, coordinator(), wijs(SCHOOL), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, coordinator(), wijs(GEMEENTE), "eigen organisatie");
    mag_niet(&kind, coordinator(), wijs(ZORG), "geen toestemming");
}

#[test]
fn samenvoegen_doet_een_mens_met_een_reden() {
    let ander = LeerlingId::new(2);
    let zelfde = |ander, reden: &str| ZelfdeKind { ander, reden: reden.into() };
    let rules = regio();
    let kind = sam().timeline();
    let view = View::new(LEERLING, &kind, &rules);
    assert!(decide(&view, stel(VANDAAG, zelfde(ander, "zelfde BSN")), &coordinator(), nu()).is_ok());
    assert!(view.gelezen().contains(&Subject::from(ander)), "the other child is guarded too");
    assert!(view.gelezen().contains(&Subject::from(MedewerkerId::new(20))));
    mag_niet(&sam(), coordinator(), zelfde(ander, ""), "reden");
    mag_niet(&sam(), coordinator(), zelfde(LEERLING, "x"), "dezelfde leerling");
    mag_niet(&sam(), Actor::Systeem { organisatie: SCHOOL }, zelfde(ander, "x"), "U mag dit niet");
}

#[test]
fn een_signaal_wordt_afgehandeld_door_de_school_en_betwist_van_thuis() {
    let doet_met = |afhandeling, dag| SignaalAfhandeling {
        regel: "weg".into(),
        eerste_dag: dag,
        stap: None,
        afhandeling,
        reden: "x".into(),
        stem: Stem::Eigen,
    };
    let t = sam().timeline().with_signalen(signalen());
    let probeer = |by, a, d| op(&t, by, stel(VANDAAG, doet_met(a, d)), nu());
    assert!(probeer(mentor(SCHOOL), Afhandeling::Opgepakt, GISTEREN).is_ok());
    assert!(probeer(moeder(), Afhandeling::Betwist, GISTEREN).is_ok());
    weigert(probeer(moeder(), Afhandeling::Gesloten, GISTEREN), "De school handelt");
    weigert(probeer(mentor(SCHOOL), Afhandeling::Opgepakt, VANDAAG), "er niet (meer)");

    let volgens = |by, afhandeling, stem| {
        op(&t, by, stel(VANDAAG, SignaalAfhandeling { stem, ..doet_met(afhandeling, GISTEREN) }), nu())
    };
    assert!(volgens(mentor(SCHOOL), Afhandeling::Betwist, Stem::Ouder(MOEDER)).is_ok());
    assert!(volgens(mentor(SCHOOL), Afhandeling::Betwist, Stem::Leerling).is_ok());
    assert!(volgens(moeder(), Afhandeling::Betwist, Stem::Ouder(MOEDER)).is_ok());
    weigert(volgens(mentor(SCHOOL), Afhandeling::Betwist, Stem::Ouder(PersoonId::new(999))), "gezag");
    weigert(volgens(mentor(SCHOOL), Afhandeling::Opgepakt, Stem::Leerling), "wat de school zelf doet");
    weigert(volgens(moeder(), Afhandeling::Betwist, Stem::Leerling), "alleen voor uzelf");
    assert!(volgens(mentor(SCHOOL), Afhandeling::Betwist, Stem::Thuis).is_ok());
    weigert(volgens(moeder(), Afhandeling::Betwist, Stem::Thuis), "alleen voor uzelf");
}
